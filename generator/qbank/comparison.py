"""What becomes of a bank between two of its states, such as a revision of git and the folder as it is now.

Both are rendered by this program, so what differs is content. A question is known by its name, wherever its file lies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cached_property
from itertools import zip_longest
from typing import Any, NamedTuple

from qbank.bank import layout, load, names
from qbank.bank.model import Card, ClozeText, Program, Question, Reference, Text, Word
from qbank.ledger import changes
from qbank.ledger.schema import FILING
from qbank.ledger.state import Published
from qbank.markup import plain
from qbank.markup.document import parse
from qbank.markup.errors import MarkupError
from qbank.outputs.notes import retired_notes
from qbank.problem import Problem
from qbank.render.question import Note
from qbank.source.reader import read
from qbank.survey import Survey
from qbank.words import Piece, by_line, by_word, stretches

#: What may happen to a note. The first are those of a release. A note that only moved or was relabeled says the same as
#: before; one that was removed is in the bank no more, and was not retired.
KINDS_OF_CHANGE = (*changes.KINDS_OF_CHANGE, "moved", "relabeled", "removed")


class NoteChange(NamedTuple):
    """What happens to a note, how many cards Anki makes of it that it did not make before, and whether it was released
    already, so that learners have it.
    """

    key: str
    what: str
    cards: int
    released: bool


class Part(NamedTuple):
    """What became of one text of a question. `label` is the way to it in the file, with a card's id for its number.

    Texts are plain, and formulas written out, as far as that shows what changed; a program is in whole lines.
    """

    label: str
    pieces: tuple[Piece, ...]
    program: bool = False


class Difference(NamedTuple):
    """What became of a question: the path of its file (the last that it had), that of the state before where it lay
    elsewhere, its notes, its texts, and whether its box on the sheet changed.

    `compared` is false where its problems hinder that notes and boxes are made; `file` says whether one is new or gone.
    """

    name: str
    title: str
    path: str
    moved_from: str
    file: str
    notes: tuple[NoteChange, ...]
    parts: tuple[Part, ...]
    sheet: bool
    compared: bool


class Comparison(NamedTuple):
    """What became of a bank: its questions in study order, the other files that changed, the problems that came and
    the number of those that went, and the last release before (empty for none).
    """

    questions: tuple[Difference, ...]
    files: tuple[str, ...]
    problems: tuple[Problem, ...]
    mended: int
    released: str

    @property
    def notes(self) -> dict[str, list[NoteChange]]:
        """What happens to notes, by `KINDS_OF_CHANGE`."""
        every = [note for question in self.questions for note in question.notes]
        return {what: found for what in KINDS_OF_CHANGE if (found := [each for each in every if each.what == what])}


def compare(old: Survey | None, new: Survey) -> Comparison:
    """What becomes of a bank from one state to another; without an old one everything is new."""
    before, after = _State(old), _State(new)
    found = (_difference(name, before, after) for name in _names(before, after))
    came, went = _problems(before.problems, after.problems), _problems(after.problems, before.problems)
    others = (path for path in before.others.keys() | after.others.keys())
    return Comparison(
        questions=tuple(each for each in found if each),
        files=tuple(sorted(path for path in others if before.others.get(path) != after.others.get(path))),
        problems=tuple(came),
        mended=len(went),
        released=before.version,
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """A text as it is written, on one line but for a program, which alone says whether two are the same."""

    source: str
    text: Text = field(compare=False)

    @property
    def plain(self) -> str:
        """The text as it is read, of which most texts that nobody changed are never asked."""
        # Of a cloze text what is deleted matters, which only its source shows.
        if isinstance(self.text, Word | ClozeText | Program):
            return self.source
        try:
            return plain.text(parse(self.text))
        except MarkupError:
            return self.source

    @property
    def is_program(self) -> bool:
        """Whether its lines matter."""
        return isinstance(self.text, Program)


class _State:
    """One of the two states. One in which there is no bank is empty."""

    def __init__(self, survey: Survey | None) -> None:
        self._survey = survey
        self.problems = survey.verdict.problems if survey else ()
        self.version = survey.bank.ledger.version if survey else ""
        found = layout.question_paths(survey.tree) if survey else []
        self.paths = {layout.name_of(path)[1]: path for path in found}
        self._facts = {question.path: question for question in survey.bank.questions} if survey else {}
        self.order = [question.name for question in survey.bank.in_order] if survey else []
        self.others = dict(survey.digests) if survey else {}
        for path in found:
            del self.others[path]

    def key(self, name: str) -> str:
        """What names all that is said of a question; empty for none."""
        path = self.paths.get(name)
        if self._survey is None or path is None:
            return ""
        if path in self._survey.renderable:
            return self._survey.key(self._facts[path])
        return f"{path} {self._survey.digests[path]}"

    def media(self, name: str) -> str:
        """The name in Anki of the figure of a question, which holds its hash."""
        return self._survey.media(self._facts[self.paths[name]].figure) if self._survey else ""

    def notes(self, name: str) -> dict[str, Note] | None:
        """The notes of a question by their keys; None where its problems hinder that they are made."""
        made = list(self.retired.get(name, ()))
        if self._survey and name in self.paths:
            if self.paths[name] not in self._survey.renderable:
                return None
            made += self._survey.rendered(self._facts[self.paths[name]]).notes
        return {note.key: note for note in made}

    def box(self, name: str) -> tuple[str, ...]:
        """What stands on the sheet of a question that can be rendered."""
        if self._survey is None or name not in self.paths:
            return ()
        facts = self._facts[self.paths[name]]
        made = self._survey.rendered(facts)
        return made.title, made.body, self.media(name), *facts.works, *facts.see_also

    @cached_property
    def retired(self) -> dict[str, list[Note]]:
        """The notes that are retired, by the names of their questions; none where the ledger cannot be read."""
        found: dict[str, list[Note]] = {}
        try:
            for note in retired_notes(self._survey) if self._survey else ():
                found.setdefault(names.parts(note.key)[0], []).append(note)
        except (ValueError, LookupError):  # what is wrong with the ledger, or with a reason, a rule says
            return {}
        return found

    @cached_property
    def released(self) -> frozenset[str]:
        """The keys of the notes that learners have."""
        try:
            return frozenset(key for key, _ in self._survey.bank.ledger.notes(None)) if self._survey else frozenset()
        except ValueError:
            return frozenset()

    def question(self, name: str) -> Question | None:
        """A question as its file says it, as far as that can be read."""
        if self._survey is None or name not in self.paths:
            return None
        return load.question(read(self._survey.tree, self.paths[name]), self._survey.header.settings, [])

    def texts(self, question: Question | None, name: str) -> dict[str, list[_Said]]:
        """What is said of a question, by the way to it, and why it or a card of it is retired."""
        found: dict[str, list[_Said]] = {}
        if question and self._survey:
            for label, text in _texts("", question, self._survey.header.works):
                found.setdefault(label, []).append(_said(text))
            found["topic"] = [_said(Word(question.topic))]
            if media := self._survey.media(str(question.figure.file)):
                found["figure/file"] = [_said(Word(media))]
        for each in self._survey.header.retired if self._survey else ():
            if each.name == name:
                label = f"cards/{each.card}/retired" if each.card else "retired"
                instead = [_said(Word(f"replaced by {each.replaced_by}"))] if each.replaced_by else []
                found[label] = [_said(each.reason), *instead]
        return found


def _names(before: _State, after: _State) -> Iterator[str]:
    """The questions of which something may have changed, in study order; those that are gone come last."""
    known = dict.fromkeys([*after.order, *sorted(after.paths), *sorted(before.paths)])
    retired = {**before.retired, **after.retired}
    for name in dict.fromkeys([*known, *sorted(retired)]):
        if name in retired or before.key(name) != after.key(name):
            yield name


def _difference(name: str, before: _State, after: _State) -> Difference | None:
    was, now = before.question(name), after.question(name)
    old, new = before.notes(name), after.notes(name)
    compared = old is not None and new is not None
    unread = (was is None and name in before.paths) or (now is None and name in after.paths)
    notes = tuple(_notes(old or {}, new or {}, before.released)) if compared else ()
    parts = () if unread else tuple(_parts(before.texts(was, name), after.texts(now, name)))
    sheet = compared and before.box(name) != after.box(name)
    path, earlier = after.paths.get(name, ""), before.paths.get(name, "")
    if not (notes or parts or sheet or not compared or unread):
        return None
    shown = now or was
    return Difference(
        name=name,
        title=str(shown.title) if shown else name,
        path=path or earlier,
        moved_from=earlier if path and earlier not in ("", path) else "",
        file="" if bool(path) == bool(earlier) else "new" if path else "gone",
        notes=notes,
        parts=parts,
        sheet=sheet,
        compared=compared,
    )


# -- notes


def _notes(old: Mapping[str, Note], new: Mapping[str, Note], released: frozenset[str]) -> Iterator[NoteChange]:
    """What happens to the notes of a question: as a release would say it, and then what it would not mention."""
    states = {key: Published(note.state(), "", 0, ()) for key, note in old.items()}
    said = {each.key: each.what for each in changes.changes(states, {key: note.state() for key, note in new.items()})}
    for key, note in new.items():
        known = old.get(key)
        what = said.get(key) or (_filed(known, note) if known else "")
        more = set(note.cards) - set(known.cards if known else ())
        if what:
            yield NoteChange(key, what, len(more), key in released)
    for key in old:
        if key not in new:
            yield NoteChange(key, "removed", 0, key in released)


def _filed(old: Note, new: Note) -> str:
    """What happens to a note that says the same as before."""
    if (old.topic, old.deck) != (new.topic, new.deck):
        return "moved"
    return "relabeled" if _labels(old) != _labels(new) else ""


def _labels(note: Note) -> tuple[object, ...]:
    return note.level, note.tags, [value for name, value in note.named.items() if name in FILING]


# -- texts


def _texts(label: str, value: Any, works: Mapping[str, Any]) -> Iterator[tuple[str, Text]]:
    """Every text below a value of the model that its file holds, with the way to it."""
    match value:
        case Reference() if value.work in works:
            work = works[value.work]
            about = (work.title, work.authors, work.edition, work.year, work.link, value.where)
            yield label, Word(", ".join(str(each) for each in about if each))
            if value.quote:
                yield f"{label}/quote", value.quote
        case Text():
            if value.path:  # what no file holds is a default
                yield label, value
        case tuple() if value and all(isinstance(each, Word) for each in value):
            yield label, Word(", ".join(value))
        case tuple():
            for each in value:
                yield from _texts(f"{label}/{each.id}" if isinstance(each, Card) else label, each, works)
        case _ if is_dataclass(value):
            for each in fields(value):
                if each.metadata and not (isinstance(value, Card) and each.name == "id"):
                    below = f"{label}/{each.name}" if label else each.name
                    yield from _texts(below, getattr(value, each.name), works)


def _said(text: Text) -> _Said:
    return _Said(str(text) if isinstance(text, Program) else " ".join(text.split()), text)


def _parts(old: Mapping[str, list[_Said]], new: Mapping[str, list[_Said]]) -> Iterator[Part]:
    """The texts that changed, in the order of the new ones; those of a list stand in each other's place."""
    for label in dict.fromkeys([*new, *old]):
        for was, now in stretches(old.get(label, []), new.get(label, [])):
            if was != now:
                yield from (_part(label, *pair) for pair in zip_longest(was, now))


def _part(label: str, was: _Said | None, now: _Said | None) -> Part:
    if was is None or now is None:
        only = was or now
        piece = Piece(was.plain if was else "", now.plain if now else "")
        return Part(label, (piece,), program=only is not None and only.is_program)
    if was.is_program:
        return Part(label, by_line(was.source, now.source), program=True)
    old, new = was.plain, now.plain
    return Part(label, by_word(was.source, now.source) if old == new else by_word(old, new))


# -- problems


def _problems(old: Iterable[Problem], new: Iterable[Problem]) -> list[Problem]:
    """The problems that were not there before, wherever in their file they stand now."""
    left = Counter(map(_told, old))
    came = []
    for each in new:
        if left[_told(each)]:
            left[_told(each)] -= 1
        else:
            came.append(each)
    return came


def _told(problem: Problem) -> tuple[str, str, str]:
    return problem.rule, problem.place.path, problem.message
