"""A wheel works outside the clone: the templates travel with it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from conftest import MINIBANK, REPOSITORY


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    words = ["-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder)]
    subprocess.run([sys.executable, *words, str(REPOSITORY)], check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_it_holds_the_package_and_the_templates_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "qbank/cli/__init__.py" in names
    assert "qbank/templates/anki/style.css.j2" in names
    assert "qbank/templates/cheatsheet/theme.typ" in names
    assert "qbank/templates/question.yaml.j2" in names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"qbank"}


def test_a_bank_is_begun_checked_and_built_by_it(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(target)
    environment = {**os.environ, "PYTHONPATH": str(target)}

    def qbank(folder: Path, *words: str) -> str:
        command = [sys.executable, "-m", "qbank", *words]
        run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
        return run.stdout

    qbank(tmp_path, "init", "sky")
    assert qbank(tmp_path / "sky", "check") == "4 questions, no problems\n"
    assert "bank/moon/tides.yaml" in qbank(tmp_path / "sky", "new", "moon/tides").replace(os.sep, "/")
    (tmp_path / "sky" / "bank" / "moon" / "tides.yaml").unlink()
    qbank(tmp_path / "sky", "build")
    for made in ("anki/night-sky.apkg", "data/questions.json", "cheatsheets/moon-a4.pdf"):
        assert (tmp_path / "sky" / "dist" / made).stat().st_size > 1000


def test_it_builds_a_bank_elsewhere(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(target)
    environment = {**os.environ, "PYTHONPATH": str(target)}
    words = ["-m", "qbank", "build", "--bank", str(MINIBANK), "--out", str(tmp_path / "out")]
    run = subprocess.run([sys.executable, *words], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "out" / "anki" / "mini.apkg").stat().st_size > 1000
    assert (tmp_path / "out" / "cheatsheets" / "evaluation-a4.pdf").stat().st_size > 1000
    where = subprocess.run(
        [sys.executable, "-c", "import qbank; print(qbank.__file__)"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(target))
