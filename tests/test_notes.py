"""Identity: what must stay as it is, since learners' progress hangs on it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from conftest import BANK, HERE, MINIBANK, surveyed
from qbank.ledger.schema import NOTE_SCHEMAS
from qbank.outputs import types
from qbank.outputs.notes import all_notes
from qbank.outputs.types import note_types
from qbank.program import templates
from qbank.render.question import Note


@pytest.fixture(scope="module")
def mini(mini_root: Path) -> list[Note]:
    return list(all_notes(surveyed(mini_root)))


def test_a_guid_depends_on_the_names_only(mini: list[Note]) -> None:
    """These values may never change: they are those of notes that learners have."""
    guids = {note.key: note.guid for note in mini}
    assert guids["ridge-regression"] == "m/SZ6}bYpb"
    assert guids["ridge-regression/penalty"] == "huD2!`C5m/"


def test_guids_of_a_bank_are_unique() -> None:
    guids = [note.guid for note in all_notes(surveyed(BANK))]
    assert len(guids) > 100
    assert len(set(guids)) == len(guids)


def test_the_schema_of_the_note_types_is_frozen() -> None:
    """Ids, number and order of fields and templates: Anki makes a second note type of any change.

    A field or a template may be renamed after the first release, under its old id; nothing else may change here.
    """
    settings = surveyed(BANK).header.settings
    schema = {
        key: {
            "id": each.id,
            "fields": [list(field) for field in each.fields],
            "templates": [[template.id, template.name] for template in each.templates],
        }
        for key, each in note_types(settings).items()
    }
    assert schema == json.loads((HERE / "golden" / "note-types.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("key", ["question", "fact", "cloze"])
def test_every_card_ends_with_what_its_learner_wrote_and_its_key(key: str) -> None:
    for card in note_types(surveyed(MINIBANK).header.settings)[key].templates:
        assert "{{My notes}}" in card.back
        assert "{{ID}}" in card.back


@pytest.mark.parametrize("key", ["fact", "cloze"])
def test_a_card_leads_to_the_question_that_it_belongs_to(key: str) -> None:
    for card in note_types(surveyed(MINIBANK).header.settings)[key].templates:
        assert "<summary>{{Question}}</summary>{{Answer}}" in card.back
        assert "{{Sources}}" in card.back


def test_every_template_of_cards_is_used() -> None:
    there = {path.name: path.read_text(encoding="utf-8") for path in (templates() / "anki" / "cards").iterdir()}
    included = set(re.findall(r'include "anki/cards/([^"]+)"', " ".join(there.values())))
    sides = {
        f"{file}.{side}.html.j2" for files in types._FILES.values() for file in files for side in ("front", "back")
    }
    assert there.keys() == included | sides | {"side.html.j2"}


def test_a_question_and_its_cards_are_notes_of_their_own(mini: list[Note]) -> None:
    keys = [note.key for note in mini]
    assert keys == [
        "precision",
        "precision/formula",
        "ridge-regression",
        "ridge-regression/penalty",
        "ridge-regression/solution",
        "ridge-regression/code",
    ]


def test_the_positions_of_the_cards_follow_flags_and_clozes(mini: list[Note]) -> None:
    assert {note.key: note.cards for note in mini} == {
        "precision": (0,),
        "precision/formula": (0,),
        "ridge-regression": (0,),
        "ridge-regression/penalty": (0, 1),
        "ridge-regression/solution": (0, 1, 2),
        "ridge-regression/code": (0, 1, 2),
    }


def test_every_field_of_a_note_is_filled_or_empty_never_missing(mini: list[Note]) -> None:
    for note in mini:
        assert tuple(note.named) == tuple(name for _, name in NOTE_SCHEMAS[note.kind].fields)
        assert note.fields[0]


def test_media_names_carry_the_hash_of_their_content(mini: list[Note]) -> None:
    figure = next(note for note in mini if note.key == "ridge-regression").named["Figure"]
    assert 'src="qbank-line-' in figure
    assert 'alt="A line through the origin"' in figure


def test_tags_are_hierarchical_and_sorted(mini: list[Note]) -> None:
    note = next(note for note in mini if note.key == "precision")
    assert note.tags == (
        "qbank::essential",
        "qbank::kind::concept",
        "qbank::level::core",
        "qbank::origin::d-02",
        "qbank::role::analyst",
        "qbank::role::engineer",
        "qbank::round::coding",
        "qbank::round::theory",
        "qbank::topic::evaluation",
    )
