"""dist/ is whole at every moment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qbank.files import write
from qbank.outputs.artifact import Artifact


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_artifacts_are_written_to_their_places(tmp_path: Path) -> None:
    assert write(tmp_path, [Artifact("a/b.txt", b"1"), Artifact("c.txt", b"2")]) == ["a/b.txt", "c.txt"]
    assert tree(tmp_path) == {"a/b.txt": b"1", "c.txt": b"2"}


def test_an_interrupted_build_leaves_the_old_files_whole(tmp_path: Path) -> None:
    write(tmp_path, [Artifact("a.txt", b"old"), Artifact("b.txt", b"old")])

    def interrupted() -> Iterator[Artifact]:
        yield Artifact("a.txt", b"new")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, interrupted(), stale=["."])
    assert tree(tmp_path) == {"a.txt": b"old", "b.txt": b"old"}


def test_what_a_killed_build_left_behind_is_swept_away(tmp_path: Path) -> None:
    (tmp_path / ".building").mkdir()
    (tmp_path / ".building" / "half.txt").write_bytes(b"")
    write(tmp_path, [Artifact("a.txt", b"1")])
    assert tree(tmp_path) == {"a.txt": b"1"}


def test_files_of_a_topic_that_is_gone_are_deleted_where_that_is_asked(tmp_path: Path) -> None:
    write(tmp_path, [Artifact("anki/old.apkg", b"1"), Artifact("data/x.json", b"2")])
    (tmp_path / "README.md").write_bytes(b"kept")
    write(tmp_path, [Artifact("anki/new.apkg", b"3")], stale=["anki"])
    assert tree(tmp_path) == {"README.md": b"kept", "anki/new.apkg": b"3", "data/x.json": b"2"}
