"""From questions and cards to notes: rendered fields, tags and identity, the same for decks and data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

import genanki
from jinja2 import Environment

from generator import templating
from generator.markup import html
from generator.markup.document import parse
from generator.model import Bank, Card, Question, Reference, Topic
from generator.outputs.note_types import NoteType, note_types


@dataclass(frozen=True, slots=True)
class Note:
    """One note as Anki keeps it: fields by name, sorted tags, and the positions of the cards that it makes."""

    key: str
    guid: str
    type: NoteType
    deck: str
    fields: dict[str, str]
    tags: tuple[str, ...]
    cards: tuple[int, ...]

    @property
    def content(self) -> list[object]:
        """What learners have of it: the ledger keeps the hash of this."""
        return [self.type.key, list(self.fields.values()), list(self.tags)]


def guid(bank: Bank, key: str) -> str:
    """The identity of a note: a function of the bank's namespace and the note's name, never of its text."""
    return str(genanki.guid_for(str(bank.settings.namespace), key))


def link(bank: Bank, question: Question) -> str:
    """The address of a question's file in the repository, where it can be corrected."""
    inside = f"{question.topic}/{question.name}.yaml"
    return f"{bank.settings.repository}/blob/{bank.settings.branch}/bank/{inside}"


def deck_name(bank: Bank, topic: Topic) -> str:
    """The deck of a topic, below the root deck."""
    return f"{bank.settings.root_deck}::{topic.deck}"


def tags(question: Question) -> tuple[str, ...]:
    """Hierarchical tags: topic, level, kind and origins, all below qbank."""
    origins = (f"qbank::origin::{origin}" for origin in question.asked_in)
    return tuple(
        sorted(
            {
                f"qbank::topic::{question.topic}",
                f"qbank::level::{question.level}",
                f"qbank::kind::{question.kind}",
                *origins,
            }
        )
    )


def media_name(bank: Bank, question: Question) -> str:
    """The name of a figure in Anki's media folder: with a hash of the content, since Anki never replaces a file."""
    data = figure(bank, question)
    stem, _, ending = question.figure.file.rpartition(".")
    return f"qbank-{stem}-{sha256(data).hexdigest()[:8]}.{ending}"


def figure(bank: Bank, question: Question) -> bytes:
    """The bytes of a question's figure."""
    return (bank.root / "figures" / question.figure.file).read_bytes()


def sources(bank: Bank, references: tuple[Reference, ...]) -> list[dict[str, str]]:
    """References with what a reader needs to find them."""
    return [
        {
            "title": str(work.title),
            "authors": str(work.authors),
            "year": str(work.year),
            "edition": str(work.edition),
            "link": work.link,
            "where": str(reference.where),
        }
        for reference in references
        for work in (bank.works[reference.work],)
    ]


def notes(bank: Bank) -> Iterator[tuple[Question, Note]]:
    """Every note of a bank in study order: a question, then its cards."""
    types = note_types(bank.settings, bank.settings.topics)
    for topic, questions in bank.topics():
        for question in questions:
            shared = _shared(bank, topic, question)
            yield question, _question_note(bank, topic, question, types["question"], shared)
            for card in question.cards:
                yield question, _card_note(bank, topic, question, card, types, shared)


@cache
def _environment() -> Environment:
    return templating.html_environment()


def _render(template: str, **values: Any) -> str:
    return _environment().get_template(f"fields/{template}.html.j2").render(**values).strip()


def _shared(bank: Bank, topic: Topic, question: Question) -> dict[str, str]:
    """The fields that a question's note and its cards have in common."""
    return {
        "Question": html.inline(parse(question.question)),
        "Answer": html.block(parse(question.answer)),
        "Sources": _render("sources", sources=sources(bank, question.references)) if question.references else "",
        "Topic": _render("topic", topic=topic),
        "Level": _render("level", question=question),
        "Kind": str(question.kind),
        "Link": link(bank, question),
    }


def _question_note(bank: Bank, topic: Topic, question: Question, kind: NoteType, shared: dict[str, str]) -> Note:
    values = {
        **shared,
        "Explanation": html.block(parse(question.explanation)),
        "Pitfalls": _render("pitfalls", question=question) if question.pitfalls else "",
        "Follow ups": _render("follow-ups", question=question) if question.follow_ups else "",
        "Code": html.code(question.code.solution, "python") if question.code.solution else "",
        "Figure": (
            _render("figure", question=question, media=media_name(bank, question)) if question.figure.file else ""
        ),
    }
    return _note(bank, topic, question, question.name, kind, values, (0,))


def _card_note(
    bank: Bank, topic: Topic, question: Question, card: Card, types: dict[str, NoteType], shared: dict[str, str]
) -> Note:
    key = f"{question.name}/{card.id}"
    if card.cloze:
        values = {**shared, "Text": html.block(parse(card.cloze, cloze=True))}
        numbers = tuple(number - 1 for number in html.cloze_numbers(values["Text"]))
        return _note(bank, topic, question, key, types["cloze"], values, numbers)
    reverse = card.reverse == "true"
    values = {
        **shared,
        "Front": html.inline(parse(card.front)),
        "Back": html.block(parse(card.back)),
        "Reverse": "1" if reverse else "",
    }
    return _note(bank, topic, question, key, types["fact"], values, (0, 1) if reverse else (0,))


def _note(
    bank: Bank,
    topic: Topic,
    question: Question,
    key: str,
    kind: NoteType,
    values: dict[str, str],
    cards: tuple[int, ...],
) -> Note:
    values = {**values, "ID": key}
    fields = {name: values.get(name, "") for _, name in kind.fields}
    return Note(key, guid(bank, key), kind, deck_name(bank, topic), fields, tags(question), cards)
