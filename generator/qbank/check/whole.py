"""Rules for the bank as a whole: its settings, its works, and what may stand in it once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from qbank.bank import forms
from qbank.bank.language import is_language
from qbank.bank.layout import SETTINGS
from qbank.bank.model import Word
from qbank.bank.names import MAX_NAME, TAKEN, is_name
from qbank.bank.settings import Settings
from qbank.bank.shape import slots
from qbank.bank.words import Words, gaps
from qbank.check.alike import near_duplicate, twin_cards
from qbank.check.facts import Bank, Facts, Printed
from qbank.problem import Edit, Fault, Fix, Place, rule

_PREFIX = re.compile(r"[\w-]+")
#: What WCAG 2.2 asks of large or bold text.
LEGIBLE = 3


@rule("bank", guards="rendering")
def setting_form(bank: Bank) -> Iterator[Fault]:
    """bank.yaml: the repository is a web address, colors are dark `#rrggbb`, deck names hold no `::`, names are names.

    A topic is not called `index`, `readme`, `all` or `night-before`, and a level not `essential`: files of these names
    are made of all topics and of the essentials. The language is a tag (BCP 47), and the bank's own words have the gaps
    of the English ones: `{count}`.
    """
    settings = bank.header.settings
    if settings.repository and not forms.WEB.fits(settings.repository):
        yield Fault(settings.repository.place(), "this is not a web address", "write it as https://...")
    if settings.slug and not forms.SLUG.fits(settings.slug):
        yield Fault(settings.slug.place(), "this is not a file name", "use lower-case letters, digits and hyphens")
    for topic in settings.topics:
        if topic.color and not forms.COLOR.fits(topic.color):
            yield Fault(topic.color.place(), f"'{topic.color}' is not a color", "write it as '#1d5fa8'")
        elif topic.color and (contrast := _contrast_to_white(topic.color)) < LEGIBLE:
            message = f"white text is not legible on this color: their contrast is {contrast:.1f}, {LEGIBLE} at least"
            yield Fault(topic.color.place(), message, "choose a darker one")
        if topic.name and not is_name(topic.name):
            yield Fault(topic.name.place(), f"'{topic.name}' is not a name", _NAME)
        if not forms.DECK.fits(topic.deck):
            yield Fault(topic.deck.place(), "a topic's deck stands right below the root deck", "write it without '::'")
    if not is_language(settings.language):
        yield Fault(settings.language.place(), "this is not a tag of a language", "write it as en, pt-BR or zh-Hans")
    if not _PREFIX.fullmatch(settings.tag_prefix):
        yield Fault(settings.tag_prefix.place(), "this is not one word of a tag", "use letters, digits and hyphens")
    yield from _lists(settings)
    yield from _words(settings.words)


def _lists(settings: Settings) -> Iterator[Fault]:
    """What is wrong with the lists that questions choose from."""
    for called, held in (("kinds", settings.kinds), ("levels", settings.levels)):
        if not held:
            yield Fault(Place(SETTINGS, f"/{called}", 0, None), f"'{called}' is empty", "name one, or delete the key")
    for called, those in (("topic", settings.topics), ("level", settings.levels)):
        for name in (each.name for each in those if each.name in TAKEN[called]):
            message = f"'{name}' is the name of a file that is made beside those of the {called}s"
            yield Fault(name.place(), message, f"give the {called} another name; `title` may say what it likes")
    names = (settings.choices[each] for each in ("kinds", "levels", "roles", "rounds"))
    for name in chain.from_iterable(names):
        if name and not is_name(name):
            yield Fault(name.place(), f"'{name}' is not a name", _NAME)


_NAME = f"use lower-case letters, digits and single hyphens, at most {MAX_NAME} characters"


def _contrast_to_white(color: str) -> float:
    """The contrast of a color to white, from 1 to 21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    parts = (int(color[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _words(words: Words) -> Iterator[Fault]:
    """The bank's own words whose gaps are not those of the English ones."""
    for name, slot in slots(Words).items():
        said: Word = getattr(words, name)
        wanted = gaps(slot.default)
        if gaps(said) != wanted:
            shown = " and ".join(f"{{{each}}}" for each in sorted(wanted)) or "none"
            yield Fault(said.place(), f"the gaps in this are not those of the English: {shown}", f"see: {slot.default}")


@rule("bank", guards="security")
def work_identity(bank: Bank) -> Iterator[Fault]:
    """A work can be found: it has exactly one of `doi`, `arxiv` and `url`, well formed, and a year."""
    for work in bank.header.works.values():
        given = [each for each in (work.doi, work.arxiv, work.url) if each]
        if len(given) != 1 and work.title:
            yield Fault(
                work.title.place(),
                "a work has exactly one of doi, arxiv and url",
                "give the DOI; else the arXiv id; else the address",
            )
        for text, form, example in (
            (work.doi, forms.DOI, "10.1007/978-0-387-84858-7"),
            (work.arxiv, forms.ARXIV, "1706.03762"),
            (work.url, forms.WEB, "https://..."),
            (work.year, forms.YEAR, "2009"),
        ):
            if text and not form.fits(text):
                bare = _AROUND.sub("", text)
                fix = Fix((Edit(text.place(), bare),), safe=True) if bare != text and form.fits(bare) else None
                yield Fault(text.place(), f"'{text}' is malformed", f"write it as {bare if fix else example}", fix)


#: What stands around an identifier where it is copied.
_AROUND = re.compile(
    r"^(?:https?://(?:dx\.)?(?:doi\.org|arxiv\.org/(?:abs|pdf))/|doi:\s*|arxiv:\s*)|\.pdf$", re.IGNORECASE
)


@rule("bank")
def duplicate_title(bank: Bank) -> Iterator[Fault]:
    """No two questions have the same title: in a list nobody could tell them apart."""
    first: dict[str, Facts] = {}
    for question in bank.questions:
        known = first.setdefault(question.title.casefold(), question)
        if known is not question:
            yield Fault(
                question.at("/title"),
                f"two questions have the title '{question.title}'",
                "say in the title what tells them apart",
                also=(known.at("/title"),),
            )


@rule("bank")
def duplicate_front(bank: Bank) -> Iterator[Fault]:
    """No two cards ask the same: Anki would mark them as duplicates, and a learner could not tell them apart.

    As Anki does, this compares the words without their markup: `What is **bias**?` and `What is bias?` are one.
    """
    asked = [card.front for question in bank.questions for card in question.cards if card.front]
    if len(set(asked)) == len(asked):  # which is so nearly always, and found out at little cost
        return
    first: dict[int, tuple[Facts, int]] = {}
    for question in bank.questions:
        for n, card in enumerate(question.cards):
            if not card.front:
                continue
            known = first.setdefault(card.front, (question, n))
            if known != (question, n):
                yield Fault(
                    _asked(question, n),
                    "two cards ask the same",
                    "delete one, or ask more precisely",
                    also=(_asked(*known),),
                )


def _asked(question: Facts, number: int) -> Place:
    """What a card asks, by the number of the card."""
    return question.at(f"/cards/{number}/{'cloze' if question.cards[number].kind == 'cloze' else 'front'}")


@rule("bank", severity="warning")
def repeated_formula(bank: Bank) -> Iterator[Fault]:
    r"""A formula is printed once on the sheet of a topic: whoever reads it twice looks for a difference.

    Spaces, sizes of brackets and of fractions make no difference, nor what stands beside it behind `\quad` or words. A
    symbol and a short term, such as $n^2$, may be printed again.
    """
    first: dict[tuple[str, str], tuple[Facts, Printed]] = {}
    for question in bank.in_order:
        for each in question.formulas:
            other, known = first.setdefault((question.topic, each.formula), (question, each))
            if other is not question:
                yield Fault(
                    Place(question.path, *each[1:]),
                    f"'{other.name}' prints this formula on the same sheet",
                    "keep it where it is taught, and say it here in words",
                    also=(Place(other.path, *known[1:]),),
                )


@rule("bank")
def night_sheet(bank: Bank) -> Iterator[Fault]:
    """The night-before sheet is read in one evening: at most 50 questions stand on it.

    Another number may stand in bank.yaml: `limits`.
    """
    most = bank.header.settings.limits.night_sheet
    chosen = [question for question in bank.in_order if question.night_before]
    if len(chosen) > most:
        first, *others = (question.at("/night_before") for question in chosen[most:])
        yield Fault(
            first,
            f"{len(chosen)} questions have a text for the night before, {most} at most",
            "delete `night_before:` of those that are asked least",
            also=tuple(others),
        )


#: What is said once of two questions: that they ask the same, and not in which of their parts.
FOLLOW_FROM = {
    near_duplicate.name: frozenset(
        {duplicate_title.name, duplicate_front.name, twin_cards.name, repeated_formula.name},
    )
}

BANK_RULES = (
    setting_form,
    work_identity,
    duplicate_title,
    duplicate_front,
    repeated_formula,
    night_sheet,
)
