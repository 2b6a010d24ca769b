"""Faults in the content: values with a place, a rule, a message and a help line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import wraps
from inspect import cleandoc
from typing import NamedTuple, ParamSpec


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a file. Lines and columns count characters from 1; the end is exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in the content, found by `rule`, with what to do about it."""

    rule: str
    span: Span
    message: str
    help: str


class Fault(NamedTuple):
    """What a rule finds; the rule's name is added by `rule`."""

    span: Span
    message: str
    help: str


#: Every rule's name and its documentation, in the order in which the modules define them.
RULES: dict[str, str] = {}

P = ParamSpec("P")


def rule(find: Callable[P, Iterable[Fault]]) -> Callable[P, Iterator[Problem]]:
    """Make a rule of a function that yields faults.

    The rule is called as the function is, with hyphens; the function's docstring is its page in the documentation.
    """
    name = find.__name__.replace("_", "-")
    if name in RULES or not find.__doc__:
        raise ValueError(f"rule {name!r} needs a name of its own and a docstring")
    RULES[name] = cleandoc(find.__doc__)

    @wraps(find)
    def problems(*args: P.args, **kwargs: P.kwargs) -> Iterator[Problem]:
        return (Problem(name, *fault) for fault in find(*args, **kwargs))

    return problems


class ContentError(Exception):
    """A fault of the content that only an output could find, such as a page that cannot be set."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems in the content")
        self.problems = problems
