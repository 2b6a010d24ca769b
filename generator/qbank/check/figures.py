"""Rules for figures: plain vector pictures, readable everywhere, that run nothing and fetch nothing."""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from qbank.bank.layout import MAX_FIGURE_BYTES
from qbank.bank.model import Question
from qbank.bank.names import is_file_name
from qbank.bank.settings import Settings
from qbank.check import drawing
from qbank.problem import Fault, Place, Problem, Rule, rule

#: What a figure of 300 kB may hold, so that no parser of another language is overrun: how deep its elements stand in
#: one another, how many there are, and how many are drawn once every <use> is followed.
MAX_DEPTH, MAX_NODES, MAX_DRAWN = 64, 20_000, 100_000
#: Selectors and properties of its style sheets: Typst takes a second for 20,000 elements with these.
MAX_STYLES = 400
_NOT_UTF8 = ("this figure is not UTF-8 text", "save it as UTF-8")
_ROOT = "its root is <svg xmlns='http://www.w3.org/2000/svg'>"
_REPEATED = ("this figure repeats its parts too often, or one holds itself", "repeat fewer parts by <use>")
_NOT_OUTLINED = ("this text is not outlined", "export text as paths; in matplotlib: svg.fonttype = 'path'")


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
    """A figure is well-formed SVG in UTF-8 of at most 300 kB that says its size, without document type or entities.

    Its elements stand at most 64 deep in one another; there are at most 20,000, and 100,000 where each `<use>` counts
    as what it repeats. Its style sheets have at most 400 selectors and properties.
    """
    yield Fault(place, message, help)


@rule("reading", guards="security")
def figure_script(place: Place, message: str, help: str) -> Iterator[Fault]:
    """A figure holds what draws, and no more: shapes, groups, gradients, patterns, clips, `<use>` of its own parts.

    Other elements, attributes and styles are refused, and so are instructions of XML: no list could name all that runs,
    fetches or leads out of a figure.
    """
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
    """One pass over an SVG, as bytes that Python's parser reads without going deeper with them."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.data = data
        self.problems: dict[str, Problem] = {}
        self.open: list[str] = []
        self.style: list[str] = []
        self.nodes = self.root = self.styles = 0
        self.size: drawing.Said | None = None
        #: Of every part that has a name, how many nodes it has, and to which other parts it and its own parts refer.
        self.parts: dict[str, _Part] = {"": _Part()}
        self.within: list[str] = [""]
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            self._note(figure_format, error.start, *_NOT_UTF8)
            return
        # Whatever encoding the file claims.
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.XmlDeclHandler = self._declaration
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = self._instruction
        self.parser.StartElementHandler = self._element
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        try:
            self.parser.Parse(data, True)
            if _drawn(self.parts) > MAX_DRAWN:
                self._note(figure_format, self.root, *_REPEATED)
            if self.size:
                self._note(figure_format, self.root, *self.size)
        except _Enough:
            pass
        except expat.ExpatError:
            self._note(
                figure_format, self.parser.ErrorByteIndex, "this is not well-formed SVG", "export the figure again"
            )

    def _note(self, found: Rule[Place, str, str], at: int, message: str, help: str) -> None:
        if found.name in self.problems:
            return
        index = len(self.data[: max(at, 0)].decode("utf-8", errors="replace").removeprefix("\ufeff"))
        for problem in found(Place(self.path, "", index, index + 1), message, help):
            self.problems[found.name] = problem

    def _here(self, found: Rule[Place, str, str], said: tuple[str, str]) -> None:
        self._note(found, self.parser.CurrentByteIndex, *said)

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self.nodes += 1
        if not self.open:
            if name != f"{drawing.SVG} svg":
                self._here(figure_format, ("the root of this figure is not <svg> of SVG", _ROOT))
                raise _Enough
            self.root, self.size = self.parser.CurrentByteIndex, drawing.size(attributes)
        if len(self.open) >= MAX_DEPTH or self.nodes > MAX_NODES:
            many = f"more than {MAX_NODES:,} elements, or more than {MAX_DEPTH} inside one another"
            self._here(figure_format, (f"this figure has {many}", "simplify it"))
            raise _Enough
        self.open.append(local)
        self._count(attributes)
        if local in drawing.TEXT:
            self._here(figure_text, _NOT_OUTLINED)
            return
        said = drawing.element(name)
        for key, value in attributes.items():
            said = said or drawing.attribute(key, value)
        if said:
            self._here(figure_script, said)

    def _count(self, attributes: dict[str, str]) -> None:
        """Add an element to what its part draws: the nearest element around it that has a name, or itself."""
        own = attributes.get("id", "")
        holder = self.parts[self.within[-1]]
        if own:
            holder.refers.append(own)
            holder = self.parts.setdefault(own, _Part())
        holder.nodes += 1
        holder.refers += drawing.targets(attributes)
        self.within.append(own or self.within[-1])

    def _end(self, name: str) -> None:
        if self.open.pop() == "style":
            css = "".join(self.style)
            self.style.clear()
            self.styles += drawing.styles(css)
            if self.styles > MAX_STYLES:
                many = f"the style sheets of this figure have more than {MAX_STYLES} selectors and properties"
                self._here(figure_format, (many, "write what only some elements need at these"))
                raise _Enough
            said = drawing.sheet(css)
            if said:
                self._here(figure_script, said)
        self.within.pop()

    def _text(self, text: str) -> None:
        if self.open and self.open[-1] == "style":
            self.style.append(text)

    def _declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        if encoding and encoding.lower() not in ("utf-8", "us-ascii"):
            self._here(figure_format, _NOT_UTF8)

    def _doctype(self, *_: object) -> None:
        self._here(figure_format, ("a figure has no document type", "delete the <!DOCTYPE ...>"))
        raise _Enough

    def _instruction(self, target: str, data: str) -> None:
        self._here(figure_script, (f"<?{target} ...?> is not allowed in a figure", "delete it"))


class _Part:
    """How many nodes something draws by itself, and what it refers to."""

    __slots__ = ("nodes", "refers")

    def __init__(self) -> None:
        self.nodes = 0
        self.refers: list[str] = []


def _drawn(parts: dict[str, _Part]) -> int:
    """How many nodes are drawn when every reference is followed; more than `MAX_DRAWN` where one leads to itself."""
    made: dict[str, int] = {}
    path = [""]
    ahead: dict[str, Iterator[str]] = {"": iter(parts[""].refers)}
    while path:
        name = path[-1]
        other = next((each for each in ahead[name] if each in parts and each not in made), None)
        if other is None:
            made[name] = parts[name].nodes + sum(made[each] for each in parts[name].refers if each in made)
            path.pop()
        elif other in ahead:
            return MAX_DRAWN + 1
        else:
            path.append(other)
            ahead[other] = iter(parts[other].refers)
    return made[""]


class _Enough(Exception):
    """The rest of the file need not be read."""


QUESTION_RULES = (missing_alt, path_escape)
RULES = (figure_format, figure_script, figure_text)
