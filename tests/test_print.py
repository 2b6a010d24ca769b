"""Print is legible, and nothing in it touches what stands above or below: measured on pages of all formulas.

What a whole sheet must keep to is in test_sheets.py.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from conftest import BANK, TIME, questions
from qbank.markup import tex, typst
from qbank.markup.document import MATH, parse
from qbank.outputs import paper

#: Points of the text of these pages, of formulas in it, and of indices of indices in these.
TEXT, FORMULA, FINEST = 8, 8 * 1.08, 8 * 1.08 / 2
#: A page for each of many pieces, as wide as the text of a card on the narrower paper.
HEAD = f"""
#import "theme.typ": *
#import "tex.typ": *
#set document(title: "test")
#set page(width: 78.3mm + 18pt, height: auto, margin: 9pt)
#set text(font: text-fonts, size: {TEXT}pt, lang: "en", hyphenate: false)
#show heading.where(level: 2): it => it.body
#heading(level: 1)[.]
#[#heading(level: 2)[.]#label("question x")]
#let red = text.with(fill: rgb("#ff0000"))
#let blue = text.with(fill: rgb("#0000ff"))
#show: textual.with(black)
"""
ABOVE, BELOW = "gjpqy(" * 12, "bdfhkl(" * 12


@cache
def formulas() -> list[tuple[str, bool]]:
    """The formulas that sheets print, each once, and whether it stands on a line of its own."""
    texts = (text for each in questions(BANK) for text in (each.question, each.sheet or each.answer))
    tokens = (token for text in texts for token, _ in parse(text) if token.type in MATH)
    return list(dict.fromkeys((" ".join(token.content.split()), token.type != "math_inline") for token in tokens))


def printed(bodies: Sequence[str]) -> list[pypdfium2.PdfPage]:
    """A page of each of some pieces of Typst."""
    source = HEAD + "".join(f"#pagebreak()\n{body}\n" for body in bodies)
    document = pypdfium2.PdfDocument(paper.compile(source, files={}, time=TIME))
    assert len(document) == len(bodies) + 1
    return [document[at] for at in range(1, len(document))]


def rows(page: pypdfium2.PdfPage) -> tuple[set[int], set[int]]:
    """The rows of a picture of a page, a quarter of a point each, that have red ink, and those that have blue."""
    picture = page.render(scale=4).to_numpy().astype(int)
    redness = picture[:, :, 2] - picture[:, :, 0]
    return set(np.flatnonzero((redness > 40).any(axis=1))), set(np.flatnonzero((redness < -40).any(axis=1)))


def letters(page: pypdfium2.PdfPage) -> Iterator[tuple[float, float]]:
    """The size of every letter on a page in points, and the share to which it was shrunk."""
    text = page.get_textpage()
    for at in range(text.count_chars()):
        if pdfium.FPDFText_GetUnicode(text.raw, at) > ord(" "):
            matrix = pdfium.FS_MATRIX()
            pdfium.FPDFText_GetMatrix(text.raw, at, ctypes.byref(matrix))
            yield pdfium.FPDFText_GetFontSize(text.raw, at) * abs(matrix.d), abs(matrix.d)


def written(formula: str, *, display: bool) -> str:
    return typst.render(parse(f"$${formula}$$" if display else f"${formula}$"))


def test_no_ink_of_a_formula_touches_a_line_above_or_below_it() -> None:
    bodies = []
    for formula, display in formulas():
        made = written(formula, display=display)
        lines = (f"#red[{ABOVE}]", f"#blue[x {made}]", f"#red[x {made}]", f"#blue[{BELOW}]")
        bodies.append(("\n\n" if display else "#linebreak()\n").join(lines))
    touching = []
    for (formula, _), page in zip(formulas(), printed(bodies), strict=True):
        red, blue = rows(page)
        if red & blue:
            touching.append(formula)
    assert touching == []


def test_a_formula_is_fine_print_where_its_letters_get_as_small_as_indices_of_indices() -> None:
    known = [(formula, display, tex.is_fine(tex.parse(formula), display=display)) for formula, display in formulas()]
    assert {fine for _, _, fine in known} == {True, False}
    wrong = []
    for (formula, _, fine), page in zip(known, printed([written(f, display=d) for f, d, _ in known]), strict=True):
        smallest = min(size / share for size, share in letters(page))
        if fine != (smallest < FINEST + 0.1):
            wrong.append((formula, smallest))
    assert wrong == []


def test_formulas_shrink_little_and_those_in_fine_print_not_at_all() -> None:
    bodies = [written(formula, display=display) for formula, display in formulas()]
    for (formula, display), page in zip(formulas(), printed(bodies), strict=True):
        least = 1.0 if tex.is_fine(tex.parse(formula), display=display) else 0.85
        assert min(share for _, share in letters(page)) > least - 0.001, formula


@pytest.mark.parametrize(
    ("formula", "fine"),
    [
        ("x_i", False),
        ("x_{i_j}", True),
        ("x_i'", False),
        ("x_{i'}", True),
        (r"\frac{a_i}{b}", True),
        (r"\frac ab", False),
        (r"\dfrac{a_i}{b}", False),
        (r"e^{\frac ab}", True),
        (r"\sqrt[3]{x}", True),
        (r"\sqrt{x_i}", False),
        (r"\hat x_{\hat\imath}", False),
        (r"\sum_{i=1}^n x_i", False),
        (r"\sum_{\substack{i \\ j}} x", False),
        (r"\overset{a_i}{=}", True),
        (r"\xrightarrow{a} b", False),
        (r"\underbrace{x_i}_{a}", False),
        (r"\underbrace{x}_{a_i}", True),
        (r"\begin{pmatrix} a_i & b \end{pmatrix}", True),
        (r"\begin{pmatrix} a & b \end{pmatrix}", False),
        (r"\begin{aligned} a_i &= b \end{aligned}", False),
        (r"\begin{cases} a & b_i \end{cases}", True),
        (r"\begin{smallmatrix} a & b \end{smallmatrix}", True),
        (r"\text{as $x_i$ in}", False),
        (r"\displaystyle\frac{a_i}{b}", False),
        (r"x_{\textstyle a_i}", False),
        (r"\ce{H2O}", False),
        (r"n \pmod{p_i}", False),
        (r"x_{}", False),
    ],
)
def test_what_is_fine_print_in_a_line_of_text(formula: str, fine: bool) -> None:
    (page,) = printed([written(formula, display=False)])
    assert (min(size for size, _ in letters(page)) < FINEST + 0.1) == fine
    assert tex.is_fine(tex.parse(formula), display=False) == fine
