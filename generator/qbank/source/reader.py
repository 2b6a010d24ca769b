"""From the bytes of a YAML file to nodes: libyaml's events, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from yaml import YAMLError
from yaml.cyaml import CParser  # type: ignore[attr-defined]
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from qbank.problem import Problem
from qbank.source import faults
from qbank.source.characters import CLOSING_QUOTES, ODD_SPACES, OPENING_QUOTES, called, disguised, undisguised, unseen
from qbank.source.diagnosis import diagnosed
from qbank.source.faults import MAX_DEPTH, MAX_FILE_BYTES, MAX_VALUE, most_bytes
from qbank.source.mending import as_meant, line_end, mend, misread, replaced
from qbank.source.nodes import Mapping, Mark, Node, Scalar, Sequence, Source
from qbank.tree import Tree, beginning

#: Of faults that a file can hold without number, those that are named.
_NAMED = 20
#: The same of characters in one line.
_IN_A_LINE = 100
#: Problems after which nothing more is read.
_MOST = 500
#: A line that begins with an odd space. One that is as wide as a letter may begin a line of Chinese or Japanese text.
_INDENTED_ODDLY = re.compile(
    rf"^[ ]*(?P<odd>(?:[{ODD_SPACES.replace(chr(0x3000), '')}]|(?<![ ])\u3000)[{ODD_SPACES} \t]*)", re.MULTILINE
)
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)
#: A key that swallowed its value, since what stands behind the colon is no space, or no colon for YAML.
_SWALLOWED = re.compile(rf"[\w-]+[ ]?(?:\uff1a|:[{ODD_SPACES}])")


def read(tree: Tree, path: str) -> Source:
    """Read one YAML file of a bank.

    Whatever the file holds, the result is a `Source`; an `OSError` means that the file itself could not be read.
    """
    return parse(beginning(tree, path, MAX_FILE_BYTES + 1), path)


def decoded(data: bytes) -> str:
    """The text of a file, by whose characters places count: no byte order mark, signs for bytes that are no UTF-8."""
    return data.decode("utf-8", errors="replace").removeprefix("\ufeff")


def parse(data: bytes, path: str) -> Source:
    """Read the bytes of a YAML file that problems call `path`."""
    source = Source(path)
    if len(data) > most_bytes(path):
        source.problems.extend(faults.too_large(source))
        return source
    try:
        source.text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        source.text = decoded(data)
        utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        source.problems.extend(faults.not_utf8(source, len(decoded(data[: error.start])), utf16))
        return source
    if _is_plain(source):
        _Reader(source).read()
    return source


def _is_plain(source: Source) -> bool:
    """Whether a file can be read; the problems say what in it is not what it looks like.

    Look-alikes are read as the Latin letters that they look like, and odd spaces as plain ones, so that one fault is
    one problem.
    """
    if "<<<<<<<" in source.text or ">>>>>>>" in source.text:
        marks = list(_CONFLICT.finditer(source.text))
        begun = [mark for mark in marks if mark[0][0] == "<"] or marks
        for mark in begun[:_NAMED]:
            source.problems.extend(faults.merge_conflict(source, *mark.span()))
    for found in islice(_unseen_by_line(source.text), _NAMED):
        source.problems.extend(faults.control_character(source, found[:_IN_A_LINE]))
    if source.problems:
        return False
    if not source.text.isascii():
        words = [(start, start + len(word), undisguised(word)) for start, word in disguised(source.text)]
        for start, end, _ in words[:_NAMED]:
            source.problems.extend(faults.look_alike(source, start, source.text[start:end]))
        spaces = [(*line.span("odd"), " " * len(line["odd"])) for line in _INDENTED_ODDLY.finditer(source.text)]
        for start, end, plain in spaces[:_NAMED]:
            message = f"{called(source.text[start])} indents this line, and YAML indents with spaces"
            mended = mend(source, (start, end, plain))
            source.problems.extend(faults.odd_character(source.at(start, end), message, mended))
        source.text = replaced(source.text, sorted(words + spaces))
    return True


def _unseen_by_line(text: str) -> Iterator[list[re.Match[str]]]:
    end = 0
    found: list[re.Match[str]] = []
    for each in unseen(text):
        if each.start() >= end:
            if found:
                yield found
            found, end = [], line_end(text, each.start())
        found.append(each)
    if found:
        yield found


_OPENING = frozenset(OPENING_QUOTES)
_WITHIN_QUOTES = re.compile(rf"[{OPENING_QUOTES}][^{OPENING_QUOTES}{CLOSING_QUOTES}]*[{CLOSING_QUOTES}]")


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
        self.anchors: dict[str, Any] = {}
        self.aliases = 0

    def read(self) -> None:
        try:
            self._documents()
        except _Stop:
            pass
        except YAMLError as error:
            self.source.root = Mapping({})  # of half a file nothing can be missed
            if all(problem.rule != faults.odd_character.name for problem in self.source.problems):
                self.source.problems.extend(diagnosed(self.source, error))
        finally:
            self.parser.dispose()
        if self.anchors:
            name, first = next(iter(self.anchors.items()))
            self.source.problems.extend(faults.anchor(self.source, name, first.start_mark, self.aliases))
            if self.aliases:
                self.source.root = Mapping({})

    def _documents(self) -> None:
        self.next()
        if isinstance(self.next(), StreamEndEvent):
            self._note(faults.empty_file(self.source))
            return
        self.source.root = self._node(self.next())
        self.next()
        event = self.next()
        mark = event.start_mark
        if isinstance(event, DocumentStartEvent):
            self._note(faults.several_documents(self.source, mark))
            if not faults.is_end(self.source, mark):
                self.source.root = Mapping({})

    def _note(self, problems: list[Problem]) -> None:
        self.source.problems.extend(problems)
        if len(self.source.problems) >= _MOST:
            raise _Stop

    def _node(self, event: Any, *, item: bool = False) -> Node:
        kind = type(event)
        if kind is ScalarEvent:
            return self._scalar(event)
        mark = event.start_mark
        if kind is AliasEvent:
            if event.anchor in self.anchors:
                self.aliases += 1
            else:
                self._note(faults.alias(self.source, event.anchor, mark, event.end_mark))
            return Scalar(f"*{event.anchor}", mark, event.end_mark)
        self._refuse_properties(event)
        if self.deep == MAX_DEPTH:
            self._note(faults.too_deep(self.source, mark))
            raise _Stop
        self.deep += 1
        node = self._mapping(mark, item) if kind is MappingStartEvent else self._sequence(mark)
        self.deep -= 1
        return node

    def _scalar(self, event: Any) -> Scalar:
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        value, start, end = event.value, event.start_mark, event.end_mark
        if len(value) > MAX_VALUE:
            self._note(faults.too_long(self.source, start.index, len(value)))
            raise _Stop
        if event.style == '"':
            value = self._without_misread(value, start.index, end.index)
        elif not value.isascii() and not event.style and value[:1] in _OPENING and _WITHIN_QUOTES.fullmatch(value):
            self._note(faults.smart_quotes(self.source, start.index, end.index))
            value = value[1:-1]
        return Scalar(value, start, end, event.style)

    def _without_misread(self, value: str, start: int, end: int) -> str:
        """A text between double quotes, whose backslashes are those of TeX where there is a command of TeX in it."""
        raw = self.source.text[start + 1 : end - 1]
        found = misread(raw) if "\\" in raw else []
        if not found:
            return value
        self._note(faults.escape(self.source, start, end, found[0]))
        return re.sub(r"(?<!\s)\s*[\r\n]\s*", " ", as_meant(raw))

    def _refuse_properties(self, event: Any) -> None:
        if event.anchor is not None:
            self.anchors.setdefault(event.anchor, event)
        if event.tag is not None:
            self._note(faults.tag(self.source, event.tag, event.start_mark))

    def _mapping(self, mark: Mark, item: bool) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        begun_anew = False
        next_event, scalar = self.next, self._scalar
        while type(event := next_event()) is not MappingEndEvent:
            if type(event) is not ScalarEvent:
                self._note(faults.complex_key(self.source, event.start_mark))
                raise _Stop
            key = scalar(event)
            if not key.value.isascii() and _SWALLOWED.match(key.value):
                self._note(self._swallowed(key))
                raise _Stop
            event = next_event()
            entry = key, (scalar(event) if type(event) is ScalarEvent else self._node(event))
            first = entries.setdefault(key.value, entry)[0]
            if first is not key and not begun_anew:
                begun_anew = item and first is next(iter(entries.values()))[0]
                self._note(faults.duplicate_key(self.source, key, first, begun_anew))
        return Mapping(entries, mark)

    def _swallowed(self, key: Scalar) -> list[Problem]:
        """A key and its value between braces, with an odd space or colon between them."""
        found = re.search(rf"[ ]?(?:(?P<colon>\uff1a)|:(?P<space>[{ODD_SPACES}]))[{ODD_SPACES} ]*", key.value)
        assert found  # what `_SWALLOWED` found  # noqa: S101
        start, end = (key.start.index + each for each in found.span())
        message = f"{called(found['colon'] or found['space'])} is not what YAML knows as a colon and a space"
        return faults.odd_character(self.source.at(start, end), message, mend(self.source, (start, end, ": ")))

    def _sequence(self, mark: Mark) -> Sequence:
        items: list[Node] = []
        while type(event := self.next()) is not SequenceEndEvent:
            items.append(self._node(event, item=True))
        return Sequence(items, mark)
