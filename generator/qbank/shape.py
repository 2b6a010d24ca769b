"""From the data of a file to a value of the model, and the faults of shape on the way.

The dataclasses of `model` say what may stand where; this module reads them, both for files and for editors.
"""

from __future__ import annotations

import dataclasses
import difflib
import typing
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, TypeVar

from qbank.model import Text
from qbank.problem import Fault, Problem, rule
from qbank.source import Mapping, Node, Scalar, Sequence, Source

T = TypeVar("T")


@dataclasses.dataclass(frozen=True, slots=True)
class Slot:
    """What a field of a dataclass asks of the file."""

    name: str
    of: Any
    nested: bool
    many: bool
    required: bool
    description: str
    choices: tuple[str, ...]


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
        )
    return out


def build(cls: type[T], source: Source, node: Node, problems: list[Problem], **given: str) -> T:
    """A `cls` from a mapping. What is wrong is added to `problems`, and an empty value stands in its place.

    `given` sets fields that are not the file's (the name and topic of a question).
    """
    values: dict[str, Any] = dict(given)
    known = slots(typing.cast(Any, cls))
    entries = node.entries if isinstance(node, Mapping) else {}
    if not isinstance(node, Mapping):
        problems.extend(wrong_shape(source, node, "a mapping of keys and values"))
    mistyped = set()
    for name, (key, value) in entries.items():
        slot = known.get(name)
        if slot is None:
            meant = _meant(name, known.keys() - entries.keys())
            mistyped.add(meant)
            problems.extend(unknown_field(source, key, meant, known))
        else:
            values[name] = _value(slot, source, value, problems)
    for slot in known.values():
        if slot.required and slot.name not in values:
            if isinstance(node, Mapping) and slot.name not in mistyped and not (source.problems and not entries):
                problems.extend(missing_field(source, node, slot))
            values[slot.name] = () if slot.many else Text.__new__(slot.of, "")
    return cls(**values)


def build_all(cls: type[T], source: Source, node: Node, problems: list[Problem]) -> dict[str, T]:
    """The values of a mapping from free keys to `cls`, such as references.yaml."""
    if not isinstance(node, Mapping):
        problems.extend(wrong_shape(source, node, "a mapping of keys and values"))
        return {}
    return {key: build(cls, source, value, problems) for key, (_, value) in node.entries.items()}


def _value(slot: Slot, source: Source, node: Node, problems: list[Problem]) -> Any:
    if not slot.many:
        return _one(slot, source, node, problems)
    if not isinstance(node, Sequence):
        problems.extend(wrong_shape(source, node, f"a list, since '{slot.name}' may have several"))
        return ()
    return tuple(_one(slot, source, item, problems) for item in node.items)


def _one(slot: Slot, source: Source, node: Node, problems: list[Problem]) -> Any:
    if slot.nested:
        return build(slot.of, source, node, problems)
    if not isinstance(node, Scalar):
        problems.extend(wrong_shape(source, node, f"a text, not {_called(node)}"))
        return Text.__new__(slot.of, "")
    text = slot.of.at(source, node)
    if not text.strip():
        problems.extend(empty_value(source, node, slot.name))
    elif slot.choices and text not in slot.choices:
        problems.extend(unknown_value(source, node, slot))
    return text


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


@rule
def unknown_field(source: Source, key: Scalar, meant: str, known: dict[str, Slot]) -> Iterator[Fault]:
    """Only the fields of the schema exist. A mistyped name would otherwise leave its text out of every output."""
    yield Fault(
        source.span(key),
        f"there is no field '{key.value}'",
        f"rename it to '{meant}'" if meant else f"the fields here are {', '.join(known)}",
    )


@rule
def missing_field(source: Source, node: Mapping, slot: Slot) -> Iterator[Fault]:
    """The required fields of a question are question, kind, level, answer and explanation; of a card, its id."""
    span = source.start()
    if node.entries and (node.line, node.column) != (0, 0):
        span = source.span(next(iter(node.entries.values()))[0])
    choices = f" One of {', '.join(slot.choices)}." if slot.choices else ""
    yield Fault(span, f"the field '{slot.name}' is missing", f"add it: {slot.description}{choices}")


@rule
def wrong_shape(source: Source, node: Node, wanted: str) -> Iterator[Fault]:
    """A field holds what the schema says: a text, a list or a mapping."""
    helps = {
        "a list": "write it as a list: each entry on its own line, after '- '",
        "a text": "write it as one text; one that holds ': ' or starts with [ or { needs single quotes or a block `|`",
        "a mapping": "write it as keys and values: one 'key: value' a line, indented alike",
    }
    yield Fault(source.span(node), f"this must be {wanted}", next(h for k, h in helps.items() if wanted.startswith(k)))


@rule
def empty_value(source: Source, node: Scalar, name: str) -> Iterator[Fault]:
    """A key without a value says nothing; an optional field is left out instead."""
    yield Fault(source.span(node), f"'{name}' is empty", "write its text, or delete the key")


@rule
def unknown_value(source: Source, node: Scalar, slot: Slot) -> Iterator[Fault]:
    """`kind` and `level` have fixed values, since decks, tags and sheets are made by them."""
    yield Fault(
        source.span(node),
        f"'{node.value}' is not a {slot.name}",
        nearest(node.value, slot.choices, f"write one of {', '.join(slot.choices)}"),
    )


def json_schema(cls: type) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a file that holds one `cls`, for editors that complete and check YAML."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": cls.__name__, **_object(cls)}


def _object(cls: type) -> dict[str, Any]:
    known = slots(cls)
    return {
        "description": (cls.__doc__ or "").strip().splitlines()[0],
        "type": "object",
        "additionalProperties": False,
        "required": [slot.name for slot in known.values() if slot.required],
        "properties": {slot.name: _property(slot) for slot in known.values()},
    }


def _property(slot: Slot) -> dict[str, Any]:
    if slot.nested:
        inner = _object(slot.of)
    else:
        # YAML reads an unquoted 2026 as a number and true as a truth value; the bank reads every scalar as text.
        inner = {"type": ["string", "number", "boolean"]}
        if slot.choices:
            inner["enum"] = [*slot.choices, *([True, False] if slot.choices == ("true", "false") else [])]
    if slot.many:
        return {"description": slot.description, "type": "array", "items": inner}
    return {**inner, "description": slot.description}


if __name__ == "__main__":
    import json
    import sys

    from qbank.model import Question

    sys.stdout.write(json.dumps(json_schema(Question), indent=1) + "\n")
