"""Folders for a while, in the folder that the system has for such.

Each is gone when it is closed; what a killed process left is swept when the next one asks for a folder. A folder of a
process that lives is locked, which the system undoes when it ends, however it ends (flock(2)). Where there are no such
locks, as on Windows, nothing is swept.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = "qbank-scratch-"
#: Bytes of the name of a folder: that of a socket has room for 107 (unix(7)), and multiprocessing adds 32.
_LONGEST = 75
_NAME = re.compile(rf"{_PREFIX}[a-z0-9_]{{8}}")


@contextmanager
def folder() -> Iterator[Path]:
    """A new and empty folder, that is gone afterwards. Raises `OSError` where none can be made."""
    _sweep(Path(tempfile.gettempdir()))
    path, lock = _made()
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        if lock >= 0:
            os.close(lock)


@contextmanager
def folder_for_sockets() -> Iterator[str]:
    """The name of such a folder of Linux that leaves room for that of a socket: its path, or that of the open folder.

    Raises `OSError` where none can be made.
    """
    with folder() as path:
        if len(os.fsencode(path)) <= _LONGEST:
            yield str(path)
            return
        number = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            yield f"/proc/self/fd/{number}"  # proc_pid_fd(5)
        finally:
            os.close(number)


def _made() -> tuple[Path, int]:
    """A folder, and what holds its lock; -1 where there are no locks."""
    while True:
        path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        lock = _locked(path, wait=True)
        # Another process may have swept it before it was locked.
        if path.exists():
            return path, lock
        if lock >= 0:
            os.close(lock)


def _locked(path: Path, *, wait: bool = False) -> int:
    """Lock a folder of this user; -1 where that fails, be it that somebody holds its lock and is not waited for."""
    if sys.platform == "win32":
        return -1
    import fcntl

    try:
        held = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return -1
    try:
        if os.fstat(held).st_uid == os.getuid():
            fcntl.flock(held, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            return held
    except OSError:
        pass
    os.close(held)
    return -1


def _sweep(place: Path) -> None:
    """Remove the folders that nobody holds any more."""
    with suppress(OSError):
        for path in [path for path in place.iterdir() if _NAME.fullmatch(path.name)]:
            if (lock := _locked(path)) >= 0:
                shutil.rmtree(path, ignore_errors=True)
                os.close(lock)
