"""From the data of a file to a value of the model, and the faults of shape on the way.

The dataclasses of `model` and `settings` say what may stand where; this module reads them.
"""

from __future__ import annotations

import dataclasses
import re
import typing
from collections.abc import Collection, Iterable, Iterator
from collections.abc import Mapping as Table
from functools import cache
from itertools import takewhile
from textwrap import dedent
from typing import Any, TypeGuard, TypeVar

from qbank.bank import meant
from qbank.bank.forms import Form
from qbank.bank.meant import nearest, renamed
from qbank.bank.model import TRUTH, Line, Markdown, Program, Text
from qbank.problem import Fault, Fix, Place, Problem, rule
from qbank.source import faults
from qbank.source.characters import ODD_SPACES, foreign
from qbank.source.mending import in_quotes, line_end, line_start, mend, single_quoted
from qbank.source.nodes import Mapping, Node, Scalar, Sequence, Source, escaped

T = TypeVar("T")
#: No number of a bank is larger.
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")


@dataclasses.dataclass(frozen=True, slots=True)
class Slot:
    """What a field of a dataclass asks of the file, as `described` says it.

    `choices` are its values, or the name of a list of the settings; `words` and `characters` name a limit of them. A
    `keyed` one is a mapping from free keys to texts, which becomes a tuple of pairs, `of`.
    """

    name: str
    of: Any
    nested: bool
    many: bool
    required: bool
    description: str
    choices: str | tuple[str, ...]
    keyed: bool = False
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
            TRUTH if of is bool else each.metadata.get("choices", ()),
            each.metadata.get("keyed", False),
            each.default,
            *map(each.metadata.get, ("form", "words", "characters"), (None, "", "")),
        )
    return out


@cache
def _required(cls: Any) -> tuple[Slot, ...]:
    return tuple(slot for slot in slots(cls).values() if slot.required)


Choices = Table[str, tuple[str, ...]]

#: A comment behind a value on its line.
_COMMENT = re.compile(r"(?<![ \t])[ \t]+(?=#)")

#: Unknown fields of a mapping that are each told.
_MOST_STRANGE = 20


class Reading:
    """A file that becomes values. What is wrong is added to `problems`, and an empty value stands in its place.

    `choices` are the lists of the settings that slots name; of an empty one, as of settings that could not be read,
    every text is.
    """

    def __init__(self, source: Source, problems: list[Problem], choices: Choices | None = None) -> None:
        self.source = source
        self.problems = problems
        self.choices = choices or {}
        # Asked once of a file, since most have neither.
        self._has_comments = "#" in source.text and (" #" in source.text or "\t#" in source.text)
        self._is_unfinished = any(map(source.text.__contains__, ("TODO", "FIXME", "XXX", "todo")))

    def build(
        self, cls: type[T], node: Node | None = None, pointer: str = "", *, wanted: Iterable[str] = (), **given: str
    ) -> T:
        """A `cls` from a mapping (that of the file, by default), which stands at `pointer`.

        `wanted` names fields that must be there beside those that always must; `given` sets fields that are not the
        file's (the name and topic of a question).
        """
        node = self.source.root if node is None else node
        model: Any = cls
        known = slots(model)
        values: dict[str, Any] = dict(given)
        if isinstance(node, Mapping):
            entries = list(node.entries.values())
            strange = 0
            for n, (key, value) in enumerate(entries):
                if (name := key.value) in known:
                    values[name] = self._value(known[name], value, f"{pointer}/{name}")
                elif _is_cut(key, value) and (tight := _TIGHT.match(key.value)) and tight[1] in known:
                    if not n:  # who leaves out one space leaves out all
                        self._note(tight_colon(self.source, key.start.index + tight.end()))
                    values[tight[1]] = _nothing(known[tight[1]])
                elif _is_cut(key, value):
                    if n and not _is_cut(*entries[n - 1]):
                        self._note(cut_text(self.source, entries[n - 1][1], entries[n:]))
                elif (strange := strange + 1) > _MOST_STRANGE:
                    if strange == _MOST_STRANGE + 1:
                        told = "this and more keys below it are no fields", "mend those above first"
                        self._note([Problem(unknown_field.name, self.source.key(key), *told)])
                else:
                    # A mistyped field is read as the one that was meant, so that one mistake is one problem.
                    name = meant.field(key.value, known.keys() - node.entries.keys() - values.keys())
                    self._note(unknown_field(self.source, key, name, known))
                    if name:
                        values[name] = self._value(known[name], value, f"{pointer}/{escaped(key.value)}")
        else:
            self._note(wrong_shape(self._whole(pointer), "a mapping of keys and values", *_as_mapping(known)))
        more = [known[name] for name in wanted if name in known]
        for slot in (*_required(model), *more):
            if slot.name not in values:
                if isinstance(node, Mapping) and not self.source.unreadable:
                    self._note(missing_field(self.source, node, slot, self._choices(slot)))
                if slot.required:
                    values[slot.name] = _nothing(slot)
        return cls(**values)

    def build_all(self, cls: type[T]) -> dict[str, T]:
        """The values of a mapping from free keys to `cls`, such as references.yaml."""
        root = self.source.root
        if not isinstance(root, Mapping):
            self._note(wrong_shape(self._whole(""), "a mapping of keys and values", *_as_mapping(())))
            return {}
        return {key: self.build(cls, value, f"/{escaped(key)}") for key, (_, value) in root.entries.items()}

    def _value(self, slot: Slot, node: Node, pointer: str) -> Any:
        if not slot.many:
            return self._one(slot, node, pointer)
        if slot.keyed:
            return self._pairs(slot, node, pointer)
        if _is_null(node):
            self._note(empty_value(Text(node.value, self.source.path, pointer), slot.name))
            return ()
        if not isinstance(node, Sequence):
            wanted = f"a list, since '{slot.name}' may have several"
            self._note(wrong_shape(self._whole(pointer), wanted, *_as_list(self.source, node, slot)))
            # What stands there is read as the one entry, so that nothing else is missed.
            if slot.nested and isinstance(node, Mapping) and not node.entries.keys().isdisjoint(slots(slot.of)):
                return (self.build(slot.of, node, pointer),)
            return (_empty(slot.of),) if slot.nested else ()
        stated = {item.value for item in node.items if isinstance(item, Scalar)} if slot.choices else set()
        return tuple([self._one(slot, item, f"{pointer}/{n}", stated) for n, item in enumerate(node.items)])

    def _pairs(self, slot: Slot, node: Node, pointer: str) -> tuple[Any, ...]:
        """The entries of a mapping as pairs of the key and what stands there."""
        if not isinstance(node, Mapping):
            self._note(wrong_shape(self._whole(pointer), "a mapping of keys and values", *_as_mapping(())))
            return ()
        first, second = slots(slot.of).values()
        made = []
        for key, (_, value) in node.entries.items():
            at = f"{pointer}/{escaped(key)}"
            made.append(slot.of(first.of(key, self.source.path, at), self._one(second, value, at)))
        return tuple(made)

    def _one(self, slot: Slot, node: Node, pointer: str, stated: Collection[str] = ()) -> Any:
        if not slot.required and _is_null(node) and slot.name not in _SIDES:
            self._note(empty_value(Text(node.value, self.source.path, pointer), slot.name))
            return _empty(slot.of) if slot.nested else slot.default
        if slot.nested:
            return self.build(slot.of, node, pointer)
        if isinstance(node, Scalar):
            return self._text(slot, node, pointer, stated)
        if isinstance(node, Sequence) and len(node.items) == 1 and isinstance(node.items[0], Scalar) and _is_word(slot):
            help_line = f"write it as one text: {node.items[0].value}"
            self._note(wrong_shape(self._whole(pointer), "a text, not a list", help_line, None))
            return self._text(slot, node.items[0], f"{pointer}/0", stated)
        wanted = f"a text, not {_called(node)}"
        self._note(wrong_shape(self._whole(pointer), wanted, *_as_text(self.source, node)))
        is_text = issubclass(slot.of, Text)
        return slot.of(_first_line(self.source, node), self.source.path, pointer) if is_text else slot.default

    def _text(self, slot: Slot, node: Scalar, pointer: str, stated: Collection[str]) -> Any:
        """What a field is that holds one text, or a number or truth value."""
        if slot.of in (int, bool):
            return self._plain(slot, Text(node.value, self.source.path, pointer))
        text = slot.of(node.value, self.source.path, pointer)
        if self._is_unfinished and slot.name != "stub":
            self._note(unfinished(text, slot.name, slot.of is Program))
        comment = self._has_comments and not node.style and _COMMENT.match(self.source.text, node.end.index)
        if comment and not slot.choices:
            self._note(faults.lost_text(self.source, comment.end(), node.start.index))
            return slot.of(_first_line(self.source, node), self.source.path, pointer)
        if node.style != "|" and node.start.line != node.end.line and issubclass(slot.of, _STRUCTURED):
            folded = faults.folded_lines(self.source, node, slot.of is Program)
            self._note(folded)
            if folded and slot.of is Program:
                raw = self.source.text[node.start.index : node.end.index]
                text = slot.of(dedent(raw.partition("\n")[2]), self.source.path, pointer)
        if not text or text.isspace():
            self._note(empty_value(text, slot.name))
        elif slot.choices and (choices := self._choices(slot)) and text not in choices:
            self._note(unknown_value(text, slot.name.removesuffix("s") if slot.many else slot.name, choices, stated))
        return text

    def _plain(self, slot: Slot, text: Text) -> Any:
        """A number or a truth value; the default where the text is none."""
        if slot.of is bool:
            if text not in TRUTH:
                self._note(unknown_value(text, slot.name, TRUTH))
            return text == TRUTH[0] if text in TRUTH else slot.default
        if not _NUMBER.fullmatch(text):
            self._note(wrong_shape(text.place(), "a whole number, 1 or more", "write its digits alone: 300", None))
            return slot.default
        return int(text)

    def _choices(self, slot: Slot) -> tuple[str, ...]:
        named = self.choices.get(slot.choices, ()) if isinstance(slot.choices, str) else slot.choices
        return named if all(named) else ()  # one could not be read, and may be any

    def _whole(self, pointer: str) -> Place:
        return Place(self.source.path, pointer, 0, None if pointer else 1)

    def _note(self, problems: list[Problem]) -> None:
        self.problems.extend(problems)


def _first_line(source: Source, node: Node) -> str:
    """A value as it stands in the file, to be read on in place of what it should be, so that nothing else is missed."""
    start = node.start.index if node.start else 0
    return source.text[start : line_end(source.text, start)].strip("- ") or "-"


def _nothing(slot: Slot) -> Any:
    """What stands for a field that could not be read."""
    return () if slot.many else slot.of()


def _empty(cls: Any) -> Any:
    """A value of which nothing could be read."""
    return cls(**{slot.name: _nothing(slot) for slot in _required(cls)})


def _is_null(node: Node) -> TypeGuard[Scalar]:
    """Whether it is what YAML elsewhere takes for nothing; in quotes it is a word."""
    return type(node) is Scalar and not node.style and node.value in ("", "null", "Null", "NULL", "~")


#: Fields that may well be answered by that word.
_SIDES = ("front", "back")
#: Texts in which lines mean something.
_STRUCTURED = (Markdown, Line, Program)


def _called(node: Node) -> str:
    if isinstance(node, Scalar):
        return "a text"
    return "a list" if isinstance(node, Sequence) else "a mapping"


@rule("reading")
def unknown_field(source: Source, key: Scalar, meant: str, known: dict[str, Slot]) -> Iterator[Fault]:
    """Only the fields of the schema exist. A mistyped name would otherwise leave its text out of every output."""
    strange = foreign(key.value)
    yield Fault(
        source.key(key),
        f"there is no field '{key.value}'{strange and f': it holds {strange}'}",
        f"rename it to '{meant}'" if meant else f"the fields here are {', '.join(known)}",
        renamed(source.key(key), key.value.replace("-", "_"), known, safe=True, stated=known.keys() - {meant}),
    )


@rule("reading")
def missing_field(source: Source, node: Mapping, slot: Slot, choices: tuple[str, ...]) -> Iterator[Fault]:
    """A question has title, question, kind, level, answer, and what `required` in bank.yaml names; a card has an id."""
    place = Place(source.path)
    if node.entries and node.start and node.start.index:
        place = source.key(next(iter(node.entries.values()))[0])
    offered = f" One of {', '.join(choices)}." if choices else ""
    yield Fault(place, f"the field '{slot.name}' is missing", f"add it: {slot.description}{offered}")


def _is_cut(key: Scalar, value: Node) -> bool:
    """Whether a key has no colon: between braces, what stands behind a comma is one."""
    return isinstance(value, Scalar) and not value.value and value.start.index == key.end.index


@rule("reading")
def cut_text(source: Source, value: Node, behind: list[tuple[Scalar, Node]]) -> Iterator[Fault]:
    """Between braces a comma ends a value: of `{work: esl, where: section 3, page 5}` the page would be lost.

    Quoted values are whole.
    """
    cut = [key for key, _ in takewhile(lambda entry: _is_cut(*entry), behind)]
    end = cut[-1].end.index
    mended = None
    if isinstance(value, Scalar) and not value.style and value.value:
        start = value.start.index
        mended = mend(source, (start, end, single_quoted(source.text[start:end])))
    yield Fault(
        source.at(cut[0].start.index, end),
        f"the comma before '{cut[0].value}' ends the value, and this is no field",
        "put the whole value in single quotes",
        mended,
    )


def tight_colon(source: Source, index: int) -> list[Problem]:
    """A colon between braces that no space follows."""
    help_line = "write a space behind the colon: {key: value}"
    return faults.yaml_syntax(source.at(index - 1, index), "a space is missing behind this colon", help_line, None)


@rule("reading")
def wrong_shape(place: Place, wanted: str, instead: str, mended: Fix | None) -> Iterator[Fault]:
    """A field holds what the schema says: a text, a list or a mapping."""
    yield Fault(place, f"this must be {wanted}", instead, mended)


def _as_list(source: Source, node: Node, slot: Slot) -> tuple[str, Fix | None]:
    if isinstance(node, Mapping) and slot.nested and not node.entries.keys().isdisjoint(slots(slot.of)):
        return "begin the entry with '- ', and indent its other lines by two spaces more", None
    if isinstance(node, Scalar) and not node.style:
        if (slot.choices or slot.form) and _NAMES.fullmatch(node.value):
            mended = mend(source, (node.start.index, node.end.index, f"[{node.value}]"))
            return f"write it as a list: [{node.value}]", mended
        start = line_start(source.text, node.start.index)
        marks = [mark.span("bullet") for mark in _BULLET.finditer(source.text, start, node.end.index)]
        if marks and marks[0][0] == node.start.index:
            mended = mend(source, *((*mark, "- ") for mark in marks))
            return "begin each entry with '- ', a hyphen and a plain space", mended
    return "write it as a list: each entry on its own line, after '- '", None


#: One name, or several, that are not in a list.
_NAMES = re.compile(r"(?!none\b|n/a\b|no\b)[a-z0-9][a-z0-9-]*(?:,[ ]*[a-z0-9][a-z0-9-]*)*")
#: A field of a mapping between braces without the space behind its colon.
_TIGHT = re.compile(r"([a-z_]+):(?=\S)")
#: What the lines of a text begin with that was meant as a list.
_BULLET = re.compile(
    rf"^[ ]*(?P<bullet>[-\u2022\u2023\u25aa\u00b7\u2013\u2014\u2212\uff0d][{ODD_SPACES} ]*)", re.MULTILINE
)


def _as_mapping(known: Iterable[str]) -> tuple[str, Fix | None]:
    names = tuple(known)
    keys = f"; the keys here are {', '.join(names)}" if 0 < len(names) <= _FEW else ""
    return f"write it as keys and values, one 'key: value' a line, indented alike{keys}", None


#: Keys that a help line lists.
_FEW = 8


def _is_word(slot: Slot) -> bool:
    """Whether a field holds a name, or one of a few values."""
    return bool(slot.choices or slot.form) or slot.name == "work"


def _as_text(source: Source, node: Node) -> tuple[str, Fix | None]:
    start = node.start.index if node.start else 0
    if source.text.startswith(("[", "{"), start):
        words = [each.value for each in node.items if isinstance(each, Scalar)] if isinstance(node, Sequence) else []
        one = f"write one text: {', '.join(words)[:60]}; " if len(words) > 1 else ""
        return f"{one}if you mean the text itself, put it in single quotes", in_quotes(source, start)
    if isinstance(node, Mapping) and len(node.entries) == 1:
        key = next(iter(node.entries.values()))[0]
        return f"the colon behind '{key.value[:40]}' made it one; put the text in single quotes", in_quotes(
            source, start
        )
    return "write it as one text, in a block `|` where it has several lines", None


@rule("reading")
def empty_value(text: Text, name: str) -> Iterator[Fault]:
    """A key without a value says nothing; an optional field is left out instead."""
    help_line = f"write its text, or delete the key{_NO_NULL.format(text) if text and not text.isspace() else ''}"
    yield Fault(text.place(), f"'{name}' is empty", help_line)


_NO_NULL = "; if you mean the word, put it in quotes: '{}'"


@rule("reading")
def unknown_value(text: Text, name: str, choices: tuple[str, ...], stated: Collection[str] = ()) -> Iterator[Fault]:
    """`kind`, `level` and the like have fixed values, since decks, tags and sheets are made by them: see bank.yaml."""
    strange = foreign(text)
    said = "neither true nor false" if choices == TRUTH else f"not a {_CALLED.get(name, name.replace('_', ' '))}"
    yield Fault(
        text.place(),
        f"'{text}' is {said}{strange and f': it holds {strange}'}",
        nearest(text, choices, f"write one of {', '.join(choices)}"),
        renamed(text.place(), text, choices, safe=True, stated=stated),
    )


_CALLED = {"required": "field to require"}


@rule("reading")
def unfinished(text: Text, name: str, program: bool) -> Iterator[Fault]:
    """A file is finished when every TODO in it is: no TODO, FIXME or XXX in a text, as `qbank new` writes them.

    Between backticks the word itself may stand, and in the stub of a coding question, which a learner finishes. An id
    that begins with `todo-` is still to be chosen; once it is, it is permanent.
    """
    said = text if program else _CODE.sub(lambda code: " " * len(code[0]), text)
    found = _TO_CHOOSE.match(text) if name == "id" else _TO_DO.search(said)
    if found:
        what, instead = ("written", "write it, or delete the field if it may be missing")
        if name == "id":
            what, instead = ("chosen", "name the fact in words joined by hyphens; an id is permanent")
        yield Fault(text.place(*found.span()), f"'{name}' is still to be {what}", instead)


#: Words that stand for what is still to be written, the start of an id that is, and code, in which they are free.
_TO_DO = re.compile(r"\b(?:TODO|FIXME|XXX)\b")
_TO_CHOOSE = re.compile(r"todo\b")
_CODE = re.compile(r"`[^`]*`")

RULES = (unknown_field, missing_field, cut_text, wrong_shape, empty_value, unknown_value, unfinished)
