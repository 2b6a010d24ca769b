"""What a YAML file holds: texts, lists and mappings, each with its place in the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from qbank.problem import Place, Problem


class Mark(Protocol):
    """A place that libyaml counts, from 0: `index` in characters of the file."""

    index: int
    line: int
    column: int


@dataclass(slots=True)
class Scalar:
    """A text between two marks of libyaml; `style` is one of `| > ' "` or empty."""

    value: str
    start: Mark
    end: Mark
    style: str = ""


@dataclass(slots=True)
class Sequence:
    """A list, with the mark of its first character."""

    items: list[Node]
    start: Mark


@dataclass(slots=True)
class Mapping:
    """Keys and values in the order of the file; without `start` where there is no file to be read."""

    entries: dict[str, tuple[Scalar, Node]]
    start: Mark | None = None


Node = Scalar | Sequence | Mapping


@dataclass(slots=True)
class Source:
    """A file that was read: its text and data, and what is wrong with its YAML.

    `root` is an empty mapping when the file could not be read as YAML at all; `problems` then says why.
    """

    path: str
    text: str = ""
    root: Node = field(default_factory=lambda: Mapping({}))
    problems: list[Problem] = field(default_factory=list)

    @property
    def unreadable(self) -> bool:
        """Whether nothing could be read of the file."""
        return bool(self.problems) and isinstance(self.root, Mapping) and not self.root.entries

    def at(self, start: int, end: int) -> Place:
        """The characters `start` to `end` of the file."""
        return Place(self.path, "", start, end)

    def key(self, key: Scalar) -> Place:
        """A key of a mapping, with its quotes."""
        return Place(self.path, "", key.start.index, max(key.end.index, key.start.index + 1))


def escaped(key: str) -> str:
    """A key as a part of a JSON Pointer (RFC 6901, section 3)."""
    return key.replace("~", "~0").replace("/", "~1") if "~" in key or "/" in key else key


def find(root: Node, pointer: str) -> Node | None:
    """The node at a pointer, or None."""
    node: Node | None = root
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(node, Mapping):
            entry = node.entries.get(key)
            node = entry[1] if entry else None
        elif isinstance(node, Sequence) and key.isdecimal() and int(key) < len(node.items):
            node = node.items[int(key)]
        else:
            return None
    return node
