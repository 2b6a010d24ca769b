"""A file is read without ever being expanded; every value has a pointer; every fault is a problem."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from qbank.source.nodes import Mapping, Node, Scalar, Sequence, Source, find
from qbank.source.places import located
from qbank.source.reader import parse, read
from qbank.tree import Folder, Memory


def pointers(node: Node, at: str = "") -> Iterator[tuple[str, Node]]:
    """Every node with its pointer, which is made here in its own way."""
    yield at, node
    if isinstance(node, Sequence):
        for n, item in enumerate(node.items):
            yield from pointers(item, f"{at}/{n}")
    elif isinstance(node, Mapping):
        for key, (_, value) in node.entries.items():
            yield from pointers(value, at + "/" + key.replace("~", "~0").replace("/", "~1"))


def rules(source: Source) -> list[str]:
    return [problem.rule for problem in source.problems]


def plain(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key: plain(value) for key, (_, value) in node.entries.items()}


def test_every_scalar_is_text() -> None:
    source = parse(b"a: No\nb: 12:30\nc: 2026-11-01\nd: 1e3\ne: ~\n", "x.yaml")
    assert plain(source.root) == {"a": "No", "b": "12:30", "c": "2026-11-01", "d": "1e3", "e": "~"}
    assert not source.problems


def test_a_file_is_read_with_the_path_that_problems_show(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("a: 1\na: 2\n")
    tree = Folder(tmp_path)
    (problem,) = read(tree, "x.yaml").problems
    assert problem.place.path == "x.yaml"
    assert located(tree, [problem])[0].span.path == (tmp_path / "x.yaml").as_posix()


def test_a_file_that_is_not_there_is_no_source(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(Folder(tmp_path), "x.yaml")


def test_duplicate_keys_keep_the_first_and_are_all_reported() -> None:
    source = parse(b"a: 1\nb: 2\na: 3\nb: 4\n", "x.yaml")
    assert rules(source) == ["duplicate-key", "duplicate-key"]
    assert plain(source.root) == {"a": "1", "b": "2"}


def test_anchors_aliases_and_tags_are_refused() -> None:
    source = parse(b"a: &x 1\nb: *y\nc: !!python/object:os.system [x]\n", "x.yaml")
    assert rules(source) == ["alias", "tag", "anchor"]


def test_of_anchors_the_first_is_named_once_for_all_that_repeat_it() -> None:
    source = parse(b"a: &x {b: 1}\n<<: *x\nc: &y [*x, *x]\n", "x.yaml")
    assert rules(source) == ["anchor"]
    assert source.problems[0].message == "the anchor '&x' is not allowed, nor are the 3 aliases in this file"
    assert source.unreadable, "what is missing since it stands at the anchor would be a second problem"


def test_a_billion_laughs_are_refused_and_not_laughed() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    source = parse("\n".join(lines).encode(), "x.yaml")
    assert rules(source) == ["anchor"]


@pytest.mark.parametrize("bracket", ["[", "{a: ", "- "])
def test_nesting_without_end_is_refused_before_it_can_crash(bracket: str) -> None:
    assert "too-deep" in rules(parse((bracket * 50_000).encode(), "x.yaml"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: b: c\n", "colon"),
        ("a: 'x\nb: 1\n", "never closed"),
        ('a: "x\n', "never closed"),
        ('a: "\\d"\n', "backslash"),
        ("a: [1, 2\nb: 3\n", "[ is not closed"),
        ("a: {b: 1\nc: 2\n", "{ is not closed"),
        ("a: 1\n b: 2\n", "indented by 1 space"),
        ("a: `x`\n", "cannot start"),
        ("a: @x\n", "cannot start"),
        ("- a\nb: 1\n", "does not fit the list"),
        ("a: |\n   x\n  y\n", "indentation"),
        ("a: | x\n", "line of the |"),
        ("a: - b\n", "list item"),
        ("a: 'it's'\n", "apostrophe closes"),
        ("a: 1\nb\n", "neither a key"),
        ("a: *\n", "anchor or alias"),
        ("%X\n", "directive"),
    ],
)
def test_a_fault_of_syntax_is_said_in_our_words(text: str, said: str) -> None:
    (problem,) = parse(text.encode(), "x.yaml").problems
    assert problem.rule == "yaml-syntax"
    assert said in problem.message
    assert problem.help


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "empty-file"),
        (b"# only a comment\n", "empty-file"),
        (b"a: caf\xe9\n", "not-utf8"),
        (b"a: \x1b[31m\n", "control-character"),
        ("a: x\u2028y\n".encode(), "control-character"),
        ("a: so\u00adft\n".encode(), "control-character"),
        ("a: no\u00a0break\n".encode(), None),
        (b"<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> other\n", "merge-conflict"),
        ("\u00a0\u00a0a: 1\n".encode(), "odd-character"),
        (b"a: 1\n\tb: 2\n", "odd-character"),
        ("a: \u0441ore\n".encode(), "look-alike"),
        (b'a: "$\\frac12$"\n', "escape"),
        ("a: \u201cx\u201d\n".encode(), "smart-quotes"),
        ("{a:\u00a01}\n".encode(), "odd-character"),
        ("{a\uff1a1}\n".encode(), "odd-character"),
        (b"a: {{c1::x}} y\n", "complex-key"),
        (b"---\na: 1\n---\n# Heading\n\ntext\n", "several-documents"),
        (b"a: 1\n---\nb: 2\n", "several-documents"),
        (b"? [a]\n: b\n", "complex-key"),
        (b"a: " + b"x" * 1_000_001, "too-large"),
        (b"\xef\xbb\xbfa: 1\n", None),
        (b"a: 1\r\nb: 2\r\n", None),
    ],
)
def test_what_is_not_a_readable_file_is_said(data: bytes, rule: str | None) -> None:
    assert rules(parse(data, "x.yaml")) == ([rule] if rule else [])


def test_a_question_is_smaller_than_what_questions_share() -> None:
    data = b"# a\n" * 80_000
    assert rules(parse(data, "topic/x.yaml")) == ["too-large"]
    assert rules(parse(data, "references.yaml")) == ["empty-file"]


def test_ends_of_lines_that_a_program_wrote_are_no_commands() -> None:
    assert rules(parse(b'a: "x = 1\\nu = 2\\nreturn u\\n"\n', "a.yaml")) == []
    assert rules(parse(b'a: "$\\nu$"\n', "a.yaml")) == ["escape"]


def test_of_one_line_all_that_nobody_sees_is_named_together() -> None:
    source = parse("a: x\u200by\u00adz\nb: \u202e\n".encode(), "x.yaml")
    assert [problem.message for problem in source.problems] == [
        "a zero-width space (U+200B) and a soft hyphen (U+00AD) stand in this line, and nobody sees them",
        "a right-to-left override (U+202E) stands here, and nobody sees it",
    ]


def test_of_faults_without_number_some_are_named() -> None:
    assert len(parse("a: \u200b\n".encode() * 1000, "x.yaml").problems) == 20
    assert len(parse("- \u0441ore\n".encode() * 1000, "x.yaml").problems) == 20


@pytest.mark.parametrize("line", ["- !x y\n", "- *x\n", '- "\\f"\n', "- \u201cx\u201d\n"])
def test_a_file_of_faults_is_read_no_further(line: str) -> None:
    source = parse(line.encode() * 10_000, "x.yaml")
    assert len(source.problems) == 500
    assert source.unreadable


def test_what_is_not_what_it_looks_like_is_read_as_what_it_looks_like() -> None:
    text = 'l\u0435vel: \u0441ore\nb: \u201cx\u201d\nc:\n\u00a0 d: 1\ne: "$\\\\alpha \\beta$"\n'
    source = parse(text.encode(), "x.yaml")
    assert plain(source.root) == {"level": "core", "b": "x", "c": {"d": "1"}, "e": r"$\alpha \beta$"}
    assert set(rules(source)) == {"look-alike", "smart-quotes", "odd-character", "escape"}


@given(st.binary(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_data_or_problems(data: bytes) -> None:
    source = parse(data, "x.yaml")
    assert isinstance(source, Source)
    for span, problem, line, _ in located(Memory({"x.yaml": data}), source.problems):
        assert span.line >= 1
        assert 1 <= span.column <= len(line or "") + 1
        assert (span.end_line, span.end_column) > (span.line, span.column)
        assert problem.message
        assert problem.help


_YAMLISH = st.text(alphabet="ab:-[]{}'\"|>&*!%@#?,\\ \n\t0", max_size=60)


@given(_YAMLISH)
@settings(max_examples=600, deadline=None)
def test_yaml_soup_gives_data_or_problems(text: str) -> None:
    parse(text.encode(), "x.yaml")


_VALUES: st.SearchStrategy[object] = st.recursive(
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", min_size=1, max_size=3), inner, max_size=4)
    ),
    max_leaves=10,
)


@given(st.dictionaries(st.text("abcd", min_size=1, max_size=4), _VALUES, min_size=1, max_size=5))
@settings(max_examples=200, deadline=None)
def test_what_yaml_writes_is_read_back(value: dict[str, object]) -> None:
    text = yaml.safe_dump(value, allow_unicode=True)
    source = parse(text.encode(), "x.yaml")
    if not source.problems:
        assert plain(source.root) == value
    else:
        known = {"too-deep", "control-character", "odd-character", "look-alike", "smart-quotes", "escape"}
        assert set(rules(source)) <= known


@given(st.dictionaries(st.text("a~/1", max_size=3), _VALUES, min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_a_pointer_leads_to_its_value(value: dict[str, object]) -> None:
    source = parse(yaml.safe_dump(value, allow_unicode=True).encode(), "x.yaml")
    for pointer, node in pointers(source.root):
        assert find(source.root, pointer) is node


@pytest.mark.parametrize("pointer", ["/b", "/a/2", "/a/-1", "/a/x", "/a/0/x", "/a/\u00b2"])
def test_a_pointer_to_nothing_leads_nowhere(pointer: str) -> None:
    assert find(parse(b"a: [x, y]\n", "x.yaml").root, pointer) is None
