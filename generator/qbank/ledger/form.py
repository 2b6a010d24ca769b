"""What the values of a ledger look like. The file is long, generated, and read by nobody, so a stranger's hand in it
would be seen by nobody: whatever `qbank release` would not write is refused.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from qbank.bank import forms
from qbank.bank.names import is_name, is_slice, parts
from qbank.ledger.schema import NOTE_SCHEMAS

#: Seconds since 1970 that a clock may tell: up to the year 2242.
_LATEST = 1 << 33
#: More cards, tags or deletions than any note has, and more characters than any text.
_MANY, _LONG = 1000, 100_000
_BLANK = re.compile(r"\s")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ud800-\udfff]")


# Most notes share their words with others.
_remembered = lru_cache(maxsize=4096)


def _is_plain(value: str) -> bool:
    """Whether a text is printable ASCII, as most are: that is told far sooner than what is to be sought."""
    return value.isascii() and value.isprintable()


def text(value: Any, longest: int = 1000) -> str:
    """A text of what can be seen. Raises `ValueError`, as all here do, where it is none."""
    if not isinstance(value, str) or len(value) > longest or (not _is_plain(value) and _UNSEEN.search(value)):
        raise ValueError(f"{str(value)[:40]!r} is no text of a ledger")
    return value


def word(value: Any) -> str:
    """A text in one line without blanks, such as a tag."""
    if " " in text(value) or (not _is_plain(value) and _BLANK.search(value)):
        raise ValueError(f"{value[:40]!r} is no word")
    return str(value)


def words(value: Any) -> tuple[str, ...]:
    """A list of words, such as the tags of a note."""
    return _words(tuple(items(value)))


@_remembered
def _words(values: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(map(word, values))


def time(value: Any) -> int:
    """A time in seconds since 1970."""
    return number(value, _LATEST)


def number(value: Any, most: int = _MANY) -> int:
    """A whole number, from 0 on."""
    if type(value) is not int or not 0 <= value < most:
        raise ValueError(f"{str(value)[:40]!r} is no number from 0 to {most}")
    return value


@_remembered
def name(value: Any) -> str:
    """The name of a topic or a level."""
    if not isinstance(value, str) or not is_name(value):
        raise ValueError(f"{str(value)[:40]!r} is no name")
    return value


def key(value: Any) -> str:
    """The key of a note."""
    question, card = parts(text(value))
    name(question)
    if (card or "/" in value) and not is_name(card):
        raise ValueError(f"{value[:40]!r} is no key of a note")
    return str(value)


@_remembered
def kind(value: Any) -> str:
    """A note type."""
    if not isinstance(value, str) or value not in NOTE_SCHEMAS:
        raise ValueError(f"{str(value)[:40]!r} is no note type")
    return value


@_remembered
def deck(value: Any) -> str:
    """The name of a deck."""
    if not forms.ROOT_DECK.fits(text(value)):
        raise ValueError(f"{value[:40]!r} is no deck")
    return str(value)


def slices(value: Any) -> tuple[str, ...]:
    """A list of slices of the bank."""
    return _slices(tuple(items(value)))


@_remembered
def _slices(values: tuple[Any, ...]) -> tuple[str, ...]:
    for value in values:
        if not is_slice(text(value)):
            raise ValueError(f"{value[:40]!r} is no slice of a bank")
    return values


def items(value: Any) -> list[Any]:
    """A list."""
    if not isinstance(value, list) or len(value) > _MANY:
        raise ValueError("this is no list of a ledger")
    return value


def gaps(value: Any) -> dict[str, tuple[str, str]]:
    """The deletions of a cloze text by their numbers."""
    if not isinstance(value, dict) or len(value) > _MANY:
        raise ValueError("these are no deletions")
    found: dict[str, tuple[str, str]] = {}
    for number_, each in value.items():
        deleted, around = items(each)
        if not re.fullmatch(r"[1-9][0-9]{0,2}", number_):
            raise ValueError(f"{number_[:40]!r} is no number of a deletion")
        found[str(number_)] = (text(deleted, _LONG), text(around, _LONG))
    return found


def long(value: Any) -> str:
    """A rendered field."""
    return text(value, _LONG)
