"""The command on terminals, consoles and pipes of all sorts."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import MINIBANK
from qbank.cli import main
from qbank.cli.progress import Bar

#: Environments in which a console shows few characters: an old one of Windows, one without a language, one of Python's
#: oldest ways.
CONSOLES = {
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "cp437": {"PYTHONIOENCODING": "cp437"},
    "C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "ascii": {"PYTHONIOENCODING": "ascii"},
}
#: What a test sets itself.
OURS = ("NO_COLOR", "FORCE_COLOR", "TERM", "PYTHONIOENCODING", "PYTHONUTF8", "LC_ALL")


@pytest.fixture(autouse=True)
def here(minibank: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test runs beside a small bank with a fault whose line few consoles can show."""
    monkeypatch.chdir(minibank.parent)
    for name in OURS:
        monkeypatch.delenv(name, raising=False)
    path = minibank / "evaluation" / "precision.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("level: core", "level: 'cor→e 化 𝔸 é'"), encoding="utf-8")
    return minibank.parent


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, **more}


def qbank(*words: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    words = ("-m", "qbank", *words)
    return subprocess.run([sys.executable, *words], capture_output=True, env=environment(**more), check=False)


@pytest.mark.parametrize("console", CONSOLES)
def test_a_problem_is_shown_on_a_console_that_lacks_its_characters(console: str) -> None:
    made = qbank("check", **CONSOLES[console])
    assert (made.returncode, made.stderr) == (1, b"")
    assert b"error[unknown-value]" in made.stdout
    shown = made.stdout.decode("utf-8", errors="replace")
    assert "cor" in shown
    assert "化" in shown or r"\u5316" in shown


@pytest.mark.parametrize("console", CONSOLES)
def test_problems_as_json_are_whole_on_every_console(console: str) -> None:
    (row,) = json.loads(qbank("check", "--format", "json", **CONSOLES[console]).stdout)
    assert "cor→e 化 𝔸 é" in row["message"]


@pytest.mark.parametrize("words", ["--help", "check", "check --format json", "works", "rules", "stats"])
def test_a_reader_who_stops_reading_gets_no_complaint(words: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        command = [sys.executable, "-m", "qbank", *words.split()]
        made = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, env=environment(), check=False)
    finally:
        os.close(writing)
    assert b"Traceback" not in made.stderr
    assert b"Exception" not in made.stderr
    assert b"cannot read" not in made.stderr


@pytest.mark.parametrize(
    "words", ["build --out made", "mock --minutes 10 --seed 1", "practice x", "new evaluation/new"]
)
def test_files_are_read_and_written_as_utf_8_whatever_the_system_prefers(words: str, here: Path) -> None:
    shutil.rmtree(here / "bank")
    shutil.copytree(MINIBANK, here / "bank")
    command = [sys.executable, "-X", "warn_default_encoding", "-W", "error::EncodingWarning", "-m", "qbank"]
    made = subprocess.run([*command, *words.split()], capture_output=True, text=True, check=False)
    assert "EncodingWarning" not in made.stderr
    assert made.returncode == (2 if "practice" in words else 0), made.stderr


def test_the_line_ends_of_windows_change_nothing_that_is_made(here: Path) -> None:
    shutil.rmtree(here / "bank")
    shutil.copytree(MINIBANK, here / "bank")
    made = {}
    for end in (b"\n", b"\r\n"):
        for path in (here / "bank").rglob("*.yaml"):
            path.write_bytes(path.read_bytes().replace(b"\n", end))
        assert CliRunner().invoke(main, ["build", "--out", "made", "--only", "anki"]).exit_code == 0
        made[end] = (here / "made" / "anki" / "mini.apkg").read_bytes()
    assert b"\r\n" in (here / "bank" / "bank.yaml").read_bytes()
    assert made[b"\n"] == made[b"\r\n"]


# -- colors


def terminal(*words: str, **more: str) -> str:
    """What a command shows on a terminal."""
    pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")
    controlling, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "qbank", *words], stdout=terminal, stderr=terminal, env=environment(**more)
    )
    os.close(terminal)
    shown = b""
    try:
        while part := os.read(controlling, 65536):
            shown += part
    except OSError:  # how Linux says that the other end is closed
        pass
    process.wait()
    os.close(controlling)
    return shown.decode()


@pytest.mark.parametrize(
    ("more", "colored"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "xterm", "NO_COLOR": ""}, True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
        ({"TERM": "xterm", "NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True),
    ],
)
def test_a_terminal_shows_colors_unless_it_or_its_user_wants_none(more: dict[str, str], colored: bool) -> None:
    shown = terminal("check", **more)
    assert "error[unknown-value]" in shown
    assert ("\x1b[" in shown) == colored


def test_a_pipe_gets_no_colors_unless_they_are_asked_for() -> None:
    assert b"\x1b" not in qbank("check", TERM="xterm").stdout
    assert b"\x1b" in qbank("check", FORCE_COLOR="1").stdout
    assert b"\x1b" not in qbank("check", "--format", "json", FORCE_COLOR="1").stdout
    assert b"\x1b" not in qbank("check", "--format", "github", FORCE_COLOR="1").stdout


def test_colors_are_all_that_a_colored_report_has_more() -> None:
    colored, plain = qbank("check", FORCE_COLOR="1").stdout, qbank("check").stdout
    assert re.sub(rb"\x1b\[[0-9;]*m", b"", colored) == plain


# -- progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that stands still until it is set."""
    now = [0.0]
    monkeypatch.setattr("qbank.cli.progress.time.monotonic", lambda: now[0])
    monkeypatch.setattr("qbank.cli.progress.get_terminal_size", lambda: os.terminal_size((60, 20)))
    return now


def lines(shown: str) -> list[str]:
    return [line.rstrip() for line in shown.split("\r") if line.strip()]


def test_long_work_shows_how_much_is_done_and_how_long_the_rest_may_take(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr", Terminal())
    bar = Bar("runs")
    clock[0] = 1
    bar.begin(1200)
    for n in range(1, 4):
        clock[0] += 2
        bar.done(f"name-{n}\x1b")
    shown = sys.stderr.getvalue()  # type: ignore[attr-defined]
    assert lines(shown) == [
        "0 of 1,200 runs, 0 s",
        "1 of 1,200 runs, 2 s, about 2398 s left  name-1",
        "2 of 1,200 runs, 4 s, about 2396 s left  name-2",
        "3 of 1,200 runs, 6 s, about 2394 s left  name-3",
    ]
    bar.end()
    rest = sys.stderr.getvalue()[len(shown) :]  # type: ignore[attr-defined]
    assert rest.strip() == "", "the line is gone"
    assert rest.endswith("\r")
    assert "\x1b" not in shown


def test_a_line_of_progress_is_cut_to_the_terminal_and_covers_the_one_before(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr", Terminal())
    bar = Bar("files")
    bar.begin(2)
    for name in ("x" * 200, "y"):
        clock[0] += 1
        bar.done(name)
    *_, long, short = sys.stderr.getvalue().split("\r")  # type: ignore[attr-defined]
    assert (len(long), len(short)) == (59, 59)


def test_short_work_shows_nothing(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", Terminal())
    bar = Bar("questions", delay=0.5)
    bar.begin(2)
    clock[0] = 0.4
    bar.done("a")
    bar.end()
    assert sys.stderr.getvalue() == ""  # type: ignore[attr-defined]
    clock[0] = 1.4
    bar.begin(2)
    clock[0] = 2
    bar.done("b")
    assert "1 of 2 questions" in sys.stderr.getvalue()  # type: ignore[attr-defined]


@pytest.mark.parametrize(("tty", "term"), [(False, "xterm"), (True, "dumb")])
def test_pipes_and_terminals_that_know_one_line_only_see_no_progress(
    tty: bool, term: str, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr("sys.stderr", Terminal() if tty else io.StringIO())
    bar = Bar("files")
    bar.begin(1)
    clock[0] = 9
    bar.done("a")
    bar.end()
    assert sys.stderr.getvalue() == ""  # type: ignore[attr-defined]


# -- completion


def completed(words: str, incomplete: str) -> list[str]:
    more = {
        "_QBANK_COMPLETE": "bash_complete",
        "COMP_WORDS": f"qbank {words} {incomplete}",
        "COMP_CWORD": str(1 + len(words.split())),
    }
    made = CliRunner().invoke(main, [], prog_name="qbank", env=more)
    return [line.partition(",")[2] for line in made.output.splitlines() if line]


@pytest.mark.parametrize(
    ("words", "incomplete", "found"),
    [
        ("", "ch", ["check"]),
        ("check", "pre", ["precision"]),
        ("check --run", "ri", ["ridge-regression"]),
        ("practice", "", ["precision", "ridge-regression"]),
        ("build --topic", "", ["evaluation", "linear-models"]),
        ("mock --topic", "lin", ["linear-models"]),
        ("build --only", "d", ["data"]),
        ("check --format", "g", ["github"]),
        ("rules", "twin", ["twin-cards"]),
        ("check --bank nowhere", "pre", []),
    ],
)
def test_a_shell_completes_commands_names_topics_and_values(words: str, incomplete: str, found: list[str]) -> None:
    assert completed(words, incomplete) == found


def test_where_there_is_no_bank_nothing_is_completed_and_nothing_said(tmp_path_factory: pytest.TempPathFactory) -> None:
    os.chdir(tmp_path_factory.mktemp("empty"))
    assert completed("check", "pre") == []
