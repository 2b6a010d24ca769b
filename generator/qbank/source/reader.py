"""From the bytes of a YAML file to nodes: libyaml's events, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from qbank.problem import Problem
from qbank.source import faults
from qbank.source.faults import MAX_DEPTH, MAX_FILE_BYTES
from qbank.source.nodes import Mapping, Mark, Node, Scalar, Sequence, Source
from qbank.tree import Tree

# YAML 1.2.2, section 5.1: the characters that a YAML stream may hold.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def read(tree: Tree, path: str) -> Source:
    """Read one YAML file of a bank.

    Whatever the file holds, the result is a `Source`; an `OSError` means that the file itself could not be read.
    """
    with tree.open(path) as file:
        return parse(file.read(MAX_FILE_BYTES + 1), path)


def decoded(data: bytes) -> str:
    """The text of a file, by whose characters places count: no byte order mark, signs for bytes that are no UTF-8."""
    return data.decode("utf-8", errors="replace").removeprefix("\ufeff")


def parse(data: bytes, path: str) -> Source:
    """Read the bytes of a YAML file that problems call `path`."""
    source = Source(path)
    if len(data) > MAX_FILE_BYTES:
        source.problems.extend(faults.too_large(source))
        return source
    source.text = decoded(data)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        source.problems.extend(faults.not_utf8(source, len(decoded(data[: error.start]))))
        return source
    bad = _UNPRINTABLE.search(source.text)
    if bad:
        source.problems.extend(faults.control_character(source, bad.start(), bad[0]))
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
            self.source.problems.extend(faults.yaml_syntax(self.source, error))
        finally:
            self.parser.dispose()

    def _documents(self) -> None:
        self.next()
        if isinstance(self.next(), yaml.StreamEndEvent):
            self._note(faults.empty_file(self.source))
            return
        self.source.root = self._node(self.next())
        self.next()
        event = self.next()
        mark = event.start_mark
        if isinstance(event, yaml.DocumentStartEvent):
            self._note(faults.several_documents(self.source, mark))

    def _note(self, problems: list[Problem]) -> None:
        self.source.problems.extend(problems)

    def _node(self, event: Any) -> Node:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            return self._scalar(event)
        mark = event.start_mark
        if kind is yaml.AliasEvent:
            self._note(faults.alias(self.source, event.anchor, mark, event.end_mark))
            return Scalar(f"*{event.anchor}", mark, event.end_mark)
        self._refuse_properties(event)
        if self.deep == MAX_DEPTH:
            self._note(faults.too_deep(self.source, mark))
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
            self._note(faults.anchor(self.source, event.anchor, event.start_mark))
        if event.tag is not None:
            self._note(faults.tag(self.source, event.tag, event.start_mark))

    def _mapping(self, mark: Mark) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        while type(event := self.next()) is not yaml.MappingEndEvent:
            if type(event) is not yaml.ScalarEvent:
                self._note(faults.complex_key(self.source, event.start_mark))
                raise _Stop
            key = self._scalar(event)
            value = self._node(self.next())
            if key.value in entries:
                self._note(faults.duplicate_key(self.source, key, entries[key.value][0]))
            else:
                entries[key.value] = (key, value)
        return Mapping(entries, mark)

    def _sequence(self, mark: Mark) -> Sequence:
        items: list[Node] = []
        while type(event := self.next()) is not yaml.SequenceEndEvent:
            items.append(self._node(event))
        return Sequence(items, mark)
