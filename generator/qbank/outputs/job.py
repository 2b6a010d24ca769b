"""What an output plans: files, each with the key of its bytes and the way to make them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from qbank.problem import Problem

if TYPE_CHECKING:  # jobs go to other processes, which need none of this
    from qbank.check.facts import Bank, Facts
    from qbank.ledger.state import State
    from qbank.render.print import Printed
    from qbank.render.question import Rendered
    from qbank.render.web import Web


class Made(NamedTuple):
    """What was found while a file was made: values that the store shall keep under their keys, and what is wrong with
    the file, though it is made.
    """

    kept: tuple[tuple[str, bytes], ...] = ()
    problems: tuple[Problem, ...] = ()


#: Over which edge a printer turns the paper to print on both its sides, the usual one first.
Flip = Literal["long", "short"]
FLIPS: tuple[Flip, ...] = ("long", "short")
#: Writes a file, and says what was found on the way, if anything was.
Make = Callable[[Path], Made | None]


#: Finds out what shall be kept. It can be sent to another process.
Find = Callable[[], Made]


@dataclass(frozen=True, slots=True)
class Edition:
    """Which state of the bank is built: the version that is printed, the time (unix seconds, UTC) that it bears, and
    what it changed, counted.
    """

    version: str
    time: int
    changes: str = ""


def ready(make: Make) -> Callable[[], Make]:
    """What a job asks for that needs no preparation."""
    return lambda: make


@dataclass(frozen=True, slots=True)
class Job:
    """One file of dist/: its path in POSIX form, and a key that names all that its bytes depend on.

    `prepare` gives what makes the file where nothing is stored under the key. A job that is made `apart` takes a long
    time and much memory: its maker can be sent to another process. `weight` says how long, in any unit. Before that is
    prepared, and after all files that ask for nothing `first`, it is found out what it asks for, if it is not kept yet.
    """

    path: str
    key: str
    prepare: Callable[[], Make]
    apart: bool = False
    weight: int = 0
    first: Callable[[], Iterable[Find]] | None = None


class Press(Protocol):
    """What outputs are made of: the bank, and every question of it as it is rendered."""

    @property
    def bank(self) -> Bank:
        """The settings and the order of the bank, and the ledger."""

    @property
    def prefix(self) -> str:
        """The folder of the bank in its repository."""

    def kept(self, key: str) -> bytes | None:
        """The value that the store has under a key."""

    def key(self, question: Facts) -> str:
        """What names the rendered question and all that it depends on."""

    def rendered(self, question: Facts) -> Rendered:
        """The question in every form."""

    def web(self, question: Facts) -> Web:
        """The question for browsers."""

    def printed(self, question: Facts) -> Printed:
        """The question for print."""

    def figure(self, file: str) -> bytes:
        """The bytes of a figure."""

    def fonts(self) -> dict[str, bytes]:
        """The files of the bank's fonts, as pages find them."""

    def media(self, file: str) -> str:
        """The name of a figure in Anki's media folder; with a hash of its content, since Anki never replaces a file."""

    @property
    def header_key(self) -> str:
        """What names the settings of the bank."""

    @property
    def retired(self) -> tuple[tuple[str, State], ...]:
        """The notes that were released and are retired since, with their states."""

    @property
    def released_key(self) -> str:
        """What names the ledger and what is retired."""
