"""The plain flavor in its own readers: markdown-it with dollars, as VS Code has it, and pandoc where it is."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from conftest import BANK, surveyed
from github import said
from pages import by_name, formulas, topics, whole


@cache
def intended(topic: str) -> list[str]:
    """The formulas of a topic, as they are written in the bank."""
    known = by_name()
    (every,) = [every for each, every in surveyed(BANK).bank.topics() if each.name == topic]
    return [said(each) for one in every for text in whole(known[one.name]) for each in formulas(text)]


def tokens(path: Path) -> list[Token]:
    # An escaped dollar stays apart from the text around it.
    parser = MarkdownIt("commonmark", {"html": True}).enable("table").disable("text_join")
    read = parser.use(dollarmath_plugin, double_inline=True).parse(path.read_text(encoding="utf-8"))
    return [each for token in read for each in (token, *(token.children or ()))]


def test_markdown_it_finds_every_formula_and_no_dollar_beside_them(pages: Path) -> None:
    every = topics(pages / "markdown" / "plain")
    assert len(every) > 20
    for path in every:
        found = tokens(path)
        assert [said(each.content) for each in found if each.type.startswith("math")] == intended(path.stem)
        assert not [each.content for each in found if each.type == "text" and "$" in each.content]


def test_nothing_touches_a_formula(pages: Path) -> None:
    for path in topics(pages / "markdown" / "plain"):
        for each in tokens(path):
            children = each.children or []
            for before, after in pairwise(children):
                if after.type.startswith("math") and before.type == "text":
                    assert not before.content[-1:].isalnum()
                if before.type.startswith("math") and after.type == "text":
                    assert not after.content[:1].isalnum()


def pandoc() -> str:
    """pandoc. Where there is none the test is skipped, by its name."""
    found = shutil.which("pandoc")
    if found is None:
        pytest.skip("pandoc is not installed: THE PLAIN PAGES ARE NOT READ BY PANDOC IN THIS RUN")
    return found


def walked(node: Any) -> list[dict[str, Any]]:
    """The elements of what pandoc read, in order."""
    if isinstance(node, list):
        return [each for part in node for each in walked(part)]
    if not isinstance(node, dict):
        return []
    inside = [each for part in node.values() for each in walked(part)]
    return [node, *inside] if "t" in node else inside


def test_pandoc_finds_every_formula_and_no_markup_of_its_own(pages: Path) -> None:
    program = pandoc()
    for path in topics(pages / "markdown" / "plain"):
        run = subprocess.run([program, "-f", "markdown", "-t", "json", path], capture_output=True, check=True)
        found = walked(json.loads(run.stdout))
        assert [said(each["c"][1]) for each in found if each["t"] == "Math"] == intended(path.stem)
        assert not {each["t"] for each in found} & {"Superscript", "Subscript", "Strikeout", "Cite", "Note"}
