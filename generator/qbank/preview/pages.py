"""The pages of the preview, by their addresses: a list of questions, one for each question, and all problems.

They share templates, styles and scripts with the site. A card is shown in a frame of its own, which has no origin: what
is in it reaches neither the page nor any host.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any, NamedTuple
from urllib.parse import quote

from qbank.bank import layout, load
from qbank.check.facts import Facts
from qbank.markup import plain
from qbank.markup.document import parse
from qbank.outputs import night, paper, sheets, site
from qbank.outputs.job import Edition
from qbank.outputs.types import NoteType, note_types
from qbank.preview import card, faults
from qbank.preview.desk import Desk
from qbank.problem import ContentError, Problem, errors
from qbank.program import asset
from qbank.render.jinja import render
from qbank.render.question import Rendered
from qbank.source import reader
from qbank.source.places import located
from qbank.store import Batch, key
from qbank.survey import Survey

_EDITION = Edition("preview", 0)
_TYPES = {
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "txt": "text/plain; charset=utf-8",
}
#: What a page may do, a frame with a card, and a picture that is opened by itself. `%s` is the address of the server:
#: a frame without an origin has no 'self'. MathJax writes styles into elements.
_PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_CARD = (
    "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    "script-src %s/card.js %s/mathjax/; font-src %s/mathjax/; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors %s"
)
_PICTURE = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
#: What frames without an origin load; it is the same for everybody.
_FOR_FRAMES = re.compile(r"card\.js|mathjax/[\w./-]+\.(?:js|woff)")
_ASSETS = {
    **site.ASSETS,
    **{name: f"preview/{name}" for name in ("live.js", "cards.js", "card.js", "card.html", "preview.css")},
}
#: How many problems, and how many of the files that hold them, a page shows; of a large bank there may be thousands.
_PROBLEMS, _FILES = 200, 50
_MATHJAX = "preview/vendor/"
#: What is searched besides titles.
_SEARCHED = "data/words.js"
#: A style that a learner adds in their own Anki, and that is no part of the deck.
_OWN_STYLE = '@import url("_qbank-user.css");'


class Page(NamedTuple):
    """What a browser is sent. `shared` things are loaded by frames without an origin, and may be kept a while."""

    data: bytes
    kind: str
    policy: str = _PAGE
    status: int = 200
    shared: bool = False


class Pages:
    """What is at an address, as the bank is now."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._routes: tuple[tuple[str, Callable[..., Page | None]], ...] = (
            (r"(?:index\.html)?", self._index),
            (r"problems\.html", self._problems),
            (r"questions/([\w-]+)\.html", self._question),
            (r"sheets/([\w-]+)\.html", self._sheet),
            (r"sheets/([\w-]+)\.svg", self._box),
            (r"nights/([\w-]+)\.svg", self._night),
            (r"figures/([\w.-]+)\.svg", self._figure),
            (r"data/rows\.js", self._rows),
            (r"site\.css", self._style),
        )

    def at(self, path: str, origin: str) -> Page:
        """What is at a path, `origin` being the address of the server."""
        known = _asset(path, origin)
        if known:
            return known
        if self.desk.fault:
            return self._said("The bank cannot be read just now.", self.desk.fault, 503)
        if path == _SEARCHED:
            return self._words()
        for pattern, make in self._routes:
            found = re.fullmatch(pattern, path)
            made = found and self.desk.ask(lambda survey, problems: make(survey, problems, *found.groups()))  # noqa: B023
            if made:
                return made
        return self._said("There is no such page.", "The question may have been renamed or deleted.", 404)

    # -- pages

    def _index(self, survey: Survey, problems: list[Problem]) -> Page:
        files = _files(problems)
        more = max(0, len(files) - _FILES)
        return self._page(survey, problems, "index", topics=_topics(survey), files=files[:_FILES], more=more)

    def _problems(self, survey: Survey, problems: list[Problem]) -> Page:
        shown = sorted(problems, key=lambda each: each.severity != "error")[:_PROBLEMS]
        more = len(problems) - len(shown)
        return self._page(survey, problems, "problems", faults=faults.rows(located(survey.tree, shown)), more=more)

    def _question(self, survey: Survey, problems: list[Problem], name: str) -> Page | None:
        path = _path(survey, name)
        if path is None:
            return None
        facts = survey.bank.by_name.get(name)
        made = facts and _rendered(survey, facts)
        mine = [problem for problem in problems if path in problem.paths]
        return self._page(
            survey,
            problems,
            "question",
            name=name,
            path=f"{survey.tree.name}/{path}",
            question=facts,
            topic=survey.header.settings.topic(path.partition("/")[0]),
            faults=faults.rows(located(survey.tree, mine)),
            article=made and facts and survey.web(facts).article,
            row=made and made.row,
            cards=made and facts and _cards(survey, facts, made),
        )

    def _page(self, survey: Survey, problems: Sequence[Problem], template: str, **context: Any) -> Page:
        return _html(
            template,
            settings=survey.header.settings,
            edition=_EDITION,
            root="/",
            turn=self.desk.turn,
            wrong=len(errors(problems)),
            **context,
        )

    def _said(self, title: str, text: str, status: int) -> Page:
        def make(survey: Survey, problems: list[Problem]) -> Page:
            return self._page(survey, problems, "said", title=title, text=text)._replace(status=status)

        return self.desk.ask(make)

    # -- parts of pages

    def _sheet(self, survey: Survey, problems: list[Problem], name: str) -> Page | None:
        facts = survey.bank.by_name.get(name)
        if facts is None or _rendered(survey, facts) is None:
            return None
        found: list[Problem] = []
        said = ""
        try:
            _drawn(survey, facts, "box", sheets.box)
            if facts.night_before:
                _drawn(survey, facts, "night", night.item)
        except paper.PaperUnavailable as error:
            said = str(error)
        except ContentError as error:
            found = error.problems
        context = {
            "name": name,
            "title": facts.title,
            "drawn": survey.key(facts).rpartition(":")[2],
            "night": facts.night_before,
        }
        return _html("sheet", said=said, faults=faults.rows(located(survey.tree, found)), **context)

    def _box(self, survey: Survey, _: list[Problem], name: str) -> Page | None:
        facts = survey.bank.by_name.get(name)
        return facts and Page(_drawn(survey, facts, "box", sheets.box), _TYPES["svg"], _PICTURE)

    def _night(self, survey: Survey, _: list[Problem], name: str) -> Page | None:
        facts = survey.bank.by_name.get(name)
        if facts is None or not facts.night_before:
            return None
        return Page(_drawn(survey, facts, "night", night.item), _TYPES["svg"], _PICTURE)

    def _figure(self, survey: Survey, _: list[Problem], name: str) -> Page | None:
        file = f"{name}.svg"
        known = file in survey.bank.pictures
        return Page(survey.figure(file), _TYPES["svg"], _PICTURE) if known else None

    def _rows(self, survey: Survey, _: list[Problem]) -> Page:
        return Page(site.rows(survey, _topics(survey)).encode(), _TYPES["js"])

    def _words(self) -> Page:
        # Of a large bank that takes seconds the first time, in which others ask and save.
        survey, topics = self.desk.ask(lambda survey, _: (survey, _topics(survey)))
        said = _said(survey, (each for _, questions in topics for each in questions))
        return Page(site.script("words", list(said)).encode(), _TYPES["js"])

    def _style(self, survey: Survey, _: list[Problem]) -> Page:
        return Page(site.style(survey).encode(), _TYPES["css"])


def _html(template: str, **context: Any) -> Page:
    return Page(render("web", f"preview/{template}.html.j2", **context).encode(), _TYPES["html"])


def _asset(path: str, origin: str) -> Page | None:
    """A file that comes with the program."""
    shared = _FOR_FRAMES.fullmatch(path) is not None and ".." not in path
    source = _MATHJAX + path if shared and path != "card.js" else _ASSETS.get(path)
    if source is None:
        return None
    try:
        data = asset(source)
    except OSError:
        return None
    policy = _CARD.replace("%s", origin) if path == "card.html" else _PAGE
    return Page(data, _TYPES[path.rpartition(".")[2]], policy, shared=shared)


def _path(survey: Survey, name: str) -> str | None:
    """The file of a question, which may be one that nobody can read."""
    paths = layout.question_paths(survey.tree)
    return next((path for path in paths if layout.name_of(path)[1] == name), None)


def _topics(survey: Survey) -> list[tuple[Any, list[Facts]]]:
    """The topics with the questions that can be shown whole; those with errors stand among the problems."""
    fine = survey.renderable
    return [(topic, [each for each in questions if each.path in fine]) for topic, questions in survey.bank.topics()]


def _files(problems: Iterable[Problem]) -> list[tuple[str, str, int]]:
    """The files with errors: their paths, the names of their questions (empty of another file), and how many."""
    counts: dict[str, int] = {}
    for problem in errors(problems):
        counts[problem.place.path] = counts.get(problem.place.path, 0) + 1
    return [(path, faults.question_of(path), count) for path, count in sorted(counts.items())]


def _rendered(survey: Survey, facts: Facts) -> Rendered | None:
    """A question in every form; None where its problems, or those of bank.yaml, do not allow that."""
    if facts.path in survey.renderable:
        return survey.rendered(facts)
    try:
        return survey.rendered(facts)
    except Exception:  # many problems hinder nothing, but nobody promises that
        return None


def _cards(survey: Survey, facts: Facts, made: Rendered) -> dict[str, Any]:
    """What the frames show: the style of all cards, and each with its sides."""
    settings = survey.header.settings
    types: dict[str, NoteType] = note_types(settings)
    media = survey.media(facts.figure)
    picture = _inline(survey.figure(facts.figure)) if media else ""

    def side(html: str) -> str:
        return html.replace(f'src="{media}"', f'src="{picture}"') if media else html

    shown = [
        {
            "name": note.key.partition("/")[2] or "the question itself",
            "kind": each.name,
            "deck": note.deck,
            "front": side(each.front),
            "back": side(each.back),
        }
        for note in made.notes
        for each in card.cards(note, types[note.kind])
    ]
    css = next(iter(types.values())).css.replace(_OWN_STYLE, "")
    return {"css": css, "cards": shown}


def _inline(picture: bytes) -> str:
    return f"data:image/svg+xml;base64,{b64encode(picture).decode('ascii')}"


def _drawn(survey: Survey, facts: Facts, form: str, draw: Callable[[Survey, Facts], bytes]) -> bytes:
    """A question as it is printed in some form, as SVG; from the store, or made now."""
    named = key(form, survey.key(facts), survey.header_key)
    known = survey.store.get(named)
    if known is None:
        known = draw(survey, facts)
        survey.store.put([(named, known)])
    return known


def _said(survey: Survey, questions: Iterable[Facts]) -> Iterator[list[str]]:
    """What is searched of questions besides their titles: what each asks, and its other names."""
    settings = survey.header.settings
    with Batch(survey.store) as batch:
        for facts in questions:
            named = key("said", facts.path, facts.digest)
            known = survey.store.get(named)
            if known is None:
                with survey.tree.open(facts.path) as file:
                    data = file.read()
                question = load.question(reader.parse(data, facts.path), settings, [])
                said = [plain.text(parse(question.question)), " · ".join(question.aliases)] if question else ["", ""]
                known = json.dumps(said).encode()
                if sha256(data).hexdigest() == facts.digest:  # else somebody saved it meanwhile
                    batch.put(named, known)
            yield json.loads(known)


def address(name: str = "") -> str:
    """The path of a question's page, or of the list."""
    return f"/questions/{quote(name)}.html" if name else "/"
