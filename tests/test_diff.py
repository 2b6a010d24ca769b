"""`qbank diff`: a reviewer asks as git is asked, and reads what a branch does, on a terminal, on GitHub, or as data.

`golden/diff.*` is what it says of a branch with every kind of change. Write them anew, and read them, with:
QBANK_UPDATE=1 pytest tests/test_diff.py
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import github
from branches import FILES, PRECISION, RETIRED, RIDGE, changed, git, ledger, repository, write
from conftest import HERE
from qbank.bank.layout import LEDGER
from qbank.cli import main, review
from qbank.comparison import Comparison, Difference, NoteChange, Part
from qbank.words import Piece, by_line, by_word

LASSO = "linear-models/lasso.yaml"


def qbank(*words: str, color: bool = False, **environment: str) -> Result:
    return CliRunner().invoke(main, list(words), color=color, env=environment)


def commit(root: Path, files: Mapping[str, bytes], message: str = "x") -> str:
    """A commit that holds these files and no others."""
    for path in root.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    write(root, files)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", message)
    return git(root, "rev-parse", "HEAD")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small bank, released, in a repository of one commit on `main`, beside which commands run."""
    root = repository(tmp_path / "top", {**FILES, LEDGER: ledger()})
    git(root, "branch", "--move", "main")
    monkeypatch.chdir(root.parent)
    return root


def edit(root: Path, old: str = "that are positive", new: str = "that are right", path: str = PRECISION) -> None:
    (root / path).write_bytes(changed({path: (old, new)})[path])


def first_line(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.output.split("\n", 1)[0]


def every_kind() -> dict[str, bytes]:
    """The small bank with a question corrected, reworded, relabeled and with a problem, one new, a card retired."""
    ridge = FILES[RIDGE].decode()
    start, end = ridge.index("  - id: code"), ridge.index("figure:")
    files = {**FILES, LEDGER: ledger(), RIDGE: (ridge[:start] + ridge[end:]).encode()}
    files[RETIRED] = b"retired:\n  - {name: ridge-regression, card: code, reason: It asks for syntax.}\n"
    lasso = FILES[PRECISION].decode().replace("What is precision?", "'What is the lasso, at 5% of @home, #1 or `x_1`?'")
    lasso = lasso.replace("title: Precision", "title: Lasso").replace("rounds: [coding, theory]\n", "")
    lasso = lasso.replace("aliases: [positive predictive value, PPV]", "aliases: [L1]").replace("d-02", "d-03")
    lasso = lasso.replace("Write precision in counts of the confusion matrix.", "Which norm does the lasso penalize?")
    files[LASSO] = lasso.replace(r"$\frac{TP}{TP + FP}$", "The $L_1$ norm.").encode()
    edits = {
        PRECISION: ("The share of predicted positives that are positive", "Of predicted positives the positive share"),
        RIDGE: ("see_also: [precision]", "see_also: [nothing]"),
        "references.yaml": ("year: 2015", "year: 2014"),
    }
    files = changed(edits, files)
    files = changed({RIDGE: ("Which norm of the weights does ridge", "Of which norm is the penalty in ridge")}, files)
    return changed({PRECISION: ("assert 8 / 10 == 0.8", "assert 8 / 10 == 4 / 5")}, files)


@pytest.mark.parametrize(("form", "ending"), [("text", "txt"), ("markdown", "md"), ("json", "json")])
def test_a_branch_is_told_as_it_was_told_before(form: str, ending: str, root: Path) -> None:
    commit(root, every_kind())
    result = qbank("diff", "HEAD~1..HEAD", "--format", form)
    assert result.exit_code == 0, result.output
    golden = HERE / "golden" / f"diff.{ending}"
    if os.environ.get("QBANK_UPDATE"):
        golden.write_text(result.output, encoding="utf-8")
    assert result.output == golden.read_text(encoding="utf-8")


# -- which states are compared


def test_without_a_revision_a_branch_is_compared_with_where_it_left_the_main_one(root: Path) -> None:
    start = git(root, "rev-parse", "HEAD")
    git(root, "switch", "--quiet", "--create", "mine")
    commit(root, changed({PRECISION: ("that are positive", "that are right")}))
    git(root, "switch", "--quiet", "main")
    commit(root, changed({RIDGE: ("All weights go", "Each weight goes")}))
    git(root, "switch", "--quiet", "mine")
    edit(root, "which trades a little", "which trades some", RIDGE)
    (root / "linear-models" / "new.yaml").write_bytes(FILES[PRECISION])
    result = qbank("diff")
    assert first_line(result) == f"Changes since {start[:9]}, where the branch left main"
    assert all(word in result.output for word in ("[-positive-]{+right+}", "[-a little-]{+some+}", "new.yaml"))
    assert "Each weight" not in result.output, "what main did since is not of this branch"


def test_on_the_main_branch_the_files_are_compared_with_the_last_commit(root: Path) -> None:
    edit(root)
    result = qbank("diff")
    assert first_line(result).endswith(", the last commit")
    assert "[-positive-]{+right+}" in result.output


def test_a_remote_says_where_the_main_branch_is(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(tmp_path, "clone", "--quiet", "top", "copy")
    commit(tmp_path / "copy" / "bank", changed({PRECISION: ("that are positive", "that are right")}))
    monkeypatch.chdir(tmp_path / "copy")
    result = qbank("diff")
    assert first_line(result).endswith("where the branch left origin/main"), "also what main itself did not push yet"
    assert "[-positive-]{+right+}" in result.output


@pytest.mark.parametrize(
    ("words", "title", "seen", "unseen"),
    [
        ("HEAD", "since HEAD", "three", "two"),
        ("main", "since main", "two three", ""),
        ("HEAD~1", "since HEAD~1", "two three", "one"),
        ("main..mine", "from main to mine", "two", "three"),
        ("main..", "from main to HEAD", "two", "three"),
        ("mine..main", "from mine to main", "two", "three"),
        ("side..mine", "from side to mine", "one two", "three"),
        ("side...mine", r"from [0-9a-f]{9}, where mine left side, to mine", "two", "one three"),
        ("main...", r"from [0-9a-f]{9}, where HEAD left main, to HEAD", "two", "three"),
    ],
)
def test_a_revision_is_read_as_git_diff_reads_it(words: str, title: str, seen: str, unseen: str, root: Path) -> None:
    """`one` changes on the branch `side`, `two` on `mine`, and `three` in the files, which are those of `mine`."""
    edits = {"one": "shrinks the weights", "two": "All weights go", "three": "design matrix"}

    def made(*names: str) -> dict[str, bytes]:
        files = {**FILES, LEDGER: ledger()}
        for name in names:
            files = changed({RIDGE: (edits[name], f"{edits[name]} {name}")}, files)
        return files

    git(root, "switch", "--quiet", "--create", "side")
    commit(root, made("one"))
    git(root, "switch", "--quiet", "--create", "mine", "main")
    commit(root, made("two"))
    write(root, made("two", "three"))
    result = qbank("diff", words)
    assert re.fullmatch(f"Changes {title}", first_line(result))
    assert all(re.search(rf"[+-] ?{name}", result.output) for name in seen.split())
    assert not any(re.search(rf"[+-] ?{name}", result.output) for name in unseen.split())
    assert git(root, "status", "--porcelain") == "M bank/linear-models/ridge-regression.yaml", "nothing is checked out"


@pytest.mark.parametrize("folder", ["other", "a/b", "."])
def test_a_bank_may_lie_anywhere_in_its_repository(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = repository(tmp_path / "top", FILES, folder)
    edit(root)
    monkeypatch.chdir(tmp_path)
    assert "[-positive-]{+right+}" in qbank("diff", "HEAD", "--bank", str(root)).output
    monkeypatch.chdir(root)
    assert "[-positive-]{+right+}" in qbank("diff", "HEAD", "--bank", ".").output


def test_a_revision_without_a_bank_makes_everything_new(root: Path) -> None:
    git(root, "rm", "--quiet", "-r", "--cached", ".")
    git(root, "commit", "--quiet", "--message", "without")
    result = qbank("diff", "HEAD")
    assert first_line(result) == "Changes since HEAD: there was no bank, so everything is new"
    assert "6 new notes: 11 new cards" in result.output
    assert "there is no bank in HEAD" in qbank("diff", "HEAD~1..HEAD").output


@pytest.mark.parametrize("words", ["nonsense", "HEAD~9", "main..nonsense", "nonsense...", "-- --all", "-- -h"])
def test_a_revision_that_git_does_not_know_is_wrong_usage(words: str, root: Path) -> None:
    result = qbank("diff", *words.split())
    assert result.exit_code == 2
    assert "Error: cannot compare: git knows no revision" in result.output


def test_a_bank_outside_of_git_is_wrong_usage(minibank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(minibank.parent)
    for words in (["diff"], ["diff", "HEAD"]):
        result = qbank(*words)
        assert (result.exit_code, "not a git repository" in result.output) == (2, True)


def test_without_git_that_is_said(root: Path) -> None:
    result = qbank("diff", "HEAD", PATH=str(root))
    assert (result.exit_code, "git is not installed" in result.output) == (2, True)


def test_before_the_first_commit_that_is_said(minibank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(minibank, "init", "--quiet")
    monkeypatch.chdir(minibank.parent)
    result = qbank("diff")
    assert (result.exit_code, "nothing is committed yet" in result.output) == (2, True)


def test_a_folder_without_a_bank_is_said_first(root: Path) -> None:
    result = qbank("diff", "--bank", "nowhere")
    assert (result.exit_code, "there is no bank.yaml in nowhere" in result.output) == (2, True)


def test_a_shallow_clone_says_how_to_get_the_rest(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(root, FILES)
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{tmp_path}/top", "shallow")
    monkeypatch.chdir(tmp_path / "shallow")
    result = qbank("diff", "HEAD~1")
    assert (result.exit_code, "git fetch --unshallow" in result.output) == (2, True)
    assert qbank("diff").exit_code == 0


def test_a_blob_that_is_gone_is_named(root: Path) -> None:
    edit(root)
    blob = git(root, "rev-parse", f"HEAD:bank/{PRECISION}")
    (root.parent / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    result = qbank("diff", "HEAD")
    assert (result.exit_code, f"cannot read {blob}: its bytes are not in the repository" in result.output) == (2, True)


def test_problems_are_told_and_left_to_check(root: Path) -> None:
    edit(root, "level: core", "level: cores")
    result = qbank("diff", "HEAD")
    assert result.exit_code == 0
    assert "error[unknown-value]" in result.output
    assert "bank/evaluation/precision.yaml:" in result.output


# -- how it is shown


def test_colors_are_for_terminals_that_want_them(root: Path) -> None:
    edit(root)
    assert "\x1b[31m[-positive-]" in qbank("diff", "HEAD", color=True).output
    for shown in (qbank("diff", "HEAD").output, qbank("diff", "HEAD", color=True, NO_COLOR="1").output):
        assert "\x1b" not in shown
        assert "[-positive-]{+right+}" in shown


def comparison(*parts: Part, title: str = "T", path: str = "t/n.yaml", file: str = "") -> Comparison:
    note = NoteChange("n", "corrected", 0, released=True)
    return Comparison((Difference("n", title, path, "", file, (note,), parts, True, True),), (), (), 0, "1")


HOSTILE = st.text(alphabet="ab01 .\n*_~`$<>[](){}#@!|\\&:/-+=\"'\x1b\u202e\u00e9\u2016", max_size=30)


@given(HOSTILE, HOSTILE, HOSTILE)
def test_no_text_of_a_bank_reaches_the_terminal_as_a_command(old: str, new: str, name: str) -> None:
    parts = (
        Part("answer", by_word(old, new)),
        Part("checks", by_line(old, new), program=True),
        Part(name, by_word("", new)),
    )
    shown = review.text(name, comparison(*parts, title=name, path=name), [])
    assert all(c.isprintable() or c == "\n" for c in re.sub(r"\x1b\[\d*m", "", shown))


@given(HOSTILE, HOSTILE, HOSTILE, st.sampled_from(["", "new"]))
def test_every_text_of_a_bank_is_words_in_markdown(old: str, new: str, name: str, file: str) -> None:
    """Nothing that a contributor writes becomes a heading, a link, a formula, a tag or a name that is called."""
    parts = (Part("answer", by_word(old, new)), Part("checks", by_line(old, new), program=True)) if old != new else ()
    text = review.as_markdown(name, comparison(*parts, title=name, path=name, file=file), [])
    assert github.read(text).formulas == []
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)
    kinds = [token.type for token in tokens]
    assert (kinds.count("heading_open"), kinds.count("fence")) == (2, int(old != new and not file))
    assert not {"table_open", "blockquote_open", "ordered_list_open", "hr", "html_block", "code_block"} & set(kinds)
    inline = [child for token in tokens for child in token.children or ()]
    ours = {"<del>", "</del>", "<b>", "</b>", "<code>", "</code>", "<!-- -->", "<span>", "</span>"}
    assert {child.content for child in inline if child.type == "html_inline"} <= ours
    assert {child.type for child in inline} <= {"text", "text_special", "html_inline", "softbreak"}
    assert not re.search(r"(?<!\w)[@#]\w", re.sub(r"<code>.*?</code>|```.*?```", "", text, flags=re.DOTALL))


@given(HOSTILE, HOSTILE)
def test_markdown_shows_what_went_and_what_came(old: str, new: str) -> None:
    pieces = (Piece("same ", "same "), Piece(old, new), Piece(" end", " end"))
    html = MarkdownIt("commonmark", {"html": True}).render(review._struck(pieces, whole=False))
    html = html.replace("<!-- -->", "").replace("<span>$</span>", "$")

    def read(gone: str) -> str:
        left = re.sub(rf"<{gone}>.*?</{gone}>", "", html, flags=re.DOTALL)
        bare = re.sub(r"</?(?:p|b|del)>", "", left)
        for sign, name in (("<", "lt"), (">", "gt"), ('"', "quot"), ("&", "amp")):
            bare = bare.replace(f"&{name};", sign)
        return " ".join(bare.split())

    def said(text: str) -> str:
        return " ".join("".join(c if c.isprintable() else " " for c in f"same {text} end").split())

    if old != new:
        assert (read("b"), read("del")) == (said(old), said(new))


def test_what_is_too_long_for_a_comment_is_named() -> None:
    many = tuple(
        Difference(f"n{n}", "T", f"t/n{n}.yaml", "", "", (), (Part("answer", by_word("", "w " * 500)),), True, True)
        for n in range(100)
    )
    text = review.as_markdown("Changes", Comparison(many, (), (), 0, ""), [])
    assert len(text) < 60_000
    assert re.search(r"\n\n\d\d more questions: t/n\d\d\.yaml, ", text)
    assert all(f"t/n{n}.yaml" in text for n in range(100))


def test_markdown_of_a_branch_is_read_by_github_as_it_is_meant() -> None:
    page = github.read((HERE / "golden" / "diff.md").read_text(encoding="utf-8"))
    assert page.formulas == []
    assert page.rest == []
    assert page.html.count("<h4>") == 4, "three questions, and the problems"
    assert "<del>" in page.html


def test_data_of_a_branch_holds_both_texts_of_every_part() -> None:
    data = json.loads((HERE / "golden" / "diff.json").read_text(encoding="utf-8"))
    assert data["notes"] == {"new": 2, "corrected": 2, "reworded": 1, "retired": 1}
    assert {question["name"] for question in data["questions"]} == {"precision", "lasso", "ridge-regression"}
    precision = next(question for question in data["questions"] if question["name"] == "precision")
    answer = next(part for part in precision["parts"] if part["label"] == "answer")
    assert "".join(piece["was"] for piece in answer["pieces"]).startswith("The share of predicted positives")
    assert "".join(piece["now"] for piece in answer["pieces"]).startswith("Of predicted positives")
