"""`qbank run`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from qbank.cli.common import bank_option, missing_packages, questions

if TYPE_CHECKING:
    from qbank.bank.model import Question
    from qbank.run import Outcome

#: Lines of what a failed run printed that are shown.
_TAIL = 30


class _Part(NamedTuple):
    """What is run of a question, and how."""

    question: Question
    called: str
    run: Callable[[Question], Outcome]


@click.command("run")
@click.argument("names", nargs=-1)
@bank_option
def command(names: tuple[str, ...], root: Path) -> None:
    """Run the code of the questions NAMES, or of all: solutions and stubs with their tests, and checks."""
    parts, lacking = [], []
    for question in _runnable(root, names):
        if missing := missing_packages(question):
            lacking.append(f"{question.name}: install {', '.join(missing)}")
        parts += list(_parts(question, with_code=not missing))
    failed = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for part, outcome in zip(parts, pool.map(lambda part: part.run(part.question), parts), strict=True):
            click.echo(f"{'ok    ' if outcome.passed else 'FAILED'} {part.question.name}: {part.called}")
            if not outcome.passed:
                failed += 1
                click.echo("\n".join(f"    {line}" for line in outcome.said.splitlines()[-_TAIL:]))
    for said in lacking:
        click.echo(f"NOT RUN {said}", err=True)
    click.echo(f"{len(parts)} runs, {failed} failed{f', {len(lacking)} not made' if lacking else ''}")
    if failed or lacking:
        sys.exit(1)


def _parts(question: Question, *, with_code: bool) -> Iterator[_Part]:
    from qbank import run

    if question.code.tests and with_code:
        yield _Part(question, "the solution passes its tests", run.solution)
        yield _Part(question, "the stub fails them", run.stub)
    if question.checks:
        yield _Part(question, "the checks hold", run.checks)


def _runnable(root: Path, names: tuple[str, ...]) -> list[Question]:
    """The questions of these names, or all that have something to run."""
    return [question for question in questions(root, names) if question.checks or question.code.tests]
