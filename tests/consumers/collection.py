"""The real Anki backend as a test fixture: import a package, and look at what a learner would have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anki.lang
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.errors import CardTypeError

anki.lang.set_lang("en_US")

_STYLE = re.compile(r"<style>.*?</style>", re.S)
_MATH = re.compile(r"\\\(.*?\\\)|\\\[.*?\\\]", re.S)
_CODE = re.compile(r"<code>.*?</code>", re.S)
#: Anki renders a broken template as a message that links to this page.
_TEMPLATE_ERROR = "docs.ankiweb.net/templates/errors"


@contextmanager
def collection(folder: Path) -> Iterator[Collection]:
    """An empty collection, closed afterwards."""
    opened = Collection(str(folder / "collection.anki2"))
    try:
        yield opened
    finally:
        opened.close()


def import_package(col: Collection, package: Path, **options: Any) -> Any:
    """Import as the desktop dialog does with its defaults; the log says what happened to every note."""
    request = ImportAnkiPackageRequest(package_path=str(package), options=ImportAnkiPackageOptions(**options))
    return col.import_anki_package(request).log


def body(html: str) -> str:
    """The HTML of a side without its style sheet."""
    return _STYLE.sub("", html)


def prose(html: str) -> str:
    """The HTML of a side without style, formulas and code."""
    return _CODE.sub("", _MATH.sub("", body(html)))


def faults_before_repair(col: Collection) -> list[str]:
    """What is wrong with a fresh import. Anki's own check repairs some of it in silence, so this comes first."""
    found = [
        f"note without cards: {guid}"
        for guid in col.db.list("select guid from notes where id not in (select nid from cards)")
    ]
    found += [f"duplicate guid: {g}" for g in col.db.list("select guid from notes group by guid having count() > 1")]
    found += [
        f"duplicate first field: {g}"
        for g in col.db.list("select group_concat(guid) from notes group by mid, csum having count() > 1")
    ]
    for note_type in col.models.all():
        if col.models.use_count(note_type):
            try:
                col.models.update_dict(note_type)
            except CardTypeError as error:
                found.append(f"note type {note_type['name']}: {error}")
    found += [f"empty cards of note {note.note_id}" for note in col.get_empty_cards().notes]
    media = col.media.check()
    found += [f"missing media: {name}" for name in media.missing] + [f"unused media: {n}" for n in media.unused]
    return found


def faults_of_cards(col: Collection) -> list[str]:
    """What is wrong with the cards as Anki renders them, both sides of each."""
    found = []
    for nid in col.find_notes(""):
        note = col.get_note(nid)
        for card in note.cards():
            output = card.render_output()
            for side, html in (("front", output.question_text), ("back", output.answer_text)):
                place = f"{note.fields[-1] or note.guid}/{card.ord} {side}"
                text = prose(html)
                if _TEMPLATE_ERROR in html:
                    found.append(f"{place}: template error")
                if "{{" in text or "}}" in text:
                    found.append(f"{place}: stray braces in {text[:200]!r}")
                if re.search(r"(?<!\\)\$", text.replace("&#36;", "")) and not _prices_only(text):
                    found.append(f"{place}: raw dollar in {text[:200]!r}")
                if not body(html).strip():
                    found.append(f"{place}: empty")
    return found


def _prices_only(text: str) -> bool:
    """Dollars that are followed by a digit are prices, written as \\$5 in the bank."""
    return all(re.match(r"\$\d", text[m.start() :]) for m in re.finditer(r"\$", text))
