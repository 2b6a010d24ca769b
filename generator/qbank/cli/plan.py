"""`qbank plan`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from qbank.cli import near
from qbank.cli.build import plan
from qbank.cli.common import bank_option, build_time, cache_option, refuse_problems, surveyed
from qbank.ledger.state import FOUNDED
from qbank.outputs import OUTPUTS, PLAIN


@click.command("plan")
@click.option(
    "--only",
    multiple=True,
    type=near.OneOf("output", list(OUTPUTS)),
    help="List only this output, or these; `book`, `collection`, `epub`, `flashcards` and `site` are listed only when "
    "asked for.",
)
@click.option("--time", "given", help="Time that new notes bear, in unix seconds (default: SOURCE_DATE_EPOCH).")
@click.option("--json", "as_json", is_flag=True, help="With outputs, keys, weights, and whether they are kept.")
@cache_option
@bank_option
def command(only: tuple[str, ...], given: str | None, as_json: bool, no_cache: bool, root: Path) -> None:
    """List the files that a build writes; `qbank build --job PATH` makes one."""
    with surveyed(root, no_cache=no_cache, rendering=True) as survey:
        refuse_problems(survey)
        time = build_time(given, survey.bank.ledger.time or FOUNDED)
        planned = plan(survey, list(dict.fromkeys(only) or PLAIN), time)
        jobs = [(name, job) for name, each in planned.items() for job in each]
        kept = {job.key for _, job in jobs if survey.store.sha(job.key)}
    if not as_json:
        click.echo("".join(f"{job.path}\n" for _, job in jobs), nl=False)
        return
    rows = [
        {"path": job.path, "output": name, "key": job.key, "weight": job.weight, "kept": job.key in kept}
        for name, job in jobs
    ]
    click.echo(json.dumps({"time": time, "jobs": rows}, ensure_ascii=False, indent=1))
