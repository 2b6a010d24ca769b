"""Flashcards to cut: the cards of a topic, eight to a page, with what each answers on the page behind it.

A sheet of paper is turned over its long edge by most printers, over its short one by some: what lies behind a front
hangs on it. The template knows the rest, where cards stand, what they bear, and how small their text may get.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from qbank.bank.settings import Settings, Topic
from qbank.bank.words import filled
from qbank.check.facts import Facts
from qbank.markup import plain, tex
from qbank.markup.document import parse
from qbank.outputs import paper, sheets
from qbank.outputs.job import Edition, Flip, Job, Made, Make, Press
from qbank.problem import ContentError, Fault, Place, rule
from qbank.render.jinja import Typst, render
from qbank.store import key

FOLDER = "flashcards"


@dataclass(frozen=True, slots=True)
class Deck:
    """Cards to be set: the source, the files beside it, the time (unix seconds); of every card its id and the places of
    front and back; and whether a card that is too long is an error.

    It is sent to another process: all that it holds is plain.
    """

    source: str
    files: Mapping[str, bytes]
    time: int
    cards: tuple[tuple[str, tuple[Place, Place]], ...]
    strict: bool


def jobs(press: Press, edition: Edition, topic: str = "", flip: Flip = "long") -> Iterator[Job]:
    """The cards of every topic (or of `topic` only, where it is given) on both papers; nothing where no PDF can or
    shall be made.
    """
    if not press.bank.header.settings.paper or find_spec("typst") is None:
        return
    for each, questions in press.bank.topics():
        if topic not in ("", each.name):
            continue
        about = [edition.version, str(edition.time), press.header_key, flip, *map(press.key, questions)]
        for name, size in sheets.PAPERS.items():
            path = f"{FOLDER}/{each.name}-{name}.pdf"
            make = partial(_document, press, edition, each, questions, size, flip)
            yield Job(path, key("job", path, *about), make, apart=True, weight=len(questions))


def _document(press: Press, edition: Edition, topic: Topic, questions: Sequence[Facts], size: str, flip: Flip) -> Make:
    cards = [
        (side.id, (Place(question.path, side.asked, 0, None), Place(question.path, side.answered, 0, None)))
        for question in questions
        for side in press.printed(question).cards
    ]
    files = {"tex.typ": tex.PRELUDE.encode(), **press.fonts()}
    made = source(press, edition, topic, questions, size, flip)
    return partial(write, Deck(made, files, edition.time, tuple(cards), _strict(press.bank.header.settings)))


def source(
    press: Press, edition: Edition, topic: Topic, questions: Sequence[Facts], size: str, flip: Flip = "long"
) -> str:
    """The Typst source of the cards of a topic on a paper, by the paper's name in Typst."""
    settings = press.bank.header.settings
    return render(
        "typst",
        "flashcards/flashcards.typ.j2",
        settings=settings,
        topic=topic,
        cards=[card for question in questions for card in _cards(press, question)],
        flip=flip,
        paper=size,
        edition=edition,
        title=f"{settings.title}: {plain.text(parse(topic.title))}: {settings.words.flashcards}",
        about=filled(settings.words.license, str, {"license": settings.license}),
        keywords=[question.title for question in questions],
    )


def _cards(press: Press, question: Facts) -> Iterator[dict[str, Any]]:
    level = press.bank.header.settings.level(question.level).shown
    for side in press.printed(question).cards:
        yield {
            "path": question.path,
            "id": side.id,
            "level": level,
            "front": Typst(side.front),
            "back": Typst(side.back),
            "context": Typst(side.context),
        }


def write(deck: Deck, path: Path) -> Made:
    """Write the PDF of cards, and say which of them are too long. Raises `ContentError` where these are an error, and
    where something cannot be set.
    """
    with paper.opened(deck.source, deck.files) as manuscript:
        problems = card_size(deck, manuscript.query("<too-long>"))
        if problems and deck.strict:
            raise ContentError(problems)
        paper.save(manuscript.pdf(deck.time), path)
    return Made(problems=tuple(problems))


@rule("sheet")
def card_size(deck: Deck, found: Sequence[tuple[int, int, bool]]) -> Iterator[Fault]:
    """A flashcard has room for both its sides: its text gets smaller, from 11 points down to 8, but no further.

    Cards to cut are 95 x 64 mm. Where the rule is a `warning` or `off`, what is too long is printed smaller still.
    """
    for number, side, is_long in found:
        id, places = deck.cards[number]
        name = ("front", "back")[side]
        wrong = f"the {name} of the flashcard '{id}' has no room on it at 8 points"
        if not is_long:
            wrong = f"a formula or a table of the {name} of the flashcard '{id}' is too wide for it at 8 points"
        yield Fault(
            places[side],
            wrong,
            "say it shorter" if is_long else "break it into several lines, formulas or tables",
        )


def _strict(settings: Settings) -> bool:
    """Whether a card that is too long is an error in this bank."""
    given = {str(each.rule): str(each.severity) for each in settings.rules}
    return given.get(card_size.name, card_size.severity) == "error"


RULES = (card_size,)
