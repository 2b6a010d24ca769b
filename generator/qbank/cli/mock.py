"""`qbank mock`."""

from __future__ import annotations

import time as clock
from collections.abc import Callable, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbank.cli import complete, near
from qbank.cli.common import bank_option, build_time, cache_option, refuse, refuse_problems, surveyed
from qbank.cli.place import placed

if TYPE_CHECKING:
    from qbank.outputs.mock import Asked, Wish
    from qbank.survey import Survey

#: As `qbank.outputs.mock` has them, which would take long to import for a help page; a test compares.
LEAST, MOST, USUAL = 10, 180, 30
_MOST_SEED = 999_999_999
#: A seed that is drawn has six digits.
_DRAWN = range(100_000, 1_000_000)


@click.command("mock")
@click.option("--role", default="", help="Ask what this role is asked.")
@click.option("--round", "part", default="", help="Ask what comes in this round only.")
@click.option("--topic", default="", shell_complete=complete.topics, help="Ask questions of this topic only.")
@click.option("--minutes", type=click.IntRange(LEAST, MOST), default=USUAL, show_default=True, help="Time for all.")
@click.option("--seed", type=click.IntRange(0, _MOST_SEED), help="Make the sheet of this number again.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the sheets (default: mock/ beside bank/).",
)
@cache_option
@bank_option
def command(
    role: str, part: str, topic: str, minutes: int, seed: int | None, out: Path | None, no_cache: bool, root: Path
) -> None:
    """Write a mock interview: questions with their times, and points to tick."""
    from qbank.outputs.mock import Wish, chosen

    if seed is None:
        seed = _DRAWN[clock.time_ns() // 1000 % len(_DRAWN)]
    wish = Wish(minutes, seed, role, part, topic)
    with surveyed(root, no_cache=no_cache) as survey:
        settings = survey.header.settings
        _known("role", role, settings.choices["roles"])
        _known("round", part, settings.choices["rounds"])
        _known("topic", topic, [str(each.name) for each in settings.topics])
        refuse_problems(survey)
        asked = chosen(survey.bank, wish)
        if not asked:
            _refuse_wish(survey, wish)
        paths = _write(survey, wish, asked, placed(out, root, "mock"))
    click.echo("\n".join(map(str, paths)))
    click.echo(f"{len(asked)} questions, {sum(each.minutes for each in asked)} minutes. Again: {wish.command}")


def _known(what: str, name: str, names: Sequence[str]) -> None:
    """A name that is given is one of the bank's; another one is wrong usage."""
    if not name or name in names:
        return
    if not names:
        raise click.UsageError(f"this bank has no {what}s; leave --{what} out")
    near.refuse(what, name, names)


def _refuse_wish(survey: Survey, wish: Wish) -> None:
    from qbank.outputs.mock import candidates, minutes

    found = candidates(survey.bank, wish)
    if found:
        shortest = min(minutes(survey.header.settings, each) for each in found)
        raise click.UsageError(f"each of these questions takes longer; give --minutes {shortest} or more")
    given = [f"--{name}" for name in ("role", "round", "topic") if getattr(wish, name)]
    if not given:
        raise click.UsageError("this bank has no questions; start one with: qbank new TOPIC/NAME")
    raise click.UsageError(f"no question is asked there; leave out {' or '.join(given)}")


def _write(survey: Survey, wish: Wish, asked: Sequence[Asked], out: Path) -> list[Path]:
    """Write the sheet as Markdown and, where there is Typst, as PDF on each of the papers."""
    from qbank.ledger.state import FOUNDED
    from qbank.outputs import mock, paper
    from qbank.outputs.job import Edition
    from qbank.outputs.sheets import PAPERS
    from qbank.problem import ContentError

    ledger = survey.bank.ledger
    edition = Edition(ledger.version or "unreleased", build_time(None, ledger.time or FOUNDED))
    text = mock.markdown(survey, edition, wish, asked)
    page = out / f"mock-{wish.seed}.md"
    making: dict[Path, Callable[[], object]] = {page: partial(page.write_bytes, text.encode())}
    if not survey.header.settings.paper:
        pass
    elif find_spec("typst") is None:
        click.echo(f"warning: only Markdown is written. {paper.HOW_TO_INSTALL}", err=True)
    else:
        for size in PAPERS:
            path = out / f"mock-{wish.seed}-{size}.pdf"
            made = mock.source(survey, edition, wish, asked, size)
            making[path] = partial(paper.write, made, survey.fonts(), edition.time, path)
    try:
        if page.exists() and page.read_bytes() != text.encode():
            raise click.UsageError(
                f"{page} is there already, another sheet or with what you ticked; move it away, or give --out or --seed"
            )
        out.mkdir(parents=True, exist_ok=True)
        for make in making.values():
            make()
    except ContentError as error:
        refuse(survey.tree, error.problems)
    except OSError as error:
        raise click.ClickException(f"cannot write to {out}: {error.strerror or error}") from error
    return list(making)
