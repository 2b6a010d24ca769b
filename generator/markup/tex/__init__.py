"""LaTeX mathematics: parsed once, written as Typst for paper and as a line of text for search."""

from generator.markup.tex.nodes import Formula
from generator.markup.tex.parser import TexError, parse
from generator.markup.tex.plain import strip_for_plain
from generator.markup.tex.typst import PRELUDE, to_typst

__all__ = ["PRELUDE", "Formula", "TexError", "parse", "strip_for_plain", "to_typst"]
