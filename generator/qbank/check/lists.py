"""Rules for lists: what was meant for an entry is one, at the level at which it was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise

from markdown_it.token import Token

from qbank.bank.model import Text
from qbank.markup.document import ByType, Document
from qbank.problem import Edit, Fault, Fix, rule

_BULLETS = "•‣▪▫◦●○■□➢➤►▶❖⁃"
#: What stands before an entry elsewhere. A sentence may begin with all of these but the bullets.
_SIGN = re.compile(
    rf"[ ]*(?:(?P<bullet>[{_BULLETS}])|(?P<dash>[–—−·])(?=[ ])|(?P<tight>-)(?=[^\W\d_]|\*\*\S)"
    r"|(?P<number>\d{1,2}[.)])(?=[A-Z])|(?P<letter>\((?:\d{1,2}|[A-Za-z]|[ivx]{2,4})\)|[A-Za-z]\))(?=[ ]))[ ]*(?=\S)"
)
_PERHAPS = re.compile(rf"\n[ ]*(?:[{_BULLETS}]|[–—−·][ ]|-[^\W\d_*]|-\*\*|\d{{1,2}}[.)][A-Z]|\(?\w{{1,4}}\)[ ])")


@rule("text", when=lambda text: _PERHAPS.search(f"\n{text}"))
def lost_list(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """An entry of a list begins with `- ` or `1. `: lines with other signs are joined to one paragraph.

    Word processors write `•` or `–`, and forms `a)` or `(1)`.
    """
    for _, start, rows in _paragraphs(document):
        signs = [_SIGN.match(row) for row in rows]
        first = next((n for n, sign in enumerate(signs) if sign), None)
        if first is None:
            continue
        kind = (signs[first] or signs[0]).lastgroup  # type: ignore[union-attr]
        entries = [n for n, sign in enumerate(signs) if sign and sign.lastgroup == kind]
        introduced = first == 0 or rows[first - 1].rstrip().endswith(":")
        if kind != "bullet" and (len(entries) < 2 or not introduced):
            continue
        starts = list(accumulate((len(row) + 1 for row in rows), initial=start))
        edits = [
            Edit(text.place(starts[n] + sign.start(kind), starts[n] + sign.end()), "- ")
            for n, sign in enumerate(signs)
            if sign and kind and sign.lastgroup == kind
        ]
        begin = starts[first] + len(rows[first]) - len(rows[first].lstrip())
        whole = kind in ("bullet", "dash", "tight") and entries == [*range(first, len(rows))]
        yield Fault(
            text.place(begin, starts[first] + len(rows[first])),
            "this begins no entry of a list, so Markdown joins it to the lines around it",
            "begin each entry with '- ' or '1. '",
            Fix(tuple(edits), safe=True) if whole else None,
        )


def _paragraphs(document: Document) -> Iterator[tuple[Token, int, list[str]]]:
    """Every paragraph: its opening token, where its first line starts, and its lines as they are written."""
    lines = document.text.split("\n")
    starts = [0, *(end.end() for end in re.finditer("\n", document.text))]
    for token in document.tokens:
        if token.type == "paragraph_open" and token.map:
            first, last = token.map
            yield token, starts[first], lines[first:last]


_ENTRY = re.compile(r"[ ]*(?:[-*+]|\d{1,9}[.)])[ ]+(?=\S)")


@rule("text", visits=("list_item_open",))
def flat_list(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """An entry below another one is indented as far as the text of that: two spaces below `- `, three below `1. `.

    With fewer it stands beside it, with six more it is a part of its text.
    """
    lines = document.text.split("\n")
    starts = [0, *(end.end() for end in re.finditer("\n", document.text))]
    # The last entry of each level: the column of its sign, and that of its text.
    last: dict[int, tuple[int, int]] = {}
    begun: set[int] = set()
    for token in document.tokens:
        if token.type == "list_item_open" and token.map:
            line = token.map[0]
            entry = _ENTRY.match(lines[line])
            if entry and line not in begun:  # a list in the line of another entry is where it should be
                column = len(entry[0]) - len(entry[0].lstrip())
                beside, wanted = last.get(token.level, (column, 0))
                if column > beside:
                    yield _misplaced(text, starts[line] + column, len(lines[line]) - column, wanted, "beside")
                last = {level: each for level, each in last.items() if level < token.level}
                last[token.level] = (column, len(entry[0]))
                begun.add(line)
        elif token.type in ("paragraph_open", "fence", "table_open", "math_block", "heading_open"):
            last = {level: each for level, each in last.items() if level < token.level}
    for opening, start, rows in _paragraphs(document):
        for n, row in enumerate(rows[1:] if opening.level else (), 1):
            entry = _ENTRY.match(row)
            if entry and re.match(r"[ ]*[-*+]", row):
                column = len(row) - len(row.lstrip())
                at = start + sum(len(each) + 1 for each in rows[:n]) + column
                above = _ENTRY.match(rows[0])
                yield _misplaced(text, at, len(row) - column, len(above[0]) if above else 2, "in the text of")
                break


def _misplaced(text: Text, start: int, length: int, wanted: int, where: str) -> Fault:
    return Fault(
        text.place(start, start + length),
        f"for Markdown this entry stands {where} the one above it, not below it",
        f"indent it by {wanted} spaces to put it below that one, or else like the entries above",
    )


@rule("text", visits=("bullet_list_open", "blockquote_open"))
def line_sign(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """A line that begins with `- `, `+ ` or `> ` is an entry of a list or a quotation, even within a sentence.

    A list of one entry that is meant stands behind a colon or an empty line.
    """
    lines = document.text.split("\n")
    starts = [0, *(end.end() for end in re.finditer("\n", document.text))]
    for before, token in pairwise(document.tokens):
        if before.type != "paragraph_close" or token.level or token.type not in ("bullet_list_open", "blockquote_open"):
            continue
        line, end = token.map or [0, 0]
        above = lines[line - 1].rstrip() if line else ""
        if not above or above[-1] in '.:;?!)*”"' or end - line > 1:
            continue
        start = starts[line] + len(lines[line]) - len(lines[line].lstrip())
        what = "an entry of a list" if token.type == "bullet_list_open" else "a quotation"
        yield Fault(
            text.place(start, start + 1),
            f"Markdown takes this line for {what}, since it begins with {document.text[start]}",
            "begin the line with another word; put a colon or an empty line before what is one",
        )


# A number as before an entry, behind other words.
_NUMBER = re.compile(r"(?<=\S)[ ]+(\d{1,2})[.)](?=[ ]+\S)")


@rule("text", visits=("ordered_list_open",))
def run_on_list(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """Each entry of a numbered list begins a line: `1. Plot. 2. Sweep.` is one entry, which says "2." in its midst.

    Where a sentence ends in a number, `in step 2.`, no entry follows that would have the next number.
    """
    entry = None
    lines = document.prose.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    for token in document.tokens:
        if token.type == "list_item_open":
            entry = token
        elif token.type == "inline" and entry and entry.info.isdigit():
            first, last = token.map or (0, 0)
            start = starts[first]
            words = "\n".join(lines[first:last])
            if run_on := _swallowed(words[len(entry.info) + 1 :], int(entry.info)):
                begin = start + len(entry.info) + 1 + run_on.start(1)
                yield Fault(
                    text.place(begin, begin + len(run_on[1]) + 1),
                    f"this stands in the midst of entry {entry.info}, so it begins no entry",
                    "begin a line with it, indented like the entry; or put another word behind the number",
                )
            entry = None


def _swallowed(words: str, number: int) -> re.Match[str] | None:
    """Where the next number begins an entry within one: behind a sentence, or with yet another number after it."""
    numbers = list(_NUMBER.finditer(words))
    after_next = max((n for n, found in enumerate(numbers) if int(found[1]) == number + 2), default=-1)
    for at, found in enumerate(numbers):
        if int(found[1]) == number + 1 and (words[found.start() - 1] in ".;:!?)" or after_next > at):
            return found
    return None


RULES = (lost_list, flat_list, line_sign, run_on_list)
