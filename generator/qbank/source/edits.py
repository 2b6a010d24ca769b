"""Fixes made in a file: only what gives the data that they promise.

A fix of a value promises the old data with that value changed. One of the file's text may change the keys and values
that it touches, and promises that all others stay; one of a file that cannot be read, that reading gets further. The
file as it would be is read again to see it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from qbank.problem import Edit, Fix, Place, Problem
from qbank.source.nodes import Mapping, Node, Scalar, Source, find
from qbank.source.nodes import Sequence as Items
from qbank.source.reader import decoded, parse
from qbank.source.scalars import Replacement, written
from qbank.tree import Tree

#: Characters that are read at most to see which fixes of a file hold; what is left then waits for the next time.
#: Without it, a file full of fixes that do not hold would take the square of its length.
_READ = 4_000_000
_MARK = "\ufeff".encode()

Replacements = tuple[Replacement, ...]


def replaced(text: str, replacements: Iterable[Replacement]) -> str:
    """A text with replacements, of which no two overlap."""
    parts, at = [], 0
    for each in sorted(replacements):
        parts += [text[at : each.start], each.text]
        at = each.end
    return "".join([*parts, text[at:]])


def replacements(data: bytes, path: str, fixes: Sequence[Fix]) -> dict[int, Replacements]:
    """What is to be replaced in a file to make those fixes that can be made together, by their number in `fixes`.

    Places count the characters of `decoded(data)`. Of two fixes that overlap the first is made. One that would not give
    what it promises is not, nor is one of a file that is no YAML or no UTF-8.
    """
    text = decoded(data)
    if not path.endswith(".yaml") or text.encode() != data.removeprefix(_MARK):
        return {}
    trial = _Trial(text, parse(data, path))
    trial.settle(list(trial.begun(fixes)))
    return {each.number: each.replacements for each in trial.made}


def mended(data: bytes, path: str, fixes: Sequence[Fix]) -> tuple[bytes, list[int]]:
    """The bytes of a file with those fixes that `replacements` makes, and the numbers of these."""
    made = replacements(data, path, fixes)
    if not made:
        return data, []
    text = replaced(decoded(data), (each for one in made.values() for each in one))
    return (_MARK if data.startswith(_MARK) else b"") + text.encode(), list(made)


def in_text(tree: Tree, problems: Iterable[Problem]) -> list[Problem]:
    """Problems, each once, whose fixes are edits of their files' text, as a program could make them.

    One that `replacements` does not make is left out.
    """
    out = list(dict.fromkeys(problems))
    by_path: dict[str, dict[int, Fix]] = {}
    for n, problem in enumerate(out):
        if problem.fix:
            by_path.setdefault(problem.place.path, {})[n] = problem.fix
    for path, fixes in by_path.items():
        made: dict[int, Replacements] = {}
        with suppress(OSError), tree.open(path) as file:  # of a file that is gone nothing can be mended
            made = replacements(file.read(), path, list(fixes.values()))
        for number, (n, fix) in enumerate(fixes.items()):
            edits = [Edit(Place(path, "", each.start, each.end), each.text) for each in made.get(number, ())]
            out[n] = out[n]._replace(fix=Fix(tuple(edits), fix.safe) if edits else None)
    return out


class _Made(NamedTuple):
    """A fix, and one way to write it."""

    number: int
    fix: Fix
    replacements: Replacements


class _Stretches:
    """Stretches of a text that do not overlap."""

    def __init__(self) -> None:
        self._taken: list[tuple[int, int]] = []

    def take(self, wanted: Replacements) -> bool:
        """Add stretches if they are free of all others and of each other."""
        for n, (start, end, _) in enumerate(wanted):
            if not self._is_free(start, end):
                for added in wanted[:n]:
                    self._taken.remove(added[:2])
                return False
            insort(self._taken, (start, end))
        return True

    def _is_free(self, start: int, end: int) -> bool:
        at = bisect_left(self._taken, (start, end))
        around = self._taken[max(0, at - 1) : at + 1]
        return all((start >= b or a >= end) and a != start for a, b in around)


class _Trial:
    """Finds the fixes that give what they promise: all at once, or else by halves."""

    def __init__(self, text: str, source: Source) -> None:
        self.made: list[_Made] = []
        self._text = text
        self._source = source
        self._left = _READ

    def begun(self, fixes: Iterable[Fix]) -> Iterator[_Made]:
        """The fixes that can be written, each without what overlaps an earlier one."""
        free = _Stretches()
        for number, fix in enumerate(fixes):
            form = next((form for form in self._forms(fix) if free.take(form)), None)
            if form:
                yield _Made(number, fix, form)

    def settle(self, group: list[_Made]) -> None:
        """Take of a group what holds together with what was taken."""
        if not group or self._take(group):
            return
        if len(group) > 1:
            self.settle(group[: len(group) // 2])
            self.settle(group[len(group) // 2 :])
            return
        for form in self._forms(group[0].fix):
            if self._take([group[0]._replace(replacements=form)]):
                return

    def _take(self, group: list[_Made]) -> bool:
        made = [*self.made, *group]
        free = _Stretches()
        if self._left <= 0 or not all(free.take(each.replacements) for each in made):
            return False
        self._left -= len(self._text)
        if self._holds(made):
            self.made = made
            return True
        return False

    def _forms(self, fix: Fix) -> Iterator[Replacements]:
        """How a fix can be written: in the styles of its values, then with these written anew in other ones."""
        root, length = self._source.root, len(self._text)
        if any(edit.place.path != self._source.path for edit in fix.edits):
            return
        raw = [Replacement(*_range(edit, length), edit.text) for edit in fix.edits if not edit.place.pointer]
        values = []
        for pointer, edits in _by_value(fix).items():
            node, around = find(root, pointer), find(root, pointer.rpartition("/")[0])
            shown = written(self._text, node) if isinstance(node, Scalar) else None
            if shown is None or around is None:
                return
            values.append((shown, edits, around.start.column if around.start else 0))
        in_place = [
            shown.edited(*_range(edit, len(shown.node.value)), edit.text)
            for shown, edits, _ in values
            for edit in edits
        ]
        if None not in in_place:
            yield (*raw, *filter(None, in_place))
        anew = (shown.rewritten(_edited(shown.node.value, edits), column) for shown, edits, column in values)
        for forms in zip(*anew, strict=True):
            yield (*raw, *forms)

    def _holds(self, made: Sequence[_Made]) -> bool:
        """Whether the file with these fixes gives what they promise."""
        old = self._source
        text = replaced(self._text, (each for one in made for each in one.replacements))
        new = parse(text.encode("utf-8", "surrogatepass"), old.path)
        if old.unreadable:
            return not new.unreadable or _unread(new) < _unread(old)
        if Counter(each.rule for each in new.problems) - Counter(each.rule for each in old.problems):
            return False
        return _Promise(old, [one.fix for one in made]).is_kept(old.root, new.root)


def _by_value(fix: Fix) -> dict[str, list[Edit]]:
    """The edits of values, by the pointers of these."""
    out: dict[str, list[Edit]] = {}
    for edit in fix.edits:
        if edit.place.pointer:
            out.setdefault(edit.place.pointer, []).append(edit)
    return out


def _range(edit: Edit, length: int) -> tuple[int, int]:
    """The characters of an edit, in a text so long."""
    end = length if edit.place.end is None else min(edit.place.end, length)
    return min(edit.place.start, end), end


def _edited(value: str, edits: Iterable[Edit]) -> str:
    return replaced(value, [Replacement(*_range(edit, len(value)), edit.text) for edit in edits])


def _unread(source: Source) -> int:
    """The characters behind the fault that ended reading."""
    return len(source.text) - source.problems[-1].place.start


class _Promise:
    """What a file should say after some fixes."""

    def __init__(self, source: Source, fixes: Iterable[Fix]) -> None:
        edits = [edit for fix in fixes for edit in fix.edits]
        self._raw = sorted(_range(edit, len(source.text)) for edit in edits if not edit.place.pointer)
        self._values: dict[int, str] = {}
        for pointer, each in _by_value(Fix(tuple(edits), safe=True)).items():
            node = find(source.root, pointer)
            if isinstance(node, Scalar):
                self._values[id(node)] = _edited(node.value, each)

    def is_kept(self, old: Node, new: Node) -> bool:
        """Whether a node holds what was promised of the one that stood in its place."""
        if isinstance(old, Scalar):
            if self._is_touched(old):
                return True
            return isinstance(new, Scalar) and new.value == self._values.get(id(old), old.value)
        if type(new) is not type(old):
            return False
        olds, news = _parts(old), _parts(new)
        if len(olds) == len(news):
            return all(map(self._all_kept, olds, news))
        # An edit may make several nodes of a value, as a blank behind a dash does. All others are still there.
        whole = [each for each in olds if not (isinstance(each[-1], Scalar) and self._is_touched(each[-1]))]
        ahead = iter(news)
        return len(whole) < len(olds) < len(news) and all(any(self._all_kept(o, n) for n in ahead) for o in whole)

    def _all_kept(self, olds: tuple[Node, ...], news: tuple[Node, ...]) -> bool:
        return all(map(self.is_kept, olds, news))

    def _is_touched(self, node: Scalar) -> bool:
        """Whether an edit of the text changes characters of a node, or adds some to it."""
        first, last = node.start.index, node.end.index
        at = bisect_right(self._raw, last, key=lambda each: each[0])
        return any(
            (start < last and first < end) or (start == end and first <= start <= last)
            for start, end in self._raw[max(0, at - 2) : at]
        )


def _parts(node: Node) -> list[tuple[Node, ...]]:
    """The items of a list, the keys and values of a mapping."""
    if isinstance(node, Mapping):
        return list(node.entries.values())
    return [(item,) for item in node.items] if isinstance(node, Items) else []
