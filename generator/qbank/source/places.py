"""From places to lines and columns: what an editor shows of the value at a pointer."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from qbank.problem import Place, Problem, Span
from qbank.source.edits import in_text
from qbank.source.faults import MAX_FILE_BYTES
from qbank.source.nodes import Mark, Scalar, Source, find
from qbank.source.reader import decoded, parse
from qbank.tree import Tree, beginning

# YAML breaks lines at these for its readers too; other line separators of Unicode are characters like any other.
_BREAK = re.compile(r"\r\n|\r|\n")


class Spot(NamedTuple):
    """A span, and the line of the file that it begins in (or None)."""

    span: Span
    line: str | None


class Located(NamedTuple):
    """A problem with the span that it is shown at, the line of the file that the span begins in (or None), and the
    further places that have a part in it.

    Its fix is one of the file's text, as a program could make it; None where it would not give what it promises.
    """

    span: Span
    problem: Problem
    line: str | None
    also: tuple[Spot, ...] = ()


def located(tree: Tree, problems: Iterable[Problem]) -> list[Located]:
    """Problems with their spans, each once, in the order of files, lines and columns. Paths are named as `tree` is."""
    places: dict[str, dict[Place, None]] = {}
    once = in_text(tree, problems)
    for problem in once:
        for place in (problem.place, *problem.also):
            places.setdefault(place.path, {})[place] = None
    # A file at a time: nobody knows how many there are.
    spots = {place: spot for path, each in places.items() for place, spot in _spots(tree, path, each)}
    found = []
    for problem in once:
        span, line = spots[problem.place]
        found.append(Located(span, problem, line, tuple(spots[place] for place in problem.also)))
    return sorted(found, key=lambda each: each.span)


def _spots(tree: Tree, path: str, places: Iterable[Place]) -> Iterator[tuple[Place, Spot]]:
    lines = _Lines(tree, path)
    shown = f"{tree.name}/{path}" if tree.name else path
    for place in places:
        line, column, end_line, end_column = lines.span(place)
        yield place, Spot(Span(shown, line + 1, column + 1, end_line + 1, end_column + 1), lines.line(line))


class _Lines:
    """The lines of one file, and its nodes as soon as a pointer is followed. All counts from 0."""

    def __init__(self, tree: Tree, path: str) -> None:
        self.path = path
        try:
            self.data = beginning(tree, path, MAX_FILE_BYTES)
        except OSError:
            self.data = b""
        self.text = decoded(self.data)
        breaks = list(_BREAK.finditer(self.text))
        self.starts = [0, *(each.end() for each in breaks)]
        self.ends = [*(each.start() for each in breaks), len(self.text)]
        self._source: Source | None = None

    def line(self, number: int) -> str | None:
        """A line without its end; None where there is none."""
        if not self.data or number >= len(self.starts):
            return None
        return self.text[self.starts[number] : self.ends[number]]

    def span(self, place: Place) -> tuple[int, int, int, int]:
        """First line and column, last line and the column behind the last character."""
        if not place.pointer:
            return self._in_file(place.start, place.start + 1 if place.end is None else place.end)
        if self._source is None:
            self._source = parse(self.data, self.path)
        node = find(self._source.root, place.pointer)
        if not isinstance(node, Scalar):
            index = node.start.index if node and node.start else 0
            return self._in_file(index, index + 1)
        stop = len(node.value) if place.end is None else place.end
        within = self._in_block if node.style == "|" else self._in_flow
        return within(node, place.start, stop)

    def _place(self, index: int) -> tuple[int, int]:
        line = bisect_right(self.starts, index) - 1
        return line, index - self.starts[line]

    def _in_file(self, start: int, end: int) -> tuple[int, int, int, int]:
        """Characters of the file; those behind its last one stand on the last line."""
        line, column = self._place(start)
        last, _ = self._place(max(start, end - 1))
        end_column = column + end - start if last == line else end - self.starts[last]
        return line, column, last, max(end_column, column + 1 if last == line else 1)

    def _in_block(self, node: Scalar, start: int, stop: int) -> tuple[int, int, int, int]:
        """Line k of a literal block stands k lines below the one after its `|`, indented."""
        first, column = self._place(node.start.index)
        if not node.value:
            return first, column, first, column + 1
        rows = node.value.split("\n")
        ends = list(accumulate(len(row) + 1 for row in rows))

        def place(offset: int) -> tuple[int, int]:
            row = min(bisect_right(ends, offset), len(rows) - 1)
            line = first + 1 + row
            indent = max(0, len(self.line(line) or "") - len(rows[row]))
            return line, indent + offset - (ends[row] - len(rows[row]) - 1)

        begun, ended = place(start), place(max(start, stop - 1))
        return (*begun, ended[0], ended[1] + 1)

    def _in_flow(self, node: Scalar, start: int, stop: int) -> tuple[int, int, int, int]:
        """In a plain, quoted or folded scalar the wanted characters are searched for in the raw text."""
        whole = self._whole(node.start, node.end)
        wanted = node.value[start:stop]
        if (start == 0 and stop == len(node.value)) or not wanted:
            return whole
        raw = self.text[node.start.index : node.end.index]
        at = -1
        for _ in range(node.value.count(wanted, 0, start) + 1):
            at = raw.find(wanted, at + 1)
            if at < 0:
                return whole
        return self._in_file(node.start.index + at, node.start.index + at + len(wanted))

    def _whole(self, start: Mark, end: Mark) -> tuple[int, int, int, int]:
        first, column = self._place(start.index)
        last, end_column = self._place(end.index)
        return first, column, last, max(end_column, column + 1)
