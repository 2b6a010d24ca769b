"""Problems as pages show them: each with its line of the file, in which the fault is marked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from qbank import check
from qbank.bank import layout
from qbank.outputs import flashcards, paper, typesetting
from qbank.problem import Span
from qbank.source.places import Located, Spot

#: Characters of a line that are shown before a fault, and from there on.
_BEFORE, _BEHIND = 80, 160


def rows(found: Sequence[Located]) -> list[dict[str, Any]]:
    """What a template shows of problems, errors first."""
    ranked = sorted(found, key=lambda each: each.problem.severity != "error")
    return [
        {
            "severity": each.problem.severity,
            "rule": each.problem.rule,
            "doc": _docs().get(each.problem.rule, ""),
            "message": harmless(each.problem.message),
            "help": harmless(each.problem.help),
            "mended": bool(each.problem.fix and each.problem.fix.safe),
            "spots": [_spot(spot) for spot in (Spot(each.span, each.line), *each.also)],
        }
        for each in ranked
    ]


def question_of(path: str) -> str:
    """The name of the question in a file of the bank; empty where it is another file."""
    inside = path.endswith(".yaml") and path.count("/") == 1 and layout.lies_in_topic(path)
    return layout.name_of(path)[1] if inside else ""


def harmless(text: str) -> str:
    """A text from a file in which every sign shows that it is there."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)


def _spot(spot: Spot) -> dict[str, Any]:
    span, line = spot
    before, marked, behind = _parts(span, line or "")
    return {
        "path": harmless(span.path),
        "question": question_of("/".join(span.path.split("/")[-2:])),
        "line": span.line,
        "column": span.column,
        "shown": line is not None,
        "before": before,
        "marked": marked,
        "behind": behind,
    }


def _parts(span: Span, line: str) -> tuple[str, str, str]:
    """A line around a fault: what stands before it, the fault, and what stands behind it."""
    start = min(span.column - 1, len(line))
    end = max(start + 1, span.end_column - 1 if span.end_line == span.line else len(line))
    first, last = max(0, start - _BEFORE), start + _BEHIND
    before = ("…" if first else "") + line[first:start].expandtabs(4)
    behind = line[end:last] + ("…" if len(line) > last else "")
    return harmless(before), harmless(line[start : min(end, last)] or " "), harmless(behind)


@cache
def _docs() -> dict[str, str]:
    return {rule.name: rule.doc for rule in (*check.RULES, *paper.RULES, *typesetting.RULES, *flashcards.RULES)}
