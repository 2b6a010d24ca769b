"""`qbank schema`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from qbank.cli.common import bank_option


@click.command("schema")
@bank_option
def command(root: Path) -> None:
    """Show the JSON Schema of a question's file, for editors."""
    from qbank.bank.load import header
    from qbank.bank.model import Question
    from qbank.bank.schema import json_schema
    from qbank.tree import Folder

    try:
        settings = header(Folder(root))[0].settings
    except FileNotFoundError as error:
        raise click.UsageError(str(error)) from error
    click.echo(json.dumps(json_schema(Question, settings.choices), indent=1))
