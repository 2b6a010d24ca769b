"""Markdown becomes HTML for browsers: formulas are MathML, nothing needs a script, and gaps give nothing away."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import BANK, questions
from qbank.markup import cloze, web
from qbank.markup.document import parse
from qbank.render.jinja import web_line

X = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>'


def gap(text: str, number: int = 1, *, shown: bool = False) -> str:
    return web.asked(parse(text, cloze=True), number, shown=shown)


def said(html: str) -> str:
    """What is read of some HTML."""
    return "".join(ElementTree.fromstring(f"<p>{html}</p>").itertext())


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("A **bold** *word*", "<p>A <strong>bold</strong> <em>word</em></p>"),
        ("Here $x$ stands", f"<p>Here {X} stands</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        (r"\$5 and \*", "<p>$5 and *</p>"),
        ("`a < b`", "<p><code>a &lt; b</code></p>"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        (
            "| a | b |\n|:--|--:|\n| 1 | 2 |",
            '<div class="qb-scroll"><table>\n<thead>\n<tr>\n<th class="qb-left">a</th>\n<th class="qb-right">b</th>\n'
            '</tr>\n</thead>\n<tbody>\n<tr>\n<td class="qb-left">1</td>\n<td class="qb-right">2</td>\n</tr>\n'
            "</tbody>\n</table></div>",
        ),
        (
            "```python\nreturn x  # why\n```",
            '<pre class="code"><code><span class="k">return</span> x  <span class="c1"># why</span></code></pre>',
        ),
    ],
)
def test_markdown_becomes_html(source: str, expected: str) -> None:
    assert web.block(parse(source)) == expected


def test_a_formula_on_its_own_is_a_block_that_scrolls() -> None:
    made = web.block(parse("$$x$$"))
    assert (
        made
        == f'<div class="qb-scroll">{X.replace("MathML", "MathML" + chr(34) + " display=" + chr(34) + "block")}</div>'
    )


def test_a_line_has_no_paragraph_around_it() -> None:
    assert web_line("only $x$") == f"only {X}"
    assert web_line("one\n\ntwo") == "<p>one</p>\n<p>two</p>"


# -- one deletion asked


@pytest.mark.parametrize(
    ("text", "number", "hidden", "shown"),
    [
        ("a {{c1::b}} c", 1, "a [...] c", "a b c"),
        ("a {{c1::b::hint}} c", 1, "a [hint] c", "a b c"),
        ("{{c1::a}} {{c2::b}}", 2, "a [...]", "a b"),
        ("{{c1::a}} {{c1::b}}", 1, "[...] [...]", "a b"),
        ("{{c1::a {{c2::b}} c}} d", 2, "a [...] c d", "a b c d"),
        ("{{c1::a {{c2::b}} c}} d", 1, "[...] d", "a b c d"),
        ("{{c1::**a** and $x$}} d", 1, "[...] d", "a and x d"),
        ("$y = {{c1::x}}$", 1, "y=[...]", "y=x"),
        ("$y = {{c1::x::a sign}}$", 1, "y=[a\xa0sign]", "y=x"),
        (r"$y_{{c1::i}}$", 1, "y[...]", "yi"),
        (r"$\text{a {{c1::b}}}$", 1, "a\xa0[...]", "a\xa0b"),
        (r"$\frac{ {{c1::a}} }{ {{c2::b}} }$", 2, "a[...]", "ab"),
        ("`f({{c1::x}})`", 1, "f([...])", "f(x)"),
        ("{{c1::`a::b`}}", 1, "[...]", "a::b"),
    ],
)
def test_a_gap_is_asked_and_then_filled(text: str, number: int, hidden: str, shown: str) -> None:
    assert said(gap(text, number)) == hidden
    assert said(gap(text, number, shown=True)) == shown


def test_what_was_asked_is_marked() -> None:
    assert gap("a {{c1::b}}") == "<p>a <mark>[...]</mark></p>"
    assert gap("a {{c1::b}} {{c2::c}}", shown=True) == "<p>a <mark>b</mark> c</p>"
    assert f'mathcolor="{web.MARK}"' in gap("${{c1::x}} + 1$", shown=True)


def test_no_card_of_the_bank_gives_its_gap_away_or_loses_a_formula() -> None:
    seen = 0
    for question in questions(BANK):
        for card in question.cards:
            for number in {each.number for each in cloze.find(card.cloze)}:
                hidden, shown = gap(card.cloze, number), gap(card.cloze, number, shown=True)
                seen += 1
                assert "[" in said(hidden), card.cloze
                assert hidden != shown
                assert "<code>\\" not in shown
    assert seen > 50


def test_the_parsed_text_stays_as_it_was() -> None:
    text = parse("a {{c1::b}} c", cloze=True)
    web.asked(text, 1, shown=False)
    assert said(web.asked(text, 1, shown=True)) == "a b c"


# -- nothing but what pages allow

_SOUP = st.text(alphabet="ab1 *_`$|-#>[](){}\\<&:.~!\n", max_size=80)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@given(_SOUP, st.booleans(), st.booleans())
@settings(max_examples=500, deadline=None)
def test_any_markdown_gives_harmless_html_or_a_refusal(text: str, is_cloze: bool, shown: bool) -> None:
    try:
        out = gap(text, shown=shown) if is_cloze else web.block(parse(text))
    except (ValueError, cloze.ClozeError):
        return
    tags = _Tags()
    tags.feed(out)
    assert not {tag for tag, _ in tags.found} & {"script", "iframe", "style", "img", "object", "svg"}
    assert not [name for _, attributes in tags.found for name in attributes if name.startswith("on") or name == "style"]
    assert not re.search(r"href=.(?!https?:|mailto:|[^:]*['\"])", out, re.IGNORECASE)


@pytest.mark.parametrize("text", ["<b>x</b>", "![a](b.png)", "<script>alert(1)</script>"])
def test_raw_html_and_images_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="cannot be rendered"):
        web.block(parse(text))


def test_lines_of_code_in_a_book_say_how_far_in_they_begin() -> None:
    source = 'def f():\n    """One\n\n    two."""\n' + " " * 40 + "x < 1"
    made = ElementTree.fromstring(web.paged(parse(f"```python\n{source}\n```")))
    lines = list(made.iter("span"))
    whole = [line for line in lines if (line.get("class") or "").startswith("in-")]
    assert [line.get("class") for line in whole] == ["in-0", "in-4", "in-0", "in-4", f"in-{web.DEEPEST}"]
    assert "".join(made.itertext()) == source + "\n"
    assert ["".join(part.itertext()) for part in lines if part.get("class") == "sd"] == ['"""One', '    two."""']


@given(st.text(alphabet='ab \n"#=<>&', max_size=40))
def test_code_in_a_book_is_the_code(source: str) -> None:
    made = ElementTree.fromstring(web.paged_code(source, "python"))
    assert "".join(made.itertext()) == source.rstrip("\n") + "\n"


def test_formulas_in_a_book_have_words_and_those_far_apart_may_break() -> None:
    made = ElementTree.fromstring(web.paged(parse(r"$$a=\frac{b}{2}, \qquad c=\alpha\quad (i\quad j)$$")))
    assert [formula.get("alttext") for formula in made] == ["a = b/2,", "c = α", "(i", "j)"]
    assert {formula.get("displaystyle") for formula in made} == {"true"}
    assert 'alttext="x_1 &lt; y"' in web.paged(parse("so $x_1 < y$"))
