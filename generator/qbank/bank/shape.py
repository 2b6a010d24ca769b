"""From the data of a file to a value of the model, and the faults of shape on the way.

The dataclasses of `model` and `settings` say what may stand where; this module reads them.
"""

from __future__ import annotations

import dataclasses
import difflib
import typing
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Table
from functools import cache
from typing import Any, TypeVar

from qbank.bank.forms import Form
from qbank.bank.model import Text
from qbank.problem import Fault, Place, Problem, rule
from qbank.source.nodes import Mapping, Node, Scalar, Sequence, Source, escaped

T = TypeVar("T")


@dataclasses.dataclass(frozen=True, slots=True)
class Slot:
    """What a field of a dataclass asks of the file, as `described` says it.

    `choices` are its values, or the name of a list of the settings; `words` and `characters` name a limit of them.
    """

    name: str
    of: Any
    nested: bool
    many: bool
    required: bool
    description: str
    choices: str | tuple[str, ...]
    default: Any = None
    form: Form | None = None
    words: str = ""
    characters: str = ""


@cache
def slots(cls: Any) -> dict[str, Slot]:
    """The fields of a dataclass that a file may set, by name. Fields without a description are not the file's."""
    hints = typing.get_type_hints(cls)
    out = {}
    for each in dataclasses.fields(cls):
        if "description" not in each.metadata:
            continue
        hint = hints[each.name]
        many = typing.get_origin(hint) is tuple
        of = typing.get_args(hint)[0] if many else hint
        out[each.name] = Slot(
            each.name,
            of,
            dataclasses.is_dataclass(of),
            many,
            each.default is dataclasses.MISSING,
            each.metadata["description"],
            each.metadata.get("choices", ()),
            each.default,
            *map(each.metadata.get, ("form", "words", "characters"), (None, "", "")),
        )
    return out


@cache
def _required(cls: Any) -> tuple[Slot, ...]:
    return tuple(slot for slot in slots(cls).values() if slot.required)


Choices = Table[str, tuple[str, ...]]


class Reading:
    """A file that becomes values. What is wrong is added to `problems`, and an empty value stands in its place.

    `choices` are the lists of the settings that slots name; of an empty one, as of settings that could not be read,
    every text is.
    """

    def __init__(self, source: Source, problems: list[Problem], choices: Choices | None = None) -> None:
        self.source = source
        self.problems = problems
        self.choices = choices or {}

    def build(self, cls: type[T], node: Node | None = None, pointer: str = "", **given: str) -> T:
        """A `cls` from a mapping (that of the file, by default), which stands at `pointer`.

        `given` sets fields that are not the file's (the name and topic of a question).
        """
        node = self.source.root if node is None else node
        known = slots(typing.cast(Any, cls))
        values: dict[str, Any] = dict(given)
        mistyped = set()
        if isinstance(node, Mapping):
            for name, (key, value) in node.entries.items():
                slot = known.get(name)
                if slot is None:
                    meant = _meant(name, known.keys() - node.entries.keys())
                    mistyped.add(meant)
                    self._note(unknown_field(self.source, key, meant, known))
                else:
                    values[name] = self._value(slot, value, f"{pointer}/{name}")
        else:
            self._note(wrong_shape(self._whole(pointer), "a mapping of keys and values"))
        for slot in _required(typing.cast(Any, cls)):
            if slot.name not in values:
                if isinstance(node, Mapping) and slot.name not in mistyped and not self.source.unreadable:
                    self._note(missing_field(self.source, node, slot, self._choices(slot)))
                values[slot.name] = () if slot.many else slot.of()
        return cls(**values)

    def build_all(self, cls: type[T]) -> dict[str, T]:
        """The values of a mapping from free keys to `cls`, such as references.yaml."""
        root = self.source.root
        if not isinstance(root, Mapping):
            self._note(wrong_shape(self._whole(""), "a mapping of keys and values"))
            return {}
        return {key: self.build(cls, value, f"/{escaped(key)}") for key, (_, value) in root.entries.items()}

    def _value(self, slot: Slot, node: Node, pointer: str) -> Any:
        if not slot.many:
            return self._one(slot, node, pointer)
        if not isinstance(node, Sequence):
            self._note(wrong_shape(self._whole(pointer), f"a list, since '{slot.name}' may have several"))
            return ()
        return tuple([self._one(slot, item, f"{pointer}/{n}") for n, item in enumerate(node.items)])

    def _one(self, slot: Slot, node: Node, pointer: str) -> Any:
        if slot.nested:
            return self.build(slot.of, node, pointer)
        if not isinstance(node, Scalar):
            self._note(wrong_shape(self._whole(pointer), f"a text, not {_called(node)}"))
            return slot.of()
        text = slot.of(node.value, self.source.path, pointer)
        if not text or text.isspace():
            self._note(empty_value(text, slot.name))
        elif slot.choices and (choices := self._choices(slot)) and text not in choices:
            self._note(unknown_value(text, slot.name.removesuffix("s") if slot.many else slot.name, choices))
        return text

    def _choices(self, slot: Slot) -> tuple[str, ...]:
        return self.choices.get(slot.choices, ()) if isinstance(slot.choices, str) else slot.choices

    def _whole(self, pointer: str) -> Place:
        return Place(self.source.path, pointer, 0, None if pointer else 1)

    def _note(self, problems: list[Problem]) -> None:
        self.problems.extend(problems)


def _called(node: Node) -> str:
    if isinstance(node, Scalar):
        return "a text"
    return "a list" if isinstance(node, Sequence) else "a mapping"


def _meant(name: str, free: Iterable[str]) -> str:
    """The field that a mistyped name stands for, or an empty text."""
    near = difflib.get_close_matches(name.replace("-", "_"), sorted(free), n=1)
    return near[0] if near else ""


def nearest(word: str, known: Iterable[str], otherwise: str) -> str:
    """A help line: the known word that is nearest to a mistyped one, or else all of them."""
    near = difflib.get_close_matches(word, known, n=1)
    return f"did you mean '{near[0]}'?" if near else otherwise


@rule("reading")
def unknown_field(source: Source, key: Scalar, meant: str, known: dict[str, Slot]) -> Iterator[Fault]:
    """Only the fields of the schema exist. A mistyped name would otherwise leave its text out of every output."""
    yield Fault(
        source.key(key),
        f"there is no field '{key.value}'",
        f"rename it to '{meant}'" if meant else f"the fields here are {', '.join(known)}",
    )


@rule("reading")
def missing_field(source: Source, node: Mapping, slot: Slot, choices: tuple[str, ...]) -> Iterator[Fault]:
    """The required fields of a question are question, kind, level, answer and explanation; of a card, its id."""
    place = Place(source.path)
    if node.entries and node.start and node.start.index:
        place = source.key(next(iter(node.entries.values()))[0])
    offered = f" One of {', '.join(choices)}." if choices else ""
    yield Fault(place, f"the field '{slot.name}' is missing", f"add it: {slot.description}{offered}")


@rule("reading")
def wrong_shape(place: Place, wanted: str) -> Iterator[Fault]:
    """A field holds what the schema says: a text, a list or a mapping."""
    helps = {
        "a list": "write it as a list: each entry on its own line, after '- '",
        "a text": "write it as one text; one that holds ': ' or starts with [ or { needs single quotes or a block `|`",
        "a mapping": "write it as keys and values: one 'key: value' a line, indented alike",
    }
    yield Fault(place, f"this must be {wanted}", next(h for k, h in helps.items() if wanted.startswith(k)))


@rule("reading")
def empty_value(text: Text, name: str) -> Iterator[Fault]:
    """A key without a value says nothing; an optional field is left out instead."""
    yield Fault(text.place(), f"'{name}' is empty", "write its text, or delete the key")


@rule("reading")
def unknown_value(text: Text, name: str, choices: tuple[str, ...]) -> Iterator[Fault]:
    """`kind` and `level` have fixed values, since decks, tags and sheets are made by them."""
    yield Fault(
        text.place(),
        f"'{text}' is not a {name}",
        nearest(text, choices, f"write one of {', '.join(choices)}"),
    )


RULES = (unknown_field, missing_field, wrong_shape, empty_value, unknown_value)
