"""Decks: the packages of a bank for Anki."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from pathlib import Path

import genanki

from qbank.bank import names
from qbank.ledger.state import Times
from qbank.outputs import package
from qbank.outputs.job import Edition, Job, Press, ready
from qbank.outputs.notes import Place, in_order, retired_notes
from qbank.outputs.types import NoteType, note_types
from qbank.render.jinja import render
from qbank.render.question import Note
from qbank.store import key

#: How many new cards Anki shows a day unless a learner changes it.
NEW_A_DAY = 20


def jobs(press: Press, edition: Edition, topic: str = "") -> Iterator[Job]:
    """The packages of a bank: all, the first level, and one per topic (only that of `topic`, where it is given).

    They share notes and times, so that any of them may be imported in any order. Notes that the bank's ledger knows
    bear its times; what is new or changed bears that of the edition.
    """
    decks = _Decks(press, edition)
    settings = press.bank.header.settings
    if not topic:
        first = settings.levels[0]
        yield decks.job(f"anki/{settings.slug}.apkg", decks.placed, decks.retired)
        yield decks.job(
            f"anki/{settings.slug}-{first}.apkg",
            [place for place in decks.placed if place.question.level == first],
            [each for each in decks.retired if each[0].level == first],
        )
    for each, _ in press.bank.topics():
        if topic in ("", each.name):
            yield decks.job(
                f"anki/topics/{each.name}.apkg",
                [place for place in decks.placed if place.question.topic == each.name],
                [retired for retired in decks.retired if retired[0].topic == each.name],
            )


@dataclass(frozen=True)
class _Decks:
    """What the packages share."""

    press: Press
    edition: Edition

    @cached_property
    def placed(self) -> list[Place]:
        return list(in_order(self.press))

    @cached_property
    def retired(self) -> list[tuple[Note, int]]:
        """The retired notes with their positions, behind all others."""
        last = self.placed[-1] if self.placed else None
        begin = last.position + 1 + len(last.question.cards) if last else 1
        return [(note, position) for position, note in enumerate(retired_notes(self.press), begin)]

    @cached_property
    def times(self) -> Times:
        return self.press.bank.ledger.times()

    @cached_property
    def types(self) -> dict[str, NoteType]:
        return note_types(self.press.bank.header.settings)

    def job(self, path: str, placed: Sequence[Place], retired: Sequence[tuple[Note, int]]) -> Job:
        about = [self.edition.version, str(self.edition.time), self.edition.changes]
        content = [f"{self.press.key(place.question)} {place.position}" for place in placed]
        named = key("job", path, *about, self.press.header_key, self.press.released_key, *content)
        return Job(path, named, ready(partial(self._write, placed, retired)))

    def _write(self, placed: Sequence[Place], retired: Sequence[tuple[Note, int]], path: Path) -> None:
        ledger, edition = self.press.bank.ledger, self.edition
        types = self.types.values()
        cards: Counter[str] = Counter()
        pictures = sorted({place.question.figure for place in placed if place.question.figure})
        with path.open("wb") as file:
            package.write(
                file,
                rows=self._rows(placed, retired, cards),
                note_types=[(kind, ledger.note_type_time(kind.key, kind.sha, edition.time)) for kind in types],
                decks=self._decks(cards),
                media=((self.press.media(name), partial(self.press.figure, name)) for name in pictures),
                time=edition.time,
            )

    def _decks(self, cards: Counter[str]) -> Iterator[package.Deck]:
        """The decks of the cards that were counted, below the root deck, which holds them all."""
        root = str(self.press.bank.header.settings.root_deck)
        for name, count in sorted({**cards, root: cards.total()}.items()):
            yield self._deck(name, count)

    def _deck(self, name: str, cards: int) -> package.Deck:
        description = render(
            "text",
            "anki/description.md.j2",
            settings=self.press.bank.header.settings,
            edition=self.edition,
            cards=cards,
            new_a_day=NEW_A_DAY,
            days=-(-cards // NEW_A_DAY),
            retired=names.RETIRED,
        )
        return package.Deck(deck_id(name), name, description.strip())

    def _rows(
        self, placed: Iterable[Place], retired: Iterable[tuple[Note, int]], cards: Counter[str]
    ) -> Iterator[package.Row]:
        for question, position in placed:
            for number, note in enumerate(self.press.rendered(question).notes):
                yield self._row(note, position + number, cards)
        for note, position in retired:
            yield self._row(note, position, cards)

    def _row(self, note: Note, position: int, cards: Counter[str]) -> package.Row:
        cards[note.deck] += len(note.cards)
        return package.Row(
            guid=note.guid,
            type_id=self.types[note.kind].id,
            time=self.times.note(note.key, note.sha, self.edition.time),
            tags=note.tags,
            fields=note.fields,
            cards=note.cards,
            deck_id=deck_id(note.deck),
            due=position,
        )


@cache
def deck_id(name: str) -> int:
    """Anki matches decks by name and gives them ids of its own; the id only has to be unique in the package."""
    number = int.from_bytes(genanki.guid_for(name).encode()[:6], "big") % 10**12
    return 10**12 + number
