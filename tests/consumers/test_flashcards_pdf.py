"""Flashcards on paper, read from the files: what stands where, and what lies behind it once the paper is turned."""

from __future__ import annotations

import re
import shutil
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from conftest import BANK, HERE, MINIBANK, TIME, add, surveyed
from qbank.outputs import flashcards
from qbank.outputs.job import FLIPS, Edition, Flip

EDITION = Edition("2026.11", TIME)
PAPERS = ("a4", "letter")
POINT = 72 / 25.4  # of a millimeter
#: Cards of the topic that is printed, beside those of the small bank: with them the last page is not full.
MORE = 11
COLUMNS, ROWS = 2, 4


class Rectangle(NamedTuple):
    """Left, lower, right and upper bounds in points, from the lower left corner of the page."""

    left: float
    low: float
    right: float
    high: float

    def about(self, other: Rectangle) -> bool:
        return all(abs(one - two) < 0.01 for one, two in zip(self, other, strict=True))

    def holds(self, other: Rectangle, margin: float = 0) -> bool:
        return (
            self.left + margin <= other.left
            and self.low + margin <= other.low
            and other.right <= self.right - margin
            and other.high <= self.high - margin
        )


class Page:
    """A page: its marks of cuts, the lines that they mark, and its words with their bounds."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.width, self.height = page.get_size()
        self.marks = [Rectangle(*each.get_bounds()) for each in page.get_objects() if _is_mark(each)]
        upright = [mark for mark in self.marks if mark.high - mark.low > mark.right - mark.left]
        self.columns = sorted({round((mark.left + mark.right) / 2, 2) for mark in upright})
        self.rows = sorted({round((mark.low + mark.high) / 2, 2) for mark in self.marks if mark not in upright})
        self.words = list(_words(page))

    def turned(self, found: Rectangle, flip: Flip) -> Rectangle:
        """Where something on the page behind stands, seen through the paper from this one."""
        left, low, right, high = found
        if flip == "long":
            return Rectangle(self.width - right, low, self.width - left, high)
        return Rectangle(left, self.height - high, right, self.height - low)

    @property
    def cells(self) -> list[Rectangle]:
        """The cards between the cuts."""
        return [
            Rectangle(left, low, right, high)
            for low, high in pairwise(self.rows)
            for left, right in pairwise(self.columns)
        ]

    def cell(self, found: Rectangle) -> Rectangle | None:
        """The card on which something stands; none in the margins of the page."""
        column, row = bisect_right(self.columns, found.left), bisect_right(self.rows, found.low)
        if not (0 < column < len(self.columns) and 0 < row < len(self.rows)):
            return None
        return Rectangle(self.columns[column - 1], self.rows[row - 1], self.columns[column], self.rows[row])

    def cards(self) -> dict[Rectangle, str]:
        """The words of each card that has some."""
        out: dict[Rectangle, list[str]] = {}
        for word, found in self.words:
            cell = self.cell(found)
            if cell:
                out.setdefault(cell, []).append(word)
        return {cell: " ".join(words) for cell, words in out.items()}


def _is_mark(each: pypdfium2.PdfObject) -> bool:
    """Marks are the only lines on pages of cards without tables and deletions."""
    if each.type != pdfium.FPDF_PAGEOBJ_PATH:
        return False
    left, low, right, high = each.get_bounds()
    return min(right - left, high - low) < 1 < max(right - left, high - low) < 4 * POINT


def _words(page: pypdfium2.PdfPage) -> Iterator[tuple[str, Rectangle]]:
    text = page.get_textpage()
    word, bounds = "", Rectangle(0, 0, 0, 0)
    for at in range(text.count_chars()):
        character = text.get_text_range(at, 1)
        box = Rectangle(*text.get_charbox(at))
        if character.strip():
            joined = [
                min(bounds.left, box.left),
                min(bounds.low, box.low),
                max(bounds.right, box.right),
                max(bounds.high, box.high),
            ]
            word, bounds = word + character, Rectangle(*joined) if word else box
        elif word:
            yield word, bounds
            word = ""
    if word:
        yield word, bounds


def pages(root: Path, paper: str, flip: Flip, topic: str = "linear-models") -> tuple[Path, list[Page]]:
    (job,) = (
        each
        for each in flashcards.jobs(surveyed(root), EDITION, topic, flip)
        if each.path == f"flashcards/{topic}-{paper}.pdf"
    )
    path = root.parent / f"{topic}-{paper}-{flip}.pdf"
    if not path.exists():
        job.prepare()(path)
    return path, [Page(each) for each in pypdfium2.PdfDocument(path)]


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small bank with questions more, whose fronts and backs say which they are."""
    root = Path(shutil.copytree(MINIBANK, tmp_path_factory.mktemp("cards") / "bank"))
    for number in range(MORE):
        add(root, f"q-{number:02}", question=f"Asked{number:02} here?", answer=f"Answered{number:02} there.")
    return root


@pytest.fixture(params=PAPERS)
def paper(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=FLIPS)
def flip(request: pytest.FixtureRequest) -> Flip:
    return request.param  # type: ignore[no-any-return]


def sheets(found: list[Page]) -> list[tuple[Page, Page]]:
    """The fronts of each sheet of paper with its backs."""
    return list(zip(found[::2], found[1::2], strict=True))


def matched(found: list[Page], flip: Flip) -> list[bool]:
    """Of every card that says which it is: whether its back lies behind it where the paper is turned over an edge."""
    out = []
    for front, back in sheets(found):
        behind = {word: front.turned(cell, flip) for cell, text in back.cards().items() for word in text.split()}
        for cell, text in front.cards().items():
            out += [cell.about(behind[f"Answered{word[-2:]}"]) for word in text.split() if word.startswith("Asked")]
    return out


def test_every_back_lies_exactly_behind_its_front(bank: Path, paper: str, flip: Flip) -> None:
    assert matched(pages(bank, paper, flip)[1], flip) == [True] * MORE


def test_no_back_lies_behind_its_front_where_the_paper_is_turned_over_the_other_edge(bank: Path, paper: str) -> None:
    assert matched(pages(bank, paper, "long")[1], "short") == [False] * MORE
    assert matched(pages(bank, paper, "short")[1], "long") == [False] * MORE


def test_every_card_of_the_topic_is_there_once_with_its_id_its_level_and_its_topic(
    bank: Path, paper: str, flip: Flip
) -> None:
    survey = surveyed(bank)
    ids = [
        side.id
        for each in survey.bank.questions
        if each.topic == "linear-models"
        for side in survey.printed(each).cards
    ]
    fronts, backs = [], []
    for front, back in sheets(pages(bank, paper, flip)[1]):
        fronts += list(front.cards().values())
        backs += list(back.cards().values())
    assert len(fronts) == len(backs) == len(ids) == MORE + 9
    assert sorted(int(text.split()[2]) for text in fronts) == [number + 1 for number in range(len(ids))]
    assert sorted(word for text in backs for word in text.split() if word in set(ids)) == sorted(ids)
    assert all("Linear models" in text and "core" in text.split() for text in backs)


def test_cuts_are_marked_at_the_same_places_on_both_sides_and_no_mark_touches_a_card(
    bank: Path, paper: str, flip: Flip
) -> None:
    for front, back in sheets(pages(bank, paper, flip)[1]):
        assert (len(front.columns), len(front.rows), len(front.cells)) == (COLUMNS + 1, ROWS + 1, COLUMNS * ROWS)
        assert len(front.marks) == len(back.marks) == 2 * (COLUMNS + ROWS + 2)
        turned = sorted(front.turned(mark, flip) for mark in back.marks)
        assert all(one.about(two) for one, two in zip(sorted(front.marks), turned, strict=True))
        whole = Rectangle(front.columns[0], front.rows[0], front.columns[-1], front.rows[-1])
        for mark in front.marks:
            outside = (
                mark.right < whole.left or mark.left > whole.right or mark.high < whole.low or mark.low > whole.high
            )
            assert outside


def test_cards_have_one_size_on_either_paper_and_ink_keeps_off_edges_and_cuts(bank: Path, flip: Flip) -> None:
    for paper in PAPERS:
        for page in pages(bank, paper, flip)[1]:
            for cell in page.cells:
                assert abs(cell.right - cell.left - 95 * POINT) < 0.05
                assert abs(cell.high - cell.low - 64 * POINT) < 0.05
            inner = Rectangle(0, 0, page.width, page.height)
            assert all(inner.holds(mark, 6.35 * POINT) for mark in page.marks)
            assert all(inner.holds(found, 6.35 * POINT) for _, found in page.words)
            for _, found in page.words:
                cell = page.cell(found)
                assert cell is None or cell.holds(found, 3 * POINT)


def sizes(path: Path) -> set[float]:
    """The sizes of the letters of the text font, in points."""
    found: set[float] = set()

    def visit(text: str, _: Any, matrix: list[float], font: Any, size: float) -> None:
        if text.strip() and font and "Roboto" in font["/BaseFont"]:
            found.add(round(size * abs(matrix[3] or 1), 2))

    for page in pypdf.PdfReader(path).pages:
        page.extract_text(visitor_text=visit)
    return found


def test_text_is_large_where_there_is_room_and_has_eight_points_where_there_is_little(
    bank: Path, minibank: Path
) -> None:
    assert sizes(pages(bank, "a4", "long")[0]) == {8, 12}
    for number, lines in enumerate((6, 9, 11)):
        add(minibank, f"much-{number}", answer="\n".join(f"- line {n}" for n in range(lines)))
    found = sizes(pages(minibank, "a4", "long")[0])
    assert min(found) == 8
    assert found & {9, 9.5, 10}


def test_cards_of_a_language_from_right_to_left_begin_at_the_right(tmp_path: Path) -> None:
    root = Path(shutil.copytree(HERE / "banks" / "arabic", tmp_path / "bank"))
    survey = surveyed(root)
    topic, questions = next(iter(survey.bank.topics()))
    id = survey.printed(questions[0]).cards[0].id
    _, (front, back, *_) = pages(root, "a4", "long", str(topic.name))
    first = max(front.cells, key=lambda cell: (cell.high, cell.left))
    assert "1" in front.cards()[first].split()
    # Programs that copy such lines may turn their words around.
    parts = sorted(re.findall(r"\w+", id))
    (behind,) = (
        front.turned(cell, "long")
        for cell, text in back.cards().items()
        if any(sorted(re.findall(r"\w+", word)) == parts for word in text.split())
    )
    assert behind.about(first)
    for page in (front, back):
        ends = {cell: max(box.right for _, box in page.words if page.cell(box) == cell) for cell in page.cards()}
        assert all(abs(cell.right - end - 5 * POINT) < 2 for cell, end in ends.items())
        lowest = min((box for _, box in page.words if page.cell(box) == first), key=lambda box: box.low)
        assert lowest.right > (first.left + first.right) / 2, "a short last line begins at the right, too"


@pytest.mark.parametrize("topic", ["linear-models", "kernels-and-neighbors"])
def test_cards_of_the_bank_stay_on_their_cards(topic: str, tmp_path: Path) -> None:
    root = tmp_path / "bank"
    root.symlink_to(BANK)
    path, found = pages(root, "letter", "long", topic)
    for page in found:
        assert len(page.cells) == COLUMNS * ROWS
        for word, box in page.words:
            cell = page.cell(box)
            assert cell is None or cell.holds(box, 2.5 * POINT), word
    assert min(sizes(path)) >= 8
