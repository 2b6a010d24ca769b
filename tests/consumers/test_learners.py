"""What docs/learners.md tells learners to type works in the real Anki."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest

from collection import collection, import_package
from conftest import REPOSITORY
from learner import Learner
from releases import DAY, FIRST, SECOND, ChangingBank

PAGE = (REPOSITORY / "docs" / "learners.md").read_text(encoding="utf-8")
SEARCHES = re.findall(r"^\| `(.+?)` \|", PAGE, re.MULTILINE)


def test_the_page_names_searches() -> None:
    assert len(SEARCHES) >= 6


@pytest.fixture(scope="module")
def imported(built: Path, tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    with collection(tmp_path_factory.mktemp("profile")) as col:
        import_package(col, built / "anki" / "ml-interview.apkg")
        yield col


@pytest.mark.parametrize("search", SEARCHES)
def test_a_search_finds_what_it_says(search: str, imported) -> None:  # type: ignore[no-untyped-def]
    found = imported.find_cards(search)
    later = "prop:lapses" in search or "qbank::retired" in search
    assert later or found, "a fresh deck has cards that it finds"


def test_every_picture_of_the_page_is_there() -> None:
    pictures = re.findall(r"!\[.+?\]\((.+?)\)", PAGE)
    assert len(pictures) >= 12
    for picture in pictures:
        assert (REPOSITORY / "docs" / picture).is_file()


def test_after_an_update_the_deck_says_what_changed_and_how_to_find_what_is_retired(tmp_path: Path) -> None:
    bank = ChangingBank(tmp_path, 4)
    (tmp_path / "profile").mkdir()
    someone = Learner(tmp_path / "profile", FIRST, Random(1))
    try:
        someone.imports(bank.release("2026.9", FIRST) / "mini.apkg")
        bank.correct("question-1")
        bank.retire("question-2")
        someone.on(SECOND + DAY).imports(bank.release("2026.10", SECOND) / "mini.apkg")
        description = someone.col.decks.get(someone.col.decks.id_for_name("Mini"))["desc"]
        assert "2026.10" in description
        assert "3 retired" in description
        search = re.search(r"`(tag:.+?)`", description)
        assert search
        assert len(someone.col.find_notes(search[1])) == 3
    finally:
        someone.close()
