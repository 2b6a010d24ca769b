"""What `qbank check --run` runs: the code of questions, side by side, and what came of it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import NamedTuple

import click

from qbank import check
from qbank.bank import load
from qbank.bank.model import Question
from qbank.check.trial import Trial, trials
from qbank.cli.page import harmless
from qbank.cli.progress import Bar
from qbank.problem import Problem
from qbank.run import end_all
from qbank.source.reader import read
from qbank.survey import Survey

#: Lines of what a failed run printed that are shown.
_TAIL = 30
_CODE = ("/code", "/checks")


class Ran(NamedTuple):
    """How many runs were made and how many not, the problems that they showed, and the packages that questions lack."""

    made: int
    left: int
    problems: tuple[Problem, ...]
    lacking: tuple[str, ...]

    def __str__(self) -> str:
        failed = len(self.problems)
        made = f"{self.made} run{'' if self.made == 1 else 's'}"
        return f"{made}, {failed} failed{f', {self.left} not made' if self.left else ''}"


def ran(survey: Survey, paths: Iterable[str], known: Iterable[Problem], *, tell: bool) -> Ran:
    """Run the code of the questions in some files, but for code of which it is `known` already what is wrong.

    With `tell`, what a failed run printed is shown.
    """
    faulty = {each.place.path for each in known if each.place.pointer.startswith(_CODE)}
    wanted = [each for path in paths if path not in faulty for each in _trials(survey, path)]
    possible = [each for each in wanted if not each.lacks]
    lacking = dict.fromkeys(f"{each.question.name}: install {', '.join(each.lacks)}" for each in wanted if each.lacks)
    problems: list[Problem] = []
    for trial, said, found in _tried(possible):
        problems += check.settled(found, survey.header.settings)
        if found and tell:
            click.echo(f"FAILED {trial.question.path}: {trial.shows}", err=True)
            click.echo("".join(f"    {harmless(row)}\n" for row in said.splitlines()[-_TAIL:]), err=True)
    return Ran(len(possible), len(wanted) - len(possible), tuple(problems), tuple(lacking))


def _trials(survey: Survey, path: str) -> Iterator[Trial]:
    question: Question | None = load.question(read(survey.tree, path), survey.header.settings, [])
    if question:
        yield from trials(question)


def _tried(wanted: list[Trial]) -> Iterator[tuple[Trial, str, list[Problem]]]:
    """Each trial with what it printed and the problems that it showed, in order; as many at once as processors."""
    bar = Bar("runs")
    bar.begin(len(wanted))

    def tried(trial: Trial) -> tuple[Trial, str, list[Problem]]:
        outcome, problems = trial.run()
        return trial, outcome.said, problems

    with _pool() as pool:
        for each in pool.map(tried, wanted):
            bar.done(each[0].question.name)
            if each[2]:
                bar.end()
            yield each
    bar.end()


@contextmanager
def _pool() -> Iterator[ThreadPoolExecutor]:
    """Threads, of which none begins anything new once the work is broken off; nor does what they run go on."""
    pool = ThreadPoolExecutor(os.cpu_count())
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        end_all()
        raise
    finally:
        pool.shutdown()
