"""How far long work is, on a terminal: what is done and left, and the time. Nothing is shown when piped."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from shutil import get_terminal_size

import click

from qbank.cli.page import harmless

#: Seconds between two lines: more than a terminal far away can show helps nobody.
_PAUSE = 0.05


class Bar:
    """One line that is written over again and again, from `delay` seconds on: what takes less is not announced."""

    def __init__(self, noun: str, *, out: Path | None = None, delay: float = 0) -> None:
        """`noun` says what is counted, `out` is the folder that a build writes to."""
        self._noun = noun
        self._out = out
        self._delay = delay
        self._live = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._begun = time.monotonic()
        self._total = 0
        self._made = 0
        self._width = 0
        self._shown = 0.0

    def waiting(self) -> None:
        """Another build writes to the same folder."""
        click.echo(f"another build writes to {self._out}; waiting until it is done", err=True)

    def begin(self, total: int) -> None:
        """So many things will be done."""
        self._begun, self._total, self._made = time.monotonic(), total, 0
        self._show("")

    def done(self, what: str) -> None:
        """One is done."""
        self._made += 1
        self._show(what)

    def end(self) -> None:
        """Nothing is left to be shown."""
        if self._width:
            self._write("")
            click.echo("\r", nl=False, err=True)

    def _show(self, what: str) -> None:
        now = time.monotonic()
        passed = now - self._begun
        if not self._live or passed < self._delay or now - self._shown < _PAUSE:
            return
        self._shown = now
        left = f", about {passed / self._made * (self._total - self._made):.0f} s left" if self._made else ""
        self._write(f"{self._made:,} of {self._total:,} {self._noun}, {passed:.0f} s{left}  {harmless(what)}")

    def _write(self, line: str) -> None:
        """Write over the last line, without control sequences, which some terminals show as they are."""
        line = line[: get_terminal_size().columns - 1]
        click.echo(f"\r{line:{self._width}}", nl=False, err=True)
        self._width = len(line)
