"""Which tests there are does not depend on the clock, on the seed of hashes or on the order of a folder's files; which
examples they take does not depend on the tests before them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from conftest import HERE, REPOSITORY

#: Lists folders in the opposite order.
BACKWARDS = """
import os

scandir, listdir = os.scandir, os.listdir

class Backwards:
    def __init__(self, *words):
        with scandir(*words) as entries:
            self.entries = reversed(list(entries))
    def __iter__(self): return self
    def __next__(self): return next(self.entries)
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def close(self): pass

os.scandir = Backwards
os.listdir = lambda *words: listdir(*words)[::-1]
"""
COLLECT = """
import sys, pytest
sys.exit(pytest.main(["--collect-only", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *sys.argv[1:]]))
"""


def collected(tests: Path, seed: int, before: str = "") -> list[str]:
    """The tests that a new process finds, in its order. It runs none of them, so not this one either."""
    environment = {**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", before + COLLECT, str(tests)]
    found = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout[-3000:] + found.stderr[-3000:]
    return [line for line in found.stdout.splitlines() if "::" in line]


def drawn(tests: Path, *options: str) -> list[str]:
    """The examples that a new process takes for the test in a folder."""
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "conftest", "-p", "no:cacheprovider", "-p", "no:xdist"]
    command += ["-c", str(REPOSITORY / "pyproject.toml"), "--rootdir", str(tests), *options, str(tests)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), str(tests)]), "PYTHONDONTWRITEBYTECODE": "1"}
    found = subprocess.run(command, cwd=tests, env=environment, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout[-3000:] + found.stderr[-3000:]
    return [line for line in found.stdout.splitlines() if line.startswith("drawn ")]


def collected_twice(tests: Path) -> tuple[list[str], list[str]]:
    """The tests that two processes find, which begin a second or more apart."""
    begun = time.monotonic()
    first = collected(tests, 1)
    time.sleep(max(0, 1.1 - (time.monotonic() - begun)))
    return first, collected(tests, 2, BACKWARDS)


def test_every_process_collects_the_same_tests_in_the_same_order() -> None:
    first, second = collected_twice(HERE)
    assert len(first) > 1000
    assert first == second


def test_a_difference_would_be_found(tmp_path: Path) -> None:
    planted = {
        "clock": "[int(time.time())]",
        "hashes": "set('abcdefgh')",
        "folder": "[path.name for path in pathlib.Path(__file__).parent.iterdir()]",
        "nothing": "[1, 2]",
    }
    for name, values in planted.items():
        (tmp_path / f"test_{name}.py").write_text(
            f"import pathlib, time, pytest\n\n@pytest.mark.parametrize('value', {values})\ndef test_{name}(value): ..."
        )
    first, second = collected_twice(tmp_path)
    only = {
        name: [[test for test in tests if f"::test_{name}[" in test] for tests in (first, second)] for name in planted
    }
    assert all(one for one, _ in only.values())
    assert {name for name, (one, other) in only.items() if one != other} == {"clock", "hashes", "folder"}


def test_a_test_takes_the_same_examples_whatever_ran_before_it(tmp_path: Path) -> None:
    (tmp_path / "ours.py").write_text(f"WORDS = {[f'word{n}' for n in range(100)]}\n")
    (tmp_path / "test_drawn.py").write_text(
        "from hypothesis import given, strategies as st\n\n"
        "@given(st.lists(st.text(), min_size=9))\ndef test_drawn(texts):\n    print('\\ndrawn', ascii(texts))\n"
    )
    alone, after = drawn(tmp_path), drawn(tmp_path, "-p", "ours")
    assert len(alone) == 100
    assert alone == after
    by_chance = ["--hypothesis-profile=default", "--hypothesis-seed=1"]
    alone, after = drawn(tmp_path, *by_chance), drawn(tmp_path, *by_chance, "-p", "ours")
    assert alone != after, "Hypothesis no longer takes what is loaded, and conftest need not see to it"
