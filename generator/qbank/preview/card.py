"""Cards as Anki makes them: the templates of a note type, filled with the fields of a note.

What Anki does with templates is told in its manual (https://docs.ankiweb.net/templates/intro.html), and of a cloze text
in the source of its backend (rslib/src/cloze.rs). Only what the templates of qbank use is known here; a test compares
every card of the bank with those of the backend.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from qbank.outputs.types import CardTemplate, NoteType
from qbank.render.question import Note

_TAG = re.compile(r"\{\{([#/]?)([^{}]+)\}\}")
_CLOZE = re.compile(r"(\{\{c\d+::|\}\})")
_MATH = re.compile(r"(\\[(\[])(.*?)(\\[)\]]|\Z)", re.DOTALL)
_ELEMENT = re.compile(r"<[^<>]*>")
#: What Anki writes by its number in an attribute, so that no formula begins there; some have names.
_SIGN = re.compile(r"[^0-9A-Za-z\u0100-\U0010ffff]")
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


class Card(NamedTuple):
    """A card: what it is called, and its sides as HTML."""

    name: str
    front: str
    back: str


def cards(note: Note, kind: NoteType) -> Iterator[Card]:
    """What Anki makes of a note: a card for every template that shows something, or for every number of its clozes."""
    for position in note.cards:
        if kind.is_cloze:
            number, template = position + 1, kind.templates[0]
            yield Card(f"{template.name} {number}", *_sides(note, template, number))
        else:
            template = kind.templates[position]
            yield Card(template.name, *_sides(note, template))


def _sides(note: Note, template: CardTemplate, number: int = 0) -> tuple[str, str]:
    fields = note.named
    text = fields.get("Text", "")
    front = _filled(template.front, {**fields, "cloze:Text": revealed(text, number, answer=False)})
    shown = {**fields, "cloze:Text": revealed(text, number, answer=True), "FrontSide": front}
    return front, _filled(template.back, shown)


def _filled(template: str, values: Mapping[str, str]) -> str:
    """A template whose fields are filled, without its sections of fields that are empty."""
    parts = iter(_TAG.split(template))
    made = [next(parts)]
    shown = [True]
    for sign, name, text in zip(parts, parts, parts, strict=True):
        if sign == "#":
            shown.append(shown[-1] and bool(values[name].strip()))
        elif sign == "/":
            shown.pop()
        elif shown[-1]:
            made.append(values[name])
        made.append(text if shown[-1] else "")
    return "".join(made)


def revealed(field: str, number: int, *, answer: bool) -> str:
    """A cloze text that asks for the deletions of a number: with gaps, or as `answer` with what was there marked."""
    opened: list[list[str]] = [[]]
    numbers: list[int] = []
    hints: list[str] = []
    for part in _CLOZE.split(field):
        if part.startswith("{{c"):
            opened.append([])
            numbers.append(int(part[3:-2]))
            hints.append("")
        elif part == "}}" and numbers:
            content = "".join(opened.pop())
            opened[-1].append(_deletion(content, numbers.pop(), hints.pop(), number, answer))
        elif numbers:
            said, mark, hint = part.partition("::")
            opened[-1].append(said)
            hints[-1] = hint if mark else hints[-1]
        else:
            opened[-1].append(part)
    # Anki leaves no elements in formulas: MathJax would take them for text.
    return _MATH.sub(_without_elements, "".join(opened[0]))


def _without_elements(formula: re.Match[str]) -> str:
    """A formula without its elements; one that is never closed is none."""
    return formula[1] + _ELEMENT.sub("", formula[2]) + formula[3] if formula[3] else formula[0]


def _deletion(content: str, mine: int, hint: str, number: int, answer: bool) -> str:
    if mine != number:
        return f'<span class="cloze-inactive" data-ordinal="{mine}">{content}</span>'
    if answer:
        return f'<span class="cloze" data-ordinal="{mine}">{content}</span>'
    safe = _SIGN.sub(lambda sign: _NAMED.get(sign[0], f"&#x{ord(sign[0]):X};"), content)
    return f'<span class="cloze" data-cloze="{safe}" data-ordinal="{mine}">[{hint or "..."}]</span>'
