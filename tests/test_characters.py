"""Characters are refused where nobody sees them, and named by what they are."""

from __future__ import annotations

import unicodedata

import pytest

from qbank.source.characters import called, disguised, foreign, listed, undisguised, unseen


def found(text: str) -> list[str]:
    return [match[0] for match in unseen(text)]


@pytest.mark.parametrize(
    "character",
    ["\0", "\x08", "\x7f", "\x85", "\ufeff", "\u00ad", "\u200b", "\u2028", "\u202e", "\u2066", "\U000e0041"],
)
def test_what_nobody_sees_is_found(character: str) -> None:
    assert found(f"a{character}b") == [character]


def test_every_format_character_of_unicode_is_seen_or_found() -> None:
    kept = "".join(
        each
        for each in map(chr, range(0x2000, 0xE1000))
        if unicodedata.category(each) == "Cf" and not found(f"a{each}b")
    )
    names = [unicodedata.name(each) for each in kept]
    assert all("SIGN" in name or "HIEROGLYPH" in name or "SHORTHAND" in name for name in names), names


@pytest.mark.parametrize(
    "text",
    [
        "tab\t, no-break\u00a0space, thin\u2009space, ideographic\u3000space",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian, with a joiner that is part of the word
        "\u0915\u094d\u200d\u0937",  # Hindi
        "\U0001f469\u200d\U0001f680 \u2764\ufe0f",  # emoji
        "\u0627\u0644\u0639\u0631\u0628\u064a\u0629 (x)\u200f.",  # Arabic, with a mark of direction
        "caf\u00e9 \u03b1\u03b2 \u65e5\u672c\u8a9e \u2208 \u2212 \U0001d465",
    ],
)
def test_what_a_script_needs_is_free(text: str) -> None:
    assert found(text) == []


def test_a_joiner_or_a_mark_of_direction_among_latin_letters_is_found() -> None:
    assert found("a\u200db\u200ec") == ["\u200d", "\u200e"]


def test_words_that_mix_alphabets_and_look_latin_are_found() -> None:
    assert list(disguised("the \u0441\u043ere of I\u0422 is \u0392eta")) == [
        (4, "\u0441\u043ere"),
        (12, "I\u0422"),
        (18, "\u0392eta"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "\u0394x",
        "h\u03bd",
        "\u03b2-carotene",
        "\u0441\u043e\u0440",
        "\u0438\u043d\u0442\u0435\u0440\u043d\u0435\u0442",
        "TCP\u0448\u043d\u0438\u043a",
        "\u00e9t\u00e9",
        "x_\u0441",
    ],
)
def test_words_that_are_what_they_look_like_are_free(text: str) -> None:
    assert list(disguised(text)) == []


def test_look_alikes_become_letters_one_by_one() -> None:
    assert undisguised("\u0441\u043ere \u0392 x") == "core B x"


@pytest.mark.parametrize(
    ("character", "said"),
    [
        ("\t", "a tab (U+0009)"),
        ("\xa0", "a no-break space (U+00A0)"),
        ("\u200b", "a zero-width space (U+200B)"),
        ("\b", "a control character (U+0008)"),
        ("\u0441", "a Cyrillic letter '\u0441' (U+0441)"),
        ("\u3000", "an ideographic space (U+3000)"),
    ],
)
def test_a_character_is_called_what_it_is(character: str, said: str) -> None:
    assert called(character) == said


def test_characters_are_listed_once_each_and_of_many_the_first() -> None:
    assert listed("\t\t\b") == "a tab (U+0009) and a control character (U+0008)"
    assert listed(map(chr, range(32))).count("(U+") == 5
    assert foreign("level") == ""
    assert foreign("level\u00a0") == "a no-break space (U+00A0)"
