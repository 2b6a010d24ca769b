"""Files of YAML in all the ways in which people write it, for tests that take any."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import strategies as st

from qbank.source.nodes import Mapping, Node, Scalar, Sequence
from qbank.source.reader import parse

#: What YAML, Markdown and TeX take for signs of their own, and what takes more than one byte.
SIGNS = "ab  '\"\\#:-,[]{}|>&*!%@`.$\t\u00e9\U0001f600"
_ESCAPES = ("\\\\", "\\n", "\\x41", "\\u00e9", "\\U0001f600", "\\\n   ", "\\t", "\\ ")


def values(node: Node, pointer: str = "") -> Iterator[tuple[str, Scalar]]:
    """The values of a file with their pointers."""
    if isinstance(node, Scalar):
        yield pointer, node
    elif isinstance(node, Sequence):
        for n, item in enumerate(node.items):
            yield from values(item, f"{pointer}/{n}")
    elif isinstance(node, Mapping):
        for key, (_, value) in node.entries.items():
            yield from values(value, f"{pointer}/{key}")


@st.composite
def files(draw: st.DrawFn) -> str:
    """Files that can be read: mappings and lists, blocks and brackets, with all styles of values."""
    out = []
    for key in draw(st.lists(st.sampled_from("abcd"), min_size=1, max_size=3, unique=True)):
        kind = draw(st.sampled_from(["value", "list", "brackets"]))
        if kind == "value":
            out.append(f"{key}: {draw(_blocks(2))}")
        elif kind == "list":
            out.append(f"{key}:\n  - x: {draw(_blocks(6))}\n    y: {draw(_lines(6))} # why\n  - {draw(_blocks(4))}")
        else:
            out.append(f"{key}: {{x: {draw(_lines(2))}, y: [z, {draw(_lines(2))}]}}")
    text = "\n".join(out) + draw(st.sampled_from(["", "\n"]))
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


@st.composite
def _lines(draw: st.DrawFn, indent: int) -> str:
    """A plain or quoted value, of one or more lines."""
    style = draw(st.sampled_from(["", "'", '"']))
    rows = draw(st.lists(st.text(SIGNS, max_size=8), min_size=1, max_size=4))
    text = f"\n{' ' * indent}".join(rows)
    if style == "'":
        text = text.replace("'", "''")
    elif style == '"':
        text = "".join(draw(st.sampled_from(_ESCAPES)) if c == "\\" else f"\\{c}" if c == '"' else c for c in text)
    written = f"{style}{text}{style}"
    return written if _is_read(f"a: {{b: {written}, c: d}}") else "plain"


@st.composite
def _blocks(draw: st.DrawFn, indent: int) -> str:
    """A literal or folded block, or a value of the other styles."""
    style = draw(st.sampled_from(["", "|", ">"]))
    if not style:
        return draw(_lines(indent))
    rows = draw(st.lists(st.text(SIGNS, max_size=8), min_size=1, max_size=4))
    more = draw(st.integers(0, 2))
    start = " " * (indent + more)
    digit = draw(st.sampled_from(["", str(2 + more)]))
    head = f"{style}{digit}{draw(st.sampled_from(['', '-', '+']))}{draw(st.sampled_from(['', ' # why']))}"
    body = [f"{start}{row}" if row else draw(st.sampled_from(["", start])) for row in rows]
    written = "\n".join([head, *body]) + draw(st.sampled_from(["", "\n", "\n\n"]))
    inside = f"{' ' * (indent - 2)}a: {written}\n{' ' * (indent - 2)}b: c\n"
    return written if _is_read(inside) else "|\n" + " " * indent + "block"


def _is_read(text: str) -> bool:
    return not parse(text.encode(), "x.yaml").problems
