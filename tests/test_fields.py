"""docs/bank.md says what the model says of every field of every file."""

from __future__ import annotations

import re

from click.testing import CliRunner

from conftest import REPOSITORY
from qbank.bank.schema import FILES
from qbank.bank.shape import slots
from qbank.cli import main

PAGE = (REPOSITORY / "docs" / "bank.md").read_text(encoding="utf-8")


def test_the_page_is_fresh() -> None:
    """After a change of the model: .venv/bin/qbank fields --markdown > docs/bank.md"""
    assert CliRunner().invoke(main, ["fields", "--markdown"]).output == PAGE


def test_every_field_of_every_file_has_a_row() -> None:
    def held(cls: type) -> int:
        return sum(1 + (held(slot.of) if slot.nested else 0) for slot in slots(cls).values())

    rows = re.findall(r"^\| `\w+` \|.*\|$", PAGE, re.M)
    assert len(rows) == sum(held(file.of) for file in FILES) > 50
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 5 for row in rows), "four cells each"


def test_what_is_required_and_what_holds_otherwise_is_said() -> None:
    assert "| `title` | a text | required | Title of the bank. |" in PAGE
    assert re.search(r"\| `branch` \| a text \| `main` \|", PAGE)
    assert re.search(r"\| `checks` \| code \| - \|", PAGE)


def test_no_sign_of_html_stands_outside_code() -> None:
    assert not re.search(r"<\w", re.sub(r"`[^`]*`", "", PAGE))
