"""What lies where in a bank: the names of its files and folders."""

from __future__ import annotations

from collections.abc import Iterator

from qbank.tree import Tree

SETTINGS, WORKS, ORIGINS, RETIREMENTS = "bank.yaml", "references.yaml", "origins.yaml", "retired.yaml"
LEDGER = "published.jsonl"
FIGURES = "figures"
#: The JSON Schemas of the files, for editors; written by `qbank schema`.
SCHEMAS = "schemas"
#: A figure of more bytes is refused, and not read to its end.
MAX_FIGURE_BYTES = 300_000
#: Folders of a bank that hold no questions.
NOT_TOPICS = frozenset({FIGURES, SCHEMAS})


def in_topics(tree: Tree) -> Iterator[str]:
    """The files in the folders of topics, sorted."""
    for path in tree.paths:
        top, slash, _ = path.partition("/")
        if slash and top not in NOT_TOPICS:
            yield path


def question_paths(tree: Tree) -> list[str]:
    """The files of questions, sorted: those in the folders of topics that end in .yaml."""
    return [path for path in in_topics(tree) if path.endswith(".yaml")]


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
