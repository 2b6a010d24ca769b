"""Rules for lines: where Markdown joins, breaks or counts them otherwise than they were meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from markdown_it.token import Token

from qbank.bank.model import Text
from qbank.markup.document import MASK, ByType, Document
from qbank.problem import Edit, Fault, Fix, rule


@rule("text", visits=("hardbreak",))
def hard_break(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """Two blanks or a backslash at the end of a line break the line on cards, in the middle of a sentence.

    Nobody sees the blanks, and paper has other lines: what stands apart is a paragraph or an entry of a list.
    """
    ends = [document.place(each.token)[0] for each in found["hardbreak"]]
    written = [(len(document.text[:end].rstrip(" ")), end) for end in ends]
    blanks = [(start, end) for start, end in written if start < end]
    if blanks:
        lines = "this line ends" if len(blanks) == 1 else f"{len(blanks)} lines end"
        yield Fault(
            text.place(*blanks[0]),
            f"{lines} in blanks, which Markdown takes for a line break",
            "delete the blanks; put an empty line between paragraphs",
            Fix(tuple(Edit(text.place(*each), "") for each in blanks), safe=True),
        )
    for start, end in written:
        if start == end:
            yield Fault(
                text.place(end - 1, end),
                "this backslash at the end of a line breaks the line",
                "put an empty line between paragraphs, or make a list",
            )


class _Paragraph(NamedTuple):
    """The words of a paragraph, where each of its lines starts in the text, and the block that holds it, if any, with
    the line on which that starts.
    """

    token: Token
    starts: list[int]
    holder: Token | None
    head: str


def _paragraphs(document: Document) -> Iterator[_Paragraph]:
    """Every paragraph of several lines, with the entry of a list or the quotation that holds it most closely."""
    starts = [0, *(end.end() for end in re.finditer("\n", document.text))]
    lines = document.text.split("\n")
    holders: list[Token] = []
    for token in document.tokens:
        if token.type in ("list_item_open", "blockquote_open"):
            holders.append(token)
        elif token.type in ("list_item_close", "blockquote_close"):
            holders.pop()
        elif token.type == "inline" and token.map and token.map[1] - token.map[0] > 1:
            holder = holders[-1] if holders else None
            head = lines[holder.map[0]] if holder and holder.map else ""
            yield _Paragraph(token, starts[slice(*token.map)], holder, head)


_CODE_LIKE = re.compile(r"\n(?: {4}|\t)[ \t]*\S")


@rule("text", visits=("softbreak", "hardbreak"), when=_CODE_LIKE.search)
def lost_indentation(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """Lines that are indented like code go on with the paragraph above them: Markdown shows them as running text.

    Code stands in a fence of three backticks that names its language.
    """
    for paragraph in _paragraphs(document):
        content = paragraph.token.content
        indented = _CODE_LIKE.search(content)
        if not indented:
            continue
        before = content[: indented.start()]
        # The lines of an entry are often aligned below its text.
        if paragraph.holder and paragraph.holder.type == "list_item_open" and not before.endswith(":"):
            continue
        start = paragraph.starts[before.count("\n") + 1]
        end = document.text.find("\n", start)
        yield Fault(
            text.place(start, end if end >= 0 else None),
            "Markdown joins this indented line to the paragraph above it",
            "put code into a fence, ```python; remove the indentation of other lines",
        )


@rule("text", visits=("list_item_open", "blockquote_open"))
def swallowed_line(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """A line right below a list or a quotation belongs to its last entry, though it stands at the margin.

    An empty line ends the list; a line that belongs to the entry is indented below its text. An entry with another
    number than 1 also goes on with the paragraph above it, unless it is indented like the entries before it.
    """
    for paragraph in _paragraphs(document):
        holder = paragraph.holder
        if holder is None:
            continue
        for start in paragraph.starts[1:]:
            end = (document.text.find("\n", start) + 1 or len(document.text) + 1) - 1
            line = document.text[start:end]
            if holder.type == "blockquote_open":
                if not line.lstrip().startswith(">"):
                    yield Fault(
                        text.place(start, end),
                        "Markdown takes this line into the quotation above it",
                        "put an empty line before it; a line of the quotation begins with '> '",
                    )
                    break
            elif _margin(line) <= _margin(paragraph.head):
                yield Fault(
                    text.place(start, end),
                    "Markdown takes this line into the entry of the list above it",
                    "put an empty line before it; indent it by two blanks if it belongs to the entry",
                )
                break
            elif _goes_on(line, holder):
                yield Fault(
                    text.place(start, end),
                    "Markdown takes this for a line of the entry above it, not for an entry of its own",
                    "indent it like the entries before it; put an empty line before a list of its own",
                )
                break


def _margin(line: str) -> int:
    """How far a line is indented, the signs of quotations included."""
    return len(line) - len(line.lstrip("> "))


def _goes_on(line: str, entry: Token) -> bool:
    number = re.match(r"\s*(\d{1,2})[.)]\s", line)
    return bool(number and entry.info.isdigit() and int(number[1]) > int(entry.info))


@rule("text", visits=("ordered_list_open",))
def list_numbers(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """A list is numbered one by one from its first number, whatever the others are: "1. 2. 4." is shown as 1, 2, 3.

    An empty line and text at the margin end a list; `1.` before every entry is fine, too.
    """
    starts = [0, *(end.end() for end in re.finditer("\n", document.text))]
    levels: dict[int, list[Token]] = {}
    for token in document.tokens:
        if token.type == "ordered_list_open":
            levels[token.level] = []
        elif token.type == "list_item_open" and token.info and token.level - 1 in levels:
            levels[token.level - 1].append(token)
        elif token.type == "ordered_list_close":
            yield from _misnumbered(text, document, starts, levels.pop(token.level))


def _misnumbered(text: Text, document: Document, starts: list[int], entries: list[Token]) -> Iterator[Fault]:
    numbers = [int(entry.info) for entry in entries]
    if len(set(numbers)) == 1:
        return
    for shown, (number, entry) in enumerate(zip(numbers, entries, strict=True), numbers[0]):
        if number != shown:
            start = document.text.index(entry.info, starts[(entry.map or [0])[0]])
            yield Fault(
                text.place(start, start + len(entry.info) + 1),
                f"this entry is shown with the number {shown}",
                f"write {shown}. here; put text at the margin between two lists",
            )
            return


_HYPHEN = re.compile(r"(?<=[a-z][a-z])-\n[ ]*(?!(?:and|or|to|nor|but|as|than|versus|rather|style)\b)(?=[a-z]{2})")


@rule("text", visits=("softbreak",), when=lambda text: "-\n" in text and _HYPHEN.search(text))
def broken_word(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """A word is not broken at the end of a line: a blank is shown behind its hyphen, "classi- fication".

    Pages of a PDF are copied like that. Words that share their end may part there, "pre-" and "post-processing".
    """
    for broken in _HYPHEN.finditer(document.prose):
        start = max(document.prose.rfind(sign, 0, broken.start()) for sign in (" ", "\n", MASK)) + 1
        yield Fault(
            text.place(start, broken.start() + 1),
            "this word goes on in the next line, and is shown with a blank behind its hyphen",
            "write it in one line",
        )


RULES = (hard_break, lost_indentation, swallowed_line, list_numbers, broken_word)
