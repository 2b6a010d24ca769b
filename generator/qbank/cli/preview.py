"""`qbank preview`."""

from __future__ import annotations

import webbrowser
from collections.abc import Iterable
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import click

from qbank.cli import complete
from qbank.cli.common import bank_option, cache_option, question_paths, surveyed

if TYPE_CHECKING:
    from qbank.preview.desk import Desk
    from qbank.preview.pages import Pages
    from qbank.preview.server import Server

#: Milliseconds after a save in which another one belongs to it, and after which the bank as a whole is looked at.
_STEP, _QUIET = 20, 250
_HOW_TO_INSTALL = "the preview needs the package watchfiles; install it with: pip install 'qbank[preview]'"


@click.command("preview")
@click.argument("name", required=False, default="", shell_complete=complete.questions)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port of the address (default: a free one).")
@click.option("--no-open", is_flag=True, help="Only show the address, and open no browser.")
@cache_option
@bank_option
def command(name: str, port: int, no_open: bool, no_cache: bool, root: Path) -> None:
    """Show questions in a browser, anew after every save.

    First the question NAME, or else the list of all: its cards by day and night, its box on the sheet, its data and its
    problems. Only this computer can reach the page.
    """
    try:
        import watchfiles  # noqa: F401
    except ImportError as error:
        raise click.UsageError(_HOW_TO_INSTALL) from error
    from qbank.bank import layout
    from qbank.preview.desk import Desk
    from qbank.preview.pages import Pages, address
    from qbank.tree import Folder

    with surveyed(root, no_cache=no_cache) as survey:
        found = layout.name_of(question_paths(survey.tree, [name])[0])[1] if name else ""
        desk = Desk(survey, lambda: Folder(root))
        with _served(Pages(desk), port) as server:
            shown = server.address + address(found)
            try:
                click.echo(f"{shown}  (Ctrl-C ends the preview)")
                if not no_open:
                    webbrowser.open(shown)
                _watch(root, desk)
            except KeyboardInterrupt:
                click.echo("\nThe preview has ended.")
            server.shutdown()


def _served(pages: Pages, port: int) -> Server:
    """A server that is running. A port that cannot be had is wrong usage."""
    from qbank.preview.server import Server

    try:
        server = Server(pages, port)
    except OSError as error:
        raise click.UsageError(f"port {port} cannot be used: {error.strerror}; without --port a free one is") from error
    Thread(target=server.serve_forever, daemon=True).start()
    return server


def _watch(root: Path, desk: Desk) -> None:
    """Tell the desk what is saved, until Ctrl-C."""
    from watchfiles import watch

    rehearsed = False
    settling = Thread()
    for changes in watch(root, step=_STEP, debounce=10 * _STEP, rust_timeout=_QUIET, yield_on_timeout=True):
        if changes:
            desk.renew(_inside(root, (path for _, path in changes)))
        elif not rehearsed:
            desk.rehearse()
            rehearsed = True
        elif not desk.settled and not settling.is_alive():
            # A save is not to wait until all of a large bank has been looked at.
            settling = Thread(target=desk.settle, daemon=True)
            settling.start()


def _inside(root: Path, paths: Iterable[str]) -> set[str]:
    """Paths as the bank names them."""
    tops = (root.absolute(), root.resolve())
    found = set()
    for path in map(Path, paths):
        top = next((top for top in tops if path.is_relative_to(top)), None)
        found.add(path.relative_to(top).as_posix() if top else path.name)
    return found
