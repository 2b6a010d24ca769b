"""What was released: the state of a note, the identity of a note type, and the times that they bear."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

#: The time that notes bear in a build before the first release: 2026-11-01T00:00:00Z.
FOUNDED = 1_793_491_200


def digest(content: Any) -> str:
    """The hash of rendered content: 128 bits of SHA-256 over its JSON."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class State:
    """What learners have of one note, or would have after the next release.

    `first` is the rendered first field, by which learners know the note; `answer` is the hash of the fields that answer
    it; `sha` that of all fields and tags. `gaps` holds text and surroundings of every cloze deletion by its number.
    """

    kind: str
    deck: str
    topic: str
    level: str
    cards: tuple[int, ...]
    tags: tuple[str, ...]
    first: str
    answer: str
    sha: str
    gaps: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Published:
    """A state that was released, the version in which the note first appeared, and the time of its last change."""

    state: State
    since: str
    time: int


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

    def times(self) -> Times:
        """When each note changed last."""
        return Times(self.notes(None))


class Times:
    """The hash and the time of change of every note that was released."""

    def __init__(self, released: Iterable[tuple[str, Published]]) -> None:
        self._known = {key: (published.state.sha, published.time) for key, published in released}

    def note(self, key: str, sha: str, now: int) -> int:
        """The time of change of the note `key` whose content has the hash `sha`, in a build at `now`."""
        return time_of_change(*self._known.get(key, ("", 0)), sha, now)


def time_of_change(known: str, since: int, sha: str, now: int) -> int:
    """The time that content with the hash `sha` bears, when what was released has the hash `known` since `since`."""
    return since if known == sha else max(now, since + 1)
