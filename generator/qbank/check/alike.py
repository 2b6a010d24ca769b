"""Rules for questions, and for cards, that say the same: most of their words are shared."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, chain
from math import log
from typing import TypeAlias

from qbank.bank.names import note_key
from qbank.check.facts import Bank, Words, numbers
from qbank.problem import Fault, rule
from qbank.workers import Workers

#: Share of words that two questions have in common before one is called a duplicate of the other.
ALIKE = 0.75
#: The same of two cards, where rarer words count more.
TWINS = 0.5
#: A word that stands in more questions than this tells nothing; the cap keeps the search linear.
MAX_SHARED = 40


#: What sums of weights may be wrong by.
_ROUNDED = 1e-9


#: What a word weighs that stands in so many of so many sets.
Weigh: TypeAlias = Callable[[int, int], float]


def evenly(count: int, sets: int) -> float:
    """Every word weighs the same."""
    return 1.0


def by_rarity(count: int, sets: int) -> float:
    """Rarer words weigh more."""
    return log(1 + sets / count)


def pairs(sets: Sequence[Words], share: float, rarest: int, weigh: Weigh) -> Iterator[tuple[int, int]]:
    """The sets of words, by their numbers, each with one before it of which it has a word among its `rarest` ones, and
    with which it shares as much of all that the two hold, where words weigh what `weigh` says.

    The pairs come in order. What two sets may share is found by counting: from the sets that hold a word.
    """
    common: Counter[int] = Counter()
    for words in sets:
        common.update(numbers(words))
    # Words are known by their ranks, of which the rarest has the first.
    by_count = sorted(common.items(), key=lambda each: (each[1], each[0]))
    rank_of = {word: rank for rank, (word, _) in enumerate(by_count)}
    counts = array("I", [count for _, count in by_count])
    del common, by_count
    weight = array("d", [weigh(count, len(sets)) for count in counts])
    # A word that stands in one set alone leads to no other one.
    least, most = bisect_left(counts, 2), bisect_left(counts, MAX_SHARED + 1)
    holding = [array("I") for _ in range(least, most)]
    # What the words of each set weigh, and those of them that stand in too many sets.
    heavy, usual = array("d"), array("d")
    for number, words in enumerate(sets):
        ranks = sorted(map(rank_of.__getitem__, numbers(words)))
        weights = [weight[rank] for rank in ranks]
        first, last = bisect_left(ranks, least), bisect_left(ranks, most)
        total, rest = sum(weights), sum(weights[last:])
        heavy.append(total)
        usual.append(rest)
        held = [holding[rank - least] for rank in ranks[first:last]]
        # How much so many shared words weigh at most; the rarest weigh most.
        reach = list(accumulate(weights[first:last], initial=_ROUNDED))
        # Two share as much of all that they hold only if they share as much of what each of them holds.
        fewest = bisect_left(reach, share * total - rest)
        if fewest < len(reach):
            found = Counter(chain.from_iterable(held))
            near = [other for other, words_shared in found.items() if words_shared >= fewest]
            rare = set(chain.from_iterable(held[: max(0, rarest - first)])) if near else set[int]()
            mine = frozenset(ranks)
            for other in sorted(rare.intersection(near)):
                most_shared = reach[found[other]] + min(rest, usual[other])
                if most_shared >= share * (total + heavy[other] - most_shared):
                    both = mine.intersection(map(rank_of.__getitem__, numbers(sets[other])))
                    shared = sum([weight[rank] for rank in both])
                    if shared >= share * (total + heavy[other] - shared):
                        yield number, other
        for those in held:
            those.append(number)


class Alike:
    """What is alike in a bank: pairs of questions, and of cards, by their numbers. Sought by workers from the start."""

    def __init__(self, bank: Bank, workers: Workers) -> None:
        self.asked = [bank.by_name[name] for name in sorted(bank.by_name) if bank.by_name[name].words]
        self.questions = bank.questions
        self.cards = [card for question in bank.questions for card in question.cards]
        self._of_asked = workers.submit(_found, [each.words for each in self.asked], ALIKE, 3, evenly)
        self._of_cards = workers.submit(_found, [each.words for each in self.cards], TWINS, 4, by_rarity)

    def pairs_asked(self) -> list[tuple[int, int]]:
        """The pairs among `asked`, by their numbers."""
        return self._of_asked.result()

    def pairs_of_cards(self) -> list[tuple[int, int]]:
        """The pairs among `cards`, by their numbers."""
        return self._of_cards.result()


def _found(sets: Sequence[Words], share: float, rarest: int, weigh: Weigh) -> list[tuple[int, int]]:
    return list(pairs(sets, share, rarest, weigh))


@rule("bank")
def near_duplicate(found: Alike) -> Iterator[Fault]:
    """Two questions that share most of their words are one question: a learner would be asked twice."""
    told = -1
    for number, other in found.pairs_asked():
        question, twin = found.asked[number], found.asked[other]
        if number != told:
            told = number
            yield Fault(
                question.at("/question"),
                f"'{question.name}' asks the same as '{twin.name}'",
                "merge the two, or word them so that the difference is clear",
                also=(twin.at("/question"),),
            )


@rule("bank", severity="warning")
def twin_cards(found: Alike) -> Iterator[Fault]:
    """Two cards of different questions that share most of their rarer words teach the same: one of them is enough.

    Where they do differ, name the other in the card: `unlike: [other-question/its-card]`.
    """
    # The question of each card, by its number.
    of = array("I", [q for q, question in enumerate(found.questions) for _ in question.cards])
    told = -1
    for number, other in found.pairs_of_cards():
        card, its = found.cards[number], found.cards[other]
        question, twin = found.questions[of[number]], found.questions[of[other]]
        its_key = note_key(twin.name, its.id)
        is_known = its_key in card.unlike or note_key(question.name, card.id) in its.unlike
        if number != told and twin is not question and card.front != its.front and not is_known:
            told = number
            yield Fault(
                question.at(f"/cards/{number - bisect_left(of, of[number])}/id"),
                f"this card teaches the same as '{its_key}'",
                f"keep one of the two; if they differ, add `unlike: [{its_key}]` to this card",
                also=(twin.at(f"/cards/{other - bisect_left(of, of[other])}/id"),),
            )


RULES = (near_duplicate, twin_cards)
