"""`qbank check --fix` mends a bank: what has one right answer, and not a byte beside it."""

from __future__ import annotations

import json
import stat
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import REPOSITORY, surveyed
from qbank import fix
from qbank.cli import main
from qbank.cli.fix import fixed

PRECISION = Path("bank/evaluation/precision.yaml")


def qbank(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


@pytest.fixture(autouse=True)
def here(minibank: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test runs beside a copy of the small bank."""
    monkeypatch.chdir(minibank.parent)
    return minibank.parent


def change(path: Path, old: str, new: str) -> bytes:
    """Change a file of the bank, and give the bytes that it had."""
    data = path.read_bytes()
    assert data.count(old.encode()) == 1
    path.write_bytes(data.replace(old.encode(), new.encode()))
    return data


def test_what_was_mended_is_said_before_what_is_left() -> None:
    change(PRECISION, "\nanswer:", "\nanwser:")
    change(PRECISION, "level: core", "level: cor")
    change(PRECISION, "work: esl", "work: els")
    result = qbank("check", "--fix")
    assert result.exit_code == 1
    assert result.output.splitlines()[:4] == [
        "mended in 1 file:",
        "  bank/evaluation/precision.yaml:5: unknown-value: 'cor' is not a level",
        "  bank/evaluation/precision.yaml:6: unknown-field: there is no field 'anwser'",
        "error[unknown-reference]: there is no work 'els'",
    ]
    assert result.output.endswith("1 problem in 1 file\n")


def test_a_bank_that_is_mended_is_good_and_stays_as_it_is() -> None:
    good = change(PRECISION, "\nanswer:", "\nanwser:")
    assert qbank("check", "--fix").output.endswith("\n2 questions, no problems\n")
    assert PRECISION.read_bytes() == good
    before = PRECISION.stat()
    assert qbank("check", "--fix").output == "2 questions, no problems\n"
    assert PRECISION.stat() == before


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_stay(mark: str, end: str) -> None:
    good = mark + PRECISION.read_text(encoding="utf-8").replace("\n", end)
    PRECISION.write_bytes(good.replace("kind: concept", "kind: 'concpt'").encode())
    assert qbank("check", "--fix").exit_code == 0
    assert PRECISION.read_bytes().decode() == good.replace("kind: concept", "kind: 'concept'")


def test_every_file_of_the_bank_is_mended() -> None:
    mistyped = {
        "bank": ("topics:", "topcis:"),
        "references": ("edition:", "editoin:"),
        "origins": ("documents:", "document:"),
    }
    good = {path: change(path, *words) for name, words in mistyped.items() if (path := Path("bank", f"{name}.yaml"))}
    assert qbank("check", "--fix").exit_code == 0
    assert {path: path.read_bytes() for path in good} == good


def test_the_names_of_the_bank_have_one_right_spelling_too() -> None:
    good = change(Path("bank/bank.yaml"), "roles: [analyst], rounds", "roles: [anaylst], rounds")
    assert "unknown-slice" in qbank("check", "--fix").output
    assert Path("bank/bank.yaml").read_bytes() == good


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("answer: The", "answr: x\nanswer: The"),  # the right field already stands there
        ("\nchecks:", "\nchecked:"),  # `checks` or `unchecked`
        ("level: core", "level: hard"),
        ("rounds: [coding, theory]", "rounds: [coding, theroy, theory]"),
        ("work: esl", "work: els"),  # another word may be meant
    ],
)
def test_what_has_no_one_right_answer_is_left(old: str, new: str) -> None:
    change(PRECISION, old, new)
    before = PRECISION.read_bytes()
    result = qbank("check", "--fix")
    assert (result.exit_code, PRECISION.read_bytes()) == (1, before)
    assert "mend" not in result.output


def test_only_what_was_named_is_mended() -> None:
    ridge = Path("bank/linear-models/ridge-regression.yaml")
    good, wrong = change(PRECISION, "\nanswer:", "\nanwser:"), change(ridge, "\nanswer:", "\nanwser:")
    wrong = ridge.read_bytes()
    assert qbank("check", "--fix", "bank/evaluation").exit_code == 0
    assert (PRECISION.read_bytes(), ridge.read_bytes()) == (good, wrong)


def test_a_difference_is_shown_and_nothing_written() -> None:
    good = change(PRECISION, "level: core\n", "level: cor\r\n")
    before = PRECISION.read_bytes()
    result = qbank("check", "--diff")
    assert result.exit_code == 1
    assert PRECISION.read_bytes() == before
    subprocess.run(["git", "apply", "-p0", "-"], input=result.stdout_bytes, check=True)
    assert PRECISION.read_bytes() == good.replace(b"level: core\n", b"level: core\r\n")
    assert (qbank("check", "--diff").exit_code, qbank("check", "--diff").output) == (0, "")


def test_a_file_without_a_last_line_end_has_a_difference_that_can_be_applied() -> None:
    good = PRECISION.read_bytes().removesuffix(b"rounds: [coding, theory]\n") + b"rounds: [coding]"
    PRECISION.write_bytes(good.replace(b"[coding]", b"[codin]"))
    subprocess.run(["git", "apply", "-p0", "-"], input=qbank("check", "--diff").stdout_bytes, check=True)
    assert PRECISION.read_bytes() == good


def test_data_of_problems_stay_data() -> None:
    change(PRECISION, "\nanswer:", "\nanwser:")
    (row,) = json.loads(qbank("check", "--format", "json").output)
    text = PRECISION.read_text()
    (edit,) = row["fix"]["edits"]
    assert row["fix"]["safe"] is True
    assert text[: edit["start"]] + edit["text"] + text[edit["end"] :] == text.replace("anwser", "answer")
    result = qbank("check", "--fix", "--format", "json")
    assert (json.loads(result.stdout), result.exit_code) == ([], 0)
    assert "anwser" in result.stderr


def test_a_file_that_may_not_be_written_is_left_and_named() -> None:
    change(PRECISION, "\nanswer:", "\nanwser:")
    PRECISION.chmod(0o444)
    before = PRECISION.read_bytes()
    result = qbank("check", "--fix")
    assert result.exit_code == 1
    assert "bank/evaluation/precision.yaml was left as it is: it is read-only\n" in result.stderr
    assert "mended in" not in result.stdout
    assert PRECISION.read_bytes() == before


def test_a_file_keeps_its_mode_and_leaves_nothing_beside_it() -> None:
    change(PRECISION, "\nanswer:", "\nanwser:")
    PRECISION.chmod(0o640)
    assert qbank("check", "--fix").exit_code == 0
    assert stat.S_IMODE(PRECISION.stat().st_mode) == 0o640
    assert [path.name for path in PRECISION.parent.iterdir()] == ["precision.yaml"]


def test_a_link_out_of_the_bank_is_not_followed() -> None:
    change(PRECISION, "\nanswer:", "\nanwser:")
    outside = PRECISION.rename("elsewhere.yaml")
    before = outside.read_bytes()
    PRECISION.symlink_to(outside.resolve())
    assert "outside-bank" in qbank("check", "--fix").output
    assert (outside.read_bytes(), PRECISION.is_symlink()) == (before, True)


def test_a_link_within_the_bank_stays_one() -> None:
    good = change(PRECISION, "\nanswer:", "\nanwser:")
    hidden = Path("bank/.drafts/p.yaml")
    hidden.parent.mkdir()
    PRECISION.rename(hidden)
    PRECISION.symlink_to(hidden.resolve())
    assert qbank("check", "--fix").exit_code == 0
    assert (hidden.read_bytes(), PRECISION.is_symlink()) == (good, True)


def test_a_file_that_is_saved_in_the_meantime_is_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    change(PRECISION, "\nanswer:", "\nanwser:")
    made = fix.mended

    def slowly(*given: object) -> fix.Mended:
        out = made(*given)  # type: ignore[arg-type]
        PRECISION.write_text("title: Saved\n")
        return out

    monkeypatch.setattr(fix, "mended", slowly)
    fixed(surveyed(Path("bank")), Path("bank"), lambda path: True, aside=False, dry=False)
    assert PRECISION.read_text() == "title: Saved\n"
    assert "it was changed in the meantime" in capsys.readouterr().err


def test_a_fault_that_shows_when_another_is_mended_is_mended_too() -> None:
    """A misspelt field hides what is wrong with its value."""
    good = PRECISION.read_bytes()
    change(PRECISION, "kind: concept", "kinds: concpt")
    found = fix.mended(surveyed(Path("bank")), lambda path: True)
    assert [each.problem.rule for each in found.problems] == ["unknown-field", "unknown-value"]
    assert found.files["evaluation/precision.yaml"][1] == good


def test_the_bank_of_this_repository_has_nothing_to_mend() -> None:
    assert fix.mended(surveyed(REPOSITORY / "bank"), lambda path: True).files == {}
