r"""LaTeX mathematics -> a tree: a recursive-descent parser.

The subset is what MathJax 3.2, as Anki configures it, and the Typst writer both print, and print alike. So some of what
LaTeX allows is refused because MathJax reads it differently: commands and braces inside \text, printed literally there,
arguments without braces that have arguments of their own (`\hat\mathbf x`), a superscript after `x'_i`, `\\` outside an
environment. Nothing is ever dropped: what the parser does not know is an error with its place in the source.

The module is long because the grammar is: each command is a method of a few lines, and the tables at the end say which
is whose. Tokens and environments have modules of their own.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable
from typing import NoReturn, TypeVar

from qbank.markup.errors import MarkupError
from qbank.markup.tex import chemistry, environments, nodes, symbols
from qbank.markup.tex.nodes import Formula, Node, Row
from qbank.markup.tex.tokens import TexError, Tokens, suggest

#: How deep braces, arguments and environments may nest. Typst itself gives up between 60 and 70 frames in each other.
MAX_DEPTH = 40

_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")

# What a row ends before; the empty token at the end of the source ends all.
_END = frozenset({""})
_BRACE = frozenset({"}", ""})
_BRACKET = frozenset({"]", ""})
_DOLLAR = frozenset({"$", ""})
_RIGHT = frozenset({r"\right", ""})
_LINE = frozenset({r"\\", "}", ""})
_SCRIPT_MARKS = frozenset("'_^")
_LIMITS = frozenset({r"\limits", r"\nolimits"})
_AFTER_BASE = _SCRIPT_MARKS | _LIMITS

#: The number of the token that opens a formula, which has none.
_NO_TOKEN = -1


def parse(source: str, *, strict: bool = True) -> Formula:
    """The tree of a formula, which is written without the delimiters around it and without clozes.

    With `strict`, what MathJax does not know is refused too. Raises TexError. The time is linear in the length.
    """
    return Parser(source, strict).formula()


class Parser(Tokens):
    """One parse: the tokens, the place among them, and the tokens that opened what is open there.

    What reads a command is called with its number among the tokens when the command itself has been taken.
    """

    def __init__(self, source: str, strict: bool) -> None:
        super().__init__(source)
        self.strict = strict
        #: The nodes of tokens that need nothing after them.
        self.symbols = STRICT_SYMBOLS if strict else _SYMBOLS
        self.open: list[int] = []
        self.tagged = False

    # -- errors

    def _refuse_unknown_to_mathjax(self, token: int) -> None:
        text = self.texts[token]
        if self.strict and text in _MATHJAX_UNKNOWN:
            raise self.error(f"MathJax does not know {text}", token, symbols.MATHJAX_UNKNOWN[text[1:]])

    def _unknown(self, token: int) -> TexError:
        text = self.texts[token]
        name = text[1:]
        if text == "\\":
            return self.error("the formula ends in a backslash", token, "remove it, or finish the command")
        if name in symbols.REPLACED:
            return self.error(f"{text} is not supported", token, symbols.REPLACED[name])
        if name:
            help = suggest(text, _KNOWN, r"write it with known commands, or as \text{..}")
            return self.error(f"unknown command {text}", token, help)
        help = r"write its LaTeX command, or put it inside \text{..}"
        return self.error(f"unexpected character {text!r}", token, help)

    # -- rows

    def formula(self) -> Formula:
        """The whole source."""
        if not self.next_text:
            raise TexError("an empty formula", 0, len(self.source), "remove the dollars, or write between them")
        return Formula(self.source, self.row(_END, _NO_TOKEN))

    def row(self, stops: frozenset[str], opener: int) -> Row:
        """What follows up to one of `stops`, which is not taken. One of them is the end."""
        if len(self.open) >= MAX_DEPTH:
            raise self.error("the formula is nested too deeply", opener, f"nest at most {MAX_DEPTH} levels")
        self.open.append(opener)
        texts, symbols = self.texts, self.symbols
        items: list[Node] = []
        while (text := texts[self.at]) not in stops:
            node = symbols.get(text)
            if node is not None:
                self.at += 1
            elif text[0] in _NUMBER_STARTS:
                self.at += 1
                node = nodes.Number(text)
            elif text in _SWITCHES:
                self.take()
                items.append(_SWITCHES[text](self, self.last, stops))
                continue
            else:
                node = self._command()
            items.append(self._scripted(node) if texts[self.at] in _AFTER_BASE else node)
        self.open.pop()
        return Row(tuple(items))

    def _closed_row(self, stops: frozenset[str], opener: int, closer: str) -> Row:
        """A row and the one stop that closes it."""
        row = self.row(stops, opener)
        self.last = self.at
        if not self.texts[self.at]:
            raise self.error(f"{self.name(opener)} is never closed", opener, f"close it with {closer}")
        self.at += 1
        return row

    def _braced(self) -> Row:
        opener = self.at
        self.at += 1
        return self._closed_row(_BRACE, opener, "}")

    def _command(self) -> Node:
        """A command with its arguments, or braces; before a script nothing, which may bear it."""
        text = self.next_text
        if text in _SCRIPT_MARKS:
            return Row()
        self.take()
        token = self.last
        self._refuse_unknown_to_mathjax(token)
        handler = _HANDLERS.get(text)
        if handler is None:
            raise self._unknown(token)
        return handler(self, token)

    # -- scripts

    def _scripted(self, base: Node) -> Node:
        r"""The base with the \limits, primes and scripts that follow it."""
        if self.texts[self.at] in _LIMITS:
            base = self._limits(base)
        sub = sup = None
        primes = 0
        before = ""
        while (mark := self.texts[self.at]) in _SCRIPT_MARKS:
            token = self.at
            self.at += 1
            if mark == "_":
                if sub is not None or (isinstance(base, nodes.Stack) and base.below is not None):
                    raise self.error("a second subscript", token, "group with braces: {x_a}_b or x_{a,b}")
                sub = self._script(token)
            elif sup is not None or (primes and before != "'"):
                what = "a prime after a superscript" if mark == "'" else "a second superscript"
                raise self.error(what, token, "group with braces, {x^a}^b, or keep primes beside the script: x_i'^2")
            elif mark == "'":
                primes += 1
            else:
                sup = self._script(token)
            before = mark
        if sub is None and sup is None and not primes:
            return base
        return nodes.Scripts(base, sub, sup, primes)

    def _limits(self, base: Node) -> Node:
        if not _takes_limits(base):
            return base
        return nodes.Limits(base, self.take() == r"\limits")

    def _script(self, mark: int) -> Node:
        """A sub- or superscript: braces, one symbol, or a command with its arguments."""
        if self.texts[self.at] == "{":
            return self._braced()
        text = self.take_one()
        node = self.symbols.get(text)
        if node is not None and not isinstance(node, (nodes.Space, nodes.Operator)):
            return node
        token = self.last
        self._refuse_unknown_to_mathjax(token)
        if text in _SCRIPT_COMMANDS:
            return _SCRIPT_COMMANDS[text](self, token)
        raise self._bad_argument(mark, token)

    def _argument(self, command: int) -> Node:
        """An argument of a command: braces or one symbol."""
        if self.texts[self.at] == "{":
            return self._braced()
        text = self.take_one()
        node = self.symbols.get(text)
        if node is None or (text == "[" and self.texts[command] in _OPTIONAL):
            raise self._bad_argument(command, self.last)
        return node

    def _bad_argument(self, command: int, token: int) -> TexError:
        self._refuse_unknown_to_mathjax(token)
        name, text = self.texts[command], self.texts[token]
        if not text or text in _CLOSERS:
            return self.error(f"{name} lacks its argument", command, f"write {name}{{..}}")
        if text == "[":
            return self.error(f"{name} has no options", token, f"write {name}{{..}}")
        if text in _STRAY:
            message, help = _STRAY[text]
            return self.error(message, token, help)
        if text in _SYMBOLS or text in _HANDLERS or text in _SWITCHES or text in _SCRIPT_MARKS:
            return self.error(f"{name} needs braces around this", token, f"write {name}{{..}}")
        return self._unknown(token)

    def _option(self) -> Row | None:
        """An argument in brackets, or None; an empty one counts as none."""
        if self.next_text != "[":
            return None
        self.take()
        row = self._closed_row(_BRACKET, self.last, "]")
        return row if row.items else None

    def raw(self, command: int) -> str:
        """The text of an argument in braces that is a name: no commands and no braces in it."""
        if self.next_text != "{":
            name = self.name(command)
            raise self.error(f"{name} lacks its argument", command, f"write {name}{{..}}")
        self.take()
        opener = self.last
        while self.next_text not in ("}", "{", ""):
            self.at += 1
        if self.take() != "}":
            raise self.error(f"{self.name(command)}{{ is never closed", opener, "close it with }")
        return self.source[self.start(opener) + 1 : self.start(self.last)]

    # -- characters

    def _group(self, token: int) -> Node:
        return nodes.Group(self._closed_row(_BRACE, token, "}"))

    def _dots(self, token: int) -> Node:
        r"""amsmath's \dots: centered before an operator, low otherwise."""
        return nodes.Symbol("⋯" if self.next_text in _CENTERED else "…")

    # -- commands with arguments

    def _fraction(self, token: int) -> Node:
        return nodes.Fraction(self._argument(token), self._argument(token), symbols.FRACTIONS[self.texts[token][1:]])

    def _binomial(self, token: int) -> Node:
        return nodes.Binomial(self._argument(token), self._argument(token), symbols.BINOMIALS[self.texts[token][1:]])

    def _root(self, token: int) -> Node:
        index = self._option()
        return nodes.Root(self._argument(token), index)

    def _accent(self, token: int) -> Node:
        return nodes.Accent(self._argument(token), symbols.ACCENTS[self.texts[token][1:]])

    def _decorated(self, token: int) -> Node:
        return nodes.Decorated(self._argument(token), symbols.DECORATIONS[self.texts[token][1:]])

    def _frame(self, token: int) -> Node:
        return nodes.Decorated(self._text(token, ""), "boxed")

    def _brace(self, token: int) -> Node:
        return nodes.Brace(self._argument(token), symbols.BRACES[self.texts[token][1:]])

    def _over(self, token: int) -> Node:
        above = self._argument(token)
        return nodes.Stack(self._argument(token), above, None)

    def _under(self, token: int) -> Node:
        below = self._argument(token)
        return nodes.Stack(self._argument(token), None, below)

    def _arrow(self, token: int) -> Node:
        below = self._option()
        return nodes.Arrow(symbols.EXTENSIBLE_ARROWS[self.texts[token][1:]], self._argument(token), below)

    def _font(self, token: int) -> Node:
        return nodes.Font(self._argument(token), symbols.FONTS[self.texts[token][1:]])

    def _classed(self, token: int) -> Node:
        return nodes.Classed(self._argument(token), symbols.CLASSES[self.texts[token][1:]])

    def _modulus(self, token: int) -> Node:
        return nodes.Modulus(self._argument(token))

    def _operator(self, token: int) -> Node:
        limits = self.next_text == "*"
        if limits:
            self.take()
        name = _word(self._argument(token))
        if name is None:
            raise self.error("an operator name holds letters and spaces only", token, r"as in \operatorname{arg\,max}")
        return nodes.Operator(name, limits)

    def _mathop(self, token: int) -> Node:
        body = self._argument(token)
        upright = body.items[0] if isinstance(body, Row) and len(body.items) == 1 else body
        name = _word(upright) if isinstance(upright, nodes.Font | nodes.Text | nodes.Operator) else None
        return nodes.Classed(body, "large") if name is None else nodes.Operator(name, limits=True)

    def _negated(self, token: int) -> Node:
        node = self.symbols.get(self.take_one())
        self._refuse_unknown_to_mathjax(self.last)
        if not isinstance(node, nodes.Symbol) or node.char not in _NEGATABLE:
            raise self.error(r"\not needs a relation after it", token, r"write e.g. \not= or \not\subset")
        return nodes.Negated(node.char)

    def _substack(self, token: int) -> Node:
        if self.next_text != "{":
            raise self.error(r"\substack lacks its argument", token, r"write \substack{a \\ b}")
        self.take()
        opener = self.last
        rows = [self._closed_row(_LINE, opener, "}")]
        while self.texts[self.last] == r"\\":
            environments.row_gap(self)
            rows.append(self._closed_row(_LINE, opener, "}"))
        return nodes.Lines(tuple(rows))

    def _color(self, token: int) -> str:
        name = self.raw(token)
        if name not in symbols.COLORS and not _COLOR.fullmatch(name):
            help = suggest(name, symbols.COLORS, f"write #rrggbb or one of {', '.join(sorted(symbols.COLORS))}")
            raise self.error(f"unknown color {name!r}", token, help, end=self.start(self.at))
        return name

    def _colored(self, token: int) -> Node:
        color = self._color(token)
        return nodes.Colored(self._argument(token), color)

    def _style_switch(self, token: int, stops: frozenset[str]) -> Node:
        return nodes.Styled(self.row(stops, self.open[-1]), symbols.STYLES[self.texts[token][1:]])

    def _color_switch(self, token: int, stops: frozenset[str]) -> Node:
        color = self._color(token)
        return nodes.Colored(self.row(stops, self.open[-1]), color)

    def _tag(self, token: int) -> Node:
        starred = self.next_text == "*"
        if starred:
            self.take()
        if self.tagged or self.texts[self.open[-1]]:
            raise self.error(r"\tag belongs once, outside of everything else", token, "put it at the end")
        self.tagged = True
        return nodes.Tag(self._text(token, ""), not starred)

    def _label(self, token: int) -> Node:
        if self.strict:
            raise self.error(r"\label is not supported", token, "nothing can refer to a formula: remove it")
        self.raw(token)
        return Row()

    def _chemical(self, token: int) -> Node:
        found = chemistry.argument(self.source, self.start(token))
        if found is None:
            raise self.error(r"\ce lacks its formula", token, r"write \ce{2 H2 + O2 -> 2 H2O}")
        try:
            inner = Parser(chemistry.to_tex(found[1]), self.strict).formula()
        except MarkupError as error:
            if isinstance(error, TexError):
                raise self.error(error.message, token, error.help) from error
            raise TexError(error.message, found.start(1) + error.offset, error.length, error.help) from error
        self.skip_to(found.end())
        return nodes.Group(inner.body)

    # -- delimiters

    def _delimiter(self, command: int) -> str:
        text = self.next_text
        if not text.startswith("\\"):
            text = text[:1]
        if text not in symbols.DELIMITERS:
            name = self.texts[command]
            help = rf"write a bracket, a bar or an arrow; {name}. stands for none"
            token, end = (self.at, self.start(self.at) + len(text)) if text else (command, None)
            raise self.error(f"{name} needs a delimiter after it", token, help, end=end)
        self.take_one()
        return symbols.DELIMITERS[text]

    def _fenced(self, token: int) -> Node:
        left = self._delimiter(token)
        body = self._closed_row(_RIGHT, token, r"\right, or with \right. for an invisible end")
        return nodes.Fenced(left, body, self._delimiter(self.last))

    def _middle(self, token: int) -> Node:
        if self.texts[self.open[-1]] != r"\left":
            raise self.error(r"\middle is not directly between \left and \right", token, r"move it there, or use \big")
        return nodes.Middle(self._delimiter(token))

    def _big(self, token: int) -> Node:
        height, kind = symbols.BIG[self.texts[token][1:]]
        delimiter = self._delimiter(token)
        own = "opening" if delimiter in symbols.OPENING else "closing" if delimiter in symbols.CLOSING else "normal"
        return nodes.Big(delimiter, height, kind or own)

    # -- text

    def _font_text(self, token: int) -> Node:
        return self._text(token, symbols.TEXT_FONTS[self.texts[token][1:]])

    def _text(self, command: int, font: str) -> nodes.Text:
        text = self.take_one()
        if text.isalnum():
            return nodes.Text(font, (text,))
        name = self.texts[command]
        if text != "{":
            raise self.error(f"{name} lacks its text", command, f"write {name}{{..}}")
        opener = self.last
        parts: list[str | Node] = []
        run: list[str] = []
        while True:
            text = self.take()
            if self.is_spaced(self.last):
                run.append(" ")
            if text in ("}", "$") and run:
                parts.append("".join(run))
                run.clear()
            if text == "}" and parts:
                return nodes.Text(font, tuple(parts))
            if text == "}":
                raise self.error("an empty text", command, "remove it: an empty group is written {}")
            if text == "$":
                parts.append(self._closed_row(_DOLLAR, self.last, "another $"))
            elif text:
                run.append(self._text_character(self.last))
            else:
                raise self.error(f"{name}{{ is never closed", opener, "close it with }")

    def _text_character(self, token: int) -> str:
        text = self.texts[token]
        if text[0] in _NUMBER_STARTS:
            return text
        char = _TEXT_CHARACTERS.get(text, text)
        if text == "%":
            raise self.error("a % inside text: LaTeX takes what follows for a comment", token, _PERCENT)
        if len(char) > 1 or char in "{~":
            help = "text holds plain characters, \\$, \\{, \\}, and mathematics between dollars"
            if text == r"\%":
                help = _PERCENT
            elif text in _TEXT_PLAIN:
                help = f"write {text[1:]} without its backslash"
            raise self.error(f"MathJax prints {text} literally inside text", token, help)
        if not char.isprintable():
            raise self.error(f"invisible character {char!r}", token, "remove it")
        return char

    # -- what stands where it must not

    def _stray(self, token: int) -> NoReturn:
        text, opener = self.texts[token], self.name(self.open[-1])
        closer = _PAIRS.get(self.texts[self.open[-1]])
        if closer:
            raise self.error(f"{opener} is not closed before this {text}", token, f"close it with {closer} first")
        raise self.error(f"{text} closes nothing", token, "remove it, or open what it closes")

    def _stray_cell(self, token: int) -> NoReturn:
        help = r"use aligned, cases or a matrix; between \begin and \end, not inside braces"
        raise self.error(f"{self.texts[token]} outside the cells of an environment", token, help)

    def _stray_rule(self, token: int) -> NoReturn:
        raise self.error(r"\hline belongs at the start of a row of an array", token, r"put it after \\")

    def _stray_limits(self, token: int) -> NoReturn:
        text = self.texts[token]
        raise self.error(f"{text} without an operator", token, r"write it directly after \sum or \max")

    def _stray_character(self, token: int) -> NoReturn:
        message, help = _STRAY[self.texts[token]]
        raise self.error(message, token, help)


def _takes_limits(node: Node) -> bool:
    match node:
        case nodes.Operator() | nodes.Brace() | nodes.Classed(_, "large"):
            return True
        case nodes.Symbol(char):
            return char in _LARGE
        case _:
            return False


def _word(node: Node) -> str | None:
    """The name that a node spells in upright letters, or None."""
    match node:
        case nodes.Row(items):
            words = [_word(item) for item in items]
            return "".join(word for word in words if word is not None) if None not in words else None
        case nodes.Symbol(char):
            return _NAME_CHARACTERS.get(char)
        case nodes.Number(digits):
            return digits
        case nodes.Space(width):
            return _NAME_SPACES.get(width)
        case nodes.Operator(name):
            return name
        case nodes.Font(body, "roman") | nodes.Group(body):
            return _word(body)
        case nodes.Text("" | "roman", parts):
            return "".join(map(str, parts)) if all(isinstance(part, str) for part in parts) else None
        case _:
            return None


_Handler = Callable[[Parser, int], Node]
_Switch = Callable[[Parser, int, frozenset[str]], Node]
_T = TypeVar("_T")


def _commands(names: Iterable[str], value: _T) -> dict[str, _T]:
    return {f"\\{name}": value for name in names}


_LARGE = frozenset(symbols.LARGE.values())
_SPACED = {**symbols.BINARY, **symbols.RELATIONS, **symbols.ARROWS}
_CENTERED = frozenset({*"+-=<>*:", *_SPACED.values(), *_commands(_SPACED, "")})
_NEGATABLE = frozenset({*symbols.RELATIONS.values(), *symbols.ARROWS.values(), *"=<>"})
_NUMBER_STARTS = frozenset("0123456789.")
_NAME_CHARACTERS = {**{c: c for c in string.ascii_letters}, "−": "-", "∗": "*"}
_NAME_SPACES = {"thin": "\u2009", "medium": "\u2005", "thick": "\u2005", "word": " ", "negative": ""}
_MATHJAX_UNKNOWN = frozenset(_commands(symbols.MATHJAX_UNKNOWN, ""))

_TEXT_CHARACTERS = {r"\$": "$", r"\{": "{", r"\}": "}", "'": "’", "`": "‘"}
_TEXT_PLAIN = frozenset({r"\&", r"\#", r"\_", "\\ "})
_PERCENT = r"end the text before it and write \%, as in \text{a share of }50\%"

_SYMBOLS: dict[str, Node] = {
    **{text: nodes.Symbol(char) for text, char in symbols.CHARACTERS.items()},
    **{digit: nodes.Number(digit) for digit in string.digits},
    **{f"\\{name}": nodes.Symbol(char) for name, char in symbols.SYMBOLS.items()},
    **{text: nodes.Classed(nodes.Symbol(char), kind) for text, (kind, char) in symbols.CHARACTER_CLASSES.items()},
    **{f"\\{name}": nodes.Classed(nodes.Symbol(char), kind) for name, (kind, char) in symbols.COMMAND_CLASSES.items()},
    **{f"\\{name}": nodes.Operator(word, limits=False) for name, word in symbols.OPERATORS.items()},
    **{f"\\{name}": nodes.Operator(word, limits=True) for name, word in symbols.LIMIT_OPERATORS.items()},
    **{f"\\{name}": nodes.Space(width) for name, width in symbols.SPACES.items()},
    "~": nodes.Space("word"),
    r"\bmod": nodes.Modulus(None),
}
#: Those that MathJax knows.
STRICT_SYMBOLS = {text: node for text, node in _SYMBOLS.items() if text not in _MATHJAX_UNKNOWN}

#: MathJax would take a bracket after these for options.
_OPTIONAL = frozenset({r"\cancel", r"\cfrac"})
_PAIRS = {"{": "}", r"\left": r"\right", r"\begin": r"\end", "[": "]", "$": "$"}
_CLOSERS = frozenset({"}", "&", r"\\", r"\right", r"\end"})
_STRAY = {
    "$": ("a $ inside a formula", r"remove it, or write \$ for the sign"),
    "#": ("a # inside a formula", r"write \# for the sign"),
    "%": ("a % inside a formula: what follows would be a comment", r"write \%"),
    '"': ("a quotation mark outside text", r"write quoted words inside \text{..}"),
    "`": ("a quotation mark outside text", r"write quoted words inside \text{..}"),
}

#: Commands with arguments that may be a script without braces around them, as in `x^\text{new}`.
_SCRIPT_COMMANDS: dict[str, _Handler] = {
    **_commands(symbols.FRACTIONS, Parser._fraction),
    **_commands(symbols.BINOMIALS, Parser._binomial),
    **_commands(symbols.ACCENTS, Parser._accent),
    **_commands(symbols.DECORATIONS, Parser._decorated),
    **_commands(symbols.FONTS, Parser._font),
    **_commands(symbols.TEXT_FONTS, Parser._font_text),
    **_commands(("sqrt",), Parser._root),
    **_commands(("operatorname",), Parser._operator),
    **_commands(("textcolor",), Parser._colored),
}
_HANDLERS: dict[str, _Handler] = {
    **_SCRIPT_COMMANDS,
    "{": Parser._group,
    **dict.fromkeys(_STRAY, Parser._stray_character),
    **dict.fromkeys(("}", r"\right", r"\end"), Parser._stray),
    **dict.fromkeys(("&", r"\\"), Parser._stray_cell),
    **_commands(symbols.BRACES, Parser._brace),
    **_commands(symbols.CLASSES, Parser._classed),
    **_commands(symbols.EXTENSIBLE_ARROWS, Parser._arrow),
    **_commands(symbols.BIG, Parser._big),
    **_commands(("limits", "nolimits"), Parser._stray_limits),
    **_commands(("overset", "stackrel"), Parser._over),
    r"\underset": Parser._under,
    r"\dots": Parser._dots,
    r"\fbox": Parser._frame,
    r"\pmod": Parser._modulus,
    r"\mathop": Parser._mathop,
    r"\not": Parser._negated,
    r"\substack": Parser._substack,
    r"\ce": Parser._chemical,
    r"\tag": Parser._tag,
    r"\label": Parser._label,
    r"\left": Parser._fenced,
    r"\middle": Parser._middle,
    r"\begin": environments.environment,
    r"\hline": Parser._stray_rule,
}
#: Commands that hold up to the end of what they stand in.
_SWITCHES: dict[str, _Switch] = {
    **_commands(symbols.STYLES, Parser._style_switch),
    r"\color": Parser._color_switch,
}
_KNOWN = [text for table in (_SYMBOLS, _HANDLERS, _SWITCHES) for text in table if text[1:].isalpha()]
