"""bank.yaml: what makes this bank this bank. Where the file is silent, the values here hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from qbank.bank import forms
from qbank.bank.model import Line, Word, described


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of question: how many words its explanation may have, whether it needs code and references, and the round
    of an interview that is made of such questions, if there is one.
    """

    name: str
    explanation: int = 300
    code: bool = False
    references: bool = True
    round: str = ""


#: Designs and code are talked through for longer than a minute; judgment and experience rest on no literature.
KINDS = (
    Kind("concept"),
    Kind("comparison"),
    Kind("derivation"),
    Kind("coding", explanation=400, code=True, round="coding"),
    Kind("debugging"),
    Kind("case"),
    Kind("system-design", explanation=1000, round="design"),
    Kind("behavioral", references=False, round="behavioral"),
    Kind("process", references=False),
)
LEVELS = ("core", "intermediate", "advanced")


class Asked(Protocol):
    """What of a question says who asks it, and when."""

    @property
    def topic(self) -> str:
        """The name of its topic."""

    @property
    def kind(self) -> str:
        """What sort of question it is."""

    @property
    def level(self) -> str:
        """How deep it goes."""

    @property
    def roles(self) -> Sequence[str]:
        """The roles that it names."""

    @property
    def rounds(self) -> Sequence[str]:
        """The rounds that it names."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many characters a title and an alias may have, how many words a part, and how many numbers a cloze text."""

    title: int = 34
    alias: int = 60
    answer: int = 60
    pitfall: int = 60
    front: int = 30
    back: int = 10
    deletion: int = 8
    deletions: int = 4


@dataclass(frozen=True, slots=True)
class Role:
    """A job that candidates interview for."""

    name: Word = described("Name, as questions and topics give it.", form=forms.NAME)
    title: Line = described("Title on pages.")


@dataclass(frozen=True, slots=True)
class Round:
    """A part of an interview."""

    name: Word = described("Name, as questions and topics give it.", form=forms.NAME)
    title: Line = described("Title on pages.")


@dataclass(frozen=True, slots=True)
class Topic:
    """A folder of questions, a deck and a sheet."""

    name: Word = described("Name of the folder.", form=forms.NAME)
    title: Line = described("Title on sheets and cards.")
    deck: Word = described("Name of the Anki deck below the root deck; frozen by the first release.", form=forms.DECK)
    color: Word = described("Color of the topic; white text must be legible on it.", form=forms.COLOR)
    roles: tuple[Word, ...] = described("The roles that are asked its questions; without any, all are.", ())
    rounds: tuple[Word, ...] = described(
        "The rounds of an interview that its questions are asked in, the usual one first.", ()
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """What bank.yaml says, and how the questions of the bank are made."""

    title: Word = described("Title of the bank.")
    namespace: Word = described("Namespace of the Anki GUIDs; never changes.")
    root_deck: Word = described("Name of the Anki deck that holds all topics; frozen by the first release.")
    slug: Word = described("File name of the decks, without its ending.", form=forms.SLUG)
    license: Word = described("License of the content.")
    topics: tuple[Topic, ...] = described("The topics in study order.")
    repository: Word = described(
        "Web address of the repository; without it no link is shown.", Word(""), form=forms.WEB
    )
    branch: Word = described("Branch that links to a question's file point to.", Word("main"))
    roles: tuple[Role, ...] = described("The jobs that candidates interview for; each has a package and plans.", ())
    rounds: tuple[Round, ...] = described("The parts of an interview, in the order in which they come.", ())
    kinds: tuple[Kind, ...] = field(default=KINDS)
    levels: tuple[str, ...] = field(default=LEVELS)
    limits: Limits = field(default=Limits())

    def kind(self, name: str) -> Kind:
        """The kind of that name; one without demands where there is none, which is a problem of its own."""
        return next((kind for kind in self.kinds if kind.name == name), Kind(name, references=False))

    @property
    def choices(self) -> dict[str, tuple[str, ...]]:
        """The values that fields of a question may have, by the name that the model gives them."""
        return {
            "kinds": tuple(kind.name for kind in self.kinds),
            "levels": self.levels,
            "roles": tuple(str(role.name) for role in self.roles),
            "rounds": tuple(str(each.name) for each in self.rounds),
        }

    def topic(self, name: str) -> Topic | None:
        """The topic of that name."""
        return next((topic for topic in self.topics if topic.name == name), None)

    def roles_of(self, question: Asked) -> tuple[str, ...]:
        """The roles that are asked a question, in the order of the settings."""
        topic = self.topic(question.topic)
        given = question.roles or (topic.roles if topic else ())
        return tuple(str(role.name) for role in self.roles if not given or role.name in given)

    def rounds_of(self, question: Asked) -> tuple[str, ...]:
        """The rounds of an interview that a question is asked in, the usual one first."""
        topic = self.topic(question.topic)
        given = question.rounds or (self.kind(question.kind).round,) * bool(self.kind(question.kind).round)
        given = given or (topic.rounds if topic else ())
        known = self.choices["rounds"]
        return tuple(str(each) for each in given if each in known)
