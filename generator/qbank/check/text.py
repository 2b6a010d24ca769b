"""Rules for every text in Markdown: what cannot be rendered alike on cards, on paper and as data is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from qbank.bank.model import ClozeText, Text
from qbank.markup import cloze as clozes
from qbank.markup import tex
from qbank.markup.document import CODE_LANGUAGES, MATH, ByType, Document, Found
from qbank.markup.printable import unprintable
from qbank.problem import AllBut, Fault, Place, rule

#: What the renderers know. Anything else that the parser finds is an error, never dropped in silence.
SUPPORTED = frozenset(
    (
        "inline text text_special softbreak hardbreak code_inline fence hr em_open em_close strong_open "
        "strong_close link_open link_close paragraph_open paragraph_close heading_open heading_close "
        "blockquote_open blockquote_close bullet_list_open bullet_list_close ordered_list_open "
        "ordered_list_close list_item_open list_item_close table_open table_close thead_open thead_close "
        "tbody_open tbody_close tr_open tr_close th_open th_close td_open td_close math_inline "
        "math_inline_double math_block cloze_open cloze_close"
    ).split()
)
_INSTEAD = {
    "image": ("an image", "give the question a `figure:` with file and alt text"),
    "code_block": ("an indented block, which Markdown reads as code", "remove the indentation, or use a ``` fence"),
    "math_block_label": ("a labeled formula", "remove the label behind the $$"),
}
_SCHEMES = re.compile(r"(https?://|mailto:)", re.IGNORECASE)


def _place(text: Text, document: Document, found: Found) -> Place:
    return text.place(*document.place(found.token))


@rule("text", visits=("html_inline", "html_block"))
def raw_html(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """Raw HTML is refused: it would run in Anki as it stands, and paper cannot print it.

    `a<b` may read as a tag too; comparisons are mathematics: `$a < b$`.
    """
    for each in (*found.get("html_inline", ()), *found.get("html_block", ())):
        tag = each.token.content.strip().splitlines()[0]
        yield Fault(
            _place(text, document, each),
            f"raw HTML is not allowed: {tag[:40]}",
            "use Markdown; write a comparison as a formula, $a < b$, and code between backticks",
        )


@rule("text", visits=AllBut(SUPPORTED - {"heading_open"}))
def unsupported_markup(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """Only the Markdown that both cards and paper can show: paragraphs, lists, tables, emphasis, code, links, formulas.

    Images are refused because a figure needs an alternative text and a place on the sheet: use the field `figure`.
    Headings are of one level, `###`, and only long explanations need them.
    """
    for kind in found.kinds - SUPPORTED:
        if kind.startswith("html"):
            continue
        called, instead = _INSTEAD.get(kind, (f"this markup ({kind})", "rewrite it with paragraphs, lists or tables"))
        for each in found[kind]:
            yield Fault(_place(text, document, each), f"{called} cannot be rendered", instead)
    for each in found.get("heading_open", ()):
        if each.token.tag != "h3":
            yield Fault(
                _place(text, document, each), "headings inside a text are of one level", "write it as '### ...'"
            )


@rule("text", visits=("text",), when=lambda text: "$" in text)
def unclosed_math(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """Every dollar sign opens or closes a formula; a price is written `\\$5`.

    A formula starts right behind its `$` and ends right before it: `$ x $` is not one, and a digit may not follow.
    """
    for each in document.saying("$"):
        if (each.block.map or [-1])[0] not in {line for line, _ in _pipes(document)}:
            start = document.place(each.token)[0] + each.token.content.index("$")
            yield Fault(
                text.place(start, start + 1),
                "this $ opens no formula that is closed again",
                r"close the formula: $x$, without spaces inside the dollars; write a dollar sign as \$",
            )


@rule("text", visits=("em_open", "strong_open"))
def swallowed_sign(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """Emphasis stands around words, not inside them: Markdown shows `2*3*4` as 234 and `__init__` as a bold init.

    Names with underscores are code, `` `__init__` ``, and products are formulas, `$2 \\cdot 3$`.
    """
    for each in (*found.get("em_open", ()), *found.get("strong_open", ())):
        children = each.block.children or []
        first = next(n for n, token in enumerate(children) if token is each.token)
        last = next(n for n in range(first, len(children)) if _closes(children[n], each.token))
        around = [token.content for token in (*children[max(0, first - 1) : first], *children[last + 1 : last + 2])]
        inside = "".join(token.content for token in children[first + 1 : last])
        glued = (first > 0 and around[0][-1:].isalnum()) or (last + 1 < len(children) and around[-1][:1].isalnum())
        if glued or (each.token.markup == "__" and inside.isidentifier()):
            marks = each.token.markup
            yield Fault(
                _place(text, document, each),
                f"Markdown takes the {marks} around '{inside[:40]}' for emphasis and does not show them",
                f"write code between backticks and products as formulas; write the sign itself as \\{marks[0]}",
            )


def _closes(token: Token, opening: Token) -> bool:
    return token.type == opening.type.replace("_open", "_close") and token.level == opening.level


@rule("text", visits=("text_special",))
def tex_delimiters(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    r"""Formulas stand between dollars. `\(x\)` is Markdown for a plain "(x)"; `\[` alone is an escaped bracket."""
    for each in found.get("text_special", ()):
        if each.token.markup in (r"\(", r"\)"):
            yield Fault(
                _place(text, document, each),
                f"{each.token.markup} does not start a formula in Markdown",
                "write formulas between dollars: $x$, or $$x$$ on lines of their own",
            )


@rule("text", visits=("fence",))
def unclosed_fence(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """A fence of code is closed by a line of as many backticks; otherwise it swallows the rest of the text."""
    lines = document.text.split("\n")
    for each in found.get("fence", ()):
        first, last = each.token.map or [0, 0]
        closing = lines[last - 1].strip().lstrip("> ") if last - 1 > first else ""
        if closing.strip(each.token.markup[0]) or len(closing) < len(each.token.markup):
            start = document.place(each.token)[0]
            yield Fault(
                text.place(start, start + len(each.token.markup)),
                "this fence of code is never closed",
                f"end the code with a line that holds {each.token.markup} alone",
            )


@rule("text", visits=("fence",))
def code_language(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """A fence names its language, one that cards and paper highlight alike."""
    for each in found.get("fence", ()):
        language = each.token.info.strip()
        if language not in CODE_LANGUAGES:
            start = document.place(each.token)[0]
            yield Fault(
                text.place(start, start + len(each.token.markup) + len(each.token.info)),
                f"'{language}' is not a language of code here" if language else "this fence names no language",
                f"write one of {', '.join(CODE_LANGUAGES)} behind the {each.token.markup}",
            )


@rule("text", visits=("link_open",))
def link_scheme(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """A link leads to http, https or mailto. Other schemes can run code, and a path leads nowhere in a deck."""
    for each in found.get("link_open", ()):
        target = str(each.token.attrGet("href"))
        if not _SCHEMES.match(target):
            yield Fault(
                _place(text, document, each),
                f"the link target '{target[:60]}' is not allowed",
                "link to https://...; name another question in `see_also`",
            )


@rule("text", visits=MATH)
def latex(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    r"""A formula uses the LaTeX that both MathJax 3 (Anki) and the converter to Typst (paper) know.

    Macros of packages are not among it: write `\operatorname*{arg\,min}`, `\boldsymbol`, `\lVert x \rVert`.
    """
    for kind in MATH & found.kinds:
        for each in found[kind]:
            source = each.token.content
            has_cloze = "{{c" in source
            if has_cloze:
                try:
                    source = clozes.strip(source)
                except clozes.ClozeError:
                    continue
            error = None if tex.is_simple(source) else _tex_error(source)
            if error is None:
                continue
            at = clozes.source_offset(each.token.content, error.offset) if has_cloze else error.offset
            start = document.place(each.token)[0] + len(each.token.markup) + at
            yield Fault(text.place(start, start + max(1, error.length)), error.message, error.help)


@lru_cache(maxsize=512)
def _tex_error(source: str) -> tex.TexError | None:
    try:
        tex.parse(source)
    except tex.TexError as error:
        return error
    return None


def _pipes(document: Document) -> list[tuple[int, int]]:
    """(line, column) of the first `|` inside a formula in each row of each table."""
    if "|" not in document.text or "$" not in document.text:
        return []
    lines = document.text.split("\n")
    out = []
    for token in document.tokens:
        if token.type != "table_open":
            continue
        for line in range(*(token.map or [0, 0])):
            parts = re.split(r"(?<!\\)\$", lines[line])
            at = 0
            for n, part in enumerate(parts):
                if n % 2 and n < len(parts) - 1 and "|" in part:
                    out.append((line, at + part.index("|")))
                    break
                at += len(part) + 1
    return out


@rule("text", visits=("table_open",))
def pipe_in_table_math(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    r"""In a table, `|` ends the cell even inside a formula, and `\|` silently loses its backslash."""
    starts = [0, *(m.end() for m in re.finditer("\n", document.text))]
    for line, column in _pipes(document):
        yield Fault(
            text.place(starts[line] + column, starts[line] + column + 1),
            "a | inside a formula ends the table's cell",
            r"write \lvert x\rvert, \lVert x\rVert or \mid",
        )


@rule("text", visits=("table_open",))
def table_cells(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """Every row of a table has as many cells as its head; Markdown drops the cells that are too many."""
    lines = document.text.split("\n")
    starts = [0, *(m.end() for m in re.finditer("\n", document.text))]
    broken = {line for line, _ in _pipes(document)}
    for each in found.get("table_open", ()):
        first, last = each.token.map or [0, 0]
        width = _cells(lines[first])
        for line in range(first + 2, last):
            count = _cells(lines[line])
            if count != width and line not in broken:
                yield Fault(
                    text.place(starts[line], starts[line] + len(lines[line])),
                    f"this row has {count} cells and the head of the table {width}",
                    r"give each row as many cells as the head; a | inside a cell is written \|",
                )


def _cells(line: str) -> int:
    return len(escapedSplit(line.strip().removeprefix("|").removesuffix("|")))


_NOT_WHOLE = ("this is not a whole cloze deletion", "write {{c1::text}} or {{c1::text::hint}}")
_UNSEEN_HINT = (
    "what stands behind :: in this deletion is its hint",
    "write the hint without spaces around it, {{c1::text::hint}}; write a colon of the text by itself",
)
_MISPLACED = ("a cloze deletion stands only in the field `cloze`", "make it a card of its own with `cloze:`")
_MALFORMED = re.compile(r"\{\{\s*[cC]?\s*\d*\s*:|\{\{[cC]\d|\}\}")


@rule("text", when=lambda text: isinstance(text, ClozeText) or "{{c" in text)
def cloze(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """A cloze is written `{{c1::text}}` or `{{c1::text::hint}}`, in the field `cloze` only.

    The numbers run from c1 without a gap, since each is a card; a deletion holds something; every `{{` is closed.
    """
    is_cloze = isinstance(text, ClozeText)
    numbers: set[int] = set()
    for kind in (*MATH, "code_inline", "fence"):
        for each in found.get(kind, ()):
            try:
                inside = clozes.find(each.token.content)
            except clozes.ClozeError as error:
                yield Fault(_place(text, document, each), error.message, error.help)
                return
            if any(one.hint != one.hint.strip() for one in inside):
                yield Fault(_place(text, document, each), *_UNSEEN_HINT)
            numbers.update(one.number for one in inside)
    for each in found.get("cloze_open", ()):
        if each.token.meta["hint"] != each.token.meta["hint"].strip():
            yield Fault(_place(text, document, each), *_UNSEEN_HINT)
        numbers.update(int(n) for n in each.token.meta["numbers"].split(","))
        if _is_empty(each):
            yield Fault(_place(text, document, each), "this deletion holds nothing", "write what is to be recalled")
    for each in chain(document.saying("{{"), document.saying("}}")):
        malformed = _MALFORMED.search(each.token.content) if is_cloze else re.search(r"\{\{c", each.token.content)
        if malformed:
            start = document.place(each.token)[0]
            yield Fault(
                text.place(start + malformed.start(), start + malformed.end()),
                *(_NOT_WHOLE if is_cloze else _MISPLACED),
            )
            return
    if not is_cloze:
        if numbers:
            yield Fault(text.place(), *_MISPLACED)
    elif not numbers:
        yield Fault(text.place(), "this cloze text deletes nothing", "mark what is to be recalled: {{c1::text}}")
    elif numbers != set(range(1, len(numbers) + 1)):
        yield Fault(
            text.place(),
            f"the cloze numbers are {', '.join(f'c{n}' for n in sorted(numbers))}",
            "number the deletions c1, c2, ... without a gap; a published number is never used for another deletion",
        )


def _is_empty(found: Found) -> bool:
    children = found.block.children or []
    at = next(n for n, token in enumerate(children) if token is found.token)
    inside = []
    for token in children[at + 1 :]:
        if token.type == "cloze_close" and token.level == found.token.level:
            break
        inside.append(token)
    return not "".join(token.content for token in inside).strip()


@rule("text", when=lambda text: not text.isascii())
def unprintable_character(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """Every character can be printed with the fonts of the sheets: Latin, Greek, punctuation and mathematics."""
    for offset in unprintable(text):
        character = text[offset]
        yield Fault(
            text.place(offset, offset + 1),
            f"the character '{character}' (U+{ord(character):04X}) cannot be printed",
            "write it in Latin letters, or as a formula",
        )
        return


RULES = (
    raw_html,
    pipe_in_table_math,
    table_cells,
    unclosed_math,
    swallowed_sign,
    tex_delimiters,
    unclosed_fence,
    code_language,
    unsupported_markup,
    link_scheme,
    latex,
    cloze,
    unprintable_character,
)
