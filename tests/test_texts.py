"""What the rules say of a text: each fault once, at its place, and nothing of what only looks like one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import MINIBANK, steps
from qbank.bank import load
from qbank.bank.model import ClozeText, Line, Markdown, Plain, Text
from qbank.check import in_texts, settled
from qbank.markup import html
from qbank.markup.document import MASK, MATH, parse
from qbank.markup.printable import SHIPPED
from qbank.problem import Problem
from qbank.tree import Folder

SETTINGS = load.header(Folder(MINIBANK))[0].settings


def told_of(text: Text) -> list[Problem]:
    """The problems of a text where paper has its own fonts alone."""
    return settled(in_texts([text], SETTINGS, SHIPPED), SETTINGS)


def told(text: str, kind: type[Text] = Markdown) -> list[tuple[str, str]]:
    """The rules that find something in a text, and what of it they show, in the order of the text."""
    problems = sorted(told_of(kind(text, "a.yaml", "/answer")), key=lambda problem: problem.place.start)
    return [(problem.rule, text[problem.place.start : problem.place.end]) for problem in problems]


def fixed(text: str, kind: type[Text] = Markdown) -> str:
    """A text after the fixes of its problems."""
    problems = told_of(kind(text, "a.yaml", "/answer"))
    edits = [edit for problem in problems if problem.fix and problem.fix.safe for edit in problem.fix.edits]
    for edit in sorted(edits, key=lambda edit: edit.place, reverse=True):
        text = text[: edit.place.start] + edit.text + text[edit.place.end :]
    return text


@pytest.mark.parametrize(
    "text",
    [
        # formulas
        "$k$NN, the $n$th, $x^+$y, $0^-$to and $\\mathbb{R}_{+}$.",
        "$\\text{if and only if } x$, $f_{\\text{the best of}}$ and $\\operatorname{arg max} x$.",
        "$nkd$, $n k d$, $x = nkd + mnd$, $f\\, dx dy$, $y =$ 5.",
        "Half open, \\[0, 1), indexed a\\[x_i\\], a range \\[0, 1\\].",
        "A path C:\\in\\to, a class \\d and `\\frac{1}{2}`, and $\\frac{1}{2}$.",
        "$$\n\\begin{aligned} a &= b \\end{aligned}\n$$",
        # links
        "See <https://example.org/a_b>, [x](https://example.org), and `http://localhost:80`.",
        "[x](<https://example.org/a b>) or [https://example.org](https://example.org).",
        "A note [1] (see page 2), f[i] (the i-th), f[T](x: int).",
        "The scheme https is safe; so is a [dev] build.",
        # other dialects
        "a == b and c == d, a==b and c==d, 2^10 and x~y, ~5 and ~6.",
        "`~~x~~`, `==y==`, `[^1]` and `- [ ] z` as code.",
        "[x] is a box.",
        # lines
        "- a long entry\n  that goes on\n- b\n\nThe end.",
        "1. a\n1. b\n1. c\n\nText.\n\n4. d\n5. e",
        "1. a\n   - b\n   - c\n2. d",
        "- a: text\n       that is aligned",
        "1. as in step 2. Then $x$ of 9. `2. z`\n2. b",
        "> a\n> b\n>\n> - c\n>   d",
        "One line\nand another.",
        "Born in\n1998. Then",
        # tables
        "| a |\n|---|\n| b |",
        "P(a | b) of\nevents, P(c | d)",
        "|x| and |y|",
        "Text:\n| a | b |\n|:--|--:|\n| `x \\| y` | $\\lvert z\\rvert$ |",
        # what begins a line
        "It counts:\n- hits\n- cases",
        "The terms (a) first,\n(b) second and\n(c) third.",
        "Of two: the bias,\n– if any –\nand the rest.",
        "1) a\n2) b",
        "- Hits\n    - eight\n    - nine\n- Cases",
        " 9. a\n10. b",
        "- a\n\n  - b\n\n  text\n- c",
        "- - a\n  - b\n- c",
        "**Pros**\n- cheap",
        "Pre-\nand post-processing of short-\nor long-term data; a 5-\n7 rule.",
        # signs in words
        "x**2 and a ** b and a\\*\\*b.",
        "With p < 0.05***.",
        "a ` b".replace("`", "\\`"),
        "C#, F#, #1, #SAT, 50%, 50%%, a::b::c, std::vector and 12:30:15.",
        "A matrix [[1, 2], [3, 4]] or [[a, b]], a[i][j], [0, 1] and [1].",
        "At 8:30, :-) and the ratio a:b:c; y ~ x, ~5, n~5.",
        "An en–dash – and a dash.",
        "AT&amp;T, &lt;b&gt;, `&lt;` and `<p>&amp;</p>`.",
        # HTML
        "\\<b> and `<b>` and $a<b$, 3 < 4.",
    ],
)
def test_nothing_is_said_of_good_texts(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("so \\(x\\) is", [("tex-delimiters", "\\(x\\)")]),
        ("so \\\\(x\\\\) is", [("tex-delimiters", "\\\\(x\\\\)")]),
        ("\\[\n  x\n\\]", [("tex-delimiters", "\\[\n  x\n\\]")]),
        ("\\[x_1\\] is", [("tex-delimiters", "\\[x_1\\]")]),
        ("a \\) b \\(", [("tex-delimiters", "\\)"), ("tex-delimiters", "\\(")]),
        ("\\begin{cases} a \\\\ b \\end{cases} and \\beta", [("bare-tex", "\\begin{cases}"), ("bare-tex", "\\beta")]),
        ("\\alpha + \\beta\n\\gamma", [("bare-tex", "\\alpha"), ("bare-tex", "\\gamma")]),
        ("$x is \\alpha and \\beta", [("unclosed-math", "$")]),
        ("$x open\n\nand \\beta", [("unclosed-math", "$"), ("bare-tex", "\\beta")]),
        ("set $HOME/$USER", [("false-formula", "$HOME/$")]),
        ("$PATH:${HOME}", [("false-formula", "$PATH:$")]),
        ("$a->$b", [("false-formula", "$a->$")]),
        ("$5k-$x more", [("false-formula", "$5k-$")]),
        ("use $a and b$ there", [("false-formula", "$a and b$")]),
        ("$5 or 6$ there", [("false-formula", "$5 or 6$")]),
        ("$some words$", [("false-formula", "$some words$")]),
        ("$50%/$x", [("false-formula", "$50%/$")]),
        ("<b>a</b> and <i>b", [("raw-html", "<b>a</b>"), ("raw-html", "<i>")]),
        ("<b><i>x</i></b>", [("raw-html", "<b><i>x</i></b>")]),
        ("<ul>\n<li>$5</li>\n</ul>", [("raw-html", "<ul>\n<li>$5</li>\n</ul>")]),
        ("a</b>", [("raw-html", "</b>")]),
        ("~~a~~ and ~~b~~", [("foreign-markup", "~~a~~")]),
        ("* [ ] a\n* [X] b", [("foreign-markup", "[ ]")]),
        ("a[^x]", [("foreign-markup", "[^x]")]),
        ("[a](data:text) x", [("link-scheme", "[a](data:text)")]),
        ("[a](javascript:f) x", [("link-scheme", "[a](javascript:f)")]),
        ("[a](vbscript:f g) x", [("link-scheme", "[a](vbscript:f g)")]),
        ("[a] (https://b.org)", [("broken-link", "[a] (https://b.org)")]),
        ("[a](/b c.html)", [("broken-link", "[a](/b c.html)")]),
        ("(https://b.org/a_(b)).", [("bare-url", "https://b.org/a_(b)")]),
        ("www.b.org!", [("bare-url", "www.b.org")]),
        ("1. a\n   4. b\n2. c", [("swallowed-line", "   4. b")]),
        ("1. Go. 2. Stop.\n2. Turn", [("run-on-list", "2.")]),
        ("1. go 2. stop 3. turn", [("run-on-list", "2.")]),
        ("3. pass step\n   2. 4. Sweep", [("run-on-list", "4.")]),
        ("a[^1]\n\n[^1]: b", [("link-definition", "[^1]: b")]),
        ("[a]: b", [("link-definition", "[a]: b")]),
        ("a  \nb", [("hard-break", "  ")]),
        ("a\\\nb", [("hard-break", "\\")]),
        ("a:\n    b = 1", [("lost-indentation", "    b = 1")]),
        ("- a:\n      b = 1", [("lost-indentation", "      b = 1")]),
        ("- a\nb\nc", [("swallowed-line", "b")]),
        ("- a\n  - b\n  c", [("swallowed-line", "  c")]),
        ("> a\nb", [("swallowed-line", "b")]),
        ("3. a\n   4. b", [("swallowed-line", "   4. b")]),
        ("1. a\n3. b\n7. c", [("list-numbers", "3.")]),
        ("1. a\n   1. b\n   3. c\n2. d", [("list-numbers", "3.")]),
        ("| a | b |\n| c | d |", [("broken-table", "| a | b |")]),
        ("- | a |\n  | c |", [("broken-table", "| a |")]),
        ("a | b\n1 | 2\n3 | 4", [("broken-table", "a | b")]),
        ("• a\n• b", [("lost-list", "• a")]),
        ("so:\n– a\n– b", [("lost-list", "– a")]),
        ("-a\n-b", [("lost-list", "-a")]),
        ("1.A\n2.B", [("lost-list", "1.A")]),
        ("(a) a\n(b) b", [("lost-list", "(a) a")]),
        ("i) a\nb) b", [("lost-list", "i) a")]),
        ("1. a\n  - b\n  - c", [("flat-list", "- b")]),
        ("- a\n - b\n- c", [("flat-list", "- b")]),
        ("- a\n      - b", [("flat-list", "- b")]),
        ("a\n- 5 of b", [("line-sign", "-")]),
        ("a\n> 5 of b", [("line-sign", ">")]),
        ("classi-\nfied", [("broken-word", "classi-")]),
        ("** a ** b", [("unclosed-markup", "**")]),
        ("a **b\nand **c e\n\n**f", [("unclosed-markup", "**"), ("unclosed-markup", "**")]),
        ("**a:**b", [("unclosed-markup", "**")]),
        ("a `b", [("unclosed-markup", "`")]),
        ("$a &lt; b$", [("html-entity", "&lt;")]),
        ("`a &lt; b`", [("html-entity", "&lt;")]),
        ("[[a]] and ![[b.png]]", [("foreign-markup", "[[a]]"), ("foreign-markup", "![[b.png]]")]),
        ("> [!info]- a", [("foreign-markup", "[!info]-")]),
        ("#Heading", [("foreign-markup", "#Heading")]),
        ("so【4†source】", [("foreign-markup", "【4†source】")]),
        ("a :rocket: b", [("foreign-markup", ":rocket:")]),
        ("[sound:a.mp3]", [("foreign-markup", "[sound:a.mp3]")]),
        ("[$]a[/$]", [("false-formula", "[$]a[/$]")]),
        ("[see here][1]", [("foreign-markup", "[see here][1]")]),
        ("``a b''", [("foreign-markup", "``a b''")]),
        ("Section~3", [("foreign-markup", "~")]),
        ("\\textbf{a} b", [("bare-tex", "\\textbf")]),
        ("$\\\\frac{a}{b}$", [("latex", "\\\\frac")]),
        ("(a)[https://b.org]", [("broken-link", "(a)[https://b.org]")]),
        ("a\tb\nc\td", [("broken-table", "a\tb")]),
        ("+---+\n| a |\n+---+", [("broken-table", "+---+")]),
        ("| a | b |\n|---|---|\n| c | d |\n\n| e | f |", [("broken-table", "| e | f |")]),
        ("a\n---", [("unsupported-markup", "a\n---")]),
        ("a🧪b🧪🧪", [("unprintable-character", "🧪"), ("unprintable-character", "🧪🧪")]),
    ],
)
def test_one_cause_is_one_problem(text: str, problems: list[tuple[str, str]]) -> None:
    assert told(text) == problems


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("so \\(x\\) is", "so $x$ is"),
        ("so \\\\( \\sqrt{x} \\\\).", "so $\\sqrt{x}$."),
        ("\\[ x = 1 \\]", "$$x = 1$$"),
        ("\\begin{cases} a \\\\ b \\end{cases}", "$$\\begin{cases} a \\\\ b \\end{cases}$$"),
        ("a  \nb   \n\nc", "a\nb   \n\nc"),
        ("at https://b.org/c.", "at <https://b.org/c>."),
        ("[a]  (https://b.org)", "[a](https://b.org)"),
        ("| a | b |\n| c | d |", "| a | b |\n|---|---|\n| c | d |"),
        ("- | a |\n  | c |", "- | a |\n  |---|\n  | c |"),
        ("• a\n• b", "- a\n- b"),
        ("so:\n– a\n– b", "so:\n- a\n- b"),
        ("-a\n-b", "- a\n- b"),
        ("$a &lt; b$", "$a < b$"),
        ("[$]a[/$]", "$a$"),
        ("$\\\\frac{a}{b}$", "$\\frac{a}{b}$"),
        ("(a)[https://b.org]", "[a](https://b.org)"),
        ("| a | b |\n|—|—|\n| c | d |", "| a | b |\n|---|---|\n| c | d |"),
        ("at [https://b.org] c", "at [<https://b.org>] c"),
        ("```Python\nx\n```", "```python\nx\n```"),
        ("```{r, echo=FALSE}\nx\n```", "```r\nx\n```"),
        ("ﬁnal", "final"),
        ("a <strong>b c</strong>.", "a **b c**."),
        ("the <code>x</code>", "the `x`"),
        ("H<sub>2</sub>O, m<sup>−2</sup>", "H₂O, m⁻²"),
    ],
)
def test_what_has_one_right_mend_is_mended(text: str, mended: str) -> None:
    assert fixed(text) == mended
    assert told(mended) == []


@pytest.mark.parametrize(
    "text",
    [
        "5\\(x\\)",
        "\\(x\\)5",
        "| a |\n|---|\n|\\(x\\)|",
        "\\(\\)",
        "at www.b.org",
        "| a | b |\n| c |",
        "a\\\nb",
        "un<b>bold</b>",
        "<b>a*b</b>",
        "x<sub>i+1</sub>",
        "[a] (https://b.org c)",
        "(1) a\n(2) b",
        "• a\nb\n• c",
        "1. a\n  - b",
        "classi-\nfied",
    ],
)
def test_what_has_several_mends_is_left(text: str) -> None:
    assert told(text)
    assert fixed(text) == text


@given(
    st.from_regex(r"(\\[a-z]{2}|[x1_ \n{}$]){0,6}", fullmatch=True),
    st.sampled_from([("\\(", "\\)"), ("\\[ ", "\\]"), ("\\\\(", "\\\\)")]),
)
def test_a_mended_formula_is_one(inner: str, signs: tuple[str, str]) -> None:
    text = f"a {signs[0]}{inner}{signs[1]} b"
    mended = fixed(text)
    if mended != text and parse(text).text == text:
        found = [token.content.strip() for token, _ in parse(mended) if token.type in MATH]
        assert inner.strip() in found


@given(st.text("ab $`*_[](){}<>|\\\n-#.:/~=^1", max_size=40))
def test_prose_is_the_text_with_its_markup_masked(text: str) -> None:
    document = parse(text)
    assert len(document.prose) == len(document.text)
    assert all(sign in (MASK, known) for sign, known in zip(document.prose, document.text, strict=True))


@given(st.text("ab $`*_[](){}<>|\\\n-#.:/~=^!1🧪", max_size=60), st.sampled_from([Markdown, Line, ClozeText, Plain]))
def test_every_problem_of_any_text_stands_inside_it(text: str, kind: type[Text]) -> None:
    for problem in told_of(kind(text, "a.yaml", "/answer")):
        assert problem.place[:2] == ("a.yaml", "/answer")
        assert 0 <= problem.place.start <= (len(text) if problem.place.end is None else problem.place.end) <= len(text)


@pytest.mark.parametrize(
    "part",
    [
        "\\(x\\) ",
        "\\( ",
        "\\begin{a} ",
        "\\alpha\n",
        "$HOME/$USER ",
        "<b>x</b> ",
        "<b> ",
        "~~a ",
        "[a](https://b c) ",
        "[a](",
        "https://b.org)))) ",
        "[a]: b\n",
        "a  \n",
        "- a\nb\n",
        "1. a\n   2. b\n",
        "| a | b |\n",
        "🧪 ",
        "• a\n",
        "(a) b\n",
        "- a\n - b\n",
        "a-\nb",
        "**a ",
        "a\tb\n",
        "`a &lt; b` ",
        "[[a]] ",
        "【a ",
        ":a_",
        "``a ",
        "%%a ",
        "\ufffc \t",
    ],
)
def test_faults_are_found_in_linear_time(part: str) -> None:
    few, many = (steps(lambda n=n: told(part * n)) for n in (40, 160))  # type: ignore[misc]
    assert many < 6 * few + 2000


@pytest.mark.parametrize(
    "text",
    [
        "a `b` c",
        "**a**",
        "the {Bayes} rule",
        "a&nbsp;b",
        "$x^2$",
        "the $k$ best",
        "costs \\$5",
        "<i>a</i>",
        "[a](https://b)",
    ],
)
def test_plain_words_hold_no_markup(text: str) -> None:
    assert [name for name, _ in told(text, Plain)] == ["plain-text"]


@pytest.mark.parametrize(
    "text", ["a $5 b for $6", "data model, __hash__", "2 ** 18", "COUNT(*)", "a < b > c", "L₂", "$5/$6"]
)
def test_plain_words_may_hold_any_sign(text: str) -> None:
    assert told(text, Plain) == []


def test_a_line_is_one() -> None:
    assert [name for name, _ in told("1. Basics", Line)] == ["one-line"]
    assert told("1\\. Basics", Line) == []


@pytest.mark.parametrize("text", ["A {{c1::$\\frac{a}{b}}}$ x.", "A {{c1::$x}} y$."])
def test_a_deletion_that_ends_in_a_formula_is_one_problem(text: str) -> None:
    assert [name for name, _ in told(text, ClozeText)] == ["cloze"]


def test_an_expression_of_the_rules_names_every_group_once() -> None:
    from qbank.check.dialects import _ANY_FOREIGN, _FOREIGN

    assert _ANY_FOREIGN.groups == len(_FOREIGN)
    assert all(re.compile(expression).groups == 0 for expression, _, _ in _FOREIGN)


@pytest.mark.parametrize(
    "text",
    [
        r"Write \{{c0::{{c1::x}}",
        r"{{c1::\{{c2::l}}",
        r"{{c1::e}}\{{c0::{{c2::s}}",
        "&#123;{c0::{{c1::x}}",
    ],
)
def test_a_deletion_of_which_anki_makes_another_card_or_none_is_refused(text: str) -> None:
    assert "cloze" in [rule for rule, _ in told(text, ClozeText)]


_AROUND = r"""a|b c|{|}|{c0::|{{|}}|\{|\}|&#123;|&#125;|`{`|`}}`|$x^{2}$|$y_{a_{1}}$|$\text{a{b}}$"""
_GAPS = r"""{{c1::a}}|{{c1::$x^{2}$}}|{{c1::$a_{b_{c}}$}}|{{c1::`}`}}|{{c1::[a](http://b "}}")}}|$z^{{{c1::b}}}$"""


@given(st.lists(st.sampled_from(f"{_AROUND}|{_GAPS}".split("|")), max_size=6).map("".join))
def test_of_deletions_that_are_accepted_anki_makes_their_cards(text: str) -> None:
    if not told(text, ClozeText):
        assert html.cloze_numbers(html.inline(parse(text, cloze=True))) == [1]


@pytest.mark.parametrize("text", [r"Of \{a\} it is {{c1::b}}.", "{{c1::`{}`}} &amp; $\\{x\\}$", "{ {{c1::a}} }"])
def test_braces_beside_a_deletion_that_anki_reads_alike_are_free(text: str) -> None:
    assert told(text, ClozeText) == []


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"{'  ' * deep}- a{deep}" for deep in range(10)),
        "> " * 25 + "a",
        "- " * 12 + "a",
        "> - " * 7 + "a",
        "**" * 200 + "a" + "**" * 200,
        "{{c1::" * 11 + "a" + "}}" * 11,
    ],
)
def test_what_stands_so_deep_that_it_is_lost_is_refused(text: str) -> None:
    assert [rule for rule, _ in told(text, ClozeText)].count("deep-markup") == 1


def test_what_stands_in_five_lists_is_free() -> None:
    assert told("\n".join(f"{'  ' * deep}- a{deep}" for deep in range(5))) == []
