"""What the files of a bank need to know of each other: a few small values of each question instead of its texts."""

from __future__ import annotations

import re
from binascii import crc32
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from struct import pack, unpack
from sys import intern
from typing import Any, NamedTuple, TypeAlias

from qbank.bank.load import Header
from qbank.bank.model import Card, Question, Text
from qbank.bank.settings import Topic
from qbank.ledger.state import Ledger
from qbank.markup import plain, tex
from qbank.markup.document import MATH, parse
from qbank.markup.errors import MarkupError
from qbank.problem import Place

#: Words that say nothing of what a question asks.
_STOP = frozenset(
    (
        "a an and are as at be by can do does for from has have how if in is it its of on or should that the "
        "their them there these they this to use used using was what when where which who why will with would "
        "you your explain describe between difference"
    ).split()
)


#: Bytes of the hash of what a card asks: as many as a small number holds. Of a million, hardly two are equal.
_FRONT = 7
#: What a text without markup does not hold, and how it does not begin.
_SIGN = re.compile(r"[^\w\s.,:;?!'()/%=+-]")
_ENTRY = re.compile(r"\s*[-+\d]")
_WORD = re.compile(r"\w+")


#: A set of words as their hashes, four bytes each, sorted: a bank has many, and asks only which words they share.
Words: TypeAlias = bytes


def hashed(words: Iterable[str]) -> Words:
    """Words as they are held. Of a hundred thousand different ones, one pair or two have the same hash."""
    numbers = sorted(set(map(crc32, map(str.encode, words))))
    return pack(f"<{len(numbers)}I", *numbers)


def numbers(words: Words) -> tuple[int, ...]:
    """The hashes of words, sorted."""
    return unpack(f"<{len(words) >> 2}I", words)


class CardFacts(NamedTuple):
    """A card: its id, the key of its note type, whether it is asked both ways, what it asks as a hash (0 where it asks
    nothing), the deletions of a cloze text by number, with their surroundings, the words that say what it teaches, the
    cards that it is known to differ from, and whether it is essential.
    """

    id: str
    kind: str
    reverse: bool
    front: int
    gaps: dict[str, tuple[str, str]]
    words: Words = b""
    unlike: tuple[str, ...] = ()
    essential: bool = False


class Printed(NamedTuple):
    """What a formula on the sheet states, as `tex.statements` has it, and where: a value, and characters of it."""

    formula: str
    pointer: str
    start: int
    end: int


class Facts(NamedTuple):
    """A question, as other files see it. `digest` is the hash of the file; `words` are those that say what it asks;
    `code` is the language of a task that can be practiced; `formulas` are those that its sheet prints, and
    `night_before` says whether it stands on the night-before sheet.
    """

    path: str
    topic: str
    name: str
    digest: str
    title: str
    level: str
    kind: str
    words: Words
    cards: tuple[CardFacts, ...]
    works: tuple[str, ...]
    origins: tuple[str, ...]
    see_also: tuple[str, ...]
    figure: str
    needs: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()
    essential: bool = False
    code: str = ""
    formulas: tuple[Printed, ...] = ()
    night_before: bool = False

    @property
    def place(self) -> Place:
        """The file as a whole: the place of what is wrong with its name."""
        return Place(self.path)

    def at(self, pointer: str) -> Place:
        """A value in the file."""
        return Place(self.path, pointer, 0, None)


def facts(question: Question, digest: str) -> Facts:
    """The facts of a question whose file has the hash `digest`."""
    return Facts(
        path=question.path,
        topic=question.topic,
        name=question.name,
        digest=digest,
        title=str(question.title),
        level=str(question.level),
        kind=str(question.kind),
        words=_content_words(question),
        cards=tuple(_card(card) for card in question.cards),
        works=tuple(str(reference.work) for reference in question.references),
        origins=tuple(map(str, question.asked_in)),
        see_also=tuple(map(str, question.see_also)),
        figure=str(question.figure.file),
        needs=tuple(map(str, question.needs)),
        roles=tuple(map(str, question.roles)),
        rounds=tuple(map(str, question.rounds)),
        essential=question.essential == "true",
        code=str(question.code.language) if question.code.tests else "",
        formulas=tuple(_formulas(question.sheet or question.answer)),
        night_before=bool(question.night_before),
    )


def _formulas(text: Text) -> Iterator[Printed]:
    """The formulas of a text that say something."""
    if "$" not in text:
        return
    document = parse(text)
    for token, _ in document:
        if token.type in MATH:
            for form, start, end in tex.statements(token.content):
                # The first formula of these letters is as good as any; to find its place for sure takes long.
                at = text.find(token.content)
                if at < 0:
                    at = document.place(token)[0]
                yield Printed(form, text.pointer, at + start, at + end)


def _content_words(question: Question) -> Words:
    try:
        text = question.question
        said = _WORD.findall((plain.text(parse(text)) if _is_marked(text) else text).lower())
    except MarkupError:
        return b""
    return hashed(set(said) - _STOP or said)


def _card(card: Card) -> CardFacts:
    gaps = _gaps(card)
    asked = (str(gaps) if gaps else _said(card.front)).casefold()
    front = int.from_bytes(sha256(asked.encode()).digest()[:_FRONT]) if asked else 0
    # As they are written: the names of commands and deletions stand in both of two cards that teach the same.
    words = hashed(set(_WORD.findall(f"{card.front} {card.back} {card.cloze}".casefold())) - _STOP)
    kind = "cloze" if card.cloze else "fact"
    unlike = tuple(map(str, card.unlike))
    essential = card.essential == "true"
    return CardFacts(str(card.id), kind, card.reverse == "true", front, gaps, words, unlike, essential)


def _is_marked(text: str) -> bool:
    return "_" in text or bool(_SIGN.search(text) or _ENTRY.match(text))


def _said(text: Text) -> str:
    """A text without its markup, as Anki compares first fields."""
    if not _is_marked(text):
        return " ".join(text.split())
    try:
        return plain.text(parse(text), formula=str)
    except MarkupError:
        return " ".join(text.split())


def _gaps(card: Card) -> dict[str, tuple[str, str]]:
    try:
        return plain.gaps(parse(card.cloze, cloze=True)) if card.cloze else {}
    except MarkupError:
        return {}


#: What cards hold that have no deletions: one for all.
_NO_GAPS: dict[str, tuple[str, str]] = {}


def restored(row: Any, path: str = "", digest: str = "") -> Facts:
    """Facts from the lists that JSON makes of them, and hexadecimal digits of bytes.

    What questions have in common is held once for all. `path` and `digest` are what their file is known by: of equal
    ones those are held.
    """
    said, topic, name, its_digest, title, level, kind, words, cards, works, origins, see_also, figure, *study = row
    needs, roles, rounds, essential, code, formulas, night_before = study
    return Facts(
        path if path == said else said,
        intern(topic),
        intern(name),
        digest if digest == its_digest else its_digest,
        title,
        intern(level),
        intern(kind),
        bytes.fromhex(words),
        tuple([_restored_card(*card) for card in cards]),
        tuple(map(intern, works)),
        tuple(origins),
        tuple(map(intern, see_also)),
        intern(figure),
        tuple(map(intern, needs)),
        _once(*roles),
        _once(*rounds),
        essential,
        code,
        tuple([_restored_formula(*each) for each in formulas]),
        night_before,
    )


@lru_cache(maxsize=1024)
def _once(*words: str) -> tuple[str, ...]:
    """Words that many questions have together, held once for all."""
    return words


def _restored_card(
    id: str, kind: str, reverse: bool, front: int, gaps: Any, words: str, unlike: Any, essential: bool
) -> CardFacts:
    # Around all deletions of a text stands the same.
    its = {intern(number): (gap[0], intern(gap[1])) for number, gap in gaps.items()} if gaps else _NO_GAPS
    return CardFacts(id, intern(kind), reverse, front, its, bytes.fromhex(words), tuple(unlike), essential)


def _restored_formula(formula: str, pointer: str, start: int, end: int) -> Printed:
    return Printed(formula, intern(pointer), start, end)


@dataclass(frozen=True)
class Bank:
    """A whole bank, as the rules for its files together and the outputs see it.

    `names` holds the name of every question's file, even where it cannot be read; `pictures` the names of the figures.
    """

    header: Header
    questions: tuple[Facts, ...]
    names: frozenset[str]
    pictures: frozenset[str]
    ledger: Ledger

    @cached_property
    def by_name(self) -> dict[str, Facts]:
        """The questions by their names."""
        return {question.name: question for question in self.questions}

    @cached_property
    def in_order(self) -> tuple[Facts, ...]:
        """The questions in study order."""
        return self.ordered(self.questions)

    def ordered(self, questions: Iterable[Facts]) -> tuple[Facts, ...]:
        """Some questions in study order: topic, level, name; but what one of them needs of the others stands before it.

        Of questions that need each other, which is a problem of its own, one stands before what it needs.
        """
        settings = self.header.settings
        topics = {str(topic.name): n for n, topic in enumerate(settings.topics)}

        def place(each: Facts) -> tuple[int, int, str]:
            return topics.get(each.topic, len(topics)), settings.rank(each.level), each.name

        mine = sorted(questions, key=place)
        by_name = {question.name: question for question in mine}
        ordered: dict[str, Facts] = {}
        begun: set[str] = set()
        for first in mine:
            ahead = [first]
            while ahead:
                question = ahead[-1]
                begun.add(question.path)
                needed = (by_name[name] for name in question.needs if name in by_name)
                if missing := [each for each in needed if each.path not in begun]:
                    ahead.append(min(missing, key=place))
                else:
                    ordered.setdefault(question.path, ahead.pop())
        return tuple(ordered.values())

    def topics(self) -> Iterator[tuple[Topic, list[Facts]]]:
        """Every topic that has questions, with them, in study order."""
        mine: dict[str, list[Facts]] = {}
        for question in self.in_order:
            mine.setdefault(question.topic, []).append(question)
        for topic in self.header.settings.topics:
            if topic.name in mine:
                yield topic, mine[topic.name]

    def named(self, names: Iterable[str]) -> list[Facts]:
        """The questions of these names, in their order, without those that cannot be read."""
        return [self.by_name[name] for name in names if name in self.by_name]

    def way(self, question: Facts) -> list[str]:
        """The names of all that a question needs, and of what that needs, in study order."""
        found: set[str] = set()
        ahead = list(question.needs)
        while ahead:
            name = ahead.pop()
            if name not in found and name in self.by_name and name != question.name:
                found.add(name)
                ahead += self.by_name[name].needs
        return sorted(found, key=self._ranks.__getitem__)

    @cached_property
    def _ranks(self) -> dict[str, int]:
        return {question.name: n for n, question in enumerate(self.in_order)}
