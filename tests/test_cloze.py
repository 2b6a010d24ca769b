r"""Clozes are found as authors mean them, and written so that Anki finds them there too.

The second half asks Anki's own backend: for which numbers it makes cards, and what it shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qbank.markup.cloze import (
    Cloze,
    ClozeError,
    anki_numbers,
    find,
    protect,
    protect_clozes,
    source_offset,
    strip,
)
from qbank.markup.tex import TexError, parse, strip_for_plain


def contents(text: str) -> list[tuple[int, str, str]]:
    return [(each.number, text[each.inner_start : each.inner_end], each.hint) for each in find(text)]


# -- finding


def test_a_cloze_knows_its_places_its_number_and_its_hint() -> None:
    assert list(find("x = {{c12::ab::hint}}!")) == [
        Cloze(number=12, start=4, end=21, inner_start=11, inner_end=13, hint="hint")
    ]


@pytest.mark.parametrize(
    ("text", "clozes"),
    [
        ("no cloze, {{braces}} or }} alone", []),
        ("{{c1::a}} and {{c2::b::hint}}", [(1, "a", ""), (2, "b", "hint")]),
        # The end is where the braces balance.
        ("{{c1::a^{2}}}", [(1, "a^{2}", "")]),
        ("{{c1::x^{{y}}}} z", [(1, "x^{{y}}", "")]),
        ("{{c1::{'a': {'b': 1}}}} = d", [(1, "{'a': {'b': 1}}", "")]),
        ("{{{c1::a}}}", [(1, "a", "")]),
        ("{{c1::a } b}}", [(1, "a } b", "")]),
        # Escaped braces are no braces, and an escaped backslash escapes nothing.
        (r"{{c1::\{a\}}}", [(1, r"\{a\}", "")]),
        (r"\{{{c1::0, 1}}\}", [(1, "0, 1", "")]),
        (r"\\{{c1::a\\}}", [(1, r"a\\", "")]),
        # Nested ones come in the order of their openings.
        ("{{c1::a {{c2::b}} c}} {{c3::d}}", [(1, "a {{c2::b}} c", ""), (2, "b", ""), (3, "d", "")]),
        (r"{{c1::\frac{{{c2::a}}}{b}}}", [(1, r"\frac{{{c2::a}}}{b}", ""), (2, "a", "")]),
        # The hint starts at the first :: outside braces, after the last cloze inside.
        ("{{c1::std::vector}}", [(1, "std", "vector")]),
        ("{{c1::x^{a::b}::c::d}}", [(1, "x^{a::b}", "c::d")]),
        ("{{c1::a::b {{c2::c}}::d}}", [(1, "a::b {{c2::c}}", "d"), (2, "c", "")]),
    ],
)
def test_clozes_end_where_their_braces_balance(text: str, clozes: list[tuple[int, str, str]]) -> None:
    assert contents(text) == clozes


@pytest.mark.parametrize(
    ("text", "place", "message", "help"),
    [
        ("a {{c1::b", "{{c1::", "never closed", "}}"),
        (r"{{c1::\frac{a}}", "{{c1::", "never closed", "balance"),
        (r"{{c1::a\}}", "{{c1::", "never closed", "balance"),
        ("{{c1::a {{c2::b}}", "{{c1::", "never closed", "}}"),
        ("a {{c0::b}}", "{{c0::", "number 0", "from 1"),
        ("{{c65536::b}}", "{{c65536::", "number 65536", "from 1"),
        ("{{c::b}}", "{{c::", "without a number", "{{c1::text}}"),
        ("{{c1,2::b}}", "{{c1,2::", "several numbers", "one number"),
        ("a {{c1::}}", "{{c1::", "empty", "{{c1::text}}"),
        ("{{c1:: ::hint}}", "{{c1::", "empty", "{{c1::text}}"),
        ("{{c1::std::}}", "{{c1::", "empty hint", "remove the ::"),
        (r"\{{c1::a}}", "{{c1::", "backslash", "space"),
        ("".join(f"{{{{c{n}::" for n in range(1, 12)) + "a" + "}}" * 11, "{{c11::", "too deeply", "10"),
    ],
)
def test_a_faulty_cloze_is_an_error_with_its_place(text: str, place: str, message: str, help: str) -> None:
    with pytest.raises(ClozeError, match=re.escape(message)) as caught:
        find(text)
    assert text[caught.value.offset :][: caught.value.length] == place
    assert message in caught.value.message
    assert help in caught.value.help


# -- stripping


def test_stripping_leaves_the_contents_and_takes_the_hints() -> None:
    assert strip("x = {{c1::a {{c2::b::h}} c::hint}} + {{c3::d^{2}}}") == "x = a b c + d^{2}"
    assert strip(r"\{ plain {{text}} \}") == r"\{ plain {{text}} \}"


def test_a_place_in_the_stripped_text_is_found_again_in_the_source() -> None:
    source = r"x = {{c1::a {{c2::b::h}} c::hint}} + \foo"
    with pytest.raises(TexError) as caught:
        parse(strip(source))
    assert source_offset(source, caught.value.offset) == source.index(r"\foo")
    assert [source[source_offset(source, at)] for at in (0, 4, 6, 8)] == ["x", "a", "b", "c"]
    assert source_offset(source, len(strip(source))) == len(source)


# -- protecting


@pytest.mark.parametrize(
    ("tex", "protected"),
    [
        ("a^{b_{2}}", "a^{b_{2} }"),
        ("x^{{y}}", "x^{{y} }"),
        ("{{{a}}}", "{{{a} } }"),
        (r"\frac{\{1\}}{2}", r"\frac{\{1\} }{2}"),
        (r"{a \\}}", r"{a \\} }"),
        (r"\}\}", r"\}\}"),
        ("f::g", "f: :g"),
        # Anki takes away its markup up to the first \) or \], a line break before a bracket or not.
        (r"\begin{matrix}(a\\)\end{matrix}", r"\begin{matrix}(a\\ )\end{matrix}"),
        # In text a space would be printed, an empty formula is not.
        (r"\text{a\}}", r"\text{a\}$$}"),
        (r"\textbf {std::vector}", r"\textbf {std:$$:vector}"),
        (r"\text{a $b_{c_{2}}$}", r"\text{a $b_{c_{2} }$}"),
        (r"\text{a}^{\mathrm{b}}", r"\text{a}^{\mathrm{b} }"),
    ],
)
def test_a_protected_formula_holds_neither_of_the_marks_that_anki_looks_for(tex: str, protected: str) -> None:
    assert protect(tex) == protected


@pytest.mark.parametrize(
    ("tex", "protected"),
    [
        (r"x = {{c1::a^{2}}} + 1", r"x = {{c1::a^{2} }} + 1"),
        (r"{{c1::\{a\}}}", r"{{c1::\{a\} }}"),
        (r"{{c1::a::b_{\text{c}}}}", r"{{c1::a::b_{\text{c} } }}"),
        (r"{{c1::x^{a::b}::hint}}", r"{{c1::x^{a: :b}::hint}}"),
        (r"{{c1::{ {{c2::a}}}}}", r"{{c1::{ {{c2::a}}} }}"),
        (r"\text{so {{c1::a\}}} b}", r"\text{so {{c1::a\}$$}} b}"),
        (r"a^{{{c1::b}}}", r"a^{{{c1::b}}}"),
        (r"no^{c_{loze}}", r"no^{c_{loze} }"),
    ],
)
def test_clozes_in_a_formula_stay_and_what_they_hold_is_protected(tex: str, protected: str) -> None:
    assert protect_clozes(tex) == protected


PIECES = [
    "a",
    " ",
    "+",
    "::",
    ":",
    r"\{",
    r"\}",
    r"\\",
    r"\alpha ",
    r"\text{b}",
    r"\text{c\}}",
    r"\text{ d::e $f_{g_{h}}$}",
]
FORMULAS = st.recursive(
    st.sampled_from(PIECES),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        inner.map(lambda tex: f"{{{tex}}}"),
        inner.map(lambda tex: f"x^{{{tex}}}"),
        st.tuples(inner, inner).map(lambda pair: rf"\frac{{{pair[0]}}}{{{pair[1]}}}"),
    ),
    max_leaves=10,
)


def _cloze(parts: tuple[int, str, str]) -> str:
    number, tex, hint = parts
    return f"{{{{c{number}::y{tex}{hint}}}}}"


def has_sound_clozes(tex: str) -> bool:
    """Not so where a formula ends in `::`, and so in an empty hint."""
    try:
        find(tex)
    except ClozeError:
        return False
    return True


CLOZES = st.tuples(st.integers(1, 12), FORMULAS, st.sampled_from(["", "::hint", "::a::b", "::x_{2}"])).map(_cloze)
NESTED = st.tuples(st.integers(1, 12), st.tuples(FORMULAS, CLOZES, FORMULAS).map("".join), st.just("")).map(_cloze)
CLOZED = st.lists(st.one_of(FORMULAS, CLOZES, NESTED), min_size=1, max_size=5).map("".join).filter(has_sound_clozes)


@given(FORMULAS)
@settings(deadline=None)
def test_protecting_changes_no_formula(tex: str) -> None:
    assert not re.search("}}|::", protect(tex))
    assert protect(protect(tex)) == protect(tex)
    if is_formula(tex):
        assert strip_for_plain(protect(tex)) == strip_for_plain(tex)


def is_formula(tex: str) -> bool:
    try:
        parse(tex)
    except TexError:
        return False
    return True


@given(CLOZED)
@settings(deadline=None)
def test_protecting_changes_no_cloze(tex: str) -> None:
    protected = protect_clozes(tex)
    assert [each.number for each in find(protected)] == [each.number for each in find(tex)]
    assert anki_numbers(protected) == sorted({each.number for each in find(tex)})
    if is_formula(strip(tex)):
        assert strip_for_plain(strip(protected)) == strip_for_plain(strip(tex))


# -- what Anki does


class Sides(NamedTuple):
    """A card as Anki renders it, without the style sheet."""

    question: str
    answer: str


class Anki(NamedTuple):
    """The backend: the numbers of the cards of a field, and the sides of one card."""

    numbers: Callable[[str], list[int]]
    sides: Callable[[str, int], Sides]


@pytest.fixture(scope="module")
def anki(tmp_path_factory: pytest.TempPathFactory) -> Anki:
    pytest.importorskip("anki")
    from anki import lang
    from anki.collection import Collection

    lang.set_lang("en_US")
    collection = Collection(str(tmp_path_factory.mktemp("anki") / "collection.anki2"))
    note_type = collection.models.by_name("Cloze")
    assert note_type is not None

    def note(field: str) -> object:
        new = collection.new_note(note_type)
        new.fields[0] = field
        return new

    def numbers(field: str) -> list[int]:
        return sorted(collection._backend.cloze_numbers_in_note(note(field)._to_backend_note()))

    def sides(field: str, number: int) -> Sides:
        output = note(field).ephemeral_card(number - 1).render_output()
        return Sides(*(re.sub("<style>.*?</style>", "", text, flags=re.DOTALL).removesuffix("<br>\n")
                       for text in (output.question_text, output.answer_text)))  # fmt: skip

    return Anki(numbers, sides)


MARKS = [
    *("{{c1::", "{{c2::", "{{c1,3::", "{{c0::", "{{c0,6::", "{{c01::", "{{c65535::", "{{c65536::", "{{c100000,9::"),
    *("{{c,4::", "{{c::", "{{c,::", "{{c٣::", "{{c1 ::", "{{c7::{{c8::{{c9::{{c10::"),
    *("}}", "}", "{", "::", "a", " ", "{{c", "\\"),
]


@given(field=st.lists(st.one_of(st.sampled_from(MARKS), st.just("}}")), max_size=25).map("".join))
@example(field="{{c1,2::x}} {{c3::a {{c4::b}} c}}")
@example(field="{{c1::never closed {{c2::so nor is this}}")
@example(field="".join(f"{{{{c{n}::" for n in range(1, 13)) + "}}" * 12)
@settings(deadline=None, max_examples=300)
def test_anki_makes_cards_for_just_the_numbers_that_are_predicted(anki: Anki, field: str) -> None:
    assert anki_numbers(field) == anki.numbers(field)


@given(tex=FORMULAS, before=st.sampled_from(["", "a "]), after=st.sampled_from(["", " b"]))
@settings(deadline=None)
def test_a_protected_formula_comes_whole_out_of_a_cloze_around_it(
    anki: Anki, tex: str, before: str, after: str
) -> None:
    formula = rf"\( {protect(tex)} \)"
    sides = anki.sides(f"{{{{c1::{before}{formula}{after}}}}} end", 1)
    assert sides.answer == f'<span class="cloze" data-ordinal="1">{before}{formula}{after}</span> end'
    assert sides.question.endswith(">[...]</span> end")


@given(tex=CLOZED)
@settings(deadline=None)
def test_a_formula_with_clozes_comes_out_of_anki_without_them_and_whole(anki: Anki, tex: str) -> None:
    protected = protect_clozes(tex)
    for number in {each.number for each in find(tex)}:
        sides = anki.sides(rf"\( {protected} \)", number)
        assert sides.answer == rf"\( {strip(protected)} \)"
        assert sides.question == rf"\( {asked(protected, number)} \)"


def asked(text: str, number: int) -> str:
    """The text with the clozes of a number hidden, as `find` sees them."""
    for each in find(text)[:1]:
        inside = text[each.inner_start : each.inner_end]
        shown = f"[{each.hint or '...'}]" if each.number == number else asked(inside, number)
        return text[: each.start] + shown + asked(text[each.end :], number)
    return text


def test_the_question_side_hides_one_cloze_and_shows_its_hint(anki: Anki) -> None:
    field = rf"\( {protect_clozes('x = {{c1::a^{b_{2}}}} + {{c2::y::hint}}')} \)"
    assert field == r"\( x = {{c1::a^{b_{2} } }} + {{c2::y::hint}} \)"
    assert anki.sides(field, 1) == (r"\( x = [...] + y \)", r"\( x = a^{b_{2} }  + y \)")
    assert anki.sides(field, 2) == (r"\( x = a^{b_{2} }  + [hint] \)", r"\( x = a^{b_{2} }  + y \)")


def test_without_protection_anki_would_cut_the_formula(anki: Anki) -> None:
    assert (
        anki.sides(r"{{c1::\( a^{b_{2}} \)}}", 1).answer
        != r'<span class="cloze" data-ordinal="1">\( a^{b_{2}} \)</span>'
    )
