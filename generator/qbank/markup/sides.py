"""The two sides of what Anki makes of a cloze text: for every number what is asked, and what is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from markdown_it.token import Token

from qbank.markup import cloze, tex
from qbank.markup.document import MATH, Document

_CODE = frozenset({"code_inline", "fence"})
#: What stands for a deletion, as Anki shows it.
_BLANK = "[...]"


class Sides(NamedTuple):
    """A deletion: its number, the whole text with it blank, or its hint in its place, and what is deleted."""

    number: int
    front: Document
    back: Document


def sides(document: Document) -> list[Sides]:
    """The deletions of a cloze text by their numbers. Those of one number are asked together; others are shown."""
    return [Sides(n, _front(document, n), _back(document, n)) for n in sorted(set(_numbers(document)))]


def whole(document: Document) -> Document:
    """A cloze text without its deletions: what they hold stands as text."""
    return _front(document, 0)


def _numbers(document: Document) -> Iterator[int]:
    for token, _ in document:
        if token.type == "cloze_open":
            yield int(token.meta["numbers"])
        elif token.type in MATH or token.type in _CODE:
            yield from (each.number for each in cloze.find(token.content))


# -- what is asked


def _front(document: Document, number: int) -> Document:
    tokens = []
    for block in document.tokens:
        if block.children is None:
            tokens.append(_blanked(block, number))
        else:
            tokens.append(block.copy(children=list(_apart(_asked(block.children, number)))))
    return Document("", tokens)


def _apart(tokens: Iterable[Token]) -> Iterator[Token]:
    """With a space where brackets would follow those of a blank: Markdown would take both for a link."""
    last = ""
    for token in tokens:
        if token.type == "text":
            if last.endswith("]") and token.content.startswith(("(", "[")):
                yield _words(" ")
            last = token.content
        else:
            last = ""
        yield token


def _asked(tokens: Iterable[Token], number: int) -> Iterator[Token]:
    hidden: list[bool] = []
    for token in tokens:
        if token.type == "cloze_open":
            mine = int(token.meta["numbers"]) == number
            if mine and not any(hidden):
                yield _words(f"[{token.meta['hint']}]" if token.meta["hint"] else _BLANK)
            hidden.append(mine)
        elif token.type == "cloze_close":
            hidden.pop()
        elif not any(hidden):
            yield _blanked(token, number)


def _blanked(token: Token, number: int) -> Token:
    """A formula or code in which the deletions of a number are blank, and the others stand as text."""
    if token.type in _CODE:
        return token.copy(content=_resolved(token.content, number, lambda hint: f"[{hint}]" if hint else _BLANK))
    if token.type in MATH:
        return token.copy(content=_resolved(token.content, number, _blank_in_formula))
    return token


def _blank_in_formula(hint: str) -> str:
    worded = rf"{{[\text{{{hint}}}]}}"
    return worded if hint and _is_formula(worded) else f"{{{_BLANK}}}"


def _resolved(text: str, number: int, blank: Callable[[str], str]) -> str:
    """A text without clozes: those of a number are blank, the others are what they hold."""
    marks: list[tuple[int, int, str]] = []
    for each in cloze.find(text):
        if each.number == number:
            marks.append((each.start, each.end, blank(each.hint)))
        else:
            marks += [(each.start, each.inner_start, ""), (each.inner_end, each.end, "")]
    out, at = [], 0
    for start, end, instead in sorted(marks):
        if start >= at:  # else it stands in one that is blank
            out += [text[at:start], instead]
            at = end
    return "".join([*out, text[at:]])


# -- what is deleted


def _back(document: Document, number: int) -> Document:
    """What is deleted, on one line; a semicolon stands between several."""
    line: list[Token] = []
    for part in _deleted(document, number):
        line += [*([_words("; ")] if line else []), *part]
    paragraph = [
        Token("paragraph_open", "p", 1),
        Token("inline", "", 0, children=line),
        Token("paragraph_close", "p", -1),
    ]
    return Document("", paragraph)


def _deleted(document: Document, number: int) -> Iterator[list[Token]]:
    opened: list[bool] = []
    part: list[Token] = []
    for token, _ in document:
        if token.type == "cloze_open":
            opened.append(int(token.meta["numbers"]) == number)
        elif token.type == "cloze_close":
            if opened.pop() and not any(opened):
                yield part
                part = []
        elif any(opened):
            part.append(_revealed(token))
        elif token.type in MATH or token.type in _CODE:
            yield from ([each] for each in _deleted_inside(token, number))


def _revealed(token: Token) -> Token:
    has_clozes = token.type in MATH or token.type in _CODE
    return token.copy(content=cloze.strip(token.content)) if has_clozes else token


def _deleted_inside(token: Token, number: int) -> Iterator[Token]:
    """The deletions of a number in a formula or in code, the outermost ones."""
    end = 0
    for each in cloze.find(token.content):
        if each.number != number or each.start < end:
            continue
        end = each.end
        inside = cloze.strip(token.content[each.inner_start : each.inner_end]).strip()
        if token.type in _CODE:
            yield Token("code_inline", "code", 0, content=inside, markup="`")
        else:
            # A part that is no formula by itself, such as one side of a pair of parentheses, stands in the whole one.
            whole = " ".join(cloze.strip(token.content).split())
            yield Token("math_inline", "math", 0, content=inside if _is_formula(inside) else whole, markup="$")


def _is_formula(text: str) -> bool:
    try:
        tex.parse(text)
    except tex.TexError:
        return False
    return True


def _words(text: str) -> Token:
    return Token("text", "", 0, content=text)
