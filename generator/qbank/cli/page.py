"""What commands that show pages of text share: headings, lines of a width, texts that are harmless on a terminal."""

from __future__ import annotations

import os
import textwrap

import click

#: Characters of a line.
WIDTH = 100


def color() -> bool | None:
    """What click is told of colors: none where NO_COLOR (https://no-color.org) asks for that, else as it sees fit."""
    return False if os.environ.get("NO_COLOR") else None


def harmless(text: str) -> str:
    """A text from a file without what a terminal might obey."""
    return "".join(c if c.isprintable() else " " for c in text)


def counted(count: int, what: str) -> str:
    """A number and what it counts."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def heading(text: str) -> str:
    """A heading, whose color is left out where it is not wanted."""
    return click.style(harmless(text), bold=True, fg="cyan")


def wrapped(text: str, indent: str, first: str | None = None) -> str:
    """A text in lines behind an indentation; before the first another may stand."""
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
