"""The bank as Markdown: a page of contents and one for each topic, with every question whole, in every flavor.

The flavor for GitHub lies in markdown/, the plain one below it, and the figures that both show beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from qbank.bank import names
from qbank.bank.settings import Topic
from qbank.check.facts import Facts
from qbank.markup.markdown import FLAVORS, Flavor
from qbank.outputs.job import Edition, Job, Press, ready
from qbank.render.jinja import Md, render
from qbank.store import key

#: Where the pages of a flavor lie.
FOLDERS: dict[Flavor, str] = {"github": "markdown", "plain": "markdown/plain"}


def jobs(press: Press, edition: Edition, topic: str = "") -> Iterator[Job]:
    """The pages of all topics, and that of contents; of `topic` only its own, where it is given."""
    about = [edition.version, press.header_key]
    topics = [each for each in press.bank.topics() if topic in ("", each[0].name)]
    for flavor in FLAVORS:
        if topics and not topic:
            path = f"{FOLDERS[flavor]}/{names.README}.md"
            named = key("job", path, *about, *(press.key(question) for _, each in topics for question in each))
            yield Job(path, named, ready(partial(write, partial(contents, press, edition, topics, flavor))))
        for each, questions in topics:
            path = f"{FOLDERS[flavor]}/{each.name}.md"
            parts = [f"{press.key(question)} {linked(press, question)}" for question in questions]
            made = partial(page, press, edition, each, questions, flavor)
            yield Job(path, key("job", path, *about, *parts), ready(partial(write, made)))
    yield from figures(press, FOLDERS["github"], (question for _, questions in topics for question in questions))


def figures(press: Press, folder: str, questions: Iterable[Facts]) -> Iterator[Job]:
    """The figures of questions, in a folder beside their pages."""
    for name in sorted({question.figure for question in questions if question.figure}):
        path = f"{folder}/figures/{name}"
        yield Job(path, key("job", path, press.media(name)), ready(partial(_copy, press, name)))


def linked(press: Press, question: Facts) -> list[tuple[str, str, str]]:
    """What the links of a question show of others: their topics, names and titles."""
    others = press.bank.named((*question.needs, *question.see_also))
    return [(each.topic, each.name, each.title) for each in others]


def page(press: Press, edition: Edition, topic: Topic, questions: Sequence[Facts], flavor: Flavor) -> str:
    """The page of a topic, with every question whole."""
    settings = press.bank.header.settings
    roles = {str(each.name): str(each.title) for each in settings.roles}
    rounds = {str(each.name): str(each.title) for each in settings.rounds}
    parts: list[dict[str, Any]] = [
        {
            "question": question,
            "page": Md(press.rendered(question).pages[flavor]),
            "roles": [roles[name] for name in settings.roles_of(question)],
            "rounds": [rounds[name] for name in settings.rounds_of(question)],
            "needs": press.bank.named(question.needs),
            "related": press.bank.named(question.see_also),
        }
        for question in questions
    ]
    levels = [(level, [each for each in parts if each["question"].level == level.name]) for level in settings.levels]
    return rendered(
        "markdown/topic.md.j2",
        settings=settings,
        edition=edition,
        flavor=flavor,
        topic=topic,
        questions=parts,
        levels=[each for each in levels if each[1]],
    )


def contents(press: Press, edition: Edition, topics: Sequence[tuple[Topic, list[Facts]]], flavor: Flavor) -> str:
    """The page of contents, by topic and level."""
    settings = press.bank.header.settings
    counted = [
        (topic, questions, [sum(each.level == level.name for each in questions) for level in settings.levels])
        for topic, questions in topics
    ]
    return rendered(
        "markdown/README.md.j2",
        settings=settings,
        edition=edition,
        flavor=flavor,
        topics=counted,
        total=sum(len(questions) for _, questions in topics),
    )


def rendered(template: str, **context: Any) -> str:
    """A page of a template, with one line end at its end."""
    return render("markdown", template, **context).strip() + "\n"


def write(text: Callable[[], str], path: Path) -> None:
    """Write a page."""
    path.write_text(text(), encoding="utf-8", newline="\n")


def _copy(press: Press, name: str, path: Path) -> None:
    path.write_bytes(press.figure(name))
