"""bank.yaml says what a bank is made of; where it is silent, the usual values hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import MINIBANK, problems
from qbank.bank import load
from qbank.bank.settings import KINDS, LANGUAGES, LEVELS, Limits, Settings
from qbank.tree import Folder, Overlay

BARE = "title: T\nnamespace: n\nroot_deck: T\nslug: t\nlicense: L\ntopics: []\n"


def settings(text: str) -> tuple[Settings, list[str]]:
    """The settings of a bank.yaml with these lines, and what reading finds wrong with them."""
    tree = Overlay(Folder(MINIBANK), {"bank.yaml": (BARE + text).encode()})
    header, found = load.header(tree)
    return header.settings, [f"{each.rule} {each.place.pointer}" for each in found]


def rules(bank: Path, *lines: str) -> list[str]:
    """The faults of the small bank with these lines in its bank.yaml, each with its line."""
    file = bank / "bank.yaml"
    file.write_text("\n".join([*lines, file.read_text(encoding="utf-8")]), encoding="utf-8")
    return [f"{each.problem.rule} {each.span.line}" for each in problems(bank)]


def test_a_silent_bank_has_the_usual_values() -> None:
    found, said = settings("")
    assert said == []
    assert found.kinds == KINDS
    assert found.choices["levels"] == LEVELS
    assert found.limits == Limits()
    assert (found.required, found.tag_prefix, found.language) == (("explanation",), "qbank", "en-US")
    assert (found.direction, found.locale, found.fonts, found.paper) == ("ltr", ("en", "US"), (), True)
    assert set(found.code_languages) <= set(LANGUAGES)


def test_numbers_and_truth_values_are_read() -> None:
    found, said = settings(
        "kinds: [{name: a, explanation: 40, code: true, references: false}, {name: b-c}]\n"
        "limits: {back: 12}\npaper: false\n"
    )
    assert said == []
    first, second = found.kinds
    assert (first.explanation, first.code, first.references, first.shown) == (40, True, False, "a")
    assert (second.explanation, second.code, second.references, second.shown) == (300, False, True, "b c")
    assert (found.limits.back, found.limits.front, found.paper) == (12, 30, False)


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "ten", "1e3", "9999999", "true"])
def test_a_number_is_whole_and_above_zero_and_else_the_usual_one_stands(value: str) -> None:
    found, said = settings(f"limits: {{back: '{value}'}}\n")
    assert said == ["wrong-shape /limits/back"]
    assert found.limits.back == 10


@pytest.mark.parametrize("value", ["yes", "True", "1", "no"])
def test_a_truth_value_is_true_or_false(value: str) -> None:
    found, said = settings(f"paper: {value}\n")
    assert said == ["unknown-value /paper"]
    assert found.paper


def test_a_level_has_a_place_and_a_title() -> None:
    found, said = settings("levels: [{name: one, title: First year}, {name: two}]\n")
    assert said == []
    assert [found.rank(name) for name in ("one", "two", "three")] == [0, 1, 2]
    assert [found.level(name).shown for name in ("one", "two", "three")] == ["First year", "two", "three"]


def test_mistyped_languages_and_fields_are_named() -> None:
    assert settings("code_languages: [pyton]\nrequired: [pitfals]\n")[1] == [
        "unknown-value /code_languages/0",
        "unknown-value /required/0",
    ]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("language: English", "setting-form 1"),
        ("tag_prefix: two words", "setting-form 1"),
        ("tag_prefix: a::b", "setting-form 1"),
        ("words: {day: '{number} day'}", "setting-form 1"),
        ("words: {day: a day}", "setting-form 1"),
        ("words: {pitfall: Fallstricke}", "unknown-field 1"),
        ("levels: [{name: core}, {name: core}]", "duplicate-name 1"),
        ("levels: [{name: core}, {name: Up/../up}]", "setting-form 1"),
        ("levels: [{name: core}, {name: essential}]", "setting-form 1"),
        ("levels: []", "setting-form 1"),
        ("kinds: []", "setting-form 1"),
        ("kinds: [{name: concept, round: oral}]", "unknown-slice 1"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(line: str, rule: str, minibank: Path) -> None:
    assert rules(minibank, line) == [rule]


def test_what_a_bank_requires_is_missing_where_it_is_missing(minibank: Path) -> None:
    assert rules(minibank, "required: [sheet, pitfalls, aliases]") == ["missing-field 1"] * 3


@pytest.mark.parametrize("line", ["kinds: [concept, coding]", "kinds: [{title: Concept}]"])
def test_questions_are_not_blamed_for_kinds_that_could_not_be_read(line: str, minibank: Path) -> None:
    assert {each.partition(" ")[2] for each in rules(minibank, line)} == {"1"}


def test_a_bank_without_works_is_one_problem(minibank: Path) -> None:
    (minibank / "references.yaml").unlink()
    (problem,) = problems(minibank)
    assert problem.problem.rule == "unknown-reference"
    assert "nothing stands in references.yaml" in problem.problem.message


@pytest.mark.parametrize(("color", "legible"), [("#000000", True), ("#B9510A", True), ("#ffff00", False)])
def test_white_is_legible_on_a_color(color: str, legible: bool, minibank: Path) -> None:
    file = minibank / "bank.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("#6b3fa0", color), encoding="utf-8")
    assert (problems(minibank) == []) == legible
