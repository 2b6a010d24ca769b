"""The three note types of a deck: their frozen schema with names, card templates and style."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache

from qbank.bank.settings import Settings
from qbank.ledger.schema import NOTE_SCHEMAS
from qbank.ledger.state import digest
from qbank.program import templates
from qbank.render.jinja import render


@dataclass(frozen=True, slots=True)
class CardTemplate:
    """One kind of card that a note makes."""

    id: int
    name: str
    front: str
    back: str


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type: fields in order with their ids, and templates. `key` names it in the ledger."""

    key: str
    id: int
    name: str
    is_cloze: bool
    fields: tuple[tuple[int, str], ...]
    templates: tuple[CardTemplate, ...]
    css: str

    @property
    def sha(self) -> str:
        """The hash of all that an import would replace."""
        templates = [(each.id, each.name, each.front, each.back) for each in self.templates]
        return digest([self.name, self.fields, templates, self.css])


# Per template: the file of its front, that of its back, and whether the back ends with the card's context.
_FILES = {
    "question": (
        ("question.front", "question.back", False),
        ("question.reserve.front", "question.reserve.back", False),
    ),
    "fact": (
        ("fact.front", "fact.back", True),
        ("fact.reverse.front", "fact.reverse.back", True),
    ),
    "cloze": (("cloze.front", "cloze.back", True),),
}


def type_name(settings: Settings, key: str) -> str:
    """What a note type is called in Anki."""
    return f"{settings.root_deck} {key}"


def note_types(settings: Settings) -> dict[str, NoteType]:
    """The note types of a bank by key: question, fact, cloze."""
    css = render("html", "anki/style.css.j2", settings=settings)
    return {
        key: NoteType(
            key,
            _model_id(settings.namespace, key),
            type_name(settings, key),
            schema.is_cloze,
            schema.fields,
            tuple(map(_template, schema.templates, _FILES[key])),
            css,
        )
        for key, schema in NOTE_SCHEMAS.items()
    }


def _model_id(namespace: str, key: str) -> int:
    """An id of its own for every bank, in the range of Anki's ids (milliseconds since 1970)."""
    number = int.from_bytes(hashlib.sha256(f"{namespace}/{key}".encode()).digest()[:5], "big")
    return 1_300_000_000_000 + number % 300_000_000_000


def _template(identity: tuple[int, str], files: tuple[str, str, bool]) -> CardTemplate:
    number, name = identity
    front, back, context = files
    ending = _file("context.html") if context else ""
    return CardTemplate(number, name, _file(f"{front}.html"), _file(f"{back}.html") + ending)


@cache
def _file(name: str) -> str:
    return (templates() / "anki" / name).read_text(encoding="utf-8")
