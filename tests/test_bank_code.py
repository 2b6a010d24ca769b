"""What the bank states in code is true: solutions pass their tests, checks hold, figures are reproduced."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import BANK
from qbank.load import load
from qbank.model import Question

QUESTIONS = load(BANK)[0].questions
CODING = [question for question in QUESTIONS if question.code.solution]
CHECKED = [question for question in QUESTIONS if question.checks]
FIGURES = sorted((BANK / "figures").glob("*.svg"))
TIMEOUT = 120

#: One thread each: the tests of several questions run side by side.
ENVIRONMENT = {
    "PATH": os.environ.get("PATH", ""),
    "HOME": os.environ.get("HOME", ""),
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MPLBACKEND": "Agg",
    "PYTHONDONTWRITEBYTECODE": "1",
}


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder of its own, with a time limit and little of this process's environment."""
    command = [sys.executable, *words]
    return subprocess.run(
        command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, timeout=TIMEOUT, check=False
    )


def test_there_is_code_to_run() -> None:
    assert CODING
    assert len(CHECKED) > 20
    assert FIGURES


@pytest.mark.parametrize("question", CODING, ids=[question.name for question in CODING])
def test_a_solution_passes_its_tests(question: Question, tmp_path: Path) -> None:
    (tmp_path / "solution.py").write_text(question.code.solution, encoding="utf-8")
    (tmp_path / "test_solution.py").write_text(question.code.tests, encoding="utf-8")
    result = run(tmp_path, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_solution.py")
    assert result.returncode == 0, result.stdout[-3000:]
    assert re.search(r"[1-9]\d* passed", result.stdout)


@pytest.mark.parametrize("question", CODING, ids=[question.name for question in CODING])
def test_the_tests_of_a_solution_fail_without_it(question: Question, tmp_path: Path) -> None:
    names = re.findall(r"^(?:def|class) (\w+)", question.code.solution, re.MULTILINE)
    empty = "\n".join(f"def {name}(*args, **kwargs): return None" for name in names)
    (tmp_path / "solution.py").write_text(empty, encoding="utf-8")
    (tmp_path / "test_solution.py").write_text(question.code.tests, encoding="utf-8")
    assert run(tmp_path, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_solution.py").returncode == 1


@pytest.mark.parametrize("question", CHECKED, ids=[question.name for question in CHECKED])
def test_the_numbers_of_an_answer_are_recomputed(question: Question, tmp_path: Path) -> None:
    (tmp_path / "checks.py").write_text(question.checks, encoding="utf-8")
    result = run(tmp_path, "checks.py")
    assert result.returncode == 0, result.stderr[-3000:]
    assert "assert " in question.checks


@pytest.mark.parametrize("figure", FIGURES, ids=[figure.stem for figure in FIGURES])
def test_a_figure_is_what_its_script_draws(figure: Path, tmp_path: Path) -> None:
    shutil.copytree(BANK / "figures", tmp_path / "figures", ignore=shutil.ignore_patterns("*.svg", "__pycache__"))
    result = run(tmp_path / "figures", f"{figure.stem}.py")
    assert result.returncode == 0, result.stderr[-3000:]
    drawn = (tmp_path / "figures" / figure.name).read_text(encoding="utf-8")
    kept = figure.read_text(encoding="utf-8")
    number = re.compile(r"(?<![\w.])-?\d+\.?\d*(?:e-?\d+)?")  # not the digits of an id, such as m7e880
    assert number.sub("0", drawn) == number.sub("0", kept)
    # The last digits may differ between processors; a hundredth of a point cannot be seen.
    pairs = zip(number.findall(drawn), number.findall(kept), strict=True)
    assert all(abs(float(one) - float(other)) < 0.01 for one, other in pairs)
