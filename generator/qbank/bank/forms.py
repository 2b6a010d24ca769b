"""What words must look like: names, dates, colors, addresses. Rules, schemas and the documentation say it from here."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple


class Form(NamedTuple):
    """A regular expression that a word matches as a whole (in Python as in ECMAScript), and the same in words."""

    pattern: str
    says: str
    example: str
    longest: int | None = None

    def fits(self, word: str) -> bool:
        """Whether a word has this form."""
        if self.longest is not None and len(word) > self.longest:
            return False
        return _compiled(self.pattern).fullmatch(word) is not None


#: `re` remembers expressions, too, but to ask it takes longer than most words do.
_compiled = cache(re.compile)


#: Characters of a name.
MAX_NAME = 60
_NAME = r"[a-z0-9]+(-[a-z0-9]+)*"

NAME = Form(_NAME, "lower-case words and numbers joined by hyphens", "two-words", MAX_NAME)
CARD_KEY = Form(f"{_NAME}/{_NAME}", "the names of a question and of a card of it", "question/card")
# Windows opens no such file, whatever its ending: https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
_NO_DEVICE = r"(?!(?:[cC][oO][nN]|[pP][rR][nN]|[aA][uU][xX]|[nN][uU][lL]|(?:[cC][oO][mM]|[lL][pP][tT])[0-9])(?:\.|$))"
FOLDER = Form(_NO_DEVICE + _NAME, "a name that is no device of Windows, as con and aux are", "two-words", MAX_NAME)
FILE = Form(rf"{_NO_DEVICE}[A-Za-z0-9][A-Za-z0-9_-]*\.[a-z]+", "the name of a file, without its folder", "drawing.svg")
SLUG = Form(rf"{_NO_DEVICE}[a-z0-9-]+", "lower-case letters, digits and hyphens", "night-sky")
MONTH = Form(r"20\d\d-(0[1-9]|1[0-2])", "a year and a month", "2026-11")
YEAR = Form(r"(1\d|20)\d\d", "a year", "2009")
COLOR = Form(r"#[0-9a-fA-F]{6}", "a color as #rrggbb, in quotes", "#1d5fa8")
# Signs that RFC 3986 leaves out of addresses are written by their numbers: %7B for a brace.
WEB = Form(r"https?://(?![^/?#]*@)[^\s<>\"'`{}|\\^\[\]\x00-\x1f\x7f]+", "a web address", "https://example.org")
# https://www.crossref.org/blog/dois-and-matching-regular-expressions/
DOI = Form(r"10\.\d{4,9}/\S+", "a DOI without the address before it", "10.1007/978-0-387-84858-7")
# https://info.arxiv.org/help/arxiv_identifier.html
ARXIV = Form(r"\d{4}\.\d{4,5}(v\d+)?|[a-z-]+(\.[A-Z]{2})?/\d{7}", "an identifier of arXiv, in quotes", "1706.03762")
DECK = Form(r"([^:\x00-\x1f\x7f]|:(?!:))*", "the name of a deck in one line, without `::`", "010 The Moon", 100)
ROOT_DECK = Form(
    r"([^:\x00-\x1f\x7f]|:(?!:))+(::([^:\x00-\x1f\x7f]|:(?!:))+)*",
    "the name of a deck in one line, with `::` between names only",
    "The Night Sky",
    100,
)
# https://git-scm.com/docs/git-check-ref-format allows more, but nothing of that is part of an address as it stands.
BRANCH = Form(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*", "the name of a branch", "main", 200)
# What Anki hashes with the key of a note.
NAMESPACE = Form(r"[^\s\x00-\x1f\x7f<>\"'&\\]+", "a word, better an address of yours", "night-sky.example.org", 200)
# Part of a tag, which Anki parts at blanks and at `::`.
ORIGIN = Form(r"\w[\w.+-]*(:[\w.+-]+)*", "a word of letters, digits, points and hyphens", "d-01", 60)
WORK = Form(r"\w[\w.:+/-]*", "a word of letters, digits and hyphens", "esl", 100)
# https://packaging.python.org/en/latest/specifications/dependency-specifiers/, without addresses, markers and options.
PACKAGE = Form(
    r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?(\[[A-Za-z0-9,._-]+\])?([<>=!~]=?=?[A-Za-z0-9.*+!]+(,[<>=!~]=?=?[A-Za-z0-9.*+!]+)*)?",
    "the name of a package, with a version where it matters",
    "numpy",
    100,
)
