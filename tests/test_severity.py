"""A bank says how grave its faults are, but for those that no bank may have."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import HERE, build, problems, store
from qbank import check
from qbank.check import RULES, severity
from qbank.check.severity import GUARDED, OF_OUTPUTS
from qbank.cli import main
from qbank.outputs import OUTPUTS, flashcards, paper, typesetting
from qbank.problem import Place, Problem
from qbank.store import Store
from qbank.survey import Survey
from qbank.tree import Folder

#: The rules that outputs ask.
PRINTED = (*paper.RULES, *typesetting.RULES, *flashcards.RULES)
SWITCHED = sorted(rule.name for rule in RULES if not rule.guards and rule.scope != "run")
FIXED = sorted(rule.name for rule in (*RULES, *PRINTED) if rule.guards)


def qbank(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


@pytest.fixture(autouse=True)
def here(minibank: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test runs beside a copy of the small bank."""
    monkeypatch.chdir(minibank.parent)
    return minibank.parent


def laid(rule: str, bank: Path) -> None:
    """Lay the example of a rule over a bank."""
    special = {"expected.txt", "command.txt", "style.yaml"}
    shutil.copytree(HERE / "broken" / rule, bank, dirs_exist_ok=True, ignore=lambda _, names: special & set(names))


def switch(bank: Path, **rules: str) -> None:
    """Say something of rules in bank.yaml."""
    rows = "".join(f"  {name.replace('_', '-')}: {said}\n" for name, said in rules.items())
    path = bank / "bank.yaml"
    path.write_text(path.read_text(encoding="utf-8") + f"rules:\n{rows}", encoding="utf-8")


@pytest.mark.parametrize("rule", SWITCHED)
def test_what_a_rule_that_is_off_lets_through_is_built_in_every_form(rule: str, minibank: Path, tmp_path: Path) -> None:
    laid(rule, minibank)
    assert {each.problem.rule for each in problems(minibank)} == {rule}
    switch(minibank, **{rule: "off"})
    assert problems(minibank) == []
    assert build(minibank, tmp_path / "out", *OUTPUTS)


@pytest.mark.parametrize("said", ["off", "warning"])
@pytest.mark.parametrize("rule", FIXED)
def test_a_rule_that_guards_something_cannot_be_switched(rule: str, said: str, minibank: Path) -> None:
    switch(minibank, **{rule: said})
    (found,) = problems(minibank)
    assert found.problem.rule == "fixed-rule"
    assert f"'{rule}' cannot be switched" in found.problem.message
    assert (found.span.path, found.line) == (f"{minibank}/bank.yaml", f"  {rule}: {said}")


def test_a_fault_that_a_bank_must_not_have_is_an_error_whatever_the_bank_says(minibank: Path) -> None:
    laid("raw-html", minibank)
    switch(minibank, raw_html="off")
    assert {(each.problem.rule, each.problem.severity) for each in problems(minibank)} == {
        ("raw-html", "error"),
        ("fixed-rule", "error"),
    }


def test_a_warning_is_shown_and_stops_no_build(minibank: Path) -> None:
    laid("missing-reference", minibank)
    assert qbank("check").exit_code == 1
    switch(minibank, missing_reference="warning")
    checked = qbank("check")
    assert checked.exit_code == 0
    assert "warning[missing-reference]" in checked.output
    assert checked.output.endswith("3 questions, no errors, 1 warning\n")
    assert qbank("build", "--only", "data").exit_code == 0


def test_a_warning_may_become_an_error(minibank: Path) -> None:
    laid("twin-cards", minibank)
    assert qbank("check").exit_code == 0
    switch(minibank, twin_cards="error")
    checked = qbank("check")
    assert (checked.exit_code, "error[twin-cards]" in checked.output) == (1, True)


def test_to_say_of_a_fixed_rule_what_it_is_changes_nothing(minibank: Path) -> None:
    switch(minibank, raw_html="error")
    assert problems(minibank) == []


@pytest.mark.parametrize(
    ("rules", "rule", "said"),
    [
        ("rules: {missing-referense: off}", "unknown-rule", "did you mean 'missing-reference'?"),
        ("rules: {zzz: off}", "unknown-rule", "`qbank rules` lists them"),
        ("rules: {missing-reference: of}", "unknown-value", "did you mean 'off'?"),
        ("rules: {missing-reference: [off]}", "wrong-shape", "one text"),
        ("rules: [missing-reference]", "wrong-shape", "key: value"),
        ("rules: {missing-reference: }", "empty-value", "delete the key"),
    ],
)
def test_what_is_said_wrongly_of_rules_is_a_problem(rules: str, rule: str, said: str, minibank: Path) -> None:
    path = minibank / "bank.yaml"
    path.write_text(path.read_text(encoding="utf-8") + rules + "\n", encoding="utf-8")
    (found,) = problems(minibank)
    assert (found.problem.rule, found.line) == (rule, rules)
    assert said in found.problem.help


@pytest.mark.parametrize("settings", ["title: [\n", ""])
def test_settings_that_cannot_be_read_are_one_problem_whatever_they_said_of_rules(
    settings: str, minibank: Path
) -> None:
    laid("missing-reference", minibank)
    (minibank / "bank.yaml").write_text(settings, encoding="utf-8")
    assert [each.span.path for each in problems(minibank)] == [f"{minibank}/bank.yaml"]


def test_a_switch_holds_at_once_for_what_was_kept_and_makes_nothing_anew(minibank: Path, tmp_path: Path) -> None:
    laid("missing-reference", minibank)
    with Store(tmp_path / "store") as kept:
        before = Survey(Folder(minibank), kept)
        assert [each.severity for each in before.verdict.problems] == ["error"]
        switch(minibank, missing_reference="warning")
        after = Survey(Folder(minibank), kept)
        assert [each.severity for each in after.verdict.problems] == ["warning"]
        assert after.header_key == before.header_key, "what is rendered does not hang on the rules"
        (minibank / "bank.yaml").write_text((minibank / "bank.yaml").read_text().replace("warning", "off"))
        assert Survey(Folder(minibank), kept).verdict.problems == ()


def test_a_question_with_warnings_is_rendered_while_it_is_read(minibank: Path) -> None:
    laid("missing-reference", minibank)
    switch(minibank, missing_reference="warning")
    survey = Survey(Folder(minibank), store(), rendering=True)
    assert survey.verdict.problems
    assert all(store().get(survey.key(question)) for question in survey.bank.questions)


def test_without_a_switch_problems_stay_what_they_are(minibank: Path) -> None:
    settings = Survey(Folder(minibank), store()).header.settings
    found = [Problem("a", Place("b"), "", ""), Problem("b", Place("b"), "", "", None, "warning")]
    assert check.settled(found, settings) == found


def test_rules_of_outputs_are_known_by_name() -> None:
    assert {rule.name: rule.guards for rule in PRINTED} == dict(OF_OUTPUTS)


def test_every_rule_of_reading_of_released_notes_and_of_pages_guards_something() -> None:
    assert all(rule.guards for rule in (*RULES, *PRINTED) if rule.scope in ("reading", "note", "page"))
    assert {rule.guards for rule in (*RULES, *PRINTED) if rule.guards} == set(GUARDED)
    assert all(rule.guards for rule in severity.RULES), "nobody switches off what is said of switching"


def test_rules_are_shown_with_what_may_be_said_of_them() -> None:
    assert "`rules: {missing-reference: off}`" in qbank("rules", "missing-reference").output
    assert "No bank can switch it: it guards security." in qbank("rules", "raw-html").output
    page = qbank("rules", "--markdown").output
    assert "| [missing-reference](#missing-reference) | error | yes |" in page
    assert "| [raw-html](#raw-html) | error | no: it guards security |" in page
    assert "| [twin-cards](#twin-cards) | warning | yes |" in page


def test_what_no_output_can_render_is_said_although_a_cause_of_it_is_off() -> None:
    precision = Path("bank/evaluation/precision.yaml")
    precision.write_text(
        precision.read_text(encoding="utf-8").replace("The share", "The【4†a】 share"), encoding="utf-8"
    )
    switch(Path("bank"), foreign_markup="off")
    assert "error[unprintable-character]" in qbank("check").output
