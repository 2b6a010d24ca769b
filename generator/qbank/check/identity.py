"""Rules for identity: what was released may be corrected, but not renamed, renumbered or dropped.

They compare the bank with the ledger of the last release. Each tells what learners would suffer, and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from qbank.markup import plain
from qbank.markup.document import parse
from qbank.model import Bank, Card, Question
from qbank.note_schema import NOTE_SCHEMAS, schema_digest
from qbank.problem import Fault, Span, rule


def _start(path: str) -> Span:
    return Span(path, 1, 1, 1, 2)


def _retired(bank: Bank) -> set[str]:
    return {f"{each.name}/{each.card}" if each.card else str(each.name) for each in bank.retired}


@rule
def vanished_question(bank: Bank) -> Iterator[Fault]:
    """A published question never disappears: learners would keep a card that is corrected no more.

    It is retired instead: an entry in retired.yaml with a reason and, where there is one, its replacement. The card
    then says so to everyone who has it.
    """
    retired = _retired(bank)
    for key in bank.ledger.notes:
        if "/" not in key and key not in bank.names and key not in retired:
            yield Fault(
                _start((bank.root / "retired.yaml").as_posix()),
                f"the published question '{key}' is gone; learners would keep its cards without a word",
                f"restore its file under that name, or add it here: {{name: {key}, reason: ...}}",
            )


@rule
def vanished_card(bank: Bank) -> Iterator[Fault]:
    """A published card never disappears, nor does its id change: learners would keep the old card beside a new one."""
    retired = _retired(bank)
    for question in bank.questions:
        ids = {str(card.id) for card in question.cards}
        for key in bank.ledger.notes:
            name, _, card = key.partition("/")
            if name == question.name and card and card not in ids and key not in retired:
                yield Fault(
                    question.cards[0].id.span() if question.cards else _start(question.path),
                    f"the published card '{card}' is gone; learners would keep it beside a new one",
                    f"restore its id, or retire it in retired.yaml: {{name: {name}, card: {card}, reason: ...}}",
                )


def _published(bank: Bank) -> Iterator[tuple[Question, Card, str]]:
    for question in bank.questions:
        for card in question.cards:
            key = f"{question.name}/{card.id}"
            if key in bank.ledger.notes:
                yield question, card, key


@rule
def changed_kind(bank: Bank) -> Iterator[Fault]:
    """A published card stays what it is, front and back or cloze: Anki updates no note that changed its type."""
    for _, card, key in _published(bank):
        state = bank.ledger.notes[key].state
        kind = "cloze" if card.cloze else "fact"
        if kind != state.kind:
            yield Fault(
                card.id.span(),
                f"'{card.id}' was published as a {state.kind} card; Anki would never update it again",
                "give the new card an id of its own, and retire this one in retired.yaml",
            )
        elif kind == "fact" and state.cards == (0, 1) and card.reverse != "true":
            yield Fault(
                card.id.span(),
                f"'{card.id}' was published with its reverse; learners would keep an empty card",
                "keep `reverse: true`",
            )


@rule
def moved_cloze(bank: Bank) -> Iterator[Fault]:
    """The number of a published deletion is its identity: Anki hangs the schedule on it, not on the text.

    A removed number leaves an empty card, and deleting that loses its reviews; a number that changes hands gives one
    fact the schedule of another. A deletion may be corrected in place; a new one takes the next free number.
    """
    for _, card, key in _published(bank):
        old = bank.ledger.notes[key].state.gaps
        if not card.cloze or not old:
            continue
        new = plain.gaps(parse(card.cloze, cloze=True))
        said = _moved(old, new)
        if said:
            yield Fault(
                card.cloze.span(),
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


@rule
def renamed_deck(bank: Bank) -> Iterator[Fault]:
    """Deck names are frozen: Anki finds decks by name, so old cards would stay behind and new ones come elsewhere."""
    ledger, settings = bank.ledger, bank.settings
    if ledger.namespace and ledger.namespace != settings.namespace:
        yield Fault(
            settings.namespace.span(),
            "the namespace was published; with another one every card would arrive a second time, as new",
            f"write '{ledger.namespace}' again",
        )
    for topic in settings.topics:
        deck = ledger.decks.get(str(topic.name))
        if deck is not None and deck != f"{settings.root_deck}::{topic.deck}":
            yield Fault(
                topic.deck.span(),
                f"this deck was published as '{deck}'; learners' cards would stay there, and new ones come elsewhere",
                f"write '{deck.rpartition('::')[2]}' again; the `title` of a topic may change",
            )


@rule
def frozen_note_type(bank: Bank) -> Iterator[Fault]:
    """The fields and templates of the note types are frozen: after any change Anki makes a second note type.

    Nothing of the notes that learners have would then be updated. Names and texts may change; a reserved field may be
    put to use under its id.
    """
    for key, frozen in bank.ledger.note_types.items():
        if key not in NOTE_SCHEMAS or schema_digest(key) != frozen.schema:
            yield Fault(
                _start((bank.root / "published.json").as_posix()),
                f"the fields or templates of the note type '{key}' are not those that were published",
                "put a reserved field to use instead of adding, removing or reordering one",
            )
