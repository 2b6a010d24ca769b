"""Problems in words: for a terminal, for annotations on a pull request, and as data."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import click

from qbank.cli.page import counted, harmless
from qbank.problem import Problem, Severity
from qbank.source.places import Located, Spot

#: Characters of a source line that are shown; longer lines are cut around the fault.
WIDTH = 100
#: Errors of one file that are shown, and warnings: a file of a stranger may have tens of thousands.
MOST = 100
_MENDED = " (`qbank check --fix` mends it)"


#: Puts a color on a text.
Paint = Callable[[str, str], str]


def text(found: Sequence[Located]) -> str:
    """Each problem with its line of the file (or lines, if others have a part in it), a caret below, and what to do."""
    return _text(found, lambda shown, color: shown)


def colored(found: Sequence[Located]) -> str:
    """The same with colors, which `click.echo` takes away where they cannot be shown."""
    return _text(found, lambda shown, color: click.style(shown, fg=color, bold=True))


def _text(found: Sequence[Located], paint: Paint) -> str:
    if not found:
        return ""
    shown, more = _capped(found)
    blocks = [_block(each, paint) for each in shown]
    left = [f"{harmless(each.span.path)}: {each.problem.message}; {each.problem.help}\n" for each in more]
    return "\n".join([*blocks, *left, _total(found)])


def _capped(found: Sequence[Located]) -> tuple[list[Located], list[Located]]:
    """The first errors and the first warnings of each file, and where there are more a problem that says how many."""
    alike: dict[tuple[str, Severity], list[Located]] = {}
    for each in found:
        alike.setdefault((each.span.path, each.problem.severity), []).append(each)
    left = {id(each) for those in alike.values() for each in those[MOST:]}
    shown = [each for each in found if id(each) not in left]
    return shown, [_more(those[MOST:]) for those in alike.values() if len(those) > MOST]


def _more(left: Sequence[Located]) -> Located:
    span, first = left[0].span, left[0].problem
    said = f"{counted(len(left), _kind(left[0]))} more of this file"
    return Located(
        span, Problem("more-problems", first.place, said, "mend those above first", None, first.severity), None
    )


def github(found: Sequence[Located]) -> str:
    """Workflow commands that GitHub shows as annotations beside the changed lines."""
    shown, more = _capped(found)
    return "".join(
        f"::{each.problem.severity} file={_property(span.path)},line={span.line},col={span.column},"
        f"endLine={span.end_line},endColumn={span.end_column},title={_property(each.problem.rule)}"
        f"::{_data(f'{each.problem.message}. {each.problem.help}')}\n"
        for each in (*shown, *more)
        for span in (each.span, *(spot.span for spot in each.also))
    )


def as_json(found: Sequence[Located]) -> str:
    """A JSON array with an object for every problem, in ASCII, which every console shows."""
    return json.dumps(rows(found), indent=1) + "\n"


def rows(found: Sequence[Located]) -> list[dict[str, Any]]:
    """Every problem as an object of JSON.

    A `fix` has edits that a program can make: the `text` to stand instead of the characters `start` to `end` of the
    file (exclusive, from 0, a byte order mark not counted), none of which overlap. Of a file that has very many only
    the first are given, and at the end of the list `more-problems`, which is no rule, says how many more it has.
    """
    shown, more = _capped(found)
    return [
        {
            "rule": each.problem.rule,
            "severity": each.problem.severity,
            "span": each.span._asdict(),
            "also": [spot.span._asdict() for spot in each.also],
            "message": each.problem.message,
            "help": each.problem.help,
            "fix": _fix(each.problem),
        }
        for each in (*shown, *more)
    ]


def _fix(problem: Problem) -> dict[str, Any] | None:
    if not problem.fix:
        return None
    edits = [{"start": place.start, "end": place.end, "text": text} for place, text in problem.fix.edits]
    return {"safe": problem.fix.safe, "edits": edits}


FORMATS: dict[str, Callable[[Sequence[Located]], str]] = {"text": text, "github": github, "json": as_json}


_COLORS = {"error": "red", "warning": "yellow"}


def _block(found: Located, paint: Paint) -> str:
    problem = found.problem
    spots = (Spot(found.span, found.line), *found.also)
    gutter = " " * max(len(str(spot.span.line)) for spot in spots)
    color = _COLORS[problem.severity]
    places = "".join(_spot(spot, gutter, ":::" if n else "-->", color, paint) for n, spot in enumerate(spots))
    named = paint(f"{problem.severity}[{problem.rule}]", color)
    mended = _MENDED if problem.fix and problem.fix.safe else ""
    help_line = f"{gutter} = {paint('help', 'cyan')}: {harmless(problem.help)}{mended}\n"
    return f"{named}: {harmless(problem.message)}\n{places}{help_line}"


def _spot(spot: Spot, gutter: str, arrow: str, color: str, paint: Paint) -> str:
    """A place with its line of the file, and a caret below what is meant."""
    span, line = spot
    where = f"{gutter}{paint(arrow, 'blue')} {harmless(span.path)}:{span.line}:{span.column}\n"
    if line is None:
        return where
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    row, start, end = _window(line, start, max(end, start + 1))
    number, bar = paint(str(span.line).rjust(len(gutter)), "blue"), paint("|", "blue")
    return (
        f"{where}{gutter} {bar}\n{number} {bar} {row}\n"
        f"{gutter} {bar} {' ' * start}{paint('^' * (end - start), color)}\n"
    )


def _window(line: str, start: int, end: int) -> tuple[str, int, int]:
    """At most WIDTH characters of a line around the columns `start` to `end`, and these columns in them."""
    cut = max(0, start - WIDTH // 2) if len(line) > WIDTH else 0
    row = harmless(line[cut : cut + WIDTH])
    return row, start - cut, max(start - cut + 1, min(end - cut, len(row)))


def _kind(found: Located) -> str:
    return "warning" if found.problem.severity == "warning" else "problem"


def _total(found: Sequence[Located]) -> str:
    counts = Counter(map(_kind, found))
    said = " and ".join(counted(counts[kind], kind) for kind in ("problem", "warning") if counts[kind])
    return f"{said} in {counted(len({each.span.path for each in found}), 'file')}\n"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
