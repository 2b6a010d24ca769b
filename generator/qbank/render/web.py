"""A question for browsers: the article of its page, its chapter in an e-book, and what a quiz asks of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from qbank.bank.model import Card, Question
from qbank.markup import cloze, web
from qbank.markup.document import parse
from qbank.render.jinja import render, web_block, web_line
from qbank.render.question import Setting, context_of

#: Elements that no language turns around. In text their first sign is escaped.
_LEFT_TO_RIGHT = re.compile(r"<(math|pre|code)\b")


class Web(NamedTuple):
    """A question for browsers: the article of its page and its chapter in an e-book, both without what hangs on other
    files, and what a quiz asks and answers, as HTML: the question first, then what Anki makes of each card. The chapter
    is XML as well.
    """

    article: str
    chapter: str
    sides: tuple[tuple[str, str], ...]


def rendered(question: Question, setting: Setting) -> Web:
    """A question for browsers."""
    context = context_of(question, setting)
    article = render("web", "site/article.html.j2", **context).strip()
    chapter = render("paged", "epub/article.xhtml.j2", **context).strip()
    return Web(article, _directed(chapter, setting.settings.direction), _sides(question))


def dumped(value: Web) -> bytes:
    """What a question is for browsers, as JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def restored(value: bytes) -> Web:
    """What a question is for browsers, from its JSON."""
    article, chapter, sides = json.loads(value)
    return Web(article, chapter, tuple([(front, back) for front, back in sides]))


def _directed(chapter: str, direction: str) -> str:
    """A chapter whose formulas and code are written from left to right: style sheets of e-books may not say it."""
    return _LEFT_TO_RIGHT.sub(r'<\1 dir="ltr"', chapter) if direction == "rtl" else chapter


def _sides(question: Question) -> tuple[tuple[str, str], ...]:
    asked = [(web_line(question.question), web_block(question.answer))]
    return (*asked, *(pair for card in question.cards for pair in _pairs(card)))


def _pairs(card: Card) -> Iterator[tuple[str, str]]:
    if card.cloze:
        text = parse(card.cloze, cloze=True)
        for number in sorted({each.number for each in cloze.find(card.cloze)}):
            yield web.asked(text, number, shown=False), web.asked(text, number, shown=True)
        return
    front, back = web_line(card.front), web_block(card.back)
    yield front, back
    if card.reverse == "true":
        yield back, front
