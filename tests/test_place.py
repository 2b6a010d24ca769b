"""The bank is found from any folder in it, and what is made lies beside it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qbank.cli import main
from qbank.cli.place import nearest_bank

FOLDERS = [".", "bank", "bank/evaluation", "notes/deep"]


def qbank(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


@pytest.fixture(autouse=True)
def here(minibank: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test begins beside a copy of the small bank."""
    monkeypatch.chdir(minibank.parent)
    Path("notes/deep").mkdir(parents=True)
    return minibank.parent


@pytest.mark.parametrize(
    ("folder", "found"), [(".", "bank"), ("bank", "."), ("bank/evaluation", ".."), ("notes/deep", "../../bank")]
)
def test_a_bank_is_found_here_and_in_the_folders_above(folder: str, found: str, here: Path) -> None:
    os.chdir(here / folder)
    assert nearest_bank() == Path(found)
    assert qbank("check").output == "2 questions, no problems\n"


def test_the_nearest_bank_is_taken(here: Path) -> None:
    (here / "notes" / "bank").mkdir()
    (here / "notes" / "bank" / "bank.yaml").write_text("")
    os.chdir(here / "notes" / "deep")
    assert nearest_bank() == Path("../bank")


def test_a_bank_that_is_named_goes_before_one_that_is_found(here: Path) -> None:
    os.chdir(here / "bank")
    assert (
        "there is no bank.yaml in elsewhere; `qbank init DIR` starts a bank"
        in qbank("check", "--bank", "elsewhere").output
    )


def test_without_a_bank_how_to_start_one_is_said(tmp_path_factory: pytest.TempPathFactory) -> None:
    os.chdir(tmp_path_factory.mktemp("empty"))
    for command in ("check", "build", "stats", "schema", "works x", "practice x"):
        made = qbank(*command.split())
        assert made.exit_code == 2
        assert "there is no bank here or in a folder above; start one with `qbank init DIR`" in made.output


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_is_made_lies_beside_the_bank_that_was_found(folder: str, here: Path) -> None:
    os.chdir(here / folder)
    assert qbank("build", "--only", "data").exit_code == 0
    assert (here / "dist" / "data" / "questions.json").is_file()
    assert qbank("check").output == "2 questions, no problems\n", "nothing was written into the bank"


def test_what_is_made_of_a_bank_that_is_named_lies_here(here: Path) -> None:
    os.chdir(here / "notes")
    assert qbank("build", "--only", "data", "--bank", "../bank").exit_code == 0
    assert (here / "notes" / "dist" / "data").is_dir()
    assert qbank("build", "--only", "data", "--out", "deep").exit_code == 0
    assert (here / "notes" / "deep" / "data").is_dir()


def test_an_output_of_the_whole_bank_is_not_made_of_one_topic() -> None:
    for output in ("data", "plans", "book", "collection"):
        made = qbank("build", "--only", output, "--topic", "evaluation")
        assert (made.exit_code, f"'{output}' is made of the whole bank; leave --topic out" in made.output) == (2, True)
    assert not Path("dist").exists()


def test_problems_are_named_as_seen_from_this_folder(here: Path) -> None:
    (here / "bank" / "evaluation" / "precision.yaml").write_text("a: [", encoding="utf-8")
    os.chdir(here / "bank" / "evaluation")
    assert "--> ../evaluation/precision.yaml:1:" in qbank("check", "precision.yaml").output
    os.chdir(here / "notes")
    assert "--> ../bank/evaluation/precision.yaml:1:" in qbank("check").output


def test_a_bank_whose_file_ends_otherwise_is_named(here: Path) -> None:
    Path("bank/bank.yaml").rename("bank/bank.yml")
    assert "rename bank/bank.yml to bank.yaml" in qbank("check").output
