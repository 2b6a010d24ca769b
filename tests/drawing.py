"""A drawing of Matplotlib, read from its SVG: what is written in it, which lines it has, and where, in points."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_NUMBER = re.compile(r"-?\d+\.?\d*(?:e-?\d+)?")

Point = tuple[float, float]


class Box(NamedTuple):
    """A rectangle whose sides are level; y grows downward."""

    left: float
    top: float
    right: float
    bottom: float

    def grown(self, by: float) -> Box:
        """The rectangle with a margin."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def meets(self, other: Box) -> bool:
        """Whether two rectangles have a point in common."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.top <= other.bottom
            and other.top <= self.bottom
        )

    def common(self, other: Box) -> Box:
        """What two rectangles that meet have in common."""
        return Box(*map(max, self[:2], other[:2]), *map(min, self[2:], other[2:]))

    def crossed(self, line: list[Point]) -> bool:
        """Whether a line of straight parts has a point in the rectangle: Liang and Barsky's clipping (1984)."""
        return any(self._cut(*part) for part in pairwise(line))

    def _cut(self, start: Point, end: Point) -> bool:
        (x, y), dx, dy = start, end[0] - start[0], end[1] - start[1]
        first, last = 0.0, 1.0
        for slope, room in ((-dx, x - self.left), (dx, self.right - x), (-dy, y - self.top), (dy, self.bottom - y)):
            if slope < 0:
                first = max(first, room / slope)
            elif slope > 0:
                last = min(last, room / slope)
            elif room < 0:
                return False
        return first <= last


class Words(NamedTuple):
    """A line of text: the box of its ink, its color and size in points, and whether an own box is painted behind it."""

    box: Box
    color: str
    size: float
    boxed: bool


class Line(NamedTuple):
    """A line of a plot, and the box outside of which it is cut off, if there is one."""

    points: list[Point]
    clip: Box | None


class Drawing:
    """The elements of one figure."""

    def __init__(self, path: Path) -> None:
        self.root = ElementTree.parse(path).getroot()
        self.width, self.height = (float(self.root.attrib[side].removesuffix("pt")) for side in ("width", "height"))
        #: What glyphs and markers are drawn by, by name: the points of their outlines.
        self.outlines = {
            path.attrib["id"]: _placed(_points(path.get("d", "")), path.get("transform", ""))
            for path in self.root.iter(f"{_SVG}path")
            if "id" in path.attrib
        }

    def styles(self) -> Iterator[dict[str, str]]:
        """The style of each element that has one."""
        for element in self.root.iter():
            pairs = (each.partition(":") for each in element.get("style", "").split(";") if ":" in each)
            yield {name.strip(): value.strip() for name, _, value in pairs}

    def words(self) -> Iterator[Words]:
        """Each line of text that has ink."""
        for text in self._groups("text_"):
            boxed = any(part.get("id", "").startswith("patch_") for part in text)
            for line in text.iter(f"{_SVG}g"):
                place = line.get("transform", "")
                size = re.search(r"scale\(([\d.]+) -", place)
                color = re.search(r"#[0-9a-f]{6}", line.get("style", ""))
                points = [point for glyph in line.iter(f"{_SVG}use") for point in self._ink(glyph)]
                if size and color and points:
                    xs, ys = zip(*_placed(points, place), strict=True)
                    yield Words(Box(min(xs), min(ys), max(xs), max(ys)), color[0], 100 * float(size[1]), boxed)

    def lines(self) -> Iterator[Line]:
        """Each line of a plot: not those of axes and their ticks, and not the rims of areas."""
        clips = {clip.attrib["id"]: clip[0] for clip in self.root.iter(f"{_SVG}clipPath")}
        for group in self._groups("line2d_"):
            for path in group.findall(f"{_SVG}path"):
                clip = clips.get(path.get("clip-path", "")[len("url(#") : -1])
                yield Line(_points(path.get("d", "")), None if clip is None else _rectangle(clip))

    def _groups(self, kind: str) -> Iterator[ElementTree.Element]:
        return (group for group in self.root.iter(f"{_SVG}g") if group.get("id", "").startswith(kind))

    def _ink(self, glyph: ElementTree.Element) -> list[Point]:
        return _placed(self.outlines[glyph.attrib[_HREF].removeprefix("#")], glyph.get("transform", ""))


def _rectangle(element: ElementTree.Element) -> Box:
    left, top, width, height = (float(element.attrib[name]) for name in ("x", "y", "width", "height"))
    return Box(left, top, left + width, top + height)


def _points(path: str) -> list[Point]:
    numbers = [float(number) for number in _NUMBER.findall(path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _placed(points: list[Point], transform: str) -> list[Point]:
    for name, said in reversed(re.findall(r"(\w+)\(([^)]*)\)", transform)):
        one, *other = (float(number) for number in _NUMBER.findall(said))
        if name == "translate":
            dy = other[0] if other else 0
            points = [(x + one, y + dy) for x, y in points]
        elif name == "scale":
            sy = other[0] if other else one
            points = [(x * one, y * sy) for x, y in points]
        elif name == "rotate" and not other:
            cos, sin = math.cos(math.radians(one)), math.sin(math.radians(one))
            points = [(x * cos - y * sin, x * sin + y * cos) for x, y in points]
        else:
            raise ValueError(f"this transformation is not known: {name}({said})")
    return points
