"""Problems in words: for a terminal, for annotations on a pull request, and as data."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path

from qbank.problem import Problem

#: Characters of a source line that are shown; longer lines are cut around the fault.
WIDTH = 100


def text(problems: Sequence[Problem]) -> str:
    """Each problem with its line of the file, a caret below the fault, and what to do."""
    blocks = [_block(problem) for problem in problems]
    return "\n".join([*blocks, _total(problems)]) if problems else ""


def github(problems: Sequence[Problem]) -> str:
    """Workflow commands that GitHub shows as annotations beside the changed lines."""
    return "".join(
        f"::error file={_property(p.span.path)},line={p.span.line},col={p.span.column},"
        f"endLine={p.span.end_line},endColumn={p.span.end_column},title={_property(p.rule)}"
        f"::{_data(f'{p.message}. {p.help}')}\n"
        for p in problems
    )


def as_json(problems: Sequence[Problem]) -> str:
    """A JSON array with an object for every problem."""
    return json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=1) + "\n"


FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {"text": text, "github": github, "json": as_json}


def _block(problem: Problem) -> str:
    span = problem.span
    number = str(span.line)
    gutter = " " * len(number)
    head = (
        f"error[{problem.rule}]: {_shown(problem.message)}\n{gutter}--> {_shown(span.path)}:{span.line}:{span.column}\n"
    )
    line = _line(span.path, span.line)
    if line is None:
        return f"{head}{gutter} = help: {_shown(problem.help)}\n"
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    shown, start, end = _window(line, start, max(end, start + 1))
    return (
        f"{head}{gutter} |\n{number} | {shown}\n{gutter} | {' ' * start}{'^' * (end - start)}\n"
        f"{gutter} = help: {_shown(problem.help)}\n"
    )


def _window(line: str, start: int, end: int) -> tuple[str, int, int]:
    """At most WIDTH characters of a line around the columns `start` to `end`, and these columns in them."""
    cut = max(0, start - WIDTH // 2) if len(line) > WIDTH else 0
    shown = _shown(line[cut : cut + WIDTH])
    return shown, start - cut, max(start - cut + 1, min(end - cut, len(shown)))


def _shown(line: str) -> str:
    """A text from a file, harmless on a terminal and one character wide each."""
    return "".join(c if c.isprintable() else " " for c in line)


@cache
def _lines(path: str) -> list[str]:
    """The lines of a file; none of what a link points to, which may be no business of the bank."""
    if Path(path).is_symlink():
        return []
    try:
        data = Path(path).read_bytes()
    except OSError:
        return []
    return (
        data.decode("utf-8", errors="replace")
        .removeprefix("\ufeff")
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .split("\n")
    )


def _line(path: str, number: int) -> str | None:
    lines = _lines(path)
    return lines[number - 1] if number <= len(lines) else None


def _total(problems: Sequence[Problem]) -> str:
    files = len({problem.span.path for problem in problems})
    return f"{len(problems)} problem{'s' if len(problems) > 1 else ''} in {files} file{'s' if files > 1 else ''}\n"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
