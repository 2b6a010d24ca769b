"""A place in a value is shown where an editor shows its characters: file, line and column."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qbank.problem import Place, Problem
from qbank.source.nodes import Mapping, Scalar
from qbank.source.places import Located, located
from qbank.source.reader import parse
from qbank.tree import Memory


def shown(data: str | bytes, pointer: str = "", start: int = 0, end: int | None = None) -> Located:
    """Where an editor shows a place of the file x.yaml."""
    raw = data.encode() if isinstance(data, str) else data
    problem = Problem("r", Place("x.yaml", pointer, start, end), "m", "h")
    (found,) = located(Memory({"x.yaml": raw}), [problem])
    assert found.problem is problem
    assert found.span.path == "bank/x.yaml"
    return found


def numbers(found: Located) -> tuple[int, int, int, int]:
    return found.span[1:]


def value(text: str, key: str) -> str | None:
    """The text at a key of a file without problems."""
    source = parse(text.encode(), "x.yaml")
    if source.problems:
        return None
    assert isinstance(source.root, Mapping)
    node = source.root.entries[key][1]
    assert isinstance(node, Scalar)
    return node.value


@pytest.mark.parametrize(
    ("text", "key", "start", "end", "place"),
    [
        ("a: plain text\n", "a", 6, 10, (1, 10, 1, 14)),
        ("a: 'it''s quoted'\n", "a", 5, 11, (1, 11, 1, 17)),
        ("a: |\n  first\n  second\n", "a", 6, 12, (3, 3, 3, 9)),
        ("a: |2\n    indented\n", "a", 2, 10, (2, 5, 2, 13)),
        ("a: >-\n  folded\n  text\n", "a", 7, 11, (3, 3, 3, 7)),
        ("a: x x x\n", "a", 4, 5, (1, 8, 1, 9)),
        ("a: two\n  lines\n", "a", 4, 9, (2, 3, 2, 8)),
        ("a: |\n  one\n\n  two\n", "a", 5, 8, (4, 3, 4, 6)),
        ("a: |\r\n  first\r\n  second\r\n", "a", 6, 12, (3, 3, 3, 9)),
        ("\ufeffa: plain text\n", "a", 6, 10, (1, 10, 1, 14)),
        ("a: plain \U0001d465 text\n", "a", 8, 12, (1, 12, 1, 16)),
        ('a: "caf\\u00e9 text"\n', "a", 5, 9, (1, 15, 1, 19)),
        ('a: "x \\u00e9"\n', "a", 2, 3, (1, 4, 1, 14)),
        ("a: x\n", "a", 0, None, (1, 4, 1, 5)),
        ("a: ''\n", "a", 0, None, (1, 4, 1, 6)),
        ("a:\n", "a", 0, None, (1, 3, 1, 4)),
        ("b: 1\na: [x]\n", "a", 0, None, (2, 4, 2, 5)),
        ("b: 1\na: {x: 1}\n", "a", 0, None, (2, 4, 2, 5)),
    ],
)
def test_a_stretch_of_a_text_is_found_in_the_file(
    text: str, key: str, start: int, end: int | None, place: tuple[int, int, int, int]
) -> None:
    assert numbers(shown(text, f"/{key}", start, end)) == place


def test_a_pointer_leads_through_lists_and_mappings() -> None:
    text = "cards:\n  - id: one\n  - id: two\n    back: It is\n"
    assert numbers(shown(text, "/cards/1/back", 3, 5)) == (4, 14, 4, 16)


def test_a_pointer_to_nothing_is_the_start_of_the_file() -> None:
    assert numbers(shown("a: 1\n", "/b/0")) == (1, 1, 1, 2)


def test_characters_of_the_file_are_counted_from_its_start() -> None:
    assert numbers(shown("a: 1\nb: 22\n", "", 8, 10)) == (2, 4, 2, 6)
    assert numbers(shown("a: 1\nb: 22\n", "", 3, 6)) == (1, 4, 2, 2)


def test_lines_end_where_editors_end_them() -> None:
    assert numbers(shown("a: x\r\nb: y\rc: \u2028\x85z\n", "", 16, 17)) == (3, 6, 3, 7)


def test_a_place_comes_with_its_line() -> None:
    assert shown("a: 1\r\nb: two\r\n", "/b").line == "b: two"


def test_a_file_that_is_no_text_has_places() -> None:
    assert numbers(shown(b"a: caf\xe9 x\n", "", 6, 7)) == (1, 7, 1, 8)


def test_a_fault_at_the_end_is_shown_on_a_line_that_exists() -> None:
    data = b"a: [1,\n\n\n"
    (problem,) = parse(data, "x.yaml").problems
    (found,) = located(Memory({"x.yaml": data}), [problem])
    assert found.span.line <= len(data.splitlines())
    assert found.line == "a: [1,"


def test_a_file_that_is_gone_has_a_start_and_no_line() -> None:
    (found,) = located(Memory({}), [Problem("r", Place("x.yaml", "/a", 2, 3), "m", "h")])
    assert (found.span, found.line) == (("bank/x.yaml", 1, 1, 1, 2), None)


def test_problems_come_once_each_in_the_order_of_files_and_places() -> None:
    places = [Place("b"), Place("a", "/y"), Place("a", "/x"), Place("b"), Place("a", "", 0, 1)]
    tree = Memory({"a": b"q: 0\nx: 1\ny: 2\n", "b": b"z: 1\n"}, name="top")
    spans = [found.span for found in located(tree, [Problem("r", place, "m", "h") for place in places])]
    assert [span[:3] for span in spans] == [("top/a", 1, 1), ("top/a", 2, 4), ("top/a", 3, 4), ("top/b", 1, 1)]


def test_further_places_of_a_problem_are_located_in_their_own_files() -> None:
    tree = Memory({"a": b"x: 1\ny: 2\n", "b": b"z: 1\n"}, name="top")
    (found,) = located(tree, [Problem("r", Place("a", "/y"), "m", "h", also=(Place("b", "/z"), Place("a", "/x")))])
    assert (found.span[:3], found.line) == (("top/a", 2, 4), "y: 2")
    assert [(spot.span[:3], spot.line) for spot in found.also] == [(("top/b", 1, 4), "z: 1"), (("top/a", 1, 4), "x: 1")]


def test_a_bank_without_a_name_shows_the_paths_alone() -> None:
    (found,) = located(Memory({}, name=""), [Problem("r", Place("x.yaml"), "m", "h")])
    assert found.span.path == "x.yaml"


@given(st.text(alphabet="ab $|{}\n", min_size=1, max_size=80), st.data())
@settings(max_examples=200, deadline=None)
def test_a_place_in_a_block_is_the_place_of_its_characters(text: str, data: st.DataObject) -> None:
    body = "\n".join("  " + line for line in text.split("\n"))
    file = f"a: |2\n{body}\n"
    held = value(file, "a")
    offsets = [n for n, c in enumerate(held or "") if c != "\n"]
    if held is None or not offsets:
        return
    at = data.draw(st.sampled_from(offsets))
    found = shown(file, "/a", at, at + 1)
    assert found.line is not None
    assert found.line[found.span.column - 1] == held[at]
    assert found.span.line == held.count("\n", 0, at) + 2


@given(st.text(alphabet="abc '\u2028\U0001d465\u00e9", min_size=1, max_size=40), st.data())
@settings(max_examples=200, deadline=None)
def test_a_place_in_a_line_is_the_place_of_its_characters(text: str, data: st.DataObject) -> None:
    file = "b: 1\na: '" + text.replace("'", "''") + "'\n"
    if value(file, "a") != text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    wanted = text[start : data.draw(st.integers(start + 1, len(text)))]
    found = shown(file, "/a", start, start + len(wanted))
    assert found.line is not None
    if "'" not in wanted:
        assert found.line[found.span.column - 1 : found.span.end_column - 1] in (wanted, f"'{wanted}'")


@given(st.binary(max_size=200), st.text("/a0", max_size=4), st.integers(0, 250), st.none() | st.integers(0, 250))
@settings(max_examples=300, deadline=None)
def test_any_place_in_any_file_can_be_shown(data: bytes, pointer: str, start: int, end: int | None) -> None:
    found = shown(data, pointer, start, end)
    line, column, end_line, end_column = numbers(found)
    assert line >= 1
    assert column >= 1
    assert (end_line, end_column) > (line, column)
