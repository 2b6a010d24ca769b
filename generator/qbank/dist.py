"""Writing dist/: files are made beside it and moved into place together, so that nothing is ever half written.

`.qbank/` in the folder holds what belongs to no output: a lock, so that builds into one folder follow each other; the
files of the build under way, in `build-*` while they are made and in `ready` from the moment on that all of them are;
and the manifest of what builds wrote, by which alone files are found to be out of use. What is ready and not yet in
place, since a build was killed, the next one moves before anything else. The files of a release are ready only once its
ledger is the bank's: that one replacement decides about all.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, as_completed
from contextlib import contextmanager, suppress
from errno import EACCES, EISDIR
from hashlib import file_digest, sha256
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from filelock import FileLock, Timeout

from qbank.bank.layout import pending
from qbank.outputs.job import Job, Made
from qbank.problem import ContentError, Problem, restored
from qbank.progress import Progress, Silence
from qbank.store import Store, key
from qbank.workers import Workers

_OWN = ".qbank"
_MANIFEST = "manifest.json"
_READY = "ready"
_PLAN = "plan.json"


class Ledger(NamedTuple):
    """Where the ledger of the bank is, and for a release what it moves it by: the text, and what writes it."""

    path: Path
    text: str = ""
    move: Callable[[], None] = lambda: None

    @property
    def is_moved(self) -> bool:
        """Whether the file is what it is to become."""
        return _is(self.path, self.sha)

    @property
    def sha(self) -> str:
        """The hash of what it is to become; an empty text where it stays as it is."""
        return sha256(self.text.encode()).hexdigest() if self.text else ""


def write(
    out: Path,
    planned: Mapping[str, Iterable[Job]],
    store: Store,
    workers: Workers | None = None,
    *,
    whole: bool = True,
    before_moving: Callable[[list[Problem]], None] = lambda problems: None,
    ledger: Ledger | None = None,
    progress: Progress | None = None,
) -> list[str]:
    """Write the files that outputs planned below `out`, and return their paths.

    Nothing is moved into place before the last file is made; an exception on the way leaves `out` as it was.
    `before_moving` is called in between, with what is wrong with files that could be made all the same. Files that an
    earlier build wrote for the same outputs are deleted where these outputs are `whole` and do not plan them any more;
    other files are never touched. Faults of the content are raised as one `ContentError`, after all files were tried.
    A `ledger` that is to move does so when all files can be moved, and before the first one is. Jobs apart are done by
    `workers`, the largest first.
    """
    shown = progress or Silence()
    with _locked(out, shown):
        _finish_last(out, ledger.path if ledger else None)
        with _staging(out) as staging:
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
                _make_room(out / job.path)
            made = {job.path: (name, shas[job.path]) for name, job in jobs}
            _make_ready(out, staging, made, sorted(planned) if whole else [], ledger)
            _finish(out)
    return [job.path for _, job in jobs]


def finish(out: Path, ledger: Path, progress: Progress | None = None) -> bool:
    """Move what a killed build left ready below `out`, and tell whether there was any.

    The files of a release whose ledger is not the one at `ledger` are none of this bank, and are thrown away.
    """
    if not (out / _OWN / _READY).exists():
        return False
    with _locked(out, progress or Silence()):
        return _finish_last(out, ledger)


def _make_room(place: Path) -> None:
    """What would keep a file from its place is found before the first one is moved."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.is_dir() and not place.is_symlink():
        raise IsADirectoryError(EISDIR, "a folder stands where a file is to be written", str(place))
    if not os.access(place.parent, os.W_OK):
        raise PermissionError(EACCES, os.strerror(EACCES), str(place.parent))


def _make_ready(
    out: Path, staging: Path, made: Mapping[str, tuple[str, str]], whole: list[str], ledger: Ledger | None
) -> None:
    """From here on all files are in place, or will be; where a ledger is to move, as soon as it has moved."""
    plan = {"made": made, "whole": whole, "ledger": ledger.sha if ledger else ""}
    replace(staging / _PLAN, json.dumps(plan))
    ready = out / _OWN / _READY
    staging.rename(ready)
    if ledger and ledger.sha:
        try:
            ledger.move()
        except BaseException:
            # What went wrong, or broke this off, may have done so on either side of the replacement.
            if ledger.is_moved:
                _finish(out)
            else:
                shutil.rmtree(ready, ignore_errors=True)
            raise


def _finish(out: Path) -> None:
    """Move all that is ready."""
    insist(lambda: _move(out))


def insist(work: Callable[[], object]) -> None:
    """Do what may be done twice, such as moves: no fault that passes, and no interruption, keeps it from its end."""
    try:
        work()
    except OSError:
        work()
    except BaseException:
        work()
        raise


def _finish_last(out: Path, ledger: Path | None) -> bool:
    ready = out / _OWN / _READY
    if not ready.exists():
        return False
    plan = _plan(ready)
    if not plan or (plan.ledger and not (ledger and _is(ledger, plan.ledger))):
        shutil.rmtree(ready)
        return False
    _finish(out)
    return True


class _Plan(NamedTuple):
    """What a build makes, which outputs it makes all of, and the hash of the ledger that its files hang on."""

    made: dict[str, tuple[str, str]]
    whole: list[str]
    ledger: str


def _plan(ready: Path) -> _Plan | None:
    """The plan of what is ready; None where there is none, or one that leads out of the folder."""
    try:
        read = json.loads((ready / _PLAN).read_text(encoding="utf-8"))
        made = {str(name): (str(output), str(sha)) for name, (output, sha) in read["made"].items()}
        plan = _Plan(made, [str(name) for name in read["whole"]], str(read["ledger"]))
    except (FileNotFoundError, ValueError, TypeError, AttributeError, KeyError):
        return None
    return plan if all(map(_lies_below, made)) else None


def _lies_below(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not Path(path).is_absolute() and not {"..", _OWN} & set(parts) and "\\" not in path


def _move(out: Path) -> None:
    """Move what is ready and not yet in place: may be done again and again, until it is done."""
    ready = out / _OWN / _READY
    plan = _plan(ready)
    if not plan:
        return
    for name in plan.made:
        if (ready / name).exists():
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            (ready / name).replace(out / name)
    _update_manifest(out, plan.made, plan.whole)
    (ready / _PLAN).unlink()
    shutil.rmtree(ready, ignore_errors=True)


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
def alone(folder: Path) -> Iterator[None]:
    """A block in which no other process is for this folder. Where folders cannot be locked, as on Windows, one may be.

    The folder itself is locked (flock(2)), so that no file of a lock lies among those of an author.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    held = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # file systems of networks that have no locks
            fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


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

    def begin(jobs: Iterable[Job]) -> dict[Future[Made | None], Job]:
        return {workers.submit(job.prepare(), staging / job.path): job for job in jobs}

    apart = sorted((job for job in missing if job.apart), key=lambda job: -job.weight)
    begun = begin(job for job in apart if not job.first)
    for job in missing:
        if not job.apart:
            keep(job, Workers(1).submit(job.prepare(), staging / job.path))
    for future in as_completed(begun):
        keep(begun[future], future)
    later = [job for job in apart if job.first]
    for finding in [workers.submit(find) for job in later if job.first for find in job.first()]:
        with suppress(ContentError):  # which is met again where the file itself is made
            store.put(finding.result().kept)
    begun = begin(later)
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
            outside = not (out / name).resolve().is_relative_to(out.resolve())
            if outside or _delete(out / name, sha):
                del known[name]
    replace(path, json.dumps({**known, **made}, indent=1, sort_keys=True) + "\n")


def _manifest(path: Path) -> dict[str, tuple[str, str]]:
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): (str(output), str(sha)) for name, (output, sha) in read.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _delete(path: Path, sha: str) -> bool:
    """Delete a file that is still what a build wrote, and the folders that it leaves empty.

    Tells whether it is no longer a build's: what cannot be deleted now, a later build deletes.
    """
    if not _is(path, sha):
        return True
    try:
        insist(path.unlink)
    except OSError:
        return False
    with suppress(OSError):  # the first that is not empty, at the latest that of the build, which holds `.qbank/`
        for folder in path.parents:
            folder.rmdir()
    return True


def _is(path: Path, sha: str) -> bool:
    """Whether a file has this hash; no file has none, and what is no file of this folder is none."""
    try:
        with path.open("rb") as file:
            return not path.is_symlink() and file_digest(file, "sha256").hexdigest() == sha
    except OSError:
        return False


def replace(path: Path, text: str) -> None:
    """Write a text file at once or not at all."""
    try:
        prepared(path, text).replace(path)
    except BaseException:
        pending(path).unlink(missing_ok=True)
        raise


def prepared(path: Path, text: str) -> Path:
    """The file beside `path` that is to replace it, on the disk to its last byte."""
    beside = pending(path)
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return beside
