"""Mistyped words: what may have been meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

import click

#: How alike a known word must be as a whole, and how alike its best part or its beginning.
_LIKE, _PARTLY = 0.6, 0.75
_MOST = 3
#: So many words are listed where none is near.
_LISTED = 30


def near(word: str, known: Iterable[str]) -> list[str]:
    """The known words that are most like a mistyped one, at most three; one of several words counts by its best."""
    from difflib import SequenceMatcher

    typed = word.casefold()

    def likeness(part: str) -> float:
        return SequenceMatcher(None, typed, part.casefold()).ratio()

    rated = []
    for name in known if typed else ():
        whole, partly = likeness(name), max(map(likeness, (*name.split("-"), name[: len(typed)])))
        if whole >= _LIKE or partly >= _PARTLY:
            rated.append((max(whole, partly), name))
    best = max(rated, default=(0.0, ""))[0]
    return [name for rate, name in sorted(rated, key=lambda each: -each[0]) if rate >= best - 0.1][:_MOST]


def unknown(what: str, word: str, known: Sequence[str], otherwise: str = "") -> str:
    """What is said of a word that is not known: the near ones, or all, or what to do where they are too many."""
    found = near(word, known)
    if found:
        hint = f"did you mean {' or '.join(repr(each) for each in found)}?"
    else:
        hint = f"the {what}s are {', '.join(known)}" if known and len(known) <= _LISTED else otherwise
    return f"there is no {what} {word!r}{'; ' if hint else ''}{hint}"


def refuse(what: str, word: str, known: Sequence[str], otherwise: str = "") -> NoReturn:
    """End with what is said of a word that is not known."""
    raise click.UsageError(unknown(what, word, known, otherwise))


class OneOf(click.Choice):  # type: ignore[type-arg]  # which the oldest click that will do does not take
    """An option's value out of a few; of a mistyped one the near ones are named."""

    def __init__(self, what: str, choices: Sequence[str]) -> None:
        super().__init__(choices)
        self._what = what

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The value, if it is one of the few."""
        if value not in self.choices:
            self.fail(unknown(self._what, str(value), [str(each) for each in self.choices]), param, ctx)
        return str(value)
