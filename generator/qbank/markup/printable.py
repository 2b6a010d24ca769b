"""Which characters the fonts of the sheets can print: those that are shipped, and those of a bank."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

#: The characters beyond ASCII that paper prints, in hexadecimal: Latin, Greek and Cyrillic letters, punctuation,
#: symbols and mathematics, as far as a font has them that is shipped or embedded in the typst wheel. A test recomputes
#: the table.
_PRINTABLE = """
    a0-377 37a-37f 384-38a 38c 38e-3a1 3a3-52f 1e00-1f15 1f18-1f1d 1f20-1f45 1f48-1f4d 1f50-1f57 1f59 1f5b 1f5d
    1f5f-1f7d 1f80-1fb4 1fb6-1fc4 1fc6-1fd3 1fd6-1fdb 1fdd-1fef 1ff2-1ff4 1ff6-1ffe 2000-200d 2010-2027 202f-2060
    2070-2071 2074-208e 2090-209c 20a0-20c0 20d0-20f0 2100-2189 2190-23ff 2422-2423 2460-2606 2609-262f 2638-268b
    2690-269c 26a0-26a7 26aa-26af 26b2 2701-2704 2706-2709 270c-2714 2717-2726 272a-274b 274d 274f-2752 2756
    2758-275e 2761-277f 2794 2798-27af 27b1-2b73 2b76-2b95 2b97-2bff 1d400-1d454 1d456-1d49c 1d49e-1d49f 1d4a2
    1d4a5-1d4a6 1d4a9-1d4ac 1d4ae-1d4b9 1d4bb 1d4bd-1d4c3 1d4c5-1d505 1d507-1d50a 1d50d-1d514 1d516-1d51c
    1d51e-1d539 1d53b-1d53e 1d540-1d544 1d546-1d547 1d54a-1d550 1d552-1d6a5 1d6a8-1d7cb 1d7ce-1d7ff
"""
#: Characters for private use mean nothing that a reader could rely on: archives refuse them (PDF/A-2a, 6.2.11.7.3).
_PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0x10FFFF))


class Glyphs(NamedTuple):
    """A set of characters as ranges, sorted: where each begins, and its last character."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def has(self, code: int) -> bool:
        """Whether a character is in the set."""
        at = bisect_right(self.starts, code) - 1
        return at >= 0 and code <= self.ends[at]

    @property
    def codes(self) -> Iterator[int]:
        """Every character of the set, in order."""
        for start, end in zip(self.starts, self.ends, strict=True):
            yield from range(start, end + 1)


def glyphs(codes: Iterable[int]) -> Glyphs:
    """The set of these characters, without those for private use."""
    known = sorted(code for code in set(codes) if not any(first <= code <= last for first, last in _PRIVATE))
    if not known:
        return Glyphs((), ())
    gaps = [(one, other) for one, other in pairwise(known) if other - one > 1]
    return Glyphs((known[0], *(other for _, other in gaps)), (*(one for one, _ in gaps), known[-1]))


def _read(table: str) -> Glyphs:
    ranges = [each.partition("-") for each in table.split()]
    return Glyphs(
        tuple(int(first, 16) for first, _, _ in ranges), tuple(int(last or first, 16) for first, _, last in ranges)
    )


#: What the fonts print that come with qbank.
SHIPPED = _read(_PRINTABLE)


def unprintable(text: str, known: Glyphs = SHIPPED) -> Iterator[int]:
    """The offsets of the characters that no font of the sheets can print."""
    for offset, character in enumerate(text):
        if not character.isascii() and not known.has(ord(character)):
            yield offset
