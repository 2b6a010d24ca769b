"""The rules of reading: what a file of the bank may not hold as YAML. The reader calls them with what it met."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from qbank.problem import Fault, Place, rule
from qbank.source.nodes import Mark, Scalar, Source
from qbank.source.syntax import CASES

MAX_FILE_BYTES = 1_000_000
MAX_DEPTH = 20


@rule("reading")
def too_large(source: Source) -> Iterator[Fault]:
    """A file of more than one megabyte is not read: no question is that long, and a file that large can only cost."""
    yield Fault(
        Place(source.path),
        f"the file is larger than {MAX_FILE_BYTES:,} bytes",
        "split it, or put data where it belongs: figures go to bank/figures/",
    )


@rule("reading")
def not_utf8(source: Source, offset: int) -> Iterator[Fault]:
    """A file is UTF-8 text. Other encodings would turn accents and mathematical signs into garbage."""
    yield Fault(source.at(offset, offset + 1), "this is not UTF-8 text", "save the file as UTF-8")


@rule("reading")
def control_character(source: Source, offset: int, character: str) -> Iterator[Fault]:
    """Control characters and lone surrogates are invisible in an editor and break decks and pages."""
    yield Fault(
        source.at(offset, offset + 1),
        f"the invisible character U+{ord(character):04X} is not allowed",
        "delete it; it often comes from copying out of a PDF or a terminal",
    )


@rule("reading")
def empty_file(source: Source) -> Iterator[Fault]:
    """A YAML file of the bank holds at least one key."""
    yield Fault(Place(source.path), "the file holds nothing", "start from `qbank new TOPIC/NAME`, or delete the file")


@rule("reading")
def several_documents(source: Source, mark: Mark) -> Iterator[Fault]:
    """One file holds one YAML document, since one file is one question."""
    yield Fault(
        source.at(mark.index, mark.index + 3),
        "a second document starts here",
        "put each question into a file of its own",
    )


@rule("reading")
def too_deep(source: Source, mark: Mark) -> Iterator[Fault]:
    """Nesting deeper than twenty levels is refused: no field needs it, and it is a way to crash readers."""
    yield Fault(
        source.at(mark.index, mark.index + 1),
        f"this is nested more than {MAX_DEPTH} levels deep",
        "fields nest at most three deep; check the brackets and the indentation",
    )


@rule("reading")
def complex_key(source: Source, mark: Mark) -> Iterator[Fault]:
    """A key is a plain word. YAML also allows lists and mappings as keys; the bank does not."""
    yield Fault(
        source.at(mark.index, mark.index + 1),
        "a list or a mapping stands here as a key",
        "a key is a word, such as `answer:`",
    )


@rule("reading")
def anchor(source: Source, name: str, mark: Mark) -> Iterator[Fault]:
    """YAML anchors are refused: a text is written where it is read, and aliases can blow a file up without bound."""
    yield Fault(
        source.at(mark.index, mark.index + len(name) + 1),
        f"the anchor '&{name}' is not allowed",
        _LITERAL.format(f"&{name}"),
    )


@rule("reading")
def alias(source: Source, name: str, mark: Mark, end: Mark) -> Iterator[Fault]:
    """YAML aliases are refused: a text is written where it is read, and aliases can blow a file up without bound."""
    yield Fault(
        source.at(mark.index, end.index),
        f"the alias '*{name}' is not allowed",
        f"write the value out; if you mean the text itself, quote it: '*{name}'",
    )


@rule("reading")
def tag(source: Source, name: str, mark: Mark) -> Iterator[Fault]:
    """YAML tags (`!name`) are refused: every value of the bank is text, a list or a mapping."""
    written = name.replace("tag:yaml.org,2002:", "!!")
    yield Fault(source.at(mark.index, mark.index + 1), f"the tag '{written}' is not allowed", _LITERAL.format(written))


_LITERAL = "delete it; if you mean the text itself, put the value in single quotes: '{} ...'"


@rule("reading")
def duplicate_key(source: Source, key: Scalar, first: Scalar) -> Iterator[Fault]:
    """A key stands once. YAML readers keep the last of two silently, so an answer could vanish unseen."""
    yield Fault(
        source.key(key),
        f"'{key.value}' stands here a second time; it is already on line {first.start.line + 1}",
        "merge the two, or delete one",
    )


@rule("reading")
def yaml_syntax(source: Source, error: yaml.YAMLError) -> Iterator[Fault]:
    """The file is not YAML from this place on, so nothing behind it can be checked.

    Most often it is a colon or a quote inside an unquoted text, a wrong indentation, or a quote that is not closed.
    The safest form for any text is a block: `answer: |` with the text indented below it.
    """
    mark = getattr(error, "problem_mark", None)
    said = f"{getattr(error, 'context', None) or ''}: {getattr(error, 'problem', None) or ''}"
    _, at_context, message, help_line = next(case for case in CASES if re.search(case[0], said))
    if at_context and getattr(error, "context_mark", None):
        mark = error.context_mark  # type: ignore[attr-defined]
    yield Fault(_inside(source, mark.index if mark else 0), message, help_line)


def _inside(source: Source, index: int) -> Place:
    """A fault at the end of the file is shown behind the last line that holds anything."""
    if not source.text[index:].strip():
        index = len(source.text.rstrip())
    return source.at(index, index + 1)


RULES = (
    too_large,
    not_utf8,
    control_character,
    empty_file,
    several_documents,
    too_deep,
    complex_key,
    anchor,
    alias,
    tag,
    duplicate_key,
    yaml_syntax,
)
