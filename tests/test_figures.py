"""The figures of the bank look like the sheets on which they are printed: their type, their size, their colors."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest
from drawing import Box, Drawing

from conftest import BANK

FIGURES = sorted((BANK / "figures").glob("*.svg"))
SCRIPTS = sorted(path for path in (BANK / "figures").glob("*.py") if path.stem != "style")
#: What glyphs are named by: the font of the sheets, and the letters that formulas have on them.
FONTS = re.compile(r"(RobotoCondensed-(Regular|Bold|Italic|BoldItalic)|Cm(r|mi|sy|ex|b)10)-[0-9a-f]+")
#: Names of paths that are no glyphs: Matplotlib makes them of a letter and a hash.
HASH = re.compile(r"[a-z][0-9a-f]{10}")
WHITE = "#ffffff"
MM = 72 / 25.4

every_figure = pytest.mark.parametrize("figure", FIGURES, ids=[figure.stem for figure in FIGURES])


def contrast(color: str) -> float:
    """The contrast of a color, #rrggbb, with white, by WCAG 2.2: from 1, white itself, to 21."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    luminance = sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 1.05 / (luminance + 0.05)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(WHITE) == pytest.approx(1)
    assert contrast("#000000") == pytest.approx(21)
    assert contrast("#767676") == pytest.approx(4.54, abs=0.005)


def test_a_box_knows_what_crosses_it() -> None:
    box = Box(0, 0, 2, 1)
    assert box.crossed([(-1, -1), (3, 2)]), "through it, with both ends outside"
    assert not box.crossed([(-1, 0), (0, 2)]), "past its corner"
    assert not box.crossed([(-1, 0.5), (-0.1, 0.5)]), "up to it"
    assert box.meets(Box(2, 1, 3, 3))
    assert not box.meets(Box(2.1, 0, 3, 1))


def test_every_figure_has_a_script_of_its_name() -> None:
    assert [path.stem for path in FIGURES] == [path.stem for path in SCRIPTS]
    assert FIGURES


@every_figure
def test_a_figure_has_the_type_of_a_sheet(figure: Path) -> None:
    drawing = Drawing(figure)
    assert [name for name in drawing.outlines if not (FONTS.fullmatch(name) or HASH.fullmatch(name))] == []
    assert [words.size for words in drawing.words() if not 7.5 <= words.size <= 13] == [], "points"


@every_figure
def test_a_figure_fits_a_column(figure: Path) -> None:
    """It is as wide as a column, and 28 to 56 mm high: a sheet prints it at about 42 mm."""
    drawing = Drawing(figure)
    assert drawing.width / MM == pytest.approx(85.1, abs=0.1)
    assert 27 < drawing.height / MM < 57


@every_figure
def test_lines_and_words_of_a_figure_stand_out_from_white(figure: Path) -> None:
    """Lines and markers have 3:1, words 4.5:1. White separates areas, and is written on dark ones."""
    drawing = Drawing(figure)
    styles = list(drawing.styles())
    lines = {style["stroke"] for style in styles if style.get("stroke", "none") not in {"none", style.get("fill")}}
    assert {color for color in lines - {WHITE} if contrast(color) < 3} == set()
    colors = {words.color for words in drawing.words()}
    assert {color for color in colors - {WHITE} if contrast(color) < 4.5} == set()
    assert [style for style in styles if "stroke-opacity" in style] == []


@every_figure
def test_no_word_of_a_figure_touches_a_line_or_another_word(figure: Path) -> None:
    """A fifth of a millimeter is left at least, unless a box is painted behind the word. None reaches over the edge."""
    drawing = Drawing(figure)
    edge = Box(0, 0, drawing.width, drawing.height)
    written = list(drawing.words())
    assert [words.box for words in written if words.box.common(edge) != words.box] == []
    pairs = combinations((words.box for words in written), 2)
    assert [(one, other) for one, other in pairs if one.grown(0.6).meets(other)] == []
    free = [words.box.grown(0.6) for words in written if not words.boxed]
    for line in drawing.lines():
        seen = line.clip or edge
        assert [box for box in free if box.meets(seen) and box.common(seen).crossed(line.points)] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=[script.stem for script in SCRIPTS])
def test_a_script_leaves_type_and_width_to_what_figures_share(script: Path) -> None:
    written = script.read_text(encoding="utf-8")
    assert not re.search(r"figsize|font_?family|labelsize|linespacing", written)
