r"""Chemical formulas are written as LaTeX for everybody, and say what Anki's MathJax says with mhchem."""

from __future__ import annotations

import contextlib
import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_tex import mathjax

from conftest import steps
from qbank.markup import markdown, plain
from qbank.markup.document import parse as document
from qbank.markup.errors import MarkupError
from qbank.markup.tex import TexError, expanded, parse, to_typst
from qbank.markup.tex.chemistry import to_tex

#: Formulas, and how they are written.
KNOWN = {
    "H2SO4": r"\mathrm{H}_{2}\mathrm{SO}_{4}",
    "SO4^2-": r"\mathrm{SO}_{4}^{2-}",
    "Na+": r"\mathrm{Na}^{+}",
    "Fe^{3+}": r"\mathrm{Fe}^{3+}",
    "Fe^{II}": r"\mathrm{Fe}^{\mathrm{II}}",
    "[Fe(CN)6]^4-": r"[\mathrm{Fe}(\mathrm{CN})_{6}]^{4-}",
    "Al2(SO4)3": r"\mathrm{Al}_{2}(\mathrm{SO}_{4})_{3}",
    "^14C": r"{}^{14}\mathrm{C}",
    "^{227}_{90}Th+": r"{}^{227}_{90}\mathrm{Th}^{+}",
    "C_nH_{2n+2}": r"\mathrm{C}_{n}\mathrm{H}_{2n+2}",
    "CuSO4.5H2O": r"\mathrm{CuSO}_{4}\cdot 5\,\mathrm{H}_{2}\mathrm{O}",
    "KCr(SO4)2*12H2O": r"\mathrm{KCr}(\mathrm{SO}_{4})_{2}\cdot 12\,\mathrm{H}_{2}\mathrm{O}",
    "CH3-CH=CH2": r"\mathrm{CH}_{3}{-}\mathrm{CH}{=}\mathrm{CH}_{2}",
    "HC#CH": r"\mathrm{HC}{\equiv}\mathrm{CH}",
    "1/2 O2": r"\tfrac{1}{2}\,\mathrm{O}_{2}",
    "0.5 N2 ^": r"0.5\,\mathrm{N}_{2}\uparrow ",
    "2Na+": r"2\,\mathrm{Na}^{+}",
    "2 H2 + O2 -> 2 H2O": r"2\,\mathrm{H}_{2}+\mathrm{O}_{2}\longrightarrow 2\,\mathrm{H}_{2}\mathrm{O}",
    "Ag+(aq) + Cl-(aq) -> AgCl(s) v": (
        r"\mathrm{Ag}^{+}\mathrm{(aq)}+\mathrm{Cl}^{-}\mathrm{(aq)}\longrightarrow \mathrm{AgCl}\mathrm{(s)}\downarrow "
    ),
    "e- + Fe^3+<=>Fe^2+": r"\mathrm{e}^{-}+\mathrm{Fe}^{3+}\rightleftharpoons \mathrm{Fe}^{2+}",
    "A ->[H2SO4] B": r"\mathrm{A}\xrightarrow{\mathrm{H}_{2}\mathrm{SO}_{4}}\mathrm{B}",
    r"A ->[\Delta][Pt] B <- C <-> D": (
        r"\mathrm{A}\xrightarrow[\mathrm{Pt}]{\Delta}\mathrm{B}\longleftarrow \mathrm{C}\longleftrightarrow \mathrm{D}"
    ),
}


@pytest.mark.parametrize("source", KNOWN)
def test_a_chemical_formula_is_written_as_latex(source: str) -> None:
    assert to_tex(source) == KNOWN[source]
    assert to_typst(parse(rf"\ce{{{source}}}"))


def test_a_chemical_formula_stands_anywhere_in_a_formula() -> None:
    assert to_typst(parse(r"K_a=\frac{[\ce{H+}][\ce{A-}]}{[\ce{HA}]}")) == to_typst(
        parse(r"K_a=\frac{[{\mathrm{H}^{+}}][{\mathrm{A}^{-}}]}{[{\mathrm{HA}}]}")
    )


def test_search_says_it_in_words() -> None:
    assert plain.text(document(r"Acid: $\ce{H2SO4}$")) == plain.text(document(r"Acid: $\mathrm{H_2SO_4}$"))


def test_readers_of_markdown_get_plain_latex() -> None:
    flavors: tuple[markdown.Flavor, ...] = ("github", "plain")
    for flavor in flavors:
        written = markdown.render(document(r"An acid, $\ce{H2SO4}$."), flavor)
        assert r"\ce" not in written
        assert r"\mathrm{H}_{2}\mathrm{SO}_{4}" in written


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("x", "x"),
        ("H2 + y", "y"),
        ("H^2+^3", "^"),
        ("H2O $x", "$"),
        (r"\text{H}", "\\"),
        ("A -> [x", "x"),
        ("A <=>[x] B", "<=>[x]"),
        ("A ->[y] B", "y"),
        ("水", "水"),
    ],
)
def test_what_is_no_chemical_formula_is_refused_at_its_place(source: str, shown: str) -> None:
    with pytest.raises(TexError) as caught:
        parse(rf"a+\ce{{{source}}}")
    start = len(r"a+\ce{") + source.rfind(shown)
    assert (caught.value.offset, caught.value.length) == (start, len(shown))
    assert "arrows" in caught.value.help


def test_empty_braces_are_refused() -> None:
    with pytest.raises(TexError, match="an empty chemical formula"):
        parse(r"\ce{}")


@pytest.mark.parametrize("source", [r"\ce", r"\ce H", r"\ce{H", r"\ce{{{H}}}"])
def test_braces_hold_the_formula(source: str) -> None:
    with pytest.raises(TexError, match=r"\\ce lacks its formula"):
        parse(source)


@given(st.text("HOaqeNv0123+-^_{}()[].*=#<> \\Δ/", max_size=14))
def test_what_is_accepted_is_latex(source: str) -> None:
    try:
        written = to_tex(source)
    except MarkupError as error:
        assert 0 <= error.offset <= len(source)
        return
    parse(written)
    if "{" not in source.replace("^{", "").replace("_{", ""):
        assert expanded(rf"x\ce{{{source}}}") == f"x{{{written}}}"


@pytest.mark.parametrize("part", ["H2O", "2 H2 + ", "(", "A->[B]", " ", "^"])
def test_the_time_is_linear(part: str) -> None:
    def work(times: int) -> None:
        with contextlib.suppress(MarkupError):
            to_tex(part * times)

    few, many = steps(lambda: work(50)), steps(lambda: work(200))
    assert many < 5 * few + 200


def said(mathml: str) -> str:
    """What a formula shows: without what is invisible, and the long arrows as one."""
    seen = re.sub(r"<mphantom>.*?</mphantom>", "", mathml, flags=re.DOTALL)
    words = re.sub(r"[\s\u2061-\u2064]+", "", html.unescape(re.sub("<[^>]*>", "", seen)))
    return words.replace("↽−−⇀", "⇌")


def test_mathjax_shows_with_mhchem_what_is_written_without() -> None:
    # Numbers beside isotopes stand in boxes of another order there.
    sources = [rf"\ce{{{source}}}" for source in KNOWN if not source.startswith("^")]
    results = mathjax([*sources, *map(expanded, sources)])[::2]
    assert not [result for result in results if "data-mjx-error" in result]
    found = [said(result) for result in results]
    assert found[: len(sources)] == found[len(sources) :]
