"""`qbank practice`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbank.cli import complete
from qbank.cli.common import bank_option, questions
from qbank.cli.place import placed

if TYPE_CHECKING:
    from qbank.bank.model import Question

#: Lines of what the tests print that are shown.
_TAIL = 40


@click.command("practice")
@click.argument("name", shell_complete=complete.questions)
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the folder of the question is, or is made (default: practice/ beside bank/).",
)
@click.option("--check", is_flag=True, help="Run the tests on your file.")
@click.option("--solution", is_flag=True, help="Show the solution of the bank.")
@bank_option
def command(name: str, folder: Path | None, check: bool, solution: bool, root: Path) -> None:
    """Practice the coding question NAME: write what you start from, or run the tests on what you wrote."""
    (question,) = questions(root, [name])
    if not question.code.tests:
        raise click.UsageError(f"'{question.name}' has no code to practice")
    folder = placed(folder, root, "practice")
    if solution:
        click.echo(question.code.solution, nl=False)
    elif check:
        _check(question, folder / question.name)
    else:
        _start(question, folder / question.name)


def _start(question: Question, folder: Path) -> None:
    from qbank.outputs.practice import files
    from qbank.run import ANSWER, lacking_tests

    answer = folder / ANSWER[question.code.language]
    if answer.exists():
        raise click.UsageError(f"{answer} is there already; move it away to start anew, or run its tests with --check")
    compare = f"qbank practice {question.name} --solution"
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in files(question.title, question.question.strip(), question.code, compare).items():
        (folder / path).write_text(text, encoding="utf-8", newline="\n")
    click.echo(f"{answer}\nWrite your answer there, then run: qbank practice {question.name} --check")
    for package in lacking_tests(question.code):
        click.echo(f"It needs a package that is not installed: {package}", err=True)


def _check(question: Question, folder: Path) -> None:
    from qbank import run

    answer = folder / run.ANSWER[question.code.language]
    try:
        program = answer.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"cannot read {answer}; start with: qbank practice {question.name}") from error
    if missing := run.lacking_tests(question.code):
        raise click.UsageError(f"the tests need packages that are not installed: {', '.join(missing)}")
    # Those of the bank, so that nobody passes by changing them.
    outcome = run.attempt(question.code, program)
    click.echo("\n".join(outcome.said.splitlines()[-_TAIL:]))
    if not outcome.passed:
        click.echo(f"Not yet. Your file: {answer}")
        sys.exit(1)
    click.echo(
        "All tests pass. Say aloud why it works and what it costs, then compare: "
        f"qbank practice {question.name} --solution"
    )
