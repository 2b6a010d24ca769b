"""A release: the next ledger, and the changelog for learners. Nothing is written here."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qbank import history
from qbank.model import Bank
from qbank.note_schema import schema_digest
from qbank.outputs.note_types import note_types
from qbank.outputs.notes import deck_name, notes

_HEAD = "# Changelog for learners\n"


@dataclass(frozen=True, slots=True)
class Release:
    """A release that is ready to be written: the bank with the next ledger, and the texts of both files."""

    bank: Bank
    ledger: str
    changelog: str


def prepare(bank: Bank, version: str, time: int) -> Release:
    """The release `version` of a bank without problems, at `time` (unix seconds), which is later than the last one."""
    states = {note.key: note.state() for note in notes(bank)}
    types = note_types(bank.settings, bank.settings.topics)
    ledger = history.advance(
        bank.ledger,
        version,
        time,
        namespace=str(bank.settings.namespace),
        decks={str(topic.name): deck_name(bank, topic) for topic, _ in bank.topics()},
        note_types={key: (schema_digest(key), kind.sha) for key, kind in types.items()},
        notes=states,
    )
    topic_of = {question.name: str(topic.title) for topic, questions in bank.topics() for question in questions}
    section = history.changelog(version, history.changes(bank.ledger, states), topic_of)
    path = bank.root / "CHANGELOG.md"
    before = path.read_text(encoding="utf-8").removeprefix(_HEAD) if path.is_file() else ""
    return Release(replace(bank, ledger=ledger), history.write(ledger), f"{_HEAD}\n{section}{before}")
