r"""Markdown with mathematics -> Markdown for its readers, which do not agree on formulas.

- `github`: ``$`x`$`` and fences of `math`, where GitHub leaves a formula as it is. Between bare dollars it first reads
  Markdown: `\,` becomes a comma, `\\` a backslash, `_` emphasis (github/markup#1746). Commands that it refuses are
  written with others (`tex.to_github`).
- `plain`: `$x$` and `$$x$$`, as Obsidian, VS Code and pandoc read them.

For both a paragraph is one line, since Obsidian shows every end of a line; letters that touch a formula become part of
it, since GitHub and VS Code then see none (github/markup#1742); and signs that only some readers take for markup, such
as `~` and `==`, are escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from markdown_it.tree import SyntaxTreeNode

from qbank.markup import tex
from qbank.markup.document import Document
from qbank.markup.tex.symbols import WHOLE

Flavor = Literal["github", "plain"]
FLAVORS: tuple[Flavor, ...] = ("github", "plain")

#: For each mark of a list another.
_MARKS = {"-": "*", "*": "-", "+": "-", ".": ")", ")": "."}

#: GitHub pairs dollars even where they were escaped; in a span of its own, as its manual says, one stays alone.
_DOLLAR = {"github": "<span>$</span>", "plain": r"\$"}

# What begins markup for some reader. A link that is none here, since its scheme runs code, is one for some.
_SIGNS = re.compile(r"[\\`~^<$]|([=%])(?=\1)|(?<==)=|(?<=%)%|\[(?=[\[^])|\](?=\()|#(?=\w)")
_WORDS = re.compile(r"[\\`*_{}\[\]<>#$|~&^]")
# What begins a list, a heading, a quotation or a rule at the start of a line, and a task at that of an item.
_BLOCK = re.compile(r"^(?:(?=(?:[-+*]|#{1,6})(?:\s|$)|>|[=-]+\s*$|([*_-])(?:\s*\1){2,}\s*$)|\d+(?=[.)](?:\s|$)))")
_CLOSING = re.compile(r"(?<![^\s])#+$")
_ESCAPED = r"\\\g<0>"
_TASK = re.compile(r"\[[ xX]\]\s")
# Letters behind and before a formula.
_TOUCHING = re.compile(r"^[^\W_]+")
_TOUCHED = re.compile(r"(?<![^\W_])[^\W_]+$")
_NOT_IN_A_LINE = re.compile(rf"\\begin\{{(?:{'|'.join(map(re.escape, sorted(WHOLE)))})\}}|\\tag(?![A-Za-z])")
_LINE_END = re.compile(r"(?<!\s)\s*\n\s*")
_RUN = re.compile("`+")


def render(document: Document, flavor: Flavor) -> str:
    """A text in a flavor. `ValueError`: it holds what the checks refuse before."""
    return _Writer(flavor).blocks(SyntaxTreeNode(document.tokens).children)


def escape(text: str, flavor: Flavor) -> str:
    """Words that are no Markdown, on one line."""
    return _escaped(_WORDS, " ".join(text.split()), flavor)


def fence(source: str, language: str) -> str:
    """A block of code."""
    marks = "`" * max(3, 1 + max(map(len, _RUN.findall(source)), default=0))
    inside = source if source.endswith("\n") or not source else source + "\n"
    return f"{marks}{language}\n{inside}{marks}"


def span(source: str) -> str:
    """Code in a line, between more backticks than it holds in a row."""
    marks = "`"
    while marks in _RUN.findall(source):
        marks += "`"
    padded = source[:1] == "`" or source[-1:] == "`" or (source[:1] == source[-1:] == " " and source.strip(" "))
    return f"{marks} {source} {marks}" if padded else f"{marks}{source}{marks}"


def _escaped(signs: re.Pattern[str], text: str, flavor: Flavor) -> str:
    return signs.sub(lambda sign: _DOLLAR[flavor] if sign[0] == "$" else f"\\{sign[0]}", text)


class _Writer:
    """Writes the nodes of one text. `listed` says how many lists are open around what is written, `kept` which end
    of a line stays one.
    """

    def __init__(self, flavor: Flavor) -> None:
        self.flavor: Flavor = flavor
        self.listed = 0
        self.kept: SyntaxTreeNode | None = None

    # -- blocks

    def blocks(self, nodes: Iterable[SyntaxTreeNode], *, tight: bool = False) -> str:
        out, last = "", ""
        for node in nodes:
            close = tight and node.type in ("bullet_list", "ordered_list", "fence", "blockquote")
            # Two lists with one mark would be one.
            mark = _MARKS.get(node.markup, "") if node.markup == last else node.markup
            out += (("\n" if close else "\n\n") if out else "") + self._block(node, mark)
            last = mark if node.type.endswith("_list") else ""
        return out

    def _block(self, node: SyntaxTreeNode, mark: str) -> str:
        match node.type:
            case "paragraph":
                return self._paragraph(node)
            case "heading":
                return f"{'#' * int(node.tag[1:])} {_CLOSING.sub(_ESCAPED, self._one_line(node))}"
            case "bullet_list" | "ordered_list":
                return self._list(node, mark)
            case "blockquote":
                return _indented(self.blocks(node.children), "> ", "> ").replace("> \n", ">\n")
            case "table":
                return self._table(node)
            case "fence":
                return fence(node.content, node.info.strip())
            case "hr":
                return "___"
            case "math_block":
                return self._display(node.content)
            case _:
                raise ValueError(f"{node.type} cannot be written: {node.content!r}")

    def _paragraph(self, node: SyntaxTreeNode) -> str:
        parts: list[str] = []
        run: list[SyntaxTreeNode] = []
        for child in node.children[0].children:
            if child.type == "math_inline_double" and self.flavor == "github":
                parts += [self.inline(run), self._display(child.content)]
                run = []
            else:
                run.append(child)
        parts.append(self.inline(run))
        first = parts[0].partition("\n")[0]
        if len(run) > 1 and first.startswith("$$") and first.endswith(("$$", ")")):
            # Readers would take the line for one formula, perhaps with a number.
            self.kept = next((each for each in node.walk() if each.type == "softbreak"), None)
            parts = [self.inline(run)]
        return "\n\n".join(_guarded(part.strip(" ")) for part in parts if part.strip())

    def _one_line(self, node: SyntaxTreeNode) -> str:
        return self.inline(node.children[0].children).replace("\\\n", " ").strip() if node.children else ""

    def _list(self, node: SyntaxTreeNode, sign: str) -> str:
        children = [child for item in node.children for child in item.children]
        tight = not any(child.type == "paragraph" and not child.hidden for child in children)
        number = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else 0
        items = []
        self.listed += 1
        for at, item in enumerate(node.children):
            mark = f"{number + at}{sign} " if node.type == "ordered_list" else f"{sign} "
            items.append(_indented(self.blocks(item.children, tight=tight), mark, " " * len(mark)).rstrip())
        self.listed -= 1
        return ("\n" if tight else "\n\n").join(items)

    def _table(self, node: SyntaxTreeNode) -> str:
        rows = [row for part in node.children for row in part.children]
        sides = {"": "---", "left": ":--", "center": ":-:", "right": "--:"}
        rule = [sides[str(cell.attrs.get("style", "")).removeprefix("text-align:")] for cell in rows[0].children]
        cells = [[self._one_line(cell).replace("|", r"\|") for cell in row.children] for row in rows]
        return "\n".join(f"| {' | '.join(row)} |" for row in (cells[0], rule, *cells[1:]))

    def _display(self, source: str) -> str:
        source = tex.expanded(source)
        if self.flavor == "plain":
            return f"$${source}$$"
        inside = tex.to_github("\n".join(line.strip() for line in source.split("\n") if line.strip()))
        # In a list with formulas in its lines GitHub sets no fence (github/markup#1745).
        if self.listed and not _NOT_IN_A_LINE.search(source):
            return self._formula(rf"\displaystyle {source}")
        return f"```math\n{inside}\n```"

    # -- lines

    def inline(self, nodes: Sequence[SyntaxTreeNode]) -> str:
        """Words and formulas on one line."""
        content = [node.content if node.type in ("text", "math_inline") else "" for node in nodes]
        for at, node in enumerate(nodes):
            if node.type == "math_inline":
                if at and nodes[at - 1].type == "text":
                    content[at - 1], before = _parted(_TOUCHED, content[at - 1])
                    content[at] = before + content[at]
                if nodes[at + 1 : at + 2] and nodes[at + 1].type == "text":
                    content[at + 1], behind = _parted(_TOUCHING, content[at + 1])
                    content[at] += behind
        out = []
        for node, inside in zip(nodes, content, strict=True):
            match node.type:
                case "text":
                    out.append(_escaped(_SIGNS, inside, self.flavor))
                case "math_inline":
                    out.append(self._formula(inside))
                case _:
                    out.append(self._inline(node))
        return "".join(out)

    def _inline(self, node: SyntaxTreeNode) -> str:
        match node.type:
            case "text_special":
                return _DOLLAR[self.flavor] if node.content == "$" else node.markup
            case "softbreak":
                return "\n" if node is self.kept else " "
            case "hardbreak":
                return "\\\n"
            case "code_inline":
                return span(node.content)
            case "em" | "strong":
                return f"{node.markup}{self.inline(node.children)}{node.markup}"
            case "link":
                return self._link(node)
            case "math_inline_double":
                inside = _LINE_END.sub(" ", tex.expanded(node.content))
                return f"$${inside}$$" if self.flavor == "plain" else self._formula(rf"\displaystyle {inside}")
            case _:
                raise ValueError(f"{node.type} cannot be written: {node.content!r}")

    def _formula(self, source: str) -> str:
        inside = _LINE_END.sub(" ", tex.expanded(source.strip("\n")))
        return f"${inside}$" if self.flavor == "plain" else f"$`{tex.to_github(inside).strip()}`$"

    def _link(self, node: SyntaxTreeNode) -> str:
        href = str(node.attrs.get("href", ""))
        if node.markup == "autolink":
            return f"<{node.children[0].content}>"
        target = f"<{href}>" if re.search(r"[()\s]", href) or not href else href
        title = str(node.attrs.get("title", "")).replace("\\", r"\\").replace('"', r"\"")
        behind = f' "{title}"' if title else ""
        return f"[{self.inline(node.children)}]({target}{behind})"


def _parted(letters: re.Pattern[str], text: str) -> tuple[str, str]:
    r"""A text without the letters that touch a formula, and these as \text."""
    found = letters.search(text)
    if found is None:
        return text, ""
    return text[: found.start()] + text[found.end() :], rf"\text{{{found[0]}}}"


def _guarded(text: str) -> str:
    """Lines of a paragraph that begin neither another block nor, in a list, a task."""
    text = "\\" + text if _TASK.match(text) else text
    return "\n".join([_BLOCK.sub(r"\g<0>\\", each, count=1) for each in text.split("\n")])


def _indented(text: str, first: str, others: str) -> str:
    """Lines behind a mark; empty ones stay empty where spaces alone would stand."""
    lines = text.split("\n")
    return "\n".join([first + lines[0], *((others + each) if each or others.strip() else "" for each in lines[1:])])
