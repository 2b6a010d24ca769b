"""Rules for every text in Markdown: what cannot be rendered alike on cards, on paper and as data is refused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain

from markdown_it.token import Token

from qbank.bank.model import ClozeText, Line, Text
from qbank.bank.settings import Settings
from qbank.markup import cloze as clozes
from qbank.markup import html
from qbank.markup.document import MATH, ByType, Document, Found
from qbank.markup.printable import Glyphs, unprintable
from qbank.markup.scripts import is_unspaced
from qbank.problem import AllBut, Edit, Fault, Fix, Place, rule
from qbank.source.characters import called

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
    "code_block": ("an indented block, which Markdown reads as code,", "remove the indentation, or use a ``` fence"),
    "math_block_label": ("a labeled formula", "remove the label behind the $$"),
}


def stretch(text: Text, document: Document, found: Found) -> Place:
    """Where a token stands."""
    return text.place(*document.place(found.token))


@rule("text", visits=AllBut(SUPPORTED - {"heading_open"}), guards="rendering")
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
            yield Fault(stretch(text, document, each), f"{called} cannot be rendered", instead)
    for each in found.get("heading_open", ()):
        if each.token.markup[:1] in "=-":
            yield Fault(
                stretch(text, document, each),
                f"the line of {each.token.markup[:1] * 3} below makes a heading of this paragraph",
                "put an empty line between them, or write a heading as '### ...'",
            )
        elif each.token.tag != "h3":
            yield Fault(
                stretch(text, document, each), "headings inside a text are of one level", "write it as '### ...'"
            )


#: How deep lists, quotations, emphasis and deletions may stand in each other: the parser drops what stands twenty deep,
#: and Anki takes a deletion in ten others for text.
_DEEPEST = clozes.MAX_DEPTH
_NESTING = ("list_item_open", "blockquote_open", "em_open", "strong_open", "cloze_open")


@rule("text", visits=_NESTING, guards="rendering")
def deep_markup(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """Lists, quotations and deletions stand in each other a few times at most: five lists, or ten of the others.

    Of what stands much deeper Markdown shows nothing, on cards as on paper.
    """
    for kind in _NESTING:
        for each in found.get(kind, ()):
            if each.token.level >= _DEEPEST:
                yield Fault(
                    stretch(text, document, each),
                    "this stands in too many lists, quotations or deletions",
                    "say it at a level above, or in a paragraph of its own",
                )
                return


@rule("text", visits=("em_open", "strong_open"))
def swallowed_sign(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """Emphasis stands around words, not inside them: Markdown shows `2*3*4` as 234 and `__init__` as a bold init.

    Names with underscores are code, `` `__init__` ``, and products are formulas, `$2 \\cdot 3$`. Where words stand
    without spaces, as in Japanese, emphasis may touch letters.
    """
    for block, first, last in _emphases(document):
        children = block.children or []
        around = [token.content for token in (*children[max(0, first - 1) : first], *children[last + 1 : last + 2])]
        # No name is made of more tokens than that.
        inside = "".join([token.content for token in children[first + 1 : min(last, first + 100)]])
        glued = (first > 0 and _spaced(around[0][-1:])) or (last + 1 < len(children) and _spaced(around[-1][:1]))
        marks = children[first].markup
        if glued or (marks == "__" and inside.isidentifier()):
            yield Fault(
                stretch(text, document, Found(children[first], block)),
                f"Markdown takes the {marks} around '{inside[:40]}' for emphasis and does not show them",
                f"write code between backticks and products as formulas; write the sign itself as \\{marks[0]}",
            )


def _spaced(character: str) -> bool:
    """Whether it is a letter or digit of a script that writes spaces between words."""
    return character.isalnum() and not is_unspaced(character)


def _emphases(document: Document) -> Iterator[tuple[Token, int, int]]:
    """Every emphasis, inner ones first: the block in which it stands, and the indexes of its two ends there."""
    for block in document.tokens:
        opened: list[int] = []
        for n, token in enumerate(block.children or ()):
            if token.type in ("em_open", "strong_open"):
                opened.append(n)
            elif token.type in ("em_close", "strong_close"):
                yield block, opened.pop(), n


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


@rule("text", visits=("fence",), guards="rendering")
def code_language(text: Text, document: Document, found: ByType, settings: Settings) -> Iterator[Fault]:
    """A fence names its language, one of `code_languages` in bank.yaml: cards and paper highlight them alike."""
    for each in found.get("fence", ()):
        language = each.token.info.strip()
        if language not in settings.code_languages:
            start = document.place(each.token)[0] + len(each.token.markup)
            place = text.place(start - len(each.token.markup), start + len(each.token.info))
            meant = _language(language)
            if meant in settings.code_languages:
                fix = Fix((Edit(text.place(start, place.end), meant),), safe=True)
                yield Fault(place, f"'{language}' is not a language of code here", f"write {meant}", fix)
                continue
            yield Fault(
                place,
                f"'{language}' is not a language of code here" if language else "this fence names no language",
                f"write one of {', '.join(settings.code_languages)} behind the {each.token.markup}",
            )


#: What languages are called elsewhere.
_LANGUAGES = {
    **dict.fromkeys(("py", "python3", "ipython", "pycon"), "python"),
    **dict.fromkeys(("sh", "shell", "zsh"), "bash"),
    **dict.fromkeys(("txt", "plain", "plaintext", "none", "output"), "text"),
    **dict.fromkeys(("sqlite", "postgres", "postgresql", "mysql"), "sql"),
    **dict.fromkeys(("js", "node"), "javascript"),
    "yml": "yaml",
    "ts": "typescript",
    "c++": "cpp",
    "c#": "cs",
    "rs": "rust",
    "tex": "latex",
}


def _language(info: str) -> str:
    """What a fence may mean by what stands behind it: `Python`, `{python}`, `py title="x"`."""
    first = re.split(r"[\s,:]", info.strip("{}. ").casefold(), maxsplit=1)[0]
    return _LANGUAGES.get(first, first)


_OPENS = re.compile(
    r"(?<![\w*])\*\*(?=[\w\"“(])|(?<=[^\s\w*])\*\*(?!\*)|(?<=\w)\*\*(?![\w*])|(?<!\S)\*\*(?=\s[^*\n]+\s\*\*)|`+"
)


@rule("text", visits=("text",), when=lambda text: "**" in text or "`" in text)
def unclosed_markup(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """Signs of bold words and of code come in pairs, right before and behind the words, or are shown as they stand.

    A pair stays within its paragraph. Behind a sign of punctuation, `**Share:**`, a space has to follow.
    """
    if not any(chain(document.saying("**"), document.saying("`"))):
        return
    before = 0
    told = False
    for sign in _OPENS.finditer(document.prose):
        told = told and "\n\n" not in document.text[before : sign.start()]
        before = sign.start()
        if told:  # of a paragraph the first
            continue
        told = True
        code = sign[0][0] == "`"
        yield Fault(
            text.place(*sign.span()),
            f"this {sign[0]} is shown as it stands: {'no other one closes it' if code else 'it makes nothing bold'}",
            "write `code`" if code else "write **bold words**: no spaces inside, none missing outside; `**` in code",
        )


_NOT_WHOLE = ("this is not a whole cloze deletion", "write {{c1::text}} or {{c1::text::hint}}")
_UNSEEN_HINT = (
    "what stands behind :: in this deletion is its hint",
    "write the hint without spaces around it and without ::, {{c1::text::hint}}; write a colon of the text by itself",
)
_MISPLACED = ("a cloze deletion stands only in the field `cloze`", "make it a card of its own with `cloze:`")
_MALFORMED = re.compile(r"\{\{\s*+(?:[cC]\s*+)?(?:\d++\s*+)?:|\{\{[cC]\d|\{\{(?=[^{}]*\}\})|\}\}")


@rule("text", when=lambda text: isinstance(text, ClozeText) or "{{c" in text, guards="rendering")
def cloze(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """A cloze is written `{{c1::text}}` or `{{c1::text::hint}}`, in the field `cloze` only.

    The numbers run from c1 without a gap, since each is a card; a deletion holds something; every `{{` is closed.
    """
    is_cloze = isinstance(text, ClozeText)
    numbers: set[int] = set()
    empty = set(_empty(document)) if is_cloze else ()
    for kind in (*MATH, "code_inline", "fence"):
        for each in found.get(kind, ()):
            try:
                inside = clozes.find(each.token.content)
            except clozes.ClozeError as error:
                yield Fault(stretch(text, document, each), error.message, error.help)
                return
            if any(one.hint != one.hint.strip() for one in inside):
                yield Fault(stretch(text, document, each), *_UNSEEN_HINT)
            numbers.update(one.number for one in inside)
    for each in found.get("cloze_open", ()):
        if each.token.meta["hint"] != each.token.meta["hint"].strip() or "::" in each.token.meta["hint"]:
            yield Fault(stretch(text, document, each), *_UNSEEN_HINT)
        numbers.update(int(n) for n in each.token.meta["numbers"].split(","))
        if id(each.token) in empty:
            yield Fault(stretch(text, document, each), "this deletion holds nothing", "write what is to be recalled")
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
    elif (found.kinds <= SUPPORTED and _has_braces(document)) and (
        made := html.cloze_numbers(html.inline(document))
    ) != sorted(numbers):
        yield Fault(
            text.place(),
            f"of these deletions Anki makes {'the cards ' + ', '.join(f'c{n}' for n in made) if made else 'no card'}",
            "write braces beside a deletion as code, or put a blank between them: Anki reads those that touch as one",
        )


def _has_braces(document: Document) -> bool:
    """Whether a brace may be shown beside those of deletions. A formula without deletions is written so that its own
    touch no other; what a link has beside its text is not looked at, so it may have some.
    """
    return any(
        token.type == "link_open" or (("{" in token.content or "}" in token.content) and not _is_apart(token))
        for block in document.tokens
        for token in (block, *(block.children or ()))
        if token.type != "inline"
    )


def _is_apart(token: Token) -> bool:
    return token.type in MATH and "{{" not in token.content


def _empty(document: Document) -> Iterator[int]:
    """The identities of the openings of deletions that hold nothing."""
    for block in document.tokens:
        opened: list[Token] = []
        said = 0  # how many of those that are open hold something
        for token in block.children or ():
            if token.type == "cloze_open":
                opened.append(token)
            elif token.type == "cloze_close":
                if len(opened) > said:
                    yield id(opened[-1])
                opened.pop()
                said = min(said, len(opened))
            elif token.content.strip():
                said = len(opened)


@rule("text", when=lambda text: not text.isascii(), guards="rendering")
def unprintable_character(text: Text, glyphs: Glyphs) -> Iterator[Fault]:
    """Every character can be printed with the fonts of the sheets: Latin, Greek, punctuation and mathematics.

    A bank in another script adds a font that has its characters: a file in bank/fonts/, named under `fonts:` in
    bank.yaml. Where no PDF is made (`paper: false`, or without the package typst) any character may stand.
    """
    for start, end in _runs(unprintable(text, glyphs)):
        character = text[start]
        plain = unicodedata.normalize("NFKC", text[start:end])
        if plain.isascii() and plain.isalpha():
            fix = Fix((Edit(text.place(start, end), plain),), safe=True)
            yield Fault(text.place(start, end), f"{called(character)} is one sign for {plain}", f"write {plain}", fix)
            continue
        more = f" and {end - start - 1} more behind it" if end - start > 1 else ""
        yield Fault(
            text.place(start, end),
            f"the character '{character}' (U+{ord(character):04X}){more} cannot be printed",
            "write it in Latin letters or as a formula; or in bank.yaml name a font (`fonts:`) or set `paper: false`",
        )


def _runs(offsets: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Offsets that follow one another, as stretches."""
    start = end = -1
    for offset in offsets:
        if offset != end and end > 0:
            yield start, end
        start, end = (start if offset == end else offset), offset + 1
    if end > 0:
        yield start, end


@rule("text", when=lambda text: isinstance(text, Line), guards="rendering")
def one_line(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """Questions, fronts of cards and follow-ups are one paragraph: they are titles on cards and sheets.

    So are texts for the night before, and in bank.yaml the titles of topics, roles and rounds.
    """
    blocks = document.tokens
    if len(blocks) != 3 or blocks[0].type != "paragraph_open":
        yield Fault(text.place(), "this must be one line of text", "leave out lists, tables and line breaks")


_MARKUP = re.compile(
    r"\*\*\S|`[^`\n]+`|(?<!\\)\$(?:[^\s$]+|\S[^$\n]*[\\^_{][^$\n]*)\$(?!\d)|\\[$*_`]|</?[A-Za-z][A-Za-z0-9]*>|\]\(https?:"
    r"|\{[A-Z]\w*\}|&(?:lt|gt|amp|quot|nbsp|#\d+);",
    re.IGNORECASE,
)


@rule("text", when=_MARKUP.search)
def plain_text(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """Titles, aliases, works, authors, licenses and the like are plain text: markup is shown as it stands."""
    markup = _MARKUP.search(text)
    if markup:
        yield Fault(
            text.place(*markup.span()),
            "this is plain text, which shows markup as it stands",
            "write words and characters alone: a, $, L₂, m²",
        )


#: Rules for texts in Markdown.
RULES = (
    deep_markup,
    swallowed_sign,
    unclosed_fence,
    unclosed_markup,
    unsupported_markup,
    one_line,
    cloze,
)
#: Rules for texts without markup.
PLAIN_RULES = (plain_text,)
#: Those that ask the settings, too.
SETTING_RULES = (code_language,)
#: Those that look at the characters of any text, beside what the fonts print.
CHARACTER_RULES = (unprintable_character,)
