"""Data becomes values of the model; what does not fit is said once, and an empty value stands in its place."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qbank.bank.model import Card, ClozeText, Line, Markdown, Question, Text, Work, texts
from qbank.bank.settings import KINDS, LEVELS
from qbank.bank.shape import Reading, slots
from qbank.problem import Place, Problem
from qbank.source.nodes import Scalar, find
from qbank.source.places import located
from qbank.source.reader import parse
from qbank.tree import Memory

GOOD = "title: Why\nquestion: Why?\nkind: concept\nlevel: core\nanswer: Because.\nexplanation: It is so.\n"


CHOICES = {"kinds": tuple(kind.name for kind in KINDS), "levels": LEVELS}
PATH = "t/a.yaml"


def place(text: str, where: Place) -> str:
    """Line and column at which an editor shows a place."""
    (found,) = located(Memory({PATH: text.encode()}), [Problem("r", where, "m", "h")])
    return f"{found.span.line}:{found.span.column}"


def question(text: str) -> tuple[Question, list[str]]:
    source = parse(text.encode(), PATH)
    problems: list[Problem] = list(source.problems)
    built = Reading(source, problems, CHOICES).build(Question, wanted=["explanation"], name="a", topic="t", path=PATH)
    return built, [f"{problem.rule} {place(text, problem.place)}" for problem in problems]


def test_a_question_needs_five_fields_only() -> None:
    built, problems = question(GOOD)
    assert problems == []
    assert (built.name, built.topic, built.answer, built.cards) == ("a", "t", "Because.", ())


def test_texts_have_the_type_and_the_place_of_their_field() -> None:
    built, _ = question(GOOD + "cards:\n  - id: one\n    cloze: 'A {{c1::gap}}.'\n")
    assert [type(text) for text in texts(built.cards[0])] == [type(built.cards[0].id), ClozeText, type(built.kind)]
    assert isinstance(built.question, Line)
    assert isinstance(built.answer, Markdown)
    assert place(GOOD, built.answer.place()) == "5:9"
    assert (built.answer.path, built.answer.pointer) == (PATH, "/answer")


def test_a_part_of_a_text_has_its_own_place() -> None:
    built, _ = question(GOOD)
    assert built.answer.place(2, 5) == Place(PATH, "/answer", 2, 5)
    assert place(GOOD, built.answer.place(2, 5)) == "5:11"


def test_every_text_of_a_question_is_found_again_by_its_pointer() -> None:
    text = GOOD + "pitfalls: [one, two]\ncards:\n  - {id: x, front: A?, back: b}\nfigure: {file: a.svg, alt: A}\n"
    root = parse(text.encode(), PATH).root
    # What a default fills in stands in no file.
    written = [each for each in texts(question(text)[0]) if each.path]
    found = {each.pointer: find(root, each.pointer) for each in written}
    assert {"/question", "/pitfalls/1", "/cards/0/back", "/figure/alt"} <= set(found)
    for each in written:
        node = found[each.pointer]
        assert isinstance(node, Scalar)
        assert node.value == each


def test_all_faults_are_found_in_one_pass() -> None:
    _, problems = question(
        "title: x\nquestion: [a]\nkind: concpt\nlevel:\nanswr: x\npitfalls: x\ncards:\n  - front: x\n"
    )
    assert problems == [
        "wrong-shape 2:11",
        "unknown-value 3:7",
        "empty-value 4:7",
        "unknown-field 5:1",
        "wrong-shape 6:11",
        "missing-field 8:5",
        "missing-field 1:1",
    ]


def test_a_mistyped_field_is_not_reported_as_missing_too() -> None:
    _, problems = question(GOOD.replace("answer", "anwser"))
    assert problems == ["unknown-field 5:1"]


def test_a_hyphen_for_an_underscore_is_a_typing_error() -> None:
    source = parse((GOOD + "see-also: [b]\n").encode(), "a.yaml")
    problems: list[Problem] = []
    Reading(source, problems, CHOICES).build(Question)
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
    text = json.dumps(value)
    built, problems = question(text)
    assert isinstance(built, Question)
    assert all(isinstance(each, Text) for each in texts(built))
    # What fits the schema says everything that is required.
    assert problems or all((built.question, built.kind, built.level, built.answer, built.explanation))


def test_a_file_of_free_keys_gives_a_value_for_each() -> None:
    source = parse(b"a/b: {title: T, authors: A, year: 2009}\n~c: {title: U, authors: B, yaer: 1}\n", "works.yaml")
    problems: list[Problem] = []
    works = Reading(source, problems).build_all(Work)
    assert {key: work.title for key, work in works.items()} == {"a/b": "T", "~c": "U"}
    assert [works[key].title.pointer for key in works] == ["/a~1b/title", "/~0c/title"]
    assert [problem.rule for problem in problems] == ["unknown-field"]


def test_a_file_that_should_have_keys_and_is_a_list_is_one_problem() -> None:
    source = parse(b"- a\n", "works.yaml")
    problems: list[Problem] = []
    assert Reading(source, problems).build_all(Work) == {}
    assert [(problem.rule, problem.place) for problem in problems] == [("wrong-shape", Place("works.yaml"))]


def test_a_field_takes_the_values_that_the_bank_allows() -> None:
    source = parse((GOOD + "cards: [{id: x, reverse: maybe}]\n").encode(), PATH)
    problems: list[Problem] = []
    Reading(source, problems, {"kinds": ("riddle",), "levels": LEVELS}).build(Question)
    assert [problem.rule for problem in problems] == ["unknown-value", "unknown-value"]
    assert problems[0].help == "write one of riddle"
    assert problems[1].message == "'maybe' is neither true nor false"


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("cards: [{id: x, frnt: A, back: B}]", ["unknown-field"]),
        ("cards: [{id: x, front: A, bck: [B]}]", ["unknown-field", "wrong-shape"]),
        ("references: [{work: esl, where: section 3, page 5}]", ["cut-text"]),
        ("references: [{work: esl, where: section 3, 5, 6, quote: a, b}]", ["cut-text", "cut-text"]),
        ("references: [{work: esl, where: 'section 3, page 5'}]", []),
        ("sheet: a #1 b", ["lost-text"]),
        ("sheet: '#1' # a comment behind quotes loses nothing", []),
        ("sheet: | # nor does one behind a bar\n  a # b", []),
        ("essential: true # nor one behind a value of a list", []),
        ("sheet: TODO", ["unfinished"]),
        ("sheet: A `TODO` in code, todo and TODOS are words", []),
        ("code: {stub: '# TODO'}", []),
        ("code: {solution: '# TODO'}", ["unfinished"]),
        ("cards: [{id: todo-x, front: A, back: todo-x}]", ["unfinished"]),
    ],
)
def test_one_mistake_is_one_problem(text: str, rules: list[str]) -> None:
    problems: list[Problem] = []
    Reading(parse((GOOD + text + "\n").encode(), PATH), problems).build(Question)
    assert [problem.rule for problem in problems] == rules


def test_what_was_meant_is_read_on() -> None:
    problems: list[Problem] = []
    text = GOOD + "cards: [{id: x, frnt: A, back: [0, 1]}]\nsheet: a #1 b\n"
    question = Reading(parse(text.encode(), PATH), problems).build(Question)
    assert (question.cards[0].front, question.cards[0].front.pointer) == ("A", "/cards/0/frnt")
    assert question.cards[0].back.startswith("[0, 1]")
    assert question.sheet == "a #1 b"
