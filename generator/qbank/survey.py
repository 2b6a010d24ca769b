"""A survey of a whole bank: what every file says, what is wrong with it, and every question rendered for the outputs.

Files are read one at a time. What is kept of a question are its facts; its rendered forms go to the store as soon as
they are made, and come back one at a time. What is found in the store is not made again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from errno import EAGAIN
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from qbank import problem, store
from qbank.bank import layout
from qbank.bank.layout import FIGURES, LEDGER, MAX_FIGURE_BYTES, SETTINGS
from qbank.problem import Problem
from qbank.store import Store
from qbank.tree import Tree
from qbank.workers import Workers

if TYPE_CHECKING:
    from qbank.bank.load import Header
    from qbank.bank.settings import Settings
    from qbank.check.facts import Bank, Facts
    from qbank.entries import Entry, File, Maker
    from qbank.ledger.state import Ledger, State
    from qbank.render.question import Rendered

#: Values that are written to the store together.
_BATCH = 200
#: Figures that are held in memory: many outputs ask for the same ones, one after the other.
_PICTURES = 64
#: The same of rendered questions, of some 60 kB each: those of a bank of usual size, which every package goes through.
_RENDERED = 1024
_CHUNK = 1 << 20


class Verdict(NamedTuple):
    """How many questions a bank has, and what is wrong with it."""

    questions: int
    problems: tuple[Problem, ...]


def check(tree: Tree, kept: Store) -> Verdict:
    """Check a bank. Where none of its files has changed, nothing but their hashes is looked at.

    Raises `FileNotFoundError` when the tree holds no bank.yaml.
    """
    return Survey(tree, kept).verdict


class Survey:
    """What is known of a bank: `verdict` first; then, of a bank without problems, all that outputs need."""

    def __init__(
        self,
        tree: Tree,
        kept: Store,
        workers: Workers | None = None,
        *,
        rendering: bool = False,
        settings: Settings | None = None,
    ) -> None:
        """Files are read by `workers`, by this process alone where none are given.

        With `rendering`, each question is rendered while it is read; `settings` stand for those of bank.yaml.
        """
        self.tree = tree
        self.store = kept
        self.workers = workers or Workers(1)
        self.rendering = rendering
        self._settings = settings
        self._keys: dict[str, str] = {}
        self._picture = lru_cache(maxsize=_PICTURES)(self._read_picture)
        self._drawing = lru_cache(maxsize=_PICTURES)(self._draw)
        self._rendered = lru_cache(maxsize=_RENDERED)(self._render)

    # -- keys

    @cached_property
    def digests(self) -> dict[str, str]:
        """The hash of every file of the bank."""
        return {path: self._digest(path) for path in self.tree.paths}

    def _digest(self, path: str) -> str:
        if layout.is_picture(path):
            return sha256(self._picture(path)).hexdigest()
        content = sha256()
        with self.tree.open(path) as file:
            while chunk := file.read(_CHUNK):
                content.update(chunk)
        return content.hexdigest()

    def _whole_key(self) -> str:
        files = [f"{path}\0{sha}" for path, sha in self.digests.items()]
        given = "" if self._settings is None else _json(as_data(self._settings))
        return store.key("verdict", given, *files, *self.tree.outside)

    def _entry_key(self, path: str) -> str:
        return store.key("entry", path, self.digests[path], self._rules_key)

    @cached_property
    def _rules_key(self) -> str:
        """What names the settings that a question is checked by."""
        settings = self.header.settings
        return _json(as_data((settings.kinds, settings.levels, settings.limits, settings.roles, settings.rounds)))

    @cached_property
    def header_key(self) -> str:
        """What names the settings of the bank, and the folder in its repository."""
        return _json([as_data(self.header.settings), self.tree.prefix])

    @cached_property
    def released_key(self) -> str:
        """What names the ledger and what is retired."""
        return _json([self.digests.get(LEDGER, ""), as_data(self.header.retired)])

    def key(self, question: Facts) -> str:
        """What names a rendered question: all that it depends on."""
        known = self._keys.get(question.path)
        if known is None:
            works = [as_data(self.header.works[work]) for work in question.works]
            about = [self.header_key, question.path, question.digest, _json(works)]
            known = self._keys[question.path] = store.key("rendered", *about, self.media(question.figure))
        return known

    # -- what the files say

    @cached_property
    def _header(self) -> tuple[Header, list[Problem]]:
        from qbank.bank.load import header

        return header(self.tree)

    @property
    def header(self) -> Header:
        """What all questions share."""
        header = self._header[0]
        return header if self._settings is None else replace(header, settings=self._settings)

    @cached_property
    def verdict(self) -> Verdict:
        """How many questions the bank has, and what is wrong with it."""
        if SETTINGS not in self.tree.paths:
            raise FileNotFoundError(f"there is no {SETTINGS} in {self.tree.name}")
        key = self._whole_key()
        known = self.store.get(key)
        if known is None:
            before = dict(self.digests)
            made = self._judged()
            # Somebody may have saved a file in the meantime: then nobody knows which state was judged. Of questions it
            # is known: what was judged of them is what has the hash.
            others = self.digests.keys() - set(layout.question_paths(self.tree))
            if all(self._digest(path) == self.digests[path] for path in others):
                key = key if self.digests == before else self._whole_key()
                self.store.put([(key, _json(made).encode())])
            return made
        questions, problems = json.loads(known)
        return Verdict(questions, tuple(map(problem.restored, problems)))

    def _judged(self) -> Verdict:
        from qbank.bank.load import strays
        from qbank.check import agree

        problems = [*self._header[1], *strays(self.tree), *self._ledger[1], *self._pictures()]
        problems += self._read[1]
        problems += agree(self.bank)
        return Verdict(len(self.bank.questions), tuple(dict.fromkeys(problems)))

    def _pictures(self) -> Iterator[Problem]:
        from qbank.check import figures

        for path in layout.pictures(self.tree):
            key = store.key("figure", path, self.digests[path])
            known = self.store.get(key)
            if known is None:
                found = figures.inspect(path, self._picture(path))
                self.store.put([(key, _json(found).encode())])
                yield from found
            else:
                yield from map(problem.restored, json.loads(known))

    @cached_property
    def _pictures_by_name(self) -> frozenset[str]:
        return frozenset(path.removeprefix(f"{FIGURES}/") for path in layout.pictures(self.tree))

    @cached_property
    def _ledger(self) -> tuple[Ledger, list[Problem]]:
        from qbank.ledger.file import problems_of

        return problems_of(self.tree)

    @cached_property
    def bank(self) -> Bank:
        """The bank, as the rules for its files together and the outputs see it."""
        from qbank.check.facts import Bank

        names = frozenset(layout.name_of(path)[1] for path in layout.question_paths(self.tree))
        return Bank(self.header, self._read[0], names, self._pictures_by_name, self._ledger[0])

    @cached_property
    def _read(self) -> tuple[tuple[Facts, ...], list[Problem]]:
        """The facts of all questions that can be read, and what is wrong with each by itself."""
        paths = layout.question_paths(self.tree)
        entries = dict(self._entries(paths))
        found = [entries.pop(path) for path in paths]
        problems = [problem for entry in found for problem in entry.problems]
        return tuple(entry.facts for entry in found if entry.facts), problems

    def _entries(self, paths: list[str]) -> Iterator[tuple[str, Entry]]:
        """What every file says; from the store, or made now."""
        from qbank import entries

        missing: list[str] = []
        for path in paths:
            known = self.store.get(self._entry_key(path))
            if known is None:
                missing.append(path)
            else:
                yield path, entries.held(entries.restored(path, known))
        if not missing:
            return
        with _Batch(self.store) as batch:
            for entry in self._maker.entries(map(self._file, missing), len(missing), self.workers):
                batch.put(self._entry_key(entry.path), entry.dumped())
                if entry.rendered and entry.facts:
                    batch.put(self.key(entry.facts), entry.rendered)
                yield entry.path, entries.held(entry)

    def _file(self, path: str) -> File:
        from qbank.entries import File
        from qbank.source.faults import MAX_FILE_BYTES

        with self.tree.open(path) as file:
            data = file.read(MAX_FILE_BYTES + 1)
        # Of the bytes that are looked at, which somebody may have saved since the file was hashed.
        self.digests[path] = sha256(data).hexdigest()
        return File(path, self.digests[path], data)

    @cached_property
    def _maker(self) -> Maker:
        from qbank.entries import Maker

        media = {file: self.media(file) for file in self._pictures_by_name}
        return Maker(self.header, self.tree.prefix, media, self.rendering)

    # -- what outputs need

    def rendered(self, question: Facts) -> Rendered:
        """A question in every form; from the store, or made now."""
        return self._rendered(question.path)

    @cached_property
    def _by_path(self) -> dict[str, Facts]:
        return {question.path: question for question in self.bank.questions}

    def _render(self, path: str) -> Rendered:
        from qbank.render.question import restored

        question = self._by_path[path]
        key = self.key(question)
        value = self.store.get(key)
        if value is None:
            file = self._file(question.path)
            if file.digest != question.digest:
                raise OSError(EAGAIN, "the file was changed while the bank was read; try again", question.path)
            value = self._maker.rendered(file)
            self.store.put([(key, value)])
        return restored(value)

    def figure(self, file: str) -> bytes:
        """The bytes of a figure, as they are written into packages and sheets."""
        return self._drawing(file)

    def _draw(self, file: str) -> bytes:
        from qbank.render.figure import drawn

        path = f"{FIGURES}/{file}"
        key = store.key("drawing", self.digests[path])
        value = self.store.get(key)
        if value is None:
            try:
                value = drawn(self._picture(path))
            except ValueError:  # what is wrong with it, a rule says
                value = b""
            self.store.put([(key, value)])
        return value

    def _read_picture(self, path: str) -> bytes:
        """A figure, as far as it is looked at."""
        with self.tree.open(path) as file:
            return file.read(MAX_FIGURE_BYTES + 1)

    def media(self, file: str) -> str:
        """The name of a figure in Anki's media folder: with a hash of the content, since Anki never replaces a file."""
        if f"{FIGURES}/{file}" not in self.digests:
            return ""
        stem, _, ending = file.rpartition(".")
        return f"qbank-{stem}-{sha256(self._drawing(file)).hexdigest()[:8]}.{ending}"

    @cached_property
    def retired(self) -> tuple[tuple[str, State], ...]:
        """The notes that were released and are retired since, with their states."""
        from qbank.bank.names import note_key, parts

        retired = {note_key(each.name, each.card) for each in self.header.retired}
        if not retired:
            return ()
        return tuple(
            (key, known.state)
            for key, known in self.bank.ledger.notes(None)
            if key in retired or parts(key)[0] in retired
        )


class _Batch:
    """Values on their way to the store."""

    def __init__(self, kept: Store) -> None:
        self._store = kept
        self._values: list[tuple[str, bytes]] = []

    def put(self, key: str, value: bytes) -> None:
        self._values.append((key, value))
        if len(self._values) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        self._store.put(self._values)
        self._values = []

    def __enter__(self) -> _Batch:
        return self

    def __exit__(self, *_: object) -> None:
        self._flush()


def as_data(value: Any) -> Any:
    """A value of the model as JSON has it."""
    if is_dataclass(value):
        return {each.name: as_data(getattr(value, each.name)) for each in fields(value)}
    return [as_data(item) for item in value] if isinstance(value, tuple) else value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
