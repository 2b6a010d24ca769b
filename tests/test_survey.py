"""A bank is surveyed once: what did not change is found again, what did is made anew, and the bytes are the same."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from conftest import MINIBANK, RETIRED, TIME
from qbank import dist, release
from qbank.bank.layout import LEDGER
from qbank.bank.model import ClozeText, Line, Markdown, texts
from qbank.bank.settings import Limits
from qbank.markup import document, html, typst
from qbank.outputs import OUTPUTS, jobs
from qbank.outputs.job import Edition, Make
from qbank.outputs.notes import all_notes
from qbank.store import Store
from qbank.survey import Survey, Verdict, check
from qbank.tree import Folder
from qbank.workers import Workers

EDITION = Edition("test", TIME)
PRECISION = "evaluation/precision.yaml"
RIDGE = "linear-models/ridge-regression.yaml"


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store") as store:
        yield store


def outcome(
    bank: Path, out: Path, store: Store, workers: Workers | None = None, edition: Edition = EDITION
) -> tuple[Verdict, dict[str, str]]:
    """The verdict, and the digests of all outputs of a bank without problems."""
    survey = Survey(Folder(bank), store, workers, rendering=True)
    if survey.verdict.problems:
        return survey.verdict, {}
    planned = {name: jobs(name, survey, edition) for name in OUTPUTS}
    paths = dist.write(out, planned, store, workers)
    return survey.verdict, {path: hashlib.sha256((out / path).read_bytes()).hexdigest() for path in paths}


def built(bank: Path, out: Path, store: Store, workers: Workers | None = None) -> dict[str, str]:
    """The digests of all outputs of the small bank."""
    verdict, digests = outcome(bank, out, store, workers)
    assert verdict == Verdict(2, ())
    return digests


def poison(store: Store) -> None:
    """Change every value behind the store's back."""
    with sqlite3.connect(store.folder / "store-1.sqlite") as connection:
        connection.execute("UPDATE store SET value = CAST('[]' AS BLOB)")
    connection.close()


def replaced(bank: Path, path: str, old: str, new: str) -> None:
    text = (bank / path).read_text(encoding="utf-8")
    assert old in text
    (bank / path).write_text(text.replace(old, new), encoding="utf-8")


def test_cold_warm_poisoned_and_without_a_store_the_bytes_are_the_same(
    minibank: Path, tmp_path: Path, kept: Store
) -> None:
    with Store.temporary() as none:
        plain = built(minibank, tmp_path / "plain", none)
    assert len(plain) == 65
    assert built(minibank, tmp_path / "cold", kept) == plain
    assert built(minibank, tmp_path / "warm", kept) == plain
    poison(kept)
    assert built(minibank, tmp_path / "poisoned", kept) == plain


def test_workers_make_the_same_bytes(minibank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qbank.survey._MANY", 1)
    with Store.temporary() as one, Store.temporary() as two, Workers(2) as workers:
        assert built(minibank, tmp_path / "one", one) == built(minibank, tmp_path / "two", two, workers)
        replaced(minibank, PRECISION, "level: core", "level: cores")
        verdicts = [Survey(Folder(minibank), one).verdict, Survey(Folder(minibank), two, workers).verdict]
    assert verdicts[0] == verdicts[1]
    assert [problem.rule for problem in verdicts[0].problems] == ["unknown-value"]


def test_workers_find_what_is_alike_as_one_process_does(minibank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qbank.survey._MANY", 1)
    (minibank / PRECISION).with_name("twin.yaml").write_bytes((minibank / PRECISION).read_bytes())
    with Store.temporary() as one, Store.temporary() as two, Workers(2) as workers:
        verdicts = [Survey(Folder(minibank), one).verdict, Survey(Folder(minibank), two, workers).verdict]
    assert verdicts[0] == verdicts[1]
    assert "near-duplicate" in [problem.rule for problem in verdicts[0].problems]


def test_a_second_build_makes_nothing(minibank: Path, tmp_path: Path, kept: Store) -> None:
    built(minibank, tmp_path / "one", kept)
    contents = kept.contents()

    def never() -> Make:
        raise AssertionError("this was made before")

    tree = Counting(minibank)
    survey = Survey(tree, kept, rendering=True)
    planned = [replace(job, prepare=never) for name in OUTPUTS for job in jobs(name, survey, Edition("test", TIME))]
    assert len(dist.write(tmp_path / "two", {"all": planned}, kept)) == 65
    assert kept.contents() == contents
    assert {tree.opened[path] for path in (PRECISION, RIDGE, "figures/line.svg")} == {1}, "to hash them"


def test_two_builds_at_once_with_one_store_make_the_same_bytes(minibank: Path, tmp_path: Path) -> None:
    environment = {"QBANK_CACHE": str(tmp_path / "store"), "PATH": ""}
    words = [sys.executable, "-m", "qbank", "build", "--bank", str(minibank), "--out"]
    running = [subprocess.Popen([*words, str(tmp_path / name)], env=environment) for name in ("one", "two")]
    assert [process.wait() for process in running] == [0, 0]
    one, two = (
        {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).glob("*/**/*.*")}
        for name in ("one", "two")
    )
    assert len(one) == 35
    assert one == two


def test_problems_are_the_same_cold_and_warm(minibank: Path, kept: Store) -> None:
    replaced(minibank, PRECISION, "level: core", "level: cores")
    (minibank / "figures" / "line.svg").write_text("<svg>")
    cold = check(Folder(minibank), kept)
    assert {problem.rule for problem in cold.problems} == {"unknown-value", "figure-format"}
    assert check(Folder(minibank), kept) == cold
    poison(kept)
    assert check(Folder(minibank), kept) == cold


def test_a_second_check_opens_no_file_but_to_hash_it(minibank: Path, kept: Store) -> None:
    first = check(Folder(minibank), kept)
    tree = Counting(minibank)
    assert check(tree, kept) == first
    assert set(tree.opened.values()) == {1}


class Counting(Folder):
    """Counts how often each file is opened."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.opened: Counter[str] = Counter()

    def open(self, path: str) -> BinaryIO:
        self.opened[path] += 1
        return super().open(path)

    def pieces(self, path: str) -> Iterable[bytes]:
        self.opened[path] += 1
        return super().pieces(path)


def test_after_a_change_only_what_holds_it_is_made_anew(minibank: Path, tmp_path: Path, kept: Store) -> None:
    before = built(minibank, tmp_path / "one", kept)
    made = kept.contents()
    replaced(minibank, PRECISION, "The share of predicted", "Of the predicted")
    after = built(minibank, tmp_path / "two", kept)
    assert {path for path in after if after[path] != before[path]} == {
        "anki/mini.apkg",
        "anki/mini-essential.apkg",
        "anki/mini-core.apkg",
        "anki/roles/analyst.apkg",
        "anki/roles/engineer.apkg",
        "anki/topics/evaluation.apkg",
        "data/questions.json",
        "data/questions.jsonl",
        "data/anki-fact.tsv",
        "data/anki-question.tsv",
        "data/cards.csv",
        "data/cards.jsonl",
        "cheatsheets/evaluation-a4.pdf",
        "cheatsheets/evaluation-letter.pdf",
        "cheatsheets/evaluation.md",
        "book/all-a4.pdf",
        "book/all-letter.pdf",
        "cheatsheets/sheets-a4.pdf",
        "cheatsheets/sheets-letter.pdf",
        "flashcards/evaluation-a4.pdf",
        "flashcards/evaluation-letter.pdf",
        "markdown/evaluation.md",
        "markdown/plain/evaluation.md",
        "book/all.epub",
        "site/questions/precision.html",
        "site/data/cards-evaluation-0.js",
    }
    grown = {kind: count - made[kind][0] for kind, (count, _) in kept.contents().items()}
    # Of the notes of a bank's cloze texts it is known that they hang on its questions, not on which.
    # On each of the two papers one box is measured anew.
    # The schema of the data and the words of the site hang on the questions, too, as far as their keys tell.
    assert grown == {
        "drawing": 0,
        "entry": 1,
        "figure": 0,
        "heights": 2,
        "layout": 0,  # there is one of each topic, the last
        "job": 35,
        "print": 1,
        "rendered": 1,
        "verdict": 1,
        "web": 1,
    }


def publish(bank: Path, version: str, time: int) -> None:
    """Move the ledger."""
    with Store.temporary() as store:
        made = release.prepare(Survey(Folder(bank), store, rendering=True), version, time)
    (bank / LEDGER).write_text(made.published, encoding="utf-8")


def retire(bank: Path) -> None:
    """Precision goes, with all that leads to it."""
    (bank / PRECISION).unlink()
    (bank / "retired.yaml").write_text("retired:\n  - {name: precision, reason: It was *wrong*.}\n", encoding="utf-8")
    replaced(bank, RIDGE, "see_also: [precision]\n", "")


def released_and_retired(bank: Path) -> None:
    publish(bank, "2026.11", TIME)
    retire(bank)


def as_it_is(bank: Path) -> None:
    """Nothing."""


CARD = "  - id: name\n    front: Which share of the flagged mails is spam?\n    back: The precision.\nchecks: |"
#: What is no part of a question's own file: what the bank is at first, what changes, and the edition that follows.
CHANGES: dict[str, tuple[Callable[[Path], None], Callable[[Path], object], Edition]] = {
    "a setting": (as_it_is, lambda bank: replaced(bank, "bank.yaml", "title: Mini", "title: Other"), EDITION),
    "a work": (as_it_is, lambda bank: replaced(bank, "references.yaml", "year: 2009", "year: 2013"), EDITION),
    "a figure": (as_it_is, lambda bank: replaced(bank, "figures/line.svg", "M5 55", "M6 55"), EDITION),
    "the place in the repository": (as_it_is, lambda bank: (bank / ".git").mkdir(), EDITION),
    "a link that leads out": (as_it_is, lambda bank: (bank / "figures" / "x.svg").symlink_to("/dev/null"), EDITION),
    "the position": (as_it_is, lambda bank: replaced(bank, PRECISION, "checks: |", CARD), EDITION),
    "the version": (as_it_is, as_it_is, Edition("another", TIME)),
    "the time": (as_it_is, as_it_is, Edition("test", TIME + 1)),
    "the counts": (as_it_is, as_it_is, Edition("test", TIME, "1 new")),
    "the ledger": (as_it_is, lambda bank: publish(bank, "2026.11", TIME - 5), EDITION),
    "the next ledger": (released_and_retired, lambda bank: publish(bank, "2026.12", TIME + 5), EDITION),
    "a reason": (released_and_retired, lambda bank: replaced(bank, "retired.yaml", "wrong", "false"), EDITION),
}


def append(bank: Path, path: str, text: str) -> None:
    with (bank / path).open("a", encoding="utf-8") as file:
        file.write(text)


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_that_is_kept_is_taken_for_what_it_is_no_longer(
    change: str, minibank: Path, tmp_path: Path, kept: Store
) -> None:
    first, then, edition = CHANGES[change]
    first(minibank)
    before = outcome(minibank, tmp_path / "before", kept)
    assert before[1]
    then(minibank)
    after = outcome(minibank, tmp_path / "after", kept, edition=edition)
    assert after != before
    with Store.temporary() as none:
        assert after == outcome(minibank, tmp_path / "anew", none, edition=edition)


def test_settings_that_stand_for_those_of_the_bank_have_verdicts_of_their_own(minibank: Path, kept: Store) -> None:
    survey = Survey(Folder(minibank), kept)
    assert not survey.verdict.problems
    stricter = replace(survey.header.settings, limits=Limits(answer=3))
    for _ in range(2):
        found = Survey(Folder(minibank), kept, settings=stricter).verdict.problems
        assert {problem.rule for problem in found} == {"answer-length"}
    assert not check(Folder(minibank), kept).problems


def test_a_bank_that_changes_while_it_is_judged_is_not_kept_under_its_old_hash(minibank: Path, kept: Store) -> None:
    settings = (minibank / "bank.yaml").read_text(encoding="utf-8")
    survey = Survey(Folder(minibank), kept)
    assert survey.digests
    append(minibank, "bank.yaml", "color: red\n")
    assert survey.verdict.problems
    (minibank / "bank.yaml").write_text(settings, encoding="utf-8")
    assert not check(Folder(minibank), kept).problems


def test_a_question_that_changes_after_it_was_judged_is_not_rendered(minibank: Path, kept: Store) -> None:
    survey = Survey(Folder(minibank), kept)
    assert not survey.verdict.problems
    replaced(minibank, PRECISION, "The share of predicted", "Of the predicted")
    with pytest.raises(OSError, match="try again"):
        survey.rendered(next(facts for facts in survey.bank.questions if facts.path == PRECISION))


def test_a_file_that_changes_while_it_is_read_is_not_kept_under_its_old_hash(minibank: Path, kept: Store) -> None:
    tree = Folder(minibank)
    survey = Survey(tree, kept)
    assert survey.digests
    replaced(minibank, PRECISION, "level: core", "level: cores")
    assert [problem.rule for problem in survey.verdict.problems] == ["unknown-value"]
    replaced(minibank, PRECISION, "level: cores", "level: core")
    assert not check(Folder(minibank), kept).problems


def test_each_text_is_parsed_once_and_rendered_once_for_each_dialect(
    minibank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: dict[str, Counter[tuple[str, Any]]] = {"html": Counter(), "typst": Counter()}
    block, render = html.block, typst.render

    def counted_block(parsed: document.Document) -> str:
        calls["html"][parsed.text, id(parsed)] += 1
        return block(parsed)

    def counted_render(parsed: document.Document) -> str:
        calls["typst"][parsed.text, id(parsed)] += 1
        return render(parsed)

    monkeypatch.setattr(html, "block", counted_block)
    monkeypatch.setattr(typst, "render", counted_render)
    from qbank.render import jinja

    document._parse.cache_clear()
    jinja._block.cache_clear()
    with Store.temporary() as store:
        survey = Survey(Folder(minibank), store, rendering=True)
        assert not survey.verdict.problems
        marked = {
            (str(text), isinstance(text, ClozeText))
            for path in (PRECISION, RIDGE)
            for text in texts(question(survey, path))
            if isinstance(text, Markdown | Line)
        }
        parsed = document._parse.cache_info().misses
        planned = {
            name: jobs(name, survey, EDITION) for name in ("anki", "data", "cheatsheets", "markdown", "collection")
        }
        dist.write(tmp_path / "out", planned, store)
    # Beside the texts only what stands in a deletion is parsed, for its length, and empty texts.
    assert len(marked) <= parsed <= len(marked) + 12
    held = document._parse.cache_info()
    assert held.misses == held.currsize, "nothing was parsed a second time"
    assert set(calls["html"].values()) == {1}
    titles = {"Model evaluation", "Linear models"}
    assert {count for (text, _), count in calls["typst"].items() if text not in titles} == {1}


def question(survey: Survey, path: str) -> Any:
    from qbank.bank import load
    from qbank.source.reader import read

    return load.question(read(survey.tree, path), survey.header.settings, [])


def test_each_figure_is_opened_once(minibank: Path, tmp_path: Path) -> None:
    tree = Counting(minibank)
    with Store.temporary() as store:
        survey = Survey(tree, store, rendering=True)
        assert not survey.verdict.problems
        planned = {name: jobs(name, survey, EDITION) for name in OUTPUTS}
        dist.write(tmp_path / "out", planned, store)
    assert tree.opened["figures/line.svg"] == 1


def test_links_and_data_say_where_the_bank_lies_in_its_repository(tmp_path: Path, kept: Store) -> None:
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    bank = Path(shutil.copytree(MINIBANK, tmp_path / "repository" / "questions" / "ml"))
    survey = Survey(Folder(bank), kept, rendering=True)
    note = next(iter(all_notes(survey)))
    place = f"questions/ml/{PRECISION}"
    assert note.named["Link"] == place
    built(bank, tmp_path / "out", kept)
    row = json.loads((tmp_path / "out" / "data" / "questions.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert (row["path"], row["url"]) == (place, f"https://example.org/mini/blob/main/{place}")


def test_a_retired_question_leaves_the_notes_that_learners_have(minibank: Path, tmp_path: Path, kept: Store) -> None:
    before = Survey(Folder(minibank), kept, rendering=True)
    had = {note.key: note for note in all_notes(before) if note.topic == "evaluation"}
    assert set(had) == {"precision", "precision/formula"}
    released_and_retired(minibank)

    survey = Survey(Folder(minibank), kept, rendering=True)
    assert survey.verdict == Verdict(1, ())
    assert dict(survey.retired) == {key: note.state() for key, note in had.items()}
    left = {note.key: note for note in all_notes(survey) if RETIRED in note.tags}
    assert set(left) == set(had)
    for key, note in left.items():
        old = had[key]
        assert (note.guid, note.kind, note.deck, note.cards) == (old.guid, old.kind, old.deck, old.cards)
        assert note.fields[0] == old.fields[0], "what it asks stays"
        assert set(note.tags) == {*old.tags, RETIRED}
        assert "It was <em>wrong</em>." in note.named["Notice"]

    planned = {name: jobs(name, survey, Edition("2026.12", TIME + 1)) for name in OUTPUTS}
    paths = dist.write(tmp_path / "out", planned, kept)
    assert "anki/mini.apkg" in paths
    assert not [path for path in paths if path.startswith("cheatsheets/evaluation")]
    assert "precision" not in (tmp_path / "out" / "data" / "questions.jsonl").read_text(encoding="utf-8")
    for note in had.values():
        table = tmp_path / "out" / "data" / f"anki-{note.kind}.tsv"
        assert note.guid in table.read_text(encoding="utf-8")


def test_a_question_that_was_never_released_leaves_nothing(minibank: Path, kept: Store) -> None:
    retire(minibank)
    survey = Survey(Folder(minibank), kept, rendering=True)
    assert survey.verdict == Verdict(1, ())
    assert survey.retired == ()
    assert {note.key.partition("/")[0] for note in all_notes(survey)} == {"ridge-regression"}


def test_a_folder_without_a_bank_is_none(tmp_path: Path, kept: Store) -> None:
    with pytest.raises(FileNotFoundError, match=r"no bank\.yaml"):
        check(Folder(tmp_path), kept)
