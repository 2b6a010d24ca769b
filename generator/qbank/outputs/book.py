"""The book: every question whole, with contents, sources and an index; in volumes, where one file were too large."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from qbank.bank import names
from qbank.bank.settings import Settings, Topic
from qbank.bank.words import filled
from qbank.check.facts import Facts
from qbank.markup import plain, tex, typst
from qbank.markup.document import parse
from qbank.outputs import binding, paper
from qbank.outputs.job import Edition, Job, Make, Press
from qbank.outputs.sheets import PAPERS
from qbank.program import asset
from qbank.render.jinja import Typst, render
from qbank.store import key

FOLDER = "book"
#: How many questions one file holds at most. Typst takes 5 to 7.5 MiB for each (193 of them 1,005 MiB, 182 longer ones
#: 1,347 MiB): so many stay below 1.5 GiB.
LIMIT = 200
#: By how many points even pages are moved away from the binding: the 8 mm by which the margin is wider on that side.
#: Typst sets all pages alike, with the names of parts where lines start; margins that change sides (`inside`) would
#: need a container around the texts, which takes a tenth more memory.
SHIFT = 8 / 25.4 * 72

Topics = Sequence[tuple[Topic, list[Facts]]]


class Volume(NamedTuple):
    """A file of the book: its number (0: it is the only one), how many there are, and its topics."""

    number: int
    total: int
    topics: Topics

    @property
    def questions(self) -> list[Facts]:
        """All questions that it holds."""
        return [question for _, questions in self.topics for question in questions]

    @property
    def name(self) -> str:
        """What its files are called, before the paper."""
        return f"{names.WHOLE}-{self.number}" if self.number else names.WHOLE


class Book(NamedTuple):
    """Where every question stands: the volumes, and the number of that of each question, by names."""

    volumes: tuple[Volume, ...]
    shelf: Mapping[str, int]


def jobs(press: Press, edition: Edition, topic: str = "") -> Iterator[Job]:
    """The book on each of the papers; nothing where no PDF can or shall be made, or where there are no questions."""
    if press.bank.header.settings.paper and find_spec("typst") is not None:
        yield from _papers(press, edition)


def _papers(press: Press, edition: Edition) -> Iterator[Job]:
    book = bound(list(press.bank.topics()), LIMIT)
    for volume in book.volumes:
        questions = volume.questions
        about = [edition.version, str(edition.time), press.header_key, repr(volume[:2])]
        about += [f"{press.key(question)} {_linked(press, book, question)}" for question in questions]
        for name, size in PAPERS.items():
            path = f"{FOLDER}/{volume.name}-{name}.pdf"
            make = partial(_document, press, edition, book, volume, size)
            yield Job(path, key("job", path, *about), make, apart=True, weight=len(questions))


def bound(topics: Topics, limit: int) -> Book:
    """Topics in volumes of at most `limit` questions: a topic is cut only where it is larger than a volume."""
    made: list[list[tuple[Topic, list[Facts]]]] = []
    room = 0
    for topic, questions in topics:
        for start in range(0, len(questions), limit):
            part = questions[start : start + limit]
            if len(part) > room:
                made.append([])
                room = limit
            made[-1].append((topic, part))
            room -= len(part)
    alone = len(made) == 1
    volumes = tuple(Volume(0 if alone else number, len(made), each) for number, each in enumerate(made, 1))
    return Book(volumes, {question.name: each.number for each in volumes for question in each.questions})


def _linked(press: Press, book: Book, question: Facts) -> list[tuple[str, str, int]]:
    """What the references of a question to others show: names, titles and volumes."""
    others = press.bank.named((*question.needs, *question.see_also))
    return [(each.name, each.title, book.shelf[each.name]) for each in others if each.name in book.shelf]


def _document(press: Press, edition: Edition, book: Book, volume: Volume, size: str) -> Make:
    figures = {
        f"figures/{name}": press.figure(name) for name in sorted({each.figure for each in volume.questions} - {""})
    }
    files = {"tex.typ": tex.PRELUDE.encode(), "book.typ": asset("book/book.typ"), **figures, **press.fonts()}
    shift = -SHIFT if press.bank.header.settings.direction == "rtl" else SHIFT
    return partial(_write, source(press, edition, book, volume, size), files, edition.time, shift)


def _write(source: str, files: Mapping[str, bytes], time: int, shift: float, path: Path) -> None:
    """Write a volume to a path, as `paper.write`, made for reading: see `binding`."""
    paper.save(binding.bound(paper.compile(source, files=files, time=time), shift), path)


def source(press: Press, edition: Edition, book: Book, volume: Volume, size: str) -> str:
    """The Typst source of a volume on one of `PAPERS`."""
    settings = press.bank.header.settings
    cited = dict.fromkeys(work for question in volume.questions for work in question.works)
    return render(
        "typst",
        "book/book.typ.j2",
        settings=settings,
        edition=edition,
        paper=size,
        title=_title(settings, volume),
        about=_about(settings),
        keywords=[_plain(topic.title) for topic, _ in volume.topics],
        address=Typst(f"#link({typst.string(settings.repository)});"),
        volume=(volume.number, volume.total) if volume.number else None,
        count=len(volume.questions),
        topics=[
            (topic, [_question(press, book, volume, each) for each in questions]) for topic, questions in volume.topics
        ],
        works=[(work, press.bank.header.works[work]) for work in cited],
        index=index((term, question.name) for question in volume.questions for term in _terms(press, question)),
        hole={name: Typst(f"#{name};") for name in ("page", "volume")},
    )


def _title(settings: Settings, volume: Volume) -> str:
    if not volume.number:
        return str(settings.title)
    number = filled(settings.words.volume, str, {"number": volume.number, "count": volume.total})
    return f"{settings.title}: {number}"


def _about(settings: Settings) -> str:
    """What the file says of itself."""
    said = filled(settings.words.license, str, {"license": settings.license})
    where = filled(settings.words.corrections, str, {"address": settings.repository})
    return f"{said} {where}" if settings.repository else said


def _plain(text: str) -> str:
    return plain.text(parse(text))


def _question(press: Press, book: Book, volume: Volume, question: Facts) -> dict[str, Any]:
    settings = press.bank.header.settings
    words = [settings.level(question.level).shown, settings.kind(question.kind).shown]
    if question.essential:
        words.append(settings.words.one_essential)
    return {
        "name": question.name,
        "title": question.title,
        "path": question.path,
        "about": ", ".join(words),
        "link": names.link(settings, press.prefix, question.topic, question.name),
        "article": Typst(press.printed(question).article),
        "needs": list(_others(press, book, volume, question.needs)),
        "related": list(_others(press, book, volume, question.see_also)),
    }


def _others(press: Press, book: Book, volume: Volume, others: Iterable[str]) -> Iterator[Typst]:
    """Other questions, as the template says them: with their page, or in which other volume they stand."""
    for other in press.bank.named(others):
        number = book.shelf.get(other.name)
        title = typst.escape(other.title)
        if number == volume.number:
            yield Typst(f"book-here([{title}], {_label(other.name)})")
        elif number is not None:
            yield Typst(f"book-away([{title}], {number})")


def _label(name: str) -> Typst:
    """What `book.typ` marks so: the head of a question."""
    return Typst(f"label({typst.string(f'question {name}')})")


# -- the index


def _terms(press: Press, question: Facts) -> list[str]:
    """What a question can be looked up by: its title and its other names."""
    return [question.title, *json.loads(press.rendered(question).row)["aliases"]]


def index(terms: Iterable[tuple[str, str]]) -> list[tuple[str, list[tuple[str, list[Typst]]]]]:
    """Terms with the names of their questions as an index: below letters, in their order, terms that differ in nothing
    but capitals, accents and signs are one; each has the labels of its questions.
    """
    found: dict[str, tuple[str, dict[str, None]]] = {}
    for term, name in terms:
        found.setdefault(_sorted_by(term), (term, {}))[1][name] = None
    letters: dict[str, list[tuple[str, list[Typst]]]] = {}
    for _, (term, questions) in sorted(found.items()):
        letters.setdefault(_letter(term), []).append((term, list(map(_label, questions))))
    return list(letters.items())


def _sorted_by(term: str) -> str:
    """A term as it is sorted: without capitals and accents, and from its first letter or digit on; where nothing would
    be left, as it is.
    """
    bare = "".join(each for each in unicodedata.normalize("NFKD", term.casefold()) if not unicodedata.combining(each))
    return re.sub(r"^[\W_]+", "", bare) or bare or term


def _letter(term: str) -> str:
    """The letter that a term stands below; empty where it begins with a digit or a character of Chinese."""
    first = _sorted_by(term)[:1]
    ideograph = unicodedata.name(first, "").startswith("CJK UNIFIED")
    return "" if ideograph or not first.isalpha() else first.upper()[:1]
