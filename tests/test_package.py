"""Packages that are written as a stream: what genanki would write, in bytes that depend on nothing else."""

from __future__ import annotations

import io
import json
import sqlite3
import stat
import tempfile
import tracemalloc
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import genanki
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conftest import TIME
from qbank.outputs.package import Deck, Row, write
from qbank.outputs.types import CardTemplate, NoteType

FACT = NoteType(
    "fact",
    1_400_000_000_001,
    "Test fact",
    False,
    ((101, "Front"), (102, "Back"), (103, "Reverse")),
    (
        CardTemplate(11, "Forward", "{{Front}}", "{{Back}}"),
        CardTemplate(12, "Backward", "{{#Reverse}}{{Back}}{{/Reverse}}", "{{Front}}"),
    ),
    ".card { color: black }",
)
CLOZE = NoteType(
    "cloze",
    1_400_000_000_002,
    "Test cloze",
    True,
    ((201, "Text"),),
    (CardTemplate(21, "Cloze", "{{cloze:Text}}", "{{cloze:Text}}"),),
    "",
)
KINDS = [(FACT, TIME), (CLOZE, TIME)]
DECKS = [Deck(1_000_000_000_001, "Test", "All of it"), Deck(1_000_000_000_002, "Test::Ä 'b'", "**Part**")]
TAGS = ("qbank::kind::concept", "qbank::level::core")
ROWS = [
    Row("one", FACT.id, TIME, TAGS, ("What?", "<b>That</b>", ""), (0,), DECKS[0].id, 1),
    Row("two", CLOZE.id, TIME, (), ("{{c1::A}} and {{c2::b}}",), (0, 1), DECKS[0].id, 2),
    Row("'\"<>", FACT.id, TIME, ("a",), ("12", "ü 😀", "1"), (0, 1), DECKS[1].id, 3),
]


def package(
    rows: Iterable[Row] = ROWS,
    decks: Iterable[Deck] = DECKS,
    media: Iterable[tuple[str, Callable[[], bytes]]] = (),
    kinds: list[tuple[NoteType, int]] = KINDS,
) -> bytes:
    out = io.BytesIO()
    write(out, rows=rows, note_types=kinds, decks=decks, media=media, time=TIME)
    return out.getvalue()


def tables(data: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """All columns of all rows of a package, and its schema."""
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            archive.extract("collection.anki2", folder)
        with closing(sqlite3.connect(Path(folder) / "collection.anki2")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            schema = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY rowid").fetchall()
            names = [name for kind, name, *_ in schema if kind == "table"]
            rows = {name: connection.execute(f"SELECT * FROM {name} ORDER BY rowid").fetchall() for name in names}
    return {**rows, "schema": schema}


def collection_row(data: bytes) -> list[Any]:
    """The row of the collection, its texts as the JSON that they are."""
    (row,) = tables(data)["col"]
    return [json.loads(value) if isinstance(value, str) else value for value in row]


class MarkdownDeck(genanki.Deck):
    def to_json(self) -> dict[str, Any]:
        return {**super().to_json(), "md": True}


class ExplicitNote(genanki.Note):
    positions: tuple[int, ...] = ()

    @property
    def cards(self) -> list[genanki.Card]:
        return [genanki.Card(position) for position in self.positions]


def genankis(rows: Iterable[Row], note: type[genanki.Note] = genanki.Note) -> bytes:
    """The package that genanki writes of the same notes."""
    models = {
        kind.id: genanki.Model(
            kind.id,
            kind.name,
            fields=[{"name": name, "id": number} for number, name in kind.fields],
            templates=[{"name": t.name, "id": t.id, "qfmt": t.front, "afmt": t.back} for t in kind.templates],
            css=kind.css,
            model_type=genanki.Model.CLOZE if kind.is_cloze else genanki.Model.FRONT_BACK,
        )
        for kind, _ in KINDS
    }
    decks = {deck.id: MarkdownDeck(*deck) for deck in DECKS}
    for row in rows:
        made = note(models[row.type_id], list(row.fields), tags=list(row.tags), guid=row.guid, due=row.due)
        if isinstance(made, ExplicitNote):
            made.positions = row.cards
        decks[row.deck_id].add_note(made)
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # genanki takes some odd texts for broken HTML
        genanki.Package(list(decks.values())).write_to_file(out, timestamp=TIME)
    return out.getvalue()


def test_every_column_of_every_row_is_what_genanki_itself_writes() -> None:
    ours, theirs = tables(package()), tables(genankis(ROWS))
    assert [len(ours[name]) for name in ("col", "notes", "cards")] == [1, 3, 5]
    assert ours == theirs


def test_without_rows_the_decks_and_the_schema_are_still_what_genanki_writes() -> None:
    ours = tables(package(rows=[]))
    assert ours["notes"] == ours["cards"] == []
    assert ours == tables(genankis([]))


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\x1f"))
facts = st.builds(
    Row,
    guid=texts,
    type_id=st.just(FACT.id),
    time=st.just(TIME),
    tags=st.lists(texts.filter(lambda text: " " not in text), max_size=3).map(tuple),
    fields=st.tuples(texts | st.from_regex(r"-?[0-9]+(\.[0-9]*)?(e[0-9])?", fullmatch=True), texts, texts),
    cards=st.lists(st.integers(0, 500), unique=True, max_size=3).map(tuple),
    deck_id=st.just(DECKS[0].id),
    due=st.integers(0, 2**31),
)


@settings(deadline=None, max_examples=25)
@given(st.lists(facts, max_size=4))
@example([Row("'\"", FACT.id, TIME, ("\x01",), ("\x1e\x7f\r\n", "😀" * 300_000, "'); --"), (7,), DECKS[0].id, 0)])
@example([Row(str(n), FACT.id, TIME, (), (f"{n}.0", "", ""), (0, 1), DECKS[0].id, n) for n in range(600)])
def test_texts_however_odd_arrive_as_genanki_would_write_them(rows: list[Row]) -> None:
    assert tables(package(rows)) == tables(genankis(rows, ExplicitNote))


def test_notes_and_note_types_bear_times_of_change_of_their_own() -> None:
    rows = [row._replace(time=TIME + n) for n, row in enumerate(ROWS)]
    data = package(rows, kinds=[(FACT, 5), (CLOZE, 6)])
    found = tables(data)
    assert [note[3] for note in found["notes"]] == [TIME, TIME + 1, TIME + 2]
    assert [card[4] for card in found["cards"]] == [TIME, TIME + 1, TIME + 1, TIME + 2, TIME + 2]
    models = collection_row(data)[9]
    assert {key: model["mod"] for key, model in models.items()} == {str(FACT.id): 5, str(CLOZE.id): 6}


def test_note_types_that_no_row_is_of_stay_out() -> None:
    assert list(collection_row(package(ROWS[:1]))[9]) == [str(FACT.id)]


def test_the_same_arguments_make_the_same_bytes(tmp_path: Path) -> None:
    picture = tmp_path / "a.svg"
    picture.write_text("<svg/>", encoding="utf-8")
    first = package(media=[("a.svg", picture.read_bytes)])
    picture.touch()
    assert package(iter(ROWS), iter(DECKS), iter([("a.svg", picture.read_bytes)])) == first


def test_media_are_numbered_and_named_in_the_order_given(tmp_path: Path) -> None:
    media: list[tuple[str, Callable[[], bytes]]] = []
    for name, data in (("ü 'x'.svg", b"<svg/>"), ("a.png", bytes(range(256)) * 3000), ("empty.txt", b"")):
        path = tmp_path / str(len(media))
        path.write_bytes(data)
        media.append((name, path.read_bytes))
    with zipfile.ZipFile(io.BytesIO(package(media=media))) as archive:
        assert json.loads(archive.read("media")) == {str(n): name for n, (name, _) in enumerate(media)}
        assert [archive.read(str(n)) for n in range(3)] == [content() for _, content in media]
        assert archive.testzip() is None


def test_the_files_in_the_zip_have_fixed_dates_modes_and_order(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"a")
    path.chmod(0o700)
    with zipfile.ZipFile(io.BytesIO(package(media=[(f"{n}.svg", path.read_bytes) for n in range(11)]))) as archive:
        entries = archive.infolist()
    assert [entry.filename for entry in entries] == ["collection.anki2", "media", *map(str, range(11))]
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {(entry.external_attr >> 16, entry.create_system) for entry in entries} == {(0o644, 3)}
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_DEFLATED}
    assert stat.S_IMODE(path.stat().st_mode) == 0o700


def test_decks_and_media_are_asked_for_after_the_last_row(tmp_path: Path) -> None:
    """So that descriptions can count cards, and media be collected, while rows pass by."""
    passed: list[str] = []
    path = tmp_path / "a"
    path.write_bytes(b"a")

    def rows() -> Iterator[Row]:
        for row in ROWS:
            passed.append(row.guid)
            yield row

    def decks() -> Iterator[Deck]:
        for deck in DECKS:
            yield deck._replace(description=f"{len(passed)} notes")

    data = package(rows(), decks(), ((f"{guid}.svg", path.read_bytes) for guid in passed if guid.isalpha()))
    described = collection_row(data)[10]
    assert [described[str(deck.id)]["desc"] for deck in DECKS] == ["3 notes", "3 notes"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert json.loads(archive.read("media")) == {"0": "one.svg", "1": "two.svg"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"fields": ("a\x1fb", "", "")}, "do not fit"),
        ({"fields": ("a\x1fb", "")}, "do not fit"),
        ({"fields": ("a", "b")}, "do not fit"),
        ({"fields": ()}, "do not fit"),
        ({"type_id": 7}, "do not fit"),
        ({"tags": ("a b",)}, "a tag holds a space"),
        ({"tags": ("a", "b c", "d")}, "a tag holds a space"),
        ({"deck_id": 7}, r"decks that are not given: \[7\]"),
        ({"fields": ("\ud800", "", "")}, "surrogates"),
    ],
)
def test_a_row_that_anki_would_misread_is_refused_and_nothing_is_written(change: dict[str, Any], message: str) -> None:
    out = io.BytesIO()
    rows = [*ROWS, ROWS[0]._replace(**change)]
    with pytest.raises(ValueError, match=message):
        write(out, rows=rows, note_types=KINDS, decks=DECKS, media=(), time=TIME)
    assert out.getvalue() == b""


def test_memory_does_not_grow_with_the_number_of_notes(tmp_path: Path) -> None:
    """Counted in what Python allocates; SQLite's own cache has a fixed size."""

    def rows(count: int) -> Iterator[Row]:
        for n in range(count):
            yield Row(str(n), FACT.id, TIME, (), (str(n), f"{n:06} " * 500, ""), (0,), DECKS[0].id, n)

    peaks = []
    for count in (300, 600, 6000):
        with (tmp_path / "x.apkg").open("wb") as file:
            tracemalloc.start()
            write(file, rows=rows(count), note_types=KINDS, decks=DECKS, media=(), time=TIME)
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert peaks[2] < 1.1 * peaks[1]


def test_anki_imports_all_notes_cards_decks_and_media(tmp_path: Path) -> None:
    pytest.importorskip("anki")
    from collection import collection, faults_before_repair, import_package

    picture = tmp_path / "a.svg"
    picture.write_bytes(b"<svg/>")
    rows = [*ROWS, ROWS[0]._replace(guid="four", fields=('Four <img src="a.svg">', "b", ""), due=4)]
    (tmp_path / "x.apkg").write_bytes(package(rows, media=[("a.svg", picture.read_bytes)]))
    with collection(tmp_path) as col:
        log = import_package(col, tmp_path / "x.apkg")
        assert len(log.new) == col.note_count() == 4
        assert col.card_count() == 6
        assert {"Test", "Test::Ä 'b'"} <= {deck.name for deck in col.decks.all_names_and_ids()}
        assert col.get_note(col.find_notes("Four")[0]).tags == list(TAGS)
        assert (Path(col.media.dir()) / "a.svg").read_bytes() == b"<svg/>"
        assert faults_before_repair(col) == []
        assert len(import_package(col, tmp_path / "x.apkg").duplicate) == 4
