"""Code is run in a process of its own, with limits; a solution passes its tests, and a stub fails them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from shutil import copytree

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


def test_a_program_without_end_is_ended_with_all_that_it_began(on: On, tmp_path: Path) -> None:
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
    return CliRunner().invoke(main, ["run", "--bank", str(root), *names])


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


def test_the_command_runs_what_the_questions_hold(coding_bank: Path) -> None:
    made = qbank(coding_bank, "residual")
    assert made.exit_code == 0, made.output
    assert made.output.splitlines() == [
        "ok     residual: the solution passes its tests",
        "ok     residual: the stub fails them",
        "ok     residual: the checks hold",
        "3 runs, 0 failed",
    ]


def test_a_failure_is_shown_and_counted(coding_bank: Path) -> None:
    path = coding_bank / "linear-models" / "residual.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("return 2 * x", "return x"), encoding="utf-8")
    made = qbank(coding_bank)
    assert made.exit_code == 1
    assert "FAILED residual: the solution passes its tests\n    " in made.output
    assert "1 failed" in made.output


def test_what_cannot_be_run_for_want_of_a_package_is_named(coding_bank: Path) -> None:
    path = coding_bank / "linear-models" / "residual.yaml"
    text = path.read_text(encoding="utf-8").replace("code:\n", "code:\n  requires: [not-a-package]\n")
    path.write_text(text, encoding="utf-8")
    made = qbank(coding_bank, str(path))
    assert made.exit_code == 1
    assert "NOT RUN residual: install not-a-package" in made.output
    assert "ok     residual: the checks hold" in made.output


def test_an_unknown_or_unreadable_question_is_wrong_usage(coding_bank: Path) -> None:
    assert "there is no question 'nothing'" in qbank(coding_bank, "nothing").output
    (coding_bank / "linear-models" / "residual.yaml").write_text("a: [", encoding="utf-8")
    made = qbank(coding_bank, "residual")
    assert made.exit_code == 2
    assert "'residual' cannot be read" in made.output


def test_python_itself_is_the_interpreter() -> None:
    made = run.HERE.run({"a.py": "import sys\nprint(sys.executable)\n"}, ["a.py"])
    assert Path(made.said.strip()).resolve() == Path(sys.executable).resolve()
