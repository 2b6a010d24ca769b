"""`qbank stats`."""

from __future__ import annotations

from pathlib import Path

import click

from qbank.cli.common import bank_option, cache_option, surveyed
from qbank.problem import errors


@click.command("stats")
@cache_option
@bank_option
def command(no_cache: bool, root: Path) -> None:
    """Count questions and cards, and show which questions of the source documents are answered."""
    from qbank.cli import counts

    with surveyed(root, no_cache=no_cache) as survey:
        found = len(errors(survey.verdict.problems))
        if found:
            click.echo(f"warning: {found} problems, see `qbank check`", err=True)
        click.echo(counts.text(survey.bank), nl=False)
