"""LaTeX mathematics: parsed once, written as Typst for paper, as text for search, and as GitHub takes it."""

from qbank.markup.tex.github import to_github
from qbank.markup.tex.nodes import Formula
from qbank.markup.tex.parser import parse
from qbank.markup.tex.plain import strip_for_plain
from qbank.markup.tex.simple import is_simple
from qbank.markup.tex.tokens import TexError
from qbank.markup.tex.typst import PRELUDE, to_typst

__all__ = ["PRELUDE", "Formula", "TexError", "is_simple", "parse", "strip_for_plain", "to_github", "to_typst"]
