"""The notes of a bank in study order: a question, then its cards; at the end those that are retired."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from qbank.bank import names
from qbank.bank.model import Retired
from qbank.check.facts import Facts
from qbank.outputs.job import Press
from qbank.render.question import Note, retired_note


class Place(NamedTuple):
    """A question in study order, and the position of its first note."""

    question: Facts
    position: int


def in_order(press: Press) -> Iterator[Place]:
    """Every question with the position of its first note, from 1; its cards follow it."""
    position = 1
    for question in press.bank.in_order:
        yield Place(question, position)
        position += 1 + len(question.cards)


def all_notes(press: Press) -> Iterator[Note]:
    """Every note of a bank."""
    for place in in_order(press):
        yield from press.rendered(place.question).notes
    yield from retired_notes(press)


def retired_notes(press: Press) -> Iterator[Note]:
    """The notes that were released and are retired since."""
    whole, cards = _retirements(press)
    settings = press.bank.header.settings
    for key, state in press.retired:
        # A card that was retired before its question keeps its own reason.
        retired = cards.get(key) or whole[names.parts(key)[0]]
        yield retired_note(settings, retired, key, state)


def _retirements(press: Press) -> tuple[dict[str, Retired], dict[str, Retired]]:
    retired = press.bank.header.retired
    whole = {str(each.name): each for each in retired if not each.card}
    cards = {names.note_key(each.name, each.card): each for each in retired if each.card}
    return whole, cards
