"""bank.yaml: what makes this bank this bank. Where the file is silent, the values here hold."""

from __future__ import annotations

from dataclasses import dataclass, field

from qbank.bank.model import Line, Word, described


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of question: how many words its explanation may have, and whether it needs code and references."""

    name: str
    explanation: int = 300
    code: bool = False
    references: bool = True


#: Designs and code are talked through for longer than a minute; judgment and experience rest on no literature.
KINDS = (
    Kind("concept"),
    Kind("comparison"),
    Kind("derivation"),
    Kind("coding", explanation=400, code=True),
    Kind("debugging"),
    Kind("case"),
    Kind("system-design", explanation=1000),
    Kind("behavioral", references=False),
    Kind("process", references=False),
)
LEVELS = ("core", "intermediate", "advanced")


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
class Topic:
    """A folder of questions, a deck and a sheet."""

    name: Word = described("Name of the folder.")
    title: Line = described("Title on sheets and cards.")
    deck: Word = described("Name of the Anki deck below the root deck; frozen by the first release.")
    color: Word = described("Color of the topic, as #rrggbb.")


@dataclass(frozen=True, slots=True)
class Settings:
    """What bank.yaml says, and how the questions of the bank are made."""

    title: Word = described("Title of the bank.")
    namespace: Word = described("Namespace of the Anki GUIDs; never changes.")
    root_deck: Word = described("Name of the Anki deck that holds all topics; frozen by the first release.")
    slug: Word = described("File name of the decks: <slug>.apkg.")
    license: Word = described("License of the content.")
    topics: tuple[Topic, ...] = described("The topics in study order.")
    repository: Word = described("Web address of the repository; without it no link is shown.", Word(""))
    branch: Word = described("Branch that links to a question's file point to.", Word("main"))
    kinds: tuple[Kind, ...] = field(default=KINDS)
    levels: tuple[str, ...] = field(default=LEVELS)
    limits: Limits = field(default=Limits())

    def kind(self, name: str) -> Kind:
        """The kind of that name; one without demands where there is none, which is a problem of its own."""
        return next((kind for kind in self.kinds if kind.name == name), Kind(name, references=False))

    @property
    def choices(self) -> dict[str, tuple[str, ...]]:
        """The values that fields of a question may have, by the name that the model gives them."""
        return {"kinds": tuple(kind.name for kind in self.kinds), "levels": self.levels}
