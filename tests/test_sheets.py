"""Cheat sheets can be printed, read, searched and listened to: all that follows is read from the PDFs themselves."""

from __future__ import annotations

import ast
import ctypes
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import typst
import yaml
from markdown_it import MarkdownIt

from conftest import BANK, HERE, MINIBANK, REPOSITORY, TIME, add, build, questions, surveyed
from qbank import dist
from qbank.bank import layout, load
from qbank.check.question import CODE_WIDTH, INDENTATION
from qbank.markup.document import parse
from qbank.outputs import jobs, sheets
from qbank.outputs.job import Edition
from qbank.problem import ContentError
from qbank.source.reader import read
from qbank.survey import Survey
from qbank.tree import Folder

EDITION = Edition("2026.11", TIME)
POINT = 72 / 25.4  # of a millimeter
SIZES = {"a4": (297 * POINT, 210 * POINT), "letter": (11 * 72, 8.5 * 72)}
#: The margins of the body, those at the sides of a page to be bound, and what printers leave white, in points.
SIDE, TOP, BOTTOM, INNER, OUTER, BARE = (each * POINT for each in (12.5, 17, 8, 15, 10, 8))


def opened(root: Path) -> Survey:
    """A survey of a bank in which everything can be read, whatever the rules say of it."""
    tree = Folder(root)
    header, found = load.header(tree)
    for path in layout.question_paths(tree):
        load.question(read(tree, path), header.settings, found)
    assert not found
    return surveyed(root)


@cache
def built(root: Path) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        paths = build(root, Path(folder), "cheatsheets", "collection", edition=EDITION)
        return {path: Path(folder, path).read_bytes() for path in paths}


def planned(survey: Survey, topic: str = "") -> list[str]:
    return [job.path for name in ("cheatsheets", "collection") for job in jobs(name, survey, EDITION, topic)]


def sheet(root: Path, topic: str = "linear-models", size: str = "a4") -> bytes:
    survey = opened(root)
    return document(survey, [each for each in survey.bank.topics() if each[0].name == topic], size)


def document(survey: Survey, topics: sheets.Topics, size: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.pdf")
        sheets._document(survey, EDITION, topics, size)(path)
        return path.read_bytes()


def markdown(root: Path) -> str:
    """The first topic's sheet as Markdown."""
    survey = opened(root)
    return sheets.markdown(survey, EDITION, *next(survey.bank.topics()))


class Made(dist.Silence):
    """Notes the files that were made."""

    def __init__(self) -> None:
        self.paths: list[str] = []

    def done(self, path: str) -> None:
        self.paths.append(path)


def seen(text: str) -> str:
    return re.sub(r"[\s\x00-\x1f\u200b\ufffe]+", "", text)


def text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def bookmarks(pdf: bytes) -> list[tuple[int, str]]:
    def walk(entries: Any, level: int) -> Iterator[tuple[int, str]]:
        for entry in entries:
            if isinstance(entry, list):
                yield from walk(entry, level + 1)
            else:
                yield level, entry.title

    return list(walk(pypdf.PdfReader(io.BytesIO(pdf)).outline, 1))


def characters(pdf: bytes) -> Iterator[tuple[int, str, float, float, float, float]]:
    """Page, character and box (left, bottom, right, top, in points) of everything that is printed, clipped or not."""
    document = pypdfium2.PdfDocument(pdf)
    for number in range(len(document)):
        page = document[number].get_textpage()
        for at in range(page.count_chars()):
            character = page.get_text_range(at, 1)
            if character.strip() and ord(character[0]) > 0x20:
                yield number, character, *page.get_charbox(at)


def fonts(pdf: bytes) -> set[tuple[str, float]]:
    """The fonts in which something is printed, with their sizes in points."""
    document = pypdfium2.PdfDocument(pdf)
    found = set()
    name, flags, matrix = ctypes.create_string_buffer(99), ctypes.c_int(), pdfium.FS_MATRIX()
    for page in document:
        text = page.get_textpage()
        for at in range(text.count_chars()):
            if pdfium.FPDFText_GetUnicode(text.raw, at) > ord(" "):
                pdfium.FPDFText_GetFontInfo(text.raw, at, name, len(name), flags)
                pdfium.FPDFText_GetMatrix(text.raw, at, matrix)
                found.add((name.value.decode(), pdfium.FPDFText_GetFontSize(text.raw, at) * abs(matrix.d)))
    return found


def strays(pdf: bytes, size: str, *, bound: bool = False) -> list[str]:
    """What stands outside the columns of the body, or outside the bars above and below it."""
    width, height = SIZES[size]
    gutter = 4.5 * POINT
    column = (width - 2 * SIDE - 2 * gutter) / 3
    out = []
    for page, character, left, low, right, high in characters(pdf):
        start = (OUTER if page % 2 else INNER) if bound else SIDE
        lefts = [start + at * (column + gutter) for at in range(3)]
        if low >= height - TOP:
            inside = left >= start - 1 and right <= lefts[2] + column + 1 and low > BARE and high < height - BARE
        else:
            inside = low >= BOTTOM and any(left >= one - 0.5 and right <= one + column + 0.5 for one in lefts)
        if not inside:
            out.append(f"page {page + 1}: {character!r} at {left:.0f}..{right:.0f}, {low:.0f}..{high:.0f}")
    return out


# -- what is built


def test_every_topic_has_its_sheets_and_there_is_a_collection_of_all() -> None:
    names = [f"{name}{end}" for name in ("evaluation", "linear-models") for end in ("-a4.pdf", "-letter.pdf", ".md")]
    names += [f"night-before{end}" for end in ("-a4.pdf", "-letter.pdf", ".md")]
    names += ["sheets-a4.pdf", "sheets-letter.pdf", "index.md", "figures/line.svg"]
    assert sorted(built(MINIBANK)) == sorted(f"cheatsheets/{name}" for name in names)


def test_one_topic_is_built_alone() -> None:
    paths = planned(opened(MINIBANK), "evaluation")
    assert sorted(paths) == [f"cheatsheets/evaluation{end}" for end in ("-a4.pdf", "-letter.pdf", ".md")]


def test_without_typst_there_is_markdown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    for module in ("sheets", "collection"):
        monkeypatch.setattr(f"qbank.outputs.{module}.find_spec", lambda name: None)
    paths = planned(opened(MINIBANK))
    names = ["evaluation.md", "linear-models.md", "night-before.md", "index.md", "figures/line.svg"]
    assert paths == [f"cheatsheets/{name}" for name in names]
    assert ".pdf" not in sheets.index(opened(MINIBANK), EDITION, list(opened(MINIBANK).bank.topics()), pdf=False)


def test_an_empty_bank_has_no_sheets(minibank: Path) -> None:
    for path in minibank.glob("*/*.yaml"):
        path.unlink()
    assert planned(opened(minibank)) == []


# -- the bank itself


@cache
def whole(size: str) -> bytes:
    """All topics of the bank on one of the papers."""
    survey = surveyed(BANK)
    return document(survey, list(survey.bank.topics()), size)


@cache
def whole_text(size: str) -> str:
    return text(whole(size))


@pytest.mark.parametrize("size", SIZES)
def test_the_bank_can_be_printed(size: str) -> None:
    pdf = whole(size)
    topics = list(surveyed(BANK).bank.topics())
    assert not strays(pdf, size, bound=True)
    printed = seen(whole_text(size))
    asked = questions(BANK)
    for question in asked:
        words = [word for word in re.split(r"\$.*?\$|\W", question.question) if word]
        assert all(word in printed for word in words), question.question
    assert Counter(level for level, _ in bookmarks(pdf)) == {1: len(topics), 2: len(asked) + len(topics)}
    terms = "regularization normalization labeled optimizer behavior initialization token generalization quantization"
    for word in (*terms.split(), "centered"):
        assert word in printed.lower()


@pytest.mark.parametrize("size", SIZES)
def test_nothing_invisible_is_copied_with_the_text(size: str) -> None:
    assert {each for each in whole_text(size) if unicodedata.category(each) in ("Cc", "Cf")} == {"\n"}


@pytest.mark.parametrize("size", SIZES)
def test_code_is_copied_as_it_was_written_and_so_it_runs(size: str) -> None:
    copied = whole_text(size)
    fences = [
        (question.name, token.info.strip(), re.sub(r"\n+", "\n", token.content))
        for question in questions(BANK)
        for token in parse(question.sheet or question.answer).tokens
        if token.type == "fence"
    ]
    assert len(fences) > 40
    assert [name for name, _, code in fences if code not in copied] == []
    for _, language, code in fences:
        if language == "python":
            ast.parse(code)


@pytest.mark.parametrize("size", SIZES)
def test_the_bank_is_set_in_legible_sizes(size: str) -> None:
    """Code has at least 6.8 points, an index of an index 4: what a reader with good eyes reads at arm's length."""
    smallest: dict[bool, float] = {}
    for font, points in fonts(whole(size)):
        mono = "Mono" in font
        smallest[mono] = min(points, smallest.get(mono, points))
    assert smallest[True] > 6.79
    assert smallest[False] > 3.99


def test_a_page_of_the_bank_costs_little_ink() -> None:
    """Six in a hundred at most, headings, tables and figures included: what printed lecture notes cost."""
    document = pypdfium2.PdfDocument(whole("a4"))
    inks = [1 - page.render(scale=200 / 72, grayscale=True).to_numpy().mean() / 255 for page in document]
    assert max(inks) < 0.06


# -- the pages


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["evaluation", "linear-models", "sheets"])
def test_pages_have_the_size_of_the_paper_and_hold_all_text(name: str, size: str) -> None:
    pdf = built(MINIBANK)[f"cheatsheets/{name}-{size}.pdf"]
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        assert [float(edge) for edge in page.mediabox] == pytest.approx([0, 0, *SIZES[size]], abs=0.1)
    assert not strays(pdf, size, bound=name == "sheets")


def test_a_card_shows_the_question_and_the_text_for_the_sheet_or_else_the_answer() -> None:
    ridge = seen(text(built(MINIBANK)["cheatsheets/linear-models-a4.pdf"]))
    assert seen("What does ridge regression minimize, and why does") in ridge
    assert seen("Never penalize the intercept.") in ridge
    assert seen("trades a little bias") not in ridge
    precision = seen(text(built(MINIBANK)["cheatsheets/evaluation-a4.pdf"]))
    assert seen("The share of predicted positives that are positive,") in precision


def test_a_page_names_the_bank_the_topic_the_version_the_license_and_the_source() -> None:
    found = text(built(MINIBANK)["cheatsheets/evaluation-letter.pdf"])
    for part in ("Mini", "Model evaluation", "2026.11 · CC BY 4.0", "1 / 1"):
        assert seen(part) in seen(found)
    assert "example.org/mini" in found
    assert "https://" not in found


def test_bookmarks_name_topics_and_questions() -> None:
    assert bookmarks(built(MINIBANK)["cheatsheets/sheets-a4.pdf"]) == [
        (1, "Model evaluation"),
        (2, "Precision"),
        (2, "Sources"),
        (1, "Linear models"),
        (2, "Ridge regression"),
        (2, "Sources"),
    ]
    assert bookmarks(built(MINIBANK)["cheatsheets/evaluation-a4.pdf"]) == [
        (1, "Model evaluation"),
        (2, "Precision"),
        (2, "Sources"),
    ]


def test_pdfs_are_for_archives_and_for_screen_readers() -> None:
    reader = pypdf.PdfReader(io.BytesIO(built(MINIBANK)["cheatsheets/linear-models-a4.pdf"]))
    metadata = str(reader.xmp_metadata.rdf_root.toxml())  # type: ignore[union-attr]
    assert re.search(r"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A", metadata)
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en-US"
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Mini: Linear models"
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.timestamp() == TIME


def test_formulas_and_figures_are_described() -> None:
    reader = pypdf.PdfReader(io.BytesIO(built(MINIBANK)["cheatsheets/linear-models-a4.pdf"]))
    found: dict[str, list[str]] = {}

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict):
            found.setdefault(str(node.get("/S")), []).append(str(node.get("/Alt", "")))
            walk(node.get("/K", []))

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    assert found["/Figure"] == ["A line through the origin"]
    assert r"\hat w = (X^\top X + \lambda I)^{-1} X^\top y" in found["/Formula"]
    assert all(found["/Formula"])
    assert (len(found["/H1"]), len(found["/H2"])) == (1, 2)


# -- sources and links

#: Where the files of the small bank lie in its repository, and what it names.
FILES = "https://example.org/mini/blob/main/tests/minibank"
ESL = "https://doi.org/10.1007/978-0-387-84858-7"


def links(pdf: bytes) -> list[tuple[str, str]]:
    """What every link says, and where it leads: an address, or the words that stand where it lands."""
    reader, document = pypdf.PdfReader(io.BytesIO(pdf)), pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage() for page in document]
    found = []
    for number, page in enumerate(reader.pages):
        for annotation in (each.get_object() for each in page.get("/Annots", [])):
            said = texts[number].get_text_bounded(*map(float, annotation["/Rect"])).strip()
            if "/A" in annotation:
                found.append((said, str(annotation["/A"]["/URI"])))
                continue
            target = annotation["/Dest"]
            landing = reader.named_destinations[target].dest_array if isinstance(target, str) else target
            left, top = map(float, landing[2:4])
            # Typst lets links land 10 pt above, so that what they lead to does not touch the edge of the window.
            where = texts[reader.get_page_number(landing[0].get_object())]
            found.append((said, where.get_text_bounded(left, top - 18, left + 130, top - 9).partition("\r")[0].strip()))
    return found


def listed(root: Path, *, repository: bool = True, sources: bool = True) -> bytes:
    """A sheet of the small bank, which may name no repository and cite nothing."""
    settings = root / "bank.yaml"
    if not repository:
        settings.write_text(re.sub("repository:.*\n", "", settings.read_text(encoding="utf-8")), encoding="utf-8")
    if not sources:
        file = root / "linear-models" / "ridge-regression.yaml"
        cited = "references:\n  - {work: esl, where: section 3.4.1}\n"
        file.write_text(file.read_text(encoding="utf-8").replace(cited, ""), encoding="utf-8")
    return sheet(root)


def test_numbers_lead_to_the_list_and_the_list_leads_to_the_works() -> None:
    found = links(built(MINIBANK)["cheatsheets/linear-models-a4.pdf"])
    assert ("1", "The Elements of Statistical Learning,") in [(said, to[:37]) for said, to in found]
    assert ("The Elements of Statistical Learning", ESL) in found


def test_the_list_says_of_a_work_what_somebody_needs_who_has_it_on_paper() -> None:
    assert seen(
        "[1] The Elements of Statistical Learning, Trevor Hastie et al., second edition, 2009, "
        "doi:10.1007/978-0-387-84858-7"
    ) in seen(text(built(MINIBANK)["cheatsheets/linear-models-a4.pdf"]))


def test_works_have_the_number_of_their_first_use_and_stand_in_the_list_once(minibank: Path) -> None:
    add(minibank, "first", level="core", references=[{"work": "adam"}, {"work": "esl", "where": "chapter 3"}])
    add(minibank, "second", level="advanced", references=[{"work": "esl", "where": "chapter 7"}, {"work": "adam"}])
    survey = opened(minibank)
    topics = [each for each in survey.bank.topics() if each[0].name == "linear-models"]
    order = [work for question in topics[0][1] for work in question.works]
    pdf = document(survey, topics, "a4")
    printed = seen(text(pdf))
    titles = {"esl": "The Elements of Statistical Learning,", "adam": "Adam: A Method for Stochastic Optimization,"}
    for number, work in enumerate(dict.fromkeys(order), 1):
        assert printed.count(seen(f"[{number}] {titles[work]}")) == 1
    assert "[3]" not in printed
    assert seen("2015, arXiv:1412.6980") in printed


def test_see_also_leads_to_a_box_of_the_same_document_and_otherwise_to_its_file() -> None:
    assert ("Precision", f"{FILES}/evaluation/precision.yaml") in links(
        built(MINIBANK)["cheatsheets/linear-models-a4.pdf"]
    )
    found = links(built(MINIBANK)["cheatsheets/sheets-a4.pdf"])
    assert ("Precision", "Precision") in [(said, to.strip()) for said, to in found]


def test_the_name_of_a_question_leads_to_its_file_and_the_address_below_the_page_to_the_repository() -> None:
    found = links(built(MINIBANK)["cheatsheets/sheets-letter.pdf"])
    assert ("precision", f"{FILES}/evaluation/precision.yaml") in found
    assert ("ridge-regression", f"{FILES}/linear-models/ridge-regression.yaml") in found
    assert ("example.org/mini", "https://example.org/mini") in found


def test_where_a_bank_names_no_repository_nothing_leads_to_one(minibank: Path) -> None:
    pdf = listed(minibank, repository=False)
    assert [to for _, to in links(pdf) if to.startswith("http")] == [ESL]
    assert "example.org" not in text(pdf)
    assert seen("[1] ridge-regression") in seen(text(pdf))
    survey = opened(minibank)
    found = links(document(survey, list(survey.bank.topics()), "a4"))
    assert ("Precision", "Precision") in [(said, to.strip()) for said, to in found]


def test_the_name_of_a_question_stands_once_in_a_box_at_the_end_of_a_line_that_has_room_for_it(minibank: Path) -> None:
    others = [f"a-question-of-some-length-{letter}" for letter in "bcdefghijk"]
    for name in others:
        add(minibank, name, title=f"Title {name[-1]}")
    for count in range(len(others)):
        said = {"title": f"Number {count}", "question": f"What is number {count}?"}
        add(minibank, f"a-question-of-some-length-{count}-words", see_also=others[:count], **said)
    pdf = sheet(minibank)
    assert not strays(pdf, "a4")
    printed = seen(text(pdf))
    for count in range(len(others)):
        assert printed.count(seen(f"a-question-of-some-length-{count}-words")) == 1
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        boxes = [tuple(map(float, each.get_object()["/Rect"])) for each in page.get("/Annots", [])]
        for one, other in combinations(boxes, 2):
            across, along = (min(one[at + 2], other[at + 2]) - max(one[at], other[at]) for at in (0, 1))
            assert across < 0.1 or along < 3, "no name is printed over what else to see: half a line is 3 points"


def test_where_nothing_is_cited_there_is_no_list(minibank: Path) -> None:
    pdf = listed(minibank, sources=False)
    assert "Sources" not in text(pdf)
    assert bookmarks(pdf) == [(1, "Linear models"), (2, "Ridge regression")]
    assert "[" not in text(pdf)


def test_a_long_list_goes_on_in_other_columns_and_on_other_pages(minibank: Path) -> None:
    keys = [f"work-{number:03}" for number in range(200)]
    works = {
        key: {
            "title": f"A book of the number {key}",
            "authors": "Several authors",
            "year": 2020,
            "url": f"https://x.org/{key}",
        }
        for key in keys
    }
    file = minibank / "references.yaml"
    file.write_text(file.read_text(encoding="utf-8") + yaml.safe_dump(works), encoding="utf-8")
    add(minibank, "many", references=[{"work": key} for key in keys])
    pdf = sheet(minibank)
    assert not strays(pdf, "a4")
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) > 1
    numbers = [int(number) for number in re.findall(r"\[(\d+)\] ?A book", text(pdf))]
    assert numbers == list(range(numbers[0], numbers[0] + len(keys)))


def told(pdf: bytes) -> list[tuple[str, str]]:
    """What a screen reader is told of the first page: the kind of each element that holds text, and the text."""
    page = pypdfium2.PdfDocument(pdf)[0]
    words, buffer = page.get_textpage(), (ctypes.c_ushort * 999)()
    said: dict[int, str] = {}
    for each in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
        length = pdfium.FPDFTextObj_GetText(each.raw, words.raw, buffer, 2 * len(buffer)) // 2
        mark = pdfium.FPDFPageObj_GetMarkedContentID(each.raw)
        said[mark] = said.get(mark, "") + bytes(buffer)[: 2 * length].decode("utf-16-le").rstrip("\0")
    found = []

    def walk(element: Any) -> None:
        kind = ctypes.create_string_buffer(98)
        pdfium.FPDF_StructElement_GetType(element, kind, len(kind))
        for at in range(pdfium.FPDF_StructElement_CountChildren(element)):
            mark = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, at)
            if mark >= 0 and said.get(mark, "").strip():
                found.append((kind.raw.decode("utf-16-le").rstrip("\0"), said[mark].strip()))
            child = pdfium.FPDF_StructElement_GetChildAtIndex(element, at)
            if child:
                walk(child)

    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    for at in range(pdfium.FPDF_StructTree_CountChildren(tree)):
        walk(pdfium.FPDF_StructTree_GetChildAtIndex(tree, at))
    return found


def test_a_screen_reader_is_told_the_level_behind_the_title() -> None:
    found = told(built(MINIBANK)["cheatsheets/linear-models-a4.pdf"])
    heads = [at for at, (kind, _) in enumerate(found) if kind == "H2"]
    assert (found[heads[0]][1], found[heads[0] + 1][1]) == ("Ridge regression", "core")


# -- sheets of all lengths


def test_sixty_questions_fill_even_pages(minibank: Path) -> None:
    for number in range(59):
        table = "\n\n| a | b |\n|---|---|\n| $x_1$ | two |\n| 3 | 4 |" if number % 3 == 0 else ""
        add(minibank, f"q-{number:02}", sheet="Some words about it, and more. " * (number % 7 + 1) + table)
    for size in SIZES:
        pdf = sheet(minibank, size=size)
        assert not strays(pdf, size)
        titles = [title for level, title in bookmarks(pdf) if level == 2]
        order = [*(f"Title q-{number:02}" for number in range(59)), "Ridge regression", "Sources"]
        assert sorted(titles) == sorted(order)
        assert all(abs(place - order.index(title)) <= 2 for place, title in enumerate(titles))
        lowest = [min(low for page, _, _, low, _, _ in characters(pdf) if page == n and low > BOTTOM) for n in (0, 1)]
        assert abs(lowest[0] - lowest[1]) < 40 * POINT


def test_a_topic_of_one_card_is_not_stretched(minibank: Path) -> None:
    pdf = sheet(minibank, "evaluation")
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 1
    width, height = SIZES["a4"]
    body = [box for _, *box in characters(pdf) if BOTTOM < box[2] < height - TOP]
    assert max(right for _, _, _, right, _ in body) < width / 3
    assert min(low for _, _, low, _, _ in body) > height / 2


def test_a_card_that_is_taller_than_a_page_goes_on_in_the_next_column(minibank: Path) -> None:
    lines = [f"Line number {number} of a long text." for number in range(150)]
    code = "```python\n" + "x = 1\n" * 80 + "```"
    table = "| a | b |\n|---|---|\n" + "| 1 | $x$ |\n" * 80
    add(minibank, "long", sheet="\n\n".join([*lines, code, table]))
    add(minibank, "short")
    for size in SIZES:
        pdf = sheet(minibank, size=size)
        assert not strays(pdf, size)
        printed = seen(text(pdf))
        assert all(seen(line) in printed for line in lines)
        assert printed.count("x=1") == 80
        assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) >= 3


WIDE = r"""
$$\mathcal{L}(\theta)=\mathbb{E}_{q(z\mid x)}[\log p_\theta(x\mid z)]-\mathrm{KL}(q_\phi(z\mid x)\,\|\,p(z))
+\lambda\sum_{j=1}^{p}\lvert w_j\rvert$$

$$\sqrt{a_1x_1+a_2x_2+a_3x_3+a_4x_4+a_5x_5+a_6x_6+a_7x_7}$$

$$a=b+c+d+e+f+g,\qquad h=i+j+k+l+m+n,\qquad \frac{o+p+q+r}{s+t+u+v}=w+x+y+z+1$$

Inline $\mathcal{L}(\theta)=\mathbb{E}_{q(z\mid x)}[\log p_\theta(x\mid z)]-\mathrm{KL}(q_\phi(z\mid x)\,\|\,p(z))$ too,
and $\sqrt{a_1x_1+a_2x_2+a_3x_3+a_4x_4+a_5x_5+a_6x_6+a_7x_7}$, which cannot break;
`np.linalg.solve(X.T @ X + lam * np.eye(d), X.T @ y)`,
aVeryLongNameWithoutAnyPlaceToBreakItThatGoesOnAndOnForMoreThanTheWidthOfAColumnOfTheSheet and
https://example.org/a/very/long/address/without/any/space/that/is/wider/than/a/column/of/a/sheet?x=1&y=2.

```python
def train(model, data, *, epochs: int = 10, learning_rate: float = 3e-4, weight_decay: float = 0.1) -> Model:
    return model_with_a_very_long_name.another_attribute_of_it.and_one_more_method_call(x)[0].and_yet_one_more()
```

| Model | Training cost | Prediction cost | Memory | Interpretable |
|:--|--:|:-:|:--|:--|
| linear regression | $O(np^2+p^3)$ | $O(p)$ | $O(p)$ | yes, by its coefficients |
| forest | $O(Bn\log n)$ | $O(B)$ | $O(Bn)$ | by permutation importance only |

1. one

   | a | b | c |
   |---|---|---|
   | a longer cell of text that wraps | another longer cell of text | `code_in_a_cell` |
   - nested
     - deeper, with words that have to go on in the next line of the list for sure
"""


def test_wide_things_stay_in_their_column(minibank: Path) -> None:
    add(
        minibank,
        "wide",
        question="Why " + "is this such a long question, with $\\lVert w\\rVert_2^2$, " * 4 + "?",
        sheet=WIDE,
    )
    for size in SIZES:
        assert not strays(sheet(minibank, size=size), size)


@pytest.mark.parametrize("holder", ["", "- ", "10. ", "> ", "- 1. - "])
def test_a_line_of_code_of_the_width_allowed_is_not_broken(holder: str, minibank: Path) -> None:
    held = len(holder.split())
    line = "x" * (CODE_WIDTH - held * INDENTATION)
    indented = "> " if holder == "> " else " " * len(holder)
    add(minibank, "code", sheet=f"{holder}Text\n{indented}\n{indented}```python\n{indented}{line}\n{indented}```")
    for size in SIZES:
        assert line in text(sheet(minibank, size=size))


# -- what cannot be set


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"sheet": "so 中 so"}, "no font has the character '中' (U+4E2D)"),
        ({"question": "What is 中?"}, "no font has the character '中' (U+4E2D)"),
        ({"sheet": r"$$\sqrt{" + "+x_1y_1" * 30 + "}$$"}, r"the formula '\sqrt{+x_1y_1+x_1y_1+x_1y_1"),
        (
            {"sheet": r"$$\begin{aligned}" + r"x &= 1 \\ " * 99 + r"\end{aligned}$$"},
            r"the formula '\begin{aligned}x &= 1",
        ),
        ({"sheet": f"|{'abcdefghijklmn | ' * 9}\n|{'---|' * 9}\n"}, "the table 'abcdefghijklmn | abcdefghijklmn"),
    ],
)
def test_what_cannot_be_set_is_a_problem_of_its_question(
    minibank: Path, tmp_path: Path, fields: dict[str, str], message: str
) -> None:
    add(minibank, "fine")
    add(minibank, "faulty", **fields)
    survey = opened(minibank)
    made = Made()
    with pytest.raises(ContentError) as caught:
        dist.write(tmp_path / "out", {"cheatsheets": jobs("cheatsheets", survey, EDITION)}, survey.store, progress=made)
    (problem,) = caught.value.problems
    assert problem.message.startswith(message)
    assert problem.place.path == "linear-models/faulty.yaml"
    assert problem.help
    assert "cheatsheets/evaluation-a4.pdf" in made.paths, "what can be set is tried all the same"


# -- the same bytes


def test_a_build_gives_the_same_bytes_anywhere(tmp_path: Path) -> None:
    program = (
        f"import sys, hashlib\nfrom pathlib import Path\nsys.path.insert(0, {str(HERE)!r})\n"
        "from conftest import build\nfrom qbank.outputs.job import Edition\n"
        f"edition = Edition('2026.11', {TIME})\n"
        f"for path in build(Path({str(MINIBANK)!r}), Path('out'), 'cheatsheets', 'collection', edition=edition):\n"
        "    print(path, hashlib.sha256(Path('out', path).read_bytes()).hexdigest())"
    )
    environment = {**os.environ, "TZ": "Asia/Tokyo", "LANG": "tr_TR.UTF-8", "HOME": str(tmp_path)}
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**environment, "PYTHONPATH": str(REPOSITORY / "generator"), "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )
    here = {path: hashlib.sha256(data).hexdigest() for path, data in built(MINIBANK).items()}
    assert dict(line.split(" ") for line in run.stdout.splitlines()) == here


# -- Markdown


def test_the_markdown_sheet_reads_well() -> None:
    assert built(MINIBANK)["cheatsheets/linear-models.md"].decode() == (
        "# Linear models\n"
        "\n"
        "Mini, 2026.11. License: CC BY 4.0. Sources and corrections: <https://example.org/mini>\n"
        "\n"
        "[All sheets](index.md)\n"
        "\n"
        "- [Ridge regression](#ridge-regression)\n"
        "\n"
        '<a id="ridge-regression"></a>\n'
        "\n"
        "## Ridge regression\n"
        "\n"
        "What does **ridge regression** minimize, and why does $`\\lambda > 0`$ help?\n"
        "\n"
        "*Level: core*\n"
        "\n"
        "```math\n"
        "\\hat w = (X^\\top X + \\lambda I)^{-1} X^\\top y\n"
        "```\n"
        "\n"
        "Never penalize the intercept.\n"
        "\n"
        "![A line through the origin](figures/line.svg)\n"
        "\n"
        "Sources:\n"
        "\n"
        "- [The Elements of Statistical Learning](https://doi.org/10.1007/978-0-387-84858-7), Trevor Hastie, "
        "Robert Tibshirani and Jerome Friedman, second edition, 2009: section 3.4.1\n"
        "\n"
        "See also: [Precision](evaluation.md#precision)\n"
    )


def test_all_sheets_are_listed() -> None:
    assert built(MINIBANK)["cheatsheets/index.md"].decode() == (
        "# Mini: sheets\n"
        "\n"
        "2026.11. License: CC BY 4.0.\n"
        "\n"
        "| Sheet | Questions | On paper |\n"
        "|:--|--:|:--|\n"
        "| [Model evaluation](evaluation.md) | 1 | [A4](evaluation-a4.pdf), [Letter](evaluation-letter.pdf) |\n"
        "| [Linear models](linear-models.md) | 1 | [A4](linear-models-a4.pdf), [Letter](linear-models-letter.pdf) |\n"
        "| [The night before](night-before.md) | 1 | [A4](night-before-a4.pdf), [Letter](night-before-letter.pdf) |\n"
    )


def test_texts_without_markup_stay_without_it_in_markdown(minibank: Path) -> None:
    figure = {"file": "line.svg", "alt": "A *line*, x_1 < x_2 & $5"}
    add(minibank, "plain", "evaluation", figure=figure, references=[{"work": "esl", "where": "table [2]"}])
    page = markdown(minibank)
    assert r"![A \*line\*, x\_1 \< x\_2 \& \$5](figures/line.svg)" in page
    assert r"2009: table \[2\]" in page
    assert 'alt="A *line*, x_1 &lt; x_2 &amp; $5"' in MarkdownIt("commonmark").render(page)


def test_code_and_braces_are_in_markdown_as_they_were_written(minibank: Path) -> None:
    body = "One.\n\n```python\na = 1\n\n\n\nb = 2\n```\n\n{{ jinja }} {% raw %}"
    add(minibank, "source", "evaluation", sheet=body)
    assert f"\n\n{body}\n\n" in markdown(minibank) + "\n"


def test_tints_are_pale() -> None:
    """A parameter with the name of a module of Typst hides it: the tints of code and tables were dark once."""
    theme = (REPOSITORY / "templates" / "cheatsheet" / "theme.typ").read_text(encoding="utf-8")
    source = f'{theme}\n#metadata(tint-of(rgb("#5b3c19"), share: 6%).to-hex()) <tint>'
    (tint,) = json.loads(typst.query(source.encode(), "<tint>", field="value"))
    assert min(int(tint[at : at + 2], 16) for at in (1, 3, 5)) > 220
