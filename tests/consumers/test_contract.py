"""Import every release with all options at their defaults: progress stays, corrections arrive, nothing comes twice."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from conftest import RETIRED
from learner import Learner, kept
from qbank.ledger.schema import FILING
from releases import DAY, FIRST, SECOND, THIRD, ChangingBank

#: Random lives in one run of the tests; `make contract` plays many more.
LIVES = int(os.environ.get("QBANK_LIVES", "20"))


@pytest.fixture
def bank(tmp_path: Path) -> ChangingBank:
    return ChangingBank(tmp_path, 60)


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    (tmp_path / "profile").mkdir()
    someone = Learner(tmp_path / "profile", FIRST, Random(1))
    yield someone
    someone.close()


def everything(packages: Path) -> Path:
    return packages / "mini.apkg"


def test_a_learner_keeps_all_progress_through_three_releases(bank: ChangingBank, learner: Learner) -> None:
    first = bank.release("2026.9", FIRST)
    log = learner.imports(everything(first))
    assert len(log.new) == 180
    learner.on(FIRST + DAY).reviews(300)
    guids = learner.guids()
    learner.edits(guids[0:20:2])
    learner.tags(guids[20:30], "marked")
    learner.tags(guids[30:34], "leech")
    learner.suspends(guids[34:44])
    learner.moves(guids[44:54], "My own deck")
    learner.deletes(guids[54:57])

    corrected = [bank.names()[n] for n in range(0, 60, 3)]
    for name in corrected:
        bank.correct(name)
    names = bank.names()
    bank.reword_card(names[1])
    bank.add_gap(names[2])
    bank.correct_gap(names[4])
    bank.retire(names[5])
    bank.retire_card(names[7])
    bank.recolor(Random(2))
    added = bank.add()
    bank.add_card(names[8])
    second = bank.release("2026.10", SECOND)

    learner.on(SECOND + DAY)
    before, reviews, texts = learner.cards(), learner.log(), {g: learner.fields(g) for g in learner.guids()}
    log = learner.imports(everything(second))
    assert not log.conflicting
    assert kept(before, learner.cards()) == []
    assert learner.log() == reviews
    assert learner.faults() == []
    for name in corrected:
        assert learner.fields(bank.guid(name))["Answer"].startswith("<p>Corrected")
    assert "Which value has" in learner.fields(bank.guid(f"{names[1]}/fact"))["Front"]
    assert "true alpha" in learner.fields(bank.guid(f"{names[4]}/gap"))["Text"]
    assert [card.ord for card in learner.note(bank.guid(f"{names[2]}/gap")).cards()] == [0, 1, 2]
    assert bank.guid(added) in learner.guids()
    changed = {note.guid for note in notes_of(bank) if learner.fields(note.guid) != texts.get(note.guid)}
    for guid in learner.touched - changed:
        if texts[guid]["My notes"]:
            assert learner.fields(guid)["My notes"] == f"mine: {guid}"
    retired = bank.guid(f"{names[5]}")
    assert RETIRED in learner.note(retired).tags
    assert "wrong beyond mending" in learner.fields(retired)["Notice"]
    assert learner.fields(retired)["Question"]
    assert RETIRED in learner.note(bank.guid(f"{names[7]}/fact")).tags

    learner.reviews(100)
    for name in corrected[:5]:
        bank.correct(name)
    bank.retire(names[10])
    third = bank.release("2026.11", THIRD)
    learner.on(THIRD + DAY)
    before, reviews = learner.cards(), learner.log()
    log = learner.imports(everything(third))
    assert not log.conflicting
    assert kept(before, learner.cards()) == []
    assert learner.log() == reviews
    assert learner.faults() == []
    for name in corrected[:5]:
        assert learner.fields(bank.guid(name))["Answer"].startswith("<p>Corrected: Corrected")
    again = learner.imports(everything(third))
    assert not (again.new or again.updated or again.conflicting)


def notes_of(bank: ChangingBank) -> list:  # type: ignore[type-arg]
    from qbank.outputs.notes import all_notes

    with bank.surveyed() as survey:
        return list(all_notes(survey))


def test_what_a_learner_wrote_stays_on_what_did_not_change(bank: ChangingBank, learner: Learner) -> None:
    learner.imports(everything(bank.release("2026.9", FIRST)))
    kept_note, replaced = bank.guid("question-2/fact"), bank.guid("question-1")
    learner.on(FIRST + DAY).edits([kept_note, replaced])
    learner.tags([kept_note, replaced], "my-tag")
    bank.correct("question-1")
    learner.on(SECOND + DAY).imports(everything(bank.release("2026.10", SECOND)))
    assert learner.fields(kept_note)["My notes"] == f"mine: {kept_note}"
    assert "my-tag" in learner.note(kept_note).tags
    assert "Corrected" in learner.fields(replaced)["Answer"]
    assert learner.fields(replaced)["My notes"] == ""
    assert "my-tag" not in learner.note(replaced).tags


def test_a_note_edited_after_the_release_keeps_the_edit(bank: ChangingBank, learner: Learner) -> None:
    learner.imports(everything(bank.release("2026.9", FIRST)))
    bank.correct("question-1")
    second = bank.release("2026.10", SECOND)
    note = bank.guid("question-1")
    learner.on(SECOND + DAY).edits([note])
    learner.imports(everything(second))
    assert learner.fields(note)["My notes"] == f"mine: {note}"
    assert "Corrected" not in learner.fields(note)["Answer"]


def test_suspended_moved_and_deleted_cards(bank: ChangingBank, learner: Learner) -> None:
    learner.imports(everything(bank.release("2026.9", FIRST)))
    suspended, moved, deleted = (bank.guid(f"question-{n}") for n in (1, 2, 3))
    learner.suspends([suspended])
    learner.moves([moved], "Mine")
    learner.deletes([deleted])
    for n in (1, 2, 3):
        bank.correct(f"question-{n}")
    learner.on(SECOND + DAY).imports(everything(bank.release("2026.10", SECOND)))
    assert learner.note(suspended).cards()[0].queue == -1
    assert learner.col.decks.name(learner.note(moved).cards()[0].did) == "Mine"
    assert "Corrected" in learner.fields(moved)["Answer"]
    assert learner.note(deleted).cards()[0].type == 0, "a deleted note comes back as new"


# -- what is filed anew


def core(packages: Path) -> Path:
    return packages / "mini-core.apkg"


def test_filing_alone_touches_no_note(bank: ChangingBank, learner: Learner) -> None:
    learner.imports(everything(bank.release("2026.9", FIRST)))
    learner.on(FIRST + DAY).edits(learner.guids())
    texts = {guid: learner.fields(guid) for guid in learner.guids()}
    for n in range(1, 21):
        bank.file(f"question-{n}", title=f"Renamed {n}", aliases=["another word"], level="advanced", kind="process")
    bank.move("question-21")
    bank.set(repository="https://elsewhere.example/bank", branch="trunk")
    packages = bank.release("2026.10", SECOND)
    assert bank.summary() == "nothing changed"
    log = learner.on(SECOND + DAY).imports(everything(packages))
    assert not (log.updated or log.new or log.conflicting)
    assert {guid: learner.fields(guid) for guid in learner.guids()} == texts
    templates = learner.col.models.by_name("Mini question")["tmpls"]
    assert "https://elsewhere.example/bank/blob/trunk/" in templates[0]["afmt"]


def test_filing_travels_with_the_next_change_of_the_text(bank: ChangingBank, learner: Learner) -> None:
    learner.imports(everything(bank.release("2026.9", FIRST)))
    bank.file("question-1", title="Renamed", level="advanced")
    bank.release("2026.10", SECOND)
    bank.correct("question-1")
    learner.on(THIRD + DAY).imports(everything(bank.release("2026.11", THIRD)))
    guid = bank.guid("question-1")
    assert (learner.fields(guid)["Title"], learner.fields(guid)["Level"]) == ("Renamed", "advanced")
    assert "qbank::level::advanced" in learner.note(guid).tags


def test_the_changelog_counts_what_an_import_replaces(bank: ChangingBank, learner: Learner) -> None:
    learner.imports(everything(bank.release("2026.9", FIRST)))
    for n in (1, 2, 3):
        bank.correct(f"question-{n}")
    bank.reword_card("question-4")
    bank.add_gap("question-5")
    bank.file("question-6", title="Renamed", level="advanced")
    bank.move("question-7")
    bank.retire("question-8")
    bank.retire_card("question-9")
    bank.add()
    log = learner.on(SECOND + DAY).imports(everything(bank.release("2026.10", SECOND)))
    counts = {what: int(count) for count, what in (each.split() for each in bank.summary().split(", "))}
    # A question's cards show its answer, so they are corrected with it.
    assert counts == {"new": 3, "corrected": 9, "reworded": 2, "retired": 4}
    assert len(log.new) == counts.pop("new")
    assert len(log.updated) == sum(counts.values())


def test_newcomers_are_dealt_nothing_that_is_retired(bank: ChangingBank, learner: Learner) -> None:
    bank.release("2026.9", FIRST)
    bank.retire("question-1")
    bank.retire_card("question-2")
    packages = bank.release("2026.10", SECOND)
    for package in sorted(packages.rglob("*.apkg")):
        learner.imports(package)
    retired = [note for note in notes_of(bank) if RETIRED in note.tags]
    assert len(retired) == 4
    assert [learner.note(note.guid).cards() for note in retired] == [[]] * 4
    assert not learner.col.get_empty_cards().notes
    # The check of the database gives cards to notes that have none, and only then.
    learner.col.fix_integrity()
    assert all(learner.note(note.guid).cards() for note in retired)


def test_who_deleted_what_is_retired_does_not_get_it_back(bank: ChangingBank, learner: Learner) -> None:
    learner.imports(everything(bank.release("2026.9", FIRST)))
    bank.retire("question-1")
    learner.on(SECOND + DAY).imports(everything(bank.release("2026.10", SECOND)))
    learner.deletes([bank.guid("question-1")])
    learner.on(THIRD + DAY).imports(everything(bank.release("2026.11", THIRD)))
    assert learner.note(bank.guid("question-1")).cards() == []


def test_a_slice_goes_on_to_correct_what_left_it(bank: ChangingBank, learner: Learner) -> None:
    first = bank.release("2026.9", FIRST)
    learner.imports(core(first))
    learner.imports(first / "topics" / "evaluation.apkg")
    bank.file("question-1", level="advanced")
    bank.move("question-3")
    bank.release("2026.10", SECOND)
    bank.correct("question-1")
    bank.correct("question-3")
    third = bank.release("2026.11", THIRD)
    before = learner.cards()
    learner.on(THIRD + DAY).imports(core(third))
    assert "Corrected" in learner.fields(bank.guid("question-1"))["Answer"]
    learner.imports(third / "topics" / "evaluation.apkg")
    assert "Corrected" in learner.fields(bank.guid("question-3"))["Answer"]
    assert kept(before, learner.cards()) == []
    assert learner.faults() == []


def test_the_packages_of_roles_and_essentials_go_on_to_correct_what_left_them(
    bank: ChangingBank, learner: Learner
) -> None:
    marked = bank.read("question-1")
    marked["cards"][0]["essential"] = True
    bank.write("question-1", {**marked, "essential": True, "roles": ["engineer"]})
    first = bank.release("2026.9", FIRST)
    essential, role = "mini-essential.apkg", Path("roles") / "engineer.apkg"
    learner.imports(first / essential)
    assert [len(learner.note(bank.guid(key)).cards()) for key in ("question-1", "question-1/fact")] == [1, 1]
    assert not learner.col.find_notes("ID:question-1/gap")
    learner.imports(first / role)
    bank.correct("question-1")
    changed = bank.read("question-1")
    del changed["essential"], changed["cards"][0]["essential"]
    bank.write("question-1", {**changed, "roles": ["analyst"]})
    second = bank.release("2026.10", SECOND)
    before = learner.cards()
    learner.on(SECOND + DAY).imports(second / essential)
    assert "Corrected" in learner.fields(bank.guid("question-1"))["Answer"]
    bank.reword_card("question-1")
    third = bank.release("2026.11", THIRD)
    learner.on(THIRD + DAY).imports(third / role)
    assert "Which value has" in learner.fields(bank.guid("question-1/fact"))["Front"]
    assert kept(before, learner.cards()) == []
    assert learner.faults() == []


def test_what_left_a_slice_is_dealt_to_newcomers_by_its_new_one_only(bank: ChangingBank, learner: Learner) -> None:
    bank.release("2026.9", FIRST)
    bank.file("question-1", level="advanced")
    packages = bank.release("2026.10", SECOND)
    keys = ("question-1", "question-1/fact", "question-1/gap")
    learner.imports(core(packages))
    assert [learner.note(bank.guid(key)).cards() for key in keys] == [[]] * 3
    learner.imports(everything(packages))
    assert [len(learner.note(bank.guid(key)).cards()) for key in keys] == [1, 1, 2]
    assert learner.faults() == []


def test_any_order_of_slices_ends_in_the_same_collection(tmp_path: Path) -> None:
    bank = ChangingBank(tmp_path, 8)
    bank.release("2026.9", FIRST)
    bank.correct("question-1")
    bank.retire("question-2")
    packages = sorted(bank.release("2026.10", SECOND).rglob("*.apkg"))
    assert len(packages) == 6
    ends = []
    for n, order in enumerate((packages, packages[::-1], [packages[k] for k in (2, 0, 5, 3, 1, 4)])):
        (tmp_path / f"p{n}").mkdir()
        someone = Learner(tmp_path / f"p{n}", SECOND, Random(1))
        for package in order:
            assert not someone.imports(package).conflicting
        assert someone.faults() == []
        rows = someone.col.db.all("select guid, flds, tags from notes order by guid")
        decks = someone.col.db.all(
            "select n.guid, c.ord, c.due from cards c join notes n on n.id = c.nid order by 1, 2"
        )
        ends.append((rows, decks))
        someone.close()
    assert ends[0] == ends[1] == ends[2]


def test_a_preview_does_not_meet_the_real_deck(
    tmp_path: Path, learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    from click.testing import CliRunner

    from qbank.cli import main

    bank = ChangingBank(tmp_path, 4)
    real = bank.release("2026.9", FIRST)
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["build", "--only", "anki", "--preview", "--time", str(SECOND)]).exit_code == 0
    learner.imports(tmp_path / "dist" / "preview" / "anki" / "mini-preview.apkg")
    log = learner.imports(everything(real))
    assert len(log.new) == 12
    assert not (log.duplicate or log.updated or log.conflicting)
    assert learner.faults() == []
    assert {"Mini", "Mini preview"} <= {deck.name for deck in learner.col.decks.all_names_and_ids()}


@pytest.mark.parametrize("seed", range(LIVES))
def test_a_random_life_loses_nothing(seed: int, tmp_path: Path) -> None:
    """Random edits that the check accepts, random reviews and edits of the learner, three releases."""
    chance = Random(seed)
    bank = ChangingBank(tmp_path, 6)
    (tmp_path / "profile").mkdir()
    someone = Learner(tmp_path / "profile", FIRST, chance)
    try:
        seen: dict[str, str] = {}
        for n, day in enumerate((FIRST, SECOND, THIRD)):
            packages = bank.release(f"2026.{9 + n}", day)
            someone.on(day + DAY)
            before, reviews = someone.cards(), someone.log()
            mine = {g: someone.fields(g)["My notes"] for g in someone.guids()}
            log = someone.imports(everything(packages))
            assert not log.conflicting
            assert kept(before, someone.cards()) == []
            assert someone.log() == reviews
            assert someone.faults() == []
            for note in notes_of(bank):
                fields = {name: value for name, value in someone.fields(note.guid).items() if name not in FILING}
                assert fields == {name: value for name, value in note.named.items() if name not in FILING}, note.key
                if seen.get(note.guid) == (note.first, note.answer):
                    assert someone.fields(note.guid)["My notes"] == mine.get(note.guid, "")
                seen[note.guid] = (note.first, note.answer)
            someone.reviews(12)
            someone.edits(chance.sample(someone.guids(), 2))
            edit_at_random(bank, chance)
    finally:
        someone.close()


def edit_at_random(bank: ChangingBank, chance: Random) -> None:
    """A few edits, each on a question that can take it."""
    for _ in range(chance.randint(1, 6)):
        name = chance.choice(bank.names())
        question = bank.read(name)
        ids = [card["id"] for card in question["cards"]]
        edits = [bank.correct, bank.add_card, bank.move]
        if ids[:2] == ["fact", "gap"]:
            edits += [bank.reword_card, bank.correct_gap, bank.add_gap, bank.reverse, bank.retire_card]
        if len(bank.names()) > 3:
            edits.append(bank.retire)
        chance.choice(edits)(name)
        if chance.random() < 0.3:
            bank.add()
        if chance.random() < 0.2:
            bank.recolor(chance)
