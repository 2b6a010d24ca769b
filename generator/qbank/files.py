"""Writing dist/: artifacts are written beside it and moved into place, so that nothing is ever half written."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from qbank.outputs.artifact import Artifact

_STAGING = ".building"


def write(
    out: Path,
    artifacts: Iterable[Artifact],
    *,
    stale: Iterable[str] = (),
    before_moving: Callable[[], None] = lambda: None,
) -> list[str]:
    """Write artifacts below `out` and return their paths.

    Nothing is moved into place before the last artifact is made; an exception on the way leaves `out` as it was.
    `before_moving` is called in between. Of the folders named in `stale`, files that are not among the artifacts are
    deleted afterwards.
    """
    staging = out / _STAGING
    shutil.rmtree(staging, ignore_errors=True)
    try:
        paths = []
        for artifact in artifacts:
            place = staging / artifact.path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(artifact.data)
            paths.append(artifact.path)
        before_moving()
        for path in paths:
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            (staging / path).replace(out / path)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    _delete_stale(out, stale, set(paths))
    return paths


def _delete_stale(out: Path, folders: Iterable[str], kept: set[str]) -> None:
    for folder in folders:
        for path in sorted((out / folder).rglob("*")):
            if path.is_file() and path.relative_to(out).as_posix() not in kept:
                path.unlink()


def replace(path: Path, text: str) -> None:
    """Write a text file at once or not at all."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(path)
