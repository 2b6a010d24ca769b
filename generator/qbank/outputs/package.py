"""Anki packages as a stream: rows go into a database on disk, its pages into a zip, and neither is whole in memory.

The rules of the format are those of genanki: its own code writes the schema, the row of the collection, decks and note
types (`genanki.Package.write_to_db`, `genanki.Deck.write_to_db`), and the columns of notes and cards hold what
`genanki.Note.write_to_db` and `genanki.Card.write_to_db` put there, which tests compare. Only its work for each single
note is left out, and what it leaves to the clock and to the file system is given.
"""

from __future__ import annotations

import itertools
import json
import shutil
import sqlite3
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import genanki

from qbank import scratch
from qbank.outputs.types import NoteType

# The zip format counts dates from 1980; a fixed one keeps the bytes equal.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
# zlib takes twice the time at its own level, 6, for packages that are a tenth smaller.
_LEVEL = 4
# Notes that are held before they go to the database; more make nothing faster.
_BATCH = 256
# Bytes of a file that are read and compressed at once.
_CHUNK = 1 << 16
# Between the fields of a note.
_SEPARATOR = "\x1f"
# Nobody reads the database before it is whole, so it needs no journal. Large pages waste less room on long notes than
# SQLite's 4096 bytes: the file is up to a fifth smaller, and quicker to compress.
_SETTINGS = ("page_size = 16384", "journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE")
_INDICES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY rowid"

# What a new note and a new card have in common is part of the statement: usn -1 (not yet synchronized), no checksum
# (Anki computes it as it imports), and no schedule. The last column of both is empty.
_NOTE = "INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')"
_CARD = "INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')"


class Deck(NamedTuple):
    """A deck: its id, which only has to be unique in the package, its full name, and its description in Markdown."""

    id: int
    name: str
    description: str


class Row(NamedTuple):
    """A note as the database keeps it: `time` of change in unix seconds, `cards` as the positions of their templates
    or clozes from 0, and `due` as the place of its cards among the new ones.
    """

    guid: str
    type_id: int
    time: int
    tags: tuple[str, ...]
    fields: tuple[str, ...]
    cards: tuple[int, ...]
    deck_id: int
    due: int


def write(
    file: BinaryIO,
    *,
    rows: Iterable[Row],
    note_types: Sequence[tuple[NoteType, int]],
    decks: Iterable[Deck],
    media: Iterable[tuple[str, Callable[[], bytes]]],
    time: int,
) -> None:
    """Write a package (schema 11 of Anki in a zip) whose bytes depend on nothing but the arguments.

    `rows` are read once and kept a few at a time; `decks` and `media` are read after the last row, so that they may
    depend on what was counted on the way. A note type comes with its time of change, and is written if a row is of it.
    Media are the names that notes use, each with what gives the bytes of its file. Notes and cards get ids in the order
    of the rows, counted from `time` (unix seconds) in milliseconds; genanki's order is deck by deck.

    A row that Anki would misread is refused with ValueError: a field that holds the separator of fields, a tag with a
    space, too many or too few fields, a deck or a note type that is not given.
    """
    with scratch.folder() as folder:
        collection = folder / "collection.anki2"
        _write_collection(collection, rows, note_types, decks, time)
        files = list(media)
        names = json.dumps({str(number): name for number, (name, _) in enumerate(files)}, sort_keys=True)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            _store(archive, "collection.anki2", collection)
            archive.writestr(_entry("media"), names)
            for number, (_, content) in enumerate(files):
                archive.writestr(_entry(str(number)), content())


def _entry(name: str) -> zipfile.ZipInfo:
    """The head of a file in the zip."""
    entry = zipfile.ZipInfo(name, _ZIP_DATE)
    # Python before 3.13 has no public name for it, and later ones know this one, too.
    entry._compresslevel = _LEVEL  # type: ignore[attr-defined]
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry


def _store(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    entry = _entry(name)
    entry.file_size = path.stat().st_size
    with path.open("rb") as source, archive.open(entry, "w") as target:
        shutil.copyfileobj(source, target, _CHUNK)


def _write_collection(
    path: Path,
    rows: Iterable[Row],
    note_types: Sequence[tuple[NoteType, int]],
    decks: Iterable[Deck],
    time: int,
) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        cursor = connection.cursor()
        genanki.Package([]).write_to_db(cursor, time, iter(()))
        connection.execute("BEGIN")
        # Indices that are made of whole tables take less time and room than those that grow row by row.
        indices = connection.execute(_INDICES).fetchall()
        for name, _ in indices:
            connection.execute(f"DROP INDEX {name}")
        kinds = {kind.id: (kind, changed) for kind, changed in note_types}
        used = _insert(connection, rows, {number: len(kind.fields) for number, (kind, _) in kinds.items()}, time * 1000)
        for deck in decks:
            written = _Deck(*deck)
            for type_id in used.pop(deck.id, ()):
                written.add_model(_model(*kinds[type_id]))
            written.write_to_db(cursor, time, iter(()))
        if used:
            raise ValueError(f"notes in decks that are not given: {sorted(used)}")
        for _, statement in indices:
            connection.execute(statement)
        connection.execute("COMMIT")


def _insert(
    connection: sqlite3.Connection, rows: Iterable[Row], widths: dict[int, int], first_id: int
) -> dict[int, dict[int, None]]:
    """Insert notes and cards; the note types (the keys, in order of appearance) that each deck uses."""
    used: defaultdict[int, dict[int, None]] = defaultdict(dict)
    next_id = first_id
    remaining = iter(rows)
    while batch := list(itertools.islice(remaining, _BATCH)):
        notes: list[tuple[Any, ...]] = []
        cards: list[tuple[Any, ...]] = []
        for guid, type_id, time, tags, fields, positions, deck_id, due in batch:
            used[deck_id][type_id] = None
            if len(fields) != widths.get(type_id) or _SEPARATOR in "".join(fields):
                raise ValueError(f"note {guid}: its fields do not fit its note type {type_id}")
            labels = " ".join(tags)
            if labels.count(" ") != max(len(tags) - 1, 0):
                raise ValueError(f"note {guid}: a tag holds a space")
            note_id = next_id
            notes.append((note_id, guid, type_id, time, f" {labels} ", _SEPARATOR.join(fields), fields[0]))
            for position in positions:
                next_id += 1
                cards.append((next_id, note_id, deck_id, position, time, due))
            next_id += 1
        connection.executemany(_NOTE, notes)
        connection.executemany(_CARD, cards)
    return used


class _Deck(genanki.Deck):
    """A deck whose description is Markdown, which Anki also shows on its congratulations screen."""

    def to_json(self) -> dict[str, Any]:
        return {**super().to_json(), "md": True}


class _Model(genanki.Model):
    """A note type with explicit ids of fields and templates and its time of change."""

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


@lru_cache(maxsize=16)
def _model(kind: NoteType, time: int) -> _Model:
    """Kept, since genanki renders every template once for each field to find those that a card needs."""
    return _Model(kind, time)
