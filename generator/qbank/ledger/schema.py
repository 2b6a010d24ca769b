"""The schema of the three note types: what of them may never change after the first release.

Anki matches fields and templates by these integer ids, so a name may change later, but no field or template may be
added, removed or reordered: learners' next import would then make a second note type and update nothing
(measured on Anki 26.9). Hence the reserved fields, and templates that make a card only when a field is filled.
"""

from __future__ import annotations

from dataclasses import dataclass

from qbank.ledger.state import digest

# Anki's field and template ids are any 64-bit integers that are unique in the note type.
_FIELD_ID = 410_000_000
_TEMPLATE_ID = 420_000_000

# In every note type, behind its own fields. `Language` (that of the text) is not filled yet.
_SHARED = (
    *("Title", "Aliases", "Topic", "Level", "Kind", "Roles", "Language", "ID", "Link", "Notice", "My notes"),
    *("Reserve 1", "Reserve 2", "Reserve 3", "Reserve 4"),
)
#: Where a note is filed, and what is the learner's own. A change of these alone is no change of the note: they travel
#: with the next change of its text, so that nothing that a learner wrote is lost for them.
FILING = frozenset({"Title", "Aliases", "Topic", "Level", "Kind", "Roles", "Language", "ID", "Link", "My notes"})


@dataclass(frozen=True, slots=True)
class NoteSchema:
    """The fields and templates of a note type, each with its id, in order."""

    is_cloze: bool
    fields: tuple[tuple[int, str], ...]
    templates: tuple[tuple[int, str], ...]


def _schema(*fields: str, templates: tuple[str, ...], is_cloze: bool = False) -> NoteSchema:
    return NoteSchema(
        is_cloze,
        tuple((_FIELD_ID + n, name) for n, name in enumerate(fields)),
        tuple((_TEMPLATE_ID + n, name) for n, name in enumerate(templates)),
    )


NOTE_SCHEMAS = {
    "question": _schema(
        *("Question", "Answer", "Explanation", "Pitfalls", "Follow ups", "Code", "Code stub", "Figure", "Sources"),
        *_SHARED,
        templates=("Question", "Reserve"),
    ),
    "fact": _schema(
        *("Front", "Back", "Reverse", "Question", "Answer", "Sources"),
        *_SHARED,
        templates=("Fact", "Reverse"),
    ),
    "cloze": _schema(
        *("Text", "Question", "Answer", "Sources"),
        *_SHARED,
        templates=("Cloze",),
        is_cloze=True,
    ),
}


def schema_digest(key: str) -> str:
    """The identity of a note type's fields and templates: their ids in order, whatever their names."""
    schema = NOTE_SCHEMAS[key]
    return digest(
        [schema.is_cloze, [number for number, _ in schema.fields], [number for number, _ in schema.templates]]
    )
