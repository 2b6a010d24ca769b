"""What a mistyped word stands for."""

from __future__ import annotations

import pytest

from qbank.bank import meant
from qbank.bank.meant import nearest, renamed
from qbank.problem import Place

PLACE = Place("a.yaml")
CARD = ("id", "front", "back", "cloze", "essential")
FOLLOW_UP = ("question", "answer")


@pytest.mark.parametrize(
    ("name", "free", "field"),
    [
        ("fornt", CARD, "front"),
        ("Front", CARD, "front"),
        ("q", CARD, "front"),
        ("question", CARD, "front"),
        ("answer", CARD, "back"),
        ("q", FOLLOW_UP, "question"),
        ("front", FOLLOW_UP, "question"),
        ("Section", ("work", "where"), "where"),
        ("follow-ups", ("follow_ups",), "follow_ups"),
        ("answer", ("front",), ""),
        ("tags", CARD, ""),
    ],
)
def test_a_field_is_known_by_its_letters_or_by_what_others_call_it(
    name: str, free: tuple[str, ...], field: str
) -> None:
    assert meant.field(name, free) == field


def test_capital_letters_part_no_words() -> None:
    assert nearest("ESL", ["adam", "esl"], "") == "did you mean 'esl'?"
    fix = renamed(PLACE, "CORE", ["core", "more"], safe=True)
    assert fix
    assert [edit.text for edit in fix.edits] == ["core"]


def test_only_one_near_word_is_a_fix() -> None:
    assert renamed(PLACE, "linear-model", ["linear-models", "linear-mode"], safe=True) is None
    assert renamed(PLACE, "analist", ["analyst"], safe=True, stated=["analyst"]) is None
    assert nearest("xyz", ["core"], "write core") == "write core"
