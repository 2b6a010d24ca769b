"""The words of the bank: questions, cards, topics, works, origins. Frozen values, used by all the rest.

The dataclasses are also the schema of the YAML files: a field without a default is required, its type says what may
stand there, and its description is what editors and the documentation show.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from qbank.history import Ledger
from qbank.problem import Span
from qbank.source import Scalar, Source

KINDS = (
    "concept",
    "comparison",
    "derivation",
    "coding",
    "debugging",
    "case",
    "system-design",
    "behavioural",
    "process",
)
LEVELS = ("core", "intermediate", "advanced")


class Text(str):
    """A text that knows where it stands; everywhere else it is a `str`."""

    __slots__ = ("node", "source")
    source: Source
    node: Scalar

    @classmethod
    def at(cls, source: Source, node: Scalar) -> Text:
        """The text of a scalar."""
        text = cls(node.value)
        text.source = source
        text.node = node
        return text

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Where the characters `start` to `end` stand. Only texts that were read from a file have a place."""
        return self.source.span(self.node, start, end)


class Word(Text):
    """A name, key, date or other text without markup."""


class Line(Text):
    """One line of Markdown, such as a question."""


class Markdown(Text):
    """Markdown with mathematics."""


class ClozeText(Markdown):
    """Markdown with Anki's cloze deletions: `{{c1::text}}` or `{{c1::text::hint}}`."""


class Python(Text):
    """Python source code."""


def described(description: str, default: Any = ..., **choices: tuple[str, ...]) -> Any:
    """A dataclass field with a description and, where the bank fixes them, the allowed values (`choices=`)."""
    metadata = {"description": description, **choices}
    if default is ...:
        return field(metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What the interviewer asks next."""

    question: Line = described("What is asked next.")
    answer: Markdown = described("What to answer, in at most 60 words.")


@dataclass(frozen=True, slots=True)
class Card:
    """One atomic fact for spaced repetition: a front and a back, or a cloze text."""

    id: Word = described("Permanent name of the card within its question; never reused.")
    front: Line = described("What the card asks, in at most 30 words.", Line(""))
    back: Markdown = described("The one possible answer, in at most about eight words.", Markdown(""))
    cloze: ClozeText = described("Instead of front and back: a text with {{c1::deletions}}.", ClozeText(""))
    reverse: Word = described(
        "`true` to ask back to front as well; right for pairs of terms.", Word("false"), choices=("true", "false")
    )


@dataclass(frozen=True, slots=True)
class Code:
    """A coding question's solution and the tests that it passes."""

    solution: Python = described("A Python module.", Python(""))
    tests: Python = described("A pytest module; it imports the solution by `from solution import ...`.", Python(""))
    requires: tuple[Word, ...] = described("The packages that they import.", ())


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture of bank/figures/."""

    file: Word = described("File name in bank/figures/, an SVG.", Word(""))
    alt: Word = described("What the picture shows, for those who do not see it.", Word(""))


@dataclass(frozen=True, slots=True)
class Reference:
    """Where the reader finds the claim."""

    work: Word = described("A key of references.yaml.")
    where: Word = described("Section, chapter, page or version.", Word(""))


@dataclass(frozen=True, slots=True)
class Question:
    """One question: one file, named for life, in the folder of its topic."""

    question: Line = described("The question, as an interviewer asks it.")
    kind: Word = described("What sort of question it is.", choices=KINDS)
    level: Word = described("How deep it goes.", choices=LEVELS)
    answer: Markdown = described("What you say first: at most 60 words, the claim before the reasons.")
    explanation: Markdown = described("What you say next, about a minute aloud.")
    pitfalls: tuple[Markdown, ...] = described("The usual wrong answers, and why they are wrong.", ())
    follow_ups: tuple[FollowUp, ...] = described("What the interviewer asks next.", ())
    cards: tuple[Card, ...] = described("Atomic facts for spaced repetition, one Anki note each.", ())
    code: Code = described("Coding questions: solution and tests; both are executed.", Code())
    checks: Python = described("Python asserts that recompute every number in the texts.", Python(""))
    figure: Figure = described("A picture that belongs to the answer.", Figure())
    sheet: Markdown = described("What the cheat sheet prints instead of the answer.", Markdown(""))
    references: tuple[Reference, ...] = described("Primary sources, and where in them.", ())
    asked_in: tuple[Word, ...] = described("Entries of origins.yaml that this question answers.", ())
    see_also: tuple[Word, ...] = described("Names of related questions.", ())
    as_of: Word = described("Year and month in which what ages was checked: 2026-11.", Word(""))
    name: str = field(default="", init=True)
    topic: str = field(default="", init=True)
    path: str = field(default="", init=True)


@dataclass(frozen=True, slots=True)
class Topic:
    """A folder of questions, a deck and a sheet."""

    name: Word = described("Name of the folder.")
    title: Line = described("Title on sheets and cards.")
    deck: Word = described("Name of the Anki deck below the root deck; frozen by the first release.")
    colour: Word = described("Colour of the topic, as #rrggbb.")


@dataclass(frozen=True, slots=True)
class Settings:
    """bank.yaml: what makes this bank this bank."""

    title: Word = described("Title of the bank.")
    namespace: Word = described("Namespace of the Anki GUIDs; never changes.")
    root_deck: Word = described("Name of the Anki deck that holds all topics; frozen by the first release.")
    slug: Word = described("File name of the decks: <slug>.apkg.")
    repository: Word = described("Web address of the repository.")
    branch: Word = described("Branch that links to a question's file point to.")
    licence: Word = described("Licence of the content.")
    topics: tuple[Topic, ...] = described("The topics in study order.")


@dataclass(frozen=True, slots=True)
class Work:
    """One entry of references.yaml: a paper, a textbook or official documentation."""

    title: Word = described("Title as printed.")
    authors: Word = described("Authors as printed: up to three, then 'and others'.")
    year: Word = described("Year of this edition.")
    edition: Word = described("Edition, where there are several.", Word(""))
    doi: Word = described("Digital object identifier, 10.xxxx/...", Word(""))
    arxiv: Word = described("arXiv identifier.", Word(""))
    url: Word = described("Web address, where there is neither a DOI nor an arXiv identifier.", Word(""))

    @property
    def link(self) -> str:
        """The web address of the work."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        return f"https://arxiv.org/abs/{self.arxiv}" if self.arxiv else str(self.url)


@dataclass(frozen=True, slots=True)
class Origin:
    """A question as a source document asks it."""

    id: Word = described("Permanent id.")
    question: Word = described("As it is asked there.")


@dataclass(frozen=True, slots=True)
class Document:
    """A source document and what it asks."""

    title: Word = described("Title of the document.")
    questions: tuple[Origin, ...] = described("What it asks.")


@dataclass(frozen=True, slots=True)
class Origins:
    """origins.yaml."""

    documents: tuple[Document, ...] = described("The documents that questions were collected from.", ())


@dataclass(frozen=True, slots=True)
class Retired:
    """A published question, or one card of it, that learners keep but nobody should learn any more."""

    name: Word = described("Name of the question.")
    reason: Markdown = described("Why it was retired; shown to learners.")
    card: Word = described("Id of the card, where only one card is retired.", Word(""))
    replaced_by: Word = described("Name of the question that replaces it.", Word(""))


@dataclass(frozen=True, slots=True)
class Retirements:
    """retired.yaml."""

    retired: tuple[Retired, ...] = described("Names that were published and must never be used again.", ())


@dataclass(frozen=True, slots=True)
class Bank:
    """A whole bank. `names` and `works` hold every name that a file claims, even where its content is faulty."""

    root: Path
    settings: Settings
    questions: tuple[Question, ...]
    works: dict[str, Work]
    origins: tuple[Document, ...]
    retired: tuple[Retired, ...]
    ledger: Ledger
    names: frozenset[str]

    def topics(self) -> Iterator[tuple[Topic, list[Question]]]:
        """Every topic that has questions, with them, in study order: level, then name."""
        for topic in self.settings.topics:
            mine = [question for question in self.questions if question.topic == topic.name]
            if mine:
                yield topic, sorted(mine, key=lambda q: (LEVELS.index(q.level), q.name))


def texts(value: object) -> Iterator[Text]:
    """Every text of a question (or any part of one), in the order of its fields."""
    if isinstance(value, Text):
        if value:
            yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif hasattr(value, "__dataclass_fields__"):
        for each in fields(value):  # type: ignore[arg-type]
            yield from texts(getattr(value, each.name))
