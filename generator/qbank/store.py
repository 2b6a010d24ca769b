"""A content-addressed store: what was made once is kept under a key that names everything its bytes depend on.

So a hit is the bytes, whoever made them and when; nothing in it is ever out of date, only out of use. It is one SQLite
file, safe under several processes and a crash. A value that does not match its hash, a file that is no database, a
folder that cannot be written: all are misses, and cost time only.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, BinaryIO, Self

from qbank import scratch
from qbank.program import fingerprint

if TYPE_CHECKING:
    from hashlib import _Hash

#: Bytes that a store may hold; beyond that what was put in first goes first.
LIMIT = 1 << 30
#: The longest that one process waits for another to finish writing, in seconds.
PATIENCE = 30.0
_CHUNK = 1 << 20
#: Values that are written together.
_BATCH = 200
#: What is written at once: a place in the file that is filled piece by piece is written twice.
_SMALL = 16 << 20
_FILE = "store-1.sqlite"
_MARKS = {"CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n", ".gitignore": "*\n"}
_SCHEMA = """
CREATE TABLE IF NOT EXISTS store
    (id INTEGER PRIMARY KEY, key TEXT UNIQUE NOT NULL, sha BLOB NOT NULL, size INTEGER NOT NULL, value BLOB NOT NULL)
"""


def key(kind: str, *parts: str) -> str:
    """The key of a value: its kind, and the hash of what it depends on besides the program itself, which is added."""
    content = _begun(fingerprint()).copy()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        content.update(b"%d:" % len(data))
        content.update(data)
    return f"{kind}:{content.hexdigest()}"


@lru_cache(maxsize=1)
def _begun(program: str) -> _Hash:
    return sha256(program.encode())


def as_json(value: Any) -> str:
    """Data in JSON, always in the same bytes; dataclasses are objects."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_as_object)


def _as_object(value: Any) -> dict[str, Any]:
    return {each.name: getattr(value, each.name) for each in fields(value)}


class Store:
    """Values under keys. One for each process, whose threads take turns at it; several may use the same folder."""

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        """A store in a folder, which is made where it is missing. Raises `OSError` where it cannot be written."""
        self.folder = folder
        self.limit = limit
        self._temporary = contextlib.ExitStack()
        self._grew = False
        self._turn = RLock()
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in _MARKS.items():
            if not (folder / name).exists():
                (folder / name).write_text(text, encoding="ascii")
        with self._mending():
            self._open()

    @classmethod
    def temporary(cls) -> Store:
        """A store that is gone when it is closed."""
        with contextlib.ExitStack() as stack:
            store = cls(stack.enter_context(scratch.folder()))
            store._temporary = stack.pop_all()
        return store

    def _open(self) -> None:
        # Threads take turns.
        self._db = sqlite3.connect(self.folder / _FILE, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        for pragma in ("page_size = 16384", "auto_vacuum = INCREMENTAL", "journal_mode = WAL", "synchronous = NORMAL"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.execute(_SCHEMA)

    def _mend(self, error: sqlite3.Error) -> None:
        """Begin anew where the file is no database, or no longer one. Any other error is raised again."""
        if getattr(error, "sqlite_errorcode", None) not in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise error
        self._db.close()
        for path in self.folder.glob(f"{_FILE}*"):
            path.unlink(missing_ok=True)
        self._open()

    @contextlib.contextmanager
    def _mending(self) -> Iterator[None]:
        """A block after whose failure the store begins anew where it was damaged. Any other fault is an `OSError`."""
        try:
            try:
                yield
            except sqlite3.Error as error:
                self._mend(error)
        except sqlite3.Error as error:
            raise OSError(f"cannot keep a store in {self.folder}: {error}") from error

    @contextlib.contextmanager
    def _missing(self) -> Iterator[None]:
        """A block of one thread, in which every fault of the database is a miss."""
        with self._turn:
            try:
                yield
            except sqlite3.Error as error:
                with contextlib.suppress(sqlite3.Error):
                    self._mend(error)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def close(self) -> None:
        """Drop what is too much, and let the file go."""
        if self._grew:
            with contextlib.suppress(sqlite3.Error):
                self._prune()
        with contextlib.suppress(sqlite3.Error):
            self._db.close()
        self._temporary.close()

    def get(self, key: str) -> bytes | None:
        """The value under a key, or None."""
        row = None
        with self._missing():
            row = self._db.execute("SELECT sha, value FROM store WHERE key = ?", (key,)).fetchone()
        if row is None or not isinstance(row[1], bytes) or sha256(row[1]).digest() != row[0]:
            return None
        return row[1]

    def knows(self, kind: str) -> bool:
        """Whether there is any value of a kind."""
        row = None
        with self._missing():
            # The sign behind the colon, so that the index is asked for a range.
            row = self._db.execute("SELECT 1 FROM store WHERE key > ? AND key < ?", (f"{kind}:", f"{kind};")).fetchone()
        return row is not None

    def put(self, values: Iterable[tuple[str, bytes]]) -> None:
        """Keep values under their keys, in one transaction."""
        rows = [(key, sha256(value).digest(), len(value), value) for key, value in values]
        with self._missing(), self._transaction():
            self._db.executemany("INSERT OR REPLACE INTO store (key, sha, size, value) VALUES (?, ?, ?, ?)", rows)

    def sha(self, key: str) -> str:
        """The SHA-256 of the value under a key in hexadecimal digits, as it was put there; an empty text for none."""
        with self._missing():
            row = self._db.execute("SELECT sha FROM store WHERE key = ?", (key,)).fetchone()
            return row[0].hex() if row and isinstance(row[0], bytes) else ""
        return ""

    def get_file(self, key: str, file: BinaryIO) -> str:
        """Copy the value under a key into an empty file, and give its SHA-256 in hexadecimal digits.

        An empty text, and a file that is empty again, mean that there is none.
        """
        with self._missing():
            row = self._db.execute("SELECT id, sha FROM store WHERE key = ?", (key,)).fetchone()
            if row is None:
                return ""
            content = sha256()
            with self._db.blobopen("store", "value", row[0], readonly=True) as blob:
                while chunk := blob.read(_CHUNK):
                    content.update(chunk)
                    file.write(chunk)
            if content.digest() == row[1]:
                return content.hexdigest()
        file.seek(0)
        file.truncate()
        return ""

    def put_file(self, key: str, file: BinaryIO, size: int) -> str:
        """Keep the `size` bytes of a file under a key, and give their SHA-256. Many are never in memory as a whole."""
        if size <= _SMALL:
            data = file.read()
            self.put([(key, data)])
            return sha256(data).hexdigest()
        # Hashed first, since an update of the row would have the whole value in memory.
        start, content = file.tell(), sha256()
        while chunk := file.read(_CHUNK):
            content.update(chunk)
        file.seek(start)
        with self._missing(), self._transaction():
            added = "INSERT OR REPLACE INTO store (key, sha, size, value) VALUES (?, ?, ?, zeroblob(?))"
            row = self._db.execute(added, (key, content.digest(), size, size)).lastrowid
            with self._db.blobopen("store", "value", row or 0) as blob:
                while chunk := file.read(_CHUNK):
                    blob.write(chunk)
        return content.hexdigest()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._grew = True
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def contents(self) -> dict[str, tuple[int, int]]:
        """How many values of each kind there are, and their bytes."""
        kinds = "SELECT substr(key, 1, instr(key, ':') - 1), count(*), sum(size) FROM store GROUP BY 1 ORDER BY 1"
        with self._mending():
            return {kind: (count, size) for kind, count, size in self._db.execute(kinds)}
        return {}

    def clear(self) -> None:
        """Forget everything. Raises `OSError` where another process keeps writing."""
        with self._mending():
            self._db.execute("DELETE FROM store")
            self._db.execute("VACUUM")

    def _prune(self) -> None:
        over = (self._db.execute("SELECT sum(size) FROM store").fetchone()[0] or 0) - self.limit
        if over <= 0:
            return
        last = 0
        for number, size in self._db.execute("SELECT id, size FROM store ORDER BY id"):
            last, over = number, over - size
            if over <= 0:
                break
        with self._transaction():
            self._db.execute("DELETE FROM store WHERE id <= ?", (last,))
        # As a script, which is run to its end: `execute` would take one step, and a step gives back one page.
        self._db.executescript("PRAGMA incremental_vacuum")


class Batch:
    """Values on their way to a store."""

    def __init__(self, kept: Store) -> None:
        self._store = kept
        self._values: list[tuple[str, bytes]] = []

    def put(self, key: str, value: bytes) -> None:
        """Keep a value, at the end of the block at the latest."""
        self._values.append((key, value))
        if len(self._values) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        self._store.put(self._values)
        self._values = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._flush()
