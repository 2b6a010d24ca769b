"""Rules for cards: one fact, one possible answer, short."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.token import Token

from qbank.bank.model import Card, Question
from qbank.bank.settings import Settings
from qbank.markup import cloze as clozes
from qbank.markup import plain
from qbank.markup.document import parse
from qbank.problem import Fault, rule

# In capitals it is a name, as that of the CAN bus.
_AUXILIARY = (
    r"(?-i:(?![A-Z]{2}))(?:is|are|was|were|does|do|did|can|could|should|would|will|has|have|had|must|may)\b(?!-)"
)
_ASKING = r"\b(?:what|which|who|whom|whose|where|when|why|how)\b"
# "Is ...?"; "When n grows, is ...?"
_YES_NO_FRONT = re.compile(
    rf"{_AUXILIARY}|(?:when\b|where\b)?(?:(?!{_ASKING})[^,.:;?])*,\s+{_AUXILIARY}(?:(?!{_ASKING})[^.:;?]|\.\d)*\?$",
    re.IGNORECASE,
)
_YES_OR_NO = re.compile(r"\b(?:true or false|yes or no)\b|, right\?$", re.IGNORECASE)
_ESSAY_FRONT = re.compile(
    r"(explain|describe|discuss|list|compare|name (some|two|three|four|several)"
    r"|what are the (types|kinds|main|advantages))\b(?!-)",
    re.IGNORECASE,
)
# The end of a front that names what it asks for where the answer would stand: "CAN bus stands for what?"
_IN_PLACE = re.compile(
    r"\b(?:what|whom?|where|when)\?$"
    r"|\b(?:is|are|means?|gives?|uses?|has|in|on|at|by|with|for|of|to|from|under|into|through|after|before)"
    r" (?:which|whose|how (?:many|much))(?: [\w-]+){0,3}\?$"
)
_YES_NO_BACK = re.compile(r"(yes|no|true|false)([.,;:!]|$)", re.IGNORECASE)
# These are said of a claim only; the others may be things, as are Norway's NO and the value False.
_YES_NO_WORD = re.compile(r"(?:[Yy]es|[Nn]o)(?:[.,;!]|$)")
# What does not make a list of a back with commas: "Paris, Texas, in 1984".
_ASIDE = re.compile(
    r"(?:in|on|at|by|of|for|from|with|without|under|over|per|if|when|where|which|who|since|because|as|but|not|so|then"
    r"|thus|hence|about|including|e\.g\.|i\.e\.|that is)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:1\d|20)\d\d\W*$")


def _asks_in_place(front: str) -> bool:
    return _IN_PLACE.search(front) is not None


def _asks_yes_or_no(front: str) -> bool:
    """Whether a front can be answered by yes or no."""
    if _YES_OR_NO.search(front):
        return True
    asked = _YES_NO_FRONT.match(front)
    return bool(asked) and " or " not in front and not _asks_in_place(front)


@rule("question", guards="rendering")
def card_form(question: Question, settings: Settings) -> Iterator[Fault]:
    """A card has either a front and a back, or a cloze text."""
    for card in question.cards:
        has = (bool(card.front), bool(card.back), bool(card.cloze))
        if card.id and has not in ((True, True, False), (False, False, True)):
            yield Fault(
                card.id.place(),
                "a card is either `front` and `back`, or `cloze`",
                "add what is missing, or split it into two cards",
            )
        elif card.cloze and card.reverse == "true":
            yield Fault(card.reverse.place(), "a cloze card cannot be reversed", "delete `reverse`")


@rule("question")
def card_front(question: Question, settings: Settings) -> Iterator[Fault]:
    """A front asks for one fact in at most 30 words. Yes-or-no questions and essays cannot be graded by recall.

    "Is", "Does", "Can" and the like start a yes-or-no question unless they offer a choice ("... or ...").
    """
    for card in question.cards:
        front = card.front.strip()
        count = plain.exceeds(card.front, settings.limits.front)
        if count:
            yield Fault(
                card.front.place(), f"this front has {count} words, {settings.limits.front} at most", "ask for one fact"
            )
        if _asks_yes_or_no(front):
            yield Fault(card.front.place(), "this is a yes-or-no question", "ask for the fact: what, which, how many")
        if _ESSAY_FRONT.match(front) and not _asks_in_place(front):
            yield Fault(card.front.place(), "this asks for an essay", "ask for one fact that has one possible answer")


@rule("question")
def essential_cards(question: Question, settings: Settings) -> Iterator[Fault]:
    """Of an essential question at most two cards are essential, of any other none: essentials take few days."""
    marked = [card for card in question.cards if card.essential == "true"]
    most = 2 if question.essential == "true" else 0
    for card in marked[most:]:
        yield Fault(
            card.essential.place(),
            "this is the third essential card of its question" if most else "its question is not essential",
            "delete `essential` here" if most else "delete `essential` here, or set it for the question, too",
        )


@rule("question")
def either_or(question: Question, settings: Settings) -> Iterator[Fault]:
    """A front does not offer its answer among two: whoever guesses is right half of the time.

    "PCA or LDA, which one ignores the labels?" becomes "Which projection ignores the labels?".
    """
    for card in question.cards:
        if "or" not in card.front.casefold():
            continue
        front, back = _bare(card.front), _bare(card.back)
        if back and " or " in front and re.search(rf"(?<!\w){re.escape(back)}(?!\w)", front):
            yield Fault(
                card.front.place(),
                f"this front offers its answer, '{card.back.strip()[:40]}', among two",
                "ask for it without naming it: which, what, why",
            )


def _bare(text: str) -> str:
    """A text in small letters, without markup and the signs around it."""
    return " ".join(re.sub(r"[*`$\\]", "", text).casefold().split()).strip(" .,;:!?")


@rule("question")
def card_back(question: Question, settings: Settings) -> Iterator[Fault]:
    """A back is one answer of about eight words (ten at most) or one formula: no list, no yes or no."""
    for card in question.cards:
        if not card.back:
            continue
        count = plain.exceeds(card.back, settings.limits.back)
        if count:
            yield Fault(
                card.back.place(),
                f"this back has {count} words, {settings.limits.back} at most",
                "keep the answer, drop the reason",
            )
        if _says_yes_or_no(card):
            yield Fault(card.back.place(), "yes or no is half guessed", "turn the card round: ask for the fact itself")
        number = _numbered(card)
        if number:
            yield Fault(
                card.back.place(),
                f"Markdown reads this as a list with the number {number}, which a card does not show as it is written",
                f"leave out the period, or write {number}\\.",
            )
        elif _is_list(card):
            yield Fault(card.back.place(), "a back is not a list", "make a card of each entry, or a cloze of each")


def _says_yes_or_no(card: Card) -> bool:
    """Whether a back says yes or no to a claim, and is not called so: NO is Norway, where it is asked which country."""
    front, back = card.front.strip(), card.back.strip()
    if not _YES_NO_BACK.match(back):
        return False
    named = re.search(_ASKING, front, re.IGNORECASE) and not _asks_yes_or_no(front)
    return _YES_NO_WORD.match(back) is not None or not named


def _numbered(card: Card) -> str:
    """The number with which a back begins that Markdown takes for a list of one entry, as in `1998.`"""
    if not card.back.lstrip()[:1].isdigit():
        return ""
    tokens = parse(card.back).tokens
    items = [token for token in tokens if token.type == "list_item_open"]
    return items[0].info if len(items) == 1 and tokens[0].type == "ordered_list_open" else ""


def _is_list(card: Card) -> bool:
    document = parse(card.back)
    if any(token.type in ("list_item_open", "table_open") for token in document.tokens):
        return True
    if card.back.count(",") + card.back.count(";") < 2:
        return False
    outside = "".join(_outside(found.token) for found in document if found.token is not found.block)
    entries = [entry.strip() for entry in re.split(r"[,;]\s", outside)]
    named = [
        entry
        for n, entry in enumerate(entries)
        if not n or not (_ASIDE.match(entry) or (_YEAR.match(entry) and not _YEAR.match(entries[n - 1])))
    ]
    return len(named) > 2


def _outside(token: Token) -> str:
    """What a token says outside of formulas and code, whose commas part no entries."""
    if token.type in ("text", "text_special"):
        return token.content
    return "x" if token.content else " " * token.type.endswith("break")


@rule("question")
def cloze_length(question: Question, settings: Settings) -> Iterator[Fault]:
    """A deletion holds at most eight words, and a cloze text at most four numbers: longer ones are guessed by shape."""
    for card in question.cards:
        if not card.cloze:
            continue
        try:
            found = clozes.find(card.cloze)
        except clozes.ClozeError:
            continue
        numbers = {each.number for each in found}
        if len(numbers) > settings.limits.deletions:
            yield Fault(
                card.cloze.place(),
                f"{len(numbers)} deletions are a list, {settings.limits.deletions} at most",
                "split the card",
            )
        for each in found:
            inner = clozes.strip(card.cloze[each.inner_start : each.inner_end])
            count = plain.exceeds(inner, settings.limits.deletion)
            if count:
                yield Fault(
                    card.cloze.place(each.start, each.end),
                    f"this deletion has {count} words, {settings.limits.deletion} at most",
                    "delete only the words that matter",
                )


RULES = (card_form, card_front, either_or, card_back, cloze_length, essential_cards)
