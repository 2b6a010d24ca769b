"""The examples of docs/data.md: each is run as it stands, beside the data of the real bank."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import REPOSITORY

PAGE = REPOSITORY / "docs" / "data.md"
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
#: Libraries that are large, and have an environment of their own.
LARGE = {"datasets", "inspect_ai"}


def libraries(example: str) -> set[str]:
    return set(re.findall(r"^(?:import|from) (\w+)", example, re.MULTILINE))


def python(example: str) -> str:
    """The Python that has what an example imports. Where there is none the test is skipped, loudly."""
    missing = LARGE & libraries(example)
    if not missing:
        return sys.executable
    found = Path(sys.prefix) / "readers" / "bin" / "python"
    if not found.exists():
        message = f"{missing.pop()} is not installed, so its example IS NOT RUN: `make readers` installs it"
        if os.environ.get("QBANK_REQUIRE_READERS"):
            pytest.fail(message)
        pytest.skip(message)
    return str(found)


def test_there_is_an_example_for_every_reader() -> None:
    assert set.union(*map(libraries, EXAMPLES)) == {"pandas", "duckdb", *LARGE}


@pytest.mark.parametrize("example", EXAMPLES, ids=["-".join(sorted(libraries(each))) for each in EXAMPLES])
def test_an_example_finds_all_that_is_there(example: str, built: Path, tmp_path: Path) -> None:
    (tmp_path / "dist").symlink_to(built)
    words = [python(example), "-c", example]
    environment = {**os.environ, "HF_HOME": str(tmp_path / "hub"), "HF_HUB_OFFLINE": "1", "HOME": str(tmp_path)}
    run = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    cards = [json.loads(line) for line in (built / "data" / "cards.jsonl").read_text(encoding="utf-8").splitlines()]
    counts = {
        "cards": len(cards),
        "questions": len({card["question"] for card in cards}),
        "notes": len({card["note"] for card in cards if card["type"] == "fact"}),
    }
    said = re.findall(r"(\d+) (cards|questions|notes)\b", run.stdout)
    assert said
    assert {(int(number), what) for number, what in said} <= {(count, what) for what, count in counts.items()}
