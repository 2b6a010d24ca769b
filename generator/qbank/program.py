"""The program itself: where its templates are, and what names all of it that bytes depend on."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
import zlib
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path


@cache
def fingerprint() -> str:
    """The hash of all that makes bytes besides the bank: this package, its templates, Python and the libraries."""
    # SQLite and zlib write the packages, and come with the system.
    engines = f"{sqlite3.sqlite_version} {zlib.ZLIB_RUNTIME_VERSION}"
    whole = sha256(f"{sys.version} {engines} {' '.join(sorted(_libraries()))}".encode())
    package = Path(__file__).parent
    for folder in (package, templates()):
        for path in sorted(folder.rglob("*")):
            if path.suffix != ".pyc" and path.is_file():
                whole.update(f"\0{path.relative_to(folder).as_posix()}\0".encode())
                whole.update(path.read_bytes())
    return whole.hexdigest()


def templates() -> Path:
    """The folder of templates: inside an installed package, or at the top of a clone."""
    package = Path(__file__).parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parents[1] / "templates"


def asset(name: str) -> bytes:
    """The bytes of a file in the folder of templates that is no template."""
    return (templates() / name).read_bytes()


def makes_paper() -> bool:
    """Whether the packages are installed that PDFs need: the extra `pdf`."""
    return all(find_spec(name) is not None for name in ("typst", "fontTools"))


_LIBRARIES = tuple("fonttools genanki jinja2 markdown_it_py markupsafe mdit_py_plugins pygments pyyaml typst".split())


def _libraries() -> Iterator[str]:
    """The libraries with their versions, by the names of their metadata: importlib would take ten times as long."""
    for folder in sys.path:
        with contextlib.suppress(OSError):
            for name in os.listdir(folder or "."):  # noqa: PTH208
                stem, ending = os.path.splitext(name)  # noqa: PTH122
                if ending in (".dist-info", ".egg-info") and stem.lower().replace("-", "_").startswith(_LIBRARIES):
                    yield stem
