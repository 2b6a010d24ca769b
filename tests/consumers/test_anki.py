"""The decks in the real Anki: everything arrives, renders and is found again; a second import changes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from collection import body, collection, faults_before_repair, faults_of_cards, import_package
from conftest import BANK, MINIBANK, build, surveyed
from qbank.outputs.notes import all_notes


@pytest.fixture(scope="module")
def packages(built: Path) -> Path:
    return built / "anki"


@pytest.fixture(scope="module")
def mini(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("mini")
    bank = Path(shutil.copytree(MINIBANK, out / "bank"))
    assert not surveyed(bank).verdict.problems
    build(bank, out, "anki", "data")
    return out


def test_the_whole_bank_arrives_and_renders(packages: Path, tmp_path: Path) -> None:
    notes = list(all_notes(surveyed(BANK)))
    cards = sum(len(note.cards) for note in notes)
    with collection(tmp_path) as col:
        log = import_package(col, packages / "ml-interview.apkg")
        assert len(log.new) == col.note_count() == len(notes) > 100
        assert col.card_count() == cards
        for other in ("updated", "duplicate", "conflicting", "missing_notetype", "missing_deck", "empty_first_field"):
            assert not getattr(log, other), other
        assert faults_before_repair(col) == []
        assert faults_of_cards(col) == []
        message, ok = col.fix_integrity()
        assert ok, message
        again = import_package(col, packages / "ml-interview.apkg")
        assert not (again.new or again.updated or again.conflicting)
        assert len(again.duplicate) == len(notes)


def test_every_slice_imports_on_its_own(packages: Path, tmp_path: Path) -> None:
    slices = sorted(packages.rglob("*.apkg"))
    assert len(slices) > 3
    for n, package in enumerate(slices):
        folder = tmp_path / str(n)
        folder.mkdir()
        with collection(folder) as col:
            assert import_package(col, package).new, package.name
            assert faults_before_repair(col) == []


def test_slices_share_their_notes(packages: Path, tmp_path: Path) -> None:
    topics = sorted((packages / "topics").glob("*.apkg"))
    with collection(tmp_path) as col:
        import_package(col, topics[0])
        import_package(col, packages / "ml-interview-core.apkg")
        for package in topics[1:]:
            import_package(col, package)
        log = import_package(col, packages / "ml-interview.apkg")
        assert not (log.new or log.updated or log.conflicting)
        assert faults_before_repair(col) == []


def test_new_cards_come_in_study_order(packages: Path, tmp_path: Path) -> None:
    first = next(questions[0] for _, questions in surveyed(BANK).bank.topics())
    with collection(tmp_path) as col:
        import_package(col, packages / "ml-interview.apkg")
        ids = col.db.list("select n.flds from cards c join notes n on n.id = c.nid order by c.due, c.ord limit 1")
        assert first.name in ids[0]
        assert col.db.scalar("select count(distinct due) from cards") == col.note_count()


def test_decks_tags_and_descriptions_arrive(mini: Path, tmp_path: Path) -> None:
    with collection(tmp_path) as col:
        import_package(col, mini / "anki" / "mini.apkg")
        names = {deck.name for deck in col.decks.all_names_and_ids()}
        assert {"Mini", "Mini::01 Model evaluation", "Mini::02 Linear models"} <= names
        assert "qbank::topic::linear-models" in col.tags.all()
        assert {"qbank::level::core", "qbank::kind::concept", "qbank::origin::d-01"} <= set(col.tags.all())
        deck = col.decks.get(col.decks.id_for_name("Mini"))
        assert "progress stays" in deck["desc"]
        assert "`mini.apkg`, version test, which deals 11 cards into this deck: 1 day at 20 new" in deck["desc"]
        assert deck["md"]


def test_a_card_is_found_by_its_id(mini: Path, tmp_path: Path) -> None:
    with collection(tmp_path) as col:
        import_package(col, mini / "anki" / "mini.apkg")
        assert len(col.find_notes("ID:ridge-regression/penalty")) == 1
        assert len(col.find_notes("ID:ridge-regression*")) == 4


def test_a_reversed_card_asks_both_ways(mini: Path, tmp_path: Path) -> None:
    with collection(tmp_path) as col:
        import_package(col, mini / "anki" / "mini.apkg")
        note = col.get_note(col.find_notes("ID:ridge-regression/penalty")[0])
        forward, backward = (body(card.render_output().question_text) for card in note.cards())
        assert "Which norm" in forward
        assert "The squared" in backward
        assert "Which norm" not in backward


def test_clozes_hold_whole_formulas_and_code(mini: Path, tmp_path: Path) -> None:
    with collection(tmp_path) as col:
        import_package(col, mini / "anki" / "mini.apkg")
        formula = col.get_note(col.find_notes("ID:ridge-regression/solution")[0])
        assert [card.ord for card in formula.cards()] == [0, 1, 2]
        third = formula.cards()[2].render_output()
        assert "[a positive number]" in third.question_text
        assert r"\frac{1}{b^{2} }" in third.answer_text
        code = col.get_note(col.find_notes("ID:ridge-regression/code")[0])
        texts = [body(card.render_output().answer_text) for card in code.cards()]
        assert len(texts) == 3
        for text in texts:
            assert "std" in text and "vector" in text
            assert text.count("{{") == text.count("}}") == 0


def test_a_question_opens_its_parts_without_javascript(mini: Path, tmp_path: Path) -> None:
    with collection(tmp_path) as col:
        import_package(col, mini / "anki" / "mini.apkg")
        card = col.get_note(col.find_notes("ID:ridge-regression")[0]).cards()[0]
        back = body(card.render_output().answer_text)
        for part in ("Explanation", "Pitfalls", "Asked next", "Sources"):
            assert f"<summary>{part}</summary>" in back
        assert "<script" not in back
        assert 'href="https://example.org/mini/blob/main/bank/linear-models/ridge-regression.yaml"' in back
        assert 'href="https://doi.org/10.1007/978-0-387-84858-7"' in back


def test_the_text_table_imports_as_the_same_notes(mini: Path, tmp_path: Path) -> None:
    from anki.collection import ImportCsvRequest

    with collection(tmp_path) as col:
        import_package(col, mini / "anki" / "mini.apkg")
        path = str(mini / "data" / "anki.tsv")
        before = col.db.all("select guid, flds, tags from notes order by guid")
        metadata = col.get_csv_metadata(path=path, delimiter=None)
        log = col.import_csv(ImportCsvRequest(path=path, metadata=metadata)).log
        assert not (log.new or log.conflicting or log.first_field_match)
        assert log.found_notes == len(before)
        assert col.db.all("select guid, flds, tags from notes order by guid") == before
