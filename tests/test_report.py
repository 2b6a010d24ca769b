"""Problems are said in words that a person, a pull request and a program can read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qbank import report
from qbank.problem import Problem, Span


@pytest.fixture(autouse=True)
def fresh() -> None:
    report._lines.cache_clear()


def problem(path: Path, line: int = 1, column: int = 1, length: int = 3) -> Problem:
    return Problem("a-rule", Span(str(path), line, column, line, column + length), "it is wrong", "mend it")


def test_the_line_is_shown_with_a_caret_below_the_fault(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("one\ntwo three\n")
    assert report.text([problem(file, 2, 5, 5)]).splitlines()[1:6] == [
        f" --> {file}:2:5",
        "  |",
        "2 | two three",
        "  |     ^^^^^",
        "  = help: mend it",
    ]


def test_a_long_line_is_cut_around_the_fault(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("x" * 500 + "FAULT" + "y" * 500)
    shown = report.text([problem(file, 1, 501, 5)])
    rows = shown.splitlines()
    start = rows[4].index("^")
    assert rows[3][start : start + 5] == "FAULT"
    assert all(len(row) < 120 for row in rows[2:])


def test_control_characters_of_a_file_do_not_reach_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("\x1b[31mred\x07\n")
    assert "\x1b" not in report.text([problem(file)])
    assert "\x07" not in report.text([problem(file)])


def test_a_file_that_is_gone_is_no_reason_to_fail(tmp_path: Path) -> None:
    assert "it is wrong" in report.text([problem(tmp_path / "gone.yaml")])


def test_the_end_counts_problems_and_files(tmp_path: Path) -> None:
    assert report.text([problem(tmp_path / "a"), problem(tmp_path / "b")]).endswith("2 problems in 2 files\n")
    assert report.text([]) == ""


def test_github_annotations_escape_what_would_end_them() -> None:
    span = Span("bank/a,b.yaml", 1, 2, 1, 5)
    line = report.github([Problem("r", span, "50% is\nwrong", "mend it")])
    assert line == (
        "::error file=bank/a%2Cb.yaml,line=1,col=2,endLine=1,endColumn=5,title=r::50%25 is%0Awrong. mend it\n"
    )


def test_json_holds_everything(tmp_path: Path) -> None:
    (row,) = json.loads(report.as_json([problem(tmp_path / "a")]))
    assert row["rule"] == "a-rule"
    assert row["span"]["column"] == 1
    assert row["help"] == "mend it"
