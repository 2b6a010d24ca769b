"""A release: the next ledger, and the changelog for learners. Nothing is written here."""

from __future__ import annotations

from dataclasses import dataclass

from qbank.bank import names
from qbank.bank.layout import CHANGELOG
from qbank.ledger import changes, file
from qbank.ledger.schema import schema_digest
from qbank.ledger.state import Ledger
from qbank.outputs.notes import all_notes
from qbank.outputs.types import note_types
from qbank.render.jinja import render
from qbank.survey import Survey

_HEAD = "# Changelog for learners\n"


@dataclass(frozen=True, slots=True)
class Release:
    """A release that is ready to be written: the next ledger, what it says in the changelog, and both files' texts."""

    ledger: Ledger
    section: str
    published: str
    changelog: str


def prepare(survey: Survey, version: str, time: int) -> Release:
    """The release `version` of a bank without problems, at `time` (unix seconds), which is later than the last one."""
    bank = survey.bank
    settings = bank.header.settings
    states = {note.key: note.state() for note in all_notes(survey)}
    ledger = changes.advance(
        bank.ledger,
        version,
        time,
        namespace=str(settings.namespace),
        decks={str(topic.name): names.deck(settings, topic) for topic, _ in bank.topics()},
        note_types={key: (schema_digest(key), kind.sha) for key, kind in note_types(settings).items()},
        notes=states,
    )
    topic_of = {question.name: str(topic.title) for topic, questions in bank.topics() for question in questions}
    made = changes.changes(dict(bank.ledger.notes(None)), states)
    titles = {question.name: question.title for question in bank.questions}
    topics = changes.by_topic(made, topic_of)
    section = render("markdown", "changelog.md.j2", version=version, topics=topics, titles=titles)
    return Release(ledger, section, "".join(file.written(ledger)), f"{_HEAD}\n{section}{_before(survey)}")


def _before(survey: Survey) -> str:
    """The sections of earlier releases."""
    if CHANGELOG not in survey.tree.paths:
        return ""
    with survey.tree.open(CHANGELOG) as opened:
        return opened.read().decode("utf-8").removeprefix(_HEAD)
