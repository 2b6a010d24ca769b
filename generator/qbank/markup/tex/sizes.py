r"""How small the letters of a formula get.

TeX sets formulas in four styles, display, text, script and script of a script (The TeXbook, chapter 17): indices are a
style smaller than their base, and the parts of a fraction than the fraction. The Typst writer sets them alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

from qbank.markup.tex import nodes, symbols
from qbank.markup.tex.nodes import Formula, Node


class Style(IntEnum):
    """The styles, the largest first."""

    DISPLAY = 0
    TEXT = 1
    SCRIPT = 2
    FINEST = 3

    @property
    def of_parts(self) -> Style:
        """The style of what stands in a fraction of this style, or in a cell of a matrix."""
        return Style(min(self + 1, Style.FINEST))

    @property
    def of_scripts(self) -> Style:
        """The style of an index to what has this style."""
        return Style.SCRIPT if self < Style.SCRIPT else Style.FINEST


_NAMED = {
    "display": Style.DISPLAY,
    "inline": Style.TEXT,
    "continued": Style.DISPLAY,
    "script": Style.SCRIPT,
    "sscript": Style.FINEST,
}


def is_fine(formula: Formula, *, display: bool) -> bool:
    """Whether something in a formula, on a line of its own or else in a line of text, has the smallest style."""
    return _is_fine(formula.body, Style.DISPLAY if display else Style.TEXT)


def _is_fine(node: Node, style: Style) -> bool:
    parts = list(_parts(node, style))
    if not parts:
        return style is Style.FINEST and node != nodes.Row()
    return any(part is not None and _is_fine(part, within) for part, within in parts)


def _parts(node: Node, style: Style) -> Iterator[tuple[Node | None, Style]]:
    """What a part of a formula is made of, each with its style."""
    match node:
        case nodes.Row(items):
            yield from ((item, style) for item in items)
        case nodes.Scripts(base, sub, sup, primes):
            prime = nodes.Symbol("′") if primes else None
            yield from ((base, style), *((part, style.of_scripts) for part in (sub, sup, prime)))
        case nodes.Fraction(above, below, named) | nodes.Binomial(above, below, named):
            own = _NAMED.get(named, style)
            within = own if named == "continued" else own.of_parts
            yield from ((above, within), (below, within))
        case nodes.Root(body, index):
            yield from ((body, style), (index, Style.FINEST))
        case nodes.Stack(base, above, below):
            yield from ((base, style), (above, style.of_scripts), (below, style.of_scripts))
        case nodes.Arrow(_, above, below):
            yield from ((above, style.of_scripts), (below, style.of_scripts))
        case nodes.Text(_, parts):
            yield from ((part, style) if isinstance(part, Node) else (nodes.Symbol(part), style) for part in parts)
        case nodes.Styled(body, named):
            yield body, _NAMED[named]
        case nodes.Lines(rows):
            yield from ((row, style if style >= Style.SCRIPT else Style.FINEST) for row in rows)
        case nodes.Table(environment, rows):
            within = _of_cells(environment, style)
            yield from ((cell, within) for row in rows for cell in row)
        case nodes.Limits(inner, _):
            yield inner, style
        case nodes.Tag(text):
            yield text, style
        case (
            nodes.Group(body)
            | nodes.Accent(body, _)
            | nodes.Decorated(body, _)
            | nodes.Brace(body, _)
            | nodes.Fenced(_, body, _)
            | nodes.Font(body, _)
            | nodes.Classed(body, _)
            | nodes.Colored(body, _)
            | nodes.Modulus(body)
        ):
            yield body, style


def _of_cells(environment: str, style: Style) -> Style:
    if environment in symbols.ALIGNED or environment in symbols.GATHERED or environment == "dcases":
        return Style.DISPLAY
    return Style.FINEST if environment == "smallmatrix" else style.of_parts
