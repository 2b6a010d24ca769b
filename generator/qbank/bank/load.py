"""From the files of a bank to its values: what all questions share, and one question at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from qbank.bank.layout import NOT_TOPICS, ORIGINS, RETIREMENTS, SETTINGS, SHARED, WORKS, name_of
from qbank.bank.model import OriginDocument, Origins, Question, Retired, Retirements, Work
from qbank.bank.settings import Settings
from qbank.bank.shape import Reading
from qbank.problem import Fault, Place, Problem, rule
from qbank.source.nodes import Mapping, Source
from qbank.source.reader import read
from qbank.tree import NO_TEXT, Tree


@dataclass(frozen=True, slots=True)
class Header:
    """What the questions of a bank share: its settings, works, origins and retirements.

    `unread` names the files of these that could not be read: nothing is missing in them that might stand there.
    """

    settings: Settings
    works: dict[str, Work]
    origins: tuple[OriginDocument, ...]
    retired: tuple[Retired, ...]
    unread: frozenset[str] = frozenset()


def header(tree: Tree) -> tuple[Header, list[Problem]]:
    """What the questions of a bank share, as far as it could be read; the problems say what could not.

    Raises `FileNotFoundError` when the tree holds no bank.yaml.
    """
    if SETTINGS not in tree.paths:
        raise FileNotFoundError(f"there is no {SETTINGS} in {tree.name}")
    problems: list[Problem] = []

    def whole(path: str) -> Reading:
        source = read(tree, path) if path in tree.paths else Source(path)
        problems.extend(source.problems)
        return Reading(source, problems)

    settings, works, origins, retired = files = [whole(path) for path in (SETTINGS, WORKS, ORIGINS, RETIREMENTS)]
    return (
        Header(
            settings=settings.build(Settings),
            works=works.build_all(Work),
            origins=origins.build(Origins).documents,
            retired=retired.build(Retirements).retired if retired.source.text else (),
            unread=frozenset(file.source.path for file in files if _is_unread(file.source)),
        ),
        problems,
    )


def _is_unread(source: Source) -> bool:
    return source.unreadable or not isinstance(source.root, Mapping)


def strays(tree: Tree) -> Iterator[Problem]:
    """What lies in a bank and does not belong there."""
    for path in tree.outside:
        yield from outside_bank(path)
    for path, called in tree.odd:
        yield from stray_file(path, called, "rename it" if called == NO_TEXT else "replace it by the file itself")
    first: dict[str, str] = {}
    for path in tree.paths:
        other = first.setdefault(path.casefold(), path)
        if other != path:
            yield from same_file(path, other)
    for path in tree.misnamed:
        yield from stray_file(path, "this is a folder", "rename it, or replace it by the file of the question")
    below = tuple(f"{path}/" for path in tree.misnamed)
    for path in tree.paths:
        what = _stray(path)
        if what and not path.startswith(below):
            yield from stray_file(path, *what)


def _stray(path: str) -> tuple[str, str] | None:
    """What is wrong with where a file lies, and what to do; None where it lies right."""
    top, slash, below = path.partition("/")
    is_yaml = path.endswith((".yaml", ".yml"))
    if not slash:
        if not is_yaml or path in SHARED:
            return None
        meant = get_close_matches(path.rpartition(".")[0], [name.removesuffix(".yaml") for name in SHARED], 1, 0.85)
        move = "move a question into the folder of its topic"
        return "nothing reads this file", f"did you mean '{meant[0]}.yaml'?" if meant else move
    if top in NOT_TOPICS:
        return ("a question does not lie here", "move it into the folder of its topic") if is_yaml else None
    if is_yaml and "/" in below:
        return "a question lies in the folder of its topic itself", f"move it to {top}/, or delete it"
    if not path.endswith(".yaml"):
        return (
            "this file is not a question",
            "rename it so that it ends in .yaml, move a figure to bank/figures/, or delete it",
        )
    return None


def question(source: Source, settings: Settings, problems: list[Problem]) -> Question | None:
    """The question in a file that was read; None, with a problem, where nothing could be read."""
    problems.extend(source.problems)
    if source.unreadable:
        return None
    topic, name = name_of(source.path)
    reading = Reading(source, problems, settings.choices)
    return reading.build(Question, wanted=settings.required, name=name, topic=topic, path=source.path)


@rule("reading")
def stray_file(path: str, what: str, instead: str) -> Iterator[Fault]:
    """A topic folder holds questions only, each in a file that ends in .yaml; figures live in bank/figures/.

    Elsewhere in the bank no question is read: neither beside the folders of topics, nor in folders within them.
    """
    yield Fault(Place(path), what, instead)


@rule("reading", guards="security")
def outside_bank(path: str) -> Iterator[Fault]:
    """A link in the bank that leads out of its folder is refused: a build would publish what it points to."""
    yield Fault(Place(path), "this is a link to a file outside the bank", "replace the link by the file itself")


@rule("reading")
def same_file(path: str, other: str) -> Iterator[Fault]:
    """The names of two files differ by more than capital letters: Windows and macOS would keep only one of them."""
    yield Fault(Place(path), f"some systems take this file and {other} for the same", "rename one of the two")


RULES = (stray_file, outside_bank, same_file)
