"""Faults of a machine, at any operation on files: an error of the system, a full disk, the end of the process.

Python tells audit hooks of each operation before it is done (https://docs.python.org/3/library/audit_events.html); one
that raises keeps it from being done.
"""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import EACCES, EIO, ENOSPC
from pathlib import Path
from typing import Any, NoReturn

import pytest

from qbank.outputs import OUTPUTS

_CHANGING = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.fsync"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class _Watch:
    """What is done below a folder, and what becomes of the operation of one number, from 0."""

    def __init__(self, folder: Path, number: int, fault: Callable[[], object]) -> None:
        self.folder, self.number, self.fault = str(folder), number, fault
        self.seen: list[str] = []

    def tell(self, operation: str, path: str) -> None:
        if path.startswith(self.folder) or not Path(path).is_absolute():  # relative ones are those of `shutil.rmtree`
            self.seen.append(f"{operation} {os.path.relpath(path, self.folder)}")
            if len(self.seen) == self.number + 1:
                self.fault()


_watch: _Watch | None = None


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if _watch is None:
        return
    if event == "open":
        path, mode, flags = arguments
        if isinstance(path, (str, bytes, os.PathLike)) and (set(mode or "") & set("wax+") or (flags or 0) & _WRITING):
            _watch.tell("open", os.fsdecode(path))
    elif event in _CHANGING and isinstance(arguments[0], (str, bytes, os.PathLike)):
        _watch.tell(event, os.fsdecode(arguments[0]))


sys.addaudithook(_hook)


@contextmanager
def watched(folder: Path, number: int = -1, fault: Callable[[], object] = int) -> Iterator[list[str]]:
    """Watch the operations below a folder, which the list names; at that of a number, from 0, a fault happens."""
    global _watch
    _watch = watch = _Watch(folder, number, fault)
    try:
        yield watch.seen
    finally:
        _watch = None


def failing(number: int) -> Callable[[], NoReturn]:
    """A fault: the operation fails with an error of the system."""

    def fail() -> NoReturn:
        raise OSError(number, os.strerror(number))

    return fail


def interrupted() -> NoReturn:
    """A fault: somebody presses Ctrl-C."""
    raise KeyboardInterrupt


def interrupted_behind() -> None:
    """A fault: somebody presses Ctrl-C, which Python hears as soon as the operation is done."""
    frame = sys._getframe()

    def raising(*_: object) -> NoReturn:
        sys.settrace(None)
        raise KeyboardInterrupt

    sys.settrace(lambda *_: None)
    while frame := frame.f_back:  # type: ignore[assignment]
        if frame.f_code.co_filename != __file__:
            frame.f_trace = raising


def killed() -> None:
    """A fault: the process is no more."""
    os.kill(os.getpid(), signal.SIGKILL)


#: Faults that a process survives, by their names.
PASSING: dict[str, Callable[[], object]] = {
    "EIO": failing(EIO),
    "ENOSPC": failing(ENOSPC),
    "EACCES": failing(EACCES),
    "Ctrl-C": interrupted,
    "Ctrl-C behind": interrupted_behind,
}


@contextmanager
def full_disk(folder: Path, number: int) -> Iterator[list[str]]:
    """A disk that is full when the file of a number, from 0, is written: it opens, and takes nothing."""
    seen: list[str] = []
    real = io.open

    def opened(file: Any, mode: str = "r", *words: Any, **options: Any) -> Any:
        if set(mode) & set("wax+") and not isinstance(file, int) and str(file).startswith(str(folder)):
            seen.append(str(file))
            if len(seen) == number + 1:
                return real("/dev/full", mode.replace("x", "w"), *words, **options)
        return real(file, mode, *words, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("io.open", opened)
        patch.setattr("builtins.open", opened)
        yield seen


def in_a_child(work: Callable[[], object]) -> int:
    """Do something in a copy of this process, and give its exit code; -9 where it was killed."""
    child = os.fork()
    if not child:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def data_alone(minibank: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bank without paper, of which builds and releases make the data only, with all that can be kept in a store."""
    with (minibank / "bank.yaml").open("a", encoding="utf-8") as opened:
        opened.write("paper: false\n")
    monkeypatch.chdir(minibank.parent)
    monkeypatch.setenv("QBANK_CACHE", str(minibank.parent / "cache"))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr("qbank.cli.release.OUTPUTS", {"data": OUTPUTS["data"]})
    monkeypatch.setattr("qbank.cli.build.PLAIN", ["data"])
    return minibank
