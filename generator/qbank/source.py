"""One YAML file: its text, its data, and where every key and value stands.

The file is read as a stream of libyaml's events: nothing is ever expanded or constructed, so anchors, aliases and tags
cost nothing before they are refused, every scalar stays text (YAML would read `No` as false and `12:30` as 750), and
a fault does not hide the ones behind it unless it is one of syntax.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any, Protocol

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from qbank.problem import Fault, Problem, Span, rule

MAX_FILE_BYTES = 1_000_000
MAX_DEPTH = 20

# YAML 1.2.2, section 5.1: the characters that a YAML stream may hold.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


class Mark(Protocol):
    """A place that libyaml counts, from 0."""

    line: int
    column: int


@dataclass(slots=True)
class Scalar:
    """A text between two marks of libyaml; `style` is one of `| > ' "` or empty."""

    value: str
    start: Mark
    end: Mark
    style: str = ""

    @property
    def line(self) -> int:
        """The line of the first character, from 0."""
        return self.start.line

    @property
    def column(self) -> int:
        """The column of the first character, from 0."""
        return self.start.column


@dataclass(slots=True)
class Sequence:
    """A list, with the place of its first character."""

    items: list[Node]
    line: int
    column: int


@dataclass(slots=True)
class Mapping:
    """Keys and values in the order of the file."""

    entries: dict[str, tuple[Scalar, Node]]
    line: int
    column: int


Node = Scalar | Sequence | Mapping


@dataclass(slots=True)
class Source:
    """A file that was read: its text and data, and what is wrong with its YAML.

    `root` is an empty mapping when the file could not be read as YAML at all; `problems` then says why.
    """

    path: str
    text: str
    root: Node = field(default_factory=lambda: Mapping({}, 0, 0))
    problems: list[Problem] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """The lines of the file without their ends; YAML breaks lines at CR, LF and CR LF only."""
        if not self._lines:
            self._lines = re.split(r"\r\n|\r|\n", self.text)
        return self._lines

    def span(self, node: Node, start: int = 0, end: int | None = None) -> Span:
        """Where a node stands; for a scalar, where its characters `start` to `end` stand in the file."""
        if not isinstance(node, Scalar):
            return Span(self.path, node.line + 1, node.column + 1, node.line + 1, node.column + 2)
        stop = len(node.value) if end is None else end
        within = self._in_block if node.style == "|" else self._in_flow
        line, column, end_line, end_column = within(node, start, stop)
        return Span(self.path, line + 1, column + 1, end_line + 1, end_column + 1)

    def start(self) -> Span:
        """The first character of the file: the place of what is missing as a whole."""
        return Span(self.path, 1, 1, 1, 2)

    def _in_block(self, node: Scalar, start: int, stop: int) -> tuple[int, int, int, int]:
        """Line k of a literal block stands k lines below the one after its `|`, indented."""
        rows = node.value.split("\n")
        ends = list(accumulate(len(row) + 1 for row in rows))

        def place(offset: int) -> tuple[int, int]:
            row = next((k for k, end in enumerate(ends) if offset < end), len(rows) - 1)
            line = node.line + 1 + row
            raw = self.lines[line] if line < len(self.lines) else ""
            indent = max(0, len(raw) - len(rows[row]))
            return line, indent + offset - (ends[row] - len(rows[row]) - 1)

        if not node.value:
            return node.line, node.column, node.line, node.column + 1
        first, last = place(start), place(max(start, stop - 1))
        return (*first, last[0], last[1] + 1)

    def _in_flow(self, node: Scalar, start: int, stop: int) -> tuple[int, int, int, int]:
        """In a plain, quoted or folded scalar the wanted characters are searched for in the raw text."""
        whole = (node.line, node.column, node.end.line, max(node.end.column, node.column + 1))
        wanted = node.value[start:stop]
        if (start == 0 and stop == len(node.value)) or not wanted:
            return whole
        rows = self.lines[node.line : node.end.line + 1]
        if not rows:
            return whole
        rows[-1] = rows[-1][: node.end.column] if node.end.line > node.line or node.end.column else rows[-1]
        raw = "\n".join(rows)
        at = node.column - 1
        for _ in range(node.value.count(wanted, 0, start) + 1):
            at = raw.find(wanted, at + 1)
            if at < 0:
                return whole
        before, after = raw[:at], raw[: at + len(wanted)]
        return (
            node.line + before.count("\n"),
            at - (before.rfind("\n") + 1),
            node.line + after.count("\n"),
            at + len(wanted) - (after.rfind("\n") + 1),
        )


def read(path: str) -> Source:
    """Read one YAML file; problems name it by the path given.

    Whatever the file holds, the result is a `Source`; an `OSError` means that the file itself could not be read.
    """
    with Path(path).open("rb") as file:
        return parse(file.read(MAX_FILE_BYTES + 1), path)


def parse(data: bytes, path: str) -> Source:
    """Read the bytes of a YAML file that problems call `path`."""
    source = Source(path, "")
    if len(data) > MAX_FILE_BYTES:
        source.problems.extend(too_large(source))
        return source
    try:
        source.text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        source.text = data.decode("utf-8", errors="replace")
        source.problems.extend(not_utf8(source, len(data[: error.start].decode("utf-8"))))
        return source
    bad = _UNPRINTABLE.search(source.text)
    if bad:
        source.problems.extend(control_character(source, bad.start(), bad[0]))
        return source
    _Reader(source).read()
    return source


class _Stop(Exception):
    """Reading cannot go on; the problem has been noted."""


class _Reader:
    """Turns the events of one file into nodes, noting problems on the way."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.parser = CParser(source.text)
        # The stubs of PyYAML say little of events, which differ by their kind.
        self.next: Callable[[], Any] = self.parser.get_event
        self.deep = 0

    def read(self) -> None:
        try:
            self._documents()
        except _Stop:
            pass
        except yaml.YAMLError as error:
            self.source.problems.extend(yaml_syntax(self.source, error))
        finally:
            self.parser.dispose()

    def _documents(self) -> None:
        self.next()
        if isinstance(self.next(), yaml.StreamEndEvent):
            self._note(empty_file(self.source))
            return
        self.source.root = self._node(self.next())
        self.next()
        event = self.next()
        mark = event.start_mark
        if isinstance(event, yaml.DocumentStartEvent):
            self._note(several_documents(self.source, mark))

    def _note(self, problems: Iterator[Problem]) -> None:
        self.source.problems.extend(problems)

    def _node(self, event: Any) -> Node:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            return self._scalar(event)
        mark = event.start_mark
        if kind is yaml.AliasEvent:
            self._note(alias(self.source, event.anchor, mark, event.end_mark))
            return Scalar(f"*{event.anchor}", mark, event.end_mark)
        self._refuse_properties(event)
        if self.deep == MAX_DEPTH:
            self._note(too_deep(self.source, mark))
            raise _Stop
        self.deep += 1
        node = self._mapping(mark) if kind is yaml.MappingStartEvent else self._sequence(mark)
        self.deep -= 1
        return node

    def _scalar(self, event: Any) -> Scalar:
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        return Scalar(event.value, event.start_mark, event.end_mark, event.style or "")

    def _refuse_properties(self, event: Any) -> None:
        if event.anchor is not None:
            self._note(anchor(self.source, event.anchor, event.start_mark))
        if event.tag is not None:
            self._note(tag(self.source, event.tag, event.start_mark))

    def _mapping(self, mark: Mark) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        while type(event := self.next()) is not yaml.MappingEndEvent:
            if type(event) is not yaml.ScalarEvent:
                self._note(complex_key(self.source, event.start_mark))
                raise _Stop
            key = self._scalar(event)
            value = self._node(self.next())
            if key.value in entries:
                self._note(duplicate_key(self.source, key, entries[key.value][0]))
            else:
                entries[key.value] = (key, value)
        return Mapping(entries, mark.line, mark.column)

    def _sequence(self, mark: Mark) -> Sequence:
        items: list[Node] = []
        while type(event := self.next()) is not yaml.SequenceEndEvent:
            items.append(self._node(event))
        return Sequence(items, mark.line, mark.column)


def _at(source: Source, mark: Mark, length: int = 1) -> Span:
    return Span(source.path, mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 1 + length)


def _at_offset(source: Source, offset: int) -> Span:
    before = source.text[:offset]
    line = len(re.findall(r"\r\n|\r|\n", before))
    column = offset - max(before.rfind("\n"), before.rfind("\r")) - 1
    return Span(source.path, line + 1, column + 1, line + 1, column + 2)


@rule
def too_large(source: Source) -> Iterator[Fault]:
    """A file of more than one megabyte is not read: no question is that long, and a file that large can only cost."""
    yield Fault(
        source.start(),
        f"the file is larger than {MAX_FILE_BYTES:,} bytes",
        "split it, or put data where it belongs: figures go to bank/figures/",
    )


@rule
def not_utf8(source: Source, offset: int) -> Iterator[Fault]:
    """A file is UTF-8 text. Other encodings would turn accents and mathematical signs into garbage."""
    yield Fault(_at_offset(source, offset), "this is not UTF-8 text", "save the file as UTF-8")


@rule
def control_character(source: Source, offset: int, character: str) -> Iterator[Fault]:
    """Control characters and lone surrogates are invisible in an editor and break decks and pages."""
    yield Fault(
        _at_offset(source, offset),
        f"the invisible character U+{ord(character):04X} is not allowed",
        "delete it; it often comes from copying out of a PDF or a terminal",
    )


@rule
def empty_file(source: Source) -> Iterator[Fault]:
    """A YAML file of the bank holds at least one key."""
    yield Fault(source.start(), "the file holds nothing", "start from `qbank new TOPIC/NAME`, or delete the file")


@rule
def several_documents(source: Source, mark: Mark) -> Iterator[Fault]:
    """One file holds one YAML document, since one file is one question."""
    yield Fault(_at(source, mark, 3), "a second document starts here", "put each question into a file of its own")


@rule
def too_deep(source: Source, mark: Mark) -> Iterator[Fault]:
    """Nesting deeper than twenty levels is refused: no field needs it, and it is a way to crash readers."""
    yield Fault(
        _at(source, mark),
        f"this is nested more than {MAX_DEPTH} levels deep",
        "fields nest at most three deep; check the brackets and the indentation",
    )


@rule
def complex_key(source: Source, mark: Mark) -> Iterator[Fault]:
    """A key is a plain word. YAML also allows lists and mappings as keys; the bank does not."""
    yield Fault(_at(source, mark), "a list or a mapping stands here as a key", "a key is a word, such as `answer:`")


@rule
def anchor(source: Source, name: str, mark: Mark) -> Iterator[Fault]:
    """YAML anchors are refused: a text is written where it is read, and aliases can blow a file up without bound."""
    yield Fault(_at(source, mark, len(name) + 1), f"the anchor '&{name}' is not allowed", _LITERAL.format(f"&{name}"))


@rule
def alias(source: Source, name: str, mark: Mark, end: Mark) -> Iterator[Fault]:
    """YAML aliases are refused: a text is written where it is read, and aliases can blow a file up without bound."""
    yield Fault(
        _at(source, mark, end.column - mark.column),
        f"the alias '*{name}' is not allowed",
        f"write the value out; if you mean the text itself, quote it: '*{name}'",
    )


@rule
def tag(source: Source, name: str, mark: Mark) -> Iterator[Fault]:
    """YAML tags (`!name`) are refused: every value of the bank is text, a list or a mapping."""
    written = name.replace("tag:yaml.org,2002:", "!!")
    yield Fault(_at(source, mark), f"the tag '{written}' is not allowed", _LITERAL.format(written))


_LITERAL = "delete it; if you mean the text itself, put the value in single quotes: '{} ...'"


@rule
def duplicate_key(source: Source, key: Scalar, first: Scalar) -> Iterator[Fault]:
    """A key stands once. YAML readers keep the last of two silently, so an answer could vanish unseen."""
    yield Fault(
        source.span(key),
        f"'{key.value}' stands here a second time; it is already on line {first.line + 1}",
        "merge the two, or delete one",
    )


@rule
def yaml_syntax(source: Source, error: yaml.YAMLError) -> Iterator[Fault]:
    """The file is not YAML from this place on, so nothing behind it can be checked.

    Most often it is a colon or a quote inside an unquoted text, a wrong indentation, or a quote that is not closed.
    The safest form for any text is a block: `answer: |` with the text indented below it.
    """
    mark = getattr(error, "problem_mark", None)
    said = f"{getattr(error, 'context', None) or ''}: {getattr(error, 'problem', None) or ''}"
    known = next((case for case in _SYNTAX if re.search(case[0], said)), _SYNTAX[-1])
    _, at_context, message, help_line = known
    if at_context and getattr(error, "context_mark", None):
        mark = error.context_mark  # type: ignore[attr-defined]
    span = _at(source, mark) if mark else source.start()
    yield Fault(_inside(source, span), message, help_line)


def _inside(source: Source, span: Span) -> Span:
    """A fault at the end of the file is shown on its last line that holds anything."""
    line, column = span.line, span.column
    if line > len(source.lines) or not "".join(source.lines[line - 1 :]).strip():
        filled = [n for n, text in enumerate(source.lines, 1) if text.strip()]
        line = filled[-1] if filled else 1
        column = len(source.lines[line - 1]) + 1 if source.lines else 1
    return Span(source.path, line, column, line, column + 1)


# What libyaml says (context: problem), whether its context or its problem mark is the better place, and our words.
_SYNTAX = (
    (
        r"mapping values are not allowed",
        False,
        "a colon followed by a space inside an unquoted text starts a mapping here",
        "put the text in single quotes, or write it as a block: `key: |` and the text indented below",
    ),
    (
        r"simple key.*could not find expected ':'",
        True,
        "this line is neither a key with a colon nor part of the text above it",
        "a key is followed by ': '; a text that goes on must be indented below its key",
    ),
    (
        r"cannot start any token",
        False,
        "a value cannot start with this character",
        "put the value in single quotes; indent with spaces, never with a tab",
    ),
    (
        r"quoted scalar.*(unexpected end of stream|unexpected document indicator)",
        True,
        "the quote that opens here is never closed",
        "close it; a single quote inside single quotes is written twice: 'it''s'",
    ),
    (
        r"unknown escape character|did not find expected hexdecimal|invalid Unicode character escape",
        False,
        "a backslash in double quotes starts an escape that YAML does not know",
        "use single quotes or a block `|`: backslashes then mean themselves",
    ),
    (
        r"flow sequence.*did not find expected",
        True,
        "the list that opens with [ is not closed, or a comma is missing",
        "close it with ]; if you mean the text itself, put it in single quotes",
    ),
    (
        r"flow mapping.*did not find expected",
        True,
        "the mapping that opens with { is not closed, or a comma is missing",
        "close it with }; if you mean the text itself, put it in single quotes",
    ),
    (
        r"block sequence entries are not allowed",
        False,
        "a list item cannot stand here",
        "start the list on the line below its key, indented",
    ),
    (
        r"block collection.*did not find expected '-'",
        False,
        "this line does not fit the list above it",
        "begin a further item with '- ' in the same column, or indent the line to belong to the item",
    ),
    (
        r"block mapping.*did not find expected key",
        False,
        "this line does not fit the indentation of the lines above it, or text follows a closed quote",
        "keys of one mapping stand in the same column; put a text that holds quotes into a block `|`",
    ),
    (
        r"block scalar.*(leading empty lines|indentation)",
        False,
        "the lines of this block are indented unevenly",
        "indent all lines of the block by the same two spaces",
    ),
    (
        r"block scalar.*(chomping|comment or line break)",
        False,
        "text stands on the line of the | or >",
        "begin the text on the next line, indented",
    ),
    (
        r"expected <document start>",
        False,
        "text stands here after the end of the data",
        "the whole file is one mapping of keys; check the indentation of this line",
    ),
    (
        r"anchor|alias",
        False,
        "an & or * starts an anchor or alias here, which is not allowed",
        "put the value in single quotes",
    ),
    (
        r"tag|directive",
        False,
        "a ! or % starts a tag or directive here, which is not allowed",
        "put the value in single quotes",
    ),
    (
        r"",
        False,
        "this is not valid YAML",
        "compare with another file of the bank; a text with odd characters is safest as a block `|`",
    ),
)
