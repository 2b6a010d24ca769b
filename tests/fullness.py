"""How full the printed pages are: `python tests/fullness.py [--strict] [PDF ...]`, or `make pages`.

Everything is measured in the finished PDFs, not asked of the generator: boxes are the frames that are drawn, columns
end where the last ink of them ends, sizes are those of glyphs as they are painted. The table is Markdown. With
`--strict` a page that breaks a bound ends in an error.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from ctypes import byref, c_int, create_string_buffer
from itertools import pairwise
from math import hypot
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
import typst
from PIL import ImageStat

REPOSITORY = Path(__file__).parent.parent
SHEETS = REPOSITORY / "dist" / "cheatsheets"
THEME = REPOSITORY / "templates" / "cheatsheet" / "theme.typ"
MILLIMETER = 72 / 25.4
#: What a page covers of its text area at least: one of several, the last of several. One that is alone may be as empty.
FILLED, LAST = 0.88, 0.65
#: Millimeters: how far apart columns may end, and how wide gaps between boxes may be.
SPREAD, GAPS = 8.0, (2.1, 3.5)
#: Boxes on a page that is not the last of its topic, which may hold the end of the list of works.
BOXES = 3
#: Points: the type, and how much it may differ between topics; code; the smallest glyph.
TYPE, DIFFERENCE, CODE, SMALLEST = (8.0, 8.6), 0.4, 6.8, 4.0
#: What is printed in this size or smaller is no running text.
SMALL_PRINT = 6.8
#: The share of a page that is black, where a page is full.
INK = 0.06
#: What is lost where lengths are rounded, in millimeters, points or parts.
ROUNDED = 0.02


class Box(NamedTuple):
    """Where something is drawn, in points from the lower left corner of the page."""

    left: float
    low: float
    right: float
    high: float


class Area(NamedTuple):
    """The text area of every page, in points from its edges, and its columns."""

    top: float
    bottom: float
    sides: float
    columns: int
    gutter: float


class Page(NamedTuple):
    """A page as it is printed: lengths are millimeters, sizes of type points; `alone` says whether it is the only one
    of its topic, `last` whether it is the last; `code` is 0 where there is none.
    """

    file: str
    number: int
    alone: bool
    last: bool
    filled: float
    ends: tuple[float, ...]
    boxes: int
    gaps: tuple[float, ...]
    type: float
    ink: float
    code: float
    smallest: float

    @property
    def spread(self) -> float:
        """How far apart the columns end that hold anything."""
        return max(self.ends) - min(self.ends)


def area() -> Area:
    """The text area, as the theme sets it."""
    lengths = "top: at.top, bottom: at.bottom, sides: at.inside + at.outside, gutter: column-gutter"
    points = f"({lengths}).pairs().map(((name, length)) => (name, length / 1pt)).to-dict()"
    asked = f"let at = page-margin(); (columns: column-count) + {points}"
    source = f"{THEME.read_text(encoding='utf-8')}\n#metadata({{{asked}}}) <area>"
    (found,) = json.loads(typst.query(source.encode(), "<area>", field="value"))
    return Area(**found)


def pages(path: Path, body: Area) -> Iterator[Page]:
    """The pages of a sheet."""
    document = pypdfium2.PdfDocument(path)
    for at in range(len(document)):
        yield _page(document[at], path.stem, at + 1, len(document), body)


def _page(page: pypdfium2.PdfPage, file: str, number: int, total: int, body: Area) -> Page:
    width, height = page.get_size()
    top, bottom = height - body.top, body.bottom
    column_width = (width - body.sides - (body.columns - 1) * body.gutter) / body.columns
    drawn = [(each.type, Box(*each.get_bounds())) for each in page.get_objects(max_depth=4)]
    drawn = [(kind, box) for kind, box in drawn if box.high <= top + 2 and box.low >= bottom - 2]
    frames = _frames([box for kind, box in drawn if kind == pdfium.FPDF_PAGEOBJ_PATH], column_width)
    ends, gaps = [], []
    first = min((frame.left for frame in frames), default=body.sides / 2)
    for at in range(body.columns):
        left = first + at * (column_width + body.gutter)
        lows = [box.low for _, box in drawn if left - 2 <= (box.left + box.right) / 2 <= left + column_width + 2]
        ends.append((top - min(lows, default=top)) / MILLIMETER)
        column = sorted((frame for frame in frames if abs(frame.left - left) < 2), key=lambda frame: -frame.high)
        gaps += [(above.low - below.high) / MILLIMETER for above, below in pairwise(column)]
    sizes = _sizes(page)
    code = [size for name, size in sizes if "DejaVuSansMono" in name]
    texts: Counter[float] = Counter()
    for (name, size), count in sizes.items():
        if "Roboto" in name and size > SMALL_PRINT:
            texts[size] += count
    gray = page.render(scale=100 / 72).to_pil().convert("L")
    return Page(
        file=file,
        number=number,
        alone=total == 1,
        last=number == total,
        filled=sum(ends) / (body.columns * (top - bottom) / MILLIMETER),
        ends=tuple(ends),
        boxes=len(frames),
        gaps=tuple(gaps),
        type=texts.most_common(1)[0][0] if texts else 0.0,
        ink=1 - ImageStat.Stat(gray).mean[0] / 255,
        code=min(code, default=0.0),
        smallest=min((size for _, size in sizes), default=0.0),
    )


def _frames(paths: Sequence[Box], width: float) -> list[Box]:
    """The boxes among what is drawn: the grounds that are as wide as a column, without what lies within them."""
    wide = [each for each in paths if abs(each.right - each.left - width) < 0.3]
    wide.sort(key=lambda each: each.low - each.high)
    out: list[Box] = []
    for each in wide:
        if not any(abs(each.left - known.left) < 1 and known.low - 1 <= each.low < known.high for known in out):
            out.append(each)
    return out


def _sizes(page: pypdfium2.PdfPage) -> Counter[tuple[str, float]]:
    """How often each font is printed in each size, in points."""
    found: Counter[tuple[str, float]] = Counter()
    text = page.get_textpage()
    name, flags, matrix = create_string_buffer(128), c_int(), pdfium.FS_MATRIX()
    for at in range(text.count_chars()):
        if pdfium.FPDFText_GetUnicode(text, at) <= 32 or pdfium.FPDFText_IsGenerated(text, at):
            continue
        pdfium.FPDFText_GetFontInfo(text, at, name, len(name), byref(flags))
        pdfium.FPDFText_GetMatrix(text, at, byref(matrix))
        size = pdfium.FPDFText_GetFontSize(text, at) * hypot(matrix.c, matrix.d)
        found[name.value.decode("latin-1"), round(size, 2)] += 1
    return found


def faults(page: Page) -> list[str]:
    """The bounds that a page breaks."""
    least = 0.0 if page.alone else LAST if page.last else FILLED
    few = page.boxes < BOXES
    judged = {
        "filled": page.filled < least - ROUNDED / 10,
        "ends": page.spread > SPREAD + ROUNDED and not (page.alone and few),
        "boxes": few and not page.alone,
        "gaps": any(not GAPS[0] - ROUNDED <= gap <= GAPS[1] + ROUNDED for gap in page.gaps)
        or (bool(page.gaps) and max(page.gaps) - min(page.gaps) > ROUNDED),
        "type": page.boxes > 0 and not TYPE[0] - ROUNDED <= page.type <= TYPE[1] + ROUNDED,
        "ink": page.ink >= INK,
        "code": 0 < page.code < CODE - ROUNDED,
        "smallest": page.smallest < SMALLEST - ROUNDED,
    }
    return [name for name, broken in judged.items() if broken]


_HEAD = "| sheet | page | filled | ends apart, mm | boxes | gaps, mm | type, pt | ink | code, pt | smallest, pt | |"


def table(measured: Sequence[Page]) -> Iterator[str]:
    """A row for each page, and what it breaks."""
    yield _HEAD
    yield "|:--|--:|" + "--:|" * 8 + ":--|"
    for page in measured:
        gaps = f"{min(page.gaps):.1f}" if page.gaps else ""
        gaps += f"-{max(page.gaps):.1f}" if page.gaps and max(page.gaps) - min(page.gaps) > ROUNDED else ""
        code = f"{page.code:.1f}" if page.code else ""
        yield (
            f"| {page.file} | {page.number} | {page.filled:.0%} | {page.spread:.1f} | {page.boxes} | {gaps} "
            f"| {page.type:.1f} | {page.ink:.1%} | {code} | {page.smallest:.1f} | {', '.join(faults(page))} |"
        )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, help="sheets as PDF (default: those of all topics in dist/)")
    parser.add_argument("--strict", action="store_true", help="end in an error where a page breaks a bound")
    given = parser.parse_args()
    body = area()
    paths = given.paths or sorted(path for path in SHEETS.glob("*.pdf") if not path.name.startswith("all-"))
    measured = [page for path in paths for page in pages(path, body)]
    print(*table(measured), sep="\n")
    broken: dict[str, list[str]] = defaultdict(list)
    for page in measured:
        for fault in faults(page):
            broken[fault].append(f"{page.file} {page.number}")
    sizes = {page.type for page in measured if page.boxes}
    if sizes and max(sizes) - min(sizes) > DIFFERENCE + ROUNDED:
        broken["type"].append(f"{min(sizes):.1f} to {max(sizes):.1f} pt")
    print(f"\n{len(measured)} pages of {len(paths)} sheets; " + ("all bounds are kept." if not broken else "broken:"))
    for fault, where in broken.items():
        print(f"- {fault}: {', '.join(where)}")
    if given.strict and broken:
        sys.exit(1)


if __name__ == "__main__":
    main()
