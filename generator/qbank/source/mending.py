"""How a value is written otherwise: in single quotes, or with the escapes that its author meant."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qbank.problem import Edit, Fix
from qbank.source.nodes import Source

#: Escapes of YAML (1.2.2, section 5.7) that hold what no text of a bank holds, and those with which commands of TeX
#: begin, such as that of the Greek nu. Any other is meant.
_MISREAD = re.compile(
    r"\\(?:[0abevfrNLP_]"
    r"|n(?:abla|eq?|eg|ot(?:in)?|u|mid)(?![a-z])"
    r"|t(?:an|anh|au|ext[a-z]*|frac|heta|ilde|imes|o|op|riangle)(?![a-z]))"
)
_ESCAPE = re.compile(r"\\.", re.DOTALL)
#: Escapes for which single quotes have nothing: ends of lines, tabs, characters by number.
_NEEDED = frozenset("ntxuU\r\n ")
_LINE_END = re.compile(r"[\r\n]|\Z")
#: The indentation of the next line that holds anything, and what may stand before a value on its line.
_NEXT_LINE = re.compile(r"\s*?[\r\n]( *)(?=[^ \r\n])")
_BEFORE_VALUE = re.compile(r"( *(?:- +)*)([\w-]+: +)?")


def mend(source: Source, *edits: tuple[int, int, str]) -> Fix:
    """What is right at some stretches of the file, each with its start and end: characters as the file has them."""
    return Fix(tuple(Edit(source.at(start, end), text) for start, end, text in edits), safe=True)


def replaced(text: str, stretches: Iterable[tuple[int, int, str]]) -> str:
    """A text with other characters at some stretches, which are in order."""
    parts, at = [], 0
    for start, end, instead in stretches:
        parts += [text[at:start], instead]
        at = end
    return "".join([*parts, text[at:]])


def single_quoted(text: str) -> str:
    """A text in single quotes, as YAML writes it."""
    return "'" + text.replace("'", "''") + "'"


def line_start(text: str, index: int) -> int:
    """Where the line begins that a character stands in."""
    return max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1


def line_end(text: str, index: int) -> int:
    """Where the line ends that a character stands in."""
    end = _LINE_END.search(text, index)
    return end.start() if end else len(text)


def is_last_line(text: str, index: int) -> bool:
    """Whether the value at a character ends with its line: the next one is not indented any deeper."""
    start, end = line_start(text, index), line_end(text, index)
    before = _BEFORE_VALUE.match(text, start, end)
    following = _NEXT_LINE.match(text, end)
    if not before or not following:
        return True
    column = len(before[1]) if before[2] else max(before[1].rfind("-"), 0)
    return len(following[1]) <= column


def in_quotes(source: Source, start: int) -> Fix | None:
    """Single quotes around all that stands from a character to the end of its line, where a value stands there."""
    text = source.text
    raw = text[start : line_end(text, start)].rstrip()
    if not raw or start == line_start(text, start):  # where a key stands
        return None
    if not is_last_line(text, start) or not _BEFORE_VALUE.fullmatch(text, line_start(text, start), start):
        return None
    return mend(source, (start, start + len(raw), single_quoted(raw)))


def misread(raw: str) -> list[re.Match[str]]:
    """The escapes in a text between double quotes that are commands of TeX, or signs that nobody means.

    Where other lines end by `\\n`, as a program writes them, `\\nu` is the end of a line, too; likewise for tabs.
    """
    escapes = list(_ESCAPE.finditer(raw))
    found = [match for each in escapes if (match := _MISREAD.match(raw, each.start()))]
    starts = {each.start() for each in found}
    meant = {each[0][1] for each in escapes if each.start() not in starts}
    return [each for each in found if each[0][1] not in meant]


def as_meant(raw: str) -> str:
    """A text between double quotes whose backslashes are those of TeX."""
    return re.sub(r"\\([\\\"/])", r"\1", raw)


def quotes_changed(source: Source, start: int, end: int) -> Fix | None:
    """Single quotes instead of the double ones of a text, where all its backslashes are those of TeX."""
    raw = source.text[start + 1 : end - 1]
    commands = {each.start() for each in misread(raw)}
    if any(each.start() not in commands and each[0][1] in _NEEDED for each in _ESCAPE.finditer(raw)):
        return None
    return mend(source, (start, end, single_quoted(as_meant(raw))))
