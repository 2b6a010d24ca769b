"""Writing dist/: files are made beside it and moved into place together, so that nothing is ever half written.

`.qbank/` in the folder holds what belongs to no output: a lock, so that builds into one folder follow each other; the
files of the build under way; and the manifest of what builds wrote, by which alone files are found to be out of use.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, as_completed
from contextlib import contextmanager, suppress
from hashlib import file_digest
from pathlib import Path

from filelock import FileLock, Timeout

from qbank.outputs.job import Job, Made
from qbank.problem import ContentError, Problem, restored
from qbank.progress import Progress, Silence
from qbank.store import Store, key
from qbank.workers import Workers

_OWN = ".qbank"
_MANIFEST = "manifest.json"


def write(
    out: Path,
    planned: Mapping[str, Iterable[Job]],
    store: Store,
    workers: Workers | None = None,
    *,
    whole: bool = True,
    before_moving: Callable[[list[Problem]], None] = lambda problems: None,
    progress: Progress | None = None,
) -> list[str]:
    """Write the files that outputs planned below `out`, and return their paths.

    Nothing is moved into place before the last file is made; an exception on the way leaves `out` as it was.
    `before_moving` is called in between, with what is wrong with files that could be made all the same. Files that an
    earlier build wrote for the same outputs are deleted where these outputs are `whole` and do not plan them any more;
    other files are never touched. Faults of the content are raised as one `ContentError`, after all files were tried.
    Jobs apart are done by `workers`, the largest first.
    """
    shown = progress or Silence()
    with _locked(out, shown), _staging(out) as staging:
        jobs = [(name, job) for name, each in planned.items() for job in each]
        shown.begin(len(jobs))
        try:
            shas = _in_place([job for _, job in jobs], out, store, shown)
            moved = [job for _, job in jobs if job.path not in shas]
            shas |= _make(moved, staging, store, shown, workers or Workers(1))
        finally:
            shown.end()
        before_moving(list(dict.fromkeys(problem for _, job in jobs for problem in _told(job, store))))
        for job in moved:
            (out / job.path).parent.mkdir(parents=True, exist_ok=True)
            (staging / job.path).replace(out / job.path)
        _update_manifest(out, {job.path: (name, shas[job.path]) for name, job in jobs}, planned if whole else ())
    return [job.path for _, job in jobs]


@contextmanager
def _locked(out: Path, progress: Progress) -> Iterator[None]:
    own = out / _OWN
    own.mkdir(parents=True, exist_ok=True)
    lock = FileLock(own / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        progress.waiting()
        lock.acquire()
    try:
        for left in own.glob("build-*"):
            shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        lock.release()


@contextmanager
def _staging(out: Path) -> Iterator[Path]:
    """A folder for files that are being made. What cannot be removed of it is left to the next build."""
    with tempfile.TemporaryDirectory(prefix="build-", dir=out / _OWN, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _in_place(jobs: list[Job], out: Path, store: Store, progress: Progress) -> dict[str, str]:
    """The hashes of the files that an earlier build left and that this one would write again.

    A file is what the store would give, and was not changed since, where both have the hash that the manifest names.
    """
    known = _manifest(out / _OWN / _MANIFEST)
    shas: dict[str, str] = {}
    for job in jobs:
        _, sha = known.get(job.path, ("", ""))
        if sha and store.sha(job.key) == sha and _is(out / job.path, sha):
            shas[job.path] = sha
            progress.done(job.path)
    return shas


def _make(jobs: list[Job], staging: Path, store: Store, progress: Progress, workers: Workers) -> dict[str, str]:
    """Make every file, from the store or anew, and give their hashes."""
    shas: dict[str, str] = {}
    missing: list[Job] = []
    for job in jobs:
        path = staging / job.path
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w+b") as file:
            shas[job.path] = store.get_file(job.key, file)
        if shas[job.path]:
            progress.done(job.path)
        else:
            missing.append(job)
    found: dict[str, list[Problem]] = {}

    def keep(job: Job, made: Future[Made | None]) -> None:
        try:
            told = made.result() or Made()
        except ContentError as error:
            found[job.path] = error.problems
            return
        said = [(_told_key(job), json.dumps(told.problems).encode())] if told.problems else []
        store.put([*told.kept, *said])
        path = staging / job.path
        with path.open("rb") as file:
            shas[job.path] = store.put_file(job.key, file, path.stat().st_size)
        progress.done(job.path)

    apart = sorted((job for job in missing if job.apart), key=lambda job: -job.weight)
    begun = {workers.submit(job.prepare(), staging / job.path): job for job in apart}
    for job in missing:
        if not job.apart:
            keep(job, Workers(1).submit(job.prepare(), staging / job.path))
    for future in as_completed(begun):
        keep(begun[future], future)
    # In the order of the jobs, whichever was done first.
    problems = dict.fromkeys(problem for job in jobs for problem in found.get(job.path, ()))
    if problems:
        raise ContentError(list(problems))
    return shas


def _told_key(job: Job) -> str:
    return key("told", job.key)


def _told(job: Job, store: Store) -> list[Problem]:
    """What was wrong with a file when it was made, be it now or long ago."""
    known = store.get(_told_key(job)) if job.apart else None
    return [restored(row) for row in json.loads(known)] if known else []


def _update_manifest(out: Path, made: Mapping[str, tuple[str, str]], whole: Iterable[str]) -> None:
    """Note what was written, and delete what earlier builds wrote for the outputs in `whole` and these did not."""
    path = out / _OWN / _MANIFEST
    known = _manifest(path)
    for name, (output, sha) in list(known.items()):
        if output in whole and name not in made:
            del known[name]
            if (out / name).resolve().is_relative_to(out.resolve()):
                _delete(out / name, sha)
    replace(path, json.dumps({**known, **made}, indent=1, sort_keys=True) + "\n")


def _manifest(path: Path) -> dict[str, tuple[str, str]]:
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): (str(output), str(sha)) for name, (output, sha) in read.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _delete(path: Path, sha: str) -> None:
    """Delete a file that is still what a build wrote, and the folders that it leaves empty."""
    if not _is(path, sha):
        return
    try:
        path.unlink()
    except OSError:
        return
    with suppress(OSError):  # the first that is not empty, at the latest that of the build, which holds `.qbank/`
        for folder in path.parents:
            folder.rmdir()


def _is(path: Path, sha: str) -> bool:
    """Whether a file has this hash; no file has none, and what is no file of this folder is none."""
    try:
        with path.open("rb") as file:
            return not path.is_symlink() and file_digest(file, "sha256").hexdigest() == sha
    except OSError:
        return False


def replace(path: Path, text: str) -> None:
    """Write a text file at once or not at all."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(path)
