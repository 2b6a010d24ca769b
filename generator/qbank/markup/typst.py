"""Markdown with mathematics -> Typst markup for paper.

Text reaches Typst with every punctuation character escaped, or as a string literal: no text can become code, whatever
stands before or behind it. Lists, tables and emphasis are written as calls, since markup would depend on line starts;
a call inside a line ends in `;`, so that nothing behind it is taken for an argument.

The calls that Typst does not know are the theme's: `eqi` and `eqb` (formulas in a line and on lines of their own),
`cloze`, `datatable`, and `may-break`, a place where a line may break: a character for that would be copied with the
text. Formulas also need `tex.PRELUDE`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from markdown_it.tree import SyntaxTreeNode

from qbank.markup import cloze, tex
from qbank.markup.document import CODE_LANGUAGES, Document
from qbank.markup.scripts import UNSPACED

#: Headings inside a text stand below the heading of its card (2), which stands below that of its topic (1).
HEADING_LEVEL = 3

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SCHEME = re.compile(r"https?://|mailto:", re.IGNORECASE)
# A run without a space could be wider than a column where it is longer than this; it may then break behind these.
_LONG_RUN = re.compile(rf"[^\s{UNSPACED}]{{30,}}")
_BREAK = re.compile(r"[^\W_]{20}|[\W_]")
_TEX_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[^\\]", re.DOTALL)
_OPENING = frozenset({"{", "\\{", "(", "[", "\\begin", "\\left"})
_CLOSING = frozenset({"}", "\\}", ")", "]", "\\end", "\\right"})
# They change all that follows them, so nothing behind them can stand alone.
_SWITCHES = frozenset({"\\color", "\\displaystyle", "\\textstyle", "\\scriptstyle", "\\scriptscriptstyle"})
_NUMBER_PERCENT = re.compile(r"(?<=\d) (?=%)")


def render(document: Document) -> str:
    """The Typst markup of a text. `ValueError`: it holds what paper cannot show, which the checks refuse before."""
    return _nodes(SyntaxTreeNode(document.tokens).children).strip()


def escape(text: str) -> str:
    """Text as Typst markup; line breaks and control characters become spaces."""
    escaped = _PUNCTUATION.sub(r"\\\g<0>", _CONTROL.sub(" ", text))
    return escaped.replace("\N{NO-BREAK SPACE}", "~").replace("\N{ZERO WIDTH SPACE}", "#may-break;")


def string(text: str) -> str:
    """Text as a Typst string literal, in which line breaks and tabs stay; other control characters become spaces."""
    inside = text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n").replace("\t", r"\t")
    return f'"{_CONTROL.sub(" ", inside)}"'.replace("\N{ZERO WIDTH SPACE}", "")


def _nodes(nodes: Iterable[SyntaxTreeNode]) -> str:
    return "".join(map(_node, nodes))


def _node(node: SyntaxTreeNode) -> str:
    write = _WRITERS.get(node.type)
    if write is None:
        raise ValueError(f"{node.type} cannot be set on paper")
    return write(node)


def _inside(node: SyntaxTreeNode) -> str:
    return _nodes(node.children)


# -- in a line


def _text(node: SyntaxTreeNode) -> str:
    return escape(_NUMBER_PERCENT.sub("\N{NO-BREAK SPACE}", _breakable(node.content)))


def _breakable(text: str) -> str:
    """Text in which very long runs may break."""
    return _LONG_RUN.sub(lambda run: _BREAK.sub("\\g<0>\N{ZERO WIDTH SPACE}", run[0]), text)


def _call(name: str) -> Callable[[SyntaxTreeNode], str]:
    return lambda node: f"#{name}[{_inside(node)}];"


def _code_inline(node: SyntaxTreeNode) -> str:
    return f"#raw({string(cloze.strip(node.content))});"


def _link(node: SyntaxTreeNode) -> str:
    target = str(node.attrs["href"])
    if not _SCHEME.match(target):
        raise ValueError(f"the link target {target!r} cannot be set on paper")
    return f"#link({string(target)})[{_inside(node)}];"


def _parsed(source: str) -> tex.Formula:
    try:
        return tex.parse(source)
    except tex.TexError as error:
        raise ValueError(f"the formula {source!r} cannot be set on paper: {error}") from error


def _source(node: SyntaxTreeNode) -> str:
    """The LaTeX of a formula, which is also its text for those who do not see it."""
    return " ".join(cloze.strip(node.content).split())


def _inline(node: SyntaxTreeNode) -> str:
    source = _source(node)
    formula = _parsed(source)
    fine = ", fine: true" if tex.is_fine(formula, display=False) else ""
    return f"#eqi({string(source)}, ${tex.to_typst(formula)}${fine});"


def _display(node: SyntaxTreeNode) -> str:
    """A formula on lines of its own; and its parts, where wide spaces divide it, which may go on lines of their own."""
    source = _source(node)
    parts = "".join(f", arguments({_displayed(part)})" for part in _parts(source))
    return f"#eqb({_displayed(source)}{parts});"


def _displayed(source: str) -> str:
    formula = _parsed(source)
    fine = ", fine: true" if tex.is_fine(formula, display=True) else ""
    return f"{string(source)}, $ {tex.to_typst(formula)} ${fine}"


def _parts(source: str) -> list[str]:
    r"""What stands between the \quad and \qquad that no bracket or environment holds."""
    parts, depth = [""], 0
    for token in _TEX_TOKEN.findall(source):
        if token in _SWITCHES:
            return []
        depth += (token in _OPENING) - (token in _CLOSING)
        if depth == 0 and token in ("\\quad", "\\qquad"):
            parts.append("")
        else:
            parts[-1] += token
    whole = [part.strip() for part in parts if part.strip()]
    return whole if len(whole) > 1 and all(map(_is_math, whole)) else []


def _is_math(source: str) -> bool:
    try:
        tex.parse(source)
    except tex.TexError:
        return False
    return True


# -- blocks


def _paragraph(node: SyntaxTreeNode) -> str:
    return _inside(node) + ("\n" if node.hidden else "\n\n")


def _heading(node: SyntaxTreeNode) -> str:
    title = _inside(node)
    return f"#heading(level: {HEADING_LEVEL})[{title}]\n\n" if title else ""


def _list(node: SyntaxTreeNode) -> str:
    numbered = node.type == "ordered_list"
    start = f", start: {node.attrs.get('start', 1)}" if numbered else ""
    items = "".join(f"  [{_inside(item).strip()}],\n" for item in node.children)
    return f"#{'enum' if numbered else 'list'}(tight: {'true' if _is_tight(node) else 'false'}{start},\n{items})\n\n"


def _is_tight(node: SyntaxTreeNode) -> bool:
    """Markdown hides the paragraphs of a tight list."""
    return all(part.hidden for item in node.children for part in item.children if part.type == "paragraph")


def _quote(node: SyntaxTreeNode) -> str:
    return f"#quote(block: true)[{_inside(node).strip()}]\n\n"


def _fence(node: SyntaxTreeNode) -> str:
    language = node.info.strip()
    highlighted = f", lang: {string(language)}" if language in CODE_LANGUAGES and language != "text" else ""
    return f"#raw({string(cloze.strip(node.content).rstrip(chr(10)))}, block: true{highlighted})\n\n"


def _table(node: SyntaxTreeNode) -> str:
    """A call of `datatable`: its name, the alignments, the head, the cells, and what cannot break in each column."""
    rows = [row.children for part in node.children for row in part.children]
    columns = list(zip(*rows, strict=True))
    name = string(" | ".join(cell.children[0].content for cell in rows[0]))
    aligns = _array(string(_alignment(cell)) for cell in rows[0])
    head = _array(f"[{_inside(cell)}]" for cell in rows[0])
    cells = "".join(f"  {', '.join(f'[{_inside(cell)}]' for cell in row)},\n" for row in rows[1:])
    solid = _array(_array(_unbreakable(column)) for column in columns)
    return f"#datatable({name}, {aligns}, {head}, solid: {solid}, (\n{cells}))\n\n"


def _array(items: Iterable[str]) -> str:
    """A Typst array; the comma behind each item keeps an array of one from being taken for the item."""
    return f"({''.join(f'{item}, ' for item in items).rstrip()})"


def _alignment(cell: SyntaxTreeNode) -> str:
    return str(cell.attrs.get("style", "text-align:left")).removeprefix("text-align:")


def _unbreakable(column: Iterable[SyntaxTreeNode]) -> Iterator[str]:
    """What decides how narrow a column can be: its formulas, and its longest word in text and in code."""
    words: dict[str, str] = {}
    for cell in column:
        for node in cell.walk():
            if node.type in ("math_inline", "math_inline_double"):
                yield f"[{_inline(node)}]"
            elif node.type in ("text", "code_inline"):
                pieces = re.split("\\s|\N{ZERO WIDTH SPACE}", _breakable(node.content))
                words[node.type] = max(words.get(node.type, ""), *pieces, key=len)
    for kind, word in words.items():
        if word:
            yield f"[#raw({string(word)});]" if kind == "code_inline" else f"[#strong[{escape(word)}];]"


_WRITERS: dict[str, Callable[[SyntaxTreeNode], str]] = {
    "text": _text,
    "text_special": _text,
    # A space, never a line break: no text stands at the start of a line of Typst.
    "softbreak": lambda node: " ",
    "hardbreak": lambda node: "#linebreak();",
    "code_inline": _code_inline,
    "em": _call("emph"),
    "strong": _call("strong"),
    "cloze": _call("cloze"),
    "link": _link,
    "math_inline": _inline,
    "math_inline_double": _display,
    "math_block": lambda node: _display(node) + "\n\n",
    "inline": _inside,
    "paragraph": _paragraph,
    "heading": _heading,
    "bullet_list": _list,
    "ordered_list": _list,
    "blockquote": _quote,
    "fence": _fence,
    "table": _table,
    "hr": lambda node: "#line(length: 100%)\n\n",
}
