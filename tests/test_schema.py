"""The schema that editors get says what the bank takes, no more and no less."""

from __future__ import annotations

import json

import jsonschema
import pytest
import yaml

from conftest import BANK, REPOSITORY
from qbank.bank import layout, load
from qbank.bank.model import Question
from qbank.bank.schema import EXTENSIONS, FILES, File, editor_settings, json_schema, schema_path, schemas
from qbank.bank.settings import KINDS, LEVELS, Limits, Settings
from qbank.bank.shape import slots
from qbank.tree import Folder

GOOD = "title: Why\nquestion: Why?\nkind: concept\nlevel: core\nanswer: Because.\nexplanation: It is so.\n"
TREE = Folder(BANK)
SETTINGS = load.header(TREE)[0].settings


def test_the_schemas_for_editors_are_fresh() -> None:
    """After a change of the model or of bank.yaml: .venv/bin/qbank schema"""
    kept = {path.relative_to(BANK).as_posix(): json.loads(path.read_text()) for path in BANK.glob("schemas/*")}
    assert kept == schemas(SETTINGS)
    assert list(kept["schemas/question.json"]["properties"]) == list(slots(Question))


def test_vs_code_finds_the_schema_of_every_file_of_the_bank() -> None:
    folder = REPOSITORY / ".vscode"
    assert json.loads((folder / "settings.json").read_text()) == editor_settings("bank")
    assert json.loads((folder / "extensions.json").read_text()) == EXTENSIONS
    for schema, files in editor_settings("bank")["yaml.schemas"].items():
        assert (REPOSITORY / schema).is_file()
        assert list(REPOSITORY.glob(files))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_schema_is_one_and_takes_every_such_file_of_the_bank(file: File) -> None:
    schema = schemas(SETTINGS)[schema_path(file)]
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    paths = [path for path in BANK.glob(file.path) if path.parent.name not in layout.NOT_TOPICS]
    assert paths
    for path in paths:
        validator.validate(yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader))


#: A file, and what no such file may hold: a mistyped field, a wrong form, a text that is too long, nothing.
FAULTS = {
    "a mistyped field": ("question", GOOD + "anwser: x\n"),
    "a kind that there is not": ("question", GOOD.replace("concept", "concpet")),
    "a title that is too long": ("question", GOOD.replace("title: Why", f"title: {'x' * 35}")),
    "an empty text": ("question", GOOD.replace("Because.", "''")),
    "a name with a blank": ("question", GOOD + "needs: [two words]\n"),
    "a name that is too long": ("question", GOOD + f"needs: [{'x' * 61}]\n"),
    "a day": ("question", GOOD + "as_of: 2026-11-30x\n"),
    "a path": ("question", GOOD + "figure: {file: ../x.svg, alt: A line}\n"),
    "a card that is like no card": ("question", GOOD + "cards: [{id: a, front: b, back: c, unlike: [d]}]\n"),
    "a work without a title": ("references", "esl: {authors: A, year: 2009, url: 'https://a.b'}"),
    "an address for a DOI": ("references", "esl: {title: T, authors: A, year: 2009, doi: 'https://doi.org/10.1/a'}"),
    "a retirement without a reason": ("retired", "retired: [{name: a}]"),
    "an origin without an id": ("origins", "documents: [{title: T, questions: [{question: Why}]}]"),
}


@pytest.mark.parametrize(("name", "text"), FAULTS.values(), ids=FAULTS)
def test_an_editor_refuses_what_the_bank_refuses(name: str, text: str) -> None:
    validator = jsonschema.Draft202012Validator(schemas(SETTINGS)[f"schemas/{name}.json"])
    assert not validator.is_valid(yaml.safe_load(text))


@pytest.mark.parametrize(
    ("before", "after"), [("'#2262ac'", "blue"), ("deck: 010 ", "deck: 010::"), ("name: f", "name: F")]
)
def test_an_editor_refuses_settings_that_the_bank_refuses(before: str, after: str) -> None:
    validator = jsonschema.Draft202012Validator(schemas(SETTINGS)["schemas/bank.json"])
    text = (BANK / "bank.yaml").read_text(encoding="utf-8")
    assert before in text
    assert validator.is_valid(yaml.safe_load(text))
    assert not validator.is_valid(yaml.safe_load(text.replace(before, after, 1)))


def test_what_an_editor_shows_of_a_field_says_its_form_and_limits() -> None:
    said = {
        name: field["description"] for name, field in schemas(SETTINGS)["schemas/question.json"]["properties"].items()
    }
    assert said["title"].endswith("At most 34 characters.")
    assert said["answer"].endswith("At most 60 words.")
    assert said["pitfalls"].endswith("Each at most 60 words.")
    assert said["as_of"].endswith("It is a year and a month: 2026-11.")
    assert all(said.values())


def test_the_limits_of_the_bank_go_into_its_schema() -> None:
    title = json_schema(Question, SETTINGS.choices, Limits(title=20, answer=10))["properties"]["title"]
    assert (title["maxLength"], title["description"][-22:]) == (20, "At most 20 characters.")


def test_the_schema_accepts_the_bank_and_refuses_a_mistyped_field() -> None:
    validator = jsonschema.Draft202012Validator(json_schema(Question, SETTINGS.choices, wanted=SETTINGS.required))
    validator.check_schema(json_schema(Question, SETTINGS.choices, wanted=SETTINGS.required))
    paths = layout.question_paths(TREE)
    assert paths
    for path in paths:
        with TREE.open(path) as file:
            validator.validate(yaml.load(file, yaml.CSafeLoader))
    assert not validator.is_valid({**yaml.safe_load(GOOD), "anwser": "x"})
    unquoted = yaml.safe_load(GOOD + "cards:\n  - id: half\n    front: What is one half?\n    back: 0.5\n")
    assert validator.is_valid(unquoted), "what the bank reads as text may be a number to other readers of YAML"


def test_the_schema_offers_the_kinds_and_levels_of_the_bank() -> None:
    schema = json_schema(Question, {"kinds": ("riddle",), "levels": ("easy", "hard")})
    assert schema["properties"]["kind"]["enum"] == ["riddle"]
    assert schema["properties"]["level"]["enum"] == ["easy", "hard"]
    usual = json_schema(Question, SETTINGS.choices, wanted=SETTINGS.required)
    assert usual["properties"]["kind"]["enum"] == [kind.name for kind in KINDS]
    assert usual["properties"]["level"]["enum"] == list(LEVELS)


def test_a_mapping_from_free_keys_is_an_object_whose_values_are_known() -> None:
    validator = jsonschema.Draft202012Validator(json_schema(Settings, {}))
    settings = yaml.safe_load("title: a\nnamespace: b\nroot_deck: c\nslug: d\nlicense: e\ntopics: []\n")
    assert validator.is_valid({**settings, "rules": {"missing-reference": "off", "answer-length": "warning"}})
    assert validator.is_valid({**settings, **yaml.safe_load("rules: {missing-reference: off}")}), (
        "YAML 1.1 has off for no"
    )
    assert not validator.is_valid({**settings, "rules": {"missing-reference": "of"}})
    assert not validator.is_valid({**settings, "rules": ["missing-reference"]})
