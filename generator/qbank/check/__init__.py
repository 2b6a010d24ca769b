"""All rules: what one question's file says by itself (`inspect`), and what the files say of each other (`agree`)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, chain

from qbank.bank import load, shape
from qbank.bank.load import Header
from qbank.bank.model import ClozeText, Line, Markdown, Plain, Question, Text, texts
from qbank.bank.settings import Settings
from qbank.check import (
    alike,
    cards,
    dialects,
    figures,
    fonts,
    formulas,
    identity,
    lines,
    links,
    lists,
    names,
    question,
    severity,
    tables,
    text,
    trial,
    whole,
)
from qbank.check.facts import Bank
from qbank.ledger import file
from qbank.markup.document import ByType, Document, parse
from qbank.markup.printable import SHIPPED, Glyphs
from qbank.problem import Problem, Rule
from qbank.source import faults
from qbank.workers import Workers

TEXT_RULES = (*dialects.RULES, *links.RULES, *tables.RULES, *formulas.RULES, *lists.RULES, *lines.RULES, *text.RULES)
# What was meant as other markup; inside of it, other rules find only what follows of that.
_CAUSES = frozenset(rule.name for rule in (*dialects.RULES, *links.RULES, *tables.RULES, *formulas.RULES))
# What no bank can switch off, and may yet follow from what it can.
_FOLLOWING = frozenset(rule.name for rule in (*formulas.RULES, *text.RULES, *text.CHARACTER_RULES) if rule.guards)
QUESTION_RULES = (*names.QUESTION_RULES, *question.RULES, *cards.RULES, *figures.QUESTION_RULES)
NOTE_RULES = identity.NOTE_RULES
BANK_RULES = (*names.BANK_RULES, *whole.BANK_RULES, *identity.BANK_RULES)

#: Every rule of `qbank check`.
RULES = (
    *faults.RULES,
    *shape.RULES,
    *load.RULES,
    *file.RULES,
    *TEXT_RULES,
    *text.PLAIN_RULES,
    *text.SETTING_RULES,
    *text.CHARACTER_RULES,
    *QUESTION_RULES,
    *figures.RULES,
    *fonts.RULES,
    *NOTE_RULES,
    *identity.RELEASED_RULES,
    *BANK_RULES,
    *alike.RULES,
    *severity.RULES,
    *trial.RULES,
)
_BY_NAME = {rule.name: rule for rule in RULES}


TextRule = Rule[Text, Document, ByType]


def inspect(questions: Iterable[Question], settings: Settings, glyphs: Glyphs | None = SHIPPED) -> list[list[Problem]]:
    """What is wrong with each question, taken by itself; `glyphs` are the characters of paper, if there is paper.

    Each step is taken for all of them before the next one. The texts of a few dozen are parsed once.
    """
    asked = [(each, list(texts(each))) for each in questions]
    for _, written in asked:
        for each_text in written:
            if isinstance(each_text, (Markdown, Line)):
                parse(each_text, cloze=isinstance(each_text, ClozeText))
    found = [list(in_texts(written, settings, glyphs)) for _, written in asked]
    for (each, _), problems in zip(asked, found, strict=True):
        for rule in QUESTION_RULES:
            problems += rule(each, settings)
    return found


def inspect_header(header: Header, glyphs: Glyphs | None = SHIPPED) -> Iterator[Problem]:
    """What is wrong with the texts that all questions share: of the settings, works, origins and retirements."""
    for part in (header.settings, *header.works.values(), *header.origins, *header.retired):
        yield from in_texts(texts(part), header.settings, glyphs)


def in_texts(written: Iterable[Text], settings: Settings, glyphs: Glyphs | None) -> Iterator[Problem]:
    """What is wrong with texts, each taken by itself: with those in Markdown, and with plain words for readers."""
    for each in written:
        if isinstance(each, (Markdown, Line)):
            yield from _causes(chain(_of_markdown(each, settings), _of_characters(each, glyphs)))
        elif isinstance(each, Plain):
            for rule in text.PLAIN_RULES:
                if rule.when is None or rule.when(each):
                    yield from rule(each, (document := parse(each)), document.by_type())
            yield from chain.from_iterable(_of_characters(each, glyphs))


def _of_characters(each: Text, glyphs: Glyphs | None) -> Iterator[list[Problem]]:
    if glyphs is not None:
        for rule in text.CHARACTER_RULES:
            if rule.when is None or rule.when(each):
                yield rule(each, glyphs)


def _of_markdown(each: Markdown | Line, settings: Settings) -> Iterator[list[Problem]]:
    document = parse(each, cloze=isinstance(each, ClozeText))
    found = document.by_type()
    for rule in _asked(found.kinds):
        if rule.when is None or rule.when(each):
            yield rule(each, document, found)
    for more in text.SETTING_RULES:
        if more.visits is None or not more.visits.isdisjoint(found.kinds):
            yield more(each, document, found, settings)


def _causes(found: Iterable[list[Problem]]) -> Iterator[Problem]:
    """The problems that rules find in a text, without those that overlap their cause, which an earlier rule found.

    A bank may switch most causes off, so what may not be switched yields to none of those before that is settled.
    """
    told: list[tuple[int, int]] = []
    for_good: list[tuple[int, int]] = []
    for problems in filter(None, found):
        is_cause, is_fixed = problems[0].rule in _CAUSES, _BY_NAME[problems[0].rule].guards is not None
        causes = for_good if is_fixed else told
        starts = [start for start, _ in causes]
        # How far those reach that start up to here.
        reach = list(accumulate((end for _, end in causes), max))
        for each in problems:
            _, _, start, end = each.place
            before = bisect_left(starts, end) if end is not None else 0
            if not before or reach[before - 1] <= start:
                yield each
                if end is not None and is_cause:
                    told.append((start, end))
                    if is_fixed:
                        for_good.append((start, end))
        told.sort()
        for_good.sort()


@lru_cache(maxsize=1024)
def _asked(kinds: frozenset[str]) -> tuple[TextRule, ...]:
    """The rules that have something to look at in a text with these types of tokens."""
    return tuple(rule for rule in TEXT_RULES if rule.visits is None or not rule.visits.isdisjoint(kinds))


def settled(problems: Iterable[Problem], settings: Settings) -> list[Problem]:
    """Problems with the severity that the bank gives them, without those of rules that are off, and without those
    that follow from another one of the same text, which stops a build as well.
    """
    kept = severity.settled(problems, settings, _BY_NAME)
    causes: dict[tuple[str, str], list[Problem]] = {}
    for each in kept:
        if each.rule in _CAUSES and each.severity == "error" and not _BY_NAME[each.rule].guards:
            causes.setdefault(each.place[:2], []).append(each)
    return [each for each in kept if not _follows(each, causes.get(each.place[:2], ()))] if causes else kept


def _follows(problem: Problem, causes: Iterable[Problem]) -> bool:
    """Whether a problem that no bank can switch off lies where one of its causes does."""
    start, end = problem.place[2:]
    if end is None or problem.rule not in _FOLLOWING:
        return False
    return any(each.place.start < end and start < (each.place.end or 0) for each in causes if each.rule != problem.rule)


def _without_consequences(problems: list[Problem]) -> Iterator[Problem]:
    """The problems that do not follow from another one of the same files."""
    said = {(follows, each.paths) for each in problems for follows in whole.FOLLOW_FROM.get(each.rule, ())}
    return (each for each in problems if (each.rule, each.paths) not in said)


def agree(bank: Bank, workers: Workers | None = None) -> Iterator[Problem]:
    """What is wrong between the files of a bank, and between the bank and what was released.

    What of it is alike is sought by workers, if there are any, while this process reads the ledger.
    """
    found = alike.Alike(bank, workers or Workers(1))
    released = list(_of_released(bank))
    for about_rules in severity.RULES:
        yield from about_rules(bank.header.settings, _BY_NAME)
    between = (rule(bank) for rule in BANK_RULES)
    yield from _without_consequences(list(chain.from_iterable((*between, *(rule(found) for rule in alike.RULES)))))
    yield from released


def _of_released(bank: Bank) -> Iterator[Problem]:
    """What learners would suffer whose notes are in the ledger."""
    comparison = identity.Comparison(bank)
    try:
        for key, published in bank.ledger.notes(None):
            known = comparison.known(key, published.state)
            if known:
                for rule in NOTE_RULES:
                    if rule.when is None or rule.when(known):
                        yield from rule(known)
            else:
                yield from identity.released_text(key, published.state)
    except file.BrokenLedger:
        yield from file.broken_ledger()
