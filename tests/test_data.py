"""The bank as data: complete, valid, the same for every row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from conftest import build


@pytest.fixture(scope="module")
def mini(mini_root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("data")
    return {path: (out / path).read_bytes() for path in build(mini_root, out, "data")}


def keys(value: Any) -> Any:
    """The shape of a JSON value: its keys, all the way down."""
    if isinstance(value, dict):
        return {key: keys(item) for key, item in value.items()}
    return [keys(value[0])] if isinstance(value, list) and value else []


def test_both_files_validate_against_the_schema(mini: dict[str, bytes], built: Path) -> None:
    for texts in (mini, {f"data/{path.name}": path.read_bytes() for path in (built / "data").iterdir()}):
        schema = json.loads(texts["data/schema.json"])
        jsonschema.Draft202012Validator.check_schema(schema)
        # Made once: a row is valid in no time, to look at the schema again for each of them takes long.
        whole = jsonschema.Draft202012Validator(schema)
        single = jsonschema.Draft202012Validator({**schema["$defs"]["question"], "$defs": schema["$defs"]})
        whole.validate(json.loads(texts["data/questions.json"]))
        rows = [json.loads(line) for line in texts["data/questions.jsonl"].decode().splitlines()]
        assert rows == json.loads(texts["data/questions.json"])["questions"]
        for row in rows:
            single.validate(row)


def test_every_row_has_every_key(mini: dict[str, bytes]) -> None:
    rows = json.loads(mini["data/questions.json"])["questions"]
    assert len({tuple(row) for row in rows}) == 1
    assert rows[1]["figure"] == {"file": "line.svg", "alt": "A line through the origin"}
    assert rows[0]["figure"] == {"file": "", "alt": ""}


def test_texts_come_as_markdown_as_html_and_as_plain_text(mini: dict[str, bytes]) -> None:
    question = json.loads(mini["data/questions.json"])["questions"][1]["question"]
    assert question == {
        "markdown": r"What does **ridge regression** minimize, and why does $\lambda > 0$ help?",
        "html": r"What does <strong>ridge regression</strong> minimize, and why does \(\lambda &gt; 0\) help?",
        "text": "What does ridge regression minimize, and why does λ > 0 help?",
    }


def test_references_can_be_followed(mini: dict[str, bytes]) -> None:
    row = json.loads(mini["data/questions.json"])["questions"][1]
    assert row["references"][0]["link"] == "https://doi.org/10.1007/978-0-387-84858-7"
    assert row["url"] == "https://example.org/mini/blob/main/bank/linear-models/ridge-regression.yaml"


def test_the_table_has_a_head_that_anki_reads_and_rows_of_one_width(mini: dict[str, bytes]) -> None:
    import csv
    import io

    text = mini["data/anki.tsv"].decode()
    head = [line for line in text.splitlines() if line.startswith("#")]
    assert head[:5] == ["#separator:tab", "#html:true", "#guid column:1", "#notetype column:2", "#deck column:3"]
    body = text.split("\n", len(head))[-1]
    rows = list(csv.reader(io.StringIO(body), delimiter="\t"))
    assert len(rows) == 6
    assert {len(row) for row in rows} == {int(head[5].rpartition(":")[2])}


def test_what_data_hold_is_named_in_full(mini: dict[str, bytes]) -> None:
    """A change of the keys is a change for every program that reads them: do it on purpose."""
    row = json.loads(mini["data/questions.json"])["questions"][1]
    golden = Path(__file__).parent / "golden" / "question-keys.json"
    assert keys(row) == json.loads(golden.read_text(encoding="utf-8"))


def test_the_data_of_an_empty_bank_are_valid_json(minibank: Path, tmp_path: Path) -> None:
    for path in minibank.glob("*/*.yaml"):
        path.unlink()
    build(minibank, tmp_path / "out", "data")
    whole = json.loads((tmp_path / "out" / "data" / "questions.json").read_text(encoding="utf-8"))
    assert whole["questions"] == []
    assert (tmp_path / "out" / "data" / "questions.jsonl").read_bytes() == b""


def test_the_whole_file_is_written_as_json_writes_it(mini: dict[str, bytes]) -> None:
    text = mini["data/questions.json"].decode()
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"
    for line in mini["data/questions.jsonl"].decode().splitlines():
        assert line == json.dumps(json.loads(line), ensure_ascii=False)
