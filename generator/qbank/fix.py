"""Mending a bank: safe fixes are made in its files until none is left to be made."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from qbank.problem import Problem
from qbank.source import edits
from qbank.source.places import Located, located
from qbank.survey import Survey
from qbank.tree import Overlay, Tree

#: How often a bank is mended and checked again at most: fixes at one place follow each other, and what was behind a
#: fault of syntax shows when that is gone.
_PASSES = 20


class Mended(NamedTuple):
    """The files of a bank that change when it is mended, as they were and as they would be, and what is mended.

    A problem is shown where it stood when it was found: after those before it were mended.
    """

    files: dict[str, tuple[bytes, bytes]]
    problems: list[Located]


def mended(survey: Survey, wanted: Callable[[str], bool]) -> Mended:
    """What safe fixes make of the files of a bank that are `wanted`, by their paths. Nothing is written."""
    out = Mended({}, [])
    for _ in range(_PASSES):
        changed: dict[str, bytes] = {}
        for path, problems in _mendable(survey, wanted).items():
            old = _read(survey.tree, path)
            new, done = edits.mended(old, path, [problem.fix for problem in problems if problem.fix])
            if new != old:
                changed[path] = new
                out.files[path] = (out.files.get(path, (old, old))[0], new)
                out.problems.extend(located(survey.tree, [problems[number] for number in done]))
        if not changed:
            break
        survey = Survey(Overlay(survey.tree, changed), survey.store, survey.workers)
    return out


def _mendable(survey: Survey, wanted: Callable[[str], bool]) -> dict[str, list[Problem]]:
    """The problems with a safe fix, by their files."""
    out: dict[str, list[Problem]] = {}
    for problem in survey.verdict.problems:
        path = problem.place.path
        if problem.fix and problem.fix.safe and path in survey.tree.paths and wanted(path):
            out.setdefault(path, []).append(problem)
    return out


def _read(tree: Tree, path: str) -> bytes:
    with tree.open(path) as file:
        return file.read()
