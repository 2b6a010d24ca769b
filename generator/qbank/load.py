"""A folder of YAML files, read as one bank."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from pathlib import Path

from qbank import history
from qbank.model import Bank, Origins, Question, Retirements, Settings, Work
from qbank.problem import Fault, Problem, rule
from qbank.shape import build, build_all
from qbank.source import Mapping, Source, read

#: Folders of a bank that hold no questions.
NOT_TOPICS = frozenset({"figures"})


def load(root: Path) -> tuple[Bank, list[Problem]]:
    """Read a bank. The result holds all that could be read; the problems say what could not.

    Raises `FileNotFoundError` when `root` holds no bank.yaml.
    """
    if not (root / "bank.yaml").is_file():
        raise FileNotFoundError(f"there is no bank.yaml in {root}")
    problems: list[Problem] = []

    def opened(path: str) -> Source:
        source = read(path)
        problems.extend(source.problems)
        return source

    def whole(name: str) -> Source:
        path = (root / name).as_posix()
        return opened(path) if os.path.isfile(path) else Source(path, "")

    settings = whole("bank.yaml")
    origins, works, retired = whole("origins.yaml"), whole("references.yaml"), whole("retired.yaml")
    files, outside = question_files(root)
    problems.extend(problem for path in outside for problem in outside_bank(path))
    problems.extend(problem for path in files if not path.endswith(".yaml") for problem in stray_file(path))
    paths = [path for path in files if path.endswith(".yaml")]
    questions = [_question(opened(path), path, root.as_posix(), problems) for path in paths]
    ledger, broken = history.read(root)
    problems.extend(broken)
    bank = Bank(
        root=root,
        settings=build(Settings, settings, settings.root, problems),
        questions=tuple(q for q in questions if q is not None),
        works=build_all(Work, works, works.root, problems),
        origins=build(Origins, origins, origins.root, problems).documents,
        retired=build(Retirements, retired, retired.root, problems).retired if retired.text else (),
        ledger=ledger,
        names=frozenset(posixpath.basename(path).removesuffix(".yaml") for path in paths),
    )
    return bank, problems


def question_files(root: Path) -> tuple[list[str], list[str]]:
    """The files in the topic folders of a bank, and the links anywhere in it that lead out of it.

    Both are POSIX paths in an order that no file system decides; what a link outside points to is not among the files.
    """
    files, outside = [], []
    top = root.as_posix()
    inside = root.resolve()
    for folder, folders, names in os.walk(top):
        folder = folder.replace(os.sep, "/")
        links = [n for n in (*folders, *names) if os.path.islink(f"{folder}/{n}")]
        leaving = {n for n in links if not Path(folder, n).resolve().is_relative_to(inside)}
        outside += [f"{folder}/{name}" for name in leaving]
        if folder == top:
            folders[:] = [n for n in folders if not n.startswith((".", "__"))]
            continue
        files += [f"{folder}/{n}" for n in names if n not in leaving and not n.startswith(".")]
        folders[:] = [n for n in folders if not n.startswith((".", "__"))]
    return sorted(f for f in files if f[len(top) + 1 :].split("/")[0] not in NOT_TOPICS), sorted(outside)


def _question(source: Source, path: str, root: str, problems: list[Problem]) -> Question | None:
    if source.problems and isinstance(source.root, Mapping) and not source.root.entries:
        return None
    topic, _, name = path[len(root) + 1 : -len(".yaml")].rpartition("/")
    return build(Question, source, source.root, problems, name=name, topic=topic, path=path)


@rule
def stray_file(path: str) -> Iterator[Fault]:
    """A topic folder holds questions only, each in a file that ends in .yaml; figures live in bank/figures/."""
    yield Fault(
        Source(path, "").start(),
        "this file is not a question",
        "rename it so that it ends in .yaml, move a figure to bank/figures/, or delete it",
    )


@rule
def outside_bank(path: str) -> Iterator[Fault]:
    """A link in the bank that leads out of its folder is refused: a build would publish what it points to."""
    yield Fault(
        Source(path, "").start(),
        "this is a link to a file outside the bank",
        "replace the link by the file itself",
    )
