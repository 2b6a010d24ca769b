"""Data becomes values of the model; what does not fit is said once, and an empty value stands in its place."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import REPOSITORY
from qbank.model import Bank, Card, ClozeText, Line, Markdown, Question, texts
from qbank.problem import Problem
from qbank.shape import build, json_schema, slots
from qbank.source import parse

GOOD = "question: Why?\nkind: concept\nlevel: core\nanswer: Because.\nexplanation: It is so.\n"


def question(text: str) -> tuple[Question, list[str]]:
    source = parse(text.encode(), "bank/t/a.yaml")
    problems: list[Problem] = list(source.problems)
    built = build(Question, source, source.root, problems, name="a", topic="t", path="bank/t/a.yaml")
    return built, [f"{problem.rule} {problem.span.line}:{problem.span.column}" for problem in problems]


def test_a_question_needs_five_fields_only() -> None:
    built, problems = question(GOOD)
    assert problems == []
    assert (built.name, built.topic, built.answer, built.cards) == ("a", "t", "Because.", ())


def test_texts_have_the_type_and_the_place_of_their_field() -> None:
    built, _ = question(GOOD + "cards:\n  - id: one\n    cloze: 'A {{c1::gap}}.'\n")
    assert [type(text) for text in texts(built.cards[0])] == [type(built.cards[0].id), ClozeText, type(built.kind)]
    assert isinstance(built.question, Line)
    assert isinstance(built.answer, Markdown)
    assert (built.answer.span().line, built.answer.span().column) == (4, 9)


def test_all_faults_are_found_in_one_pass() -> None:
    _, problems = question("question: [a]\nkind: concpt\nlevel:\nanswr: x\npitfalls: x\ncards:\n  - front: x\n")
    assert problems == [
        "wrong-shape 1:11",
        "unknown-value 2:7",
        "empty-value 3:7",
        "unknown-field 4:1",
        "wrong-shape 5:11",
        "missing-field 7:5",
        "missing-field 1:1",
    ]


def test_a_mistyped_field_is_not_reported_as_missing_too() -> None:
    _, problems = question(GOOD.replace("answer", "anwser"))
    assert problems == ["unknown-field 4:1"]


def test_a_hyphen_for_an_underscore_is_a_typing_error() -> None:
    source = parse((GOOD + "see-also: [b]\n").encode(), "a.yaml")
    problems: list[Problem] = []
    build(Question, source, source.root, problems)
    assert problems[0].help == "rename it to 'see_also'"


def test_a_file_that_is_a_list_is_one_problem() -> None:
    assert question("- a\n- b\n")[1] == ["wrong-shape 1:1"]


_ANY = st.recursive(
    st.text("ab: -", max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*slots(Question), *slots(Card), "x"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(_ANY)
@settings(max_examples=200, deadline=None)
def test_any_data_gives_a_question_and_problems(value: object) -> None:
    source = parse(json.dumps(value).encode(), "a.yaml")
    problems: list[Problem] = []
    assert isinstance(build(Question, source, source.root, problems), Question)


def test_the_schema_for_editors_is_fresh() -> None:
    """After a change of the model: .venv/bin/python -m qbank.shape > bank/schema.json"""
    kept = json.loads((REPOSITORY / "bank" / "schema.json").read_text(encoding="utf-8"))
    assert kept == json_schema(Question)


def test_the_schema_accepts_the_bank_and_refuses_a_mistyped_field() -> None:
    import jsonschema
    import yaml

    from conftest import BANK
    from qbank.load import question_files

    validator = jsonschema.Draft202012Validator(json_schema(Question))
    validator.check_schema(json_schema(Question))
    files = [Path(path) for path in question_files(BANK)[0]]
    assert files
    for path in files:
        validator.validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    assert not validator.is_valid({**yaml.safe_load(GOOD), "anwser": "x"})
    unquoted = yaml.safe_load(GOOD + "cards:\n  - id: half\n    front: What is one half?\n    back: 0.5\n")
    assert validator.is_valid(unquoted), "what the bank reads as text may be a number to other readers of YAML"


def test_a_bank_knows_its_topics_in_study_order() -> None:
    from conftest import MINIBANK
    from qbank.load import load

    bank, problems = load(MINIBANK)
    assert isinstance(bank, Bank)
    assert problems == []
    assert [(topic.name, [q.name for q in questions]) for topic, questions in bank.topics()] == [
        ("evaluation", ["precision"]),
        ("linear-models", ["ridge-regression"]),
    ]
