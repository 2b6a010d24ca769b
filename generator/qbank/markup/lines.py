"""Markdown with mathematics -> lines of plain text for a terminal: lists, tables and programs keep their form."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from markdown_it.tree import SyntaxTreeNode

from qbank.markup import plain
from qbank.markup.document import Document

#: The narrowest a text is set, however deep it stands in lists.
_LEAST = 20


def lines(document: Document, width: int) -> list[str]:
    """A text in lines of at most `width` characters, but for programs, tables and long words."""
    return list(_blocks(SyntaxTreeNode(document.tokens).children, width))


def fill(text: str, width: int) -> list[str]:
    """Words in lines of at most `width` characters."""
    return textwrap.wrap(text, max(width, _LEAST), break_long_words=False, break_on_hyphens=False)


def _blocks(nodes: Sequence[SyntaxTreeNode], width: int, *, tight: bool = False) -> Iterator[str]:
    for at, node in enumerate(nodes):
        if at and not tight:
            yield ""
        yield from _block(node, width)


def _block(node: SyntaxTreeNode, width: int) -> Iterator[str]:
    match node.type:
        case "bullet_list" | "ordered_list":
            first = int(node.attrs.get("start", 1))
            tight = all(child.hidden for item in node.children for child in item.children if child.type == "paragraph")
            for at, item in enumerate(node.children):
                mark = "- " if node.type == "bullet_list" else f"{first + at}. "
                if at and not tight:
                    yield ""
                yield from _behind(mark, _blocks(item.children, width - len(mark), tight=tight))
        case "blockquote":
            for line in _blocks(node.children, width - 2):
                yield f"> {line}".rstrip()
        case "table":
            yield from _table(node)
        case "fence" | "code_block" | "html_block":
            yield from (f"    {line}".rstrip() for line in node.content.splitlines())
        case "hr":
            yield "-" * 10
        case _:
            yield from fill(_said(node), width)


def _behind(mark: str, inside: Iterator[str]) -> Iterator[str]:
    """Lines behind a mark, which the first of them bears."""
    yield (mark + next(inside, "")).rstrip()
    yield from ((" " * len(mark) + line).rstrip() for line in inside)


def _said(node: SyntaxTreeNode) -> str:
    """A paragraph, a heading, a cell or a formula on one line."""
    return plain.text(Document("", node.to_tokens()))


def _table(node: SyntaxTreeNode) -> Iterator[str]:
    rows = [row for part in node.children for row in part.children]
    cells = [[_said(cell) for cell in row.children] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    right = ["right" in str(cell.attrs.get("style", "")) for cell in rows[0].children]
    cells.insert(1, ["-" * width for width in widths])
    for row in cells:
        shown = zip(row, widths, right, strict=True)
        yield "  ".join(cell.rjust(n) if to_right else cell.ljust(n) for cell, n, to_right in shown).rstrip()
