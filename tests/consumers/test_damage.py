"""What the rules for identity prevent: each test first shows the damage on the real backend, then the refusal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
import yaml

from learner import Learner
from qbank.ledger import schema as note_schema
from qbank.ledger.schema import NoteSchema
from releases import DAY, FIRST, SECOND, ChangingBank


@pytest.fixture
def bank(tmp_path: Path) -> ChangingBank:
    return ChangingBank(tmp_path, 6)


@pytest.fixture
def learner(bank: ChangingBank, tmp_path: Path) -> Iterator[Learner]:
    """Someone who has the first release and has reviewed it."""
    (tmp_path / "profile").mkdir()
    someone = Learner(tmp_path / "profile", FIRST, Random(1))
    someone.imports(bank.release("2026.9", FIRST) / "mini.apkg")
    someone.on(FIRST + DAY).reviews(120)
    yield someone
    someone.close()


def forced(bank: ChangingBank, learner: Learner):  # type: ignore[no-untyped-def]
    """Import what the check refuses."""
    return learner.on(SECOND + DAY).imports(bank.force("2026.10", SECOND) / "mini.apkg")


def refused(bank: ChangingBank) -> list[str]:
    return sorted({problem.rule for problem in bank.problems()})


def settings(bank: ChangingBank, **values: object) -> None:
    path = bank.root / "bank.yaml"
    path.write_text(yaml.safe_dump({**yaml.safe_load(path.read_text()), **values}))


def test_a_question_that_vanishes_is_never_corrected_again(bank: ChangingBank, learner: Learner) -> None:
    guid = bank.guid("question-1")
    before = learner.fields(guid)
    bank.path("question-1").unlink()
    forced(bank, learner)
    assert learner.fields(guid) == before, "the wrong card stays as it was, without a word"
    assert refused(bank) == ["vanished-question"]


def test_a_card_whose_id_changes_comes_twice(bank: ChangingBank, learner: Learner) -> None:
    old = bank.guid("question-1/fact")
    question = bank.read("question-1")
    question["cards"][0]["id"] = "the-fact"
    bank.write("question-1", question)
    forced(bank, learner)
    new = bank.guid("question-1/the-fact")
    assert learner.fields(old)["Front"] == learner.fields(new)["Front"]
    assert learner.note(new).cards()[0].reps == 0, "the new one has none of the progress"
    assert refused(bank) == ["vanished-card"]


def test_a_question_that_is_renamed_comes_twice(bank: ChangingBank, learner: Learner) -> None:
    bank.path("question-1").rename(bank.path("question-1").with_name("renamed.yaml"))
    log = forced(bank, learner)
    assert len(log.new) == 3
    assert refused(bank) == ["vanished-question"]


def test_a_retired_name_that_is_used_again_gives_its_schedule_to_another_question(
    bank: ChangingBank, learner: Learner
) -> None:
    guid = bank.guid("question-1/fact")
    reviews = learner.note(guid).cards()[0].reps
    text = bank.path("question-1").read_text()
    path = bank.path("question-1")
    bank.retire("question-1")
    path.write_text(text.replace("What is fact 1?", "Who was first?"))
    (bank.root / "retired.yaml").write_text("retired: []\n")
    forced(bank, learner)
    assert "Who was first" in learner.fields(guid)["Front"]
    assert learner.note(guid).cards()[0].reps == reviews
    (bank.root / "retired.yaml").write_text("retired:\n  - {name: question-1, reason: It was wrong.}\n")
    assert refused(bank) == ["reused-name"]


def test_clozes_that_swap_numbers_swap_schedules(bank: ChangingBank, learner: Learner) -> None:
    guid = bank.guid("question-1/gap")
    before = learner.note(guid).cards()[0]
    assert "alpha 1" in before.render_output().answer_text
    question = bank.read("question-1")
    question["cards"][1]["cloze"] = "Gap 1: {{c2::alpha 1}} and {{c1::beta 1}}."
    bank.write("question-1", question)
    forced(bank, learner)
    after = learner.note(guid).cards()[0]
    assert (after.ivl, after.reps) == (before.ivl, before.reps)
    assert '<span class="cloze" data-ordinal="1">beta 1' in after.render_output().answer_text
    assert refused(bank) == ["moved-cloze"]


def test_a_cloze_number_that_goes_leaves_an_empty_card(bank: ChangingBank, learner: Learner) -> None:
    question = bank.read("question-1")
    question["cards"][1]["cloze"] = "Gap 1: {{c1::alpha 1}} and beta 1."
    bank.write("question-1", question)
    forced(bank, learner)
    assert learner.col.get_empty_cards().notes
    assert refused(bank) == ["moved-cloze"]


def test_a_cloze_number_used_for_another_fact_keeps_the_old_schedule(bank: ChangingBank, learner: Learner) -> None:
    guid = bank.guid("question-1/gap")
    reps = [card.reps for card in learner.note(guid).cards()]
    question = bank.read("question-1")
    question["cards"][1]["cloze"] = "Another {{c1::sentence}} about other {{c2::things}}."
    bank.write("question-1", question)
    forced(bank, learner)
    assert [card.reps for card in learner.note(guid).cards()] == reps
    assert refused(bank) == ["moved-cloze"]


def test_a_deletion_may_be_corrected_while_its_sentence_grows(bank: ChangingBank, learner: Learner) -> None:
    bank.correct_gap("question-1")
    bank.add_gap("question-1")
    assert refused(bank) == []
    assert not forced(bank, learner).conflicting
    assert learner.faults() == []


def test_a_card_that_changes_its_kind_is_never_updated(bank: ChangingBank, learner: Learner) -> None:
    question = bank.read("question-1")
    question["cards"][0] = {"id": "fact", "cloze": "Fact 1 is {{c1::value 1}}."}
    bank.write("question-1", question)
    log = forced(bank, learner)
    assert len(log.conflicting) == 1
    assert refused(bank) == ["changed-kind"]


def test_a_reverse_that_goes_leaves_an_empty_card(bank: ChangingBank, learner: Learner) -> None:
    bank.reverse("question-1")
    learner.on(SECOND).imports(bank.release("2026.10", SECOND) / "mini.apkg")
    question = bank.read("question-1")
    del question["cards"][0]["reverse"]
    bank.write("question-1", question)
    learner.on(SECOND + DAY).imports(bank.force("2026.11", SECOND + DAY) / "mini.apkg")
    assert learner.col.get_empty_cards().notes
    assert refused(bank) == ["changed-kind"]


def test_a_deck_that_is_renamed_leaves_the_old_cards_behind(bank: ChangingBank, learner: Learner) -> None:
    topics = yaml.safe_load((bank.root / "bank.yaml").read_text())["topics"]
    topics[0]["deck"] = "Evaluation"
    settings(bank, topics=topics)
    name = bank.add(), bank.add()
    forced(bank, learner)
    decks = {learner.col.decks.name(card.did) for guid in learner.guids() for card in learner.note(guid).cards()}
    assert {"Mini::01 Model evaluation", "Mini::Evaluation"} <= decks, name
    assert refused(bank) == ["renamed-deck"]


def test_another_namespace_brings_every_card_a_second_time(bank: ChangingBank, learner: Learner) -> None:
    settings(bank, namespace="another")
    log = forced(bank, learner)
    assert len(log.new) == 18
    assert "renamed-deck" in refused(bank)


def test_a_new_field_stops_all_updates(bank: ChangingBank, learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    old = note_schema.NOTE_SCHEMAS["fact"]
    new = NoteSchema(False, (*old.fields, (499, "Another")), old.templates)
    monkeypatch.setitem(note_schema.NOTE_SCHEMAS, "fact", new)
    bank.correct("question-1")
    log = forced(bank, learner)
    assert len(log.conflicting) == 6
    assert any(each.name.endswith("+") for each in learner.col.models.all_names_and_ids())
    assert refused(bank) == ["frozen-note-type"]


def test_a_field_may_be_renamed_under_its_id(
    bank: ChangingBank, learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = note_schema.NOTE_SCHEMAS["fact"]
    reserved = next(name for _, name in old.fields if name.startswith("Reserve"))
    fields = tuple((number, "Hint" if name == reserved else name) for number, name in old.fields)
    monkeypatch.setitem(note_schema.NOTE_SCHEMAS, "fact", NoteSchema(False, fields, old.templates))
    bank.correct("question-1")
    log = forced(bank, learner)
    assert not log.conflicting
    assert "Hint" in learner.fields(bank.guid("question-1/fact"))
    assert learner.faults() == []
    assert refused(bank) == []


@pytest.mark.parametrize("time", [FIRST, FIRST - 1])
def test_a_release_that_is_not_later_would_not_arrive(
    bank: ChangingBank, learner: Learner, time: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from click.testing import CliRunner

    from qbank.cli import main

    monkeypatch.chdir(bank.folder)
    result = CliRunner().invoke(main, ["release", "2026.10", "--time", str(time)])
    assert result.exit_code == 2
    assert "not later" in result.output
