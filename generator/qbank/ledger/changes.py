"""What a release changes for learners, and the ledger that it leaves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from qbank.bank.names import is_retired, parts, slices_of
from qbank.ledger.state import Frozen, Ledger, Notes, Published, Released, State, text


@dataclass(frozen=True, slots=True)
class Change:
    """What a release does to one note: `new`, `corrected` (its answer), `reworded` (its question) or `retired`."""

    key: str
    what: str


KINDS_OF_CHANGE = ("new", "corrected", "reworded", "retired")


def changes(published: Mapping[str, Published], notes: Mapping[str, State]) -> Iterator[Change]:
    """What learners see change from what was released to the notes of a build, in the order of the notes.

    These are the notes that an import adds or replaces, and no others.
    """
    for key, state in notes.items():
        known = published.get(key)
        if known is None:
            yield Change(key, "new")
        elif is_retired(state.tags):
            if not is_retired(known.state.tags):
                yield Change(key, "retired")
            elif state.answer != known.state.answer:
                yield Change(key, "corrected")
        elif state.answer != known.state.answer:
            yield Change(key, "corrected")
        elif state.first != known.state.first:
            yield Change(key, "reworded")


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
    """The ledger of the next release, with all its states in memory.

    `note_types` maps keys to (schema, hash). `time` must be later than that of the ledger.
    """
    if time <= ledger.time:
        raise ValueError("a release must be later than the one before it")
    before = dict(ledger.notes(None))
    times = Released(before.items())
    frozen = {
        key: Frozen(schema, sha, ledger.note_type_time(key, sha, time)) for key, (schema, sha) in note_types.items()
    }
    published = {
        key: Published(
            state,
            before[key].since if key in before else version,
            times.time(key, text(state.first, state.answer), time),
            tuple(sorted({*times.filed(key), *slices_of(state.tags)})),
        )
        for key, state in notes.items()
    }
    return Ledger(
        version,
        time,
        namespace,
        summarize(changes(before, notes)),
        {**ledger.decks, **decks},
        {**ledger.note_types, **frozen},
        held({**before, **published}),
    )


def held(published: Mapping[str, Published]) -> Notes:
    """States in memory, as a ledger gives them."""

    def notes(topic: str | None) -> Iterator[tuple[str, Published]]:
        return ((key, each) for key, each in published.items() if topic in (None, each.state.topic))

    return notes


def summarize(made: Iterable[Change]) -> str:
    """The changes counted: `12 new, 3 corrected`."""
    kinds = [change.what for change in made]
    counted = [f"{kinds.count(what)} {what}" for what in KINDS_OF_CHANGE if what in kinds]
    return ", ".join(counted) or "nothing changed"


def by_topic(made: Iterable[Change], topic_of: Mapping[str, str]) -> dict[str, dict[str, list[str]]]:
    """What happened to each question, by topic: the changelog of a release.

    `topic_of` maps the name of a question to the title of its topic; what has none is retired.
    """
    topics: dict[str, dict[str, list[str]]] = {}
    for change in made:
        name, card = parts(change.key)
        what = "new cards" if card and change.what == "new" else change.what
        happened = topics.setdefault(topic_of.get(name, "Retired"), {}).setdefault(name, [])
        if what not in happened and not (what == "new cards" and "new" in happened):
            happened.append(what)
    return topics
