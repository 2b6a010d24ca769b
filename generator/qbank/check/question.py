"""Rules for the parts of one question, taken by themselves."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from unicodedata import east_asian_width

from qbank.bank import forms
from qbank.bank.model import Question, Text
from qbank.bank.settings import Settings
from qbank.markup import plain
from qbank.markup.document import Document, parse
from qbank.problem import Fault, rule

#: How many characters of code a line on a sheet holds, in its size of 6.8 pt, in a column of the narrower paper where
#: that is bound; and how many of these each list or quotation takes away that the code stands in.
CODE_WIDTH, INDENTATION = 52, 4


@rule("question")
def title_form(question: Question, settings: Settings) -> Iterator[Fault]:
    """A title is a noun of at most 34 characters, such as `Bias-variance trade-off`; an alias has at most 60.

    Both are plain text without markup. The title heads the question's box on paper, where it has one line; it is no
    sentence. An alias is found by a search, so it says what neither the title nor another alias does.
    """
    limits = settings.limits
    title = question.title
    if len(title) > limits.title:
        yield Fault(
            title.place(limits.title), f"a title has {limits.title} characters at most", "name it in fewer words"
        )
    if title.endswith((".", "?", "!", ":")):
        yield Fault(title.place(len(title) - 1), "a title is no sentence", "write a noun: Bias-variance trade-off")
    elif asked := _ASKED.match(title):
        yield Fault(title.place(*asked.span()), "a title is no sentence", "write a noun: Bias-variance trade-off")
    seen = {title.casefold()}
    for alias in question.aliases:
        if len(alias) > limits.alias:
            yield Fault(alias.place(limits.alias), f"an alias has {limits.alias} characters at most", "shorten it")
        if alias.endswith((",", ";")) or ";" in alias:
            yield Fault(alias.place(), "an alias is one name", "write one name without its comma; part several: [a, b]")
        if alias.casefold() in seen:
            yield Fault(alias.place(), f"'{alias}' is said already", "delete it, or write another name")
        seen.add(alias.casefold())


_ASKED = re.compile(
    r"(?:what|which|why|how|when|where|who) (?:is|are|was|were|do|does|did|can|could|would|should|to)\b"
    r"|(?:explain|describe) ",
    re.IGNORECASE,
)


@rule("question")
def answer_length(question: Question, settings: Settings) -> Iterator[Fault]:
    """What is said aloud has a length: an answer 60 words, an explanation 300 (designs and code more), a pitfall 60.

    A formula counts as one word. Other numbers may stand in bank.yaml: `limits`, and `explanation` of a kind.
    """
    limits = settings.limits
    parts: list[tuple[str, Text, int]] = [
        ("answer", question.answer, limits.answer),
        ("explanation", question.explanation, settings.kind(question.kind).explanation),
        *(("pitfall", text, limits.pitfall) for text in question.pitfalls),
        *(("answer", each.answer, limits.answer) for each in question.follow_ups),
    ]
    for called, text, most in parts:
        count = plain.exceeds(text, most)
        if count:
            yield Fault(
                text.place(),
                f"this {called} has {count} words, {most} at most",
                "say the claim, and cut what repeats it",
            )


@rule("question")
def night_before(question: Question, settings: Settings) -> Iterator[Fault]:
    """The night before an interview only what surely comes is read: a question of the first level, in 25 words at most.

    They hold one formula or distinction, and one trap. A formula counts as one word. What more a learner wants stands
    on the sheet of the topic. Another number may stand in bank.yaml: `limits`.
    """
    text = question.night_before
    if text and 0 < settings.rank(question.level) < len(settings.levels):
        first = settings.levels[0].name
        yield Fault(
            text.place(),
            f"only questions of the level {first} stand on the night-before sheet",
            f"delete it, or set `level: {first}`",
        )
    most = settings.limits.night_before
    count = plain.exceeds(text, most)
    if count:
        yield Fault(
            text.place(),
            f"this text has {count} words, {most} at most",
            "keep one formula or distinction, and one trap",
        )


@rule("question")
def missing_reference(question: Question, settings: Settings) -> Iterator[Fault]:
    """A claim has a source: every question names one, but for kinds with `references: false` in bank.yaml."""
    if not question.references and settings.kind(question.kind).references:
        yield Fault(
            question.place,
            "this question names no source",
            "add `references:` with the paper, textbook or documentation that holds the claim",
        )


@rule("question")
def missing_code(question: Question, settings: Settings) -> Iterator[Fault]:
    """A coding question has a stub to start from, a solution, and tests that tell them apart; other kinds have none.

    Where the solution is SQL, the question has tables, too.
    """
    code = question.code
    parts = {"stub": code.stub, "solution": code.solution, "tests": code.tests}
    if code.language == "sql":
        parts["tables"] = code.tables
    if settings.kind(question.kind).code:
        missing = [f"`{name}:`" for name, text in parts.items() if not text]
        if missing:
            yield Fault(
                question.place,
                f"a coding question needs code: {', '.join(missing)}",
                f"add {', '.join(missing)} to `code:`",
            )
        if code.tables and code.language != "sql":
            yield Fault(code.tables.place(0, 1), "only SQL has tables", "add `language: sql`, or delete them")
    else:
        text = next(filter(None, (*parts.values(), code.tables)), None)
        if text:
            yield Fault(text.place(0, 1), "only coding questions have code", "set `kind: coding`, or use a fence")


@lru_cache(maxsize=4)
def _parsed(text: str) -> ast.Module:
    """A program, which more than one rule looks at."""
    return ast.parse(text)


@rule("question")
def code_syntax(question: Question, settings: Settings) -> Iterator[Fault]:
    """Python compiles: stubs, solutions, tests, checks. Only `qbank check --run` runs it."""
    code = question.code
    written = () if code.language == "sql" else (code.stub, code.solution)
    for text in filter(None, (*written, code.tests, question.checks)):
        try:
            _parsed(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            line = getattr(error, "lineno", None) or 1
            start = sum(len(row) + 1 for row in text.split("\n")[: line - 1])
            start = min(start + max(0, (getattr(error, "offset", None) or 1) - 1), max(0, len(text) - 1))
            row = text.split("\n")[line - 1] if line <= text.count("\n") + 1 else ""
            pasted = next((instead for sign, instead in _PASTED if row.lstrip().startswith(sign)), "")
            help_line = pasted or "run it before you paste it"
            yield Fault(text.place(start, start + 1), "this is not valid Python", help_line)


@rule("question")
def code_width(question: Question, settings: Settings) -> Iterator[Fault]:
    """A line of code on a sheet has at most 52 characters, so that paper does not break it: who copies it can run it.

    That is what a column of Letter paper holds. It goes for what is printed, `sheet` or else the answer, and in entries
    of lists for four characters less. Letters as wide as those of Chinese count twice. A comment may stand on a line of
    its own.
    """
    printed = question.sheet or question.answer
    if not settings.paper or not ("```" in printed or "~~~" in printed):
        return
    for room, start, line in _code(parse(printed)):
        excess = _width(line) - room
        if excess > 0:
            end = start + len(line)
            yield Fault(
                printed.place(max(start, end - excess), end),
                f"this line of code has {room + excess} characters, and there is room for {room} on a sheet",
                "go on in another line where the language allows it; put comments above; or show less in `sheet:`",
            )


def _width(line: str) -> int:
    """How many characters of code a line is wide: some scripts have letters of two, and a tab has two."""
    return sum(2 if letter == "\t" or east_asian_width(letter) in "WF" else 1 for letter in line)


def _code(document: Document) -> Iterator[tuple[int, int, str]]:
    """Every line of code: how many characters it may have, where it starts in the text, and the line."""
    rows = document.text.split("\n")
    starts = list(accumulate((len(row) + 1 for row in rows), initial=0))
    held = 0
    for token in document.tokens:
        if token.type in _HOLDERS:
            held += token.nesting
        elif token.type == "fence":
            for at, line in enumerate(token.content.split("\n")[:-1], (token.map or [0])[0] + 1):
                yield CODE_WIDTH - held * INDENTATION, starts[at] + len(rows[at]) - len(line), line


_HOLDERS = frozenset(
    f"{kind}_{end}" for kind in ("bullet_list", "ordered_list", "blockquote") for end in ("open", "close")
)


#: What stands before code where it is copied.
_PASTED = (
    ("```", "delete the lines of the fence: all that stands here is code"),
    ("~~~", "delete the lines of the fence: all that stands here is code"),
    (">>>", "delete the prompts >>> and ..., and what was printed"),
    ("In [", "delete the prompts of the notebook, and what was printed"),
    ("%", "commands of a notebook are no Python: delete the line"),
    ("!", "commands of a notebook are no Python: delete the line"),
)


@rule("question")
def idle_checks(question: Question, settings: Settings) -> Iterator[Fault]:
    """`checks` assert something: a comparison by itself is computed, and nobody looks at what comes out.

    Tests are functions whose names begin with `test_`; others are not run.
    """
    for text, usual, is_idle, message, help_line in (
        (question.checks, _ASSERT, _is_idle, "this asserts nothing", "write assert before each comparison"),
        (question.code.tests, _TEST, _has_no_test, "pytest finds no test here", "name each function test_..."),
    ):
        try:
            idle = text and not usual.search(text) and is_idle(_parsed(text))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        if idle:
            yield Fault(text.place(*_first_row(text)), message, help_line)


#: What is there as a rule, so that nothing has to be parsed.
_ASSERT, _TEST = re.compile(r"^assert\b", re.MULTILINE), re.compile(r"^def test_", re.MULTILINE)


def _is_idle(program: ast.Module) -> bool:
    """Whether nothing is asserted, neither by `assert` nor by a function that is called so or raises."""
    return not any(
        isinstance(node, (ast.Assert, ast.Raise))
        or (isinstance(node, ast.Call) and "assert" in ast.unparse(node.func).lower())
        for node in ast.walk(program)
    )


def _has_no_test(program: ast.Module) -> bool:
    return not any(
        isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name.lower().startswith("test")
        for node in ast.walk(program)
    )


def _first_row(text: Text) -> tuple[int, int]:
    end = text.find("\n")
    return 0, end if end > 0 else len(text)


@rule("question")
def date_form(question: Question, settings: Settings) -> Iterator[Fault]:
    """`as_of` is a year and a month, 2026-11: when what ages was last checked."""
    if question.as_of and not forms.MONTH.fits(question.as_of):
        yield Fault(question.as_of.place(), f"'{question.as_of}' is not a year and month", "write it as 2026-11")


RULES = (
    title_form,
    answer_length,
    night_before,
    missing_reference,
    missing_code,
    code_syntax,
    code_width,
    idle_checks,
    date_form,
)
