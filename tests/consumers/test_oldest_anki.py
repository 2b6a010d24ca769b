"""The contract on the oldest Anki that matters: 24.11, the last that stamps an updated note with the time of import."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
#: Where `make test` installs it, beside the newest one of the environment.
OLD = Path(sys.prefix) / "anki-24.11"


def test_the_contract_holds_on_anki_24_11() -> None:
    if not (OLD / "anki").is_dir():
        message = "anki 24.11 is not installed: THE CONTRACT IS NOT TESTED ON THE OLDEST ANKI IN THIS RUN"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    environment = {**os.environ, "PYTHONPATH": str(OLD), "QBANK_LIVES": "5"}
    version = subprocess.run(
        [sys.executable, "-c", "import anki.buildinfo; print(anki.buildinfo.version)"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert version.stdout.strip() == "24.11"
    files = [str(HERE / "test_contract.py"), str(HERE / "test_damage.py")]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *files],
        env=environment,
        capture_output=True,
        text=True,
        cwd=HERE.parent.parent,
    )
    assert run.returncode == 0, run.stdout[-4000:]
