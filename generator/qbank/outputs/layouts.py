"""Pages of paper: what stands where on them, and the bounds that they shall keep. All lengths are in millimeters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

#: How high a figure may be, and is where nothing speaks against it; less where the column is too narrow for it.
FIGURE_LEAST, FIGURE_USUAL, FIGURE_MOST = 38.0, 42.0, 56.0
#: Gaps between boxes, constant in a document; the usual one first.
GAPS = (2.8, 2.1, 3.5)
#: The gap between the lines of a list: works, and what is asked next.
LIST_GAP = 1.2
#: What a page holds: the part of its text area that is covered, at least, and on the last page of several.
FILLED, FILLED_LAST = 0.88, 0.65
#: How far apart the ends of the columns of a page may be.
SPREAD = 8.0
#: Boxes on a page, at least.
BOXES = 3
#: What is lost where lengths are added.
ROUNDED = 1e-6


class Box(NamedTuple):
    """A box: its name, its place (boxes change places only within a run of the same `level`), the names of those that
    stand before it, its height without its figure in each size of type, by how much it may grow and shrink without its
    figure (its glue), and how high its figure is where it is as wide as the column (0: it has none).
    """

    name: str
    level: int
    needs: tuple[str, ...]
    heights: tuple[float, ...]
    glue: float = 0.0
    figure: float = 0.0

    @property
    def figures(self) -> tuple[float, float, float]:
        """How high its figure may be at least, is usually, and may be at most."""
        return min(FIGURE_LEAST, self.figure), min(FIGURE_USUAL, self.figure), min(FIGURE_MOST, self.figure)

    def least(self, size: int) -> float:
        """How low it can be in a size of type."""
        return self.heights[size] + self.figures[0] - self.glue


class Asked(NamedTuple):
    """What an interviewer asks next: of each question its height, and which box it follows, by its place; and how high
    the heading is that stands above those of a column. They fill columns that no box does.
    """

    heights: tuple[float, ...] = ()
    boxes: tuple[int, ...] = ()
    heading: float = 0.0


NOTHING = Asked()


class Area(NamedTuple):
    """The text area of a page: its height, and its columns."""

    height: float
    columns: int = 3


class Placed(NamedTuple):
    """A box in a column, by its place in the bank's order, with the height of its figure, and the part of its glue that
    is used, below 0 where it shrinks.
    """

    box: int
    figure: float
    glue: float


class Column(NamedTuple):
    """The boxes of a column, the works below them, by their places in the list, and where it ends, from the top of the
    text area; and what is asked below the boxes, where no works are.
    """

    boxes: tuple[Placed, ...]
    works: tuple[int, ...]
    end: float
    asked: tuple[int, ...] = ()


class Page(NamedTuple):
    """The columns of a page. A box that is higher than a page stands alone, and `breaks` over as many as it takes."""

    columns: tuple[Column, ...]
    breaks: bool = False

    @property
    def boxes(self) -> int:
        """How many boxes it has."""
        return sum(len(column.boxes) for column in self.columns)

    @property
    def spread(self) -> float:
        """How far apart its columns end."""
        ends = [column.end for column in self.columns]
        return max(ends) - min(ends)

    @property
    def covered(self) -> float:
        """How long its columns are together."""
        return sum(column.end for column in self.columns)


class Layout(NamedTuple):
    """Pages, the number of the size of type among those in which boxes were measured, and the gap between boxes."""

    pages: tuple[Page, ...]
    size: int
    gap: float


class Lack(NamedTuple):
    """A bound that a page breaks, which is counted from 1: what it is, what the bound says, and how grave that is."""

    page: int
    said: str
    bound: str
    harm: float


def lacks(layout: Layout, area: Area) -> Iterator[Lack]:
    """The bounds that a layout breaks, page by page.

    A topic of fewer boxes than columns keeps all of them, and so does a page on which a box breaks. One that has a page
    for itself may fill it as little as it does, and with as few boxes.
    """
    pages = layout.pages
    if sum(page.boxes for page in pages) < area.columns:
        return
    for number, page in enumerate(pages, start=1):
        if page.breaks:
            continue
        begins = number == 1 or pages[number - 2].breaks
        ends = number == len(pages) or pages[number].breaks
        filled = page.covered / (area.columns * area.height)
        least = 0.0 if begins and ends else FILLED_LAST if ends else FILLED
        if page.boxes < BOXES and not (begins and ends):
            yield Lack(number, f"{page.boxes} boxes", f"{BOXES}", BOXES - page.boxes)
        if page.spread > SPREAD + ROUNDED:
            said = f"columns end {page.spread:.0f} mm apart"
            yield Lack(number, said, f"{SPREAD:.0f}", page.spread / SPREAD)
        if filled < least - ROUNDED:
            yield Lack(number, f"filled to {filled:.0%}", f"{least:.0%}", 1 + 10 * (least - filled))


def help_for(layout: Layout, number: int, boxes: Sequence[Box], area: Area) -> str:
    """What would make a page full that is not: the `number` counts from 1."""
    page, pages = layout.pages[number - 1], layout.pages
    names = [[boxes[placed.box].name for placed in column.boxes] for column in page.columns]
    here = ", ".join(name for column in names for name in column)
    room = area.columns * area.height
    if number == len(pages) > 1 and page.covered < FILLED_LAST * room:
        more = FILLED_LAST * room - page.covered
        less = max(page.covered, sum(each.covered for each in pages) - (number - 1) * room)
        saving = f"{less:.0f} mm less in the topic would save it"
        if not here:
            return f"it holds works alone: {saving}, or {more:.0f} mm more would fill it"
        count = max(1, round(more * len(boxes) / sum(box.least(layout.size) + layout.gap for box in boxes)))
        boxes_more = f"{count} more box{'es' if count > 1 else ''}"
        return f"{boxes_more}, or {more:.0f} mm more text in those of this page ({here}), would fill it; {saving}"
    if page.covered < FILLED * room and number < len(pages):
        wide = ", ".join(
            f"{name} ({boxes[column.boxes[0].box].least(layout.size):.0f} mm at least)"
            for column, (name, *rest) in zip(page.columns, names, strict=True)
            if not rest
        )
        say = (
            f"no second box fits below {wide}; a box of {(area.height - layout.gap) / 2:.0f} mm does" if wide else here
        )
        return f"{FILLED * room - page.covered:.0f} mm more text would fill it: {say}"
    ends = [column.end for column in page.columns]
    low, high = ends.index(max(ends)), ends.index(min(ends))
    return (
        f"{ends[low] - ends[high] - SPREAD:.0f} mm less text in {' or '.join(names[low]) or 'the list'}, or more in "
        f"{' or '.join(names[high]) or 'the list'}, would even it"
    )
