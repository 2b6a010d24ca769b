"""`qbank init`: a bank that is good from the start, explains every field, and knows nothing of machine learning."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result

from conftest import BANK, questions
from qbank.bank.schema import FILES, File, schema_path
from qbank.bank.settings import Settings
from qbank.bank.shape import slots
from qbank.cli import main
from qbank.program import templates

TEMPLATE = templates() / "init" / "bank.yaml.j2"


def qbank(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


@pytest.fixture
def begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bank as it is begun, and the folder that holds it the current one."""
    monkeypatch.chdir(tmp_path)
    assert qbank("init", "sky").exit_code == 0
    monkeypatch.chdir(tmp_path / "sky")
    return tmp_path / "sky" / "bank"


def written(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_has_no_problems(begun: Path) -> None:
    assert qbank("check").output == "4 questions, no problems\n"


def test_the_numbers_of_its_texts_are_recomputed(begun: Path) -> None:
    for question in questions(begun):
        assert "assert" in question.checks
        exec(question.checks, {})


def test_every_output_is_built(begun: Path) -> None:
    assert qbank("build").exit_code == 0
    made = set(written(Path("dist")))
    assert {"anki/night-sky.apkg", "cheatsheets/moon-a4.pdf", "data/questions.json"} <= made


def test_the_commands_that_it_names_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = qbank("init", "my sky").output.splitlines()
    named = [line.partition("#")[0].split() for line in lines if line.startswith("qbank ")]
    assert len(named) == 3
    assert "cd 'my sky'" in lines
    monkeypatch.chdir("my sky")
    for words in named:
        assert qbank(*words[1:]).exit_code == 0


def test_in_the_current_folder_nobody_is_told_to_go_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "cd " not in qbank("init", ".").output
    assert (tmp_path / "bank" / "bank.yaml").is_file()


@pytest.mark.parametrize("there", ["bank", ".vscode/settings.json"])
def test_it_writes_over_nothing(there: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(there).parent.mkdir(exist_ok=True)
    Path(there).write_text("mine")
    before = written(tmp_path)
    result = qbank("init", ".")
    assert result.exit_code == 2
    assert f"{there} is there already" in result.output
    assert written(tmp_path) == before


def test_a_bank_is_not_begun_within_another(begun: Path) -> None:
    before = written(begun)
    assert "bank is a bank already" in qbank("init", "bank").output
    assert written(begun) == before


def test_git_keeps_what_is_written_and_not_what_is_made(begun: Path) -> None:
    assert "/dist/" in (begun.parent / ".gitignore").read_text()
    assert "eol=lf" in (begun.parent / ".gitattributes").read_text()


def test_what_git_was_told_before_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".gitignore").write_text("mine")
    assert qbank("init", ".").exit_code == 0
    assert Path(".gitignore").read_text() == "mine"


@pytest.mark.parametrize(("folder", "namespace"), [("sky", "sky"), ("My Küche", "my-kuche"), ("料理", "bank")])
def test_the_namespace_is_that_of_the_folder(
    folder: str, namespace: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert qbank("init", folder).exit_code == 0
    assert yaml.safe_load(Path(folder, "bank", "bank.yaml").read_text())["namespace"] == namespace


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_field_of_every_file_is_set_or_shown(file: File, begun: Path) -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in begun.glob(file.path))

    def shown(cls: type) -> None:
        for name, slot in slots(cls).items():
            assert re.search(rf"^[#\s-]*{name}:", text, re.MULTILINE), name
            if slot.nested and f"See `qbank fields {name}`." not in text:
                shown(slot.of)

    shown(file.of)


def test_what_is_shown_of_bank_yaml_may_stand_there(begun: Path) -> None:
    path = begun / "bank.yaml"
    path.write_text(
        re.sub(r"^( *)# (?=roles|rounds|repository|branch|  - name|    title)", r"\1", path.read_text(), flags=re.M)
    )
    assert len(yaml.safe_load(path.read_text())["roles"]) == 1
    assert qbank("check").output == "4 questions, no problems\n"


def test_a_setting_that_it_does_not_show_is_named_with_its_description(begun: Path) -> None:
    text = (begun / "bank.yaml").read_text(encoding="utf-8")
    for name, slot in slots(Settings).items():
        own = re.search(rf"^(# )?{name}:", TEMPLATE.read_text(encoding="utf-8"), re.MULTILINE)
        assert own or re.search(rf"^# {re.escape(slot.description)}.*\n# {name}: ", text, re.MULTILINE)


def test_it_knows_nothing_of_machine_learning(begun: Path) -> None:
    text = b"\n".join(written(begun.parent).values()).decode()
    assert not re.search(r"machine.learning|\bML\b|regression|neural", text)
    assert not {question.name for question in questions(begun)} & {question.name for question in questions(BANK)}


def test_an_editor_takes_every_file_of_it_by_its_schema(begun: Path) -> None:
    for file in FILES:
        schema = json.loads((begun / schema_path(file)).read_text(encoding="utf-8"))
        for path in begun.glob(file.path):
            jsonschema.Draft202012Validator(schema).validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    mapped = json.loads((begun.parent / ".vscode" / "settings.json").read_text())["yaml.schemas"]
    assert all((begun.parent / schema).is_file() for schema in mapped)
