"""published.jsonl: the ledger as a file, of which one topic can be read without the others.

The first line is the head: the release, the decks and note types that it froze, and for every topic the place of its
notes, in bytes behind the head, and their number. Each further line is the state of one note, sorted by topic and key,
so that a difference shows what a release changed. The file is replaced as a whole, so that it is always that of one
release.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple

from qbank.bank.layout import LEDGER
from qbank.ledger import form
from qbank.ledger.state import Frozen, Ledger, Published, State
from qbank.problem import Fault, Place, Problem, rule
from qbank.tree import Tree

FORMAT = 2
_HEAD = ("version", "time", "namespace", "summary")
#: More bytes than any ledger has.
_MOST = 1 << 40


class BrokenLedger(ValueError):
    """The file is not a ledger, or not one of this version of qbank."""


class _Section(NamedTuple):
    """Where the notes of a topic begin, in bytes behind the head, and how many there are."""

    at: int
    notes: int


def read(tree: Tree) -> Ledger:
    """The ledger of a bank; an empty one where there is no file. Raises `BrokenLedger`; so does reading its notes."""
    if LEDGER not in tree.paths:
        return Ledger()
    with tree.open(LEDGER) as file:
        first = file.readline()
    try:
        head = json.loads(first)
        if head["format"] != FORMAT:
            raise BrokenLedger(f"format {head['format']}")
        sections = {str(topic): _Section(int(at), int(count)) for topic, (at, count) in head["topics"].items()}
        if any(not 0 <= number < _MOST for section in sections.values() for number in section):
            raise BrokenLedger("the head names a place that cannot be")
        return Ledger(
            form.text(head["version"]),
            form.time(head["time"]),
            form.text(head["namespace"]),
            form.text(head["summary"]),
            {form.name(topic): form.deck(deck) for topic, deck in head["decks"].items()},
            {form.word(key): _frozen(each) for key, each in head["note_types"].items()},
            lambda topic: _notes(tree, len(first), sections, topic),
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise BrokenLedger(str(error)) from error


def _frozen(value: Any) -> Frozen:
    return Frozen(form.word(value["schema"]), form.word(value["sha"]), form.time(value["time"]))


def _notes(
    tree: Tree, start: int, sections: Mapping[str, _Section], topic: str | None
) -> Iterator[tuple[str, Published]]:
    wanted = list(sections.values()) if topic is None else [sections[topic]] if topic in sections else []
    with tree.open(LEDGER) as file:
        for section in wanted:
            file.seek(start + section.at)
            for _ in range(section.notes):
                yield _published(file.readline())
        if topic is None and file.read(1):
            raise BrokenLedger("there are lines that the head does not know")


def _published(line: bytes) -> tuple[str, Published]:
    try:
        data = json.loads(line.decode())
        state = State(
            form.kind(data["kind"]),
            form.deck(data["deck"]),
            form.name(data["topic"]),
            form.name(data["level"]),
            tuple(map(form.number, form.items(data["cards"]))),
            form.words(data["tags"]),
            form.long(data["first"]),
            form.word(data["answer"]),
            form.gaps(data["gaps"]),
        )
        since, filed = form.text(data["since"]), form.slices(data["filed"])
        return form.key(data["key"]), Published(state, since, form.time(data["time"]), filed)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, RecursionError) as error:
        raise BrokenLedger(str(error)) from error


def written(ledger: Ledger) -> Iterator[str]:
    """The lines of the file of a ledger."""
    notes = sorted(ledger.notes(None), key=lambda each: (each[1].state.topic, each[0]))
    sections: dict[str, _Section] = {}
    lines: list[str] = []
    at = 0
    for topic, group in groupby(notes, key=lambda each: each[1].state.topic):
        mine = [_line(key, published) for key, published in group]
        sections[topic] = _Section(at, len(mine))
        at += sum(len(line.encode()) for line in mine)
        lines += mine
    head = {
        "format": FORMAT,
        **{name: getattr(ledger, name) for name in _HEAD},
        "decks": dict(sorted(ledger.decks.items())),
        "note_types": {key: dataclasses.asdict(frozen) for key, frozen in sorted(ledger.note_types.items())},
        "topics": sections,
    }
    yield _json(head)
    yield from lines


def _line(key: str, published: Published) -> str:
    state = {**published.state._asdict(), "gaps": dict(published.state.gaps)}
    return _json({"key": key, "since": published.since, "time": published.time, "filed": published.filed, **state})


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


@rule("reading", guards="identity")
def broken_ledger() -> Iterator[Fault]:
    """published.jsonl is written by `qbank release` only; learners' progress depends on it."""
    yield Fault(
        Place(LEDGER),
        "this is not a ledger of this version of qbank",
        "restore the file from the last commit; never edit it by hand",
    )


def problems_of(tree: Tree) -> tuple[Ledger, list[Problem]]:
    """The ledger of a bank, and what is wrong with its head; an empty one where it cannot be read."""
    try:
        return read(tree), []
    except BrokenLedger:
        return Ledger(), list(broken_ledger())


RULES = (broken_ledger,)
