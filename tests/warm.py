"""Programs run in forks of a process that has imported what most of them need.

To import NumPy, Matplotlib or PyTorch takes longer than most checks do, and the bank has hundreds: it is done once.
A program is as alone as in a process of its own: an empty folder, its own environment, its own limits, and the walls of
`qbank.walls`, which stand around that process and all its forks. Packages that come in parts which must be imported by
name, such as scikit-learn, are left to the programs, so that none is forgotten.

As a script, `python warm.py KIND MODULE ...` between walls of that kind, it is that process: it reads an order a line,
and answers each with an exit code and what was printed.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import runpy
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any


class Warm:
    """A machine (see qbank.run.Machine) that has imported some modules before its first run."""

    def __init__(self, machine: Any, modules: Sequence[str]) -> None:
        from qbank import run, walls

        self._machine, self._run = machine, run
        self._open = contextlib.ExitStack()
        folder = self._open.enter_context(run.folder_with({}))
        # At home Matplotlib finds what it knows of fonts, instead of reading them all again.
        home = {"HOME": os.environ.get("HOME", "")}
        kind = "all" if run.is_walled() else "few"
        limits = [str(each) for each in (machine.limits.memory, machine.limits.file, machine.limits.processes)]
        walled = [machine.python, "-I", "-S", walls.__file__, kind, str(os.getpid()), *limits]
        self._process = subprocess.Popen(
            [*walled, __file__, kind, *modules],
            cwd=folder,
            env=run.environment(folder, {**home, **machine.extra}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()
        self._open.close()

    def run(self, files: Mapping[str, str], words: Sequence[str]) -> Any:
        """As `Machine.run`."""
        assert self._process.stdin
        assert self._process.stdout
        limits = self._machine.limits
        order = {
            "files": dict(files),
            "words": list(words),
            "environment": self._run.environment("", self._machine.extra),
            "limits": list(limits),
        }
        print(json.dumps(order), file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"the warm process ended with {self._process.wait()}")
        code, printed = json.loads(answer)
        if code == -signal.SIGALRM:
            return self._run.out_of_time(limits)
        return self._run.Outcome(code == 0, code, printed)


def _serve(kind: str, modules: Sequence[str]) -> None:
    for module in modules:
        import_module(module)
    own = Path.cwd()
    for line in sys.stdin:
        order = json.loads(line)
        folder = Path(tempfile.mkdtemp(dir=own))
        for name, text in order.pop("files").items():
            (folder / name).write_text(text, encoding="utf-8")
        said = own / "said"
        said.touch()
        child = os.fork()
        if not child:
            os._exit(_program(folder=str(folder), said=str(said), **order))
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        _end_rest(kind, child)
        print(json.dumps([code, said.read_text(encoding="utf-8", errors="replace")]), flush=True)
        for each in own.iterdir():
            shutil.rmtree(each, ignore_errors=True) if each.is_dir() and not each.is_symlink() else each.unlink()


def _end_rest(kind: str, child: int) -> None:
    """End what a program began and left behind: its group, and between walls everybody but this process."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    # Only the first two processes of a namespace are known: who guards it, which signals do not reach, and this one.
    if kind == "all" and os.getpid() == 2:
        with contextlib.suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)


def _program(folder: str, words: list[str], said: str, environment: dict[str, str], limits: list[float]) -> int:
    """Become the program that `python WORDS` would be in this folder; its exit code comes back."""
    os.setsid()
    os.chdir(folder)
    for path, flags, ours in ((os.devnull, os.O_RDONLY, (0,)), (said, os.O_WRONLY | os.O_APPEND, (1, 2))):
        there = os.open(path, flags)
        for descriptor in ours:
            os.dup2(there, descriptor)
    seconds, memory, size, *_ = limits
    for which, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, size), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(which, (int(most), resource.getrlimit(which)[1]))
    signal.setitimer(signal.ITIMER_REAL, seconds)
    os.environ.clear()
    os.environ.update({**environment, "HOME": folder})
    tempfile.tempdir = None  # it is found anew
    sys.stdin = os.fdopen(0)
    sys.path[0] = folder
    try:
        return _code(words)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


def _code(words: list[str]) -> int:
    try:
        if words[0] == "-m":
            sys.argv = words[1:]
            runpy.run_module(words[1], run_name="__main__", alter_sys=True)
        else:
            sys.argv = words
            runpy.run_path(words[0], run_name="__main__")
    except SystemExit as end:
        if isinstance(end.code, int) or end.code is None:
            return int(end.code or 0)
        print(end.code, file=sys.stderr)
        return 1
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    _serve(sys.argv[1], sys.argv[2:])
