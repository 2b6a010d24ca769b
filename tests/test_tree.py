"""Wherever the files of a bank lie, they look the same; and what lies outside of it cannot be seen."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from branches import git, repository, write
from conftest import problems
from qbank.cli import main
from qbank.tree import Folder, Memory, Overlay, Revision, Tree, beginning

#: The files of a bank in the folder `bank` of a repository: odd names, an odd order, odd bytes.
FILES = {
    "bank.yaml": b"title: T\r\n",
    "a-b.yaml": b"",
    "a/b.yaml": b"\x00\xff\n",
    "a/B.yaml": b"B",
    "a/b/c d.yaml": b"spaces",
    "a/__d.yaml": b"a file may begin like this, a folder may not",
    "\u00e9/\u65e5\u672c.yaml": "\u65e5".encode(),
    'q"u/o\\te.yaml': b"quote",
    "z.yaml": b"z" * 100_000,
}
#: What nobody sees of them.
HIDDEN = [".hidden", "a/.hidden.yaml", ".folder/x.yaml", "__cache__/x.yaml", "a/__cache__/b/x.yaml", "a/.b/x.yaml"]


def in_folder(top: Path, files: Mapping[str, bytes]) -> Tree:
    (top / ".git").mkdir()
    write(top / "bank", files)
    return Folder(top / "bank")


def in_memory(top: Path, files: Mapping[str, bytes]) -> Tree:
    return Memory(files)


def in_revision(top: Path, files: Mapping[str, bytes]) -> Tree:
    root = repository(top, files)
    for path in files:
        (root / path).write_bytes(b"changed since")
    return Revision(root, "HEAD")


def in_overlay(top: Path, files: Mapping[str, bytes]) -> Tree:
    """Some files stand in the tree below, some are laid over it, and some that stand there are taken away."""
    below = {path: data if n % 3 else b"old" for n, (path, data) in enumerate(files.items()) if n % 3 < 2}
    over = {path: data for n, (path, data) in enumerate(files.items()) if n % 3 != 1}
    return Overlay(Memory({**below, "gone.yaml": b"old"}), {**over, "gone.yaml": None, "never.yaml": None})


Make = Callable[[Path, Mapping[str, bytes]], Tree]


@pytest.fixture(params=[in_folder, in_memory, in_revision, in_overlay])
def make(request: pytest.FixtureRequest) -> Make:
    made: Make = request.param
    return made


def contents(tree: Tree) -> dict[str, bytes]:
    out = {}
    for path in tree.paths:
        with tree.open(path) as file:
            out[path] = file.read()
    return out


def test_every_tree_gives_its_files_sorted_and_as_they_are(make: Make, tmp_path: Path) -> None:
    tree = make(tmp_path, FILES)
    assert list(tree.paths) == sorted(FILES)
    assert contents(tree) == FILES
    assert list(tree.outside) == []


def test_every_tree_leaves_out_what_is_hidden(make: Make, tmp_path: Path) -> None:
    tree = make(tmp_path, {**FILES, **dict.fromkeys(HIDDEN, b"x")})
    assert list(tree.paths) == sorted(FILES)


@pytest.mark.parametrize("path", [*HIDDEN, "gone.yaml", "a", "", "a/../z.yaml", "../secret", "./z.yaml", "/z.yaml"])
def test_every_tree_opens_only_what_it_lists(path: str, make: Make, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    tree = make(tmp_path, {"z.yaml": b"z", "a/b.yaml": b"b", **dict.fromkeys(HIDDEN, b"x")})
    with pytest.raises(FileNotFoundError) as raised:
        tree.open(path)
    assert raised.value.filename == f"{tree.name}/{path}"
    with pytest.raises(FileNotFoundError):
        list(tree.pieces(path))


def test_every_tree_knows_its_folder_in_the_repository(make: Make, tmp_path: Path) -> None:
    assert make(tmp_path, FILES).prefix == "bank"


def test_every_tree_can_seek_in_its_files(make: Make, tmp_path: Path) -> None:
    with make(tmp_path, {"a.yaml": b"one\ntwo\n"}).open("a.yaml") as file:
        assert file.readline() == b"one\n"
        file.seek(1)
        assert file.read() == b"ne\ntwo\n"


@pytest.mark.parametrize("most", [0, 1, 65_535, 65_536, 65_537, 99_999, 100_000, 100_001, 10_000_000])
def test_of_a_file_no_more_is_read_than_was_asked_for(most: int, make: Make, tmp_path: Path) -> None:
    data = bytes(range(250)) * 400
    tree = make(tmp_path, {"a.yaml": data})
    assert beginning(tree, "a.yaml", most) == data[:most]
    assert b"".join(tree.pieces("a.yaml")) == data


def test_every_tree_may_be_empty(make: Make, tmp_path: Path) -> None:
    (tmp_path / "bank").mkdir()
    assert list(make(tmp_path, {}).paths) == []


@pytest.mark.parametrize("folder", ["bank", "a/b", ".config/bank", "."])
def test_the_prefix_is_the_way_from_the_top_of_the_repository(folder: str, tmp_path: Path) -> None:
    root = repository(tmp_path / "top", {"bank.yaml": b"x"}, folder)
    expected = "" if folder == "." else folder
    assert Folder(root).prefix == expected
    assert Revision(root, "HEAD").prefix == expected


def test_in_a_work_tree_git_is_a_file(tmp_path: Path) -> None:
    write(tmp_path, {"top/.git": b"gitdir: elsewhere", "top/bank/bank.yaml": b"x"})
    assert Folder(tmp_path / "top" / "bank").prefix == "bank"


def test_outside_of_a_repository_the_prefix_is_the_name_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    above = [folder for folder in tmp_path.parents if (folder / ".git").exists()]
    assert not above, "this test needs a temporary folder outside of any repository"
    assert Folder(tmp_path / "mine").prefix == "mine"


def test_a_folder_is_named_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "bank", {"a/b.yaml": b"x"})
    monkeypatch.chdir(tmp_path)
    assert (Folder(Path("bank")).name, Folder(tmp_path / "bank").name) == ("bank", f"{tmp_path}/bank")
    assert contents(Folder(Path("bank"))) == {"a/b.yaml": b"x"}
    monkeypatch.chdir(tmp_path / "bank")
    assert contents(Folder(Path())) == {"a/b.yaml": b"x"}
    assert Folder(Path()).prefix == "bank"


def test_a_link_that_leads_out_is_named_and_not_opened(tmp_path: Path) -> None:
    write(tmp_path, {"secret": b"s", "beyond/x.yaml": b"x", "bank/a/b.yaml": b"b", "bank2/x.yaml": b"x"})
    root = tmp_path / "bank"
    links = {"a/c.yaml": "../../secret", "a/d": "../../beyond", "z.yaml": str(tmp_path / "secret"), "e": "../bank2"}
    for link, target in links.items():
        (root / link).symlink_to(target)
    (root / "a" / "twice.yaml").symlink_to("c.yaml")
    tree = Folder(root)
    assert list(tree.outside) == sorted([*links, "a/twice.yaml"])
    assert list(tree.paths) == ["a/b.yaml"]
    for path in [*links, "a/twice.yaml", "a/d/x.yaml", "e/x.yaml"]:
        with pytest.raises(FileNotFoundError):
            tree.open(path)


def test_a_link_within_the_bank_is_the_file_that_it_leads_to(tmp_path: Path) -> None:
    write(tmp_path, {"a/b.yaml": b"b"})
    (tmp_path / "a" / "c.yaml").symlink_to("b.yaml")
    tree = Folder(tmp_path)
    assert contents(tree) == {"a/b.yaml": b"b", "a/c.yaml": b"b"}
    assert list(tree.outside) == []


def test_a_bank_may_itself_be_reached_by_a_link(tmp_path: Path) -> None:
    write(tmp_path, {"real/.git/x": b"", "real/bank/a/b.yaml": b"b"})
    (tmp_path / "link").symlink_to("real/bank")
    tree = Folder(tmp_path / "link")
    assert (contents(tree), list(tree.outside), tree.prefix) == ({"a/b.yaml": b"b"}, [], "bank")


def test_a_revision_is_that_of_its_commit_for_good(tmp_path: Path) -> None:
    root = repository(tmp_path / "top", {"a.yaml": b"one", "b.yaml": b"b"})
    first = git(root, "rev-parse", "HEAD")
    (root / "a.yaml").write_bytes(b"two")
    (root / "b.yaml").unlink()
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "y")
    assert contents(Revision(root, first)) == {"a.yaml": b"one", "b.yaml": b"b"}
    assert contents(Revision(root, "HEAD")) == {"a.yaml": b"two"}
    assert Revision(root, "HEAD~1").name == f"HEAD~1:{root.as_posix()}"


def test_a_revision_sees_nothing_beside_the_bank(tmp_path: Path) -> None:
    root = repository(tmp_path / "top", {"a.yaml": b"a", "../other/b.yaml": b"b"})
    assert list(Revision(root, "HEAD").paths) == ["a.yaml"]
    (tmp_path / "top" / "new").mkdir()
    assert list(Revision(tmp_path / "top" / "new", "HEAD").paths) == []


def test_a_link_of_a_revision_is_never_followed(tmp_path: Path) -> None:
    root = tmp_path / "top" / "bank"
    write(tmp_path, {"secret": b"s", "top/bank/a.yaml": b"a"})
    (root / "out.yaml").symlink_to("../../secret")
    tree = Revision(repository(tmp_path / "top", {}), "HEAD")
    assert list(tree.paths) == ["a.yaml"]
    with pytest.raises(FileNotFoundError):
        tree.open("out.yaml")


def test_a_revision_that_git_does_not_know_is_refused(tmp_path: Path) -> None:
    root = repository(tmp_path / "top", {"a.yaml": b"a"})
    with pytest.raises(ValueError, match="nonsense"):
        Revision(root, "nonsense")
    (tmp_path / "plain").mkdir()
    with pytest.raises(ValueError, match="not a git repository"):
        Revision(tmp_path / "plain", "HEAD")


def test_an_overlay_leaves_the_tree_below_as_it_is() -> None:
    below = Memory({"a": b"a", "b": b"b"}, name="n", prefix="p")
    tree = Overlay(below, {"a": b"new", "b": None, "c": b"c"})
    assert contents(tree) == {"a": b"new", "c": b"c"}
    assert contents(below) == {"a": b"a", "b": b"b"}
    assert (tree.name, tree.prefix) == ("n", "p")


def test_an_overlay_names_the_links_of_the_tree_below(tmp_path: Path) -> None:
    write(tmp_path, {"secret": b"s", "bank/a.yaml": b"a"})
    (tmp_path / "bank" / "out").symlink_to("../secret")
    assert list(Overlay(Folder(tmp_path / "bank"), {"b": b"b"}).outside) == ["out"]


def test_folders_that_are_named_as_files_are_listed(tmp_path: Path) -> None:
    for folder in ("a/x.yaml/deeper.yml", "a/y", ".z.yaml"):
        (tmp_path / folder).mkdir(parents=True)
    assert list(Folder(tmp_path).misnamed) == ["a/x.yaml", "a/x.yaml/deeper.yml"]
    assert list(Overlay(Folder(tmp_path), {"b": b""}).misnamed) == ["a/x.yaml", "a/x.yaml/deeper.yml"]
    assert list(Memory({"a/x.yaml/b": b""}).misnamed) == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere such a path cannot be made")
def test_a_path_that_is_too_long_for_the_system_is_told_and_not_passed_over(
    minibank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(minibank / "evaluation")
    for _ in range(20):
        os.mkdir("d" * 250)  # noqa: PTH102
        monkeypatch.chdir("d" * 250)
    monkeypatch.chdir(minibank)
    result = CliRunner().invoke(main, ["check", "--bank", "."])
    assert result.exit_code == 2
    assert "cannot read" in result.output
    assert "File name too long" in result.output


def test_what_is_no_file_is_named_and_cannot_be_opened(tmp_path: Path) -> None:
    write(tmp_path, {"bank.yaml": b"", "a/b.yaml": b"", "a/.hidden": b""})
    (tmp_path / "a" / "loop.yaml").symlink_to("pool.yaml")
    (tmp_path / "a" / "pool.yaml").symlink_to("loop.yaml")
    (tmp_path / "a" / "nowhere.yaml").symlink_to("nothing.yaml")
    (tmp_path / "c").symlink_to("a")
    (tmp_path / "d.yaml").symlink_to("bank.yaml")
    os.mkfifo(tmp_path / "a" / "pipe.yaml")
    tree = Folder(tmp_path)
    assert tree.paths == ["a/b.yaml", "bank.yaml", "d.yaml"]
    assert [path for path, _ in tree.odd] == ["a/loop.yaml", "a/nowhere.yaml", "a/pipe.yaml", "a/pool.yaml", "c"]
    assert not tree.outside
    for path, what in tree.odd:
        assert what.startswith("this ")
        with pytest.raises(FileNotFoundError):
            tree.open(path)


def test_a_device_behind_a_link_is_outside_and_never_read(tmp_path: Path) -> None:
    write(tmp_path, {"bank.yaml": b""})
    (tmp_path / "published.jsonl").symlink_to("/dev/zero")
    tree = Folder(tmp_path)
    assert (tree.paths, tree.outside) == (["bank.yaml"], ["published.jsonl"])


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are text")
def test_a_name_that_is_no_text_is_a_problem_of_its_file(minibank: Path) -> None:
    question = (minibank / "evaluation" / "precision.yaml").read_bytes()
    place = os.fsencode(minibank / "evaluation")
    for name in (b"\xff\xfe.yaml", b"\xc3"):
        if name.endswith(b".yaml"):
            Path(os.fsdecode(place + b"/" + name)).write_bytes(question)
        else:
            Path(os.fsdecode(place + b"/" + name)).mkdir()
            Path(os.fsdecode(place + b"/" + name + b"/a.yaml")).write_bytes(question)
    found = {
        (each.span.path.rpartition("/")[2], each.problem.message, each.problem.help) for each in problems(minibank)
    }
    said = "its name is no text in UTF-8"
    assert found == {("\\xff\\xfe.yaml", said, "rename it"), ("\\xc3", said, "rename it")}
