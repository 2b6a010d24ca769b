"""How the bank teaches, counted: `python tests/quality.py [--bank BANK] [TOPIC ...] [--list]`.

The kinds of cards that are hard to keep for years, and the texts that are hard to follow, each defined here once. With
`--list` every finding is shown with its place; without it, a table.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import math
import operator
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import yaml

BANK = Path(__file__).parent.parent / "bank"

#: Words that say nothing of what a card asks.
_STOP = frozenset(
    "a an and are as at be by do does for from has have how if in is it its of on one or that the their there this to "
    "under was what when which why will with you your does not".split()
)
#: Where one stands, the other is guessed.
OPPOSITES = [
    tuple(pair.split("/"))
    for pair in (
        "raises/lowers rises/falls increases/decreases more/fewer more/less larger/smaller large/small high/low "
        "higher/lower bias/variance training/test train/test positive/negative positives/negatives before/after "
        "up/down over/under overfits/underfits wide/narrow lower/higher long/short first/second recall/precision "
        "encoder/decoder row/column rows/columns left/right true/false gaussian/laplace l1/l2 linear/quadratic "
        "numerator/denominator mean/median fast/slow dense/sparse minimizes/maximizes inner/outer rotates/scales"
    ).split()
]
_NUMBER = re.compile(r"[0-9][0-9.,]*")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”)]*\s+(?=[A-Z\"“(*$])|\n\s*\n|\n\s*[-*|]|\n\s*\d+\.\s|:\s*\n")
#: The longest sentence that can be said in one breath, in words; a formula counts as one.
LONGEST, AVERAGE = 40, 30
NO_WHY = frozenset({"behavioral", "process", "coding"})


class Card(NamedTuple):
    """A card with its entry and topic; of a cloze, `back` is empty and `front` holds the deletions."""

    entry: str
    id: str
    front: str
    back: str
    cloze: str

    @property
    def name(self) -> str:
        return f"{self.entry}/{self.id}"


class Entry(NamedTuple):
    """A question as its file says it."""

    topic: str
    name: str
    data: dict  # type: ignore[type-arg]

    @property
    def cards(self) -> list[Card]:
        """Its cards."""
        return [
            Card(self.name, str(c["id"]), str(c.get("front", "")), str(c.get("back", "")), str(c.get("cloze", "")))
            for c in self.data.get("cards", [])
        ]

    @property
    def texts(self) -> Iterator[tuple[str, str]]:
        """What is said aloud, with the field that holds it."""
        for field in ("answer", "explanation"):
            yield field, str(self.data.get(field, ""))
        for n, text in enumerate(self.data.get("pitfalls", [])):
            yield f"pitfalls/{n}", str(text)
        for n, each in enumerate(self.data.get("follow_ups", [])):
            yield f"follow_ups/{n}", str(each["answer"])


def entries(bank: Path, topics: Sequence[str] = ()) -> list[Entry]:
    """Every question of a bank, or of some topics."""
    return [
        Entry(path.parent.name, path.stem, yaml.safe_load(path.read_text(encoding="utf-8")))
        for path in sorted(bank.glob("*/*.yaml"))
        if not topics or path.parent.name in topics
    ]


def plain(text: str) -> str:
    """A text in small letters, without markup around its words."""
    return " ".join(re.sub(r"[*`$\\{}]|\bmathrm\b|\btext\b", " ", text).lower().split())


def is_either_or(card: Card) -> bool:
    """The front offers its answer among two: "A or B?" with the back A or B."""
    front, back = plain(card.front), plain(card.back).strip(" .,;:!")
    if " or " not in front or not back:
        return False
    words = [word for word in re.findall(r"[\w'-]+", back) if word not in _STOP]
    return back in front or (0 < len(words) <= 4 and all(re.search(rf"\b{re.escape(w)}\b", front) for w in words))


def is_bare_number(card: Card) -> bool:
    """The back is one number, or an equation of numbers that ends in one, with at most two words beside it."""
    back = plain(card.back)
    if not card.back or not _NUMBER.search(back):
        return False
    said = re.findall(
        r"[a-z]+", re.sub(r"\b(frac|sqrt|cdot|times|approx|pm|tfrac|le|ge|log|e|min|max|left|right)\b", " ", back)
    )
    return len(said) <= 2 and not any(len(word) == 1 for word in said)


def deletions(cloze: str) -> list[tuple[str, str]]:
    """The deletions of a cloze text: number and text, without hints."""
    found = re.findall(r"\{\{c(\d+)::(.*?)\}\}(?!\})", cloze)
    return [(number, plain(text.split("::")[0])) for number, text in found]


def gives_away(card: Card) -> bool:
    """A cloze of several numbers, of which one shows the opposite of another."""
    found = deletions(card.cloze)
    for (one, first), (other, second) in combinations(found, 2):
        if one != other:
            pair = {first.strip(), second.strip()}
            if any(pair == set(each) for each in OPPOSITES) or pair == {"0", "1"}:
                return True
    return False


def asks_why(card: Card) -> bool:
    """The card asks for a reason."""
    return bool(re.search(r"\bwhy\b|\bfor what reason\b|\bbecause \{\{c", plain(card.front) + " " + card.cloze.lower()))


def twins(all_entries: Sequence[Entry], least: float = 0.55) -> list[tuple[float, str, str]]:
    """Pairs of cards of different entries that ask nearly the same: cosine of their words, rare ones counting more."""
    cards = [card for entry in all_entries for card in entry.cards]
    bags = []
    for card in cards:
        text = plain(f"{card.front} {card.back} {re.sub('[{}]|c[0-9]::', ' ', card.cloze)}")
        bags.append(Counter(word for word in re.findall(r"[a-z0-9.]+", text) if word not in _STOP))
    seen = Counter(word for bag in bags for word in bag)
    weights = [{w: (1 + math.log(n)) * math.log(len(cards) / seen[w]) for w, n in bag.items()} for bag in bags]
    lengths = [math.sqrt(sum(value * value for value in bag.values())) or 1 for bag in weights]
    holders: dict[str, list[int]] = defaultdict(list)
    for n, bag in enumerate(weights):
        for word in bag:
            holders[word].append(n)
    products: Counter[tuple[int, int]] = Counter()
    for word, held in holders.items():
        if len(held) <= 60:
            for one, other in combinations(held, 2):
                products[one, other] += weights[one][word] * weights[other][word]
    out = [
        (product / lengths[one] / lengths[other], cards[one].name, cards[other].name)
        for (one, other), product in products.items()
        if cards[one].entry != cards[other].entry
    ]
    return sorted((row for row in out if row[0] >= least), reverse=True)


def sentences(text: str) -> list[int]:
    """The lengths of the sentences of a text in words; formulas, and code between backticks, count as one."""
    text = re.sub(r"```.*?```|\$\$.*?\$\$", ". ", text, flags=re.S)
    text = re.sub(r"(?m)^\s*\|.*$", "\n\n", text)
    text = re.sub(r"\$[^$]+\$|`[^`]+`", "formula", text)
    return [
        n for part in _SENTENCE_END.split(text) if part and (n := len(re.findall(r"[\w'’%.,/-]*\w[\w'’%.,/-]*", part)))
    ]


def too_long(entry: Entry) -> Iterator[str]:
    """The texts with a sentence that is too long, or too long ones on average."""
    for field, text in entry.texts:
        lengths = sentences(text)
        if lengths and max(lengths) > LONGEST:
            yield f"{entry.name} {field}: a sentence of {max(lengths)} words"
        elif lengths and sum(lengths) / len(lengths) > AVERAGE:
            yield f"{entry.name} {field}: {sum(lengths) / len(lengths):.0f} words a sentence"


def lacks_why(entry: Entry) -> bool:
    """An entry that explains something, and has no card that asks why."""
    return entry.data.get("kind") not in NO_WHY and not any(asks_why(card) for card in entry.cards)


def unmarked(entry: Entry) -> Iterator[str]:
    """Pitfalls that begin with a false sentence and do not say so."""
    for n, text in enumerate(entry.data.get("pitfalls", [])):
        if str(text).lstrip().startswith(('"', "“")):
            yield f"{entry.name} pitfalls/{n}"


# -- numbers

# `1{,}000`, `20,000`, `0.25`, `-3`, `1e-3`; not the digits of names such as L1, GPT-2 or x_12.
_VALUE = re.compile(r"(?<![\w.,])(\d{1,3}(?:(?:,|\{,\})\d{3})+|\d+)(\.\d+)?(?![\d\w]|-bit)")
_FRACTION = re.compile(r"\\[dt]?frac\s?(\d)\s?(\d)(?!\d)")
_POWER = re.compile(r"(?:(\d+(?:\.\d+)?)\s*\\(?:cdot|times)\s*)?10\^(?:\{(-?\d+)\}|(\d))")
_TRIVIAL = frozenset({0.0, 1.0, 2.0})
_YEARS = range(1900, 2036)


def values(text: str) -> Iterator[tuple[str, float, int]]:
    """The numbers of a text as they stand there, what they are, and how many decimals they show."""
    text = re.sub(r"```.*?```|`[^`]*`|https?://\S+", " ", text, flags=re.S)
    text = _FRACTION.sub(r" \1 / \2 ", text)
    text = re.sub(r"\\[a-zA-Z]+", lambda m: f" {m[0]} ", text)
    text = re.sub(r"(?m)^\s*\d+\.\s", " ", text)
    text = re.sub(r"[{}](?!,)(?<!,)|(?<!\d)\{,\}|_", " ", text.replace("{,}", ","))
    for found in _VALUE.finditer(text):
        whole, decimals = found[1].replace(",", ""), found[2] or ""
        yield found[0], float(whole + decimals), max(0, len(decimals) - 1)


def computed(checks: str) -> set[float]:
    """The numbers that the checks name, and what they make of numbers alone."""
    out: set[float] = set()

    def value(node: ast.expr) -> float | None:
        match node:
            case ast.Constant(bool()):
                return None
            case ast.Constant(int() | float() as number):
                return float(number)
            case ast.UnaryOp(ast.USub(), operand):
                inner = value(operand)
                return None if inner is None else -inner
            case ast.BinOp(left, operator, right):
                one, other = value(left), value(right)
                if one is None or other is None:
                    return None
                with contextlib.suppress(ArithmeticError, ValueError, KeyError):
                    return float(_OPERATORS[type(operator)](one, other))
        return None

    for node in ast.walk(ast.parse(checks)):
        if isinstance(node, ast.expr) and (number := value(node)) is not None:
            out.add(abs(number))
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            out.update(number for _, number, _ in values(node.value))
    return out


_OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: lambda one, other: one**other if abs(other) < 100 else math.inf,
    ast.FloorDiv: operator.floordiv,
}


def tied_texts(entry: Entry) -> Iterator[tuple[str, str]]:
    """The texts whose numbers are tied to the checks, with their places."""
    data = entry.data
    for field in ("answer", "explanation", "sheet", "night_before"):
        yield field, str(data.get(field, ""))
    for card in entry.cards:
        yield (
            f"cards/{card.id}",
            f"{card.front} \n {card.back} \n {re.sub(r'[{][{]c[0-9]+::|::|[}][}]', ' ', card.cloze)}",
        )
    yield "figure", str(data.get("figure", {}).get("alt", ""))


def untied(entry: Entry, seen: Iterable[float] = ()) -> Iterator[str]:
    """The numbers of an entry's texts that neither its checks nor a quotation of a source holds.

    `seen` are values that asserts looked at when they ran. Equal forms count: 5% and 0.05, 20,000 and 20000, and a
    number that is rounded in the text. Numbers that are given, not computed, stand in the entry's list `unchecked`.
    """
    data = entry.data
    known = computed(str(data.get("checks", ""))) | {abs(value) for value in seen}
    for reference in data.get("references", []):
        known.update(number for _, number, _ in values(str(reference.get("quote", ""))))
    exempt = {str(each) for each in data.get("unchecked", [])}
    scaled = {number * scale for number in known for scale in (1, 100, 0.01, 1e-3, 1e-6, 1e-9, 1e3)}
    for place, text in tied_texts(entry):
        for shown, number, decimals in values(text):
            if is_trivial(shown, number) or shown in exempt:
                continue
            near = 0.5000001 * 10.0**-decimals
            exact = any(math.isclose(number, other, rel_tol=1e-9) for other in scaled)
            if not exact and not (decimals and any(abs(number - other) <= near for other in scaled)):
                yield f"{entry.name} {place}: {shown}"


def is_trivial(shown: str, number: float) -> bool:
    """0, 1, 2, and what looks like a year."""
    return number in _TRIVIAL or (number in _YEARS and "," not in shown and "." not in shown)


def inventory(entry: Entry) -> str:
    """The numbers of an entry's texts, in order: a changed one shows in a changed line."""
    numbers = [each for _, text in tied_texts(entry) for each in values(text)]
    return f"{entry.name}: {' '.join(sorted(shown for shown, number, _ in numbers if not is_trivial(shown, number)))}"


def main() -> None:
    """Print the table, or the list."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("topics", nargs="*")
    given.add_argument("--bank", type=Path, default=BANK)
    given.add_argument("--list", action="store_true")
    chosen = given.parse_args()
    every = entries(chosen.bank)
    mine = [entry for entry in every if not chosen.topics or entry.topic in chosen.topics]
    names = {entry.name for entry in mine}
    cards = [card for entry in mine for card in entry.cards]
    explaining = [entry for entry in mine if entry.data.get("kind") not in NO_WHY]
    found = {
        "either-or": [card.name for card in cards if is_either_or(card)],
        "bare numbers": [f"{card.name}: {card.back.strip()}" for card in cards if is_bare_number(card)],
        "give-away clozes": [card.name for card in cards if gives_away(card)],
        "twins": [f"{s:.2f} {a} {b}" for s, a, b in twins(every) if names & {a.split("/")[0], b.split("/")[0]}],
        "cards that ask why": [card.name for card in cards if asks_why(card)],
        "entries without why": [entry.name for entry in mine if lacks_why(entry)],
        "long sentences": [each for entry in mine for each in too_long(entry)],
        "numbers without a check": [each for entry in mine for each in untied(entry)],
        "unmarked pitfalls": [each for entry in mine for each in unmarked(entry)],
    }
    print(f"{len(mine)} entries ({len(explaining)} that explain), {len(cards)} cards")
    for what, places in found.items():
        print(f"{len(places):5}  {what}")
        if chosen.list and what != "cards that ask why":
            print("".join(f"         {place}\n" for place in places), end="")


if __name__ == "__main__":
    main()
