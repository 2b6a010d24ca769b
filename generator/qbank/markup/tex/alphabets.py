"""The mathematical alphabets of Unicode: letters and digits of a font as characters of their own.

MathML Core knows no other way to set a bold or a calligraphic letter. See the block "Mathematical Alphanumeric Symbols"
of Unicode; the letters that stood elsewhere before it are its holes.
"""

from __future__ import annotations

import string
from functools import cache
from itertools import chain

_GREEK_CAPITALS = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡϴΣΤΥΦΧΨΩ∇"
_GREEK_SMALL = "αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑϰϕϱϖ"
_LETTERS = string.ascii_uppercase + string.ascii_lowercase

#: Where the Latin letters of a font begin, its Greek capitals, its small Greek letters, and its digits; 0: it has none.
_STARTS = {
    "bold": (0x1D400, 0x1D6A8, 0, 0x1D7CE),
    "italic": (0x1D434, 0x1D6E2, 0x1D6FC, 0),
    "bold symbol": (0x1D468, 0x1D6A8, 0x1D736, 0x1D7CE),
    "calligraphic": (0x1D49C, 0, 0, 0),
    "script": (0x1D49C, 0, 0, 0),
    "fraktur": (0x1D504, 0, 0, 0),
    "blackboard": (0x1D538, 0, 0, 0x1D7D8),
    "sans": (0x1D5A0, 0, 0, 0x1D7E2),
    "mono": (0x1D670, 0, 0, 0x1D7F6),
}
_HOLES = {
    0x1D455: "ℎ", 0x1D49D: "ℬ", 0x1D4A0: "ℰ", 0x1D4A1: "ℱ", 0x1D4A3: "ℋ", 0x1D4A4: "ℐ", 0x1D4A7: "ℒ", 0x1D4A8: "ℳ",
    0x1D4AD: "ℛ", 0x1D4BA: "ℯ", 0x1D4BC: "ℊ", 0x1D4C4: "ℴ", 0x1D506: "ℭ", 0x1D50B: "ℌ", 0x1D50C: "ℑ", 0x1D515: "ℜ",
    0x1D51D: "ℨ", 0x1D53A: "ℂ", 0x1D53F: "ℍ", 0x1D545: "ℕ", 0x1D547: "ℙ", 0x1D548: "ℚ", 0x1D549: "ℝ", 0x1D551: "ℤ",
}  # fmt: skip


def lettered(text: str, font: str) -> str:
    """A text in a font of `symbols.FONTS`; characters that the font lacks stay as they are."""
    return text.translate(_alphabet(font))


@cache
def _alphabet(font: str) -> dict[int, str]:
    if font not in _STARTS:
        return {}
    blocks = zip((_LETTERS, _GREEK_CAPITALS, _GREEK_SMALL, string.digits), _STARTS[font], strict=True)
    placed = chain.from_iterable(enumerate(letters, start) for letters, start in blocks if start)
    return {ord(letter): _HOLES.get(code, chr(code)) for code, letter in placed}


def is_slanted(char: str) -> bool:
    """Whether MathML sets a character in italics where it stands alone as an identifier (`math-auto` of CSS)."""
    return ord(char) in _alphabet("italic")
