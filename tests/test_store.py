"""What was made once is found again, and only that; every fault of the store costs time only."""

from __future__ import annotations

import io
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qbank.store import Store, key

PARTS = st.lists(st.text(), max_size=4)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


def put(folder: Path, **values: bytes) -> None:
    with Store(folder) as store:
        store.put(values.items())


def got(folder: Path, name: str) -> bytes | None:
    with Store(folder) as store:
        return store.get(name)


def altered(folder: Path, statement: str) -> None:
    with sqlite3.connect(next(folder.glob("*.sqlite"))) as connection:
        connection.execute(statement)
    connection.close()


@given(PARTS, PARTS)
def test_keys_are_equal_only_where_all_parts_are(one: list[str], other: list[str]) -> None:
    assert (key("job", *one) == key("job", *other)) == (one == other)


def test_kinds_have_keys_of_their_own() -> None:
    assert key("job", "a") != key("entry", "a")


def test_another_program_has_keys_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    before = key("job", "a")
    monkeypatch.setattr("qbank.store.fingerprint", lambda: "another program")
    assert key("job", "a") != before


def test_a_value_is_found_by_another_process(folder: Path) -> None:
    put(folder, a=b"one", b=b"")
    assert (got(folder, "a"), got(folder, "b"), got(folder, "c")) == (b"one", b"", None)


def test_the_last_value_under_a_key_counts(folder: Path) -> None:
    put(folder, a=b"one")
    put(folder, a=b"two")
    assert got(folder, "a") == b"two"


def test_a_file_is_kept_and_copied_back(folder: Path) -> None:
    data = bytes(range(256)) * 9000  # more than one piece
    with Store(folder) as store:
        sha = store.put_file("a", io.BytesIO(data), len(data))
        copy = io.BytesIO()
        assert store.get_file("a", copy) == sha
        assert copy.getvalue() == data
        assert store.get_file("b", io.BytesIO()) == ""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere memory has no such limit")
def test_a_file_is_kept_in_far_less_memory_than_it_has_bytes(folder: Path, tmp_path: Path) -> None:
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(256 << 20)
    keep = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from qbank.store import Store\n"
        "pages = int(Path('/proc/self/statm').read_text().split()[0])\n"
        "most = pages * resource.getpagesize() + (64 << 20)\n"
        "resource.setrlimit(resource.RLIMIT_AS, (most, most))\n"
        "with Store(Path(sys.argv[1])) as store, open(sys.argv[2], 'rb') as file:\n"
        "    print(store.put_file('large', file, 256 << 20) == store.sha('large'))\n"
    )
    run = subprocess.run([sys.executable, "-c", keep, str(folder), str(large)], capture_output=True, text=True)
    assert (run.stdout, run.stderr) == ("True\n", "")


@pytest.mark.parametrize("change", ["value = x'00'", "value = 'eno'", "value = 1", "sha = x'00'"])
def test_a_value_that_does_not_match_its_hash_is_a_miss(change: str, folder: Path) -> None:
    put(folder, a=b"one", b=b"two")
    altered(folder, f"UPDATE store SET {change} WHERE key = 'a'")
    assert (got(folder, "a"), got(folder, "b")) == (None, b"two")
    copy = io.BytesIO()
    with Store(folder) as store:
        assert store.get_file("a", copy) == ""
        assert copy.getvalue() == b""
        store.put([("a", b"one")])
    assert got(folder, "a") == b"one"


@pytest.mark.parametrize("damage", ["garbage", "truncated", "empty"])
def test_a_damaged_file_is_a_miss_and_begins_anew(damage: str, folder: Path) -> None:
    put(folder, **{f"key-{n}": bytes([n]) * 5000 for n in range(50)})
    (file,) = folder.glob("*.sqlite")
    data = {"garbage": b"\x00no database" * 999, "truncated": file.read_bytes()[:70_000], "empty": b""}[damage]
    for left in folder.glob("*.sqlite-*"):
        left.unlink()
    file.write_bytes(data)
    with Store(folder) as store:
        for n in range(50):
            assert store.get(f"key-{n}") in (None, bytes([n]) * 5000)
        store.put([("a", b"one")])
    with Store(folder) as store:
        store.put([("a", b"one")])
    assert got(folder, "a") == b"one"


def test_a_folder_that_cannot_be_written_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="irectory"):
        Store(tmp_path / "file" / "store")


def test_a_database_that_cannot_be_opened_is_an_error_of_the_system(folder: Path) -> None:
    put(folder)
    (file,) = folder.glob("*.sqlite")
    file.unlink()
    file.mkdir()
    with pytest.raises(OSError, match="cannot keep a store"):
        Store(folder)


def test_the_store_is_marked_as_a_cache_and_kept_out_of_repositories(folder: Path) -> None:
    put(folder)
    assert (folder / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")
    assert (folder / ".gitignore").read_text() == "*\n"


def test_what_was_put_in_first_goes_first(folder: Path) -> None:
    with Store(folder, limit=10_000) as store:
        for n in range(30):
            store.put([(f"key-{n}", bytes(1000))])
    with Store(folder) as store:
        assert sum(size for _, size in store.contents().values()) <= 10_000
        assert store.get("key-29") == bytes(1000)
        assert store.get("key-0") is None


def test_what_goes_leaves_the_disk_too(folder: Path) -> None:
    with Store(folder) as store:
        store.put((f"key-{n}", bytes([n]) * 100_000) for n in range(40))
    with Store(folder, limit=500_000) as store:
        store.put([("a", b"one")])
    assert sum(path.stat().st_size for path in folder.iterdir()) < 600_000


def test_a_temporary_store_is_gone_when_it_is_closed() -> None:
    with Store.temporary() as store:
        store.put([("a", b"one")])
        assert store.get("a") == b"one"
        assert store.folder.exists()
    assert not store.folder.exists()


def test_contents_are_counted_by_kind_and_can_be_cleared(folder: Path) -> None:
    with Store(folder) as store:
        store.put([("job:1", b"12"), ("job:2", b"3"), ("entry:1", b"4567")])
        assert store.contents() == {"job": (2, 3), "entry": (1, 4)}
        store.clear()
        assert store.contents() == {}


@pytest.mark.parametrize("clearing", [True, False])
def test_a_store_that_was_damaged_can_be_counted_and_cleared(clearing: bool, folder: Path) -> None:
    put(folder, **{f"key-{n}": bytes([n]) * 5000 for n in range(50)})
    (file,) = folder.glob("*.sqlite")
    data = file.read_bytes()
    file.write_bytes(data[:8192] + b"\xff" * (len(data) - 8192))
    with Store(folder) as store:
        if clearing:
            store.clear()
        assert store.contents() == {}
        store.put([("a", b"one")])
    assert got(folder, "a") == b"one"


def test_threads_take_turns(folder: Path) -> None:
    with Store(folder) as store:

        def put(thread: int) -> None:
            for n in range(40):
                store.put((f"{thread} {n} {m}", b"x" * m) for m in range(10))

        threads = [threading.Thread(target=put, args=(n,)) for n in range(4)]
        for each in threads:
            each.start()
        for each in threads:
            each.join(60)
        values = [store.get(f"{thread} {n} {m}") for thread in range(4) for n in range(40) for m in range(10)]
        assert values == [b"x" * m for m in range(10)] * 160


def test_many_processes_write_at_once(folder: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom qbank.store import Store\n"
        f"with Store(Path({str(folder)!r})) as store:\n"
        "    for n in range(50): store.put([(f'{sys.argv[1]}-{n}', str(n).encode() * 1000)])"
    )
    running = [subprocess.Popen([sys.executable, "-c", program, str(n)], stderr=subprocess.PIPE) for n in range(4)]
    for process in running:
        _, said = process.communicate()
        assert process.returncode == 0, said
    with Store(folder) as store:
        assert all(store.get(f"{p}-{n}") == str(n).encode() * 1000 for p in range(4) for n in range(50))
