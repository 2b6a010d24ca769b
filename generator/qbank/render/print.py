"""A question for print: its article in the book, and what a card to cut asks and answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from qbank.bank import names
from qbank.bank.model import Card, Question, Text
from qbank.markup import typst
from qbank.markup.document import parse
from qbank.markup.sides import sides, whole
from qbank.render.jinja import render
from qbank.render.question import Setting, context_of


class Side(NamedTuple):
    """A card to cut: the id that Anki shows of it, what it asks and answers, and where a deletion is answered the text
    that it belongs to, as Typst; and which values of the file its front and back are, as JSON Pointers.
    """

    id: str
    front: str
    back: str
    context: str
    asked: str
    answered: str


class Printed(NamedTuple):
    """A question for print, as Typst: its article without what hangs on other files, and its cards, the question's
    first, then what Anki makes of each card.
    """

    article: str
    cards: tuple[Side, ...]


def rendered(question: Question, setting: Setting) -> Printed:
    """A question for print."""
    article = render("typst", "book/article.typ.j2", **context_of(question, setting)).strip()
    asked = _side(question.name, question.question, question.answer)
    return Printed(article, (asked, *(side for card in question.cards for side in _sides(question, card))))


def dumped(value: Printed) -> bytes:
    """What a question is for print, as JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def restored(value: bytes) -> Printed:
    """What a question is for print, from its JSON."""
    article, cards = json.loads(value)
    return Printed(article, tuple([Side(*card) for card in cards]))


def _sides(question: Question, card: Card) -> Iterator[Side]:
    id = names.note_key(question.name, card.id)
    if card.cloze:
        document, pointer = parse(card.cloze, cloze=True), card.cloze.pointer
        context = typst.render(whole(document))
        for each in sides(document):
            yield Side(id, typst.render(each.front), typst.render(each.back), context, pointer, pointer)
        return
    yield _side(id, card.front, card.back)
    if card.reverse == "true":
        yield _side(id, card.back, card.front)


def _side(id: str, asked: Text, answered: Text) -> Side:
    return Side(id, _typst(asked), _typst(answered), "", asked.pointer, answered.pointer)


def _typst(text: str) -> str:
    return typst.render(parse(text))
