"""Builds and releases that are ended at moments of chance: `make faults`, every night.

In a process of its own each, and with papers: what dies in the middle may be Typst, a worker, or the store.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from conftest import MINIBANK, TIME

#: How a process is ended, and its exit codes: in order, where it can be.
_ENDS = {signal.SIGKILL: {-9, 0}, signal.SIGINT: {130, 0}, signal.SIGTERM: {143, 0}}


def _files(folder: Path) -> dict[str, bytes]:
    found = (
        path for path in sorted(folder.rglob("*")) if path.is_file() and path.name not in ("lock", "manifest.json")
    )
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def _state(world: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    return _files(world / "bank"), _files(world / "dist")


def _apart(one: tuple[dict[str, bytes], ...], other: tuple[dict[str, bytes], ...]) -> list[str]:
    """The files in which two states differ."""
    return sorted(
        name
        for mine, its in zip(one, other, strict=True)
        for name in mine.keys() | its.keys()
        if mine.get(name) != its.get(name)
    )


def _begun(world: Path, words: list[str]) -> subprocess.Popen[bytes]:
    (world / "temporary").mkdir(exist_ok=True)
    environment = os.environ | {"QBANK_CACHE": str(world / "cache"), "TMPDIR": str(world / "temporary")}
    environment.pop("SOURCE_DATE_EPOCH", None)
    return subprocess.Popen(
        [sys.executable, "-m", "qbank", *words],
        cwd=world,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def _done(world: Path, words: list[str]) -> None:
    process = _begun(world, words)
    _, said = process.communicate()
    assert process.returncode == 0, said.decode()


def killed(moments: int, seed: int) -> Counter[str]:
    """End as many commands as are asked for, and say what was found. Raises `AssertionError` where anything is lost."""
    chance, told = random.Random(seed), Counter[str]()
    with tempfile.TemporaryDirectory(prefix="qbank-killing-") as folder:
        first, new, world = (Path(folder, name) for name in ("first", "new", "world"))
        shutil.copytree(MINIBANK, first / "bank")
        _done(first, ["release", "2026.10", "--time", str(TIME)])
        question = first / "bank" / "evaluation" / "precision.yaml"
        question.write_text(
            question.read_text(encoding="utf-8").replace("The share of", "Of all, the share of"), "utf-8"
        )
        old = _state(first)
        for moment in range(moments):
            words = ["build"] if moment % 2 else ["release", "2026.11", "--time", str(TIME + 1)]
            if moment < 2:
                shutil.copytree(first, new / words[0])
                begun = time.monotonic()
                _done(new / words[0], words)
                lasts, after = time.monotonic() - begun, _state(new / words[0])
                known = {**locals().get("known", {}), words[0]: (lasts, after)}
            lasts, after = known[words[0]]
            shutil.rmtree(world, ignore_errors=True)
            shutil.copytree(first, world)
            process = _begun(world, words)
            time.sleep(chance.uniform(0, lasts))
            end = chance.choice(list(_ENDS))
            (os.killpg if end == signal.SIGINT else os.kill)(process.pid, end)
            _, said = process.communicate(timeout=60)
            state = _state(world)
            about = f"{words[0]} ended by {end.name} at moment {moment} of seed {seed}: {said.decode()}"
            if process.returncode == -end and end != signal.SIGKILL:
                told["before it could tell"] += 1  # while Python itself began
            else:
                assert process.returncode in _ENDS[end], about
                if end != signal.SIGKILL:  # of a killed one Python itself may say what it left
                    assert len(said.splitlines()) <= 1, about
                    assert state in (old, after), (about, _apart(state, old), _apart(state, after))
                    assert not list((world / "temporary").iterdir()), about
            told["old" if state == old else "new" if state == after else "to be finished"] += 1
            process = _begun(world, words)
            _, said = process.communicate()
            assert process.returncode == 0 or b"must be new" in said, said.decode()
            assert _state(world) == after, (about, _apart(_state(world), after))
            own = {path.name for path in (world / "dist" / ".qbank").iterdir()}
            assert own <= {"lock", "manifest.json"}, about
            if moment % 10 == 9:
                print(f"{moment + 1} of {moments}: {dict(told)}", flush=True)
    return told


if __name__ == "__main__":
    print(dict(killed(int(sys.argv[1]), int(sys.argv[2]))))
