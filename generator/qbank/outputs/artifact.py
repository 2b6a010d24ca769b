"""What every output makes: bytes with a place below dist/."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file of dist/: its path in POSIX form below dist/, and its bytes."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Edition:
    """Which state of the bank is built: the version that is printed, the time (unix seconds, UTC) that it bears, and
    what it changed, counted.
    """

    version: str
    time: int
    changes: str = ""
