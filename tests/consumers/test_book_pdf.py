"""The book as its readers have it: every number of a page is that of the page where the thing stands, every text is in
it, and every page says what it belongs to. Read back with pypdf and pdfium.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest

from conftest import BANK, HERE, MINIBANK, TIME, surveyed
from qbank.bank.model import Question
from qbank.check.facts import Facts
from qbank.outputs import book
from qbank.outputs.job import Edition
from qbank.survey import Survey

EDITION = Edition("2026.11", TIME)
#: Topics of the bank itself, with tables, figures, formulas, Python and SQL.
TOPICS = ("probability", "trees", "sql")


class Volume:
    """A volume of the book in a file, with the questions that it holds."""

    def __init__(self, path: Path, survey: Survey, held: book.Volume) -> None:
        self.survey, self.held = survey, held
        self.reader = pypdf.PdfReader(path)
        self.pages = [page.get_textpage() for page in pypdfium2.PdfDocument(path)]
        self.texts = [squeezed(page.get_text_range()) for page in self.pages]

    @cached_property
    def outline(self) -> list[tuple[int, str, int]]:
        """Level, title and page of every bookmark."""

        def walk(entries: Any, level: int) -> Iterator[tuple[int, str, int]]:
            for entry in entries:
                if isinstance(entry, list):
                    yield from walk(entry, level + 1)
                else:
                    page = self.reader.get_destination_page_number(entry)
                    assert page is not None
                    yield level, entry.title, page + 1

        return list(walk(self.reader.outline, 1))

    @cached_property
    def parts(self) -> dict[str, range]:
        """The pages of contents, topics, sources and index."""
        begins = [(title, page) for level, title, page in self.outline if level == 1]
        ends = [page for _, page in begins[1:]] + [len(self.pages) + 1]
        return {title: range(page, end) for (title, page), end in zip(begins, ends, strict=True)}

    @cached_property
    def places(self) -> dict[str, int]:
        """The pages on which questions begin, by their names."""
        found = [(title, page) for level, title, page in self.outline if level == 2]
        assert [squeezed(title) for title, _ in found] == [squeezed(each.title) for each in self.held.questions]
        return {question.name: page for question, (_, page) in zip(self.held.questions, found, strict=True)}

    def links(self, pages: range) -> Iterator[tuple[str, int | str]]:
        """What links on pages say, and the page or the address to which they lead."""
        for number in pages:
            for annotation in (each.get_object() for each in self.reader.pages[number - 1].get("/Annots", [])):
                left, bottom, right, top = map(float, annotation["/Rect"])
                # Links reach into the lines above and below.
                said = self.pages[number - 1].get_text_bounded(left, bottom + 2, right, top - 2)
                if "/A" in annotation:
                    yield said, str(annotation["/A"]["/URI"])
                    continue
                target = annotation["/Dest"]
                array = self.reader.named_destinations[target].dest_array if isinstance(target, str) else target
                yield said, self.reader.get_page_number(array[0].get_object()) + 1

    def text(self, part: str) -> str:
        return "".join(self.texts[page - 1] for page in self.parts[part])


def squeezed(text: str) -> str:
    """A text without spaces, and without hyphens, which pdfium does not give where they end a line."""
    return re.sub(r"[\s\x00-\x1f\u200b\ufffe\xa0-]+", "", text)


def made(folder: Path, survey: Survey, bound: book.Book, number: int = 0) -> Volume:
    volume = bound.volumes[number]
    path = folder / f"{volume.name}.pdf"
    book._document(survey, EDITION, bound, volume, "a4")(path)
    return Volume(path, survey, volume)


@pytest.fixture(scope="module")
def volume(tmp_path_factory: pytest.TempPathFactory) -> Volume:
    survey = surveyed(BANK)
    topics = [each for each in survey.bank.topics() if each[0].name in TOPICS]
    return made(tmp_path_factory.mktemp("book"), survey, book.bound(topics, book.LIMIT))


def whole(volume: Volume, facts: Facts) -> Question:
    from qbank.bank import load
    from qbank.source.reader import read

    question = load.question(read(volume.survey.tree, facts.path), volume.survey.header.settings, [])
    assert question is not None
    return question


#: What of Markdown is no plain word: formulas, code, marks, the starts of items, and whole lines of tables.
MARKS = re.compile(r"(?m)\$\$?[^$]*\$\$?|```[\s\S]*?```|`[^`]*`|^\|.*$|^\s*(?:-|\d+\.)\s|[*_\[\]()<>#\\|]|\n")


def words(text: str) -> list[str]:
    """The runs of plain words in a text."""
    return [squeezed(run) for run in MARKS.split(text) if len(run) > 20]


# -- numbers of pages


def test_the_contents_name_every_topic_and_question_with_its_page(volume: Volume) -> None:
    contents = volume.text("Contents")
    for level, title, page in volume.outline:
        if title != "Contents":
            assert re.search(rf"{re.escape(squeezed(title))}\.*{page}(?!\d)", contents), (level, title, page)


def test_lines_of_the_contents_lead_to_the_page_that_they_name(volume: Volume) -> None:
    found = [
        (int(number[1]), page)
        for said, page in volume.links(volume.parts["Contents"])
        if (number := re.search(r"(\d+)\s*$", said))
    ]
    assert len(found) >= len(volume.held.questions)
    assert all(number == page for number, page in found)


def test_a_question_stands_on_the_page_of_its_bookmark(volume: Volume) -> None:
    for question in volume.held.questions:
        assert squeezed(question.title) in volume.texts[volume.places[question.name] - 1]


def test_other_questions_are_named_with_their_pages(volume: Volume) -> None:
    bank, checked = volume.survey.bank, 0
    for topic, questions in volume.held.topics:
        text = volume.text(str(topic.title))
        for question in questions:
            for other in bank.named((*question.needs, *question.see_also)):
                if other.name in volume.places:
                    checked += 1
                    assert squeezed(f"{other.title} (p. {volume.places[other.name]})") in text
    assert checked > 20


def test_references_lead_to_the_page_that_they_name(volume: Volume) -> None:
    found = [
        (int(number[1]), page)
        for topic, _ in volume.held.topics
        for said, page in volume.links(volume.parts[str(topic.title)])
        if (number := re.fullmatch(r"[^\r\n]+\(p\.\s(\d+)\)", said.strip()))
    ]
    assert len(found) > 20
    assert all(number == page for number, page in found)


def test_the_index_has_every_title_and_every_other_name_with_its_pages(volume: Volume) -> None:
    index = volume.text("Index")
    pages: dict[str, set[int]] = {}
    shown: dict[str, str] = {}
    for facts in volume.held.questions:
        for term in (facts.title, *whole(volume, facts).aliases):
            term_key = book._sorted_by(term)
            shown.setdefault(term_key, term)
            pages.setdefault(term_key, set()).add(volume.places[facts.name])
    assert len(pages) > 50
    for term_key, numbers in pages.items():
        assert squeezed(f"{shown[term_key]}, {min(numbers)}") in index
    # Of the first number it is not seen where it ends; links have each number whole.
    found = [page for _, page in volume.links(volume.parts["Index"])]
    assert found == [page for _, numbers in sorted(pages.items()) for page in sorted(numbers)]


def test_numbers_in_the_index_lead_to_the_page_that_they_name(volume: Volume) -> None:
    found = [(said.strip(), page) for said, page in volume.links(volume.parts["Index"])]
    assert len(found) > 50
    assert all(said == str(page) for said, page in found)


# -- what stands in it


@pytest.mark.parametrize("part", ["question", "answer", "explanation", "pitfalls", "follow_ups"])
def test_every_question_is_whole(part: str, volume: Volume) -> None:
    checked = 0
    for topic, questions in volume.held.topics:
        # A text may go on on the next page, below its head.
        head = squeezed(f"{volume.survey.header.settings.title}")
        pages = [
            without_head(volume.texts[page - 1], str(topic.title), head, page)
            for page in volume.parts[str(topic.title)]
        ]
        text = "".join(pages)
        for facts in questions:
            value = getattr(whole(volume, facts), part)
            texts = [value] if isinstance(value, str) else [*value]
            texts = [each for one in texts for each in ((one,) if isinstance(one, str) else (one.question, one.answer))]
            for run in (run for each in texts for run in words(each)):
                checked += 1
                assert run in text, (facts.name, run)
    assert checked > 20


def without_head(text: str, topic: str, bank: str, page: int) -> str:
    for head in (f"{page}{squeezed(topic)}{bank}", f"{bank}{squeezed(topic)}{page}"):
        text = text.replace(head, "", 1)
    return text


def test_every_page_names_its_part_and_its_number(volume: Volume) -> None:
    bank = squeezed(str(volume.survey.header.settings.title))
    for title, pages in volume.parts.items():
        for page in pages:
            head = f"{page}{squeezed(title)}{bank}" if page % 2 == 0 else f"{bank}{squeezed(title)}{page}"
            assert head in volume.texts[page - 1], (title, page)


def test_no_page_is_empty_and_every_topic_begins_one(volume: Volume) -> None:
    # The head alone has fewer than 60 letters.
    assert [page for page, text in enumerate(volume.texts, 1) if len(text) < 60 and page > 1] == []
    for title, pages in volume.parts.items():
        assert volume.texts[pages[0] - 1].count(squeezed(title)) >= 2, "in the head and as a heading"


def test_sources_are_numbered_through_in_the_order_of_their_use_and_lead_to_the_works(volume: Volume) -> None:
    works = list(dict.fromkeys(work for question in volume.held.questions for work in question.works))
    listed = volume.text("Sources")
    for number, work in enumerate(works, 1):
        assert squeezed(f"[{number}]{volume.survey.header.works[work].title}") in listed
    assert f"[{len(works) + 1}]" not in listed
    found = {page for _, page in volume.links(volume.parts["Sources"])}
    assert found == {volume.survey.header.works[work].link for work in works}
    for topic, _ in volume.held.topics:
        for said, page in volume.links(volume.parts[str(topic.title)]):
            if re.fullmatch(r"\[\d+\]", said.strip()):
                assert page in volume.parts["Sources"]
                assert said.strip() in volume.texts[int(page) - 1]


def test_a_question_leads_to_its_file(tmp_path: Path) -> None:
    survey = surveyed(MINIBANK)
    volume = made(tmp_path, survey, book.bound(list(survey.bank.topics()), book.LIMIT))
    files = "https://example.org/mini/blob/main/"
    found = {to for _, to in volume.links(range(1, len(volume.pages) + 1)) if str(to).startswith(files)}
    assert {str(each).rpartition("/")[2] for each in found} == {"precision.yaml", "ridge-regression.yaml"}


def test_the_solution_of_a_question_is_printed_line_by_line(volume: Volume) -> None:
    coded = [each for each in volume.held.questions if each.code]
    assert coded
    text = "".join(volume.texts)
    for facts in coded:
        for line in whole(volume, facts).code.solution.splitlines():
            assert squeezed(line) in text


# -- where pages break


def lines(volume: Volume) -> list[list[str]]:
    """The lines of every page, without its head."""
    return [page.get_text_range().splitlines()[1:] for page in volume.pages]


def test_a_title_stands_on_the_page_of_its_question(volume: Volume) -> None:
    for facts in volume.held.questions:
        asked = words(whole(volume, facts).question)
        page = volume.texts[volume.places[facts.name] - 1]
        assert not asked or asked[0] in page, facts.name


def test_no_page_begins_with_the_last_small_lines_of_a_question(volume: Volume) -> None:
    last = tuple(facts.path for facts in volume.held.questions)
    for topic, _ in volume.held.topics:
        for page in volume.parts[str(topic.title)]:
            begin = lines(volume)[page - 1][0]
            assert not begin.startswith(("See also:", "Also asked as:", "Checked in", *last)), page


def test_a_short_table_stays_on_its_page_and_a_long_one_goes_on(minibank: Path, tmp_path: Path) -> None:
    path = minibank / "evaluation" / "precision.yaml"
    text = path.read_text(encoding="utf-8")
    for rows, most in ((10, 1), (90, 4)):
        table = "".join(f"  | row {n:03} | cell |\n" for n in range(rows))
        filler = "".join(f"  Filler of line {n}.\n\n" for n in range(22))
        path.write_text(
            text.replace("explanation: |\n", f"explanation: |\n{filler}  | a | b |\n  |---|---|\n{table}\n"),
            encoding="utf-8",
        )
        survey = surveyed(minibank)
        volume = made(tmp_path, survey, book.bound(list(survey.bank.topics()), book.LIMIT))
        found = [{int(n) for n in re.findall(r"row(\d{3})", page)} for page in volume.texts]
        assert set().union(*found) == set(range(rows))
        assert sum(map(bool, found)) == 1 if most == 1 else 1 < sum(map(bool, found)) <= most


# -- volumes and languages


def margins(path: Path) -> tuple[dict[str, float], dict[str, float]]:
    """How far from its sides in millimeters something is printed at least, on odd pages and on even ones."""
    found: tuple[dict[str, list[float]], ...] = ({"left": [], "right": []}, {"left": [], "right": []})
    # The first page is the title.
    for number, page in enumerate(pypdfium2.PdfDocument(path)):
        box = page.render(scale=2).to_pil().convert("L").point(lambda tone: 255 * (tone < 235)).getbbox()
        if number:
            assert box is not None
            found[number % 2]["left"].append(box[0] / 2 / 72 * 25.4)
            found[number % 2]["right"].append((page.get_width() - box[2] / 2) / 72 * 25.4)
    odd, even = ({side: min(each) for side, each in sides.items()} for sides in found)
    return odd, even


@pytest.mark.parametrize(("name", "inner", "outer"), [("chemistry", "left", "right"), ("arabic", "right", "left")])
def test_margins_are_wider_where_pages_are_bound(name: str, inner: str, outer: str, tmp_path: Path) -> None:
    """An odd page is bound where lines begin, an even one where they end."""
    survey = surveyed(HERE / "banks" / name)
    made(tmp_path, survey, book.bound(list(survey.bank.topics()), book.LIMIT))
    odd, even = margins(tmp_path / "all.pdf")
    for measured in (odd[inner], even[outer]):
        assert measured == pytest.approx(23, abs=0.5)
    for measured in (odd[outer], even[inner]):
        assert measured == pytest.approx(15, abs=0.5)


def test_what_stands_in_another_volume_is_named_with_its_number(tmp_path: Path) -> None:
    survey = surveyed(MINIBANK)
    second = made(tmp_path, survey, book.bound(list(survey.bank.topics()), 1), 1)
    assert squeezed("Volume 2 of 2") in second.texts[0]
    assert squeezed("Precision (volume 1)") in second.text("Linear models")
    assert second.reader.metadata is not None
    assert second.reader.metadata.title == "Mini: Volume 2 of 2"
    assert "Model evaluation" not in second.parts


@pytest.mark.parametrize(("name", "side"), [("arabic", "right"), ("chemistry", "left")])
def test_names_of_parts_stand_where_lines_begin(name: str, side: str, tmp_path: Path) -> None:
    survey = surveyed(HERE / "banks" / name)
    volume = made(tmp_path, survey, book.bound(list(survey.bank.topics()), book.LIMIT))
    page = pypdfium2.PdfDocument(tmp_path / "all.pdf")[volume.outline[1][2] - 1]
    lefts = [box.get_bounds()[0] for box in page.get_objects() if box.type == 1]
    middle = page.get_width() / 2
    assert lefts
    edge = min(lefts) if side == "left" else max(lefts)
    assert (edge < middle) == (side == "left")
