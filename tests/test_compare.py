"""The command that compares what two revisions build names every kind of difference."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import compare
import pypdf
import pytest

from conftest import MINIBANK, REPOSITORY

Run = Callable[..., list[str]]
DECK = "anki/mini.apkg"
PDF = "cheatsheets/evaluation-a4.pdf"


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the generator makes of the small bank."""
    out = tmp_path_factory.mktemp("compare") / "dist"
    compare.build(compare.Source("this", REPOSITORY), MINIBANK, out)
    return out


@pytest.fixture
def other(dist: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return Path(shutil.copytree(dist, tmp_path / "other"))


@pytest.fixture
def told(dist: Path, other: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """What the command says of a file that differs, and only of that."""

    def run(name: str, *options: str) -> list[str]:
        status = compare.main(["--folders", str(dist), str(other), *options])
        summary, *rest = capsys.readouterr().out.splitlines()
        assert status == 1
        assert summary.endswith("equal, 1 differ, 0 only old, 0 only new")
        assert rest[0] == f"differs: {name}"
        assert len(rest) > 1
        assert all(line.startswith("    ") for line in rest[1:])
        return [line.strip() for line in rest[1:]]

    return run


def repack(path: Path, **members: bytes) -> None:
    """Write a package again, with some of its files replaced."""
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in {**held, **members}.items():
            archive.writestr(name, data)


def change_rows(path: Path, *statements: str, **functions: Callable[[str], str]) -> None:
    """Change the collection of a package; functions of one argument can be called in the statements."""
    with zipfile.ZipFile(path) as archive:
        data = archive.read("collection.anki2")
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.deserialize(data)
    for name, function in functions.items():
        connection.create_function(name, 1, function)
    for statement in statements:
        connection.execute(statement)
    repack(path, **{"collection.anki2": connection.serialize()})
    connection.close()


def refused(*words: str) -> str:
    """The one line that the command prints when it is used wrongly."""
    command = [sys.executable, str(REPOSITORY / "tests" / "compare.py"), *words]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.count("\n") == 1
    return run.stderr.strip()


# -- folders


def test_equal_folders_are_said_to_be_equal(dist: Path, other: Path, capsys: pytest.CaptureFixture[str]) -> None:
    count = len(compare.tree(dist))
    assert count > 10
    assert compare.main(["--folders", str(dist), str(other)]) == 0
    assert capsys.readouterr().out == f"{count} files: {count} equal, 0 differ, 0 only old, 0 only new\n"


def test_files_of_one_side_are_named(dist: Path, other: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (other / DECK).rename(other / "anki" / "renamed.apkg")
    assert compare.main(["--folders", str(dist), str(other)]) == 1
    count = len(compare.tree(dist))
    assert capsys.readouterr().out.splitlines() == [
        f"{count + 1} files: {count - 1} equal, 0 differ, 1 only old, 1 only new",
        f"only old: {DECK}",
        "only new: anki/renamed.apkg",
    ]


def test_what_builds_note_for_themselves_is_no_output(
    dist: Path, other: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = other / ".qbank" / "manifest.json"
    assert manifest.is_file()
    manifest.write_text("{}", encoding="utf-8")
    (other / ".qbank" / "lock").unlink(missing_ok=True)
    assert compare.main(["--folders", str(dist), str(other)]) == 0
    assert compare.main(["--digests", str(other)]) == 0
    assert ".qbank" not in capsys.readouterr().out


def test_digests_are_those_of_the_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "b.txt").write_bytes(b"b")
    (tmp_path / "a.txt").write_bytes(b"a")
    assert compare.main(["--digests", str(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{hashlib.sha256(b'a').hexdigest()} a.txt",
        f"{hashlib.sha256(b'b').hexdigest()} data/b.txt",
    ]


def test_a_long_report_is_cut_unless_all_is_asked_for(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        folder.mkdir()
        (folder / "long.md").write_text("".join(f"{folder.name} {n}\n" for n in range(50)), encoding="utf-8")
    _, _, *lines = compare.compare(old, new)
    assert lines[:2] == ["    50 lines only old, 50 only new", "    line 1: 'old 0' → 'new 0'"]
    assert lines[20:] == ["    and 31 lines more: --all shows them"]
    assert len(compare.compare(old, new, None)) == 2 + 51


# -- packages


def test_a_changed_note_is_named_by_guid_field_and_both_texts(other: Path, told: Run) -> None:
    change_rows(
        other / DECK,
        "update notes set flds = replace(flds, 'share of predicted', 'part of predicted'), mod = mod + 1",
        "update notes set tags = ' alone ' where id = (select min(id) from notes)",
    )
    lines = told(DECK)
    assert lines[0].startswith("differences: notes ")
    assert any("field 'Answer': '<p>The share of predicted" in line and "'<p>The part of" in line for line in lines)
    assert any(": tags: ' qbank::" in line and line.endswith("→ ' alone '") for line in lines)
    assert lines[-1].startswith("notes: mod differs in ")
    assert not any("same rows" in line for line in lines)


def test_notes_and_cards_of_one_side_are_named(other: Path, told: Run) -> None:
    first = "(select min(id) from notes)"
    change_rows(
        other / DECK,
        f"delete from cards where nid = {first}",
        f"delete from notes where id = {first}",
        "update cards set did = 1 where id = (select max(id) from cards)",
        "update cards set due = due + 7",
    )
    lines = told(DECK)
    assert lines[0] == "differences: notes 1, cards 3"
    assert lines[1].startswith("note ")
    assert ": only old: 'What is precision?'" in lines[1]
    assert "/0: only old: 'Mini" in lines[2]
    assert ": deck: 'Mini" in lines[3]
    assert lines[3].endswith("→ 'Default'")
    assert lines[4].startswith("cards: due differs in ")


def test_two_notes_with_one_guid_are_not_taken_for_one(other: Path, told: Run) -> None:
    change_rows(
        other / DECK,
        "insert into notes select 1, guid, mid, mod, usn, tags, flds, sfld, csum, flags, data from notes limit 1",
    )
    lines = told(DECK)
    assert lines[0].startswith("differences: notes ")
    assert any("(no. 2): only new: " in line for line in lines)


def test_changed_note_types_and_decks_are_named(other: Path, told: Run) -> None:
    def change(text: str) -> str:
        models = json.loads(text)
        first = next(iter(models.values()))
        first["css"] = "/* new */" + first["css"]
        first["tmpls"][0]["afmt"] += "<hr>"
        first["flds"][0]["name"] = "Renamed"
        return json.dumps(models)

    change_rows(
        other / DECK,
        "update col set models = change(models), decks = replace(decks, '11 cards', '12 cards')",
        change=change,
    )
    lines = told(DECK)
    assert lines[0].startswith("differences: note types 4, decks 1, notes ")
    report = "\n".join(lines)
    assert "].afmt: " in report
    assert ".css: " in report
    assert "/* new */" in report
    assert ".fields[Renamed]: only new" in report
    assert "deck 'Mini" in report
    assert ".desc: " in report


def test_other_columns_and_tables_of_a_package_are_named(other: Path, told: Run) -> None:
    change_rows(
        other / DECK,
        "update col set crt = 5",
        "insert into graves values (0, 1, 1)",
        "create table more (id integer primary key)",
    )
    assert told(DECK) == [
        "differences: definitions of tables 1, settings 1, other tables 2",
        "definitions.more: only new: 'CREATE TABLE more (id integer primary key)'",
        "col.crt: 1411124400 → 5",
        "table graves: 0 → 1 rows",
        "table more: 0 → 0 rows",
    ]


def test_the_same_rows_in_other_pages_are_recognized(other: Path, told: Run) -> None:
    change_rows(other / DECK, "pragma page_size = 16384", "vacuum")
    assert told(DECK) == ["same rows, other page order"]


def test_the_same_files_in_another_zip_are_recognized(other: Path, told: Run) -> None:
    repack(other / DECK)
    assert told(DECK) == ["the same files, packed differently"]


def test_changed_media_are_named(other: Path, told: Run) -> None:
    names = json.loads(zipfile.ZipFile(other / DECK).read("media"))
    assert list(names) == ["0"]
    more = json.dumps({**names, "1": "more.svg"}).encode()
    repack(other / DECK, **{"0": b"<svg/>", "1": b"<svg/>", "media": more})
    lines = told(DECK)
    assert lines[0] == "differences: media 2"
    assert lines[1] == "media more.svg: only new"
    assert lines[2].startswith(f"media {names['0']}: other bytes, ")
    assert lines[2].endswith("→ 6")


# -- data and text


def test_changed_json_is_named_by_question_and_key(other: Path, told: Run) -> None:
    path = other / "data" / "questions.json"
    whole = json.loads(path.read_bytes())
    question = whole["questions"][0]
    question["answer"]["html"] += "<hr>"
    question["cards"][0]["reverse"] = 0
    question["tags"].append("new")
    del question["url"]
    whole["topics"].reverse()
    path.write_text(json.dumps(whole), encoding="utf-8")
    place = f"questions[{question['id']}]"
    assert [line.split(": ")[0] for line in told("data/questions.json")] == [
        "topics",
        f"{place}.answer.html",
        f"{place}.cards[{question['cards'][0]['id']}].reverse",
        f"{place}.tags[{len(question['tags']) - 1}]",
        f"{place}.url",
    ]


def test_json_that_is_only_written_differently_is_recognized(other: Path, told: Run) -> None:
    path = other / "data" / "schema.json"
    path.write_text(json.dumps(json.loads(path.read_bytes())), encoding="utf-8")
    assert told("data/schema.json") == ["the same values, written differently"]


def test_changed_lines_of_json_are_named_by_question(other: Path, told: Run) -> None:
    path = other / "data" / "questions.jsonl"
    rows = [json.loads(line) for line in path.read_bytes().splitlines()]
    rows[0]["level"] = "advanced"
    lost = rows.pop()
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    lines = told("data/questions.jsonl")
    assert lines[0] == f"[{rows[0]['id']}].level: 'core' → 'advanced'"
    assert lines[1].startswith(f"[{lost['id']}]: only old: ")


def test_changed_lines_of_text_are_named(other: Path, told: Run) -> None:
    path = other / "data" / "anki-fact.tsv"
    lines = path.read_text(encoding="utf-8").split("\n")
    lines[1] = "#html:false"
    path.write_text("\n".join([*lines[:3], "inserted", *lines[3:-1]]), encoding="utf-8")
    assert told("data/anki-fact.tsv") == [
        "2 lines only old, 2 only new",
        "line 2: '#html:true' → '#html:false'",
        "line 4: only new: 'inserted'",
        f"line {len(lines)}: only old: ''",
    ]


def test_of_other_files_the_size_is_named() -> None:
    assert compare.differences("x.bin", b"\xff", b"\xfe\xff") == ["size: 1 → 2 bytes"]


@pytest.mark.parametrize("name", [DECK, "data/questions.json", PDF, "cheatsheets/evaluation.md"])
def test_a_damaged_file_does_not_end_the_comparison(other: Path, told: Run, name: str) -> None:
    (other / name).write_bytes(b"\xff\xfe")
    lines = told(name)
    assert lines[0].startswith(f"cannot be read as {Path(name).suffix}: ")
    assert lines[1].startswith("size: ")


# -- pages


def rewrite(path: Path, change: Callable[[pypdf.PdfWriter], object]) -> None:
    writer = pypdf.PdfWriter(clone_from=path)
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    path.write_bytes(out.getvalue())


def test_a_pdf_of_which_only_the_bytes_differ_is_recognized(other: Path, told: Run) -> None:
    rewrite(other / PDF, lambda writer: None)
    assert told(PDF)[-1] == "the same text and look: only the bytes differ"


def test_pages_metadata_and_look_of_a_pdf_are_named(other: Path, told: Run) -> None:
    def change(writer: pypdf.PdfWriter) -> None:
        writer.add_metadata({"/Title": "Renamed"})
        writer.pages[0].mediabox.right += 10
        writer.add_blank_page()

    rewrite(other / PDF, change)
    lines = told(PDF)
    assert any(line.startswith("metadata./Title: ") and line.endswith("→ 'Renamed'") for line in lines)
    assert lines[-2:] == ["pages: 1 → 2", "the same text; pages that look different at 72 dpi: 1 (1 of 1)"]


def test_changed_text_of_a_page_is_named(other: Path, told: Run) -> None:
    shutil.copy(other / "cheatsheets" / "linear-models-a4.pdf", other / PDF)
    lines = told(PDF)
    assert "pages with other text: 1 of 1" in lines
    assert "pages that look different at 72 dpi: 1 (1 of 1)" in lines
    assert lines[-1].startswith("page 1: text: ")


ROWS = "site/data/rows.js"


def test_a_value_of_a_question_is_named_in_a_script_that_delivers_it(other: Path, told: Run) -> None:
    path = other / ROWS
    path.write_text(path.read_text("ascii").replace('"precision","Precision"', '"precision","Exactness"'), "ascii")
    assert told(ROWS) == ["delivered[1].rows[0][1]: 'Precision' → 'Exactness'"]


def test_lines_of_pages_styles_and_scripts_are_named(other: Path, told: Run) -> None:
    for name in ("site/questions/precision.html", "site/site.css", "site/quiz.js", "export/moodle.xml"):
        path = other / name
        before = path.read_bytes()
        path.write_bytes(b"more\n" + before)
        assert told(name)[0] == "0 lines only old, 1 only new"
        path.write_bytes(before)


# -- revisions

#: A generator that writes what it was called with, and its own name.
FAKE = """
import os, pathlib, sys
words = sys.argv[1:]
if "--help" in words:
    print("Options: {help}")
    raise SystemExit
bank = pathlib.Path(words[words.index("--bank") + 1])
text = (bank / "bank.yaml").read_text()
if "{name}" in text:
    raise SystemExit("the bank is refused")
if words[0] == "render":
    file = pathlib.Path(words[words.index("-o") + 1])
else:
    output = words[words.index("--only") + 1] if "--only" in words else "sheets"
    file = pathlib.Path(words[words.index("--out") + 1], output, "a.txt")
file.parent.mkdir(parents=True, exist_ok=True)
kept = pathlib.Path(os.environ["QBANK_CACHE"]).parent.name, os.environ.get("SOURCE_DATE_EPOCH")
file.write_text(f"{{text}}\\n{{kept}}\\n{sign}\\n")
"""


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the tags `none` (no generator), `old` (the package at the top), `new` (it is in generator/)."""
    root = tmp_path / "repository"
    monkeypatch.setattr(compare, "REPOSITORY", root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "5")

    def commit(tag: str, package: str, bank: str, **words: str) -> None:
        shutil.rmtree(root / "generator", ignore_errors=True)
        files = {"bank/bank.yaml": bank, "templates/export/cards.csv.j2": ""}
        if package:
            files |= {f"{package}/__init__.py": "", f"{package}/cli.py": FAKE.format(name=tag, **words)}
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        git("add", "--all")
        git("commit", "--quiet", "--message", tag)
        git("tag", tag)

    def git(*words: str) -> None:
        who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        subprocess.run(["git", *who, *words], cwd=root, check=True, env=environment)

    root.mkdir()
    git("init", "--quiet")
    commit("none", "", "bank 0")
    commit("old", "generator", "bank 1", help="--only [anki|data]", sign="same")
    commit("new", "generator/qbank", "bank 2", help="--only [anki|book|data|site] --template", sign="same")
    return root


@pytest.mark.parametrize(
    ("files", "module", "parent"),
    [
        (["generator/__init__.py", "generator/cli.py"], "generator.cli", "."),
        (["generator/qbank/__init__.py", "generator/qbank/cli.py"], "qbank.cli", "generator"),
        (["generator/qbank/__init__.py", "generator/qbank/__main__.py"], "qbank", "generator"),
    ],
)
def test_the_command_line_is_found_wherever_a_revision_has_it(
    files: list[str], module: str, parent: str, tmp_path: Path
) -> None:
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    assert compare.Source("this", tmp_path).command() == (module, tmp_path / parent)


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[str], str]:
    status = compare.main(words)
    captured = capsys.readouterr()
    return status, captured.out.splitlines(), captured.err


def test_each_revision_builds_the_bank_of_the_newer_one_with_its_own_package(
    history: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, lines, _ = said(capsys, "old", "new")
    assert (status, lines) == (
        1,
        [
            "4 files: 1 equal, 0 differ, 0 only old, 3 only new",
            "only new: book/a.txt",
            "only new: export/cards.csv",
            "only new: site/a.txt",
        ],
    )
    listed = subprocess.run(["git", "worktree", "list"], cwd=history, capture_output=True, text=True, check=True)
    assert listed.stdout.count("\n") == 1


def test_each_revision_may_build_its_own_bank(history: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, lines, _ = said(capsys, "--own-bank", "old", "new")
    assert (status, lines[0]) == (1, "4 files: 0 equal, 1 differ, 0 only old, 3 only new")
    assert lines[-1] == "    line 1: 'bank 1' → 'bank 2'"


def test_the_working_tree_is_compared_as_it_is(history: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "new")[:2] == (0, ["4 files: 4 equal, 0 differ, 0 only old, 0 only new"])
    cli = history / "generator" / "qbank" / "cli.py"
    cli.write_text(cli.read_text(encoding="utf-8").replace("same", "changed"), encoding="utf-8")
    status, lines, _ = said(capsys, "new")
    assert (status, lines[0]) == (1, "4 files: 0 equal, 4 differ, 0 only old, 0 only new")
    assert lines[-1] == "    line 3: 'same' → 'changed'"


def test_a_build_takes_nothing_that_was_kept_elsewhere_and_no_time_from_outside(history: Path, tmp_path: Path) -> None:
    compare.build(compare.Source("this", history), history / "bank", tmp_path / "out")
    assert "('.qbank', None)" in (tmp_path / "out" / "sheets" / "a.txt").read_text(encoding="utf-8")


def test_a_revision_that_cannot_be_built_is_named(history: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, lines, error = said(capsys, "none", "new")
    assert (status, lines) == (2, [])
    assert error.startswith("compare: none (")
    assert "has no generator" in error
    (history / "bank" / "bank.yaml").write_text("not for old\n", encoding="utf-8")
    status, lines, error = said(capsys, "old")
    assert (status, lines) == (2, [])
    assert "does not build the bank (with --own-bank it builds its own):\n    the bank is refused\n" in error
    status, lines, error = said(capsys, "old", "--bank", str(history))
    assert (status, lines) == (2, [])
    assert "there is no bank.yaml in " in error


# -- wrong usage


def test_a_revision_that_does_not_exist_is_said_in_one_line() -> None:
    assert refused("no-such-revision") == "compare: there is no revision 'no-such-revision'"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "give a revision OLD, or --folders A B, or --digests FOLDER"),
        (["HEAD", "--folders", "a", "b"], "give a revision OLD, or --folders A B, or --digests FOLDER"),
        (["--folders", "a", "b", "--own-bank"], "--bank and --own-bank are for revisions"),
        (["--folders", "a"], "argument --folders: expected 2 arguments"),
        (["--folders", "nowhere", "nowhere"], "there is no folder nowhere"),
        (["--digests", "nowhere"], "there is no folder nowhere"),
        (["HEAD", "HEAD", "HEAD"], "unrecognized arguments: HEAD"),
    ],
)
def test_wrong_usage_is_said_in_one_line(words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare.main(words) == 2
    assert capsys.readouterr() == ("", f"compare: {message}\n")
