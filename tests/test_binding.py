"""Bookmarks that are open, and pages moved out of the binding: what is added to a PDF, and that all else stays."""

from __future__ import annotations

import io
import re

import pikepdf
import pypdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.outputs import binding, paper


@pytest.fixture(scope="module")
def pdf() -> bytes:
    title = '#set document(title: "A book")\n#set text(font: text-fonts)\n'
    return paper.compile(f'#import "theme.typ": *\n{title}= One\nText.\n#pagebreak()\n= Two\nText.', files={}, time=1)


def table(
    head: str = "0 2", line: str = "{at:010d} 00000 n ", catalog: str = "<</Type/Catalog>>", more: str = ""
) -> bytes:
    """The smallest file with a catalog, which is object 1."""
    body = f"%PDF-1.7\n1 0 obj\n{catalog}\nendobj\n"
    lines = f"xref\n{head}\n0000000000 65535 f \n{line.format(at=9)}\n"
    return f"{body}{lines}trailer\n<</Size 2/Root 1 0 R{more}>>\nstartxref\n{len(body)}\n%%EOF".encode()


def test_readers_find_the_mode_and_every_page(pdf: bytes) -> None:
    made = binding.bound(pdf)
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert opened.check_pdf_syntax() == []
        assert opened.Root.PageMode == "/UseOutlines"
        assert len(opened.pages) == 2
    reader = pypdf.PdfReader(io.BytesIO(made), strict=True)
    assert reader.page_mode == "/UseOutlines"
    assert [each["/Title"] for each in reader.outline if isinstance(each, dict)] == ["One", "Two"]


def test_the_old_bytes_stay_and_the_catalog_says_all_that_it_said(pdf: bytes) -> None:
    made = binding.bound(pdf)
    assert made.startswith(pdf)
    assert len(made) - len(pdf) < 1000
    with pikepdf.open(io.BytesIO(pdf)) as old, pikepdf.open(io.BytesIO(made)) as new:
        assert set(new.Root.keys()) - set(old.Root.keys()) == {"/PageMode"}
        for key in sorted(old.Root):
            assert old.Root[key].unparse() == new.Root[key].unparse()
        assert new.trailer.ID == old.trailer.ID
        assert len(new.objects) == len(old.objects)


def test_the_smallest_file_is_updated_byte_by_byte() -> None:
    old = table()
    assert binding.bound(old) == old + (
        b"\n1 0 obj\n<</PageMode/UseOutlines/Type/Catalog>>\nendobj\n"
        b"xref\n0 1\n0000000000 65535 f \n1 1\n%010d 00000 n \n"
        b"trailer\n<</Size 2/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    ) % (
        len(old) + 1,
        old.index(b"xref"),
        len(old) + 1 + len(b"1 0 obj\n<</PageMode/UseOutlines/Type/Catalog>>\nendobj\n"),
    )


@pytest.mark.parametrize(
    ("damaged", "said"),
    [
        (b"", "no trailer"),
        (table(more="/Prev 9"), "no trailer of a first edition"),
        (table().replace(b"/Root", b"/Rood"), "no trailer"),
        (table(head="1 2"), "no table of references of all objects"),
        (table(head="0 1"), "no table of references of all objects"),
        (table(line="0000000010 00000 n "), "no object 1 where its table says"),
        (table(line="zero       00000 n "), "no object 1 where its table says"),
        (table(catalog="<</Type/Pages>>"), "no catalog"),
        (table(catalog="<</Type/Catalog/PageMode/UseThumbs>>"), "no catalog without a page mode"),
        (table().replace(b"endobj", b"endob!"), "no object 1"),
    ],
)
def test_a_file_that_is_not_as_typst_writes_it_is_refused(damaged: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        binding.bound(damaged)


def boxes(made: bytes) -> list[list[float]]:
    with pikepdf.open(io.BytesIO(made)) as opened:
        return [[round(float(each), 2) for each in page.MediaBox] for page in opened.pages]


@pytest.mark.parametrize("shift", [22.68, -22.68])
def test_even_pages_are_moved_and_stay_as_large(shift: float, pdf: bytes) -> None:
    assert boxes(pdf) == [[0, 0, 595.28, 841.89]] * 2
    made = binding.bound(pdf, shift)
    assert boxes(made) == [[0, 0, 595.28, 841.89], [shift, 0, round(595.2756 + shift, 2), 841.89]]
    assert made.startswith(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as old, pikepdf.open(io.BytesIO(made)) as new:
        assert new.check_pdf_syntax() == []
        for before, after in zip(old.pages, new.pages, strict=True):
            assert set(before.keys()) == set(after.keys())
            said = [{key: repr(page.obj[key]) for key in page.keys() - {"/MediaBox"}} for page in (before, after)]
            assert said[0] == said[1]


@pytest.mark.parametrize("shift", [10.0, -10.0])
def test_what_is_printed_is_moved_to_the_left(shift: float, pdf: bytes) -> None:
    def ink(file: bytes) -> list[int]:
        pages = [page.render(scale=1).to_pil().convert("L") for page in pypdfium2.PdfDocument(file)]
        return [page.point(lambda tone: 255 * (tone < 128)).getbbox()[0] for page in pages]

    (odd, even), (still, moved) = ink(pdf), ink(binding.bound(pdf, shift))
    assert (still, moved) == (odd, even - round(shift))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"/Kids[", b"/Kidz[", "no list of pages"),
        (b"/Pages ", b"/Pagez ", "no list of pages"),
        (b"/MediaBox[0 0 ", b"/MediaBox[1 0 ", "with a box that begins at 0"),
        (b"/Type/Page/", b"/Type/Pagg/", "with a box that begins at 0"),
    ],
)
def test_pages_that_are_not_as_typst_writes_them_are_not_moved(pdf: bytes, old: bytes, new: bytes, said: str) -> None:
    assert old in pdf
    with pytest.raises(ValueError, match=said):
        binding.bound(pdf.replace(old, new), 1)


def test_a_file_is_updated_once(pdf: bytes) -> None:
    with pytest.raises(ValueError, match="no trailer of a first edition"):
        binding.bound(binding.bound(pdf))


@given(at=st.integers(0, 200), byte=st.binary(min_size=0, max_size=3))
def test_damage_is_refused_or_stays_where_it_is(at: int, byte: bytes) -> None:
    file = table()
    damaged = file[:at] + byte + file[at + 1 :]
    try:
        made = binding.bound(damaged)
    except ValueError:
        return
    assert made.startswith(damaged)
    assert made.count(b"/PageMode/UseOutlines") == 1 + damaged.count(b"/PageMode/UseOutlines")
