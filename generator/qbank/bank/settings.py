"""bank.yaml: what makes this bank this bank. Where the file is silent, the values here hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from qbank.bank import forms, language
from qbank.bank.model import Line, Plain, Question, Word, described
from qbank.bank.shape import slots
from qbank.bank.words import Words
from qbank.problem import SEVERITIES


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of question."""

    name: Word = described("Name, as questions give it.")
    title: Word = described("Title on pages, where it is not the name.", Word(""))
    explanation: int = described("How many words its explanation may have.", 300)
    code: bool = described("`true` if it needs code: a stub, a solution and tests.", False)
    references: bool = described("`false` if it needs no references.", True)
    round: Word = described("The round of an interview that is made of such questions, if there is one.", Word(""))

    @property
    def shown(self) -> str:
        """What pages call it."""
        return str(self.title or self.name.replace("-", " "))


@dataclass(frozen=True, slots=True)
class Level:
    """How deep questions go."""

    name: Word = described("Name, as questions give it.")
    title: Word = described("Title on cards, sheets and pages, where it is not the name.", Word(""))

    def __str__(self) -> str:
        return str(self.name)

    @property
    def shown(self) -> str:
        """What cards, sheets and pages call it."""
        return str(self.title or self.name)


#: Designs and code are talked through for longer than a minute; judgment and experience rest on no literature.
KINDS = (
    Kind(Word("concept")),
    Kind(Word("comparison")),
    Kind(Word("derivation")),
    Kind(Word("coding"), explanation=400, code=True, round=Word("coding")),
    Kind(Word("debugging")),
    Kind(Word("case")),
    Kind(Word("system-design"), explanation=1000, round=Word("design")),
    Kind(Word("behavioral"), references=False, round=Word("behavioral")),
    Kind(Word("process"), references=False),
)
LEVELS = ("core", "intermediate", "advanced")
#: Languages of code that cards (Pygments) and paper (Typst) highlight, and of them those of a bank that names none.
LANGUAGES = (
    *("ada", "bash", "c", "clojure", "cpp", "cs", "css", "dart", "diff", "elixir", "erlang", "go", "haskell", "html"),
    *("java", "javascript", "json", "julia", "kotlin", "latex", "lisp", "lua", "makefile", "matlab", "ocaml", "pascal"),
    *("perl", "php", "python", "r", "ruby", "rust", "scala", "sql", "swift", "text", "toml", "typescript", "verilog"),
    *("xml", "yaml"),
)
USUAL_LANGUAGES = ("python", "sql", "bash", "json", "yaml", "r", "text")
#: What a question may do without, as far as a bank does not ask for it.
OPTIONAL = tuple(name for name, slot in slots(Question).items() if not slot.required)


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
    """How long the parts of a question may be."""

    title: int = described("Characters of a title.", 34)
    alias: int = described("Characters of an alias.", 60)
    answer: int = described("Words of an answer.", 60)
    pitfall: int = described("Words of a pitfall.", 60)
    front: int = described("Words of the front of a card.", 30)
    back: int = described("Words of the back of a card.", 10)
    deletion: int = described("Words of a deletion in a cloze text.", 8)
    deletions: int = described("Numbers of deletions in a cloze text.", 4)
    night_before: int = described("Words of a text for the night before.", 25)
    night_sheet: int = described("Questions on the night-before sheet.", 50)


@dataclass(frozen=True, slots=True)
class Role:
    """A job that candidates interview for."""

    name: Word = described("Name, as questions and topics give it.", form=forms.FOLDER)
    title: Line = described("Title on pages.")


@dataclass(frozen=True, slots=True)
class Round:
    """A part of an interview."""

    name: Word = described("Name, as questions and topics give it.", form=forms.NAME)
    title: Line = described("Title on pages.")


@dataclass(frozen=True, slots=True)
class Topic:
    """A folder of questions, a deck and a sheet."""

    name: Word = described("Name of the folder.", form=forms.FOLDER)
    title: Line = described("Title on sheets and cards.")
    deck: Word = described("Name of the Anki deck below the root deck; frozen by the first release.", form=forms.DECK)
    color: Word = described("Color of the topic; white text must be legible on it.", form=forms.COLOR)
    roles: tuple[Word, ...] = described("The roles that are asked its questions; without any, all are.", ())
    rounds: tuple[Word, ...] = described(
        "The rounds of an interview that its questions are asked in, the usual one first.", ()
    )


@dataclass(frozen=True, slots=True)
class Switch:
    """What a bank says of a rule."""

    rule: Word = described("Name of the rule, as `qbank rules` lists it.")
    severity: Word = described("`off`, `warning` or `error`.", choices=SEVERITIES)


@dataclass(frozen=True)
class Settings:
    """What bank.yaml says, and how the questions of the bank are made."""

    title: Plain = described("Title of the bank.")
    namespace: Word = described("Namespace of the Anki GUIDs; never changes.", form=forms.NAMESPACE)
    root_deck: Word = described(
        "Name of the Anki deck that holds all topics; frozen by the first release.", form=forms.ROOT_DECK
    )
    slug: Word = described("File name of the decks, without its ending.", form=forms.SLUG)
    license: Plain = described("License of the content.")
    topics: tuple[Topic, ...] = described("The topics in study order.")
    repository: Word = described(
        "Web address of the repository; without it no link is shown.", Word(""), form=forms.WEB
    )
    branch: Word = described("Branch that links to a question's file point to.", Word("main"), form=forms.BRANCH)
    roles: tuple[Role, ...] = described("The jobs that candidates interview for; each has a package and plans.", ())
    rounds: tuple[Round, ...] = described("The parts of an interview, in the order in which they come.", ())
    rules: tuple[Switch, ...] = described(
        "Rules that are `off`, a `warning` or an `error` in this bank: `{answer-length: warning}`. `qbank rules NAME` "
        "says whether one may be switched.",
        (),
        keyed=True,
    )
    kinds: tuple[Kind, ...] = described("The sorts of questions.", KINDS)
    levels: tuple[Level, ...] = described(
        "How deep questions go, the first one first; it has a package.", tuple(Level(Word(name)) for name in LEVELS)
    )
    required: tuple[Word, ...] = described(
        "Fields that every question has, beside those that every bank asks for.",
        (Word("explanation"),),
        choices=OPTIONAL,
    )
    limits: Limits = described("How long the parts of a question may be.", Limits())
    code_languages: tuple[Word, ...] = described(
        "The languages that fences of code may name.", tuple(map(Word, USUAL_LANGUAGES)), choices=LANGUAGES
    )
    tag_prefix: Word = described("What all tags of notes stand below; never changes.", Word("qbank"))
    language: Word = described("Language of the texts: a BCP 47 tag such as ja or pt-BR.", Word("en-US"))
    fonts: tuple[Word, ...] = described(
        "Files in bank/fonts/ for the characters that the fonts of the sheets do not have.", ()
    )
    paper: bool = described("`false` to make no PDF; then texts may hold any character.", True)
    words: Words = described("The words around the texts, in the language of the bank.", Words())

    def kind(self, name: str) -> Kind:
        """The kind of that name; one without demands where there is none, which is a problem of its own."""
        return next((kind for kind in self.kinds if kind.name == name), None) or Kind(Word(name), references=False)

    def level(self, name: str) -> Level:
        """The level of that name; one of that name where there is none, which is a problem of its own."""
        return next((level for level in self.levels if level.name == name), None) or Level(Word(name))

    def rank(self, level: str) -> int:
        """The place of a level among all, from 0; behind all where there is none of that name."""
        return next((n for n, each in enumerate(self.levels) if each.name == level), len(self.levels))

    @property
    def locale(self) -> tuple[str, str]:
        """The language without its region, and the country that its tag names; empty where it names none."""
        return language.primary(self.language), language.region(self.language)

    @property
    def direction(self) -> str:
        """Which way the language is written: `ltr` or `rtl`."""
        return language.direction(self.language)

    @cached_property
    def choices(self) -> dict[str, tuple[Word, ...]]:
        """The values that fields of a question may have, by the name that the model gives them."""
        return {
            "kinds": tuple(kind.name for kind in self.kinds),
            "levels": tuple(level.name for level in self.levels),
            "roles": tuple(role.name for role in self.roles),
            "rounds": tuple(each.name for each in self.rounds),
        }

    @property
    def unread(self) -> bool:
        """Whether nothing could be read of bank.yaml, so that nobody knows what it says."""
        return not (self.title or self.namespace or self.topics)

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
