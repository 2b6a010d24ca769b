"""The bank in any text format: what a template makes of the data of questions.json.

A template is one file. It may come from anybody: it runs in Jinja's sandbox, where it reads what it is given and
reaches neither files nor Python.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache, partial
from pathlib import Path
from types import TracebackType
from typing import Any, overload

from jinja2 import DictLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2 import Template as Compiled
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from qbank.check.facts import Facts
from qbank.markup import markdown
from qbank.markup.document import parse
from qbank.outputs import data, tables
from qbank.outputs.job import Edition, Job, Press, ready
from qbank.outputs.template import Template, TemplateFault
from qbank.store import key

#: Characters that a template may write; and what a multiplication in it may make, in characters, items or bits.
MOST = 1 << 30
_MOST_MADE = 1 << 20
#: In files of these endings everything is escaped that no filter marks as safe.
_ESCAPED = (".xml", ".html", ".xhtml", ".svg")


class Row(dict[str, Any]):
    """A question or a card."""

    @property
    def name(self) -> str:
        """What messages call it."""
        return str(self.get("note") or self.get("id"))


class Rows(Sequence[Row]):
    """Questions or cards, which are made one at a time, each time that they are asked for."""

    def __init__(self, make: Callable[[], Iterable[Mapping[str, Any]]]) -> None:
        self._make = make

    def __iter__(self) -> Iterator[Row]:
        return map(Row, self._make())

    def __len__(self) -> int:
        return sum(1 for _ in self._make())

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        """A row, or several."""
        return list(self)[index]


# -- what a template is given


def whole(press: Press, edition: Edition) -> dict[str, Any]:
    """What a template of the whole bank is given: the keys of questions.json, and `cards`."""
    questions = Rows(lambda: map(json.loads, data.rows(press)))
    return {**data.head(press, edition), "questions": questions, "cards": Rows(lambda: tables.cards(questions))}


def single(press: Press, edition: Edition, question: Facts) -> dict[str, Any]:
    """What a template of one question is given: the keys of questions.json, `question` for `questions`, and `cards`."""
    row = Row(json.loads(data.row(press, question)))
    return {**data.head(press, edition), "question": row, "cards": list(map(Row, tables.cards([row])))}


# -- jobs


def jobs(press: Press, edition: Edition, templates: Iterable[Template]) -> Iterator[Job]:
    """What templates make of the whole bank, below export/."""
    asked = [press.key(question) for _, each in press.bank.topics() for question in each]
    about = json.dumps(data.head(press, edition))
    for template in templates:
        path = f"export/{template.makes}"
        named = key("job", path, template.source, about, press.header_key, *asked)
        yield Job(path, named, ready(partial(_write, template, partial(whole, press, edition))))


def files(press: Press, edition: Edition, template: Template, path: Callable[[Facts], str]) -> Iterator[Job]:
    """What a template makes of each question, in the file at its path."""
    about = json.dumps(data.head(press, edition))
    for _, questions in press.bank.topics():
        for question in questions:
            parts = [template.source, about, press.header_key, press.key(question), data.around(press, question)]
            made = partial(single, press, edition, question)
            yield Job(path(question), key("job", path(question), *parts), ready(partial(_write, template, made)))


def _write(template: Template, context: Callable[[], Mapping[str, Any]], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(written(template, context()))


def written(template: Template, context: Mapping[str, Any]) -> Iterator[str]:
    """What a template makes of a context, piece by piece. Raises `TemplateFault`, be it after some pieces."""
    try:
        size = 0
        for piece in _compiled(template, tuple(context)).generate(context):
            size += len(piece)
            if size > MOST:
                raise SecurityError(f"this writes more than {MOST:,} characters")
            yield piece
    # Whatever an expression of a template may raise is a fault of the template; what the bank's own files raise is not.
    except Exception as error:
        if isinstance(error, OSError) and not isinstance(error, TemplateNotFound):
            raise
        raise _fault(template, error) from error


# -- faults


def _fault(template: Template, error: Exception) -> TemplateFault:
    if isinstance(error, TemplateSyntaxError):
        return TemplateFault(template, error.lineno, error.message or "this is no template", "see docs/data.md")
    line, row = 1, ""
    for at, variables in _frames(template, error.__traceback__):
        line = at
        row = next((value.name for value in reversed(variables.values()) if isinstance(value, Row)), row)
    return TemplateFault(template, line, *_said(error), row)


def _frames(template: Template, trace: TracebackType | None) -> Iterator[tuple[int, dict[str, Any]]]:
    """The lines of the template that an error came through, the innermost last, each with the variables that it had."""
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == template.path:
            yield trace.tb_lineno, trace.tb_frame.f_locals
        trace = trace.tb_next


def _said(error: Exception) -> tuple[str, str]:
    """An error in words, and what to do about it."""
    match error:
        case TemplateNotFound():
            return f"there is no template {error.name!r} here", "a template is one file; write its parts as macros"
        case SecurityError():
            return str(error), "a template reads what it is given and writes text, and no more"
        case RecursionError():
            return "this calls itself without an end", "let the macro end"
        case MemoryError():
            return "this takes more memory than there is", "write less at once"
        case _:
            return str(error) or type(error).__name__, "docs/data.md names what templates are given"


# -- Jinja


class _Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox in which a small sum cannot fill the memory."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """The product or the power of two values, if it is not too large."""
        if operator == "**":
            size = left.bit_length() * abs(right) if isinstance(left, int) and isinstance(right, int) else 0
        else:
            counts = [each for each in (left, right) if isinstance(each, int)]
            size = max(
                (len(each) * counts[0] for each in (left, right) if hasattr(each, "__len__") and counts), default=0
            )
        if size > _MOST_MADE:
            raise SecurityError("this makes a value that is too large")
        return super().call_binop(context, operator, left, right)


@lru_cache(maxsize=8)
def _compiled(template: Template, names: tuple[str, ...]) -> Compiled:
    """A template that is given these names; compiled once for the files that it makes."""
    made = _Sandbox(
        loader=DictLoader({}),
        undefined=_undefined(names),
        autoescape=template.makes.endswith(_ESCAPED),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(FILTERS)
    code = made.compile(template.source, filename=template.path)
    return Compiled.from_code(made, code, made.make_globals(None))


def _undefined(names: Sequence[str]) -> type[StrictUndefined]:
    """What stands for a name that is not there. It says which one may be meant."""

    class Undefined(StrictUndefined):
        @property
        def _undefined_message(self) -> str:
            if self._undefined_hint:
                return self._undefined_hint
            name, held = str(self._undefined_name), self._undefined_obj
            if held is missing and name == "question":
                return "there is no 'question': write a file for each of them, by `-o 'folder/{id}.md'`"
            known = names if held is missing else [str(key) for key in held] if isinstance(held, dict) else []
            near = get_close_matches(name, known, n=1)
            said = f"there is no {name!r}" if held is missing else f"there is no {name!r} in {_called(held)}"
            return f"{said}: did you mean {near[0]!r}?" if near else said

    return Undefined


def _called(value: Any) -> str:
    if isinstance(value, Row):
        return "a card" if "note" in value else "a question"
    return "an object" if isinstance(value, dict) else f"a value of type {type(value).__name__}"


def _csv(value: Any) -> str:
    """A row of comma-separated values (RFC 4180), or one cell of it."""
    out = io.StringIO(newline="")
    # What stands for the end of a line is quoted in a cell, so there must be one.
    cells = value if isinstance(value, list | tuple) else [value]
    csv.writer(out, lineterminator="\n").writerow(map(tables.inert, cells))
    return out.getvalue().removesuffix("\n")


def _tsv(value: Any) -> str:
    """A row of values with tabs between them, or one cell of it: without quotes, each on one line."""
    cells = value if isinstance(value, list | tuple) else [value]
    return "\t".join(" ".join(str(cell).split()) for cell in cells)


#: What templates have besides Jinja's own filters, as docs/data.md says.
FILTERS: dict[str, Callable[..., str]] = {
    "csv": _csv,
    "tsv": _tsv,
    "json": lambda value: json.dumps(value, ensure_ascii=False),
    "md": lambda text: markdown.render(parse(str(text)), "plain"),
    "words": lambda text: markdown.escape(str(text), "plain"),
    "fence": lambda source, language="": markdown.fence(str(source), language),
}
