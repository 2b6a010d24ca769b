"""The bank as data: complete, valid, the same for every row, and whole in its own folder."""

from __future__ import annotations

import copy
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing.jsonschema import EMPTY_REGISTRY

from conftest import BANK, HERE, build, surveyed
from qbank.outputs import data
from qbank.outputs.tables import card_schema

GOLDEN = HERE / "golden" / "data-keys.json"


@pytest.fixture(scope="module")
def mini(mini_root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("data")
    return {path: (out / path).read_bytes() for path in build(mini_root, out, "data")}


def keys(value: Any) -> Any:
    """The shape of a JSON value: its keys, all the way down."""
    if isinstance(value, dict):
        return {key: keys(item) for key, item in value.items()}
    return [keys(value[0])] if isinstance(value, list) and value else []


def lines(text: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.decode().splitlines()]


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """Every schema of an object in a schema."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for value in schema.values():
            yield from objects(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from objects(value)


def closed(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema that also refuses what it does not describe."""
    made = copy.deepcopy(schema)
    for each in objects(made):
        each["additionalProperties"] = False
    return made


def validator(schema: dict[str, Any], part: str = "") -> Any:
    """What validates a file, or a line of one. Made once: to look at the schema anew for each row takes long."""
    whole = {"$defs": schema["$defs"], **schema["$defs"][part]} if part else schema
    return jsonschema.Draft202012Validator(whole, registry=EMPTY_REGISTRY)


# -- the schema


def test_every_file_validates_against_the_schema_and_holds_nothing_else(mini: dict[str, bytes], built: Path) -> None:
    real = {f"data/{path.name}": path.read_bytes() for path in (built / "data").iterdir() if path.is_file()}
    for texts in (mini, real):
        schema = json.loads(texts["data/schema.json"])
        jsonschema.Draft202012Validator.check_schema(schema)
        validator(closed(schema)).validate(json.loads(texts["data/questions.json"]))
        rows = lines(texts["data/questions.jsonl"])
        assert rows == json.loads(texts["data/questions.json"])["questions"]
        for part, each in (("question", rows), ("card", lines(texts["data/cards.jsonl"]))):
            assert each
            single = validator(closed(schema), part)
            for row in each:
                single.validate(row)


def test_a_key_that_a_later_version_adds_breaks_no_validator_of_today(mini: dict[str, bytes]) -> None:
    schema = json.loads(mini["data/schema.json"])

    def grown(value: Any) -> Any:
        if isinstance(value, dict):
            return {**{key: grown(item) for key, item in value.items()}, "added": {"later": True}}
        return [grown(item) for item in value] if isinstance(value, list) else value

    whole = json.loads(mini["data/questions.json"])
    validator(schema).validate(grown(whole))
    assert not validator(closed(schema)).is_valid(grown(whole))
    validator(schema, "card").validate(grown(lines(mini["data/cards.jsonl"])[0]))


def test_every_field_is_described(mini: dict[str, bytes]) -> None:
    fields = [
        (name, field)
        for each in objects(json.loads(mini["data/schema.json"]))
        for name, field in each["properties"].items()
    ]
    assert len(fields) > 100
    assert [name for name, field in fields if not re.match(r"[A-Z`].*[.:0-9]$", field.get("description", ""))] == []


def test_the_schema_is_named_by_the_repository_or_by_a_urn() -> None:
    settings = surveyed(BANK).header.settings
    assert settings.repository == ""
    assert data.schema(settings)["$id"] == "urn:qbank:qbank.ml-interview:data:1"
    mini = surveyed(HERE / "minibank").header.settings
    assert data.schema(mini)["$id"] == "https://example.org/mini/data/1/schema.json"


def test_what_data_hold_is_named_in_full(mini: dict[str, bytes]) -> None:
    """A change of the keys is a change for every program that reads them: do it on purpose, and as docs/data.md says.

    QBANK_UPDATE=1 writes them anew. What is taken away, renamed or moved needs another major version; a key may be
    added with another minor one, a column of cards.csv at the end.
    """
    whole = json.loads(mini["data/questions.json"])
    row = whole.pop("questions")[1]
    row["cards"] = row["cards"][1:]  # the first is no cloze text
    found = {
        "schema_version": whole["schema_version"],
        "questions.json": keys(whole),
        "questions.jsonl": keys(row),
        "cards.jsonl": list(lines(mini["data/cards.jsonl"])[0]),
        "cards.csv": mini["data/cards.csv"].decode().split("\n")[0].split(","),
    }
    if os.environ.get("QBANK_UPDATE"):
        GOLDEN.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(GOLDEN.read_text(encoding="utf-8"))


# -- what is in them


def test_every_row_has_every_key(mini: dict[str, bytes]) -> None:
    rows = json.loads(mini["data/questions.json"])["questions"]
    assert len({tuple(row) for row in rows}) == 1
    assert rows[1]["figure"] == {"file": "line.svg", "alt": "A line through the origin", "path": "figures/line.svg"}
    assert rows[0]["figure"] == {"file": "", "alt": "", "path": ""}


def test_texts_come_as_markdown_as_html_and_as_plain_text(mini: dict[str, bytes]) -> None:
    question = json.loads(mini["data/questions.json"])["questions"][1]["question"]
    assert question == {
        "markdown": r"What does **ridge regression** minimize, and why does $\lambda > 0$ help?",
        "html": r"What does <strong>ridge regression</strong> minimize, and why does \(\lambda &gt; 0\) help?",
        "text": "What does ridge regression minimize, and why does λ > 0 help?",
    }


def test_a_cloze_text_comes_with_what_each_of_its_deletions_asks(mini: dict[str, bytes]) -> None:
    card = json.loads(mini["data/questions.json"])["questions"][1]["cards"][1]
    assert "{{c1::" in card["cloze"]["html"] and "{{" not in card["cloze"]["text"]
    assert [each["number"] for each in card["deletions"]] == [1, 2, 3]
    assert card["deletions"][2]["front"]["text"] == "Ridge: ŵ = (X^⊤X + λI)^(-1)X^⊤y, with [a positive number]."
    assert card["deletions"][2]["back"]["markdown"] == r"$\lambda = \frac{1}{b^{2}}$"


def test_what_a_question_refers_to_is_in_the_same_file(built: Path) -> None:
    whole = json.loads((built / "data" / "questions.json").read_text(encoding="utf-8"))
    works = {each["work"]: each for each in whole["works"]}
    origins = {each["id"] for each in whole["origins"]}
    questions = {each["id"]: each for each in whole["questions"]}
    assert len(works) > 100 and len(origins) > 100
    cited = [reference for row in questions.values() for reference in row["references"]]
    assert cited and all(works[each["work"]].items() <= each.items() for each in cited)
    assert all(origins.issuperset(row["asked_in"]) for row in questions.values())
    linked = [link for row in questions.values() for link in (*row["needs"], *row["see_also"])]
    assert linked and all(questions[each["id"]]["title"] == each["title"] for each in linked)
    assert all(questions[each["id"]]["path"] == each["path"] for each in linked)
    assert {row["topic"] for row in questions.values()} == {topic["name"] for topic in whole["topics"]}


def test_the_figures_lie_beside_the_data_as_the_data_say(built: Path) -> None:
    folder = built / "data"
    rows = lines((folder / "questions.jsonl").read_bytes())
    named = {row["figure"]["path"] for row in rows} - {""}
    assert len(named) > 100
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*.svg")} == named
    assert all((folder / path).read_bytes().startswith(b"<svg") for path in named)


def test_references_can_be_followed(mini: dict[str, bytes]) -> None:
    row = json.loads(mini["data/questions.json"])["questions"][1]
    assert row["references"][0]["link"] == "https://doi.org/10.1007/978-0-387-84858-7"
    assert row["url"] == "https://example.org/mini/blob/main/bank/linear-models/ridge-regression.yaml"
    assert row["see_also"] == [
        {
            "id": "precision",
            "title": "Precision",
            "path": "bank/evaluation/precision.yaml",
            "url": "https://example.org/mini/blob/main/bank/evaluation/precision.yaml",
        }
    ]


def test_paths_begin_with_the_folder_that_the_bank_is_in(minibank: Path, tmp_path: Path) -> None:
    minibank.rename(tmp_path / "questions")
    build(tmp_path / "questions", tmp_path / "out", "data")
    row = lines((tmp_path / "out" / "data" / "questions.jsonl").read_bytes())[1]
    assert row["path"] == "questions/linear-models/ridge-regression.yaml"
    assert row["see_also"][0]["path"] == "questions/evaluation/precision.yaml"


def test_a_new_title_is_known_to_what_links_there(minibank: Path, tmp_path: Path) -> None:
    build(minibank, tmp_path / "out", "data")
    file = minibank / "evaluation" / "precision.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("title: Precision", "title: Exactness"), encoding="utf-8")
    build(minibank, tmp_path / "out", "data")
    assert lines((tmp_path / "out" / "data" / "questions.jsonl").read_bytes())[1]["see_also"][0]["title"] == "Exactness"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("references.yaml", "year: 2015", "year: 2014"),
        ("origins.yaml", "What is nobody answering?", "What does nobody answer?"),
    ],
)
def test_a_change_of_a_table_is_a_change_of_the_data(
    minibank: Path, tmp_path: Path, file: str, old: str, new: str
) -> None:
    """Of works that no question cites and origins that none answers, too."""
    build(minibank, tmp_path / "out", "data")
    text = (minibank / file).read_text(encoding="utf-8")
    assert old in text
    (minibank / file).write_text(text.replace(old, new), encoding="utf-8")
    build(minibank, tmp_path / "out", "data")
    said = new.removeprefix("year: ")
    assert f'"{said}"' in (tmp_path / "out" / "data" / "questions.json").read_text(encoding="utf-8")


def test_the_data_of_an_empty_bank_are_valid(minibank: Path, tmp_path: Path) -> None:
    for path in minibank.glob("*/*.yaml"):
        path.unlink()
    build(minibank, tmp_path / "out", "data")
    folder = tmp_path / "out" / "data"
    whole = json.loads((folder / "questions.json").read_text(encoding="utf-8"))
    assert whole["questions"] == []
    validator(json.loads((folder / "schema.json").read_text(encoding="utf-8"))).validate(whole)
    assert (folder / "questions.jsonl").read_bytes() == (folder / "cards.jsonl").read_bytes() == b""
    columns = card_schema(surveyed(minibank).header.settings)["properties"]
    assert (folder / "cards.csv").read_text(encoding="utf-8") == ",".join(columns) + "\n"


def test_files_are_written_as_json_writes_them(mini: dict[str, bytes]) -> None:
    for name in ("questions.json", "schema.json"):
        text = mini[f"data/{name}"].decode()
        assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"
    for name in ("questions.jsonl", "cards.jsonl"):
        for line in mini[f"data/{name}"].decode().splitlines():
            assert line == json.dumps(json.loads(line), ensure_ascii=False)
