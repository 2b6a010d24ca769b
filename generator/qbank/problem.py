"""Faults in the content: values with a place, a rule, a message and a help line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from inspect import cleandoc
from typing import Any, Generic, Literal, NamedTuple, ParamSpec

P = ParamSpec("P")


class Place(NamedTuple):
    """A stretch of a file of the bank: the characters `start` to `end` (exclusive, from 0) of a value.

    `pointer` is the JSON Pointer (RFC 6901) of the value; the empty one means the file itself, as text. Where `end` is
    None the stretch is the whole value. Lines and columns are counted only when a problem is shown.
    """

    path: str
    pointer: str = ""
    start: int = 0
    end: int | None = 1


class Span(NamedTuple):
    """A stretch of a file as an editor counts it: lines and columns from 1; the end is exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


class Edit(NamedTuple):
    """The text that should stand at a place.

    In a value it is characters of that value, whatever the style in which the file writes it; in a file, whose pointer
    is empty, the text is put there as it is.
    """

    place: Place
    text: str


class Fix(NamedTuple):
    """How a problem is mended, by edits in its file; a safe one changes nothing of what the author meant."""

    edits: tuple[Edit, ...]
    safe: bool


class Fault(NamedTuple):
    """What a rule finds; the rule's name and severity are added by the rule.

    `also` are further places that have as much part in it: of two questions that ask the same, the other one.
    """

    place: Place
    message: str
    help: str
    fix: Fix | None = None
    also: tuple[Place, ...] = ()


Severity = Literal["error", "warning"]
#: What a bank may say of a rule that guards nothing: `off` shows none of its problems.
SEVERITIES = ("off", "warning", "error")


class Problem(NamedTuple):
    """One fault in the content, found by `rule`, with what to do about it."""

    rule: str
    place: Place
    message: str
    help: str
    fix: Fix | None = None
    severity: Severity = "error"
    also: tuple[Place, ...] = ()

    @property
    def paths(self) -> frozenset[str]:
        """The files that have a part in it."""
        return frozenset(place.path for place in (self.place, *self.also))


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that hinder a build; a warning is shown and hinders nothing."""
    return [problem for problem in problems if problem.severity == "error"]


#: What a rule looks at: what the reader met, a text with its document, a question, a note that was released, the
#: bank as a whole, what an output met when it set a page, or the pages of a sheet once they are set.
Scope = Literal["reading", "text", "question", "note", "bank", "page", "sheet", "run"]
#: What a rule guards that no bank can do without, so that none may switch it: that files are read as they are meant,
#: that nothing harms whoever reads or builds, that learners keep their progress, that every output can show the text.
Guarded = Literal["form", "security", "identity", "rendering"]
_GUARDED_BY_SCOPE: dict[Scope, Guarded] = {"reading": "form", "note": "identity", "page": "rendering"}


class AllBut(frozenset[str]):
    """All types of tokens but these."""

    def isdisjoint(self, others: Iterable[object]) -> bool:
        """Whether there is no other type among `others`."""
        return self.issuperset(others)


class Rule(Generic[P]):
    """A rule: its name, its page in the documentation, what it looks at, and the function that finds its faults.

    Called as that function is, it gives problems. A text rule that `visits` some types of tokens is asked only about
    texts that hold one of them, and one with `when` only about those of which that is true: most texts have nothing
    for most rules to look at.
    """

    def __init__(
        self,
        find: Callable[P, Iterable[Fault]],
        scope: Scope,
        visits: frozenset[str] | None,
        when: Callable[[Any], object] | None,
        severity: Severity,
        guards: Guarded | None,
    ) -> None:
        if not find.__doc__:
            raise ValueError(f"the rule {find.__name__} needs a docstring")
        self.name = find.__name__.replace("_", "-")
        self.doc = cleandoc(find.__doc__)
        self.scope = scope
        self.visits = visits
        self.when = when
        self.severity = severity
        self.guards = guards or _GUARDED_BY_SCOPE.get(scope)
        self._find = find

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> list[Problem]:
        """The problems that the rule finds."""
        found = list(self._find(*args, **kwargs))
        if not found:  # as nearly always
            return []
        return [
            Problem(self.name, fault.place, fault.message, fault.help, fault.fix, self.severity, fault.also)
            for fault in found
        ]


def rule(
    scope: Scope,
    *,
    visits: Iterable[str] | None = None,
    when: Callable[[Any], object] | None = None,
    severity: Severity = "error",
    guards: Guarded | None = None,
) -> Callable[[Callable[P, Iterable[Fault]]], Rule[P]]:
    """Make a rule of a function that yields faults; it bears the function's name, and the docstring explains it.

    A bank may switch it off or to another severity unless it `guards` something, as all rules of reading, of released
    notes and of pages do.
    """
    seen = visits if visits is None or isinstance(visits, frozenset) else frozenset(visits)
    return lambda find: Rule(find, scope, seen, when, severity, guards)


def restored(row: Any) -> Problem:
    """A problem from the lists that JSON makes of it."""
    name, place, message, help, fix, severity, also = row
    mend = fix and Fix(tuple(Edit(Place(*where), text) for where, text in fix[0]), fix[1])
    return Problem(name, Place(*place), message, help, mend, severity, tuple(Place(*each) for each in also))


class ContentError(Exception):
    """A fault of the content that only an output could find, such as a page that cannot be set."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems in the content")
        self.problems = problems

    def __reduce__(self) -> tuple[type[ContentError], tuple[list[Problem]]]:
        return ContentError, (self.problems,)
