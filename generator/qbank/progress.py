"""How far long work is: what is told of it while it is done."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Shows how far some work is."""

    def waiting(self) -> None:
        """Another build writes to the same folder."""

    def begin(self, total: int) -> None:
        """So many things will be done."""

    def done(self, what: str) -> None:
        """One is done."""

    def end(self) -> None:
        """Nothing is left to be shown."""


class Silence:
    """Shows nothing."""

    def waiting(self) -> None:
        """Nothing."""

    def begin(self, total: int) -> None:
        """Nothing."""

    def done(self, what: str) -> None:
        """Nothing."""

    def end(self) -> None:
        """Nothing."""
