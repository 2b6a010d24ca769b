"""Rules for names: they are the identity of questions and cards, so they are well formed, unique and known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from qbank.model import Bank, Question, Text
from qbank.problem import Fault, Span, rule
from qbank.shape import nearest

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def _start(path: str) -> Span:
    return Span(path, 1, 1, 1, 2)


@rule
def malformed_name(question: Question) -> Iterator[Fault]:
    """A name is lower-case words and numbers joined by hyphens, at most 60 characters: `bias-variance-trade-off`.

    This holds for files, topics' folders and the ids of cards: they become identifiers, file names and addresses.
    """
    help_line = "use lower-case letters, digits and single hyphens, at most 60 characters: bias-variance-trade-off"
    for kind, name in (("file", question.name), ("folder", question.topic)):
        if not _well_formed(name):
            yield Fault(_start(question.path), f"'{name}' is not a name for a {kind}", help_line)
    for card in question.cards:
        if card.id and not _well_formed(card.id):
            yield Fault(card.id.span(), f"'{card.id}' is not a name for a card", help_line)


def _well_formed(name: str) -> bool:
    return len(name) <= 60 and _NAME.fullmatch(name) is not None


@rule
def duplicate_card(question: Question) -> Iterator[Fault]:
    """The id of a card is unique in its question: learners' progress hangs on it."""
    yield from _duplicates((card.id for card in question.cards), "a card of this question")


@rule
def duplicate_name(bank: Bank) -> Iterator[Fault]:
    """A question's file name is unique in the whole bank, whatever its folder; so are ids of origins and topics."""
    first: dict[str, str] = {}
    for question in bank.questions:
        if question.name in first:
            yield Fault(
                _start(question.path),
                f"the name '{question.name}' is already used by {first[question.name]}",
                "rename this file; a name is unique in the whole bank",
            )
        first.setdefault(question.name, question.path)
    yield from _duplicates((topic.name for topic in bank.settings.topics), "a topic")
    yield from _duplicates((topic.deck for topic in bank.settings.topics), "a deck")
    yield from _duplicates((origin.id for document in bank.origins for origin in document.questions), "an origin")


def _duplicates(names: Iterable[Text], called: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for name in names:
        if name and name in seen:
            yield Fault(name.span(), f"'{name}' is already the name of {called}", "choose a name that is not used yet")
        seen.add(name)


@rule
def reused_name(bank: Bank) -> Iterator[Fault]:
    """A retired name is never used again: learners who still have the old card would find another question under it."""
    retired = {(str(each.name), str(each.card)) for each in bank.retired}
    for question in bank.questions:
        if (question.name, "") in retired:
            yield Fault(
                _start(question.path),
                f"the name '{question.name}' is retired",
                "choose another name; the old one stays in retired.yaml for good",
            )
        for card in question.cards:
            if (question.name, str(card.id)) in retired:
                yield Fault(card.id.span(), f"the card '{card.id}' is retired", "choose another id for the new card")


@rule
def unknown_topic(bank: Bank) -> Iterator[Fault]:
    """The folder of a question is one of the topics of bank.yaml."""
    topics = [str(topic.name) for topic in bank.settings.topics]
    if not topics:
        return
    for question in bank.questions:
        if question.topic not in topics:
            yield Fault(
                _start(question.path),
                f"there is no topic '{question.topic}'",
                nearest(question.topic, topics, f"move the file to one of {', '.join(topics)}"),
            )


@rule
def unknown_origin(bank: Bank) -> Iterator[Fault]:
    """`asked_in` names entries of origins.yaml."""
    known = {str(origin.id) for document in bank.origins for origin in document.questions}
    for question in bank.questions:
        for each in question.asked_in:
            if each and each not in known:
                yield Fault(
                    each.span(),
                    f"there is no origin '{each}'",
                    nearest(each, known, "look the id up in origins.yaml, or add the entry there"),
                )


@rule
def unknown_reference(bank: Bank) -> Iterator[Fault]:
    """`work` names an entry of references.yaml."""
    for question in bank.questions:
        for reference in question.references:
            if reference.work and reference.work not in bank.works:
                yield Fault(
                    reference.work.span(),
                    f"there is no work '{reference.work}'",
                    nearest(reference.work, bank.works, "add the work to references.yaml"),
                )


@rule
def unknown_question(bank: Bank) -> Iterator[Fault]:
    """`see_also` and `replaced_by` name other questions of the bank."""
    for question in bank.questions:
        for each in question.see_also:
            if each and (each not in bank.names or each == question.name):
                yield Fault(
                    each.span(),
                    f"there is no other question '{each}'",
                    nearest(each, bank.names - {question.name}, "name the file of a question, without .yaml"),
                )
    for retired in bank.retired:
        if retired.replaced_by and retired.replaced_by not in bank.names:
            yield Fault(
                retired.replaced_by.span(),
                f"there is no question '{retired.replaced_by}'",
                nearest(retired.replaced_by, bank.names, "name the file of a question, without .yaml"),
            )
