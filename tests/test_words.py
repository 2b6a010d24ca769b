"""What became of a text is said word by word: nothing is lost, small changes stay small, large ones stay readable."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import MINIBANK, questions, steps
from qbank.bank.model import texts
from qbank.words import Piece, by_line, by_word, excerpt, stretches

#: Every text of the small bank, to be edited at random.
TEXTS = sorted({str(text) for question in questions(Path(MINIBANK)) for text in texts(question)})


def shown(pieces: tuple[Piece, ...]) -> str:
    return "".join(now if was == now else f"[{was}|{now}]" for was, now in pieces)


def was(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.was for piece in pieces)


def now(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.now for piece in pieces)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str]:
    """A text of the small bank, and what some edits make of it: words deleted, doubled, moved, replaced."""
    old = draw(st.sampled_from(TEXTS))
    words = old.split(" ")
    for _ in range(draw(st.integers(0, 6))):
        at, to = (draw(st.integers(0, len(words))) for _ in "ab")
        new = draw(st.sampled_from(["", "new words", "$x$", "\n", *words]))
        words[min(at, to) : max(at, to)] = draw(st.sampled_from([[], [new], words[to:], words[at:to][::-1]]))
    return old, " ".join(words)


@given(edited())
def test_the_pieces_of_an_edited_text_are_the_old_and_the_new_one(pair: tuple[str, str]) -> None:
    for pieces in (by_word(*pair), by_line(*pair)):
        assert (was(pieces), now(pieces)) == pair


@given(st.text(), st.text())
def test_the_pieces_of_any_two_texts_are_the_old_and_the_new_one(old: str, new: str) -> None:
    for pieces in (by_word(old, new), by_line(old, new)):
        assert (was(pieces), now(pieces)) == (old, new)


@given(st.text())
def test_a_text_that_did_not_change_is_one_piece(text: str) -> None:
    assert [piece.kept for piece in by_word(text, text)] == [True] * bool(text)


@given(edited())
def test_changes_are_parted_by_what_was_kept(pair: tuple[str, str]) -> None:
    kept = [piece.kept for piece in by_word(*pair)]
    assert all(a or b for a, b in pairwise(kept))


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_stretches_are_equal_or_replace_each_other(old: list[str], new: list[str]) -> None:
    found = list(stretches(old, new))
    assert [item for stretch, _ in found for item in stretch] == old
    assert [item for _, stretch in found for item in stretch] == new


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("It is 0.8 here.", "It is 0.85 here.", "It is [0.8|0.85] here."),
        ("a bias-variance trade", "a bias-cost trade", "a [bias-variance|bias-cost] trade"),
        ("It helps.", "It helps!", "It helps[.|!]"),
        ("one two", "one new two", "one [|new ]two"),
        ("one old two", "one two", "one [old |]two"),
        ("", "all of it", "[|all of it]"),
        ("a (b) c", "a (d) c", "a ([b|d]) c"),
    ],
)
def test_whole_words_and_numbers_change(old: str, new: str, expected: str) -> None:
    assert shown(by_word(old, new)) == expected


def test_what_a_rewritten_sentence_shares_by_chance_does_not_tear_it() -> None:
    old = "The squared loss punishes large errors a lot more than small ones."
    new = "Outliers weigh more, since errors count by their squares."
    assert shown(by_word(old, new)) == f"[{old[:-1]}|{new[:-1]}]."


def test_a_program_changes_in_whole_lines() -> None:
    assert shown(by_line("a = 1\nb = 2\n", "a = 1\nb = 3\n")) == "a = 1\n[b = 2\n|b = 3\n]"


@pytest.mark.parametrize("around", [1, 3])
def test_an_excerpt_shows_some_words_on_each_side_of_a_change(around: int) -> None:
    many = " ".join(f"x{n}" for n in range(20))
    text = now(excerpt(by_word(f"{many} old {many}", f"{many} new {many}"), around))
    assert text.count("x") == 2 * around
    assert text.count("…") == 2
    assert " new " in text


def test_an_excerpt_leaves_out_nothing_where_it_saves_nothing() -> None:
    pieces = by_word("a b old c d", "a b new c d")
    assert excerpt(pieces, 1) == pieces


def test_an_excerpt_of_a_program_holds_whole_lines() -> None:
    program = "".join(f"{n}\n" for n in range(9))
    pieces = excerpt(by_line(program, program.replace("4", "four")), 1, lines=True)
    assert now(pieces).split("\n") == ["…", "3", "four", "5", "…", ""]


@pytest.mark.parametrize("words", [["a"], ["a", "b"], list("abcdefgh")])
def test_texts_that_repeat_themselves_cost_little(words: list[str]) -> None:
    """Without a bound the search takes the cube of the number of words."""

    def cost(count: int) -> int:
        old = " ".join(words[n % len(words)] for n in range(count))
        new = " ".join(words[n * n % len(words)] for n in range(count))
        return steps(lambda: by_word(f"x {old} y", f"z {new} u"))

    assert cost(4000) < 12 * cost(1000) + 1_000_000
