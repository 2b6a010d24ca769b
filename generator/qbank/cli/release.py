"""`qbank release`."""

from __future__ import annotations

import re
import time as clock
from pathlib import Path

import click

from qbank.cli.build import write
from qbank.cli.common import bank_option, build_time, cache_option, refuse_problems, surveyed
from qbank.cli.place import placed
from qbank.outputs import OUTPUTS
from qbank.survey import Survey


@click.command("release")
@click.argument("version")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder to write to (default: dist/ beside bank/)."
)
@click.option("--time", "given", help="Time of the release, in unix seconds (default: SOURCE_DATE_EPOCH, else now).")
@click.option("--dry-run", is_flag=True, help="Show what the release would change, and write nothing.")
@cache_option
@bank_option
def command(version: str, out: Path | None, given: str | None, dry_run: bool, no_cache: bool, root: Path) -> None:
    """Release VERSION, such as 2026.11: move the ledger, write the changelog, build dist/, the book and the site."""
    from qbank import dist, release
    from qbank.bank.layout import LEDGER
    from qbank.tree import Overlay

    out = placed(out, root, "dist")
    with surveyed(root, no_cache=no_cache, rendering=True) as survey:
        refuse_problems(survey)
        before = survey.bank.ledger
        time = build_time(given, int(clock.time()))
        if not re.fullmatch(r"20\d\d\.\d{1,2}(\.\d+)?", version) or version == before.version:
            raise click.UsageError(f"the version '{version}' must be new, and written as 2026.11 or 2026.11.1")
        if time <= before.time:
            raise click.UsageError(f"the time {time} is not later than that of {before.version}, {before.time}")
        made = release.prepare(survey, version, time)
        if dry_run:
            click.echo(f"{made.section}\n{version} would be: {made.ledger.summary}. Nothing is written.")
            return
        after = Survey(Overlay(survey.tree, {LEDGER: made.published.encode()}), survey.store, survey.workers)

        def move() -> None:
            """Each file at once or not at all, the ledger last.

            It moves when every file is made and before any is in place: a crash leaves the old ledger, or a ledger
            from which `qbank build` makes the same files.
            """
            dist.replace(root / release.CHANGELOG, made.changelog)
            dist.replace(root / LEDGER, made.published)

        paths = write(after, out, list(OUTPUTS), time, before_moving=move, strict=True)
    click.echo(f"{version}: {made.ledger.summary}; {len(paths)} files in {out}")
