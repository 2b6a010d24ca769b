"""Practice as a learner does it: start, fail, pass, compare; in Python and in SQL, from the command and from dist/."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import BANK, build
from qbank.cli import main
from qbank.run import ANSWER, HERE, TESTS

PYTHON, SQL = "max-subarray", "sql-nth-per-group"


def qbank(*words: str, bank: Path = BANK) -> Result:
    return CliRunner().invoke(main, ["practice", "--bank", str(bank), *words])


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("name", "answer"), [(PYTHON, "solution.py"), (SQL, "solution.sql")])
def test_a_learner_starts_fails_passes_and_compares(name: str, answer: str) -> None:
    started = qbank(name)
    assert started.exit_code == 0, started.output
    assert f"qbank practice {name} --check" in started.output
    mine = Path("practice") / name / answer
    failed = qbank(name, "--check")
    assert failed.exit_code == 1
    assert "failed" in failed.output
    assert f"Not yet. Your file: {mine}" in failed.output
    shown = qbank(name, "--solution")
    mine.write_text(shown.output, encoding="utf-8")
    passed = qbank(name, "--check")
    assert passed.exit_code == 0, passed.output
    assert "All tests pass." in passed.output


def test_the_folder_does_not_give_the_solution_away() -> None:
    qbank(PYTHON)
    files = {path.name for path in Path("practice", PYTHON).rglob("*") if path.is_file()}
    assert files == {"README.md", "solution.py", TESTS}
    shown = qbank(PYTHON, "--solution").output
    assert shown not in Path("practice", PYTHON, "solution.py").read_text(encoding="utf-8")


def test_what_a_learner_wrote_is_never_overwritten() -> None:
    qbank(PYTHON)
    mine = Path("practice", PYTHON, "solution.py")
    mine.write_text("mine\n", encoding="utf-8")
    again = qbank(PYTHON)
    assert again.exit_code == 2
    assert "is there already" in again.output
    assert mine.read_text(encoding="utf-8") == "mine\n"


def test_changed_tests_do_not_help() -> None:
    qbank(PYTHON)
    Path("practice", PYTHON, TESTS).write_text("def test_nothing():\n    pass\n", encoding="utf-8")
    assert qbank(PYTHON, "--check").exit_code == 1


def test_wrong_words_are_told() -> None:
    assert "did you mean 'max-subarray'?" in qbank("max-subaray").output
    assert "has no code to practice" in qbank("roc-curve").output
    nothing = qbank(PYTHON, "--check")
    assert nothing.exit_code == 2
    assert f"start with: qbank practice {PYTHON}" in nothing.output
    qbank(PYTHON)
    Path("practice", PYTHON, "solution.py").write_bytes(b"\xff")
    assert "cannot read" in qbank(PYTHON, "--check").output


def test_missing_packages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qbank.run.find_spec", lambda name: None if name == "numpy" else object())
    assert "not installed: numpy" in qbank("nms-from-scratch").output
    assert "not installed: numpy" in qbank("nms-from-scratch", "--check").output


def test_every_coding_question_has_a_folder_whose_tests_run_where_it_lies(tmp_path: Path) -> None:
    made = build(BANK, tmp_path / "out", "practice")
    folders = {path.split("/")[1] for path in made if path.count("/") > 1}
    assert len(folders) > 45
    index = (tmp_path / "out" / "practice" / "README.md").read_text(encoding="utf-8")
    assert all(f"({name}/README.md)" in index for name in folders)
    for name in (PYTHON, SQL):
        folder = tmp_path / "out" / "practice" / name
        language = "sql" if name == SQL else "python"
        words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", TESTS]
        stub = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
        assert stub.returncode == 1, stub.stdout
        (folder / ANSWER[language]).write_bytes((folder / "reference" / ANSWER[language]).read_bytes())
        solved = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
        assert solved.returncode == 0, solved.stdout


def test_what_a_learner_wrote_runs_with_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    qbank(PYTHON)
    Path("practice", PYTHON, "solution.py").write_text("while True: pass\n", encoding="utf-8")
    monkeypatch.setattr("qbank.run.HERE", HERE._replace(limits=HERE.limits._replace(seconds=1)))
    monkeypatch.setattr("qbank.run.attempt.__defaults__", (HERE._replace(limits=HERE.limits._replace(seconds=1)),))
    ended = qbank(PYTHON, "--check")
    assert ended.exit_code == 1
    assert "ended after 1 seconds" in ended.output
