"""`qbank check`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from qbank.bank import layout
from qbank.cli import complete, near
from qbank.cli.common import bank_option, cache_option, question_paths, surveyed
from qbank.problem import Problem, errors
from qbank.tree import Tree

#: The exit status where code could not be run.
_NOT_RUN = 3


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), shell_complete=complete.questions)
@click.option(
    "--format",
    "form",
    type=near.OneOf("format", ["text", "github", "json"]),
    default="text",
    metavar="[text|github|json]",
    show_default=True,
    help="How to show problems.",
)
@click.option("--fix", is_flag=True, help="Mend what has one right answer, then show the problems that are left.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and write nothing.")
@click.option("--run", is_flag=True, help="Run code, too: solutions and stubs with their tests, and checks.")
@click.option("-q", "--quiet", is_flag=True, help="Show problems only: no counts, and nothing that a run prints.")
@cache_option
@bank_option
def command(
    paths: tuple[Path, ...], form: str, fix: bool, diff: bool, run: bool, quiet: bool, no_cache: bool, root: Path
) -> None:
    """Check the bank, or only what concerns PATHS, and show all problems.

    PATHS are files and folders of the bank, or names of its topics and questions.
    """
    with surveyed(root, no_cache=no_cache) as survey:
        within = Within(survey.tree, root, _named(survey.tree, root, paths))
        if fix or diff:
            from qbank.cli.fix import fixed

            survey = fixed(survey, root, within.holds, aside=form != "text", dry=diff)
        questions, problems = survey.verdict
        if paths:
            problems = tuple(problem for problem in problems if any(map(within.holds, problem.paths)))
            questions = sum(map(within.holds, layout.question_paths(survey.tree)))
        if diff:
            sys.exit(1 if errors(problems) else 0)
        ran = None
        if run:
            from qbank.cli.run import ran as run_code

            of = [path for path in layout.question_paths(survey.tree) if within.holds(path)]
            ran = run_code(survey, of, problems, tell=form == "text" and not quiet)
            problems += ran.problems
        if problems or form != "text":
            from qbank.cli import report
            from qbank.source.places import located

            shown = report.colored if form == "text" else report.FORMATS[form]
            click.echo(shown(located(survey.tree, problems)), nl=False)
    for said in ran.lacking if ran else ():
        click.echo(f"NOT RUN {said}", err=True)
    if form == "text" and not quiet:
        if ran:
            click.echo(str(ran))
        if not errors(problems):
            click.echo(_summary(questions, problems))
    if errors(problems):
        sys.exit(1)
    if ran and ran.lacking:
        sys.exit(_NOT_RUN)


def _summary(questions: int, warnings: tuple[Problem, ...]) -> str:
    counted = f"{questions} question{'' if questions == 1 else 's'}"
    if not warnings:
        return f"{counted}, {click.style('no problems', fg='green')}"
    said = f"{len(warnings)} warning{'' if len(warnings) == 1 else 's'}"
    return f"{counted}, no errors, {click.style(said, fg='yellow')}"


def _named(tree: Tree, root: Path, paths: tuple[Path, ...]) -> list[Path]:
    """Files and folders, some of which are given as names of topics or questions."""
    return [_found(root, path) or root / _question(tree, path) for path in paths]


def _found(root: Path, path: Path) -> Path | None:
    """A file or folder as it is named here, or below the bank; a question's may be named without its ending."""
    ways = (path, root / path, path.with_name(f"{path.name}.yaml"), root / f"{path}.yaml") if path.name else (path,)
    return next(filter(os.path.lexists, ways), None)


def _question(tree: Tree, path: Path) -> str:
    if len(path.parts) > 1 or path.suffix:
        raise click.UsageError(f"there is no file {path}")
    return question_paths(tree, [str(path)], "there is no such file, either")[0]


class Within:
    """What the paths of a command name of a bank: all of it where there are none.

    Wrong usage where one of them names nothing that is read.
    """

    def __init__(self, tree: Tree, root: Path, paths: Sequence[Path]) -> None:
        self._named = {_inside(root, path) for path in paths} or {"."}
        known = [*tree.paths, *tree.outside, *tree.misnamed, *(path for path, _ in tree.odd)]
        for path in paths:
            if not any(_is_below(each, _inside(root, path)) for each in known):
                raise click.UsageError(f"there is no file of the bank {'in' if path.is_dir() else 'at'} {path}")

    def holds(self, path: str) -> bool:
        """Whether a file of the bank is named, or lies in a folder that is."""
        return not self._named or any(_is_below(path, named) for named in self._named)


def _inside(root: Path, path: Path) -> str:
    """A path as the bank names it; `.` for the bank itself and what it lies in. Wrong usage where it lies elsewhere."""
    if not os.path.lexists(path):
        raise click.UsageError(f"there is no file {path}")
    # As it is written first, since what a link in the bank leads to may lie elsewhere.
    for top, below in (tuple(map(_written, (root, path))), (root.resolve(), path.resolve())):
        if below.is_relative_to(top):
            return below.relative_to(top).as_posix()
        if top.is_relative_to(below):
            return "."
    raise click.UsageError(f"{path} does not lie in the bank, {root}")


def _written(path: Path) -> Path:
    return Path(os.path.normpath(path.absolute()))


def _is_below(path: str, named: str) -> bool:
    return named == "." or path == named or path.startswith(f"{named}/")
