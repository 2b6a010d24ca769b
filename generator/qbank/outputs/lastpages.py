"""Last pages: the columns that the last boxes of a topic fill together with the works that are listed below them.

All lengths are in millimeters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import inf
from typing import NamedTuple

from qbank.outputs.layouts import BOXES, FILLED, FILLED_LAST, LIST_GAP, ROUNDED, Area, Column, Page, Placed
from qbank.outputs.strips import BROKEN, GROWTH, STRETCH, State, Strip, Strips, short

#: What a page more costs.
PAGE = 2.0
#: Of last pages that look good, how many are set to see which is best.
_TRIED = 12


class Rest(NamedTuple):
    """Last pages from a state on: what they cost, and them, with those of the works that the first has no room for."""

    cost: float
    pages: tuple[Page, ...] = ()


class LastPages:
    """The cheapest last pages of the columns of a topic, by the state that they begin in."""

    def __init__(self, strips: Strips, area: Area, works: Sequence[float]) -> None:
        self.strips, self._area, self._works = strips, area, works
        self._known: dict[tuple[State, int], Rest] = {}

    def after(self, state: State, spent: int) -> Rest:
        """The cheapest last pages from a state on, where so many of the works stand on pages before; an endless cost if
        not all boxes have room on one.
        """
        if (state, spent) not in self._known:
            self._known[state, spent] = self._cheapest(state, spent)
        return self._known[state, spent]

    def _cheapest(self, state: State, spent: int) -> Rest:
        if self.strips.rest[state[0] - state[1].bit_count()] > (self._area.columns + 1) * self._area.height:
            return Rest(inf)
        listed = sum(height + LIST_GAP for height in self._works[spent:])
        looked: list[tuple[float, float, tuple[Strip, ...]]] = []
        for strips in self._to_end(state, self._area.columns):
            for target in self._targets(strips, listed):
                shares = self._shares(strips, target, listed)
                cost = sum(strip.cost(target - share) for strip, share in zip(strips, shares, strict=True))
                looked.append((cost, target, strips))
        best = Rest(inf)
        for _, target, strips in sorted(looked)[:_TRIED]:
            cost, pages = self._set(strips, target, spent, listed, alone=state == self.strips.start)
            if cost < best.cost:
                best = Rest(cost, pages)
        return best

    def _to_end(self, state: State, left: int) -> Iterator[tuple[Strip, ...]]:
        """The columns that hold all boxes from a state on; the last ones may be empty."""
        if state == self.strips.end:
            yield (Strip(),) * left
            return
        for then, strip in self.strips.of(state).items():
            if left > 1 or then == self.strips.end:
                room = (left - 1) * self._area.height
                if self.strips.rest[then[0]] <= room + ROUNDED:
                    for others in self._to_end(then, left - 1):
                        yield strip, *others

    def _targets(self, strips: Sequence[Strip], listed: float) -> set[float]:
        """Lines on which the columns of a last page might end."""
        low, high = max(strip.least for strip in strips), self._area.height
        levels = set()
        for ends in ([strip.least for strip in strips], [strip.usual for strip in strips], [s.most for s in strips]):
            level = listed
            for count, end in enumerate(sorted(ends), start=1):
                level += end
                if count == len(ends) or level / count <= sorted(ends)[count]:
                    levels |= {level / count, *(ends if not listed else ())}
                    break
        return {min(high, max(low, level)) for level in levels}

    def _shares(self, strips: Sequence[Strip], target: float, listed: float) -> list[float]:
        """How much of the list stands in each column; where there are fewer boxes than columns, all below the last."""
        if not strips[-1].order and strips[0].order and target + listed <= self._area.height:
            last = max(at for at, strip in enumerate(strips) if strip.order)
            return [listed + self.strips.gap if at == last else 0.0 for at in range(len(strips))]
        rooms = [max(0.0, target - max(strip.least, min(strip.usual, target))) for strip in strips]
        whole = sum(rooms)
        return [min(room, room * listed / whole) if whole > ROUNDED else 0.0 for room in rooms]

    def _set(
        self, strips: Sequence[Strip], target: float, spent: int, listed: float, *, alone: bool
    ) -> tuple[float, tuple[Page, ...]]:
        """A last page as it is, with those of the works that it has no room for, and what they cost."""
        height = self._area.height
        left = list(range(spent, len(self._works)))
        columns = []
        for at, (strip, share) in enumerate(zip(strips, self._shares(strips, target, listed), strict=True), start=1):
            room = min(height - strip.least, share + _half(left, self._works) if at < len(strips) else height)
            here, used = taken(left, self._works, room, self.strips.gap if strip.order else 0.0)
            del left[: len(here)]
            columns.append((strip, here, used))
        end = min(height, max(target, *(strip.least + used for strip, _, used in columns)))
        page = Page(tuple(column(self.strips, strip, end, here, used) for strip, here, used in columns))
        pages = (page, *works_alone(left, self._works, self._area))
        lowest = max(column.end for column in page.columns)
        cost = sum(
            strip.moves + STRETCH * strip.stretched(end - used)[1] ** 2 + short(lowest - column.end)
            for (strip, _, used), column in zip(columns, page.columns, strict=True)
        )
        for each in pages if not alone or len(pages) > 1 else ():
            filled = each.covered / (self._area.columns * height)
            cost += unfilled(filled, FILLED_LAST if each is pages[-1] else FILLED)
            cost += BROKEN * max(0, BOXES - each.boxes)
        return cost + PAGE * len(pages), pages


def column(
    strips: Strips,
    strip: Strip,
    target: float,
    works: Sequence[int] = (),
    height: float = 0.0,
    asked: Sequence[int] = (),
) -> Column:
    """A column that shall end at `target`, with works, or what is asked, of a height below its boxes."""
    end, part = strip.stretched(target - height)
    placed = []
    for at in strip.order:
        least, usual, most = strips.boxes[at].figures
        figure = usual + part * (most - usual if part > 0 else usual - least)
        placed.append(Placed(at, figure, part * (GROWTH if part > 0 else 1)))
    return Column(tuple(placed), tuple(works), end + height, tuple(asked))


def works_alone(numbers: Sequence[int], works: Sequence[float], area: Area) -> Iterator[Page]:
    """Pages of works alone."""
    left = list(numbers)
    while left:
        each = sum(works[number] + LIST_GAP for number in left) / area.columns
        columns = []
        for column in range(area.columns):
            most = area.height if column == area.columns - 1 else min(each, area.height)
            here, height = taken(left, works, most, 0.0)
            del left[: len(here)]
            columns.append(Column((), tuple(here), height))
        yield Page(tuple(columns))


def taken(numbers: Iterable[int], heights: Sequence[float], room: float, gap: float) -> tuple[list[int], float]:
    """The first lines of a list that have room, and their height, with a gap above the first."""
    here: list[int] = []
    height = 0.0
    for number in numbers:
        more = heights[number] + (LIST_GAP if here else gap)
        if height + more > room + ROUNDED:
            break
        here.append(number)
        height += more
    return here, height


def unfilled(filled: float, least: float) -> float:
    """What it costs that a page is filled to this part, where it shall be to `least`."""
    return BROKEN * (1 + 10 * (least - filled)) if filled < least - ROUNDED else 0.0


def _half(numbers: Sequence[int], works: Sequence[float]) -> float:
    """Half of what the next work of a list takes: it stands where most of it has room."""
    return works[numbers[0]] / 2 if numbers else 0.0
