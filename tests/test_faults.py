"""Whatever fails, and whenever: dist/, the ledger and the changelog are the old ones or the new ones, and move on.

Every operation on files of a build and of a release fails once, and once is the last thing that a process does.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner, Result

from conftest import TIME
from faults import PASSING, data_alone, full_disk, in_a_child, killed, watched
from qbank import dist
from qbank.bank.layout import CHANGELOG, LEDGER
from qbank.cli import main, release, unfinished
from qbank.ledger import file
from qbank.ledger.state import Ledger
from qbank.outputs.job import Job
from qbank.store import Store

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="faults are made with what POSIX has")


def files(folder: Path) -> dict[str, bytes]:
    """All files in a folder but the lock of builds."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "lock")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def written(data: bytes, path: Path) -> None:
    path.write_bytes(data)


class World(NamedTuple):
    """A bank and its dist/, of which one release is made and the next one is to be."""

    root: Path

    def release(self, version: str) -> None:
        """Release the bank as `qbank release` does, with files that say nothing but the version."""
        bank, out = self.root / "bank", self.root / "dist"
        unfinished.finish(bank, out)
        if (bank / LEDGER).read_text(encoding="utf-8") == ledger(version):
            return
        before = (bank / CHANGELOG).read_text(encoding="utf-8").removeprefix("# Changelog\n")
        made: Any = SimpleNamespace(
            published=ledger(version), changelog=f"# Changelog\n\n## {version}\n- A: new\n{before}"
        )
        known = {name: sha(bank / name) for name in (LEDGER, CHANGELOG)}
        moving = dist.Ledger(bank / LEDGER, made.published, partial(release._move, bank, made, known))
        self._build(version, moving)

    def build(self, version: str) -> None:
        """Build as `qbank build` does."""
        unfinished.finish(self.root / "bank", self.root / "dist")
        self._build(version, dist.Ledger(self.root / "bank" / LEDGER))

    def _build(self, version: str, ledger: dist.Ledger) -> None:
        names = {"anki/same": "same", "anki/a": version, "data/b": version, f"site/{version}": version}
        jobs = [
            Job(name, f"job:{name}:{text}", partial(partial, written, text.encode())) for name, text in names.items()
        ]
        with Store(self.root / "store") as store:
            dist.write(self.root / "dist", {"data": jobs}, store, ledger=ledger)

    def state(self) -> dict[str, bytes]:
        """All that matters: of the bank what is no hidden file, and dist/."""
        return {
            name: data
            for name, data in files(self.root).items()
            if not name.startswith("store/") and not name.startswith(("dist/.qbank/", "bank/."))
        }

    def litter(self) -> set[str]:
        """What no finished command leaves behind."""
        inside = {f"dist/.qbank/{path.name}" for path in (self.root / "dist" / ".qbank").iterdir()}
        return (inside | {name for name in files(self.root) if name.startswith("bank/.")}) - {
            "dist/.qbank/lock",
            "dist/.qbank/manifest.json",
        }


def ledger(version: str) -> str:
    return "".join(file.written(Ledger(version, TIME)))


def sha(path: Path) -> str:
    return release.sha256(path.read_bytes()).hexdigest()


#: What is tried: the operations of each, all of which come before the second release is whole.
WORK: dict[str, Callable[[World], None]] = {
    "build": lambda world: world.build("2026.11"),
    "release": lambda world: world.release("2026.11"),
}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A world after its first release."""
    world = World(tmp_path_factory.mktemp("first"))
    (world.root / "bank").mkdir()
    (world.root / "bank" / LEDGER).write_text(ledger("2026.09"), encoding="utf-8")
    (world.root / "bank" / CHANGELOG).write_text("# Changelog\n\n## 2026.09\n- B: new\n", encoding="utf-8")
    world.release("2026.10")
    return world


@pytest.fixture
def worlds(first: World, tmp_path: Path) -> Callable[[], World]:
    """As many copies of it as are asked for, one after the other."""

    def copy() -> World:
        shutil.rmtree(tmp_path / "world", ignore_errors=True)
        return World(Path(shutil.copytree(first.root, tmp_path / "world")))

    return copy


def operations(world: World, work: Callable[[World], None]) -> list[str]:
    with watched(world.root) as seen:
        work(world)
    return seen


@pytest.mark.parametrize("name", WORK)
def test_there_are_operations_to_fail(name: str, worlds: Callable[[], World]) -> None:
    world = worlds()
    seen = operations(world, WORK[name])
    assert len(seen) > 25, seen
    kinds = {each.partition(" ")[0] for each in seen}
    assert kinds >= {"open", "os.rename", "os.mkdir", "os.remove"}
    assert not world.litter()


@pytest.mark.parametrize("fault", PASSING)
@pytest.mark.parametrize("name", WORK)
def test_a_fault_at_any_operation_leaves_all_old_or_all_new(name: str, fault: str, worlds: Callable[[], World]) -> None:
    work, world = WORK[name], worlds()
    old, count = world.state(), len(operations(world, work))
    new = world.state()
    told = 0
    for number in range(count):
        world = worlds()
        with watched(world.root, number, PASSING[fault]) as seen:
            try:
                work(world)
            except (OSError, KeyboardInterrupt, release.click.ClickException):
                told += 1
        assert world.state() in (old, new), seen[number]
        assert not fault.startswith("Ctrl-C") or not list((world.root / "bank").glob(".*")), seen[number]
        work(world)
        assert world.state() == new, seen[number]
        assert not world.litter(), seen[number]
    assert told > count // 4


@pytest.mark.parametrize("name", WORK)
def test_a_process_that_is_killed_at_any_operation_loses_nothing(name: str, worlds: Callable[[], World]) -> None:
    work, world = WORK[name], worlds()
    old, count = world.state(), len(operations(world, work))
    new, mixed = world.state(), 0
    for number in range(count):
        world = worlds()
        with watched(world.root, number, killed) as seen:
            assert in_a_child(partial(work, world)) == -9, (number, seen)
        mixed += world.state() not in (old, new)
        decided = (world.root / "bank" / LEDGER).read_bytes() == new[f"bank/{LEDGER}"]
        unfinished.finish(world.root / "bank", world.root / "dist")
        assert world.state() in ([new] if decided and name == "release" else [old, new]), number
        work(world)
        assert world.state() == new, number
        assert not world.litter(), number
    assert mixed, "moves were broken off, too"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("name", WORK)
def test_a_disk_that_is_full_at_any_file_leaves_all_old_or_all_new(name: str, worlds: Callable[[], World]) -> None:
    work, world = WORK[name], worlds()
    old = world.state()
    with full_disk(world.root, -1) as seen:
        work(world)
    new, count = world.state(), len(seen)
    assert count > 3
    for number in range(count):
        world = worlds()
        with full_disk(world.root, number) as seen:
            try:
                work(world)
            except OSError as error:
                assert "No space left" in str(error)
        assert world.state() in (old, new), seen
        work(world)
        assert world.state() == new, seen
        assert not world.litter(), seen


def test_a_changelog_that_was_changed_after_the_release_was_broken_off_is_left_to_its_author(
    worlds: Callable[[], World],
) -> None:
    steps = operations(worlds(), WORK["release"])
    world = worlds()
    bank = world.root / "bank"
    number = max(n for n, each in enumerate(steps) if each == f"os.rename bank/.{CHANGELOG}.new")
    with watched(world.root, number, killed):
        in_a_child(lambda: world.release("2026.11"))
    assert unfinished.version(bank) == "2026.11"
    mine = (bank / CHANGELOG).read_text(encoding="utf-8").replace("B: new", "B: mine")
    (bank / CHANGELOG).write_text(mine, encoding="utf-8")
    with pytest.raises(release.click.ClickException, match=r"copy the section '## 2026\.11' from"):
        unfinished.finish(bank, world.root / "dist")
    assert (bank / CHANGELOG).read_text(encoding="utf-8") == mine


def test_a_plan_of_a_stranger_leads_nowhere(worlds: Callable[[], World]) -> None:
    world = worlds()
    ready = world.root / "dist" / ".qbank" / "ready"
    ready.mkdir()
    for name in ("../../stolen", "/stolen", "..\\stolen", ".qbank/lock"):
        (ready / "plan.json").write_text(
            f'{{"made": {{{name!r}: ["data", ""]}}, "whole": [], "ledger": ""}}'.replace("'", '"'), encoding="utf-8"
        )
        before = world.state()
        assert not dist.finish(world.root / "dist", world.root / "bank" / LEDGER)
        assert world.state() == before
        ready.mkdir()


def test_what_stands_in_the_way_of_a_file_is_found_before_anything_moves(worlds: Callable[[], World]) -> None:
    world = worlds()
    (world.root / "dist" / "site" / "2026.11").mkdir()
    before = world.state()
    with pytest.raises(IsADirectoryError, match="a folder stands where a file is to be written"):
        world.release("2026.11")
    assert world.state() == before
    assert not world.litter()


# -- the commands


@pytest.fixture
def bank(minibank: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bank without paper, of which a release makes the data only, with all that can be kept in a store."""
    return data_alone(minibank, monkeypatch)


def qbank(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def test_a_command_says_in_a_line_what_failed_and_the_next_one_succeeds(bank: Path) -> None:
    root = bank.parent
    assert qbank("release", "2026.10", "--time", str(TIME)).exit_code == 0
    saved = root.with_name(f"{root.name}-saved")
    shutil.copytree(root, saved)
    words = ("release", "2026.11", "--time", str(TIME + 1))
    with watched(root) as seen:
        assert qbank(*words).exit_code == 0
    new = files(root / "dist"), (bank / LEDGER).read_bytes(), (bank / CHANGELOG).read_bytes()
    steps = [number for number, each in enumerate(seen) if not each.startswith("open cache")]
    failed = 0
    for number in steps[:: max(1, len(steps) // 12)]:
        shutil.rmtree(root)
        shutil.copytree(saved, root)
        os.chdir(root)
        with watched(root, number, PASSING["ENOSPC"]):
            made = qbank(*words)
        assert made.exit_code in (0, 1)
        assert made.exception is None or isinstance(made.exception, SystemExit), seen[number]
        if made.exit_code:
            failed += 1
            assert made.stderr.startswith("Error: cannot write to"), made.stderr
            assert "No space left on device" in made.stderr
            assert len(made.stderr.splitlines()) == 1
        made = qbank(*words)
        assert made.exit_code == 0 or "must be new" in made.stderr, made.output
        assert (files(root / "dist"), (bank / LEDGER).read_bytes(), (bank / CHANGELOG).read_bytes()) == new
    assert failed > 3


def test_a_release_that_was_killed_is_finished_by_the_next_command(bank: Path) -> None:
    root = bank.parent
    words = ("release", "2026.10", "--time", str(TIME))
    saved = shutil.copytree(root, root.with_name(f"{root.name}-saved"))
    with watched(root) as seen:
        assert qbank(*words).exit_code == 0
    new = files(root / "dist"), files(bank)
    waiting = next(number for number, each in enumerate(seen) if each.startswith(f"os.rename bank/.{CHANGELOG}"))
    for command, said in ((("build",), "9 files in dist"), (words, "2026.10 is made, and finished now")):
        shutil.rmtree(root)
        shutil.copytree(saved, root)
        os.chdir(root)
        with watched(root, waiting, killed):
            assert in_a_child(lambda: qbank(*words)) == -9
        assert not list(bank.glob(CHANGELOG))
        assert "the release 2026.10 was broken off; `qbank build` finishes it" in qbank("check").stderr
        made = qbank(*command)
        assert (made.exit_code, said in made.stdout) == (0, True), made.output
        assert "the release 2026.10 had been broken off; its changelog is written now" in made.stderr
        assert (files(root / "dist"), files(bank)) == new
        assert "broken off" not in qbank("check").output


@pytest.mark.parametrize("given", ["", "x", "-1", "1e9", "0", "99999999999999", "١٧٩٣٤٩١٢٠٠", "1793491200 "])
def test_garbage_in_the_environment_is_no_time(given: str, bank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    made = qbank("build")
    assert made.exit_code == 2
    assert "must be whole unix seconds" in made.stderr
    assert not Path("dist").exists()


@pytest.mark.parametrize(
    ("year", "said"), [(1975, "is before 2026-11-01"), (2105, "the clock says 2104-12-31"), (2029, "the clock says")]
)
def test_a_clock_that_is_wrong_releases_nothing(
    year: int, said: str, bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = (year - 1970) * 31_556_952
    monkeypatch.setattr("qbank.cli.release.clock", SimpleNamespace(time=lambda: now))
    monkeypatch.setattr("qbank.cli.common.clock", SimpleNamespace(time=lambda: now))
    before = files(bank)
    made = qbank("release", "2026.11")
    assert made.exit_code == 2
    assert said in " ".join(made.stderr.split())
    assert files(bank) == before
    assert qbank("build").exit_code == 0, "a build bears the time of the last release"


def test_a_clock_that_is_far_ahead_may_be_right(bank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = TIME + 5 * 366 * 24 * 3600
    monkeypatch.setattr("qbank.cli.release.clock", SimpleNamespace(time=lambda: now))
    monkeypatch.setattr("qbank.cli.common.clock", SimpleNamespace(time=lambda: now))
    assert qbank("release", "2031.11").exit_code == 2
    assert qbank("release", "2031.11", "--time", str(now)).exit_code == 0


def test_a_release_beside_another_one_is_not_forgotten(bank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = dist.write

    def write(*words: Any, **options: Any) -> list[str]:
        monkeypatch.setattr(dist, "write", real)
        assert qbank("release", "2026.10", "--time", str(TIME), "--out", "other").exit_code == 0
        return real(*words, **options)

    monkeypatch.setattr(dist, "write", write)
    made = qbank("release", "2026.11", "--time", str(TIME + 1))
    assert made.exit_code == 1
    assert "was changed meanwhile, so nothing is released; start again" in made.stderr
    assert qbank("release", "2026.11", "--time", str(TIME + 1)).exit_code == 0
    assert (bank / CHANGELOG).read_text(encoding="utf-8").count("\n## ") == 2
