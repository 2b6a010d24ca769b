"""A release that was broken off after the ledger had moved: it is made, and what is left of it is done here.

A release writes three things: the ledger, the changelog and dist/. The ledger decides: until it moves nothing is
changed, and from then on the next build or release does the rest. The changelog waits beside its file meanwhile, and
the files of dist/ in `dist/.qbank/ready/`.
"""

from __future__ import annotations

import re
from pathlib import Path

import click

from qbank.bank.layout import CHANGELOG, LEDGER, pending
from qbank.tree import Folder

_SECTION = re.compile(r"^## .*\n", re.MULTILINE)


def version(root: Path) -> str:
    """The release whose section of the changelog still waits for its place; an empty text where none does."""
    try:
        waiting = pending(root / CHANGELOG).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):  # as nearly always: then no command reads more of the program for it
        return ""
    from qbank.ledger.file import BrokenLedger, read

    try:
        released = read(Folder(root)).version
    except (OSError, BrokenLedger):
        return ""
    section = _SECTION.search(waiting)
    return released if section and released and section[0] == f"## {released}\n" else ""


def finish(root: Path, out: Path) -> str:
    """Do what is left of a release, and say which one it was; an empty text where nothing was left.

    Ends the command where the changelog was changed meanwhile, which nobody but its author can merge.
    """
    from qbank import dist
    from qbank.ledger.file import read

    made = version(root)
    if made:
        _finish_changelog(root, made)
    try:
        moved = dist.finish(out, root / LEDGER)
    except OSError as error:
        raise click.ClickException(f"cannot write to {out}: {said(error)}") from error
    if made:
        click.echo(f"the release {made} had been broken off; its changelog is written now", err=True)
    if moved:
        click.echo(f"a build had been broken off; its files are in {out} now", err=True)
    return made or (read(Folder(root)).version if moved else "")


def _finish_changelog(root: Path, made: str) -> None:
    path = root / CHANGELOG
    waiting = pending(path)
    now = path.read_text(encoding="utf-8") if path.exists() else ""
    text = waiting.read_text(encoding="utf-8")
    if f"## {made}\n" in now:
        waiting.unlink(missing_ok=True)
        return
    if not text.endswith(_sections(now)):
        raise click.ClickException(
            f"{path} was changed after the release {made} had been broken off: copy the section '## {made}' from "
            f"{waiting} to its head, and delete {waiting}"
        )
    waiting.replace(path)


def _sections(text: str) -> str:
    first = _SECTION.search(text)
    return text[first.start() :] if first else ""


def said(error: OSError) -> str:
    """What went wrong with which file."""
    what = error.strerror or str(error)
    return f"{what}: {error.filename}" if error.filename else what
