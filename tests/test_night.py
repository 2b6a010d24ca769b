"""The night-before sheet: what surely comes, on a page that is read in one evening. Read from the files themselves."""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
import yaml
from PIL import ImageStat

from conftest import BANK, MINIBANK, TIME, problems, surveyed
from fullness import INK
from qbank.bank import names
from qbank.outputs import jobs, night, sheets
from qbank.outputs.job import Edition
from qbank.problem import ContentError
from qbank.survey import Survey

EDITION = Edition("2026.11", TIME)
POINT = 72 / 25.4  # of a millimeter
COLUMNS, GUTTER, SIDE = 4, 4.5 * POINT, 10 * POINT
TEXT = (
    "The ratio $\\frac{a}{b}$ says how much of the whole is found, and it is one number. "
    "Trap: of %s others mean another share."
)


def add(root: Path, name: str, topic: str = "linear-models", **fields: Any) -> None:
    """A question more, in a bank that is a copy."""
    whole = {"title": f"Title {name}", "question": f"Question {name}?", "kind": "process", "level": "core"}
    whole |= {"answer": "Yes.", "explanation": "So.", "night_before": TEXT % name}
    (root / topic / f"{name}.yaml").write_text(yaml.safe_dump(whole | fields, allow_unicode=True), encoding="utf-8")


def without(root: Path) -> None:
    """Take the text for the night before from the question that has one."""
    path = root / "evaluation" / "precision.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("night_before")), encoding="utf-8")


def planned(survey: Survey, topic: str = "") -> list[str]:
    return [job.path for job in jobs("cheatsheets", survey, EDITION, topic) if names.NIGHT in job.path]


def markdown(root: Path) -> str:
    survey = surveyed(root)
    return night.markdown(survey, EDITION, night.chosen(survey.bank))


def pdf(root: Path, size: str = "a4") -> bytes:
    survey = surveyed(root)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.pdf")
        night._document(survey, EDITION, night.chosen(survey.bank), sheets.PAPERS[size])(path)
        return path.read_bytes()


class Seen:
    """What stands on the pages: of each character between head and foot the column and the place, in points."""

    def __init__(self, data: bytes) -> None:
        self.document = pypdfium2.PdfDocument(data)
        self.pages = [list(self._characters(number)) for number in range(len(self.document))]

    def _characters(self, number: int) -> Iterator[tuple[int, float, float, float, float]]:
        page = self.document[number]
        self.width, self.height = page.get_size()
        self.column = (self.width - 2 * SIDE - (COLUMNS - 1) * GUTTER) / COLUMNS
        found = page.get_textpage()
        for at in range(found.count_chars()):
            left, low, right, high = found.get_charbox(at)
            if found.get_text_range(at, 1).strip() and low > 12 * POINT and high < self.height - 16 * POINT:
                yield int((left - SIDE + GUTTER / 2) // (self.column + GUTTER)), left, low, right, high

    def strays(self) -> list[str]:
        """What reaches out of its column."""
        return [
            f"page {n + 1}, {left:.0f} to {right:.0f}"
            for n, page in enumerate(self.pages)
            for column, left, _, right, _ in page
            if not 0 <= left - SIDE - column * (self.column + GUTTER) + 0.6 <= right - left + self.column
            or right > SIDE + column * (self.column + GUTTER) + self.column + 0.6
        ]

    def ends(self, page: int) -> list[float]:
        """How far above the foot of the page each column ends, in millimeters."""
        columns = {column for column, *_ in self.pages[page]}
        return [min(low for at, _, low, _, _ in self.pages[page] if at == column) / POINT for column in sorted(columns)]


def sizes(data: bytes) -> set[float]:
    """The sizes of the letters of the text font, in points."""
    found: set[float] = set()

    def visit(text: str, _: Any, matrix: list[float], font: Any, size: float) -> None:
        if text.strip() and font and "Roboto" in font["/BaseFont"]:
            found.add(round(size * abs(matrix[3] or 1), 2))

    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        page.extract_text(visitor_text=visit)
    return found


# -- what is built


def test_a_bank_has_the_sheet_on_both_papers_and_as_markdown_and_lists_it() -> None:
    survey = surveyed(MINIBANK)
    assert planned(survey) == [f"cheatsheets/night-before{end}" for end in (".md", "-a4.pdf", "-letter.pdf")]
    row = "| [The night before](night-before.md) | 1 | [A4](night-before-a4.pdf), [Letter](night-before-letter.pdf) |"
    assert row in sheets.index(survey, EDITION, list(survey.bank.topics()), pdf=True).splitlines()


def test_a_bank_in_which_no_question_has_a_text_for_it_has_no_such_sheet(minibank: Path) -> None:
    without(minibank)
    survey = surveyed(minibank)
    assert planned(survey) == []
    assert "night" not in sheets.index(survey, EDITION, list(survey.bank.topics()), pdf=True)


def test_it_belongs_to_no_topic_alone() -> None:
    assert planned(surveyed(MINIBANK), "evaluation") == []


def test_without_typst_it_is_markdown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    monkeypatch.setattr("qbank.outputs.sheets.find_spec", lambda name: None)
    assert planned(surveyed(MINIBANK)) == ["cheatsheets/night-before.md"]


# -- what stands on it


def test_questions_stand_below_their_topics_in_the_order_of_study(minibank: Path) -> None:
    add(minibank, "b", needs=["z"])
    add(minibank, "z")
    add(minibank, "a", topic="evaluation")
    lines = markdown(minibank).splitlines()
    shown = [line.partition("](")[0] for line in lines if line.startswith(("## ", "- "))]
    titles = [
        "## Model evaluation",
        "- **[Title a",
        "- **[Precision",
        "## Linear models",
        "- **[Title z",
        "- **[Title b",
    ]
    assert shown == titles


def test_a_question_leads_to_its_box_and_has_its_text_behind_its_title() -> None:
    line = (
        "- **[Precision](evaluation.md#precision)** $`\\tfrac{TP}{TP+FP}`$: of the alarms, the share that is right. "
        "Trap: what was missed does not count."
    )
    assert line in markdown(MINIBANK).splitlines()


def test_the_pdf_names_the_bank_and_the_level_and_is_found_by_bookmarks() -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf(MINIBANK)))
    assert reader.metadata is not None and reader.metadata.title == "Mini: The night before"
    assert reader.trailer["/Root"]["/Lang"] == "en-US"
    words = " ".join(reader.pages[0].extract_text().split())
    for part in ("The night before", "Mini", "Level: core", "of the alarms, the share", "2026.11 · CC BY 4.0", "1 / 1"):
        assert part in words
    topic, (question,) = reader.outline
    assert (topic.title, question.title) == ("Model evaluation", "Precision")


# -- its pages


@pytest.mark.parametrize("size", sheets.PAPERS)
def test_few_questions_share_one_page_and_stay_in_their_columns(size: str, minibank: Path) -> None:
    for number in range(24):
        add(minibank, f"q-{number:02}", topic=("evaluation", "linear-models")[number % 2])
    seen = Seen(pdf(minibank, size))
    assert len(seen.pages) == 1
    assert seen.strays() == []
    assert max(seen.ends(0)) - min(seen.ends(0)) < 8


@pytest.mark.parametrize("size", sheets.PAPERS)
def test_as_many_questions_as_may_stand_on_it_fill_two_pages_at_most_in_letters_that_are_read_with_ease(
    size: str, minibank: Path
) -> None:
    for number in range(49):
        add(minibank, f"q-{number:02}")
    assert problems(minibank) == []
    data = pdf(minibank, size)
    seen = Seen(data)
    assert len(seen.pages) <= 2
    assert seen.strays() == []
    for page in range(len(seen.pages)):
        assert max(seen.ends(page)) - min(seen.ends(page)) < 8
        assert max(seen.ends(page)) < 35
    assert min(size for size in sizes(data) if size > 7) >= 8


def test_one_question_alone_is_not_spread(minibank: Path) -> None:
    seen = Seen(pdf(minibank))
    assert {column for column, *_ in seen.pages[0]} == {0}
    assert min(seen.ends(0)) > 150


def test_a_formula_that_is_too_wide_is_a_problem_of_its_question(minibank: Path) -> None:
    add(minibank, "wide", night_before=r"It is $\sqrt{" + "+x_1y_1" * 30 + "}$.")
    with pytest.raises(ContentError) as caught:
        pdf(minibank)
    (problem,) = caught.value.problems
    assert (problem.place.path, problem.rule) == ("linear-models/wide.yaml", "page")
    assert "too wide" in problem.message


# -- the bank itself


@pytest.mark.parametrize("size", sheets.PAPERS)
def test_the_sheet_of_the_bank_is_whole_and_leaves_the_printer_its_ink(size: str) -> None:
    if not night.chosen(surveyed(BANK).bank):
        pytest.skip("no question of the bank has a text for it")
    data = pdf(BANK, size)
    seen = Seen(data)
    assert len(seen.pages) <= 2
    assert seen.strays() == []
    for page in range(len(seen.pages)):
        assert max(seen.ends(page)) - min(seen.ends(page)) < 8
    assert min(size for size in sizes(data) if size > 7) >= 8
    printed = [page.render(scale=100 / 72).to_pil().convert("L") for page in seen.document]
    assert max(1 - ImageStat.Stat(each).mean[0] / 255 for each in printed) < INK
