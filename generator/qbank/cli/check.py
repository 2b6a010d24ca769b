"""`qbank check`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from qbank.cli.common import bank_option, cache_option, surveyed
from qbank.problem import errors


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["text", "github", "json"]), default="text", help="How to show problems."
)
@cache_option
@bank_option
def command(paths: tuple[Path, ...], form: str, no_cache: bool, root: Path) -> None:
    """Check the bank, or only what concerns PATHS, and show all problems."""
    with surveyed(root, no_cache=no_cache) as survey:
        questions, problems = survey.verdict
        if paths:
            missing = [path for path in paths if not path.exists()]
            if missing:
                raise click.UsageError(f"there is no file {missing[0]}")
            wanted = [path.resolve() for path in paths]
            within = {path for path in {p.place.path for p in problems} if _is_in(root / path, wanted)}
            problems = tuple(problem for problem in problems if problem.place.path in within)
        if problems or form != "text":
            from qbank.cli import report
            from qbank.source.places import located

            click.echo(report.FORMATS[form](located(survey.tree, problems)), nl=False)
    if errors(problems):
        sys.exit(1)
    if form == "text":
        click.echo(f"{questions} questions, no {'errors' if problems else 'problems'}")


def _is_in(path: Path, wanted: list[Path]) -> bool:
    return any(path.resolve().is_relative_to(folder) for folder in wanted)
