"""Cheat sheets: each topic on a few pages, as PDF in two sizes of paper and as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from importlib.util import find_spec
from typing import Any

from qbank.bank.settings import Topic
from qbank.check.facts import Facts
from qbank.markup import plain, tex
from qbank.markup.document import parse
from qbank.outputs import markdown as pages
from qbank.outputs import paper
from qbank.outputs.job import Edition, Job, Make, Press, ready
from qbank.render.jinja import Typst, render
from qbank.store import key

#: The papers by their name in file names, and what Typst calls them.
PAPERS = {"a4": "a4", "letter": "us-letter"}
#: The same, as readers call them.
TITLES = {"a4": "A4", "letter": "Letter"}
FOLDER = "cheatsheets"

Topics = Sequence[tuple[Topic, list[Facts]]]


def jobs(press: Press, edition: Edition, topic: str = "") -> Iterator[Job]:
    """The sheets of every topic (or of `topic` only, where it is given) and a list of them all; without the typst
    package, Markdown only.
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
        path = f"{FOLDER}/index.md"
        named = _key(press, edition, path, topics, str(pdf))
        yield Job(path, named, ready(partial(pages.write, partial(index, press, edition, topics, pdf=pdf))))
    yield from pages.figures(press, FOLDER, (question for _, questions in topics for question in questions))


def documents(press: Press, edition: Edition, name: str, topics: Topics) -> Iterator[Job]:
    """Some topics as one PDF on each of the papers."""
    for size in PAPERS:
        path = f"{FOLDER}/{name}-{size}.pdf"
        yield Job(
            path,
            _key(press, edition, path, topics),
            partial(_document, press, edition, topics, size),
            apart=True,
            weight=sum(len(questions) for _, questions in topics),
        )


def _key(press: Press, edition: Edition, path: str, topics: Topics, *more: str) -> str:
    about = [edition.version, str(edition.time), press.header_key, *more]
    return key("job", path, *about, *(press.key(question) for _, questions in topics for question in questions))


def _document(press: Press, edition: Edition, topics: Topics, size: str) -> Make:
    files = _files(press, [question for _, questions in topics for question in questions])
    return partial(paper.write, source(press, edition, topics, size), files, edition.time)


def _files(press: Press, questions: Sequence[Facts]) -> dict[str, bytes]:
    """What the source of some questions reads."""
    figures = {f"figures/{name}": press.figure(name) for name in sorted({each.figure for each in questions} - {""})}
    return {"tex.typ": tex.PRELUDE.encode(), **figures, **press.fonts()}


def box(press: Press, question: Facts) -> bytes:
    """The box of a question alone, as SVG. Raises `ContentError` and `PaperUnavailable` as `paper.compile` does."""
    settings = press.bank.header.settings
    about = {"settings": settings, "topic": settings.topic(question.topic), "question": _box(press, question)}
    made = render("typst", "cheatsheet/box.typ.j2", **about)
    return paper.compile(made, files=_files(press, [question]), image=True)


def source(press: Press, edition: Edition, topics: Topics, size: str) -> str:
    """The Typst source of some topics on one of `PAPERS`."""
    settings = press.bank.header.settings
    title = str(settings.title)
    if len(topics) == 1:
        title += f": {plain.text(parse(topics[0][0].title))}"
    return render(
        "typst",
        "cheatsheet/sheet.typ.j2",
        settings=settings,
        title=title,
        topics=[(topic, [_box(press, question) for question in questions]) for topic, questions in topics],
        paper=PAPERS[size],
        address=re.sub("^https?://", "", settings.repository),
        edition=edition,
    )


def _box(press: Press, question: Facts) -> dict[str, Any]:
    made = press.rendered(question)
    return {
        "name": question.name,
        "path": question.path,
        "level": press.bank.header.settings.rank(question.level) + 1,
        "title": Typst(made.title),
        "body": Typst(made.body),
    }


def markdown(press: Press, edition: Edition, topic: Topic, questions: Sequence[Facts]) -> str:
    """The sheet of a topic as Markdown, as GitHub shows it."""
    parts = [
        {
            "question": question,
            "section": press.rendered(question).section,
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
    return pages.rendered("cheatsheet/index.md.j2", topics=topics, papers=list(TITLES.items()) if pdf else [], **about)
