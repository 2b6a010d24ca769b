"""What one question's file says: its facts, what is wrong with it by itself, and the question in every form.

An entry is made of the bytes of the file and of what all questions share, and of nothing else: it can be made in
another process, and kept.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from qbank import problem
from qbank.bank import load
from qbank.bank.load import Header
from qbank.bank.model import Question
from qbank.check import facts, inspect, settled
from qbank.check.facts import Facts
from qbank.markup.printable import SHIPPED, Glyphs
from qbank.problem import Problem
from qbank.source.reader import parse
from qbank.workers import Workers

if TYPE_CHECKING:  # a check renders nothing
    from qbank.render.question import Setting

#: Bytes of the files that are worked on together, step by step: a processor that does the same again does it a fifth
#: faster. They hold fewer texts than `document.parse` remembers, unless these are very short.
_TOGETHER = 50_000


class File(NamedTuple):
    """A file that was read: its path in the bank, the hash of its bytes, and the bytes that are looked at."""

    path: str
    digest: str
    data: bytes


class Entry(NamedTuple):
    """A file's facts (None where it cannot be read), its problems, and the question as `restored` reads it.

    `rendered` is empty where the question has problems, or where nobody asked for it.
    """

    path: str
    facts: Facts | None
    problems: tuple[Problem, ...]
    rendered: bytes = b""

    def dumped(self) -> bytes:
        """Facts and problems as JSON, bytes as hexadecimal digits."""
        written = json.dumps([self.facts, self.problems], ensure_ascii=False, separators=(",", ":"), default=bytes.hex)
        return written.encode()


class Made(NamedTuple):
    """An entry as it is kept, and as it comes from another process: bytes cost far less on the way than values do."""

    path: str
    value: bytes
    rendered: bytes


def restored(path: str, value: bytes, digest: str = "") -> Entry:
    """An entry from its JSON, without the question.

    `path` and `digest` are those of its file, which whoever asks holds already: equal ones of the entry are let go.
    """
    row, problems = json.loads(value)
    return Entry(path, facts.restored(row, path, digest) if row else None, tuple(map(problem.restored, problems)))


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes entries: with what all questions share, the folder of the bank in its repository, and the names that the
    figures bear in Anki; `glyphs` are the characters of paper, None where there is none.
    """

    header: Header
    prefix: str
    media: Mapping[str, str]
    rendering: bool
    glyphs: Glyphs | None = SHIPPED

    def entry(self, file: File) -> Entry:
        """The entry of a file."""
        return self._together([file])[0]

    def made(self, files: Iterable[File]) -> list[Made]:
        """The entries of a few files, as they are kept."""
        return [Made(entry.path, entry.dumped(), entry.rendered) for entry in self._together(list(files))]

    def _together(self, files: Sequence[File]) -> list[Entry]:
        """The entries of some files: each step is taken for all of them before the next one."""
        settings = self.header.settings
        problems: list[list[Problem]] = [[] for _ in files]
        sources = [parse(file.data, file.path) for file in files]
        questions = [load.question(source, settings, found) for source, found in zip(sources, problems, strict=True)]
        inspected = iter(inspect(filter(None, questions), settings, self.glyphs))
        for question, found in zip(questions, problems, strict=True):
            if question:
                found[:] = settled([*found, *next(inspected)], settings)
        said = [facts.facts(q, file.digest) if q else None for q, file in zip(questions, files, strict=True)]
        made = [
            self.render(each) if each and self.rendering and not problem.errors(found) else b""
            for each, found in zip(questions, problems, strict=True)
        ]
        whole = zip(files, said, problems, made, strict=True)
        return [Entry(file.path, its, tuple(found), rendered) for file, its, found, rendered in whole]

    def rendered(self, file: File) -> bytes:
        """The question of a file in every form. Raises `ValueError` where there is none, or where it cannot be."""
        from qbank.render import question

        return question.dumped(question.rendered(*self._set(file)))

    def web(self, file: File) -> bytes:
        """The question of a file for browsers. Raises as `rendered` does."""
        from qbank.render import web

        return web.dumped(web.rendered(*self._set(file)))

    def printed(self, file: File) -> bytes:
        """The question of a file for print. Raises as `rendered` does."""
        from qbank.render import print

        return print.dumped(print.rendered(*self._set(file)))

    def _set(self, file: File) -> tuple[Question, Setting]:
        question = load.question(parse(file.data, file.path), self.header.settings, [])
        setting = question and self._setting(question)
        if not question or not setting:
            raise ValueError(f"{file.path} has problems, so it cannot be rendered")
        return question, setting

    def render(self, question: Question) -> bytes:
        """A question in every form; nothing where it rests on something that is not there, which a rule says."""
        from qbank.render.question import dumped, rendered

        setting = self._setting(question)
        return dumped(rendered(question, setting)) if setting else b""

    def _setting(self, question: Question) -> Setting | None:
        from qbank.render.question import Setting

        settings, works = self.header.settings, self.header.works
        topic = settings.topic(question.topic)
        if topic is None or any(reference.work not in works for reference in question.references):
            return None
        return Setting(settings, topic, self.prefix, works, self.media.get(question.figure.file, ""))

    def entries(self, files: Iterable[File], workers: Workers | None = None) -> Iterator[Made]:
        """The entries of some files, in order; made side by side by workers, if there are any."""
        groups = _groups(files)
        if workers is None:
            for group in groups:
                yield from self.made(group)
            return
        # As bytes, which are cheap to send with every group, and from which a process makes it once.
        for made in workers.each(partial(_entries, pickle.dumps(self)), groups):
            yield from made


def _groups(files: Iterable[File]) -> Iterator[list[File]]:
    """Files that are worked on together, in order."""
    group: list[File] = []
    size = 0
    for file in files:
        size += len(file.data)
        if group and size > _TOGETHER:
            yield group
            group, size = [], len(file.data)
        group.append(file)
    if group:
        yield group


def _entries(maker: bytes, files: list[File]) -> list[Made]:
    return _sent(maker).made(files)


@lru_cache(maxsize=1)
def _sent(maker: bytes) -> Maker:
    made: Maker = pickle.loads(maker)  # noqa: S301 - what the process that began this one has sent
    return made
