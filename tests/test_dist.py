"""dist/ is whole at every moment, and nothing is deleted that no build wrote."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from filelock import FileLock

from conftest import MINIBANK
from qbank import dist
from qbank.cli import main
from qbank.outputs.job import Find, Job, Made, Make
from qbank.problem import ContentError, Place, Problem
from qbank.store import Store
from qbank.workers import Workers


@pytest.fixture
def kept(tmp_path: Path):  # type: ignore[no-untyped-def]
    with Store(tmp_path / "store") as store:
        yield store


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def written(data: bytes, path: Path) -> None:
    path.write_bytes(data)


def found(key: str) -> Made:
    return Made(((key, key.encode()),))


def keeping(key: str, path: Path) -> Made:
    written(b"", path)
    return Made(((key, b"by another file"),))


def refused(path: str, _: Path) -> Made:
    raise ContentError([Problem("page", Place(path), "it does not fit", "shorten it")])


def job(path: str, data: bytes, *, apart: bool = False) -> Job:
    return Job(path, f"job:{path}:{data.hex()}", lambda: partial(written, data), apart=apart)


def faulty(path: str, *, apart: bool = False) -> Job:
    return Job(path, f"job:{path}", lambda: partial(refused, path), apart=apart)


def tree(folder: Path) -> dict[str, bytes]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and ".qbank" not in path.parts]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_files_are_written_to_their_places(out: Path, kept: Store) -> None:
    planned = {"anki": [job("a/b.txt", b"1")], "data": [job("c.txt", b"2", apart=True)]}
    assert dist.write(out, planned, kept) == ["a/b.txt", "c.txt"]
    assert tree(out) == {"a/b.txt": b"1", "c.txt": b"2"}


def test_a_file_that_is_in_the_store_is_not_made_again(out: Path, kept: Store) -> None:
    dist.write(out, {"data": [job("a.txt", b"1")]}, kept)

    def never() -> Make:
        raise AssertionError("this was made before")

    again = Job("a.txt", job("a.txt", b"1").key, never)
    dist.write(out.with_name("other"), {"data": [again]}, kept)
    assert tree(out.with_name("other")) == {"a.txt": b"1"}


def test_work_apart_is_done_in_other_processes(out: Path, kept: Store) -> None:
    with Workers(2) as workers:
        jobs = [job(f"{n}.txt", bytes([n]), apart=True) for n in range(5)]
        dist.write(out, {"data": jobs}, kept, workers)
    assert tree(out) == {f"{n}.txt": bytes([n]) for n in range(5)}


@pytest.mark.parametrize("count", [1, 2])
def test_what_a_file_asks_for_first_is_found_out_after_the_others_and_kept_before_it_is_prepared(
    count: int, out: Path, kept: Store
) -> None:
    def asked() -> Iterator[Find]:
        assert kept.get("told:other") == b"by another file"
        yield partial(found, "told:first")

    def prepared() -> Make:
        return partial(written, kept.get("told:first") or b"not found")

    jobs = [
        Job("whole.txt", "job:whole", prepared, apart=True, weight=9, first=asked),
        Job("part.txt", "job:part", lambda: partial(keeping, "told:other"), apart=True),
    ]
    with Workers(count) as workers:
        dist.write(out, {"data": jobs}, kept, workers)
    assert tree(out) == {"whole.txt": b"told:first", "part.txt": b""}


def test_what_cannot_be_found_out_first_is_a_fault_of_the_file_once(out: Path, kept: Store) -> None:
    first = partial(iter, [partial(refused, "a", out)])
    jobs = [Job("whole.txt", "job:whole", lambda: partial(refused, "a"), apart=True, first=first)]
    with pytest.raises(ContentError) as caught:
        dist.write(out, {"data": jobs}, kept)
    assert [problem.place.path for problem in caught.value.problems] == ["a"]


def test_an_interrupted_build_leaves_the_old_files_whole(out: Path, kept: Store) -> None:
    dist.write(out, {"data": [job("a.txt", b"old"), job("b.txt", b"old"), job("stale.txt", b"old")]}, kept)
    manifest = (out / ".qbank" / "manifest.json").read_bytes()

    def interrupted() -> Make:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dist.write(out, {"data": [job("a.txt", b"new"), Job("b.txt", "job:x", interrupted)]}, kept)
    assert tree(out) == {"a.txt": b"old", "b.txt": b"old", "stale.txt": b"old"}
    assert (out / ".qbank" / "manifest.json").read_bytes() == manifest
    assert not list((out / ".qbank").glob("build-*"))


def test_a_failure_before_the_move_leaves_the_old_files_whole(out: Path, kept: Store) -> None:
    dist.write(out, {"data": [job("a.txt", b"old")]}, kept)

    def crash(_: object) -> None:
        raise RuntimeError("the power went out")

    with pytest.raises(RuntimeError):
        dist.write(out, {"data": [job("a.txt", b"new")]}, kept, before_moving=crash)
    assert tree(out) == {"a.txt": b"old"}


def test_what_a_killed_build_left_behind_is_swept_away(out: Path, kept: Store) -> None:
    (out / ".qbank" / "build-x").mkdir(parents=True)
    (out / ".qbank" / "build-x" / "half.txt").write_bytes(b"")
    dist.write(out, {"data": [job("a.txt", b"1")]}, kept)
    assert not list((out / ".qbank").glob("build-*"))
    assert tree(out) == {"a.txt": b"1"}


def test_all_faults_of_the_content_are_raised_together_in_the_order_of_the_jobs(out: Path, kept: Store) -> None:
    jobs = [faulty("z", apart=True), job("a.txt", b"1"), faulty("m"), faulty("b", apart=True)]
    with Workers(2) as workers, pytest.raises(ContentError) as caught:
        dist.write(out, {"data": jobs}, kept, workers)
    assert [problem.place.path for problem in caught.value.problems] == ["z", "m", "b"]
    assert tree(out) == {}


# -- what is out of use


def test_files_of_a_topic_that_is_gone_are_deleted(out: Path, kept: Store) -> None:
    dist.write(out, {"anki": [job("anki/topics/old.apkg", b"1")], "data": [job("data/x.json", b"2")]}, kept)
    dist.write(out, {"anki": [job("anki/new.apkg", b"3")]}, kept)
    assert tree(out) == {"anki/new.apkg": b"3", "data/x.json": b"2"}
    assert not (out / "anki" / "topics").exists()


def test_folders_that_are_left_empty_go_up_to_the_folder_of_the_build(out: Path, kept: Store) -> None:
    dist.write(out, {"anki": [job("anki/a.apkg", b"1"), job("anki/topics/b.apkg", b"2")]}, kept)
    (out / "mine").mkdir()
    dist.write(out, {"anki": []}, kept)
    assert {path.name for path in out.iterdir()} == {".qbank", "mine"}


def test_a_build_of_a_part_deletes_nothing(out: Path, kept: Store) -> None:
    dist.write(out, {"anki": [job("anki/a.apkg", b"1"), job("anki/b.apkg", b"2")]}, kept)
    dist.write(out, {"anki": [job("anki/a.apkg", b"3")]}, kept, whole=False)
    assert tree(out) == {"anki/a.apkg": b"3", "anki/b.apkg": b"2"}


def test_files_that_no_build_wrote_are_never_touched(out: Path, kept: Store) -> None:
    mine = out / "data" / "mine" / "results.csv"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"a year of work")
    dist.write(out, {"data": [job("data/old.json", b"1")]}, kept)
    (out / "data" / "old.json").write_bytes(b"my own words")
    dist.write(out, {"data": [job("data/new.json", b"2")]}, kept)
    assert tree(out) == {
        "data/mine/results.csv": b"a year of work",
        "data/new.json": b"2",
        "data/old.json": b"my own words",
    }


def test_a_build_from_the_command_line_leaves_what_users_keep_beside_its_files(out: Path) -> None:
    mine = out / "data" / "mine" / "results.csv"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"a year of work")
    for _ in range(2):
        words = ["build", "--only", "data", "--bank", str(MINIBANK), "--out", str(out)]
        result = CliRunner().invoke(main, words)
        assert result.exit_code == 0, result.output
    assert tree(out).keys() == {
        "data/anki-cloze.tsv",
        "data/anki-fact.tsv",
        "data/anki-question.tsv",
        "data/cards.csv",
        "data/cards.jsonl",
        "data/figures/line.svg",
        "data/mine/results.csv",
        "data/questions.json",
        "data/questions.jsonl",
        "data/schema.json",
    }
    assert mine.read_bytes() == b"a year of work"


@pytest.mark.parametrize("manifest", ["", "[", "[]", '{"a": 1}', '{"../outside.txt": ["data", "0"]}'])
def test_a_manifest_that_is_none_deletes_nothing(manifest: str, out: Path, kept: Store) -> None:
    (out / ".qbank").mkdir(parents=True)
    (out / ".qbank" / "manifest.json").write_text(manifest)
    (out.parent / "outside.txt").write_bytes(b"")
    dist.write(out, {"data": [job("a.txt", b"1")]}, kept)
    assert tree(out) == {"a.txt": b"1"}
    assert (out.parent / "outside.txt").exists()


def test_a_manifest_cannot_lead_out_of_the_folder(out: Path, kept: Store) -> None:
    outside = out.parent / "outside.txt"
    outside.write_bytes(b"1")
    dist.write(out, {"data": [job("a.txt", b"1")]}, kept)
    manifest = out / ".qbank" / "manifest.json"
    sha = json.loads(manifest.read_text())["a.txt"][1]
    manifest.write_text(json.dumps({"../outside.txt": ["data", sha]}))
    dist.write(out, {"data": [job("b.txt", b"2")]}, kept)
    assert outside.exists()


# -- two at once


def test_a_build_waits_until_the_one_before_it_is_done(out: Path, kept: Store) -> None:
    dist.write(out, {"data": [job("a.txt", b"old")]}, kept)
    other = FileLock(out / ".qbank" / "lock")
    other.acquire()
    seen: list[dict[str, bytes]] = []

    class Waiting(dist.Silence):
        def waiting(self) -> None:
            seen.append(tree(out))
            other.release()

    dist.write(out, {"data": [job("a.txt", b"new")]}, kept, progress=Waiting())
    assert seen == [{"a.txt": b"old"}]
    assert tree(out) == {"a.txt": b"new"}


def test_two_builds_into_one_folder_follow_each_other(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "qbank", "build", "--bank", str(MINIBANK), "--out"]
    running = [
        subprocess.Popen([*words, str(tmp_path / name)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for name in ("out", "out", "alone")
    ]
    for process in running:
        _, said = process.communicate()
        assert process.returncode == 0, said
    manifest = json.loads((tmp_path / "out" / ".qbank" / "manifest.json").read_text())
    made = tree(tmp_path / "out")
    assert {path: sha for path, (_, sha) in manifest.items()} == {
        path: hashlib.sha256(data).hexdigest() for path, data in made.items()
    }
    assert len(manifest) == 35
    assert made == tree(tmp_path / "alone")


def test_a_file_that_stands_there_already_is_left_alone(out: Path, kept: Store) -> None:
    dist.write(out, {"data": [job("a.txt", b"1")]}, kept)
    before = (out / "a.txt").stat().st_ino
    dist.write(out, {"data": [job("a.txt", b"1"), job("b.txt", b"2")]}, kept)
    assert (out / "a.txt").stat().st_ino == before
    assert tree(out) == {"a.txt": b"1", "b.txt": b"2"}


def damaged(path: Path) -> None:
    path.write_bytes(b"!")


def gone(path: Path) -> None:
    path.unlink()


def linked(path: Path) -> None:
    """What the link leads to has the right bytes, and may lie anywhere."""
    elsewhere = path.rename(path.with_name("elsewhere"))
    path.symlink_to(elsewhere)


@pytest.mark.parametrize("harm", [damaged, gone, linked])
def test_a_file_that_somebody_changed_is_written_again(out: Path, kept: Store, harm: Callable[[Path], None]) -> None:
    dist.write(out, {"data": [job("a.txt", b"1")]}, kept)
    harm(out / "a.txt")
    dist.write(out, {"data": [job("a.txt", b"1")]}, kept)
    assert (out / "a.txt").read_bytes() == b"1"
    assert not (out / "a.txt").is_symlink()
