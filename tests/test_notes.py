"""Identity: what must stay as it is, since learners' progress hangs on it."""

from __future__ import annotations

import json

import pytest

from conftest import BANK, HERE, MINIBANK
from qbank.check import check
from qbank.model import Bank
from qbank.outputs.note_types import note_types
from qbank.outputs.notes import guid, notes


@pytest.fixture(scope="module")
def mini() -> Bank:
    return check(MINIBANK)[0]


def test_a_guid_depends_on_the_names_only(mini: Bank) -> None:
    """These values may never change: they are those of notes that learners have."""
    assert guid(mini, "ridge-regression") == "m/SZ6}bYpb"
    assert guid(mini, "ridge-regression/penalty") == "huD2!`C5m/"


def test_guids_of_a_bank_are_unique() -> None:
    guids = [note.guid for note in notes(check(BANK)[0])]
    assert len(guids) > 100
    assert len(set(guids)) == len(guids)


def test_the_schema_of_the_note_types_is_frozen() -> None:
    """Ids, number and order of fields and templates: Anki makes a second note type of any change.

    A field or a template may be renamed after the first release, under its old id; nothing else may change here.
    """
    settings = check(BANK)[0].settings
    schema = {
        key: {
            "id": each.id,
            "fields": [list(field) for field in each.fields],
            "templates": [[template.id, template.name] for template in each.templates],
        }
        for key, each in note_types(settings, settings.topics).items()
    }
    assert schema == json.loads((HERE / "golden" / "note-types.json").read_text(encoding="utf-8"))


def test_a_question_and_its_cards_are_notes_of_their_own(mini: Bank) -> None:
    keys = [note.key for note in notes(mini)]
    assert keys == [
        "precision",
        "precision/formula",
        "ridge-regression",
        "ridge-regression/penalty",
        "ridge-regression/solution",
        "ridge-regression/code",
    ]


def test_the_positions_of_the_cards_follow_flags_and_clozes(mini: Bank) -> None:
    assert {note.key: note.cards for note in notes(mini)} == {
        "precision": (0,),
        "precision/formula": (0,),
        "ridge-regression": (0,),
        "ridge-regression/penalty": (0, 1),
        "ridge-regression/solution": (0, 1, 2),
        "ridge-regression/code": (0, 1, 2),
    }


def test_every_field_of_a_note_is_filled_or_empty_never_missing(mini: Bank) -> None:
    for note in notes(mini):
        assert tuple(note.fields) == tuple(name for _, name in note.type.fields)
        assert next(iter(note.fields.values()))


def test_media_names_carry_the_hash_of_their_content(mini: Bank) -> None:
    figure = next(note for note in notes(mini) if note.key == "ridge-regression").fields["Figure"]
    assert 'src="qbank-line-' in figure
    assert 'alt="A line through the origin"' in figure


def test_tags_are_hierarchical_and_sorted(mini: Bank) -> None:
    note = next(note for note in notes(mini) if note.key == "precision")
    assert note.tags == (
        "qbank::kind::concept",
        "qbank::level::core",
        "qbank::origin::d-02",
        "qbank::topic::evaluation",
    )
