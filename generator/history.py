"""The ledger published.json: which state of every note learners have, and since when.

Anki replaces a note's fields and tags only when the package's time of change is newer than its own, so a note bears the
time of the release at which what it *renders* to last changed. Unchanged notes keep their time, and with it whatever a
learner wrote on them; changed notes always arrive. A build only reads the ledger.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.problem import Fault, Problem, Span, rule

FORMAT = 1
#: The time that notes bear in a build before the first release: 2026-11-01T00:00:00Z.
FOUNDED = 1_793_491_200


@dataclass(frozen=True, slots=True)
class Stamp:
    """What learners have: the hash of the rendered content, and the unix time at which it last changed."""

    sha: str
    time: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """The state of the last release. Before the first one, `version` is empty and no note is known."""

    version: str = ""
    time: int = 0
    notes: Mapping[str, Stamp] = field(default_factory=dict)
    note_types: Mapping[str, Stamp] = field(default_factory=dict)

    def note_time(self, key: str, content: Any, now: int) -> int:
        """The time of change of a note (`key` names it) with this rendered content, in a build at `now`."""
        return _time(self.notes.get(key), content, now)

    def note_type_time(self, key: str, content: Any, now: int) -> int:
        """The same for a note type: its fields, templates and style."""
        return _time(self.note_types.get(key), content, now)


def _time(known: Stamp | None, content: Any, now: int) -> int:
    if known is None:
        return now
    return known.time if known.sha == digest(content) else max(now, known.time + 1)


def digest(content: Any) -> str:
    """The hash of rendered content: 128 bits of SHA-256 over its JSON."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def read(root: Path) -> tuple[Ledger, list[Problem]]:
    """The ledger of a bank; an empty one, with a problem, where the file is missing or is not one."""
    path = root / "published.json"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return _ledger(data), []
    except FileNotFoundError:
        return Ledger(), []
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Ledger(), list(broken_ledger(path.as_posix()))


def _ledger(data: Any) -> Ledger:
    if data["format"] != FORMAT:
        raise ValueError("unknown format")
    return Ledger(
        str(data["version"]), int(data["time"]), dict(_stamps(data["notes"])), dict(_stamps(data["note_types"]))
    )


def _stamps(data: Any) -> Iterator[tuple[str, Stamp]]:
    for key, value in data.items():
        yield str(key), Stamp(str(value["sha"]), int(value["time"]))


@rule
def broken_ledger(path: str) -> Iterator[Fault]:
    """published.json is written by `qbank release` only; learners' progress depends on it."""
    yield Fault(
        Span(path, 1, 1, 1, 2),
        "this is not a ledger of this version of qbank",
        "restore the file from the last commit; never edit it by hand",
    )
