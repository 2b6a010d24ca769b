"""Every file of a build of the small bank, by its digest: a change of the generator shows here which files it changes.

After a change that is meant: QBANK_UPDATE=1 pytest tests/test_golden.py, and say in the commit what changed in them.
"""

from __future__ import annotations

import hashlib
import io
import os
import sqlite3
import tempfile
import zipfile
from pathlib import Path

from conftest import HERE, build
from qbank.outputs import OUTPUTS

GOLDEN = HERE / "golden" / "digests.txt"


def digest(path: Path) -> str:
    """The hash of a file; of a package that of its contents, since its bytes hang on the zlib and SQLite at hand."""
    data = path.read_bytes()
    return hashlib.sha256(unpacked(data) if path.suffix == ".apkg" else data).hexdigest()


def unpacked(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            out.write(name.encode() + (rows(content) if name.endswith(".anki2") else content))
    return out.getvalue()


def rows(database: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "collection"
        path.write_bytes(database)
        connection = sqlite3.connect(path)
        try:
            return "\n".join(connection.iterdump()).encode()
        finally:
            connection.close()


def test_the_small_bank_becomes_what_it_became_before(mini_root: Path, tmp_path: Path) -> None:
    found = "".join(f"{digest(tmp_path / path)}  {path}\n" for path in sorted(build(mini_root, tmp_path, *OUTPUTS)))
    if os.environ.get("QBANK_UPDATE"):
        GOLDEN.write_text(found, encoding="utf-8")
    assert found == GOLDEN.read_text(encoding="utf-8")
