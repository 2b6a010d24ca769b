"""The command `qbank`: the only place that prints, prompts, writes or exits.

Heavy modules are imported by the commands that need them, so that `qbank --help` and `qbank check` start at once.
Exit status: 0 fine, 1 problems in the content, 2 wrong usage.
"""

from __future__ import annotations

import gc
import os
import re
import sys
import time as clock
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from qbank import __version__

if TYPE_CHECKING:
    from qbank.model import Bank
    from qbank.outputs.artifact import Artifact, Edition
    from qbank.problem import Problem
    from qbank.releasing import Release

OUTPUTS = ("anki", "cheatsheets", "data")


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"qbank {__version__}")
        context.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
def main() -> None:
    """Check a bank of interview questions and render it into Anki decks, cheat sheets and JSON."""
    # The values of a bank hold no cycles, and the process is short: without the collector, which would walk all of
    # them again and again, a large bank is read in two thirds of the time.
    gc.disable()


def bank_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that every command has."""
    return click.option(
        "--bank",
        "root",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path("bank"),
        show_default=True,
        help="Folder of the bank.",
    )(command)


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["text", "github", "json"]), default="text", help="How to show problems."
)
@bank_option
def check(paths: tuple[Path, ...], form: str, root: Path) -> None:
    """Check the bank, or only what concerns PATHS, and show all problems."""
    from qbank import report

    bank, problems = _checked(root)
    if paths:
        wanted = [path.resolve() for path in paths]
        problems = [p for p in problems if any(Path(p.span.path).resolve().is_relative_to(w) for w in wanted)]
        missing = [path for path in paths if not path.exists()]
        if missing:
            raise click.UsageError(f"there is no file {missing[0]}")
    click.echo(report.FORMATS[form](problems), nl=False)
    if problems:
        sys.exit(1)
    if form == "text":
        click.echo(f"{len(bank.questions)} questions, no problems")


@main.command()
@click.option("--only", type=click.Choice(OUTPUTS), help="Build only this output.")
@click.option("--topic", default="", help="Build decks and sheets of this topic only.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("dist"), show_default=True)
@click.option("--time", "given", help="Time that new notes bear, in unix seconds (default: SOURCE_DATE_EPOCH).")
@click.option("--preview", is_flag=True, help="Decks to try out: nothing of them meets the real ones in Anki.")
@bank_option
def build(only: str | None, topic: str, out: Path, given: str | None, preview: bool, root: Path) -> None:
    """Write decks, sheets and data to dist/."""
    bank, problems = _checked(root)
    if problems:
        _fail(problems)
    if topic and topic not in [str(each.name) for each in bank.settings.topics]:
        raise click.UsageError(f"there is no topic '{topic}'")
    chosen = [only] if only else list(OUTPUTS)
    if preview:
        # In a folder of its own: its topics bear the names of the real ones, which would be overwritten.
        bank, edition = _preview(bank, given)
        out = out / "preview"
    else:
        edition = _edition(bank, given)
    paths = _write(out, _artifacts(bank, edition, chosen, topic), stale=() if topic else chosen)
    click.echo(f"{len(paths)} files in {out}")


def _edition(bank: Bank, given: str | None) -> Edition:
    from qbank.history import FOUNDED
    from qbank.outputs.artifact import Edition

    ledger = bank.ledger
    return Edition(ledger.version or "unreleased", _build_time(given, ledger.time or FOUNDED), ledger.summary)


def _preview(bank: Bank, given: str | None) -> tuple[Bank, Edition]:
    """The bank under another namespace and root deck, at the time of the clock, so that each try replaces the last."""
    from dataclasses import replace

    from qbank.history import Ledger
    from qbank.model import Word
    from qbank.outputs.artifact import Edition

    settings = replace(
        bank.settings,
        namespace=Word(f"{bank.settings.namespace}.preview"),
        root_deck=Word(f"{bank.settings.root_deck} preview"),
        slug=Word(f"{bank.settings.slug}-preview"),
    )
    return replace(bank, settings=settings, ledger=Ledger()), Edition("preview", _build_time(given, int(clock.time())))


def _write(out: Path, artifacts: Iterator[Artifact], **options: Any) -> list[str]:
    from qbank import files
    from qbank.problem import ContentError

    try:
        return files.write(out, artifacts, **options)
    except ContentError as error:
        _fail(error.problems)
    except OSError as error:
        raise click.ClickException(f"cannot write to {out}: {error.strerror or error}") from error


def _artifacts(bank: Bank, edition: Edition, chosen: Sequence[str], topic: str) -> Iterator[Artifact]:
    if "anki" in chosen:
        from qbank.outputs import anki

        yield from _shown(anki.build(bank, edition, topic=topic))
    if "data" in chosen and not topic:
        from qbank.outputs import data

        yield from _shown(data.build(bank, edition))
    if "cheatsheets" in chosen:
        from qbank.outputs import cheatsheet, paper

        pdf = find_spec("typst") is not None
        if not pdf:
            click.echo(f"warning: only Markdown sheets are written. {paper.HOW_TO_INSTALL}", err=True)
        yield from _shown(cheatsheet.build(bank, edition, topic=topic, pdf=pdf))


def _shown(artifacts: Iterator[Artifact]) -> Iterator[Artifact]:
    """Name each artifact on a terminal as it is made; say nothing when piped."""
    live = sys.stderr.isatty()
    for artifact in artifacts:
        if live:
            click.echo(f"\r\033[K{artifact.path}", nl=False, err=True)
        yield artifact
    if live:
        click.echo("\r\033[K", nl=False, err=True)


def _build_time(given: str | None, otherwise: int) -> int:
    """The time of a build: the option, else SOURCE_DATE_EPOCH, else `otherwise`."""
    text = given if given is not None else os.environ.get("SOURCE_DATE_EPOCH")
    if text is None:
        return otherwise
    if not re.fullmatch(r"\d{1,12}", text) or not 0 < int(text) <= clock.time():
        raise click.UsageError(f"the time {text!r} must be whole unix seconds, after 1970 and not in the future")
    return int(text)


@main.command()
@click.argument("version")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("dist"), show_default=True)
@click.option("--time", "given", help="Time of the release, in unix seconds (default: SOURCE_DATE_EPOCH, else now).")
@bank_option
def release(version: str, out: Path, given: str | None, root: Path) -> None:
    """Release VERSION, such as 2026.11: move the ledger, write the changelog, build dist/."""
    from qbank import releasing

    bank, problems = _checked(root)
    if problems:
        _fail(problems)
    time = _build_time(given, int(clock.time()))
    if not re.fullmatch(r"20\d\d\.\d{1,2}(\.\d+)?", version) or version == bank.ledger.version:
        raise click.UsageError(f"the version '{version}' must be new, and written as 2026.11 or 2026.11.1")
    if time <= bank.ledger.time:
        raise click.UsageError(f"the time {time} is not later than that of {bank.ledger.version}, {bank.ledger.time}")
    next_release = releasing.prepare(bank, version, time)
    edition = _edition(next_release.bank, str(time))
    # The ledger moves when every artifact is made and before any is in place: a crash leaves the old ledger, or a
    # ledger from which `qbank build` makes the same artifacts.
    paths = _write(
        out,
        _artifacts(next_release.bank, edition, list(OUTPUTS), ""),
        stale=list(OUTPUTS),
        before_moving=lambda: files_of_release(root, next_release),
    )
    click.echo(f"{version}: {next_release.bank.ledger.summary}; {len(paths)} files in {out}")


def files_of_release(root: Path, made: Release) -> None:
    """Write the changelog and, last, the ledger; each at once or not at all."""
    from qbank import files

    files.replace(root / "CHANGELOG.md", made.changelog)
    files.replace(root / "published.json", made.ledger)


@main.command()
@click.argument("name")
@bank_option
def new(name: str, root: Path) -> None:
    """Start a question: NAME is TOPIC/NAME, such as linear-models/ridge-regression."""
    from qbank import templating
    from qbank.load import load

    if not root.joinpath("bank.yaml").is_file():
        raise click.UsageError(f"there is no bank.yaml in {root}")
    bank, _ = load(root)
    match = re.fullmatch(r"([a-z0-9-]+)/([a-z0-9]+(?:-[a-z0-9]+)*)", name.removesuffix(".yaml"))
    topics = [str(topic.name) for topic in bank.settings.topics]
    if not match or len(match[2]) > 60:
        raise click.UsageError("write TOPIC/NAME in lower-case words joined by hyphens: linear-models/ridge-regression")
    if match[1] not in topics:
        raise click.UsageError(f"there is no topic '{match[1]}'; the topics are {', '.join(topics)}")
    if match[2] in bank.names or match[2] in {str(each.name) for each in bank.retired}:
        raise click.UsageError(f"the name '{match[2]}' is already used in this bank")
    path = root / match[1] / f"{match[2]}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(templating.new_question(), encoding="utf-8")
    click.echo(f"{path}\nFill it in, then run: qbank check {path}")


@main.command()
@bank_option
def stats(root: Path) -> None:
    """Count questions and cards, and show which questions of the source documents are answered."""
    from qbank import statistics

    bank, problems = _checked(root)
    if problems:
        click.echo(f"warning: {len(problems)} problems, see `qbank check`", err=True)
    click.echo(statistics.text(bank), nl=False)


@main.command()
@click.argument("name", required=False)
@click.option("--markdown", is_flag=True, help="All of them as one page of Markdown.")
def rules(name: str | None, markdown: bool) -> None:
    """List the rules of `qbank check`, or explain the rule NAME."""
    from qbank import check, history  # noqa: F401 - define rules
    from qbank.outputs import paper  # noqa: F401 - defines a rule
    from qbank.problem import RULES

    if markdown:
        click.echo("# Rules\n\nWhat `qbank check` and `qbank build` refuse, and why.")
        for each, text in sorted(RULES.items()):
            click.echo(f"\n## {each}\n{text}")
    elif name is None:
        for each, text in sorted(RULES.items()):
            click.echo(f"{each:24} {text.splitlines()[0]}")
    elif name in RULES:
        click.echo(RULES[name])
    else:
        raise click.UsageError(f"there is no rule '{name}'")


def _checked(root: Path) -> tuple[Bank, list[Problem]]:
    from qbank.check import check as run

    try:
        return run(root)
    except FileNotFoundError as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        raise click.UsageError(f"cannot read {error.filename}: {error.strerror}") from error


def _fail(problems: list[Problem]) -> NoReturn:
    from qbank import report

    click.echo(report.text(problems), nl=False, err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
