"""The code of a question, tried: what is run of it, and the rules for what came of that. Only on request."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from qbank import run
from qbank.bank.model import Program, Question
from qbank.problem import Fault, Place, Problem, rule
from qbank.run import HERE, Outcome, Runner

#: What pytest says of a test that fails: its name, why, and on which line of the tests.
_FAILED = re.compile(r"^FAILED test_solution\.py::(\S+)", re.MULTILINE)
_WHY = re.compile(r"^E +(\S.*)$", re.MULTILINE)
_TESTED = re.compile(r"^test_solution\.py:(\d+): ", re.MULTILINE)
_CHECKED = re.compile(r'^  File "[^"\n]*checks\.py", line (\d+)', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Trial:
    """One thing to be shown by running code: of which question, what, how, and the packages that are missing for it."""

    question: Question
    shows: str
    lacks: tuple[str, ...]
    execute: Callable[[Question, Runner], Outcome]
    judge: Callable[[Question, Outcome], list[Problem]]

    def run(self, on: Runner = HERE) -> tuple[Outcome, list[Problem]]:
        """What came of it, and the problems where it did not show what it should."""
        outcome = self.execute(self.question, on)
        return outcome, [] if outcome.passed else self.judge(self.question, outcome)


def trials(question: Question) -> Iterator[Trial]:
    """All that can be shown of a question by running its code."""
    if question.code.tests:
        lacks = run.lacking_tests(question.code)
        yield Trial(question, "the solution passes its tests", lacks, run.solution, failing_solution)
        yield Trial(question, "the stub fails them", lacks, run.stub, passing_stub)
    if question.checks:
        yield Trial(question, "the checks hold", run.lacking([question.checks]), run.checks, failing_checks)


@rule("run")
def failing_solution(question: Question, outcome: Outcome) -> Iterator[Fault]:
    """The solution of a coding question passes its tests: it is what learners compare their own with.

    `qbank check --run` finds this, since it executes the code of the bank; no other check and no build does.
    """
    tests = question.code.tests
    failed, at = _FAILED.search(outcome.said), _TESTED.search(outcome.said)
    yield Fault(
        _line(tests, int(at[1]) if at else 1),
        f"the solution fails {failed[1] if failed else 'its tests'}: {_why(outcome)}",
        "mend the solution, or the test",
    )


@rule("run")
def passing_stub(question: Question, outcome: Outcome) -> Iterator[Fault]:
    """The stub of a coding question leaves something to do: its tests can be run on it, and fail.

    `qbank check --run` finds this, as it does `failing-solution`.
    """
    ended = outcome.code == 0
    yield Fault(
        _line(question.code.stub, 1),
        "the stub passes the tests already" if ended else f"the tests cannot be run on the stub: {_why(outcome)}",
        "leave out what a learner should write"
        if ended
        else "define every name that the tests import; a body may be `raise NotImplementedError`",
    )


@rule("run")
def failing_checks(question: Question, outcome: Outcome) -> Iterator[Fault]:
    """The asserts in `checks` hold: they recompute the numbers of the texts.

    `qbank check --run` finds this, as it does `failing-solution`.
    """
    lines, said = _CHECKED.findall(outcome.said), _why(outcome)
    if outcome.code is None:
        yield Fault(
            _line(question.checks, 1),
            f"the checks took too long: {said}",
            "compute less; if the machine was busy, run this question alone: `qbank check --run NAME`",
        )
        return
    yield Fault(
        _line(question.checks, int(lines[-1]) if lines else 1),
        f"this check does not hold{f': {said}' if said != 'AssertionError' else ''}",
        "mend the number in the texts, or the check",
    )


def _line(text: Program, number: int) -> Place:
    """Line `number` of a program, from 1, without its indentation."""
    rows = text.split("\n")
    number = min(number, len(rows))
    row = rows[number - 1]
    start = sum(len(each) + 1 for each in rows[: number - 1])
    return text.place(start + len(row) - len(row.lstrip()), start + max(len(row.rstrip()), 1))


def _why(outcome: Outcome) -> str:
    """Why a run failed: what pytest says of the first test that does, else the last thing that was said."""
    if why := _WHY.search(outcome.said):
        return why[1]
    rows = [row.strip() for row in outcome.said.splitlines() if row.strip()]
    return rows[-1] if rows else f"it ended with {outcome.code} and said nothing"


RULES = (failing_solution, passing_stub, failing_checks)
