"""Each real Anki has an environment whose packages agree with each other, so that setting up prints no error."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

OLD = Path(sys.prefix) / "anki-24.11" / "bin" / "python"


@pytest.mark.parametrize("python", [Path(sys.executable), OLD], ids=["newest", "oldest"])
def test_the_packages_of_an_environment_agree(python: Path) -> None:
    if not python.exists():
        pytest.skip("`make test` sets it up")
    found = subprocess.run([python, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    assert found.returncode == 0, f"{found.stdout}\n(`make clean` removes an environment of an older Makefile)"
