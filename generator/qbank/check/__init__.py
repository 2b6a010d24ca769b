"""All rules: what one question's file says by itself (`inspect`), and what the files say of each other (`agree`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

from qbank.bank import load, shape
from qbank.bank.model import ClozeText, Line, Markdown, Question, Text, texts
from qbank.bank.settings import Settings
from qbank.check import cards, figures, identity, names, question, text, whole
from qbank.check.facts import Bank
from qbank.ledger import file
from qbank.markup.document import ByType, Document, parse
from qbank.problem import Problem, Rule
from qbank.source import faults

QUESTION_RULES = (*names.QUESTION_RULES, *question.RULES, *cards.RULES, *figures.QUESTION_RULES)
NOTE_RULES = identity.NOTE_RULES
BANK_RULES = (*names.BANK_RULES, *whole.BANK_RULES, *identity.BANK_RULES)

#: Every rule of `qbank check`.
RULES = (
    *faults.RULES,
    *shape.RULES,
    *load.RULES,
    *file.RULES,
    *text.RULES,
    *QUESTION_RULES,
    *figures.RULES,
    *NOTE_RULES,
    *BANK_RULES,
)


TextRule = Rule[Text, Document, ByType]
_MARKED = (Markdown, Line)


def inspect(each: Question, settings: Settings) -> Iterator[Problem]:
    """What is wrong with a question, taken by itself."""
    yield from _in_texts(text for text in texts(each) if isinstance(text, _MARKED))
    for rule in QUESTION_RULES:
        yield from rule(each, settings)


def _in_texts(marked: Iterable[Markdown | Line]) -> Iterator[Problem]:
    for each in marked:
        document = parse(each, cloze=isinstance(each, ClozeText))
        found = document.by_type()
        for rule in _asked(found.kinds):
            if rule.when is None or rule.when(each):
                yield from rule(each, document, found)


@lru_cache(maxsize=1024)
def _asked(kinds: frozenset[str]) -> tuple[TextRule, ...]:
    """The rules that have something to look at in a text with these types of tokens."""
    return tuple(rule for rule in text.RULES if rule.visits is None or not rule.visits.isdisjoint(kinds))


def agree(bank: Bank) -> Iterator[Problem]:
    """What is wrong between the files of a bank, and between the bank and what was released."""
    yield from chain.from_iterable(rule(bank) for rule in BANK_RULES)
    comparison = identity.Comparison(bank)
    try:
        for key, published in bank.ledger.notes(None):
            known = comparison.known(key, published.state)
            if known:
                for rule in NOTE_RULES:
                    yield from rule(known)
    except file.BrokenLedger:
        yield from file.broken_ledger()
