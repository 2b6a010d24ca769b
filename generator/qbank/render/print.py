"""A question for print: its article in the book, and what a card to cut asks and answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from qbank.bank.model import Card, Question
from qbank.markup import typst
from qbank.markup.document import parse
from qbank.markup.sides import sides
from qbank.render.jinja import render
from qbank.render.question import Setting, context_of


class Side(NamedTuple):
    """A card to cut: the id that its back bears, and what it asks and answers as Typst."""

    id: str
    front: str
    back: str


class Printed(NamedTuple):
    """A question for print, as Typst: its article without what hangs on other files, and its cards, the question's
    first, then what Anki makes of each card.
    """

    article: str
    cards: tuple[Side, ...]


def rendered(question: Question, setting: Setting) -> Printed:
    """A question for print."""
    article = render("typst", "book/article.typ.j2", **context_of(question, setting)).strip()
    asked = Side(question.name, _typst(question.question), _typst(question.answer))
    return Printed(article, (asked, *(side for card in question.cards for side in _sides(question, card))))


def dumped(value: Printed) -> bytes:
    """What a question is for print, as JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def restored(value: bytes) -> Printed:
    """What a question is for print, from its JSON."""
    article, cards = json.loads(value)
    return Printed(article, tuple([Side(*card) for card in cards]))


def _sides(question: Question, card: Card) -> Iterator[Side]:
    id = f"{question.name}.{card.id}"
    if card.cloze:
        for each in sides(parse(card.cloze, cloze=True)):
            yield Side(f"{id}.{each.number}", typst.render(each.front), typst.render(each.back))
        return
    front, back = _typst(card.front), _typst(card.back)
    yield Side(id, front, back)
    if card.reverse == "true":
        yield Side(f"{id}.r", back, front)


def _typst(text: str) -> str:
    return typst.render(parse(text))
