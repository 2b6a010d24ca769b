"""LaTeX mathematics: parsed once, written as Typst for paper, as MathML for browsers, as text for search, and
as GitHub takes it.
"""

from qbank.markup.tex.chemistry import expanded
from qbank.markup.tex.elements import STYLE
from qbank.markup.tex.github import to_github
from qbank.markup.tex.mathml import to_mathml, to_mathml_lines
from qbank.markup.tex.nodes import Formula
from qbank.markup.tex.parser import parse
from qbank.markup.tex.plain import strip_for_plain, to_plain
from qbank.markup.tex.simple import is_command, is_simple
from qbank.markup.tex.sizes import is_fine
from qbank.markup.tex.statements import statements
from qbank.markup.tex.tokens import TexError
from qbank.markup.tex.typst import PRELUDE, to_typst

__all__ = [
    "PRELUDE",
    "STYLE",
    "Formula",
    "TexError",
    "expanded",
    "is_command",
    "is_fine",
    "is_simple",
    "parse",
    "statements",
    "strip_for_plain",
    "to_github",
    "to_mathml",
    "to_mathml_lines",
    "to_plain",
    "to_typst",
]
