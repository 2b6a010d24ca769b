"""Markdown with mathematics -> plain text: for counting words, comparing questions, and titles."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from qbank.markup import cloze, tex
from qbank.markup.document import MATH, Document, parse

#: What is said as a word holds a letter or a digit.
_SAID = re.compile(r"[^\W_]")
_BREAKS = frozenset({"softbreak", "hardbreak"})


def text(document: Document, formula: Callable[[str], str] = tex.strip_for_plain) -> str:
    """The text of a document on one line: clozes by their content, formulas as `formula` writes them.

    By default they are written out in Unicode.
    """
    parts = []
    for token, block in document:
        if token.type in MATH:
            parts.append(formula(cloze.strip(token.content)))
        elif token.type in _BREAKS:
            parts.append(" ")
        elif token.type in ("fence", "code_inline"):
            parts.append(cloze.strip(token.content))
        elif token is not block:
            parts.append(token.content)
        else:
            parts.append(" ")
    return " ".join("".join(parts).split())


def words(document: Document) -> int:
    """How many words a document has, said aloud: a formula counts as one."""
    # Nearly all are letters and digits alone, for which no expression is needed.
    return sum(1 for word in _apart(document) if word.isalnum() or _SAID.search(word))


def _apart(document: Document) -> list[str]:
    """What stands between white space in a document, with a word for each formula."""
    run: list[str] = []
    for block in document.tokens:
        run.append(" formula " if block.type in MATH else " ")
        for token in block.children or ():
            if token.type in MATH:
                run.append(" formula ")
            else:
                run.append(" " if token.type in _BREAKS else token.content)
    return "".join(run).split()


#: What may stand between words of ASCII characters, most often one at a time: to count it is faster than to split.
_BLANKS = "".join(filter(str.isspace, map(chr, range(128))))


def exceeds(text: str, most: int) -> int:
    """How many words a text has, if it has more than `most`; else 0. Most often that is seen without parsing it.

    Words stand apart by white space, but for what is beside a formula, a cell of a table or a character reference.
    """
    apart = text.count("$") + text.count("|") + text.count("&")
    if len(text) // 2 + 1 + apart <= most:  # a word takes a letter and a blank at least
        return 0
    if text.isascii() and sum(map(text.count, _BLANKS)) + 1 + apart <= most:
        return 0
    if len(text.split()) + apart <= most:
        return 0
    document = parse(text)
    count = words(document) if len(_apart(document)) > most else 0
    return count if count > most else 0


def gaps(document: Document, formula: Callable[[str], str] = str) -> dict[str, tuple[str, str]]:
    """The deletions of a cloze text by number: the text that is deleted, and the whole text with all of them blank.

    Deletions of one number are joined. Those inside formulas and code count as those outside do. By default formulas
    are as they are written; else `formula` writes them, and the parts of them that are deleted.
    """
    found: dict[str, list[str]] = {}
    blank: list[str] = []
    open_numbers: list[str] = []

    def say(text: str) -> None:
        for number in open_numbers:
            found[number].append(text)
        if not open_numbers:
            blank.append(text)

    for token, block in document:
        if token is block:
            say(" ")
        elif token.type == "cloze_open":
            if not open_numbers:
                blank.append("…")
            open_numbers.append(token.meta["numbers"])
            found.setdefault(open_numbers[-1], [])
        elif token.type == "cloze_close":
            open_numbers.pop()
        elif token.type in MATH or token.type in ("code_inline", "fence"):
            inside = cloze.find(token.content)
            write = formula if token.type in MATH else str
            for each in inside:
                deleted = token.content[each.inner_start : each.inner_end]
                found.setdefault(str(each.number), []).append(write(deleted))
            say(write(_blanked(token.content, inside)))
        else:
            say(token.content or " ")
    around = " ".join("".join(blank).split())
    return {number: (" ".join("".join(parts).split()), around) for number, parts in sorted(found.items())}


def _blanked(text: str, inside: Sequence[cloze.Cloze]) -> str:
    """A text with its outermost clozes blank."""
    out, at = [], 0
    for each in inside:
        if each.start >= at:
            out += [text[at : each.start], "…"]
            at = each.end
    return "".join([*out, text[at:]])
