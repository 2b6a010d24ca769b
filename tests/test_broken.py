"""Every rule has a broken example: files laid over the small bank, and the exact output of `qbank check`.

`tests/broken/<rule>/` holds the files and `expected.txt`; `command.txt` where another command finds the fault, and
`style.yaml` for docs/style.md (tests/test_style.py). A file `x.symlink` becomes a link to what it names, `x.repeat` a
file of a character repeated.
Write the expected output anew, and read it, with: QBANK_UPDATE=1 pytest tests/test_broken.py
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import HERE, problems
from qbank.check import RULES as CHECKED
from qbank.cli import main
from qbank.outputs import flashcards, paper
from qbank.problem import Problem

PRINTED = (*paper.RULES, *flashcards.RULES)
BROKEN = HERE / "broken"
MENDED = "`qbank check --fix` mends it"
EXAMPLES = sorted(path.name for path in BROKEN.iterdir() if path.is_dir())


def laid_over(rule: str, bank: Path) -> None:
    """Lay the example over a copy of the small bank."""
    special = {"expected.txt", "command.txt", "style.yaml"}
    shutil.copytree(BROKEN / rule, bank, dirs_exist_ok=True, ignore=lambda _, names: special & set(names))
    for link in bank.rglob("*.symlink"):
        link.with_suffix("").symlink_to(link.read_text().strip())
        link.unlink()
    for recipe in bank.rglob("*.repeat"):
        character, _, times = recipe.read_text().strip().partition(" ")
        recipe.with_suffix("").write_text(character * int(times))
        recipe.unlink()


def run(rule: str, bank: Path, *more: str) -> Result:
    """Lay the example over a copy of the small bank and run its command there."""
    laid_over(rule, bank)
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
def test_what_fix_promises_of_an_example_it_does_once_for_all(
    rule: str, minibank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if MENDED not in (BROKEN / rule / "expected.txt").read_text(encoding="utf-8"):
        return
    monkeypatch.chdir(minibank.parent)
    run(rule, minibank)
    before = files(minibank)
    promised = json.loads(CliRunner().invoke(main, ["check", "--format", "json"]).output)
    fixed = CliRunner().invoke(main, ["check", "--fix"])
    assert MENDED not in fixed.output
    for row in (row for row in promised if row["fix"] and row["fix"]["safe"]):
        assert f"{row['span']['path']}:{row['span']['line']}: {row['rule']}: " in fixed.output
    after = files(minibank)
    assert after != before
    again = CliRunner().invoke(main, ["check", "--fix"])
    assert files(minibank) == after
    assert again.output == re.sub(r"^mended in .*\n(?:  .*\n)*", "", fixed.output)


def files(bank: Path) -> dict[str, bytes]:
    return {path.relative_to(bank).as_posix(): path.read_bytes() for path in bank.rglob("*") if path.is_file()}


@pytest.mark.parametrize("rule", EXAMPLES)
def test_an_example_shows_its_own_rule_only(rule: str) -> None:
    found = set(
        re.findall(r"^(?:error|warning)\[(.+?)\]", (BROKEN / rule / "expected.txt").read_text(encoding="utf-8"), re.M)
    )
    assert found == {rule}


def read_faults(bank: Path) -> list[Problem]:
    """What is wrong with how the files of a bank are written; what is missing may come to light by a fix."""
    reading = {rule.name for rule in CHECKED if rule.scope == "reading"} - {"missing-field"}
    return [found.problem for found in problems(bank) if found.problem.rule in reading]


@pytest.mark.parametrize("rule", EXAMPLES)
def test_a_fix_in_the_text_of_a_file_mends_its_problem_and_makes_no_other(rule: str, minibank: Path) -> None:
    laid_over(rule, minibank)
    before = read_faults(minibank)
    for problem in before:
        if not problem.fix or any(edit.place.pointer for edit in problem.fix.edits):
            continue
        path = minibank / problem.place.path
        held = path.read_bytes()
        text = held.decode("utf-8-sig")
        for edit in reversed(problem.fix.edits):
            text = text[: edit.place.start] + edit.text + text[edit.place.end :]
        path.write_bytes(text.encode())
        assert len(read_faults(minibank)) < len(before), f"{problem} is still there, or another came"
        path.write_bytes(held)


@pytest.mark.parametrize("rule", ["vanished-question", "vanished-card"])
def test_nothing_is_missed_that_an_unread_list_of_the_retired_may_name(rule: str, minibank: Path) -> None:
    laid_over(rule, minibank)
    assert rule in {found.problem.rule for found in problems(minibank)}
    (minibank / "retired.yaml").write_text("retired: a: b\n")
    assert {found.problem.rule for found in problems(minibank)} == {"yaml-syntax"}


def test_no_deck_is_missed_that_unread_settings_may_name(minibank: Path) -> None:
    laid_over("renamed-deck", minibank)
    (minibank / "bank.yaml").write_text("title: a: b\n")
    assert {found.problem.rule for found in problems(minibank)} == {"yaml-syntax"}
