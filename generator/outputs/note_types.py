"""The three note types of a deck. Their schema is frozen by the first release.

Anki matches fields and templates by these integer ids, so a name may change later, but no field or template may be
added, removed or reordered: learners' next import would then make a second note type and update nothing
(measured on Anki 26.9). Hence the reserved fields, and templates that make a card only when a field is filled.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from generator import templating
from generator.model import Settings, Topic

# Anki's field and template ids are any 64-bit integers that are unique in the note type.
_FIELD_ID = 410_000_000
_TEMPLATE_ID = 420_000_000


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


_SHARED = ("Topic", "Level", "Kind", "ID", "Link", "Notice", "My notes")
_FIELDS = {
    "question": (
        "Question",
        "Answer",
        "Explanation",
        "Pitfalls",
        "Follow ups",
        "Code",
        "Figure",
        "Sources",
        *_SHARED,
        "Reserve 1",
        "Reserve 2",
        "Reserve 3",
        "Reserve 4",
    ),
    "fact": (
        "Front",
        "Back",
        "Reverse",
        "Question",
        "Answer",
        "Sources",
        *_SHARED,
        "Reserve 1",
        "Reserve 2",
    ),
    "cloze": (
        "Text",
        "Question",
        "Answer",
        "Sources",
        *_SHARED,
        "Reserve 1",
        "Reserve 2",
    ),
}
# (name of the template, file of the front, file of the back, whether the back ends with the card's context)
_TEMPLATES = {
    "question": (
        ("Question", "question.front", "question.back", False),
        ("Reserve", "question.reserve.front", "question.reserve.back", False),
    ),
    "fact": (
        ("Fact", "fact.front", "fact.back", True),
        ("Reverse", "fact.reverse.front", "fact.reverse.back", True),
    ),
    "cloze": (("Cloze", "cloze.front", "cloze.back", True),),
}


def note_types(settings: Settings, topics: Sequence[Topic]) -> dict[str, NoteType]:
    """The note types of a bank by key: question, fact, cloze."""
    css = templating.html_environment().get_template("style.css.j2").render(topics=topics)
    return {
        key: NoteType(
            key,
            _model_id(settings.namespace, key),
            f"{settings.root_deck} {key}",
            key == "cloze",
            tuple((_FIELD_ID + n, name) for n, name in enumerate(names)),
            tuple(_template(n, *spec) for n, spec in enumerate(_TEMPLATES[key])),
            css,
        )
        for key, names in _FIELDS.items()
    }


def _model_id(namespace: str, key: str) -> int:
    """An id of its own for every bank, in the range of Anki's ids (milliseconds since 1970)."""
    number = int.from_bytes(hashlib.sha256(f"{namespace}/{key}".encode()).digest()[:5], "big")
    return 1_300_000_000_000 + number % 300_000_000_000


def _template(position: int, name: str, front: str, back: str, context: bool) -> CardTemplate:
    ending = _file("context.html") if context else ""
    return CardTemplate(_TEMPLATE_ID + position, name, _file(f"{front}.html"), _file(f"{back}.html") + ending)


@cache
def _file(name: str) -> str:
    return (templating.directory() / "anki" / name).read_text(encoding="utf-8")
