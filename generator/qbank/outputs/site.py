"""The bank as a static site: a page for every question and topic, a page to search and filter, and a quiz.

It works from a folder of files as from a server: links are relative, and what pages do not need at once, the rows that
are searched and the cards of the quiz, are scripts that deliver a value when they are loaded, since a page may not read
other files. Pages are templates (templates/site/), of which `question` makes one, whoever serves it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from qbank.bank.settings import Topic
from qbank.check.facts import Facts
from qbank.markup import tex
from qbank.markup.web import MARK
from qbank.outputs import markdown as pages
from qbank.outputs.job import Edition, Job, Press, ready
from qbank.program import asset
from qbank.render.jinja import render
from qbank.store import key

FOLDER = "site"
#: What is copied as it is: its path in the site, and in the templates.
ASSETS = {
    name: f"site/{name}"
    for name in (
        "site.js",
        "bank.js",
        "find.js",
        "quiz.js",
        "icon.svg",
        "vendor/minisearch.js",
        "vendor/LICENSE-minisearch.txt",
        "fonts/qbank-math.woff2",
        "fonts/LICENSE-qbank-math.txt",
    )
}
#: Questions whose cards are loaded together.
TOGETHER = 12

Topics = Sequence[tuple[Topic, list[Facts]]]


def jobs(press: Press, edition: Edition, topic: str = "") -> Iterator[Job]:
    """Every file of the site."""
    topics = list(press.bank.topics())
    every = [question for _, questions in topics for question in questions]
    keys = [press.key(question) for question in every]

    def made(page: Callable[..., str], *about: Any) -> Callable[[], str]:
        return partial(page, press, edition, *about)

    def job(path: str, parts: list[str], make: Callable[[], str]) -> Job:
        named = key("job", f"{FOLDER}/{path}", edition.version, press.header_key, *parts)
        return Job(f"{FOLDER}/{path}", named, ready(partial(pages.write, make)))

    yield job("index.html", [f"{each.name} {len(questions)}" for each, questions in topics], made(index, topics))
    yield job("quiz.html", [], made(quiz, topics))
    yield job("site.css", [], partial(style, press))
    filed = [str(question._replace(digest="", words=b"", formulas=())) for question in every]
    yield job("data/rows.js", filed, partial(rows, press, topics))
    yield job("data/words.js", keys, partial(words, press, topics))
    for each, questions in topics:
        parts = [f"{one.name} {one.title} {one.level} {one.essential}" for one in questions]
        yield job(f"topics/{each.name}.html", parts, made(contents, each, questions))
        for at in range(0, len(questions), TOGETHER):
            name, some = f"{each.name}-{at // TOGETHER}", questions[at : at + TOGETHER]
            yield job(f"data/cards-{name}.js", [press.key(one) for one in some], partial(cards, press, name, some))
    for before, one, after in zip([None, *every], every, [*every[1:], None], strict=False):
        beside = [f"{each.name} {each.title}" if each else "" for each in (before, after)]
        parts = [press.key(one), str(pages.linked(press, one)), *beside]
        yield job(f"questions/{one.name}.html", parts, made(question, one, before, after))
    yield from pages.figures(press, FOLDER, every)
    for path, source in ASSETS.items():
        yield Job(f"{FOLDER}/{path}", key("job", f"{FOLDER}/{path}"), ready(partial(_copy, source)))


def _page(press: Press, edition: Edition, template: str, **context: Any) -> str:
    """A page of a template, with what all pages show."""
    settings = press.bank.header.settings
    made = render("web", f"site/{template}.html.j2", settings=settings, edition=edition, **context)
    return made.strip() + "\n"


def question(
    press: Press, edition: Edition, facts: Facts, before: Facts | None = None, after: Facts | None = None
) -> str:
    """The page of a question; `before` and `after` are its neighbors in study order."""
    settings = press.bank.header.settings
    return _page(
        press,
        edition,
        "question",
        question=facts,
        topic=settings.topic(facts.topic),
        article=press.web(facts).article,
        roles=[role.title for role in settings.roles if role.name in settings.roles_of(facts)],
        rounds=[each.title for each in settings.rounds if each.name in settings.rounds_of(facts)],
        needs=press.bank.named(facts.needs),
        related=press.bank.named(facts.see_also),
        before=before,
        after=after,
    )


def contents(press: Press, edition: Edition, topic: Topic, questions: Sequence[Facts]) -> str:
    """The page of a topic: its questions by level."""
    levels = press.bank.header.settings.choices["levels"]
    grouped = [(level, [each for each in questions if each.level == level]) for level in levels]
    return _page(press, edition, "topic", topic=topic, levels=[each for each in grouped if each[1]])


def index(press: Press, edition: Edition, topics: Topics) -> str:
    """The first page: what to search and filter by, and all topics."""
    return _page(press, edition, "index", topics=topics)


def quiz(press: Press, edition: Edition, topics: Topics) -> str:
    """The page that asks the cards."""
    return _page(press, edition, "quiz", topics=topics)


def style(press: Press) -> str:
    """The style sheet of all pages, with the color of every topic."""
    settings = press.bank.header.settings
    return render("web", "site/site.css.j2", settings=settings, formulas=tex.STYLE, mark=MARK)


#: What a row holds, in its order. Of a topic, a level, a kind, roles and rounds it holds their numbers.
_COLUMNS = ("name", "title", "topic", "level", "kind", "roles", "rounds", "essential", "cards")


def rows(press: Press, topics: Topics) -> str:
    """The script that delivers what is filtered, a row for each question in study order."""
    settings = press.bank.header.settings
    choices: dict[str, list[str]] = {
        "topic": [str(topic.name) for topic in settings.topics],
        "level": list(settings.choices["levels"]),
        "kind": list(settings.choices["kinds"]),
        "roles": list(settings.choices["roles"]),
        "rounds": list(settings.choices["rounds"]),
    }

    def row(facts: Facts) -> list[Any]:
        asked_by, asked_in = settings.roles_of(facts), settings.rounds_of(facts)
        return [
            facts.name,
            facts.title,
            *(choices[name].index(getattr(facts, name)) for name in ("topic", "level", "kind")),
            [choices["roles"].index(name) for name in asked_by],
            [choices["rounds"].index(name) for name in asked_in],
            int(facts.essential),
            1 + sum(len(card.gaps) or 1 + card.reverse for card in facts.cards),
        ]

    made = [row(each) for _, questions in topics for each in questions]
    return script("rows", {"columns": _COLUMNS, "choices": choices, "together": TOGETHER, "rows": made})


def words(press: Press, topics: Topics) -> str:
    """The script that delivers what is searched besides titles, in the order of the rows: question and other names."""
    said = (json.loads(press.rendered(each).row) for _, questions in topics for each in questions)
    return script("words", [[data["question"]["text"], " · ".join(data["aliases"])] for data in said])


def cards(press: Press, name: str, questions: Sequence[Facts]) -> str:
    """The script that delivers what the quiz asks of some questions: pairs of HTML by their names."""
    return script(f"cards-{name}", {each.name: press.web(each).sides for each in questions})


def script(name: str, value: Any) -> str:
    """A script that hands a value to the page. Nothing in it ends a script or a line, wherever it is put."""
    data = json.dumps(value, separators=(",", ":"), ensure_ascii=True).replace("<", "\\u003c")
    return f"qbank.deliver({json.dumps(name)},{data});\n"


def _copy(source: str, path: Path) -> None:
    path.write_bytes(asset(source))
