"""The night-before sheet: of every idea that surely comes one formula or distinction and one trap, on one page.

The questions choose themselves, by their field `night_before`; they stand in study order below their topics. Where one
page cannot hold them at a size that is read with ease, there are two.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from qbank.bank import names
from qbank.bank.settings import Topic
from qbank.check.facts import Bank, Facts
from qbank.markup import tex
from qbank.outputs import markdown as pages
from qbank.outputs import paper
from qbank.outputs.job import Edition, Job, Make, Press, ready
from qbank.render.jinja import Typst, render
from qbank.store import key

Topics = Sequence[tuple[Topic, list[Facts]]]


def chosen(bank: Bank) -> Topics:
    """The questions that have a text for the night before, by topics, in study order."""
    every = ((topic, [each for each in questions if each.night_before]) for topic, questions in bank.topics())
    return [(topic, questions) for topic, questions in every if questions]


def jobs(press: Press, edition: Edition, folder: str, papers: Mapping[str, str]) -> Iterator[Job]:
    """The sheet in a folder, as Markdown and on papers, whose names in Typst are given by those in file names; nothing
    where no question has a text for it.
    """
    topics = chosen(press.bank)
    if not topics:
        return
    about = [edition.version, str(edition.time), press.header_key]
    about += [press.key(question) for _, questions in topics for question in questions]
    path = f"{folder}/{names.NIGHT}.md"
    yield Job(path, key("job", path, *about), ready(partial(pages.write, partial(markdown, press, edition, topics))))
    for name, size in papers.items():
        path = f"{folder}/{names.NIGHT}-{name}.pdf"
        yield Job(path, key("job", path, *about), partial(_document, press, edition, topics, size), apart=True)


def _document(press: Press, edition: Edition, topics: Topics, size: str) -> Make:
    files = {"tex.typ": tex.PRELUDE.encode(), **press.fonts()}
    return partial(paper.write, source(press, edition, topics, size), files, edition.time)


def item(press: Press, question: Facts) -> bytes:
    """The text of a question alone, as SVG. Raises `ContentError` and `PaperUnavailable` as `paper.compile` does."""
    topics = [(each, [question]) for each in press.bank.header.settings.topics if each.name == question.topic]
    made = source(press, Edition("", 0), topics, "")
    return paper.compile(made, files={"tex.typ": tex.PRELUDE.encode(), **press.fonts()}, image=True)


def source(press: Press, edition: Edition, topics: Topics, size: str) -> str:
    """The Typst source of the sheet on a paper, by the paper's name in Typst; without one, of its first text alone."""
    address = re.sub("^https?://", "", press.bank.header.settings.repository)
    return render("typst", "cheatsheet/night.typ.j2", **_context(press, edition, topics), paper=size, address=address)


def markdown(press: Press, edition: Edition, topics: Topics) -> str:
    """The sheet as Markdown, as GitHub shows it."""
    return pages.rendered("cheatsheet/night.md.j2", **_context(press, edition, topics), flavor="github")


def _context(press: Press, edition: Edition, topics: Topics) -> dict[str, Any]:
    settings = press.bank.header.settings
    return {
        "settings": settings,
        "edition": edition,
        "level": settings.levels[0].shown,
        "topics": [(topic, [_item(press, question) for question in questions]) for topic, questions in topics],
    }


def _item(press: Press, question: Facts) -> dict[str, Any]:
    """A question with its title and its text, as Markdown and as Typst."""
    made = press.rendered(question)
    return {
        "name": question.name,
        "path": question.path,
        "title": question.title,
        "text": json.loads(made.row)["night_before"]["markdown"],
        "title_typst": Typst(made.title),
        "text_typst": Typst(made.night),
    }
