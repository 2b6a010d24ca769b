"""A program between walls: it reads files, and reaches nothing else; when it ends, nothing that it began is left.

Run as a script, `python -I -S walls.py KIND PARENT MEMORY FILE PROCESSES WORD ...`, it runs `python WORD ...` here, and
ends as that does, or with the process PARENT. KIND is `all` for namespaces of Linux (user_namespaces(7)): processes of
its own, no network, all files read-only but those of this folder, which are then in memory, and bounded; it fails where
the system refuses them. With `few` there are the limits alone, and what is left behind is ended, as far as it is found.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import NoReturn

# From <sched.h>, <sys/mount.h>, <linux/mount.h> and <sys/prctl.h>; Python has the first ones from 3.12 on.
_NEW_MOUNTS, _NEW_NAMES, _NEW_MESSAGES, _NEW_USERS, _NEW_PROCESSES, _NEW_NETWORK = (
    0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000,
)  # fmt: skip
_NO_SUID, _NO_DEVICES, _RECURSIVE, _PRIVATE = 2, 4, 0x4000, 0x40000
_MOUNT_SETATTR, _HERE, _ALL_BELOW, _READ_ONLY = 442, -100, 0x8000, 1
_SIGNAL_OF_PARENT, _NO_NEW_PRIVILEGES, _REAPER = 1, 38, 36

#: What all files of a program may take together, in bytes, and how many they may be.
_ROOM, _FILES = 256 << 20, 10_000
#: Who a program of the administrator takes itself for: nobody.
_NOBODY = 65_534


def _called(done: int) -> None:
    if done:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


class _Attributes(ctypes.Structure):
    """`struct mount_attr` of mount_setattr(2)."""

    _fields_ = [(name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "namespace")]


def _enclose(c: ctypes.CDLL) -> None:
    """Enter namespaces of one's own; the next process that is forked is the first one in them."""
    user, group = os.getuid(), os.getgid()
    _called(c.unshare(_NEW_USERS | _NEW_PROCESSES | _NEW_NETWORK | _NEW_MOUNTS | _NEW_MESSAGES | _NEW_NAMES))
    own = Path("/proc/self")
    (own / "setgroups").write_text("deny", encoding="ascii")
    # Whoever is not 0 loses the rights of this namespace with the next program.
    (own / "uid_map").write_text(f"{user or _NOBODY} {user} 1", encoding="ascii")
    (own / "gid_map").write_text(f"{group or _NOBODY} {group} 1", encoding="ascii")


def _close_files(c: ctypes.CDLL) -> None:
    """Make all files read-only, and this folder one in memory, with the same files."""
    folder = Path.cwd()
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    _called(c.mount(None, b"/", None, _RECURSIVE | _PRIVATE, None))
    attributes = _Attributes(_READ_ONLY)
    _called(
        c.syscall(
            _MOUNT_SETATTR,
            _HERE,
            b"/",
            _ALL_BELOW,
            ctypes.byref(attributes),
            ctypes.c_size_t(ctypes.sizeof(attributes)),
        )
    )
    with contextlib.suppress(OSError):  # where parts of it are hidden, as in containers, no other may be mounted
        _called(c.mount(b"proc", b"/proc", b"proc", _NO_SUID | _NO_DEVICES, None))
    bounds = f"size={_ROOM},nr_inodes={_FILES},mode=700".encode()
    for place in (folder, Path("/dev/shm")):  # noqa: S108 - semaphores lie there
        if place.is_dir():
            _called(c.mount(b"tmpfs", os.fsencode(place), b"tmpfs", _NO_SUID | _NO_DEVICES, bounds))
    os.chdir(folder)
    for name, data in files.items():
        (folder / name).write_bytes(data)


def _limit(memory: int, file: int, processes: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    limits = [(resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, file), (resource.RLIMIT_CORE, 0)]
    limits.append((resource.RLIMIT_NPROC, processes))
    for which, most in limits:
        hard = resource.getrlimit(which)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (most, most))


def _tasks_of_user() -> int:
    """How many tasks the user has, which the system counts together."""
    count, user = 0, os.getuid()
    for each in Path("/proc").glob("[0-9]*/task"):
        with contextlib.suppress(OSError):
            about = each.stat()
            count += about.st_nlink - 2 if about.st_uid == user else 0
    return count


def _children() -> list[int]:
    """The children of this process, of which it is told those that others left, too."""
    found = []
    for each in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            # proc_pid_stat(5): the parent is the second field behind the name, which stands in parentheses.
            if int(each.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[1]) == os.getpid():
                found.append(int(each.parent.name))
    return found


def _end_children() -> None:
    """End what is left: whose parent is ended comes to this process, so as often as there is somebody."""
    while found := _children():
        for each in found:
            with contextlib.suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        for each in found:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(each, 0)


def _begun(work: Callable[[], object]) -> int:
    """A process that does something, which does not return."""
    child = os.fork()
    if not child:
        work()
    return child


def _wait(child: int) -> int:
    """How a child ended; whoever else ends meanwhile is let go."""
    while True:
        ended, status = os.wait()
        if ended == child:
            return status


def _end_as(status: int) -> NoReturn:
    """End as another process did."""
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number != signal.SIGKILL:
            signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    raise SystemExit(os.waitstatus_to_exitcode(status))


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    _end_children()
    raise SystemExit(128 + number)


def main(kind: str, parent: str, memory: str, file: str, processes: str, *words: str) -> None:
    """Run Python with some words between walls of a kind, and end as it does."""

    def become() -> None:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        if c:
            c.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        # Where users have namespaces of their own, their processes are counted in each (Linux 5.14).
        _limit(int(memory), int(file), int(processes) + (0 if kind == "all" else _tasks_of_user()))
        os.execv(sys.executable, [sys.executable, *words])  # noqa: S606

    if not hasattr(os, "fork"):
        become()
    c = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
    if c:
        c.prctl(_SIGNAL_OF_PARENT, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != int(parent):  # it has ended already
            return
    if kind != "all" or c is None:
        if c:
            c.prctl(_REAPER, 1, 0, 0, 0)
        signal.signal(signal.SIGTERM, _stop)
        status = _wait(_begun(become))
        _end_children()
        _end_as(status)
    _enclose(c)
    told, tell = os.pipe()

    def first() -> None:
        """The first process of a namespace: when it ends, so do all others in it, and it ends with the one outside."""
        c.prctl(_SIGNAL_OF_PARENT, signal.SIGKILL, 0, 0, 0)
        os.close(told)
        asked = select.poll()
        asked.register(tell, 0)
        if asked.poll(0):  # nobody reads: it has ended already
            raise SystemExit
        _close_files(c)
        os.write(tell, str(_wait(_begun(become))).encode())
        raise SystemExit

    child = _begun(first)
    os.close(tell)
    said = os.read(told, 16)
    os.waitpid(child, 0)
    if not said:
        raise SystemExit(1)
    _end_as(int(said))


if __name__ == "__main__":
    main(*sys.argv[1:])
