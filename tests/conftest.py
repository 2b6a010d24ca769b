"""What tests share: a small bank, and ways to change and build it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

HERE = Path(__file__).parent
REPOSITORY = HERE.parent
MINIBANK = HERE / "minibank"
BANK = REPOSITORY / "bank"
#: A time for builds in tests: 2026-11-01T00:00:00Z.
TIME = 1_793_491_200


@pytest.fixture
def minibank(tmp_path: Path) -> Path:
    """A copy of the small bank, to be changed at will."""
    return Path(shutil.copytree(MINIBANK, tmp_path / "bank"))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The decks and data of the real bank, as `qbank build` writes them."""
    from qbank import files
    from qbank.check import check
    from qbank.outputs import anki, data
    from qbank.outputs.artifact import Edition

    bank, problems = check(BANK)
    assert not problems
    out = tmp_path_factory.mktemp("built")
    edition = Edition("test", TIME)
    files.write(out, anki.build(bank, edition))
    files.write(out, data.build(bank, edition))
    return out
