"""A formula as a tree. The nodes say what a formula means; how that is written is the writers' business."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a formula."""


@dataclass(frozen=True, slots=True)
class Row(Node):
    """Parts one after the other."""

    items: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Group(Node):
    """A pair of braces: what they hold counts as one ordinary symbol."""

    body: Row


@dataclass(frozen=True, slots=True)
class Symbol(Node):
    """One character, with the class that Unicode gives it."""

    char: str


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A number: `10`, `0.5`."""

    digits: str


@dataclass(frozen=True, slots=True)
class Space(Node):
    """A space by its width, a value of `symbols.SPACES`."""

    width: str


@dataclass(frozen=True, slots=True)
class Text(Node):
    r"""\text and its kin: strings, and formulas between dollars; `font` is of `symbols.TEXT_FONTS`."""

    font: str
    parts: tuple[str | Node, ...]


@dataclass(frozen=True, slots=True)
class Operator(Node):
    """A function by its name; with `limits` its scripts stand below and above it in display."""

    name: str
    limits: bool


@dataclass(frozen=True, slots=True)
class Limits(Node):
    r"""\limits (`stacked`) or \nolimits after an operator."""

    base: Node
    stacked: bool


@dataclass(frozen=True, slots=True)
class Scripts(Node):
    """A subscript, a superscript and primes on a base."""

    base: Node
    sub: Node | None
    sup: Node | None
    primes: int


@dataclass(frozen=True, slots=True)
class Fraction(Node):
    """A fraction; `style` is of `symbols.FRACTIONS`."""

    above: Node
    below: Node
    style: str


@dataclass(frozen=True, slots=True)
class Binomial(Node):
    """A binomial coefficient; `style` is of `symbols.BINOMIALS`."""

    above: Node
    below: Node
    style: str


@dataclass(frozen=True, slots=True)
class Root(Node):
    """A square root, or the root that `index` says."""

    body: Node
    index: Node | None


@dataclass(frozen=True, slots=True)
class Accent(Node):
    """An accent, as a combining character."""

    body: Node
    mark: str


@dataclass(frozen=True, slots=True)
class Decorated(Node):
    """A line over or under, a frame, a strike, or invisible; `kind` is of `symbols.DECORATIONS`."""

    body: Node
    kind: str


@dataclass(frozen=True, slots=True)
class Brace(Node):
    """A brace under or over; its label comes as a script."""

    body: Node
    kind: str


@dataclass(frozen=True, slots=True)
class Stack(Node):
    r"""\overset and \underset: something small above or below a base."""

    base: Node
    above: Node | None
    below: Node | None


@dataclass(frozen=True, slots=True)
class Arrow(Node):
    """An arrow that grows with what stands above and below it."""

    char: str
    above: Node
    below: Node | None


@dataclass(frozen=True, slots=True)
class Fenced(Node):
    r"""\left .. \right: delimiters, empty ones invisible, that grow with the body."""

    left: str
    body: Row
    right: str


@dataclass(frozen=True, slots=True)
class Middle(Node):
    r"""\middle: a delimiter that grows with the \left .. \right around it."""

    delimiter: str


@dataclass(frozen=True, slots=True)
class Big(Node):
    r"""\big and its kin: a delimiter of a given height in em."""

    delimiter: str
    height: float
    kind: str


@dataclass(frozen=True, slots=True)
class Font(Node):
    """A font; `font` is of `symbols.FONTS`."""

    body: Node
    font: str


@dataclass(frozen=True, slots=True)
class Classed(Node):
    """A part with a class of its own, which sets the space around it: `relation`, `binary`, `normal`, `opening`, .."""

    body: Node
    kind: str


@dataclass(frozen=True, slots=True)
class Styled(Node):
    r"""\displaystyle and its kin; `style` is of `symbols.STYLES`."""

    body: Row
    style: str


@dataclass(frozen=True, slots=True)
class Coloured(Node):
    """A part in a colour: a name of `symbols.COLOURS` or `#rrggbb`."""

    body: Node
    colour: str


@dataclass(frozen=True, slots=True)
class Negated(Node):
    r"""\not: a struck-out character."""

    char: str


@dataclass(frozen=True, slots=True)
class Modulus(Node):
    r"""\pmod{n}, or \bmod without a body."""

    body: Node | None


@dataclass(frozen=True, slots=True)
class Tag(Node):
    """The number of an equation."""

    text: Text
    parentheses: bool


@dataclass(frozen=True, slots=True)
class Lines(Node):
    r"""\substack: centred lines."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table(Node):
    """An environment of rows and cells.

    `columns` is the specification of an array (`c|lr`), `rules` the numbers of the rows that have a line above them.
    """

    environment: str
    rows: tuple[tuple[Row, ...], ...]
    columns: str
    rules: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """A parsed formula."""

    source: str
    body: Row
