"""How boxes are placed on pages: which stands in which column, how high figures are, the size of the type, the gaps.

Boxes keep the order of the bank but for small moves, with which columns end together. Works are listed at the foot of
columns: on the last page, and before it where boxes leave room. All lengths are in millimeters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from qbank.outputs.lastpages import PAGE, LastPages, column, taken, unfilled, works_alone
from qbank.outputs.layouts import FILLED, GAPS, SPREAD, Area, Box, Column, Layout, Page, Placed, lacks
from qbank.outputs.strips import Reached, State, Strips


def compose(boxes: Sequence[Box], area: Area, sizes: Sequence[int], works: Sequence[float] = ()) -> Layout:
    """The best layout of boxes, given in the bank's order, in one of these sizes of type, the most welcome first.

    `works` are the heights of those that are listed at the end. The first layout that keeps all bounds is taken; where
    none does, the one that breaks them least.
    """
    best, least = Layout((), sizes[0], GAPS[0]), (inf, inf)
    known: _Known = {}
    ways = _WAYS if works else (_WAYS[0], _WAYS[-1])
    for way, gap, size in [(way, gap, size) for each in ways for gap in GAPS for way in each for size in sizes]:
        cost, pages = _composed(boxes, area, size, gap, works, way, known)
        layout = Layout(pages, size, gap)
        harm = sum(lack.harm for lack in lacks(layout, area))
        if pages and not harm:
            return layout
        if pages and (harm, cost) < least:
            best, least = layout, (harm, cost)
    return best


class _Way(NamedTuple):
    """A way to search: what a millimeter of the list costs that fills the column of a page that is not the last (below
    0 where the last page shall have little of it; without end where all of it shall stand at the end), and whether
    pages are looked at, too, that are filled less than they should, or whose columns end apart.
    """

    price: float
    loose: bool


#: The ways to search, the best pages first: the list stands at the end; or begins before it; or pages are not full.
_WAYS = (
    (_Way(inf, loose=False),),
    (_Way(0.005, loose=False), _Way(0.05, loose=False), _Way(0.2, loose=True), _Way(-0.02, loose=False)),
    (_Way(inf, loose=True),),
)


#: Columns and last pages by the first box, the size of type, and the gap: the same for all ways to search.
_Known = dict[tuple[int, int, float], LastPages]


def _composed(
    boxes: Sequence[Box], area: Area, size: int, gap: float, works: Sequence[float], way: _Way, known: _Known
) -> tuple[float, tuple[Page, ...]]:
    """The cheapest pages of boxes in one size of type, and their cost; a box that is higher than a page breaks."""
    cost = 0.0
    pages: tuple[Page, ...] = ()
    tall = [at for at, box in enumerate(boxes) if box.least(size) > area.height]
    for first, last in pairwise(sorted({0, len(boxes), *tall, *(at + 1 for at in tall)})):
        listed = works if last == len(boxes) else ()
        if first in tall:
            pages += (Page((Column((Placed(first, boxes[first].figures[1], 0.0),), (), inf),), breaks=True),)
            pages += tuple(works_alone(range(len(listed)), listed, area))
            continue
        if (first, size, gap) not in known:
            strips = Strips(boxes[first:last], area.height, size, gap)
            known[first, size, gap] = LastPages(strips, area, listed)
        more, found = _Search(known[first, size, gap], area, listed, way).pages()
        cost += more
        pages += tuple(_moved(page, first) for page in found)
    return cost, pages


def _moved(page: Page, by: int) -> Page:
    def column(each: Column) -> Column:
        return each._replace(boxes=tuple(placed._replace(box=placed.box + by) for placed in each.boxes))

    return page._replace(columns=tuple(map(column, page.columns)))


#: For each line the cost of the cheapest way to the end, and the state after the first column of it.
_Row = tuple[list[float], list[State]]


def _keep(row: _Row, each: Reached, costs: Sequence[float]) -> None:
    """Keep a column for the lines, from its first on, for which it is the cheapest so far."""
    known, first = row
    for line, cost in enumerate(costs, each.first):
        if cost < known[line]:
            known[line], first[line] = cost, each.then


class _Search:
    """The cheapest pages of boxes in one size of type and with one gap.

    From the last box back to the first, the cheapest way to the end is kept for each state, for each number of columns
    that are left on the page, and for each line on which these shall end. Last pages are looked at one by one, since
    the works flow through all of their columns.
    """

    def __init__(self, last: LastPages, area: Area, works: Sequence[float], way: _Way) -> None:
        self.strips, self.last, self.area, self.works, self.way = last.strips, last, area, works, way
        every = range(8, 101, 4) if way.loose else range(round(100 * FILLED), 101)
        self.lines = [area.height * at / 100 for at in every]
        #: How many of the works stand on pages before the last one.
        self.spent = 0

    def pages(self) -> tuple[float, list[Page]]:
        """What the cheapest pages cost, and them; an endless cost if the search found none."""
        cost, pages = self._pages()
        spent = sum(len(each.works) for page in pages[:-1] for each in page.columns)
        if spent and self.way.price < inf:  # then less is left for the last page than was thought
            self.spent = spent
            cost, pages = self._pages()
        return cost, pages

    def _pages(self) -> tuple[float, list[Page]]:
        #: What the way to the end costs from where a page begins, and the line of this page; -1 of a last one.
        self.ways: dict[State, tuple[float, int]] = {}
        self.inner: dict[State, list[_Row]] = {}
        for state in reversed(self.strips.states):
            self._settle(state)
        if self.strips.start not in self.ways:
            return inf, []
        return self.ways[self.strips.start][0], list(self._walk(self.strips.start))

    def _settle(self, state: State) -> None:
        """Find the cheapest way from a state, from which on pages may begin, or one of the columns of a page."""
        count, columns = len(self.lines), self.area.columns
        rows: list[_Row] = [([inf] * count, [state] * count) for _ in range(columns)]
        for each in self.strips.reached(state, self.lines):
            costs = each.costs + self._beyond(each)
            if each.then in self.ways:
                way, _ = self.ways[each.then]
                _keep(rows[0], each, [cost + way for cost in costs])
            for row, (further, _) in zip(rows[1:], self.inner[each.then], strict=False):
                if further:
                    _keep(row, each, [cost + more for cost, more in zip(costs, further[each.first :], strict=False)])
        self.inner[state] = [row if min(row[0]) < inf else ([], []) for row in rows]
        best = self.last.after(state, self.spent).cost, -1
        for line, cost in enumerate(rows[-1][0]):
            whole = cost + PAGE + unfilled(self.lines[line] / self.area.height, FILLED)
            best = min(best, (whole, line))
        if best[0] < inf:
            self.ways[state] = best

    def _beyond(self, each: Reached) -> list[float]:
        """What it costs that a column ends on lines that are too far below it: works fill the rest, at their price."""
        strip, beyond = each.strip, self.lines[each.first + len(each.costs) :]
        if self.way.price < inf:
            return [strip.moves + self.way.price * (line - strip.usual) for line in beyond]
        return [strip.cost(line) for line in beyond] if self.way.loose else []

    def _walk(self, state: State) -> Iterator[Page]:
        spent = 0
        while self.ways[state][1] >= 0:
            _, line = self.ways[state]
            columns = []
            for left in range(self.area.columns, 0, -1):
                then = self.inner[state][left - 1][1][line]
                strip = self.strips.of(state)[then]
                filled = self.way.price < inf and self.lines[line] - strip.most > SPREAD
                room = self.lines[line] - strip.usual if filled else 0.0
                here, height = taken(range(spent, len(self.works)), self.works, room, self.strips.gap)
                spent += len(here)
                columns.append(column(self.strips, strip, self.lines[line], here, height))
                state = then
            yield Page(tuple(columns))
        yield from self.last.after(state, spent).pages
