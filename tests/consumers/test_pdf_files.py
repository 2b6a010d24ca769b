"""PDFs as programs see them that know the standards: qpdf reads their structure, pikepdf and pypdf what PDF/UA-1 and
PDF/A-2 ask for (ISO 14289-1 and ISO 19005-2, by clauses). What they cannot tell stands in docs/architecture.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest

from conftest import BANK, MINIBANK, TIME, surveyed
from qbank.outputs import jobs
from qbank.outputs.job import Edition

EDITION = Edition("2026.11", TIME)
#: Documents of the small bank, and of topics of the bank itself with tables, figures, lists and code.
FILES = {
    "mini": (MINIBANK, "cheatsheets", "cheatsheets/linear-models-a4"),
    "mini-all": (MINIBANK, "collection", "cheatsheets/sheets-letter"),
    "mini-book": (MINIBANK, "book", "book/all-a4"),
    "mini-cards": (MINIBANK, "flashcards", "flashcards/linear-models-a4"),
    "trees": (BANK, "cheatsheets", "cheatsheets/trees-a4"),
    "sql": (BANK, "cheatsheets", "cheatsheets/sql-letter"),
}
#: The types of structure of PDF 1.7 (ISO 32000-1, 14.8.4) that sheets and the book may hold.
STANDARD = frozenset(
    "Document Part Div P H1 H2 H3 L LI Lbl LBody Table THead TBody TR TH TD Span Code BlockQuote Link Figure Formula "
    "Quote Annot TOC TOCI Reference".split()
)
#: The operators that paint something.
PAINTING = frozenset("f F f* B B* b b* S s Do sh Tj TJ ' \" EI".split())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pdf")


@pytest.fixture(params=FILES)
def path(request: pytest.FixtureRequest, folder: Path) -> Path:
    path = folder / f"{request.param}.pdf"
    if not path.exists():
        root, output, name = FILES[request.param]
        (job,) = (each for each in jobs(output, surveyed(root), EDITION) if each.path == f"{name}.pdf")
        job.prepare()(path)
    return path


@pytest.fixture
def pdf(path: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(path) as opened:
        yield opened


def children(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def elements(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """The elements of structure in the order in which they are read, by their standard types."""
    roles = {str(own): str(standard) for own, standard in pdf.Root.StructTreeRoot.get("/RoleMap", {}).items()}

    def walk(element: Any) -> Iterator[tuple[str, Any]]:
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            yield roles.get(str(element.S), str(element.S)).removeprefix("/"), element
            for child in children(element):
                yield from walk(child)

    for child in children(pdf.Root.StructTreeRoot):
        yield from walk(child)


def links(pdf: pikepdf.Pdf) -> list[Any]:
    return [annotation for page in pdf.pages for annotation in page.get("/Annots", [])]


def attribute(element: Any, name: str) -> Any:
    """The value of an attribute of an element, whoever owns it."""
    given = element.get("/A", [])
    owners = given if isinstance(given, pikepdf.Array) else [given]
    return next((owner[name] for owner in owners if name in owner), None)


def test_qpdf_finds_nothing_wrong(pdf: pikepdf.Pdf) -> None:
    assert pdf.check_pdf_syntax() == []
    assert not pdf.is_encrypted


def test_a_file_says_that_it_is_pdf_a_and_pdf_ua_and_its_two_kinds_of_metadata_agree(
    pdf: pikepdf.Pdf, path: Path
) -> None:
    """PDF/UA 5; PDF/A 6.6.4."""
    with pdf.open_metadata() as said:
        assert (said.pdfa_status, said["pdfuaid:part"]) == ("2A", "1")
        for key, entry in (("dc:title", "/Title"), ("dc:description", "/Subject"), ("pdf:Keywords", "/Keywords")):
            assert said[key] == str(pdf.docinfo[entry])
        assert list(said["dc:creator"]) == [str(pdf.docinfo["/Author"])]
    about = pypdf.PdfReader(path).metadata
    assert about is not None
    assert about.creation_date is not None
    assert about.creation_date.timestamp() == TIME


def test_the_title_is_shown_and_the_language_is_said(pdf: pikepdf.Pdf) -> None:
    """PDF/UA 7.1 and 7.2."""
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert str(pdf.docinfo["/Title"])
    assert str(pdf.Root.Lang) == "en-US"
    assert pdf.Root.MarkInfo.Marked
    assert not pdf.Root.MarkInfo.get("/Suspects", False)


def test_the_book_and_no_other_file_opens_with_its_bookmarks(pdf: pikepdf.Pdf, path: Path) -> None:
    assert ("/PageMode" in pdf.Root) == ("book" in path.stem)
    assert pdf.Root.get("/PageMode", "/UseOutlines") == "/UseOutlines"
    assert "/Outlines" in pdf.Root or "book" not in path.stem


def test_colors_and_fonts_are_in_the_file(pdf: pikepdf.Pdf) -> None:
    """PDF/A 6.2.4.2 and 6.2.11.4; PDF/UA 7.21.4 and 7.21.7: a program can tell the characters of every glyph."""
    (intent,) = pdf.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    assert bytes(intent.DestOutputProfile.read_bytes())[36:40] == b"acsp", "an ICC profile"
    fonts = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font"]
    assert fonts
    for font in fonts:
        if "/DescendantFonts" in font:
            assert "/ToUnicode" in font
        else:
            assert {"/FontFile2", "/FontFile3"} & set(font.FontDescriptor.keys())


def test_all_that_is_painted_is_tagged_or_an_ornament(pdf: pikepdf.Pdf) -> None:
    """PDF/UA 7.1: content is in the tree of structure, and all else is marked as an artifact."""
    for page in pdf.pages:
        owners: list[bool] = []
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) in ("BDC", "BMC"):
                owners.append(operands[0] == "/Artifact" or (len(operands) > 1 and "/MCID" in operands[1]))
            elif str(operator) == "EMC":
                owners.pop()
            elif str(operator) in PAINTING:
                assert any(owners), f"{operator} {operands}"


def test_types_of_structure_are_those_of_the_standard(pdf: pikepdf.Pdf, path: Path) -> None:
    """PDF/UA 7.1."""
    found = {kind for kind, _ in elements(pdf)}
    assert found <= STANDARD
    assert {"Document", "H1", "H2", "P", "Formula"} <= found
    if "cards" not in path.stem:
        assert {"Link", "L", "LI", "Lbl", "LBody"} <= found


def test_headings_begin_with_the_first_level_and_leave_none_out(pdf: pikepdf.Pdf) -> None:
    """PDF/UA 7.4.2."""
    last = 0
    for kind, _ in elements(pdf):
        if kind in ("H1", "H2", "H3"):
            assert int(kind[1]) <= last + 1
            last = int(kind[1])


def test_figures_and_formulas_are_described_and_have_a_place(pdf: pikepdf.Pdf) -> None:
    """PDF/UA 7.3 and 7.7; PDF/A 6.7.3.4."""
    for kind, element in elements(pdf):
        if kind in ("Figure", "Formula"):
            assert str(element.Alt).strip()
            assert len(attribute(element, "/BBox")) == 4


def test_cells_of_tables_know_their_heads(pdf: pikepdf.Pdf) -> None:
    """PDF/UA 7.5."""
    for kind, table in elements(pdf):
        if kind != "Table":
            continue
        rows = [row for part in children(table) for row in (children(part) if part.S != "/TR" else [part])]
        widths = {len(children(row)) for row in rows}
        assert len(widths) == 1, "rows of one table are as long as each other"
        heads, *body = rows
        assert {str(cell.S) for cell in children(heads)} == {"/TH"}
        assert all(attribute(cell, "/Scope") == "/Column" for cell in children(heads))
        assert {str(cell.S) for row in body for cell in children(row)} <= {"/TD", "/TH"}


def test_links_are_tagged_say_where_they_lead_and_are_met_in_the_order_of_the_text(pdf: pikepdf.Pdf) -> None:
    """PDF/UA 7.18.1, 7.18.3 and 7.18.5."""
    tagged = [
        child.Obj.objgen
        for kind, element in elements(pdf)
        if kind == "Link"
        for child in children(element)
        if isinstance(child, pikepdf.Dictionary) and child.get("/Type") == "/OBJR"
    ]
    assert sorted(tagged) == sorted(link.objgen for link in links(pdf))
    for link in links(pdf):
        assert link.Subtype == "/Link"
        assert str(link.Contents)
        assert link.F & 4, "printed, as PDF/A 6.3.2 asks"
    assert all(page.Tabs == "/S" for page in pdf.pages if "/Annots" in page)


def test_nothing_is_run_and_nothing_is_fetched(pdf: pikepdf.Pdf) -> None:
    """PDF/A 6.5.1: links lead to pages and to addresses of the web, and nothing happens by itself."""
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(pdf.Root.keys())
    assert not {"/JavaScript", "/EmbeddedFiles"} & set(pdf.Root.get("/Names", {}).keys())
    for link in links(pdf):
        if "/A" in link:
            assert link.A.S == "/URI"
            assert str(link.A.URI).startswith(("https://", "http://", "mailto:"))
        else:
            assert "/Dest" in link
