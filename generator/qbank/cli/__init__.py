"""The command `qbank`: the only place that prints, prompts, writes or exits.

Each command is a module that is loaded when it is called, so that `qbank --help` starts at once.
Exit status: 0 fine, 1 problems in the content, 2 wrong usage, 3 code that could not be run for want of a package,
70 an error of the program itself, 130 interrupted, 143 ended (128 and the number of the signal, as shells have it).
"""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from threading import current_thread, main_thread
from types import FrameType
from typing import Any, NoReturn

import click

from qbank import __version__
from qbank.usage import COMMANDS, FORMER


class Stopped(BaseException):
    """Somebody wants this process to end (SIGTERM): what it began is put away first."""


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    signal.signal(number, signal.SIG_IGN)  # once is enough: nothing may break off what puts things away
    raise Stopped


class Lazy(click.Group):
    """A group whose commands are imported when they are called."""

    def main(self, *words: Any, **options: Any) -> Any:
        """Run a command as a program of its own; it ends in order when it is interrupted."""
        if current_thread() is not main_thread():  # where there are no signals
            return super().main(*words, **options)
        before = signal.signal(signal.SIGTERM, _stop)
        try:
            return super().main(*words, **options)
        finally:
            signal.signal(signal.SIGTERM, before)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; of an interruption, a line is said."""
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, Stopped) as error:
            click.echo("interrupted; the next run takes up what is done", err=True)
            sys.exit(143 if isinstance(error, Stopped) else 130)

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


def _debug(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        os.environ["QBANK_DEBUG"] = "1"


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
@click.option(
    "--debug",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_debug,
    help="Show the traceback of an internal error; so does the environment variable QBANK_DEBUG.",
)
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
