"""The command `qbank`: the only place that prints, prompts, writes or exits.

Each command is a module that is loaded when it is called, so that `qbank --help` starts at once.
Exit status: 0 fine, 1 problems in the content, 2 wrong usage, 3 code that could not be run for want of a package.
"""

from __future__ import annotations

import os
from importlib import import_module

import click

from qbank import __version__
from qbank.usage import COMMANDS, FORMER


class Lazy(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"qbank.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called; of a mistyped one the near ones are named."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-") and not ctx.resilient_parsing:
            from qbank.cli import near

            if name in FORMER:
                raise click.UsageError(f"there is no command '{name}' any more; use: qbank {FORMER[name]}")
            near.refuse("command", name, list(COMMANDS))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, of which none is imported."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"qbank {__version__}")
        context.exit()


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
@click.pass_context
def main(context: click.Context) -> None:
    """Check a bank of interview questions and render it into Anki decks, cheat sheets and JSON."""
    context.color = _colored()


def _colored() -> bool | None:
    """Whether there are colors: as NO_COLOR (no-color.org) and FORCE_COLOR say, else on a terminal that knows them."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return False if os.environ.get("TERM") == "dumb" else None
