"""A learner's life on the real Anki backend, for whatever version of `anki` is installed.

Times are given: after each step, what Anki stamped with the clock is set back to the learner's own day, so that years
of releases fit into a test.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any

import anki.lang
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.scheduler.v3 import CardAnswer

anki.lang.set_lang("en_US")

#: A card by the identity of its note and its position: what of it an import must not touch.
Cards = dict[tuple[str, int], tuple[Any, ...]]


class Learner:
    """Imports, reviews and makes the deck their own."""

    def __init__(self, folder: Path, day: int, chance: Random) -> None:
        self.col = Collection(str(folder / "collection.anki2"))
        self.day = day
        self.chance = chance
        self.touched: set[str] = set()
        self.deleted: set[str] = set()

    def close(self) -> None:
        self.col.close()

    def on(self, day: int) -> Learner:
        """Go on to another day (unix seconds)."""
        self._settle()
        self.day = day
        return self

    def _settle(self) -> None:
        """What was stamped with the clock happened on the learner's day."""
        self.col.db.execute("update notes set mod = ? where mod > ?", self.day, self.day)

    def imports(self, package: Path) -> Any:
        """Import a package with all options at their defaults; the log of the import."""
        request = ImportAnkiPackageRequest(package_path=str(package), options=ImportAnkiPackageOptions())
        log = self.col.import_anki_package(request).log
        self._settle()
        self.col.models._clear_cache()
        return log

    def reviews(self, count: int) -> None:
        """Answer that many cards, some for the first time, with every rating."""
        ids = self.col.db.list("select id from cards where queue != -1 order by id")
        ratings = (CardAnswer.AGAIN, CardAnswer.HARD, CardAnswer.GOOD, CardAnswer.EASY)
        for cid in self.chance.choices(ids, k=count):
            card = self.col.get_card(cid)
            card.start_timer()
            states = self.col._backend.get_scheduling_states(cid)
            rating = self.chance.choice(ratings)
            self.col.sched.answer_card(self.col.sched.build_answer(card=card, states=states, rating=rating))
        # Answering cards out of turn leaves some without the time of their last review; the check adds it.
        self.col.fix_integrity()

    def edits(self, guids: Iterable[str]) -> None:
        """Write into the field for one's own notes."""
        for guid in guids:
            note = self.note(guid)
            note["My notes"] = f"mine: {guid}"
            self.col.update_note(note)
            self.touched.add(guid)
        self._settle()

    def tags(self, guids: Iterable[str], tag: str) -> None:
        """Add a tag, as marking a note or a leech does."""
        for guid in guids:
            self.col.tags.bulk_add([self.note(guid).id], tag)
            self.touched.add(guid)
        self._settle()

    def suspends(self, guids: Iterable[str]) -> None:
        self.col.sched.suspend_cards([card.id for guid in guids for card in self.note(guid).cards()])

    def moves(self, guids: Iterable[str], deck: str) -> None:
        ids = [card.id for guid in guids for card in self.note(guid).cards()]
        self.col.set_deck(ids, self.col.decks.id(deck))

    def deletes(self, guids: Iterable[str]) -> None:
        for guid in guids:
            self.col.remove_notes([self.note(guid).id])
            self.deleted.add(guid)
            self.touched.discard(guid)

    def note(self, guid: str) -> Any:
        return self.col.get_note(self.col.db.scalar("select id from notes where guid = ?", guid))

    def guids(self) -> list[str]:
        return list(self.col.db.list("select guid from notes order by id"))

    def cards(self) -> Cards:
        """What must survive an import: place, suspension, schedule and the number of reviews of every card."""
        rows = self.col.db.all(
            "select n.guid, c.ord, c.did, c.type, c.queue, c.due, c.ivl, c.factor, c.reps, c.lapses, c.left, c.odue,"
            " c.odid, c.flags, c.data, (select group_concat(r.id || ' ' || r.ease || ' ' || r.ivl) from"
            " (select * from revlog where cid = c.id order by id) r)"
            " from cards c join notes n on n.id = c.nid"
        )
        return {(row[0], row[1]): tuple(row[2:]) for row in rows}

    def log(self) -> list[Any]:
        """The whole review log."""
        return list(self.col.db.all("select * from revlog order by id"))

    def fields(self, guid: str) -> dict[str, str]:
        return dict(self.note(guid).items())

    def faults(self) -> list[str]:
        """What is wrong with the collection as a whole. The database check repairs, so the rest is looked at first."""
        # A note that is retired or has left its slice comes without cards to whom never had them.
        carried = "where id not in (select nid from cards) and tags not like '%qbank::retired%'"
        found = [f"note without cards: {g}" for g in self._guids(carried)]
        found += [f"duplicate: {g}" for g in self._guids("group by guid having count() > 1")]
        found += [f"empty cards of note {note.note_id}" for note in self.col.get_empty_cards().notes]
        found += [f"second note type: {n.name}" for n in self.col.models.all_names_and_ids() if n.name.endswith("+")]
        message, fine = self.col.fix_integrity()
        return found if fine else [*found, message]

    def _guids(self, condition: str) -> list[str]:
        return list(self.col.db.list(f"select guid from notes {condition}"))


def kept(before: Cards, after: Cards, gone: Iterable[str] = ()) -> list[str]:
    """The cards that an import touched: they are gone, or their schedule, deck or suspension differs."""
    lost = [f"{key} is gone" for key in before if key not in after and key[0] not in set(gone)]
    changed = [
        f"{key}: {before[key]} became {after[key]}" for key in before if key in after and before[key] != after[key]
    ]
    return lost + changed
