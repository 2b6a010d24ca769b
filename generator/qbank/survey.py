"""A survey of a whole bank: what every file says, what is wrong with it, and every question rendered for the outputs.

Files are read one at a time. What is kept of a question are its facts; its rendered forms go to the store as soon as
they are made, and come back one at a time. What is found in the store is not made again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from errno import EAGAIN
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from qbank import problem, program, store
from qbank.bank import layout
from qbank.bank.layout import FIGURES, LEDGER, MAX_FIGURE_BYTES, SETTINGS
from qbank.problem import Problem
from qbank.progress import Progress, Silence
from qbank.store import Store
from qbank.tree import Tree, beginning
from qbank.workers import Workers

if TYPE_CHECKING:
    from qbank.bank.load import Header
    from qbank.bank.settings import Settings
    from qbank.check.facts import Bank, Facts
    from qbank.entries import Entry, File, Maker
    from qbank.ledger.state import Ledger, State
    from qbank.render.print import Printed
    from qbank.render.question import Rendered
    from qbank.render.web import Web
    from qbank.typefaces import Typefaces

#: Figures that are held in memory: many outputs ask for the same ones, one after the other.
_PICTURES = 64
#: The same of rendered questions, of some 100 kB each: all of a bank of usual size, which every package goes through in
#: the same order. Of a larger bank, the first is gone when the next package begins: then only what is near is held.
_RENDERED, _NEAR = 1024, 16
#: Questions that are worth being read side by side; and how many checks take as long as to render one.
_MANY, _RENDERING = 500, 3
#: What hangs on no question, by the names of properties.
_SHARED = frozenset(
    "_header _ledger _fonts _font_digests _faces _glyphs _rules_key _pictures_by_name _maker header_key".split()
)


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
        progress: Progress | None = None,
    ) -> None:
        """Files are read by `workers`, by this process alone where none are given.

        With `rendering`, each question is rendered while it is read; `settings` stand for those of bank.yaml.
        `progress` is told of every file that is read.
        """
        self.tree = tree
        self.store = kept
        self.workers = workers or Workers(1)
        self.rendering = rendering
        self._progress = progress or Silence()
        self._settings = settings
        self._keys: dict[str, str] = {}
        self._picture = lru_cache(maxsize=_PICTURES)(self._read_picture)
        self._drawing = lru_cache(maxsize=_PICTURES)(self._draw)

    def after(self, tree: Tree, changed: Collection[str]) -> Survey:
        """The survey of the bank as `tree` has it now, of which no other paths than `changed` differ from this one's.

        What did not change is not read again, unless it hangs on a changed file that questions share.
        """
        new = Survey(tree, self.store, self.workers, rendering=self.rendering, settings=self._settings)
        if all(map(layout.lies_in_topic, changed)):
            vars(new).update({name: value for name, value in vars(self).items() if name in _SHARED})
            same = self.digests.keys() - set(changed)
            new.digests = {path: self.digests[path] if path in same else new._digest(path) for path in tree.paths}
            paths = layout.question_paths(tree)
            fresh = dict(new._entries([path for path in paths if path not in same]))
            new.entries = {path: fresh.get(path) or self.entries[path] for path in paths}
        return new

    @property
    def prefix(self) -> str:
        """The folder of the bank in its repository."""
        return self.tree.prefix

    def kept(self, key: str) -> bytes | None:
        """The value that the store has under a key."""
        return self.store.get(key)

    # -- keys

    @cached_property
    def digests(self) -> dict[str, str]:
        """The hash of every file of the bank; those of questions that are all read anew are filled in as they are."""
        unread = frozenset(layout.question_paths(self.tree)) if self._is_new else frozenset()
        return {path: self._digest(path) for path in self.tree.paths if path not in unread}

    @cached_property
    def _is_new(self) -> bool:
        """Whether the store knows nothing of any question."""
        return not self.store.knows("entry")

    def _digest(self, path: str) -> str:
        if layout.is_picture(path):
            return sha256(self._picture(path)).hexdigest()
        content = sha256()
        for piece in self.tree.pieces(path):
            content.update(piece)
        return content.hexdigest()

    def _whole_key(self) -> str:
        files = "\0".join([f"{path}\0{self.digests[path]}" for path in self.tree.paths])
        given = "" if self._settings is None else store.as_json(self._settings)
        around = (*self.tree.outside, "", *self.tree.misnamed, *map(str, self.tree.odd))
        return store.key("verdict", given, str(program.makes_paper()), files, *around)

    def _entry_key(self, path: str) -> str:
        return store.key("entry", path, self.digests[path], self._rules_key)

    @cached_property
    def _rules_key(self) -> str:
        """What names the settings that a question is checked by."""
        settings = self.header.settings
        lists = (settings.kinds, settings.levels, settings.limits, settings.roles, settings.rounds, settings.rules)
        more = (settings.required, settings.code_languages, self._typefaces.on_paper)
        return sha256(store.as_json([(*lists, *more), self._typefaces.digests]).encode()).hexdigest()

    @cached_property
    def header_key(self) -> str:
        """What names the settings of the bank, and the folder in its repository; no output hangs on the rules."""
        return store.as_json([replace(self.header.settings, rules=()), self.tree.prefix, self._typefaces.digests])

    @cached_property
    def released_key(self) -> str:
        """What names the ledger and what is retired."""
        return store.as_json([self.digests.get(LEDGER, ""), self.header.retired])

    def key(self, question: Facts) -> str:
        """What names a rendered question: all that it depends on."""
        known = self._keys.get(question.path)
        if known is None:
            works = [self.header.works[work] for work in question.works]
            about = [self.header_key, question.path, question.digest, store.as_json(works)]
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
    def _known(self) -> tuple[str, bytes | None]:
        """The key of the verdict, and what the store has under it; nothing where it knows no question."""
        if SETTINGS not in self.tree.paths:
            raise FileNotFoundError(f"there is no {SETTINGS} in {self.tree.name}")
        key = "" if self._is_new else self._whole_key()
        return key, self.store.get(key) if key else None

    @property
    def is_judged(self) -> bool:
        """Whether the store has the verdict, so that nothing but hashes is looked at for it."""
        return self._known[1] is not None

    @cached_property
    def verdict(self) -> Verdict:
        """How many questions the bank has, and what is wrong with it."""
        key, known = self._known
        if known is None:
            before = dict(self.digests)
            made = self._judged()
            # Somebody may have saved a file in the meantime: then nobody knows which state was judged. Of questions it
            # is known: what was judged of them is what has the hash.
            others = self.digests.keys() - set(layout.question_paths(self.tree))
            if all(self._digest(path) == self.digests[path] for path in others):
                key = key if key and self.digests == before else self._whole_key()
                self.store.put([(key, store.as_json(made).encode())])
            return made
        questions, problems = json.loads(known)
        return Verdict(questions, tuple(map(problem.restored, problems)))

    def _are_many(self, questions: int) -> bool:
        """Whether so many questions are worth being read side by side."""
        return questions * (_RENDERING if self.rendering else 1) >= _MANY

    @cached_property
    def _all_are_read(self) -> bool:
        """Whether there are many questions, and the store knows none of them."""
        return self._is_new and self._are_many(len(layout.question_paths(self.tree)))

    def expect(self) -> None:
        """Have ready what many questions need that are all to be read, while this process reads its own program."""
        if self._all_are_read:
            self.workers.expect(printing=self.rendering)

    def _judged(self) -> Verdict:
        from qbank.bank.load import strays
        from qbank.check import agree, inspect_header, settled

        problems = [
            *self._header[1],
            *inspect_header(self._header[0], self._typefaces.glyphs),
            *strays(self.tree),
            *self._ledger[1],
            *self._pictures(),
            *self._typefaces.problems,
        ]
        if self._all_are_read:
            self.workers.warm()
        problems += self._read[1]
        problems += agree(self.bank, self.workers if self._all_are_read else None)
        problems = settled(dict.fromkeys(problems), self.header.settings)
        return Verdict(len(self.bank.questions), tuple(problems))

    def _pictures(self) -> Iterator[Problem]:
        for path in layout.pictures(self.tree):
            yield from self._faults_of_picture(path)

    def _faults_of_picture(self, path: str) -> list[Problem]:
        from qbank.check import figures

        key = store.key("figure", path, self.digests[path])
        known = self.store.get(key)
        if known is not None:
            return list(map(problem.restored, json.loads(known)))
        found = figures.inspect(path, self._picture(path))
        self.store.put([(key, store.as_json(found).encode())])
        return found

    @cached_property
    def _typefaces(self) -> Typefaces:
        from qbank.typefaces import Typefaces

        return Typefaces(self.tree, self.store, self.header.settings, self.digests)

    def fonts(self) -> dict[str, bytes]:
        """The files of the fonts of the bank, as pages find them, in the order of bank.yaml."""
        return self._typefaces.files

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

        return Bank(self.header, self._read[0], layout.names(self.tree), self._pictures_by_name, self._ledger[0])

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """What the file of every question says by itself, by paths."""
        paths = layout.question_paths(self.tree)
        found = dict(self._entries(paths))
        return {path: found[path] for path in paths}

    @cached_property
    def _read(self) -> tuple[tuple[Facts, ...], list[Problem]]:
        """The facts of all questions that can be read, and what is wrong with each by itself."""
        problems = [problem for entry in self.entries.values() for problem in entry.problems]
        return tuple(entry.facts for entry in self.entries.values() if entry.facts), problems

    def _entries(self, paths: list[str]) -> Iterator[tuple[str, Entry]]:
        """What every file says; from the store, or made now."""
        from qbank import entries

        missing: list[str] = []
        for path in paths:
            known = None if self._is_new else self.store.get(self._entry_key(path))
            if known is None:
                missing.append(path)
            else:
                yield path, entries.restored(path, known, self.digests[path])
        if not missing:
            return
        self._progress.begin(len(missing))
        try:
            with store.Batch(self.store) as batch:
                workers = self.workers if self._are_many(len(missing)) else None
                made = self._maker.entries(map(self._file, missing), workers)
                for path, (_, value, rendered) in zip(missing, made, strict=True):
                    entry = entries.restored(path, value, self.digests[path])
                    batch.put(self._entry_key(path), value)
                    if rendered and entry.facts:
                        batch.put(self.key(entry.facts), rendered)
                    self._progress.done(path)
                    yield path, entry
        finally:
            self._progress.end()

    def _file(self, path: str) -> File:
        from qbank.entries import File
        from qbank.source.faults import MAX_FILE_BYTES

        data = beginning(self.tree, path, MAX_FILE_BYTES + 1)
        # Of the bytes that are looked at, which somebody may have saved since the file was hashed.
        self.digests[path] = sha256(data).hexdigest()
        return File(path, self.digests[path], data)

    @cached_property
    def _maker(self) -> Maker:
        from qbank.entries import Maker

        media = {file: self.media(file) for file in self._pictures_by_name}
        return Maker(self.header, self.tree.prefix, media, self.rendering, self._typefaces.glyphs)

    # -- what outputs need

    @cached_property
    def renderable(self) -> frozenset[str]:
        """The files of the questions that can be rendered, also where the bank has errors elsewhere."""
        if problem.errors(self._header[1]):
            return frozenset()
        faulty = {each.place.path for each in problem.errors(self._read[1])}
        return frozenset(
            each.path
            for each in self._read[0]
            if each.path not in faulty
            and self.header.settings.topic(each.topic)
            and all(work in self.header.works for work in each.works)
        )

    def rendered(self, question: Facts) -> Rendered:
        """A question in every form; from the store, or made now."""
        return self._rendered(question.path)

    @cached_property
    def _rendered(self) -> Callable[[str], Rendered]:
        held = _RENDERED if len(self.bank.questions) <= _RENDERED else _NEAR
        return lru_cache(maxsize=held)(self._render)

    @cached_property
    def _by_path(self) -> dict[str, Facts]:
        return {question.path: question for question in self.bank.questions}

    def _render(self, path: str) -> Rendered:
        from qbank.render.question import restored

        question = self._by_path[path]
        return restored(self._or_made(self.key(question), question, self._maker.rendered))

    def web(self, question: Facts) -> Web:
        """A question for browsers; from the store, or made now."""
        from qbank.render.web import restored

        return restored(self._or_made(store.key("web", self.key(question)), question, self._maker.web))

    def printed(self, question: Facts) -> Printed:
        """A question for print; from the store, or made now."""
        from qbank.render.print import restored

        return restored(self._or_made(store.key("print", self.key(question)), question, self._maker.printed))

    def _or_made(self, key: str, question: Facts, make: Callable[[File], bytes]) -> bytes:
        value = self.store.get(key)
        if value is None:
            file = self._file(question.path)
            if file.digest != question.digest:
                raise OSError(EAGAIN, "the file was changed while the bank was read; try again", question.path)
            value = make(file)
            self.store.put([(key, value)])
        return value

    def figure(self, file: str) -> bytes:
        """The bytes of a figure, as they are written into packages and sheets."""
        return self._drawing(file)

    def _draw(self, file: str) -> bytes:
        from qbank.render.figure import drawn

        path = f"{FIGURES}/{file}"
        key = store.key("drawing", self.digests[path])
        value = self.store.get(key)
        if value is None:
            # What is wrong with a figure, rules say; nobody sees it, not even in a preview.
            value = b"" if self._faults_of_picture(path) else drawn(self._picture(path))
            self.store.put([(key, value)])
        return value

    def _read_picture(self, path: str) -> bytes:
        """A figure, as far as it is looked at."""
        return beginning(self.tree, path, MAX_FIGURE_BYTES + 1)

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
