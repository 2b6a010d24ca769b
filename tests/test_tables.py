"""Tables: every card on a line, every note type with columns of its own."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pandas
import pytest

from conftest import build, surveyed
from qbank.outputs.notes import all_notes


@pytest.fixture(scope="module")
def folder(mini_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("tables")
    build(mini_root, out, "data")
    return out / "data"


def test_every_card_that_anki_makes_is_on_a_line(folder: Path, mini_root: Path) -> None:
    found = [json.loads(line) for line in (folder / "cards.jsonl").read_text(encoding="utf-8").splitlines()]
    made = [(note.guid, number + 1) for note in all_notes(surveyed(mini_root)) for number in note.cards]
    assert [(card["guid"], card["number"]) for card in found] == made
    assert len({card["id"] for card in found}) == len(found)
    tags = {note.guid: list(note.tags) for note in all_notes(surveyed(mini_root))}
    assert all(card["tags"] == tags[card["guid"]] for card in found)


def test_a_card_says_what_it_asks_and_answers(folder: Path) -> None:
    found = [json.loads(line) for line in (folder / "cards.jsonl").read_text(encoding="utf-8").splitlines()]
    said = [(card["id"], card["type"], card["front_text"], card["back_text"]) for card in found]
    assert said[2:5] == [
        (
            "ridge-regression#1",
            "question",
            "What does ridge regression minimize, and why does λ > 0 help?",
            "The squared error plus λ‖w‖_2^2: it shrinks the weights toward zero, which trades a little bias for less "
            "variance.",
        ),
        (
            "ridge-regression/penalty#1",
            "fact",
            "Which norm of the weights does ridge regression penalize?",
            "The squared L_2 norm.",
        ),
        (
            "ridge-regression/penalty#2",
            "reverse",
            "The squared L_2 norm.",
            "Which norm of the weights does ridge regression penalize?",
        ),
    ]
    assert said[5][1:] == ("cloze", "Ridge: ŵ = ([...])^(-1)X^⊤y, with λ = 1/b^2.", "X^⊤X + λI")


def test_a_card_outside_the_essentials_does_not_bear_their_tag(minibank: Path, tmp_path: Path) -> None:
    file = minibank / "evaluation" / "precision.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("    essential: true\n", ""), encoding="utf-8")
    build(minibank, tmp_path, "data")
    rows = [json.loads(line) for line in (tmp_path / "data" / "cards.jsonl").read_text(encoding="utf-8").splitlines()]
    marked = {row["id"]: row["essential"] for row in rows}
    assert marked["precision#1"] and not marked["precision/formula#1"]
    assert {row["id"] for row in rows if "qbank::essential" in row["tags"]} == {"precision#1"}


@pytest.mark.parametrize("reader", ["csv", "pandas"])
def test_the_csv_says_what_the_lines_of_json_say(folder: Path, reader: str) -> None:
    path = folder / "cards.csv"
    if reader == "csv":
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
    else:
        rows = pandas.read_csv(path, dtype=str, keep_default_na=False).to_dict("records")
    wanted = [json.loads(line) for line in (folder / "cards.jsonl").read_text(encoding="utf-8").splitlines()]
    assert rows == [
        {
            **card,
            "number": str(card["number"]),
            "essential": str(card["essential"]).lower(),
            "tags": " ".join(card["tags"]),
        }
        for card in wanted
    ]


@pytest.mark.parametrize("kind", ["question", "fact", "cloze"])
def test_a_table_for_anki_has_a_column_for_every_field(folder: Path, mini_root: Path, kind: str) -> None:
    head = (folder / f"anki-{kind}.tsv").read_text(encoding="utf-8").split("\n", 7)
    assert head[:3] == ["#separator:tab", "#html:true", f"#notetype:Mini {kind}"]
    assert head[4:7] == ["#guid column:1", "#deck column:2", "#tags column:3"]
    columns = head[3].removeprefix("#columns:").split("\t")
    assert columns[:3] == ["guid", "deck", "tags"]
    rows = list(csv.reader(io.StringIO(head[7]), delimiter="\t", strict=True))
    notes = [note for note in all_notes(surveyed(mini_root)) if note.kind == kind]
    assert notes and [dict(zip(columns, row, strict=True)) for row in rows] == [
        {"guid": note.guid, "deck": note.deck, "tags": " ".join(note.tags), **note.named} for note in notes
    ]
