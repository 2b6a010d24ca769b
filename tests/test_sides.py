"""The sides of deletions: what a cloze text asks for each number, and what it answers."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from test_cloze import CLOZED

from conftest import BANK, questions
from qbank.markup import html, markdown, plain, tex
from qbank.markup.cloze import strip
from qbank.markup.document import MATH, Document, parse
from qbank.markup.sides import sides, whole

CLOZES = [str(card.cloze) for question in questions(BANK) for card in question.cards if card.cloze]


def written(text: str) -> list[tuple[int, str, str]]:
    made = sides(parse(text, cloze=True))
    return [(n, markdown.render(front, "plain"), markdown.render(back, "plain")) for n, front, back in made]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("no deletion", []),
        ("{{c1::Paris}} is in France.", [(1, "[...] is in France.", "Paris")]),
        ("{{c1::Paris::a city}} is old.", [(1, "[a city] is old.", "Paris")]),
        ("{{c2::B}} {{c1::A}}", [(1, "B [...]", "A"), (2, "[...] A", "B")]),
        ("{{c3::A}} and {{c3::B}}", [(3, "[...] and [...]", "A; B")]),
        ("{{c1::**bold** and $x$}}.", [(1, "[...].", "**bold** and $x$")]),
        ("**{{c1::bold}}**", [(1, "**[...]**", "bold")]),
        ("{{c1::outer {{c2::inner}}}}", [(1, "[...]", "outer inner"), (2, "outer [...]", "inner")]),
        ("{{c1::$a$}}b", [(1, "[...]b", "$a$")]),
        # in formulas
        (r"$x^{{c1::10}}$", [(1, r"$x^{[...]}$", "$10$")]),
        (
            r"$x = {{c1::a^{2}}} + {{c2::b}}$",
            [(1, r"$x = {[...]} + b$", "$a^{2}$"), (2, r"$x = a^{2} + {[...]}$", "$b$")],
        ),
        (r"$y = {{c1::a::a number}}$", [(1, r"$y = {[\text{a number}]}$", "$a$")]),
        (r"$y = {{c1::a::\unknown}}$", [(1, r"$y = {[...]}$", "$a$")]),
        (r"$$y = {{c1::a}}$$", [(1, r"$$y = {[...]}$$", "$a$")]),
        # one side of a pair is no formula by itself
        (r"$\left({{c1::a \right)}} + b$", [(1, r"$\left({[...]} + b$", r"$\left(a \right) + b$")]),
        # in code
        ("`f({{c1::x}})`", [(1, "`f([...])`", "`x`")]),
        ("`f({{c1::x::name}})`", [(1, "`f([name])`", "`x`")]),
        ("```python\nf({{c1::x}})\n```", [(1, "```python\nf([...])\n```", "`x`")]),
        # brackets of a blank and those of the text make no link
        ("{{c1::f}}(x) and {{c1::g}}[0]", [(1, "[...] (x) and [...] [0]", "f; g")]),
    ],
)
def test_each_number_is_asked_and_answered(text: str, asked: list[tuple[int, str, str]]) -> None:
    assert written(text) == asked


def all_forms(document: Document) -> tuple[str, str, str]:
    return markdown.render(document, "plain"), html.block(document), plain.text(document)


def test_every_deletion_of_the_bank_is_asked_and_answered() -> None:
    assert len(CLOZES) > 40
    for text in CLOZES:
        for number, front, back in sides(parse(text, cloze=True)):
            blanks = len(re.findall(rf"\{{\{{c{number}::", text))
            asked, answered = all_forms(front), all_forms(back)
            assert all(form.count("[") >= blanks for form in asked), text
            assert all(answered)
            assert not any("{{c" in form for form in (*asked, *answered))
            again = parse(asked[0])
            assert "link_open" not in again.by_type()
            assert plain.text(again) == plain.text(front), "Markdown says what the plain text says"


@given(CLOZED)
def test_what_stands_in_a_formula_is_a_formula_on_both_sides(source: str) -> None:
    try:
        tex.parse(strip(source))
    except tex.TexError:
        assume(False)
    text = f"${source}$"
    for _, front, back in sides(parse(text, cloze=True)):
        for document in (front, back):
            for token, _ in document:
                if token.type in MATH:
                    tex.parse(token.content)


def test_the_whole_text_shows_all_that_is_deleted_and_no_braces() -> None:
    text = "The {{c1::mean}} of `a::b` is ${{c2::\\bar x::a formula}}$, {{c3::`std::map`}} is code."
    assert markdown.render(whole(parse(text, cloze=True)), "plain") == (
        "The mean of `a::b` is $\\bar x$, `std::map` is code."
    )
