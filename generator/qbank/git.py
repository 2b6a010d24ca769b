"""What git knows of the repository that a folder is in: its revisions, and the bytes of files in them.

Git only reads here. The work tree, the index and the branches stay as they are.
"""

from __future__ import annotations

import subprocess
import weakref
from collections.abc import Iterable
from errno import EIO
from pathlib import Path

#: The remotes whose main branch a branch most often started from: one's own copy, and what it is a copy of.
_REMOTES = ("origin", "upstream")


class GitError(ValueError):
    """Git is missing, knows no such revision, or cannot read the repository; the message says which."""


def run(folder: Path, *words: str) -> bytes:
    """What a command of git prints in a folder. Raises `GitError`, with the words of git where it failed."""
    try:
        done = subprocess.run(["git", *words], cwd=folder, capture_output=True, check=False)  # noqa: S603, S607
    except NotADirectoryError as error:
        raise GitError(f"{folder.as_posix()} is no folder") from error
    except FileNotFoundError as error:
        here = folder.is_dir()
        raise GitError("git is not installed" if here else f"there is no folder {folder.as_posix()}") from error
    if done.returncode:
        raise GitError(done.stderr.decode(errors="replace").strip())
    return done.stdout


def commit(folder: Path, revision: str) -> str:
    """The full name of the commit that a revision means now. Raises `GitError` where there is none."""
    found = _commit(folder, revision)
    if found:
        return found
    if revision == "HEAD":
        raise GitError("nothing is committed yet, so there is nothing to compare with")
    raise GitError(f"git knows no revision '{revision}' here{_shallow(folder)}")


def time(folder: Path) -> int:
    """The time of the last commit of the repository that a folder is in, in unix seconds; 0 where there is none."""
    try:
        return int(run(folder, "log", "-1", "--format=%ct"))
    except (GitError, ValueError):
        return 0


def common(folder: Path, *revisions: str) -> str:
    """The commit at which the first of some revisions left the others. Raises `GitError` where there is none."""
    commits = [commit(folder, revision) for revision in revisions]
    try:
        return run(folder, "merge-base", *commits).decode().strip()
    except GitError as error:
        named = " and ".join(revisions)
        raise GitError(f"{named} have no commit in common{_shallow(folder)}") from error


def main_branches(folder: Path, names: Iterable[str]) -> list[str]:
    """The branches of these names, and the main ones, as the remotes have them; local ones where no remote has any."""
    wanted = list(dict.fromkeys((*names, "main", "master")))
    remote = [f"{remote}/{name}" for remote in _REMOTES for name in ("HEAD", *wanted)]
    found = [name for name in remote if _commit(folder, f"refs/remotes/{name}")]
    return found or [name for name in wanted if _commit(folder, f"refs/heads/{name}")]


def _commit(folder: Path, revision: str) -> str:
    """The commit of a revision; an empty text where there is none."""
    if revision.startswith("-") or "\0" in revision:  # what git would take for an option
        return ""
    try:
        return run(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode().strip()
    except GitError as error:
        if str(error):
            raise
        return ""


def _shallow(folder: Path) -> str:
    """What to do where the clone may hold too few commits."""
    if run(folder, "rev-parse", "--is-shallow-repository").strip() != b"true":
        return ""
    return "; this clone is shallow: fetch the rest with `git fetch --unshallow`"


class Blobs:
    """The bytes of blobs by their names, one after the other, from one process of git that waits for the next."""

    def __init__(self, folder: Path) -> None:
        self._git = subprocess.Popen(
            ["git", "cat-file", "--batch"],  # noqa: S607
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        weakref.finalize(self, _end, self._git)

    def read(self, name: str) -> bytes:
        """The bytes of a blob. Raises `OSError` where the repository does not hold it."""
        asked, answered = self._git.stdin, self._git.stdout
        if asked is None or answered is None:  # both are pipes
            raise OSError(EIO, "git cannot be asked", name)
        asked.write(f"{name}\n".encode())
        asked.flush()
        # https://git-scm.com/docs/git-cat-file#_batch_output: `<name> <type> <size>`, the bytes, and the end of a line.
        head = answered.readline().split()
        if len(head) != 3:
            raise OSError(EIO, "its bytes are not in the repository", name)
        data = answered.read(int(head[2]))
        answered.read(1)
        return data


def _end(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
    process.wait()
