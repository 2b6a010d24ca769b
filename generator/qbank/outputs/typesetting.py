"""Sheets are set in two passes: Typst measures their boxes, pages are composed of the heights, and Typst places them.

Heights are kept in the store box by box, so that of a sheet with one new text one box is measured; and the last layout
of each topic with what it was composed of, since most changes of a word change no height.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from qbank.outputs import paper
from qbank.outputs.composition import compose
from qbank.outputs.job import Made
from qbank.outputs.layouts import LIST_GAP, Area, Asked, Box, Column, Layout, Page, Placed, help_for, lacks
from qbank.problem import Fault, Place, Problem, rule

#: The sizes of type of the theme (`text-sizes`), by their numbers, the most welcome first.
SIZES = (1, 2, 0)


class Item(NamedTuple):
    """A box, or a line of a list, to be set: what is known of it without measuring, the key under which its heights are
    kept, and them.
    """

    name: str
    level: int
    needs: tuple[str, ...]
    has_figure: bool
    key: str
    known: bytes | None


class Part(NamedTuple):
    """A topic, which begins a page: what readers call it, its place, its boxes in the order of the bank, the works
    that they cite, in the order of the list, what is asked next, each under the name of its box, and the key under
    which its last layout is kept, and that.
    """

    name: str
    place: Place
    boxes: tuple[Item, ...]
    works: tuple[Item, ...]
    asked: tuple[Item, ...]
    key: str
    known: bytes | None

    @property
    def items(self) -> tuple[Item, ...]:
        """All that the source has of it, in its order."""
        return self.boxes + self.works + self.asked

    @property
    def is_measured(self) -> bool:
        """Whether all heights are known, and some layout is."""
        return self.known is not None and all(item.known is not None for item in self.items)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document to be set: its source, the files beside it, its time (unix seconds), and its topics.

    It is sent to another process: all that it holds is plain.
    """

    source: str
    files: Mapping[str, bytes]
    time: int
    parts: tuple[Part, ...]


def write(sheet: Sheet, path: Path) -> Made:
    """Write the PDF of a sheet, and give what its pages lack, and what shall be kept: heights that were measured for
    it, and layouts that were composed.
    """
    with paper.opened(sheet.source, sheet.files) as manuscript:
        layouts, made = _composed(manuscript, sheet)
        paper.save(manuscript.pdf(sheet.time, composed=json.dumps(layouts)), path)
    return made


def compose_only(sheet: Sheet) -> Made:
    """What `write` gives of a sheet, without its PDF."""
    with paper.opened(sheet.source, sheet.files) as manuscript:
        return _composed(manuscript, sheet)[1]


def _composed(manuscript: paper.Manuscript, sheet: Sheet) -> tuple[list[Any], Made]:
    """The layouts of the topics, as the theme reads them, and what is to be said and kept of them."""
    heights = {item.key: item.known for part in sheet.parts for item in part.items if item.known}
    new = _measured(manuscript, sheet.parts)
    heights |= new
    layouts = []
    problems: list[Problem] = []
    for part in sheet.parts:
        area, boxes, works, asked = _boxes(part, heights)
        layout, kept = _laid_out(part.known, boxes, area, works, asked)
        if kept:
            new[part.key] = kept
        layouts.append(_as_data(layout, len(boxes), len(works)))
        problems += full_pages(part, layout, boxes, area)
    return layouts, Made(tuple(new.items()), tuple(problems))


def _laid_out(
    known: bytes | None, boxes: Sequence[Box], area: Area, works: Sequence[float], asked: Asked
) -> tuple[Layout, bytes | None]:
    """The layout of a topic: the last one that is known, where it was composed of the same; otherwise a new one, and
    what is kept of it.
    """
    made_of = sha256(repr((boxes, area, SIZES, works, asked)).encode()).hexdigest()
    last, rows = json.loads(known) if known else ("", [])
    if last == made_of:
        return _restored(*rows), None
    layout = compose(boxes, area, SIZES, works, asked)
    return layout, json.dumps([made_of, layout]).encode()


def _restored(pages: list[Any], size: int, gap: float) -> Layout:
    """A layout from its JSON."""

    def column(boxes: list[Any], works: list[int], end: float, asked: list[int]) -> Column:
        return Column(tuple(Placed(*each) for each in boxes), tuple(works), end, tuple(asked))

    made = (Page(tuple(column(*each) for each in columns), breaks) for columns, breaks in pages)
    return Layout(tuple(made), size, gap)


def _as_data(layout: Layout, boxes: int, works: int) -> Any:
    """A layout, as the theme reads it: of a topic with so many boxes, then works, before what is asked."""

    def column(each: Column) -> Iterator[list[float]]:
        for at, placed in enumerate(each.boxes):
            yield [*placed, layout.gap if at else 0.0]
        for at, work in enumerate(each.works):
            yield [boxes + work, 0.0, 0.0, LIST_GAP if at else layout.gap if each.boxes else 0.0]
        for at, number in enumerate(each.asked):  # the first has the heading, as if it were glue
            yield [boxes + works + number, 0.0, 0.0 if at else 1.0, LIST_GAP if at else layout.gap]

    pages = [{"breaks": page.breaks, "columns": [list(column(each)) for each in page.columns]} for page in layout.pages]
    return [pages, layout.size]


def _measured(manuscript: paper.Manuscript, parts: Sequence[Part]) -> dict[str, bytes]:
    """The heights of the boxes of which they are not known, by their keys."""
    wanted = [_wanted(part) for part in parts]
    if not any(each["cards"] or each["lines"] for each in wanted):
        return {}
    found = manuscript.query("<measured>", wanted=json.dumps(wanted))
    out = {}
    for part, asked, measured in zip(parts, wanted, found, strict=True):
        numbers = [*(number for number, _ in asked["cards"]), *asked["lines"]]
        for number, each in zip(numbers, measured["items"], strict=True):
            value = [measured["height"], each["heights"], each["glue"], each["figure"]]
            out[part.items[number].key] = json.dumps(value).encode()
    return out


def _wanted(part: Part) -> dict[str, list[Any]]:
    """What is to be measured of a topic, as the theme reads it: the numbers of items whose heights are not known."""
    unknown = [at for at, item in enumerate(part.items) if item.known is None]
    boxes = len(part.boxes)
    cards = [[at, part.items[at].has_figure] for at in unknown if at < boxes]
    return {"cards": cards, "lines": [at for at in unknown if at >= boxes]}


def _boxes(part: Part, heights: Mapping[str, bytes]) -> tuple[Area, list[Box], list[float], Asked]:
    """The text area, the boxes, the heights of the works, and what is asked."""
    read = [json.loads(heights[item.key]) for item in part.items]
    boxes = [
        Box(item.name, item.level, item.needs, tuple(each), glue, figure)
        for item, (_, each, glue, figure) in zip(part.boxes, read, strict=False)
    ]
    works = [each[0] for _, each, _, _ in read[len(boxes) : len(boxes) + len(part.works)]]
    lines = read[len(boxes) + len(part.works) :]
    places = {box.name: at for at, box in enumerate(boxes)}
    asked = Asked(
        tuple(each[0] for _, each, _, _ in lines),
        tuple(places[item.name] for item in part.asked),
        lines[0][2] if lines else 0.0,
    )
    return Area(read[0][0]), boxes, works, asked


@rule("sheet", severity="warning")
def full_pages(part: Part, layout: Layout, boxes: Sequence[Box], area: Area) -> Iterator[Fault]:
    """Pages of sheets are full: 88 % of the text area, 65 % on the last of several; their columns end within 8 mm.

    A page has three boxes at least. Boxes are moved by up to two places within their level, figures are set 38 to 56 mm
    high, and what is asked next stands where no box has room. The best sheet that this allows is printed: where it
    falls short, its boxes do not add up to pages.
    """
    for number, found in groupby(lacks(layout, area), key=lambda lack: lack.page):
        said = [f"{lack.said} (not {lack.bound})" for lack in found]
        yield Fault(
            part.place,
            f"{part.name}, page {number} of {len(layout.pages)}: {', '.join(said)}",
            help_for(layout, number, boxes, area),
        )


RULES = (full_pages,)
