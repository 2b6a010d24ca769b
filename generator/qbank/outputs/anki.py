"""Decks: the packages of a bank for Anki."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from itertools import chain
from pathlib import Path

import genanki

from qbank.bank import names
from qbank.check.facts import Facts
from qbank.ledger.state import Released
from qbank.outputs import package
from qbank.outputs.job import Edition, Job, Press, ready
from qbank.outputs.notes import Place, in_order, retired_notes
from qbank.outputs.plans import NEW_A_DAY
from qbank.outputs.types import NoteType, note_types
from qbank.render.jinja import render
from qbank.render.question import Note
from qbank.store import key


def jobs(press: Press, edition: Edition, topic: str = "") -> Iterator[Job]:
    """The packages of a bank: all, the essentials, the first level, one per role, and one per topic (only that of
    `topic`, where it is given).

    They share notes and times, so that any of them may be imported in any order. Notes that the bank's ledger knows
    bear its times; what is new or changed bears that of the edition.
    """
    decks = _Decks(press, edition)
    settings = press.bank.header.settings
    now = [f"topic::{each.name}" for each, _ in press.bank.topics()]
    if topic:
        now = [part for part in now if part == f"topic::{topic}"]
    else:
        essential = [names.ESSENTIAL] if any(question.essential for question in press.bank.questions) else []
        now = ["", *essential, f"level::{settings.levels[0]}", *(f"role::{role.name}" for role in settings.roles), *now]
    # Whoever has the package of a slice that is no more gets its corrections by it, too.
    gone = [] if topic else sorted(decks.released.slices.difference(now))
    for part in (*now, *(each for each in gone if names.is_slice(each) and not each.startswith("level::"))):
        yield decks.job(_path(settings.slug, part), part)


def _path(slug: str, part: str) -> str:
    """The file of a slice; of the whole bank where `part` is empty."""
    kind, _, name = part.partition("::")
    if kind in ("topic", "role"):
        return f"anki/{kind}s/{name}.apkg"
    return f"anki/{slug}-{name or kind}.apkg" if part else f"anki/{slug}.apkg"


@dataclass(frozen=True)
class _Decks:
    """What the packages share.

    A package deals the notes of a slice. It also carries, without cards, those that were in the slice once, and those
    that are retired: Anki then replaces the note of a learner who has its cards, and deals nothing to others.
    """

    press: Press
    edition: Edition

    @cached_property
    def placed(self) -> list[Place]:
        return list(in_order(self.press))

    @cached_property
    def retired(self) -> list[Note]:
        return list(retired_notes(self.press))

    @cached_property
    def released(self) -> Released:
        return self.press.bank.ledger.released()

    @cached_property
    def types(self) -> dict[str, NoteType]:
        return note_types(self.press.bank.header.settings)

    def job(self, path: str, part: str) -> Job:
        """The package of a slice; of all where `part` is empty."""
        dealt = [place for place in self.placed if not part or part in self._slices(place.question)]
        named = {place.question.path for place in dealt}
        carried = [place.question for place in self.placed if place.question.path not in named]
        carried = [question for question in carried if part in self.released.filed(question.name)]
        about = [self.edition.version, str(self.edition.time), self.edition.changes]
        content = [f"{self.press.key(place.question)} {place.position}" for place in dealt]
        content += [f"{self.press.key(question)} carried" for question in carried]
        named_by = key("job", path, *about, self.press.header_key, self.press.released_key, *content)
        return Job(path, named_by, ready(partial(self._write, part, dealt, carried)))

    def _slices(self, question: Facts) -> tuple[str, ...]:
        return names.slices(self.press.bank.header.settings, question, essential=question.essential)

    def _write(self, part: str, dealt: Sequence[Place], carried: Sequence[Facts], path: Path) -> None:
        ledger, edition = self.press.bank.ledger, self.edition
        types = self.types.values()
        cards: Counter[str] = Counter()
        pictures = {question.figure for question in (*carried, *(place.question for place in dealt))} - {""}
        with path.open("wb") as file:
            package.write(
                file,
                rows=self._rows(part, dealt, carried, cards),
                note_types=[(kind, ledger.note_type_time(kind.key, kind.sha, edition.time)) for kind in types],
                decks=self._decks(path.name, cards),
                media=((self.press.media(name), partial(self.press.figure, name)) for name in sorted(pictures)),
                time=edition.time,
            )

    @property
    def _root(self) -> str:
        return str(self.press.bank.header.settings.root_deck)

    def _decks(self, package_name: str, cards: Counter[str]) -> Iterator[package.Deck]:
        """The decks of the cards that were counted, below the root deck, which holds them all."""
        for name, count in sorted({**cards, self._root: cards.total()}.items()):
            yield self._deck(name, package_name, count)

    def _deck(self, name: str, package_name: str, cards: int) -> package.Deck:
        description = render(
            "markdown",
            "anki/description.md.j2",
            settings=self.press.bank.header.settings,
            edition=self.edition,
            package=package_name,
            cards=cards,
            new_a_day=NEW_A_DAY,
            days=-(-cards // NEW_A_DAY),
            retired=names.retired(self.press.bank.header.settings),
        )
        return package.Deck(deck_id(name), name, description.strip())

    def _rows(
        self, part: str, dealt: Iterable[Place], carried: Iterable[Facts], cards: Counter[str]
    ) -> Iterator[package.Row]:
        left: list[Note] = []
        for question, position in dealt:
            for number, note in enumerate(self.press.rendered(question).notes):
                if not part or part in names.slices_of(note.tags):
                    cards[note.deck] += len(note.cards)
                    yield self._row(note, note.deck, note.cards, position + number)
                elif self._was_in(part, note):
                    left.append(note)
        out = (note for question in carried for note in self.press.rendered(question).notes)
        for note in chain(left, out, self.retired):
            if not part or self._was_in(part, note):
                yield self._row(note, self._root, (), 0)

    def _was_in(self, part: str, note: Note) -> bool:
        return part in self.released.filed(note.key)

    def _row(self, note: Note, deck: str, cards: tuple[int, ...], position: int) -> package.Row:
        return package.Row(
            guid=note.guid,
            type_id=self.types[note.kind].id,
            time=self.released.time(note.key, note.said, self.edition.time),
            tags=note.tags,
            fields=note.fields,
            cards=cards,
            deck_id=deck_id(deck),
            due=position,
        )


@cache
def deck_id(name: str) -> int:
    """Anki matches decks by name and gives them ids of its own; the id only has to be unique in the package."""
    number = int.from_bytes(genanki.guid_for(name).encode()[:6], "big") % 10**12
    return 10**12 + number
