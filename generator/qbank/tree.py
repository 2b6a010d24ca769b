"""The files of a bank: the only door to them, whether they lie in a folder, in a revision of git, or in memory.

Paths are relative to the bank, in POSIX form. A tree never shows what lies outside of it: a link that leads out is
named in `outside` and cannot be opened.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Protocol

from qbank import git


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

    @property
    def misnamed(self) -> Sequence[str]:
        """Folders whose names end as those of questions' files do, sorted."""

    @property
    def odd(self) -> Sequence[tuple[str, str]]:
        """What is neither a file nor a folder, sorted, each with what it is: links that lead to no file, devices."""

    def open(self, path: str) -> BinaryIO:
        """A file, to be read. Raises `OSError` where there is none."""

    def pieces(self, path: str) -> Iterable[bytes]:
        """The same, piece by piece."""


#: What is asked for at once of a file of unknown size, in bytes: Python makes room for all that is asked for.
_PIECE = 1 << 16


def beginning(tree: Tree, path: str, most: int) -> bytes:
    """A file, but no more than `most` bytes of it. Raises `OSError` where there is none."""
    with tree.open(path) as file:
        data = file.read(min(most, _PIECE))
        return data if len(data) < _PIECE else data + file.read(most - len(data))


def _is_hidden(path: str) -> bool:
    *folders, name = path.split("/")
    return name.startswith(".") or any(folder.startswith((".", "__")) for folder in folders)


#: What is odd about a file whose name no program but the system can read.
NO_TEXT = "its name is no text in UTF-8"
_LEAVING = "this is a link to a file outside the bank"


def _as_text(name: str) -> str:
    """A name as it can be shown and kept: the bytes of one that is no text by their numbers."""
    return name if name.isascii() else os.fsencode(name).decode("utf-8", "backslashreplace")


def _of_link(path: Path, inside: Path) -> str:
    """What is wrong with a link in a folder; an empty text where it leads to a file there."""
    try:
        target = path.resolve(strict=True)
    except FileNotFoundError:
        return "this link leads nowhere" if path.resolve().is_relative_to(inside) else _LEAVING
    except (OSError, RuntimeError):  # the latter before Python 3.13
        return "this link leads to itself"
    if not target.is_relative_to(inside):
        return _LEAVING
    if target.is_dir():
        return "this is a link to a folder, whose files are not read twice"
    return "" if target.is_file() else "this is a link to a device or a pipe"


def _entries(folder: str) -> list[os.DirEntry[str]]:
    """What lies in a folder, with what the system tells of it at once; nothing where it may not be read or is none."""
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except (PermissionError, FileNotFoundError, NotADirectoryError):
        return []


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

    @property
    def misnamed(self) -> Sequence[str]:
        """Folders that are named as files, sorted."""
        return self._listed[2]

    @property
    def odd(self) -> Sequence[tuple[str, str]]:
        """What is no file, sorted."""
        return self._listed[3]

    @cached_property
    def _listed(self) -> tuple[list[str], list[str], list[str], list[tuple[str, str]]]:
        files: list[str] = []
        outside: list[str] = []
        misnamed: list[str] = []
        odd: list[tuple[str, str]] = []
        inside = self.root.resolve()
        below = [""]
        while below:
            start = below.pop()
            for entry in _entries(f"{self._top}/{start}"):
                name, path, is_link = entry.name, f"{start}{entry.name}", entry.is_symlink()
                is_folder = os.path.isdir(entry.path) if is_link else entry.is_dir()  # noqa: PTH112
                if name.startswith((".", "__") if is_folder else "."):
                    continue
                if (shown := _as_text(name)) != name:
                    odd.append((f"{start}{shown}", NO_TEXT))
                elif is_link:
                    said = _of_link(Path(entry.path), inside)
                    if said == _LEAVING:
                        outside.append(path)
                    elif said:
                        odd.append((path, said))
                    else:
                        files.append(path)
                elif is_folder:
                    below.append(f"{path}/")
                    if name.endswith((".yaml", ".yml")):
                        misnamed.append(path)
                elif entry.is_file():
                    files.append(path)
                else:
                    odd.append((path, "this is no file, but a device or a pipe"))
        return sorted(files), sorted(outside), sorted(misnamed), sorted(odd)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.paths)

    def open(self, path: str) -> BinaryIO:
        """A file, to be read; only one of `paths`."""
        # Not by Path, which costs more than the question, for every file of a large bank.
        return open(self._place(path), "rb")  # noqa: PTH123

    def pieces(self, path: str) -> Iterable[bytes]:
        """The same, piece by piece."""
        # As the system gives them: to hash all files of a large bank, Python's own buffers took a third of the time.
        file = os.open(self._place(path), os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            while piece := os.read(file, _PIECE):
                yield piece
        finally:
            os.close(file)

    def _place(self, path: str) -> str:
        """Where a file lies on the disk, if it is one of `paths`."""
        place = f"{self._top}/{path}"
        if path not in self._known:
            raise FileNotFoundError(2, "there is no such file", place)
        return place


class Memory:
    """Files that are held in memory."""

    outside: Sequence[str] = ()
    misnamed: Sequence[str] = ()
    odd: Sequence[tuple[str, str]] = ()

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

    def pieces(self, path: str) -> Iterable[bytes]:
        """The same, in one piece."""
        return (self.open(path).read(),)


class Revision:
    """The folder of a bank as a revision of git has it."""

    outside: Sequence[str] = ()
    misnamed: Sequence[str] = ()
    odd: Sequence[tuple[str, str]] = ()

    def __init__(self, folder: Path, revision: str) -> None:
        """Raises `git.GitError` where git does not know the revision, or the folder is in no repository."""
        self._folder = folder
        self.name = f"{revision}:{folder.as_posix()}"
        self.prefix = git.run(folder, "rev-parse", "--show-prefix").decode().strip().rstrip("/")
        listed = os.fsdecode(git.run(folder, "ls-tree", "-r", "-z", revision, "."))
        self._blobs: dict[str, str] = {}
        for row in filter(None, listed.split("\0")):
            about, _, path = row.partition("\t")
            mode, _, blob = about.split(" ")
            if mode.startswith("100") and not _is_hidden(path):
                self._blobs[path] = blob
        self.paths: Sequence[str] = sorted(self._blobs)

    @cached_property
    def _held(self) -> git.Blobs:
        return git.Blobs(self._folder)

    def open(self, path: str) -> BinaryIO:
        """A file, to be read; only one of `paths`."""
        if path not in self._blobs:
            raise FileNotFoundError(2, "there is no such file", f"{self.name}/{path}")
        return io.BytesIO(self._held.read(self._blobs[path]))

    def pieces(self, path: str) -> Iterable[bytes]:
        """The same, in one piece."""
        return (self.open(path).read(),)


class Overlay:
    """A tree in which some files stand as they are given, and those given as None are missing."""

    def __init__(self, tree: Tree, files: Mapping[str, bytes | None]) -> None:
        self.name = tree.name
        self.prefix = tree.prefix
        self.outside = tree.outside
        self.misnamed = tree.misnamed
        self.odd = tree.odd
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

    def pieces(self, path: str) -> Iterable[bytes]:
        """The same, piece by piece."""
        return (self.open(path).read(),) if path in self._files else self._tree.pieces(path)
