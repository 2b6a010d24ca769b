"""The one Markdown parser: what is a token, and where it stands in the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qbank.markup import plain
from qbank.markup.document import parse


def kinds(text: str, *, cloze: bool = False) -> list[str]:
    return [found.token.type for found in parse(text, cloze=cloze) if found.token is not found.block]


def test_formulas_stand_between_dollars() -> None:
    assert kinds("$x$ and $$y$$") == ["math_inline", "text", "math_inline_double"]


@pytest.mark.parametrize("text", ["costs $5 and $10", "$ x $", r"\$x\$", "a $x"])
def test_what_only_looks_like_a_formula_is_text(text: str) -> None:
    assert not {"math_inline", "math_inline_double"} & set(kinds(text))


def test_an_escaped_dollar_is_told_from_one_that_is_not() -> None:
    assert kinds(r"\$5 and $5") == ["text_special", "text"]


@pytest.mark.parametrize("text", ["$x$ or 1", "$x$\\", "$x$"])
def test_a_formula_at_the_start_does_not_depend_on_the_end(text: str) -> None:
    assert kinds(text)[0] == "math_inline"


def test_clozes_are_markup_only_where_they_are_asked_for() -> None:
    assert kinds("{{c1::a}}", cloze=True) == ["cloze_open", "text", "cloze_close"]
    assert "cloze_open" not in kinds("{{c1::a}}")


def test_braces_of_a_formula_or_code_do_not_close_a_cloze() -> None:
    assert kinds("{{c1::$x^{2^{k}}$}}", cloze=True).count("cloze_close") == 1
    assert kinds("{{c1::`{{}}`}}", cloze=True)[-1] == "cloze_close"


def test_an_unclosed_cloze_is_text() -> None:
    assert "cloze_open" not in kinds("{{c1::a", cloze=True)


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("a $x$ b $y$", "math_inline", [(2, 5), (8, 11)]),
        ("x\n\nsee <b>", "html_inline", [(7, 10)]),
        ("| a |\n|---|\n| $z$ |", "math_inline", [(14, 17)]),
        ("[a](http://x.y)", "link_open", [(4, 14)]),
        ("*a* {{c1::b}}", "cloze_open", [(4, 10)]),
        ("- one\n- `two`", "code_inline", [(9, 12)]),
    ],
)
def test_a_token_knows_its_place(text: str, kind: str, place: list[tuple[int, int]]) -> None:
    document = parse(text, cloze=True)
    assert [document.place(found.token) for found in document if found.token.type == kind] == place


@given(st.text(alphabet="ab $`*|-\n{}[]()<>\\:c1", max_size=80), st.booleans())
@settings(max_examples=400, deadline=None)
def test_every_token_of_any_text_has_a_place_inside_it(text: str, cloze: bool) -> None:
    document = parse(text, cloze=cloze)
    for found in document:
        start, end = document.place(found.token)
        assert 0 <= start <= end <= len(text) + 1


def test_equal_texts_are_parsed_once() -> None:
    assert parse("same") is parse("same")


def test_plain_text_writes_formulas_out() -> None:
    assert plain.text(parse("The **loss** $\\alpha$\nand `code`.")) == "The loss α and code."


@pytest.mark.parametrize(
    ("text", "count"),
    [("Variance.", 1), ("The squared $L_2$ norm.", 4), ("$\\frac{a}{b + c}$", 1), ("- one\n- two", 2), ("a — b", 2)],
)
def test_words_are_counted_as_they_are_said(text: str, count: int) -> None:
    assert plain.words(parse(text)) == count
