r"""A tree -> presentation MathML, for browsers and electronic books.

What is written is MathML Core (https://www.w3.org/TR/mathml-core/), all that browsers know: so letters of a font are
characters of Unicode, colors stand in `mathcolor`, and what Core has no element for, a frame or the alignment of cells,
are classes that `elements.STYLE` defines. Gaps are those of TeX (`atoms.py`); where the operator dictionary of MathML
has the same, nothing is said of them. The style that TeX would set a part in decides on gaps and limits, so it is
followed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

from qbank.markup.tex import nodes, symbols
from qbank.markup.tex.alphabets import lettered
from qbank.markup.tex.atoms import MEDIUM, THICK, THIN, atoms
from qbank.markup.tex.elements import NAMESPACE, classed, element, group, space, words
from qbank.markup.tex.nodes import Formula, Node, Row
from qbank.markup.tex.plain import to_plain

# TeX's styles: each is smaller than the one before.
_DISPLAY, _TEXT, _SCRIPT, _SCRIPT_SCRIPT = range(4)
_LEVELS = {"display": _DISPLAY, "inline": _TEXT, "script": _SCRIPT, "sscript": _SCRIPT_SCRIPT}

_SPACES = {
    "thin": THIN, "medium": MEDIUM, "thick": THICK, "word": 0.25, "en": 0.5, "quad": 1.0, "double quad": 2.0,
}  # fmt: skip
#: Spaces that keep formulas apart.
_WIDE = frozenset({"quad", "double quad"})
#: What MathML's operator dictionary sets around a sign between operands, where that is the gap of TeX.
DICTIONARY = {
    **dict.fromkeys("=≠<>≤≥≈≡∼≅∝∈∉∋⊂⊆⊃⊇→←↔⇒⇐⇔⟹⟸⟺⟶↦≔⪯⪰≪≫⊥⟂⊨", (THICK, THICK)),
    **dict.fromkeys("+−±", (MEDIUM, MEDIUM)),
    **dict.fromkeys(",;", (0.0, THIN)),
}
#: Signs that MathML would set as another thing at the beginning of a row.
_PREFIXES = frozenset("+−±∓")
#: Signs that MathML would let grow with what stands beside them.
_GROWING = frozenset("()[]{}|‖∣∥⟨⟩⌊⌋⌈⌉⌜⌝/\\↑↓↕⇑⇓⇕↿↾⇈⇊")
_UPRIGHT = frozenset("ΓΔΘΛΞΠΣΥΦΨΩ∇")
_LARGE = frozenset(symbols.LARGE.values())
_INTEGRALS = frozenset("∫∬∭∮")
_SIGNS = _LARGE | frozenset({*symbols.BINARY.values(), *symbols.RELATIONS.values(), *symbols.ARROWS.values()})
_SIGNS |= frozenset("+−=<>()[]{},;!?")
#: Accents as characters of their own, and those that are made for several letters.
_ACCENTS = {
    "\u0302": "ˆ", "\u0303": "˜", "\u0304": "¯", "\u0307": "˙", "\u0308": "¨", "\u20d7": "→", "\u20d6": "←",
    "\u030c": "ˇ", "\u0306": "˘", "\u0301": "´", "\u0300": "`", "\u030a": "˚",
}  # fmt: skip
_WIDE_ACCENTS = {**_ACCENTS, "\u0302": "^", "\u0303": "~"}
_BRACES = {"underbrace": "⏟", "overbrace": "⏞"}
_MIRRORED = {"(": ")", "[": "]", "{": "}"}


class _Style(NamedTuple):
    """What a part is set in: TeX's style, and the font of its letters."""

    level: int
    font: str = ""

    @property
    def script(self) -> _Style:
        """That of a script."""
        return self.at(_SCRIPT if self.level < _SCRIPT else _SCRIPT_SCRIPT)

    @property
    def half(self) -> _Style:
        """That of a side of a fraction."""
        return self.at(min(self.level + 1, _SCRIPT_SCRIPT))

    def at(self, level: int) -> _Style:
        """That of a level."""
        return self._replace(level=level)


def to_mathml(formula: Formula, *, display: bool, alttext: str | None = None) -> str:
    """The `math` element of a formula: well-formed XML with its namespace. Never fails on what `parse` accepts.

    `alttext` is what a reader shows or says that knows no MathML (https://www.w3.org/TR/MathML3/chapter2.html, 2.2.1).
    """
    body = "".join(_row(formula.body, _Style(_DISPLAY if display else _TEXT)))
    return element("math", body, xmlns=NAMESPACE, display="block" if display else None, alttext=alttext)


def to_mathml_lines(formula: Formula) -> list[str]:
    """A formula of its own as `math` elements, set as in a block but in lines of text, between which a line may break:
    those that stand far apart. They bear what `alttext` is.
    """
    made: list[str] = []
    for wide, items in groupby(formula.body.items, lambda node: isinstance(node, nodes.Space) and node.width in _WIDE):
        if not wide:
            part = Row(tuple(items))
            body = "".join(_row(part, _Style(_DISPLAY)))
            alttext = to_plain(part)
            made.append(element("math", body, xmlns=NAMESPACE, displaystyle="true", alttext=alttext))
    return made


# -- rows


def _styled(content: str, style: _Style, level: int) -> str:
    """A part in a style other than the one around it."""
    if level == style.level:
        return content
    display = "true" if level == _DISPLAY else "false"
    return element("mstyle", content, displaystyle=display, scriptlevel=str(max(0, level - 1)))


def _row(row: Row, style: _Style, *, operand: bool = False) -> list[str]:
    """The elements of a row with the gaps between them. A sign bears the gaps beside it, other parts are kept apart."""
    placed = atoms(row.items, tight=style.level >= _SCRIPT, operand=operand)
    after = [0.0] * (len(placed) + 1)
    for at in range(len(placed) - 1, -1, -1):
        after[at] = after[at + 1] if placed[at].kind == "none" else placed[at].gap
    written: list[str] = []
    owed = after[0]
    for at, (node, kind, _) in enumerate(placed):
        char = _char(node) if kind in ("relation", "binary", "punctuation") else ""
        if char:
            written.append(_sign(char, owed, after[at + 1], first=at == 0))
            owed = 0.0
        elif kind == "none":
            written.append(_write(node, style))
        else:
            written += [space(owed)] * bool(owed) + [_write(node, style)]
            owed = after[at + 1]
    return written


def _char(node: Node) -> str:
    """The sign that a part is."""
    match node:
        case nodes.Symbol(char) | nodes.Classed(nodes.Symbol(char)):
            return char
        case nodes.Negated(char):
            return unicodedata.normalize("NFC", f"{char}\u0338")
        case nodes.Modulus(None):
            return "mod"
        case _:
            return ""


def _sign(char: str, left: float = 0.0, right: float = 0.0, *, first: bool = False) -> str:
    """An operator with the gaps beside it, which does not grow with what stands around it."""
    signs = escape(char, quote=False)
    if DICTIONARY.get(char) == (left, right) and not (first and char in _PREFIXES):
        return f"<mo>{signs}</mo>"
    if not left and not right and char in _PREFIXES:
        return f'<mo form="prefix">{signs}</mo>'
    stretchy = "false" if char in _GROWING else None
    if not left and not right and char in "()[]{}":
        return element("mo", signs, stretchy=stretchy)
    return element("mo", signs, stretchy=stretchy, lspace=left, rspace=right)


def _write(node: Node, style: _Style) -> str:
    """The one element of a part."""
    match node:
        case nodes.Symbol(char):
            return _symbol(char, style)
        case nodes.Row():
            return group(_row(node, style))
        case nodes.Group(body):
            return group(_row(body, style))
        case nodes.Scripts():
            return _scripts(node, style)
        case nodes.Number(digits):
            return element("mn", lettered(digits, style.font)) if digits != "." else _sign(".")
        case nodes.Space(width):
            return space(_SPACES[width]) if width in _SPACES else classed("mspace", "", "back")
        case nodes.Classed(body, kind):
            return _with_class(body, kind, style)
        case nodes.Operator(name):
            return element("mi", words(name), mathvariant="normal" if len(name) == 1 else None)
        case nodes.Text():
            return _text(node, style)
        case nodes.Font(body, font):
            return _font(body, style._replace(font=font))
        case nodes.Fraction(above, below, kind):
            return _fraction(above, below, kind, style)
        case nodes.Accent(body, mark):
            return _accent(body, mark, style)
        case nodes.Fenced(left, body, right):
            return _fenced(left, _row(body, style), right)
        case nodes.Table():
            return _table(node, style)
        case _:
            return _rare(node, style)


def _rare(node: Node, style: _Style) -> str:
    match node:
        case nodes.Binomial(above, below, kind):
            level = _LEVELS.get(kind, style.level)
            sides = "".join(_write(side, style.at(level).half) for side in (above, below))
            fraction = element("mfrac", sides, linethickness="0")
            return _styled(_fenced("(", [fraction], ")"), style, level)
        case nodes.Root(body, None):
            return element("msqrt", "".join(_row_of(body, style)))
        case nodes.Root(body, index):
            return element("mroot", _write(body, style) + _write(index or Row(), style.at(_SCRIPT_SCRIPT)))
        case nodes.Decorated(body, "phantom"):
            return element("mphantom", "".join(_row_of(body, style)))
        case nodes.Decorated(body, "boxed"):
            return classed("mrow", _styled(_write(body, style.at(_DISPLAY)), style, _DISPLAY), "boxed")
        case nodes.Decorated(body, kind):
            return classed("mrow", _write(body, style), kind.removesuffix("line"))
        case nodes.Brace(body, kind):
            brace = element("mo", _BRACES[kind], stretchy="true")
            return element("munder" if kind == "underbrace" else "mover", _write(body, style) + brace)
        case nodes.Limits(base):
            return _write(base, style)
        case nodes.Stack(base, above, below):
            return _stack(_write(base, style), below, above, style)
        case nodes.Arrow(char, above, below):
            return _stack(element("mo", char, stretchy="true"), below, above, style, padding=0.4)
        case nodes.Middle(delimiter):
            return _delimiter(delimiter) or "<mrow/>"
        case nodes.Big(delimiter, height, kind):
            return _delimiter(delimiter, minsize=height, maxsize=height) or "<mrow/>"
        case nodes.Styled(body, name):
            level = _LEVELS[name]
            return _styled(group(_row(body, style.at(level))), style, level)
        case nodes.Colored(body, color):
            return element("mrow", "".join(_row_of(body, style)), mathcolor=color)
        case nodes.Negated() | nodes.Modulus(None):
            return _sign(_char(node))
        case nodes.Modulus(Node() as body):
            return group([space(1.0), _sign("("), "<mi>mod</mi>", space(THICK), _write(body, style), _sign(")")])
        case nodes.Tag(text, parentheses):
            whole = nodes.Text(text.font, ("(", *text.parts, ")")) if parentheses else text
            return group([space(2.0), _text(whole, style)])
        case nodes.Lines(rows):
            return _mtable(((group(_row(row, style)),) for row in rows), "small")
        case _:
            raise TypeError(f"no MathML for {node!r}")


def _row_of(node: Node, style: _Style) -> list[str]:
    """The elements of a part, for an element that takes a row."""
    return _row(node, style) if isinstance(node, Row) else [_write(node, style)]


# -- letters, signs and text


def _symbol(char: str, style: _Style) -> str:
    return _sign(char) if char in _SIGNS else _letters(char, style.font)


def _letters(text: str, font: str) -> str:
    """A letter, or a word of letters, in a font. MathML slants what stands alone."""
    made = lettered(text, font)
    upright = len(made) == 1 and (made in _UPRIGHT or (font == "roman" and made.isalpha()))
    return element("mi", escape(made, quote=False), mathvariant="normal" if upright else None)


def _font(body: Node, style: _Style) -> str:
    """A part in a font; the letters of a word stand together."""
    items = body.items if isinstance(body, Row) else (body,)
    letters = [item.char for item in items if isinstance(item, nodes.Symbol) and item.char.isalpha()]
    if len(letters) == len(items) > 1:
        return _letters("".join(letters), style.font)
    return _write(body, style)


def _text(text: nodes.Text, style: _Style) -> str:
    kinds = [text.font] if text.font in ("bold", "italic", "sans", "mono") else []
    parts = [
        classed("mtext", words(part), *kinds) if isinstance(part, str) else _write(part, style._replace(font=""))
        for part in text.parts
    ]
    return group(parts)


def _with_class(body: Node, kind: str, style: _Style) -> str:
    """A part whose gaps, which a row adds, are those of a class; alone it has none."""
    if isinstance(body, nodes.Symbol):
        return _sign(body.char)
    return _write(body, style)


# -- scripts, and what stands above and below


def _scripts(node: nodes.Scripts, style: _Style) -> str:
    base, sub = node.base, node.sub
    small = style.script
    above = [element("mi", "′" * node.primes)] if node.primes else []
    above += [_write(node.sup, small)] if node.sup is not None else []
    sup = group(above) if above else None
    below = _write(sub, small) if sub is not None else None
    return _attached(_base(base, style), below, sup, stacked=_is_stacked(base, style))


def _base(base: Node, style: _Style) -> str:
    """What scripts are attached to. An operator whose scripts are stacked by hand keeps them so in a line of text."""
    if isinstance(base, nodes.Limits) and base.stacked and _char(base.base) in _LARGE and style.level != _DISPLAY:
        return element("mo", _char(base.base), movablelimits="false", lspace=0.0, rspace=0.0)
    return _write(base, style)


def _is_stacked(base: Node, style: _Style) -> bool:
    """Whether scripts stand below and above instead of behind."""
    match base:
        case nodes.Limits(_, stacked):
            return stacked
        case nodes.Brace():
            return True
        case nodes.Operator(_, limits):
            return limits and style.level == _DISPLAY
        case nodes.Symbol(char):
            return char in _LARGE and char not in _INTEGRALS and style.level == _DISPLAY
        case nodes.Classed(_, "large"):
            return style.level == _DISPLAY
        case _:
            return False


def _attached(base: str, below: str | None, above: str | None, *, stacked: bool) -> str:
    names = ("munderover", "munder", "mover") if stacked else ("msubsup", "msub", "msup")
    if below is None and above is None:
        return base
    name = names[0] if below and above else names[1] if below else names[2]
    return element(name, f"{base}{below or ''}{above or ''}")


def _stack(base: str, below: Node | None, above: Node | None, style: _Style, padding: float = 0.0) -> str:
    """Something small above or below a base, with some room at its sides."""

    def label(node: Node | None) -> str | None:
        if node is None:
            return None
        room = [space(padding)] * bool(padding)
        return group([*room, *_row_of(node, style.script), *room])

    return _attached(base, label(below), label(above), stacked=True)


def _accent(body: Node, mark: str, style: _Style) -> str:
    """An accent, which grows over more than one letter."""
    inner = _write(body, style)
    if inner.count("<") > 2:
        sign = element("mo", _WIDE_ACCENTS[mark], stretchy="true")
    elif mark in "\u20d7\u20d6":
        sign = classed("mo", _ACCENTS[mark], "vector")
    else:
        sign = element("mo", _ACCENTS[mark], stretchy="false")
    return element("mover", inner + sign, accent="true")


# -- delimiters


def _delimiter(char: str, form: str | None = None, **size: float) -> str:
    """A delimiter that grows: with what stands around it, or to a size."""
    if not char:
        return ""
    return element(
        "mo", escape(char, quote=False), form=form, stretchy="true", symmetric="true", lspace=0.0, rspace=0.0, **size
    )


def _fenced(left: str, body: Sequence[str], right: str) -> str:
    return element("mrow", _fence(left, "prefix") + "".join(body) + _fence(right, "postfix"))


def _fence(char: str, form: str) -> str:
    """A delimiter at an end of what it grows with, where the operator dictionary lets brackets grow anyway."""
    return element("mo", char, form=form) if char and char in "()[]{}" else _delimiter(char, form)


def _fraction(above: Node, below: Node, kind: str, style: _Style) -> str:
    level = _DISPLAY if kind == "continued" else _LEVELS.get(kind, style.level)
    outer = style.at(level)
    if kind == "continued":
        sides = [_styled(_write(side, outer), outer.half, _DISPLAY) for side in (above, below)]
    else:
        sides = [_write(side, outer.half) for side in (above, below)]
    return _styled(element("mfrac", "".join(sides)), style, level)


# -- environments


def _table(table: nodes.Table, style: _Style) -> str:
    name = table.environment
    if name in symbols.ALIGNED or name in symbols.GATHERED:
        cells = style.at(_DISPLAY)
        rows = [[group(_row(cell, cells, operand=at % 2 == 1)) for at, cell in enumerate(row)] for row in table.rows]
        return _mtable(rows, "aligned" if name in symbols.ALIGNED else "", displaystyle="true")
    if name in symbols.CASES:
        cells = style.at(_DISPLAY if name == "dcases" else _TEXT)
        made = _mtable(_cells(table, cells), "cases", displaystyle="true" if name == "dcases" else None)
        return _fenced("", [made], "}") if name == "rcases" else _fenced("{", [made], "")
    if name == "smallmatrix":
        return _styled(_mtable(_cells(table, style.at(_SCRIPT)), "small"), style, _SCRIPT)
    made = _mtable(_cells(table, style.at(max(style.level, _TEXT))), "", sides=_sides(table))
    left = symbols.MATRICES.get(name, "")
    return _fenced(left, [made], _MIRRORED.get(left, left)) if left else made


def _cells(table: nodes.Table, style: _Style) -> list[list[str]]:
    return [[group(_row(cell, style)) for cell in row] for row in table.rows]


def _mtable(
    rows: Iterable[Iterable[str]],
    kind: str,
    displaystyle: str | None = None,
    sides: Callable[[int, int], list[str]] = lambda row, column: [],
) -> str:
    """A table; `sides` gives the classes of a cell: its alignment, and the lines around it."""
    content = "".join(
        element("mtr", "".join(classed("mtd", cell, *sides(n, at)) for at, cell in enumerate(row)))
        for n, row in enumerate(rows)
    )
    attributes = {"class": f"tex-{kind}"} if kind else {}
    return element("mtable", content, displaystyle=displaystyle, **attributes)


def _sides(table: nodes.Table) -> Callable[[int, int], list[str]]:
    """The alignment of the columns of an array, and its lines between and around rows and columns."""
    columns = table.columns.replace("|", "")
    down = {len(table.columns[:at].replace("|", "")) for at, char in enumerate(table.columns) if char == "|"}

    def classes(row: int, column: int) -> list[str]:
        aligned = {"l": ["left"], "r": ["right"]}.get(columns[column : column + 1], [])
        above = ["rule-above"] * (row in table.rules)
        below = ["rule-below"] * (row + 1 == len(table.rows) and row + 1 in table.rules)
        left = ["rule-left"] * (column in down)
        right = ["rule-right"] * (column + 1 == len(columns) and column + 1 in down)
        return [*aligned, *above, *below, *left, *right]

    return classes
