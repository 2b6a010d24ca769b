"""Markdown with mathematics -> HTML for Anki.

Mathematics becomes `\\( \\)` and `\\[ \\]`, the only delimiters that Anki's MathJax reads, with `<`, `>` and `&`
escaped. In a cloze note Anki closes a deletion at the first `}}` and starts its hint at the first `::` without knowing
TeX or code, so neither may stand in any text that is not a delimiter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from itertools import pairwise
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

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
    return _Renderer().render(document.tokens, OPTIONS, {}).strip()


def inline(document: Document) -> str:
    """The HTML of a text; without the enclosing paragraph where it is the only one."""
    blocks = document.tokens
    if len(blocks) == 3 and blocks[0].type == "paragraph_open":
        return _Renderer().renderInline(blocks[1].children or [], OPTIONS, {}).strip()
    return block(document)


def code(source: str, language: str) -> str:
    """A highlighted block of code."""
    return f'<pre class="code"><code>{_code(source.rstrip(chr(10)), language, False)}</code></pre>'


def colored(source: str, language: str, kinds: frozenset[str]) -> str:
    """A block of code in which only the parts of some classes are marked."""
    parts = _lexed(source.rstrip("\n"), language)
    lines = "".join(_span(css if css in kinds else "", text) for css, text in parts)
    return f'<pre class="code"><code>{lines}</code></pre>'


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


class _Renderer(RendererHTML):
    """The HTML renderer of markdown-it-py, with what Anki needs. Unknown tokens are an error, never dropped."""

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
        return f"::{_brace_safe(escape(hint, quote=False), True)}}}}}" if hint else "}}"

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


def _escaped(text: str, markup: re.Pattern[str]) -> str:
    """The HTML of a text, with an invisible sign in what Anki would take for its markup."""
    guarded = markup.sub(lambda found: found[0] + "\N{WORD JOINER}", text)
    return escape(guarded, quote=False).replace("\N{WORD JOINER}", _WORD_JOINER)


def opening(tokens: Sequence[Token], idx: int) -> Token:
    """The token that opens the cloze closed at `idx`."""
    return next(t for t in reversed(tokens[:idx]) if t.type == "cloze_open" and t.level == tokens[idx].level)


def _math(tex: str) -> str:
    return escape(" ".join(cloze.protect_clozes(tex).split()), quote=False)


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
    closed = sorted([(c.inner_end, c.end, f"::{escape(c.hint)}}}}}" if c.hint else "}}") for c in clozes])
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
