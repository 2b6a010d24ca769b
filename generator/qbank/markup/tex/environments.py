r"""The grammar of environments: what stands between \begin and \end, and what may follow a line break."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qbank.markup.tex import nodes, symbols
from qbank.markup.tex.nodes import Node, Row
from qbank.markup.tex.tokens import suggest

if TYPE_CHECKING:
    from qbank.markup.tex.parser import Parser

_ROW_GAP = re.compile(
    r"\*?(?:\[\s*+(?:-?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)\s*+(?:pt|em|ex|mu|mm|cm|in|pc|px)\s*+)?\])?"
)
_PLACE = re.compile(r"\[[tcb]\]")
_COLUMNS = re.compile(r"[clr|\s]+")

_CELL = frozenset({"&", r"\\", r"\end", ""})


def environment(parser: Parser, token: int) -> Node:
    r"""The environment that a \begin opens."""
    name = parser.raw(token)
    end = parser.start(parser.last) + 1
    if name not in symbols.ENVIRONMENTS:
        known = ", ".join(("aligned", "array", "bmatrix", "cases", "gathered", "matrix", "pmatrix"))
        help = suggest(name, symbols.ENVIRONMENTS, f"use one of {known}")
        raise parser.error(f"unknown environment {name}", token, help, end=end)
    parser.ends[token] = end
    whole = name in symbols.WHOLE
    if whole and (len(parser.open) > 1 or token > 0):
        raise parser.error(f"{name} inside a formula", token, _suggest_inner(name))
    columns = _specification(parser, name, token)
    rows, rules = _rows(parser, name, token)
    _end(parser, name, token)
    if whole and parser.next_text:
        raise parser.error(f"something after {name}", parser.at, _suggest_inner(name))
    if name.startswith(("equation", "multline")) and any(len(cells) > 1 for cells in rows):
        raise parser.error(f"{name} has no columns", token, "use aligned")
    if name.startswith("equation") and len(rows) > 1:
        raise parser.error(f"{name} has one line only", token, "use gathered or aligned")
    return nodes.Table(name, rows, columns, rules)


def row_gap(parser: Parser) -> None:
    """The star and the length that may follow a line break directly; paper sets its own distances."""
    if parser.next_text not in ("*", "["):
        return
    match = _ROW_GAP.match(parser.source, parser.start(parser.last) + 2)
    if match is not None:
        parser.skip_to(match.end())
    if parser.next_text == "[" and not parser.is_spaced(parser.at):
        raise parser.error(r"[ after \\ needs a length", parser.at, r"write \\[2pt], or a space before the bracket")


def _specification(parser: Parser, name: str, opener: int) -> str:
    """The `[t]` and `{c|lr}` after the name."""
    called = parser.name(opener)
    if name in symbols.PLACED and parser.next_text == "[":
        place = _PLACE.match(parser.source, parser.start(parser.at))
        if place is None:
            raise parser.error(f"{called} knows the places t, c and b", opener, "write [t] or nothing")
        parser.skip_to(place.end())
    if name not in symbols.SPECIFIED:
        return ""
    columns = parser.raw(opener)
    if name == "array" and not _COLUMNS.fullmatch(columns):
        raise parser.error(f"unknown columns {columns!r}", opener, "columns are made of c, l, r and |")
    if name != "array" and not columns.isdecimal():
        raise parser.error(f"{called} needs the number of column pairs", opener, rf"write \begin{{{name}}}{{2}}")
    return "".join(columns.split())


def _rows(parser: Parser, name: str, opener: int) -> tuple[tuple[tuple[Row, ...], ...], tuple[int, ...]]:
    """The rows of cells up to \\end, which is taken, and the numbers of the rows with a rule above them."""
    rows: list[tuple[Row, ...]] = []
    rules: list[int] = []
    cells: list[Row] = []
    while True:
        if not cells:
            rules += [len(rows)] * _rules(parser, name)
        cells.append(parser.row(_CELL, opener))
        text = parser.take()
        if text == "&":
            continue
        rows.append(tuple(cells))
        cells = []
        if text != r"\\":
            break
        row_gap(parser)
    if rows[-1] == (Row(),):
        rows.pop()
    return tuple(rows), tuple(rules)


def _rules(parser: Parser, name: str) -> bool:
    found = False
    while parser.next_text == r"\hline":
        parser.take()
        if name not in symbols.RULED:
            raise parser.error(f"no \\hline in {name}", parser.last, "use array")
        found = True
    return found


def _end(parser: Parser, name: str, opener: int) -> None:
    r"""The name behind the \end that was taken last."""
    token = parser.last
    called = parser.name(opener)
    if parser.texts[token] != r"\end":
        raise parser.error(f"{called} is never closed", opener, rf"close it with \end{{{name}}}")
    ended = parser.raw(token)
    if ended != name:
        end = parser.start(parser.last) + 1
        raise parser.error(f"{called} is closed by \\end{{{ended}}}", token, rf"write \end{{{name}}}", end=end)


def _suggest_inner(name: str) -> str:
    inner = {"gather": "gathered", "multline": "gathered", "alignat": "alignedat"}.get(name.rstrip("*"), "aligned")
    return f"{name} is for a whole formula: use {inner}"
