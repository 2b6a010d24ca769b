"""Rules for names: they are the identity of questions and cards, so they are well formed, unique and known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial

from qbank.bank import forms
from qbank.bank.layout import NOT_TOPICS, ORIGINS, WORKS
from qbank.bank.meant import nearest, renamed
from qbank.bank.model import Question, Text
from qbank.bank.names import MAX_NAME, is_file_name, is_name, note_key, parts
from qbank.bank.settings import Settings
from qbank.check.facts import Bank, Facts
from qbank.problem import Fault, rule

_A_FILE = "name the file of a question, without .yaml"
#: How many circles are named, and for how many words the nearest name is sought: each costs as much as a bank is large.
_NAMED = 20


class _Nearest:
    """Help lines with the names that are nearest to unknown words; from some number of words on without these."""

    def __init__(self) -> None:
        self._left = _NAMED

    def __call__(self, word: str, known: Callable[[], Iterable[str]], otherwise: str) -> str:
        self._left -= 1
        return nearest(word, known(), otherwise) if self._left >= 0 else otherwise


@rule("question", guards="identity")
def malformed_name(question: Question, settings: Settings) -> Iterator[Fault]:
    """A name is lower-case words and numbers joined by hyphens, at most 60 characters: `bias-variance-trade-off`.

    This holds for files, topics' folders and the ids of cards: they become identifiers, file names and addresses. Files
    and folders are not called as devices of Windows are: `con`, `prn`, `aux`, `nul`, `com1`, `lpt1` and so on.
    """
    help_line = (
        f"use lower-case letters, digits and single hyphens, at most {MAX_NAME} characters: bias-variance-trade-off"
    )
    for kind, name in (("file", question.name), ("folder", question.topic)):
        if not is_name(name):
            yield Fault(question.place, f"'{name}' is not a name for a {kind}", help_line)
        elif not forms.FOLDER.fits(name):
            yield Fault(question.place, f"Windows opens no file and no folder called '{name}'", "choose another name")
    for card in question.cards:
        if card.id and not is_name(card.id):
            yield Fault(card.id.place(), f"'{card.id}' is not a name for a card", help_line)


@rule("question", guards="identity")
def duplicate_card(question: Question, settings: Settings) -> Iterator[Fault]:
    """The id of a card is unique in its question: learners' progress hangs on it."""
    yield from _duplicates((card.id for card in question.cards), "a card of this question")


@rule("question")
def repeated_name(question: Question, settings: Settings) -> Iterator[Fault]:
    """A list names each question, origin, role, round or card once."""
    lists = (question.see_also, question.needs, question.asked_in, question.roles, question.rounds)
    for names in (*lists, *(card.unlike for card in question.cards)):
        seen = set()
        for name in names:
            if name and name in seen:
                yield Fault(name.place(), f"'{name}' stands in this list already", "delete one of the two")
            seen.add(name)


@rule("question", guards="security")
def package_name(question: Question, settings: Settings) -> Iterator[Fault]:
    """`requires` names packages as pip does, `numpy` or `numpy>=2`: no address, no option, no command.

    Learners copy the line that installs them into a terminal.
    """
    for each in question.code.requires:
        if not forms.PACKAGE.fits(each):
            yield Fault(each.place(), f"'{each[:40]}' is not the name of a package", "write it as numpy, or numpy>=2")


@rule("bank", guards="security")
def word_form(bank: Bank) -> Iterator[Fault]:
    """Words that become part of addresses, tags, decks or files look like it, whatever reads them next.

    That goes for `namespace`, `root_deck` and `branch` of bank.yaml, the names of its topics and roles, the ids of
    origins, the keys of works, and the names in retired.yaml.
    """
    header, settings = bank.header, bank.header.settings
    folders = [*(topic.name for topic in settings.topics), *(role.name for role in settings.roles)]
    words: list[tuple[Text, forms.Form]] = [
        (settings.namespace, forms.NAMESPACE),
        (settings.root_deck, forms.ROOT_DECK),
        (settings.branch, forms.BRANCH),
        *((each, forms.FOLDER) for each in folders if is_name(each)),
        *((origin.id, forms.ORIGIN) for document in header.origins for origin in document.questions),
        *((each.name, forms.NAME) for each in header.retired),
        *((each.card, forms.NAME) for each in header.retired),
    ]
    for word, form in words:
        if word and not form.fits(word):
            yield Fault(word.place(), f"'{word[:40]}' is not {form.says}", f"write it like {form.example}")
    for key, work in header.works.items():
        if not forms.WORK.fits(key):
            message = f"the key '{key[:40]}' of this work is not {forms.WORK.says}"
            yield Fault(work.title.place(), message, f"write it like {forms.WORK.example}")


@rule("bank", guards="identity")
def duplicate_name(bank: Bank) -> Iterator[Fault]:
    """A question's file name is unique in the whole bank, whatever its folder; so are ids of origins and topics."""
    first: dict[str, Facts] = {}
    for question in bank.questions:
        known = first.setdefault(question.name, question)
        if known is not question:
            yield Fault(
                question.place,
                f"two files have the name '{question.name}'",
                "rename the new one; a name is unique in the whole bank",
                also=(known.place,),
            )
    header = bank.header
    yield from _duplicates((topic.name for topic in header.settings.topics), "a topic")
    yield from _duplicates((topic.deck for topic in header.settings.topics), "a deck")
    yield from _duplicates((role.name for role in header.settings.roles), "a role")
    yield from _duplicates((each.name for each in header.settings.rounds), "a round")
    yield from _duplicates((kind.name for kind in header.settings.kinds), "a kind")
    yield from _duplicates((level.name for level in header.settings.levels), "a level")
    yield from _duplicates((origin.id for document in header.origins for origin in document.questions), "an origin")


def _duplicates(names: Iterable[Text], called: str) -> Iterator[Fault]:
    seen: dict[str, Text] = {}
    for name in names:
        if name and name in seen:
            yield Fault(
                name.place(),
                f"'{name}' is already the name of {called}",
                "choose a name that is not used yet",
                also=(seen[name].place(),),
            )
        seen.setdefault(name, name)


@rule("bank", guards="form")
def unknown_card(bank: Bank) -> Iterator[Fault]:
    """What a card is `unlike` is a card of another question, named `question/card`."""
    near = _Nearest()

    @cache
    def ids(name: str) -> frozenset[str]:
        return frozenset(card.id for card in bank.by_name[name].cards)

    def keys() -> list[str]:
        return sorted(note_key(question.name, card.id) for question in bank.questions for card in question.cards)

    for question in bank.questions:
        for n, card in enumerate(question.cards):
            for m, other in enumerate(card.unlike):
                name, its = parts(other)
                is_read = name in bank.by_name
                is_card = is_read and its and its in ids(name)
                if (is_read or name not in bank.names) and (not is_card or name == question.name):
                    yield Fault(
                        question.at(f"/cards/{n}/unlike/{m}"),
                        f"there is no card '{other}' of another question",
                        near(other, keys, "write it as question/card"),
                    )


@rule("bank", guards="identity")
def reused_name(bank: Bank) -> Iterator[Fault]:
    """A retired name is never used again: learners who still have the old card would find another question under it."""
    retired = {(str(each.name), str(each.card)) for each in bank.header.retired}
    if not retired:
        return
    for question in bank.questions:
        if (question.name, "") in retired:
            yield Fault(
                question.place,
                f"the name '{question.name}' is retired",
                "choose another name; the old one stays in retired.yaml for good",
            )
        for n, card in enumerate(question.cards):
            if (question.name, card.id) in retired:
                yield Fault(
                    question.at(f"/cards/{n}/id"),
                    f"the card '{card.id}' is retired",
                    "choose another id for the new card",
                )


@rule("bank", guards="form")
def unknown_topic(bank: Bank) -> Iterator[Fault]:
    """The folder of a question is one of the topics of bank.yaml."""
    topics = [str(topic.name) for topic in bank.header.settings.topics]
    for topic in bank.header.settings.topics:
        if topic.name in NOT_TOPICS:
            yield Fault(topic.name.place(), f"the folder '{topic.name}' holds no questions", "name the topic otherwise")
    if not all(map(is_name, topics)):  # one could not be read, and may be any
        return
    for question in bank.questions if topics else ():
        if question.topic not in topics and is_name(question.topic):
            yield Fault(
                question.place,
                f"there is no topic '{question.topic}'",
                nearest(question.topic, topics, f"move the file to one of {', '.join(topics)}"),
            )


@rule("bank", guards="form")
def unknown_origin(bank: Bank) -> Iterator[Fault]:
    """`asked_in` names entries of origins.yaml."""
    if ORIGINS in bank.header.unread:
        return
    known = {str(origin.id) for document in bank.header.origins for origin in document.questions}
    near = _Nearest()
    for question in bank.questions:
        for n, each in enumerate(question.origins):
            if each and each not in known:
                yield Fault(
                    question.at(f"/asked_in/{n}"),
                    f"there is no origin '{each}'",
                    near(each, lambda: known, "look the id up in origins.yaml, or add the entry there"),
                )


@rule("bank", guards="form")
def unknown_reference(bank: Bank) -> Iterator[Fault]:
    """`work` names an entry of references.yaml."""
    if WORKS in bank.header.unread:
        return
    works = bank.header.works
    called = {
        str(name).casefold(): key
        for key, each in works.items()
        for name in (each.title, each.doi, each.arxiv, each.url)
        if name
    }
    near = _Nearest()
    for question in bank.questions:
        for n, work in enumerate(question.works):
            if work and work not in works:
                add = "add the work to references.yaml under a key of your choice, and write the key here"
                if not works:  # a bank without references.yaml, which is one problem
                    yield Fault(
                        question.at(f"/references/{n}/work"),
                        f"there is no work '{work}', since nothing stands in {WORKS}",
                        "write the works into it, each under a key of your choice; `qbank fields references` lists how",
                    )
                    return
                key = called.get(work.casefold().removeprefix("https://doi.org/"))
                yield Fault(
                    question.at(f"/references/{n}/work"),
                    f"there is no work '{work}'",
                    f"did you mean '{key}'?" if key else near(work, lambda: works, add),
                )


@rule("bank", guards="form")
def unknown_question(bank: Bank) -> Iterator[Fault]:
    """`see_also`, `needs` and `replaced_by` name other questions of the bank."""
    near = _Nearest()
    for question in bank.questions:
        named = [(f"/see_also/{n}", each) for n, each in enumerate(question.see_also)]
        for pointer, each in named + [(f"/needs/{n}", each) for n, each in enumerate(question.needs)]:
            if each == question.name:
                yield Fault(question.at(pointer), "this question names itself", "delete it, or name another question")
            elif each and each not in bank.names:
                yield Fault(
                    question.at(pointer),
                    f"there is no other question '{each}'",
                    near(each, partial(bank.names.difference, {question.name}), _A_FILE),
                )
    for retired in bank.header.retired:
        if retired.replaced_by and retired.replaced_by not in bank.names:
            yield Fault(
                retired.replaced_by.place(),
                f"there is no question '{retired.replaced_by}'",
                near(retired.replaced_by, lambda: bank.names, _A_FILE),
            )


@rule("bank", guards="form")
def circular_needs(bank: Bank) -> Iterator[Fault]:
    """No question needs itself, not even by way of others: there would be no order to learn them in.

    Of many circles the first twenty are named.
    """
    done: set[str] = set()
    told = 0
    for first in bank.questions:
        path: dict[str, Iterator[str]] = {first.name: iter(first.needs)} if first.name not in done else {}
        while path:
            name, ahead = next(reversed(path.items()))
            needed = next((each for each in ahead if each in bank.by_name and each not in done), None)
            if needed is None:
                done.add(name)
                del path[name]
            elif needed not in path:
                path[needed] = iter(bank.by_name[needed].needs)
            elif needed != name:  # which the rule for unknown questions says
                if told == _NAMED:
                    return
                told += 1
                circle = [*list(path)[list(path).index(needed) :], needed]
                question = bank.by_name[name]
                others = [bank.by_name[one] for one in circle[:-2]]
                yield Fault(
                    question.at(f"/needs/{question.needs.index(needed)}"),
                    f"these need each other: {' -> '.join(circle)}",
                    "delete the one that can be learned without the other",
                    also=tuple(
                        one.at(f"/needs/{one.needs.index(its)}") for one, its in zip(others, circle[1:], strict=False)
                    ),
                )


@rule("bank", guards="form")
def unknown_slice(bank: Bank) -> Iterator[Fault]:
    """The `roles` and `rounds` of a topic or a kind are those of bank.yaml; where it has none, no question has any."""
    settings = bank.header.settings
    lacking = [field for field in ("roles", "rounds") if settings.topics and not settings.choices[field]]
    for question in bank.questions if lacking else ():
        for field in lacking:
            for n, each in enumerate(getattr(question, field)):
                yield Fault(
                    question.at(f"/{field}/{n}"),
                    f"'{each}' stands for nothing: bank.yaml names no {field}",
                    f"add a list `{field}` to bank.yaml, or delete the field here",
                )
    # What is said nowhere in the file is the round of a kind that every bank has.
    of_kinds = tuple(kind.round for kind in settings.kinds if kind.round.path)
    named = [("round", of_kinds)]
    named += [each for topic in settings.topics for each in (("role", topic.roles), ("round", topic.rounds))]
    for called, words in named:
        known = settings.choices[f"{called}s"]
        for each in words:
            if each not in known:
                yield Fault(
                    each.place(),
                    f"there is no {called} '{each}'",
                    nearest(each, known, f"add it to `{called}s`"),
                    renamed(each.place(), each, known, safe=True, stated=words),
                )


@rule("bank", guards="form")
def unknown_figure(bank: Bank) -> Iterator[Fault]:
    """The figure of a question is an SVG in bank/figures/."""
    near = _Nearest()
    for question in bank.questions:
        file = question.figure
        if file and is_file_name(file) and file not in bank.pictures:
            yield Fault(
                question.at("/figure/file"),
                f"there is no figure '{file}'",
                near(
                    file, lambda: sorted(bank.pictures), "add the SVG to bank/figures/, with the script that draws it"
                ),
            )


QUESTION_RULES = (malformed_name, package_name, duplicate_card, repeated_name)
BANK_RULES = (
    word_form,
    duplicate_name,
    reused_name,
    unknown_topic,
    unknown_origin,
    unknown_reference,
    unknown_question,
    circular_needs,
    unknown_slice,
    unknown_card,
    unknown_figure,
)
