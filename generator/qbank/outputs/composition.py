"""How boxes are placed on pages: which stands in which column, how high figures are, the size of the type, the gaps.

Boxes keep the order of the bank but for small moves, with which columns end together. Works are listed at the foot of
columns: on the last page, and before it where boxes leave room. All lengths are in millimeters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from qbank.outputs.layouts import (
    BOXES,
    FILLED,
    FILLED_LAST,
    GAPS,
    LIST_GAP,
    ROUNDED,
    SPREAD,
    Area,
    Box,
    Column,
    Layout,
    Page,
    Placed,
    lacks,
)

#: How many places a box may move from that which the bank's order gives it.
REACH = 2
#: The part of its glue by which a box may grow; it shrinks by all of it, at most.
GROWTH = 1.5
#: A broken bound costs this and more for every millimeter or part; all that is a matter of taste together costs less.
_BROKEN = 1000.0
#: What a move by one place costs, a page more, all of the room that figures and glue give, and an end as far above the
#: others as may be.
_MOVE, _PAGE, _STRETCH, _APART = 0.5, 2.0, 1.0, 4.0
#: Of last pages that look good, how many are set to see which is best.
_TRIED = 12


def compose(boxes: Sequence[Box], area: Area, sizes: Sequence[int], works: Sequence[float] = ()) -> Layout:
    """The best layout of boxes, given in the bank's order, in one of these sizes of type, the most welcome first.

    `works` are the heights of those that are listed at the end. The first layout that keeps all bounds is taken; where
    none does, the one that breaks them least.
    """
    best, least = Layout((), sizes[0], GAPS[0]), (inf, inf)
    ways = [(way, gap, size) for way in _WAYS for gap in GAPS[: way.gaps] for size in sizes]
    for way, gap, size in ways:
        if way.price < inf and not works:
            continue
        cost, pages = _composed(boxes, area, size, gap, works, way)
        layout = Layout(pages, size, gap)
        harm = sum(lack.harm for lack in lacks(layout, area))
        if pages and not harm:
            return layout
        if pages and (harm, cost) < least:
            best, least = layout, (harm, cost)
    return best


class _Way(NamedTuple):
    """A way to search: whether pages are looked at, too, that are filled less than they should, or whose columns end
    apart; what a millimeter of the list costs that fills the column of a page that is not the last (below 0 where the
    last page shall have little of it); and how many gaps are tried.
    """

    loose: bool
    price: float
    gaps: int


#: The ways to search, the best pages first.
_WAYS = (
    _Way(False, inf, 3),
    _Way(False, 0.005, 3),
    _Way(False, 0.05, 1),
    _Way(False, -0.02, 3),
    _Way(True, 0.2, 1),
    _Way(True, inf, 1),
)


def _composed(
    boxes: Sequence[Box], area: Area, size: int, gap: float, works: Sequence[float], way: _Way
) -> tuple[float, tuple[Page, ...]]:
    """The cheapest pages of boxes in one size of type, and their cost; a box that is higher than a page breaks."""
    cost = 0.0
    pages: tuple[Page, ...] = ()
    tall = [at for at, box in enumerate(boxes) if box.least(size) > area.height]
    for first, last in pairwise(sorted({0, len(boxes), *tall, *(at + 1 for at in tall)})):
        listed = works if last == len(boxes) else ()
        if first in tall:
            pages += (Page((Column((Placed(first, boxes[first].figures[1], 0.0),), (), inf),), breaks=True),)
            pages += tuple(_listed(range(len(listed)), listed, area))
            continue
        more, found = _Search(boxes[first:last], area, size, gap, listed, way).pages()
        cost += more
        pages += tuple(_moved(page, first) for page in found)
    return cost, pages


def _moved(page: Page, by: int) -> Page:
    def column(each: Column) -> Column:
        return each._replace(boxes=tuple(placed._replace(box=placed.box + by) for placed in each.boxes))

    return page._replace(columns=tuple(map(column, page.columns)))


def _listed(numbers: Sequence[int], works: Sequence[float], area: Area) -> Iterator[Page]:
    """Pages of works alone."""
    left = list(numbers)
    while left:
        each = sum(works[number] + LIST_GAP for number in left) / area.columns
        columns = []
        for column in range(area.columns):
            most = area.height if column == area.columns - 1 else min(each, area.height)
            here, height = _taken(left, works, most, 0.0)
            del left[: len(here)]
            columns.append(Column((), tuple(here), height))
        yield Page(tuple(columns))


def _taken(numbers: Sequence[int], works: Sequence[float], room: float, gap: float) -> tuple[list[int], float]:
    """The first works of a list that have room, and their height, with a gap above the first."""
    here: list[int] = []
    height = 0.0
    for number in numbers:
        more = works[number] + (LIST_GAP if here else gap)
        if height + more > room + ROUNDED:
            break
        here.append(number)
        height += more
    return here, height


# -- what a page costs


def _unfilled(filled: float, least: float) -> float:
    return _BROKEN * (1 + 10 * (least - filled)) if filled < least - ROUNDED else 0.0


def _short(missing: float) -> float:
    """What it costs that a column ends so much above the others."""
    if missing <= SPREAD:
        return _APART * (missing / SPREAD) ** 2
    return _BROKEN * (1 + (missing - SPREAD) / 10)


class _Strip(NamedTuple):
    """Boxes that may stand in one column: their order, what their moves cost, and how high they are together with gaps:
    at least, usually, at most.
    """

    order: tuple[int, ...] = ()
    moves: float = 0.0
    least: float = 0.0
    usual: float = 0.0
    most: float = 0.0

    def stretched(self, target: float) -> tuple[float, float]:
        """Where the column ends if it shall end at `target`, and the part of its room that this takes, from -1 to 1."""
        end = max(self.least, min(target, self.most))
        room = self.most - self.usual if end > self.usual else self.usual - self.least
        return end, (end - self.usual) / room if room > ROUNDED else 0.0

    def cost(self, target: float, price: float = inf) -> float:
        """What it costs that the column ends at `target`, or as little above as it can; or that works fill the rest, at
        a price for a millimeter.
        """
        end, part = self.stretched(target)
        missing = max(0.0, target - end)
        if missing > SPREAD and price < inf:
            missing = max(0.0, target - self.usual)
            return self.moves + price * missing
        return self.moves + _STRETCH * part**2 + _short(missing)


#: The boxes that are placed: how many, and those that are, beyond the first that is not, as bits from there.
_State = tuple[int, int]
#: For each line: the cost of the cheapest way to the end, and the state after the first column of it.
_Row = dict[int, tuple[float, _State]]


class _Rest(NamedTuple):
    """The cheapest way to the end from a state where a page begins: what it costs, the line on which the columns of
    that page shall end, or, if it is the last one, this page itself and those of the works that it has no room for.
    """

    cost: float
    line: int
    last: tuple[Page, ...] = ()


def _keep(row: _Row, line: int, cost: float, then: _State) -> None:
    if line not in row or cost < row[line][0]:
        row[line] = cost, then


class _Search:
    """The cheapest pages of boxes in one size of type and with one gap.

    A state is the set of boxes that are placed. Since none moves far, there are a few for each number of boxes, and few
    columns lead from one to another. From the last box back to the first, the cheapest way to the end is kept for each
    state, for each number of columns that are left on the page, and for each line on which these shall end. Last pages
    are looked at one by one, since the works flow through all of their columns.
    """

    def __init__(
        self, boxes: Sequence[Box], area: Area, size: int, gap: float, works: Sequence[float], way: _Way
    ) -> None:
        every = range(8, 101, 4) if way.loose else range(round(100 * FILLED), 101)
        self.lines = [area.height * at / 100 for at in every]
        self.slack = area.height if way.loose or way.price < inf else SPREAD
        self.boxes, self.area, self.size, self.gap, self.works, self.price = boxes, area, size, gap, works, way.price
        #: How many of the works stand on pages before the last one.
        self.spent = 0
        places = {box.name: at for at, box in enumerate(boxes)}
        self.needs = [[places[name] for name in box.needs if name in places] for box in boxes]
        self.run = [0] * len(boxes)
        for at, (before, box) in enumerate(pairwise(boxes), start=1):
            self.run[at] = self.run[at - 1] + (before.level != box.level)
        #: How high all boxes from each on are, at least.
        self.rest = [0.0] * (len(boxes) + 1)
        for at in range(len(boxes) - 1, -1, -1):
            self.rest[at] = self.rest[at + 1] + boxes[at].least(size)
        self.strips_of: dict[_State, dict[_State, _Strip]] = {}
        self.start, self.end = (0, 0), (len(boxes), 0)

    # -- moves

    def is_placed(self, state: _State, box: int) -> bool:
        first = state[0] - state[1].bit_count()
        return box < first or (box > first and bool(state[1] >> (box - first - 1) & 1))

    def after(self, state: _State) -> Iterator[tuple[int, _State]]:
        """The boxes that may stand at the next place, and the states that follow."""
        placed, bits = state
        first = placed - bits.bit_count()
        last = first if placed - first >= REACH else min(placed + REACH, len(self.boxes) - 1)
        for box in range(first, last + 1):
            if self.run[box] != self.run[placed] or self.is_placed(state, box):
                continue
            if not all(need >= box or self.is_placed(state, need) for need in self.needs[box]):
                continue
            if box > first:
                yield box, (placed + 1, bits | 1 << (box - first - 1))
            else:
                rest = bits
                while rest & 1:
                    rest >>= 1
                yield box, (placed + 1, rest >> 1)

    def strips(self, state: _State) -> dict[_State, _Strip]:
        """The columns that can follow a state, by the states that they lead to."""
        if state in self.strips_of:
            return self.strips_of[state]
        found: dict[_State, _Strip] = {}
        here = {state: _Strip()}
        while here:
            further: dict[_State, _Strip] = {}
            for before, strip in here.items():
                for box, then in self.after(before) if before != self.end else ():
                    longer = self._longer(strip, box, before[0])
                    if longer.least <= self.area.height and (then not in further or longer.moves < further[then].moves):
                        further[then] = longer
            found |= further
            here = further
        self.strips_of[state] = found
        return found

    def _longer(self, strip: _Strip, box: int, place: int) -> _Strip:
        each = self.boxes[box]
        least, usual, most = each.figures
        height = each.heights[self.size] + (self.gap if strip.order else 0.0)
        return _Strip(
            (*strip.order, box),
            strip.moves + _MOVE * abs(place - box),
            strip.least + height + least - each.glue,
            strip.usual + height + usual,
            strip.most + height + most + GROWTH * each.glue,
        )

    # -- the way back

    def pages(self) -> tuple[float, list[Page]]:
        """What the cheapest pages cost, and them; an endless cost if the search found none."""
        cost, pages = self._pages()
        spent = sum(len(column.works) for page in pages[:-1] for column in page.columns)
        if spent and self.price < inf:  # then less is left for the last page than was thought
            self.spent = spent
            cost, pages = self._pages()
        return cost, pages

    def _pages(self) -> tuple[float, list[Page]]:
        self.ways: dict[_State, _Rest] = {}
        self.inner: dict[_State, list[_Row]] = {}
        levels: list[set[_State]] = [{self.start}, *(set() for _ in self.boxes)]
        for placed, each in enumerate(levels[:-1]):
            levels[placed + 1] |= {then for state in each for _, then in self.after(state)}
        for each in reversed(levels[:-1]):
            for state in sorted(each):
                self._settle(state)
        if self.start not in self.ways:
            return inf, []
        return self.ways[self.start].cost, list(self._walk(self.start))

    def _settle(self, state: _State) -> None:
        """Find the cheapest way from a state, from which on pages may begin, or one of the columns of a page."""
        columns = self.area.columns
        rows: list[_Row] = [{} for _ in range(columns + 1)]
        for then, strip in self.strips(state).items():
            if then == self.end:
                continue
            way, further = self.ways.get(then), self.inner[then]
            low, high = strip.least - ROUNDED, strip.most + self.slack
            for line, target in enumerate(self.lines):
                if not low <= target <= high:
                    continue
                cost = strip.cost(target, self.price)
                if way:
                    _keep(rows[1], line, cost + way.cost, then)
                for left in range(2, columns + 1):
                    if line in further[left - 1]:
                        _keep(rows[left], line, cost + further[left - 1][line][0], then)
        self.inner[state] = rows
        best = self._last(state, self.spent)
        for line, (cost, _) in rows[columns].items():
            whole = cost + _PAGE + _unfilled(self.lines[line] / self.area.height, FILLED)
            if whole < best.cost:
                best = _Rest(whole, line)
        if best.cost < inf:
            self.ways[state] = best

    def _walk(self, state: _State) -> Iterator[Page]:
        spent = 0
        while not self.ways[state].last:
            line = self.ways[state].line
            columns = []
            for left in range(self.area.columns, 0, -1):
                _, then = self.inner[state][left][line]
                strip = self.strips(state)[then]
                room = self.lines[line] - strip.usual if self.lines[line] - strip.most > SPREAD else 0.0
                here, height = _taken(range(spent, len(self.works)), self.works, room, self.gap)
                spent += len(here)
                columns.append(self._column(strip, self.lines[line], here, height))
                state = then
            yield Page(tuple(columns))
        yield from self._last(state, spent).last

    def _column(self, strip: _Strip, target: float, works: Sequence[int] = (), height: float = 0.0) -> Column:
        """A column that shall end at `target`, with works of a height below its boxes."""
        end, part = strip.stretched(target - height)
        placed = []
        for at in strip.order:
            least, usual, most = self.boxes[at].figures
            figure = usual + part * (most - usual if part > 0 else usual - least)
            placed.append(Placed(at, figure, part * (GROWTH if part > 0 else 1)))
        return Column(tuple(placed), tuple(works), end + height)

    # -- last pages

    def _last(self, state: _State, spent: int) -> _Rest:
        """The cheapest last page from a state on; an endless cost if not all boxes have room on one."""
        if self.rest[state[0] - state[1].bit_count()] > (self.area.columns + 1) * self.area.height:
            return _Rest(inf, -1)
        listed = sum(height + LIST_GAP for height in self.works[spent:])
        looked: list[tuple[float, float, tuple[_Strip, ...]]] = []
        for strips in self._to_end(state, self.area.columns):
            for target in self._targets(strips, listed):
                shares = self._shares(strips, target, listed)
                cost = sum(strip.cost(target - share) for strip, share in zip(strips, shares, strict=True))
                looked.append((cost, target, strips))
        best = _Rest(inf, -1)
        for _, target, strips in sorted(looked)[:_TRIED]:
            cost, pages = self._set(strips, target, spent, listed, alone=state == self.start)
            if cost < best.cost:
                best = _Rest(cost, -1, pages)
        return best

    def _to_end(self, state: _State, left: int) -> Iterator[tuple[_Strip, ...]]:
        """The columns that hold all boxes from a state on; the last ones may be empty."""
        if state == self.end:
            yield (_Strip(),) * left
            return
        for then, strip in self.strips(state).items():
            if left > 1 or then == self.end:
                room = (left - 1) * self.area.height
                if self.rest[then[0]] <= room + ROUNDED:
                    for others in self._to_end(then, left - 1):
                        yield strip, *others

    def _targets(self, strips: Sequence[_Strip], listed: float) -> set[float]:
        """Lines on which the columns of a last page might end."""
        low, high = max(strip.least for strip in strips), self.area.height
        levels = set()
        for ends in ([strip.least for strip in strips], [strip.usual for strip in strips], [s.most for s in strips]):
            level = listed
            for count, end in enumerate(sorted(ends), start=1):
                level += end
                if count == len(ends) or level / count <= sorted(ends)[count]:
                    levels |= {level / count, *(ends if not listed else ())}
                    break
        return {min(high, max(low, level)) for level in levels}

    def _shares(self, strips: Sequence[_Strip], target: float, listed: float) -> list[float]:
        """How much of the list stands in each column; where there are fewer boxes than columns, all below the last."""
        if not strips[-1].order and strips[0].order and target + listed <= self.area.height:
            last = max(at for at, strip in enumerate(strips) if strip.order)
            return [listed + self.gap if at == last else 0.0 for at in range(len(strips))]
        rooms = [max(0.0, target - max(strip.least, min(strip.usual, target))) for strip in strips]
        whole = sum(rooms)
        return [min(room, room * listed / whole) if whole > ROUNDED else 0.0 for room in rooms]

    def _set(
        self, strips: Sequence[_Strip], target: float, spent: int, listed: float, *, alone: bool
    ) -> tuple[float, tuple[Page, ...]]:
        """A last page as it is, with those of the works that it has no room for, and what they cost."""
        height = self.area.height
        left = list(range(spent, len(self.works)))
        columns = []
        for at, (strip, share) in enumerate(zip(strips, self._shares(strips, target, listed), strict=True), start=1):
            room = min(height - strip.least, share + _half(left, self.works) if at < len(strips) else height)
            here, used = _taken(left, self.works, room, self.gap if strip.order else 0.0)
            del left[: len(here)]
            columns.append((strip, here, used))
        end = min(height, max(target, *(strip.least + used for strip, _, used in columns)))
        page = Page(tuple(self._column(strip, end, here, used) for strip, here, used in columns))
        pages = (page, *_listed(left, self.works, self.area))
        lowest = max(column.end for column in page.columns)
        cost = sum(
            strip.moves + _STRETCH * strip.stretched(end - used)[1] ** 2 + _short(lowest - column.end)
            for (strip, _, used), column in zip(columns, page.columns, strict=True)
        )
        for each in pages if not alone or len(pages) > 1 else ():
            filled = each.covered / (self.area.columns * height)
            cost += _unfilled(filled, FILLED_LAST if each is pages[-1] else FILLED)
            cost += _BROKEN * max(0, BOXES - each.boxes)
        return cost + _PAGE * len(pages), pages


def _half(numbers: Sequence[int], works: Sequence[float]) -> float:
    """Half of what the next work of a list takes: it stands where most of it has room."""
    return works[numbers[0]] / 2 if numbers else 0.0
