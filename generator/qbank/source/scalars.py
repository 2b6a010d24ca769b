"""Where each character of a value stands in its file, and how other characters are written there.

YAML writes a value in one of five styles (YAML 1.2.2, sections 7.3 and 8.1): plain, in single or double quotes, as a
literal or a folded block. One character of the value may then be several of the file, such as `''` or a line break with
the indentation of the line behind it.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from qbank.source.nodes import Scalar

_BREAK = re.compile(r"\r\n|[\r\n]")
_LINE = re.compile(r"[^\r\n]*")
_SHOWN = re.compile(r"[^ \r\n]")
_FOLD = r"(?P<fold>[ \t]*+(?:\r\n|[\r\n])[ \t\r\n]*)|(?P<run>[ \t]+|{})"
#: What values outside of blocks are made of: folded line breaks, escapes, and what stands for itself.
_TOKENS = {
    "": re.compile(_FOLD.format(r"[^ \t\r\n]+")),
    "'": re.compile(r"(?P<escape>'')|" + _FOLD.format(r"[^ \t\r\n']+")),
    '"': re.compile(
        r"(?P<joined>\\(?:\r\n|[\r\n])[ \t\r\n]*)|(?P<escape>\\(?:x..|u.{4}|U.{8}|.))|" + _FOLD.format(r"[^ \t\r\n\\]+")
    ),
}
_HEAD = re.compile(r"[|>][-+1-9]{0,2}[ \t]*+(?:(?<=[ \t])#[^\r\n]*+)?")
#: What double quotes hold as an escape only.
_ESCAPED = re.compile('["\\\\\u2028\u2029]|[^ -~\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]')


class Replacement(NamedTuple):
    """The text that comes in the place of the characters `start` to `end` (exclusive) of a file."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class Written:
    """A value as a file holds it: its character n stands at `starts[n]` to `ends[n]`.

    The whole of it, with quotes or the head of a block, stands at `first` to `last`, without the line breaks that end a
    block; `indent` is what stands before each line of a block.
    """

    text: str
    node: Scalar
    first: int
    last: int
    indent: str = ""
    starts: array[int] = field(default_factory=lambda: array("q"))
    ends: array[int] = field(default_factory=lambda: array("q"))

    def edited(self, start: int, end: int, new: str) -> Replacement | None:
        """Other characters instead of `start` to `end` of the value, in its style; None where that holds no such ones.

        Whether the rest still means what it did has to be seen by reading the file again.
        """
        if self.node.style == "|":
            return self._edited_block(start, end, new)
        if self.node.style == '"':
            new = _ESCAPED.sub(_escape, new)
        elif "\n" in new:
            return None
        return Replacement(*self._stretch(start, end), new.replace("'", "''") if self.node.style == "'" else new)

    def _edited_block(self, start: int, end: int, new: str) -> Replacement:
        value, following = self.node.value, self.node.value[end : end + 1]
        if value[:start].endswith("\n") and (new or following in ("", "\n")):
            start, new = start - 1, f"\n{new}"  # the indentation of the line goes with what stands in it
        tail = self.indent if new.endswith("\n") and following not in ("", "\n") else ""
        return Replacement(*self._stretch(start, end), self._lines(new) + tail)

    def _stretch(self, start: int, end: int) -> tuple[int, int]:
        if start < len(self.starts):
            first = self.starts[start]
        else:
            first = self.ends[-1] if self.ends else self.first + len(self.node.style)
        return first, self.ends[end - 1] if end > start else first

    def rewritten(self, value: str, column: int) -> Iterator[Replacement]:
        """Another value instead of this one in every style that may hold it, the best one to read first.

        `column` is that of the list or mapping that the value belongs to.
        """
        bare = self.first == self.last and self.text[self.first - 1 : self.first] in (":", "-")
        forms = [self._as_block(value, column)] if "\n" in value else ["'" + value.replace("'", "''") + "'"]
        for form in (*forms, '"' + _ESCAPED.sub(_escape, value) + '"'):
            yield Replacement(self.first, self.last, f" {form}" if bare else form)

    def _as_block(self, value: str, column: int) -> str:
        body = value.rstrip("\n")
        self.indent = self.indent or " " * (column + 2)
        digit = str(len(self.indent) - column) if body[:1] in (" ", "\n") else ""
        chomping = {0: "-", 1: ""}.get(len(value) - len(body), "+")
        return f"|{digit}{chomping}" + self._lines(f"\n{body}")

    def _lines(self, value: str) -> str:
        """A text with the line ends of the file, and its lines but the first indented."""
        found = _BREAK.search(self.text, self.first) or _BREAK.search(self.text)
        first, *others = value.split("\n")
        return (found[0] if found else "\n").join([first, *(f"{self.indent}{row}" if row else "" for row in others)])

    def holds(self, said: str, stretches: Iterable[tuple[int, int]]) -> bool:
        """Note where the next characters of the value stand, if they are these."""
        if not self.node.value.startswith(said, len(self.starts)):
            return False
        for start, end in stretches:
            self.starts.append(start)
            self.ends.append(end)
        return True


def _escape(found: re.Match[str]) -> str:
    if found[0] in '"\\':
        return f"\\{found[0]}"
    if found[0] in "\n\t":
        return "\\n" if found[0] == "\n" else "\\t"
    return f"\\U{ord(found[0]):08X}"


def written(text: str, node: Scalar) -> Written | None:
    """How the text of a file holds a value.

    None where that is not sure: at an anchor or a tag, at the line ends of older versions of YAML, or in a block that
    holds nothing.
    """
    shown = _in_block(text, node) if node.style in ("|", ">") else _in_flow(text, node)
    return shown if shown and len(shown.starts) == len(node.value) else None


def _in_flow(text: str, node: Scalar) -> Written | None:
    quote, first, last = node.style, node.start.index, node.end.index
    if quote and (text[first] != quote or text[last - 1] != quote):
        return None
    shown = Written(text, node, first, last)
    for token in _TOKENS[quote].finditer(text, first + len(quote), last - len(quote)):
        start, end = token.span()
        if token.lastgroup == "run":
            said, stretches = token[0], zip(range(start, end), range(start + 1, end + 1), strict=True)
        else:
            said = _meant(token, node.value[len(shown.starts) : len(shown.starts) + 1])
            stretches = zip([start] + [end] * len(said), [end] * len(said), strict=False)
        if not shown.holds(said, stretches):
            return None
    return shown


def _meant(token: re.Match[str], escaped: str) -> str:
    """What a fold or an escape stands for; that of an escape is one character, which the value has at this place."""
    if token.lastgroup == "escape":
        return escaped
    breaks = len(_BREAK.findall(token[0]))
    if breaks > 1:
        return "\n" * (breaks - 1)
    return "" if token.lastgroup == "joined" else " "


def _in_block(text: str, node: Scalar) -> Written | None:
    head = _HEAD.match(text, node.start.index)
    content = node.value.rstrip("\n")
    if not head or not content.strip(" \n"):
        return None
    indent = _indent(text, head.end(), content)
    shown = Written(text, node, node.start.index, head.end(), " " * indent)
    rows = _rows(text, head.end(), indent)
    breaks: list[tuple[int, int]] = []
    level = False  # whether the line before is one that folds
    while len(shown.starts) < len(content):
        at, start, end = next(rows, (0, 0, 0))
        if not end:
            return None
        breaks.append((at, start))
        if start == end:
            continue
        if not shown.starts:
            del breaks[0]  # that of the head
        folds = node.style == ">" and level and text[start] not in " \t"
        if folds and len(breaks) > 1:
            breaks[:2] = [(breaks[0][0], breaks[1][1])]
            folds = False
        said = (" " if folds else "\n") * len(breaks)
        run = zip(range(start, end), range(start + 1, end + 1), strict=True)
        if not (shown.holds(said, breaks) and shown.holds(text[start:end], run)):
            return None
        breaks, level, shown.last = [], text[start] not in " \t", end
    for at, start, _ in rows:
        if len(shown.starts) == len(node.value):
            break
        shown.holds("\n", [(at, start)])
    if len(node.value) > len(content):
        last = _BREAK.match(text, shown.starts[-1])
        shown.ends[-1] = last.end() if last else shown.ends[-1]  # the indentation behind it is that of another value
    return shown


def _indent(text: str, at: int, content: str) -> int:
    """The indentation of a block's lines: its first one that shows something has more if the value has it, too."""
    said, shown = re.search(r"[^ \n]", content), _SHOWN.search(text, at)
    if not said or not shown:
        return 0
    column = shown.start() - 1 - max(text.rfind("\n", 0, shown.start()), text.rfind("\r", 0, shown.start()))
    return max(0, column - said.start() + content.rfind("\n", 0, said.start()) + 1)


def _rows(text: str, at: int, indent: int) -> Iterator[tuple[int, int, int]]:
    """The lines behind a place: where the line break before each stands, where its text starts, and where it ends."""
    while found := _BREAK.match(text, at):
        start, end = found.end(), _LINE.match(text, found.end()).end()  # type: ignore[union-attr]
        text_start = start
        while text_start < min(end, start + indent) and text[text_start] == " ":
            text_start += 1
        yield at, text_start, end
        at = end
