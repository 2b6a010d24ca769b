"""Rules for formulas: what stands between dollars is one, in the LaTeX that cards and paper know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from markdown_it.token import Token

from qbank.bank.model import ClozeText, Text
from qbank.check.tables import pipes
from qbank.markup import cloze as clozes
from qbank.markup import tex
from qbank.markup.document import MATH, ByType, Document
from qbank.problem import Edit, Fault, Fix, rule

_MEANT = {"(": (r"\(", r"\)", "$"), "[": (r"\[", r"\]", "$$")}
# What stands in brackets that were meant for a formula, and is no index and no interval.
_MATHEMATICAL = re.compile(r"[\\^_=]|^\s|\s$")


@rule("text", visits=("text_special",))
def tex_delimiters(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    r"""Formulas stand between dollars. `\(x\)` is Markdown for a plain "(x)" and `\\(x\\)` for "\(x\)".

    Brackets may be escaped, as in `\[0, 1\]`, but not around a formula: `\[ x = 1 \]` is written `$$x = 1$$`.
    """
    opened = {"(": -1, "[": -1}
    for sign, start, end in _delimiters(document):
        kind = {")": "(", "]": "["}.get(sign, sign)
        if sign == kind:
            if sign == "(" and opened[kind] >= 0:
                yield _no_delimiter(text, opened[kind], kind)
            opened[kind] = start
            continue
        begin, opened[kind] = opened[kind], -1
        if begin < 0:
            if sign == ")":
                yield _no_delimiter(text, start, sign)
            continue
        inner = document.text[document.text.index(kind, begin) + 1 : start]
        glued = document.text[:begin][-1:].isalnum()
        if kind == "(" or (not glued and _MATHEMATICAL.search(inner)):
            opening, closing, dollars = _MEANT[kind]
            yield Fault(
                text.place(begin, end),
                f"{opening} and {closing} stand around no formula in Markdown",
                f"write it between dollars: {dollars}{inner.strip()[:40]}{dollars}",
                _mend(text, begin, end, dollars, inner),
            )
    if opened["("] >= 0:
        yield _no_delimiter(text, opened["("], "(")


def _no_delimiter(text: Text, start: int, sign: str) -> Fault:
    return Fault(
        text.place(start, text.index(sign, start) + 1),
        f"\\{sign} stands at no formula in Markdown",
        f"write formulas between dollars, $x$, and a parenthesis as it is: {sign}",
    )


def _delimiters(document: Document) -> Iterator[tuple[str, int, int]]:
    """The brackets behind backslashes, one or two, and where each begins and ends with them."""
    for token, after in _followed(document):
        if token.type != "text_special":
            continue
        start, end = document.place(token)
        if token.markup == "\\\\":
            if after and after.type == "text" and after.content[0] in "()[]":
                yield after.content[0], start, end + 1
        elif token.markup[1:] in ("(", ")", "[", "]"):
            yield token.markup[1:], start, end


def _followed(document: Document) -> Iterator[tuple[Token, Token | None]]:
    """Every inline token with the one behind it, None at the end of its block."""
    for block in document.tokens:
        yield from pairwise((*(block.children or ()), None))


def _mend(text: Text, start: int, end: int, dollars: str, formula: str) -> Fix | None:
    """The exchange of a stretch for a formula between dollars, where Markdown then takes it for one."""
    inner = formula.strip()
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    if not inner or "$" in inner or "\n\n" in inner or inner.endswith("\\") or re.search(r"[\d$\\|]", around):
        return None
    return Fix((Edit(text.place(start, end), f"{dollars}{inner}{dollars}"),), safe=True)


_COMMAND = re.compile(r"(?<![\w\\:.\ufffc])\\(?:(begin)\{[A-Za-z]+\*?\}|([A-Za-z]{2,}))(?=(\{)?)")


#: Commands of LaTeX for texts, and what Markdown has instead.
_INSTEAD = {
    "textbf": "write **bold**",
    "emph": "write *italic*",
    "textit": "write *italic*",
    "texttt": "write code between backticks",
    "underline": "write **bold** or *italic*; Markdown underlines nothing",
    "url": "write <https://...>",
    "href": "write [text](https://...)",
    "item": "write a list: each entry on its own line, after '- '",
    "footnote": "say it in the sentence, in brackets",
    "section": "write a heading as '### ...'",
    "subsection": "write a heading as '### ...'",
}
_SOURCES = ("cite", "citep", "citet", "ref", "eqref", "cref", "autoref", "label")


def _of_text(command: re.Match[str]) -> bool:
    name = command[2] or ""
    return name == "item" or (command[3] is not None and (name in _INSTEAD or name in _SOURCES))


# A dollar that is not closed is a problem of its own, and commands behind it in its paragraph follow of that.
_OR_DOLLAR = re.compile(rf"{_COMMAND.pattern}|\$|\n\n")


@rule("text", visits=("text_special",), when=_COMMAND.search)
def bare_tex(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    r"""Commands of LaTeX mean something between dollars only, environments too; elsewhere they are shown as they stand.

    `\begin{aligned} ... \end{aligned}` stands between two lines of `$$`.
    """
    shown, unclosed = 0, False
    for command in _OR_DOLLAR.finditer(document.prose):
        start, end = command.span()
        if command[0] in ("$", "\n\n"):
            unclosed = command[0] == "$"
        if unclosed or start < shown or not (command[1] or tex.is_command(command[2] or "") or _of_text(command)):
            continue
        if _of_text(command):
            instead = _INSTEAD.get(command[2] or "", "name the work under `references:`, and say where in words")
            yield Fault(text.place(start, end), f"{command[0]} is LaTeX, and shown as it stands", instead)
            continue
        fix = None
        if command[1]:
            closing = command[0].replace("begin", "end", 1)
            closed = document.text.find(closing, end)
            shown = closed + len(closing) if closed >= 0 else len(text)
            whole = document.text[start:shown]
            fix = _mend(text, start, shown, "$$", whole) if closed >= 0 else None
        else:
            # One formula, one problem: where it ends nobody knows, but not behind the line.
            shown = (text.find("\n", end) + 1) or len(text)
        yield Fault(
            text.place(start, end),
            f"{command[0]} stands in no formula",
            "put the formula between dollars: $x$, or $$x$$ on lines of its own",
            fix,
        )


# Commands whose braces hold words, with what the braces hold.
_HELD = re.compile(
    r"\\(?:text|math|operatorname|mbox|hbox|tag|ce|pu|begin|end)[a-z]*\*?\s*"
    r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*+\})*+\})*+\}"
)
_PROSE = re.compile(
    r"(?<!\S)(?:and|the|for|from|with|per|than|then|else|not|where|when|are|was)(?!\S)"
    r"|[A-Za-z0-9]\s+(?:or|if|is|of|to|in|on|by|at|as|it)\s+[A-Za-z0-9]"
    r"|(?<!\S)[a-z]{3,}\s+[a-z]{3,}(?!\S)"
)
# What each of these has: two letters that are no command.
_PERHAPS_PROSE = re.compile(r"(?:\A|[\s}])[a-z]{2}")
# Where a formula ends that was none: a sign that asks for more, and then a name.
_NAME = re.compile(r"[A-Za-z(]|\{(?!\{)")
_CUT = re.compile(r"[^\\^_{][-/+*=<>:;,.(|]")


@rule("text", visits=("math_inline",))
def false_formula(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    r"""Two dollar signs are a formula for Markdown wherever they may open and close one: `$HOME/$USER`, `$5k-$x`.

    So formulas hold no plain words: those stand in `\text{...}`, and names of functions have a backslash, `\max`.
    """
    for token, _ in found["math_inline"]:
        formula = token.content
        if formula[:1] == "]" and formula.endswith("[/"):
            start, end = document.place(token)
            fix = Fix((Edit(text.place(start - 1, end + 1), f"${formula[1:-2]}$"),), safe=True)
            yield Fault(text.place(start - 1, end + 1), "[$] is markup of Anki", f"write ${formula[1:-2]}$", fix)
            continue
        cut = _CUT.fullmatch(formula[-2:]) and _NAME.match(document.text, document.place(token)[1])
        if cut or (_PERHAPS_PROSE.search(formula) and _PROSE.search(_HELD.sub("", formula))):
            yield Fault(
                text.place(*document.place(token)),
                f"Markdown takes '{formula[:40]}' for a formula",
                r"write a dollar sign as \$ and code between backticks; words in a formula stand in \text{...}",
            )


@rule("text", visits=("text",), when=lambda text: "$" in text)
def unclosed_math(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    """Every dollar sign opens or closes a formula; a price is written `\\$5`.

    A formula starts right behind its `$` and ends right before it: `$ x $` is not one, and a digit may not follow.
    """
    shown = list(document.saying("$"))
    broken = {line for line, _ in pipes(document)} if shown else ()
    for each in shown:
        if (each.block.map or [-1])[0] not in broken:
            start = document.place(each.token)[0] + each.token.content.index("$")
            yield Fault(
                text.place(start, start + 1),
                "this $ opens no formula that is closed again",
                r"close the formula: $x$, without spaces inside the dollars; write a dollar sign as \$",
            )


@rule("text", visits=MATH, guards="rendering")
def latex(text: Text, document: Document, found: ByType) -> Iterator[Fault]:
    r"""A formula uses the LaTeX that both MathJax 3 (Anki) and the converter to Typst (paper) know.

    Macros of packages are not among it: write `\operatorname*{arg\,min}`, `\boldsymbol`, `\lVert x \rVert`.
    Chemistry is written as in mhchem, `\ce{2 H2 + O2 -> 2 H2O}`: elements, charges, states and arrows.
    """
    if isinstance(text, ClozeText) and any(document.saying("{{c")):
        return  # A deletion that ends inside a formula is a problem of deletions.
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
            doubled = _DOUBLED.match(source, error.offset)
            if doubled and not has_cloze:
                begin = document.place(each.token)[0] + len(each.token.markup) + error.offset
                yield Fault(
                    text.place(begin, begin + len(doubled[0])),
                    f"two backslashes end a line; a command has one: {doubled[0][1:]}",
                    f"write {doubled[0][1:]}",
                    Fix((Edit(text.place(begin, begin + 1), ""),), safe=True),
                )
                continue
            at = clozes.source_offset(each.token.content, error.offset) if has_cloze else error.offset
            start = document.place(each.token)[0] + len(each.token.markup) + at
            yield Fault(text.place(start, start + max(1, error.length)), error.message, error.help)


_DOUBLED = re.compile(r"\\\\[A-Za-z]{2,}")


@lru_cache(maxsize=512)
def _tex_error(source: str) -> tex.TexError | None:
    try:
        tex.parse(source)
    except tex.TexError as error:
        return error
    return None


RULES = (tex_delimiters, bare_tex, false_formula, unclosed_math, latex)
