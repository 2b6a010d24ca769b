"""What commands share: the options of every one, and how they open, check and refuse a bank."""

from __future__ import annotations

import os
import re
import sys
import time as clock
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from qbank.cli import near, place, unfinished
from qbank.cli.progress import Bar
from qbank.problem import Problem, errors
from qbank.store import Store
from qbank.survey import Survey
from qbank.tree import Folder, Tree
from qbank.workers import Workers, WorkersLost, collect_seldom

if TYPE_CHECKING:
    from qbank.bank.load import Header
    from qbank.bank.model import Question

CACHE = "QBANK_CACHE"
#: Seconds from which on reading questions is worth a word.
_NOTICED = 0.5


def bank_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that says where the bank is."""
    return click.option(
        "--bank",
        "root",
        type=click.Path(path_type=Path, file_okay=False),
        callback=place.found,
        help="Folder of the bank (default: bank/ here or in a folder above, or this folder itself).",
    )(command)


def cache_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that makes everything anew."""
    return click.option(
        "--no-cache", is_flag=True, help=f"Make everything anew; so does the environment variable {CACHE}=off."
    )(command)


def cache_folder() -> Path | None:
    """Where results are kept: QBANK_CACHE, or else the user's folder for such; None where that is switched off."""
    given = os.environ.get(CACHE, "")
    if given in ("off", "0"):
        return None
    if given:
        return Path(given)
    from platformdirs import user_cache_path

    return user_cache_path("qbank", appauthor=False)


@contextmanager
def opened_store(no_cache: bool = False) -> Iterator[Store]:
    """The store of the user; one for this run only where that is switched off, or cannot be written."""
    folder = None if no_cache else cache_folder()
    try:
        store = Store(folder) if folder else Store.temporary()
    except OSError:
        store = Store.temporary()
    with store:
        yield store


def opened(root: Path) -> tuple[Tree, Header]:
    """The bank in a folder, and what its questions share; no question is read. No bank there is wrong usage."""
    from qbank.bank import load

    tree = Folder(root)
    try:
        return tree, load.header(tree)[0]
    except FileNotFoundError as error:
        raise click.UsageError(f"{error}; `qbank init DIR` starts a bank") from error


def question_paths(tree: Tree, names: Sequence[str], otherwise: str = "") -> list[str]:
    """The files of the questions of these names, which may be written as paths, too. Another name is wrong usage."""
    from qbank.bank import layout

    paths = {layout.name_of(path)[1]: path for path in layout.question_paths(tree)}
    wanted = [re.split(r"[/\\]", name)[-1].removesuffix(".yaml") for name in names]
    for name in wanted:
        if name not in paths:
            near.refuse("question", name, list(paths), otherwise)
    return [paths[name] for name in wanted]


def questions(root: Path, names: Sequence[str] = ()) -> list[Question]:
    """The questions of these names or files, or all that can be read. A named one that cannot be is wrong usage."""
    from qbank.bank import layout, load
    from qbank.source.reader import read

    tree, header = opened(root)
    wanted = question_paths(tree, names)
    found = [load.question(read(tree, path), header.settings, []) for path in wanted or layout.question_paths(tree)]
    if wanted and None in found:
        name = layout.name_of(wanted[found.index(None)])[1]
        raise click.UsageError(f"'{name}' cannot be read; see `qbank check`")
    return [question for question in found if question]


@contextmanager
def surveyed(root: Path, *, no_cache: bool = False, rendering: bool = False) -> Iterator[Survey]:
    """A survey of the bank in a folder. A bank or a file of it that cannot be read is wrong usage."""
    collect_seldom()
    if made := unfinished.version(root):
        click.echo(f"the release {made} was broken off; `qbank build` finishes it", err=True)
    try:
        with opened_store(no_cache) as store, Workers() as workers:
            bar = Bar("questions", delay=_NOTICED)
            survey = Survey(Folder(root), store, workers, rendering=rendering, progress=bar)
            survey.expect()
            yield survey
    except BrokenPipeError:  # of what is printed meanwhile, which nobody reads any more
        raise
    except FileNotFoundError as error:
        said = f"cannot read {error.filename}" if error.filename else f"{error}; `qbank init DIR` starts a bank"
        raise click.UsageError(said) from error
    except OSError as error:
        if error.filename is None:  # no file, but what is shown
            raise
        raise click.UsageError(f"cannot read {error.filename}: {error.strerror}") from error
    except WorkersLost as error:
        raise click.ClickException(str(error)) from error


def show(tree: Tree, problems: Sequence[Problem]) -> None:
    """Show problems, if there are any."""
    from qbank.cli import report
    from qbank.source.places import located

    click.echo(report.colored(located(tree, problems)), nl=False, err=True)


def refuse(tree: Tree, problems: Sequence[Problem]) -> NoReturn:
    """Show problems, and end."""
    show(tree, problems)
    sys.exit(1)


def refuse_problems(survey: Survey) -> None:
    """End with the errors of a bank, where it has any."""
    found = errors(survey.verdict.problems)
    if found:
        refuse(survey.tree, found)


def build_time(given: str | None, otherwise: int) -> int:
    """The time of a build: the option, else SOURCE_DATE_EPOCH, else `otherwise`."""
    text = given if given is not None else os.environ.get("SOURCE_DATE_EPOCH")
    if text is None:
        return otherwise
    if not re.fullmatch(r"[0-9]{1,12}", text) or not 0 < int(text) <= clock.time():
        raise click.UsageError(f"the time {text!r} must be whole unix seconds, after 1970 and not in the future")
    return int(text)
