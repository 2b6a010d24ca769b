"""What the real bank promises as a whole: its sources answered, its topics full, its colors apart."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from difflib import unified_diff
from itertools import combinations, pairwise
from random import Random

import pytest

import quality
from conftest import BANK, HERE, questions
from qbank.bank import load
from qbank.bank.model import ClozeText, Line, Markdown, Question, texts
from qbank.markup.document import parse
from qbank.tree import Folder

HEADER = load.header(Folder(BANK))[0]
TOPICS = [str(topic.name) for topic in HEADER.settings.topics]
COLORS = [str(topic.color) for topic in HEADER.settings.topics]


@pytest.fixture(scope="module")
def written() -> list[Question]:
    return questions(BANK)


def luminance(color: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2, definition of relative luminance)."""
    shares = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def lightness(color: str) -> float:
    """CIE L* of a color that is lighter than 0.9 % gray, 0 to 100: what remains of it in grayscale print."""
    return 116 * luminance(color) ** (1 / 3) - 16


def test_every_question_of_the_source_documents_is_answered(written: list[Question]) -> None:
    answered = {str(origin) for question in written for origin in question.asked_in}
    known = {str(origin.id) for document in HEADER.origins for origin in document.questions}
    assert len(known) == 157
    assert known - answered == set()


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_has_at_least_four_questions(topic: str, written: list[Question]) -> None:
    assert sum(question.topic == topic for question in written) >= 4


@pytest.mark.parametrize("color", COLORS, ids=TOPICS)
def test_white_text_on_the_color_of_a_topic_is_legible(color: str) -> None:
    assert 1.05 / (luminance(color) + 0.05) >= 4.5  # WCAG 2.2, success criterion 1.4.3


def test_topics_that_follow_each_other_stay_apart_in_grayscale() -> None:
    assert min(abs(lightness(one) - lightness(other)) for one, other in pairwise(COLORS)) >= 9.5


def test_no_two_topics_are_the_same_gray() -> None:
    assert min(abs(lightness(one) - lightness(other)) for one, other in combinations(COLORS, 2)) >= 1


def prose(question: Question) -> Iterator[str]:
    """What a question says in words, without formulas and code."""
    for text in texts(question):
        if isinstance(text, Line | Markdown):
            document = parse(text, cloze=isinstance(text, ClozeText))
            yield " ".join(found.token.content for found in document if found.token.type == "text")
    yield str(question.figure.alt)


def test_numbers_have_one_form(written: list[Question]) -> None:
    """20,000, 0.25 and 5%; identifiers and the limits of integers are written as computers write them."""
    spaced = re.compile(r"\d %|\b\d{1,3}[\u2009\u202f\u00a0]\d{3}\b|\bper cent\b")
    long = re.compile(r"(?<![\d.,\w/-])\d{5,}(?![\d\w])")
    exact = {"2147483648", "2147483647", "9007199254740993", "9007199254740992", "00123"}
    for question in written:
        for text in prose(question):
            assert not spaced.findall(text), (question.name, text)
            assert not set(long.findall(text)) - exact - {"056331"}, (question.name, text)


# -- how it teaches


ENTRIES = quality.entries(BANK)
CARDS = [card for entry in ENTRIES for card in entry.cards]
NUMBERS = HERE / "golden" / "numbers.txt"


def test_no_card_can_be_guessed() -> None:
    assert [card.name for card in CARDS if quality.is_either_or(card)] == []
    assert [card.name for card in CARDS if quality.gives_away(card)] == []


def test_cards_ask_for_rules_rather_than_for_one_number() -> None:
    assert sum(map(quality.is_bare_number, CARDS)) <= 0.12 * len(CARDS)


def test_every_entry_that_explains_has_a_card_that_asks_why() -> None:
    explaining = [entry for entry in ENTRIES if entry.data["kind"] not in quality.NO_WHY]
    assert sum(map(quality.lacks_why, explaining)) <= 0.1 * len(explaining)


def test_no_sentence_is_too_long_to_say() -> None:
    assert [each for entry in ENTRIES for each in quality.too_long(entry)] == []


def test_a_pitfall_says_that_its_sentence_is_false() -> None:
    assert [each for entry in ENTRIES for each in quality.unmarked(entry)] == []


def test_forty_core_concepts_have_a_figure() -> None:
    core = [entry for entry in ENTRIES if entry.data["level"] == "core" and entry.data["kind"] not in quality.NO_WHY]
    assert sum("figure" in entry.data for entry in core) >= 40


def test_a_changed_number_is_noticed() -> None:
    """After a change that was recomputed: QBANK_UPDATE=1 pytest tests/test_bank.py, and look at the difference."""
    found = "".join(f"{quality.inventory(entry)}\n" for entry in ENTRIES)
    if os.environ.get("QBANK_UPDATE"):
        NUMBERS.write_text(found, encoding="utf-8")
    known = NUMBERS.read_text(encoding="utf-8").splitlines()
    changed = [line for line in unified_diff(known, found.splitlines(), n=0, lineterm="") if line[:1] in "+-"][2:]
    assert changed == [], "recompute the numbers of these entries"


def test_fifty_changed_numbers_are_noticed() -> None:
    chance = Random(7)
    fields = ("answer", "explanation", "sheet", "night_before")
    counting = [entry for entry in ENTRIES if any(numbers(entry, field) for field in fields)]
    noticed = 0
    for entry in chance.sample(counting, 50):
        field, shown = chance.choice([(field, shown) for field in fields for shown in numbers(entry, field)])
        digit = next(n for n, sign in enumerate(shown) if sign.isdigit())
        other = shown[:digit] + str((int(shown[digit]) + 1) % 10) + shown[digit + 1 :]
        text = str(entry.data[field])
        at = place(text, shown)
        text = text[:at] + other + text[at + len(shown) :]
        noticed += quality.inventory(entry._replace(data={**entry.data, field: text})) != quality.inventory(entry)
    assert noticed >= 48


def place(text: str, shown: str) -> int:
    """Where a number stands in a text, and not its digits alone: those of 12, of a formula's 1/2, or of a list."""
    found = re.finditer(rf"(?<![\w.,]){re.escape(shown)}(?!\w)", text)
    alone = (each.start() for each in found if not re.fullmatch(r"\s*", text[: each.start()].rpartition("\n")[2]))
    return next(alone, text.index(shown))


def numbers(entry: quality.Entry, field: str) -> list[str]:
    text = str(entry.data.get(field, ""))
    found = quality.values(text)
    return [shown for shown, number, _ in found if not quality.is_trivial(shown, number) and shown in text]
