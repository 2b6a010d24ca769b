"""What lies where in a bank: the names of its files and folders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from sys import intern

from qbank.tree import Tree

SETTINGS, WORKS, ORIGINS, RETIREMENTS = "bank.yaml", "references.yaml", "origins.yaml", "retired.yaml"
#: The files that all questions share.
SHARED = frozenset({SETTINGS, WORKS, ORIGINS, RETIREMENTS})
LEDGER = "published.jsonl"
#: What learners read of each release.
CHANGELOG = "CHANGELOG.md"
FIGURES = "figures"
#: The JSON Schemas of the files, for editors; written by `qbank schema`.
SCHEMAS = "schemas"
FONTS = "fonts"
#: A figure of more bytes is refused, and not read to its end.
MAX_FIGURE_BYTES = 300_000
#: The same of a font. Those of Chinese and Japanese take 5 to 18 MB.
MAX_FONT_BYTES = 20_000_000
#: Folders of a bank that hold no questions.
NOT_TOPICS = frozenset({FIGURES, FONTS, SCHEMAS})


def lies_in_topic(path: str) -> bool:
    """Whether a path lies in the folder of a topic."""
    top, slash, _ = path.partition("/")
    return bool(slash) and top not in NOT_TOPICS


def in_topics(tree: Tree) -> Iterator[str]:
    """The files in the folders of topics, sorted."""
    return filter(lies_in_topic, tree.paths)


def question_paths(tree: Tree) -> list[str]:
    """The files of questions, sorted: those that lie in the folder of a topic itself and end in .yaml."""
    return [path for path in in_topics(tree) if path.endswith(".yaml") and path.count("/") == 1]


def names(tree: Tree) -> frozenset[str]:
    """The name of every question, also where its file cannot be read, or lies where none is; held once for all."""
    return frozenset(intern(name_of(path)[1]) for path in tree.paths if path.endswith(".yaml") and path not in SHARED)


def name_of(path: str) -> tuple[str, str]:
    """The topic and the name of the question in a file."""
    topic, _, name = path.removesuffix(".yaml").rpartition("/")
    return topic, name


def is_picture(path: str) -> bool:
    """Whether a file is a figure: an SVG that lies in their folder itself."""
    folder, _, file = path.rpartition("/")
    return folder == FIGURES and file.endswith(".svg")


def pictures(tree: Tree) -> list[str]:
    """The files of figures, sorted."""
    return [path for path in tree.paths if is_picture(path)]


def pending(path: Path) -> Path:
    """Where what is to replace a file is kept until it does."""
    return path.with_name(f".{path.name}.new")
