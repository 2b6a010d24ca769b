"""Folders for a while are gone afterwards, even those of a process that was killed, and nobody else's."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import sleep

import pytest

from qbank import scratch

pytestmark = pytest.mark.skipif(os.name == "nt", reason="folders are not locked there, so nothing is swept")

_HOLDING = """
import sys
from qbank import scratch
with scratch.folder() as folder:
    (folder / "kept").mkdir()
    (folder / "kept" / "file").write_text("mine")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the system has for such, which holds nothing."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


def holder() -> tuple[subprocess.Popen[str], Path]:
    """A process that has a folder until it hears of its end."""
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLDING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    return process, Path(process.stdout.readline().strip())


def test_a_folder_is_empty_and_gone_afterwards(temporary: Path) -> None:
    with scratch.folder() as one, scratch.folder() as other:
        assert one != other
        assert [one.parent, other.parent] == [temporary] * 2
        assert list(one.iterdir()) == []
        (one / "file").write_text("x")
    assert list(temporary.iterdir()) == []


def test_what_a_killed_process_left_is_swept_and_what_a_living_one_has_is_not() -> None:
    dead, left = holder()
    alive, held = holder()
    with scratch.folder():
        assert [left.exists(), held.exists()] == [True, True]
    dead.kill()
    dead.communicate()
    assert (left / "kept" / "file").exists()
    with scratch.folder():
        assert [left.exists(), held.exists()] == [False, True]
    alive.communicate("")
    assert not held.exists()


def test_a_killed_process_with_workers_leaves_nothing_for_long(temporary: Path) -> None:
    begins = (
        "import os, signal\nfrom qbank.workers import Workers\n"
        "with Workers(2) as workers:\n    workers.submit(int).result()\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    assert subprocess.run([sys.executable, "-c", begins], check=False, capture_output=True).returncode == -9
    assert any(path.name.startswith("qbank-scratch-") for path in temporary.iterdir())
    # Its workers hold the folder until they hear of its end.
    for _ in range(600):
        with scratch.folder():
            pass
        if not list(temporary.iterdir()):
            return
        sleep(0.05)
    pytest.fail("what a killed process left is never swept")


def test_what_only_looks_like_such_a_folder_stays(temporary: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "file").write_text("mine")
    (temporary / "qbank-scratch-abcd1234").symlink_to(tmp_path / "mine")
    (temporary / "qbank-scratch-abcd1235").write_text("a file")
    (temporary / "qbank-scratch-notes").mkdir()
    (temporary / "qbank-abcd1234").mkdir()
    before = sorted(path.name for path in temporary.iterdir())
    with scratch.folder():
        pass
    assert sorted(path.name for path in temporary.iterdir()) == before
    assert (tmp_path / "mine" / "file").exists()


def test_what_is_swept_between_two_steps_is_made_anew(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, made = tempfile.mkdtemp, []

    def mkdtemp(**options: str) -> str:
        made.append(real(**options))
        if len(made) == 1:
            scratch._sweep(temporary)
        return made[-1]

    monkeypatch.setattr(tempfile, "mkdtemp", mkdtemp)
    with scratch.folder() as folder:
        assert folder.is_dir()
        assert str(folder) == made[1] != made[0]
    assert not list(temporary.iterdir())
