"""Rules for the bank as a whole: its settings, its works, and questions that say the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import log

from qbank.bank import forms
from qbank.bank.names import note_key
from qbank.check.facts import Bank, Facts
from qbank.problem import Fault, rule

#: Share of words that two questions have in common before one is called a duplicate of the other.
ALIKE = 0.75
#: The same of two cards, where rarer words count more.
TWINS = 0.5
#: A word that stands in more questions than this tells nothing; the cap keeps the search linear.
MAX_SHARED = 40


@rule("bank")
def setting_form(bank: Bank) -> Iterator[Fault]:
    """bank.yaml: the repository is a web address, colors are `#rrggbb`, deck names hold no `::`."""
    settings = bank.header.settings
    if settings.repository and not forms.WEB.fits(settings.repository):
        yield Fault(settings.repository.place(), "this is not a web address", "write it as https://...")
    if settings.slug and not forms.SLUG.fits(settings.slug):
        yield Fault(settings.slug.place(), "this is not a file name", "use lower-case letters, digits and hyphens")
    for topic in settings.topics:
        if topic.color and not forms.COLOR.fits(topic.color):
            yield Fault(topic.color.place(), f"'{topic.color}' is not a color", "write it as '#1d5fa8'")
        if not forms.DECK.fits(topic.deck):
            yield Fault(topic.deck.place(), "a topic's deck stands right below the root deck", "write it without '::'")


@rule("bank")
def work_identity(bank: Bank) -> Iterator[Fault]:
    """A work can be found: it has exactly one of `doi`, `arxiv` and `url`, well formed, and a year."""
    for work in bank.header.works.values():
        given = [each for each in (work.doi, work.arxiv, work.url) if each]
        if len(given) != 1 and work.title:
            yield Fault(
                work.title.place(),
                "a work has exactly one of doi, arxiv and url",
                "give the DOI; else the arXiv id; else the address",
            )
        for text, form, example in (
            (work.doi, forms.DOI, "10.1007/978-0-387-84858-7"),
            (work.arxiv, forms.ARXIV, "1706.03762"),
            (work.url, forms.WEB, "https://..."),
            (work.year, forms.YEAR, "2009"),
        ):
            if text and not form.fits(text):
                yield Fault(text.place(), f"'{text}' is malformed", f"write it as {example}")


@rule("bank")
def duplicate_title(bank: Bank) -> Iterator[Fault]:
    """No two questions have the same title: in a list nobody could tell them apart."""
    first: dict[str, Facts] = {}
    for question in bank.questions:
        known = first.setdefault(question.title.casefold(), question)
        if known is not question:
            yield Fault(
                question.at("/title"),
                f"the title '{question.title}' is already that of {known.path}",
                "say in the title what tells them apart",
            )


@rule("bank")
def near_duplicate(bank: Bank) -> Iterator[Fault]:
    """Two questions that share most of their words are one question: a learner would be asked twice."""
    words = {question.name: question.words for question in bank.questions if question.words}
    common = Counter(word for each in words.values() for word in each)
    by_word: dict[str, list[str]] = defaultdict(list)
    for name in sorted(words):
        rare = sorted(words[name], key=lambda word: (common[word], word))[:3]
        candidates = {other for word in rare for other in by_word[word]}
        mine = frozenset(words[name])
        twin = next((other for other in sorted(candidates) if _alike(mine, words[other])), None)
        if twin:
            yield Fault(
                bank.by_name[name].at("/question"),
                f"this asks the same as '{twin}' ({bank.by_name[twin].path})",
                "merge the two, or word them so that the difference is clear",
            )
        for word in words[name]:
            if common[word] <= MAX_SHARED:
                by_word[word].append(name)


def _alike(one: frozenset[str], other: Sequence[str]) -> bool:
    shared = len(one.intersection(other))
    return shared >= ALIKE * (len(one) + len(other) - shared)


@rule("bank")
def duplicate_front(bank: Bank) -> Iterator[Fault]:
    """No two cards ask the same: Anki would mark them as duplicates, and a learner could not tell them apart.

    As Anki does, this compares the words without their markup: `What is **bias**?` and `What is bias?` are one.
    """
    first: dict[str, str] = {}
    for question in bank.questions:
        for n, card in enumerate(question.cards):
            if card.front and card.front in first:
                yield Fault(
                    question.at(f"/cards/{n}/{'cloze' if card.kind == 'cloze' else 'front'}"),
                    f"a card of '{first[card.front]}' asks the same",
                    "delete one, or ask more precisely",
                )
            first.setdefault(card.front, question.name)


@rule("bank", severity="warning")
def twin_cards(bank: Bank) -> Iterator[Fault]:
    """Two cards of different questions that share most of their rarer words teach the same: one of them is enough.

    Where they do differ, name the other in the card: `unlike: [other-question/its-card]`.
    """
    cards = [(question, n, card) for question in bank.questions for n, card in enumerate(question.cards)]
    common = Counter(word for _, _, card in cards for word in card.words)
    weight = {word: log(1 + len(cards) / count) for word, count in common.items()}
    heavy = [sum([weight[word] for word in card.words]) for _, _, card in cards]
    by_word: dict[str, list[int]] = defaultdict(list)

    def alike(number: int, mine: frozenset[str], other: int) -> bool:
        less, more = sorted((heavy[number], heavy[other]))
        if less < TWINS * more:  # whatever they share
            return False
        shared = sum([weight[word] for word in cards[other][2].words if word in mine])
        return shared >= TWINS * (less + more - shared)

    for number, (question, n, card) in enumerate(cards):
        rare = sorted(card.words, key=lambda word: (common[word], word))
        # Of one card at a time: a set takes several times what the words take.
        mine = frozenset(card.words)
        for other in sorted({other for word in rare[:4] for other in by_word[word]}):
            twin, _, its = cards[other]
            if twin is question or card.front == its.front or not alike(number, mine, other):
                continue
            key, its_key = note_key(question.name, card.id), note_key(twin.name, its.id)
            if its_key not in card.unlike and key not in its.unlike:
                yield Fault(
                    question.at(f"/cards/{n}/id"),
                    f"this card teaches the same as '{its_key}'",
                    f"keep one of the two; if they differ, add `unlike: [{its_key}]` to this card",
                )
                break
        for word in card.words:
            if common[word] <= MAX_SHARED:
                by_word[word].append(number)


BANK_RULES = (setting_form, work_identity, duplicate_title, near_duplicate, duplicate_front, twin_cards)
