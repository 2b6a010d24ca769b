"""The schema that editors get says what the bank takes, no more and no less."""

from __future__ import annotations

import json

import jsonschema
import yaml

from conftest import BANK
from qbank.bank import layout, load
from qbank.bank.model import Question
from qbank.bank.schema import json_schema
from qbank.bank.settings import KINDS, LEVELS
from qbank.tree import Folder

GOOD = "title: Why\nquestion: Why?\nkind: concept\nlevel: core\nanswer: Because.\nexplanation: It is so.\n"
TREE = Folder(BANK)
SETTINGS = load.header(TREE)[0].settings


def test_the_schema_for_editors_is_fresh() -> None:
    """After a change of the model: .venv/bin/qbank schema > bank/schema.json"""
    kept = json.loads((BANK / "schema.json").read_text(encoding="utf-8"))
    assert kept == json_schema(Question, SETTINGS.choices)


def test_the_schema_accepts_the_bank_and_refuses_a_mistyped_field() -> None:
    validator = jsonschema.Draft202012Validator(json_schema(Question, SETTINGS.choices))
    validator.check_schema(json_schema(Question, SETTINGS.choices))
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
    usual = json_schema(Question, SETTINGS.choices)
    assert usual["properties"]["kind"]["enum"] == [kind.name for kind in KINDS]
    assert usual["properties"]["level"]["enum"] == list(LEVELS)
