"""A file that is no YAML is told by the mistake that made it so, and mended where one mend is right."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qbank.problem import Problem
from qbank.source.nodes import Source
from qbank.source.reader import parse


def only(text: str) -> Problem:
    (problem,) = parse(text.encode(), "x.yaml").problems
    return problem


def mended(text: str, problem: Problem) -> str | None:
    """The file after the fix of a problem."""
    for edit in reversed(problem.fix.edits if problem.fix else ()):
        text = text[: edit.place.start] + edit.text + text[edit.place.end :]
    return text if problem.fix else None


#: The file with the place of the problem between guillemets, words of the message, and the file after its fix.
MISTAKES = {
    "a key one column too far": ("a: x\n«\u0020b:» y\n", "indented by 1 space", "a: x\nb: y\n"),
    "a field of a card one column short": ("c:\n  - a: x\n«   b:» y\n", "by 3 spaces", "c:\n  - a: x\n    b: y\n"),
    "a tab before an item": ("a:\n«\t»- x\n", "a tab (U+0009)", "a:\n  - x\n"),
    "tabs before two items": ("a:\n«\t»- x\n\t- y\n", "a tab (U+0009)", "a:\n  - x\n  - y\n"),
    "a tab before a field of a card": ("c:\n  - a: x\n«\t»b: y\n", "a tab", "c:\n  - a: x\n    b: y\n"),
    "a tab before a text in a block": ("a: |\n«\t»x\nb: y\n", "a tab", "a: |\n  x\nb: y\n"),
    "a no-break space behind a colon": ("a: x\nb«:\xa0»y\nc: z\n", "a no-break space (U+00A0)", "a: x\nb: y\nc: z\n"),
    "a full-width colon": ("a: x\nb«\uff1a»y\nc: z\n", "a fullwidth colon (U+FF1A)", "a: x\nb: y\nc: z\n"),
    "a bullet for a dash": ("a:\n  - x\n  «\u2022 »y: z\n", "a bullet (U+2022)", "a:\n  - x\n  - y: z\n"),
    "typographic quotes with a colon": ("a: «\u201cx: it\u2019s y\u201d»\n", "no quote", "a: 'x: it\u2019s y'\n"),
    "a sign of a number in a text of two lines": ("a: x «#1»\n  of y\nb: z\n", "comment", None),
    "a sign of a number between braces": ("a:\n  - {b: x «#1, c: y}»\n  - {b: z}\n", "comment", None),
    "a color without quotes": ("a:\n  - {b: «#6b3fa0}»\n  - {b: z}\n", "comment", None),
    "a quote that another one closes": ("a: «'»x\nb: y\nc: 'z'\n", "takes in the fields below", None),
    "a double quote that another one closes": ('a: «"»x\nb: y\nc: "\\d"\n', "takes in the fields below", None),
    "an apostrophe": ("a: 'it«'»s x'\n", "apostrophe", "a: 'it''s x'\n"),
    "an apostrophe at the end of a word": ("a: 'the models«'» bias'\n", "apostrophe", "a: 'the models'' bias'\n"),
    "an apostrophe between braces": ("a:\n  - {b: 'it«'»s', c: x}\n", "apostrophe", None),
    "quotes in quotes": ('a: "the «"»best" one"\n', "this quote closes", "a: 'the \"best\" one'\n"),
    "a quoted word at the start": ('a: "x«"» is y\n', "the text goes on", "a: '\"x\" is y'\n"),
    "a bracket at the start": ("a: «[»x] is y\n", "begins with [", "a: '[x] is y'\n"),
    "a brace at the start": ("a: «{»x} is y\n", "begins with {", "a: '{x} is y'\n"),
    "a colon in a text": ("a: x«:» y\n", "colon followed by a space", "a: 'x: y'\n"),
    "a greater-than sign at the start": ("a: > «5» x\n", "on the line of the | or >", "a: '> 5 x'\n"),
    "a bar at the start": ("a: |«x»| is y\n", "on the line of the | or >", "a: '|x| is y'\n"),
    "a percent sign at the start": ("a: «%»5\n", "cannot start", "a: '%5'\n"),
    "bold text at the start": ("a: «*»*x** y\n", "an & or *", "a: '**x** y'\n"),
    "a question mark at the start": ("a: «?» x\n", "a ? and a space", "a: '? x'\n"),
    "a closing bracket at the start": ("a: «]»x\n", "cannot start", "a: ']x'\n"),
    "an unknown escape": ('a: "$«\\»lambda$"\n', "an escape that YAML does not know", "a: '$\\lambda$'\n"),
    "no space behind a colon": ("a: x\nb«:»y\nc: z\n", "behind this colon", "a: x\nb: y\nc: z\n"),
    "no space behind the first colon": ("a«:»x\nb: y\n", "behind this colon", "a: x\nb: y\n"),
    "no space behind a dash": ("a:\n  - x\n  «-»y\n", "behind this dash", "a:\n  - x\n  - y\n"),
    "a comment of another language": ("«// x»\na: x\n", "no comment", "# x\na: x\n"),
    "a comment of HTML": ("a: x\n«<!-- x -->»\nb: y\n", "no comment", "a: x\n# x\nb: y\n"),
    "a fence around the file": ("«```yaml»\na: x\n```\n", "fence", "a: x\n"),
    "a work as LaTeX has it": ("a:\n  b: x\n«@article{c,»\n  b={y},\n}\n", "BibTeX", None),
    "a fence that is not closed": ("# x\n«~~~»\na: x\n", "fence", "# x\na: x\n"),
    "a key in bold": ("a: x\n«**b**: »y\n", "plain word", "a: x\nb: y\n"),
    "a key in bold with its colon": ("«**a:** »x\nb: y\n", "plain word", "a: x\nb: y\n"),
    "a text on the line of the bar": ("a: | «x»\nb: y\n", "line of the |", "a: |\n  x\nb: y\n"),
    "the first line of a block on that of the bar": ("a: | «x»\n    y\n", "line of the |", "a: |\n    x\n    y\n"),
    "a colon in a text between braces": ("a:\n  - {b: x«:» y, c: z}\n", "ends the text", "a:\n  - {b: 'x: y', c: z}\n"),
    "a tab behind a dash": ("a:\n  «-\t»b: x\n    c: y\n", "a tab (U+0009)", "a:\n  - b: x\n    c: y\n"),
    "a first line one column too far": ("  a: x\n«b:» y\n", "by 0 spaces", None),
    "a last line of dashes": ("a: x\n«---»\n", "holds nothing", "a: x\n"),
    "a fence at the margin of a block": ("a: |\n«`»``python\n  x\n", "cannot start", None),
    "a list that is not closed": ("a: «[»x, y\nb: z\n", "not closed", None),
    "a list that ends with the file": ("a: [«\n»", "not closed", None),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_at_its_place_and_mended(mistake: str) -> None:
    marked, said, after = MISTAKES[mistake]
    text = re.sub("[«»]", "", marked)
    problem = only(text)
    assert said in problem.message
    assert problem.place[2:] == (marked.index("«"), marked.index("»") - 1)
    assert mended(text, problem) == after
    if after is not None:
        assert not parse(after.encode(), "x.yaml").problems


@given(st.text(alphabet="ab:-[]{}'\"|>&*%@#?,\\ \n\t\u00a0\u201c\u201d\uff1a\u2022", max_size=60))
@settings(max_examples=600, deadline=None)
def test_whatever_a_file_holds_is_told_within_it_and_no_fix_makes_it_worse(text: str) -> None:
    source = parse(text.encode(), "x.yaml")
    for problem in source.problems:
        assert 0 <= problem.place.start <= len(text)
        after = mended(text, problem)
        if after is not None:
            assert isinstance(parse(after.encode(), "x.yaml"), Source)
            assert after != text


def test_a_field_that_comes_again_in_an_entry_lacks_its_dash_and_is_one_problem() -> None:
    text = "a:\n  - b: x\n    c: y\n    b: z\n    c: w\n"
    assert "begins with a dash" in only(text).help
    assert only(text).place.start == text.rindex("b:")
    assert "merge the two" in only("a:\n  b: x\n  b: y\n").help


def test_of_a_file_that_breaks_off_nothing_is_missed() -> None:
    assert parse(b"  a: x\nb: y\n", "x.yaml").unreadable
