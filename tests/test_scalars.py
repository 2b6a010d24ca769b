"""Each character of a value has its place in the file, in every style that YAML has."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from qbank.source.nodes import Scalar, find
from qbank.source.reader import parse
from qbank.source.scalars import Written, written
from yamls import files, values


def shown(text: str, pointer: str = "/a") -> Written | None:
    """How a file holds the value at a pointer."""
    node = find(parse(text.encode(), "x.yaml").root, pointer)
    assert isinstance(node, Scalar)
    return written(text, node)


def raw(text: str, pointer: str = "/a") -> list[str]:
    """What the file holds for each character of a value."""
    found = shown(text, pointer)
    assert found is not None
    return [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        ("a: ab\n", ["a", "b"]),
        ("a: x  \n   y\n", ["x", "  \n   ", "y"]),
        ("a: x\n\n\n  y\n", ["x", "\n\n\n  ", "", "y"]),
        ("a: 'it''s'\n", ["i", "t", "''", "s"]),
        ("a: ''\n", []),
        ('a: "\\u00e9\\n\\""\n', ["\\u00e9", "\\n", '\\"']),
        ('a: "x \\\n  y"\n', ["x", " ", "y"]),
        ('a: "x \\\n\n  y"\n', ["x", " ", "\\\n\n  ", "y"]),
        ("a: |\n  x\n  y\n", ["x", "\n  ", "y", "\n"]),
        ("a: |- # comment\r\n  x\r\n\r\n  y\r\n", ["x", "\r\n", "\r\n  ", "y"]),
        ("a: |2\n   x\n", [" ", "x", "\n"]),
        ("a: |+\n  x\n\n\nb: 1\n", ["x", "\n", "\n", "\n"]),
        ("b:\n  - a: |\n      x\n    c: 1\n", ["x", "\n"]),
        ("a: >\n  x\n  y\n", ["x", "\n  ", "y", "\n"]),
        ("a: >\n  x\n\n  y\n", ["x", "\n\n  ", "y", "\n"]),
        ("a: >\n  x\n   y\n", ["x", "\n  ", " ", "y", "\n"]),
    ],
)
def test_a_character_is_found_with_all_that_stands_for_it(text: str, characters: list[str]) -> None:
    assert raw(text, "/b/0/a" if text.startswith("b") else "/a") == characters


@pytest.mark.parametrize("text", ["a: &name x\n", "a: !tag x\n", "a: |+\n\n\n"])
def test_what_is_not_sure_is_not_shown(text: str) -> None:
    assert shown(text) is None


@pytest.mark.parametrize(
    ("text", "place", "new", "expected"),
    [
        ("a: one two\n", (4, 7), "2", "a: one 2\n"),
        ("a: 'one'\n", (0, 1), "'", "a: '''ne'\n"),
        ('a: "one"\n', (0, 1), '\\"\n', 'a: "\\\\\\"\\nne"\n'),
        ("a: |\r\n  one\r\n  two\r\n", (3, 4), "\n\n", "a: |\r\n  one\r\n\r\n  two\r\n"),
        ("a: |\n  one  \n  two\n", (3, 5), "", "a: |\n  one\n  two\n"),
        ("a: |\n  one\n  two\n  three\n", (4, 7), "", "a: |\n  one\n\n  three\n"),
        ("a: |\n  one\n\n  two\n", (4, 4), "x", "a: |\n  one\n  x\n  two\n"),
        ("a: |\n  one\n", (4, 4), "two\n", "a: |\n  one\n  two\n"),
        ("a: >\n  one\n  two\n", (3, 4), "; ", "a: >\n  one; two\n"),
    ],
)
def test_new_characters_are_written_in_the_style_of_the_value(
    text: str, place: tuple[int, int], new: str, expected: str
) -> None:
    found = shown(text)
    assert found is not None
    edit = found.edited(*place, new)
    assert edit is not None
    assert text[: edit.start] + edit.text + text[edit.end :] == expected


@pytest.mark.parametrize("text", ["a: one\n", "a: 'one'\n", "a: >\n  one\n"])
def test_a_line_end_cannot_be_put_where_lines_are_folded(text: str) -> None:
    found = shown(text)
    assert found is not None
    assert found.edited(1, 1, "\n") is None


@pytest.mark.parametrize(
    ("text", "new", "forms"),
    [
        ("a: x\n", "it's", ["'it''s'", '"it\'s"']),
        ("a:\n", "x", [" 'x'", ' "x"']),
        ("a: x\n", "one\n\ntwo\n", ["|\n  one\n\n  two", '"one\\n\\ntwo\\n"']),
        ("a: x\n", " one\ntwo", ["|2-\n   one\n  two", '" one\\ntwo"']),
        ("a: |\n    x\n", "one\ntwo", ["|-\n    one\n    two", '"one\\ntwo"']),
    ],
)
def test_a_value_can_be_written_anew_in_other_styles(text: str, new: str, forms: list[str]) -> None:
    found = shown(text)
    assert found is not None
    assert [form.text for form in found.rewritten(new, 0)] == forms


@given(files())
@settings(max_examples=100, deadline=None)
def test_the_values_of_any_file_are_found_character_by_character(text: str) -> None:
    for _, node in values(parse(text.encode(), "x.yaml").root):
        found = written(text, node)
        if found is None:
            assert node.style in ("|", ">"), "only a block of nothing but blanks is not sure"
            assert not node.value.strip(" \n")
            continue
        assert (node.start.index, len(found.starts)) == (found.first, len(node.value))
        edges = [edge for pair in zip(found.starts, found.ends, strict=True) for edge in pair]
        assert edges == sorted(edges)
        for character, start, end in zip(node.value, found.starts, found.ends, strict=True):
            assert end - start != 1 or text[start] == character or character in " \n"
