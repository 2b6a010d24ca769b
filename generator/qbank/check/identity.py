"""Rules for identity: what was released may be corrected, but not renamed, renumbered or dropped.

They compare the bank with the ledger of the last release. Each tells what learners would suffer, and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from qbank.bank.layout import LEDGER, RETIREMENTS, SETTINGS
from qbank.bank.names import parts
from qbank.check.facts import Bank, CardFacts, Facts
from qbank.ledger.schema import NOTE_SCHEMAS, schema_digest
from qbank.ledger.state import State
from qbank.markup.html import is_rendered
from qbank.problem import Fault, Place, rule


class Known(NamedTuple):
    """A note that learners have, beside what the bank says of it: its question, and for a card its number and facts."""

    key: str
    state: State
    question: Facts | None
    number: int = 0
    card: CardFacts | None = None


class Comparison:
    """The bank beside the ledger: looks up what became of each released note, at once however many there are."""

    def __init__(self, bank: Bank) -> None:
        self.bank = bank
        # Of names that nobody could read as retired, none is missed.
        self._all_retired = RETIREMENTS not in bank.header.unread
        self._retired = {(str(each.name), str(each.card)) for each in bank.header.retired}
        self._cards: dict[str, dict[str, tuple[int, CardFacts]]] = {}

    def known(self, key: str, state: State) -> Known | None:
        """What became of a note; None where it is retired, or where its question's file cannot be read."""
        name, card = parts(key)
        question = self.bank.by_name.get(name)
        if (name, card) in self._retired or (question is None and (card or name in self.bank.names)):
            return None
        if question is None or not card:
            return Known(key, state, question) if question or self._all_retired else None
        if name not in self._cards:
            # The ledger holds the notes of a question one after the other, so those of one are enough.
            self._cards = {name: {each.id: (n, each) for n, each in enumerate(question.cards)}}
        number, its = self._cards[name].get(card, (0, None))
        return Known(key, state, question, number, its) if its or self._all_retired else None


@rule("note", when=lambda known: known.question is None)
def vanished_question(known: Known) -> Iterator[Fault]:
    """A published question never disappears: learners would keep a card that is corrected no more.

    It is retired instead: an entry in retired.yaml with a reason and, where there is one, its replacement. The card
    then says so to everyone who has it.
    """
    if known.question is None:
        yield Fault(
            Place(RETIREMENTS),
            f"the published question '{known.key}' is gone; learners would keep its cards without a word",
            f"restore its file under that name, or add it here: {{name: {known.key}, reason: ...}}",
        )


@rule("note", when=lambda known: known.card is None and "/" in known.key)
def vanished_card(known: Known) -> Iterator[Fault]:
    """A published card never disappears, nor does its id change: learners would keep the old card beside a new one."""
    name, card = parts(known.key)
    if card and known.question and known.card is None:
        yield Fault(
            known.question.at("/cards/0/id") if known.question.cards else known.question.place,
            f"the published card '{card}' is gone; learners would keep it beside a new one",
            f"restore its id, or retire it in retired.yaml: {{name: {name}, card: {card}, reason: ...}}",
        )


def _may_have_changed(known: Known) -> bool:
    """Whether a card is of another kind, or was published with what it may have lost: most are neither."""
    return known.card is not None and (known.card.kind != known.state.kind or known.state.cards == (0, 1))


@rule("note", when=_may_have_changed)
def changed_kind(known: Known) -> Iterator[Fault]:
    """A published card stays what it is, front and back or cloze: Anki updates no note that changed its type."""
    if not known.question or not known.card:
        return
    place = known.question.at(f"/cards/{known.number}/id")
    if known.card.kind != known.state.kind:
        yield Fault(
            place,
            f"'{known.card.id}' was published as a {known.state.kind} card; Anki would never update it again",
            "give the new card an id of its own, and retire this one in retired.yaml",
        )
    elif known.card.kind == "fact" and known.state.cards == (0, 1) and not known.card.reverse:
        yield Fault(
            place,
            f"'{known.card.id}' was published with its reverse; learners would keep an empty card",
            "keep `reverse: true`",
        )


@rule("note", when=lambda known: known.card is not None and known.state.gaps != known.card.gaps)
def moved_cloze(known: Known) -> Iterator[Fault]:
    """The number of a published deletion is its identity: Anki hangs the schedule on it, not on the text.

    A removed number leaves an empty card, and deleting that loses its reviews; a number that changes hands gives one
    fact the schedule of another. A deletion may be corrected in place; a new one takes the next free number.
    """
    if not known.question or not known.card or known.card.kind != "cloze" or not known.state.gaps:
        return
    said = _moved(known.state.gaps, known.card.gaps)
    if said:
        yield Fault(
            known.question.at(f"/cards/{known.number}/cloze"),
            said,
            "give every published deletion its old number back, or make a new card and retire this one",
        )


def _moved(old: Mapping[str, tuple[str, str]], new: Mapping[str, tuple[str, str]]) -> str:
    """What happened to the numbers of a cloze text, or an empty text."""
    for number, (text, around) in old.items():
        if number not in new:
            return f"the published deletion c{number} is gone; learners would keep an empty card"
        now, now_around = new[number]
        others = [n for n, (other, _) in old.items() if n != number and other == now and now != text]
        if others:
            return f"c{number} now deletes what c{others[0]} did; learners would be asked one fact for the other"
        if now != text and not _same_sentence(around, now_around):
            return f"c{number} deletes another text in another sentence; its schedule belongs to the old one"
    return ""


def _same_sentence(old: str, new: str) -> bool:
    """Whether half of the words around the deletions are still there: a changed deletion is then a correction."""
    words, left = re.findall(r"\w+", old.lower()), set(re.findall(r"\w+", new.lower()))
    return 2 * sum(word in left for word in words) >= len(words)


@rule("bank", guards="identity")
def renamed_deck(bank: Bank) -> Iterator[Fault]:
    """Deck names are frozen: Anki finds decks by name, so old cards would stay behind and new ones come elsewhere."""
    ledger, settings = bank.ledger, bank.header.settings
    if SETTINGS in bank.header.unread:
        return
    if ledger.namespace and settings.namespace and ledger.namespace != settings.namespace:
        yield Fault(
            settings.namespace.place(),
            "the namespace was published; with another one every card would arrive a second time, as new",
            f"write '{ledger.namespace}' again",
        )
    for topic in settings.topics:
        deck = ledger.decks.get(str(topic.name))
        if deck is not None and deck != f"{settings.root_deck}::{topic.deck}":
            yield Fault(
                topic.deck.place(),
                f"this deck was published as '{deck}'; learners' cards would stay there, and new ones come elsewhere",
                f"write '{deck.rpartition('::')[2]}' again; the `title` of a topic may change",
            )


@rule("bank", guards="identity")
def frozen_note_type(bank: Bank) -> Iterator[Fault]:
    """The fields and templates of the note types are frozen: after any change Anki makes a second note type.

    Nothing of the notes that learners have would then be updated. Names and texts may change; a reserved field may be
    put to use under its id.
    """
    for key, frozen in bank.ledger.note_types.items():
        if key not in NOTE_SCHEMAS or schema_digest(key) != frozen.schema:
            yield Fault(
                Place(LEDGER),
                f"the fields or templates of the note type '{key}' are not those that were published",
                "put a reserved field to use instead of adding, removing or reordering one",
            )


@rule("note", guards="security")
def released_text(key: str, state: State) -> Iterator[Fault]:
    """What a retired card asks comes from published.jsonl, so that is what the product wrote: no script, no sound.

    Learners see it as it stands there, and nobody reads that file in a pull request.
    """
    if not is_rendered(state.first):
        yield Fault(
            Place(LEDGER),
            f"the text of the retired note '{key}' is not one that qbank wrote",
            "restore the file from the last commit; never edit it by hand",
        )


RELEASED_RULES = (released_text,)
NOTE_RULES = (vanished_question, vanished_card, changed_kind, moved_cloze)
BANK_RULES = (renamed_deck, frozen_note_type)
