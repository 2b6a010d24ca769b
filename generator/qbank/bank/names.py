"""Identity, spelled once: the keys of notes, their GUIDs, tags and decks, and the addresses of files.

A note's key is the name of its question, or that and the id of its card: `bias-variance-trade-off/irreducible-error`.
"""

from __future__ import annotations

from collections.abc import Iterable

from qbank.bank import forms
from qbank.bank.settings import Asked, Settings, Topic

MAX_NAME = forms.MAX_NAME
#: The last word of the tag by which learners find what is retired.
_RETIRED = "retired"
#: The slice of what everyone learns first.
ESSENTIAL = "essential"
#: What outputs call their lists of topics, and the files of all topics together: the book, and all sheets.
INDEX, README, WHOLE, SHEETS = "index", "README", "all", "sheets"
#: The sheet for the night before, in the folder of those of topics.
NIGHT = "night-before"
#: Names that are taken, since files that bear them lie beside those of topics and of levels. Some disks do not tell
#: small letters from capitals.
TAKEN = {"topic": frozenset({INDEX, README.lower(), SHEETS, NIGHT}), "level": frozenset({ESSENTIAL})}
#: The kinds of slices: each of them has packages of its own.
_SLICED = frozenset({"level", "topic", "role", ESSENTIAL})


def is_name(text: str) -> bool:
    """Whether a text may name a file, a topic or a card."""
    return forms.NAME.fits(text)


def is_file_name(text: str) -> bool:
    """Whether a text names a file by its name alone, so that no path leads out of a folder."""
    return forms.FILE.fits(text)


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


def tags(settings: Settings, question: Asked, origins: Iterable[str], *, essential: bool) -> tuple[str, ...]:
    """Hierarchical tags of a note, sorted, all below one: its slices, and kind, rounds and origins."""
    filed = {*slices(settings, question, essential=essential), f"kind::{question.kind}"}
    filed |= {f"round::{each}" for each in settings.rounds_of(question)}
    filed |= {f"origin::{origin}" for origin in origins}
    return tuple(sorted(f"{settings.tag_prefix}::{each}" for each in filed))


def retired(settings: Settings) -> str:
    """The tag of notes that are retired."""
    return f"{settings.tag_prefix}::{_RETIRED}"


def is_retired(tags: Iterable[str]) -> bool:
    """Whether a note with these tags is retired."""
    return any(_below(tag) == _RETIRED for tag in tags)


def is_essential(tag: str) -> bool:
    """Whether a tag is that of the slice that everyone learns first."""
    return _below(tag) == ESSENTIAL


def _below(tag: str) -> str:
    """A tag without the one that all stand below, which is one word."""
    return tag.partition("::")[2]


def slices(settings: Settings, question: Asked, *, essential: bool) -> tuple[str, ...]:
    """The parts of the bank that hold a note of a question, as packages are made of them.

    These are its level, its topic, its roles, and the essentials where it is one of them.
    """
    parts = [f"level::{question.level}", f"topic::{question.topic}"]
    parts += [f"role::{role}" for role in settings.roles_of(question)]
    return (*parts, ESSENTIAL) if essential else tuple(parts)


def slices_of(tags: Iterable[str]) -> tuple[str, ...]:
    """The parts of the bank that hold a note with these tags."""
    return tuple(each for each in map(_below, tags) if each.partition("::")[0] in _SLICED)


def is_slice(text: str) -> bool:
    """Whether a text names a slice, of which a package can be made."""
    kind, _, name = text.partition("::")
    return text == ESSENTIAL or (kind in _SLICED - {ESSENTIAL} and is_name(name))


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


def report(settings: Settings, key: str) -> str:
    """The address of a form that reports a mistake in a note, its key filled in; empty where there is no repository.

    The form is .github/ISSUE_TEMPLATE/mistake.yml. GitHub fills in a field of a form by the id that it has there:
    https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/creating-an-issue
    """
    asked = f"template=mistake.yml&title={key}&question={key}"
    return f"{settings.repository}/issues/new?{asked}" if settings.repository else ""
