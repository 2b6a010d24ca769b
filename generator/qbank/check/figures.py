"""Rules for figures: plain vector pictures, readable everywhere, that run nothing and fetch nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.parsers import expat

from qbank.bank.layout import MAX_FIGURE_BYTES
from qbank.bank.model import Question
from qbank.bank.names import is_file_name
from qbank.bank.settings import Settings
from qbank.problem import Fault, Place, Problem, Rule, rule

_REMOTE_STYLE = re.compile(r"@import|url\(\s*['\"]?(?!#)", re.IGNORECASE)
_RUNNING = frozenset({"script", "foreignObject", "iframe", "object", "embed", "animate", "set", "handler"})
_TEXT = frozenset({"text", "tspan", "textPath"})


@rule("question", guards="rendering")
def missing_alt(question: Question, settings: Settings) -> Iterator[Fault]:
    """A figure says in words what it shows, for screen readers and for whoever sees no pictures."""
    if question.figure.file and not question.figure.alt.strip():
        yield Fault(question.figure.file.place(), "this figure has no text for those who do not see it", "add `alt:`")


@rule("question", guards="security")
def path_escape(question: Question, settings: Settings) -> Iterator[Fault]:
    """A figure is named by its file name alone: no path leads out of bank/figures/."""
    file = question.figure.file
    if file and not is_file_name(file):
        yield Fault(file.place(), f"'{file}' is not a plain file name", "put the file into bank/figures/ and name it")


@rule("reading", guards="rendering")
def figure_format(place: Place, message: str, help: str) -> Iterator[Fault]:
    """A figure is well-formed SVG of at most 300 kB, without document type or entities."""
    yield Fault(place, message, help)


@rule("reading", guards="security")
def figure_script(place: Place, message: str, help: str) -> Iterator[Fault]:
    """A figure holds no script, no event handler and no reference to anything outside itself."""
    yield Fault(place, message, help)


@rule("reading")
def figure_text(place: Place, message: str, help: str) -> Iterator[Fault]:
    """Text in a figure is outlined: a font that is missing elsewhere would be replaced in silence."""
    yield Fault(place, message, help)


def inspect(path: str, data: bytes) -> list[Problem]:
    """What is wrong with a figure: the first fault of each rule. `data` may be cut behind the largest size allowed."""
    if len(data) > MAX_FIGURE_BYTES:
        message = f"this figure is larger than {MAX_FIGURE_BYTES:,} bytes"
        return list(figure_format(Place(path), message, "simplify it"))
    return list(_Inspection(path, data).problems.values())


class _Inspection:
    """One pass over the elements of an SVG."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.data = data
        self.problems: dict[str, Problem] = {}
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._element
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        try:
            self.parser.Parse(data, True)
        except _Enough:
            pass
        except expat.ExpatError:
            self._note(
                figure_format, self.parser.ErrorByteIndex, "this is not well-formed SVG", "export the figure again"
            )

    def _note(self, found: Rule[Place, str, str], at: int, message: str, help: str) -> None:
        index = len(self.data[: max(at, 0)].decode("utf-8", errors="replace").removeprefix("\ufeff"))
        for problem in found(Place(self.path, "", index, index + 1), message, help):
            self.problems.setdefault(found.name, problem)

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        at = self.parser.CurrentByteIndex
        local = name.rpartition(":")[2]
        if local in _TEXT:
            self._note(
                figure_text,
                at,
                "this text is not outlined",
                "export text as paths; in matplotlib: svg.fonttype = 'path'",
            )
        said = _active(local, attributes)
        if said:
            self._note(figure_script, at, *said)

    def _text(self, text: str) -> None:
        if _REMOTE_STYLE.search(text):
            at = self.parser.CurrentByteIndex
            self._note(figure_script, at, "a style leads out of the figure", "refer only to parts of the same file")

    def _doctype(self, *_: object) -> None:
        at = self.parser.CurrentByteIndex
        self._note(figure_format, at, "a figure has no document type", "delete the <!DOCTYPE ...>")
        raise _Enough


class _Enough(Exception):
    """The rest of the file need not be read."""


def _active(name: str, attributes: dict[str, str]) -> tuple[str, str] | None:
    if name in _RUNNING:
        return f"<{name}> is not allowed in a figure", "draw it with plain paths and shapes"
    for key, value in attributes.items():
        local = key.rpartition(":")[2]
        if local.lower().startswith("on"):
            return f"the event handler '{key}' is not allowed in a figure", "delete the attribute"
        if (local == "href" and not value.startswith("#")) or _REMOTE_STYLE.search(value):
            return f"'{value[:40]}' leads out of the figure", "refer only to parts of the same file: #name"
    return None


QUESTION_RULES = (missing_alt, path_escape)
RULES = (figure_format, figure_script, figure_text)
