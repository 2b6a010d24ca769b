"""The command line, as a person or a pipeline uses it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import click
import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result

from conftest import REPOSITORY, TIME
from qbank.bank import load
from qbank.bank.model import Question, Work, texts
from qbank.bank.shape import slots
from qbank.cli import main
from qbank.problem import Problem
from qbank.source.reader import read
from qbank.tree import Folder
from qbank.usage import COMMANDS, HELP


def qbank(*words: str, **environment: str) -> Result:
    return CliRunner().invoke(main, list(words), env=environment)


@pytest.fixture(autouse=True)
def here(minibank: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test runs beside a copy of the small bank."""
    monkeypatch.chdir(minibank.parent)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return minibank.parent


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".qbank" not in path.parts
    }


def break_bank() -> None:
    Path("bank/evaluation/precision.yaml").write_text("question: What?\nkinds: concept\n")


def test_a_good_bank_is_said_to_be_good() -> None:
    result = qbank("check")
    assert (result.exit_code, result.output) == (0, "2 questions, no problems\n")


def test_a_bank_elsewhere_is_named_by_an_option(here: Path) -> None:
    Path("bank").rename("other")
    assert qbank("check").exit_code == 2
    assert qbank("check", "--bank", "other").exit_code == 0


def test_check_may_look_at_one_file_only() -> None:
    break_bank()
    assert qbank("check", "bank/evaluation").exit_code == 1
    assert qbank("check", "bank/linear-models").exit_code == 0
    assert qbank("check", "bank/nowhere").exit_code == 2


def test_check_speaks_github_and_json() -> None:
    break_bank()
    assert qbank("check", "--format", "github").output.startswith("::error file=bank/evaluation/precision.yaml,line=")
    rows = json.loads(qbank("check", "--format", "json").output)
    assert {"rule", "severity", "span", "also", "message", "help", "fix"} == set(rows[0])
    Path("bank/evaluation/precision.yaml").unlink()
    Path("bank/linear-models/ridge-regression.yaml").unlink()
    assert json.loads(qbank("check", "--format", "json").output) == []


def test_decks_and_data_are_built() -> None:
    result = qbank("build", "--only", "anki")
    assert result.exit_code == 0, result.output
    assert set(digests(Path("dist"))) == {
        "anki/mini.apkg",
        "anki/mini-essential.apkg",
        "anki/mini-core.apkg",
        "anki/roles/analyst.apkg",
        "anki/roles/engineer.apkg",
        "anki/topics/evaluation.apkg",
        "anki/topics/linear-models.apkg",
    }
    assert qbank("build", "--only", "data", "--out", "elsewhere").exit_code == 0
    assert set(digests(Path("elsewhere"))) == {
        "data/anki-cloze.tsv",
        "data/anki-fact.tsv",
        "data/anki-question.tsv",
        "data/cards.csv",
        "data/cards.jsonl",
        "data/figures/line.svg",
        "data/questions.json",
        "data/questions.jsonl",
        "data/schema.json",
    }


@pytest.mark.parametrize("command", ["build --out several", "plan"])
def test_several_outputs_are_made_in_one_go_each_once(command: str) -> None:
    result = qbank(*command.split(), *"--only markdown --only plans --only markdown".split())
    assert result.exit_code == 0, result.output
    alone = [qbank("plan", "--only", name).stdout.splitlines() for name in ("markdown", "plans")]
    assert all(alone)
    if command == "plan":
        assert result.stdout.splitlines() == alone[0] + alone[1]
    else:
        assert set(digests(Path("several"))) == {*alone[0], *alone[1]}


def test_of_several_outputs_one_that_knows_no_topics_is_named() -> None:
    result = qbank("build", "--only", "anki", "--only", "data", "--topic", "evaluation")
    assert result.exit_code == 2
    assert "'data' is made of the whole bank; leave --topic out" in result.output


def test_one_topic_is_built_beside_what_is_there() -> None:
    qbank("build", "--only", "anki")
    before = digests(Path("dist"))
    assert qbank("build", "--only", "anki", "--topic", "evaluation").exit_code == 0
    assert digests(Path("dist")) == before
    assert qbank("build", "--topic", "evaluations").exit_code == 2


def test_a_bank_with_problems_is_not_built() -> None:
    qbank("build", "--only", "anki")
    before = digests(Path("dist"))
    break_bank()
    result = qbank("build", "--only", "anki")
    assert result.exit_code == 1
    assert "error[unknown-field]" in result.output
    assert digests(Path("dist")) == before


@pytest.mark.parametrize("given", ["0", "-1", "1e9", "soon", "", "in the future"])
def test_a_time_that_would_harm_learners_is_refused(given: str) -> None:
    if given == "in the future":
        given = str(int(time.time()) + 1000)
    assert qbank("build", "--only", "data", "--time", given).exit_code == 2
    assert qbank("build", "--only", "data", SOURCE_DATE_EPOCH=given).exit_code == 2
    assert not Path("dist/data").exists()


def test_the_time_of_the_option_goes_before_that_of_the_environment() -> None:
    qbank("build", "--only", "anki", "--time", str(TIME), "--out", "one", SOURCE_DATE_EPOCH="1000000000")
    qbank("build", "--only", "anki", "--out", "two", SOURCE_DATE_EPOCH=str(TIME))
    qbank("build", "--only", "anki", "--out", "three", SOURCE_DATE_EPOCH="1000000000")
    assert digests(Path("one")) == digests(Path("two")) != digests(Path("three"))


def test_two_builds_give_the_same_bytes_wherever_and_whenever(here: Path) -> None:
    def build(out: str, folder: Path, **environment: str) -> dict[str, str]:
        words = ["-m", "qbank", "build", "--bank", str(here / "bank"), "--out", str(here / out)]
        subprocess.run(
            [sys.executable, *words], cwd=folder, env={**os.environ, **environment}, check=True, capture_output=True
        )
        return digests(here / out)

    elsewhere = here / "elsewhere"
    elsewhere.mkdir()
    one = build("one", here, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8")
    two = build("two", elsewhere, PYTHONHASHSEED="2", TZ="Asia/Tokyo", LC_ALL="C", LANG="tr_TR.UTF-8")
    assert len(one) > 8
    assert one == two


def test_a_new_question_says_what_to_fill_in() -> None:
    result = qbank("new", "linear-models/lasso")
    assert result.exit_code == 0
    assert Path("bank/linear-models/lasso.yaml").is_file()
    assert "qbank check bank/linear-models/lasso.yaml" in result.output


def filled_in(path: str) -> str:
    """A file to fill in, filled in: no two texts are alike."""
    number = iter(range(100))
    return re.sub("TODO", lambda _: f"Lasso {next(number)}", Path(path).read_text(encoding="utf-8"))


def test_a_new_question_that_is_filled_in_is_a_good_one() -> None:
    qbank("new", "linear-models/lasso")
    path = Path("bank/linear-models/lasso.yaml")
    path.write_text(filled_in("bank/linear-models/lasso.yaml"), encoding="utf-8")
    assert qbank("check").output == "3 questions, no problems\n"


def test_a_new_question_holds_what_the_bank_requires_and_shows_every_other_field() -> None:
    qbank("new", "linear-models/lasso")
    text = Path("bank/linear-models/lasso.yaml").read_text(encoding="utf-8")
    required = ["title", "question", "kind", "level", "answer", "explanation", "references"]
    assert list(yaml.safe_load(text)) == required
    shown = yaml.safe_load(re.sub("^# ?", "", text.partition("Optional fields")[2].partition("\n")[2], flags=re.M))
    assert {*required, *shown} == set(slots(Question))
    for name, slot in slots(Question).items():
        for inner in slots(slot.of) if slot.nested else ():
            assert re.search(rf"^[# -]*{inner}:", text, re.M), f"{name}.{inner}"


def test_the_fields_that_are_shown_can_be_taken_one_by_one() -> None:
    """An editor takes one sign of a comment away: what is a comment within the field stays one."""
    qbank("new", "linear-models/lasso")
    path = Path("bank/linear-models/lasso.yaml")
    text = filled_in("bank/linear-models/lasso.yaml")
    start = text.index("## Facts")
    path.write_text(text[:start] + re.sub("^# ?", "", text[start : text.index("## Numbers")], flags=re.M))
    assert qbank("check").output == "3 questions, no problems\n"


def test_the_first_line_of_a_new_question_leads_to_a_schema_that_takes_it() -> None:
    qbank("new", "linear-models/lasso")
    path = Path("bank/linear-models/lasso.yaml")
    text = path.read_text(encoding="utf-8")
    line = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", text.splitlines()[0])
    assert line
    schema = json.loads((path.parent / line[1]).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(yaml.safe_load(text))


def test_stale_schemas_are_written_anew_and_fresh_ones_left() -> None:
    assert len(qbank("schema").output.splitlines()) == 6
    assert qbank("schema").output == "0 schemas written, the others are fresh\n"
    Path("bank/schemas/bank.json").write_text("{}")
    assert qbank("new", "linear-models/lasso").exit_code == 0
    assert qbank("schema").output == "0 schemas written, the others are fresh\n"


def test_fields_are_listed_and_explained() -> None:
    assert "question.cards.back" in qbank("fields").output
    assert "references.KEY.doi" in qbank("fields").output
    assert "`true` to ask back to front" in qbank("fields", "reverse").output
    assert qbank("fields", "bank.topics.color").output.startswith("bank.topics.color\n")
    assert qbank("fields", "references").output.count("references.KEY.") == len(slots(Work))
    assert "did you mean 'aliases'?" in qbank("fields", "aliasses").output
    assert qbank("fields", "aliasses").exit_code == 2


def test_every_text_of_a_new_question_is_still_to_be_written() -> None:
    qbank("new", "linear-models/lasso")
    tree = Folder(Path("bank"))
    problems: list[Problem] = []
    question = load.question(read(tree, "linear-models/lasso.yaml"), load.header(tree)[0].settings, problems)
    assert question
    given = {question.kind, question.level, "esl", "python", "false"}
    assert len(problems) == sum(text not in given for text in texts(question)) >= 5
    assert {problem.rule for problem in problems} == {"unfinished"}


def copied() -> Path:
    """A question that somebody copied from another topic, as a new file."""
    copy = Path("bank/linear-models/a-copy.yaml")
    copy.write_text(Path("bank/evaluation/precision.yaml").read_text())
    return copy


@pytest.mark.parametrize(
    "path", ["linear-models/a-copy.yaml", "evaluation/precision.yaml", "linear-models", "evaluation"]
)
def test_a_duplicate_is_shown_whichever_of_both_files_is_checked(path: str) -> None:
    copied()
    result = qbank("check", f"bank/{path}")
    assert result.exit_code == 1
    assert result.output == qbank("check").output, "one cause is one problem"
    assert "--> bank/evaluation/precision.yaml:2:11" in result.output
    assert "::: bank/linear-models/a-copy.yaml:2:11" in result.output
    assert qbank("check", "bank/linear-models/ridge-regression.yaml").output == "1 question, no problems\n"


def test_both_files_of_a_duplicate_are_annotated() -> None:
    copied()
    lines = qbank("check", "--format", "github").output.splitlines()
    assert [line.partition(",")[0] for line in lines] == [
        "::error file=bank/evaluation/precision.yaml",
        "::error file=bank/linear-models/a-copy.yaml",
    ]
    (row,) = json.loads(qbank("check", "--format", "json").output)
    assert [span["path"] for span in (row["span"], *row["also"])] == [
        "bank/evaluation/precision.yaml",
        "bank/linear-models/a-copy.yaml",
    ]


def test_what_is_checked_is_counted() -> None:
    assert qbank("check", "bank/evaluation").output == "1 question, no problems\n"
    assert qbank("check", "bank").output == qbank("check", ".").output == "2 questions, no problems\n"
    assert qbank("check", "bank/../bank/evaluation", "bank/linear-models").output == "2 questions, no problems\n"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("outside.yaml", "outside.yaml does not lie in the bank, bank"),
        ("bank/none.yaml", "there is no file bank/none.yaml"),
        ("bank/.hidden.yaml", "there is no file of the bank at bank/.hidden.yaml"),
        ("bank/empty", "there is no file of the bank in bank/empty"),
    ],
)
def test_a_path_that_is_not_read_is_wrong_usage(path: str, said: str) -> None:
    for file in ("outside.yaml", "bank/.hidden.yaml"):
        Path(file).write_text("title: A question that nobody reads\n")
    Path("bank/empty").mkdir()
    result = qbank("check", path)
    assert result.exit_code == 2
    assert said in result.output


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("my-question.yaml", "move a question into the folder of its topic"),
        ("reference.yaml", "did you mean 'references.yaml'?"),
        ("evaluation/more/my-question.yaml", "move it to evaluation/"),
        ("figures/my-question.yaml", "move it into the folder of its topic"),
        ("evaluation/my-question.yml", "rename it so that it ends in .yaml"),
        ("evaluation/my-question.yaml/notes.txt", "this is a folder"),
    ],
)
def test_a_file_in_the_wrong_place_is_named_by_any_check_of_it(path: str, said: str) -> None:
    file = Path("bank", path)
    file.parent.mkdir(exist_ok=True)
    file.write_text("title: A question that nobody reads\n")
    result = qbank("check", str(file) if file.suffix != ".txt" else str(file.parent))
    assert result.exit_code == 1
    assert said in result.output
    assert result.output == qbank("check").output
    assert result.output.endswith("1 problem in 1 file\n")


def test_a_folder_that_is_named_as_a_file_is_named_although_it_is_empty() -> None:
    Path("bank/evaluation/my-question.yaml").mkdir()
    assert "error[stray-file]: this is a folder" in qbank("check").output


@pytest.mark.parametrize("file", ["bank.yaml", "references.yaml", "retired.yaml", "origins.yaml"])
@pytest.mark.parametrize("text", ["a: b: c\n", "", "- a list\n", "<<<<<<< HEAD\n"])
def test_a_shared_file_that_cannot_be_read_is_one_problem(file: str, text: str) -> None:
    Path("bank", file).write_text(text)
    result = qbank("check")
    assert result.exit_code == 1
    assert result.output.endswith("1 problem in 1 file\n")


@pytest.mark.parametrize(
    "name", ["lasso", "linear-models/Lasso", "nowhere/lasso", "evaluation/ridge-regression", "../x/y"]
)
def test_a_new_question_needs_a_topic_and_a_free_name(name: str, here: Path) -> None:
    before = digests(here)
    result = qbank("new", name)
    assert result.exit_code == 2
    assert digests(here) == before


def test_stats_show_what_is_not_answered_yet() -> None:
    output = qbank("stats").output
    assert "2 questions, 4 cards" in output
    assert "origins answered: 2 of 3" in output
    assert "not yet: d-03" in output


def test_rules_are_listed_and_explained() -> None:
    assert "raw-html" in qbank("rules").output
    assert "Raw HTML is refused" in qbank("rules", "raw-html").output
    assert qbank("rules", "no-such-rule").exit_code == 2


@pytest.mark.parametrize("command", ["check --bank nowhere", "build --only x", "no-such", "check --x"])
def test_wrong_usage_is_exit_status_two(command: str) -> None:
    result = qbank(*command.split())
    assert result.exit_code == 2
    assert "Error" in result.output


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_wrong_usage_not_a_crash() -> None:
    Path("bank/bank.yaml").chmod(0)
    assert qbank("check").exit_code == 2


def test_the_version_is_shown() -> None:
    assert qbank("--version").output.startswith("qbank ")


def test_piped_output_holds_no_control_sequences() -> None:
    assert "\x1b" not in qbank("build", "--only", "anki").output


def test_without_typst_decks_data_and_markdown_sheets_are_built(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("qbank.cli.build", "qbank.outputs.sheets", "qbank.outputs.book"):
        monkeypatch.setattr(f"{module}.find_spec", lambda name: None)
    result = qbank("build")
    assert result.exit_code == 0
    assert "pip install 'qbank[pdf]'" in result.output
    assert Path("dist/cheatsheets/evaluation.md").is_file()
    assert Path("dist/anki/mini.apkg").is_file()
    assert not list(Path("dist").rglob("*.pdf"))


def test_the_book_is_built_only_when_it_is_asked_for() -> None:
    qbank("build")
    assert not list(Path("dist").rglob("*all-*"))
    assert qbank("build", "--only", "book").exit_code == 0
    made = set(digests(Path("dist")))
    assert {"book/all-a4.pdf", "book/all-letter.pdf", "anki/mini.apkg"} <= made
    qbank("build")
    assert set(digests(Path("dist"))) == made, "a plain build leaves it where it is"


def test_help_shows_every_command_as_the_command_shows_itself() -> None:
    shown = qbank("--help").output
    for name, line in COMMANDS.items():
        assert f"{name:8}  {line}" in shown
        command = main.get_command(click.Context(main), name)
        assert command is not None
        assert command.get_short_help_str(63) == line


def test_help_imports_no_command() -> None:
    program = (
        "import sys\nfrom qbank.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\nprint(*sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    modules = run.stdout.splitlines()[-1].split()
    assert "click" in modules
    assert not [name for name in modules if name.startswith("qbank.cli.")]


def test_results_are_kept_shown_and_cleared(here: Path) -> None:
    kept = {"QBANK_CACHE": str(here / "kept")}
    assert qbank("build", "--only", "data", **kept).exit_code == 0
    shown = qbank("cache", **kept).output
    assert "rendered          2" in shown
    assert "job               9" in shown
    assert qbank("cache", "--clear", **kept).exit_code == 0
    assert "job" not in qbank("cache", **kept).output
    assert "off" in qbank("cache").output


@pytest.mark.parametrize(
    ("words", "where", "kept"),
    [("check", "", True), ("check", "off", False), ("check", "0", False), ("check --no-cache", "", False)],
)
def test_results_are_kept_in_the_folder_of_the_user_unless_that_is_off(
    words: str, where: str, kept: bool, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: here / "user")
    assert qbank(*words.split(), QBANK_CACHE=where).exit_code == 0
    assert (here / "user").exists() == kept


@pytest.mark.parametrize("words", ["check", "cache", "cache --clear"])
def test_results_that_were_damaged_stop_no_command(words: str, here: Path) -> None:
    kept = {"QBANK_CACHE": str(here / "kept")}
    qbank("build", "--only", "data", **kept)
    (file,) = (here / "kept").glob("*.sqlite")
    data = file.read_bytes()
    file.write_bytes(data[:8192] + b"\xff" * (len(data) - 8192))
    assert qbank(*words.split(), **kept).exit_code == 0
    assert qbank("check", **kept).exit_code == 0
    assert "verdict           1" in qbank("cache", **kept).output


def test_without_a_place_for_results_everything_works_as_before(here: Path) -> None:
    (here / "file").write_text("")
    nowhere = {"QBANK_CACHE": str(here / "file" / "kept")}
    assert qbank("check", **nowhere).exit_code == 0
    assert qbank("build", "--only", "data", "--out", "one", **nowhere).exit_code == 0
    assert qbank("build", "--only", "data", "--out", "two").exit_code == 0
    assert digests(Path("one")) == digests(Path("two"))
    assert qbank("cache", **nowhere).exit_code == 1


def test_a_new_question_in_a_foreign_bank_names_a_work_that_it_has() -> None:
    works = Path("bank/references.yaml")
    works.write_text(works.read_text().replace("esl:", "another:"))
    for path in Path("bank").glob("*/*.yaml"):
        path.write_text(path.read_text().replace("work: esl", "work: another"))
    assert qbank("new", "linear-models/lasso").exit_code == 0
    assert "work: another" in Path("bank/linear-models/lasso.yaml").read_text()
    Path("bank/linear-models/lasso.yaml").write_text(filled_in("bank/linear-models/lasso.yaml"))
    assert qbank("check").exit_code == 0


def test_a_new_question_in_a_bank_without_works_says_where_to_add_one() -> None:
    Path("bank/references.yaml").write_text("{}\n")
    assert qbank("new", "linear-models/lasso").exit_code == 0
    assert "references.yaml" in Path("bank/linear-models/lasso.yaml").read_text()


def test_help_is_answered_without_click_as_click_would() -> None:
    assert CliRunner().invoke(main, ["--help"], prog_name="qbank").output == HELP
    for word in ("--help", "-h"):
        program = "import sys\nfrom qbank.__main__ import main\nmain()\nprint('click' in sys.modules)"
        run = subprocess.run([sys.executable, "-c", program, word], capture_output=True, text=True, check=True)
        assert run.stdout == f"{HELP}False\n"


def test_the_page_of_commands_names_every_command_and_no_other() -> None:
    page = (REPOSITORY / "docs" / "commands.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize("name", ["evaluation", "evaluation/precision", "bank/evaluation/precision", "precision"])
def test_what_is_checked_may_be_named_as_the_bank_names_it(name: str) -> None:
    assert qbank("check", name).output == "1 question, no problems\n"


@pytest.mark.parametrize("name", ["bank/linear-models/lasso.yaml", "linear-models/lasso.yaml", "linear-models\\lasso"])
def test_a_new_question_may_be_named_by_its_file(name: str) -> None:
    assert qbank("new", name).exit_code == 0
    assert Path("bank/linear-models/lasso.yaml").is_file()


def test_a_quiet_check_shows_problems_only() -> None:
    assert qbank("check", "--quiet").output == ""
    break_bank()
    quiet = qbank("check", "-q")
    assert (quiet.exit_code, "error[unknown-field]" in quiet.output) == (1, True)


def test_a_question_is_checked_by_its_name_too() -> None:
    break_bank()
    assert qbank("check", "precision").exit_code == 1
    assert qbank("check", "ridge-regression").exit_code == 0
