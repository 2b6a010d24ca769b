"""The fonts that a bank brings: read where paper is made, and kept as what they print."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from qbank import program, store
from qbank.bank.layout import FONTS, MAX_FONT_BYTES
from qbank.problem import Problem
from qbank.store import Store
from qbank.tree import Tree

if TYPE_CHECKING:
    from qbank.bank.model import Word
    from qbank.bank.settings import Settings
    from qbank.check.fonts import Face
    from qbank.markup.printable import Glyphs


class Typefaces:
    """The fonts of a bank with these settings, in the order in which bank.yaml names them."""

    def __init__(self, tree: Tree, kept: Store, settings: Settings, digests: Mapping[str, str]) -> None:
        """`digests` are the hashes of the files of the bank."""
        self._tree = tree
        self._store = kept
        self._settings = settings
        self._digests = digests

    @property
    def on_paper(self) -> bool:
        """Whether paper is made at all."""
        return self._settings.paper and program.makes_paper()

    @cached_property
    def _named(self) -> tuple[list[Word], list[Problem]]:
        """The fonts by name, and what is wrong with those that the bank names."""
        from qbank.check import fonts

        return fonts.named(self._settings.fonts, self._tree.paths)

    @property
    def digests(self) -> list[str]:
        """What names the fonts: the hashes of their files."""
        return [self._digests[f"{FONTS}/{name}"] for name in self._named[0]]

    @property
    def files(self) -> dict[str, bytes]:
        """The files of the fonts, as pages find them."""
        return {f"{FONTS}/{name}": self._file(name) for name in self._named[0]}

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with any of them."""
        return self._faces[1]

    @cached_property
    def glyphs(self) -> Glyphs | None:
        """The characters of paper, if paper is made."""
        from qbank.check.fonts import printable

        return printable(self._faces[0]) if self.on_paper else None

    @cached_property
    def _faces(self) -> tuple[list[Face], list[Problem]]:
        from qbank.check import fonts

        found = []
        names, problems = self._named
        for name in names if self.on_paper else ():
            face = self._face(name)
            found += [face] if face else []
            problems = problems if face else [*problems, *fonts.unreadable(name)]
        return found, problems

    def _face(self, name: str) -> Face | None:
        from qbank.check import fonts

        key = store.key("font", self._digests[f"{FONTS}/{name}"])
        known = self._store.get(key)
        if known is None:
            face = fonts.face(self._file(name))
            self._store.put([(key, json.dumps(face).encode())])
            return face
        row = json.loads(known)
        return row and fonts.restored(row)

    def _file(self, name: str) -> bytes:
        with self._tree.open(f"{FONTS}/{name}") as file:
            return file.read(MAX_FONT_BYTES + 1)
