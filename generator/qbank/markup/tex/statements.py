r"""What a formula states, in a form by which it is known again: whatever its spaces and the sizes of its parts.

The form is made from the source alone, without a tree: of every formula of a bank it is asked on every check.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

#: Characters that a statement has at least: what is shorter is a symbol, or a term that anybody may need again.
SHORTEST = 12

# Each expression begins with a class of signs: so the engine skips what cannot begin a match, ten times as fast.
# What parts the statements of one formula where no brace holds it, braces, and what else may hold a brace.
_TOKEN = re.compile(r"[\\{}](?:(?<!\\)|q?quad(?![A-Za-z])|\\|text\s*\{[^{}]*\}|(?:begin|end)\s*\{[A-Za-z]+\*?\}|.)")
# What changes how a formula looks and not what it states.
_LOOK = re.compile(
    r"[\\\s~&](?:(?<!\\)|[,;:!> ]"
    r"|(?:left|right|middle|[bB]igg?[lrm]?|displaystyle|textstyle|(?:no)?limits)(?![A-Za-z]))"
)
_SIZED = re.compile(r"\\[dtc](?=frac(?![A-Za-z])|binom(?![A-Za-z]))")
_ALONE = re.compile(r"\{(?<!\\\{)(\w)\}")
# A relation, or an operation worth its place: without one, a formula is a name.
_STATES = re.compile(
    r"[=<>+/\\](?:(?<!\\)"
    r"|(?:leq?|geq?|approx|propto|sim|to|leftarrow|[dtc]?frac|[dt]?binom|sqrt|sum|prod|int)(?![A-Za-z]))"
)


class Statement(NamedTuple):
    """What a formula states, in its form, and the characters of the source that state it."""

    form: str
    start: int
    end: int


def statements(source: str) -> Iterator[Statement]:
    r"""The statements of a formula, which `\quad`, ends of lines and words part; symbols and short terms state nothing.

    `\text{so } a=\Bigl(\tfrac{b}{c}\Bigr)^2,\quad n` states `a=(\fracbc)^2`: a form to compare, not to read.
    """
    if len(source) < SHORTEST or not _STATES.search(source):
        return
    for start, end in _parts(source):
        form = _ALONE.sub(r"\1", _LOOK.sub("", _SIZED.sub(r"\\", source[start:end]))).strip("=.,;:")
        if len(form) >= SHORTEST and _STATES.search(form):
            yield Statement(form, start, end)


def _parts(source: str) -> Iterator[tuple[int, int]]:
    depth = start = 0
    for token in _TOKEN.finditer(source):
        if len(token[0]) == 1:
            depth += 1 if token[0] == "{" else -1
        elif depth == 0 and (token[0] == "\\\\" or len(token[0]) > 2):
            yield start, token.start()
            start = token.end()
    yield start, len(source)
