"""A release moves the ledger, writes the changelog and builds dist/, or does nothing at all."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import RETIRED, TIME, surveyed
from qbank import dist
from qbank.bank.layout import LEDGER
from qbank.cli import main
from qbank.ledger.file import read
from qbank.ledger.schema import NOTE_SCHEMAS, NoteSchema
from qbank.outputs.notes import all_notes
from qbank.tree import Folder


@pytest.fixture(autouse=True)
def here(minibank: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(minibank.parent)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return minibank.parent


def qbank(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


QUESTION = Path("bank/evaluation/precision.yaml")


def correct() -> None:
    QUESTION.write_text(QUESTION.read_text().replace("The share of predicted", "Of the predicted"))


def test_a_release_moves_the_ledger_and_builds() -> None:
    result = qbank("release", "2026.11", "--time", str(TIME))
    assert result.exit_code == 0, result.output
    assert "6 new" in result.output
    ledger = read(Folder(Path("bank")))
    assert json.loads(Path("bank", LEDGER).read_text().partition("\n")[0])["format"] == 2
    assert (ledger.version, ledger.time, len(list(ledger.notes(None)))) == ("2026.11", TIME, 6)
    assert Path("dist/anki/mini.apkg").is_file()
    assert qbank("check").exit_code == 0


def test_a_dry_run_says_what_would_change_and_writes_nothing() -> None:
    before = tree(Path())
    result = qbank("release", "2026.11", "--time", str(TIME), "--dry-run")
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[-1] == "2026.11 would be: 6 new. Nothing is written."
    assert "### Model evaluation\n- Precision: new\n" in result.output
    assert tree(Path()) == before


def test_a_build_after_a_release_gives_the_same_bytes_and_leaves_the_ledger_alone() -> None:
    qbank("release", "2026.11", "--time", str(TIME))
    released, bank = tree(Path("dist")), tree(Path("bank"))
    assert qbank("build", "--out", "again").exit_code == 0
    for apart in ("book", "collection", "epub", "flashcards", "site"):
        assert qbank("build", "--only", apart, "--out", "again").exit_code == 0
    assert tree(Path("again")) == released
    assert tree(Path("bank")) == bank


def test_two_checkouts_release_the_same_bytes(here: Path) -> None:
    import shutil

    shutil.copytree("bank", "other/bank")
    qbank("release", "2026.11", "--time", str(TIME))
    qbank("release", "2026.11", "--time", str(TIME), "--bank", "other/bank", "--out", "other/dist")
    assert tree(Path("dist")) == tree(Path("other/dist"))
    assert tree(Path("bank")) == tree(Path("other/bank"))


def test_the_changelog_grows_at_its_head() -> None:
    qbank("release", "2026.10", "--time", str(TIME))
    correct()
    qbank("release", "2026.11", "--time", str(TIME + 1))
    text = Path("bank/CHANGELOG.md").read_text()
    assert text.index("## 2026.11") < text.index("## 2026.10")
    assert "- Precision: corrected\n" in text
    assert "- Ridge regression: new" in text


def test_only_what_changed_is_newer() -> None:
    qbank("release", "2026.10", "--time", str(TIME))
    correct()
    qbank("release", "2026.11", "--time", str(TIME + 1))
    times = {key: note.time for key, note in read(Folder(Path("bank"))).notes(None)}
    assert {key for key, when in times.items() if when == TIME + 1} == {"precision", "precision/formula"}


@pytest.mark.parametrize("version", ["1", "v2026.11", "2026.11-rc", "2026.10"])
def test_a_version_is_new_and_well_formed(version: str) -> None:
    qbank("release", "2026.10", "--time", str(TIME))
    before = tree(Path("bank"))
    assert qbank("release", version, "--time", str(TIME + 1)).exit_code == 2
    assert tree(Path("bank")) == before


@pytest.mark.parametrize("when", [TIME, TIME - 1, 0, "in the future"])
def test_a_release_is_later_than_the_last_and_not_in_the_future(when: int | str) -> None:
    if when == "in the future":
        when = int(time.time()) + 1000
    qbank("release", "2026.10", "--time", str(TIME))
    before = tree(Path("bank"))
    assert qbank("release", "2026.11", "--time", str(when)).exit_code == 2
    assert tree(Path("bank")) == before


def test_a_bank_with_problems_is_not_released() -> None:
    QUESTION.write_text("question: What?\n")
    before = tree(Path())
    assert qbank("release", "2026.11", "--time", str(TIME)).exit_code == 1
    assert tree(Path()) == before


@pytest.mark.parametrize("step", ["write", "replace"])
def test_a_crash_in_the_middle_leaves_the_old_ledger(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    qbank("release", "2026.10", "--time", str(TIME))
    correct()
    ledger, before = Path("bank", LEDGER).read_bytes(), tree(Path("dist"))

    def crash(*_: object, **__: object) -> None:
        raise RuntimeError("the power went out")

    monkeypatch.setattr(dist, step, crash)
    assert qbank("release", "2026.11", "--time", str(TIME + 1)).exit_code == 1
    assert Path("bank", LEDGER).read_bytes() == ledger
    assert tree(Path("dist")) == before


def test_what_is_retired_stays_in_the_package_with_its_reason() -> None:
    qbank("release", "2026.10", "--time", str(TIME))
    QUESTION.unlink()
    Path("bank/retired.yaml").write_text(
        "retired:\n  - {name: precision, reason: Use *recall* too., replaced_by: ridge-regression}\n"
    )
    text = Path("bank/linear-models/ridge-regression.yaml").read_text()
    Path("bank/linear-models/ridge-regression.yaml").write_text(text.replace("see_also: [precision]\n", ""))
    result = qbank("release", "2026.11", "--time", str(TIME + 1))
    assert result.exit_code == 0, result.output
    retired = {note.key: note for note in all_notes(surveyed(Path("bank"))) if RETIRED in note.tags}
    assert set(retired) == {"precision", "precision/formula"}
    question = retired["precision"]
    assert question.named["Question"] == "What is precision?"
    assert "Use <em>recall</em> too." in question.named["Answer"]
    assert "ridge-regression" in question.named["Notice"]
    assert not question.named["Explanation"]
    assert "- precision: retired" in Path("bank/CHANGELOG.md").read_text()
    assert qbank("release", "2026.12", "--time", str(TIME + 2)).exit_code == 0, "it stays for good"


def test_a_preview_has_names_of_its_own() -> None:
    assert qbank("build", "--only", "anki", "--preview").exit_code == 0
    made = {path.name for path in Path("dist/preview/anki").glob("*.apkg")}
    assert made == {"mini-preview.apkg", "mini-preview-core.apkg", "mini-preview-essential.apkg"}


def test_a_preview_leaves_the_real_decks_alone() -> None:
    qbank("build", "--only", "anki")
    before = tree(Path("dist"))
    qbank("build", "--only", "anki", "--preview")
    assert {path: data for path, data in tree(Path("dist")).items() if not path.startswith("preview/")} == before


def test_a_reserved_field_that_is_put_to_use_corrects_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    qbank("release", "2026.10", "--time", str(TIME))
    for kind, schema in NOTE_SCHEMAS.items():
        fields = tuple((number, name.replace("Reserve", "Spare")) for number, name in schema.fields)
        monkeypatch.setitem(NOTE_SCHEMAS, kind, NoteSchema(schema.is_cloze, fields, schema.templates))
    result = qbank("release", "2026.11", "--time", str(TIME + 1))
    assert result.exit_code == 0, result.output
    assert "nothing changed" in result.output
    times = {note.time for _, note in read(Folder(Path("bank"))).notes(None)}
    assert times == {TIME}
