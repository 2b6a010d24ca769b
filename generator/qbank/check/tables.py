"""Rules for tables: every cell that is written is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.rules_block.table import escapedSplit

from qbank.bank.model import Text
from qbank.markup.document import ByType, Document
from qbank.problem import Edit, Fault, Fix, rule


def pipes(document: Document) -> list[tuple[int, int]]:
    """(line, column) of the first `|` inside a formula in each row of each table."""
    if "|" not in document.text or "$" not in document.text:
        return []
    lines = document.text.split("\n")
    out = []
    for token in document.tokens:
        if token.type != "table_open":
            continue
        for line in range(*(token.map or [0, 0])):
            parts = re.split(r"(?<!\\)\$", lines[line])
            at = 0
            for n, part in enumerate(parts):
                if n % 2 and n < len(parts) - 1 and "|" in part:
                    out.append((line, at + part.index("|")))
                    break
                at += len(part) + 1
    return out


@rule("text", visits=("table_open",), guards="rendering")
def pipe_in_table_math(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    r"""In a table, `|` ends the cell even inside a formula, and `\|` silently loses its backslash."""
    starts = [0, *(m.end() for m in re.finditer("\n", document.text))]
    for line, column in pipes(document):
        yield Fault(
            text.place(starts[line] + column, starts[line] + column + 1),
            "a | inside a formula ends the table's cell",
            r"write \lvert x\rvert, \lVert x\rVert or \mid",
        )


@rule("text", visits=("table_open",))
def table_cells(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """Every row of a table has as many cells as its head; Markdown drops the cells that are too many."""
    lines = document.text.split("\n")
    starts = [0, *(m.end() for m in re.finditer("\n", document.text))]
    broken = {line for line, _ in pipes(document)}
    for each in found.get("table_open", ()):
        first, last = each.token.map or [0, 0]
        width = _cells(lines[first])
        for line in range(first + 2, last):
            count = _cells(lines[line])
            if count != width and line not in broken:
                yield Fault(
                    text.place(starts[line], starts[line] + len(lines[line])),
                    f"this row has {count} cells and the head of the table {width}",
                    r"give each row as many cells as the head; a | inside a cell is written \|",
                )


# The signs of lists and quotations before a row.
_HOLDERS = re.compile(r"^[\s>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*")


def _cells(line: str) -> int:
    return len(escapedSplit(_HOLDERS.sub("", line).strip().removeprefix("|").removesuffix("|")))


_ROWS = re.compile(r"\|[^|\n]*\n[^|\n]*\||^[^\t\n]+\t[^\t\n]|^\+[-=]+\+", re.MULTILINE)
_DASHES = re.compile(r"[\s|:]*+-[\s|:-]*+")
_GRID = re.compile(r"\+(?:[-=]+\+)+")
_TYPED_DASHES = re.compile(r"[\s|:-]*+[–—−][\s|:–—−-]*+")


def _perhaps_rows(text: str) -> object:
    return ("|" in text or "\t" in text or "+-" in text) and _ROWS.search(text)


@rule("text", visits=("softbreak", "hardbreak", "table_open"), when=_perhaps_rows)
def broken_table(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """A table has a row of dashes below its head, `|---|---|`, with as many cells; without it, it is running text."""
    if "table_open" in found.kinds:
        yield from _cut_off(text, document)
    if "\t" in text:
        yield from _tabbed(text, document)
    written = [
        token
        for token in document.tokens
        if token.type == "inline" and "\n" in token.content and _ROWS.search(token.content)
    ]
    starts = [0, *(m.end() for m in re.finditer("\n", document.text))] if written else []
    prose = document.prose.split("\n") if written else []
    for token in written:
        rows = token.content.split("\n")
        first, last = token.map or (0, 0)
        grid = _GRID.fullmatch(rows[0].strip()) is not None
        if not (grid or _framed(rows[:2]) or _divided(prose[first:last])):
            continue
        head = document.text.index(rows[0], starts[first])
        dashed = _DASHES.fullmatch(rows[1]) is not None
        width = _cells(rows[0])
        fix = None
        if not dashed and _framed(rows) and all(_cells(row) == width for row in rows):
            begin = document.text.index("|", starts[first + 1])
            margin = document.text[starts[first + 1] : begin]
            fix = Fix((Edit(text.place(begin, begin), f"|{'---|' * width}\n{margin}"),), safe=True)
            if _TYPED_DASHES.fullmatch(rows[1]):
                fix = Fix((Edit(text.place(begin, begin + len(rows[1].strip())), f"|{'---|' * width}"),), safe=True)
        if grid:
            message = "this is no table for Markdown, which shows its lines as running text"
            yield Fault(text.place(head, head + len(rows[0])), message, "write | a | b |, and |---|---| below the head")
            continue
        yield Fault(
            text.place(head, head + len(rows[0])),
            f"this head of a table has {width} cells and the row of dashes below it {_cells(rows[1])}"
            if dashed
            else "this is no table for Markdown, which shows its lines as running text",
            f"write |{'---|' * width} below the head",
            fix,
        )


def _cut_off(text: Text, document: Document) -> Iterator[Fault]:
    """Rows behind an empty line, which ended their table."""
    starts: list[int] = []
    for closed, _, block in zip(document.tokens, document.tokens[1:], document.tokens[2:], strict=False):
        if closed.type == "table_close" and block.type == "inline" and _framed(block.content.split("\n")[:1]):
            row = block.content.split("\n")[0]
            starts = starts or [0, *(m.end() for m in re.finditer("\n", document.text))]
            start = document.text.index(row, starts[(block.map or [0])[0]])
            message = "the empty line before this row ended the table, so it is running text"
            yield Fault(text.place(start, start + len(row)), message, "delete the empty line")


def _tabbed(text: Text, document: Document) -> Iterator[Fault]:
    """Rows as a spreadsheet copies them, with tabs between their cells."""
    starts = [0, *(m.end() for m in re.finditer("\n", document.text))] if "\t" in document.text else []
    lines = document.text.split("\n")
    for token in document.tokens if starts else ():
        if token.type == "paragraph_open" and token.map:
            first, last = token.map
            counts = {len(re.findall(r"(?<=[^\s])\t+(?=\S)", line)) for line in lines[first:last]}
            if last - first > 1 and len(counts) == 1 and (width := counts.pop()):
                yield Fault(
                    text.place(starts[first], starts[first] + len(lines[first])),
                    "tabs part no cells for Markdown, which shows these lines as running text",
                    f"write | around every cell, and |{'---|' * (width + 1)} below the first line",
                )


def _framed(rows: list[str]) -> bool:
    """Whether lines begin and end like rows of a table."""
    return all(len(row.strip()) > 2 and row.strip()[0] == row.strip()[-1] == "|" for row in rows)


def _divided(lines: list[str]) -> bool:
    """Whether all lines of a paragraph have as many dividers, outside of formulas and code, and more than by chance."""
    counts = {len(re.findall(r"(?<!\S)\|(?!\S)", line)) for line in lines}
    return len(counts) == 1 and counts.pop() * len(lines) > 2


RULES = (pipe_in_table_math, table_cells, broken_table)
