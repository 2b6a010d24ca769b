r"""LaTeX mathematics -> a tree: a tokenizer and a recursive-descent parser.

The subset is what MathJax 3.2, as Anki configures it, and the Typst writer both print, and print alike. So some of what
LaTeX allows is refused because MathJax reads it differently: commands and braces inside \text, printed literally there,
arguments without braces that have arguments of their own (`\hat\mathbf x`), a superscript after `x'_i`, `\\` outside an
environment. Nothing is ever dropped: what the parser does not know is an error with its place in the source.
"""

from __future__ import annotations

import difflib
import re
import string
from collections.abc import Callable, Iterable
from typing import NamedTuple, NoReturn, TypeVar

from qbank.markup.tex import nodes, symbols
from qbank.markup.tex.nodes import Formula, Node, Row

#: How deep braces, arguments and environments may nest. Typst itself gives up between 60 and 70 frames in each other.
MAX_DEPTH = 40

_TOKEN = re.compile(r"\s+|\\(?:[A-Za-z]+|.)?|.", re.DOTALL)
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+")
_ROW_GAP = re.compile(r"\*?(?:\[\s*+(?:-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)\s*(?:pt|em|ex|mu|mm|cm|in|pc|px)\s*+)?\])?")
_PLACE = re.compile(r"\[[tcb]\]")
_COLUMNS = re.compile(r"[clr|\s]+")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")

_END = frozenset[str]()
_BRACE = frozenset({"}"})
_BRACKET = frozenset({"]"})
_DOLLAR = frozenset({"$"})
_RIGHT = frozenset({r"\right"})
_CELL = frozenset({"&", r"\\", r"\end"})
_LINE = frozenset({r"\\", "}"})
_SCRIPT_MARKS = frozenset("'_^")


class TexError(ValueError):
    """A formula that is not in the subset.

    `offset` (from 0) and `length` count characters of the whole source, also inside environments and texts; `help` says
    what to write instead.
    """

    def __init__(self, message: str, offset: int, length: int, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.length = length
        self.help = help


class Token(NamedTuple):
    """A character, or a command with its backslash; `spaced` after white space. The last token is empty."""

    text: str
    start: int
    spaced: bool


def parse(source: str, *, strict: bool = True) -> Formula:
    """The tree of a formula, which is written without the delimiters around it and without clozes.

    With `strict`, what MathJax does not know is refused too. Raises TexError. The time is linear in the length.
    """
    return _Parser(source, strict).formula()


def _tokens(source: str) -> list[Token]:
    tokens = []
    spaced = False
    for match in _TOKEN.finditer(source):
        text = match[0]
        if text.isspace():
            spaced = True
            continue
        if len(text) == 2 and text[1].isspace():
            text = "\\ "
        tokens.append(Token(text, match.start(), spaced))
        spaced = False
    tokens.append(Token("", len(source), spaced))
    return tokens


class _Parser:
    """One parse: the tokens, the place among them, and the tokens that opened what is open there."""

    def __init__(self, source: str, strict: bool) -> None:
        self.source = source
        self.strict = strict
        self.tokens = _tokens(source)
        self.at = 0
        self.open: list[Token] = []
        self.tagged = False

    # -- tokens and errors

    @property
    def next_text(self) -> str:
        return self.tokens[self.at].text

    def take(self) -> Token:
        token = self.tokens[self.at]
        if token.text:
            self.at += 1
        return token

    def skip_to(self, offset: int) -> None:
        while self.tokens[self.at].start < offset:
            self.at += 1

    def error(self, message: str, token: Token, help: str, *, end: int | None = None) -> TexError:
        """The error for the source from a token to its end, or to `end`."""
        stop = token.start + len(token.text) if end is None else end
        return TexError(message, token.start, stop - token.start, help)

    def unknown(self, token: Token) -> TexError:
        name = token.text[1:]
        if token.text == "\\":
            return self.error("the formula ends in a backslash", token, "remove it, or finish the command")
        if name in symbols.REPLACED:
            return self.error(f"{token.text} is not supported", token, symbols.REPLACED[name])
        if name:
            help = _suggest(token.text, _KNOWN, r"write it with known commands, or as \text{..}")
            return self.error(f"unknown command {token.text}", token, help)
        help = r"write its LaTeX command, or put it inside \text{..}"
        return self.error(f"unexpected character {token.text!r}", token, help)

    # -- rows

    def formula(self) -> Formula:
        if len(self.tokens) == 1:
            raise TexError("an empty formula", 0, len(self.source), "remove the dollars, or write between them")
        return Formula(self.source, self.row(_END, Token("", 0, False)))

    def row(self, stops: frozenset[str], opener: Token) -> Row:
        """What follows up to one of `stops` or the end, neither taken."""
        if len(self.open) >= MAX_DEPTH:
            raise self.error("the formula is nested too deeply", opener, f"nest at most {MAX_DEPTH} levels")
        self.open.append(opener)
        items: list[Node] = []
        while self.next_text and self.next_text not in stops:
            switch = _SWITCHES.get(self.next_text)
            items.append(self.scripted(self.atom()) if switch is None else switch(self, self.take(), stops))
        self.open.pop()
        return Row(tuple(items))

    def closed_row(self, stops: frozenset[str], opener: Token, closer: str) -> Row:
        """A row and the one stop that closes it."""
        row = self.row(stops, opener)
        if not self.take().text:
            raise self.error(f"{opener.text} is never closed", opener, f"close it with {closer}")
        return row

    def braced(self) -> Row:
        return self.closed_row(_BRACE, self.take(), "}")

    def atom(self) -> Node:
        token = self.take()
        if token.text in _NUMBER_STARTS:
            return self.number(token)
        node = self.symbol(token)
        if node is not None:
            return node
        handler = _HANDLERS.get(token.text)
        if handler is None:
            raise self.unknown(token)
        return handler(self, token)

    def symbol(self, token: Token) -> Node | None:
        """The node of a token that needs nothing after it."""
        if self.strict and token.text in _MATHJAX_UNKNOWN:
            raise self.error(f"MathJax does not know {token.text}", token, symbols.MATHJAX_UNKNOWN[token.text[1:]])
        return _SYMBOLS.get(token.text)

    # -- scripts

    def scripted(self, base: Node) -> Node:
        r"""The base with the \limits, primes and scripts that follow it."""
        base = self.limits(base)
        sub = sup = None
        primes = 0
        before = ""
        while self.next_text in _SCRIPT_MARKS:
            mark = self.take()
            if mark.text == "_":
                if sub is not None or (isinstance(base, nodes.Stack) and base.below is not None):
                    raise self.error("a second subscript", mark, "group with braces: {x_a}_b or x_{a,b}")
                sub = self.script(mark)
            elif sup is not None or (primes and before != "'"):
                what = "a prime after a superscript" if mark.text == "'" else "a second superscript"
                raise self.error(what, mark, "group with braces, {x^a}^b, or keep primes beside the script: x_i'^2")
            elif mark.text == "'":
                primes += 1
            else:
                sup = self.script(mark)
            before = mark.text
        if sub is None and sup is None and not primes:
            return base
        return nodes.Scripts(base, sub, sup, primes)

    def limits(self, base: Node) -> Node:
        if self.next_text not in (r"\limits", r"\nolimits") or not _takes_limits(base):
            return base
        return nodes.Limits(base, self.take().text == r"\limits")

    def script(self, mark: Token) -> Node:
        """A sub- or superscript: braces, one symbol, or a command with its arguments."""
        if self.next_text == "{":
            return self.braced()
        token = self.take()
        node = self.symbol(token)
        if node is not None and not isinstance(node, nodes.Space | nodes.Operator):
            return node
        if token.text in _SCRIPT_COMMANDS:
            return _HANDLERS[token.text](self, token)
        raise self.bad_argument(mark, token)

    def argument(self, command: Token) -> Node:
        """An argument of a command: braces or one symbol."""
        if self.next_text == "{":
            return self.braced()
        token = self.take()
        node = self.symbol(token)
        if node is None or (token.text == "[" and command.text in _OPTIONAL):
            raise self.bad_argument(command, token)
        return node

    def bad_argument(self, command: Token, token: Token) -> TexError:
        if not token.text or token.text in _CLOSERS:
            return self.error(f"{command.text} lacks its argument", command, f"write {command.text}{{..}}")
        if token.text == "[":
            return self.error(f"{command.text} has no options", token, f"write {command.text}{{..}}")
        if token.text in _STRAY:
            message, help = _STRAY[token.text]
            return self.error(message, token, help)
        if token.text in _SYMBOLS or token.text in _HANDLERS or token.text in _SWITCHES:
            return self.error(f"{command.text} needs braces around this", token, f"write {command.text}{{..}}")
        return self.unknown(token)

    def option(self, command: Token) -> Row | None:
        """An argument in brackets, or None; an empty one counts as none."""
        if self.next_text != "[":
            return None
        row = self.closed_row(_BRACKET, self.take(), "]")
        return row if row.items else None

    def raw(self, command: Token) -> str:
        """The text of an argument in braces that is a name: no commands and no braces in it."""
        if self.next_text != "{":
            raise self.error(f"{command.text} lacks its argument", command, f"write {command.text}{{..}}")
        opener = self.take()
        while self.next_text not in ("}", "{", ""):
            self.at += 1
        closer = self.take()
        if closer.text != "}":
            raise self.error(f"{command.text}{{ is never closed", opener, "close it with }")
        return self.source[opener.start + 1 : closer.start]

    # -- characters

    def number(self, token: Token) -> Node:
        match = _NUMBER.match(self.source, token.start)
        if match is None:
            return nodes.Symbol(token.text)
        self.skip_to(match.end())
        return nodes.Number(match[0])

    def empty_base(self, token: Token) -> Node:
        self.at -= 1
        return Row()

    def group(self, token: Token) -> Node:
        self.at -= 1
        return nodes.Group(self.braced())

    def dots(self, token: Token) -> Node:
        r"""amsmath's \dots: centred before an operator, low otherwise."""
        return nodes.Symbol("⋯" if self.next_text in _CENTRED else "…")

    # -- commands with arguments

    def fraction(self, token: Token) -> Node:
        return nodes.Fraction(self.argument(token), self.argument(token), symbols.FRACTIONS[token.text[1:]])

    def binomial(self, token: Token) -> Node:
        return nodes.Binomial(self.argument(token), self.argument(token), symbols.BINOMIALS[token.text[1:]])

    def root(self, token: Token) -> Node:
        index = self.option(token)
        return nodes.Root(self.argument(token), index)

    def accent(self, token: Token) -> Node:
        return nodes.Accent(self.argument(token), symbols.ACCENTS[token.text[1:]])

    def decorated(self, token: Token) -> Node:
        return nodes.Decorated(self.argument(token), symbols.DECORATIONS[token.text[1:]])

    def frame(self, token: Token) -> Node:
        return nodes.Decorated(self.text(token, ""), "boxed")

    def brace(self, token: Token) -> Node:
        return nodes.Brace(self.argument(token), symbols.BRACES[token.text[1:]])

    def over(self, token: Token) -> Node:
        above = self.argument(token)
        return nodes.Stack(self.argument(token), above, None)

    def under(self, token: Token) -> Node:
        below = self.argument(token)
        return nodes.Stack(self.argument(token), None, below)

    def arrow(self, token: Token) -> Node:
        below = self.option(token)
        return nodes.Arrow(symbols.EXTENSIBLE_ARROWS[token.text[1:]], self.argument(token), below)

    def font(self, token: Token) -> Node:
        return nodes.Font(self.argument(token), symbols.FONTS[token.text[1:]])

    def classed(self, token: Token) -> Node:
        return nodes.Classed(self.argument(token), symbols.CLASSES[token.text[1:]])

    def modulus(self, token: Token) -> Node:
        return nodes.Modulus(self.argument(token))

    def operator(self, token: Token) -> Node:
        limits = self.next_text == "*"
        if limits:
            self.at += 1
        name = _word(self.argument(token))
        if name is None:
            raise self.error("an operator name holds letters and spaces only", token, r"as in \operatorname{arg\,max}")
        return nodes.Operator(name, limits)

    def mathop(self, token: Token) -> Node:
        body = self.argument(token)
        upright = body.items[0] if isinstance(body, Row) and len(body.items) == 1 else body
        name = _word(upright) if isinstance(upright, nodes.Font | nodes.Text | nodes.Operator) else None
        return nodes.Classed(body, "large") if name is None else nodes.Operator(name, limits=True)

    def negated(self, token: Token) -> Node:
        node = self.symbol(self.take())
        if not isinstance(node, nodes.Symbol) or node.char not in _NEGATABLE:
            raise self.error(r"\not needs a relation after it", token, r"write e.g. \not= or \not\subset")
        return nodes.Negated(node.char)

    def substack(self, token: Token) -> Node:
        if self.next_text != "{":
            raise self.error(r"\substack lacks its argument", token, r"write \substack{a \\ b}")
        opener = self.take()
        rows = [self.closed_row(_LINE, opener, "}")]
        while self.tokens[self.at - 1].text == r"\\":
            self.row_gap()
            rows.append(self.closed_row(_LINE, opener, "}"))
        return nodes.Lines(tuple(rows))

    def colour(self, token: Token) -> str:
        name = self.raw(token)
        if name not in symbols.COLOURS and not _COLOUR.fullmatch(name):
            help = _suggest(name, symbols.COLOURS, f"write #rrggbb or one of {', '.join(sorted(symbols.COLOURS))}")
            raise self.error(f"unknown colour {name!r}", token, help, end=self.tokens[self.at].start)
        return name

    def coloured(self, token: Token) -> Node:
        colour = self.colour(token)
        return nodes.Coloured(self.argument(token), colour)

    def style_switch(self, token: Token, stops: frozenset[str]) -> Node:
        return nodes.Styled(self.row(stops, self.open[-1]), symbols.STYLES[token.text[1:]])

    def colour_switch(self, token: Token, stops: frozenset[str]) -> Node:
        colour = self.colour(token)
        return nodes.Coloured(self.row(stops, self.open[-1]), colour)

    def tag(self, token: Token) -> Node:
        starred = self.next_text == "*"
        if starred:
            self.at += 1
        if self.tagged or self.open[-1].text:
            raise self.error(r"\tag belongs once, outside of everything else", token, "put it at the end")
        self.tagged = True
        return nodes.Tag(self.text(token, ""), not starred)

    def label(self, token: Token) -> Node:
        if self.strict:
            raise self.error(r"\label is not supported", token, "nothing can refer to a formula: remove it")
        self.raw(token)
        return Row()

    # -- delimiters

    def delimiter(self, command: Token) -> str:
        token = self.take()
        if token.text not in symbols.DELIMITERS:
            help = rf"write a bracket, a bar or an arrow; {command.text}. stands for none"
            raise self.error(f"{command.text} needs a delimiter after it", token if token.text else command, help)
        return symbols.DELIMITERS[token.text]

    def fenced(self, token: Token) -> Node:
        left = self.delimiter(token)
        body = self.closed_row(_RIGHT, token, r"\right, or with \right. for an invisible end")
        return nodes.Fenced(left, body, self.delimiter(self.tokens[self.at - 1]))

    def middle(self, token: Token) -> Node:
        if self.open[-1].text != r"\left":
            raise self.error(r"\middle is not directly between \left and \right", token, r"move it there, or use \big")
        return nodes.Middle(self.delimiter(token))

    def big(self, token: Token) -> Node:
        height, kind = symbols.BIG[token.text[1:]]
        delimiter = self.delimiter(token)
        own = "opening" if delimiter in symbols.OPENING else "closing" if delimiter in symbols.CLOSING else "normal"
        return nodes.Big(delimiter, height, kind or own)

    # -- text

    def font_text(self, token: Token) -> Node:
        return self.text(token, symbols.TEXT_FONTS[token.text[1:]])

    def text(self, command: Token, font: str) -> nodes.Text:
        opener = self.take()
        if opener.text.isalnum():
            return nodes.Text(font, (opener.text,))
        if opener.text != "{":
            raise self.error(f"{command.text} lacks its text", command, f"write {command.text}{{..}}")
        parts: list[str | Node] = []
        run: list[str] = []
        while True:
            token = self.take()
            if token.spaced:
                run.append(" ")
            if token.text in ("}", "$") and run:
                parts.append("".join(run))
                run.clear()
            if token.text == "}" and parts:
                return nodes.Text(font, tuple(parts))
            if token.text == "}":
                raise self.error("an empty text", command, "remove it: an empty group is written {}")
            if token.text == "$":
                parts.append(self.closed_row(_DOLLAR, token, "another $"))
            elif token.text:
                run.append(self.text_character(token))
            else:
                raise self.error(f"{command.text}{{ is never closed", opener, "close it with }")

    def text_character(self, token: Token) -> str:
        char = _TEXT_CHARACTERS.get(token.text, token.text)
        if len(char) > 1 or char in "{~":
            help = "text holds plain characters, \\$, \\{, \\}, and mathematics between dollars"
            if token.text in _TEXT_PLAIN:
                help = f"write {token.text[1:]} without its backslash"
            raise self.error(f"MathJax prints {token.text} literally inside text", token, help)
        if not char.isprintable():
            raise self.error(f"invisible character {char!r}", token, "remove it")
        return char

    # -- environments

    def environment(self, token: Token) -> Node:
        name = self.raw(token)
        end = self.tokens[self.at - 1].start + 1
        if name not in symbols.ENVIRONMENTS:
            known = ", ".join(("aligned", "array", "bmatrix", "cases", "gathered", "matrix", "pmatrix"))
            help = _suggest(name, symbols.ENVIRONMENTS, f"use one of {known}")
            raise self.error(f"unknown environment {name}", token, help, end=end)
        opener = token._replace(text=self.source[token.start : end])
        whole = name in symbols.WHOLE
        if whole and (len(self.open) > 1 or self.tokens[0].start < token.start):
            raise self.error(f"{name} inside a formula", opener, _suggest_inner(name))
        columns = self.specification(name, opener)
        rows, rules = self.rows(name, opener)
        self.end_environment(name, opener)
        if whole and self.next_text:
            raise self.error(f"something after {name}", self.tokens[self.at], _suggest_inner(name))
        if name.startswith(("equation", "multline")) and any(len(cells) > 1 for cells in rows):
            raise self.error(f"{name} has no columns", opener, "use aligned")
        if name.startswith("equation") and len(rows) > 1:
            raise self.error(f"{name} has one line only", opener, "use gathered or aligned")
        return nodes.Table(name, rows, columns, rules)

    def specification(self, name: str, opener: Token) -> str:
        """The `[t]` and `{c|lr}` after the name."""
        if name in symbols.PLACED and self.next_text == "[":
            place = _PLACE.match(self.source, self.tokens[self.at].start)
            if place is None:
                raise self.error(f"{opener.text} knows the places t, c and b", opener, "write [t] or nothing")
            self.skip_to(place.end())
        if name not in symbols.SPECIFIED:
            return ""
        columns = self.raw(opener)
        if name == "array" and not _COLUMNS.fullmatch(columns):
            raise self.error(f"unknown columns {columns!r}", opener, "columns are made of c, l, r and |")
        if name != "array" and not columns.isdecimal():
            raise self.error(f"{opener.text} needs the number of column pairs", opener, rf"write \begin{{{name}}}{{2}}")
        return "".join(columns.split())

    def rows(self, name: str, opener: Token) -> tuple[tuple[tuple[Row, ...], ...], tuple[int, ...]]:
        """The rows of cells up to \\end, and the numbers of the rows with a rule above them."""
        rows: list[tuple[Row, ...]] = []
        rules: list[int] = []
        cells: list[Row] = []
        while True:
            if not cells:
                rules += [len(rows)] * self.rules(name)
            cells.append(self.row(_CELL, opener))
            token = self.take()
            if token.text == "&":
                continue
            rows.append(tuple(cells))
            cells = []
            if token.text != r"\\":
                break
            self.row_gap()
        if rows[-1] == (Row(),):
            rows.pop()
        return tuple(rows), tuple(rules)

    def rules(self, name: str) -> bool:
        found = False
        while self.next_text == r"\hline":
            token = self.take()
            if name not in symbols.RULED:
                raise self.error(f"no \\hline in {name}", token, "use array")
            found = True
        return found

    def row_gap(self) -> None:
        """The star and the length that may follow a line break directly; paper sets its own distances."""
        match = _ROW_GAP.match(self.source, self.tokens[self.at - 1].start + 2)
        if match is not None:
            self.skip_to(match.end())
        token = self.tokens[self.at]
        if token.text == "[" and not token.spaced:
            raise self.error(r"[ after \\ needs a length", token, r"write \\[2pt], or a space before the bracket")

    def end_environment(self, name: str, opener: Token) -> None:
        token = self.tokens[self.at - 1]
        if token.text != r"\end":
            raise self.error(f"{opener.text} is never closed", opener, rf"close it with \end{{{name}}}")
        ended = self.raw(token)
        if ended != name:
            end = self.tokens[self.at - 1].start + 1
            raise self.error(f"{opener.text} is closed by \\end{{{ended}}}", token, rf"write \end{{{name}}}", end=end)

    # -- what stands where it must not

    def stray(self, token: Token) -> NoReturn:
        opener = self.open[-1].text
        closer = _PAIRS.get(opener) if not opener.startswith(r"\begin") else r"\end"
        if closer:
            raise self.error(f"{opener} is not closed before this {token.text}", token, f"close it with {closer} first")
        raise self.error(f"{token.text} closes nothing", token, "remove it, or open what it closes")

    def stray_cell(self, token: Token) -> NoReturn:
        help = r"use aligned, cases or a matrix; between \begin and \end, not inside braces"
        raise self.error(f"{token.text} outside the cells of an environment", token, help)

    def stray_rule(self, token: Token) -> NoReturn:
        raise self.error(r"\hline belongs at the start of a row of an array", token, r"put it after \\")

    def stray_limits(self, token: Token) -> NoReturn:
        raise self.error(f"{token.text} without an operator", token, r"write it directly after \sum or \max")

    def stray_character(self, token: Token) -> NoReturn:
        message, help = _STRAY[token.text]
        raise self.error(message, token, help)


def _suggest(word: str, known: Iterable[str], otherwise: str) -> str:
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.7)
    return f"did you mean {near[0]}?" if near else otherwise


def _suggest_inner(name: str) -> str:
    inner = {"gather": "gathered", "multline": "gathered", "alignat": "alignedat"}.get(name.rstrip("*"), "aligned")
    return f"{name} is for a whole formula: use {inner}"


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


_Handler = Callable[[_Parser, Token], Node]
_Switch = Callable[[_Parser, Token, frozenset[str]], Node]
_T = TypeVar("_T")


def _commands(names: Iterable[str], value: _T) -> dict[str, _T]:
    return {f"\\{name}": value for name in names}


_LARGE = frozenset(symbols.LARGE.values())
_SPACED = {**symbols.BINARY, **symbols.RELATIONS, **symbols.ARROWS}
_CENTRED = frozenset({*"+-=<>*:", *_SPACED.values(), *_commands(_SPACED, "")})
_NEGATABLE = frozenset({*symbols.RELATIONS.values(), *symbols.ARROWS.values(), *"=<>"})
_NUMBER_STARTS = frozenset("0123456789.")
_NAME_CHARACTERS = {**{c: c for c in string.ascii_letters}, "−": "-", "∗": "*"}
_NAME_SPACES = {"thin": "\u2009", "medium": "\u2005", "thick": "\u2005", "word": " ", "negative": ""}
_MATHJAX_UNKNOWN = frozenset(_commands(symbols.MATHJAX_UNKNOWN, ""))

_TEXT_CHARACTERS = {r"\$": "$", r"\{": "{", r"\}": "}", "'": "’", "`": "‘"}
_TEXT_PLAIN = frozenset({r"\%", r"\&", r"\#", r"\_", "\\ "})

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

#: MathJax would take a bracket after these for options.
_OPTIONAL = frozenset({r"\cancel", r"\cfrac"})
_PAIRS = {"{": "}", r"\left": r"\right", "[": "]", "$": "$"}
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
    **_commands(symbols.FRACTIONS, _Parser.fraction),
    **_commands(symbols.BINOMIALS, _Parser.binomial),
    **_commands(symbols.ACCENTS, _Parser.accent),
    **_commands(symbols.DECORATIONS, _Parser.decorated),
    **_commands(symbols.FONTS, _Parser.font),
    **_commands(symbols.TEXT_FONTS, _Parser.font_text),
    **_commands(("sqrt",), _Parser.root),
    **_commands(("operatorname",), _Parser.operator),
    **_commands(("textcolor",), _Parser.coloured),
}
_HANDLERS: dict[str, _Handler] = {
    **_SCRIPT_COMMANDS,
    "{": _Parser.group,
    **dict.fromkeys(_SCRIPT_MARKS, _Parser.empty_base),
    **dict.fromkeys(_STRAY, _Parser.stray_character),
    **dict.fromkeys(("}", r"\right", r"\end"), _Parser.stray),
    **dict.fromkeys(("&", r"\\"), _Parser.stray_cell),
    **_commands(symbols.BRACES, _Parser.brace),
    **_commands(symbols.CLASSES, _Parser.classed),
    **_commands(symbols.EXTENSIBLE_ARROWS, _Parser.arrow),
    **_commands(symbols.BIG, _Parser.big),
    **_commands(("limits", "nolimits"), _Parser.stray_limits),
    **_commands(("overset", "stackrel"), _Parser.over),
    r"\underset": _Parser.under,
    r"\dots": _Parser.dots,
    r"\fbox": _Parser.frame,
    r"\pmod": _Parser.modulus,
    r"\mathop": _Parser.mathop,
    r"\not": _Parser.negated,
    r"\substack": _Parser.substack,
    r"\tag": _Parser.tag,
    r"\label": _Parser.label,
    r"\left": _Parser.fenced,
    r"\middle": _Parser.middle,
    r"\begin": _Parser.environment,
    r"\hline": _Parser.stray_rule,
}
#: Commands that hold up to the end of what they stand in.
_SWITCHES: dict[str, _Switch] = {
    **_commands(symbols.STYLES, _Parser.style_switch),
    r"\color": _Parser.colour_switch,
}
_KNOWN = [text for table in (_SYMBOLS, _HANDLERS, _SWITCHES) for text in table if text[1:].isalpha()]
