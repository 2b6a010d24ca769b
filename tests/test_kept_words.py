"""What a text says is found again in every rendering: each of its words, in their order."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import MINIBANK
from qbank.bank import load
from qbank.bank.model import Markdown
from qbank.check import in_texts
from qbank.markup import html, lines, markdown, plain, typst, web
from qbank.markup.document import Document, parse
from qbank.problem import errors
from qbank.tree import Folder

SETTINGS = load.header(Folder(MINIBANK))[0].settings
OUTPUTS: dict[str, Callable[[Document], str]] = {
    "html": lambda document: entities.unescape(re.sub(r"<[^>]*>", " ", html.block(document))),
    "web": lambda document: entities.unescape(re.sub(r"<[^>]*>", " ", web.block(document))),
    "typst": typst.render,
    "plain": plain.text,
    "lines": lambda document: "\n".join(lines.lines(document, 80)),
    **{f"markdown for {flavor}": partial(markdown.render, flavor=flavor) for flavor in markdown.FLAVORS},
}
#: Around a word, and around several parts of a text.
INLINE = (
    "{}",
    "*{}*",
    "**{}**",
    "`{}`",
    "[{}](https://example.org)",
    "({})",
    "“{}”",
    r"\[{}\]",
    r"\*{}\*",
    "<{}",
    "_{}",
)
BLOCKS = ("{}", "- {}", "1. {}", "> {}", "### {}", "| {} | b |\n|---|---|\n| c | d |", "```text\n{}\n```", "[{}]: x")


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A text, with the words in it, which stand nowhere else."""
    words: list[str] = []
    blocks = []
    for _ in range(draw(st.integers(1, 4))):
        said = []
        for _ in range(draw(st.integers(1, 4))):
            word = f"word{'abcdefghijklmnopqrstuvwxyz'[len(words)]}end"
            words.append(word)
            said.append(draw(st.sampled_from(INLINE)).format(word))
        block = draw(st.sampled_from(BLOCKS)).format(draw(st.sampled_from([" ", "\n"])).join(said))
        deep = draw(st.integers(0, 14))
        opening = draw(st.sampled_from(["> ", "- "])) if "\n" not in block else ""
        blocks.append(opening * deep + block)
    return "\n\n".join(blocks), words


def accepted(text: str) -> bool:
    return not errors(in_texts([Markdown(text, "a.yaml", "/answer")], SETTINGS, None))


@pytest.mark.parametrize("output", OUTPUTS)
@given(case=texts())
def test_no_word_is_lost_and_none_moves(output: str, case: tuple[str, list[str]]) -> None:
    text, words = case
    if accepted(text):
        found = re.findall("word[a-z]end", OUTPUTS[output](parse(text)))
        # Typst measures the cells of tables, so its source holds them again.
        assert (list(dict.fromkeys(found)) if output == "typst" else found) == words


@pytest.mark.parametrize("text", ["[worda]: x", "> " * 20 + "worda", "- " * 10 + "worda"])
def test_what_no_output_would_show_is_refused(text: str) -> None:
    assert "worda" not in plain.text(parse(text))
    assert not accepted(text)


def test_most_simple_texts_are_accepted() -> None:
    assert accepted("worda *wordb* `wordc`\n\n- wordd\n- worde\n\n> wordf")
