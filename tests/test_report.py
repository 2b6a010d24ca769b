"""Problems are said in words that a person, a pull request and a program can read."""

from __future__ import annotations

import json
from pathlib import Path

from qbank.cli import report
from qbank.problem import Place, Problem, Span
from qbank.source.places import Located, located
from qbank.tree import Folder


def problem(path: Path, start: int = 0, length: int = 3) -> Located:
    """A problem with some characters of a file."""
    fault = Problem("a-rule", Place(path.name, "", start, start + length), "it is wrong", "mend it")
    (found,) = located(Folder(path.parent), [fault])
    return found


def test_the_line_is_shown_with_a_caret_below_the_fault(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("one\ntwo three\n")
    assert report.text([problem(file, 8, 5)]).splitlines()[1:6] == [
        f" --> {file}:2:5",
        "  |",
        "2 | two three",
        "  |     ^^^^^",
        "  = help: mend it",
    ]


def test_a_long_line_is_cut_around_the_fault(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("x" * 500 + "FAULT" + "y" * 500)
    shown = report.text([problem(file, 500, 5)])
    rows = shown.splitlines()
    start = rows[4].index("^")
    assert rows[3][start : start + 5] == "FAULT"
    assert all(len(row) < 120 for row in rows[2:])


def test_control_characters_of_a_file_do_not_reach_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("\x1b[31mred\x07\n")
    assert "\x1b" not in report.text([problem(file)])
    assert "\x07" not in report.text([problem(file)])


def test_control_characters_of_a_name_or_a_message_do_not_reach_the_terminal() -> None:
    fault = Problem("r", Place("a"), "\x1b[31m is wrong", "not \x07")
    shown = report.text([Located(Span("a\x1b[31m.yaml", 1, 1, 1, 2), fault, None)])
    assert "\x1b" not in shown
    assert "\x07" not in shown


def test_a_fault_of_several_lines_is_marked_to_the_end_of_its_first(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("one two\nthree\n")
    assert report.text([problem(file, 4, 9)]).splitlines()[3:5] == ["1 | one two", "  |     ^^^"]


def test_a_file_that_is_gone_is_no_reason_to_fail(tmp_path: Path) -> None:
    assert "it is wrong" in report.text([problem(tmp_path / "gone.yaml")])


def test_the_end_counts_problems_and_files(tmp_path: Path) -> None:
    assert report.text([problem(tmp_path / "a"), problem(tmp_path / "b")]).endswith("2 problems in 2 files\n")
    assert report.text([problem(tmp_path / "a")]).endswith("1 problem in 1 file\n")
    assert report.text([]) == ""


def test_github_annotations_escape_what_would_end_them() -> None:
    span = Span("bank/a,b.yaml", 1, 2, 1, 5)
    line = report.github([Located(span, Problem("r", Place("a,b.yaml"), "50% is\nwrong", "mend it"), None)])
    assert line == (
        "::error file=bank/a%2Cb.yaml,line=1,col=2,endLine=1,endColumn=5,title=r::50%25 is%0Awrong. mend it\n"
    )


def test_json_holds_everything(tmp_path: Path) -> None:
    (row,) = json.loads(report.as_json([problem(tmp_path / "a")]))
    assert row["rule"] == "a-rule"
    assert row["span"]["column"] == 1
    assert row["help"] == "mend it"
    assert row["severity"] == "error"
    assert row["message"] == "it is wrong"
    assert row["span"] == {"path": f"{tmp_path}/a", "line": 1, "column": 1, "end_line": 1, "end_column": 4}


def test_a_warning_is_called_one() -> None:
    mild = Located(Span("a", 1, 1, 1, 2), Problem("r", Place("a"), "m", "h", None, "warning"), None)
    assert report.text([mild]).startswith("warning[r]: m\n")
    assert report.github([mild]).startswith("::warning file=a,")
    assert json.loads(report.as_json([mild]))[0]["severity"] == "warning"


def test_every_place_of_a_problem_is_shown_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("one\n")
    (tmp_path / "b.yaml").write_text("\n" * 9 + "another one\n")
    fault = Problem("r", Place("b.yaml", "", 17, 20), "they are one", "delete one", also=(Place("a.yaml", "", 0, 3),))
    (found,) = located(Folder(tmp_path), [fault])
    assert report.text([found]).splitlines()[:9] == [
        "error[r]: they are one",
        f"  --> {tmp_path}/b.yaml:10:9",
        "   |",
        "10 | another one",
        "   |         ^^^",
        f"  ::: {tmp_path}/a.yaml:1:1",
        "   |",
        " 1 | one",
        "   | ^^^",
    ]
    assert report.github([found]).count("::error file=") == 2
    (row,) = json.loads(report.as_json([found]))
    assert [span["path"] for span in row["also"]] == [f"{tmp_path}/a.yaml"]


def test_every_format_shows_the_first_problems_of_a_file_and_how_many_more_it_has(tmp_path: Path) -> None:
    one, other = (tmp_path / name for name in "ab")
    one.write_text("x\n" * 300)
    other.write_text("y\n")
    mild = problem(one, 0, 1)
    mild = mild._replace(problem=mild.problem._replace(severity="warning"))
    found = [mild, *(problem(one, 2 * n, 1) for n in range(300)), problem(other)]
    text = report.text(found)
    assert text.count(" --> ") == report.MOST + 2
    assert f"\n{one}: 200 problems more of this file; mend those above first\n" in text
    rows = json.loads(report.as_json(found))
    assert [row["rule"] for row in rows] == ["a-rule"] * (report.MOST + 2) + ["more-problems"]
    assert (rows[-1]["severity"], rows[-1]["message"]) == ("error", "200 problems more of this file")
    assert (rows[-1]["span"]["path"], rows[-1]["span"]["line"]) == (str(one), report.MOST + 1)
    lines = report.github(found).splitlines()
    assert len(lines) == report.MOST + 3
    assert lines[-1].startswith(f"::error file={one},")


def test_an_error_is_shown_however_many_warnings_stand_before_it(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("x\n" * 300)
    mild = [problem(file, 2 * n, 1) for n in range(299)]
    mild = [each._replace(problem=each.problem._replace(severity="warning")) for each in mild]
    rows = json.loads(report.as_json([*mild, problem(file, 598, 1)]))
    assert [row["severity"] for row in rows] == ["warning"] * report.MOST + ["error", "warning"]
    assert rows[-1]["message"] == "199 warnings more of this file"
