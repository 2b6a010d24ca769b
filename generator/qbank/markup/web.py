r"""Markdown with mathematics -> HTML for browsers: formulas are MathML, and a cloze text is asked for one deletion.

What is made needs no script, and the styles of `tex.STYLE`. Anki's cards are another dialect of HTML
(`html.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape

from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from qbank.markup import cloze, html, tex
from qbank.markup.document import Document

#: What stands for a deletion without a hint, as in Anki.
_GAP = "..."
#: The ways to write a deletion, which @ stands for, in a formula; the first is taken that gives a formula.
_HIDDEN = (r"\text{[@]}", "{[@]}", "[@]")
#: A deletion that is shown is marked by this color; a page may give it another by `[mathcolor="..."]`.
MARK = "#1d5fa8"
_SHOWN = (rf"\textcolor{{{MARK}}}{{@}}", "@")

#: A block of code as `code` writes it, and a part of it that has a color.
_CODE = re.compile(r"\A(<pre[^<>]*><code>)(.*)(</code></pre>)", re.DOTALL)
_COLORED = re.compile(r"(<span[^<>]*>)([^<]*)</span>")
#: Spaces before a line of code of which a page keeps account: what begins further in leaves no room for the next line.
DEEPEST = 16

#: The classes of code, as Pygments names them, that have a color on pages.
COLORED = frozenset("k kn kc kd ow s s1 s2 sd sa si c1 ch cm mi mf nf nc nb nn".split())


def block(document: Document) -> str:
    """The HTML of a text, with its paragraphs."""
    return _whole().blocks(document)


def code(source: str, language: str) -> str:
    """A highlighted block of code; what the pages give no color is not marked."""
    return html.colored(source, language, COLORED)


def paged(document: Document) -> str:
    """The same for readers that show pages: nothing needs to be scrolled, as far as it may break."""
    return _PagedRenderer().blocks(document)


def paged_code(source: str, language: str) -> str:
    """A highlighted block of code whose lines may break: what goes on in the next line stands further in."""
    return _CODE.sub(lambda found: found[1] + "".join(_hanging(found[2])) + found[3], code(source, language))


def asked(document: Document, number: int, *, shown: bool) -> str:
    """The HTML of a cloze text that asks for the deletions of a number: with gaps, or with what was there marked."""
    return _Renderer(number, shown=shown).blocks(document)


@cache
def _whole() -> _Renderer:
    """The renderer of texts without clozes."""
    return _Renderer()


#: What is made is XML as well: an e-book takes it as it is.
_OPTIONS = OptionsDict({**html.OPTIONS, "xhtmlOut": True})  # type: ignore[typeddict-item]


class _Renderer(html.Renderer):
    """Renders one text; `number` is that of the deletions that are asked for, and 0 asks for none."""

    def __init__(self, number: int = 0, *, shown: bool = True) -> None:
        super().__init__()
        self.number = number
        self.shown = shown

    def blocks(self, document: Document) -> str:
        """The HTML of a document."""
        tokens = document.tokens if self.shown else [_with_gaps(token, self.number) for token in document.tokens]
        return self.render(tokens, _OPTIONS, {}).strip()

    def text(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return escape(tokens[idx].content, quote=False)

    text_special = text

    def code_inline(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"<code>{escape(self._program(tokens[idx].content), quote=False)}</code>"

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return code(self._program(tokens[idx].content), tokens[idx].info.strip()) + "\n"

    def math_inline(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return html.scrolling(tokens[idx].content, self._formula(tokens[idx].content, display=False))

    def math_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f'<div class="qb-scroll">{self._formula(tokens[idx].content, display=True)}</div>\n'

    def math_inline_double(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f'<span class="qb-scroll">{self._formula(tokens[idx].content, display=True)}</span>'

    def heading_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "<h3>"

    def heading_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</h3>\n"

    def html_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        raise ValueError(f"{tokens[idx].type} cannot be rendered: {tokens[idx].content!r}")

    html_inline = html_block
    image = html_block

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return '<div class="qb-scroll"><table>\n'

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</table></div>\n"

    def th_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        # The policy of a page allows no style of its own to an element.
        token = tokens[idx]
        side = str(token.attrGet("style") or "").removeprefix("text-align:")
        return f'<{token.tag} class="qb-{side}">' if side else f"<{token.tag}>"

    td_open = th_open

    def cloze_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "<mark>" if tokens[idx].meta["numbers"] == str(self.number) else ""

    def cloze_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</mark>" if html.opening(tokens, idx).meta["numbers"] == str(self.number) else ""

    def cloze_gap(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"<mark>[{escape(tokens[idx].content or _GAP, quote=False)}]</mark>"

    def _program(self, source: str) -> str:
        return cloze.asked(source, self.number, lambda content, hint: content if self.shown else f"[{hint or _GAP}]")

    def _formula(self, source: str, *, display: bool) -> str:
        for written in self._written(source):
            try:
                return self._mathml(tex.parse(written, strict=False), display=display)
            except tex.TexError:
                continue
        return (
            f"<mark>[{_GAP}]</mark>" if not self.shown else f"<code>{escape(cloze.strip(source), quote=False)}</code>"
        )

    def _mathml(self, formula: tex.Formula, *, display: bool) -> str:
        return tex.to_mathml(formula, display=display)

    def _written(self, source: str) -> Iterator[str]:
        """The formula without clozes but for those that are asked for, in the ways in which these can be written."""
        if "{{c" not in source:
            yield source
            return
        for way in _SHOWN if self.shown else _HIDDEN:

            def written(content: str, hint: str, way: str = way) -> str:
                return way.replace("@", content if self.shown else hint or _GAP)

            yield cloze.asked(source, self.number, written)


class _PagedRenderer(_Renderer):
    """Renders one text for readers that show pages, some of which know no MathML."""

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return paged_code(tokens[idx].content, tokens[idx].info.strip()) + "\n"

    def math_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f'<div class="qb-scroll qb-display">{self._formula(tokens[idx].content, display=True)}</div>\n'

    def math_inline_double(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f'<span class="qb-scroll qb-display">{self._formula(tokens[idx].content, display=True)}</span>'

    def _mathml(self, formula: tex.Formula, *, display: bool) -> str:
        if display:
            return " ".join(tex.to_mathml_lines(formula))
        return tex.to_mathml(formula, display=False, alttext=tex.to_plain(formula.body))


def _hanging(lines: str) -> Iterator[str]:
    """The lines of a block of code as elements whose class tells how far in they begin."""
    whole = _COLORED.sub(lambda part: re.sub(r"[^\n]+", rf"{part[1]}\g<0></span>", part[2]), lines)
    for line in whole.split("\n"):
        text = re.sub(r"<[^<>]*>", "", line)
        yield f'<span class="in-{min(len(text) - len(text.lstrip(" ")), DEEPEST)}">{line}\n</span>'


def _with_gaps(block: Token, number: int) -> Token:
    """The same tokens, but that one stands for each deletion of a number, with its hint."""
    if not block.children:
        return block
    children: list[Token] = []
    ends = -1
    for token in block.children:
        if ends >= 0:
            ends = -1 if token.type == "cloze_close" and token.level == ends else ends
        elif token.type == "cloze_open" and token.meta["numbers"] == str(number):
            ends = token.level
            children.append(Token("cloze_gap", "", 0, content=token.meta["hint"]))
        else:
            children.append(token)
    return block.copy(children=children)
