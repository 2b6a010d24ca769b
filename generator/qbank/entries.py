"""What one question's file says: its facts, what is wrong with it by itself, and the question in every form.

An entry is made of the bytes of the file and of what all questions share, and of nothing else: it can be made in
another process, and kept.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice
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

#: Files that are sent to another process together.
_TOGETHER = 32


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
        problems: list[Problem] = []
        question = load.question(parse(file.data, file.path), self.header.settings, problems)
        if question is None:
            return Entry(file.path, None, tuple(problems))
        problems = settled([*problems, *inspect(question, self.header.settings, self.glyphs)], self.header.settings)
        made = b"" if problem.errors(problems) or not self.rendering else self.render(question)
        return Entry(file.path, facts.facts(question, file.digest), tuple(problems), made)

    def made(self, file: File) -> Made:
        """The entry of a file, as it is kept."""
        entry = self.entry(file)
        return Made(entry.path, entry.dumped(), entry.rendered)

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
        if workers is None:
            yield from map(self.made, files)
            return
        source = iter(files)
        groups = iter(lambda: list(islice(source, _TOGETHER)), [])
        # As bytes, which are cheap to send with every group, and from which a process makes it once.
        for made in workers.each(partial(_entries, pickle.dumps(self)), groups):
            yield from made


def _entries(maker: bytes, files: list[File]) -> list[Made]:
    return list(map(_sent(maker).made, files))


@lru_cache(maxsize=1)
def _sent(maker: bytes) -> Maker:
    made: Maker = pickle.loads(maker)  # noqa: S301 - what the process that began this one has sent
    return made
