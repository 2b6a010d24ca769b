r"""LaTeX mathematics is read once, refused where it would print wrongly, and written as Typst and as plain text.

`golden/formulas.txt` holds 230 formulas of machine learning, one a line; line 223 is wrong on purpose. The same line of
`golden/formulas.typ.txt` says what becomes of each.
Write it anew, and read it, with: QBANK_UPDATE=1 pytest tests/test_tex.py
"""

from __future__ import annotations

import html
import os
import re
import shutil
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import HERE, steps
from qbank.markup.errors import MarkupError
from qbank.markup.tex import PRELUDE, TexError, is_simple, nodes, parse, statements, strip_for_plain, symbols, to_typst
from qbank.markup.tex.tokens import Tokens

GOLDEN = HERE / "golden" / "formulas.typ.txt"
CORPUS = (HERE / "golden" / "formulas.txt").read_text(encoding="utf-8").splitlines()
WRONG = CORPUS[222]
FORMULAS = [source for source in CORPUS if source != WRONG]


def typst_of(source: str) -> str:
    return to_typst(parse(source))


def refusal(source: str, *, strict: bool = True) -> TexError:
    with pytest.raises(TexError) as caught:
        parse(source, strict=strict)
    return caught.value


# -- what a formula states


def stated(source: str) -> list[str]:
    return [each.form for each in statements(source)]


@pytest.mark.parametrize(
    "other",
    [
        r"\hat w = (X^\top X + \lambda I)^{-1}\, X^\top y",
        r"\hat{w}=\bigl(X^\top X+\lambda I\bigr)^{-1}X^\top y,",
        r"\begin{aligned}\hat w&=\left(X^\top X+\lambda I\right)^{-1}X^\top y\end{aligned}",
        r"\text{ridge: }\hat w=(X^\top X+\lambda I)^{-1}X^\top y,\qquad \lambda>0",
        r"n=2,\quad \hat w=(X^\top X+\lambda I)^{-1}X^\top y.",
    ],
)
def test_a_formula_states_the_same_whatever_its_looks_and_what_stands_beside_it(other: str) -> None:
    assert stated(other) == stated(r"\hat w=(X^\top X+\lambda I)^{-1}X^\top y") != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"\hat w=(X^\top X+\lambda I)^{-1}X^\top y", r"\hat w=(X^\top X+\alpha I)^{-1}X^\top y"),
        (r"R=\frac{TP}{TP+FN}", r"P=\frac{TP}{TP+FP}"),
        (r"n_{\text{in}}=a+b+c", r"n_{\text{out}}=a+b+c"),
    ],
)
def test_another_letter_is_another_statement(one: str, other: str) -> None:
    assert stated(one) != stated(other)


@pytest.mark.parametrize("source", ["n", "n^2", "x = 1", r"\gamma,\beta,\mu,\sigma^2", r"\hat\theta_{\mathrm{ML}}", ""])
def test_symbols_and_short_terms_state_nothing(source: str) -> None:
    assert stated(source) == []


def test_a_statement_knows_where_it_stands() -> None:
    source = r"n=2,\quad \text{so }a=b+c+d+e+f+g,\quad\text{else }a=\tfrac{b}{c+d}"
    assert [source[each.start : each.end] for each in statements(source)] == ["a=b+c+d+e+f+g,", r"a=\tfrac{b}{c+d}"]


# -- what is known to be right without a tree

SIMPLE = st.recursive(
    st.one_of(
        st.sampled_from(
            [*"abxyz0123456789+-=<>()[]|/,.;:!'", " ", r"\,", r"\alpha ", r"\log ", r"\sum", r"\top", "10.5"]
        ),
        st.sampled_from(
            ["_", "^", "{", "}", "_2", "^n", r"^\top", r"\frac12", r"\frac ", r"\sqrt", r"\nothing", r"\text{a}"]
        ),
    ),
    lambda part: st.lists(
        st.one_of(
            part,
            part.map("{{{}}}".format),
            part.map("_{{{}}}".format),
            part.map("^{{{}}}".format),
            part.map(r"\sqrt{{{}}}".format),
            part.map(r"\mathbf{{{}}}".format),
            st.tuples(part, part).map(lambda two: rf"\frac{{{two[0]}}}{{{two[1]}}}"),
        ),
        min_size=1,
        max_size=4,
    ).map("".join),
    max_leaves=12,
)


@given(SIMPLE)
@settings(max_examples=3000, deadline=None)
def test_the_parser_accepts_every_simple_formula(source: str) -> None:
    if is_simple(source):
        parse(source)


@pytest.mark.parametrize(
    "source",
    [
        r"x_{24} \le \frac{123}{n + 24}",
        r"\hat w_{12} = (X^\top X + \lambda I)^{-1} X^\top y",
        r"\sum_{i=1}^n x_i^2, \quad f'(x) \sim 10^{-3}",
        r"\tfrac12\lVert \mathbf{w}_{t+1}\rVert^2",
    ],
)
def test_usual_formulas_are_simple(source: str) -> None:
    assert is_simple(source)


@pytest.mark.parametrize(
    "source",
    [
        "",
        " ",
        "x^a^b",
        "x'^2",
        "x_a'",
        "{x",
        "x}",
        "^2",
        r"\frac12_",
        r"\hat",
        r"\unknown",
        r"x^\log",
        r"\frac{a}",
        "a & b",
    ],
)
def test_of_other_formulas_nothing_is_known_without_the_parser(source: str) -> None:
    assert not is_simple(source)


@pytest.mark.parametrize("part", ["x", "1", "{", "x_{", r"\frac{", r"\hat", "x^{a_{b", "x_1^", "'", r"\alpha"])
def test_a_long_formula_is_told_in_linear_time(part: str) -> None:
    is_simple(part * (100_000 // len(part)))
    is_simple(f"{part * (100_000 // len(part))}&")


# -- what is written


def test_every_formula_of_the_corpus_is_written_as_the_golden_file_says() -> None:
    written = [golden_line(source) for source in CORPUS]
    if os.environ.get("QBANK_UPDATE"):
        GOLDEN.write_text("\n".join(written) + "\n", encoding="utf-8")
    assert written == GOLDEN.read_text(encoding="utf-8").splitlines()


def golden_line(source: str) -> str:
    try:
        return to_typst(parse(source, strict=False))
    except TexError as error:
        return f"{error.offset}: {error.message}"


@pytest.mark.parametrize(
    ("source", "typst"),
    [
        # Symbols are characters, letters stand apart, and digits are numbers.
        (r"\alpha\beta x y", "α β x y"),
        (r"\sum\in\odot\nabla f", "∑∈⊙∇f"),
        ("10.5x", "10.5 x"),
        ("a-b*c", "a−b∗c"),
        # Nothing that Typst could read as markup stays bare.
        ("f(x), [a]; b!", r"f\(x\)\,\[a\]\;b\!"),
        (r"\#\$\_\&\%\{\}", r"\#\$\_\&\%\{\}"),
        (r"\text{#read(\"x\")}".replace('\\"', '"'), r'#textext("#read(\"x\")")'),
        # One digit is a script, or the braces are.
        ("x^10", "x^(1)0"),
        ("x^{10}_i", "x_(i)^(10)"),
        (r"\frac12.5", "frac(1, 2).5"),
        ("x^.4.5 ", r"x^(\.)4.5"),
        ("x^.4 .5 ", r"x^(\.)4 .5"),
        ("x_1.5.2", "x_(1).5 .2"),
        (r"\left.4.5\right/1", r"lr(4.5\/)1"),
        (r"\text12 \text{12 .5}", '#textext("1")2#textext("12 .5")'),
        ("{a+b}^2", "attach(a+b, tr: 2)"),
        ("f'(x)+y_i'+x'^2", r"f'\(x\)+y'_(i)+x^(′ 2)"),
        # Brackets grow only where they are told to.
        (r"(\frac12)", r"\(frac(1, 2)\)"),
        (r"\left(\frac12\right]", r"lr(\(frac(1, 2)\])"),
        (r"\left.x\right|_0", r"lr(x\|)_(0)"),
        (r"\bigl(x\bigr)", r'texbig("opening", #1.2em, \()x texbig("closing", #1.2em, \))'),
        # The space around a symbol is the one that LaTeX gives it.
        ("|x|", r'class("normal", \|)x class("normal", \|)'),
        (r"\lVert x\rVert", 'class("opening", ‖)x class("closing", ‖)'),
        ("1{,}000", r'1 class("normal", \,)000'),
        (r"x\!\left(y\right)", r"x lr(\(y\))"),
        (r"a,\dots,b\quad a+\dots+b", r"a\,texdots thin\,b quad a+⋯+b"),
        # Words are words.
        (r"\mathrm{MSE}", 'upright("MSE")'),
        (r"\operatorname*{arg\,min}_w", 'op("arg\u2009min", limits: #true)_(w)'),
        (r"\mathop{\mathrm{argmax}}\limits_k", 'limits(op("argmax", limits: #true))_(k)'),
        (r"x \text{ if $y$ or}", 'x#textext(" if ")y#textext(" or")'),
        # As in LaTeX, only \boldsymbol changes small Greek letters.
        (r"\mathbf{x\alpha}\boldsymbol{\alpha}", "bold(upright(x 𝛼))bold(α)"),
        # Environments.
        (r"\begin{pmatrix}a&b\\c\end{pmatrix}", 'mat(delim: "(", a, b; c, "")'),
        (r"\begin{aligned}a&=b\\&=c\end{aligned}",
         "mat(delim: #none, row-gap: #0.55em, display(a)&display(=b); &display(=c))"),
        (r"\begin{array}{l|r}a&b\\\hline c&d\end{array}",
         "mat(delim: #none, align: #center, column-gap: #0.8em, row-gap: #0.35em, "
         "augment: #(hline: (1,), vline: (1,), stroke: 0.5pt), &a, b&; &c, d&)"),
        (r"\sum_{\substack{i<n\\j<n}}", r"∑_(i<n \ j<n)"),
    ],
)  # fmt: skip
def test_a_formula_is_written_in_typst(source: str, typst: str) -> None:
    assert typst_of(source) == typst


def test_what_stands_above_and_below_keeps_its_scripts_beside_it() -> None:
    assert typst_of(r"\overset{a}{b}^2") == "attach(limits(b)^(a), tr: 2)"
    assert typst_of(r"\underbrace{a}_b^c") == "limits(underbrace(a, b))^(c)"


def test_the_helper_names_hide_no_function_of_typst_mathematics() -> None:
    names = re.findall(r"#let (\w+)", PRELUDE)
    assert names == ["texsp", "texen", "texneg", "texdots", "texhide", "textext", "texbox", "texbig"]
    assert all(name.startswith("tex") for name in names)


def test_white_space_parts_tokens_and_a_backslash_before_it_is_a_space() -> None:
    assert typst_of("\\alpha\n\\beta\\\n1 0\t") == typst_of(r"\alpha\beta\ 1 0") == "α β texsp 1 0"


@given(st.text(alphabet="ab1.\\{}$[]*_ \t\n\u2003é", max_size=40))
def test_tokens_and_the_white_space_before_them_are_the_source(source: str) -> None:
    tokens, at = Tokens(source), 0
    for token, text in enumerate(tokens.texts):
        start = tokens.start(token)
        assert not source[at:start].strip()
        assert tokens.is_spaced(token) == (start > at)
        assert source.startswith(text, start) or (text == "\\ " and source[start + 1].isspace())
        at = start + len(text)
    assert (tokens.texts[-1], at) == ("", len(source))


def test_the_nodes_of_symbols_are_shared_and_can_be_compared_and_hashed() -> None:
    one, other = parse("x+x").body.items[::2]
    assert one is other
    assert {one: 1}[nodes.Symbol("x")] == 1
    assert one != nodes.Number("x")


# -- what is refused

REFUSED = [
    # source, what the offset points at, words of the message, words of the help
    (r"a \foo b", r"\foo", "unknown command", ""),
    (r"\aplha", r"\aplha", "unknown command", r"\alpha"),
    (r"\text{a \emph b}", r"\emph", "literally", "mathematics between dollars"),
    (r"\text{a \& b}", r"\&", "literally", "write & without"),
    (r"\text{50\%}", r"\%", "literally", r"}50\%"),
    (r"\text{at 50% of}", "%", "comment", r"}50\%"),
    (r"\text{a{b}}", "{b", "literally", ""),
    (r"\text{}", r"\text", "empty", ""),
    (r"a \over b", r"\over", "not supported", r"\frac"),
    (r"n \choose k", r"\choose", "not supported", r"\binom"),
    (r"{\bf x}", r"\bf", "not supported", r"\mathbf"),
    ("a $ b", "$", "inside a formula", r"\$"),
    ("a # b", "#", "inside a formula", r"\#"),
    ("50% of", "%", "comment", r"\%"),
    ('say "yes"', '"', "quotation mark", r"\text"),
    ("a & b", "&", "outside the cells", "aligned"),
    (r"a \\ b", "\\\\", "outside the cells", "aligned"),
    ("é", "é", "unexpected character", r"\text"),
    ("x²", "²", "unexpected character", "LaTeX command"),
    ("x_a_b", "_b", "second subscript", "braces"),
    ("x^a^b", "^b", "second superscript", "braces"),
    ("x^2'", "'", "prime after a superscript", "x_i'^2"),
    ("x'_i^2", "^2", "second superscript", "x_i'^2"),
    (r"\underset{a}{b}_c", "_c", "second subscript", "braces"),
    ("{a", "{", "never closed", "}"),
    ("a}", "}", "closes nothing", ""),
    (r"{\left(a}\right)", "}", r"\left is not closed before this }", r"\right"),
    (r"\left(a", r"\left", "never closed", r"\right"),
    (r"a\right)", r"\right", "closes nothing", ""),
    (r"\left 52", "5", "needs a delimiter", "bracket"),
    (r"\left x", "x", "needs a delimiter", "bracket"),
    (r"a\middle|b", r"\middle", r"not directly between", r"\big"),
    (r"\frac{a}", r"\frac", "lacks its argument", r"\frac{..}"),
    (r"\hat", r"\hat", "lacks its argument", ""),
    (r"\hat\mathbf x", r"\mathbf", r"\hat needs braces", r"\hat{..}"),
    (r"\cancel[red]{x}", "[", "no options", r"\cancel{..}"),
    (r"x^\log", r"\log", "^ needs braces", ""),
    (r"x\limits_a", r"\limits", "without an operator", r"\sum"),
    (r"\not x", r"\not", "needs a relation", r"\not="),
    (r"\operatorname{a_b}", r"\operatorname", "letters and spaces", r"arg\,max"),
    (r"\textcolor{grene}{x}", r"\textcolor{grene}", "unknown color", "green"),
    (r"\begin{matrx}a\end{matrx}", r"\begin{matrx}", "unknown environment matrx", "matrix"),
    (r"\begin{matrix}a", r"\begin{matrix}", "never closed", r"\end{matrix}"),
    (r"\begin{matrix}a\end{pmatrix}", r"\end{pmatrix}", "closed by", r"\end{matrix}"),
    (r"\begin{array}{p}a\end{array}", r"\begin{array}", "unknown columns", "c, l, r"),
    (r"\begin{array}{c}a\hline\end{array}", r"\hline", "start of a row", ""),
    (r"\begin{cases}\hline a\end{cases}", r"\hline", "no \\hline in cases", "array"),
    (r"\begin{matrix}a\\[b]\end{matrix}", "[b]", "needs a length", "2pt"),
    (r"x=\begin{align}a&=b\end{align}", r"\begin{align}", "inside a formula", "aligned"),
    (r"\begin{matrix}{a\end{matrix}", r"\end", "{ is not closed before this \\end", "}"),
    (r"\begin{matrix}a}\end{matrix}", "}", r"\begin{matrix} is not closed before this }", r"\end"),
    (r"\label{a}x", r"\label", "not supported", "remove it"),
    (r"\frac{\tag{1}}{2}", r"\tag", "outside of everything", "end"),
    ("a\\", "\\", "ends in a backslash", ""),
    (r"\text{a", "{a", "never closed", ""),
    (r"\text{a$b}", "}", "not closed before", "$"),
    ("\\text{a\u200bb}", "\u200b", "invisible", ""),
    ("\x00", "\x00", "unexpected character", ""),
]


@pytest.mark.parametrize(("source", "place", "message", "help"), REFUSED)
def test_a_refusal_says_what_where_and_what_to_write(source: str, place: str, message: str, help: str) -> None:
    error = refusal(source)
    assert message in error.message
    assert help in error.help
    assert error.help
    assert isinstance(error, MarkupError)
    assert source[error.offset :].startswith(place)
    assert place.startswith(source[error.offset : error.offset + error.length])


@pytest.mark.parametrize(
    "around",
    [
        r"\frac{1}{ %s }",
        r"\text{when $ %s $ holds}",
        r"\begin{cases} a & b \\ c & %s \end{cases}",
        r"\begin{aligned} a &= \begin{pmatrix} 1 & %s \end{pmatrix} \end{aligned}",
        r"\sum_{\substack{i = 1 \\ %s}}",
        r"\sqrt[ %s ]{x}",
        r"\displaystyle \left( x^{ %s } \right)",
    ],
)
def test_the_offset_counts_in_the_whole_source_however_deep_the_fault_stands(around: str) -> None:
    source = around % r"\foo"
    assert refusal(source).offset == source.index(r"\foo")


def test_an_empty_formula_is_refused() -> None:
    assert refusal("").help
    assert refusal(" \n").length == 2


@pytest.mark.parametrize("name", sorted(symbols.MATHJAX_UNKNOWN))
def test_what_mathjax_does_not_know_is_refused_unless_strict_is_off(name: str) -> None:
    source = f"\\{name}{{x}}"
    assert refusal(source).message == f"MathJax does not know \\{name}"
    assert refusal(source).help == symbols.MATHJAX_UNKNOWN[name]
    assert to_typst(parse(source, strict=False))


# -- hostile input


@pytest.mark.parametrize(
    "opening",
    ["{", r"\frac{", "x^{", r"\left(", r"\begin{matrix}", r"\text{$", r"\sqrt[", r"\displaystyle ", r"\boxed{"],
)
def test_very_deep_nesting_is_refused_and_not_a_crash(opening: str) -> None:
    assert "nested too deeply" in refusal("x" + opening * 10_000).message


@pytest.mark.parametrize(
    "part",
    ["x_{i}^{2}+", r"\frac{a}{b}", "{", "}", "\\", "$", r"\text{a $b$}", "'", "1", " ", r"\hat ", "[", r"\left(\right)",
     r"\begin{matrix}a&b\\c&d\end{matrix}", r"\begin{matrix}a\\[", r"\verylongunknowncommand", "{{c1::", "_", "^"],
)  # fmt: skip
def test_twice_the_text_takes_twice_the_steps(part: str) -> None:
    def work(times: int) -> None:
        try:
            to_typst(parse(part * times))
        except TexError as error:
            assert error.help

    times = 5_000 // len(part)
    assert steps(partial(work, 2 * times)) <= 2.1 * steps(partial(work, times))


def test_a_million_spaces_are_looked_at_once() -> None:
    # Looked at anew from each of them, they would never end.
    source = r"\begin{matrix}a\\[" + " " * 1_000_000 + "x"
    assert refusal(source).help


# -- on paper


def compile_typst(formulas: list[tuple[str, str]], head: str = "", **options: Any) -> bytes:
    """A document of formulas, (LaTeX, Typst), as PDF."""
    typst = pytest.importorskip("typst")
    title = "#set document(title: [Formulas], date: datetime(year: 2026, month: 1, day: 1))\n#set page(height: auto)\n"
    body = "\n".join(
        f"#math.equation(block: true, alt: {literal(source)}, ${written}$)" for source, written in formulas
    )
    source = "\n".join((PRELUDE, title, head, body))
    pdf: bytes = typst.compile(source.encode(), format="pdf", ignore_system_fonts=True, **options)
    return pdf


def literal(text: str) -> str:
    printable = "".join(char if char.isprintable() else " " for char in text)
    return '"{}"'.format(printable.replace("\\", r"\\").replace('"', r"\""))


def test_all_formulas_print_as_accessible_pdf_with_a_glyph_for_every_character() -> None:
    formulas = [(source, to_typst(parse(source, strict=False))) for source in FORMULAS]
    assert compile_typst(formulas, pdf_standards=["a-2a", "ua-1"]).startswith(b"%PDF")


def test_every_symbol_has_a_glyph_in_the_font_for_mathematics() -> None:
    formulas = [(f"\\{name}", to_typst(parse(f"\\{name}", strict=False))) for name in symbols.SYMBOLS]
    own_font = "#show math.equation: set text(fallback: false)"
    assert compile_typst(formulas, own_font, pdf_standards=["a-2a", "ua-1"])


ENVIRONMENTS = st.sampled_from(sorted(symbols.ENVIRONMENTS - symbols.SPECIFIED))
PIECES = st.one_of(
    st.sampled_from(sorted(symbols.CHARACTERS)),
    st.sampled_from(list("{}[]()^_'&|/:~$#%\" ")),
    st.sampled_from(sorted(f"\\{name} " for name in symbols.SYMBOLS)),
    st.sampled_from(sorted(f"\\{name} " for name in (*symbols.FONTS, *symbols.ACCENTS, *symbols.SPACES, *symbols.BIG))),
    st.sampled_from([r"\frac ", r"\sqrt", r"\text{a}", r"\left(", r"\right)", r"\\", r"\hline ", r"\not ", r"\limits ",
                     r"\operatorname{a}", r"\displaystyle ", r"\color{red}", r"\substack", r"\underset ", r"\dots "]),
)  # fmt: skip
SOUP = st.lists(PIECES, max_size=12).map("".join)
SOUND = st.recursive(
    st.sampled_from(["a", "1", "+", r"\alpha ", r"\sum ", r"\max ", "|", ",", r"\dots ", r"\text{if $a$}", "f'", ""]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map("".join),
        st.tuples(st.sampled_from(["_", "^", r"\hat", r"\mathbf", r"\sqrt", r"\boxed", "", r"\pmod"]), inner)
        .map(lambda pair: f"{pair[0]}{{{pair[1]}}}"),
        st.tuples(st.sampled_from([r"\frac", r"\overset", r"\binom", r"\xrightarrow"]), inner, inner)
        .map(lambda parts: f"{parts[0]}{{{parts[1]}}}{{{parts[2]}}}"),
        st.tuples(st.sampled_from(sorted(symbols.DELIMITERS)), inner)
        .map(lambda pair: rf"\left{pair[0]} {pair[1]}\right{pair[0]} "),
        st.tuples(ENVIRONMENTS, inner, inner, st.sampled_from(["&", r"\\", r"\\[2pt]"]))
        .map(lambda parts: rf"\begin{{{parts[0]}}}{parts[1]}{parts[3]}{parts[2]}\end{{{parts[0]}}}"),
    ),
    max_leaves=12,
)  # fmt: skip


def accepted(sources: list[str]) -> list[tuple[str, str]]:
    """What the parser accepts, written; and a look at every refusal."""
    formulas = []
    for source in sources:
        try:
            formulas.append((source, typst_of(source)))
        except TexError as error:
            assert error.message
            assert error.help
            assert 0 <= error.offset <= error.offset + error.length <= len(source)
    return formulas


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(SOUP, SOUND), min_size=30, max_size=60))
def test_whatever_the_parser_accepts_compiles(sources: list[str]) -> None:
    assert compile_typst(accepted(sources), pdf_standards=["a-2a", "ua-1"])


@settings(max_examples=20, deadline=None)
@given(st.lists(st.one_of(st.text(), st.text().map(lambda text: rf"\text{{{text}}}")), min_size=20, max_size=40))
def test_any_text_at_all_is_refused_or_compiles(sources: list[str]) -> None:
    assert compile_typst(accepted(sources))


# -- as plain text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"\frac{a}{b}", "a/b"),
        (r"\alpha", "α"),
        (r"\frac{1}{2n}\sum_{i=1}^n(y_i-\hat y_i)^2", "1/(2n) ∑_(i = 1)^n (y_i - ŷ_i)^2"),
        (r"\hat\theta_{\text{MLE}}=\operatorname*{arg\,max}_\theta\,p(x\mid\theta)", "θ̂_MLE = arg max_θ p(x | θ)"),
        (r"\sigma(z)=\frac{1}{1+e^{-z}}", "σ(z) = 1/(1 + e^(-z))"),
        (r"\left\lVert w\right\rVert_2^2 \le \sqrt{x+1}", "‖w‖_2^2 ≤ √(x + 1)"),
        (r"\begin{cases}x&\text{if }x>0\\0&\text{otherwise}\end{cases}", "{ x if x > 0; 0 otherwise }"),
        (r"\begin{bmatrix}a&b\\c&d\end{bmatrix}", "[a, b; c, d]"),
        (r"\begin{aligned}a&=b\\&=c\end{aligned}", "a = b; = c"),
        (r"\binom{n}{k}\, 1{,}000\%", "(n choose k) 1,000%"),
        (r"\log_2 p + \max(0, x)", "log_2 p + max(0, x)"),
        (r"\mathbb{E}[X] \not= \textcolor{red}{\bar x}", "E[X] ≠ x̄"),
    ],
)
def test_a_formula_is_written_as_one_would_type_it(source: str, text: str) -> None:
    assert strip_for_plain(source) == text


def test_what_cannot_be_parsed_stays_as_it_is_in_plain_text() -> None:
    assert strip_for_plain("\\foo  {x}\n") == "\\foo {x}"


@given(st.one_of(SOUP, SOUND))
@settings(deadline=None)
def test_plain_text_is_always_one_tidy_line(source: str) -> None:
    text = strip_for_plain(source)
    assert text == " ".join(text.split())


# -- in MathJax, as Anki ships it

PAGE = """<!doctype html><meta charset="utf-8"><script src="/js/mathjax.js"></script><script>
MathJax.tex.packages = {'[-]': ['textmacros', 'noerrors', 'noundefined'], '[+]': ['mathtools']};
MathJax.loader.load = ['[tex]/mathtools'];
MathJax.loader.paths.mathjax = '/js/vendor/mathjax';
MathJax.options = {enableMenu: false};
</script><script src="/js/vendor/mathjax/tex-chtml-full.js"></script>"""
TYPESET = """async formulas => {
    await MathJax.startup.promise;
    const found = [];
    for (const formula of formulas) {
        MathJax.texReset();
        for (const display of [true, false]) found.push(await MathJax.tex2mmlPromise(formula, {display}));
    }
    return found;
}"""


def mathjax(formulas: list[str]) -> list[str]:
    """What Anki's MathJax makes of each formula, in display and in a line. Skips where Anki or a browser is missing."""
    playwright = pytest.importorskip("playwright.sync_api")
    web = Path(sys.prefix) / "aqt" / "_aqt" / "data" / "web"  # where `make test` lays the files of aqt
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    if not browser_path or not web.is_dir():
        pytest.skip("needs Chromium and the files of Anki's desktop program")

    def serve(route: Any) -> None:
        name = route.request.url.partition("anki.test/")[2]
        route.fulfill(body=PAGE, content_type="text/html") if not name else route.fulfill(path=web / name)

    with playwright.sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.route("**/*", serve)
        page.goto("http://anki.test/")
        results: list[str] = page.evaluate(TYPESET, formulas)
        browser.close()
    return results


def mathjax_errors(formulas: list[str]) -> list[str]:
    """What Anki's MathJax says of each formula: an error, or nothing."""
    results = mathjax(formulas)
    errors = ["".join(re.findall('data-mjx-error="([^"]*)"', result)[:1]) for result in results]
    return [html.unescape(first or second) for first, second in zip(errors[::2], errors[1::2], strict=True)]


def sample(name: str) -> str:
    """A small formula in which a command stands right."""
    special = {
        **dict.fromkeys((*symbols.FRACTIONS, *symbols.BINOMIALS, "overset", "underset", "stackrel"), r"\%s{a}{b}"),
        **dict.fromkeys(symbols.BIG, r"\%s("),
        "color": r"\color{red} a", "textcolor": r"\textcolor{red}{a}", "not": r"\not=", "substack": r"\substack{a\\b}",
        "limits": r"\sum\limits_a", "nolimits": r"\sum\nolimits_a",
    }  # fmt: skip
    simple = {*symbols.SYMBOLS, *symbols.SPACES, *symbols.OPERATORS, *symbols.LIMIT_OPERATORS, *symbols.COMMAND_CLASSES}
    formula = special.get(name, r"a \%s b" if name in simple | {"bmod", "dots"} else r"\%s{a}")
    return formula % name if "%s" in formula else formula


def test_mathjax_knows_exactly_the_commands_that_a_strict_parse_accepts() -> None:
    tables = [symbols.SYMBOLS, symbols.SPACES, symbols.OPERATORS, symbols.LIMIT_OPERATORS, symbols.COMMAND_CLASSES,
              symbols.ACCENTS, symbols.FONTS, symbols.TEXT_FONTS, symbols.STYLES, symbols.FRACTIONS, symbols.BINOMIALS,
              symbols.CLASSES, symbols.EXTENSIBLE_ARROWS, symbols.DECORATIONS, symbols.BRACES, symbols.BIG]  # fmt: skip
    other = ("pmod", "bmod", "fbox", "tag", "operatorname", "mathop", "dots", "overset", "underset", "stackrel", "not",
             "color", "textcolor", "substack", "limits", "nolimits")  # fmt: skip
    commands = sorted({name for table in tables for name in table} | {*other})
    errors = dict(zip(commands, mathjax_errors([sample(name) for name in commands]), strict=True))
    assert {name for name, error in errors.items() if error} == set(symbols.MATHJAX_UNKNOWN)
    for name in commands:
        parse(sample(name), strict=False)


def test_mathjax_typesets_every_formula_of_the_corpus_that_a_strict_parse_accepts() -> None:
    sources = [source for source, _ in accepted(CORPUS)]
    environments = [rf"\begin{{{name}}}a\end{{{name}}}" for name in symbols.ENVIRONMENTS - symbols.SPECIFIED]
    environments += [rf"\begin{{{name}}}{{1}}a\end{{{name}}}" for name in symbols.SPECIFIED - {"array"}]
    delimiters = [rf"\left{name} a\middle{name} b\right{name} " for name in symbols.DELIMITERS]
    formulas = [*sources, *environments, *delimiters]
    assert len(sources) == len(FORMULAS) - 1
    assert [error for error in mathjax_errors(formulas) if error] == []
