"""Cheat sheets: each topic on a few pages, and all topics as one book, as PDF in two sizes of paper and as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from qbank import templating
from qbank.markup import plain
from qbank.markup.document import parse
from qbank.model import LEVELS, Bank, Question, Topic
from qbank.outputs import paper
from qbank.outputs.artifact import Artifact, Edition
from qbank.problem import ContentError, Problem

#: The papers by their name in file names, and what Typst calls them.
PAPERS = {"a4": "a4", "letter": "us-letter"}

Topics = Sequence[tuple[Topic, list[Question]]]


def build(bank: Bank, edition: Edition, *, topic: str = "", pdf: bool = True) -> Iterator[Artifact]:
    """The sheets of every topic (only those of `topic`, where it is given) and the book; without `pdf`, Markdown only.

    What cannot be set on paper raises `ContentError`, after all that can be set was yielded. Without the typst package
    PDFs raise `paper.PaperUnavailable`.
    """
    topics = [each for each in bank.topics() if topic in ("", each[0].name)]
    for each in topics:
        yield Artifact(f"cheatsheets/{each[0].name}.md", markdown(bank, edition, *each).encode())
    if not pdf:
        return
    problems: dict[Problem, None] = {}
    sheets: list[tuple[str, Topics]] = [(str(each[0].name), [each]) for each in topics]
    if topics and not topic:
        sheets.append(("all", topics))
    for name, parts in sheets:
        for size in PAPERS:
            try:
                yield Artifact(f"cheatsheets/{name}-{size}.pdf", document(bank, edition, parts, size))
            except ContentError as error:
                problems.update(dict.fromkeys(error.problems))
    if problems:
        raise ContentError(list(problems))


def document(bank: Bank, edition: Edition, topics: Topics, size: str) -> bytes:
    """The PDF of some topics on one of `PAPERS`."""
    title = str(bank.settings.title)
    if len(topics) == 1:
        title += f": {plain.text(parse(topics[0][0].title))}"
    template = paper.environment().get_template("cheatsheet/sheet.typ.j2")
    source = template.render(
        settings=bank.settings,
        title=title,
        topics=topics,
        paper=PAPERS[size],
        levels={level: number for number, level in enumerate(LEVELS, 1)},
        address=re.sub("^https?://", "", bank.settings.repository),
        edition=edition,
    )
    names = {question.figure.file for _, questions in topics for question in questions if question.figure.file}
    figures = {f"figures/{name}": (bank.root / "figures" / name).read_bytes() for name in sorted(names)}
    return paper.compile(source, files=figures, time=edition.time)


def markdown(bank: Bank, edition: Edition, topic: Topic, questions: Sequence[Question]) -> str:
    """The sheet of a topic as Markdown, as GitHub shows it."""
    template = _environment().get_template("cheatsheet/sheet.md.j2")
    return template.render(bank=bank, edition=edition, topic=topic, questions=questions).strip() + "\n"


@cache
def _environment() -> Environment:
    """Jinja for Markdown. Filters: `plain` keeps a text from becoming markup, `address` keeps a link whole."""
    environment = Environment(  # noqa: S701 - there is no HTML here
        loader=FileSystemLoader(templating.directory()),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["plain"] = _plain
    environment.filters["address"] = lambda text: text.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
    return environment


def _plain(text: Any) -> str:
    return re.sub(r"[\\`*_{}\[\]<>#$|~&]", r"\\\g<0>", " ".join(str(text).split()))
