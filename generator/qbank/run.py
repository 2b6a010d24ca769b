"""The code of questions, executed: never by a check or a build, only when somebody asks for it.

Each part runs in a process and an empty folder of its own, with little of this process's environment, with limits on
time, memory, processes, files and what it prints, and nothing that it begins outlives it. Where the system allows it
(`is_walled`), it has no network and can write nothing but that folder. It may read what its user may read, so read
what you did not write before you run it.
"""

from __future__ import annotations

import ast
import contextlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Event, Timer
from types import MappingProxyType
from typing import NamedTuple, Protocol

from qbank import scratch
from qbank.bank.model import Code, Question


class Limits(NamedTuple):
    """What a run may take: seconds on the clock, bytes of address space and of one file, processes, bytes to print."""

    seconds: float = 120
    memory: int = 16 << 30
    file: int = 64 << 20
    processes: int = 512
    printed: int = 4 << 20


class Outcome(NamedTuple):
    """What came of a run: whether it did what it should, how it ended, and what it printed.

    `code` is the exit code of the process; it is None where the time was over.
    """

    passed: bool
    code: int | None
    said: str


#: The program that runs another one between walls, by itself.
_WALLS = str(Path(__file__).with_name("walls.py"))
#: How long a program that is to end may take to end what it began, in seconds.
_GRACE = 5
_RUNNING: set[subprocess.Popen[bytes]] = set()

#: What `solution` is where the solution is SQL.
_QUERY = '''"""The query of the task, and what it gives on the tables of the task."""

import sqlite3
from contextlib import closing
from pathlib import Path

QUERY = Path(__file__).with_name("solution.sql").read_text(encoding="utf-8")
TABLES = Path(__file__).with_name("tables.sql").read_text(encoding="utf-8")


def _asked(changes):
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(TABLES)
        database.executescript(changes)
        found = database.execute(QUERY)
        return [column[0] for column in found.description], found.fetchall()


def rows(changes=""):
    """The rows that the query gives, as tuples in its order, after the SQL of some changes."""
    return _asked(changes)[1]


def columns():
    """The names of the columns that the query gives."""
    return _asked("")[0]
'''


class Runner(Protocol):
    """What programs are run by."""

    def run(self, files: Mapping[str, str], words: Sequence[str]) -> Outcome:
        """Run Python with some words in a folder that holds some files. It passes when it ends with 0 in time."""


class Machine(NamedTuple):
    """What a run is made with: the interpreter, which has what the code imports, more environment, and limits."""

    python: str = sys.executable
    extra: Mapping[str, str] = MappingProxyType({})
    limits: Limits = Limits()

    def run(self, files: Mapping[str, str], words: Sequence[str]) -> Outcome:
        """Run Python with some words in a folder that holds some files. It passes when it ends with 0 in time."""
        with folder_with(files) as folder:
            limits = [str(each) for each in (self.limits.memory, self.limits.file, self.limits.processes)]
            kind = "all" if is_walled() else "few"
            process = subprocess.Popen(  # noqa: S603 - what this module is for
                [self.python, "-I", "-S", _WALLS, kind, str(os.getpid()), *limits, *words],
                cwd=folder,
                env=environment(folder, self.extra),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            return _followed(process, self.limits)


def _followed(process: subprocess.Popen[bytes], limits: Limits) -> Outcome:
    """What comes of a program that has begun. It is ended when it takes too long, or prints too much."""
    late = Event()

    def end() -> None:
        late.set()
        _end(process)

    alarm = Timer(limits.seconds, end)
    alarm.start()
    said = bytearray()
    with process:
        _RUNNING.add(process)
        try:
            while process.stdout and (piece := os.read(process.stdout.fileno(), 1 << 16)):
                said += piece
                if len(said) > limits.printed:
                    break
            much = len(said) > limits.printed
            if much:
                _end(process)
            process.wait()
        except BaseException:
            _end(process)
            raise
        finally:
            alarm.cancel()
            _RUNNING.discard(process)
    if late.is_set():
        return out_of_time(limits)
    text = said[: limits.printed].decode("utf-8", "replace").replace("\r\n", "\n")
    if much:
        return Outcome(False, -signal.SIGTERM, f"{text}\nended, since it printed more than {limits.printed:,} bytes\n")
    return Outcome(process.returncode == 0, process.returncode, text)


def end_all() -> None:
    """End all programs that run now, of whichever thread."""
    for process in list(_RUNNING):
        _end(process)


@cache
def is_walled() -> bool:
    """Whether the system lets programs run without network and with files that are read-only; Linux often does."""
    if sys.platform != "linux":
        return False
    with folder_with({}) as folder:
        words = [
            sys.executable,
            "-I",
            "-S",
            _WALLS,
            "all",
            str(os.getpid()),
            str(1 << 40),
            str(1 << 20),
            "64",
            "-I",
            "-S",
            "-c",
            "",
        ]
        done = subprocess.run(words, cwd=folder, capture_output=True, stdin=subprocess.DEVNULL, check=False)  # noqa: S603
    return done.returncode == 0


HERE = Machine()


#: The file that a learner writes, by the language of the code, and that of the tests.
ANSWER = {"python": "solution.py", "sql": "solution.sql"}
TESTS = "test_solution.py"


def workspace(code: Code, program: str) -> dict[str, str]:
    """The files that the tests of a question run on, by their names, with a program as the answer."""
    files = {TESTS: str(code.tests), ANSWER[code.language]: program}
    if code.language == "sql":
        files |= {"solution.py": _QUERY, "tables.sql": str(code.tables)}
    return files


#: Packages that are imported under another name than they are installed by.
_IMPORTED = {"scikit-learn": "sklearn", "pillow": "PIL", "pyyaml": "yaml"}
_INSTALLED = {imported: name for name, imported in _IMPORTED.items()}


def lacking_tests(code: Code) -> tuple[str, ...]:
    """The packages that the tests of a question, its solution and its stub need and this Python does not have."""
    written = () if code.language == "sql" else (code.stub, code.solution)
    return lacking([code.tests, *written], ["pytest", *map(str, code.requires)])


def lacking(programs: Iterable[str], declared: Iterable[str] = ()) -> tuple[str, ...]:
    """The packages that some programs import or that are declared and that this Python does not have.

    They bear the names by which they are installed.
    """
    imported = {name for program in programs for name in _imports(program)} - sys.stdlib_module_names - {"solution"}
    needed = dict.fromkeys((*declared, *(_INSTALLED.get(name, name) for name in sorted(imported))))
    return tuple(name for name in needed if not _is_installed(_IMPORTED.get(name.lower(), name)))


def _imports(program: str) -> Iterator[str]:
    """What a program imports in any case: not what stands in a function, or is tried."""
    try:
        body = ast.parse(program).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for each in body:
        if isinstance(each, ast.Import):
            yield from (name.name.partition(".")[0] for name in each.names)
        elif isinstance(each, ast.ImportFrom) and each.module and not each.level:
            yield each.module.partition(".")[0]


def _is_installed(module: str) -> bool:
    top = module.partition(".")[0].replace("-", "_")
    return top.isidentifier() and find_spec(top) is not None


def attempt(code: Code, program: str, on: Runner = HERE) -> Outcome:
    """Run the tests of a question on a program. It passes when at least one test passes, and none fails."""
    made = _tests(code, program, on)
    return made._replace(passed=made.code == 0 and re.search(r"(?<!\d)[1-9]\d* passed", made.said) is not None)


def solution(question: Question, on: Runner = HERE) -> Outcome:
    """Run the tests of a question on its solution."""
    return attempt(question.code, str(question.code.solution), on)


def stub(question: Question, on: Runner = HERE) -> Outcome:
    """Run the tests of a question on its stub. It passes when they run, and fail: there is something left to do."""
    made = _tests(question.code, str(question.code.stub), on, "-x")
    return made._replace(passed=made.code == 1)


def checks(question: Question, on: Runner = HERE) -> Outcome:
    """Run the checks of a question. They pass when no assertion fails."""
    return on.run({"checks.py": str(question.checks)}, ["checks.py"])


def _tests(code: Code, program: str, on: Runner, *options: str) -> Outcome:
    words = ["-m", "pytest", "-q", "-p", "no:cacheprovider", *options, TESTS]
    return on.run(workspace(code, program), words)


@contextlib.contextmanager
def folder_with(files: Mapping[str, str]) -> Iterator[str]:
    """A folder that holds these texts by their names, and is gone afterwards."""
    with scratch.folder() as folder:
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        yield str(folder)


def environment(folder: str, extra: Mapping[str, str]) -> dict[str, str]:
    """All that a program in a folder sees of the environment."""
    seen = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": folder,
        "MPLBACKEND": "Agg",
        "PYTHONDONTWRITEBYTECODE": "1",
        # What else is installed beside pytest has no part in the tests of a question.
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }
    if os.name == "nt":
        # Without it no socket can be opened there, and so no event loop.
        seen["SYSTEMROOT"] = os.environ.get("SYSTEMROOT", "")
    return seen | dict(extra)


def out_of_time(limits: Limits) -> Outcome:
    """What comes of a run that had no end."""
    return Outcome(False, None, f"ended after {limits.seconds:g} seconds")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program with all that it began, which it is asked for first: what left its group it finds better itself."""
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_GRACE)
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
