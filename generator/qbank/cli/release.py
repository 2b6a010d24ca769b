"""`qbank release`."""

from __future__ import annotations

import os
import re
import time as clock
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from time import gmtime, strftime
from typing import TYPE_CHECKING

import click

from qbank import dist, git
from qbank.bank.layout import CHANGELOG, LEDGER, pending
from qbank.cli import unfinished
from qbank.cli.build import write
from qbank.cli.common import bank_option, build_time, cache_option, refuse_problems, surveyed
from qbank.cli.place import placed
from qbank.ledger.state import FOUNDED
from qbank.outputs import OUTPUTS
from qbank.survey import Survey

if TYPE_CHECKING:
    from qbank.ledger.state import Ledger as Released
    from qbank.release import Release

#: Seconds that a clock may be ahead of the last commit and the last release: more than a year.
_LONGEST = 400 * 24 * 3600


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
    """Release VERSION, such as 2026.11: move the ledger, write the changelog, build all of dist/."""
    from qbank import release
    from qbank.dist import Ledger
    from qbank.tree import Overlay

    out = placed(out, root, "dist")
    if not dry_run and unfinished.finish(root, out) == version:
        click.echo(f"{version} is made, and finished now")
        return
    with surveyed(root, no_cache=no_cache, rendering=True) as survey:
        refuse_problems(survey)
        before = survey.bank.ledger
        if not re.fullmatch(r"20\d\d\.\d{1,2}(\.\d+)?", version, re.ASCII) or version == before.version:
            raise click.UsageError(f"the version '{version}' must be new, and written as 2026.11 or 2026.11.1")
        time = release_time(root, before, given)
        made = release.prepare(survey, version, time)
        if dry_run:
            click.echo(f"{made.section}\n{version} would be: {made.ledger.summary}. Nothing is written.")
            return
        after = Survey(Overlay(survey.tree, {LEDGER: made.published.encode()}), survey.store, survey.workers)
        ledger = Ledger(root / LEDGER, made.published, lambda: _move(root, made, dict(survey.digests)))
        paths = write(after, out, list(OUTPUTS), time, ledger=ledger, strict=True)
    click.echo(f"{version}: {made.ledger.summary}; {len(paths)} files in {out}")


def _move(root: Path, made: Release, known: Mapping[str, str]) -> None:
    """Move the ledger, and the changelog after it: where this is broken off in between, `unfinished` does the rest.

    Neither may have changed since it was read: two releases at once would each forget what the other says.
    """
    with dist.alone(root):
        _move_alone(root, made, known)


def _move_alone(root: Path, made: Release, known: Mapping[str, str]) -> None:
    for name in (LEDGER, CHANGELOG):
        path = root / name
        if known.get(name, "") != (sha256(path.read_bytes()).hexdigest() if path.exists() else ""):
            raise click.ClickException(f"{path} was changed meanwhile, so nothing is released; start again")
    try:
        dist.prepared(root / CHANGELOG, made.changelog)
        dist.replace(root / LEDGER, made.published)
    finally:
        # What went wrong, or broke this off, may have done so on either side of the replacement.
        waiting = pending(root / CHANGELOG)
        if dist.Ledger(root / LEDGER, made.published).is_moved:
            dist.insist(lambda: _put(waiting, root / CHANGELOG))
        else:
            waiting.unlink(missing_ok=True)


def _put(waiting: Path, path: Path) -> None:
    with suppress(FileNotFoundError):  # a build beside this one has seen that it waits
        waiting.replace(path)


def release_time(root: Path, last: Released, given: str | None) -> int:
    """The time of a release: after the last one and after what builds before the first one bear.

    Learners' cards never take a time back, and each release must be later than the last. So where the clock alone says
    the time, it must not be far from what else is known of it.
    """
    now = int(clock.time())
    time = build_time(given, now)
    if time <= last.time:
        raise click.UsageError(f"the time {time} is not later than that of {last.version}, {last.time}")
    if time < FOUNDED:
        raise click.UsageError(
            f"the time {time} is before {_day(FOUNDED)}, which notes bear that were never released; set the clock, or "
            "give --time"
        )
    if given is None and "SOURCE_DATE_EPOCH" not in os.environ:
        known = max(last.time, git.time(root), FOUNDED)
        if time > known + _LONGEST:
            raise click.UsageError(
                f"the clock says {_day(time)}, and the last commit and release are of {_day(known)} at the latest; "
                f"no later release can be before this one: set the clock, or say that it is right by --time {now}"
            )
    return time


def _day(time: int) -> str:
    return strftime("%Y-%m-%d", gmtime(time))
