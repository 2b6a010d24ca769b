"""A question as a row of data. Every row has every key; what a question does not have is empty.

What a row holds is said once, as a JSON Schema and the values that fit it, side by side.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qbank.bank import names
from qbank.bank.model import Card, Code, Question, Text
from qbank.bank.settings import Settings
from qbank.bank.shape import slots
from qbank.markup import plain
from qbank.markup.document import parse
from qbank.render.jinja import block, line

TEXT = {"type": "string"}


def obj(**properties: Any) -> dict[str, Any]:
    """The schema of an object that has all these properties and no others."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }


def array(items: Any) -> dict[str, Any]:
    """The schema of a list."""
    return {"type": "array", "items": items}


MARKED = obj(markdown=TEXT, html=TEXT, text=TEXT)
_TRUTH = {"type": "boolean"}
_CARD = obj(id=TEXT, guid=TEXT, front=MARKED, back=MARKED, cloze=MARKED, reverse=_TRUTH, essential=_TRUTH)
_SOURCE = obj(title=TEXT, authors=TEXT, year=TEXT, edition=TEXT, link=TEXT, where=TEXT)


def schema(settings: Settings, **more: Any) -> dict[str, Any]:
    """The JSON Schema of a row, with the schemas of what an output adds to it."""
    return obj(**{key: form for key, (form, _) in _columns(settings).items()}, **more)


def row(question: Question, prefix: str, context: Mapping[str, Any]) -> dict[str, Any]:
    """The row of a question, in the context in which it is rendered."""
    settings = context["settings"]
    return {key: value(question, {**context, "prefix": prefix}) for key, (_, value) in _columns(settings).items()}


def _columns(settings: Settings) -> dict[str, tuple[dict[str, Any], Any]]:
    """Every key of a row, with the schema of its value and the function that makes it of a question and its context."""
    choices = settings.choices
    return {
        "id": ({"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}, lambda q, c: q.name),
        "topic": (TEXT, lambda q, c: q.topic),
        "topic_title": (TEXT, lambda q, c: str(c["topic"].title)),
        "kind": ({"enum": list(choices["kinds"])}, lambda q, c: str(q.kind)),
        "level": ({"enum": list(settings.levels)}, lambda q, c: str(q.level)),
        "title": (TEXT, lambda q, c: str(q.title)),
        "aliases": (array(TEXT), lambda q, c: [str(alias) for alias in q.aliases]),
        "question": (MARKED, lambda q, c: _line(q.question)),
        "answer": (MARKED, lambda q, c: _marked(q.answer)),
        "explanation": (MARKED, lambda q, c: _marked(q.explanation)),
        "pitfalls": (array(MARKED), lambda q, c: [_marked(pitfall) for pitfall in q.pitfalls]),
        "follow_ups": (
            array(obj(question=MARKED, answer=MARKED)),
            lambda q, c: [{"question": _line(each.question), "answer": _marked(each.answer)} for each in q.follow_ups],
        ),
        "cards": (array(_CARD), lambda q, c: [_card(q, card, c["settings"]) for card in q.cards]),
        "code": (
            obj(
                language={"enum": list(slots(Code)["language"].choices)},
                stub=TEXT,
                solution=TEXT,
                tables=TEXT,
                tests=TEXT,
                requires=array(TEXT),
            ),
            lambda q, c: {
                "language": str(q.code.language),
                "stub": str(q.code.stub),
                "solution": str(q.code.solution),
                "tables": str(q.code.tables),
                "tests": str(q.code.tests),
                "requires": [str(package) for package in q.code.requires],
            },
        ),
        "figure": (obj(file=TEXT, alt=TEXT), lambda q, c: {"file": str(q.figure.file), "alt": str(q.figure.alt)}),
        "sheet": (MARKED, lambda q, c: _marked(q.sheet)),
        "references": (array(_SOURCE), lambda q, c: c["sources"]),
        "asked_in": (array(TEXT), lambda q, c: [str(origin) for origin in q.asked_in]),
        "see_also": (array(TEXT), lambda q, c: [str(name) for name in q.see_also]),
        "as_of": (TEXT, lambda q, c: str(q.as_of)),
        "needs": (array(TEXT), lambda q, c: [str(name) for name in q.needs]),
        "roles": (array({"enum": list(choices["roles"])}), lambda q, c: list(settings.roles_of(q))),
        "rounds": (array({"enum": list(choices["rounds"])}), lambda q, c: list(settings.rounds_of(q))),
        "essential": (_TRUTH, lambda q, c: q.essential == "true"),
        "tags": (
            array(TEXT),
            lambda q, c: list(names.tags(settings, q, q.asked_in, essential=q.essential == "true")),
        ),
        "guid": (TEXT, lambda q, c: names.guid(c["settings"].namespace, q.name)),
        "path": (TEXT, lambda q, c: names.repository_path(c["prefix"], q.topic, q.name)),
        "url": (TEXT, lambda q, c: c["link"]),
    }


def _marked(text: Text, *, cloze: bool = False) -> dict[str, str]:
    """A text as it was written, as HTML and as plain text."""
    return {
        "markdown": str(text).strip(),
        "html": block(text, cloze=cloze),
        "text": plain.text(parse(text, cloze=cloze)),
    }


def _line(text: Text) -> dict[str, str]:
    return {"markdown": str(text).strip(), "html": line(text), "text": plain.text(parse(text))}


def _card(question: Question, card: Card, settings: Settings) -> dict[str, Any]:
    return {
        "id": str(card.id),
        "guid": names.guid(settings.namespace, names.note_key(question.name, card.id)),
        "front": _line(card.front),
        "back": _marked(card.back),
        "cloze": _marked(card.cloze, cloze=True),
        "reverse": card.reverse == "true",
        "essential": card.essential == "true",
    }
