"""A text in points: whole sentences, nothing lost, and formulas, code and links intact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import BANK, questions
from qbank.markup import plain
from qbank.markup.document import MATH, parse
from qbank.markup.points import points, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This is one sentence.", ["This is one sentence."]),
        ("It falls at first. Then it rises again.", ["It falls at first.", "Then it rises again."]),
        (
            "It is high here! Is it low there? Nobody knows that.",
            ["It is high here!", "Is it low there?", "Nobody knows that."],
        ),
        ("Yes. It falls at first. Then it rises.", ["Yes. It falls at first.", "Then it rises."]),
        ("The first line\nends here. And this\nis the next.", ["The first line ends here.", "And this is the next."]),
        (
            "Take one of them, e.g. Adam or SGD. See Fig. 3 or No. 5 for it.",
            ["Take one of them, e.g. Adam or SGD.", "See Fig. 3 or No. 5 for it."],
        ),
        (
            "J. Smith and A. Jones found 3.5 of 10. That is little indeed.",
            ["J. Smith and A. Jones found 3.5 of 10.", "That is little indeed."],
        ),
        (
            "Its formula is $a. B$ and nothing else. $x$ is its one input.",
            ["Its formula is $a. B$ and nothing else.", "$x$ is its one input."],
        ),
        (
            "Call it as `f(x). G` in the code. `y` is then its result.",
            ["Call it as `f(x). G` in the code.", "`y` is then its result."],
        ),
        (
            "It reads [all of it. And more](https://x.org/a. B) here.",
            ["It reads [all of it. And more](https://x.org/a. B) here."],
        ),
        (
            "**It is bold here. And still here.** Then it is not.",
            ["**It is bold here. And still here.** Then it is not."],
        ),
        (
            'I say it aloud: "I do not know. I would look." Then I go on.',
            ['I say it aloud: "I do not know. I would look."', "Then I go on."],
        ),
        (
            "It holds (as they say. And write) for all. It is so.",
            ["It holds (as they say. And write) for all.", "It is so."],
        ),
        (
            "First comes this paragraph.\n\nSecond comes this one.",
            ["First comes this paragraph.", "Second comes this one."],
        ),
        (
            "There are these few:\n\n- One thing. Another thing.\n- More of it.\n\nThat is the whole list.",
            ["There are these few:\n\n- One thing. Another thing.\n- More of it.", "That is the whole list."],
        ),
        (
            "The loss is just this:\n\n$$L. X$$\n\nwhere all is known. The rest is easy.",
            ["The loss is just this:\n\n$$L. X$$\n\nwhere all is known.", "The rest is easy."],
        ),
        ("It ends at 1. 2. Then it begins again now.", ["It ends at 1. 2.", "Then it begins again now."]),
        ("", [""]),
    ],
)
def test_a_text_is_cut_between_its_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_points_are_as_even_as_whole_sentences_can_be() -> None:
    text = "One is rather short. Two is rather short. Three is rather short. Four is much longer than the others are."
    assert [len(point.split(". ")) for point in points(text, 3)] == [2, 1, 1]
    assert points("One is rather short. Two is, too.", 3) == ["One is rather short.", "Two is, too."]
    assert points(text, 1) == [text]


def test_a_speech_is_cut_where_there_is_nothing_else() -> None:
    text = 'I say: "We had to decide it. It was quite hard. We chose the other."'
    assert sentences(text) == [text]
    assert len(points(text, 3)) == 3


PIECE = st.sampled_from(
    [
        *(
            "It is so.",
            "Yes.",
            "a word",
            "No. 5",
            "e.g.",
            "Is it?",
            "1.",
            "2)",
            "- x",
            "# y",
            "> z",
            "*a",
            "b*",
            "**",
            '"',
            "(",
        ),
        *(
            "$x. Y$",
            "`f. G`",
            "[t. T](https://x.org)",
            "$",
            "`",
            "\\$5.",
            "|",
            "$$z. Z$$",
            "```",
            "A. B",
            ")",
            "&amp;",
            "_c_.",
            "\\",
        ),
    ]
)
TEXTS = st.lists(st.tuples(PIECE, st.sampled_from([" ", "\n", "\n\n", "  \n", ""])), max_size=14).map(
    lambda parts: "".join(map("".join, parts))
)


@given(TEXTS, st.integers(1, 4))
def test_of_any_text_nothing_is_lost_and_no_formula_is_cut(text: str, most: int) -> None:
    for parts in (points(text, most), sentences(text)):
        assert parts
        said = " ".join(plain.text(parse(part), formula=str) for part in parts)
        assert said.split() == plain.text(parse(text), formula=str).split()
        whole = [(t.type, t.content) for t, _ in parse(text) if t.type in MATH or t.type == "code_inline"]
        kept = [(t.type, t.content) for p in parts for t, _ in parse(p) if t.type in MATH or t.type == "code_inline"]
        assert kept == whole
    assert len(points(text, most)) <= most


def test_the_answers_of_the_bank_have_three_points() -> None:
    counts = [len(points(question.answer, 3)) for question in questions(BANK)]
    assert set(counts) <= {1, 2, 3}
    assert counts.count(3) > 0.95 * len(counts)
