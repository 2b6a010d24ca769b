"""The bank as data: JSON for other programs, with its schema, and a table that Anki imports as text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from qbank.bank.settings import Settings
from qbank.ledger.schema import NOTE_SCHEMAS
from qbank.outputs.job import Edition, Job, Press, ready
from qbank.outputs.notes import all_notes
from qbank.outputs.types import type_name
from qbank.render.data import TEXT, array, obj
from qbank.render.data import schema as row_schema
from qbank.store import key

#: What a field of a table may hold in quotes only.
_QUOTED = re.compile(r'[\t\n\r"#]')


def jobs(press: Press, edition: Edition, topic: str = "") -> Iterator[Job]:
    """questions.json, questions.jsonl, schema.json and anki.tsv."""
    questions = [press.key(question) for _, each in press.bank.topics() for question in each]
    parts = [edition.version, press.header_key, press.released_key, *questions]
    writers: dict[str, Callable[[], Iterator[str]]] = {
        "data/questions.json": partial(_whole, press, edition),
        "data/questions.jsonl": partial(_lines, press),
        "data/schema.json": partial(_schema, press),
        "data/anki.tsv": partial(_table, press),
    }
    for path, pieces in writers.items():
        yield Job(path, key("job", path, *parts), ready(partial(_write, pieces)))


def _write(pieces: Callable[[], Iterator[str]], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(pieces())


def _rows(press: Press) -> Iterator[str]:
    """The row of every question, with the way to it: what no question's own file knows."""
    for _, questions in press.bank.topics():
        for question in questions:
            way = json.dumps({"way": press.bank.way(question)}, ensure_ascii=False, indent=1)
            yield press.rendered(question).row.removesuffix("\n}") + "," + way.removeprefix("{")


def _json(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent) + "\n"


def _whole(press: Press, edition: Edition) -> Iterator[str]:
    """All rows in one object, an indent of one for each level. A line of JSON never begins within a string."""
    settings = press.bank.header.settings
    head = {
        "title": str(settings.title),
        "version": edition.version,
        "license": str(settings.license),
        "repository": str(settings.repository),
        "topics": [{"name": str(topic.name), "title": str(topic.title)} for topic, _ in press.bank.topics()],
    }
    yield json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    yield ',\n "questions": ['
    between = ""
    for row in _rows(press):
        yield f"{between}\n  "
        yield row.replace("\n", "\n  ")
        between = ","
    yield "\n ]\n}\n" if between else "]\n}\n"


def _lines(press: Press) -> Iterator[str]:
    """Each row on a line: a line break in JSON never stands within a string."""
    for row in _rows(press):
        yield "".join([line.lstrip(" ") for line in row.replace(",\n", ", \n").split("\n")]) + "\n"


def _schema(press: Press) -> Iterator[str]:
    yield _json(schema(press.bank.header.settings), indent=1)


def _table(press: Press) -> Iterator[str]:
    """All notes as the text file that Anki imports: see https://docs.ankiweb.net/importing/text-files.html.

    A row has as many fields as the widest note type. Fields hold no tabs and no line breaks outside quotes; a quote
    inside is doubled.
    """
    width = max(len(each.fields) for each in NOTE_SCHEMAS.values())
    settings = press.bank.header.settings
    yield f"#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:{width + 4}\n"
    for note in all_notes(press):
        fields = [*note.fields, *[""] * (width - len(note.fields))]
        cells = [note.guid, type_name(settings, note.kind), note.deck, *fields, " ".join(note.tags)]
        yield "\t".join(_cell(cell) for cell in cells) + "\n"


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def schema(settings: Settings) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of questions.json; its `$defs/question` is that of a line of questions.jsonl."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "qbank questions",
        **obj(
            title=TEXT,
            version=TEXT,
            license=TEXT,
            repository=TEXT,
            topics=array(obj(name=TEXT, title=TEXT)),
            questions=array({"$ref": "#/$defs/question"}),
        ),
        "$defs": {"question": row_schema(settings, way=array(TEXT))},
    }
