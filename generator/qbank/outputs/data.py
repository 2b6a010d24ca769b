"""The bank as data: JSON for other programs, with its schema, and a table that Anki imports as text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from qbank.markup import html, plain
from qbank.markup.document import parse
from qbank.model import KINDS, LEVELS, Bank, Card, Question, Text, Topic
from qbank.outputs.artifact import Artifact, Edition
from qbank.outputs.notes import guid, link, notes, sources, tags


def build(bank: Bank, edition: Edition) -> Iterator[Artifact]:
    """questions.json, questions.jsonl, schema.json and anki.tsv."""
    rows = [_row(bank, topic, question) for topic, questions in bank.topics() for question in questions]
    whole = {
        "title": str(bank.settings.title),
        "version": edition.version,
        "licence": str(bank.settings.licence),
        "repository": str(bank.settings.repository),
        "topics": [{"name": str(topic.name), "title": str(topic.title)} for topic, _ in bank.topics()],
        "questions": rows,
    }
    yield Artifact("data/questions.json", _json(whole, indent=1))
    yield Artifact("data/questions.jsonl", b"".join(_json(row) for row in rows))
    yield Artifact("data/schema.json", _json(schema(), indent=1))
    yield Artifact("data/anki.tsv", _tsv(bank).encode())


def _json(value: Any, indent: int | None = None) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=indent) + "\n").encode()


def _marked(text: Text, *, inline: bool = False, cloze: bool = False) -> dict[str, str]:
    """A text as it was written, as HTML and as plain text."""
    document = parse(text, cloze=cloze)
    rendered = html.inline(document) if inline else html.block(document)
    return {"markdown": str(text).strip(), "html": rendered, "text": plain.text(document)}


def _row(bank: Bank, topic: Topic, question: Question) -> dict[str, Any]:
    """One question. Every row has every key; what a question does not have is empty."""
    return {
        "id": question.name,
        "topic": question.topic,
        "topic_title": str(topic.title),
        "kind": str(question.kind),
        "level": str(question.level),
        "question": _marked(question.question, inline=True),
        "answer": _marked(question.answer),
        "explanation": _marked(question.explanation),
        "pitfalls": [_marked(pitfall) for pitfall in question.pitfalls],
        "follow_ups": [
            {"question": _marked(each.question, inline=True), "answer": _marked(each.answer)}
            for each in question.follow_ups
        ],
        "cards": [_card(bank, question, card) for card in question.cards],
        "code": {
            "solution": str(question.code.solution),
            "tests": str(question.code.tests),
            "requires": [str(package) for package in question.code.requires],
        },
        "figure": {"file": str(question.figure.file), "alt": str(question.figure.alt)},
        "sheet": _marked(question.sheet),
        "references": sources(bank, question.references),
        "asked_in": [str(origin) for origin in question.asked_in],
        "see_also": [str(name) for name in question.see_also],
        "as_of": str(question.as_of),
        "tags": list(tags(question)),
        "guid": guid(bank, question.name),
        "path": f"bank/{question.topic}/{question.name}.yaml",
        "url": link(bank, question),
    }


def _card(bank: Bank, question: Question, card: Card) -> dict[str, Any]:
    return {
        "id": str(card.id),
        "guid": guid(bank, f"{question.name}/{card.id}"),
        "front": _marked(card.front, inline=True),
        "back": _marked(card.back),
        "cloze": _marked(card.cloze, cloze=True),
        "reverse": card.reverse == "true",
    }


def _tsv(bank: Bank) -> str:
    """All notes as the text file that Anki imports: see https://docs.ankiweb.net/importing/text-files.html.

    A row has as many fields as the widest note type. Fields hold no tabs and no line breaks outside quotes; a quote
    inside is doubled.
    """
    all_notes = list(notes(bank))
    width = max((len(note.fields) for note in all_notes), default=0)
    head = f"#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:{width + 4}\n"
    rows = []
    for note in all_notes:
        fields = [*note.fields.values(), *[""] * (width - len(note.fields))]
        cells = [note.guid, note.type.name, note.deck, *fields, " ".join(note.tags)]
        rows.append("\t".join(_cell(cell) for cell in cells) + "\n")
    return head + "".join(rows)


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in '\t\n\r"#') else text


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of questions.json; its `$defs/question` is that of a line of questions.jsonl."""
    text = {"type": "string"}
    marked = _object(markdown=text, html=text, text=text)
    card = _object(id=text, guid=text, front=marked, back=marked, cloze=marked, reverse={"type": "boolean"})
    source = _object(title=text, authors=text, year=text, edition=text, link=text, where=text)
    question = _object(
        id={"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
        topic=text,
        topic_title=text,
        kind={"enum": list(KINDS)},
        level={"enum": list(LEVELS)},
        question=marked,
        answer=marked,
        explanation=marked,
        pitfalls=_array(marked),
        follow_ups=_array(_object(question=marked, answer=marked)),
        cards=_array(card),
        code=_object(solution=text, tests=text, requires=_array(text)),
        figure=_object(file=text, alt=text),
        sheet=marked,
        references=_array(source),
        asked_in=_array(text),
        see_also=_array(text),
        as_of=text,
        tags=_array(text),
        guid=text,
        path=text,
        url=text,
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "qbank questions",
        **_object(
            title=text,
            version=text,
            licence=text,
            repository=text,
            topics=_array(_object(name=text, title=text)),
            questions=_array({"$ref": "#/$defs/question"}),
        ),
        "$defs": {"question": question},
    }


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }


def _array(items: Any) -> dict[str, Any]:
    return {"type": "array", "items": items}
