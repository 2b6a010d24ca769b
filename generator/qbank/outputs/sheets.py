"""Cheat sheets: each topic on a few pages, as PDF in two sizes of paper and as Markdown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial
from importlib.util import find_spec
from typing import Any

from qbank.bank import names
from qbank.bank.model import Line
from qbank.bank.settings import Settings, Topic
from qbank.bank.words import filled
from qbank.check.facts import Facts
from qbank.markup import plain, tex
from qbank.markup.document import parse
from qbank.outputs import markdown as pages
from qbank.outputs import night, paper, typesetting
from qbank.outputs.job import Edition, Find, Job, Make, Press, ready
from qbank.outputs.references import References
from qbank.outputs.typesetting import Item
from qbank.render.jinja import Md, Typst, render
from qbank.store import key

#: The papers by their name in file names, and what Typst calls them.
PAPERS = {"a4": "a4", "letter": "us-letter"}
#: The same, as readers call them.
TITLES = {"a4": "A4", "letter": "Letter"}
FOLDER = "cheatsheets"

Topics = Sequence[tuple[Topic, list[Facts]]]


def jobs(press: Press, edition: Edition, topic: str = "") -> Iterator[Job]:
    """The sheets of every topic (or of `topic` only, where it is given), that for the night before and a list of them
    all; without the typst package, Markdown only.
    """
    pdf = press.bank.header.settings.paper and find_spec("typst") is not None
    topics = [each for each in press.bank.topics() if topic in ("", each[0].name)]
    for each in topics:
        name = str(each[0].name)
        path = f"{FOLDER}/{name}.md"
        links = [str(pages.linked(press, question)) for question in each[1]]
        named = _key(press, edition, path, [each], *links)
        yield Job(path, named, ready(partial(pages.write, partial(markdown, press, edition, *each))))
        if pdf:
            yield from documents(press, edition, name, [each])
    if topics and not topic:
        yield from night.jobs(press, edition, FOLDER, PAPERS if pdf else {})
        path = f"{FOLDER}/{names.INDEX}.md"
        named = _key(press, edition, path, topics, str(pdf))
        yield Job(path, named, ready(partial(pages.write, partial(index, press, edition, topics, pdf=pdf))))
    yield from pages.figures(press, FOLDER, (question for _, questions in topics for question in questions))


def documents(press: Press, edition: Edition, name: str, topics: Topics) -> Iterator[Job]:
    """Some topics as one PDF on each of the papers.

    Of several topics each is composed before, by itself: to measure all of them at once takes gigabytes.
    """
    questions = [question for _, each in topics for question in each]
    links = [str(pages.linked(press, question)) for question in questions]
    for size in PAPERS:
        path = f"{FOLDER}/{name}-{size}.pdf"
        yield Job(
            path,
            _key(press, edition, path, topics, *links),
            partial(_document, press, edition, topics, size),
            apart=True,
            weight=len(questions),
            first=partial(_unmeasured, press, edition, topics, size) if len(topics) > 1 else None,
        )


def _unmeasured(press: Press, edition: Edition, topics: Topics, size: str) -> Iterator[Find]:
    """What composes those of the topics that were never composed as they are."""
    for each in topics:
        sheet = _sheet(press, edition, [each], size, _here(topics))
        if not all(part.is_measured for part in sheet.parts):
            yield partial(typesetting.compose_only, sheet)


def _key(press: Press, edition: Edition, path: str, topics: Topics, *more: str) -> str:
    about = [edition.version, str(edition.time), press.header_key, *more]
    return key("job", path, *about, *(press.key(question) for _, questions in topics for question in questions))


def _document(press: Press, edition: Edition, topics: Topics, size: str) -> Make:
    return partial(typesetting.write, _sheet(press, edition, topics, size, _here(topics)))


def _sheet(press: Press, edition: Edition, topics: Topics, size: str, here: Collection[str]) -> typesetting.Sheet:
    """Some topics of a document that holds the questions of the names in `here`."""
    files = _files(press, [question for _, questions in topics for question in questions])
    parts = tuple(_part(press, topic, questions, here, size) for topic, questions in topics)
    return typesetting.Sheet(source(press, edition, topics, size, here), files, edition.time, parts)


def _here(topics: Topics) -> frozenset[str]:
    """The names of all questions that a document holds."""
    return frozenset(question.name for _, questions in topics for question in questions)


def _part(press: Press, topic: Topic, questions: Sequence[Facts], here: Collection[str], size: str) -> typesetting.Part:
    """A topic, as it is measured and placed: in every document, though its links may lead elsewhere."""
    settings = press.bank.header.settings
    references = References(press, questions, here)

    def item(about: Sequence[str], name: str, level: int = 0, needs: Sequence[str] = (), figure: str = "") -> Item:
        named = key("heights", size, press.header_key, *about)
        return Item(name, level, tuple(needs), bool(figure), named, press.kept(named))

    boxes = [
        item([press.key(each), references.said(each)], each.name, settings.rank(each.level), each.needs, each.figure)
        for each in questions
    ]
    works = [
        item(
            [str(number), work.title, work.cited_authors, work.edition, work.year, work.cited_identifier],
            f"[{number}]",
        )
        for number, (_, work) in enumerate(references.works(), start=1)
    ]
    asked = [item([title, line], each.name) for each, title, line in _asked(press, questions)]
    # Under the name of the topic alone: whoever takes it looks whether it was composed of the same heights.
    last = key("layout", size, topic.name)
    title = f"{TITLES[size]}: {topic.name}"
    return typesetting.Part(title, topic.name.place(), tuple(boxes), tuple(works), tuple(asked), last, press.kept(last))


def _files(press: Press, questions: Sequence[Facts]) -> dict[str, bytes]:
    """What the source of some questions reads."""
    figures = {f"figures/{name}": press.figure(name) for name in sorted({each.figure for each in questions} - {""})}
    return {"tex.typ": tex.PRELUDE.encode(), **figures, **press.fonts()}


def box(press: Press, question: Facts) -> bytes:
    """The box of a question alone, as SVG. Raises `ContentError` and `PaperUnavailable` as `paper.compile` does."""
    settings = press.bank.header.settings
    made = render(
        "typst",
        "cheatsheet/box.typ.j2",
        settings=settings,
        topic=settings.topic(question.topic),
        question=_box(press, question, References(press, [question])),
    )
    return paper.compile(made, files=_files(press, [question]), image=True)


def source(press: Press, edition: Edition, topics: Topics, size: str, here: Collection[str] | None = None) -> str:
    """The Typst source of some topics on one of `PAPERS`: the whole document, or that part of one that holds the
    questions of the names in `here`.
    """
    settings = press.bank.header.settings
    here = _here(topics) if here is None else here
    title = str(settings.title)
    if len(topics) == 1:
        title += f": {_plain(topics[0][0].title)}"
    return render(
        "typst",
        "cheatsheet/sheet.typ.j2",
        settings=settings,
        title=title,
        about=_about(settings),
        keywords=_keywords(topics),
        topics=[_topic(press, topic, questions, here) for topic, questions in topics],
        paper=PAPERS[size],
        edition=edition,
    )


def _topic(press: Press, topic: Topic, questions: Sequence[Facts], here: Collection[str]) -> dict[str, Any]:
    references = References(press, questions, here)
    boxes = [_box(press, question, references) for question in questions]
    asked = list(_asked(press, questions))
    return {"topic": topic, "questions": boxes, "works": references.works(), "asked": asked}


def _asked(press: Press, questions: Sequence[Facts]) -> Iterator[tuple[Facts, Typst, Typst]]:
    """What is asked next, with the question that it follows and the title of that."""
    for each in questions:
        made = press.rendered(each)
        yield from ((each, Typst(made.title), Typst(line)) for line in made.asked)


def _about(settings: Settings) -> str:
    """What the file says of itself."""
    said = filled(settings.words.license, str, {"license": settings.license})
    where = filled(settings.words.corrections, str, {"address": settings.repository})
    return f"{said} {where}" if settings.repository else said


def _keywords(topics: Topics) -> list[str]:
    """What the file can be found by: the titles of its questions, or of its topics where it has several."""
    if len(topics) == 1:
        return [question.title for question in topics[0][1]]
    return [_plain(topic.title) for topic, _ in topics]


def _plain(text: Line) -> str:
    return plain.text(parse(text))


def _box(press: Press, question: Facts, references: References) -> dict[str, Any]:
    made = press.rendered(question)
    return {
        "name": question.name,
        "path": question.path,
        "level": press.bank.header.settings.rank(question.level) + 1,
        "title": Typst(made.title),
        "body": Typst(made.body),
        "closing": references.closing(question),
    }


def markdown(press: Press, edition: Edition, topic: Topic, questions: Sequence[Facts]) -> str:
    """The sheet of a topic as Markdown, as GitHub shows it."""
    parts = [
        {
            "question": question,
            "section": Md(press.rendered(question).section),
            "related": press.bank.named(question.see_also),
        }
        for question in questions
    ]
    settings = press.bank.header.settings
    about = {"settings": settings, "edition": edition, "flavor": "github"}
    return pages.rendered("cheatsheet/sheet.md.j2", topic=topic, questions=parts, **about)


def index(press: Press, edition: Edition, topics: Topics, *, pdf: bool) -> str:
    """The list of all sheets as Markdown, as GitHub shows it."""
    about = {"settings": press.bank.header.settings, "edition": edition, "flavor": "github"}
    about["night"] = [names.NIGHT, sum(len(questions) for _, questions in night.chosen(press.bank))]
    return pages.rendered("cheatsheet/index.md.j2", topics=topics, papers=list(TITLES.items()) if pdf else [], **about)
