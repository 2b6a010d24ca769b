"""Identity, spelled once: the keys of notes, their GUIDs, tags and decks, and the addresses of files.

A note's key is the name of its question, or that and the id of its card: `bias-variance-trade-off/irreducible-error`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from qbank.bank.settings import Settings, Topic

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAX_NAME = 60
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\.[a-z]+")
#: The tag by which learners find what is retired.
RETIRED = "qbank::retired"


def is_name(text: str) -> bool:
    """Whether a text may name a file, a topic or a card."""
    return len(text) <= MAX_NAME and NAME.fullmatch(text) is not None


def is_file_name(text: str) -> bool:
    """Whether a text names a file by its name alone, so that no path leads out of a folder."""
    return _FILE_NAME.fullmatch(text) is not None


def note_key(question: str, card: str = "") -> str:
    """The key of a question's note, or of that of one of its cards."""
    return f"{question}/{card}" if card else question


def parts(key: str) -> tuple[str, str]:
    """The names of the question and of the card (empty for the question itself) in a key."""
    question, _, card = key.partition("/")
    return question, card


def guid(namespace: str, key: str) -> str:
    """The identity of a note in Anki: a function of the bank's namespace and the note's key, never of its text."""
    from genanki import guid_for

    return str(guid_for(namespace, key))


def deck(settings: Settings, topic: Topic) -> str:
    """The deck of a topic, below the root deck."""
    return f"{settings.root_deck}::{topic.deck}"


def tags(topic: str, level: str, kind: str, origins: Iterable[str]) -> tuple[str, ...]:
    """Hierarchical tags, sorted: topic, level, kind and origins, all below qbank."""
    filed = {f"qbank::{each}" for each in (*slices(topic, level), f"kind::{kind}")}
    return tuple(sorted(filed | {f"qbank::origin::{origin}" for origin in origins}))


def slices(topic: str, level: str) -> tuple[str, str]:
    """The parts of the bank that hold a question, as packages are made of them: its level and its topic."""
    return f"level::{level}", f"topic::{topic}"


def question_path(topic: str, name: str) -> str:
    """The file of a question, below the folder of the bank."""
    return f"{topic}/{name}.yaml"


def repository_path(prefix: str, topic: str, name: str) -> str:
    """The file of a question, in the repository that holds the bank in the folder `prefix`."""
    inside = question_path(topic, name)
    return f"{prefix}/{inside}" if prefix else inside


def files(settings: Settings) -> str:
    """Where the paths of files in the repository begin, as addresses; empty where the bank names no repository."""
    return f"{settings.repository}/blob/{settings.branch}/" if settings.repository else ""


def link(settings: Settings, prefix: str, topic: str, name: str) -> str:
    """The address of a question's file in the repository, where it can be corrected; empty where there is none."""
    begin = files(settings)
    return begin and begin + repository_path(prefix, topic, name)
