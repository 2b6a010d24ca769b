"""The contract on the oldest Anki that matters: 24.11, the last that stamps an updated note with the time of import."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
#: The Python of the environment that `make test` makes for it, inside that of the newest one.
OLD = Path(sys.prefix) / "anki-24.11" / "bin" / "python"


def test_the_contract_holds_on_anki_24_11() -> None:
    if not OLD.exists():
        message = "anki 24.11 is not installed: THE CONTRACT IS NOT TESTED ON THE OLDEST ANKI IN THIS RUN"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    environment = {**os.environ, "QBANK_LIVES": "5"}
    version = subprocess.run(
        [OLD, "-c", "import anki.buildinfo; print(anki.buildinfo.version)"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert version.stdout.strip() == "24.11"
    files = [str(HERE / "test_contract.py"), str(HERE / "test_damage.py")]
    run = subprocess.run(
        [OLD, "-m", "pytest", "-q", "-o", "addopts=", "-p", "no:cacheprovider", *files],
        env=environment,
        capture_output=True,
        text=True,
        cwd=HERE.parent.parent,
    )
    assert run.returncode == 0, run.stdout[-4000:]
