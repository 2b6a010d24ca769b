"""Draw the pictures of the README from the real outputs: `make pictures` after `make build`.

A card as Anki's own assets show it (the backend renders it, headless Chromium sets it), a page of a sheet, and the
night-before sheet.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "consumers"))

from collection import collection, import_package  # noqa: E402
from reviewer import reviewer  # noqa: E402

CARD = "bias-variance-trade-off"
SHEET = "generalization"


def cards() -> None:
    """The same card by day and by night, its explanation open."""
    with (
        tempfile.TemporaryDirectory() as folder,
        collection(Path(folder)) as col,
        reviewer(Path(col.media.dir())) as show,
    ):
        import_package(col, ROOT / "dist" / "anki" / "ml-interview.apkg")
        card = col.get_note(col.find_notes(f"ID:{CARD}")[0]).cards()[0]
        back = card.render_output().answer_and_style().replace("<details", "<details open", 1)
        for name, night in (("day", False), ("night", True)):
            show.show(back, night=night, width=640, height=1000)
            show.page.screenshot(path=str(ROOT / "docs" / f"card-{name}.png"))


def sheets() -> None:
    """The first page of a sheet, and that of the night-before sheet."""
    for name, picture in ((SHEET, "sheet"), ("night-before", "night-before")):
        page = pypdfium2.PdfDocument(ROOT / "dist" / "cheatsheets" / f"{name}-a4.pdf")[0]
        page.render(scale=2).to_pil().save(ROOT / "docs" / f"{picture}.png", optimize=True)


if __name__ == "__main__":
    cards()
    sheets()
