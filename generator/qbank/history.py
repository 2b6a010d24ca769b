"""The ledger published.json: which state of every note learners have, and since when.

Anki replaces a note's fields and tags only when the package's time of change is newer than its own, so a note bears the
time of the release at which what it *renders* to last changed. Unchanged notes keep their time, and with it whatever a
learner wrote on them; changed notes always arrive. A build only reads the ledger; a release makes the next one.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qbank.problem import Fault, Problem, Span, rule

FORMAT = 1
#: The time that notes bear in a build before the first release: 2026-11-01T00:00:00Z.
FOUNDED = 1_793_491_200


@dataclass(frozen=True, slots=True)
class State:
    """What learners have of one note, or would have after the next release.

    `first` is the rendered first field, by which learners know the note; `answer` is the hash of the fields that answer
    it; `sha` that of all fields and tags. `gaps` holds text and surroundings of every cloze deletion by its number.
    """

    kind: str
    deck: str
    cards: tuple[int, ...]
    tags: tuple[str, ...]
    first: str
    answer: str
    sha: str
    gaps: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Published:
    """A state that was released, the version in which the note first appeared, and the time of its last change."""

    state: State
    since: str
    time: int


@dataclass(frozen=True, slots=True)
class Frozen:
    """A note type that was released: the identity of its fields and templates, the hash of its content, its time."""

    schema: str
    sha: str
    time: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """The state of the last release. Before the first one, `version` is empty and no note is known."""

    version: str = ""
    time: int = 0
    namespace: str = ""
    summary: str = ""
    decks: Mapping[str, str] = field(default_factory=dict)
    note_types: Mapping[str, Frozen] = field(default_factory=dict)
    notes: Mapping[str, Published] = field(default_factory=dict)

    def note_time(self, key: str, sha: str, now: int) -> int:
        """The time of change of the note `key` whose content has the hash `sha`, in a build at `now`."""
        known = self.notes.get(key)
        return _time(known.state.sha if known else "", known.time if known else 0, sha, now)

    def note_type_time(self, key: str, sha: str, now: int) -> int:
        """The same for a note type: its fields, templates and style."""
        known = self.note_types.get(key)
        return _time(known.sha if known else "", known.time if known else 0, sha, now)


def _time(known: str, since: int, sha: str, now: int) -> int:
    return since if known == sha else max(now, since + 1)


def digest(content: Any) -> str:
    """The hash of rendered content: 128 bits of SHA-256 over its JSON."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Change:
    """What a release does to one note: `new`, `corrected` (its answer), `reworded` (its question) or `retired`."""

    key: str
    what: str


def changes(ledger: Ledger, notes: Mapping[str, State]) -> Iterator[Change]:
    """The difference that learners see between the ledger and the notes of a build, in the order of the notes."""
    for key, state in notes.items():
        known = ledger.notes.get(key)
        if known is None:
            yield Change(key, "new")
        elif RETIRED in state.tags:
            if RETIRED not in known.state.tags:
                yield Change(key, "retired")
        elif state.answer != known.state.answer:
            yield Change(key, "corrected")
        elif state.first != known.state.first:
            yield Change(key, "reworded")


#: The tag by which learners find what is retired.
RETIRED = "qbank::retired"


def advance(
    ledger: Ledger,
    version: str,
    time: int,
    *,
    namespace: str,
    decks: Mapping[str, str],
    note_types: Mapping[str, tuple[str, str]],
    notes: Mapping[str, State],
) -> Ledger:
    """The ledger of the next release.

    `note_types` maps keys to (schema, hash). `time` must be later than that of the ledger.
    """
    if time <= ledger.time:
        raise ValueError("a release must be later than the one before it")
    frozen = {
        key: Frozen(schema, sha, ledger.note_type_time(key, sha, time)) for key, (schema, sha) in note_types.items()
    }
    published = {
        key: Published(state, _since(ledger, key, version), ledger.note_time(key, state.sha, time))
        for key, state in notes.items()
    }
    return Ledger(
        version,
        time,
        namespace,
        summarise(changes(ledger, notes)),
        {**ledger.decks, **decks},
        {**ledger.note_types, **frozen},
        {**ledger.notes, **published},
    )


def _since(ledger: Ledger, key: str, version: str) -> str:
    known = ledger.notes.get(key)
    return known.since if known else version


def summarise(made: Iterable[Change]) -> str:
    """The changes counted: `12 new, 3 corrected`."""
    kinds = [change.what for change in made]
    counted = [f"{kinds.count(what)} {what}" for what in ("new", "corrected", "reworded", "retired") if what in kinds]
    return ", ".join(counted) or "nothing changed"


def changelog(version: str, made: Iterable[Change], topic_of: Mapping[str, str]) -> str:
    """The section of a release in the changelog for learners: per topic, the questions and what happened to them.

    `topic_of` maps the name of a question to the title of its topic.
    """
    topics: dict[str, dict[str, dict[str, None]]] = {}
    for change in made:
        name = change.key.partition("/")[0]
        whole = change.key == name
        what = change.what if whole or change.what != "new" else "new cards"
        topics.setdefault(topic_of.get(name, "Retired"), {}).setdefault(name, {})[what] = None
    lines = [f"## {version}", ""]
    for topic, names in topics.items():
        lines += [f"### {topic}"]
        for name, happened in names.items():
            said = [what for what in happened if not (what == "new cards" and "new" in happened)]
            lines.append(f"- {name}: {', '.join(said)}")
        lines.append("")
    if not topics:
        lines += ["Nothing that learners see.", ""]
    return "\n".join(lines)


def read(root: Path) -> tuple[Ledger, list[Problem]]:
    """The ledger of a bank; an empty one, with a problem, where the file is missing or is not one."""
    path = root / "published.json"
    try:
        return _ledger(json.loads(path.read_text(encoding="utf-8"))), []
    except FileNotFoundError:
        return Ledger(), []
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Ledger(), list(broken_ledger(path.as_posix()))


def write(ledger: Ledger) -> str:
    """The text of published.json: a line for every note, so that a difference shows what a release changed."""
    head = {"format": FORMAT, **{each: getattr(ledger, each) for each in ("version", "time", "namespace", "summary")}}
    lines = [f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}," for key, value in head.items()]
    tables = ("decks", "note_types", "notes")
    for name in tables:
        lines.append(f" {json.dumps(name)}: {{")
        table = getattr(ledger, name)
        rows = [f"  {json.dumps(key)}: {_dumped(value)}" for key, value in sorted(table.items())]
        lines.append(",\n".join(rows))
        lines.append(" }" if name == tables[-1] else " },")
    return "{\n" + "\n".join(line for line in lines if line) + "\n}\n"


def _dumped(value: Any) -> str:
    plain = dataclasses.asdict(value) if dataclasses.is_dataclass(value) and not isinstance(value, type) else value
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def _ledger(data: Any) -> Ledger:
    if data["format"] != FORMAT:
        raise ValueError("unknown format")
    return Ledger(
        str(data["version"]),
        int(data["time"]),
        str(data["namespace"]),
        str(data["summary"]),
        {str(topic): str(deck) for topic, deck in data["decks"].items()},
        {key: Frozen(str(v["schema"]), str(v["sha"]), int(v["time"])) for key, v in data["note_types"].items()},
        {key: _published(value) for key, value in data["notes"].items()},
    )


def _published(data: Any) -> Published:
    state = data["state"]
    return Published(
        State(
            str(state["kind"]),
            str(state["deck"]),
            tuple(int(card) for card in state["cards"]),
            tuple(str(tag) for tag in state["tags"]),
            str(state["first"]),
            str(state["answer"]),
            str(state["sha"]),
            {str(n): (str(gap[0]), str(gap[1])) for n, gap in state["gaps"].items()},
        ),
        str(data["since"]),
        int(data["time"]),
    )


@rule
def broken_ledger(path: str) -> Iterator[Fault]:
    """published.json is written by `qbank release` only; learners' progress depends on it."""
    yield Fault(
        Span(path, 1, 1, 1, 2),
        "this is not a ledger of this version of qbank",
        "restore the file from the last commit; never edit it by hand",
    )
