"""Rules for markup of other dialects, which Markdown here would run as it stands, show as it stands, or not show."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from markdown_it.token import Token

from qbank.bank.model import Text
from qbank.markup.document import MASK, MATH, ByType, Document, Found
from qbank.problem import Edit, Fault, Fix, rule
from qbank.source.characters import unseen

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)((?:\s+[\w-]+=[^<>]*+)?)\s*+/?>")
#: What Markdown has for a tag: the signs around it, or a sentence.
_SIGNS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "tt": "`", "kbd": "`", "samp": "`"}
_WORDS = {
    "br": "put an empty line between paragraphs, or make a list; in a table make two rows",
    "p": "put an empty line between paragraphs",
    "a": "write a link as [text](https://...)",
    "img": "give the question a `figure:` with file and alt text",
    "sub": "write H₂O with the character ₂, or a formula: $x_2$",
    "sup": "write m² with the character ², or a formula: $x^2$",
    "ul": "write a list: each entry on its own line, after '- '",
    "ol": "write a list: each entry on its own line, after '1. '",
    "li": "write a list: each entry on its own line, after '- '",
    "table": "write a table of Markdown: | a | b |, and |---|---| below its head",
    "pre": "put code into a fence of three backticks that names its language",
    "u": "write **bold** or *italic*; Markdown underlines nothing",
    "s": "leave the words out; Markdown strikes nothing through",
    "del": "leave the words out; Markdown strikes nothing through",
    "mark": "write **bold** or *italic*; Markdown highlights nothing",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "write a heading as '### ...'"),
    **dict.fromkeys(("div", "span", "font", "center", "small", "big", "details", "summary"), "delete the tag"),
}
_SMALL = {
    "sub": str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎"),
    "sup": str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾"),
}
_COMMENT = "delete it; a note for other authors is a comment of YAML, # ..., on a line of its own"
_COMPARISON = "use Markdown; write a comparison as a formula, $a < b$, and code between backticks"


@rule("text", visits=("html_inline", "html_block"), guards="security")
def raw_html(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """Raw HTML is refused: it would run in Anki as it stands, and paper cannot print it.

    `a<b` may read as a tag too; comparisons are mathematics: `$a < b$`.
    """
    for each in found.get("html_block", ()):
        yield _of_html(text, document, each)
    opened: list[tuple[str, Found]] = []
    for each in found.get("html_inline", ()):
        tag = _TAG.fullmatch(each.token.content)
        if tag is None or tag[2].lower() not in _SIGNS.keys() | _WORDS.keys() or tag[2] in ("br", "img"):
            if not opened:
                yield _of_html(text, document, each)
        elif not tag[1]:
            opened.append((tag[2].lower(), each))
        elif opened and opened[-1][0] == tag[2].lower():
            _, opening = opened.pop()
            if not opened:
                yield _of_html(text, document, opening, document.place(each.token))
        elif not opened:
            yield _of_html(text, document, each)
    if opened:
        yield _of_html(text, document, opened[0][1])


def _of_html(text: Text, document: Document, found: Found, closing: tuple[int, int] | None = None) -> Fault:
    """The problem of a tag and, where it is known, what closes it."""
    start, end = document.place(found.token)
    written = found.token.content.strip().splitlines()[0]
    message = f"raw HTML is not allowed: {written[:40]}"
    tag = _TAG.match(written)
    name = tag[2].lower() if tag else ""
    inside = document.text[end : closing[0]] if closing else ""
    whole = text.place(start, closing[1] if closing else end)
    if written.startswith("<!--"):
        return Fault(whole, message, _COMMENT)
    if name in _SIGNS:
        sign = _SIGNS[name]
        instead = f"{sign}{inside.strip() or '...'}{sign}"
        fix = _exchanged(text, whole.start, closing, inside, instead)
        return Fault(whole, message, f"write {instead[:60]}", fix)
    if name in _SMALL and inside:
        instead = inside.translate(_SMALL[name])
        if not any(sign in inside for sign in instead):
            return Fault(whole, message, f"write {instead}", _exchanged(text, start, closing, inside, instead))
    if name in _WORDS:
        return Fault(whole, message, _WORDS[name])
    if tag and not tag[3] and not tag[1]:
        return Fault(whole, message, f"write code between backticks, `{written}`, or the sign itself as \\<")
    return Fault(whole, message, _COMPARISON)


def _exchanged(text: Text, start: int, closing: tuple[int, int] | None, inside: str, instead: str) -> Fix | None:
    """Markdown instead of tags around plain words, where nothing stands at its sides."""
    around = text[max(0, start - 1) : start] + (text[closing[1] : closing[1] + 1] if closing else "")
    plain = inside == inside.strip() and not re.search(r"[*_`$<>\[\]\\{}\n]", inside)
    beside = instead[0] in "*`" and re.search(r"[\w*_`]", around)
    if closing is None or not inside or not plain or beside:
        return None
    return Fix((Edit(text.place(start, closing[1]), instead),), safe=True)


#: What to write instead of a footnote.
_CITED = "name the work under `references:`, or write the link where it stands: [text](https://...)"
FOOTNOTE = "say it in the sentence, in brackets, or name the work under `references:`"
#: Markup of other dialects: an expression, what it is called, and what to write instead.
_FOREIGN = (
    (
        r"(?<![~\w])~~(?=\S)[^~\n]+~~(?!~)",
        "~~strikethrough~~",
        "leave the words out, or say in words what no longer holds",
    ),
    (r"(?<![=\w])==(?=[^\s=])[^=\n]*(?<=\S)==(?![=\w])", "==highlighting==", "write **bold** or *italic*"),
    (r"(?m:^)[ \t\ufffc]*\ufffc[ \t]++\[[ xX]\](?=\s)", "a list of tasks", "delete the [ ] or [x] behind the dash"),
    (r"\[\^[\w-]+\]", "a footnote", FOOTNOTE),
    (r"(?<=\w)~[\w+-]{1,4}~(?!~)", "a ~subscript~", "write H₂O with the character ₂, or a formula: $x_2$"),
    (r"(?<=\w)\^[\w+-]{1,4}\^(?!\^)", "a ^superscript^", "write m² with the character ², or a formula: $x^2$"),
    (
        r"(?m:^)[ \t]*+\ufffc?[ \t]*+\[![A-Za-z]+\][+-]?",
        "an alert of GitHub or Obsidian",
        "write **Note.** or the like",
    ),
    (r"!\[\[[^\[\]\n]+\]\]", "an ![[embedded file]]", "give the question a `figure:` with file and alt text"),
    (r"\[\[[^\W\d_][^\[\],\n]*\]\]", "a [[wiki link]]", "name the other question in `see_also`"),
    (r"%%[^%\n]+%%", "a %%comment%%", "delete it; a note for other authors is a comment of YAML, # ..."),
    (
        r"(?m:^)#+[A-Z]?[a-z][\w/-]+",
        "a #tag",
        "write a heading as '### ...', with the space; words to search by stand in `aliases`",
    ),
    (r"(?<![\w:]):[a-z][a-z_]{2,}:(?![\w:])", "an emoji by its :name:", "leave it out"),
    (
        r":contentReference\[[^\]\n]{0,200}\](?:\{[^}\n]{0,200}\})?|【[^】\n]{0,200}】|\ue200[^\ue201\n]*\ue201?",
        "the mark of a chatbot",
        _CITED,
    ),
    (
        r"\[@[\w:.-][^\]\n]{0,200}\]|\[(?=[^\[\]\n]*[A-Za-z]{2})[^\[\]\n]+\]\[[\w -]*\]",
        "a link to a list of sources",
        _CITED,
    ),
    (r"\[(?:sound|anki):[^\]\n]{0,200}\]", "a sound of Anki", "leave it out"),
    (r"\[/?(?:latex|\${1,2})\]", "markup of Anki", "write a formula between dollars: $x$"),
    (r"(?<!`)``(?!`)[^`'\n]+''", "``quoting'' of LaTeX", 'write "quotes"'),
    (r"(?<=[A-Za-z]{2})\.?~(?=\(?\d|\ufffc)", "the ~ of LaTeX", "write a space"),
)
_ANY_FOREIGN = re.compile("|".join(f"({expression})" for expression, _, _ in _FOREIGN))


# Which texts may hold some of it, told by a sign and what stands behind it.
_PERHAPS = re.compile(
    r"[~^=\[\]%:#`【\ue200](?:(?<=[~^])[\w+-]{1,4}[~^]|(?<=~)[~\d(`$]|(?<==)=[^\s=]|(?<=\])\[|(?<=%)%"
    r"|(?<=\[)(?:[\^!@\[]|[ xX]\]|/?(?:latex|\$|sound|anki))|(?<=:)[a-z]+[_a-z]*[:R]|(?<!``)(?<=`)`(?!`)"
    r"|(?<=#)[#A-Za-z]|(?<=[【\ue200]))"
)


@rule("text", visits=("text",), when=_PERHAPS.search)
def foreign_markup(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """Markup of other dialects is shown as it stands: `~~struck~~` and `==marked==` words, tasks, footnotes, alerts,
    `[[wiki links]]`, `#tags`, emoji by their names, citations of chatbots and of LaTeX.

    The Markdown here has paragraphs, lists, tables, emphasis, code, links and formulas; that is what cards, paper and
    the readers of Markdown all know.
    """
    told = set()
    for match in _ANY_FOREIGN.finditer(document.prose):
        _, called, instead = _FOREIGN[(match.lastindex or 1) - 1]
        if called in told:
            continue
        told.add(called)
        start = match.start() + len(match[0]) - len(match[0].lstrip(f"{MASK} \t\n"))
        yield Fault(
            text.place(start, match.end()), f"{called} is not part of Markdown here and is shown as it stands", instead
        )


_PERHAPS_ENTITY = re.compile(r"&[#\w]+;")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|apos|nbsp|#\d{2,5}|#x[0-9a-fA-F]{2,5});")


@rule("text", visits=(*MATH, "code_inline", "fence", "text_special"), when=_PERHAPS_ENTITY.search, guards="rendering")
def html_entity(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """In formulas and code a character stands as it is: `&lt;` is shown as these four signs.

    Between words Markdown reads it, and shows `<`. Code that is HTML, or names the entity alone, may hold it. What
    nobody would see, such as a mark that turns the direction of a line, is not written as an entity either.
    """
    for each in found.get("text_special", ()):
        if each.token.info == "entity" and any(unseen(each.token.content)):
            place = text.place(*document.place(each.token))
            yield Fault(place, f"{each.token.markup} is a sign that nobody sees", "delete it")
    tokens = [each.token for kind in (*MATH, "code_inline", "fence") for each in found.get(kind, ())]
    for start, end in (document.place(token) for token in tokens if not _is_html(token)):
        entity = _ENTITY.search(document.text, start, end)
        if entity:
            all_of_it = tuple(
                Edit(text.place(*each.span()), html.unescape(each[0]).replace("\xa0", " "))
                for each in _ENTITY.finditer(document.text, start, end)
            )
            yield Fault(
                text.place(*entity.span()),
                f"{entity[0]} is shown as it stands here",
                f"write the character itself: {html.unescape(entity[0])}",
                Fix(all_of_it, safe=True),
            )


def _is_html(token: Token) -> bool:
    """Whether code is about HTML."""
    code = token.content.strip()
    return token.info.strip() in ("html", "xml") or bool(re.search(r"<[/A-Za-z!]", code) or _ENTITY.fullmatch(code))


RULES = (raw_html, html_entity, foreign_markup)
