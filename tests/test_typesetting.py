"""Sheets are set in two passes; a build says what their pages lack, and a release is refused if the bank says so."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from conftest import TIME, add, surveyed
from qbank.cli import main
from qbank.outputs import composition, sheets, typesetting
from qbank.outputs.job import Edition, Job, Made
from qbank.outputs.layouts import NOTHING, Area, Box, Column, Layout, Page, Placed
from qbank.store import Store
from qbank.survey import Survey
from qbank.tree import Folder
from qbank.workers import Workers

EDITION = Edition("2026.11", TIME)


@pytest.fixture(autouse=True)
def here(minibank: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(minibank.parent)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return minibank


def qbank(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def add_long(root: Path, name: str, words: int) -> None:
    """A question more, whose box is so long."""
    add(root, name, sheet="A word. " * words, references=[{"work": "esl", "where": "chapter 3"}])


def uneven(root: Path) -> None:
    """Boxes of which no columns can be made that end together."""
    for name, words in (("long", 400), ("short", 5), ("brief", 5)):
        add_long(root, name, words)


def part(root: Path, topic: str, size: str) -> typesetting.Part:
    survey = surveyed(root)
    found, questions = next(each for each in survey.bank.topics() if each[0].name == topic)
    return sheets._part(survey, found, questions, sheets._here([(found, questions)]), size)


@pytest.fixture
def kept() -> Iterator[Store]:
    """A store that has seen no box."""
    with Store.temporary() as store:
        yield store


def made(root: Path, path: Path, kept: Store, topic: str = "linear-models") -> Made:
    """What is found while a sheet is written."""
    survey = Survey(Folder(root), kept, rendering=True)
    topics = [each for each in survey.bank.topics() if each[0].name == topic]
    told = sheets._document(survey, EDITION, topics, "a4")(path)
    assert told
    survey.store.put(told.kept)
    return told


def kinds(told: Made) -> list[str]:
    """The kinds of the values that the store shall keep."""
    return sorted(key.partition(":")[0] for key, _ in told.kept)


def composed(monkeypatch: pytest.MonkeyPatch) -> list[Layout]:
    """The layouts that are composed from now on."""
    found = []

    def compose(*given: Any) -> Layout:
        found.append(composition.compose(*given))
        return found[-1]

    monkeypatch.setattr(typesetting, "compose", compose)
    return found


def test_each_box_each_work_and_each_question_that_follows_is_measured_once(
    here: Path, tmp_path: Path, kept: Store
) -> None:
    assert kinds(made(here, tmp_path / "a.pdf", kept)) == ["heights", "heights", "heights", "layout"]
    assert made(here, tmp_path / "b.pdf", kept).kept == ()
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_a_box_more_is_measured_alone(here: Path, tmp_path: Path, kept: Store) -> None:
    made(here, tmp_path / "a.pdf", kept)
    add_long(here, "more", 10)
    assert kinds(made(here, tmp_path / "b.pdf", kept)) == ["heights", "layout"]


def test_a_word_that_changes_no_height_leaves_the_layout_as_it_is(
    here: Path, tmp_path: Path, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = composed(monkeypatch)
    add_long(here, "more", 10)
    made(here, tmp_path / "a.pdf", kept)
    add(here, "more", sheet="A term. " * 10, references=[{"work": "esl", "where": "chapter 3"}])
    assert kinds(made(here, tmp_path / "b.pdf", kept)) == ["heights"]
    assert len(found) == 1
    with Store.temporary() as empty:
        made(here, tmp_path / "c.pdf", empty)
    assert len(found) == 2
    texts = [(tmp_path / f"{name}.pdf").read_bytes() for name in "abc"]
    assert texts[0] != texts[1] == texts[2]


def test_a_layout_that_was_composed_of_other_heights_is_not_taken(
    here: Path, tmp_path: Path, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = composed(monkeypatch)
    add_long(here, "more", 10)
    made(here, tmp_path / "a.pdf", kept)
    add_long(here, "more", 100)
    made(here, tmp_path / "b.pdf", kept)
    add_long(here, "more", 10)
    made(here, tmp_path / "c.pdf", kept)
    assert len(found) == 3
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "c.pdf").read_bytes() != (tmp_path / "b.pdf").read_bytes()


lengths = st.floats(0, 200)
columns = st.builds(
    Column,
    st.lists(st.builds(Placed, st.integers(0, 99), lengths, st.floats(-1, 2)), max_size=4).map(tuple),
    st.lists(st.integers(0, 99), max_size=4).map(tuple),
    lengths | st.just(inf),
    st.lists(st.integers(0, 99), max_size=4).map(tuple),
)
pages = st.builds(Page, st.lists(columns, max_size=3).map(tuple), st.booleans())


@given(st.builds(Layout, st.lists(pages, max_size=3).map(tuple), st.integers(0, 2), lengths))
def test_a_layout_is_kept_whole(layout: Layout) -> None:
    boxes = [Box("one", 1, (), (50.0,) * 3)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(typesetting, "compose", lambda *given: layout)
        _, kept = typesetting._laid_out(None, boxes, Area(180.0), [], NOTHING)
    assert typesetting._laid_out(kept, boxes, Area(180.0), [], NOTHING) == (layout, None)


def test_a_box_has_the_same_height_in_every_document_but_not_on_every_paper(here: Path) -> None:
    a4, letter = (part(here, "linear-models", size) for size in ("a4", "letter"))
    assert {item.key for item in a4.items}.isdisjoint(item.key for item in letter.items)
    survey = surveyed(here)
    topics = list(survey.bank.topics())
    whole = [sheets._part(survey, *each, sheets._here(topics), "a4") for each in topics]
    assert a4.items in [each.items for each in whole]


def test_what_pages_lack_is_a_warning_with_the_place_of_the_topic(here: Path, tmp_path: Path, kept: Store) -> None:
    uneven(here)
    (problem,) = made(here, tmp_path / "a.pdf", kept).problems
    assert (problem.rule, problem.severity) == ("full-pages", "warning")
    assert problem.message.startswith("A4: linear-models, page 1 of 1: columns end ")
    assert (problem.place.path, problem.place.pointer) == ("bank.yaml", "/topics/1/name")
    assert "mm less text in long" in problem.help


def test_a_build_says_it_and_says_it_again_when_nothing_is_made_anew(here: Path) -> None:
    uneven(here)
    first, second = (qbank("build", "--only", "cheatsheets", "--topic", "linear-models") for _ in range(2))
    assert first.exit_code == second.exit_code == 0, first.output
    assert first.output == second.output
    assert "warning[full-pages]: A4: linear-models, page 1 of 1: columns end" in first.output


def test_processes_are_expected_where_something_changed_that_is_printed(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QBANK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("os.cpu_count", lambda: 1)  # then nothing but the command expects any
    expected: list[None] = []
    monkeypatch.setattr(Workers, "expect", lambda self: expected.append(None))

    def are_expected(only: str) -> bool:
        expected.clear()
        assert qbank("build", "--only", only, "--topic", "linear-models").exit_code == 0
        return bool(expected)

    assert not are_expected("markdown")
    add_long(here, "more", 10)
    assert not are_expected("markdown")
    add_long(here, "more", 9)
    assert are_expected("cheatsheets")
    assert not are_expected("cheatsheets")


def test_a_bank_may_switch_it_off(here: Path) -> None:
    uneven(here)
    settings = here / "bank.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "rules: {full-pages: 'off'}\n", encoding="utf-8")
    assert "full-pages" not in qbank("build", "--only", "cheatsheets", "--topic", "linear-models").output


def test_a_release_is_refused_where_the_bank_calls_it_an_error(here: Path) -> None:
    uneven(here)
    settings = here / "bank.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "rules: {full-pages: error}\n", encoding="utf-8")
    assert qbank("build", "--only", "cheatsheets", "--topic", "linear-models").exit_code == 0
    result = qbank("release", "2026.11", "--time", str(TIME))
    assert result.exit_code == 1
    assert "error[full-pages]: A4: linear-models, page 1 of 1" in result.output
    assert not Path("dist/cheatsheets").exists() or not Path("bank/CHANGELOG.md").exists()


# -- several topics in one document


def collection(survey: Survey) -> list[Job]:
    """The sheets of all topics as one document, on each paper."""
    return list(sheets.documents(survey, EDITION, "sheets", list(survey.bank.topics())))


@pytest.mark.parametrize("has_address", [True, False])
def test_of_several_topics_each_is_composed_by_itself_before(
    has_address: bool, here: Path, tmp_path: Path, kept: Store
) -> None:
    """Also where a box leads to another topic within the whole document alone, since the bank has no address."""
    add(here, "sibling", see_also=["precision"])
    settings = (here / "bank.yaml").read_text(encoding="utf-8")
    if not has_address:
        (here / "bank.yaml").write_text(
            settings.replace("repository: https://example.org/mini\n", ""), encoding="utf-8"
        )
    survey = Survey(Folder(here), kept, rendering=True)
    for job in collection(survey):
        assert job.first
        finds = list(job.first())
        assert len(finds) == len(list(survey.bank.topics()))
        for find in finds:
            kept.put(find().kept)
        assert not list(job.first())
        told = job.prepare()(tmp_path / "all.pdf")
        assert told
        assert told.kept == ()


def test_of_several_topics_none_is_composed_again_that_has_a_sheet_of_its_own(
    here: Path, tmp_path: Path, kept: Store
) -> None:
    made(here, tmp_path / "a.pdf", kept)
    job = collection(Survey(Folder(here), kept, rendering=True))[0]
    assert job.first
    assert [find.args[0].parts[0].name for find in job.first()] == ["A4: evaluation"]


def test_a_document_is_the_same_whether_its_topics_were_composed_before(
    here: Path, tmp_path: Path, kept: Store
) -> None:
    job = collection(Survey(Folder(here), kept, rendering=True))[0]
    job.prepare()(tmp_path / "at-once.pdf")
    assert job.first
    for find in job.first():
        kept.put(find().kept)
    job.prepare()(tmp_path / "before.pdf")
    assert (tmp_path / "at-once.pdf").read_bytes() == (tmp_path / "before.pdf").read_bytes()
