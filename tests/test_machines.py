"""Whatever the machine is like: a full disk, folders that vanish, odd names, an environment that lacks what most have.

dist/, the ledger and the changelog stay whole, one line says what is wrong, and the next run succeeds.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from conftest import TIME
from faults import data_alone, watched
from qbank import dist
from qbank.bank.layout import CHANGELOG, LEDGER
from qbank.cli import main

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="machines are made with what POSIX has")


@pytest.fixture
def bank(minibank: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bank of which builds and releases make the data only."""
    return data_alone(minibank, monkeypatch)


def qbank(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


FIRST = ("release", "2026.10", "--time", str(TIME))
NEXT = ("release", "2026.11", "--time", str(TIME + 1))


def state(bank: Path, out: Path) -> dict[str, bytes]:
    """All files that matter: those of a bank that are not hidden, and those of dist/ but what belongs to no output."""
    folders = {"bank": bank, "dist": out}
    return {
        f"{name}/{path.relative_to(folder)}": path.read_bytes()
        for name, folder in folders.items()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def refused(made: Result) -> bool:
    """Whether a command failed; then it has said one line, and no traceback."""
    assert made.exception is None or isinstance(made.exception, SystemExit), repr(made.exception)
    if made.exit_code:
        assert made.exit_code in (1, 2), made.output
        assert made.stderr.splitlines()[-1].startswith("Error: "), made.stderr
    return bool(made.exit_code)


@contextmanager
def small_disk(place: Path) -> Iterator[Path]:
    """A disk of 2 MB at a folder."""
    place.mkdir(parents=True, exist_ok=True)
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)], check=False)
    if made.returncode:
        pytest.skip("no disk can be mounted here, so FULL DISKS ARE NOT TRIED")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="only root mounts disks: FULL DISKS ARE NOT TRIED")
@pytest.mark.parametrize("which", ["out", "bank", "temporary", "cache"])
def test_a_full_disk_loses_nothing(which: str, bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with small_disk(tmp_path / "disk") as disk:
        root, out = bank, tmp_path / "out"
        if which == "bank":
            root = Path(shutil.copytree(bank, disk / "bank"))
        elif which == "out":
            out = disk / "out"
        elif which == "cache":
            monkeypatch.setenv("QBANK_CACHE", str(disk / "cache"))
        else:
            monkeypatch.setenv("TMPDIR", str(disk))
            monkeypatch.setattr("tempfile.tempdir", None)
        at = ("--bank", str(root), "--out", str(out))
        assert not refused(qbank(*FIRST, *at))
        old, failed = state(root, out), 0
        for free in (0, 4, 16, 64):  # KiB
            with (disk / "filling").open("wb", buffering=0) as filling:
                room = os.statvfs(disk)
                count = room.f_bavail * room.f_frsize - (free << 10)
                if count > 0:
                    filling.write(bytes(count))
            made = qbank(*NEXT, *at)
            (disk / "filling").unlink()
            if not refused(made):
                break
            failed += 1
            assert "No space left on device" in made.stderr
            assert state(root, out) == old
        if which in ("out", "bank"):
            assert failed
        again = qbank(*NEXT, *at)
        assert again.exit_code == 0 or "must be new" in again.stderr, again.output
        assert b"2026.11" in (root / LEDGER).read_bytes()
        assert (root / CHANGELOG).read_text(encoding="utf-8").count("\n## ") == 2


@pytest.mark.parametrize("where", ["dist", "dist/.qbank", "dist/data"])
def test_a_folder_that_vanishes_during_a_build_is_made_by_the_next_one(where: str, bank: Path) -> None:
    assert not refused(qbank(*FIRST))
    out, saved = bank.parent / "dist", bank.parent / "saved"
    shutil.copytree(out, saved)
    whole = state(bank, out)
    with watched(out) as seen:
        assert not refused(qbank("build", "--no-cache"))
    for number in range(0, len(seen), max(1, len(seen) // 5)):
        with watched(out, number, lambda: shutil.rmtree(bank.parent / where, ignore_errors=True)):
            refused(qbank("build", "--no-cache"))
        assert not refused(qbank("build", "--no-cache"))
        assert state(bank, out) == whole, seen[number]


def during(monkeypatch: pytest.MonkeyPatch, work: Callable[[], Any]) -> None:
    """Have something happen between what a command reads and what it writes."""
    real = dist.write

    def write(*words: Any, **options: Any) -> list[str]:
        monkeypatch.setattr(dist, "write", real)
        work()
        return real(*words, **options)

    monkeypatch.setattr(dist, "write", write)


def test_a_bank_that_is_edited_during_a_build_is_built_as_it_was_or_not_at_all(
    bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not refused(qbank(*FIRST))
    out, question = bank.parent / "dist", bank / "evaluation" / "precision.yaml"
    before, data = question.read_bytes(), state(bank, out)
    for edit in (lambda: question.write_text("broken: [", encoding="utf-8"), question.unlink):
        during(monkeypatch, edit)
        refused(qbank("build", "--no-cache"))
        question.write_bytes(before)
        assert state(bank, out) == data
        assert not refused(qbank("build"))


def test_a_build_in_the_middle_of_a_release_spoils_neither(bank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not refused(qbank(*FIRST))
    during(monkeypatch, lambda: refused(qbank("build")))
    assert not refused(qbank(*NEXT))
    released = state(bank, bank.parent / "dist")
    during(monkeypatch, lambda: refused(qbank("release", "2026.12", "--time", str(TIME + 2))))
    refused(qbank("build"))
    assert not refused(qbank("build"))
    assert b"2026.12" in (bank / LEDGER).read_bytes()
    assert state(bank, bank.parent / "dist") != released


def test_only_one_process_at_a_time_is_where_the_ledger_moves(tmp_path: Path) -> None:
    counted = tmp_path / "count"
    counted.write_text("0", encoding="utf-8")
    program = (
        "import sys, time\nfrom pathlib import Path\nfrom qbank import dist\nplace = Path(sys.argv[1])\n"
        "for _ in range(20):\n    with dist.alone(place):\n        now = int((place / 'count').read_text())\n"
        "        time.sleep(0.002)\n        (place / 'count').write_text(str(now + 1))\n"
    )
    begun = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path)]) for _ in range(3)]
    assert [process.wait() for process in begun] == [0, 0, 0]
    assert counted.read_text(encoding="utf-8") == "60"
    assert [path.name for path in tmp_path.iterdir()] == ["count"], "no file of a lock is left"


#: What an environment lacks or says; None is taken away.
ENVIRONMENTS: dict[str, dict[str, str | None]] = {
    "no home": {"HOME": None, "XDG_CACHE_HOME": None, "QBANK_CACHE": None},
    "a home that is not there": {"HOME": "/nonexistent/home", "XDG_CACHE_HOME": None, "QBANK_CACHE": None},
    "no temporary folder": {"TMPDIR": "/nonexistent"},
    "the C locale": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LANG": None},
}


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_an_environment_that_lacks_something_builds_the_same(name: str, bank: Path) -> None:
    assert not refused(qbank("build", "--only", "data", "--out", "usual"))
    environment = os.environ | {key: value for key, value in ENVIRONMENTS[name].items() if value is not None}
    for key, value in ENVIRONMENTS[name].items():
        if value is None:
            environment.pop(key, None)
    words = [sys.executable, "-m", "qbank", "build", "--only", "data", "--out", "odd"]
    made = subprocess.run(words, env=environment, capture_output=True, check=False)
    assert made.returncode == 0, made.stderr.decode()
    assert state(bank, Path("odd")) == state(bank, Path("usual"))


@pytest.mark.skipif(sys.platform != "linux", reason="nowhere else a socket has a name in the folder")
def test_a_temporary_folder_of_a_long_name_holds_what_workers_need(
    bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "/".join(["t" * 120] * 2)
    place.mkdir(parents=True)
    monkeypatch.setenv("TMPDIR", str(place))
    works = (
        "import os\nfrom qbank.workers import Workers\n"
        "for _ in range(2):\n"
        "    with Workers(2) as workers:\n"
        "        print({workers.submit(os.getpid).result() for _ in range(9)} & {os.getpid()})\n"
    )
    words = [sys.executable, "-c", works]
    made = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (made.stdout, made.stderr) == ("set()\n" * 2, "")
    assert not list(place.iterdir())


def test_without_anything_to_print_on_a_build_is_made(bank: Path) -> None:
    shown = [sys.executable, "-m", "qbank", "build", "--only", "data", "--out"]
    made = subprocess.run(["sh", "-c", 'exec "$@" >&-', "sh", *shown, "odd"], stderr=subprocess.PIPE, check=False)
    assert b"Traceback" not in made.stderr
    assert made.returncode in (0, 1), made.stderr.decode()
    assert not refused(qbank("build", "--only", "data", "--out", "usual"))
    assert state(bank, Path("odd")) == state(bank, Path("usual"))


@pytest.mark.parametrize(
    "name",
    [
        "line\nbreak",
        'quo\'te "s" $HOME `x` %s {a}',
        "Ünïcode-日本語-عربي",
        "-leading",
        "a b\t",
        "/".join(["n" * 120] * 5),
    ],
    ids=["newline", "quotes", "letters", "dash", "blanks", "600 characters"],
)
def test_a_folder_of_any_name_holds_a_bank_and_what_is_made_of_it(name: str, bank: Path, tmp_path: Path) -> None:
    root, out = tmp_path / "banks" / name / "bank", tmp_path / "outs" / name
    shutil.copytree(bank, root)
    assert not refused(qbank("build", "--bank", str(bank), "--out", "usual"))
    made = qbank("build", "--bank", str(root), "--out", str(out))
    assert not refused(made), made.stderr
    assert state(root, out) == state(bank, Path("usual"))
    os.chdir((tmp_path / "banks" / name).parent)
    assert not refused(qbank("build", f"--bank={Path(name).name}/bank", f"--out={Path(name).name}/dist"))
    assert state(root, tmp_path / "banks" / name / "dist") == state(bank, bank.parent / "usual")


@pytest.mark.parametrize("year", [1970, 1979, 2101, 2300])
def test_a_clock_out_of_all_bounds_changes_no_build(year: int, bank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from types import SimpleNamespace

    assert not refused(qbank("build", "--out", "usual"))
    now = (year - 1970) * 31_556_952 + 1
    for module in ("common", "build"):
        monkeypatch.setattr(f"qbank.cli.{module}.clock", SimpleNamespace(time=lambda: now))
    assert not refused(qbank("build", "--no-cache", "--out", "odd"))
    assert state(bank, Path("odd")) == state(bank, Path("usual"))
