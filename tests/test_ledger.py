"""A note bears the time at which what it renders to last changed; a release makes the next ledger."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import RETIRED
from qbank.bank.layout import LEDGER
from qbank.bank.names import slices_of
from qbank.ledger import state as states
from qbank.ledger.changes import Change, advance, by_topic, changes, held, summarize
from qbank.ledger.file import BrokenLedger, problems_of, read, written
from qbank.ledger.state import Frozen, Ledger, Published, State
from qbank.problem import Place
from qbank.render.jinja import render
from qbank.tree import Folder, Memory


def state(first: str = "Why?", answer: str = "x", tags: tuple[str, ...] = ("t",), **more: object) -> State:
    values = {"kind": "fact", "deck": "D", "topic": "t", "level": "core", "cards": (0,), "gaps": {}, **more}
    tags += (f"qbank::level::{values['level']}", f"qbank::topic::{values['topic']}")
    return State(first=first, answer=answer, tags=tags, **values)  # type: ignore[arg-type]


def ledger(**notes: State) -> Ledger:
    released = {key: Published(each, "2026.1", 500, slices_of(each.tags)) for key, each in notes.items()}
    return Ledger("2026.1", 500, "ns", notes=held(released))


def notes(known: Ledger, topic: str | None = None) -> dict[str, Published]:
    """The notes of a ledger, each of which it gives once."""
    rows = list(known.notes(topic))
    assert len({key for key, _ in rows}) == len(rows)
    return dict(rows)


def plain(known: Ledger) -> tuple[Ledger, dict[str, Published]]:
    """A ledger as values that can be compared."""
    return replace(known, notes=Ledger().notes), notes(known)


def text(known: Ledger) -> str:
    return "".join(written(known))


def stored(known: Ledger) -> Memory:
    return Memory({LEDGER: text(known).encode()})


def test_before_the_first_release_every_note_takes_the_time_of_the_build() -> None:
    assert Ledger().released().time("a", states.text("Why?", "x"), 1000) == 1000
    assert Ledger().note_type_time("question", "sha", 1000) == 1000


def test_a_note_whose_text_is_unchanged_keeps_its_time() -> None:
    known = ledger(a=state(tags=("t",), level="core")).released()
    assert known.time("a", states.text("Why?", "x"), 1000) == 500


def test_a_changed_note_is_newer_than_what_learners_have() -> None:
    known = ledger(a=state()).released()
    assert known.time("a", states.text("Why?", "y"), 1000) == 1000
    assert known.time("a", states.text("Why?", "y"), 500) == 501
    assert known.time("a", states.text("How?", "x"), 1000) == 1000


def test_a_note_is_known_in_every_slice_that_it_was_ever_in() -> None:
    one = ledger(a=state(topic="t", level="core"))
    moved = {"a": state(topic="u", level="core")}
    two = advance(one, "2", 900, namespace="ns", decks={}, note_types={}, notes=moved)
    deeper = {"a": state(topic="u", level="advanced")}
    three = advance(two, "3", 999, namespace="ns", decks={}, note_types={}, notes=deeper)
    assert three.released().filed("a") == ("level::advanced", "level::core", "topic::t", "topic::u")
    assert three.released().filed("unknown") == ()
    assert (two.summary, three.summary) == ("nothing changed", "nothing changed")


def test_note_types_keep_their_time_in_the_same_way() -> None:
    known = Ledger(note_types={"fact": Frozen("schema", "sha", 500)})
    assert known.note_type_time("fact", "sha", 1000) == 500
    assert known.note_type_time("fact", "other", 1000) == 1000


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
    assert {key: (each.since, each.time) for key, each in notes(following).items()} == {
        "kept": ("2026.1", 500),
        "corrected": ("2026.1", 900),
        "new": ("2026.2", 900),
    }
    assert (following.version, following.time, following.summary) == ("2026.2", 900, "1 new, 1 corrected")
    assert following.note_types == {"fact": Frozen("schema", "sha", 900)}


def test_a_release_keeps_what_it_does_not_make_any_more() -> None:
    before = replace(ledger(gone=state(), kept=state()), decks={"old": "R::O"}, note_types={"old": Frozen("a", "b", 1)})
    following = advance(
        before, "2026.2", 900, namespace="ns", decks={"t": "D"}, note_types={}, notes={"kept": state(answer="y")}
    )
    assert notes(following)["gone"] == notes(before)["gone"]
    assert following.decks == {"old": "R::O", "t": "D"}
    assert following.note_types == {"old": Frozen("a", "b", 1)}


def test_a_release_is_later_than_the_one_before() -> None:
    for time in (499, 500):
        with pytest.raises(ValueError, match="later"):
            advance(ledger(), "2", time, namespace="ns", decks={}, note_types={}, notes={})


def test_changes_are_told_apart() -> None:
    known = notes(ledger(same=state(), moved=state(), corrected=state(), reworded=state(), retired=state()))
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
    assert summarize(changes(known, now)) == "1 new, 1 corrected, 1 reworded, 1 retired"
    assert summarize([]) == "nothing changed"


def test_what_is_retired_already_is_no_change() -> None:
    gone = state(tags=("t", RETIRED))
    assert list(changes(notes(ledger(a=gone)), {"a": gone})) == []
    other = state(answer="another reason", tags=("t", RETIRED))
    assert list(changes(notes(ledger(a=gone)), {"a": other})) == [Change("a", "corrected")]


def test_the_changelog_names_questions_by_topic() -> None:
    made = [
        Change("a", "new"),
        Change("a/x", "new"),
        Change("b", "corrected"),
        Change("b/y", "new"),
        Change("c/z", "retired"),
    ]
    topics = by_topic(made, {"a": "Trees", "b": "Trees"})
    assert topics == {
        "Trees": {"a": ["new"], "b": ["corrected", "new cards"]},
        "Retired": {"c": ["retired"]},
    }
    said = render("markdown", "changelog.md.j2", version="2026.2", topics=topics, titles={"a": "A tree"})
    assert said.splitlines() == [
        "## 2026.2",
        "",
        "### Trees",
        "- A tree: new",
        "- b: corrected, new cards",
        "",
        "### Retired",
        "- c: retired",
    ]
    assert by_topic([], {}) == {}
    assert "Nothing" in render("markdown", "changelog.md.j2", version="2026.2", topics={}, titles={})


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
    (tmp_path / LEDGER).write_text(text(whole), encoding="utf-8")
    known, problems = problems_of(Folder(tmp_path))
    assert problems == []
    assert plain(known) == plain(whole)
    assert notes(known)["a/b"].state.gaps == {"1": ("x", "Ünïcode …")}
    rows = [json.loads(line) for line in text(whole).splitlines()]
    assert rows[0]["format"] == 2
    assert {row["key"]: row["gaps"] for row in rows[1:]}["a/b"] == {"1": ["x", "Ünïcode …"]}
    assert "Ünïcode" in text(whole)


def test_every_note_has_a_line_of_its_own() -> None:
    lines = text(ledger(b=state(), a=state())).splitlines()
    assert len(lines) == 3
    assert [json.loads(line)["key"] for line in lines[1:]] == ["a", "b"]


def test_the_notes_of_a_topic_stand_together_by_their_keys() -> None:
    mixed = ledger(c=state(topic="t"), b=state(topic="u"), d=state(topic="t"), a=state(topic="u"))
    rows = [json.loads(line) for line in text(mixed).splitlines()[1:]]
    assert [(row["topic"], row["key"]) for row in rows] == [("t", "c"), ("t", "d"), ("u", "a"), ("u", "b")]
    assert text(mixed) == text(read(stored(mixed)))


def test_the_notes_of_one_topic_are_read_alone() -> None:
    known = ledger(a=state("Ünï?", topic="t"), b=state("Wörk?", topic="u"), c=state(topic="v"))
    assert notes(known, "u") == {"b": notes(known)["b"]}
    again = read(stored(known))
    for topic in ("t", "u", "v", "nowhere"):
        assert notes(again, topic) == notes(known, topic)
    assert notes(again, "nowhere") == {}
    raw = text(known).encode()
    broken = read(Memory({LEDGER: raw.replace('"Ünï?"'.encode(), '"Ünï? '.encode())}))
    assert notes(broken, "u") == notes(known, "u")
    with pytest.raises(BrokenLedger):
        notes(broken, "t")


class Counting(Memory):
    """A tree that counts the lines that are read of its files, and lets none be read as a whole."""

    lines = 0

    def open(self, path: str) -> BinaryIO:
        file = super().open(path)
        whole, whole_line = file.read, file.readline

        def line(size: int = -1) -> bytes:
            self.lines += 1
            return whole_line(size)

        file.readline = line  # type: ignore[method-assign]
        file.read = lambda size=-1: pytest.fail("read as a whole") if size < 0 else whole(size)  # type: ignore[method-assign]
        return file


def test_a_ledger_is_read_line_by_line_as_far_as_it_is_asked_for() -> None:
    many = ledger(**{f"n{n}": state(topic=f"t{n % 10}") for n in range(100)})
    tree = Counting({LEDGER: text(many).encode()})
    known = read(tree)
    assert tree.lines == 1
    assert len(notes(known, "t3")) == 10
    assert tree.lines == 11
    next(known.notes(None))
    assert tree.lines == 12


def test_a_bank_without_a_ledger_was_never_released(tmp_path: Path) -> None:
    assert problems_of(Folder(tmp_path)) == (Ledger(), [])
    assert list(read(Folder(tmp_path)).notes(None)) == []


_HEAD = (
    '{"format": 2, "version": "1", "time": 1, "namespace": "", "summary": "", '
    '"decks": {}, "note_types": {}, "topics": {%s}}\n'
)
_BROKEN = [
    "",
    "[]",
    "{}",
    '{"format": 1}',
    '{"format": 2}',
    "[" * 10_000,
    '{"format": 2, "version": "", "time": "x"}',
    '{"format": 2, "version": "", "time": 1e999}',
    _HEAD % '"t": 1',
    _HEAD % '"t": [1]',
    _HEAD % '"t": [-100, 1]',
    _HEAD % '"t": [0, -1]',
]


@pytest.mark.parametrize("broken", _BROKEN)
def test_a_broken_ledger_is_a_problem(broken: str, tmp_path: Path) -> None:
    (tmp_path / LEDGER).write_text(broken)
    known, problems = problems_of(Folder(tmp_path))
    assert known == Ledger()
    assert [(problem.rule, problem.place) for problem in problems] == [("broken-ledger", Place(LEDGER))]
    with pytest.raises(BrokenLedger):
        read(Folder(tmp_path))


def rows(tree: Memory) -> Iterator[str]:
    return (key for key, _ in read(tree).notes(None))


def test_a_ledger_of_lines_too_many_or_too_few_is_broken() -> None:
    whole = text(ledger(a=state(), b=state()))
    assert list(rows(Memory({LEDGER: whole.encode()}))) == ["a", "b"]
    head, first, second = whole.splitlines(keepends=True)
    for lines in ([head, first], [head], [head, first, second, second], [head, first[1:], second], [head, second[:-9]]):
        with pytest.raises(BrokenLedger):
            list(rows(Memory({LEDGER: "".join(lines).encode()})))


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_a_damaged_ledger_gives_notes_or_is_broken(data: st.DataObject) -> None:
    raw = bytearray(text(ledger(a=state("Ünï?"), b=state(topic="u", gaps={"1": ("x", "y")}))).encode())
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at : at + data.draw(st.integers(0, 4))] = data.draw(
        st.binary(max_size=4) | st.sampled_from([b"-", b"9e9", b"0"])
    )
    try:
        known = read(Memory({LEDGER: bytes(raw)}))
        list(known.notes("t"))
        list(known.notes(None))
    except BrokenLedger:
        pass
