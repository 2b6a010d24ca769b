r"""Formulas of known parts, which are known to be right without a tree of them.

Most formulas are symbols with scripts, fractions, roots and accents, two deep. One regular expression knows them in a
tenth of the time that the parser takes. What it knows, `parse` accepts, as the tests try on any such formula; of every
other formula it says nothing.
"""

from __future__ import annotations

import re
from functools import cache

from qbank.markup.tex import symbols
from qbank.markup.tex.parser import STRICT_SYMBOLS

#: How deep braces nest here.
_DEPTH = 2
_UNKNOWN = frozenset(symbols.MATHJAX_UNKNOWN)
_FRACTIONS = frozenset({*symbols.FRACTIONS, *symbols.BINOMIALS}) - _UNKNOWN
_ONE_ARGUMENT = frozenset({"sqrt", *symbols.ACCENTS, *symbols.FONTS}) - _UNKNOWN
_WORDS = frozenset(text[1:] for text in STRICT_SYMBOLS if text[0] == "\\" and text[1:].isalpha())
_NAMES = _WORDS - _FRACTIONS - _ONE_ARGUMENT
_KNOWN = _NAMES | _FRACTIONS | _ONE_ARGUMENT
_CHARACTERS = re.escape("".join(sorted(text for text in STRICT_SYMBOLS if len(text) == 1 and text.isascii())))
_COMMAND = re.compile(r"\\([A-Za-z]+)")


def _one_of(names: frozenset[str]) -> str:
    return rf"\\(?:{'|'.join(sorted(names))})(?![A-Za-z]) ?"


@cache
def _simple() -> re.Pattern[str]:
    one, two = _one_of(_ONE_ARGUMENT), _one_of(_FRACTIONS)
    # Which names are known, is asked afterwards: an expression that tries them one after the other is slow.
    symbol = rf"[{_CHARACTERS}]|[0-9]++|\\[,;!]|(?!{one}|{two})\\[A-Za-z]++"
    row = rf"(?: |{symbol})++"
    for _ in range(_DEPTH):
        braces = rf"\{{{row}\}}"
        argument = rf"(?:[A-Za-z0-9]|{braces})"
        base = rf"(?:{symbol}|(?:{two}{argument} ?|{one}){argument})"
        script = rf"(?:[A-Za-z0-9]|\\(?:top|star|ast|infty)(?![A-Za-z])|{braces})"
        row = rf"(?:{base}(?:_{script}(?:\^{script})?+(?![_^'])|\^{script}(?![_^'])|'(?![_^'])|(?![_^']))| )++"
    return re.compile(row)


def is_simple(source: str) -> bool:
    """Whether a formula is one of known parts, which `parse` accepts. Where not, nobody knows yet."""
    return bool(_simple().fullmatch(source)) and not source.isspace() and _KNOWN.issuperset(_COMMAND.findall(source))


def is_command(name: str) -> bool:
    """Whether LaTeX has a command of that name for symbols, fractions, roots, accents or fonts."""
    return name in _KNOWN or name in ("text", "ce")
