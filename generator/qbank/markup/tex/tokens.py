r"""The tokens of a formula, the place among them, and errors with their place in the source.

A token is a character, a number, or a command with its backslash; white space only parts tokens. Most formulas are read
without a fault, so tokens are bare strings, which one call of a regular expression makes; where they stand in the
source is found out when something asks.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from functools import cached_property

from qbank.markup.errors import MarkupError

_TOKEN = re.compile(r"\s*+([^\\0-9.\s]|\\(?:[A-Za-z]+|.)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]*|\Z)", re.DOTALL)
_POINT_FIRST = re.compile(r"\.[0-9]")
_ODD_SPACE = re.compile(r"\\[^\S ]")


class TexError(MarkupError):
    """A formula that is not in the subset; its place is one in the whole source, inside environments and texts too."""


class Tokens:
    """The tokens of a source, of which the last is empty. A token is known by its number.

    `at` is the number of the next token and `last` that of the one that `take` took last.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.texts: list[str] = _TOKEN.findall(source)
        if _ODD_SPACE.search(source):
            self.texts = ["\\ " if len(text) == 2 and text[1].isspace() else text for text in self.texts]
        self.at = 0
        self.last = 0
        #: Where what a token opens ends in the source, where an error is to show that as well: `\begin{matrix}`.
        self.ends: dict[int, int] = {}

    @property
    def next_text(self) -> str:
        """The next token."""
        return self.texts[self.at]

    def take(self) -> str:
        """Go past the next token, unless it is the end."""
        self.last = self.at
        text = self.texts[self.at]
        if text:
            self.at += 1
        return text

    def take_one(self) -> str:
        """Go past a command or one character, which may be the first of a number: `x^10` is `x^{1}0`."""
        text = self.texts[self.at]
        if len(text) < 2 or text[0] == "\\":
            return self.take()
        self.last = self.at
        following = self.at + 1
        if text[0] == "." and _POINT_FIRST.match(self.texts[following]) and not self.is_spaced(following):
            # `.4.5`: without its first point it is one number.
            self.texts[self.at] = "."
            self.at = following
            self.texts[following] = text[1:] + self.texts[following]
        else:
            self.texts[self.at] = text[1:]
        return text[0]

    # -- places

    @cached_property
    def _stops(self) -> list[int]:
        """Where each token ends: unlike its start that stays when `take_one` shortens a number.

        The last place is that of token -1, which stands before all others and is empty.
        """
        return [*(match.end() for match in _TOKEN.finditer(self.source)), 0]

    def start(self, token: int) -> int:
        """Where a token starts in the source."""
        return self._stops[token] - len(self.texts[token])

    def is_spaced(self, token: int) -> bool:
        """Whether white space stands before a token."""
        return self.start(token) > (self._stops[token - 1] if token else 0)

    def skip_to(self, offset: int) -> None:
        """Go to the first token that does not start before a place in the source."""
        while self.start(self.at) < offset:
            self.at += 1

    def name(self, token: int) -> str:
        """A token as messages call it: with the name of the environment that it begins."""
        if token in self.ends:
            return self.source[self.start(token) : self.ends[token]]
        return self.texts[token]

    def error(self, message: str, token: int, help: str, *, end: int | None = None) -> TexError:
        """The error for the source from a token to its end, or to `end`."""
        start = self.start(token)
        stop = self.ends.get(token, self._stops[token]) if end is None else end
        return TexError(message, start, stop - start, help)


def suggest(word: str, known: Iterable[str], otherwise: str) -> str:
    """A help line: the known word that is nearest to a mistyped one, or another text."""
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.7)
    return f"did you mean {near[0]}?" if near else otherwise
