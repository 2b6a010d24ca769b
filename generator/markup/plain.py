"""Markdown with mathematics -> plain text: for counting words, comparing questions, and titles."""

from __future__ import annotations

from generator.markup import cloze, tex
from generator.markup.document import MATH, Document

_BREAKS = frozenset({"softbreak", "hardbreak"})


def text(document: Document) -> str:
    """The text of a document on one line: formulas written out in Unicode, clozes by their content."""
    parts = []
    for token, block in document:
        if token.type in MATH:
            parts.append(tex.strip_for_plain(cloze.strip(token.content)))
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
    run: list[str] = []
    for token, block in document:
        if token.type in MATH:
            run.append(" formula ")
        elif token is not block and token.type not in _BREAKS:
            run.append(token.content)
        else:
            run.append(" ")
    return sum(any(c.isalnum() for c in word) for word in "".join(run).split())
