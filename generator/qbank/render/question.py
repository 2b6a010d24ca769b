"""One question, rendered once for every output: its notes, its row of data, its boxes on the sheets and its pages.

The fields of notes are templates: `anki/fields/<field>.html.j2` makes the field of that name for a question's note and
those of its cards, `anki/fields/card/<field>.html.j2` that of one card. A field without a template stays empty.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from qbank.bank import names
from qbank.bank.model import Card, Question, Retired, Work
from qbank.bank.settings import Settings, Topic
from qbank.ledger.schema import FILING, NOTE_SCHEMAS
from qbank.ledger.state import State, digest, text
from qbank.markup import html, plain
from qbank.markup.document import parse
from qbank.markup.markdown import FLAVORS
from qbank.program import templates
from qbank.render import data
from qbank.render.jinja import environment, render


class Note(NamedTuple):
    """One note as Anki keeps it: fields in the order of its note type (`kind`), and the positions of its cards.

    `said` is the hash of what it says, by which it is compared with what was released.
    """

    key: str
    guid: str
    kind: str
    deck: str
    topic: str
    level: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    cards: tuple[int, ...]
    gaps: dict[str, tuple[str, str]]
    said: str = ""

    def hashed(self) -> Note:
        """The note with the hash of what it says: many packages ask for it."""
        return self._replace(said=text(self.first, self.answer))

    @property
    def named(self) -> dict[str, str]:
        """The fields by their names, in order."""
        return dict(zip(_field_names(self.kind), self.fields, strict=True))

    def state(self) -> State:
        """What learners have of it once it is released."""
        return State(
            self.kind,
            self.deck,
            self.topic,
            self.level,
            self.cards,
            self.tags,
            self.first,
            self.answer,
            dict(self.gaps),
        )

    @property
    def first(self) -> str:
        """The first field, by which learners know the note."""
        return self.fields[0]

    @property
    def answer(self) -> str:
        """The hash of the fields that answer it.

        By ids, and only what is filled: fields may be renamed, and reserved ones put to use, without a correction.
        """
        fields = zip(NOTE_SCHEMAS[self.kind].fields[1:], self.fields[1:], strict=True)
        return digest([(id, value) for (id, name), value in fields if value and name not in FILING])


class Rendered(NamedTuple):
    """A question in every form: its notes, its row as JSON with an indent of one, its title, its body, its text for the
    night before and what is asked next as Typst, its section of the sheet as GitHub reads Markdown, and the whole of it
    in every flavor of Markdown.
    """

    notes: tuple[Note, ...]
    row: str
    title: str
    body: str
    night: str
    asked: tuple[str, ...]
    section: str
    pages: dict[str, str]


@dataclass(frozen=True, slots=True)
class Setting:
    """What a question is rendered in: the settings and the topic, the folder of the bank in its repository, the works
    that it cites, and the name that its figure bears in Anki.
    """

    settings: Settings
    topic: Topic
    prefix: str
    works: Mapping[str, Work]
    media: str


def context_of(question: Question, setting: Setting) -> dict[str, Any]:
    """What templates are given of a question."""
    settings = setting.settings
    return {
        "settings": settings,
        "topic": setting.topic,
        "question": question,
        "sources": _sources(question, setting.works),
        "media": setting.media,
        "path": names.repository_path(setting.prefix, question.topic, question.name),
        "link": names.link(settings, setting.prefix, question.topic, question.name),
        "roles": settings.roles_of(question),
    }


def rendered(question: Question, setting: Setting) -> Rendered:
    """A question in every form but that for browsers (`render/web.py`), which a plain build does not ask for."""
    context = context_of(question, setting)
    return Rendered(
        notes=tuple(_notes(question, context)),
        row=json.dumps(data.row(question, setting.prefix, context), ensure_ascii=False, indent=1),
        title=render("typst", "cheatsheet/title.typ.j2", **context),
        body=render("typst", "cheatsheet/body.typ.j2", **context),
        night=render("typst", "cheatsheet/night-text.typ.j2", **context),
        asked=tuple(
            render("typst", "cheatsheet/asked.typ.j2", asked=each.question).strip() for each in question.follow_ups
        ),
        section=render("markdown", "cheatsheet/section.md.j2", flavor="github", **context).strip(),
        pages={each: render("markdown", "markdown/question.md.j2", flavor=each, **context).strip() for each in FLAVORS},
    )


def dumped(value: Rendered) -> bytes:
    """A rendered question as JSON; its row, which is JSON already, stands behind the line of all the rest."""
    rest = json.dumps(value._replace(row=""), ensure_ascii=False, separators=(",", ":"))
    return f"{rest}\n{value.row}".encode()


def restored(value: bytes) -> Rendered:
    """A rendered question from its JSON."""
    rest, _, row = value.decode().partition("\n")
    made = Rendered(*json.loads(rest))
    notes = tuple([_restored_note(*note) for note in made.notes])
    return made._replace(notes=notes, row=row, asked=tuple(made.asked))


def _restored_note(*values: Any) -> Note:
    made = Note(*values)
    gaps = {number: (gap[0], gap[1]) for number, gap in made.gaps.items()}
    return made._replace(fields=tuple(made.fields), tags=tuple(made.tags), cards=tuple(made.cards), gaps=gaps)


def _sources(question: Question, works: Mapping[str, Work]) -> list[dict[str, str]]:
    """References with what a reader needs to find them."""
    return [
        {
            "work": str(reference.work),
            "title": str(work.title),
            "authors": str(work.authors),
            "year": str(work.year),
            "edition": str(work.edition),
            "link": work.link,
            "where": str(reference.where),
        }
        for reference in question.references
        for work in (works[reference.work],)
    ]


def _notes(question: Question, context: Mapping[str, Any]) -> Iterable[Note]:
    shared = _fields("", context)
    ours = question.essential == "true"
    yield _note(question, "", "question", context, {**shared, "ID": question.name}, (0,), {}, essential=ours)
    for card in question.cards:
        key = names.note_key(question.name, card.id)
        fields = {**shared, **_fields("card/", {**context, "card": card}), "ID": key}
        kind, positions, gaps = _made(card, fields)
        essential = ours and card.essential == "true"
        yield _note(question, card.id, kind, context, fields, positions, gaps, essential=essential)


def _made(card: Card, fields: Mapping[str, str]) -> tuple[str, tuple[int, ...], dict[str, tuple[str, str]]]:
    """The note type of a card, the positions of what Anki makes of it, and its deletions."""
    if card.cloze:
        positions = tuple(number - 1 for number in html.cloze_numbers(fields["Text"]))
        return "cloze", positions, plain.gaps(parse(card.cloze, cloze=True))
    return "fact", (0, 1) if fields["Reverse"] else (0,), {}


def _note(
    question: Question,
    card: str,
    kind: str,
    context: Mapping[str, Any],
    fields: Mapping[str, str],
    cards: tuple[int, ...],
    gaps: dict[str, tuple[str, str]],
    *,
    essential: bool,
) -> Note:
    settings = context["settings"]
    key = names.note_key(question.name, card)
    return Note(
        key=key,
        guid=names.guid(settings.namespace, key),
        kind=kind,
        deck=names.deck(settings, context["topic"]),
        topic=question.topic,
        level=str(question.level),
        fields=tuple(fields.get(name, "") for name in _field_names(kind)),
        tags=names.tags(settings, question, question.asked_in, essential=essential),
        cards=cards,
        gaps=gaps,
    ).hashed()


def _field_names(kind: str) -> tuple[str, ...]:
    return tuple(name for _, name in NOTE_SCHEMAS[kind].fields)


@cache
def _templates(folder: str) -> dict[str, str]:
    """The templates of fields in a folder, by the names of the fields."""
    every = dict.fromkeys(name for kind in NOTE_SCHEMAS for name in _field_names(kind))
    paths = {name: f"anki/fields/{folder}{name.lower().replace(' ', '-')}.html.j2" for name in every}
    return {name: path for name, path in paths.items() if (templates() / path).is_file()}


def _fields(folder: str, context: Mapping[str, Any]) -> dict[str, str]:
    made = environment("html")
    return {name: made.get_template(path).render(context).strip() for name, path in _templates(folder).items()}


def retired_note(settings: Settings, retired: Retired, key: str, state: State) -> Note:
    """A note that learners keep: what it asks stays, why it is retired and what replaces it stand for its answer."""
    notice = render("html", "anki/notice.html.j2", settings=settings, retired=retired).strip()
    first = _field_names(state.kind)[0]
    answer = {"question": "Answer", "fact": "Back", "cloze": "Answer"}[state.kind]
    # Without the question's other fields nothing of the retired answer is left; the first field names the note.
    values = {first: state.first, answer: notice, "Notice": notice, "ID": key}
    if state.kind != "question":
        values["Question"] = str(retired.name)
    if 1 in state.cards and state.kind == "fact":
        values["Reverse"] = "1"
    return Note(
        key=key,
        guid=names.guid(settings.namespace, key),
        kind=state.kind,
        deck=state.deck,
        topic=state.topic,
        level=state.level,
        fields=tuple(values.get(name, "") for name in _field_names(state.kind)),
        tags=tuple(sorted({*state.tags, names.retired(settings)})),
        cards=state.cards,
        gaps=dict(state.gaps),
    ).hashed()
