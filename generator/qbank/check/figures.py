"""Rules for figures: plain vector pictures, readable everywhere, that run nothing and fetch nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.parsers import expat

from qbank.model import Bank, Question
from qbank.problem import Fault, Span, rule
from qbank.shape import nearest

MAX_FIGURE_BYTES = 300_000
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\.[a-z]+")
_REMOTE_STYLE = re.compile(r"@import|url\(\s*['\"]?(?!#)", re.IGNORECASE)
_RUNNING = frozenset({"script", "foreignObject", "iframe", "object", "embed", "animate", "set", "handler"})


def _folder(bank: Bank) -> Path:
    return bank.root / "figures"


def _pictures(bank: Bank) -> list[Path]:
    return sorted(_folder(bank).glob("*.svg")) if _folder(bank).is_dir() else []


@rule
def missing_alt(question: Question) -> Iterator[Fault]:
    """A figure says in words what it shows, for screen readers and for whoever sees no pictures."""
    if question.figure.file and not question.figure.alt.strip():
        yield Fault(question.figure.file.span(), "this figure has no text for those who do not see it", "add `alt:`")


@rule
def path_escape(bank: Bank) -> Iterator[Fault]:
    """A figure is named by its file name alone: no path leads out of bank/figures/."""
    for question in bank.questions:
        file = question.figure.file
        if file and not _PLAIN_NAME.fullmatch(file):
            yield Fault(
                file.span(), f"'{file}' is not a plain file name", "put the file into bank/figures/ and name it"
            )


@rule
def unknown_figure(bank: Bank) -> Iterator[Fault]:
    """The figure of a question is an SVG in bank/figures/."""
    known = [path.name for path in _pictures(bank)]
    for question in bank.questions:
        file = question.figure.file
        if file and _PLAIN_NAME.fullmatch(file) and file not in known:
            yield Fault(
                file.span(),
                f"there is no figure '{file}'",
                nearest(file, known, "add the SVG to bank/figures/, with the script that draws it"),
            )


@rule
def figure_format(bank: Bank) -> Iterator[Fault]:
    """A figure is well-formed SVG of at most 300 kB, without document type or entities."""
    for path in _pictures(bank):
        data = path.read_bytes()
        span = Span(path.as_posix(), 1, 1, 1, 2)
        if len(data) > MAX_FIGURE_BYTES:
            yield Fault(span, f"this figure has {len(data):,} bytes, {MAX_FIGURE_BYTES:,} at most", "simplify it")
            continue
        faults: list[Fault] = []
        _walk(path, data, lambda *_: None, faults)
        yield from faults


@rule
def figure_script(bank: Bank) -> Iterator[Fault]:
    """A figure holds no script, no event handler and no reference to anything outside itself."""
    yield from _elements(bank, _scripts)


@rule
def figure_text(bank: Bank) -> Iterator[Fault]:
    """Text in a figure is outlined: a font that is missing elsewhere would be replaced in silence."""
    yield from _elements(bank, _live_text)


def _scripts(name: str, attributes: dict[str, str]) -> tuple[str, str] | None:
    if name in _RUNNING:
        return f"<{name}> is not allowed in a figure", "draw it with plain paths and shapes"
    for key, value in attributes.items():
        local = key.rpartition(":")[2]
        if local.lower().startswith("on"):
            return f"the event handler '{key}' is not allowed in a figure", "delete the attribute"
        if (local == "href" and not value.startswith("#")) or _REMOTE_STYLE.search(value):
            return f"'{value[:40]}' leads out of the figure", "refer only to parts of the same file: #name"
    return None


def _live_text(name: str, attributes: dict[str, str]) -> tuple[str, str] | None:
    if name in ("text", "tspan", "textPath"):
        return "this text is not outlined", "export text as paths; in matplotlib: svg.fonttype = 'path'"
    return None


Finder = Callable[[str, dict[str, str]], tuple[str, str] | None]


def _elements(bank: Bank, find: Finder) -> Iterator[Fault]:
    """The first fault of each file that `find` sees in an element."""
    for path in _pictures(bank):
        data = path.read_bytes()
        faults: list[Fault] = []
        if len(data) <= MAX_FIGURE_BYTES:
            _walk(path, data, find, [], faults)
        yield from faults[:1]


def _walk(path: Path, data: bytes, find: Finder, broken: list[Fault], found: list[Fault] | None = None) -> None:
    """Read an SVG element by element; faults of the XML go to `broken`, what `find` says to `found`."""
    parser = expat.ParserCreate()

    def here() -> Span:
        line, column = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        return Span(path.as_posix(), line, column, line, column + 1)

    def element(name: str, attributes: dict[str, str]) -> None:
        said = find(name.rpartition(":")[2], attributes)
        if said and found is not None:
            found.append(Fault(here(), *said))

    def style(text: str) -> None:
        if found is not None and _REMOTE_STYLE.search(text) and find is _scripts:
            found.append(Fault(here(), "a style leads out of the figure", "refer only to parts of the same file"))

    def doctype(*_: object) -> None:
        broken.append(Fault(here(), "a figure has no document type", "delete the <!DOCTYPE ...>"))
        raise _Enough

    parser.StartElementHandler = element
    parser.CharacterDataHandler = style
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except _Enough:
        pass
    except expat.ExpatError as error:
        span = Span(path.as_posix(), error.lineno, error.offset + 1, error.lineno, error.offset + 2)
        broken.append(Fault(span, "this is not well-formed SVG", "export the figure again"))


class _Enough(Exception):
    """The rest of the file need not be read."""
