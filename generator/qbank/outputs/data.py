"""The bank as data for other programs: JSON with its schema, tables of cards and of notes, and the figures beside them.

What the files promise to who reads them stands in docs/data.md; `SCHEMA_VERSION` counts its changes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from qbank.bank import names
from qbank.bank.model import Origin, Work
from qbank.bank.settings import Role, Round, Settings, Topic
from qbank.check.facts import Facts
from qbank.ledger.schema import NOTE_SCHEMAS
from qbank.outputs import tables
from qbank.outputs.job import Edition, Job, Press, ready
from qbank.outputs.markdown import figures
from qbank.render.data import MARKED, array, obj, of_model, text
from qbank.render.data import schema as row_schema
from qbank.store import key

#: The first number grows when something that is promised changes, the second when something is added.
SCHEMA_VERSION = "1.1"


def jobs(press: Press, edition: Edition, topic: str = "") -> Iterator[Job]:
    """The files of data/."""
    settings = press.bank.header.settings
    asked = [question for _, each in press.bank.topics() for question in each]
    parts = [json.dumps(head(press, edition)), press.header_key, *map(press.key, asked)]
    writers: dict[str, Callable[[], Iterable[str]]] = {
        "questions.json": lambda: whole(press, edition),
        "questions.jsonl": lambda: map(_on_one_line, rows(press)),
        "cards.jsonl": lambda: map(_dumped, tables.cards(map(json.loads, rows(press)))),
        "cards.csv": lambda: tables.as_csv(map(json.loads, rows(press)), settings),
    }
    for name, pieces in writers.items():
        yield Job(f"data/{name}", key("job", f"data/{name}", *parts), ready(partial(_write, pieces)))
    for kind in NOTE_SCHEMAS:
        path = f"data/anki-{kind}.tsv"
        yield Job(
            path,
            key("job", path, press.released_key, *parts),
            ready(partial(_write, partial(tables.notes, press, kind))),
        )
    described = json.dumps(schema(settings), ensure_ascii=False, indent=1) + "\n"
    yield Job(
        "data/schema.json", key("job", "data/schema.json", described), ready(partial(_write, lambda: [described]))
    )
    yield from figures(press, "data", asked)


def _write(pieces: Callable[[], Iterable[str]], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(pieces())


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def head(press: Press, edition: Edition) -> dict[str, Any]:
    """What questions.json says before the questions: the bank, and the tables that questions refer to."""
    header = press.bank.header
    settings = header.settings
    return {
        "schema_version": SCHEMA_VERSION,
        "title": str(settings.title),
        "version": edition.version,
        "license": str(settings.license),
        "repository": str(settings.repository),
        "topics": [
            {"name": str(each.name), "title": str(each.title), "deck": names.deck(settings, each), "color": each.color}
            for each, _ in press.bank.topics()
        ],
        "levels": list(settings.choices["levels"]),
        "kinds": [kind.name for kind in settings.kinds],
        "roles": [{"name": str(each.name), "title": str(each.title)} for each in settings.roles],
        "rounds": [{"name": str(each.name), "title": str(each.title)} for each in settings.rounds],
        "works": [_work(name, work) for name, work in header.works.items()],
        "origins": [
            {"id": str(origin.id), "document": str(document.title), "question": str(origin.question)}
            for document in header.origins
            for origin in document.questions
        ],
    }


def _work(name: str, work: Work) -> dict[str, str]:
    return {
        "work": name,
        "title": str(work.title),
        "authors": str(work.authors),
        "year": str(work.year),
        "edition": str(work.edition),
        "link": work.link,
    }


def rows(press: Press) -> Iterator[str]:
    """The rows of all questions as JSON, in study order."""
    for _, questions in press.bank.topics():
        yield from (row(press, question) for question in questions)


def row(press: Press, question: Facts) -> str:
    """The row of a question as JSON, an indent of one for each level."""
    return press.rendered(question).row.removesuffix("\n}") + "," + around(press, question).removeprefix("{")


def around(press: Press, question: Facts) -> str:
    """What of a row hangs on other questions, which the question's own file does not know, as JSON."""
    more = {
        "needs": [_link(press, each) for each in press.bank.named(question.needs)],
        "way": press.bank.way(question),
        "see_also": [_link(press, each) for each in press.bank.named(question.see_also)],
    }
    return json.dumps(more, ensure_ascii=False, indent=1)


def _link(press: Press, question: Facts) -> dict[str, str]:
    settings = press.bank.header.settings
    return {
        "id": question.name,
        "title": question.title,
        "path": names.repository_path(press.prefix, question.topic, question.name),
        "url": names.link(settings, press.prefix, question.topic, question.name),
    }


def whole(press: Press, edition: Edition) -> Iterator[str]:
    """questions.json, an indent of one for each level. A line of JSON never begins within a string."""
    yield json.dumps(head(press, edition), ensure_ascii=False, indent=1).removesuffix("\n}")
    yield ',\n "questions": ['
    between = ""
    for each in rows(press):
        yield f"{between}\n  "
        yield each.replace("\n", "\n  ")
        between = ","
    yield "\n ]\n}\n" if between else "]\n}\n"


def _on_one_line(row: str) -> str:
    """A line break in JSON never stands within a string."""
    return "".join([line.lstrip(" ") for line in row.replace(",\n", ", \n").split("\n")]) + "\n"


def address(settings: Settings) -> str:
    """What names the schema for good: an address in the bank's repository, or a URN where it has none."""
    major = SCHEMA_VERSION.partition(".")[0]
    if settings.repository:
        return f"{str(settings.repository).rstrip('/')}/data/{major}/schema.json"
    return f"urn:qbank:{quote(str(settings.namespace), safe='')}:data:{major}"


def schema(settings: Settings) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of questions.json. Of its `$defs`, `question` is a line of questions.jsonl and
    `card` one of cards.jsonl.
    """
    link = obj(
        "One of them.",
        id=text("The name of the question."),
        title=text("Its title."),
        path=text("Its file, as a path in the repository of the bank."),
        url=text("The web address of its file; empty where the bank names no repository."),
    )
    question = row_schema(
        settings,
        needs=array("The questions to learn before this one.", link),
        way=array("The names of all that it needs, and of what that needs, in study order.", {"type": "string"}),
        see_also=array("Related questions.", link),
    )
    whole = obj(
        "A bank of questions.",
        schema_version=text("The version of this form, major.minor.", pattern=r"^\d+\.\d+$"),
        title=text(of_model(Settings, "title")),
        version=text("The release of the bank."),
        license=text(of_model(Settings, "license")),
        repository=text("Web address of the repository; empty where there is none."),
        topics=array(
            of_model(Settings, "topics"),
            obj(
                "A topic that has questions.",
                name=text(of_model(Topic, "name")),
                title=text(of_model(Topic, "title")),
                deck=text("The deck of the topic in Anki."),
                color=text(of_model(Topic, "color")),
            ),
        ),
        levels=array("The levels, the first to learn first.", {"type": "string"}),
        kinds=array("The sorts of questions.", {"type": "string"}),
        roles=_named(Role, of_model(Settings, "roles")),
        rounds=_named(Round, of_model(Settings, "rounds")),
        works=array(
            "The works that questions may refer to.",
            obj(
                (Work.__doc__ or "").strip(),
                work=text("Its key, as references give it."),
                **{name: text(of_model(Work, name)) for name in ("title", "authors", "year", "edition")},
                link=text("Web address of the work."),
            ),
        ),
        origins=array(
            "What the documents ask that questions were collected from.",
            obj(
                (Origin.__doc__ or "").strip(),
                id=text("Its id, as `asked_in` gives it."),
                document=text("Title of the document."),
                question=text(of_model(Origin, "question")),
            ),
        ),
        questions=array("The questions in study order.", {"$ref": "#/$defs/question"}),
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address(settings),
        "title": "qbank questions",
        **whole,
        "$defs": {"question": question, "card": tables.card_schema(settings), "text": MARKED},
    }


def _named(cls: type, description: str) -> dict[str, Any]:
    entry = obj((cls.__doc__ or "").strip(), name=text(of_model(cls, "name")), title=text(of_model(cls, "title")))
    return array(description, entry)
