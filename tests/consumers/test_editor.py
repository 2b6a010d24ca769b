"""What an author sees in an editor: fields and values are offered, explained, and marked where they are wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import REPOSITORY
from editor import Editor
from qbank.cli import main

GOOD = "title: Why\nquestion: Why?\nkind: concept\nlevel: core\nanswer: Because.\nexplanation: It is so.\n"
NEW = "bank/linear-models/a-question-to-be.yaml"


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """An editor that has opened this repository."""
    opened = Editor(REPOSITORY, tmp_path_factory.mktemp("editor"))
    yield opened
    opened.close()


def test_a_good_question_is_not_marked(editor: Editor) -> None:
    assert editor.diagnoses(NEW, GOOD) == []
    path = "bank/linear-models/logistic-regression.yaml"
    assert editor.diagnoses(path, (REPOSITORY / path).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", ["bank", "references", "retired", "origins"])
def test_the_other_files_are_known_and_not_marked(name: str, editor: Editor) -> None:
    path = f"bank/{name}.yaml"
    text = (REPOSITORY / path).read_text(encoding="utf-8")
    assert editor.diagnoses(path, text) == []
    assert editor.diagnoses(path, text + "wrong-field: 1\n")


def test_a_wrong_field_is_marked_in_its_line(editor: Editor) -> None:
    marked = editor.diagnoses(NEW, GOOD + "anwser: Because.\n")
    assert marked == [(6, "Property anwser is not allowed.")]


def test_a_wrong_value_is_marked_with_those_that_are_right(editor: Editor) -> None:
    ((line, message),) = editor.diagnoses(NEW, GOOD.replace("core", "kore"))
    assert line == 3
    assert '"core", "intermediate", "advanced"' in message


def test_a_wrong_form_is_marked_in_words(editor: Editor) -> None:
    assert editor.diagnoses(NEW, GOOD + "as_of: November\n") == [(6, "This must be a year and a month.")]


def test_a_field_that_is_missing_is_named(editor: Editor) -> None:
    assert editor.diagnoses(NEW, GOOD.replace("answer: Because.\n", "")) == [(0, 'Missing property "answer".')]


def test_fields_are_offered(editor: Editor) -> None:
    offered = editor.completions(NEW, GOOD + "|")
    assert {"aliases", "cards", "as_of", "references"} <= offered
    assert not {"title", "front", "color"} & offered
    assert {"front", "back", "cloze", "unlike"} <= editor.completions(NEW, GOOD + "cards:\n  - id: a\n    |")
    assert {"color", "deck"} <= editor.completions("bank/bank.yaml", "topics:\n  - name: a\n    |")


def test_values_are_offered(editor: Editor) -> None:
    assert {"core", "intermediate", "advanced"} <= editor.completions(NEW, "title: Why\nlevel: |")
    assert {"true", "false"} <= editor.completions(NEW, "title: Why\nessential: |")


def test_a_field_is_explained(editor: Editor) -> None:
    shown = editor.hover(NEW, GOOD.replace("answer", "ans|wer"))
    assert "the claim before the reasons" in shown
    assert "At most 60 words" in shown


def test_a_new_question_names_its_schema_to_editors_without_settings(tmp_path: Path) -> None:
    bank = tmp_path / "sky" / "bank"
    runner = CliRunner()
    assert runner.invoke(main, ["init", str(tmp_path / "sky")]).exit_code == 0
    assert runner.invoke(main, ["new", "moon/tides", "--bank", str(bank)]).exit_code == 0
    text = (bank / "moon" / "tides.yaml").read_text(encoding="utf-8")
    editor = Editor(tmp_path / "sky", tmp_path, configured=False)
    try:
        assert editor.diagnoses("bank/moon/tides.yaml", text) == []
        assert editor.diagnoses("bank/moon/tides.yaml", text + "wrong: 1\n") == [
            (text.count("\n"), "Property wrong is not allowed.")
        ]
    finally:
        editor.close()
