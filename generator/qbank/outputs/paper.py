"""Typst: the only place that knows its compiler.

Every PDF is PDF/A-2a and PDF/UA-1: that needs an alternative text on every formula and figure, and turns a character
without a glyph, which Typst would otherwise print as an empty box, into an error.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from qbank import scratch
from qbank.bank.layout import FONTS
from qbank.problem import ContentError, Fault, Place, Problem, rule
from qbank.program import templates

_SHIPPED = templates() / "cheatsheet" / "fonts"
_STANDARDS = ["a-2a", "ua-1"]
HOW_TO_INSTALL = "PDFs need the package typst; install it with: pip install 'qbank[pdf]'"
#: Which question the lines below belong to, in the source of a page.
_MARK = re.compile(r'^// question "(.*)"$', re.MULTILINE)


class PaperUnavailable(Exception):
    """The typst package is missing; the message says how to install it."""


class Manuscript:
    """A Typst source with what it reads, ready to be set; see `opened`."""

    def __init__(self, engine: ModuleType, source: str, root: Path, fonts: Any, families: Sequence[str]) -> None:
        self._engine = engine
        self._source = source
        self._root = root
        self._fonts = fonts
        self._families = json.dumps(families)

    def query(self, label: str, **inputs: str) -> list[Any]:
        """The values of the metadata that bear a label (`<label>`), where `sys.inputs` holds these inputs."""
        return list(json.loads(self._do(self._engine.query, inputs, selector=label, field="value")))

    def pdf(self, time: int = 0, **inputs: str) -> bytes:
        """The PDF, with a time (unix seconds) as its date."""
        return bytes(self._do(self._engine.compile, inputs, timestamp=time, pdf_standards=_STANDARDS))

    def image(self) -> bytes:
        """The only page as SVG."""
        return bytes(self._do(self._engine.compile, {}, format="svg"))

    def _do(self, work: Callable[..., Any], inputs: Mapping[str, str], **options: Any) -> Any:
        try:
            return work(
                self._root / "main.typ",
                root=self._root,
                font_paths=self._fonts,
                ignore_system_fonts=True,
                sys_inputs={"fonts": self._families, **inputs},
                **options,
            )
        except self._engine.TypstError as error:
            problems = _problems(self._source, error.diagnostic)
            if not problems:
                raise
            raise ContentError(problems) from error


@contextmanager
def opened(source: str, files: Mapping[str, bytes]) -> Iterator[Manuscript]:
    """A Typst source with `files` beside it.

    The source finds `theme.typ` beside it, and `tex.typ` with the names that formulas use. It may read nothing else.
    Files in fonts/ are fonts: the theme takes them, in their order, for what its own do not have.
    A comment `// question "<path>"` says which file the lines below it come from: what cannot be set raises
    `ContentError` with a problem there. Raises `PaperUnavailable` when there is no Typst.
    """
    engine = _engine()
    _forget(engine)
    with scratch.folder() as root:
        for name, data in {**_library(files), **files, "main.typ": source.encode()}.items():
            path = root / name
            if not path.resolve().is_relative_to(root.resolve()):
                raise ValueError(f"{name!r} leads out of the folder of a page")
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
        fonts, families = _fonts_of(root, [name for name in files if name.startswith(f"{FONTS}/")])
        yield Manuscript(engine, source, root, fonts, families)


def compile(source: str, *, files: Mapping[str, bytes], time: int = 0, image: bool = False) -> bytes:
    """The PDF of a Typst source, or, of a source of one page, its `image` as SVG; see `opened`."""
    with opened(source, files) as manuscript:
        return manuscript.image() if image else manuscript.pdf(time)


def write(source: str, files: Mapping[str, bytes], time: int, path: Path) -> None:
    """Write the PDF of a Typst source to a path; see `opened`."""
    save(compile(source, files=files, time=time), path)


def save(document: bytes, path: Path) -> None:
    """Write a document to a path."""
    path.write_bytes(document)


def _forget(engine: ModuleType) -> None:
    """Give back what the last source took: Typst keeps all that it computed until ten more have come and gone.

    Before the next one, and not after each: the last of a process goes with it, which takes no time.
    """
    for _ in range(10):
        engine.compile(b"", font_paths=_fonts(), ignore_system_fonts=True)


def _engine() -> ModuleType:
    try:
        import typst as engine
    except ImportError as error:
        raise PaperUnavailable(HOW_TO_INSTALL) from error
    return engine


def _library(given: Mapping[str, bytes]) -> dict[str, bytes]:
    """What every page may import, as far as it is not given."""
    library = {"theme.typ": (templates() / "cheatsheet" / "theme.typ").read_bytes()}
    if "tex.typ" not in given:
        from qbank.markup import tex  # a process that only sets pages is given it, and need not import this

        library["tex.typ"] = tex.PRELUDE.encode()
    return library


@cache
def _fonts() -> Any:
    return _engine().Fonts(include_system_fonts=False, font_paths=[_SHIPPED])


def _fonts_of(root: Path, names: Sequence[str]) -> tuple[Any, list[str]]:
    """The fonts of a page, and the families of its own, in the order of their files."""
    if not names:
        return _fonts(), []
    fonts = _engine().Fonts(include_system_fonts=False, font_paths=[_SHIPPED, root / FONTS])
    known = {Path(font.path).resolve(): font.family for font in fonts.fonts() if font.path}
    own = [known.get((root / name).resolve()) for name in names]
    return fonts, list(dict.fromkeys(filter(None, own)))


# -- what Typst says, in words

_PLACE = re.compile(r"main\.typ:(\d+):")
_NO_GLYPH = re.compile(r'the text `"(.*)"` could not be displayed|contains the codepoint `"(.*)"`')
_CODE = re.compile(r"\\u\{([0-9a-f]+)\}")
#: The theme notes what gets too small to read, as JSON: the question's label, the kind of fault, and what it is.
_NOTED = re.compile(r'panicked with: (\[\["question .*\]\])$')


def _problems(source: str, diagnostic: str) -> list[Problem]:
    """The errors that belong to a question, each once. What is left is a fault of the templates, not of the content."""
    marks = list(_MARK.finditer(source))
    starts = [source.count("\n", 0, mark.start()) + 1 for mark in marks]
    problems: dict[Problem, None] = {}
    for line, message, what in _errors(source, diagnostic):
        at = bisect_right(starts, line) - 1
        if at >= 0:
            path = marks[at][1].replace(r"\"", '"').replace(r"\\", "\\")
            problems.update(dict.fromkeys(page(path, message, what)))
    return list(problems)


def _errors(source: str, diagnostic: str) -> Iterator[tuple[int, str, str]]:
    """The line of the source that an error is about (0: none), the message, and what it is about."""
    from qbank.markup import typst

    for error in re.split(r"^error: ", diagnostic, flags=re.MULTILINE)[1:]:
        message = error.partition("\n")[0]
        noted, glyph, place = _NOTED.match(message), _NO_GLYPH.search(message), _PLACE.search(error)
        if noted:
            for label, kind, what in json.loads(noted[1]):
                at = source.index(f"({typst.string(label.removeprefix('question '))}, [")
                yield source.count("\n", 0, at) + 1, kind, what
        elif place:
            text = glyph and _CODE.sub(lambda code: chr(int(code[1], 16)), glyph[1] or glyph[2])
            yield int(place[1]), "no glyph" if glyph else message, text or ""


_SMALLER = {
    "formula too wide": "break it into lines with \\begin{aligned} .. \\end{aligned}, or into several formulas",
    "formula too tall": "break it into several formulas",
    "table too wide": "shorten its cells, or use fewer columns: a column of the sheet has room for 78 mm",
}


@rule("page")
def page(path: str, message: str, what: str) -> Iterator[Fault]:
    """Every question can be set on paper: a font has each of its characters; formulas and tables fit a column."""
    place = Place(path)
    if message == "no glyph":
        codes = " ".join(f"U+{ord(character):04X}" for character in what)
        yield Fault(
            place,
            f"no font has the character '{what}' ({codes})",
            "write it in Latin letters or as a formula; or add a font that has it under `fonts:` in bank.yaml",
        )
    elif message in _SMALLER:
        noun, _, direction = message.partition(" too ")
        shown = what if len(what) <= 60 else f"{what[:57]}..."
        yield Fault(
            place,
            f"the {noun} '{shown}' is too {direction} to be legible on a sheet",
            f"{_SMALLER[message]}; or say it shorter in `sheet:`",
        )
    else:
        yield Fault(
            place,
            "this question cannot be set on paper",
            f"simplify its formulas and tables; if they look right, report this, with what Typst says: {message}",
        )


RULES = (page,)
