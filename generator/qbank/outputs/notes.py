"""From questions and cards to notes: rendered fields, tags and identity, the same for decks and data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

import genanki
from jinja2 import Environment

from qbank import templating
from qbank.history import RETIRED, State, digest
from qbank.markup import html, plain
from qbank.markup.document import parse
from qbank.model import Bank, Card, Question, Reference, Retired, Topic
from qbank.outputs.note_types import NoteType, note_types


@dataclass(frozen=True, slots=True)
class Note:
    """One note as Anki keeps it: fields by name, sorted tags, and the positions of the cards that it makes."""

    key: str
    guid: str
    type: NoteType
    deck: str
    topic: str
    level: str
    fields: dict[str, str]
    tags: tuple[str, ...]
    cards: tuple[int, ...]
    gaps: Mapping[str, tuple[str, str]]
    figure: str

    @property
    def sha(self) -> str:
        """The hash of all that an import would replace: the kind, the fields in order, and the tags."""
        return digest([self.type.key, list(self.fields.values()), list(self.tags)])

    def state(self) -> State:
        """What learners have of it once it is released."""
        first, *rest = [(name, value) for name, value in self.fields.items() if name not in _NOT_ANSWERING]
        return State(self.type.key, self.deck, self.cards, self.tags, first[1], digest(rest), self.sha, dict(self.gaps))


#: Fields whose change corrects nothing.
_NOT_ANSWERING = frozenset({"Topic", "Level", "Kind", "ID", "Link", "My notes"})


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


def media_name(bank: Bank, file: str) -> str:
    """The name of a figure in Anki's media folder: with a hash of the content, since Anki never replaces a file."""
    stem, _, ending = file.rpartition(".")
    return f"qbank-{stem}-{sha256(figure(bank, file)).hexdigest()[:8]}.{ending}"


def figure(bank: Bank, file: str) -> bytes:
    """The bytes of a figure."""
    return (bank.root / "figures" / file).read_bytes()


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


def notes(bank: Bank) -> Iterator[Note]:
    """Every note of a bank in study order, a question, then its cards; at the end those that are retired."""
    types = note_types(bank.settings, bank.settings.topics)
    for topic, questions in bank.topics():
        for question in questions:
            shared = _shared(bank, topic, question)
            yield _question_note(bank, topic, question, types["question"], shared)
            for card in question.cards:
                yield _card_note(bank, topic, question, card, types, shared)
    whole = {str(each.name): each for each in bank.retired if not each.card}
    cards = {f"{each.name}/{each.card}": each for each in bank.retired if each.card}
    for key, published in bank.ledger.notes.items():
        # A card that was retired before its question keeps its own reason.
        retired = cards.get(key) or whole.get(key.partition("/")[0])
        if retired:
            yield _retired_note(bank, retired, key, published.state, types[published.state.kind])


def _retired_note(bank: Bank, retired: Retired, key: str, state: State, kind: NoteType) -> Note:
    """A note that learners keep: what it asks stays, why it is retired and what replaces it stand for its answer."""
    notice = _render("notice", retired=retired)
    first = kind.fields[0][1]
    answer = {"question": "Answer", "fact": "Back", "cloze": "Answer"}[kind.key]
    # Without the question's other fields nothing of the retired answer is left; the first field names the note.
    values = {first: state.first, answer: notice, "Notice": notice, "ID": key, "Link": str(bank.settings.repository)}
    if kind.key != "question":
        values["Question"] = str(retired.name)
    if 1 in state.cards and kind.key == "fact":
        values["Reverse"] = "1"
    filed = dict(tag.removeprefix("qbank::").split("::", 1) for tag in state.tags if tag.count("::") == 2)
    return Note(
        key=key,
        guid=guid(bank, key),
        type=kind,
        deck=state.deck,
        topic=filed.get("topic", ""),
        level=filed.get("level", ""),
        fields={name: values.get(name, "") for _, name in kind.fields},
        tags=tuple(sorted({*state.tags, RETIRED})),
        cards=state.cards,
        gaps=state.gaps,
        figure="",
    )


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
    file = str(question.figure.file)
    media = media_name(bank, file) if file else ""
    values = {
        **shared,
        "Explanation": html.block(parse(question.explanation)),
        "Pitfalls": _render("pitfalls", question=question) if question.pitfalls else "",
        "Follow ups": _render("follow-ups", question=question) if question.follow_ups else "",
        "Code": html.code(question.code.solution, "python") if question.code.solution else "",
        "Figure": _render("figure", question=question, media=media) if media else "",
    }
    return _note(bank, topic, question, question.name, kind, values, (0,))


def _card_note(
    bank: Bank, topic: Topic, question: Question, card: Card, types: dict[str, NoteType], shared: dict[str, str]
) -> Note:
    key = f"{question.name}/{card.id}"
    if card.cloze:
        values = {**shared, "Text": html.block(parse(card.cloze, cloze=True))}
        numbers = tuple(number - 1 for number in html.cloze_numbers(values["Text"]))
        gaps = plain.gaps(parse(card.cloze, cloze=True))
        return _note(bank, topic, question, key, types["cloze"], values, numbers, gaps)
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
    gaps: Mapping[str, tuple[str, str]] | None = None,
) -> Note:
    values = {**values, "ID": key}
    return Note(
        key=key,
        guid=guid(bank, key),
        type=kind,
        deck=deck_name(bank, topic),
        topic=question.topic,
        level=str(question.level),
        fields={name: values.get(name, "") for _, name in kind.fields},
        tags=tags(question),
        cards=cards,
        gaps=gaps or {},
        figure=str(question.figure.file) if "Figure" in dict(kind.fields).values() else "",
    )
