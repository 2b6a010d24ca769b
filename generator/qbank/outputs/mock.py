"""Mock interviews: questions for a number of minutes with what is asked next, and points to tick on pages of their own.

Which questions they are depends on the bank, the wish and its seed alone. Chance is the order of hashes, which is the
same on every machine and for every version of Python, and in which a new question of the bank moves no other.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from hashlib import sha256
from typing import Any, NamedTuple

from qbank.bank.settings import Settings
from qbank.bank.words import filled
from qbank.check.facts import Bank, Facts
from qbank.markup.points import points, sentences
from qbank.outputs.job import Edition, Press
from qbank.outputs.sheets import PAPERS
from qbank.render.jinja import render

#: How many minutes an interview may have, and has where nobody says it.
LEAST, MOST, USUAL = 10, 180, 30
#: What is asked next of a question, and the points of its answer, at most.
FOLLOW_UPS, POINTS = 2, 3
#: How often questions of each level come, the lowest level first.
_SHARES = (8, 4, 1)
#: No question takes more than this part of an interview, or so many minutes, unless nothing else is left or wished.
_PART, _ALWAYS = 3, 5


class Length(NamedTuple):
    """How long a question takes: the minutes for each level, the lowest first, and at most where time is left."""

    minutes: tuple[int, ...]
    most: int


#: The length of questions of the kinds that have a round of their own, by that round, and of all others.
_LENGTHS = {
    "coding": Length((10, 12, 15), 15),
    "design": Length((15, 15, 15), 25),
    "behavioral": Length((4, 4, 4), 5),
}
_OTHERS = Length((4, 5, 5), 5)


class Wish(NamedTuple):
    """What somebody wants to be asked: of a role, a round and a topic, where they are given."""

    minutes: int
    seed: int
    role: str = ""
    round: str = ""
    topic: str = ""

    @property
    def command(self) -> str:
        """What makes the same sheet again."""
        given = {"role": self.role, "round": self.round, "topic": self.topic, "minutes": self.minutes}
        words = [f"--{name} {value}" for name, value in given.items() if value]
        return " ".join(["qbank mock", *words, f"--seed {self.seed}"])


class Asked(NamedTuple):
    """A question of an interview: the round that it is asked in (empty where it has none), and its minutes."""

    question: Facts
    round: str
    minutes: int


def candidates(bank: Bank, wish: Wish) -> list[Facts]:
    """The questions that a wish allows, whatever time they take."""
    settings = bank.header.settings
    return [
        each
        for each in sorted(bank.questions, key=lambda each: each.name)
        if wish.role in ("", *settings.roles_of(each))
        and wish.round in ("", *settings.rounds_of(each))
        and wish.topic in ("", each.topic)
    ]


def minutes(settings: Settings, question: Facts) -> int:
    """How many minutes a question takes."""
    level = min(settings.rank(question.level), len(_OTHERS.minutes) - 1)
    return _length(settings, question).minutes[level]


def _length(settings: Settings, question: Facts) -> Length:
    return _LENGTHS.get(settings.kind(question.kind).round, _OTHERS)


def chosen(bank: Bank, wish: Wish) -> tuple[Asked, ...]:
    """The questions of an interview in the order in which they are asked: by rounds, and by levels within one.

    Together they take no more than the minutes of the wish. Empty where no question is short enough.
    """
    settings = bank.header.settings
    draw = _Draw(settings, wish)
    every = candidates(bank, wish)
    if wish.round:
        # Those that are asked in this round first of all; then what else may come in it.
        draw.fill([each for each in every if settings.rounds_of(each)[0] == wish.round], wish.minutes)
    elif not wish.topic:
        draw.fill(every, max(wish.minutes // _PART, _ALWAYS))
    draw.fill(every, wish.minutes)
    draw.stretch()
    return draw.in_order()


class _Candidate(NamedTuple):
    """A question that may be drawn: as it would be asked; whether it is of the kind that its round is made of, where
    there is such a kind; and its lot: the smaller, the sooner it comes.
    """

    asked: Asked
    proper: bool
    lot: str


class _Draw:
    """The questions that were drawn so far, with their minutes, and the minutes that are left."""

    def __init__(self, settings: Settings, wish: Wish) -> None:
        self.settings = settings
        self.wish = wish
        self.left = wish.minutes
        self.drawn: dict[str, Asked] = {}
        self.kinds = {kind.round for kind in settings.kinds if kind.round}

    def fill(self, pool: Sequence[Facts], longest: int) -> None:
        """Draw questions of a pool that take at most so many minutes, until no more of them fits."""
        every = [self._candidate(each) for each in pool if each.name not in self.drawn]
        size = Counter(each.asked.round for each in every)
        while fitting := [each for each in every if each.asked.minutes <= min(self.left, longest)]:
            found = self._next(fitting, size)
            every.remove(found)
            self.drawn[found.asked.question.name] = found.asked
            self.left -= found.asked.minutes

    def _candidate(self, question: Facts) -> _Candidate:
        """A question with its lot: one by chance, or the smallest of several.

        A kind with a round of its own may have few questions of a level. There a level gets no turn, which would draw
        the same ones again and again, but each of its questions so many lots.
        """
        name = self.wish.round or next(iter(self.settings.rounds_of(question)), "")
        proper = name == self.settings.kind(question.kind).round or name not in self.kinds
        lots = self._share(question.level) if name in self.kinds else 1
        lot = min(_chance(self.wish.seed, question.name, lot) for lot in range(lots))
        return _Candidate(Asked(question, name, minutes(self.settings, question)), proper, lot)

    def _share(self, level: str) -> int:
        return _SHARES[min(self.settings.rank(level), len(_SHARES) - 1)]

    def _next(self, fitting: Sequence[_Candidate], size: Mapping[str, int]) -> _Candidate:
        """The next question: of the round, the level and the topic that came too short; of those by chance one that
        is not near to what was drawn.

        Each round comes once, the largest first, as far as there is time for a question of its own kind; then rounds
        share the time as they share the questions of the bank.
        """
        spent: Counter[str] = Counter()
        for each in self.drawn.values():
            spent[each.round] += each.minutes
        own = {each.asked.round for each in fitting if each.proper}

        def turn(name: str) -> tuple[bool, Fraction, str]:
            return name in spent or name not in own, Fraction(2 * spent[name] + _ALWAYS, size[name]), name

        mine = min({each.asked.round for each in fitting}, key=turn)
        here = [each for each in fitting if each.asked.round == mine and (each.proper or mine not in own)]
        if mine not in self.kinds:
            level = self._level({each.asked.question.level for each in here})
            here = [each for each in here if each.asked.question.level == level]
        topics = Counter(each.question.topic for each in self.drawn.values())
        fewest = min(topics[each.asked.question.topic] for each in here)
        here = [each for each in here if topics[each.asked.question.topic] == fewest]
        return min(here, key=lambda each: (self._near(each.asked.question), each.lot))

    def _level(self, levels: Collection[str]) -> str:
        """The level among these that came too short."""
        drawn = Counter(each.question.level for each in self.drawn.values())
        order = [level for level in self.settings.choices["levels"] if level in levels]
        return min(order, key=lambda level: Fraction(2 * drawn[level] + 1, self._share(level)))

    def _near(self, question: Facts) -> int:
        """How many of the questions that were drawn name this one as related, or are named by it."""
        named = {*question.see_also, *question.needs}
        drawn = [each.question for each in self.drawn.values()]
        return sum(each.name in named or question.name in (*each.see_also, *each.needs) for each in drawn)

    def stretch(self) -> None:
        """Give the minutes that are left to questions that can take them, to the shortest first."""
        while self.left:
            able = [each for each in self.drawn.values() if each.minutes < _length(self.settings, each.question).most]
            if not able:
                return
            least = min(able, key=lambda each: each.minutes)
            self.drawn[least.question.name] = least._replace(minutes=least.minutes + 1)
            self.left -= 1

    def in_order(self) -> tuple[Asked, ...]:
        """What was drawn, by rounds as the settings have them, and by levels."""
        rounds = self.settings.choices["rounds"]

        def place(each: Asked) -> tuple[int, int]:
            rank = rounds.index(each.round) if each.round in rounds else len(rounds)
            return rank, self.settings.rank(each.question.level)

        return tuple(sorted(self.drawn.values(), key=place))


def _chance(seed: int, *about: object) -> str:
    """A number by chance, as text: always the same for the same seed and thing."""
    return sha256("/".join(map(str, (seed, *about))).encode()).hexdigest()


# -- the sheet


def markdown(press: Press, edition: Edition, wish: Wish, asked: Sequence[Asked]) -> str:
    """The sheet as Markdown, as GitHub shows it: the questions first, then the points to tick."""
    text = render("markdown", "mock/mock.md.j2", **_context(press, edition, wish, asked))
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def source(press: Press, edition: Edition, wish: Wish, asked: Sequence[Asked], size: str) -> str:
    """The Typst source of the sheet on one of the papers; the points begin on a page of their own."""
    return render("typst", "mock/mock.typ.j2", **_context(press, edition, wish, asked), paper=PAPERS[size])


def _context(press: Press, edition: Edition, wish: Wish, asked: Sequence[Asked]) -> dict[str, Any]:
    settings = press.bank.header.settings
    rounds = {str(each.name): str(each.title) for each in settings.rounds}
    topic = settings.topic(wish.topic)
    total = sum(each.minutes for each in asked)
    words = settings.words
    time = words.minutes if total == wish.minutes else words.minutes_of
    return {
        "settings": settings,
        "edition": edition,
        "wish": wish,
        "role": next((str(role.title) for role in settings.roles if role.name == wish.role), ""),
        "round": rounds.get(wish.round, ""),
        "topic": str(topic.title) if topic else "",
        "time": filled(time, str, {"count": total, "wish": wish.minutes}),
        "flavor": "github",
        "questions": [{**_item(press, wish, each), "round": rounds.get(each.round, "")} for each in asked],
    }


def _item(press: Press, wish: Wish, asked: Asked) -> dict[str, Any]:
    question = asked.question
    settings = press.bank.header.settings
    topic = settings.topic(question.topic)
    row = json.loads(press.rendered(question).row)
    follow_ups = list(_follow_ups(wish, question, row["follow_ups"]))
    return {
        "name": question.name,
        "path": question.path,
        "title": question.title,
        "topic": str(topic.title) if topic else "",
        "color": str(topic.color) if topic else "",
        "level": settings.level(question.level).shown,
        "minutes": asked.minutes,
        "asked": row["question"]["markdown"],
        "points": points(row["answer"]["markdown"], POINTS),
        "follow_ups": follow_ups,
        "practice": bool(row["code"]["tests"]),
        "url": row["url"],
    }


def _follow_ups(wish: Wish, question: Facts, rows: Sequence[Any]) -> Iterator[dict[str, str]]:
    """Some of what is asked next by chance, in the order of the bank, each with how its answer begins."""
    by_chance = sorted(range(len(rows)), key=lambda n: _chance(wish.seed, question.name, "next", n))
    for letter, n in zip("ab", sorted(by_chance[:FOLLOW_UPS]), strict=False):
        answer = rows[n]["answer"]["markdown"]
        yield {"letter": letter, "asked": rows[n]["question"]["markdown"], "point": sentences(answer)[0]}
