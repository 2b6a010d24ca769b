"""Make the font of formulas, templates/site/fonts/: Latin Modern Math with the characters of formulas alone.

    python docs/mathfont.py latinmodern-math.otf

Needs the packages fonttools and brotli, and the font as Debian's package lmodern or CTAN has it. Three things differ
from the original, so it bears another name, as its license (GUST Font License) asks: what no formula holds is left out;
large brackets are as narrow as small ones, since Chromium gives every bracket that grows the width of the widest; and
the prime has the shape that the original keeps for scripts, where alone it is used.
"""

from __future__ import annotations

import string
import sys
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.misc.transform import Scale
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "generator"))

from qbank.markup.tex import symbols  # noqa: E402
from qbank.markup.tex.alphabets import lettered  # noqa: E402

NAME = "Qbank Math"
OUT = ROOT / "templates" / "site" / "fonts" / "qbank-math.woff2"
#: The widest that a bracket may be, in thousandths of an em: a little more than at the size of a letter.
WIDEST = {"(": 480, ")": 480, "[": 390, "]": 390, "{": 570, "}": 570, "⟨": 480, "⟩": 480, "⌊": 500, "⌋": 500,
          "⌈": 500, "⌉": 500}  # fmt: skip
_PRIME = 0x2032


def characters() -> set[str]:
    """Every character that the MathML of a formula may hold, but those of other scripts in texts."""
    letters = string.ascii_letters + string.digits + "".join(symbols.SYMBOLS.values())
    alphabets = {lettered(letter, font) for letter in letters for font in [*symbols.FONTS.values(), "italic"]}
    signs = {*symbols.CHARACTERS.values(), *symbols.DELIMITERS.values(), *symbols.SYMBOLS.values()}
    struck = {"≠", "∉", "⊄", "≢", "≁", "≇", "≉", "∤", "∦", "⊅", "⊈", "⊉", "↛", "↚", "⇏", "⇍", "⇎", "↮", "\u0338"}
    accents = set("^~ˆ˜¯˙¨→←ˇ˘´`˚⏞⏟′…‾_")
    text = set(string.printable.strip()) | set("’‘“”–—×°\u00a0 ")
    return {char for each in alphabets | signs | struck | accents | text for char in each}


def narrowed(font: Any) -> None:
    """Make the brackets of all sizes no wider than `WIDEST`."""
    named, variants = font.getBestCmap(), font["MATH"].table.MathVariants
    outlines, strings = font.getGlyphSet(), font["CFF "].cff.topDictIndex[0].CharStrings
    for char, widest in WIDEST.items():
        grown = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(named[ord(char)])]
        parts = {each.VariantGlyph for each in grown.MathGlyphVariantRecord}
        parts |= {each.glyph for each in grown.GlyphAssembly.PartRecords} if grown.GlyphAssembly else set()
        for glyph in sorted(parts):
            width, side = font["hmtx"][glyph]
            if width > widest:
                pen = T2CharStringPen(widest, outlines)
                outlines[glyph].draw(TransformPen(pen, Scale(widest / width, 1)))
                old = strings[glyph]
                strings[glyph] = pen.getCharString(private=old.private, globalSubrs=old.globalSubrs)
                font["hmtx"][glyph] = (widest, round(side * widest / width))


def renamed(font: Any) -> None:
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 16):
            record.string = NAME
        elif record.nameID == 6:
            record.string = NAME.replace(" ", "")
    top = font["CFF "].cff
    top.fontNames[0] = NAME.replace(" ", "")
    top.topDictIndex[0].FullName = top.topDictIndex[0].FamilyName = NAME


def main(source: str) -> None:
    font = TTFont(source)
    narrowed(font)
    font["head"].modified = font["head"].created
    prime = next(each for each in font.getGlyphOrder() if each == "minute.st")
    for table in font["cmap"].tables:
        if _PRIME in table.cmap:
            table.cmap[_PRIME] = prime
    options = subset.Options()
    options.layout_features = ["dtls"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.flavor = "woff2"
    options.desubroutinize = True
    small = subset.Subsetter(options)
    small.populate(text="".join(sorted(characters())))
    small.subset(font)
    renamed(font)
    subset.save_font(font, str(OUT), options)


if __name__ == "__main__":
    main(sys.argv[1])
