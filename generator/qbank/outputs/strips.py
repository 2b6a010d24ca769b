"""Columns that boxes can fill: which of them may stand in one, in which order, and how high they are together.

Boxes keep the order of the bank but for small moves. All lengths are in millimeters.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from qbank.outputs.layouts import ROUNDED, SPREAD, Box

#: How many places a box may move from that which the bank's order gives it.
REACH = 2
#: The part of its glue by which a box may grow; it shrinks by all of it, at most.
GROWTH = 1.5
#: A broken bound costs this and more for every millimeter or part; all that is a matter of taste together costs less.
BROKEN = 1000.0
#: What a move by one place costs, all of the room that figures and glue give, and an end as far above the others as may
#: be.
_MOVE, STRETCH, _APART = 0.5, 1.0, 4.0

#: The boxes that are placed: how many, and those that are, beyond the first that is not, as bits from there.
State = tuple[int, int]


def short(missing: float) -> float:
    """What it costs that a column ends so much above the others."""
    if missing <= SPREAD:
        return _APART * (missing / SPREAD) ** 2
    return BROKEN * (1 + (missing - SPREAD) / 10)


class Strip(NamedTuple):
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

    def cost(self, target: float) -> float:
        """What it costs that the column ends at `target`, or as little above as it can."""
        end, part = self.stretched(target)
        return self.moves + STRETCH * part**2 + short(max(0.0, target - end))


class Reached(NamedTuple):
    """A column, the state that it leads to, and what it costs that it ends on some lines: on the `first` that it
    is not too high for, and on those after it down to the last that is near enough to its end.
    """

    then: State
    strip: Strip
    first: int
    costs: list[float]


class Strips:
    """The columns of boxes in one size of type and with one gap, by states.

    A state is the set of boxes that are placed. Since none moves far, there are a few for each number of boxes, and few
    columns lead from one to another.
    """

    def __init__(self, boxes: Sequence[Box], height: float, size: int, gap: float) -> None:
        self.boxes, self.height, self.size, self.gap = boxes, height, size, gap
        places = {box.name: at for at, box in enumerate(boxes)}
        self._needs = [[places[name] for name in box.needs if name in places] for box in boxes]
        self._run = [0] * len(boxes)
        for at, (before, box) in enumerate(pairwise(boxes), start=1):
            self._run[at] = self._run[at - 1] + (before.level != box.level)
        #: How high all boxes from each on are, at least.
        self.rest = [0.0] * (len(boxes) + 1)
        for at in range(len(boxes) - 1, -1, -1):
            self.rest[at] = self.rest[at + 1] + boxes[at].least(size)
        self._of: dict[State, dict[State, Strip]] = {}
        self._reached: dict[tuple[State, int], list[Reached]] = {}
        self.start, self.end = (0, 0), (len(boxes), 0)

    @cached_property
    def states(self) -> list[State]:
        """All states but the end, in an order in which each stands before those that follow it."""
        levels: list[set[State]] = [{self.start}, *(set() for _ in self.boxes)]
        for placed, each in enumerate(levels[:-1]):
            levels[placed + 1] |= {then for state in each for _, then in self._following(state)}
        return [state for each in levels[:-1] for state in sorted(each, reverse=True)]

    def _is_placed(self, state: State, box: int) -> bool:
        first = state[0] - state[1].bit_count()
        return box < first or (box > first and bool(state[1] >> (box - first - 1) & 1))

    def _following(self, state: State) -> Iterator[tuple[int, State]]:
        """The boxes that may stand at the next place, and the states that follow."""
        placed, bits = state
        first = placed - bits.bit_count()
        last = first if placed - first >= REACH else min(placed + REACH, len(self.boxes) - 1)
        for box in range(first, last + 1):
            if self._run[box] != self._run[placed] or self._is_placed(state, box):
                continue
            if not all(need >= box or self._is_placed(state, need) for need in self._needs[box]):
                continue
            if box > first:
                yield box, (placed + 1, bits | 1 << (box - first - 1))
            else:
                rest = bits
                while rest & 1:
                    rest >>= 1
                yield box, (placed + 1, rest >> 1)

    def of(self, state: State) -> dict[State, Strip]:
        """The columns that can follow a state, by the states that they lead to."""
        if state in self._of:
            return self._of[state]
        found: dict[State, Strip] = {}
        here = {state: Strip()}
        while here:
            further: dict[State, Strip] = {}
            for before, strip in here.items():
                for box, then in self._following(before) if before != self.end else ():
                    longer = self._longer(strip, box, before[0])
                    if longer.least <= self.height and (then not in further or longer.moves < further[then].moves):
                        further[then] = longer
            found |= further
            here = further
        self._of[state] = found
        return found

    def _longer(self, strip: Strip, box: int, place: int) -> Strip:
        each = self.boxes[box]
        least, usual, most = each.figures
        height = each.heights[self.size] + (self.gap if strip.order else 0.0)
        return Strip(
            (*strip.order, box),
            strip.moves + _MOVE * abs(place - box),
            strip.least + height + least - each.glue,
            strip.usual + height + usual,
            strip.most + height + most + GROWTH * each.glue,
        )

    def reached(self, state: State, lines: Sequence[float]) -> list[Reached]:
        """The columns that can follow a state, with what it costs that they end on these lines, the lowest first."""
        if (state, len(lines)) not in self._reached:
            self._reached[state, len(lines)] = [
                _reached(then, strip, lines) for then, strip in self.of(state).items() if then != self.end
            ]
        return self._reached[state, len(lines)]


def _reached(then: State, strip: Strip, lines: Sequence[float]) -> Reached:
    first = bisect_left(lines, strip.least - ROUNDED)
    behind = max(first, bisect_right(lines, strip.most + SPREAD))
    return Reached(then, strip, first, [strip.cost(line) for line in lines[first:behind]])
