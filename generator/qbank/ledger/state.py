"""What was released: the state of a note, the identity of a note type, and the times that they bear."""

from __future__ import annotations

import hashlib
import json
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

#: The time that notes bear in a build before the first release: 2026-11-01T00:00:00Z.
FOUNDED = 1_793_491_200
#: Bytes of a hash of rendered content.
_BYTES = 16


def digest(content: Any) -> str:
    """The hash of rendered content: 128 bits of SHA-256 over its JSON."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[: 2 * _BYTES]


class State(NamedTuple):
    """What learners have of one note, or would have after the next release.

    `first` is the rendered first field, by which learners know the note; `answer` is the hash of the fields that answer
    it. An import replaces the note when one of these two changes. `gaps` holds text and surroundings of every cloze
    deletion by its number.
    """

    kind: str
    deck: str
    topic: str
    level: str
    cards: tuple[int, ...]
    tags: tuple[str, ...]
    first: str
    answer: str
    gaps: Mapping[str, tuple[str, str]] = MappingProxyType({})


class Published(NamedTuple):
    """A state that was released, the version in which the note first appeared, the time of its last change, and every
    slice that it was ever in (`names.slices`): their packages go on to correct it.
    """

    state: State
    since: str
    time: int
    filed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frozen:
    """A note type that was released: the identity of its fields and templates, the hash of its content, its time."""

    schema: str
    sha: str
    time: int


Notes = Callable[[str | None], Iterator[tuple[str, Published]]]


def _no_notes(topic: str | None) -> Iterator[tuple[str, Published]]:
    return iter(())


@dataclass(frozen=True, slots=True)
class Ledger:
    """The last release. Before the first one, `version` is empty and no note is known.

    The states of notes stay in the file: `notes(topic)` reads those of one topic, `notes(None)` all, one at a time.
    """

    version: str = ""
    time: int = 0
    namespace: str = ""
    summary: str = ""
    decks: Mapping[str, str] = field(default_factory=dict)
    note_types: Mapping[str, Frozen] = field(default_factory=dict)
    notes: Notes = _no_notes

    def note_type_time(self, key: str, sha: str, now: int) -> int:
        """The time of change of a note type with the hash `sha` (fields, templates and style), in a build at `now`."""
        known = self.note_types.get(key)
        return time_of_change(known.sha if known else "", known.time if known else 0, sha, now)

    def released(self) -> Released:
        """What packages need to know of every note."""
        return Released(self.notes(None))


class Released:
    """The text, the time of change and the slices of every note that was released, for packages.

    A bank may have a million notes: of each is held what a few numbers hold, in the order of the hashes of their keys.
    """

    def __init__(self, released: Iterable[tuple[str, Published]]) -> None:
        names, said, times, filed = array("Q"), bytearray(), array("Q"), array("I")
        slices: dict[tuple[str, ...], int] = {}
        for key, each in released:
            names.append(_name(key))
            said += bytes.fromhex(text(each.state.first, each.state.answer))
            times.append(each.time)
            filed.append(slices.setdefault(each.filed, len(slices)))
        order = array("I", sorted(range(len(names)), key=names.__getitem__))
        self._names = array("Q", map(names.__getitem__, order))
        self._at, self._said, self._times, self._filed = order, said, times, filed
        self._sets = tuple(slices)

    def _find(self, key: str) -> int | None:
        """The number of a note in the order in which they came."""
        name = _name(key)
        at = bisect_left(self._names, name)
        return self._at[at] if at < len(self._names) and self._names[at] == name else None

    def time(self, key: str, said: str, now: int) -> int:
        """The time of change of the note `key` when what it says has the hash `said` (`text`), in a build at `now`."""
        at = self._find(key)
        if at is None:
            return time_of_change("", 0, said, now)
        return time_of_change(self._said[_BYTES * at : _BYTES * (at + 1)].hex(), self._times[at], said, now)

    @property
    def slices(self) -> frozenset[str]:
        """Every slice that any note was ever in."""
        return frozenset(each for filed in self._sets for each in filed)

    def filed(self, key: str) -> tuple[str, ...]:
        """Every slice that the note `key` was ever in."""
        at = self._find(key)
        return () if at is None else self._sets[self._filed[at]]


def _name(key: str) -> int:
    """A note's key as a number of 64 bits: two of a million keys have the same one by a chance of 1:37,000,000."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest())


def text(first: str, answer: str) -> str:
    """The hash of what a note says; an import replaces a note when it changes."""
    return digest([first, answer])


def time_of_change(known: str, since: int, sha: str, now: int) -> int:
    """The time that content with the hash `sha` bears, when what was released has the hash `known` since `since`."""
    return since if known == sha else max(now, since + 1)
