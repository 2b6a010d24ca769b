"""docs/style.md shows, for every rule with an example in style.yaml, what to write instead of what.

`tests/broken/<rule>/style.yaml` holds two stretches of a question's file: `instead`, which breaks that rule and no
other, and `write`, which breaks none. What begins with the `id` of a card is the only card of the question.
Write the page anew, and read it, with: QBANK_UPDATE=1 pytest tests/test_style.py
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
import yaml

from conftest import HERE, MINIBANK, REPOSITORY, problems
from qbank.check import RULES
from qbank.problem import Rule
from qbank.source.places import Located

PAGE = REPOSITORY / "docs" / "style.md"
SHOWN = {path.parent.name: path for path in (HERE / "broken").glob("*/style.yaml")}
BASE = {
    "title": "title: Hit rate",
    "question": "question: What share of its cases does a detector find?",
    "kind": "kind: concept",
    "level": "level: core",
    "answer": "answer: The hits among all cases.",
    "explanation": "explanation: Eight of ten mails that are spam are found.",
    "references": "references:\n  - work: esl",
}
#: Where a rule stands by what it looks at, if its example is no card.
SECTIONS = {
    "text": "Texts",
    "question": "Parts of a question",
    "reading": "The file",
    "bank": "Among questions",
    "note": "What was released",
    "page": "Paper",
}
HEAD = """\
# Style

How questions are written, by example: `qbank check` says of the first of two texts what stands below it, and nothing of
the second. The page is made of the rules and their examples; [rules.md](rules.md) holds all rules, `qbank rules NAME`
explains one, and what none can check stands in [CONTRIBUTING.md](../CONTRIBUTING.md#what-makes-a-good-entry).
"""


def pair(rule: str) -> tuple[str, str]:
    held = yaml.safe_load(SHOWN[rule].read_text(encoding="utf-8"))
    return held["instead"].strip("\n"), held["write"].strip("\n")


def file(fragment: str) -> str:
    """A question's file that holds a stretch of one."""
    if fragment.startswith("id:"):
        fragment = "cards:\n  - " + indent(fragment, "    ").lstrip()
    set_there = re.findall(r"^([\w-]+):", fragment, re.MULTILINE)
    return "\n".join([*(text for name, text in BASE.items() if name not in set_there), fragment]) + "\n"


def said(fragment: str, bank: Path) -> list[Located]:
    """What is wrong with a question that holds a stretch of a file."""
    shutil.copytree(MINIBANK, bank)
    (bank / "evaluation" / "hit-rate.yaml").write_text(file(fragment), encoding="utf-8")
    return problems(bank)


def test_the_question_that_holds_the_examples_is_a_good_one(tmp_path: Path) -> None:
    assert said("", tmp_path / "bank") == []


@pytest.mark.parametrize("rule", sorted(SHOWN))
def test_a_pair_shows_its_rule_and_how_to_keep_it(rule: str, tmp_path: Path) -> None:
    instead, write = pair(rule)
    assert {found.problem.rule for found in said(instead, tmp_path / "one")} == {rule}
    assert said(write, tmp_path / "other") == []


def section(rule: Rule[Any]) -> str:
    """The part of the page in which a rule stands."""
    return "Cards" if pair(rule.name)[0].startswith("id:") else SECTIONS[rule.scope]


def page(folder: Path) -> Iterator[str]:
    yield HEAD
    for title in dict.fromkeys(["Texts", "Parts of a question", "Cards", *SECTIONS.values()]):
        rules = [rule for rule in RULES if rule.name in SHOWN and section(rule) == title]
        if rules:
            yield f"## {title}\n"
        for rule in rules:
            instead, write = pair(rule.name)
            problem = said(instead, folder / rule.name)[0].problem
            yield f"### {rule.name}\n\n{rule.doc}\n"
            yield f"Not so:\n\n````yaml\n{instead}\n````\n"
            yield f"````text\n{problem.message}\nhelp: {problem.help}\n````\n"
            yield f"But so:\n\n````yaml\n{write}\n````\n"


def test_the_page_is_fresh(tmp_path: Path) -> None:
    text = "\n".join(page(tmp_path)).rstrip() + "\n"
    if os.environ.get("QBANK_UPDATE"):
        PAGE.write_text(text, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == text


def test_every_pair_has_its_place_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert sorted(re.findall("^### (.+)", text, re.MULTILINE)) == sorted(SHOWN)
    assert len(SHOWN) > 30
