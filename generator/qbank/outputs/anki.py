"""Decks: genanki, subclassed for explicit times and ids, exact card generation, and the same bytes every time.

What genanki 0.13 leaves to the clock, the file system or a guess is given here: the time of change of every note and
note type, the positions of cards, and the order, dates and modes of the files in the zip.
"""

from __future__ import annotations

import io
import itertools
import json
import sqlite3
import tempfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import genanki

from qbank.history import RETIRED
from qbank.model import Bank
from qbank.outputs.artifact import Artifact, Edition
from qbank.outputs.note_types import NoteType
from qbank.outputs.notes import Note, figure, media_name, notes

#: How many new cards Anki shows a day unless a learner changes it.
NEW_A_DAY = 20
# The zip format counts dates from 1980; a fixed one keeps the bytes equal.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def build(bank: Bank, edition: Edition, *, topic: str = "") -> Iterator[Artifact]:
    """The packages of a bank: all, the core level, and one per topic (only that of `topic`, where it is given).

    They share notes and times, so that any of them may be imported in any order. Notes that the bank's ledger knows
    bear its times; what is new or changed bears that of the edition.
    """
    stamped = _stamp(bank, edition)
    if not topic:
        name = bank.settings.slug
        yield _package(bank, edition, f"anki/{name}.apkg", stamped)
        core = [each for each in stamped if each.note.level == "core"]
        yield _package(bank, edition, f"anki/{name}-core.apkg", core)
    for each, _ in bank.topics():
        if topic in ("", each.name):
            mine = [entry for entry in stamped if entry.note.topic == each.name]
            yield _package(bank, edition, f"anki/topics/{each.name}.apkg", mine)


def _stamp(bank: Bank, edition: Edition) -> list[_Note]:
    """The notes with their times of change and their positions in study order."""
    models: dict[str, _Model] = {}
    out = []
    for position, note in enumerate(notes(bank), 1):
        kind = note.type
        if kind.key not in models:
            models[kind.key] = _Model(kind, bank.ledger.note_type_time(kind.key, kind.sha, edition.time))
        time = bank.ledger.note_time(note.key, note.sha, edition.time)
        out.append(_Note(note, models[kind.key], time, position))
    return out


def _package(bank: Bank, edition: Edition, path: str, stamped: Sequence[_Note]) -> Artifact:
    root = str(bank.settings.root_deck)
    cards = Counter({root: 0})
    for each in stamped:
        cards[root] += len(each.note.cards)
        cards[each.note.deck] += len(each.note.cards)
    decks = {name: _deck(bank, edition, name, count) for name, count in cards.items()}
    for each in stamped:
        decks[each.note.deck].add_note(each)
    pictures = {each.note.figure for each in stamped if each.note.figure}
    media = {media_name(bank, file): figure(bank, file) for file in sorted(pictures)}
    package = _Package([decks[name] for name in sorted(decks)])
    return Artifact(path, package.to_bytes(edition.time, media))


def _deck(bank: Bank, edition: Edition, name: str, cards: int) -> _Deck:
    """A deck with its description, the one thing that Anki replaces at every import."""
    settings = bank.settings
    changed = f" Changed by this version: {edition.changes}." if edition.changes else ""
    description = (
        f"**{settings.title}**, {edition.version}.{changed} {cards:,} cards. "
        f"Days until all are seen, at {NEW_A_DAY} new ones a day: {-(-cards // NEW_A_DAY)}.\n\n"
        f"Import every release with the options at their defaults: your progress stays, corrections arrive. "
        f"Cards that are out of date and not corrected any more: search for `tag:{RETIRED}` and delete or suspend "
        f"what it finds.\n\nSources and corrections: {settings.repository}. Licence of the content: {settings.licence}."
    )
    # Anki matches decks by name and gives them ids of its own; the id only has to be unique in the package.
    number = int.from_bytes(genanki.guid_for(name).encode()[:6], "big") % 10**12
    return _Deck(10**12 + number, name, description)


class _Deck(genanki.Deck):
    """A deck whose description is Markdown, which Anki also shows on its congratulations screen."""

    def to_json(self) -> dict[str, Any]:
        return {**super().to_json(), "md": True}


class _Model(genanki.Model):
    """A note type with explicit ids and time of change."""

    def __init__(self, kind: NoteType, time: int) -> None:
        super().__init__(
            kind.id,
            kind.name,
            fields=[{"name": name, "id": number} for number, name in kind.fields],
            templates=[{"name": t.name, "id": t.id, "qfmt": t.front, "afmt": t.back} for t in kind.templates],
            css=kind.css,
            model_type=self.CLOZE if kind.is_cloze else self.FRONT_BACK,
        )
        self.time = time

    def to_json(self, timestamp: float, deck_id: int) -> dict[str, Any]:
        return dict(super().to_json(self.time, deck_id))


class _Note(genanki.Note):
    """A note that says itself which cards it makes: genanki overlooks nested clozes and misreads conditional templates.

    Its HTML comes from the renderers alone, so genanki's search for broken tags, which takes quadratic time on long
    lines, is left out.
    """

    def __init__(self, note: Note, model: _Model, time: int, position: int) -> None:
        self.note = note
        super().__init__(model, list(note.fields.values()), tags=note.tags, guid=note.guid, due=position)
        self.time = time
        self.positions = note.cards

    @property
    def cards(self) -> list[genanki.Card]:
        return [genanki.Card(position) for position in self.positions]

    def write_to_db(self, cursor: Any, timestamp: float, deck_id: int, id_gen: Iterator[int]) -> None:
        super().write_to_db(cursor, self.time, deck_id, id_gen)

    def _check_invalid_html_tags_in_fields(self) -> None:
        return


class _Package(genanki.Package):
    """A package that is written to bytes, which depend on nothing but its content and the time given."""

    def to_bytes(self, time: int, media: dict[str, bytes]) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for name, data in self._files(time, media):
                entry = zipfile.ZipInfo(name, _ZIP_DATE)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 3
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, data, compresslevel=6)
        return buffer.getvalue()

    def _files(self, time: int, media: dict[str, bytes]) -> Iterable[tuple[str, bytes]]:
        yield "collection.anki2", self._collection(time)
        yield "media", json.dumps({str(n): name for n, name in enumerate(media)}, sort_keys=True).encode()
        yield from ((str(n), data) for n, data in enumerate(media.values()))

    def _collection(self, time: int) -> bytes:
        """The database; on disk, since one in memory would take four times its size."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "collection.anki2"
            connection = sqlite3.connect(path)
            try:
                connection.execute("PRAGMA journal_mode = OFF")
                connection.execute("PRAGMA synchronous = OFF")
                self.write_to_db(connection.cursor(), time, itertools.count(time * 1000))
                connection.commit()
            finally:
                connection.close()
            return path.read_bytes()


def counts(bank: Bank) -> dict[str, int]:
    """How many notes and cards the decks of a bank hold."""
    out: dict[str, int] = defaultdict(int)
    for note in notes(bank):
        out["notes"] += 1
        out["cards"] += len(note.cards)
    return dict(out)
