"""How boxes are placed on pages: which stands in which column, how high figures are, the size of the type, the gaps.

Boxes keep the order of the bank but for small moves, with which columns end together. Works are listed at the end:
below the boxes of the last page, or from the feet of one or two before it. Columns of other pages that no box fills
have below their boxes what is asked next. All lengths are in millimeters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from qbank.outputs.lastpages import PAGE, LastPages, column, taken, unfilled, works_alone
from qbank.outputs.layouts import FILLED, GAPS, NOTHING, SPREAD, Area, Asked, Box, Column, Layout, Page, Placed, lacks
from qbank.outputs.strips import Reached, State, Strip, Strips


def compose(
    boxes: Sequence[Box], area: Area, sizes: Sequence[int], works: Sequence[float] = (), asked: Asked = NOTHING
) -> Layout:
    """The best layout of boxes, given in the bank's order, in one of these sizes of type, the most welcome first.

    `works` are the heights of those that are listed at the end; of what is `asked`, as much is placed as is needed. The
    first layout that keeps all bounds is taken; where none does, the one that breaks them least.
    """
    best, least = Layout((), sizes[0], GAPS[0]), (inf, inf)
    known: _Known = {}
    content = _Content(boxes, works, asked)
    ways = [list(_possible(each, content)) for each in _WAYS]
    for way, gap, size in [(way, gap, size) for each in ways for gap in GAPS for way in each for size in sizes]:
        cost, pages = _composed(content, area, size, gap, way, known)
        layout = Layout(pages, size, gap)
        harm = sum(lack.harm for lack in lacks(layout, area))
        if pages and not harm:
            return layout
        if pages and (harm, cost) < least:
            best, least = layout, (harm, cost)
    return best


class _Content(NamedTuple):
    """What is placed: boxes, the heights of the works, and what is asked."""

    boxes: Sequence[Box]
    works: Sequence[float]
    asked: Asked


class _Way(NamedTuple):
    """A way to search: what a millimeter costs that fills a column below its boxes, by how many pages stand behind that
    page, the last price for all that stand before; on how many pages before the last that is the list; and whether
    pages are looked at, too, that are filled less than they should, or whose columns end apart.

    A price is below 0 where the last page shall have little of the list, and without end where nothing fills a column.
    """

    prices: tuple[float, ...]
    listed: int = 0
    loose: bool = False


#: What a millimeter may cost that fills pages before the last, where these are of the list and where they are not.
_LISTED, _ASKED = (0.05, -0.02, 0.005), (0.2, 0.05, 0.005)
#: The ways to search, the best pages first: the list stands on the last page, and boxes fill all others; or what is
#: asked does; the list begins on the page before, or two; or pages are not full.
_WAYS = (
    (_Way((inf,)),),
    tuple(_Way((price,)) for price in _ASKED),
    tuple(_Way((listed, asked), 1) for listed, asked in zip(_LISTED, _ASKED, strict=True)),
    tuple(_Way((listed, listed, asked), 2) for listed, asked in zip(_LISTED, _ASKED, strict=True)),
    (_Way((0.2,), loose=True), _Way((0.2, 0.2), 1, loose=True)),
    (_Way((inf,), loose=True),),
)


def _possible(ways: Iterable[_Way], content: _Content) -> Iterator[_Way]:
    """The ways for which there is something that fills columns."""
    for way in ways:
        if way.prices[-1] == inf or content.asked.heights:
            if content.works or not way.listed:
                yield way
        elif content.works and way.listed:
            yield way._replace(prices=(*way.prices[:-1], inf))


#: Columns and last pages by the first box, the size of type, and the gap: the same for all ways to search.
_Known = dict[tuple[int, int, float], LastPages]


def _composed(
    content: _Content, area: Area, size: int, gap: float, way: _Way, known: _Known
) -> tuple[float, tuple[Page, ...]]:
    """The cheapest pages of boxes in one size of type, and their cost; a box that is higher than a page breaks."""
    boxes, works, asked = content
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
        more, found = _Search(known[first, size, gap], area, listed, asked, range(first, last), way).pages()
        if not found:
            return inf, ()
        cost += more
        pages += tuple(_moved(page, first) for page in found)
    return cost, pages


def _moved(page: Page, by: int) -> Page:
    def column(each: Column) -> Column:
        return each._replace(boxes=tuple(placed._replace(box=placed.box + by) for placed in each.boxes))

    return page._replace(columns=tuple(map(column, page.columns)))


#: For each line the cost of the cheapest way to the end, and the state after the first column of it.
_Row = tuple[list[float], list[State]]


#: By states: what the way to the end costs from where a page begins, and the line of this page; -1 where it is that of
#: the layer before.
_Ways = dict[State, tuple[float, int]]


class _Layer(NamedTuple):
    """The pages that have a number of pages behind them, or more: the ways to the end, those within pages, by the
    number of columns that are left, and what a millimeter costs that fills columns on these pages.
    """

    ways: _Ways
    inner: dict[State, list[_Row]]
    price: float


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
    the works flow through all of their columns. Whether a page holds a part of the list depends on how many pages stand
    behind it, so this is done in layers: the last page, the one before it, and so on; the last layer is for all others.
    """

    def __init__(
        self, last: LastPages, area: Area, works: Sequence[float], asked: Asked, boxes: range, way: _Way
    ) -> None:
        """What follows `boxes`, by their places in the bank's order, is asked on these pages."""
        self.strips, self.last, self.area, self.works, self.way = last.strips, last, area, works, way
        self.asked, self.boxes = asked, boxes
        # A hundredth above the bound, since lines of a list leave a little of the room that they have.
        every = range(8, 101, 4) if way.loose else range(round(100 * FILLED) + 1, 101)
        self.lines = [area.height * at / 100 for at in every]
        #: What a page costs whose columns end on each of the lines.
        self.page = [PAGE + unfilled(at / 100, FILLED) for at in every]
        #: How many of the works stand on the pages before the last one that may hold them.
        self.spent = 0

    def pages(self) -> tuple[float, list[Page]]:
        """What the cheapest pages cost, and them; an endless cost and none where the search found none, or none that
        end with the list.
        """
        cost, pages = self._pages()
        spent = sum(len(each.works) for page in pages[:-1] for each in page.columns)
        if spent:  # then less is left for the last page than was thought
            self.spent = spent
            cost, pages = self._pages()
        if self.works and pages and not any(each.works for each in pages[-1].columns):
            return inf, []
        return cost, pages

    def _pages(self) -> tuple[float, list[Page]]:
        ends = ((state, self.last.after(state, self.spent).cost) for state in self.strips.states)
        layers = [_Layer({state: (cost, -1) for state, cost in ends if cost < inf}, {}, inf)]
        for at, price in enumerate(self.way.prices, start=1):
            layer = _Layer({}, {}, price)
            behind = layer if at == len(self.way.prices) else layers[-1]
            for state in reversed(self.strips.states):
                self._settle(state, layer, layers[-1].ways, behind.ways)
            layers.append(layer)
        if self.strips.start not in layers[-1].ways:
            return inf, []
        return layers[-1].ways[self.strips.start][0], list(self._walk(layers))

    def _settle(self, state: State, layer: _Layer, without: _Ways, behind: _Ways) -> None:
        """Find the cheapest way from a state, from which on pages may begin, or one of the columns of a page: that of
        the layer before (`without` a page of this one), or a page and the way `behind` it.
        """
        count, columns = len(self.lines), self.area.columns
        rows: list[_Row] = [([inf] * count, [state] * count) for _ in range(columns)]
        for each in self.strips.reached(state, self.lines):
            costs = each.costs + self._beyond(each, layer.price)
            if each.then in behind:
                way, _ = behind[each.then]
                _keep(rows[0], each, [cost + way for cost in costs])
            for row, (further, _) in zip(rows[1:], layer.inner[each.then], strict=False):
                if further:
                    _keep(row, each, [cost + more for cost, more in zip(costs, further[each.first :], strict=False)])
        layer.inner[state] = [row if min(row[0]) < inf else ([], []) for row in rows]
        pages = [cost + page for cost, page in zip(layer.inner[state][-1][0], self.page, strict=False)]
        best = min(pages, default=inf)
        if state in without and without[state][0] <= best:
            layer.ways[state] = without[state][0], -1
        elif best < inf:
            layer.ways[state] = best, pages.index(best)

    def _beyond(self, each: Reached, price: float) -> list[float]:
        """What it costs that a column ends on lines that are too far below it: something fills the rest, at a price."""
        strip, beyond = each.strip, self.lines[each.first + len(each.costs) :]
        if price < inf:
            return [strip.moves + price * (line - strip.usual) for line in beyond]
        return [strip.cost(line) for line in beyond] if self.way.loose else []

    def _walk(self, layers: list[_Layer]) -> Iterator[Page]:
        state, at = self.strips.start, len(layers) - 1
        works = list(range(len(self.works)))
        asked = [number for number, box in enumerate(self.asked.boxes) if box in self.boxes]
        while at > 0:
            _, line = layers[at].ways[state]
            if line < 0:
                at -= 1
                continue
            strips = []
            for left in range(self.area.columns, 0, -1):
                then = layers[at].inner[state][left - 1][1][line]
                strips.append(self.strips.of(state)[then])
                state = then
            if at <= self.way.listed:
                yield Page(tuple(self._listing(strip, self.lines[line], layers[at].price, works) for strip in strips))
            else:
                # What follows the boxes of this page, then what is left of others.
                here = {self.boxes[box] for strip in strips for box in strip.order}
                asked.sort(key=lambda number: (self.asked.boxes[number] not in here, number))
                yield Page(tuple(self._asking(strip, self.lines[line], layers[at].price, asked) for strip in strips))
            at -= at < len(layers) - 1
        yield from self.last.after(state, len(self.works) - len(works)).pages

    def _listing(self, strip: Strip, line: float, price: float, works: list[int]) -> Column:
        """A column that ends on a line, with works below its boxes if there is room for some, the first of `works`."""
        here, height = self._taken(strip, line, price, works, self.works, 0.0)
        return column(self.strips, strip, line, here, height)

    def _asking(self, strip: Strip, line: float, price: float, asked: list[int]) -> Column:
        """The same with the first of what is `asked`."""
        here, height = self._taken(strip, line, price, asked, self.asked.heights, self.asked.heading)
        return column(self.strips, strip, line, (), height, here)

    def _taken(
        self, strip: Strip, line: float, price: float, numbers: list[int], heights: Sequence[float], heading: float
    ) -> tuple[list[int], float]:
        if price == inf or line - strip.most <= SPREAD:
            return [], 0.0
        here, height = taken(numbers, heights, line - strip.usual, self.strips.gap + heading)
        del numbers[: len(here)]
        return here, height
