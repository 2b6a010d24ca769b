"""From the files of a bank to its values: what all questions share, and one question at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qbank.bank.layout import ORIGINS, RETIREMENTS, SETTINGS, WORKS, in_topics, name_of
from qbank.bank.model import OriginDocument, Origins, Question, Retired, Retirements, Work
from qbank.bank.settings import Settings
from qbank.bank.shape import Reading
from qbank.problem import Fault, Place, Problem, rule
from qbank.source.nodes import Source
from qbank.source.reader import read
from qbank.tree import Tree


@dataclass(frozen=True, slots=True)
class Header:
    """What the questions of a bank share: its settings, works, origins and retirements."""

    settings: Settings
    works: dict[str, Work]
    origins: tuple[OriginDocument, ...]
    retired: tuple[Retired, ...]


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

    settings, works, origins, retired = map(whole, (SETTINGS, WORKS, ORIGINS, RETIREMENTS))
    return (
        Header(
            settings=settings.build(Settings),
            works=works.build_all(Work),
            origins=origins.build(Origins).documents,
            retired=retired.build(Retirements).retired if retired.source.text else (),
        ),
        problems,
    )


def strays(tree: Tree) -> Iterator[Problem]:
    """What lies in a bank and does not belong there."""
    for path in tree.outside:
        yield from outside_bank(path)
    for path in in_topics(tree):
        if not path.endswith(".yaml"):
            yield from stray_file(path)


def question(source: Source, settings: Settings, problems: list[Problem]) -> Question | None:
    """The question in a file that was read; None, with a problem, where nothing could be read."""
    problems.extend(source.problems)
    if source.unreadable:
        return None
    topic, name = name_of(source.path)
    return Reading(source, problems, settings.choices).build(Question, name=name, topic=topic, path=source.path)


@rule("reading")
def stray_file(path: str) -> Iterator[Fault]:
    """A topic folder holds questions only, each in a file that ends in .yaml; figures live in bank/figures/."""
    yield Fault(
        Place(path),
        "this file is not a question",
        "rename it so that it ends in .yaml, move a figure to bank/figures/, or delete it",
    )


@rule("reading")
def outside_bank(path: str) -> Iterator[Fault]:
    """A link in the bank that leads out of its folder is refused: a build would publish what it points to."""
    yield Fault(Place(path), "this is a link to a file outside the bank", "replace the link by the file itself")


RULES = (stray_file, outside_bank)
