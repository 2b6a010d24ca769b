"""The three note types of a deck: their frozen schema with names, card templates and style."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial

from markupsafe import escape

from qbank.bank import names
from qbank.bank.settings import Settings
from qbank.ledger.schema import NOTE_SCHEMAS
from qbank.ledger.state import digest
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


#: The files of the templates, each with a front and a back, in the order of the schema.
_FILES = {"question": ("question", "question.reserve"), "fact": ("fact", "fact.reverse"), "cloze": ("cloze",)}


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
            tuple(map(partial(_template, settings), schema.templates, _FILES[key])),
            css,
        )
        for key, schema in NOTE_SCHEMAS.items()
    }


def _model_id(namespace: str, key: str) -> int:
    """An id of its own for every bank, in the range of Anki's ids (milliseconds since 1970)."""
    number = int.from_bytes(hashlib.sha256(f"{namespace}/{key}".encode()).digest()[:5], "big")
    return 1_300_000_000_000 + number % 300_000_000_000


def _template(settings: Settings, identity: tuple[int, str], file: str) -> CardTemplate:
    front, back = (
        render(
            "card",
            "anki/cards/side.html.j2",
            side=f"anki/cards/{file}.{side}.html.j2",
            settings=settings,
            files=names.files(settings),
            # Anki fills in the key of the note.
            report=escape(names.report(settings, "{{ID}}")),
        )
        for side in ("front", "back")
    )
    return CardTemplate(*identity, front, back)
