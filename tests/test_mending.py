"""Values are written otherwise without a change of what they say."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from qbank.source.mending import (
    as_meant,
    in_quotes,
    is_last_line,
    line_end,
    line_start,
    misread,
    quotes_changed,
    single_quoted,
)
from qbank.source.nodes import Source


def mended(text: str, start: int, end: int | None = None) -> str | None:
    """A file after the value that begins at a character is put in other quotes."""
    source = Source("x.yaml", text)
    fix = in_quotes(source, start) if end is None else quotes_changed(source, start, end)
    for edit in reversed(fix.edits if fix else ()):
        text = text[: edit.place.start] + edit.text + text[edit.place.end :]
    return text if fix else None


@given(st.text(alphabet="ab'\"\\#:{}[]-|>%@`* ", max_size=20).map(lambda text: f"x{text}x"))
def test_single_quotes_hold_every_text_of_a_line(text: str) -> None:
    assert yaml.safe_load(f"a: {single_quoted(text)}") == {"a": text}


def test_lines_end_at_either_sign() -> None:
    text = "ab\rcd\nef"
    assert [(line_start(text, n), line_end(text, n)) for n in (1, 4, 7)] == [(0, 2), (3, 5), (6, 8)]


@pytest.mark.parametrize(
    ("text", "is_last"),
    [
        ("a: x\nb: y\n", True),
        ("a: x\n  y\n", False),
        ("a: x\n\n  y\n", False),
        ("a: x", True),
        ("- a: x\n  b: y\n", True),
        ("- a: x\n   b\n", False),
        ("- x\n- y\n", True),
        ("- x\n  y\n", False),
        ("a: x\r\nb: y\r\n", True),
    ],
)
def test_a_value_ends_with_its_line_where_the_next_is_not_deeper(text: str, is_last: bool) -> None:
    assert is_last_line(text, text.index("x")) is is_last


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a: {x} is\nb: 1\n", "a: '{x} is'\nb: 1\n"),
        ("  - cloze: {x}'s  \n    b: 1\n", "  - cloze: '{x}''s'  \n    b: 1\n"),
        ("- {x} is\n", "- '{x} is'\n"),
        ("a: {x} is\n  more\n", None),
        ("- {y: {x} is}\n", None),
    ],
)
def test_a_value_of_one_line_is_put_in_quotes_and_no_other(text: str, after: str | None) -> None:
    assert mended(text, text.index("{x")) == after


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (r"$\frac12 + \beta$", [r"\f", r"\b"]),
        (r"$\nu \theta$", [r"\nu", r"\theta"]),
        (r"one\nunder\tanother \"x\" \u00e9 \\alpha \\beta", []),
        (r"\\frac", []),
    ],
)
def test_escapes_that_are_commands_of_tex_are_told_from_those_that_are_meant(raw: str, found: list[str]) -> None:
    assert [match[0] for match in misread(raw)] == found


@pytest.mark.parametrize(
    ("raw", "after"),
    [
        (r"$\frac12$, it's \"so\"", r"""a: '$\frac12$, it''s "so"'"""),
        (r"$\\alpha \beta \lambda$", r"a: '$\alpha \beta \lambda$'"),
        (r"$\beta$\nand \u00e9", None),
    ],
)
def test_double_quotes_become_single_ones_where_these_can_say_it(raw: str, after: str | None) -> None:
    assert mended(f'a: "{raw}"', 3, len(raw) + 5) == after


def test_what_is_meant_has_the_backslashes_of_tex() -> None:
    assert as_meant(r"\\alpha \beta \"x\"") == r"\alpha \beta " + '"x"'
