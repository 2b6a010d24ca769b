"""A question as a row of data. Every row has every key; what a question does not have is empty.

What a row holds is said once, as a JSON Schema and the values that fit it, side by side. The schemas describe what is
there and forbid nothing more, so that a key can be added without breaking those who validate (docs/data.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qbank.bank import names
from qbank.bank.model import Card, Code, FollowUp, Question, Reference, Text, Work
from qbank.bank.settings import Settings
from qbank.bank.shape import slots
from qbank.markup import html, markdown, plain
from qbank.markup.document import Document, parse
from qbank.markup.sides import sides
from qbank.render.jinja import block, line

#: Where the figures lie, beside the files of data.
FIGURES = "figures"


def said(description: str, form: Mapping[str, Any]) -> dict[str, Any]:
    """A schema with what its value means."""
    return {"description": description, **form}


def text(description: str, **more: Any) -> dict[str, Any]:
    """The schema of a text."""
    return said(description, {"type": "string", **more})


def truth(description: str) -> dict[str, Any]:
    """The schema of a truth value."""
    return said(description, {"type": "boolean"})


def obj(description: str, **properties: Any) -> dict[str, Any]:
    """The schema of an object that has all these properties."""
    return said(description, {"type": "object", "required": list(properties), "properties": properties})


def array(description: str, items: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of a list."""
    return said(description, {"type": "array", "items": items})


def marked(description: str) -> dict[str, Any]:
    """The schema of a text in three forms."""
    return said(description, {"$ref": "#/$defs/text"})


def of_model(cls: type, name: str) -> str:
    """What a field of the bank's files means."""
    return str(slots(cls)[name].description)


#: The schema of a text in three forms.
MARKED = obj(
    "A text in three forms; all are empty where there is none.",
    markdown=text("Markdown with formulas between $ and $$; as it was written, but for the sides of deletions."),
    html=text(r"HTML with formulas between \( \) and \[ \], as Anki shows it; deletions of a cloze stand in braces."),
    text=text("One line of plain text: formulas in Unicode, deletions of a cloze shown, line breaks and tables lost."),
)
NAME = {"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
_CARD = obj(
    "A card of the question: a front and a back, or a cloze text.",
    id=text(of_model(Card, "id"), **NAME),
    guid=text("The GUID of its note in Anki."),
    front=marked("What the card asks; empty for a cloze text."),
    back=marked("What it answers; empty for a cloze text."),
    cloze=marked("A text with deletions, {{c1::text}} or {{c1::text::hint}}; empty for a front and a back."),
    deletions=array(
        "What Anki asks of the cloze text: a card for every number.",
        obj(
            "The deletions of one number.",
            number=said("Their number.", {"type": "integer"}),
            front=marked("The text with them blank, or their hint in their place; other deletions are shown."),
            back=marked("What is deleted; a semicolon stands between several."),
        ),
    ),
    reverse=truth("Whether it is asked back to front as well."),
    essential=truth("Whether it is one of the cards that everyone learns first."),
)
_SOURCE = obj(
    "Where the reader finds the claim.",
    work=text("The key of the work among `works`."),
    title=text(of_model(Work, "title")),
    authors=text(of_model(Work, "authors")),
    year=text(of_model(Work, "year")),
    edition=text(of_model(Work, "edition")),
    link=text("Web address of the work."),
    where=text(of_model(Reference, "where")),
)


def schema(settings: Settings, **more: Any) -> dict[str, Any]:
    """The JSON Schema of a row, with the schemas of what an output adds to it."""
    return obj("A question.", **{key: form for key, (form, _) in _columns(settings).items()}, **more)


def row(question: Question, prefix: str, context: Mapping[str, Any]) -> dict[str, Any]:
    """The row of a question, in the context in which it is rendered, but for what hangs on other questions."""
    settings = context["settings"]
    return {key: value(question, {**context, "prefix": prefix}) for key, (_, value) in _columns(settings).items()}


def _asked(name: str) -> str:
    return of_model(Question, name)


def _columns(settings: Settings) -> dict[str, tuple[dict[str, Any], Any]]:
    """Every key of a row, with the schema of its value and the function that makes it of a question and its context."""
    choices = settings.choices
    return {
        "id": (text("The name of the question: permanent, and used once in the bank.", **NAME), lambda q, c: q.name),
        "topic": (text("The name of its topic."), lambda q, c: q.topic),
        "topic_title": (text("The title of its topic."), lambda q, c: str(c["topic"].title)),
        "kind": (said(_asked("kind"), {"enum": list(choices["kinds"])}), lambda q, c: str(q.kind)),
        "level": (said(_asked("level"), {"enum": list(settings.choices["levels"])}), lambda q, c: str(q.level)),
        "title": (text(_asked("title")), lambda q, c: str(q.title)),
        "aliases": (array(_asked("aliases"), {"type": "string"}), lambda q, c: [str(alias) for alias in q.aliases]),
        "question": (marked(_asked("question")), lambda q, c: _line(q.question)),
        "answer": (marked(_asked("answer")), lambda q, c: _marked(q.answer)),
        "explanation": (marked(_asked("explanation")), lambda q, c: _marked(q.explanation)),
        "pitfalls": (
            array(_asked("pitfalls"), marked("One of them.")),
            lambda q, c: [_marked(pitfall) for pitfall in q.pitfalls],
        ),
        "follow_ups": (
            array(
                _asked("follow_ups"),
                obj(
                    "One of them.",
                    question=marked(of_model(FollowUp, "question")),
                    answer=marked(of_model(FollowUp, "answer")),
                ),
            ),
            lambda q, c: [{"question": _line(each.question), "answer": _marked(each.answer)} for each in q.follow_ups],
        ),
        "cards": (array(_asked("cards"), _CARD), lambda q, c: [_card(q, card, c["settings"]) for card in q.cards]),
        "code": (
            obj(
                _asked("code"),
                language=said(of_model(Code, "language"), {"enum": list(slots(Code)["language"].choices)}),
                stub=text(of_model(Code, "stub")),
                solution=text(of_model(Code, "solution")),
                tables=text(of_model(Code, "tables")),
                tests=text(of_model(Code, "tests")),
                requires=array(of_model(Code, "requires"), {"type": "string"}),
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
        "checks": (text(_asked("checks")), lambda q, c: str(q.checks)),
        "figure": (
            obj(
                _asked("figure"),
                file=text("Its file name, an SVG; empty where there is none."),
                alt=text("What the picture shows, for those who do not see it."),
                path=text("Where it lies, as a path from the folder of the data."),
            ),
            lambda q, c: {
                "file": str(q.figure.file),
                "alt": str(q.figure.alt),
                "path": f"{FIGURES}/{q.figure.file}" if q.figure.file else "",
            },
        ),
        "sheet": (marked(_asked("sheet")), lambda q, c: _marked(q.sheet)),
        "night_before": (marked(_asked("night_before")), lambda q, c: _line(q.night_before)),
        "references": (array(_asked("references"), _SOURCE), lambda q, c: c["sources"]),
        "asked_in": (
            array("The ids of the `origins` that this question answers.", {"type": "string"}),
            lambda q, c: [str(origin) for origin in q.asked_in],
        ),
        "as_of": (text(_asked("as_of")), lambda q, c: str(q.as_of)),
        "roles": (
            array("The names of the roles that are asked it.", {"enum": list(choices["roles"])}),
            lambda q, c: list(settings.roles_of(q)),
        ),
        "rounds": (
            array(
                "The names of the rounds of an interview that it is asked in, the usual one first.",
                {"enum": list(choices["rounds"])},
            ),
            lambda q, c: list(settings.rounds_of(q)),
        ),
        "essential": (
            truth("Whether it is one of the few questions that everyone learns first."),
            lambda q, c: q.essential == "true",
        ),
        "tags": (
            array("The tags of its note in Anki.", {"type": "string"}),
            lambda q, c: list(names.tags(settings, q, q.asked_in, essential=q.essential == "true")),
        ),
        "guid": (text("The GUID of its note in Anki."), lambda q, c: names.guid(c["settings"].namespace, q.name)),
        "path": (
            text("Its file, as a path in the repository of the bank."),
            lambda q, c: names.repository_path(c["prefix"], q.topic, q.name),
        ),
        "url": (
            text("The web address of its file; empty where the bank names no repository."),
            lambda q, c: c["link"],
        ),
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


def _side(side: Document) -> dict[str, str]:
    return {"markdown": markdown.render(side, "plain"), "html": html.inline(side), "text": plain.text(side)}


def _card(question: Question, card: Card, settings: Settings) -> dict[str, Any]:
    asked = sides(parse(card.cloze, cloze=True)) if card.cloze else ()
    return {
        "id": str(card.id),
        "guid": names.guid(settings.namespace, names.note_key(question.name, card.id)),
        "front": _line(card.front),
        "back": _marked(card.back),
        "cloze": _marked(card.cloze, cloze=True),
        "deletions": [{"number": each.number, "front": _side(each.front), "back": _side(each.back)} for each in asked],
        "reverse": card.reverse == "true",
        "essential": card.essential == "true",
    }
