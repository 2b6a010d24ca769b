"""What says the same is found by counting shared words, and nothing else is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.check import alike
from qbank.check.alike import pairs
from qbank.check.facts import hashed, numbers

WORDS = [f"word{n}" for n in range(12)]
SETS = st.lists(st.sets(st.sampled_from(WORDS), max_size=8), max_size=14)
#: How words weigh, with shares that sets have or have not whatever is rounded.
WEIGHTS: list[tuple[Callable[[int, int], float], tuple[float, ...]]] = [
    (alike.evenly, (0.5, 0.75, 0.9)),
    (alike.by_rarity, (0.503, 0.71, 0.9)),
]


def compared(
    sets: Sequence[set[str]], share: float, rarest: int, weigh: Callable[[int, int], float]
) -> list[tuple[int, int]]:
    """The same pairs, by comparing each with each."""
    held = [numbers(hashed(each)) for each in sets]
    common = Counter(word for each in held for word in each)

    def is_pair(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
        rare = sorted(one, key=lambda word: (common[word], word))[:rarest]
        shared = sum(weigh(common[word], len(sets)) for word in set(one) & set(other))
        whole = sum(weigh(common[word], len(sets)) for word in set(one) | set(other))
        meets = any(word in other and common[word] <= alike.MAX_SHARED for word in rare)
        return meets and shared >= share * whole

    return [(n, m) for n, one in enumerate(held) for m, other in enumerate(held[:n]) if is_pair(one, other)]


@pytest.mark.parametrize(("weigh", "shares"), WEIGHTS, ids=["equal", "rare"])
@given(data=st.data(), sets=SETS, rarest=st.integers(1, 5), most=st.integers(2, 9))
def test_pairs_are_those_that_comparing_each_with_each_finds(
    weigh: Callable[[int, int], float],
    shares: Sequence[float],
    data: st.DataObject,
    sets: list[set[str]],
    rarest: int,
    most: int,
) -> None:
    share = data.draw(st.sampled_from(shares))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alike, "MAX_SHARED", most)
        assert list(pairs(list(map(hashed, sets)), share, rarest, weigh)) == compared(sets, share, rarest, weigh)


@given(st.sets(st.text(st.characters(exclude_categories=["Cs"]), max_size=5)))
def test_words_are_held_as_sorted_numbers_of_four_bytes(words: set[str]) -> None:
    held = hashed(words)
    assert numbers(held) == tuple(sorted(set(numbers(held))))
    assert len(held) == 4 * len(numbers(held))
    assert hashed(sorted(words, reverse=True)) == held
