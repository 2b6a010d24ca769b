"""A formula as a tree. The nodes say what a formula means; how that is written is the writers' business."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def _node(cls: type[T]) -> type[T]:
    """A dataclass whose fields nobody sets again: mypy sees to that.

    Python could see to it too (`frozen`), but then making a node would take three times as long, and a check of a bank
    makes little else.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)


@_node
class Node:
    """A part of a formula."""


@_node
class Row(Node):
    """Parts one after the other."""

    items: tuple[Node, ...] = ()


@_node
class Group(Node):
    """A pair of braces: what they hold counts as one ordinary symbol."""

    body: Row


@_node
class Symbol(Node):
    """One character, with the class that Unicode gives it."""

    char: str


@_node
class Number(Node):
    """A number: `10`, `0.5`."""

    digits: str


@_node
class Space(Node):
    """A space by its width, a value of `symbols.SPACES`."""

    width: str


@_node
class Text(Node):
    r"""\text and its kin: strings, and formulas between dollars; `font` is of `symbols.TEXT_FONTS`."""

    font: str
    parts: tuple[str | Node, ...]


@_node
class Operator(Node):
    """A function by its name; with `limits` its scripts stand below and above it in display."""

    name: str
    limits: bool


@_node
class Limits(Node):
    r"""\limits (`stacked`) or \nolimits after an operator."""

    base: Node
    stacked: bool


@_node
class Scripts(Node):
    """A subscript, a superscript and primes on a base."""

    base: Node
    sub: Node | None
    sup: Node | None
    primes: int


@_node
class Fraction(Node):
    """A fraction; `style` is of `symbols.FRACTIONS`."""

    above: Node
    below: Node
    style: str


@_node
class Binomial(Node):
    """A binomial coefficient; `style` is of `symbols.BINOMIALS`."""

    above: Node
    below: Node
    style: str


@_node
class Root(Node):
    """A square root, or the root that `index` says."""

    body: Node
    index: Node | None


@_node
class Accent(Node):
    """An accent, as a combining character."""

    body: Node
    mark: str


@_node
class Decorated(Node):
    """A line over or under, a frame, a strike, or invisible; `kind` is of `symbols.DECORATIONS`."""

    body: Node
    kind: str


@_node
class Brace(Node):
    """A brace under or over; its label comes as a script."""

    body: Node
    kind: str


@_node
class Stack(Node):
    r"""\overset and \underset: something small above or below a base."""

    base: Node
    above: Node | None
    below: Node | None


@_node
class Arrow(Node):
    """An arrow that grows with what stands above and below it."""

    char: str
    above: Node
    below: Node | None


@_node
class Fenced(Node):
    r"""\left .. \right: delimiters, empty ones invisible, that grow with the body."""

    left: str
    body: Row
    right: str


@_node
class Middle(Node):
    r"""\middle: a delimiter that grows with the \left .. \right around it."""

    delimiter: str


@_node
class Big(Node):
    r"""\big and its kin: a delimiter of a given height in em."""

    delimiter: str
    height: float
    kind: str


@_node
class Font(Node):
    """A font; `font` is of `symbols.FONTS`."""

    body: Node
    font: str


@_node
class Classed(Node):
    """A part with a class of its own, which sets the space around it: `relation`, `binary`, `normal`, `opening`, .."""

    body: Node
    kind: str


@_node
class Styled(Node):
    r"""\displaystyle and its kin; `style` is of `symbols.STYLES`."""

    body: Row
    style: str


@_node
class Colored(Node):
    """A part in a color: a name of `symbols.COLORS` or `#rrggbb`."""

    body: Node
    color: str


@_node
class Negated(Node):
    r"""\not: a struck-out character."""

    char: str


@_node
class Modulus(Node):
    r"""\pmod{n}, or \bmod without a body."""

    body: Node | None


@_node
class Tag(Node):
    """The number of an equation."""

    text: Text
    parentheses: bool


@_node
class Lines(Node):
    r"""\substack: centered lines."""

    rows: tuple[Row, ...]


@_node
class Table(Node):
    """An environment of rows and cells.

    `columns` is the specification of an array (`c|lr`), `rules` the numbers of the rows that have a line above them.
    """

    environment: str
    rows: tuple[tuple[Row, ...], ...]
    columns: str
    rules: tuple[int, ...]


@_node
class Formula:
    """A parsed formula."""

    source: str
    body: Row
