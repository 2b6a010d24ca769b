"""The decks in the real Anki: everything arrives, renders and is found again; a second import changes nothing."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection

from collection import body, collection, faults_before_repair, faults_of_cards, import_package
from conftest import BANK, MINIBANK, TIME, build, surveyed
from qbank.outputs.job import Edition
from qbank.outputs.notes import all_notes
from qbank.outputs.types import note_types
from qbank.preview.card import cards as previewed
from reviewer import reviewer


@pytest.fixture(scope="module")
def packages(built: Path) -> Path:
    return built / "anki"


@pytest.fixture(scope="module")
def whole(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    """A collection with the whole bank, which is only read."""
    with collection(tmp_path_factory.mktemp("whole")) as col:
        import_package(col, packages / "ml-interview.apkg")
        yield col


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


def test_the_preview_shows_every_card_as_anki_makes_it(whole: Collection) -> None:
    survey = surveyed(BANK)
    types = note_types(survey.header.settings)
    by_key = {note["ID"]: note for note in map(whole.get_note, whole.find_notes(""))}
    differing = []
    for note in all_notes(survey):
        made = [card.render_output() for card in by_key[note.key].cards()]
        theirs = [(each.question_text, each.answer_text) for each in made]
        ours = [(card.front, card.back) for card in previewed(note, types[note.kind])]
        differing += [note.key] if ours != theirs else []
    assert len(by_key) > 100
    assert differing == []


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


def test_essentials_and_roles_share_their_notes_with_the_whole_in_any_order(packages: Path, tmp_path: Path) -> None:
    bank = surveyed(BANK).bank
    essential, roles = packages / "ml-interview-essential.apkg", sorted((packages / "roles").glob("*.apkg"))
    assert [path.stem for path in roles] == sorted(str(role.name) for role in bank.header.settings.roles)
    orders = ([essential, *roles], [*reversed(roles), essential], [packages / "ml-interview.apkg", essential, *roles])
    for n, order in enumerate(orders):
        folder = tmp_path / str(n)
        folder.mkdir()
        with collection(folder) as col:
            for package in order:
                import_package(col, package)
            log = import_package(col, packages / "ml-interview.apkg")
            assert not (log.new or log.updated or log.conflicting), order
            assert col.card_count() == sum(len(note.cards) for note in all_notes(surveyed(BANK)))
            assert faults_before_repair(col) == []


def test_the_essentials_are_few_enough_for_ten_days(packages: Path, tmp_path: Path) -> None:
    questions = [question for question in surveyed(BANK).bank.questions if question.essential]
    with collection(tmp_path) as col:
        import_package(col, packages / "ml-interview-essential.apkg")
        assert 60 <= len(questions) <= 70
        assert len(col.find_notes("note:*question*")) == len(questions)
        assert col.card_count() <= 200
        assert len(col.find_cards("tag:qbank::essential")) == col.card_count()


def test_a_card_comes_after_those_of_the_questions_that_its_question_needs(packages: Path, tmp_path: Path) -> None:
    bank = surveyed(BANK).bank
    with collection(tmp_path) as col:
        import_package(col, packages / "ml-interview.apkg")
        first: dict[str, int] = {}
        last: dict[str, int] = {}
        for nid, position in col.db.all("select nid, due from cards"):
            name = col.get_note(nid)["ID"].partition("/")[0]
            first[name] = min(position, first.get(name, position))
            last[name] = max(position, last.get(name, position))
        pairs = [(question.name, need) for question in bank.questions for need in question.needs]
        assert pairs
        assert [(name, need) for name, need in pairs if last[need] > first[name]] == []


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


NOTES = "select guid, flds, tags from notes order by guid"


@pytest.mark.parametrize("kind", ["question", "fact", "cloze"])
def test_a_text_table_imports_as_the_same_notes(mini: Path, tmp_path: Path, kind: str) -> None:
    with collection(tmp_path) as col:
        import_package(col, mini / "anki" / "mini.apkg")
        before = col.db.all(NOTES)
        log = import_table(col, mini / "data" / f"anki-{kind}.tsv")
        assert not (log.new or log.conflicting or log.first_field_match)
        assert log.found_notes == len(col.find_notes(f'"note:Mini {kind}"')) > 0
        assert col.db.all(NOTES) == before


def test_anki_finds_the_fields_of_a_text_table_by_the_names_of_its_columns(mini: Path, tmp_path: Path) -> None:
    """In whatever order they stand: what was deleted comes back as it was."""
    with collection(tmp_path) as col:
        import_package(col, mini / "anki" / "mini.apkg")
        before = col.db.all(NOTES)
        col.remove_notes(col.find_notes('"note:Mini fact"'))
        log = import_table(col, backwards(mini / "data" / "anki-fact.tsv", tmp_path / "backwards.tsv"))
        assert (len(log.new), len(log.conflicting)) == (2, 0)
        assert col.db.all(NOTES) == before


def import_table(col: Collection, path: Path) -> Any:
    from anki.collection import ImportCsvRequest

    metadata = col.get_csv_metadata(path=str(path), delimiter=None)
    return col.import_csv(ImportCsvRequest(path=str(path), metadata=metadata)).log


def backwards(table: Path, out: Path) -> Path:
    """A table whose fields stand in the opposite order."""
    lines = table.read_text(encoding="utf-8").split("\n", 7)
    names = lines[3].removeprefix("#columns:").split("\t")
    order = [0, 1, 2, *reversed(range(3, len(names)))]
    lines[3] = "#columns:" + "\t".join(names[n] for n in order)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter="\t", quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([row[n] for n in order] for row in csv.reader(io.StringIO(lines[7]), delimiter="\t"))
    out.write_text("\n".join([*lines[:7], text.getvalue()]), encoding="utf-8")
    return out


# -- what is searched

#: What an American learner types, and an entry that this must find.
TERMS = {
    "regularization": "l1-vs-l2-regularization",
    "normalization": "batch-normalization",
    "labeled": "semi-supervised-learning",
    "optimizer": "adam",
    "behavior": "attitude-in-the-interview",
    "initialization": "weight-initialization",
    "tokenization": "subword-tokenization",
    "L1 vs L2": "l1-vs-l2-regularization",
    "area under the ROC curve": "roc-curve",
    "positive predictive value": "precision-and-recall",
}


@pytest.mark.parametrize(("term", "entry"), TERMS.items())
def test_a_usual_word_finds_its_entry(term: str, entry: str, built: Path, whole: Collection) -> None:
    search = " ".join(f'"{word}"' for word in term.split())
    assert entry in {whole.get_note(nid)["ID"] for nid in whole.find_notes(f'"note:ML Interview question" {search}')}
    rows = (built / "data" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    assert entry in {json.loads(row)["id"] for row in rows if all(word.lower() in row.lower() for word in term.split())}


# -- a style of one's own


def test_a_style_of_ones_own_survives_every_release(mini: Path, tmp_path: Path) -> None:
    bank = Path(shutil.copytree(MINIBANK, tmp_path / "bank"))
    with collection(tmp_path) as col:
        import_package(col, mini / "anki" / "mini.apkg")
        own = Path(col.media.dir(), "_qbank-user.css")
        own.write_text(".qb-ask { color: rgb(1, 2, 3) !important; }", encoding="utf-8")
        settings = (bank / "bank.yaml").read_text(encoding="utf-8")
        (bank / "bank.yaml").write_text(settings.replace("#6b3fa0", "#123456"), encoding="utf-8")
        build(bank, tmp_path / "out", "anki", edition=Edition("next", TIME + 1))
        import_package(col, tmp_path / "out" / "anki" / "mini.apkg")
        col.models._clear_cache()
        css = col.models.by_name("Mini question")["css"]
        assert "#123456" in css
        assert css.startswith('@import url("_qbank-user.css");'), "an import stands before all else"
        check = col.media.check()
        assert (list(check.missing), list(check.unused)) == ([], [])
        card = col.get_card(col.find_cards("ID:precision")[0])
        with reviewer(Path(col.media.dir())) as show:
            show.show(card.render_output().answer_and_style())
            assert show.page.evaluate("getComputedStyle(document.querySelector('.qb-ask')).color") == "rgb(1, 2, 3)"


def test_without_a_style_of_ones_own_nothing_is_missing(mini: Path, tmp_path: Path) -> None:
    with collection(tmp_path) as col:
        import_package(col, mini / "anki" / "mini.apkg")
        check = col.media.check()
        assert (list(check.missing), list(check.unused)) == ([], [])
