"""The book: what stands in its volumes, where they are cut, and its index."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import MINIBANK, TIME, surveyed
from qbank.bank.settings import Topic
from qbank.check.facts import Facts
from qbank.outputs import book, jobs
from qbank.outputs.job import Edition, Job
from qbank.survey import Survey

EDITION = Edition("2026.11", TIME)
PRECISION = "evaluation/precision.yaml"


def replaced(bank: Path, path: str, old: str, new: str) -> None:
    text = (bank / path).read_text(encoding="utf-8")
    assert old in text
    (bank / path).write_text(text.replace(old, new), encoding="utf-8")


def planned(survey: Survey) -> list[Job]:
    return list(jobs("book", survey, EDITION))


def topics(*sizes: int) -> list[tuple[Topic, list[Facts]]]:
    topic, (question, *_) = next(surveyed(MINIBANK).bank.topics())
    return [(topic, [question._replace(name=f"q-{n}-{k}") for k in range(size)]) for n, size in enumerate(sizes)]


def terms(*given: tuple[str, str]) -> list[tuple[str, list[tuple[str, list[Any]]]]]:
    return book.index(given)


def test_a_bank_that_fits_makes_one_file_on_each_paper() -> None:
    assert [job.path for job in planned(surveyed(MINIBANK))] == ["book/all-a4.pdf", "book/all-letter.pdf"]


def test_a_bank_that_does_not_fit_makes_volumes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "LIMIT", 1)
    assert [job.path for job in planned(surveyed(MINIBANK))] == [
        "book/all-1-a4.pdf",
        "book/all-1-letter.pdf",
        "book/all-2-a4.pdf",
        "book/all-2-letter.pdf",
    ]


def test_without_typst_or_paper_there_is_no_book(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qbank.outputs.book.find_spec", lambda name: None)
    assert planned(surveyed(MINIBANK)) == []


def test_an_empty_bank_has_no_book(minibank: Path) -> None:
    for path in minibank.glob("*/*.yaml"):
        path.unlink()
    assert planned(surveyed(minibank)) == []


def test_after_a_change_only_the_volume_that_holds_it_is_made_anew(
    minibank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book, "LIMIT", 1)
    before = {job.path: job.key for job in planned(surveyed(minibank))}
    replaced(minibank, PRECISION, "The share of predicted", "Of the predicted")
    after = {job.path: job.key for job in planned(surveyed(minibank))}
    assert {path for path in after if after[path] != before[path]} == {"book/all-1-a4.pdf", "book/all-1-letter.pdf"}


def test_a_new_title_changes_the_volumes_that_refer_to_it(minibank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "LIMIT", 1)
    before = {job.path: job.key for job in planned(surveyed(minibank))}
    replaced(minibank, PRECISION, "title: Precision", "title: Precision, again")
    after = {job.path: job.key for job in planned(surveyed(minibank))}
    assert {path for path in after if after[path] != before[path]} == set(before)


def test_topics_stay_whole_unless_one_is_larger_than_a_volume() -> None:
    sizes = [[len(part) for _, part in each.topics] for each in book.bound(topics(3, 3, 2, 9, 1), 5).volumes]
    assert sizes == [[3], [3, 2], [5], [4, 1]]


@given(st.lists(st.integers(1, 12), min_size=1, max_size=8), st.integers(1, 10))
def test_volumes_hold_every_question_once_in_order_and_none_is_too_large(sizes: list[int], limit: int) -> None:
    given = topics(*sizes)
    bound = book.bound(given, limit)
    held = [question.name for volume in bound.volumes for question in volume.questions]
    assert held == [question.name for _, questions in given for question in questions]
    assert all(0 < len(volume.questions) <= limit for volume in bound.volumes)
    assert all(volume.total == len(bound.volumes) for volume in bound.volumes)
    for volume in bound.volumes:
        assert {bound.shelf[question.name] for question in volume.questions} == {volume.number}
    assert [volume.number for volume in bound.volumes] == (
        [0] if len(bound.volumes) == 1 else list(range(1, len(bound.volumes) + 1))
    )


def test_terms_stand_below_letters_without_capitals_accents_and_signs() -> None:
    found = terms(("zeta", "a"), ("Éclair", "b"), ("echo", "c"), ("“Apple”", "d"), ("3 heads", "e"))
    assert [(letter, [term for term, _ in each]) for letter, each in found] == [
        ("", ["3 heads"]),
        ("A", ["“Apple”"]),
        ("E", ["echo", "Éclair"]),
        ("Z", ["zeta"]),
    ]


def test_terms_of_signs_alone_stand_ahead_of_the_letters() -> None:
    found = terms(("zeta", "a"), ("\u20d0", "b"), ("\u20d1", "c"), ("--", "d"), ("\u0301e", "e"))
    assert [(letter, [term for term, _ in each]) for letter, each in found] == [
        ("", ["--", "\u20d0", "\u20d1"]),
        ("E", ["\u0301e"]),
        ("Z", ["zeta"]),
    ]


def test_terms_that_are_the_same_are_one_with_the_places_of_all() -> None:
    ((letter, ((term, places),)),) = terms(("Bias", "one"), ("bias", "two"), ("Bias", "one"))
    assert (letter, term) == ("B", "Bias")
    assert places == ['label("question one")', 'label("question two")']


@given(st.lists(st.text(min_size=1, max_size=8), max_size=12))
def test_every_term_is_in_the_index_below_a_letter_that_comes_once(given: list[str]) -> None:
    found = terms(*((term, f"q-{n}") for n, term in enumerate(given)))
    letters = [letter for letter, _ in found]
    assert len(letters) == len(set(letters))
    assert sum(len(places) for _, each in found for _, places in each) == len(given)
    assert all(len(letter) <= 1 for letter in letters)


def test_chinese_characters_need_no_letters() -> None:
    assert [letter for letter, _ in terms(("天文", "a"), ("月", "b"), ("かに", "c"))] == ["か", ""]


def test_what_a_bank_says_is_no_code_of_typst(minibank: Path) -> None:
    replaced(minibank, PRECISION, "title: Precision", 'title: "#panic(1) $x$ ]"')
    (job, _) = planned(surveyed(minibank))
    make = job.prepare()
    source: str = make.args[0]  # type: ignore[attr-defined]
    assert r"\#panic\(1\) \$x\$ \]" in source
    assert "#panic" not in source.replace(r"\#panic", "")
