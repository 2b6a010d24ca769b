r"""TeX's classes of what stands in a row, and the gaps between them (The TeXbook, chapter 18 and appendix G).

A sign like `+` is an operation between two operands, and a sign of one without a left one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from qbank.markup.tex import nodes, symbols
from qbank.markup.tex.nodes import Node, Row

Class = Literal["ordinary", "large", "binary", "relation", "opening", "closing", "punctuation", "inner", "none"]

THIN, MEDIUM, THICK = 0.1667, 0.2222, 0.2778

_OF_CHARACTERS: dict[str, Class] = {
    **dict.fromkeys(symbols.LARGE.values(), "large"),
    **dict.fromkeys([*symbols.BINARY.values(), *"+−"], "binary"),
    **dict.fromkeys([*symbols.RELATIONS.values(), *symbols.ARROWS.values(), *"=<>"], "relation"),
    **dict.fromkeys("([{", "opening"),
    **dict.fromkeys(")]}!?", "closing"),
    **dict.fromkeys(",;", "punctuation"),
    **dict.fromkeys("…⋯⋮⋱", "inner"),
}
_OF_KINDS: dict[str, Class] = {
    "relation": "relation",
    "binary": "binary",
    "punctuation": "punctuation",
    "opening": "opening",
    "closing": "closing",
    "large": "large",
}
#: The classes after which, and before which, a binary operation lacks an operand.
_NO_LEFT = frozenset({"none", "binary", "large", "relation", "opening", "punctuation"})
_NO_RIGHT = frozenset({"none", "relation", "closing", "punctuation"})

#: The gaps of the TeXbook's table, in em; with a minus those that scripts do without.
_GAPS: dict[tuple[str, str], float] = {
    **dict.fromkeys((("ordinary", "large"), ("large", "ordinary"), ("large", "large")), THIN),
    **dict.fromkeys((("closing", "large"), ("punctuation", "large"), ("inner", "large")), THIN),
    **{(left, "inner"): -THIN for left in ("ordinary", "large", "closing", "inner")},
    **{("inner", right): -THIN for right in ("ordinary", "opening", "punctuation")},
    **{("punctuation", r): -THIN for r in ("ordinary", "relation", "opening", "closing", "punctuation", "inner")},
    **{(left, "binary"): -MEDIUM for left in ("ordinary", "closing", "inner")},
    **{("binary", right): -MEDIUM for right in ("ordinary", "large", "opening", "inner")},
    **{(left, "relation"): -THICK for left in ("ordinary", "large", "closing", "inner")},
    **{("relation", right): -THICK for right in ("ordinary", "large", "opening", "inner")},
}


class Atom(NamedTuple):
    """A part of a row, its class, and the gap in em between the part before it, if there is one, and this."""

    node: Node
    kind: Class
    gap: float


def atoms(items: Sequence[Node], *, tight: bool, operand: bool = False) -> list[Atom]:
    """The parts of a row with the gaps between them.

    `tight` is a row in a script, which does without most gaps; with `operand` something stands before it, as the first
    side of an equation does before the second.
    """
    kinds = _resolved([_kind(item) for item in items], operand=operand)
    made: list[Atom] = []
    before: Class = "ordinary" if operand else "none"
    for item, kind in zip(items, kinds, strict=True):
        gap = _GAPS.get((before, kind), 0.0)
        made.append(Atom(item, kind, abs(gap) if gap > 0 or not tight else 0.0))
        before = before if kind == "none" else kind
    return made


def _resolved(kinds: list[Class], *, operand: bool) -> list[Class]:
    """The same classes, but of operations without two operands that of an ordinary symbol."""
    before: Class = "ordinary" if operand else "none"
    last = -1
    for at, kind in enumerate(kinds):
        if kind == "none":
            continue
        if kind == "binary" and before in _NO_LEFT:
            kind = kinds[at] = "ordinary"
        elif kind in _NO_RIGHT and before == "binary" and last >= 0:
            kinds[last] = "ordinary"
        before, last = kind, at
    if before == "binary" and last >= 0:
        kinds[last] = "ordinary"
    return kinds


def _kind(node: Node) -> Class:
    match node:
        case nodes.Symbol(char):
            return _OF_CHARACTERS.get(char, "ordinary")
        case nodes.Stack(Row((base,))) | nodes.Scripts(base) | nodes.Limits(base):
            return _kind(base)
        case nodes.Classed(_, kind) | nodes.Big(_, _, kind):
            return _OF_KINDS.get(kind, "ordinary")
        case nodes.Operator():
            return "large"
        case nodes.Arrow() | nodes.Negated():
            return "relation"
        case nodes.Fenced():
            return "inner"
        case nodes.Modulus(None):
            return "binary"
        case nodes.Space() | nodes.Modulus() | nodes.Tag():
            return "none"
        case nodes.Styled(body) | nodes.Colored(Row() as body):
            return _kind(body.items[0]) if len(body.items) == 1 else "ordinary"
        case _:
            return "ordinary"
