"""The files of a bank: the only door to them, whether they lie in a folder, in a revision of git, or in memory.

Paths are relative to the bank, in POSIX form. A tree never shows what lies outside of it: a link that leads out is
named in `outside` and cannot be opened.
"""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Protocol


class Tree(Protocol):
    """What a bank is read from."""

    @property
    def name(self) -> str:
        """How messages call the folder of the bank: what stands before its paths."""

    @property
    def prefix(self) -> str:
        """The folder of the bank in its repository, which links to its files hold."""

    @property
    def paths(self) -> Sequence[str]:
        """Every file, sorted; those whose name or folder is hidden are left out."""

    @property
    def outside(self) -> Sequence[str]:
        """Links that lead out of the bank, sorted."""

    def open(self, path: str) -> BinaryIO:
        """A file, to be read. Raises `OSError` where there is none."""


def _is_hidden(path: str) -> bool:
    *folders, name = path.split("/")
    return name.startswith(".") or any(folder.startswith((".", "__")) for folder in folders)


class Folder:
    """A folder on disk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._top = root.as_posix()

    @property
    def name(self) -> str:
        """The folder, as it was given."""
        return self._top

    @cached_property
    def prefix(self) -> str:
        """Found by the `.git` of the repository; outside of one it is the name of the folder."""
        inside = self.root.resolve()
        above = next((folder for folder in (inside, *inside.parents) if (folder / ".git").exists()), inside.parent)
        below = inside.relative_to(above).as_posix()
        return "" if below == "." else below

    @property
    def paths(self) -> Sequence[str]:
        """Every file, sorted."""
        return self._listed[0]

    @property
    def outside(self) -> Sequence[str]:
        """Links that lead out, sorted."""
        return self._listed[1]

    @cached_property
    def _listed(self) -> tuple[list[str], list[str]]:
        files: list[str] = []
        outside: list[str] = []
        inside = self.root.resolve()
        for folder, folders, names in os.walk(self._top):
            below = folder.replace(os.sep, "/")[len(self._top) :].lstrip("/")
            start = f"{below}/" if below else ""
            links = {n for n in (*folders, *names) if os.path.islink(f"{folder}/{n}")}
            leaving = {n for n in links if not Path(folder, n).resolve().is_relative_to(inside)}
            outside += [f"{start}{name}" for name in leaving]
            files += [f"{start}{name}" for name in names if name not in leaving and not name.startswith(".")]
            folders[:] = [name for name in folders if not name.startswith((".", "__"))]
        return sorted(files), sorted(outside)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.paths)

    def open(self, path: str) -> BinaryIO:
        """A file, to be read; only one of `paths`."""
        if path not in self._known:
            raise FileNotFoundError(2, "there is no such file", f"{self._top}/{path}")
        # Not by Path, which costs more than the question, for every file of a large bank.
        return open(f"{self._top}/{path}", "rb")  # noqa: PTH123


class Memory:
    """Files that are held in memory."""

    outside: Sequence[str] = ()

    def __init__(self, files: Mapping[str, bytes], name: str = "bank", prefix: str = "bank") -> None:
        self.name = name
        self.prefix = prefix
        self._files = {path: data for path, data in files.items() if not _is_hidden(path)}
        self.paths: Sequence[str] = sorted(self._files)

    def open(self, path: str) -> BinaryIO:
        """A file, to be read; only one of `paths`."""
        try:
            return io.BytesIO(self._files[path])
        except KeyError:
            raise FileNotFoundError(2, "there is no such file", f"{self.name}/{path}") from None


class Revision:
    """The folder of a bank as a revision of git has it."""

    outside: Sequence[str] = ()

    def __init__(self, folder: Path, revision: str) -> None:
        """Raises `ValueError` where git does not know the revision, or the folder is in no repository."""
        self._folder = folder
        self.name = f"{revision}:{folder.as_posix()}"
        self.prefix = self._git("rev-parse", "--show-prefix").decode().strip().rstrip("/")
        listed = self._git("ls-tree", "-r", "-z", revision, ".").decode()
        self._blobs: dict[str, str] = {}
        for row in filter(None, listed.split("\0")):
            about, _, path = row.partition("\t")
            mode, _, blob = about.split(" ")
            if mode.startswith("100") and not _is_hidden(path):
                self._blobs[path] = blob
        self.paths: Sequence[str] = sorted(self._blobs)

    def _git(self, *words: str) -> bytes:
        run = subprocess.run(["git", *words], cwd=self._folder, capture_output=True, check=False)  # noqa: S603, S607
        if run.returncode:
            raise ValueError(run.stderr.decode(errors="replace").strip())
        return run.stdout

    def open(self, path: str) -> BinaryIO:
        """A file, to be read; only one of `paths`."""
        if path not in self._blobs:
            raise FileNotFoundError(2, "there is no such file", f"{self.name}/{path}")
        return io.BytesIO(self._git("cat-file", "blob", self._blobs[path]))


class Overlay:
    """A tree in which some files stand as they are given, and those given as None are missing."""

    def __init__(self, tree: Tree, files: Mapping[str, bytes | None]) -> None:
        self.name = tree.name
        self.prefix = tree.prefix
        self.outside = tree.outside
        self._tree = tree
        self._files = {path: data for path, data in files.items() if not _is_hidden(path)}
        kept = {path for path in tree.paths if path not in files}
        self.paths: Sequence[str] = sorted(kept | {path for path, data in self._files.items() if data is not None})

    def open(self, path: str) -> BinaryIO:
        """A file, to be read; only one of `paths`."""
        if path not in self._files:
            return self._tree.open(path)
        data = self._files[path]
        if data is None:
            raise FileNotFoundError(2, "there is no such file", f"{self.name}/{path}")
        return io.BytesIO(data)
