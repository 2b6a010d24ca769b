"""A tree -> one line of plain text, as one would type it: for search, for titles, for formats without mathematics."""

from __future__ import annotations

import re
import unicodedata

from qbank.markup.tex import nodes, symbols
from qbank.markup.tex.nodes import Node
from qbank.markup.tex.parser import parse
from qbank.markup.tex.tokens import TexError

_RELATIONS = frozenset({*symbols.RELATIONS.values(), *symbols.ARROWS.values(), *"=<>"})
_BINARY = frozenset({*symbols.BINARY.values(), *"+−"})
_LARGE = frozenset(symbols.LARGE.values())
_SIGNS = frozenset("+−±∓")
_NO_OPERAND = _RELATIONS | _BINARY | frozenset("([{,;")
_TYPED = {"−": "-", "∗": "*", "∣": "|", "⋅": "·", "≔": ":=", "≕": "=:"}
# fmt: off
_ACCENTS = {
    "\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0307": "dot", "\u0308": "ddot", "\u20d7": "vec",
    "\u20d6": "vec", "\u030c": "check", "\u0306": "breve", "\u0301": "acute", "\u0300": "grave", "\u030a": "ring",
}
# fmt: on

# What needs no parentheses above a fraction line, below one, and as a script.
_ABOVE = re.compile(r"[^ /]+|\([^()]*\)")
_BELOW = re.compile(r"[∂√]?(?:\d[\d.]*|[^\W\d_]+(?:_[A-Za-z0-9]+)?)(?:\^\w)?|\([^()]*\)")
_SCRIPT = re.compile(r"\d[\d.]*|[^\W\d_]+′*|\S|\([^()]*\)")
_LOOSE = re.compile(r"(?<=[(\[⟨⌊⌈]) | (?=[)\]⟩⌋⌉,;′])")


def strip_for_plain(source: str) -> str:
    r"""A formula as a line of plain text: `\frac{a}{b}` -> `a/b`, `\alpha` -> `α`, `x^{n+1}` -> `x^(n + 1)`.

    Fonts, colors and sizes go. A formula that `parse` refuses, even without `strict`, comes back as it is written.
    """
    try:
        return to_plain(parse(source, strict=False).body)
    except TexError:
        return _tidy(source)


def to_plain(node: Node) -> str:
    """A part of a formula as a line of plain text."""
    return _tidy(_write(node))


def _tidy(text: str) -> str:
    return _LOOSE.sub("", " ".join(text.split()))


def _wrap(node: Node, simple: re.Pattern[str]) -> str:
    """A part that something binds to, in parentheses unless it is `simple`."""
    text = to_plain(node)
    return text if simple.fullmatch(text) else f"({text})"


def _write(node: Node) -> str:
    match node:
        case nodes.Symbol(char):
            return _symbol(char)
        case nodes.Row(items):
            return _row(items)
        case nodes.Scripts():
            return _scripts(node)
        case nodes.Number(digits):
            return digits
        case nodes.Space(width):
            return "" if width == "negative" else " "
        case nodes.Operator(name):
            return f" {name} "
        case nodes.Text(_, parts):
            return "".join(part if isinstance(part, str) else _write(part) for part in parts)
        case nodes.Fraction(above, below):
            return f" {_wrap(above, _ABOVE)}/{_wrap(below, _BELOW)} "
        case nodes.Accent(body, mark):
            return _accent(_write(body).strip(), mark)
        case nodes.Fenced(left, body, right):
            return f"{left}{_write(body)}{right}"
        case nodes.Classed(body, kind):
            return _classed(_write(body).strip(), kind)
        case nodes.Table():
            return _table(node)
        case _:
            return _rare(node)


def _rare(node: Node) -> str:
    match node:
        case nodes.Group(nodes.Row((nodes.Symbol(char),))):
            return _TYPED.get(char, char)
        case nodes.Group(body) | nodes.Font(body) | nodes.Styled(body) | nodes.Colored(body) | nodes.Limits(body):
            return _write(body)
        case nodes.Brace(body):
            return _write(body)
        case nodes.Binomial(above, below):
            return f"({_write(above)} choose {_write(below)})"
        case nodes.Root(body, index):
            return f"√{_wrap(body, _SCRIPT)}" if index is None else f"root({_write(index)}, {_write(body)})"
        case nodes.Decorated(body, kind):
            return {"phantom": " ", "boxed": _write(body)}.get(kind, f"{kind}({_write(body)})")
        case nodes.Stack(base, above, below):
            return _marked(_write(base), below, above)
        case nodes.Arrow(char, above, below):
            return _marked(f" {char} ", below, above)
        case nodes.Middle(delimiter):
            return f" {delimiter} "
        case nodes.Big(delimiter, _, kind):
            return f" {delimiter} " if kind in ("relation", "normal") else delimiter
        case nodes.Negated(char):
            return f" {unicodedata.normalize('NFC', char + chr(0x338))} "
        case nodes.Modulus(body):
            return " mod " if body is None else f" (mod {_write(body)})"
        case nodes.Tag(text, parentheses):
            return f" ({_write(text)})" if parentheses else f" {_write(text)}"
        case nodes.Lines(rows):
            return ", ".join(map(_write, rows))
        case _:
            raise TypeError(f"no text for {node!r}")


def _symbol(char: str) -> str:
    typed = _TYPED.get(char, char)
    if char in _RELATIONS or char in _LARGE or char in _BINARY:
        return f" {typed} "
    return f"{typed} " if char in ",;" else typed


def _classed(text: str, kind: str) -> str:
    return f"{text} " if text == ":" else {"relation": f" {text} ", "binary": f" {text} "}.get(kind, text)


def _row(items: tuple[Node, ...]) -> str:
    parts: list[str] = []
    operand = sign = False
    for item in items:
        part = _write(item)
        char = item.char if isinstance(item, nodes.Symbol) else ""
        if sign:
            part = part.lstrip()
        sign = not operand and char in _SIGNS
        if sign:
            part = part.strip()
        if part.startswith(("(", "[", "{")) and parts and _is_function(parts[-1]):
            parts[-1] = parts[-1].rstrip()
        if part.strip():
            operand = char not in _NO_OPERAND
        parts.append(part)
    return "".join(parts)


def _is_function(part: str) -> bool:
    return part.endswith(" ") and part[:1] == " " and part.strip().isalpha()


def _scripts(node: nodes.Scripts) -> str:
    base = _write(node.base)
    if isinstance(node.base, nodes.Brace):
        label = node.sub if node.base.kind == "underbrace" else node.sup
        return f"{base} ({_write(label)}) " if label is not None else base
    return _marked(base, node.sub, node.sup, "′" * node.primes)


def _marked(base: str, sub: Node | None, sup: Node | None, primes: str = "") -> str:
    """A base with its scripts; the spaces around the base stay around both."""
    text = base.strip()
    before, after = (" " if base[:1] == " " else "", " " if base[-1:] == " " else "")
    if sub is not None:
        text += f"_{_wrap(sub, _SCRIPT)}"
    text += primes
    if sup is not None:
        text += f"^{_wrap(sup, _SCRIPT)}"
    return f"{before}{text}{after}"


def _accent(text: str, mark: str) -> str:
    accented = unicodedata.normalize("NFC", text + mark)
    return accented if len(text) == 1 else f"{_ACCENTS[mark]}({text})"


def _table(table: nodes.Table) -> str:
    name = table.environment
    spread = name in symbols.ALIGNED or name in symbols.GATHERED or name in symbols.CASES
    rows = [(" " if spread else ", ").join(_tidy(_write(cell)) for cell in cells) for cells in table.rows]
    text = "; ".join(row.strip(" ,;") if spread else row for row in rows)
    if name in symbols.CASES:
        return f" {text} }} " if name == "rcases" else f" {{ {text} }} "
    if spread:
        return f" {text} "
    left = symbols.MATRICES.get(name) or "["
    return f" {left}{text}{ {'(': ')', '[': ']', '{': '}'}.get(left, left) } "
