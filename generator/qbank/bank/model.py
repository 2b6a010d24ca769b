"""The words of the bank: questions, cards, topics, works, origins. Frozen values, used by all the rest.

The dataclasses are also the schema of the YAML files: a field without a default is required, its type says what may
stand there, and its description is what editors and the documentation show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from typing import Any, Self

from qbank.bank import forms
from qbank.problem import Place


class Text(str):
    """A text that knows its place: the path of its file in the bank, and its pointer in that file."""

    __slots__ = ("path", "pointer")
    path: str
    pointer: str

    def __new__(cls, value: str = "", path: str = "", pointer: str = "") -> Self:
        """A text; those that no file holds stand nowhere."""
        text = str.__new__(cls, value)
        text.path = path
        text.pointer = pointer
        return text

    def place(self, start: int = 0, end: int | None = None) -> Place:
        """Where the characters `start` to `end` stand; the whole text by default."""
        return Place(self.path, self.pointer, start, end)


class Word(Text):
    """A name, key, date or other text without markup."""

    __slots__ = ()


class Plain(Word):
    """Words for readers without markup, such as a title: shown as they stand."""

    __slots__ = ()


class Line(Text):
    """One line of Markdown, such as a question."""

    __slots__ = ()


class Markdown(Text):
    """Markdown with mathematics."""

    __slots__ = ()


class ClozeText(Markdown):
    """Markdown with Anki's cloze deletions: `{{c1::text}}` or `{{c1::text::hint}}`."""

    __slots__ = ()


class Program(Text):
    """Source code, in Python or SQL."""

    __slots__ = ()


def described(
    description: str, default: Any = ..., *, keyed: bool = False, **more: str | tuple[str, ...] | forms.Form
) -> Any:
    """A dataclass field with a description and, where they are fixed, its allowed values (`choices=`).

    The name of a list in the settings stands for what the bank allows. `form=` says what a word looks like, and
    `characters=` or `words=` name the limit of the settings that holds for the field. A `keyed` field is a tuple of
    dataclasses with two fields, which a file writes as a mapping from the first to the second.
    """
    metadata = {"description": description, "keyed": keyed, **more}
    if default is ...:
        return field(metadata=metadata)
    return field(default=default, metadata=metadata)


TRUTH = ("true", "false")


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What the interviewer asks next."""

    question: Line = described("What is asked next.")
    answer: Markdown = described("What to answer.", words="answer")


@dataclass(frozen=True, slots=True)
class Card:
    """One atomic fact for spaced repetition: a front and a back, or a cloze text."""

    id: Word = described("Permanent name of the card within its question; never reused.", form=forms.NAME)
    front: Line = described("What the card asks.", Line(""), words="front")
    back: Markdown = described("The one possible answer, better in eight words.", Markdown(""), words="back")
    cloze: ClozeText = described("Instead of front and back: a text with {{c1::deletions}}.", ClozeText(""))
    unlike: tuple[Word, ...] = described(
        "Cards that look like this one and ask something else.", (), form=forms.CARD_KEY
    )
    reverse: Word = described(
        "`true` to ask back to front as well; right for pairs of terms.", Word("false"), choices=TRUTH
    )
    essential: Word = described(
        "`true` if it belongs to the essentials; at most two of a question.", Word(""), choices=TRUTH
    )


@dataclass(frozen=True, slots=True)
class Code:
    """A coding question's stub, solution, and the tests that the solution passes and the stub fails."""

    language: Word = described("Language of stub and solution.", Word("python"), choices=("python", "sql"))
    stub: Program = described(
        "What a learner starts from: the names with their docstrings, or a faulty script.", Program("")
    )
    solution: Program = described("A Python module, or one SQL query.", Program(""))
    tables: Program = described("SQL that makes and fills the tables of the task.", Program(""))
    tests: Program = described(
        "A pytest module; it imports the solution by `from solution import ...`. Where that is SQL, `rows(changes)` "
        "gives the rows of the query on the tables after some changes, and `columns()` their names.",
        Program(""),
    )
    requires: tuple[Word, ...] = described(
        "The packages that they import, as they are installed.", (), form=forms.PACKAGE
    )


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture of bank/figures/."""

    file: Word = described("File name in bank/figures/, an SVG.", Word(""), form=forms.FILE)
    alt: Plain = described("What the picture shows, for those who do not see it.", Plain(""))


@dataclass(frozen=True, slots=True)
class Reference:
    """Where the reader finds the claim."""

    work: Word = described("A key of references.yaml.")
    where: Plain = described("Section, chapter, page or version.", Plain(""))
    quote: Plain = described("The few words of the work that hold a number which no check can recompute.", Plain(""))


@dataclass(frozen=True, slots=True)
class Question:
    """One question: one file, named for life, in the folder of its topic."""

    title: Plain = described(
        "What it is about, as a noun: the head of its box and its line in lists.", characters="title"
    )
    question: Line = described("The question, as an interviewer asks it.")
    kind: Word = described("What sort of question it is.", choices="kinds")
    level: Word = described("How deep it goes.", choices="levels")
    answer: Markdown = described("What you say first: the claim before the reasons.", words="answer")
    explanation: Markdown = described("What you say next, about a minute aloud.", Markdown(""))
    aliases: tuple[Plain, ...] = described(
        "Other names of it, and the words in which it is asked; searched, shown small.", (), characters="alias"
    )
    pitfalls: tuple[Markdown, ...] = described("The usual wrong answers, and why they are wrong.", (), words="pitfall")
    follow_ups: tuple[FollowUp, ...] = described("What the interviewer asks next.", ())
    cards: tuple[Card, ...] = described("Atomic facts for spaced repetition, one Anki note each.", ())
    code: Code = described("Coding questions: stub, solution and tests; all are executed.", Code())
    checks: Program = described("Python asserts that recompute every number in the texts.", Program(""))
    unchecked: tuple[Word, ...] = described(
        "Numbers of the texts that are given, not computed: sizes, defaults, names.", ()
    )
    figure: Figure = described("A picture that belongs to the answer.", Figure())
    sheet: Markdown = described("What the cheat sheet prints instead of the answer.", Markdown(""))
    night_before: Line = described(
        "What the night-before sheet prints: one formula or distinction, and one trap. Of the first level only.",
        Line(""),
        words="night_before",
    )
    references: tuple[Reference, ...] = described("Primary sources, and where in them.", ())
    asked_in: tuple[Word, ...] = described("Entries of origins.yaml that this question answers.", ())
    see_also: tuple[Word, ...] = described("Names of related questions.", (), form=forms.NAME)
    needs: tuple[Word, ...] = described("Names of the questions to learn before this one.", (), form=forms.NAME)
    roles: tuple[Word, ...] = described(
        "The roles that are asked it; where it names none those of its topic are.", (), choices="roles"
    )
    rounds: tuple[Word, ...] = described(
        "The rounds of an interview that it is asked in, the usual one first; else that of its kind or its topic.",
        (),
        choices="rounds",
    )
    essential: Word = described("`true` if it is one of the few that everyone learns first.", Word(""), choices=TRUTH)
    as_of: Word = described("When what ages was last checked.", Word(""), form=forms.MONTH)
    name: str = ""
    topic: str = ""
    path: str = ""

    @property
    def place(self) -> Place:
        """The file as a whole: the place of what is missing."""
        return Place(self.path)


_BETWEEN_AUTHORS = re.compile(r", (?:and )?| and ")
_HOST = re.compile(r"^https?://(?:www\.)?([^/]+).*")


@dataclass(frozen=True, slots=True)
class Work:
    """One entry of references.yaml: a paper, a textbook or official documentation."""

    title: Plain = described("Title as printed.")
    authors: Plain = described("Authors as printed: up to three, then 'and others'.")
    year: Plain = described("Year of this edition.", form=forms.YEAR)
    edition: Plain = described("Edition, where there are several.", Plain(""))
    doi: Word = described("Digital object identifier.", Word(""), form=forms.DOI)
    arxiv: Word = described("Identifier on arXiv, where there is no DOI.", Word(""), form=forms.ARXIV)
    url: Word = described(
        "Web address, where there is neither a DOI nor an arXiv identifier.", Word(""), form=forms.WEB
    )

    @property
    def link(self) -> str:
        """The web address of the work."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        return f"https://arxiv.org/abs/{self.arxiv}" if self.arxiv else str(self.url)

    @property
    def identifier(self) -> str:
        """What somebody types to find the work who reads of it on paper."""
        if self.doi:
            return f"doi:{self.doi}"
        return f"arXiv:{self.arxiv}" if self.arxiv else str(self.url)

    @property
    def cited_authors(self) -> str:
        """The authors where a line is all there is room for: two at most, or the first and "et al."."""
        first, *others = _BETWEEN_AUTHORS.split(self.authors)
        return f"{first} et al." if len(others) > 1 else str(self.authors)

    @property
    def cited_identifier(self) -> str:
        """The identifier where a line is all there is room for: of a web address the host, with the title to seek."""
        return self.identifier if self.doi or self.arxiv else _HOST.sub(r"\1", self.url)


@dataclass(frozen=True, slots=True)
class Origin:
    """A question as a source document asks it."""

    id: Word = described("Permanent id.", form=forms.ORIGIN)
    question: Plain = described("As it is asked there.")


@dataclass(frozen=True, slots=True)
class OriginDocument:
    """A source document and what it asks."""

    title: Plain = described("Title of the document.")
    questions: tuple[Origin, ...] = described("What it asks.")


@dataclass(frozen=True, slots=True)
class Origins:
    """What was asked elsewhere, and what the bank set out to answer."""

    documents: tuple[OriginDocument, ...] = described("The documents that questions were collected from.", ())


@dataclass(frozen=True, slots=True)
class Retired:
    """A published question, or one card of it, that learners keep but nobody should learn any more."""

    name: Word = described("Name of the question.", form=forms.NAME)
    reason: Markdown = described("Why it was retired; shown to learners.")
    card: Word = described("Id of the card, where only one card is retired.", Word(""), form=forms.NAME)
    replaced_by: Word = described("Name of the question that replaces it.", Word(""), form=forms.NAME)


@dataclass(frozen=True, slots=True)
class Retirements:
    """What was published once and is learned no more."""

    retired: tuple[Retired, ...] = described("Names that were published and must never be used again.", ())


def texts(value: Any) -> Iterator[Text]:
    """Every text of a question (or any part of one) that is not empty, in the order of its fields; none of a number."""
    kind: Any = type(value)
    for name in _field_names(kind):
        held = getattr(value, name)
        if not held:
            continue
        for item in held if isinstance(held, tuple) else (held,):
            if not isinstance(item, Text):
                yield from texts(item)
            elif item:
                yield item


@cache
def _field_names(cls: Any) -> tuple[str, ...]:
    """The fields of a dataclass that a file may set; those without a description are not the file's. None of others."""
    return tuple(each.name for each in fields(cls) if each.metadata) if is_dataclass(cls) else ()
