"""What git knows is asked without a change of anything, and what it does not know is said in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from branches import git, repository
from qbank.git import Blobs, GitError, commit, common, main_branches, run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a bank in a repository of two commits on `main`."""
    root = repository(tmp_path / "top", {"a.yaml": b"one"})
    git(root, "branch", "--move", "main")
    (root / "a.yaml").write_bytes(b"two")
    git(root, "commit", "--quiet", "--all", "--message", "y")
    return root


def branched(folder: Path) -> tuple[str, str]:
    """A branch with a commit of its own, as main has one: where it left, and its end."""
    start = git(folder, "rev-parse", "HEAD")
    for branch in ("main", "mine"):
        git(folder, "switch", "--quiet", *(["--create"] if branch == "mine" else []), branch)
        git(folder, "reset", "--quiet", "--hard", start)
        (folder / f"{branch}.yaml").write_bytes(b"")
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--message", branch)
    return start, git(folder, "rev-parse", "HEAD")


def test_a_revision_means_a_commit(folder: Path) -> None:
    second, first = git(folder, "rev-list", "HEAD").split()
    git(folder, "tag", "--annotate", "--message", "v", "v1")
    assert [commit(folder, each) for each in ("HEAD", "main", "HEAD~1", "v1", second[:8])] == [
        second,
        second,
        first,
        second,
        second,
    ]


@pytest.mark.parametrize(
    "revision", ["nonsense", "HEAD~9", "", "--all", "-h", "--output=x", "a b", "HEAD:bank/a.yaml", "\0"]
)
def test_what_means_no_commit_is_refused_and_never_an_option(revision: str, folder: Path) -> None:
    with pytest.raises(GitError, match="git knows no revision"):
        commit(folder, revision)


def test_before_the_first_commit_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    with pytest.raises(GitError, match="nothing is committed yet"):
        commit(tmp_path, "HEAD")


def test_a_branch_has_a_commit_in_common_with_the_one_that_it_left(folder: Path) -> None:
    start, _ = branched(folder)
    assert common(folder, "HEAD", "main") == start
    assert common(folder, "HEAD", "main", "HEAD~1") == start
    git(folder, "switch", "--quiet", "--orphan", "alone")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "alone")
    with pytest.raises(GitError, match=r"HEAD and main have no commit in common$"):
        common(folder, "HEAD", "main")


def test_a_shallow_clone_is_named_as_the_cause(folder: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{tmp_path}/top", "shallow")
    with pytest.raises(GitError, match="git fetch --unshallow"):
        commit(tmp_path / "shallow", "HEAD~1")


def test_the_main_branch_is_that_of_the_remotes_where_they_have_one(folder: Path, tmp_path: Path) -> None:
    assert main_branches(folder, ["main"]) == ["main"]
    assert main_branches(folder, ["trunk"]) == ["main"]
    git(folder, "branch", "trunk")
    assert main_branches(folder, ["trunk"]) == ["trunk", "main"]
    git(tmp_path, "clone", "--quiet", "top", "copy")
    copy = tmp_path / "copy"
    assert main_branches(copy, ["main"]) == ["origin/HEAD", "origin/main"]
    git(copy, "remote", "add", "upstream", f"{tmp_path}/top")
    git(copy, "fetch", "--quiet", "upstream")
    assert main_branches(copy, ["main"])[:3] == ["origin/HEAD", "origin/main", "upstream/main"]


def test_blobs_are_read_one_after_the_other(folder: Path) -> None:
    odd = [b"", b"\n", b"x" * 300_000, bytes(range(256))]
    for n, data in enumerate(odd):
        (folder / f"{n}").write_bytes(data)
    named = [git(folder, "hash-object", "-w", f"{n}") for n in range(len(odd))]
    blobs = Blobs(folder)
    assert [blobs.read(name) for name in (*named, named[0])] == [*odd, odd[0]]


def test_a_blob_that_is_gone_is_an_error_of_reading(folder: Path) -> None:
    blobs = Blobs(folder)
    with pytest.raises(OSError, match="not in the repository"):
        blobs.read("0" * 40)
    assert blobs.read(git(folder, "rev-parse", "HEAD:bank/a.yaml")) == b"two", "the next one is read as before"


def test_the_process_that_reads_blobs_ends_with_its_owner(folder: Path) -> None:
    blobs = Blobs(folder)
    process = blobs._git
    assert process.poll() is None
    del blobs
    assert process.returncode == 0


def test_what_git_cannot_do_is_said_in_its_words(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="not a git repository"):
        commit(tmp_path, "HEAD")
    with pytest.raises(GitError, match="there is no folder"):
        run(tmp_path / "gone", "status")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(GitError, match="is no folder"):
        run(tmp_path / "file", "status")


def test_without_git_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitError, match="git is not installed"):
        run(tmp_path, "status")
