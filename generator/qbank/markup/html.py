"""Markdown with mathematics -> HTML for Anki.

Mathematics becomes `\\( \\)` and `\\[ \\]`, the only delimiters that Anki's MathJax reads, with `<`, `>` and `&`
escaped. In a cloze note Anki closes a deletion at the first `}}` and starts its hint at the first `::` without knowing
TeX or code, so neither may stand in any text that is not a delimiter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from html import escape, unescape
from inspect import getmembers, isfunction
from itertools import pairwise
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup
from markupsafe import escape as escape_all

from qbank.markup import cloze, tex
from qbank.markup.document import CODE_LANGUAGES, Document

# What Anki itself would take for markup in a field: [sound:..], [anki:..], [latex], [$], and in text \( and \[.
_ANKI_TAG = r"\[(?=(?:sound|anki):|/?latex\]|/?\${1,2}\])"
_IN_CODE = re.compile(_ANKI_TAG)
_IN_TEXT = re.compile(rf"{_ANKI_TAG}|\\(?=[(\[\])])")
_WORD_JOINER = "&#8288;"
#: A formula with more characters than this may be wider than a phone; the style lets it scroll there.
_WIDE = 24


def block(document: Document) -> str:
    """The HTML of a text, with its paragraphs."""
    return _guarded(_Renderer().render(document.tokens, OPTIONS, {}).strip())


def inline(document: Document) -> str:
    """The HTML of a text; without the enclosing paragraph where it is the only one."""
    blocks = document.tokens
    if len(blocks) == 3 and blocks[0].type == "paragraph_open":
        return _guarded(_Renderer().renderInline(blocks[1].children or [], OPTIONS, {}).strip())
    return block(document)


def words(text: str) -> Markup:
    """The HTML of words without markup, also for an attribute: Anki finds neither its markup nor a formula in them."""
    return Markup(_escaped(text, _IN_TEXT, escape_all))  # noqa: S704 - escaped


def code(source: str, language: str) -> str:
    """A highlighted block of a program: what looks like a cloze in it is none, for Anki neither."""
    lines = "".join(_highlight(source.rstrip("\n"), language)).replace("{{c", "{&#123;c")
    return _guarded(f'<pre class="code"><code>{lines}</code></pre>')


def colored(source: str, language: str, kinds: frozenset[str]) -> str:
    """A block of code in which only the parts of some classes are marked."""
    parts = _lexed(source.rstrip("\n"), language)
    lines = "".join(_span(css if css in kinds else "", text) for css, text in parts)
    return f'<pre class="code"><code>{lines}</code></pre>'


#: All that the renderer writes: signs that are no markup, references, and tags, whole.
_WRITTEN = re.compile(
    r"[^<>&]+|&(?:amp|lt|gt|quot|#\d{1,6}|#x[0-9a-fA-F]{1,5});"
    r"|<(?P<close>/?)(?P<tag>p|em|strong|code|ul|li|table|thead|tbody|tr|blockquote|h4|span|pre|ol|th|td|a)"
    r"(?P<given>(?<=span) class=\"[\w-]{1,20}\"|(?<=pre) class=\"code\"|(?<=ol) start=\"\d{1,9}\""
    r"|(?<=t[hd]) style=\"text-align:(?:left|center|right)\""
    r"|(?<=<a) href=\"(?:https?://|mailto:)[^\s<>\"'\\]{1,2000}\"(?: title=\"[^<>\"]{0,2000}\")?)?>"
    r"|<(?:hr|br)>",
    re.IGNORECASE,
)
_OPENING = re.compile(r"\\[(\[]")
_CLOSING = {r"\(": r"\)", r"\[": r"\]"}


def is_rendered(field: str) -> bool:
    """Whether a field is such as this module renders: its own tags, formulas that it knows, no markup of Anki.

    What was released by an older version comes back from a file that anybody may have changed.
    """
    at = 0
    opened: list[str] = []
    while at < len(field):
        found = _WRITTEN.match(field, at)
        if found is None or (found["close"] and (found["given"] or not opened or opened.pop() != found["tag"])):
            return False
        if found["tag"] and not found["close"]:
            opened.append(found["tag"])
        at = found.end()
    try:
        for formula in _formulas(field):
            tex.parse(cloze.strip(unescape(formula)))
    except (tex.TexError, cloze.ClozeError):
        return False
    return not opened and not _IN_CODE.search(field)


def _formulas(field: str) -> Iterator[str]:
    """What stands between delimiters of formulas, from left to right; one that is never closed opens none."""
    at, unclosed = 0, set[str]()
    while found := _OPENING.search(field, at):
        at = found.end()
        end = -1 if found[0] in unclosed else field.find(_CLOSING[found[0]], at)
        if end < 0:
            unclosed.add(found[0])
        else:
            yield field[at:end]
            at = end + 2


OPTIONS = OptionsDict(
    {
        "maxNesting": 20,
        "html": False,
        "linkify": False,
        "typographer": False,
        "quotes": "",
        "xhtmlOut": False,
        "breaks": False,
        "langPrefix": "",
        "highlight": None,
    }
)


class Renderer(RendererHTML):
    """The HTML renderer of markdown-it-py. To look for the methods that render a token takes that one longer than most
    texts do, so it is done once for each class.
    """

    def __init__(self) -> None:
        self.rules = {name: getattr(self, name) for name in _rendering(type(self))}


@cache
def _rendering(renderer: type[Renderer]) -> tuple[str, ...]:
    methods = getmembers(renderer, isfunction)
    return tuple(name for name, _ in methods if not name.startswith(("render", "_")))


class _Renderer(Renderer):
    """The HTML renderer with what Anki needs. Unknown tokens are an error, never dropped."""

    def __init__(self) -> None:
        super().__init__()
        self.in_cloze = 0

    def text(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return _brace_safe(_escaped(tokens[idx].content, _IN_TEXT), self.in_cloze)

    def text_special(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        # An escaped backslash may stand before a bracket: together they would start a formula.
        joiner = _WORD_JOINER if tokens[idx].content == "\\" else ""
        return self.text(tokens, idx, options, env) + joiner

    def code_inline(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"<code>{_code(tokens[idx].content, 'text', self.in_cloze)}</code>"

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        language = tokens[idx].info.strip()
        lines = _code(tokens[idx].content.rstrip("\n"), language, self.in_cloze)
        return f'<pre class="code"><code>{lines}</code></pre>\n'

    def math_inline(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return scrolling(tokens[idx].content, rf"\({_math(tokens[idx].content)}\)")

    def math_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return rf"\[{_math(tokens[idx].content)}\]" + "\n"

    math_inline_double = math_block

    def cloze_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        self.in_cloze += 1
        return f"{{{{c{tokens[idx].meta['numbers']}::"

    def cloze_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        self.in_cloze -= 1
        hint = opening(tokens, idx).meta["hint"]
        return f"::{_brace_safe(_escaped(hint, _IN_TEXT), True)}}}}}" if hint else "}}"

    def heading_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "<h4>"

    def heading_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</h4>\n"

    def html_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        raise ValueError(f"{tokens[idx].type} cannot be rendered: {tokens[idx].content!r}")

    html_inline = html_block
    image = html_block


def scrolling(source: str, formula: str) -> str:
    """A formula in a line, so that it scrolls where it may be wider than a phone; `source` is its TeX."""
    return f'<span class="qb-wide">{formula}</span>' if _is_wide(source) else formula


# Every dialect of HTML asks it of the same formulas.
@lru_cache(maxsize=512)
def _is_wide(source: str) -> bool:
    return len(tex.strip_for_plain(cloze.strip(source))) > _WIDE


def _escape(text: str) -> str:
    return escape(text, quote=False)


def _escaped(text: str, markup: re.Pattern[str], escaping: Callable[[str], str] = _escape) -> str:
    """The HTML of a text, with an invisible sign in what Anki would take for its markup."""
    guarded = markup.sub(lambda found: found[0] + "\N{WORD JOINER}", text)
    return str(escaping(guarded)).replace("\N{WORD JOINER}", _WORD_JOINER)


def _guarded(html: str) -> str:
    """HTML in which Anki finds no markup of its own: tokens beside one another may make some, and so may attributes."""
    return _IN_CODE.sub(rf"\g<0>{_WORD_JOINER}", html) if "[" in html else html


def opening(tokens: Sequence[Token], idx: int) -> Token:
    """The token that opens the cloze closed at `idx`."""
    return next(t for t in reversed(tokens[:idx]) if t.type == "cloze_open" and t.level == tokens[idx].level)


def _math(tex: str) -> str:
    # A word joiner would be a sign of the formula; an empty group is none.
    return escape(_IN_CODE.sub(r"\g<0>{}", " ".join(cloze.protect_clozes(tex).split())), quote=False)


def _brace_safe(html: str, in_cloze: Any) -> str:
    """HTML in which Anki finds no end of a cloze and no hint."""
    return html.replace("}", "&#125;").replace("::", ":&#58;") if in_cloze else html


def _code(code: str, language: str, in_cloze: Any) -> str:
    """Highlighted HTML of code; clozes inside the code stay clozes."""
    clozes = cloze.find(code)
    if not clozes:
        return "".join(_brace_safe(html, in_cloze) for html in _highlight(code, language))
    marks: dict[int, str] = {}
    plain, cuts = "", []
    opened = sorted([(c.start, c.inner_start, f"{{{{c{c.number}::") for c in clozes])
    closed = sorted(
        [(c.inner_end, c.end, f"::{_escaped(c.hint, _IN_CODE, escape)}}}}}" if c.hint else "}}") for c in clozes]
    )
    for start, end, mark in sorted([*opened, *closed]):
        cuts.append((start, end, mark))
    at = 0
    for start, end, mark in cuts:
        plain += code[at:start]
        marks[len(plain)] = marks.get(len(plain), "") + mark
        at = end
    plain += code[at:]
    return "".join(_with_marks(plain, language, marks))


def _with_marks(code: str, language: str, marks: dict[int, str]) -> Iterator[str]:
    """Highlighted code with the texts of `marks` at their offsets."""
    at = 0
    for css, text in _lexed(code, language):
        cuts = [0, *(m - at for m in sorted(marks) if at < m < at + len(text)), len(text)]
        for start, end in pairwise(cuts):
            yield marks.get(at + start, "")
            yield _brace_safe(_span(css, text[start:end]), True)
        at += len(text)
    yield marks.get(at, "")


def _highlight(code: str, language: str) -> Iterator[str]:
    return (_span(css, text) for css, text in _lexed(code, language))


def _span(css: str, text: str) -> str:
    safe = _escaped(text, _IN_CODE)
    return f'<span class="{css}">{safe}</span>' if css and safe.strip() else safe


@lru_cache(maxsize=4096)
def _lexed(code: str, language: str) -> tuple[tuple[str, str], ...]:
    """Code as (CSS class, text) pairs that join to the code; the classes are those of Pygments."""
    if language in ("", "text") or language not in CODE_LANGUAGES:
        return (("", code),)
    from pygments.lexers import get_lexer_by_name
    from pygments.token import STANDARD_TYPES

    lexer = get_lexer_by_name(language)
    parts: list[tuple[str, str]] = []
    for _, kind, text in lexer.get_tokens_unprocessed(code):
        while kind not in STANDARD_TYPES and kind.parent is not None:
            kind = kind.parent
        css = STANDARD_TYPES[kind]
        if parts and parts[-1][0] == css:
            parts[-1] = (css, parts[-1][1] + text)
        else:
            parts.append((css, text))
    return tuple(parts)


def cloze_numbers(field: str) -> list[int]:
    """The numbers for which Anki makes cards of a rendered cloze field."""
    return cloze.anki_numbers(field)
