"""The book for e-readers and phones: EPUB 3.3 (https://www.w3.org/TR/epub-33/), with what readers of EPUB 2 ask for.

Each question is a document of its own: a topic of usual size with its MathML is larger than the 300 kB that small
readers take, and its links then lead to a page instead of into the middle of one. A document is made, packed and
forgotten; what is kept of it is its entry in the list of files.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from email.utils import formatdate
from functools import partial
from hashlib import sha1
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from unicodedata import combining, east_asian_width, normalize
from urllib.parse import quote

from qbank.bank.settings import Topic
from qbank.check.facts import Facts
from qbank.markup import tex, web
from qbank.outputs.job import Edition, Job, Press, ready
from qbank.program import asset
from qbank.render.jinja import render
from qbank.store import key

PATH = "book/all.epub"
#: Where the documents lie in the archive, beside what every archive has.
_FOLDER = "EPUB"
_FONT = "fonts/qbank-math.woff2"
#: Media types by the endings of files.
_TYPES = {
    "xhtml": "application/xhtml+xml",
    "svg": "image/svg+xml",
    "css": "text/css",
    "woff2": "font/woff2",
    "ncx": "application/x-dtbncx+xml",
}
# The zip format counts dates from 1980; a fixed one keeps the bytes equal.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
#: The namespace of names that are addresses (RFC 9562, 6.6).
_ADDRESSES = bytes.fromhex("6ba7b8119dad11d180b400c04fd430c8")
#: What a reader can do with every such book (https://www.w3.org/community/reports/a11y-discov-vocab/CG-FINAL-vocabulary/).
_FEATURES = ("displayTransformability", "index", "readingOrder", "structuralNavigation", "tableOfContents")
#: Terms and works that stand in one document.
_TOGETHER = 400
#: Width and type of the cover in its own units, and what a letter of bold type takes of its size at most.
_COVER_WIDTH, _COVER_SIZE, _LETTER = 1360, 170, 0.62

#: An element of canonical XML: no quote stands in the values of its attributes.
_PATH = re.compile(rb'<path((?: [^ ="<>]+="[^"]*")*)>')

Topics = Sequence[tuple[Topic, list[Facts]]]
_Entry = TypeVar("_Entry")


class Item(NamedTuple):
    """A file of the book, as its package lists it: its path below the folder, its properties, and whether it is one of
    the documents that are read one after the other.
    """

    path: str
    properties: str
    read: bool

    @property
    def id(self) -> str:
        """Its name in the package."""
        return self.path.replace("/", "-")

    @property
    def type(self) -> str:
        """Its media type."""
        return _TYPES[self.path.rpartition(".")[2]]


class Term(NamedTuple):
    """An entry of the index: the letter that it stands below, itself, and the questions that explain it."""

    letter: str
    name: str
    questions: list[Facts]


def jobs(press: Press, edition: Edition, topic: str = "") -> Iterator[Job]:
    """book/all.epub; nothing where there are no questions."""
    topics = list(press.bank.topics())
    if topics:
        questions = [press.key(question) for _, each in topics for question in each]
        named = key("job", PATH, edition.version, str(edition.time), press.header_key, *questions)
        yield Job(PATH, named, ready(partial(_write, press, edition, topics)))


def _write(press: Press, edition: Edition, topics: Topics, path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        # By these bytes at the very start systems tell what the file is.
        archive.writestr(_head("mimetype", zipfile.ZIP_STORED), "application/epub+zip")
        archive.writestr(_head("META-INF/container.xml"), asset("epub/container.xml"))
        _Book(press, edition, topics, archive).write()


def _head(name: str, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _ZIP_DATE)
    entry.compress_type = method
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry


class _Book:
    """A book while it is written: the files that it has by now, and the terms that they explain."""

    def __init__(self, press: Press, edition: Edition, topics: Topics, archive: zipfile.ZipFile) -> None:
        self._press = press
        self._topics = topics
        self._archive = archive
        self._settings = press.bank.header.settings
        self._items: list[Item] = []
        self._terms: dict[str, dict[str, Facts]] = {}
        self._edition = edition
        self._questions = [question for _, questions in topics for question in questions]
        cited = dict.fromkeys(work for question in self._questions for work in question.works)
        self._numbers = {work: number for number, work in enumerate(cited, 1)}
        self._identifier = identifier(f"qbank:{self._settings.namespace}/{self._settings.slug}")

    def write(self) -> None:
        """Write the documents in the order in which they are read, then the list of all."""
        settings = self._settings
        works = [(number, self._press.bank.header.works[work]) for work, number in self._numbers.items()]
        parts: dict[str, Any] = {"topics": self._topics, "works": works, "identifier": self._identifier}
        lines, size = cover_lines(settings.title)
        self._add("cover.svg", self._rendered("cover.svg", lines=lines, size=size), "cover-image")
        self._page("cover.xhtml")
        self._page("title.xhtml", total=len(self._questions))
        self._page("nav.xhtml", "nav", **parts)
        for topic, questions in self._topics:
            by_level = [(level, [each for each in questions if each.level == level.name]) for level in settings.levels]
            levels = [each for each in by_level if each[1]]
            self._page(f"topics/{topic.name}.xhtml", template="topic.xhtml", topic=topic, levels=levels)
            for question in questions:
                self._question(topic, question)
        for page, some in pages(works):
            self._page(f"sources-{page}.xhtml", template="sources.xhtml", works=some)
        for page, terms in pages(in_index_order(self._terms)):
            letters = [(letter, list(each)) for letter, each in groupby(terms, key=lambda each: each.letter)]
            self._page(f"index-{page}.xhtml", template="index.xhtml", letters=letters)
        figures = sorted({question.figure for question in self._questions if question.figure})
        for name in figures:
            self._add(f"figures/{name}", with_outlines(self._press.figure(name)))
        self._add(_FONT, asset(f"site/{_FONT}"))
        self._add("style.css", self._rendered("style.css", deepest=web.DEEPEST))
        # Readers that understand none of its selectors drop a whole file.
        self._add("formulas.css", tex.STYLE)
        self._add("toc.ncx", self._rendered("toc.ncx", **parts))
        self._package(bool(figures))

    def _question(self, topic: Topic, question: Facts) -> None:
        bank = self._press.bank
        row = json.loads(self._press.rendered(question).row)
        for term in (question.title, *row["aliases"]):
            self._terms.setdefault(term, {})[question.name] = question
        self._page(
            f"questions/{question.name}.xhtml",
            template="question.xhtml",
            topic=topic,
            question=question,
            article=self._press.web(question).chapter,
            needs=bank.named(question.needs),
            related=bank.named(question.see_also),
            sources=[
                ((self._numbers[source["work"]] - 1) // _TOGETHER + 1, self._numbers[source["work"]], source)
                for source in row["references"]
            ],
            url=row["url"],
        )

    def _package(self, has_figures: bool) -> None:
        features = {*_FEATURES, *(["alternativeText"] if has_figures else [])}
        features |= {"MathML", "describedMath"} if any("mathml" in item.properties for item in self._items) else set()
        about = {
            "identifier": self._identifier,
            "modified": moment(self._edition.time),
            "features": sorted(features),
            "figures": has_figures,
            "items": self._items,
        }
        self._archive.writestr(_head(f"{_FOLDER}/package.opf"), self._rendered("package.opf", **about))

    def _rendered(self, template: str, **context: Any) -> str:
        made = render(
            "paged",
            f"epub/{template}.j2",
            settings=self._settings,
            edition=self._edition,
            address=address,
            **context,
        )
        return made.strip() + "\n"

    def _page(self, path: str, properties: str = "", *, template: str = "", **context: Any) -> None:
        made = self._rendered(template or path, **context)
        self._add(path, made, " ".join([properties, *["mathml"] * ("<math" in made)]).strip(), read=True)

    def _add(self, path: str, content: str | bytes, properties: str = "", *, read: bool = False) -> None:
        self._archive.writestr(_head(f"{_FOLDER}/{path}"), content)
        self._items.append(Item(path, properties, read))


def identifier(name: str) -> str:
    """The name of a book that never changes: the UUID of version 5 (RFC 9562, 5.5) of an address."""
    made = bytearray(sha1(_ADDRESSES + name.encode(), usedforsecurity=False).digest()[:16])
    made[6] = made[6] & 0x0F | 0x50
    made[8] = made[8] & 0x3F | 0x80
    digits = made.hex()
    return "urn:uuid:" + "-".join(digits[start:end] for start, end in ((0, 8), (8, 12), (12, 16), (16, 20), (20, 32)))


def moment(time: int) -> str:
    """A time (unix seconds) as packages write it: 2026-11-01T00:00:00Z."""
    _, day, month, year, clock, _ = formatdate(time, usegmt=True).split()
    return f"{year}-{_MONTHS.index(month) + 1:02}-{day}T{clock}Z"


def address(link: str) -> str:
    """A web address in the characters that an address may have (RFC 3986); what stands in percents already stays."""
    return quote(link, safe="!#$%&'()*+,/:;=?@[]~")


def with_outlines(figure: bytes) -> bytes:
    """A figure in canonical form whose every path has an outline, be it empty: SVG 1.1 asks for one, SVG 2 does not."""
    return _PATH.sub(lambda path: path[0] if b' d="' in path[1] else b'<path d=""' + path[1] + b">", figure)


def pages(entries: Sequence[_Entry]) -> Iterator[tuple[int, Sequence[_Entry]]]:
    """The documents of a long list: their numbers, and what stands in each."""
    for number, start in enumerate(range(0, len(entries), _TOGETHER), 1):
        yield number, entries[start : start + _TOGETHER]


def in_index_order(terms: Mapping[str, Mapping[str, Facts]]) -> list[Term]:
    """Terms and their questions in the order of an index.

    Letters of a script without capitals head nothing: there they may be as many as terms.
    """

    def place(term: str) -> tuple[str, str, str]:
        plain = "".join(char for char in normalize("NFKD", term.casefold()) if not combining(char))
        start = next((at for at, char in enumerate(plain) if char.isalnum()), 0)
        first = plain[start : start + 1].upper()
        return first if first != first.lower() else "", plain[start:], term

    return [Term(letter, term, list(terms[term].values())) for letter, _, term in sorted(map(place, terms))]


def cover_lines(title: str) -> tuple[list[str], int]:
    """The lines in which a title stands on the cover, and the size of their type."""
    lines: list[str] = []
    for most in (12, 18, 26, 40, 60):
        lines = _broken(title, most)
        if len(lines) <= most // 3:
            break
    return lines, min(_COVER_SIZE, int(_COVER_WIDTH / (_LETTER * max(map(_width, lines), default=1))))


def _broken(text: str, most: int) -> list[str]:
    """Lines of some letters at most; of a script without spaces they end anywhere."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        if line and _width(f"{line} {word}") > most:
            lines.append(line)
            line = ""
        line = f"{line} {word}" if line else word
        while _width(line) > most and any(map(_is_wide, line)):
            cut = next(n for n in range(1, len(line) + 1) if _width(line[:n]) >= most)
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line] if line else lines


def _width(text: str) -> int:
    """How wide a text is, in letters of the Latin script."""
    return sum(2 if _is_wide(char) else not combining(char) for char in text)


def _is_wide(char: str) -> bool:
    return east_asian_width(char) in "WF"
