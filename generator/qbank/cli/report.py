"""Problems in words: for a terminal, for annotations on a pull request, and as data."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence

from qbank.source.places import Located

#: Characters of a source line that are shown; longer lines are cut around the fault.
WIDTH = 100


def text(found: Sequence[Located]) -> str:
    """Each problem with its line of the file, a caret below the fault, and what to do."""
    return "\n".join([*map(_block, found), _total(found)]) if found else ""


def github(found: Sequence[Located]) -> str:
    """Workflow commands that GitHub shows as annotations beside the changed lines."""
    return "".join(
        f"::{problem.severity} file={_property(span.path)},line={span.line},col={span.column},"
        f"endLine={span.end_line},endColumn={span.end_column},title={_property(problem.rule)}"
        f"::{_data(f'{problem.message}. {problem.help}')}\n"
        for span, problem, _ in found
    )


def as_json(found: Sequence[Located]) -> str:
    """A JSON array with an object for every problem."""
    rows = [
        {
            "rule": problem.rule,
            "severity": problem.severity,
            "span": span._asdict(),
            "message": problem.message,
            "help": problem.help,
        }
        for span, problem, _ in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


FORMATS: dict[str, Callable[[Sequence[Located]], str]] = {"text": text, "github": github, "json": as_json}


def _block(found: Located) -> str:
    span, problem, line = found
    number = str(span.line)
    gutter = " " * len(number)
    where = f"{_shown(span.path)}:{span.line}:{span.column}"
    head = f"{problem.severity}[{problem.rule}]: {_shown(problem.message)}\n{gutter}--> {where}\n"
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


def _total(found: Sequence[Located]) -> str:
    counts = Counter("warning" if each.problem.severity == "warning" else "problem" for each in found)
    said = " and ".join(_counted(counts[kind], kind) for kind in ("problem", "warning") if counts[kind])
    return f"{said} in {_counted(len({each.span.path for each in found}), 'file')}\n"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
