"""Whatever goes wrong within a command, a line says what, where to report it, and how to see more."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from conftest import MINIBANK
from qbank import __main__ as start
from qbank import cli
from qbank.usage import COMMANDS


@pytest.fixture(autouse=True)
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command meets what nobody foresaw."""

    def fail(context: click.Context) -> object:
        raise ArithmeticError("two\nlines and \x1b[31m a color")

    monkeypatch.setattr(click.Command, "invoke", lambda self, context: fail(context))
    monkeypatch.setattr(cli.main, "invoke", lambda context: fail(context))
    monkeypatch.delenv(start.DEBUG, raising=False)


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int | str | None:
    monkeypatch.setattr(sys, "argv", ["qbank", *words])
    with pytest.raises(SystemExit) as ended:
        start.main()
    return ended.value.code


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_ends_in_a_traceback(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, command) == start.INTERNAL
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "Traceback" not in said and "\x1b" not in said
    assert "ArithmeticError: two lines" in said and "--debug" in said and "report" in said


@pytest.mark.parametrize("words", [["--debug", "check"], ["check"]])
def test_the_traceback_is_shown_where_it_is_asked_for(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    if words == ["check"]:
        monkeypatch.setenv(start.DEBUG, "1")
    else:
        monkeypatch.setitem(os.environ, start.DEBUG, "")
    monkeypatch.setattr(sys, "argv", ["qbank", *words])
    with pytest.raises(ArithmeticError):
        start.main()


def test_too_little_memory_is_no_error_of_the_program(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(context: click.Context) -> object:
        raise MemoryError

    monkeypatch.setattr(cli.main, "invoke", fail)
    assert run(monkeypatch, "check") == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "not enough memory" in said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize("words", [["--help"], ["stats", "--bank", str(MINIBANK)]])
def test_what_cannot_be_shown_is_said_in_a_line(words: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "qbank", *words], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "cannot write what is shown here" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="a shell closes streams here")
@pytest.mark.parametrize(("closed", "words"), [(">&-", ["--help"]), ("2>&-", ["check", "--bank", str(MINIBANK)])])
def test_a_closed_stream_is_nobody_who_listens(closed: str, words: list[str]) -> None:
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {closed}', "sh", sys.executable, "-m", "qbank", *words],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_without_docstrings_a_line_says_what_is_missing() -> None:
    done = subprocess.run([sys.executable, "-OO", "-m", "qbank", "check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "PYTHONOPTIMIZE" in done.stderr
