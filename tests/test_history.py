"""A note bears the time at which what it renders to last changed; a release makes the next ledger."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qbank.history import (
    RETIRED,
    Change,
    Frozen,
    Ledger,
    Published,
    State,
    advance,
    changelog,
    changes,
    digest,
    read,
    summarise,
    write,
)


def state(first: str = "Why?", answer: str = "x", tags: tuple[str, ...] = ("t",), **more: object) -> State:
    values = {"kind": "fact", "deck": "D", "cards": (0,), "gaps": {}, **more}
    return State(first=first, answer=answer, tags=tags, sha=digest([first, answer, tags]), **values)  # type: ignore[arg-type]


def ledger(**notes: State) -> Ledger:
    return Ledger("2026.1", 500, "ns", notes={key: Published(each, "2026.1", 500) for key, each in notes.items()})


def test_before_the_first_release_every_note_takes_the_time_of_the_build() -> None:
    assert Ledger().note_time("a", "sha", 1000) == 1000
    assert Ledger().note_type_time("question", "sha", 1000) == 1000


def test_an_unchanged_note_keeps_its_time() -> None:
    assert ledger(a=state()).note_time("a", state().sha, 1000) == 500


def test_a_changed_note_is_newer_than_what_learners_have() -> None:
    known = ledger(a=state())
    assert known.note_time("a", state(answer="y").sha, 1000) == 1000
    assert known.note_time("a", state(answer="y").sha, 500) == 501


def test_note_types_keep_their_time_in_the_same_way() -> None:
    known = Ledger(note_types={"fact": Frozen("schema", "sha", 500)})
    assert known.note_type_time("fact", "sha", 1000) == 500
    assert known.note_type_time("fact", "other", 1000) == 1000


def test_the_hash_sees_order_and_tags() -> None:
    assert digest([["a", "b"], ["t"]]) != digest([["b", "a"], ["t"]])
    assert digest([["a"], ["t"]]) != digest([["a"], ["u"]])


def test_a_release_remembers_when_a_note_first_appeared_and_last_changed() -> None:
    following = advance(
        ledger(kept=state(), corrected=state(first="How?")),
        "2026.2",
        900,
        namespace="ns",
        decks={"t": "D"},
        note_types={"fact": ("schema", "sha")},
        notes={"kept": state(), "corrected": state(first="How?", answer="y"), "new": state(first="Who?")},
    )
    assert {key: (each.since, each.time) for key, each in following.notes.items()} == {
        "kept": ("2026.1", 500),
        "corrected": ("2026.1", 900),
        "new": ("2026.2", 900),
    }
    assert (following.version, following.time, following.summary) == ("2026.2", 900, "1 new, 1 corrected")
    assert following.note_types == {"fact": Frozen("schema", "sha", 900)}


def test_a_release_is_later_than_the_one_before() -> None:
    for time in (499, 500):
        with pytest.raises(ValueError, match="later"):
            advance(ledger(), "2", time, namespace="ns", decks={}, note_types={}, notes={})


def test_changes_are_told_apart() -> None:
    known = ledger(same=state(), moved=state(), corrected=state(), reworded=state(), retired=state())
    now = {
        "same": state(),
        "moved": state(tags=("u",)),
        "corrected": state(answer="y"),
        "reworded": state(first="Why not?"),
        "retired": state(answer="gone", tags=("t", RETIRED)),
        "new": state(),
    }
    assert [(change.key, change.what) for change in changes(known, now)] == [
        ("corrected", "corrected"),
        ("reworded", "reworded"),
        ("retired", "retired"),
        ("new", "new"),
    ]
    assert summarise(changes(known, now)) == "1 new, 1 corrected, 1 reworded, 1 retired"
    assert summarise([]) == "nothing changed"


def test_what_is_retired_already_is_no_change() -> None:
    gone = state(tags=("t", RETIRED))
    assert list(changes(ledger(a=gone), {"a": gone})) == []


def test_the_changelog_names_questions_by_topic() -> None:
    made = [
        Change("a", "new"),
        Change("a/x", "new"),
        Change("b", "corrected"),
        Change("b/y", "new"),
        Change("c/z", "retired"),
    ]
    assert changelog("2026.2", made, {"a": "Trees", "b": "Trees"}).splitlines() == [
        "## 2026.2",
        "",
        "### Trees",
        "- a: new",
        "- b: corrected, new cards",
        "",
        "### Retired",
        "- c: retired",
    ]
    assert "Nothing" in changelog("2026.2", [], {})


def test_a_ledger_is_read_as_it_was_written(tmp_path: Path) -> None:
    whole = advance(
        Ledger(),
        "2026.11",
        9,
        namespace="ns",
        decks={"t": "Root::T"},
        note_types={"fact": ("schema", "sha")},
        notes={"a": state(), "a/b": state("Ünïcode {{c1::x}}", kind="cloze", gaps={"1": ("x", "Ünïcode …")})},
    )
    (tmp_path / "published.json").write_text(write(whole), encoding="utf-8")
    assert read(tmp_path) == (whole, [])
    assert json.loads(write(whole))["notes"]["a/b"]["state"]["gaps"] == {"1": ["x", "Ünïcode …"]}


def test_every_note_has_a_line_of_its_own() -> None:
    lines = write(ledger(a=state(), b=state())).splitlines()
    assert [line.split(":")[0].strip() for line in lines if '"state"' in line] == ['"a"', '"b"']


def test_a_bank_without_a_ledger_was_never_released(tmp_path: Path) -> None:
    assert read(tmp_path) == (Ledger(), [])


_BROKEN = ["", "[]", "{}", '{"format": 2}', "[" * 10_000, '{"format": 1, "version": "", "time": "x"}']


@pytest.mark.parametrize("text", _BROKEN)
def test_a_broken_ledger_is_a_problem(text: str, tmp_path: Path) -> None:
    (tmp_path / "published.json").write_text(text)
    known, problems = read(tmp_path)
    assert known == Ledger()
    assert [problem.rule for problem in problems] == ["broken-ledger"]
