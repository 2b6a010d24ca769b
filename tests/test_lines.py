"""Markdown becomes lines of plain text: blocks keep their form, formulas are written out, no line is too wide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.markup.document import parse
from qbank.markup.errors import MarkupError
from qbank.markup.lines import lines


def shown(text: str, width: int = 60, *, cloze: bool = False) -> str:
    return "\n".join(lines(parse(text, cloze=cloze), width))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One *two* **three** `four` $x^2$.", "One two three four x^2."),
        ("one\ntwo", "one two"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("$$\\frac{a}{b}$$", "a/b"),
        ("- one\n- two\n  three", "- one\n- two three"),
        ("- one\n\n- two", "- one\n\n- two"),
        ("3. one\n4. two", "3. one\n4. two"),
        ("- one\n  - two\n    1. three", "- one\n  - two\n    1. three"),
        ("> one\n>\n> two", "> one\n>\n> two"),
        ("## Head\ntext", "Head\n\ntext"),
        ("```python\nx = 1\n\nif x:\n    y\n```", "    x = 1\n\n    if x:\n        y"),
        ("a\n\n---\n\nb", "a\n\n----------\n\nb"),
        ("| a | long |\n|:--|--:|\n| one | $x$ |", "a    long\n---  ----\none     x"),
        ("[the book](https://example.org)", "the book"),
        (r"\$5 and \*", "$5 and *"),
        ("", ""),
    ],
)
def test_a_block_keeps_its_form(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_deletions_of_a_cloze_text_are_shown_by_what_they_hide() -> None:
    assert shown("{{c1::one}} and $y = {{c2::x^2::a square}}$", cloze=True) == "one and y = x^2"


def test_words_are_set_in_lines_behind_their_marks() -> None:
    text = "- " + "word " * 30
    assert all(line[:2] == ("- " if n == 0 else "  ") for n, line in enumerate(shown(text, 40).split("\n")))


@given(
    st.lists(
        st.sampled_from(["word", "other words", "- item", "1. item", "> quote", "  - deep", "", "$x$"]), max_size=12
    )
)
def test_no_line_is_wider_than_it_may_be(parts: list[str]) -> None:
    assert all(len(line) <= 40 for line in lines(parse("\n".join(parts)), 40))


@given(st.text(alphabet="ab -*_`$\\{}[]()<>|:#>1.\n", max_size=60), st.booleans())
def test_whatever_a_file_holds_becomes_lines_or_a_fault_of_markup(text: str, cloze: bool) -> None:
    try:
        found = lines(parse(text, cloze=cloze), 30)
    except MarkupError:
        return
    assert all("\n" not in line for line in found)
