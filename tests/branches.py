"""Small repositories of git, and the small bank as it is, released, and edited."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from conftest import MINIBANK, TIME, store
from qbank import release
from qbank.survey import Survey
from qbank.tree import Memory

FILES = {path.relative_to(MINIBANK).as_posix(): path.read_bytes() for path in MINIBANK.rglob("*") if path.is_file()}
RIDGE, PRECISION, RETIRED = "linear-models/ridge-regression.yaml", "evaluation/precision.yaml", "retired.yaml"


def write(root: Path, files: Mapping[str, bytes]) -> None:
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)


def git(folder: Path, *words: str) -> str:
    settings = ("user.name=A", "user.email=a@example.org", "core.autocrlf=false", "commit.gpgsign=false")
    told = [word for setting in settings for word in ("-c", setting)]
    alone = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    alone |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return subprocess.run(
        ["git", *told, *words], cwd=folder, env=alone, capture_output=True, check=True, text=True
    ).stdout.strip()


def repository(top: Path, files: Mapping[str, bytes], folder: str = "bank") -> Path:
    """A repository with one commit, that of files in a folder."""
    top.mkdir(exist_ok=True)
    git(top, "init", "--quiet")
    write(top / folder, files)
    git(top, "add", "--all", "--force")
    git(top, "commit", "--quiet", "--allow-empty", "--message", "x")
    return top / folder


def survey(files: dict[str, bytes]) -> Survey:
    return Survey(Memory(files), store())


@cache
def ledger() -> bytes:
    """The ledger of a release of the small bank."""
    return release.prepare(survey(FILES), "2026.11", TIME).published.encode()


def changed(edits: dict[str, tuple[str, str]], base: dict[str, bytes] | None = None) -> dict[str, bytes]:
    """The small bank with a text of some files replaced by another."""
    files = dict(base or FILES)
    for path, (old, new) in edits.items():
        assert old in files[path].decode()
        files[path] = files[path].decode().replace(old, new).encode()
    return files
