"""Boxes that may stand in one column: their order, and how high they are together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.outputs.layouts import SPREAD, Box
from qbank.outputs.strips import BROKEN, GROWTH, Strip, Strips


def box(name: str, height: float, *, level: int = 0, needs: tuple[str, ...] = ()) -> Box:
    return Box(name, level, needs, (height,), glue=2.0)


def orders(*boxes: Box) -> set[tuple[int, ...]]:
    strips = Strips(boxes, 100.0, 0, 2.0)
    return {strip.order for strip in strips.of(strips.start).values()}


def test_a_column_holds_what_has_room_in_it_in_the_order_that_moves_least() -> None:
    assert orders(box("a", 40), box("b", 50), box("c", 30)) == {(0,), (1,), (2,), (0, 1), (0, 2), (1, 2)}


def test_no_box_stands_before_one_that_it_needs_or_among_those_of_another_level() -> None:
    assert orders(box("a", 40), box("b", 40, needs=("a",))) == {(0,), (0, 1)}
    assert orders(box("a", 40), box("b", 40, level=1)) == {(0,), (0, 1)}


def test_gaps_stand_between_boxes_and_glue_grows_further_than_it_shrinks() -> None:
    strips = Strips([box("a", 40), box("b", 30)], 100.0, 0, 2.0)
    both = strips.of(strips.start)[strips.end]
    assert (both.least, both.usual, both.most) == (72 - 4, 72, 72 + 4 * GROWTH)


@pytest.mark.parametrize(
    ("target", "end", "part"), [(50, 60, -1), (65, 65, -0.5), (70, 70, 0), (75, 75, 0.25), (99, 90, 1)]
)
def test_a_column_is_stretched_as_far_as_it_can_be(target: float, end: float, part: float) -> None:
    assert Strip((0,), 0.0, 60.0, 70.0, 90.0).stretched(target) == (end, part)


@given(st.floats(0, 200))
def test_only_a_column_that_ends_too_far_above_others_breaks_a_bound(target: float) -> None:
    cost = Strip((0,), 0.0, 60.0, 70.0, 90.0).cost(target)
    assert (cost >= BROKEN) == (target - 90 > SPREAD)


@given(st.lists(st.floats(30, 90), min_size=2, max_size=5))
def test_lines_that_a_column_reaches_cost_what_each_of_them_costs(heights: list[float]) -> None:
    strips = Strips([box(f"b{at}", height) for at, height in enumerate(heights)], 100.0, 0, 2.0)
    lines = [float(at) for at in range(88, 101)]
    for each in strips.reached(strips.start, lines):
        reached = lines[each.first : each.first + len(each.costs)]
        assert each.costs == [each.strip.cost(line) for line in reached]
        assert all(each.strip.least - 0.01 <= line <= each.strip.most + SPREAD for line in reached)
