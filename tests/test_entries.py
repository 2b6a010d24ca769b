"""What a file says is made of its bytes alone, and survives being kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from conftest import MINIBANK, surveyed
from qbank.entries import File, Maker, restored
from qbank.workers import Workers

PATH = "linear-models/ridge-regression.yaml"


@pytest.fixture(scope="module")
def maker() -> Maker:
    return Maker(surveyed(MINIBANK).header, "bank", {"line.svg": "qbank-line.svg"}, rendering=True)


def file(data: bytes | None = None) -> File:
    return File(PATH, "the hash", (MINIBANK / PATH).read_bytes() if data is None else data)


def test_a_good_file_gives_facts_and_the_question_in_every_form(maker: Maker) -> None:
    entry = maker.entry(file())
    assert entry.facts
    assert (entry.facts.name, entry.facts.topic, entry.facts.digest) == (
        "ridge-regression",
        "linear-models",
        "the hash",
    )
    assert [(card.id, card.kind, card.reverse, sorted(card.gaps)) for card in entry.facts.cards] == [
        ("penalty", "fact", True, []),
        ("solution", "cloze", False, ["1", "2", "3"]),
        ("code", "cloze", False, ["1", "2", "3"]),
    ]
    assert entry.problems == ()
    assert b"qbank-line.svg" in entry.rendered


@pytest.mark.parametrize("data", [None, b"question: What?\n", b"a: [", b"\xff"])
def test_an_entry_survives_being_kept(data: bytes | None, maker: Maker) -> None:
    entry = maker.entry(file(data))
    assert restored(PATH, entry.dumped()) == entry._replace(rendered=b"")


def test_a_faulty_question_has_facts_and_is_not_rendered(maker: Maker) -> None:
    entry = maker.entry(file(b"question: What?\nkind: concept\n"))
    assert entry.facts
    assert entry.problems
    assert entry.rendered == b""
    with pytest.raises(ValueError, match="problems"):
        maker.rendered(file(b"["))


def test_a_file_that_is_no_yaml_has_no_facts(maker: Maker) -> None:
    assert maker.entry(file(b"a: [")).facts is None


def test_many_files_are_read_side_by_side_and_come_in_order(maker: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qbank.entries._TOGETHER", 3 * len(file().data))
    files = [File(f"linear-models/q-{n}.yaml", str(n), file().data) for n in range(10)]
    here = list(maker.entries(files))
    with Workers(2) as workers:
        assert list(maker.entries(files, workers)) == here
    assert [entry.path for entry in here] == [each.path for each in files]


def test_processes_make_what_each_bank_asks_of_them(maker: Maker) -> None:
    plain = replace(maker, rendering=False)
    with Workers(2) as workers:
        for each in (maker, plain, maker):
            (made,) = each.entries([file()], workers)
            assert bool(made.rendered) is each.rendering


def test_what_rests_on_something_that_is_not_there_is_not_rendered(maker: Maker, tmp_path: Path) -> None:
    unknown = File("nowhere/ridge-regression.yaml", "", file().data)
    assert maker.entry(unknown).rendered == b""
