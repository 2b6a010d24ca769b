r"""A tree -> Typst mathematics.

Rules, each one a fault that a converter at hand made:
- symbols are Unicode characters, never names of Typst symbols, which change with its versions;
- every ASCII punctuation character is escaped: nothing can open a call, a code expression, a label or a string;
- text stands in string literals only;
- brackets do not grow in pairs by themselves; only \left .. \right grows;
- a space is written only where two identifiers or two operators would touch: Typst keeps source spaces beside text,
  which therefore is a call behind a `#`, that needs none.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable

from qbank.markup.tex import nodes, symbols
from qbank.markup.tex.nodes import Formula, Node, Row

#: Typst definitions of the names that the output uses beyond Typst's own; a theme must have them in scope. Words in a
#: formula are set like those around it, whose letters are larger than a formula's in the same size.
PRELUDE = """\
#let texsp = h(0.3em)
#let texen = h(0.5em)
#let texneg = h(-0.1667em)
#let texdots = math.class("normal", $. thin . thin .$.body)
#let texhide(body) = hide(body)
#let textext(body) = text(font: ("Roboto", "New Computer Modern Math"), size: 0.93em, body)
#let texbox(body) = box(stroke: 0.5pt, inset: 3pt, { set par(leading: 0pt); $display(body)$ })
#let texbig(kind, size, body) = math.class(kind, math.stretch(body, size: size))
"""

# fmt: off
_SPACES = {
    "thin": "thin", "medium": "med", "thick": "thick", "word": "texsp", "en": "texen", "quad": "quad",
    "double quad": "wide", "negative": "texneg",
}
_FONTS = {
    "bold": "bold(upright({}))", "roman": "upright({})", "italic": "italic({})", "blackboard": "bb({})",
    "calligraphic": "cal({})", "script": "scr({})", "fraktur": "frak({})", "sans": "upright(sans({}))",
    "mono": "upright(mono({}))", "bold symbol": "bold({})",
}
_WORD_FONTS = frozenset({"bold", "roman", "italic", "sans", "mono"})
_TEXT_FONTS = {
    "": "#textext({})", "roman": "upright({})", "bold": "bold({})", "italic": "italic({})", "sans": "sans({})",
    "mono": "mono({})",
}
_DECORATIONS = {
    "overline": "overline({})", "underline": "underline({})", "boxed": "texbox({})", "phantom": "texhide({})",
    "cancel": "cancel({})",
}
# fmt: on
_ALIGNMENTS = {"l": "left", "r": "right", "c": "center"}
_STYLES = {"": "{}", "display": "display({})", "inline": "inline({})"}

#: In LaTeX and MathJax only \boldsymbol changes small Greek letters; as italic characters they withstand Typst's fonts.
_FIXED_GREEK = str.maketrans("αβγδεζηθικλμνξοπρςστυφχψωϵϑϰϕϱϖ", "𝛼𝛽𝛾𝛿𝜀𝜁𝜂𝜃𝜄𝜅𝜆𝜇𝜈𝜉𝜊𝜋𝜌𝜍𝜎𝜏𝜐𝜑𝜒𝜓𝜔𝜖𝜗𝜘𝜙𝜚𝜛")

_ORDINARY_WHEN_BRACED = frozenset(
    {*symbols.RELATIONS.values(), *symbols.ARROWS.values(), *symbols.BINARY.values(), *"+−=<>,;"}
)
_NEGATIVE = nodes.Space("negative")
_DOTS = nodes.Symbol("…")
_COMMA = nodes.Symbol(",")
_SINGLE = _ORDINARY_WHEN_BRACED | frozenset(string.ascii_letters) | frozenset(symbols.LOWER_GREEK.values())


def to_typst(formula: Formula) -> str:
    """Typst code of a formula, to stand between dollars; it needs `PRELUDE`. Never fails on what `parse` accepts."""
    return _write(formula.body)


def _write(node: Node) -> str:
    match node:
        case nodes.Symbol(char):
            return _escape(char)
        case nodes.Row(items):
            return _row(items)
        case nodes.Scripts():
            return _scripts(node)
        case nodes.Number(digits):
            return digits
        case nodes.Group(body):
            return _group(body)
        case nodes.Space(width):
            return _SPACES[width]
        case nodes.Classed(body, kind):
            return f'class("{kind}", {_filled(body)})'
        case nodes.Operator(name, limits):
            return f"op({_string(name)}{', limits: #true' if limits else ''})"
        case nodes.Text():
            return _text(node)
        case nodes.Font(body, font):
            return _font(body, font)
        case nodes.Fraction(above, below, style):
            return _fraction(_filled(above), _filled(below), style)
        case nodes.Accent(body, mark):
            return f'accent({_filled(body)}, "\\u{{{ord(mark):x}}}")'
        case nodes.Fenced(left, body, right):
            return f"lr({_join((_escape(left), _write(body), _escape(right)))})"
        case nodes.Table():
            return _table(node)
        case _:
            return _rare(node)


def _rare(node: Node) -> str:
    match node:
        case nodes.Binomial(above, below, style):
            return _STYLES[style].format(f"binom({_filled(above)}, {_filled(below)})")
        case nodes.Root(body, index):
            return f"sqrt({_filled(body)})" if index is None else f"root({_filled(index)}, {_filled(body)})"
        case nodes.Decorated(body, kind):
            return _DECORATIONS[kind].format(_filled(body))
        case nodes.Brace(body, kind):
            return f"{kind}({_filled(body)})"
        case nodes.Limits(base, stacked):
            return f"{'limits' if stacked else 'scripts'}({_filled(base)})"
        case nodes.Stack(base, above, below):
            return _stack(f"limits({_filled(base)})", above, below)
        case nodes.Arrow(char, above, below):
            return _stack(f"limits(stretch({char}, size: #(100% + 0.8em)))", above, below)
        case nodes.Middle(delimiter):
            return f"mid({_escape(delimiter)})" if delimiter else ""
        case nodes.Big(delimiter, height, kind):
            return f'texbig("{kind}", #{height}em, {_escape(delimiter)})' if delimiter else ""
        case nodes.Styled(body, style):
            return f"{style}({_filled(body)})"
        case nodes.Colored(body, color):
            fill = f'rgb("{color}")' if color.startswith("#") else color
            return f"text(fill: #{fill}, {_filled(body)})"
        case nodes.Negated(char):
            negated = unicodedata.normalize("NFC", char + "\u0338")
            return negated if len(negated) == 1 else f"cancel({_escape(char)})"
        case nodes.Modulus(body):
            return 'class("binary", "mod")' if body is None else rf'quad\("mod"thin {_filled(body)}\)'
        case nodes.Tag(text, parentheses):
            return rf"wide\({_write(text)}\)" if parentheses else f"wide {_write(text)}"
        case nodes.Lines(rows):
            return f"inline(script({_mat('row-gap: #0.15em', ([_write(row)] for row in rows))}))"
        case _:
            raise TypeError(f"no Typst for {node!r}")


# -- characters and rows


def _escape(char: str) -> str:
    """A character as itself: no markup, and no bracket that would grow with another."""
    if not char or char in "+=<>" or (char.isascii() and char.isalnum()):
        return char
    if char == "…":
        return "texdots"
    return f"\\{char}" if char.isascii() or char in "⟨⟩⌊⌋⌈⌉⌜⌝√" else char


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _touch(left: str, right: str) -> bool:
    return (_in_word(left) and _in_word(right)) or (left in "+=<>" and right in "+=<>")


def _in_word(char: str) -> bool:
    return char == "." or char.isalnum() or f"a{char}".isidentifier()


def _join(parts: Iterable[str]) -> str:
    joined: list[str] = []
    last = ""
    for part in parts:
        if not part:
            continue
        if last and _touch(last, part[0]):
            joined.append(" ")
        joined.append(part)
        last = part[-1]
    return "".join(joined)


def _row(items: tuple[Node, ...]) -> str:
    return _join(_item(item, following) for item, following in zip(items, (*items[1:], None), strict=False))


def _item(item: Node, following: Node | None) -> str:
    r"""A part of a row. Typst sets no space before a \left for \! to take away, and none between dots and a comma."""
    if item == _NEGATIVE and _is_fenced(following):
        return ""
    return "texdots thin" if item == _DOTS and following == _COMMA else _write(item)


def _is_fenced(node: Node | None) -> bool:
    return isinstance(node.base if isinstance(node, nodes.Scripts) else node, nodes.Fenced)


def _filled(node: Node) -> str:
    """As an argument or a cell, which must not be empty."""
    return _write(node) or '""'


def _group(body: Row) -> str:
    r"""Braces; a relation or an operator alone in them gets no space around it, as in `1{,}000`."""
    written = _write(body)
    return f'class("normal", {written})' if _is_symbol(body, _ORDINARY_WHEN_BRACED) else written


def _is_symbol(body: Row, chars: frozenset[str]) -> bool:
    match body.items:
        case (nodes.Symbol(char),):
            return char in chars
        case _:
            return False


# -- scripts


def _scripts(node: nodes.Scripts) -> str:
    base, sub, sup = node.base, _script(node.sub), _script(node.sup)
    if isinstance(base, nodes.Brace) and (sub if base.kind == "underbrace" else sup):
        label, mark, other = (sub, "^", sup) if base.kind == "underbrace" else (sup, "_", sub)
        braced = f"{base.kind}({_filled(base.body)}, {label})"
        return f"limits({braced}){mark}({other})" if other else braced
    written = _filled(base)
    primes = "′" * node.primes
    if _is_compound(base):
        sup = " ".join(filter(None, (primes, sup)))
        return f"attach({written}{f', tr: {sup}' if sup else ''}{f', br: {sub}' if sub else ''})"
    if primes and not sup and re.fullmatch(r"\w|.*\)", written):
        written += "'" * node.primes
    elif primes:
        sup = " ".join(filter(None, (primes, sup)))
    return written + (f"_({sub})" if sub else "") + (f"^({sup})" if sup else "")


def _script(node: Node | None) -> str:
    match node:
        case None:
            return ""
        case nodes.Row((nodes.Lines(rows),)):
            return r" \ ".join(map(_filled, rows))
        case _:
            return _filled(node)


def _is_compound(base: Node) -> bool:
    """Whether scripts belong beside several parts as one."""
    if isinstance(base, nodes.Text):
        return len(base.parts) > 1
    if isinstance(base, nodes.Stack | nodes.Arrow):
        return True
    if not isinstance(base, nodes.Group) or not base.body.items:
        return False
    return not _is_symbol(base.body, _SINGLE)


def _stack(base: str, above: Node | None, below: Node | None) -> str:
    return base + (f"^({_script(above)})" if above else "") + (f"_({_script(below)})" if below else "")


# -- fonts and text


def _font(body: Node, font: str) -> str:
    word = _letters(body) if font in _WORD_FONTS else ""
    if len(word) > 1:
        return _FONTS[font].format(_string(word))
    written = _FONTS[font].format(_filled(body))
    return written if font == "bold symbol" else written.translate(_FIXED_GREEK)


def _letters(body: Node) -> str:
    """The word that a row of plain letters and digits spells, or nothing."""
    letters = []
    for item in body.items if isinstance(body, Row) else ():
        match item:
            case nodes.Symbol(char) if char.isascii() and char.isalpha():
                letters.append(char)
            case nodes.Number(digits) if digits.isdecimal():
                letters.append(digits)
            case _:
                return ""
    return "".join(letters)


def _text(text: nodes.Text) -> str:
    wrap = _TEXT_FONTS[text.font]
    parts = (wrap.format(_string(part)) if isinstance(part, str) else _write(part) for part in text.parts)
    return _join(parts) or '""'


def _fraction(above: str, below: str, style: str) -> str:
    if style == "continued":
        return f"display(frac(display({above}), display({below})))"
    return _STYLES[style].format(f"frac({above}, {below})")


# -- environments


def _table(table: nodes.Table) -> str:
    name = table.environment
    if name in symbols.MATRICES:
        return _matrix(table, symbols.MATRICES[name])
    if name in symbols.CASES:
        return _cases(table)
    if name in symbols.ALIGNED:
        return _mat("row-gap: #0.55em", (["&".join(map(_display, cells))] for cells in _padded(table)))
    if name in symbols.GATHERED:
        return _mat("row-gap: #0.55em", (map(_display, cells) for cells in _padded(table)))
    return _array(table)


def _mat(options: str, rows: Iterable[Iterable[str]], delimiter: str = "") -> str:
    delim = _string(delimiter) if delimiter else "#none"
    cells = "; ".join(", ".join(cell or '""' for cell in row) for row in rows)
    return f"mat(delim: {delim}{f', {options}' if options else ''}, {cells})"


def _padded(table: nodes.Table) -> list[list[str]]:
    """The cells of each row, as many in all rows."""
    width = max(map(len, table.rows), default=0)
    return [[_write(cell) for cell in cells] + [""] * (width - len(cells)) for cells in table.rows]


def _display(cell: str) -> str:
    return cell and f"display({cell})"


def _matrix(table: nodes.Table, delimiter: str) -> str:
    if table.environment == "smallmatrix":
        return f"inline(script({_mat('column-gap: #0.3em, row-gap: #0.15em', _padded(table))}))"
    return _mat(_rules(table, ""), _padded(table), delimiter)


def _cases(table: nodes.Table) -> str:
    rows = _padded(table)
    if table.environment == "dcases":
        rows = [[_display(cell) for cell in cells] for cells in rows]
    cases = _mat("align: #left, column-gap: #1em, row-gap: #0.35em", rows)
    return f"lr({cases}\\}})" if table.environment == "rcases" else f"lr(\\{{{cases})"


def _array(table: nodes.Table) -> str:
    columns = table.columns.replace("|", "")
    rows = _padded(table)
    align = "center"
    if len(set(columns)) == 1:
        align = _ALIGNMENTS[columns[0]]
    else:
        rows = [[_aligned(cell, columns[at : at + 1]) for at, cell in enumerate(cells)] for cells in rows]
    rules = _rules(table, table.columns)
    return _mat(f"align: #{align}, column-gap: #0.8em, row-gap: #0.35em{f', {rules}' if rules else ''}", rows)


def _aligned(cell: str, column: str) -> str:
    """A cell in a column of its own alignment: Typst has one for the whole matrix, and alignment points."""
    return cell and {"l": f"&{cell}", "r": f"{cell}&"}.get(column, cell)


def _rules(table: nodes.Table, columns: str) -> str:
    """The lines between and around rows and columns, as Typst counts them."""
    width = max(map(len, table.rows), default=0)
    places = {len(columns[:at].replace("|", "")) for at, char in enumerate(columns) if char == "|"}
    across = [line for line in sorted(set(table.rules)) if line <= len(table.rows)]
    down = [line for line in sorted(places) if line <= width]
    if not across and not down:
        return ""
    return f"augment: #(hline: {_array_of(across)}, vline: {_array_of(down)}, stroke: 0.5pt)"


def _array_of(numbers: list[int]) -> str:
    return f"({''.join(f'{number},' for number in numbers)})"
