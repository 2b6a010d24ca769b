"""How far a build is, on a terminal: what is done and left, and the time. Nothing is shown when piped."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click


class Bar:
    """One line that is written over again and again."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._live = sys.stderr.isatty()
        self._begun = time.monotonic()
        self._total = 0
        self._made = 0

    def waiting(self) -> None:
        """Another build writes to the same folder."""
        click.echo(f"another build writes to {self._out}; waiting until it is done", err=True)

    def begin(self, total: int) -> None:
        """So many files will be made."""
        self._total = total
        self._show("")

    def done(self, path: str) -> None:
        """A file is made."""
        self._made += 1
        self._show(path)

    def end(self) -> None:
        """Nothing is left to be shown."""
        if self._live:
            click.echo("\r\033[K", nl=False, err=True)

    def _show(self, path: str) -> None:
        if not self._live:
            return
        passed = time.monotonic() - self._begun
        left = f", about {passed / self._made * (self._total - self._made):.0f} s left" if self._made else ""
        line = f"{self._made} of {self._total} files, {passed:.0f} s{left}  {path}"
        click.echo(f"\r\033[K{line[:100]}", nl=False, err=True)
