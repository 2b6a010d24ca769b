"""Draw the pictures of the README from the real outputs: `make pictures`, which builds them first.

A card as Anki's own assets show it (the backend renders it, headless Chromium sets it), a page of a sheet, the
night-before sheet, a page of flashcards with the one behind it, and a page of the book.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "consumers"))

from collection import collection, import_package  # noqa: E402
from reviewer import reviewer  # noqa: E402

CARD = "bias-variance-trade-off"
SHEET = "generalization"
FLASHCARDS = "transformers"
#: A question of the book, by its title; the page that it begins is shown.
QUESTION = "Overfitting"


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


def flashcards() -> None:
    """The first page of flashcards, and beside it what is printed on its back."""
    document = pypdfium2.PdfDocument(ROOT / "dist" / "flashcards" / f"{FLASHCARDS}-a4.pdf")
    front, back = (document[number].render(scale=1.4).to_pil() for number in (0, 1))
    both = Image.new("RGB", (2 * front.width, front.height), "white")
    both.paste(front, (0, 0))
    both.paste(back, (front.width, 0))
    both.save(ROOT / "docs" / "flashcards.png", optimize=True)


def book() -> None:
    """The page of the book on which a question begins."""
    folder = ROOT / "dist" / "book"
    for path in sorted(folder.glob("all-a4.pdf")) + sorted(folder.glob("all-*-a4.pdf")):
        document = pypdfium2.PdfDocument(path)
        for bookmark in document.get_toc():
            target = bookmark.get_dest()
            if bookmark.get_title() == QUESTION and target is not None:
                page = document[target.get_index()]
                page.render(scale=1.5).to_pil().save(ROOT / "docs" / "book.png", optimize=True)
                return


if __name__ == "__main__":
    cards()
    sheets()
    flashcards()
    book()
