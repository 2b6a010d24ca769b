"""`qbank schema`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from qbank.bank.settings import Settings
from qbank.cli.common import bank_option, opened


@click.command("schema")
@bank_option
def command(root: Path) -> None:
    """Write the JSON Schemas of the bank's files to schemas/ in it."""
    written = write(root, opened(root)[1].settings)
    for path in written:
        click.echo(path)
    click.echo(f"{len(written)} schema{'' if len(written) == 1 else 's'} written, the others are fresh")


def files(settings: Settings) -> dict[str, str]:
    """The schemas of a bank, by their paths in it."""
    from qbank.bank.schema import schemas

    made = schemas(settings)
    return {path: json.dumps(schema, indent=1, ensure_ascii=False) + "\n" for path, schema in made.items()}


def write(root: Path, settings: Settings) -> list[Path]:
    """Write the schemas of a bank that are missing or stale, and give their paths."""
    stale = {root / path: text for path, text in files(settings).items() if not _holds(root / path, text)}
    for path, text in stale.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return list(stale)


def _holds(path: Path, text: str) -> bool:
    # Git may have written other line ends, which Python reads as these.
    return path.is_file() and path.read_text(encoding="utf-8", errors="replace") == text
