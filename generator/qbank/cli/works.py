"""`qbank works`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbank.cli.common import bank_option, opened
from qbank.cli.near import near

if TYPE_CHECKING:
    from qbank.bank.model import Work


@click.command("works")
@click.argument("words", nargs=-1, metavar="WORD...")
@bank_option
def command(words: tuple[str, ...], root: Path) -> None:
    """Find the keys of works in references.yaml by words of key, title, authors and year."""
    works = opened(root)[1].works
    words = tuple(part for word in words for part in word.split())
    found = [key for key, work in works.items() if all(_plain(word) in _said(key, work) for word in words)]
    if not found:
        raise click.UsageError(f"no work has {' and '.join(map(repr, words)) or 'a name'}; {_hint(words, works)}")
    width = max(map(len, found))
    for key in found:
        work = works[key]
        click.echo(f"{key:{width}}  {work.authors} ({work.year}): {work.title}")


def _said(key: str, work: Work) -> str:
    return _plain(f"{key} {work.title} {work.authors} {work.year} {work.doi} {work.arxiv} {work.url}")


def _plain(text: str) -> str:
    """The words of a text in small letters, without accents, each behind a blank: holder finds H\u00f6lder."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " " + " ".join(re.findall(r"\w+", "".join(each for each in letters if not unicodedata.combining(each))))


def _hint(words: tuple[str, ...], works: Mapping[str, Work]) -> str:
    """What may be meant by each word that no work has."""
    said = [_said(key, work) for key, work in works.items()]
    known = sorted({part for each in said for part in each.split()})
    unknown = [word for each in words for word in _plain(each).split() if not any(f" {word}" in row for row in said)]
    meant = [" or ".join(map(repr, found)) for word in unknown if (found := near(word, known))]
    return f"did you mean {', '.join(meant)}?" if meant else "add it to references.yaml"
