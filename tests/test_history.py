"""A note bears the time at which what it renders to last changed; a build only reads the ledger."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.history import Ledger, Stamp, digest, read


def test_before_the_first_release_every_note_takes_the_time_of_the_build() -> None:
    assert Ledger().note_time("a", ["text"], 1000) == 1000
    assert Ledger().note_type_time("question", ["css"], 1000) == 1000


def test_an_unchanged_note_keeps_its_time() -> None:
    ledger = Ledger("1", 500, {"a": Stamp(digest(["text"]), 500)})
    assert ledger.note_time("a", ["text"], 1000) == 500


def test_a_changed_note_is_newer_than_what_learners_have() -> None:
    ledger = Ledger("1", 500, {"a": Stamp(digest(["old"]), 500)})
    assert ledger.note_time("a", ["new"], 1000) == 1000
    assert ledger.note_time("a", ["new"], 500) == 501


def test_the_hash_sees_fields_order_and_tags() -> None:
    assert digest([["a", "b"], ["t"]]) != digest([["b", "a"], ["t"]])
    assert digest([["a"], ["t"]]) != digest([["a"], ["u"]])


def test_a_ledger_is_read(tmp_path: Path) -> None:
    note = {"a/b": {"sha": "x", "time": 7}}
    ledger = {"format": 1, "version": "2026.11", "time": 9, "notes": note, "note_types": {}}
    (tmp_path / "published.json").write_text(json.dumps(ledger))
    assert read(tmp_path) == (Ledger("2026.11", 9, {"a/b": Stamp("x", 7)}, {}), [])


def test_a_bank_without_a_ledger_was_never_released(tmp_path: Path) -> None:
    assert read(tmp_path) == (Ledger(), [])


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format": 2}', "[" * 10_000, '{"format": 1, "version": "", "time": "x"}']
)
def test_a_broken_ledger_is_a_problem(text: str, tmp_path: Path) -> None:
    (tmp_path / "published.json").write_text(text)
    ledger, problems = read(tmp_path)
    assert ledger == Ledger()
    assert [problem.rule for problem in problems] == ["broken-ledger"]
