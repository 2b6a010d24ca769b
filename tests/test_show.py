"""`qbank show`: a question as it is said, with its cards, its problems and what needs it.

`golden/show.txt` is a question of the small bank. Write it anew, and read it, with: QBANK_UPDATE=1 pytest
tests/test_show.py
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import HERE
from qbank.cli import main
from qbank.cli.page import WIDTH

GOLDEN = HERE / "golden" / "show.txt"
RIDGE, PRECISION = Path("bank/linear-models/ridge-regression.yaml"), Path("bank/evaluation/precision.yaml")


def show(name: str, *words: str, color: bool = False, **environment: str) -> Result:
    return CliRunner().invoke(main, ["show", name, *words], color=color, env=environment)


@pytest.fixture(autouse=True)
def here(minibank: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test runs beside a copy of the small bank."""
    monkeypatch.chdir(minibank.parent)
    return minibank.parent


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def section(output: str, title: str) -> str:
    return output.partition(f"\n\n{title}\n")[2].partition("\n\n")[0].rstrip()


def test_a_question_is_shown_as_it_was_shown_before() -> None:
    output = show("ridge-regression").output
    if os.environ.get("QBANK_UPDATE"):
        GOLDEN.write_text(output, encoding="utf-8")
    assert output == GOLDEN.read_text(encoding="utf-8")
    assert max(map(len, output.splitlines())) <= WIDTH


@pytest.mark.parametrize("name", ["precision", "precision.yaml", "evaluation/precision", str(PRECISION)])
def test_a_question_is_named_by_its_name_or_its_file(name: str) -> None:
    result = show(name)
    assert (result.exit_code, result.output.split("\n")[0]) == (0, "Precision")


def test_a_name_that_is_nearly_right_is_wrong_usage_with_the_right_one() -> None:
    result = show("ridge-regresion")
    assert (result.exit_code, "did you mean 'ridge-regression'?" in result.output) == (2, True)


def test_what_needs_it_is_shown() -> None:
    edit(RIDGE, "see_also: [precision]", "needs: [precision]")
    assert section(show("precision").output, "Needed by") == "  ridge-regression"
    assert section(show("ridge-regression").output, "Needs") == "  precision"


def test_its_own_problems_are_shown_and_no_others() -> None:
    edit(PRECISION, "answer: The share", "answer: The <b>share")
    edit(RIDGE, "see_also: [precision]", "see_also: [nothing]")
    result = show("precision")
    assert result.exit_code == 0
    assert "\n\nProblems\nerror[raw-html]: raw HTML is not allowed: <b>\n" in result.output
    assert "nothing" not in result.output
    assert "Problems" in show("ridge-regression").output


@pytest.mark.parametrize("text", ["$x", "{{c1::x", "a $\\nosuch{$ b", "![x](y)", "<b>", "```"])
def test_a_text_that_cannot_be_read_is_shown_as_far_as_it_can(text: str) -> None:
    edit(PRECISION, "answer: The share", f"answer: {text!r}\nsheet: The share")
    edit(RIDGE, r"cloze: 'Ridge:", "cloze: '{{c1::Ridge:")
    for name in ("precision", "ridge-regression"):
        result = show(name)
        assert result.exit_code == 0, result.output
        assert "Problems" in result.output


@pytest.mark.parametrize(
    ("cloze", "deleted"),
    [
        (r"The odds are {{c1::$\\frac{p}{1-p}$}}.", "→ c1: p/(1 - p)"),
        (r"$a = {{c1::\\lambda {{c2::x_1}}}}$", "→ c1: λx_1\n    → c2: x_1"),
        (r"`{{c1::\\frac}}` is code.", r"→ c1: \frac"),
    ],
)
def test_what_is_deleted_from_a_formula_is_shown_as_formulas_are(cloze: str, deleted: str) -> None:
    edit(PRECISION, "cards:\n", f'cards:\n  - id: odds\n    cloze: "{cloze}"\n')
    assert deleted in show("precision").output


def test_code_is_shown_as_it_is_written() -> None:
    code = "code:\n  stub: |\n    def f():\n    \tpass\n  solution: |\n    def f():\n\n        return 1\n"
    PRECISION.write_text(PRECISION.read_text() + code)
    output = show("precision").output
    assert "\n\nStart from\n  def f():\n    pass\n" in output, "a tab is so many spaces"
    assert "\n\nSolution\n  def f():\n\n      return 1\n" in output


def test_control_characters_do_not_reach_the_terminal() -> None:
    edit(PRECISION, "title: Precision", 'title: "\\e[31mPrecision\\a"')
    edit(PRECISION, "answer: The", 'sheet: "\\e]0;x\\a \\u202e y"\nanswer: The')
    output = show("precision").output
    assert all(c.isprintable() or c == "\n" for c in output)


def test_headings_have_a_color_on_a_terminal_that_wants_it() -> None:
    assert "\x1b[1mPrecision\x1b[0m" in show("precision", color=True).output.replace("\x1b[36m", "")
    assert "\x1b" not in show("precision").output
    assert "\x1b" not in show("precision", color=True, NO_COLOR="1").output


def test_a_bank_elsewhere_is_named_by_an_option() -> None:
    Path("bank").rename("other")
    assert show("precision").exit_code == 2
    assert show("precision", "--bank", "other").exit_code == 0
