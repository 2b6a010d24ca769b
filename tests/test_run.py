"""Code is run in a process of its own, with limits; a solution passes its tests, and a stub fails them."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from click.testing import CliRunner, Result

from conftest import HERE
from qbank import run
from qbank.bank.model import Code, Program, Question, Word
from qbank.cli import main
from qbank.run import Limits, Machine, Runner

TESTS = "from solution import double\n\n\ndef test_it() -> None:\n    assert double(2) == 4\n"
TABLES = "CREATE TABLE sales (day INTEGER, amount INTEGER); INSERT INTO sales VALUES (1, 10), (1, 20), (2, 5);"
SQL_TESTS = """
from solution import columns, rows


def test_days_are_summed() -> None:
    assert columns() == ["day", "total"]
    assert rows() == [(1, 30), (2, 5)]


def test_changes_are_made_to_fresh_tables() -> None:
    assert rows("DELETE FROM sales WHERE day = 1") == [(2, 5)]
    assert rows("INSERT INTO sales VALUES (2, NULL)") == [(1, 30), (2, 5)]
"""


def question(solution: str, stub: str = "", tests: str = TESTS, **more: str) -> Question:
    code = Code(stub=Program(stub), solution=Program(solution), tests=Program(tests))
    if "tables" in more:
        code = Code(
            language=Word("sql"),
            stub=code.stub,
            solution=code.solution,
            tests=code.tests,
            tables=Program(more["tables"]),
        )
    empty = dict.fromkeys(("title", "question", "kind", "level", "answer", "explanation"))
    return Question(**empty, code=code, checks=Program(more.get("checks", "")), name="double")  # type: ignore[arg-type]


def test_a_solution_passes_when_its_tests_do() -> None:
    assert run.solution(question("def double(x):\n    return 2 * x\n")).passed


def test_a_solution_that_fails_a_test_says_which() -> None:
    made = run.solution(question("def double(x):\n    return x\n"))
    assert not made.passed
    assert "test_it" in made.said


def test_tests_that_test_nothing_are_not_passed() -> None:
    assert not run.solution(question("def double(x):\n    return x\n", tests="import solution\n")).passed


def test_a_stub_passes_when_it_fails_the_tests() -> None:
    assert run.stub(question("", "def double(x):\n    raise NotImplementedError\n")).passed


def test_a_stub_that_solves_the_task_or_lacks_a_name_does_not_pass() -> None:
    assert not run.stub(question("", "def double(x):\n    return 2 * x\n")).passed
    assert not run.stub(question("", "def triple(x):\n    raise NotImplementedError\n")).passed


def test_a_query_is_asked_about_its_tables() -> None:
    right = "SELECT day, SUM(amount) AS total FROM sales GROUP BY day ORDER BY day;\n"
    wrong = "SELECT day, amount AS total FROM sales; -- your query\n"
    asked = question(right, wrong, SQL_TESTS, tables=TABLES)
    assert run.solution(asked).passed
    assert run.stub(asked).passed


def test_checks_pass_when_no_assertion_fails() -> None:
    assert run.checks(question("", checks="assert 1 + 1 == 2\n")).passed
    failed = run.checks(question("", checks="assert 1 + 1 == 3\n"))
    assert (failed.passed, failed.code) == (False, 1)
    assert "AssertionError" in failed.said


# -- machines: one that starts a process for each run, and the one of the tests of the bank that forks a process


On = Callable[[Machine], Runner]


@pytest.fixture(params=["process", "fork"])
def on(request: pytest.FixtureRequest) -> Iterator[On]:
    if request.param == "process":
        yield lambda machine: machine
        return
    if not hasattr(os, "fork"):
        pytest.skip("there is no fork here")
    from warm import Warm

    with ExitStack() as stack:

        def warm(machine: Machine) -> Warm:
            made = Warm(machine, ["json"])
            stack.callback(made.close)
            return made

        yield warm


def test_a_program_without_end_is_ended_with_all_that_it_began(
    on: On, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "is_walled", lambda: False)  # it shows its life in another folder, which walls forbid
    beating = f"import time\nwhile True:\n    open({str(tmp_path / 'beat')!r}, 'a').write('.')\n    time.sleep(0.01)"
    endless = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {beating!r}])\n"
    made = on(Machine(limits=Limits(seconds=1))).run({"a.py": endless}, ["a.py"])
    assert (made.passed, made.code, made.said) == (False, None, "ended after 1 seconds")
    (tmp_path / "beat").unlink()
    assert on(Machine()).run({"a.py": "import time\ntime.sleep(0.2)\n"}, ["a.py"]).passed
    assert not (tmp_path / "beat").exists()


@pytest.mark.skipif(os.name == "nt", reason="limits of memory and files need POSIX")
@pytest.mark.parametrize(
    "greedy",
    ["held = bytearray(1 << 30)", "open('a', 'wb').write(bytes(3 << 20))"],
    ids=["memory", "file"],
)
def test_memory_and_files_are_limited(greedy: str, on: On) -> None:
    made = on(Machine(limits=Limits(memory=512 << 20, file=1 << 20))).run({"a.py": greedy}, ["a.py"])
    assert not made.passed
    assert "MemoryError" in made.said or "File too large" in made.said


def test_a_program_sees_little_of_the_environment_and_an_empty_folder(on: On, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "word")
    shown = "import os\nprint(sorted(os.environ), os.listdir('.'), os.environ['HOME'] == os.getcwd())\n"
    made = on(Machine(extra={"MORE": "1"})).run({"a.py": shown}, ["a.py"])
    assert "SECRET" not in made.said
    assert "'MORE'" in made.said
    assert "['a.py'] True" in made.said


@pytest.mark.parametrize(
    "program",
    [
        "print('fine')",
        "import sys\nprint(sys.argv, __name__)\nsys.exit(3)",
        "import sys\nsys.exit('no')",
        "raise ValueError('told')",
        "import os\nos.abort()",
        "import other\nprint(other.ONE)",
        "import sys\nprint(repr(sys.stdin.read()))",
    ],
)
def test_how_a_program_ends_and_what_it_says_are_known(program: str, on: On) -> None:
    files = {"a.py": program, "other.py": "ONE = 1\n"}
    made, plain = on(Machine()).run(files, ["a.py", "word"]), Machine().run(files, ["a.py", "word"])
    assert (made.passed, made.code) == (plain.passed, plain.code)
    assert made.said.splitlines()[-1:] == plain.said.splitlines()[-1:]


def test_a_run_leaves_nothing_to_the_next(on: On) -> None:
    machine = on(Machine())
    assert machine.run({"a.py": "import json, os\njson.mine = 1\nos.environ['MINE'] = '1'\n"}, ["a.py"]).passed
    assert machine.run({"b.py": "import json, os\nprint(json.mine)\n"}, ["b.py"]).code == 1
    assert machine.run({"b.py": "import os\nprint(os.listdir('.'), 'MINE' in os.environ)\n"}, ["b.py"]).said == (
        "['b.py'] False\n"
    )


# -- the command


def qbank(root: Path, *names: str) -> Result:
    return CliRunner().invoke(main, ["check", "--run", "--bank", str(root), *names])


@pytest.fixture
def coding_bank(minibank: Path) -> Path:
    copytree(HERE / "broken" / "missing-code" / "linear-models", minibank / "linear-models", dirs_exist_ok=True)
    path = minibank / "linear-models" / "residual.yaml"
    body = path.read_text(encoding="utf-8")
    code = (
        "code:\n  stub: |\n    def double(x):\n        raise NotImplementedError\n  solution: |\n    def double(x):\n"
    )
    code += "        return 2 * x\n  tests: |\n" + "".join(f"    {line}\n" for line in TESTS.splitlines())
    path.write_text(body.rstrip("\n") + "\n" + code + "checks: |\n  assert 2 * 2 == 4\n", encoding="utf-8")
    return minibank


def changed(bank: Path, old: str, new: str) -> None:
    path = bank / "linear-models" / "residual.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def found(made: Result) -> list[dict[str, Any]]:
    """The problems that a check with `--format json` shows."""
    rows: list[dict[str, Any]] = json.loads(made.stdout)
    return rows


def test_a_check_runs_what_the_questions_hold(coding_bank: Path) -> None:
    made = qbank(coding_bank, "residual")
    assert made.exit_code == 0, made.output
    assert made.output.splitlines() == ["3 runs, 0 failed", "1 question, no problems"]


def test_all_questions_are_run_or_those_of_a_folder_a_file_or_a_name(coding_bank: Path) -> None:
    folder = coding_bank / "evaluation"
    runs = [qbank(coding_bank, *names).output.partition(" run")[0] for names in ((), (str(folder),), ("precision",))]
    assert runs == ["4", "1", "1"]


def test_without_being_asked_a_check_runs_nothing(coding_bank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed(coding_bank, "return 2 * x", "return x")
    monkeypatch.setattr("qbank.run.Machine.run", None)
    assert CliRunner().invoke(main, ["check", "--bank", str(coding_bank)]).exit_code == 0


@pytest.mark.parametrize(
    ("old", "new", "rule", "line", "said"),
    [
        ("return 2 * x", "return x", "failing-solution", "assert double(2) == 4", "fails test_it: assert 2 == 4"),
        ("return 2 * x", "return y", "failing-solution", "assert double(2) == 4", "fails test_it: NameError: name 'y'"),
        ("import double", "import triple", "failing-solution", "from solution import triple", "ImportError"),
        ("raise NotImplementedError", "return 2 * x", "passing-stub", "def double(x):", "passes the tests already"),
        ("stub: |\n    def double", "stub: |\n    def triple", "passing-stub", "def triple(x):", "ImportError"),
        ("assert 2 * 2 == 4", "assert 2 * 2 == 5", "failing-checks", "assert 2 * 2 == 5", "does not hold"),
        ("assert 2 * 2 == 4", "two = 2\n  assert two == 3, 'two'", "failing-checks", "assert two == 3, 'two'", ": two"),
        ("assert 2 * 2 == 4", "x = [\n    nothing]\n  assert x", "failing-checks", "nothing]", "NameError"),
    ],
)
def test_a_failure_is_a_problem_with_its_line(
    old: str, new: str, rule: str, line: str, said: str, coding_bank: Path
) -> None:
    changed(coding_bank, old, new)
    made = qbank(coding_bank, "residual", "--format", "json")
    assert made.exit_code == 1
    row = next(row for row in found(made) if row["rule"] == rule)
    assert said in row["message"]
    shown = (coding_bank / "linear-models" / "residual.yaml").read_text(encoding="utf-8").splitlines()
    assert shown[row["span"]["line"] - 1].strip() == line


def test_what_a_failed_run_printed_is_shown_unless_it_is_to_be_quiet(coding_bank: Path) -> None:
    changed(coding_bank, "return 2 * x", "print('half \\x1b[31m way')\n        return x")
    loud, quiet = qbank(coding_bank, "residual"), qbank(coding_bank, "residual", "--quiet")
    assert "FAILED linear-models/residual.yaml: the solution passes its tests\n    " in loud.stderr
    assert "half" in loud.stderr
    assert "\x1b" not in loud.stderr
    assert "3 runs, 1 failed" in loud.stdout
    assert quiet.stderr == ""
    assert quiet.stdout.startswith("error[failing-solution]")


def test_a_run_without_end_is_a_problem(coding_bank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = coding_bank / "evaluation" / "precision.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("assert 8 / 10 == 0.8", "while True: assert True"), "utf-8"
    )
    monkeypatch.setattr("qbank.check.trial.Trial.run.__defaults__", (Machine(limits=Limits(seconds=1)),))
    (row,) = found(qbank(coding_bank, "precision", "--format", "json"))
    assert row["message"] == "the checks took too long: ended after 1 seconds"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("code:\n", "code:\n  requires: [not-a-package]\n"),
        ("    from solution", "    import not_a_package\n    from solution"),
        ("  solution: |\n", "  solution: |\n    from not_a_package.part import name\n"),
    ],
    ids=["declared", "imported by the tests", "imported by the solution"],
)
def test_what_cannot_be_run_for_want_of_a_package_is_named(old: str, new: str, coding_bank: Path) -> None:
    changed(coding_bank, old, new)
    made = qbank(coding_bank, "residual")
    assert made.exit_code == 3
    assert re.search(r"NOT RUN residual: install not.a.package\n", made.stderr)
    assert "1 run, 0 failed, 2 not made" in made.stdout


def test_checks_that_lack_a_package_are_not_run(coding_bank: Path) -> None:
    changed(coding_bank, "assert 2 * 2 == 4", "import sklearnn, math, not_there.part; assert math")
    made = qbank(coding_bank, "residual")
    assert made.exit_code == 3
    assert "NOT RUN residual: install not_there, sklearnn" in made.stderr


def test_a_failure_counts_more_than_what_could_not_be_run(coding_bank: Path) -> None:
    changed(coding_bank, "code:\n", "code:\n  requires: [not-a-package]\n")
    changed(coding_bank, "assert 2 * 2 == 4", "assert False")
    assert qbank(coding_bank, "residual").exit_code == 1


def test_pytest_itself_may_be_missing(coding_bank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = run.find_spec
    monkeypatch.setattr("qbank.run.find_spec", lambda name: None if name == "pytest" else known(name))
    made = qbank(coding_bank, "residual")
    assert "NOT RUN residual: install pytest" in made.stderr


@pytest.mark.parametrize("name", ["", "a.b", "..", "sub module", "not-a-package", "ｘ"])
def test_a_package_of_any_name_is_there_or_not(name: str) -> None:
    assert run.lacking([], [name]) == (name,)


def test_what_is_imported_in_any_case_is_needed() -> None:
    programs = [
        "import json, sklearn_x.a as b\nfrom . import c\ntry:\n    import d_d\nexcept ImportError:\n    pass",
        "(",
    ]
    assert run.lacking([*programs, "def f():\n    import e_e"]) == ("sklearn_x",)
    assert run.lacking(["import yaml, PIL, sklearn"], ["PyYAML"]) == ()


def test_code_of_which_the_fault_is_known_is_not_run(coding_bank: Path) -> None:
    changed(coding_bank, "return 2 * x", "return 2 *")
    made = qbank(coding_bank, "residual")
    assert made.exit_code == 1
    assert made.stdout.startswith("error[code-syntax]")
    assert "0 runs, 0 failed" in made.stdout


def test_a_fault_elsewhere_in_a_question_does_not_keep_its_code_from_being_run(coding_bank: Path) -> None:
    changed(coding_bank, "level: core", "level: cor")
    changed(coding_bank, "return 2 * x", "return x")
    rules = [row["rule"] for row in found(qbank(coding_bank, "residual", "--format", "json"))]
    assert rules == ["unknown-value", "failing-solution"]


def test_a_bank_may_take_a_failure_for_a_warning(coding_bank: Path) -> None:
    changed(coding_bank, "assert 2 * 2 == 4", "assert False")
    with (coding_bank / "bank.yaml").open("a", encoding="utf-8") as file:
        file.write("rules: {failing-checks: warning}\n")
    made = qbank(coding_bank, "residual")
    assert (made.exit_code, "warning[failing-checks]" in made.stdout) == (0, True)


def test_an_unknown_question_is_wrong_usage_and_one_that_cannot_be_read_a_problem(coding_bank: Path) -> None:
    assert "there is no question 'residua'; did you mean 'residual'?" in qbank(coding_bank, "residua").output
    (coding_bank / "linear-models" / "residual.yaml").write_text("a: [", encoding="utf-8")
    made = qbank(coding_bank, "residual")
    assert made.exit_code == 1
    assert "error[yaml-syntax]" in made.stdout


def test_python_itself_is_the_interpreter() -> None:
    made = run.HERE.run({"a.py": "import sys\nprint(sys.executable)\n"}, ["a.py"])
    assert Path(made.said.strip()).resolve() == Path(sys.executable).resolve()
