"""`qbank build`."""

from __future__ import annotations

import time as clock
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbank.bank.layout import LEDGER
from qbank.cli import complete, near, unfinished
from qbank.cli.common import bank_option, build_time, cache_option, refuse, refuse_problems, show, surveyed
from qbank.cli.place import placed
from qbank.ledger.state import FOUNDED
from qbank.outputs import OUTPUTS, PLAIN
from qbank.outputs.job import FLIPS, Flip, Job
from qbank.outputs.template import Template, TemplateFault
from qbank.problem import Problem
from qbank.survey import Survey

if TYPE_CHECKING:
    from qbank.dist import Ledger

#: The outputs that are set on paper.
_PRINTED = frozenset(("cheatsheets", "collection", "book", "flashcards"))


@click.command("build")
@click.option(
    "--only",
    multiple=True,
    type=near.OneOf("output", list(OUTPUTS)),
    help="Build only this output, or these; `book`, `collection`, `epub`, `flashcards` and `site` are built only when "
    "asked for.",
)
@click.option(
    "--topic", default="", shell_complete=complete.topics, help="Build what concerns this topic, and no more."
)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder to write to (default: dist/ beside bank/)."
)
@click.option("--time", "given", help="Time that new notes bear, in unix seconds (default: SOURCE_DATE_EPOCH).")
@click.option("--template", "templates", multiple=True, help="Also write what this template makes, to export/.")
@click.option(
    "--flip",
    type=click.Choice(FLIPS),
    help="Over which edge your printer turns the paper of `--only flashcards` (default: long).",
)
@click.option("--job", "only_these", metavar="PATH", multiple=True, help="Write this file alone, one of `qbank plan`.")
@click.option("--preview", is_flag=True, help="Decks to try out: nothing of them meets the real ones in Anki.")
@cache_option
@bank_option
def command(
    only: tuple[str, ...],
    topic: str,
    out: Path | None,
    given: str | None,
    templates: tuple[str, ...],
    flip: Flip | None,
    only_these: tuple[str, ...],
    preview: bool,
    no_cache: bool,
    root: Path,
) -> None:
    """Write decks, sheets and data to dist/."""
    from qbank.dist import Ledger

    if topic and (whole := [name for name in only if not OUTPUTS[name].by_topic]):
        raise click.UsageError(f"'{whole[0]}' is made of the whole bank; leave --topic out")
    if flip and "flashcards" not in only:
        raise click.UsageError("--flip says how flashcards are printed; add --only flashcards, or leave it out")
    if only_these and (only or topic or templates or preview):
        raise click.UsageError(
            "--job names the files that are written; leave --only, --topic, --template, --preview out"
        )
    exported = _exported(templates, topic)
    out = placed(out, root, "dist")
    unfinished.finish(root, out)
    with surveyed(root, no_cache=no_cache, rendering=not preview) as survey:
        topics = [str(each.name) for each in survey.header.settings.topics]
        if topic and topic not in topics:
            near.refuse("topic", topic, topics)
        chosen = list(dict.fromkeys(only) or (OUTPUTS if only_these else PLAIN))
        if _PRINTED & set(chosen) and survey.header.settings.paper and not survey.is_judged:
            survey.workers.expect()  # what changed is printed, too
        refuse_problems(survey)
        if preview:
            # In a folder of its own: its topics bear the names of the real ones, which would be overwritten.
            survey, out = _preview(survey), out / "preview"
        time = build_time(given, int(clock.time()) if preview else survey.bank.ledger.time or FOUNDED)
        paths = write(
            survey,
            out,
            chosen,
            time,
            topic=topic,
            version="preview" if preview else "",
            exported=exported,
            flip=flip or FLIPS[0],
            ledger=Ledger(root / LEDGER),
            these=only_these,
        )
    click.echo(f"{len(paths)} files in {out}")


def _exported(names: tuple[str, ...], topic: str) -> list[Template]:
    """The templates of these names, each of which makes a file of its own."""
    if not names:
        return []
    from qbank.cli.render import opened

    made = [opened(name) for name in names]
    if topic:
        raise click.UsageError("a template makes a file of the whole bank, not of a topic")
    if len({each.makes for each in made}) < len(made):
        raise click.UsageError("two of these templates would write the same file; rename one")
    return made


def _preview(survey: Survey) -> Survey:
    """The bank under another namespace and root deck and without a ledger, so that each try replaces the last."""
    from qbank.bank.model import Word
    from qbank.tree import Overlay

    settings = survey.header.settings
    renamed = replace(
        settings,
        namespace=Word(f"{settings.namespace}.preview"),
        root_deck=Word(f"{settings.root_deck} preview"),
        slug=Word(f"{settings.slug}-preview"),
    )
    return Survey(Overlay(survey.tree, {LEDGER: None}), survey.store, survey.workers, rendering=True, settings=renamed)


def plan(
    survey: Survey,
    chosen: Sequence[str],
    time: int,
    *,
    topic: str = "",
    version: str = "",
    exported: Sequence[Template] = (),
    flip: Flip = FLIPS[0],
) -> dict[str, Iterator[Job]]:
    """The files of outputs of a bank, as jobs, by the names of the outputs; `time` is that of the build."""
    from qbank.outputs import jobs
    from qbank.outputs.job import Edition

    ledger = survey.bank.ledger
    edition = Edition(version or ledger.version or "unreleased", time, ledger.summary)
    planned = {name: jobs(name, survey, edition, topic) for name in chosen}
    if "flashcards" in chosen:
        from qbank.outputs import flashcards

        planned["flashcards"] = flashcards.jobs(survey, edition, topic, flip)
    if exported:
        from qbank.outputs import export

        planned["export"] = export.jobs(survey, edition, exported)
    return planned


def _named(planned: Mapping[str, Iterable[Job]], paths: Sequence[str]) -> dict[str, list[Job]]:
    """The jobs of these paths alone, by outputs."""
    jobs = {name: list(each) for name, each in planned.items()}
    known = [job.path for each in jobs.values() for job in each]
    for path in paths:
        if path not in known:
            near.refuse("file", path, known, "`qbank plan` lists them")
    wanted = {name: [job for job in each if job.path in paths] for name, each in jobs.items()}
    return {name: each for name, each in wanted.items() if each}


def write(
    survey: Survey,
    out: Path,
    chosen: Sequence[str],
    time: int,
    *,
    topic: str = "",
    version: str = "",
    exported: Sequence[Template] = (),
    flip: Flip = FLIPS[0],
    ledger: Ledger | None = None,
    these: Sequence[str] = (),
    strict: bool = False,
) -> list[str]:
    """Write outputs of a bank to a folder, and show how far it is; problems that an output finds end the command.

    Where `these` paths are named, no other files are written, whatever the outputs; an unknown one is wrong usage.
    What is wrong with files that can be made all the same is shown; a `strict` command ends with what the bank calls an
    error. A release has a `ledger` that moves with the files.
    """
    from qbank import dist
    from qbank.check import settled
    from qbank.cli.progress import Bar
    from qbank.problem import ContentError, errors

    if survey.header.settings.paper and find_spec("typst") is None and _PRINTED & set(chosen):
        from qbank.outputs.paper import HOW_TO_INSTALL

        click.echo(f"warning: only Markdown sheets are written. {HOW_TO_INSTALL}", err=True)
    planned: Mapping[str, Iterable[Job]] = plan(
        survey, chosen, time, topic=topic, version=version, exported=exported, flip=flip
    )
    if these:
        planned = _named(planned, these)

    def told(problems: list[Problem]) -> None:
        found = settled(problems, survey.header.settings)
        if strict and errors(found):
            refuse(survey.tree, found)
        show(survey.tree, [each._replace(severity="warning") for each in found])

    try:
        return dist.write(
            out,
            planned,
            survey.store,
            survey.workers,
            whole=not topic and not these,
            before_moving=told,
            ledger=ledger,
            progress=Bar("files", out=out),
        )
    except ContentError as error:
        refuse(survey.tree, error.problems)
    except TemplateFault as fault:
        from qbank.cli.render import refuse_template

        refuse_template(fault)
    except OSError as error:
        made = ""
        if ledger and ledger.sha and ledger.is_moved:
            made = "; the release is made: once this is mended, `qbank build` does the rest of it"
        raise click.ClickException(f"cannot write to {out}: {unfinished.said(error)}{made}") from error
