"""Pages are composed of boxes: full, with columns that end together, in the order in which one would teach."""

from __future__ import annotations

import random
from itertools import accumulate
from math import inf
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qbank.outputs import composition
from qbank.outputs.composition import compose
from qbank.outputs.layouts import (
    FIGURE_LEAST,
    FIGURE_MOST,
    GAPS,
    LIST_GAP,
    NOTHING,
    SPREAD,
    Area,
    Asked,
    Box,
    Column,
    Layout,
    Page,
    Placed,
    help_for,
    lacks,
)
from qbank.outputs.strips import GROWTH, REACH

AREA = Area(180.0)


def box(name: str, height: float, *, level: int = 0, needs: tuple[str, ...] = (), figure: float = 0.0) -> Box:
    """A box that is a little higher in larger type."""
    return Box(name, level, needs, (height, height * 1.03), height / 20, figure)


@st.composite
def boxes(draw: st.DrawFn, most: int = 12) -> list[Box]:
    """Boxes of a topic in the order of a bank, in which what a box needs stands before it."""
    count = draw(st.integers(1, most))
    levels = list(accumulate(draw(st.lists(st.sampled_from([0, 0, 0, 1]), min_size=count, max_size=count))))
    made: list[Box] = []
    for at, level in enumerate(levels):
        needs = tuple(draw(st.sets(st.sampled_from([each.name for each in made]), max_size=2))) if made else ()
        figure = draw(st.sampled_from([0.0, 0.0, 30.0, 43.0, 80.0]))
        made.append(box(f"b{at}", draw(st.floats(15, 120)), level=level, needs=needs, figure=figure))
    return made


works = st.lists(st.floats(4, 12), max_size=40)


def following(boxes: list[Box], each: int = 3, height: float = 4.0) -> Asked:
    """So many questions that follow each box, one line each."""
    return Asked((height,) * each * len(boxes), tuple(at for at in range(len(boxes)) for _ in range(each)), 4.5)


few = settings(max_examples=25, deadline=None)


def asked_on(layout: Layout) -> list[list[int]]:
    return [[number for column in page.columns for number in column.asked] for page in layout.pages]


def order(layout: Layout) -> list[int]:
    return [placed.box for page in layout.pages for column in page.columns for placed in column.boxes]


def ends(column: Column, boxes: list[Box], layout: Layout, works: list[float], asked: Asked) -> float:
    """Where a column ends, reckoned from what stands in it."""
    if column.asked:
        lines = sum(asked.heights[number] for number in column.asked) + LIST_GAP * (len(column.asked) - 1)
        return ends(column._replace(asked=()), boxes, layout, works, asked) + layout.gap + asked.heading + lines
    heights = [boxes[at].heights[layout.size] + figure + glue * boxes[at].glue for at, figure, glue in column.boxes] + [
        works[at] for at in column.works
    ]
    gaps = layout.gap * (len(column.boxes) - 1) if column.boxes else 0.0
    gaps += LIST_GAP * (len(column.works) - 1) if column.works else 0.0
    return sum(heights) + gaps + (layout.gap if column.boxes and column.works else 0.0)


# -- whatever the boxes are


@few
@given(boxes(), works)
def test_every_box_and_every_work_is_placed_once(made: list[Box], listed: list[float]) -> None:
    layout = compose(made, AREA, (0, 1), listed)
    assert sorted(order(layout)) == list(range(len(made)))
    assert [each for page in layout.pages for column in page.columns for each in column.works] == [*range(len(listed))]


@few
@given(boxes())
def test_a_box_moves_by_two_places_at_most_within_its_level_and_never_before_what_it_needs(made: list[Box]) -> None:
    found = order(compose(made, AREA, (0, 1)))
    assert [made[at].level for at in found] == [each.level for each in made]
    assert all(abs(place - at) <= REACH for place, at in enumerate(found))
    for place, at in enumerate(found):
        assert set(made[at].needs) <= {made[before].name for before in found[:place]}


@few
@given(boxes(), works, st.integers(0, 4))
def test_columns_end_where_their_boxes_end_and_within_the_page(made: list[Box], listed: list[float], each: int) -> None:
    asked = following(made, each)
    layout = compose(made, AREA, (0, 1), listed, asked)
    for page in layout.pages:
        for column in [] if page.breaks else page.columns:
            assert column.end == pytest.approx(ends(column, made, layout, listed, asked), abs=0.01)
            assert column.end <= AREA.height + 0.01


@few
@given(boxes(20), works, st.integers(1, 4))
def test_what_is_asked_stands_once_at_most_and_before_the_list_begins(
    made: list[Box], listed: list[float], each: int
) -> None:
    layout = compose(made, AREA, (0, 1), listed, following(made, each))
    numbers = [number for page in asked_on(layout) for number in page]
    assert len(set(numbers)) == len(numbers)
    assert sorted(order(layout)) == list(range(len(made)))
    assert [each for page in layout.pages for column in page.columns for each in column.works] == [*range(len(listed))]
    begun = [any(column.works for column in page.columns) for page in layout.pages]
    assert not any(page and any(begun[: at + 1]) for at, page in enumerate(asked_on(layout)))


@few
@given(boxes())
def test_figures_and_gaps_keep_their_bounds(made: list[Box]) -> None:
    layout = compose(made, AREA, (0, 1))
    assert layout.gap in GAPS
    for page in layout.pages:
        for placed in [] if page.breaks else [placed for column in page.columns for placed in column.boxes]:
            least, _, most = made[placed.box].figures
            assert least - 0.01 <= placed.figure <= most + 0.01
            assert -1.001 <= placed.glue <= GROWTH + 0.001


@few
@given(boxes(), works)
def test_what_is_composed_once_is_composed_the_same_again(made: list[Box], listed: list[float]) -> None:
    assert compose(made, AREA, (0, 1), listed) == compose(made, AREA, (0, 1), listed)


# -- boxes of usual sizes


@pytest.mark.parametrize("seed", range(6))
def test_many_small_boxes_fill_all_pages_evenly(seed: int) -> None:
    """Of a content for which there are full pages: two, and most of a third."""
    chance = random.Random(seed)
    made: list[Box] = []
    while sum(each.heights[0] + GAPS[0] for each in made) < 2.7 * AREA.columns * AREA.height:
        made.append(box(f"b{len(made)}", chance.uniform(25, 45)))
    layout = compose(made, AREA, (0, 1))
    assert len(layout.pages) == 3
    assert not list(lacks(layout, AREA))


def test_where_the_order_of_the_bank_fits_it_is_kept_with_figures_as_usual() -> None:
    height = (AREA.height - GAPS[0]) / 2 - 42
    layout = compose([box(f"b{at}", height, figure=60) for at in range(6)], AREA, (0, 1))
    assert order(layout) == list(range(6))
    (page,) = layout.pages
    assert {(placed.figure, placed.glue) for column in page.columns for placed in column.boxes} == {(42.0, 0.0)}
    assert (layout.size, layout.gap) == (0, GAPS[0])


def test_boxes_that_do_not_fit_in_their_order_are_moved() -> None:
    heights = [110, 110, 110, 60, 60, 60]
    layout = compose([box(f"b{at}", height) for at, height in enumerate(heights)], AREA, (0, 1))
    assert not list(lacks(layout, AREA))
    assert order(layout) != list(range(6))


def test_figures_are_set_lower_where_two_boxes_share_a_column_only_so() -> None:
    height = (AREA.height - GAPS[-1]) / 2 - FIGURE_LEAST
    layout = compose([box(f"b{at}", height, figure=60) for at in range(6)], AREA, (0, 1))
    assert len(layout.pages) == 1
    assert not list(lacks(layout, AREA))


def test_works_fill_columns_that_end_above_others() -> None:
    made = [box("a", 150), box("b", 120), box("c", 100)]
    layout = compose(made, AREA, (0, 1), [7.0] * 9)
    (page,) = layout.pages
    assert [bool(column.works) for column in page.columns] == [False, True, True]
    assert page.spread <= SPREAD


def test_works_fill_earlier_pages_where_no_box_has_room_below_another() -> None:
    made = [box(f"b{at}", 110) for at in range(6)]
    layout = compose(made, AREA, (0, 1), [8.0] * 40)
    assert all(column.works for page in layout.pages for column in page.columns)
    assert not list(lacks(layout, AREA))


@pytest.mark.parametrize("count", [28, 32, 40])
def test_the_last_page_has_three_boxes_too_where_works_can_fill_the_one_before_it(count: int) -> None:
    made = [box(f"b{at}", height) for at, height in enumerate([85, 85, 110, 110, 110, 110])]
    layout = compose(made, AREA, (0, 1), [8.0] * count)
    assert [page.boxes for page in layout.pages] == [3, 3]
    assert not list(lacks(layout, AREA))


def test_what_is_asked_next_fills_pages_so_that_the_list_stands_on_the_last_page() -> None:
    made = [box(f"b{at}", 110) for at in range(6)]
    layout = compose(made, AREA, (0, 1), [8.0] * 12, following(made, 14))
    assert pages_with_works(layout) == [False, True]
    first, last = asked_on(layout)
    assert first
    assert not last
    assert not list(lacks(layout, AREA))


def test_what_follows_the_boxes_of_a_page_is_asked_there_first() -> None:
    made = [box(f"b{at}", 110) for at in range(9)]
    asked = following(made, 14)
    layout = compose(made, AREA, (0, 1), [8.0] * 12, asked)
    for numbers, page in zip(asked_on(layout)[:2], layout.pages, strict=False):
        here = {placed.box for column in page.columns for placed in column.boxes}
        assert {asked.boxes[number] for number in numbers} <= here


def test_nothing_is_asked_where_boxes_fill_the_pages() -> None:
    made = [box(f"b{at}", 88) for at in range(10)]
    layout = compose(made, AREA, (0, 1), [8.0] * 20, following(made))
    assert asked_on(layout) == [[], []]


def test_a_list_never_ends_before_the_last_boxes() -> None:
    """Though it would fill the page before them."""
    made = [box(f"b{at}", 110 if at < 3 else 88) for at in range(9)]
    layout = compose(made, AREA, (0, 1), [8.0] * 24)
    assert pages_with_works(layout)[-1]


def pages_with_works(layout: Layout) -> list[bool]:
    return [any(column.works for column in page.columns) for page in layout.pages]


@few
@given(boxes(20), works, st.integers(1, 2), st.sampled_from([0.05, -0.02]))
def test_a_search_lists_works_on_as_many_pages_before_the_last_as_it_is_told(
    made: list[Box], listed: list[float], count: int, price: float
) -> None:
    way = composition._Way((price,) * count + (inf,), count)
    _, pages = composition._composed(composition._Content(made, listed, NOTHING), AREA, 0, GAPS[0], way, {})
    alone = sum(page.boxes == 0 for page in pages)
    assert not any(pages_with_works(Layout(pages, 0, GAPS[0]))[: -count - 1 - alone or None])


def test_the_list_stands_on_the_last_page_where_boxes_fill_those_before_it() -> None:
    made = [box(f"b{at}", 88) for at in range(10)]
    layout = compose(made, AREA, (0, 1), [8.0] * 20)
    assert pages_with_works(layout) == [False, True]
    assert not list(lacks(layout, AREA))


@pytest.mark.parametrize("full", [6, 12])
def test_the_list_begins_on_the_last_page_but_one_where_that_fills_it(full: int) -> None:
    """Boxes of 110 mm do not share a column: only works can fill what is left below them."""
    made = [box(f"b{at}", 88, level=0) for at in range(full)] + [box(f"c{at}", 110, level=1) for at in range(6)]
    layout = compose(made, AREA, (0, 1), [8.0] * 36)
    assert pages_with_works(layout) == [False] * (full // 6) + [True, True]
    assert not list(lacks(layout, AREA))


def test_a_long_list_has_pages_of_its_own() -> None:
    layout = compose([box("a", 30)], AREA, (0, 1), [8.0] * 150)
    assert len(layout.pages) == 3
    assert [work for page in layout.pages for column in page.columns for work in column.works] == list(range(150))


def test_a_box_that_is_higher_than_a_page_stands_alone_and_breaks() -> None:
    made = [box("a", 50), box("b", 300), box("c", 50)]
    layout = compose(made, AREA, (0, 1), [8.0])
    assert [page.breaks for page in layout.pages] == [False, True, False]
    assert order(layout) == [0, 1, 2]


def test_works_after_a_box_that_breaks_have_a_page_of_their_own() -> None:
    layout = compose([box("a", 300)], AREA, (0, 1), [8.0] * 4)
    assert [page.breaks for page in layout.pages] == [True, False]


@pytest.mark.parametrize("count", [1, 2])
def test_fewer_boxes_than_columns_have_a_column_each(count: int) -> None:
    layout = compose([box(f"b{at}", 40) for at in range(count)], AREA, (0, 1))
    (page,) = layout.pages
    assert [len(column.boxes) for column in page.columns] == [1] * count + [0] * (3 - count)
    assert not list(lacks(layout, AREA))


def test_no_boxes_have_no_pages() -> None:
    assert compose([], AREA, (0, 1)).pages == ()


def test_what_a_search_looks_at_grows_with_the_number_of_boxes_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice the boxes, twice the states: else a topic of a few hundred questions would take for ever."""
    settled: list[int] = []
    settle = composition._Search._settle

    def counted(*given: Any) -> None:
        settled.append(1)
        settle(*given)

    monkeypatch.setattr(composition._Search, "_settle", counted)
    counts = []
    for count in (40, 80):
        settled.clear()
        content = composition._Content([box(f"b{at}", 40) for at in range(count)], (), NOTHING)
        composition._composed(content, AREA, 0, GAPS[0], composition._WAYS[0][0], {})
        counts.append(len(settled))
    assert counts[1] < 2.2 * counts[0]


# -- what pages lack


def page(*columns: float, boxes: int = 1) -> Page:
    return Page(tuple(Column(tuple(Placed(0, 0, 0) for _ in range(boxes)), (), end) for end in columns))


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ([page(170, 175, 178), page(120, 125, 120)], []),
        ([page(170, 161, 178), page(120, 125, 120)], ["columns end 17 mm apart"]),
        ([page(150, 150, 150), page(120, 125, 120)], ["filled to 83%"]),
        ([page(170, 175, 178), page(110, 112, 110)], ["filled to 61%"]),
        ([page(60, 60, 60)], []),
        ([page(60, 60, 40)], ["columns end 20 mm apart"]),
        ([page(170, 175, 178, boxes=0), page(120, 125, 120)], ["0 boxes"]),
    ],
)
def test_a_page_is_judged_by_its_place(pages: list[Page], said: list[str]) -> None:
    assert [lack.said for lack in lacks(Layout(tuple(pages), 0, 2.8), AREA)] == said


def test_what_would_help_names_boxes_and_millimeters() -> None:
    made = [box("tall", 110), box("other", 112), box("third", 115), box("last", 40)]
    layout = compose(made, AREA, (0,))
    helped = [help_for(layout, lack.page, made, AREA) for lack in lacks(layout, AREA)]
    assert helped
    assert all("mm" in each for each in helped)
    assert any("tall" in each for each in helped)


def test_a_figure_is_no_higher_than_it_is_where_it_is_as_wide_as_the_column() -> None:
    assert box("a", 10, figure=40).figures == (FIGURE_LEAST, 40, 40)
    assert box("a", 10, figure=30).figures == (30, 30, 30)
    assert box("a", 10, figure=90).figures == (FIGURE_LEAST, 42, FIGURE_MOST)
