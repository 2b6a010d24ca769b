"""Plans: what to learn on which day, for each role, by the rounds of its interviews."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from qbank.bank.settings import Role
from qbank.check.facts import Bank, Facts
from qbank.outputs.job import Edition, Job, Press, ready
from qbank.render.jinja import render
from qbank.store import key

#: How many new cards Anki shows a day unless a learner changes it.
NEW_A_DAY = 20
#: The lengths of plans, in days. The shortest holds the essentials alone.
LENGTHS = (10, 28, 56)


class Step(NamedTuple):
    """A question of a plan: how many cards of it are new, and the round that it is learned for."""

    question: Facts
    cards: int
    round: str


class Day(NamedTuple):
    """A day of a plan: its number, the steps that begin on it, and how many cards are new."""

    number: int
    steps: tuple[Step, ...]
    cards: int


class Plan(NamedTuple):
    """A plan for a number of days; none takes more than `NEW_A_DAY` cards."""

    length: int
    days: tuple[Day, ...]
    essentials: bool


def jobs(press: Press, edition: Edition, topic: str = "") -> Iterator[Job]:
    """plans.md; nothing for a bank without roles."""
    if press.bank.header.settings.roles:
        questions = [press.key(question) for question in press.bank.in_order]
        named = key("job", "plans.md", edition.version, press.header_key, *questions)
        yield Job("plans.md", named, ready(partial(_write, press.bank, edition)))


def _write(bank: Bank, edition: Edition, path: Path) -> None:
    roles = [(role, list(plans(bank, role))) for role in bank.header.settings.roles]
    settings = bank.header.settings
    rounds = {str(each.name): str(each.title) for each in settings.rounds}
    text = render(
        "markdown",
        "plans.md.j2",
        settings=settings,
        edition=edition,
        roles=roles,
        rounds=rounds,
        new_a_day=NEW_A_DAY,
        essentials=sum(question.essential for question in bank.questions),
    )
    path.write_text(text.strip() + "\n", encoding="utf-8", newline="\n")


def plans(bank: Bank, role: Role) -> Iterator[Plan]:
    """The plans of a role, the shortest first."""
    shortest, *longer = LENGTHS
    marked = bank.ordered(question for question in bank.questions if question.essential)
    essential = [(question, _cards(question, essential=True)) for question in marked]
    if essential:
        yield Plan(shortest, tuple(_days(_steps(bank, essential))), essentials=True)
    for length in longer:
        chosen = _chosen(bank, role, length * NEW_A_DAY)
        yield Plan(length, tuple(_days(_steps(bank, chosen))), essentials=False)


def _cards(question: Facts, *, essential: bool = False) -> int:
    """How many cards Anki makes of a question and its cards; with `essential`, of those that are marked."""
    cards = [card for card in question.cards if card.essential or not essential]
    return 1 + sum(len(card.gaps) or 1 + card.reverse for card in cards)


def _chosen(bank: Bank, role: Role, most: int) -> list[tuple[Facts, int]]:
    """The questions that a role learns with at most so many cards, in study order, each after what it needs.

    The essentials come first, those of other roles with their marked cards alone; then level by level, and each round
    is cut alike.
    """
    settings = bank.header.settings
    others = {each.name for each in bank.questions if each.essential and role.name not in settings.roles_of(each)}
    chosen: dict[str, int] = {}
    left = most
    for question in chain((each for each in bank.in_order if each.essential), _by_share(bank, role)):
        new = [bank.by_name[name] for name in (*bank.way(question), question.name) if name not in chosen]
        cards = {each.name: _cards(each, essential=each.name in others) for each in new}
        if sum(cards.values()) <= left:
            chosen |= cards
            left -= sum(cards.values())
    return [(each, chosen[each.name]) for each in bank.ordered(bank.by_name[name] for name in chosen)]


def _by_share(bank: Bank, role: Role) -> list[Facts]:
    """The questions that a role is asked, by level; within one, after any number the rounds have like shares."""
    settings = bank.header.settings
    groups: dict[tuple[int, str], list[Facts]] = {}
    for question in bank.in_order:
        if role.name in settings.roles_of(question):
            first = next(iter(settings.rounds_of(question)), "")
            groups.setdefault((settings.rank(question.level), first), []).append(question)
    placed = [
        ((level, (n + 0.5) / len(group)), question)
        for (level, _), group in groups.items()
        for n, question in enumerate(group)
    ]
    return [question for _, question in sorted(placed, key=lambda each: each[0])]


def _steps(bank: Bank, chosen: Sequence[tuple[Facts, int]]) -> list[Step]:
    """Questions in study order, put together by rounds; none comes before what it needs."""
    settings = bank.header.settings
    rounds = [str(each.name) for each in settings.rounds]
    when: dict[str, int] = {}
    for question, _ in chosen:
        own = next(iter(settings.rounds_of(question)), "")
        ranks = [when[name] for name in question.needs if name in when]
        when[question.name] = max([rounds.index(own) if own in rounds else len(rounds), *ranks])
    steps = [Step(question, cards, dict(enumerate(rounds)).get(when[question.name], "")) for question, cards in chosen]
    return sorted(steps, key=lambda step: when[step.question.name])


def _days(steps: Sequence[Step]) -> Iterator[Day]:
    """Days of `NEW_A_DAY` cards, as Anki deals them: the cards of a question may go on into the next day."""
    total = sum(step.cards for step in steps)
    begun: dict[int, list[Step]] = {}
    dealt = 0
    for step in steps:
        begun.setdefault(dealt // NEW_A_DAY, []).append(step)
        dealt += step.cards
    for day in range(-(-total // NEW_A_DAY)):
        cards = min(NEW_A_DAY, total - day * NEW_A_DAY)
        yield Day(day + 1, tuple(begun.get(day, ())), cards)
