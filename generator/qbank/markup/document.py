"""Markdown with mathematics, parsed once for every output.

CommonMark with tables, `$inline$` and `$$display$$` mathematics and, in cloze texts, Anki's `{{c1::text::hint}}` as
tokens of their own (`cloze_open`, `cloze_close`). What the renderers do not know is parsed too, so that the checks can
name it: raw HTML becomes HTML tokens instead of passing as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property, lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.dollarmath.index import math_inline_dollar

from qbank.bank.settings import LANGUAGES
from qbank.markup import sentences
from qbank.markup.scripts import unbroken

#: Languages of code that are highlighted alike on cards and on paper.
CODE_LANGUAGES = LANGUAGES

MATH = frozenset({"math_inline", "math_inline_double", "math_block"})

#: Stands in `Document.prose` for a sign that is no plain text.
MASK = "\ufffc"

_LINE_END = re.compile("\r\n?")
_CLOZE = re.compile(r"\{\{c(\d+(?:,\d+)*)::")
# The end of a link, from the bracket behind its text on.
_TARGET = re.compile(r"\]\((?:<[^<>\n]*>|(?:[^\s()]|\([^\s()]*\))*)(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)|\]")


class Found(NamedTuple):
    """A token and the block token that it stands in (itself, for a block)."""

    token: Token
    block: Token


class Document:
    """A parsed text: its tokens in order, and where each kind of token stands.

    `definitions` are the lines on which Markdown reads the target of a link, `[label]: target`, and shows nothing.
    """

    def __init__(self, text: str, tokens: list[Token], definitions: Mapping[str, Any] | None = None) -> None:
        self.text = text
        self.tokens = tokens
        self.definitions = definitions or {}
        self._places: dict[int, tuple[int, int]] | None = None

    def __iter__(self) -> Iterator[Found]:
        """Every token, blocks and inline tokens alike, in the order of the text; an image's own text is left out."""
        for block in self.tokens:
            yield Found(block, block)
            for token in block.children or ():
                yield Found(token, block)

    def by_type(self) -> ByType:
        """The tokens of the text by their type."""
        return ByType(self)

    def saying(self, sign: str) -> Iterator[Found]:
        """The tokens of text that hold a sign."""
        for block in self.tokens:
            for token in block.children or ():
                if token.type == "text" and sign in token.content:
                    yield Found(token, block)

    @cached_property
    def prose(self) -> str:
        """The text as long as it is, with only its plain words and its white space: `MASK` stands for every sign of
        code, formulas, links and escaped characters, and for those that are markup.
        """
        prose = [sign if sign.isspace() else MASK for sign in self.text]
        linked = 0
        for token, _ in self:
            linked += (token.type == "link_open") - (token.type == "link_close")
            # A backslash before a letter escapes nothing.
            if not linked and (
                token.type == "text" or (token.type == "text_special" and token.content == token.markup)
            ):
                start, end = self.place(token)
                if self.text[start:end] == token.content:
                    prose[start:end] = token.content
        return "".join(prose)

    def place(self, token: Token) -> tuple[int, int]:
        """The first and the last-but-one character of a token in the text; its block's line where that is not sure."""
        if self._places is None:
            self._places = dict(self._locate())
        return self._places.get(id(token), (0, len(self.text)))

    def _locate(self) -> Iterator[tuple[int, tuple[int, int]]]:
        starts = [0, *(m.end() for m in re.finditer("\n", self.text)), len(self.text)]
        cursor = 0
        for token, block in self:
            if token is block:
                first, last = block.map or (0, len(starts) - 1)
                cursor = max(cursor, starts[min(first, len(starts) - 1)])
                end = starts[min(last, len(starts) - 1)]
                yield id(token), (starts[first] if block.map else cursor, end)
                continue
            if token.type == "link_close" and token.markup != "autolink":
                target = _TARGET.search(self.text, cursor)
                cursor = target.end() if target else cursor
            needle = _needle(token)
            at = self.text.find(needle, cursor) if needle else -1
            if at < 0:
                yield id(token), (cursor, cursor + 1)
                continue
            yield id(token), (at, at + len(needle))
            if token.type != "link_open":
                cursor = at + len(needle)


_TYPE = attrgetter("type")


class ByType(Mapping[str, list[Found]]):
    """The tokens of a document by their type. For most documents it is enough to know which types there are."""

    __slots__ = ("_document", "_found", "kinds")

    def __init__(self, document: Document) -> None:
        self._document = document
        self._found: dict[str, list[Found]] = {}
        kinds = set()
        for block in document.tokens:
            kinds.add(block.type)
            if block.children:
                kinds.update(map(_TYPE, block.children))
        self.kinds = frozenset(kinds)

    def __getitem__(self, kind: str) -> list[Found]:
        if kind not in self.kinds:
            raise KeyError(kind)
        found = self._found.get(kind)
        if found is None:
            found = self._found[kind] = [
                Found(token, block)
                for block in self._document.tokens
                for token in (block, *(block.children or ()))
                if token.type == kind
            ]
        return found

    def get(self, kind: str, default: Any = None) -> Any:
        """The tokens of a type, in the order of the text; the default where there are none, as there are most often."""
        return self[kind] if kind in self.kinds else default

    def __iter__(self) -> Iterator[str]:
        return iter(self.kinds)

    def __len__(self) -> int:
        return len(self.kinds)


def _needle(token: Token) -> str:
    """The characters by which an inline token is found in the text."""
    match token.type:
        case "math_inline" | "math_inline_double":
            return token.markup + token.content + token.markup
        case "text_special":
            return token.markup
        case "link_open":
            return str(token.attrGet("href"))
        case "image":
            return f"![{token.content}]"
        case "softbreak" | "hardbreak":
            return "\n"
        case "cloze_open":
            return f"{{{{c{token.meta['numbers']}::"
        case _:
            return token.content


def parse(text: str, *, cloze: bool = False) -> Document:
    """Parse Markdown; a text that was parsed lately is not parsed again.

    With `cloze`, `{{c1::text::hint}}` is markup, otherwise text.
    """
    return _parse(text, cloze)


# A question is checked, and written, by one rule and one output after the other; it has a few dozen texts.
@lru_cache(maxsize=512)
def _parse(text: str, cloze: bool) -> Document:
    # The ends of lines become those of markdown-it, so that its lines are the lines of the document.
    if "\r" in text or "\0" in text:
        text = _LINE_END.sub("\n", text).replace("\0", "\ufffd")
    parser = _parser(cloze)
    environment: dict[str, Any] = {}
    tokens = sentences.blocks(text)
    if tokens is None:
        tokens = []
        parser.block.parse(text, parser, environment, tokens)
    for token in tokens:
        if token.type == "inline":
            children = sentences.inline(token.content, cloze=cloze)
            if children is None:
                children = parser.inline.parse(token.content, parser, environment, [])
            token.children = children if token.content.isascii() else unbroken(children)
    return Document(text, tokens, environment.get("references"))


@cache
def _parser(cloze: bool) -> MarkdownIt:
    # text_join would merge escaped characters into the text around them: an escaped dollar could then not be told
    # from one that opens a formula and does not close it.
    parser = MarkdownIt("commonmark", {"html": True}).enable("table").disable("text_join")
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    parser.inline.ruler.at("math_inline", _math)
    if cloze:
        parser.inline.ruler.before("escape", "cloze", _cloze)
    return parser


_MATH_RULE = math_inline_dollar(allow_space=False, allow_digits=False, allow_double=True)


def _math(state: StateInline, silent: bool) -> bool:
    """Markdown-it rule: the plugin's, which at the start of a text takes its last character for the one before it.

    mdit-py-plugins 0.7 so reads `$x$ or 1` as text, because it ends in a digit. A space at the end mends that.
    """
    if state.pos:
        return _MATH_RULE(state, silent)
    text = state.src
    state.src = text + " "
    try:
        return _MATH_RULE(state, silent)
    finally:
        state.src = text


def _cloze(state: StateInline, silent: bool) -> bool:
    """Markdown-it rule: a cloze deletion, parsed as a link is, so that emphasis cannot cross its bounds."""
    opening = _CLOZE.match(state.src, state.pos, state.posMax)
    if not opening:
        return False
    start, stop = state.pos, state.posMax
    state.pos = opening.end()
    hint = -1
    while state.pos < stop and not state.src.startswith("}}", state.pos):
        if hint < 0 and state.src.startswith("::", state.pos):
            hint = state.pos
        state.md.inline.skipToken(state)
    end = state.pos
    state.pos = start
    if end >= stop:
        return False
    if not silent:
        token = state.push("cloze_open", "", 1)
        token.meta = {"numbers": opening[1], "hint": state.src[hint + 2 : end] if hint >= 0 else ""}
        state.pos, state.posMax = opening.end(), hint if hint >= 0 else end
        state.linkLevel += 1
        state.md.inline.tokenize(state)
        state.linkLevel -= 1
        state.push("cloze_close", "", -1)
    state.pos, state.posMax = end + 2, stop
    return True
