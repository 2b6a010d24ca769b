"""What Typst cannot say of a book: that its bookmarks are open, and that pages are moved out of the binding.

It is an incremental update (ISO 32000-1, 7.5.6): what is added follows the old bytes, which stay as they are, and with
them all that PDF/A and PDF/UA ask of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

#: The end of a file: its trailer, and where its table of references begins (7.5.5).
_END = re.compile(rb"trailer\s*<<(?P<trailer>.*)>>\s*startxref\s+(?P<table>\d+)\s+%%EOF\s*\Z", re.DOTALL)
_ROOT = re.compile(rb"/Root (\d+) 0 R")
_PAGES = re.compile(rb"/Pages (\d+) 0 R")
_KIDS = re.compile(rb"/Kids\[([^\]]*)\]")
_KID = re.compile(rb"(\d+) 0 R")
_BOX = re.compile(rb"/MediaBox\[0 0 ([0-9.]+) ")


def bound(pdf: bytes, shift: float = 0.0) -> bytes:
    """A PDF as Typst writes it, which viewers open beside its bookmarks (7.7.2, table 28).

    What even pages show is moved by `shift` points to the left (below 0: to the right), by their boxes (7.7.3.3): all
    places in the file stay what they are.
    Raises `ValueError` if it is not as Typst writes it: with one table of references, a catalog that names no mode, and
    pages in one list, whose boxes begin at 0.
    """
    end = _END.search(pdf, max(0, pdf.rfind(b"trailer")))
    root = end and _ROOT.search(end["trailer"])
    if not end or not root or b"/Prev" in end["trailer"]:
        raise ValueError("the PDF has no trailer of a first edition")
    table, number = int(end["table"]), int(root[1])
    catalog = _object(pdf, table, number)
    if not catalog.startswith(b"<<") or b"/Type/Catalog" not in catalog or b"/PageMode" in catalog:
        raise ValueError("the PDF has no catalog without a page mode")
    changed = {number: b"<</PageMode/UseOutlines" + catalog.removeprefix(b"<<")}
    if shift:
        changed.update(_moved(pdf, table, catalog, shift))
    return pdf + _update(changed, len(pdf), table, end["trailer"])


def _moved(pdf: bytes, table: int, catalog: bytes, shift: float) -> Iterator[tuple[int, bytes]]:
    """The even pages, their boxes moved."""
    pages = _PAGES.search(catalog)
    kids = pages and _KIDS.search(_object(pdf, table, int(pages[1])))
    if not kids:
        raise ValueError("the PDF has no list of pages")
    for number in [int(each) for each in _KID.findall(kids[1])][1::2]:
        page = _object(pdf, table, number)
        box = _BOX.search(page)
        if not box or b"/Type/Page/" not in page:
            raise ValueError(f"the PDF has no page {number} with a box that begins at 0")
        moved = b"/MediaBox[%.4f 0 %.4f " % (shift, float(box[1]) + shift)
        yield number, page[: box.start()] + moved + page[box.end() :]


def _update(changed: Mapping[int, bytes], at: int, table: int, trailer: bytes) -> bytes:
    """What follows the `at` bytes of a file, whose table of references and trailer are given, to change its objects."""
    body = b"\n"
    rows = b"0 1\n0000000000 65535 f \n"
    for number, value in sorted(changed.items()):
        rows += b"%d 1\n%010d 00000 n \n" % (number, at + len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, value)
    end = b"trailer\n<<%b/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (trailer, table, at + len(body))
    return body + b"xref\n" + rows + end


def _object(pdf: bytes, table: int, number: int) -> bytes:
    """An object of a file by its number, found in its table of references, whose lines are 20 bytes long (7.5.4)."""
    head = re.compile(rb"xref\s+0 (\d+)\s*\n").match(pdf, table)
    if not head or number >= int(head[1]):
        raise ValueError("the PDF has no table of references of all objects")
    line = head.end() + 20 * number
    start = b"%d 0 obj" % number
    place = pdf[line : line + 10]
    at = int(place) if place.isdigit() else 0
    end = pdf.find(b"endobj", at)
    if not pdf.startswith(start, at) or end < 0:
        raise ValueError(f"the PDF has no object {number} where its table says")
    return pdf[at + len(start) : end].strip()
