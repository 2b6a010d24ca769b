"""What commands share: the options of every one, and how they open, check and refuse a bank."""

from __future__ import annotations

import os
import re
import sys
import time as clock
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from qbank.problem import Problem, errors
from qbank.store import Store
from qbank.survey import Survey
from qbank.tree import Folder, Tree
from qbank.workers import Workers, WorkersLost, collect_seldom

if TYPE_CHECKING:
    from qbank.bank.load import Header
    from qbank.bank.model import Question

CACHE = "QBANK_CACHE"
#: Packages that are imported under another name than they are installed by.
_IMPORTED = {"scikit-learn": "sklearn", "pillow": "PIL", "pyyaml": "yaml"}


def bank_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that says where the bank is."""
    return click.option(
        "--bank",
        "root",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path("bank"),
        show_default=True,
        help="Folder of the bank.",
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
        raise click.UsageError(str(error)) from error


def questions(root: Path, names: Sequence[str] = ()) -> list[Question]:
    """The questions of these names or files, or all that can be read. A named one that cannot be is wrong usage."""
    from qbank.bank import layout, load
    from qbank.source.reader import read

    tree, header = opened(root)
    paths = {layout.name_of(path)[1]: path for path in layout.question_paths(tree)}
    wanted = [Path(name).name.removesuffix(".yaml") for name in names]
    unknown = [name for name in wanted if name not in paths]
    if unknown:
        near = get_close_matches(unknown[0], paths, n=1)
        raise click.UsageError(f"there is no question '{unknown[0]}'{f': did you mean {near[0]!r}?' if near else ''}")
    found = [load.question(read(tree, paths[name]), header.settings, []) for name in wanted or paths]
    if wanted and None in found:
        raise click.UsageError(f"'{wanted[found.index(None)]}' cannot be read; see `qbank check`")
    return [question for question in found if question]


def missing_packages(question: Question) -> list[str]:
    """The packages that the code of a question needs and this Python does not have."""
    required = [*map(str, question.code.requires), *(["pytest"] if question.code.tests else [])]
    return [name for name in required if find_spec(_IMPORTED.get(name, name)) is None]


@contextmanager
def surveyed(root: Path, *, no_cache: bool = False, rendering: bool = False) -> Iterator[Survey]:
    """A survey of the bank in a folder. A bank or a file of it that cannot be read is wrong usage."""
    collect_seldom()
    try:
        with opened_store(no_cache) as store, Workers() as workers:
            yield Survey(Folder(root), store, workers, rendering=rendering)
    except FileNotFoundError as error:
        raise click.UsageError(f"cannot read {error.filename}" if error.filename else str(error)) from error
    except OSError as error:
        raise click.UsageError(f"cannot read {error.filename}: {error.strerror}") from error
    except WorkersLost as error:
        raise click.ClickException(str(error)) from error


def refuse(tree: Tree, problems: Sequence[Problem]) -> NoReturn:
    """Show problems, and end."""
    from qbank.cli import report
    from qbank.source.places import located

    click.echo(report.text(located(tree, problems)), nl=False, err=True)
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
    if not re.fullmatch(r"\d{1,12}", text) or not 0 < int(text) <= clock.time():
        raise click.UsageError(f"the time {text!r} must be whole unix seconds, after 1970 and not in the future")
    return int(text)
