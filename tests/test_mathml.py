"""Formulas become MathML that browsers set as TeX would; `golden/mathml.txt` shows how.

A formula there stands behind `$`, in a line of text, or `$$`, on its own; below it is what becomes of it.
Write it anew, and read it, with: QBANK_UPDATE=1 pytest tests/test_mathml.py
"""

from __future__ import annotations

import os
import re
import string
import unicodedata
from functools import cache
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import BANK, HERE, questions
from qbank.bank.model import ClozeText, Line, Markdown, texts
from qbank.markup import cloze, document
from qbank.markup.tex import STYLE, TexError, nodes, parse, symbols, to_mathml
from qbank.markup.tex.alphabets import lettered
from qbank.markup.tex.atoms import MEDIUM, THICK, THIN, atoms
from qbank.markup.tex.elements import NAMESPACE

GOLDEN = HERE / "golden" / "mathml.txt"
CORPUS = (HERE / "golden" / "formulas.txt").read_text(encoding="utf-8").splitlines()
EXAMPLES = re.findall(r"^(\$\$?) (.*)$", GOLDEN.read_text(encoding="utf-8"), re.MULTILINE)

#: What MathML Core knows (https://www.w3.org/TR/mathml-core/), as far as it is used.
ELEMENTS = set(
    "math mrow mi mn mo mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd mstyle "
    "mphantom".split()
)
ATTRIBUTES = set(
    "display mathvariant form stretchy symmetric lspace rspace minsize maxsize movablelimits linethickness "
    "displaystyle scriptlevel accent width mathcolor class".split()
)


def mathml(source: str, *, display: bool = False, strict: bool = True) -> str:
    return to_mathml(parse(source, strict=strict), display=display)


def inside(source: str, *, display: bool = False) -> str:
    """The MathML of a formula without the element around it."""
    return re.sub(r"^<math[^>]*>|</math>$", "", mathml(source, display=display))


def faults(written: str) -> set[str]:
    """What of a formula is not well formed, or not MathML Core."""
    try:
        root = ElementTree.fromstring(written)
    except ElementTree.ParseError as error:
        return {str(error)}
    found = {each.tag for each in root.iter()} - {f"{{{NAMESPACE}}}{name}" for name in ELEMENTS}
    return found | ({name for each in root.iter() for name in each.attrib} - ATTRIBUTES)


@cache
def bank_formulas() -> frozenset[str]:
    """Every formula of the bank, without clozes."""
    found = set()
    for question in questions(BANK):
        for text in texts(question):
            if isinstance(text, Line | Markdown):
                parsed = document.parse(text, cloze=isinstance(text, ClozeText))
                found |= {cloze.strip(each.token.content) for each in parsed if each.token.type in document.MATH}
    return frozenset(found)


# -- what becomes of what


def test_formulas_become_what_they_became_before() -> None:
    written = "\n".join(f"{sign} {source}\n{inside(source, display=sign == '$$')}\n" for sign, source in EXAMPLES)
    if os.environ.get("QBANK_UPDATE"):
        GOLDEN.write_text(written, encoding="utf-8")
    assert written == GOLDEN.read_text(encoding="utf-8")


def test_the_examples_hold_every_kind_of_node() -> None:
    kinds: set[str] = set()

    def visit(value: object) -> None:
        if isinstance(value, tuple):
            for each in value:
                visit(each)
        elif isinstance(value, nodes.Node):
            kinds.add(type(value).__name__)
            for name in type(value).__slots__:
                visit(getattr(value, name))

    for _, source in EXAMPLES:
        visit(parse(source).body)
    assert kinds == {kind.__name__ for kind in nodes.Node.__subclasses__()}


def test_a_formula_on_its_own_is_a_block() -> None:
    assert mathml("x", display=True) == f'<math xmlns="{NAMESPACE}" display="block"><mi>x</mi></math>'
    assert mathml("x") == f'<math xmlns="{NAMESPACE}"><mi>x</mi></math>'


# -- well-formed, and nothing but MathML Core


def test_every_formula_of_the_bank_is_mathml_core() -> None:
    assert len(bank_formulas()) > 4000
    found = {source: faults(mathml(source, display=display)) for source in bank_formulas() for display in (True, False)}
    assert {source: fault for source, fault in found.items() if fault} == {}


@pytest.mark.parametrize("display", [True, False])
def test_every_formula_of_machine_learning_is_mathml_core(display: bool) -> None:
    for number, source in enumerate(CORPUS, 1):
        if number != 223:  # wrong on purpose
            assert faults(mathml(source, display=display, strict=False)) == set(), source


@pytest.mark.parametrize(
    "sources",
    [
        [f"\\{name} x" for name in symbols.SYMBOLS],
        list(symbols.CHARACTERS),
        [f"\\left{mark} x \\right{mark}" for mark in symbols.DELIMITERS],
        [f"\\{size}{mark}" for size in symbols.BIG for mark in symbols.DELIMITERS],
        [f"\\{name}{{x}}\\{name}{{x+y}}" for name in (*symbols.ACCENTS, *symbols.DECORATIONS, *symbols.BRACES)],
        [f"\\{name}{{abc}}" for name in (*symbols.FONTS, *symbols.TEXT_FONTS)],
        [f"a\\{name} b" for name in (*symbols.SPACES, *symbols.OPERATORS, *symbols.LIMIT_OPERATORS)],
        [f"\\{name}{{a}}{{b}}" for name in (*symbols.FRACTIONS, *symbols.BINOMIALS, *symbols.EXTENSIBLE_ARROWS)],
        [f"a\\{name}{{=}}b" for name in symbols.CLASSES],
        [f"\\{name} x" for name in symbols.STYLES],
        [f"\\not{char}" for char in symbols.RELATIONS.values()],
        [
            rf"\begin{{{name}}}{'{2}' if name.startswith('aligna') and 't' in name else ''} a \end{{{name}}}"
            for name in symbols.ENVIRONMENTS - {"array"}
        ],
    ],
)
def test_every_command_is_mathml_core(sources: list[str]) -> None:
    written = {}
    for source in sources:
        try:
            written[source] = mathml(source, strict=False)
        except TexError:
            continue
    assert len(written) > 0.7 * len(sources)
    assert {source: fault for source, made in written.items() if (fault := faults(made))} == {}


_SOUP = st.text(alphabet=r"ab1+-=<>()[]|,;.!?:'/*{}_^&\ ", max_size=30) | st.sampled_from(CORPUS)
#: Without what TeX reads as a formula, a command, a group or a space inside of text.
_TEXT = st.text(
    alphabet=st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn", "Z"], exclude_characters="$\\{}~"),
    min_size=1,
    max_size=20,
)


@given(_SOUP, st.booleans())
@settings(max_examples=1000, deadline=None)
def test_whatever_the_parser_accepts_is_mathml_core(source: str, display: bool) -> None:
    try:
        formula = parse(source)
    except TexError:
        return
    assert faults(to_mathml(formula, display=display)) == set()


@given(_TEXT)
@settings(max_examples=500, deadline=None)
def test_text_comes_out_as_it_was(text: str) -> None:
    try:
        written = mathml(rf"\text{{{text}}}")
    except TexError:
        return
    said = "".join(ElementTree.fromstring(written).itertext())
    assert said == text.replace("'", "’").replace("`", "‘")


def test_every_class_has_a_style_and_every_style_a_class() -> None:
    sources = [source for _, source in EXAMPLES]
    sources += [
        r"\text{\$}\textbf{a}\textit{b}\textsf{c}\texttt{d}",
        r"\begin{array}{|l|r|}a&b\\\hline c&d\\\hline\end{array}",
    ]
    used = {
        name for source in sources for names in re.findall('class="([^"]*)"', mathml(source)) for name in names.split()
    }
    assert used == set(re.findall(r"\.(tex-[a-z-]+)", STYLE))


# -- fonts


@pytest.mark.parametrize("font", sorted(set(symbols.FONTS.values())))
def test_letters_of_a_font_are_the_letters_that_unicode_says_they_are(font: str) -> None:
    for letter in string.ascii_letters + string.digits:
        made = lettered(letter, font)
        assert unicodedata.normalize("NFKC", made) == letter
        assert unicodedata.category(made) in ("Lu", "Ll", "Nd")


@pytest.mark.parametrize(
    ("font", "name"),
    [
        ("bold", "MATHEMATICAL BOLD CAPITAL B"),
        ("bold symbol", "MATHEMATICAL BOLD ITALIC CAPITAL B"),
        ("blackboard", "MATHEMATICAL DOUBLE-STRUCK CAPITAL B"),
        ("calligraphic", "SCRIPT CAPITAL B"),
        ("fraktur", "MATHEMATICAL FRAKTUR CAPITAL B"),
        ("sans", "MATHEMATICAL SANS-SERIF CAPITAL B"),
        ("mono", "MATHEMATICAL MONOSPACE CAPITAL B"),
        ("roman", "LATIN CAPITAL LETTER B"),
    ],
)
def test_each_font_has_its_alphabet(font: str, name: str) -> None:
    assert unicodedata.name(lettered("B", font)) == name


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (r"\boldsymbol{\beta}", "MATHEMATICAL BOLD ITALIC SMALL BETA"),
        (r"\boldsymbol{\Gamma}", "MATHEMATICAL BOLD CAPITAL GAMMA"),
        (r"\mathbf{\beta}", "GREEK SMALL LETTER BETA"),
    ],
)
def test_greek_letters_are_bold_where_mathjax_sets_them_so(source: str, name: str) -> None:
    assert unicodedata.name(inside(source)[4:5]) == name


def test_capital_greek_letters_and_roman_ones_stay_upright() -> None:
    assert inside(r"\Gamma") == '<mi mathvariant="normal">Γ</mi>'
    assert inside(r"\mathrm{d}") == '<mi mathvariant="normal">d</mi>'
    assert inside(r"\gamma") == "<mi>γ</mi>"


def test_a_word_in_a_font_is_one_identifier() -> None:
    assert inside(r"\mathrm{KL}") == "<mi>KL</mi>"


# -- gaps


@pytest.mark.parametrize(
    ("source", "gaps"),
    [
        ("a+b", [0, MEDIUM, MEDIUM]),
        ("-a", [0, 0]),
        ("a=-b", [0, THICK, THICK, 0]),
        ("a+", [0, 0]),
        ("(-a)", [0, 0, 0, 0]),
        ("a,b", [0, 0, THIN]),
        (r"a\log b", [0, THIN, THIN]),
        (r"\log(a)", [0, 0, 0, 0]),
        (r"a\left(b\right)", [0, THIN]),
        ("f(x)", [0, 0, 0, 0]),
        (r"a\in b\to c", [0, THICK, THICK, THICK, THICK]),
        ("a<=b", [0, THICK, 0, THICK]),
        (r"a,\ldots,b", [0, 0, THIN, THIN, THIN]),
        (r"a{+}b", [0, 0, 0]),
        (r"a\;+b", [0, 0, MEDIUM, MEDIUM]),
    ],
)
def test_gaps_are_those_of_the_texbook(source: str, gaps: list[float]) -> None:
    assert [atom.gap for atom in atoms(parse(source).body.items, tight=False)] == gaps


def test_scripts_do_without_gaps_but_beside_functions() -> None:
    assert [atom.gap for atom in atoms(parse("i=1").body.items, tight=True)] == [0, 0, 0]
    assert [atom.gap for atom in atoms(parse(r"a\log b").body.items, tight=True)] == [0, THIN, THIN]
    assert 'lspace="0" rspace="0">=</mo>' in inside("x_{i=1}")


def test_the_second_side_of_an_equation_goes_on_from_the_first() -> None:
    assert [atom.gap for atom in atoms(parse("-b").body.items, tight=False, operand=True)] == [MEDIUM, MEDIUM]


def test_plain_brackets_do_not_grow_and_those_of_left_and_right_do() -> None:
    assert inside(r"(x)").count('stretchy="false"') == 2
    assert 'stretchy="false"' not in inside(r"\left(x\right)")


# -- limits


@pytest.mark.parametrize(
    ("source", "display", "element"),
    [
        (r"\sum_i", True, "munder"),
        (r"\sum_i", False, "msub"),
        (r"\int_a", True, "msub"),
        (r"\max_x", True, "munder"),
        (r"\max_x", False, "msub"),
        (r"\log_2", True, "msub"),
        (r"\sum\limits_i", False, "munder"),
        (r"\sum\nolimits_i", True, "msub"),
        (r"\displaystyle\sum_i", False, "munder"),
        (r"\frac{\sum_i}{2}", True, "msub"),
        (r"\dfrac{1}{\sum_i}", True, "msub"),
        (r"\underbrace{x}_{n}", False, "munder"),
        (r"x_i", True, "msub"),
    ],
)
def test_limits_stand_where_tex_puts_them(source: str, display: bool, element: str) -> None:
    assert f"<{element}><m" in inside(source, display=display)


def test_a_long_formula_is_written_in_linear_time() -> None:
    assert len(mathml("x+" * 20_000 + "x")) < 2_000_000
