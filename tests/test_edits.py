"""Fixes are made in a file, and give the data that they promise and nothing else, or are not made."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qbank.problem import Edit, Fix, Place, Problem
from qbank.source import edits
from qbank.source.edits import in_text, mended, replaced, replacements
from qbank.source.nodes import Node, Scalar, Sequence, Source
from qbank.source.reader import parse
from qbank.tree import Memory
from yamls import SIGNS, files, values

PATH = "x.yaml"


def fix(pointer: str, start: int, end: int | None, text: str, *more: Edit) -> Fix:
    """A fix with an edit at a place."""
    return Fix((Edit(Place(PATH, pointer, start, end), text), *more), safe=True)


def after(text: str, *fixes: Fix) -> str:
    """A file with fixes made."""
    return mended(text.encode(), PATH, fixes)[0].decode()


def data(node: Node) -> object:
    """What a file says."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [data(item) for item in node.items]
    return {key: data(value) for key, (_, value) in node.entries.items()}


@pytest.mark.parametrize(
    ("text", "pointer", "place", "new", "expected"),
    [
        ("a: one two # why\n", "/a", (4, 7), "2", "a: one 2 # why\n"),
        ("a: one two\n", "/a", (3, 4), " #", "a: 'one #two'\n"),
        ("a: one two\n", "/a", (3, 4), ": ", "a: 'one: two'\n"),
        ("a: it is\n", "/a", (0, 2), "'it'", "a: '''it'' is'\n"),
        ("a: one\n", "/a", (3, 3), "\ntwo\n", "a: |\n  one\n  two\n"),
        ("a: one # why\n", "/a", (3, 3), "\ntwo\n", 'a: "one\\ntwo\\n" # why\n'),
        ("a: {b: one}\n", "/a/b", (3, 3), "\ntwo", 'a: {b: "one\\ntwo"}\n'),
        ("a: {b: one}\n", "/a/b", (0, None), "x, y", "a: {b: 'x, y'}\n"),
        ("a:\n", "/a", (0, None), "x", "a: 'x'\n"),
        ("a: |\n  one\n  two\n", "/a", (0, 0), " ", "a: |2\n   one\n  two\n"),
        ("a: |\n  one\nb: 1\n", "/a", (3, 4), "", "a: 'one'\nb: 1\n"),
        ("- >\n  one\n  two\n", "/0", (3, 4), "\n", "- |\n  one\n  two\n"),
        ("a: 'two\n  lines'\n", "/a", (3, 4), "", "a: 'twolines'\n"),
    ],
)
def test_a_value_keeps_its_style_where_that_holds_what_is_new_and_else_gets_another(
    text: str, pointer: str, place: tuple[int, int | None], new: str, expected: str
) -> None:
    assert after(text, fix(pointer, *place, new)) == expected


@pytest.mark.parametrize(
    ("text", "place", "new", "expected"),
    [
        ("anwser: x\n", (0, 6), "answer", "answer: x\n"),
        ("a: C #1\n", (3, 7), "'C #1'", "a: 'C #1'\n"),
        ("a:\n  -one\nb: 1\n", (6, 6), " ", "a:\n  - one\nb: 1\n"),
        ("- -one\n- 1\n", (2, 3), "- ", "- - one\n- 1\n"),
        ("- x\n  -y\n- 1\n", (3, 7), "\n- ", "- x\n- y\n- 1\n"),
        ("# hwy\na: 1\n", (2, 5), "why", "# why\na: 1\n"),
    ],
)
def test_an_edit_of_the_text_changes_what_it_touches(
    text: str, place: tuple[int, int], new: str, expected: str
) -> None:
    assert after(text, fix("", *place, new)) == expected


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("a: x\nb: y\n", fix("", 4, 5, "")),  # the lines run together
        ("a: x\nb: y\n", fix("", 0, 0, "c: z\n")),  # a key that nobody promised
        ("a: x\nb: y\n", fix("", 5, 6, "a")),  # two of one name
        ("a: |\n  x\nb: y\n", fix("", 9, 9, "  ")),  # the next key becomes text
        ("a: x\nb: y\n", fix("", 0, 0, "#")),  # a key becomes a comment
        ("a: x\n", fix("", 3, 4, "&x")),  # an anchor, which is refused
        ("a: x\n", fix("/b", 0, 1, "y")),  # there is no such value
        ("a: [x]\n", fix("/a", 0, 1, "y")),  # nor is that a text
        ("a: &x y\n", fix("/a", 0, 1, "z")),  # nor is it sure where this one stands
        ("a: x\n", fix("/a", 0, 1, "\udc80")),  # what no file holds
        ("a: x\n", Fix((Edit(Place("y.yaml", "/a", 0, 1), "y"),), safe=True)),  # another file
        ("a: 'x\nb: 1\n", fix("", 7, 8, "2")),  # it cannot be read before and after
    ],
)
def test_a_fix_that_does_not_give_what_it_promises_is_not_made(text: str, wrong: Fix) -> None:
    assert after(text, wrong) == text


def test_one_wrong_fix_does_not_stop_the_others() -> None:
    text = "".join(f"k{n}: v{n}\n" for n in range(9))
    fixes = [
        fix(f"/k{n}", 0, 1, "w") if n != 4 else fix("", text.index("k4"), text.index("k4") + 2, "k3") for n in range(9)
    ]
    assert after(text, *fixes) == "".join(f"k{n}: {'v' if n == 4 else 'w'}{n}\n" for n in range(9))


def test_all_edits_of_a_fix_are_made_or_none() -> None:
    text = "a: x\nb: y\n"
    both = fix("/a", 0, 1, "z", Edit(Place(PATH, "/b", 0, 1), "z"))
    assert after(text, both) == "a: z\nb: z\n"
    assert after(text, fix("/a", 0, 1, "z", Edit(Place(PATH, "/c", 0, 1), "z"))) == text


@pytest.mark.parametrize(("start", "end"), [(0, 2), (1, 1), (1, 3), (0, 0)])
def test_of_two_fixes_at_one_place_the_first_is_made(start: int, end: int) -> None:
    assert after("a: xyz\n", fix("/a", 0, 2, "X"), fix("/a", start, end, "Y")) == "a: Xz\n"


def test_fixes_beside_each_other_are_made_together() -> None:
    assert after("a: xyz\n", fix("/a", 0, 1, "X"), fix("/a", 1, 2, "Y"), fix("/a", 3, 3, "!")) == "a: XYz!\n"


def test_a_file_that_cannot_be_read_is_mended_where_that_helps_to_read_it() -> None:
    text = 'a: "\\lambda"\nb: "\\mu"\n'
    first, second = fix("", 3, 12, "'\\lambda'"), fix("", 16, 21, "'\\mu'")
    assert after(text, first) == "a: '\\lambda'\nb: \"\\mu\"\n"
    assert after(text, first, second) == "a: '\\lambda'\nb: '\\mu'\n"


def test_a_file_full_of_wrong_fixes_is_read_a_limited_number_of_times(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(f"k{n}: v\n" for n in range(500))
    reads = 0

    def counted(data: bytes, path: str) -> Source:
        nonlocal reads
        reads += 1
        return parse(data, path)

    monkeypatch.setattr(edits, "parse", counted)
    monkeypatch.setattr(edits, "_READ", 20 * len(text))
    starts = [text.index(f"k{n}:") for n in range(500)]
    assert after(text, *(fix("", start, start, "&") for start in starts)) == text
    assert reads <= 21


def test_a_fix_that_gives_the_reader_something_to_find_is_not_made() -> None:
    text = "a: plain\n"
    assert after(text, fix("/a", 0, 0, "\U0001d465")) == "a: \U0001d465plain\n"
    assert after(text, fix("/a", 0, 0, "\U0001d465\U0001d465")) == text, "a word that only looks like letters"
    assert after(text, fix("/a", 0, 0, "\u202e")) == text


def test_a_file_that_is_no_yaml_is_left_alone() -> None:
    assert (
        replacements(b"a: x\n", "figures/a.svg", [Fix((Edit(Place("figures/a.svg", "", 0, 1), "b"),), safe=True)]) == {}
    )


@given(files(), st.data())
@settings(max_examples=100, deadline=None)
def test_the_data_of_any_file_is_the_old_data_with_its_values_edited(text: str, drawn: st.DataObject) -> None:
    source = parse(text.encode(), PATH)
    nodes = [
        (pointer, node) for pointer, node in values(source.root) if node.value.strip(" \n") or node.style not in "|>"
    ]
    if not nodes:
        return
    fixes, promised = [], dict(values(source.root))
    for pointer, node in drawn.draw(st.lists(st.sampled_from(nodes), min_size=1, unique_by=lambda each: each[0])):
        start, end = sorted(drawn.draw(st.integers(0, len(node.value))) for _ in range(2))
        new = drawn.draw(st.text(SIGNS + "\n", max_size=6))
        fixes.append((fix(pointer, start, end, new), node, node.value[:start] + new + node.value[end:]))
    made = replacements(text.encode(), PATH, [each for each, _, _ in fixes])
    assert len(made) == len(fixes), "some style holds any value"
    for number, (_, node, value) in enumerate(fixes):
        assert all(node.start.index <= each.start <= each.end <= node.end.index for each in made[number])
        promised[next(pointer for pointer, each in promised.items() if each is node)] = Scalar(
            value, node.start, node.end
        )
    new_source = parse(replaced(text, (each for one in made.values() for each in one)).encode(), PATH)
    assert new_source.problems == []
    assert {p: node.value for p, node in values(new_source.root)} == {p: node.value for p, node in promised.items()}


@given(files(), st.data())
@settings(max_examples=100, deadline=None)
def test_any_edit_of_the_text_of_any_file_leaves_alone_what_it_does_not_touch(text: str, drawn: st.DataObject) -> None:
    source = parse(text.encode(), PATH)
    start, end = sorted(drawn.draw(st.integers(0, len(text))) for _ in range(2))
    wild = fix("", start, min(end, start + 5), drawn.draw(st.text(SIGNS + "\n", max_size=4)))
    made = replacements(text.encode(), PATH, [wild])
    if not made:
        return
    new = parse(replaced(text, made[0]).encode(), PATH)
    assert new.problems == []
    far = [node.value for _, node in values(source.root) if node.end.index < start or node.start.index > end]
    ahead = iter([node.value for _, node in values(new.root)])
    assert all(value in ahead for value in far), "the values elsewhere are all there, in order"


def test_the_fixes_of_problems_become_edits_of_their_files() -> None:
    tree = Memory({PATH: b"\xef\xbb\xbfa: |\n  one\n  two\n"})
    wrong = fix("/b", 0, 1, "x")
    problems = [Problem("r", Place(PATH), "m", "h", each) for each in (fix("/a", 3, 4, " "), wrong, None)]
    gone = Problem("r", Place("gone.yaml"), "m", "h", Fix((Edit(Place("gone.yaml"), "x"),), safe=True))
    fixes = [each.fix for each in in_text(tree, [*problems, problems[0], gone])]
    assert fixes == [fix("", 10, 13, " "), None, None, None]


def test_a_byte_order_mark_stays_and_what_is_no_text_is_left_alone() -> None:
    assert mended(b"\xef\xbb\xbfa: x\n", PATH, [fix("/a", 0, 1, "y")]) == (b"\xef\xbb\xbfa: y\n", [0])
    assert mended(b"a: x\xff\n", PATH, [fix("", 0, 1, "b")]) == (b"a: x\xff\n", [])
