"""What a text costs grows as the text does, for every rule and every output, whatever the text is made of."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import pytest

from conftest import MINIBANK, steps
from qbank.bank import load
from qbank.bank.model import ClozeText, Markdown, Plain, Text
from qbank.check import TEXT_RULES
from qbank.check import text as texts
from qbank.check.text import SUPPORTED
from qbank.markup import document, html, markdown, plain, typst, web
from qbank.markup.document import Document, parse
from qbank.markup.errors import MarkupError
from qbank.problem import Rule
from qbank.tree import Folder

SETTINGS = load.header(Folder(MINIBANK))[0].settings

#: What a text is made of, again and again.
PARTS = {
    "signs": "!",
    "images": "![",
    "whole images": "![a](b) ",
    "entities": "&amp;",
    "escaped signs": r"\*",
    "emphasis": "*a* ",
    "open emphasis": "*a ",
    "open bold": "**a ",
    "stars": "*",
    "underscores": "_a",
    "backticks": "` ",
    "brackets": "[a",
    "links": "[a](https://b.c) ",
    "addresses": "https://b.c ",
    "tags": "<b>x</b> ",
    "angles": "<a ",
    "dollars": "$a ",
    "formulas": "$a_{1}$ ",
    "unknown commands": r"$\foo$ ",
    "clozes": "{{c1::a}} ",
    "clozes of formulas": "{{c1::$a$::h}} ",
    "openings": "{{c1::",
    "ends": "}}",
    "entries": "- a\n",
    "numbers": "1. a\n",
    "lists": "1. a\n3. b\n\nx\n\n",
    "numbers in entries": "1. a 2. b\n",
    "quotations": "> a\n\n",
    "lazy lines": "> a\nb\n\n",
    "rows": "| a | b |\n|---|---|\n| c | d |\n\n",
    "headings": "### a\n\n",
    "breaks": "a  \n",
    "fences": "```python\na\n```\n",
    "tasks": "- [ ] a\n",
    "struck": "~~a ",
    "sources": "[@a ",
    "sounds": "[sound:",
    "lenses": "【",
    "comments": "%% ",
    "hyphens": "ab-\nab ",
}
#: What stands in itself.
NESTS = {
    "emphasis": ("*", "*"),
    "bold": ("**", "**"),
    "bold by lines": ("__", "__"),
    "quotations": ("> ", ""),
    "entries": ("- ", ""),
    "links": ("[", "](https://b.c)"),
    "braces": ("${", "}$"),
}
FEW, MANY = 40, 160


def written(kind: type[Text], text: str) -> Text:
    return kind(text, "a.yaml", "/answer")


def made(part: str, times: int) -> str:
    if part in PARTS:
        return PARTS[part] * times
    opening, closing = NESTS[part.removeprefix("nested ")]
    return f"{opening * times}a{closing * times}"


def is_linear(work: Callable[[int], object]) -> bool:
    """Whether four times as much costs about four times as much: a square would cost sixteen times as much.

    The first run finds what is imported and compiled once.
    """
    work(3)
    document._parse.cache_clear()
    few = steps(partial(work, FEW))
    document._parse.cache_clear()
    return steps(partial(work, MANY)) < 6 * few + 4000


EVERY = [*PARTS, *(f"nested {name}" for name in NESTS)]


@pytest.mark.parametrize("part", EVERY)
@pytest.mark.parametrize("kind", [Markdown, ClozeText])
def test_no_rule_looks_at_a_text_anew_for_each_of_its_signs(part: str, kind: type[Text]) -> None:
    def ask(rule: Rule[Text, Document, document.ByType], given: dict[int, tuple[Text, Document]], times: int) -> None:
        text, parsed = given[times]
        found = parsed.by_type()
        if (rule.visits is None or not rule.visits.isdisjoint(found.kinds)) and (not rule.when or rule.when(text)):
            rule(text, parsed, found)

    given: dict[int, tuple[Text, Document]] = {}
    for times in (3, FEW, MANY):
        text = written(kind, made(part, times))
        given[times] = (text, document._parse.__wrapped__(text, kind is ClozeText))
        given[times][1].place(given[times][1].tokens[0])  # what all rules share
        assert given[times][1].prose is not None
    slow = [rule.name for rule in TEXT_RULES if not is_linear(partial(ask, rule, given))]
    assert slow == []


@pytest.mark.parametrize("part", EVERY)
def test_plain_texts_and_settings_are_looked_at_once(part: str) -> None:
    def ask(times: int) -> None:
        text = written(Plain, made(part, times))
        parsed = parse(text)
        for rule in texts.PLAIN_RULES:
            rule(text, parsed, parsed.by_type())
        for more in texts.SETTING_RULES:
            more(text, parsed, parsed.by_type(), SETTINGS)

    assert is_linear(ask)


OUTPUTS: dict[str, Callable[[Document], object]] = {
    "html": html.block,
    "web": web.block,
    "typst": typst.render,
    "plain": plain.text,
    "words": plain.words,
    "gaps": plain.gaps,
    **{f"markdown for {flavor}": partial(markdown.render, flavor=flavor) for flavor in markdown.FLAVORS},
}
#: Those that know deletions; paper and Markdown show none.
OF_CLOZES = ("html", "web", "plain", "words", "gaps")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("output", OUTPUTS)
def test_no_output_looks_at_a_text_anew_for_each_of_its_signs(output: str, part: str) -> None:
    parsed = {times: parse(made(part, times), cloze=output in OF_CLOZES) for times in (3, FEW, MANY)}
    if not all(each.by_type().kinds <= SUPPORTED for each in parsed.values()):
        pytest.skip("no output is asked for what the rules refuse")

    def render(times: int) -> None:
        try:
            OUTPUTS[output](parsed[times])
        except (MarkupError, ValueError):  # what the rules refuse
            return

    assert is_linear(render)


def test_the_measure_sees_a_square() -> None:
    def square(times: int) -> None:
        for _ in range(times):
            sum(n for n in range(times))

    assert not is_linear(square)
    assert is_linear(lambda times: sum(n for n in range(times)))


def test_every_sort_of_text_is_tried() -> None:
    assert all(re.search(r"\S", part) for part in PARTS.values())
