"""The bank that somebody writes: as its files are now, one thread at a time, and how often that has changed.

After a save of a question's file only that file is read again. What is wrong with it by itself is known at once; what
is wrong with the bank as a whole is asked for when nothing has been saved for a while (`settle`), and until then taken
to be as it was. That takes longer the larger the bank is, so nobody waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from threading import Condition
from typing import TypeVar

from qbank.bank import layout
from qbank.problem import Problem
from qbank.survey import Survey
from qbank.tree import Overlay, Tree

T = TypeVar("T")


class Desk:
    """The newest survey of a bank, and its turn: a number that rises whenever pages may look different."""

    def __init__(self, survey: Survey, tree: Callable[[], Tree]) -> None:
        """`tree` opens the bank as it is at the time of the call."""
        self.turn = 1
        self.fault = ""
        self._survey = survey
        self._tree = tree
        self._crossing = self._of_all(survey)
        self._settled = True
        self._changed: set[str] = set()
        self._lock = Condition()

    def ask(self, question: Callable[[Survey, list[Problem]], T]) -> T:
        """What somebody wants to know of the bank and its problems, while nobody else asks."""
        with self._lock:
            return question(self._survey, self._problems())

    def renew(self, changed: Collection[str]) -> None:
        """Look at the bank again: somebody saved, made or deleted these files."""
        with self._lock:
            self._changed.update(changed)
            with self._reading():
                new = self._survey.after(self._tree(), self._changed)
                new.entries  # noqa: B018 - that every file can be read
                self._survey = new
                self._changed.clear()
            self._settled = False
            self._pass()

    def settle(self) -> None:
        """Find out what is wrong with the bank as a whole, if it changed since. Others ask and save meanwhile.

        What is found of a bank that was saved meanwhile nobody is told: the next call looks at the new one.
        """
        with self._lock:
            if self.settled:
                return
            survey = self._survey
        found: list[Problem] = []
        fault = ""
        try:
            found = self._of_all(survey)
        except OSError as error:
            fault = _unread(error)
        with self._lock:
            if survey is not self._survey:
                return
            before = self._problems()
            self._settled, self.fault = True, fault
            self._crossing = self._crossing if fault else found
            if fault or self._problems() != before:
                self._pass()

    @property
    def settled(self) -> bool:
        """Whether nothing more can be found out of the bank as a whole until something is saved."""
        return self._settled or bool(self.fault)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """A block that reads files. While they are moved or replaced some are missing: that is told."""
        try:
            yield
            self.fault = ""
        except OSError as error:
            self.fault = _unread(error)

    def rehearse(self) -> None:
        """Save a question in thought: what is loaded and compiled once is no part of the first save then."""
        with self._lock, self._reading():
            path = min(self._survey.renderable, default="")
            if path:
                tree = self._survey.tree
                with tree.open(path) as file:
                    saved = self._survey.after(Overlay(tree, {path: file.read() + b"\n"}), {path})
                for facts in saved.bank.named([layout.name_of(path)[1]]):
                    saved.rendered(facts)

    def wait(self, turn: int, seconds: float) -> int:
        """The turn, as soon as it is no longer the one that is known, or so many seconds have passed."""
        with self._lock:
            self._lock.wait_for(lambda: self.turn != turn, seconds)
            return self.turn

    def _pass(self) -> None:
        self.turn += 1
        self._lock.notify_all()

    def _problems(self) -> list[Problem]:
        """What is wrong, as far as it is known: with each file now, with all together when that was last asked."""
        own = [problem for entry in self._survey.entries.values() for problem in entry.problems]
        return list(dict.fromkeys([*own, *self._crossing]))

    @staticmethod
    def _of_all(survey: Survey) -> list[Problem]:
        """What is wrong with the bank besides what each question's file says by itself."""
        own = {problem for entry in survey.entries.values() for problem in entry.problems}
        return [problem for problem in survey.verdict.problems if problem not in own]


def _unread(error: OSError) -> str:
    return f"cannot read {error.filename}: {error.strerror}" if error.filename else str(error)
