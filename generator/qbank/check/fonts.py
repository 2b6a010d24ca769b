"""Rules for the fonts of a bank, and the characters that they print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any, NamedTuple

from qbank.bank.layout import FONTS, MAX_FONT_BYTES
from qbank.bank.meant import nearest
from qbank.bank.model import Word
from qbank.bank.names import is_file_name
from qbank.markup.printable import SHIPPED, Glyphs, glyphs
from qbank.problem import Fault, Problem, rule

#: How files of TrueType and OpenType begin (OpenType 1.9, "Organization of an OpenType Font").
_BEGINNINGS = (b"\0\1\0\0", b"OTTO")
_ENDINGS = (".ttf", ".otf")
#: The records of the table `name` that hold the family: the typographic one, where there is one, before the usual one.
_FAMILY = (16, 1)


class Face(NamedTuple):
    """One font: the family that it belongs to, and the characters that it has."""

    family: str
    glyphs: Glyphs


@rule("reading")
def font_file(name: Word, message: str, help: str) -> Iterator[Fault]:
    """A font is a TrueType or OpenType file (.ttf, .otf) in bank/fonts/ of at most 20 MB, named by its file name alone.

    Sheets use those that `fonts:` in bank.yaml names, for the characters that their own fonts do not have.
    """
    yield Fault(name.place(), message, help)


def named(names: Iterable[Word], files: Sequence[str]) -> tuple[list[Word], list[Problem]]:
    """Those of the fonts that a bank names that are among its files, and what is wrong with the others."""
    known = [path.removeprefix(f"{FONTS}/") for path in files if path.startswith(f"{FONTS}/")]
    found: list[Word] = []
    problems: list[Problem] = []
    for name in names:
        if not is_file_name(name) or not name.endswith(_ENDINGS):
            message = f"'{name}' is not the file name of a font"
            problems += font_file(name, message, "put a .ttf or .otf into bank/fonts/ and name it, without a path")
        elif name not in known:
            problems += font_file(name, f"there is no font '{name}'", nearest(name, known, "put it into bank/fonts/"))
        else:
            found.append(name)
    return found, problems


def face(data: bytes) -> Face | None:
    """The font in a file; None where there is none. `data` may be cut behind the largest size allowed."""
    from fontTools.ttLib import TTFont

    if len(data) > MAX_FONT_BYTES or not data.startswith(_BEGINNINGS):
        return None
    try:
        font = TTFont(BytesIO(data), lazy=True)
        family = next(filter(None, map(font["name"].getDebugName, _FAMILY)))
        return Face(family, glyphs(font.getBestCmap() or ()))
    except Exception:  # whatever a broken file does to its reader
        return None


def restored(row: Any) -> Face:
    """A font from the lists that JSON makes of it."""
    family, (starts, ends) = row
    return Face(family, Glyphs(tuple(starts), tuple(ends)))


def unreadable(name: Word) -> list[Problem]:
    """The problem of a font of which `face` makes nothing."""
    return font_file(
        name,
        f"'{name}' is no TrueType or OpenType font of at most {MAX_FONT_BYTES:,} bytes",
        "take the .ttf or .otf of one language; a collection (.ttc) or a font for the web (.woff2) cannot be used",
    )


def printable(faces: Iterable[Face]) -> Glyphs:
    """What sheets print with these fonts: of a family what all its faces have, since bold words take the bold one."""
    families: dict[str, set[int]] = {}
    for each in faces:
        codes = set(each.glyphs.codes)
        families[each.family] = families[each.family] & codes if each.family in families else codes
    return glyphs(set(SHIPPED.codes).union(*families.values())) if families else SHIPPED


RULES = (font_file,)
