r"""Markdown as GitHub renders it, by emulation, since the tests reach no network.

What it does is put together from public reports: CommonMark with tables comes first and knows no formulas, so between
bare dollars `\,` loses its backslash, `\\` one of two, and underscores become emphasis, which tears a formula
(github/markup#1746); code between dollars and fences of `math` stay as they are; letters may not touch a formula
(#1742); escaped dollars pair like others; a fence does not appear in a list that has formulas in its lines (#1745); and
MathJax then refuses some commands (#1688).
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from html import escape
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

#: What GitHub answers with "The following macros are not allowed", by public reports, and its kin.
REFUSED = re.compile(
    r"\\(?:operatorname|operatornamewithlimits|DeclareMathOperator|mbox|hbox|fbox|[hv]?phantom|newcommand|renewcommand"
    r"|newenvironment|def|gdef|let|require|unicode|href|class|cssId|style)(?![A-Za-z])"
)
_RUN = frozenset({"text", "text_special", "softbreak", "code_inline"})
_CODE = re.compile("\x01(\\d+)\x02")
_FORMULA = re.compile(
    "(?<![A-Za-z])\\$\x01(?P<code>\\d+)\x02\\$(?!\\w)"
    r"|\$\$(?P<display>[^$]+)\$\$"
    r"|(?<!\w)\$(?P<line>[^\s$\x01](?:[^$\n\x01]*[^\s$\x01])?)\$(?!\w)"
)


class Formula(NamedTuple):
    """A formula as MathJax gets it."""

    tex: str
    display: bool

    @property
    def html(self) -> str:
        """With the delimiters that the tests' MathJax reads."""
        inside = escape(self.tex, quote=False)
        return rf"\[{inside}\]" if self.display else rf"\({inside}\)"


class Page(NamedTuple):
    """A page as a reader sees it: its HTML, its formulas in order, texts with dollars that are left, and its tokens."""

    html: str
    formulas: list[Formula]
    rest: list[str]
    tokens: list[Token]


def read(text: str) -> Page:
    """A page of Markdown."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = parser.parse(text)
    formulas: list[Formula] = []
    rest: list[str] = []
    lines = {id(token) for group in _lists(tokens) for token in group if _has_formula(group)}
    for token in tokens:
        if token.type == "inline":
            token.children = _line(token.children or [], formulas, rest)
        elif token.type == "fence" and token.info == "math":
            if id(token) in lines:
                rest.append(f"a fence in a list: {token.content}")
                continue
            formulas.append(Formula(token.content.strip(), display=True))
            token.type, token.content = "html_block", f"<p>{formulas[-1].html}</p>\n"
    return Page(parser.renderer.render(tokens, parser.options, {}), formulas, rest, tokens)


def _lists(tokens: list[Token]) -> list[list[Token]]:
    """The tokens of each list that is in no other."""
    found: list[list[Token]] = []
    depth = 0
    for token in tokens:
        if token.type.endswith("list_open"):
            depth += 1
            if depth == 1:
                found.append([])
        if depth:
            found[-1].append(token)
        depth -= token.type.endswith("list_close")
    return found


def _has_formula(tokens: list[Token]) -> bool:
    return any(token.type == "inline" and "$" in token.content for token in tokens)


def _line(children: list[Token], formulas: list[Formula], rest: list[str]) -> list[Token]:
    out: list[Token] = []
    run: list[Token] = []
    for child in [*children, Token("end", "", 0)]:
        if child.type in _RUN:
            run.append(child)
            continue
        if run:
            out.append(_set(run, formulas, rest))
            run = []
        out.append(child)
    return out[:-1]


def _set(run: list[Token], formulas: list[Formula], rest: list[str]) -> Token:
    """Texts and code without a tag between them, as HTML with formulas."""
    codes = [token.content for token in run]
    pieces = [f"\x01{n}\x02" if each.type == "code_inline" else each.content or "\n" for n, each in enumerate(run)]
    text = "".join(pieces)
    html, at = "", 0

    def plain(piece: str) -> str:
        if "$" in piece and text != "$":
            rest.append(piece)
        return _CODE.sub(lambda code: f"<code>{escape(codes[int(code[1])])}</code>", escape(piece, quote=False))

    for found in _FORMULA.finditer(text):
        code = found["code"] and codes[int(found["code"])]
        formulas.append(Formula(code or found["display"] or found["line"], display=bool(found["display"])))
        html += plain(text[at : found.start()]) + formulas[-1].html
        at = found.end()
    return Token("html_inline", "", 0, content=html + plain(text[at:]))


def wrong(intended: list[str], page: Page, errors: dict[str, list[str]]) -> list[str]:
    """The formulas that a reader does not see as they are meant; `errors` are those of MathJax, by `Formula.html`."""
    seen = [said(each.tex) for each in page.formulas]
    meant = [said(each) for each in intended]
    right: set[int] = set()
    for block in SequenceMatcher(None, meant, seen, autojunk=False).get_matching_blocks():
        for n in range(block.size):
            formula = page.formulas[block.b + n]
            if not REFUSED.search(formula.tex) and formula.html not in errors:
                right.add(block.a + n)
    return [each for n, each in enumerate(intended) if n not in right]


def said(tex: str) -> str:
    """A formula by what it says, however its operators, its style and the letters that touch it are written."""
    tex = re.sub(r"\\operatorname\s*\*?\s*\{([^{}]*)\}", r"\\mathop{\\mathrm{\1}}", tex.replace(r"\displaystyle ", ""))
    tex = re.sub(r"^\\text\{\w+\}|\\text\{\w+\}$", "", tex.replace(r"\nolimits", ""))
    return " ".join(tex.split())
