"""Every rule has a broken example: files laid over the small bank, and the exact output of `qbank check`.

`tests/broken/<rule>/` holds the files and `expected.txt`; `command.txt` where another command finds the fault, and
`style.yaml` for docs/style.md (tests/test_style.py). A file `x.symlink` becomes a link to what it names, `x.repeat` a
file of a character repeated.
Write the expected output anew, and read it, with: QBANK_UPDATE=1 pytest tests/test_broken.py
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import HERE
from qbank.check import RULES as CHECKED
from qbank.cli import main
from qbank.outputs.paper import RULES as PRINTED

BROKEN = HERE / "broken"
EXAMPLES = sorted(path.name for path in BROKEN.iterdir() if path.is_dir())


def run(rule: str, bank: Path, *more: str) -> Result:
    """Lay the example over a copy of the small bank and run its command there."""
    special = {"expected.txt", "command.txt", "style.yaml"}
    shutil.copytree(BROKEN / rule, bank, dirs_exist_ok=True, ignore=lambda _, names: special & set(names))
    for link in bank.rglob("*.symlink"):
        link.with_suffix("").symlink_to(link.read_text().strip())
        link.unlink()
    for recipe in bank.rglob("*.repeat"):
        character, _, times = recipe.read_text().strip().partition(" ")
        recipe.with_suffix("").write_text(character * int(times))
        recipe.unlink()
    command = BROKEN / rule / "command.txt"
    words = shlex.split(command.read_text()) if command.exists() else ["check"]
    return CliRunner().invoke(main, [*words, *more])


def test_every_rule_has_an_example_and_every_example_a_rule() -> None:
    assert EXAMPLES, "no examples were found: this test must see them"
    assert set(EXAMPLES) == {rule.name for rule in (*CHECKED, *PRINTED)}


@pytest.mark.parametrize("rule", EXAMPLES)
def test_a_broken_file_is_reported_in_full(rule: str, minibank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(minibank.parent)
    result = run(rule, minibank)
    expected = BROKEN / rule / "expected.txt"
    if os.environ.get("QBANK_UPDATE"):
        expected.write_text(result.output, encoding="utf-8")
    severity = next(each.severity for each in (*CHECKED, *PRINTED) if each.name == rule)
    assert result.exit_code == (1 if severity == "error" else 0)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.output == expected.read_text(encoding="utf-8")
    assert f"{severity}[{rule}]" in result.output


@pytest.mark.parametrize("rule", EXAMPLES)
def test_an_example_shows_its_own_rule_only(rule: str) -> None:
    found = set(
        re.findall(r"^(?:error|warning)\[(.+?)\]", (BROKEN / rule / "expected.txt").read_text(encoding="utf-8"), re.M)
    )
    assert found == {rule}
