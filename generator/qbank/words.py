"""What became of a text, word by word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple, TypeVar

Item = TypeVar("Item", bound=Hashable)

# Numbers, words with hyphens and names with dots are one word; a sign is one by itself.
_WORD = re.compile(r"\s+|\w+(?:[-.,'’/]\w+)*|[^\w\s]")
_SPACED = re.compile(r"\s*\S+\s*|\s+")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_SAYS = re.compile(r"\w")
#: The search compares each occurrence of a word with each occurrence of it in the other text, perhaps several times.
#: Where there are more pairs, such as in thousands of equal words, the text counts as replaced.
_MOST_PAIRS = 20_000


class Piece(NamedTuple):
    """A stretch of both texts: what it was and what it is now; the same where nothing changed."""

    was: str
    now: str

    @property
    def kept(self) -> bool:
        """Whether nothing changed in it."""
        return self.was == self.now


def by_word(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces of two texts, in order; `was` of all together is the old text, and `now` the new one."""
    # White space stands between any two words, and so says nothing of which belong together.
    found = stretches(_WORD.findall(old), _WORD.findall(new), idle=str.isspace)
    return tuple(_joined(_piece(was, now) for was, now in found))


def by_line(old: str, new: str) -> tuple[Piece, ...]:
    """The same, in whole lines: for programs."""
    return tuple(_piece(was, now) for was, now in stretches(_LINE.findall(old), _LINE.findall(new)))


def excerpt(pieces: Sequence[Piece], around: int, *, lines: bool = False) -> tuple[Piece, ...]:
    """The pieces with at most `around` words, or lines, of what was kept on each side of a change."""
    last = len(pieces) - 1
    unit, cut = (_LINE, "…\n") if lines else (_SPACED, "… ")
    shown = []
    for at, piece in enumerate(pieces):
        found = unit.findall(piece.now) if piece.kept else []
        head, tail = around * (at > 0), around * (at < last)
        if len(found) > head + tail + 1:
            left = "".join([*found[:head], cut, *found[len(found) - tail :]])
            piece = Piece(left, left)
        shown.append(piece)
    return tuple(shown)


def stretches(
    old: Sequence[Item], new: Sequence[Item], idle: Callable[[Item], bool] | None = None
) -> Iterator[tuple[Sequence[Item], Sequence[Item]]]:
    """Two sequences cut into stretches that are equal, and stretches that have nothing in common. `idle` items are
    found equal only beside others.
    """
    # Equal ends are found first: most changes are small.
    least = min(len(old), len(new))
    start = next((n for n in range(least) if old[n] != new[n]), least)
    end = next((n for n in range(least - start) if old[-1 - n] != new[-1 - n]), least - start)
    if start:
        yield old[:start], new[:start]
    yield from _searched(old[start : len(old) - end], new[start : len(new) - end], idle)
    if end:
        yield old[len(old) - end :], new[len(new) - end :]


def _searched(
    old: Sequence[Item], new: Sequence[Item], idle: Callable[[Item], bool] | None
) -> Iterator[tuple[Sequence[Item], Sequence[Item]]]:
    theirs = Counter(new)
    if sum(count * theirs[item] for item, count in Counter(old).items() if not (idle and idle(item))) > _MOST_PAIRS:
        yield old, new
        return
    for _, a, b, c, d in SequenceMatcher(idle, old, new, autojunk=False).get_opcodes():
        yield old[a:b], new[c:d]


def _piece(old: Sequence[str], new: Sequence[str]) -> Piece:
    return Piece("".join(old), "".join(new))


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Changes with too little between them joined into one, which reads better than several: what was kept says no
    word, or is not longer than the changes on both its sides.
    """
    out: list[Piece] = []
    for piece in pieces:
        out.append(piece)
        # One that is joined may be long enough for the one before it.
        while len(out) > 2 and not out[-1].kept and out[-2].kept and _is_little(*out[-3:]):
            last = out[-3:]
            del out[-3:]
            out.append(Piece("".join(each.was for each in last), "".join(each.now for each in last)))
    return out


def _is_little(before: Piece, kept: Piece, after: Piece) -> bool:
    return not _SAYS.search(kept.now) or len(kept.now) <= min(max(map(len, before)), max(map(len, after)))
