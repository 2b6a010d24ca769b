"""Rules for the parts of one question, taken by themselves."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from qbank.bank import forms
from qbank.bank.model import Question, Text
from qbank.bank.settings import Settings
from qbank.markup import plain
from qbank.markup.document import parse
from qbank.markup.printable import unprintable
from qbank.problem import Fault, rule


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
    seen = {title.casefold()}
    for alias in question.aliases:
        if len(alias) > limits.alias:
            yield Fault(alias.place(limits.alias), f"an alias has {limits.alias} characters at most", "shorten it")
        if alias.casefold() in seen:
            yield Fault(alias.place(), f"'{alias}' is said already", "delete it, or write another name")
        seen.add(alias.casefold())
    for text in (title, *question.aliases):
        offset = next(unprintable(text), None)
        if offset is not None:
            yield Fault(
                text.place(offset, offset + 1), f"'{text[offset]}' cannot be printed", "write it in Latin letters"
            )


@rule("question")
def one_line(question: Question, settings: Settings) -> Iterator[Fault]:
    """Questions, fronts of cards and follow-ups are one paragraph: they are titles on cards and sheets."""
    lines = [question.question, *(each.question for each in question.follow_ups), *(c.front for c in question.cards)]
    for text in lines:
        blocks = parse(text).tokens
        if text and (len(blocks) != 3 or blocks[0].type != "paragraph_open"):
            yield Fault(text.place(), "this must be one line of text", "leave out lists, tables and line breaks")


@rule("question")
def answer_length(question: Question, settings: Settings) -> Iterator[Fault]:
    """What is said aloud has a length: an answer 60 words, an explanation 300 (designs and code more), a pitfall 60.

    A formula counts as one word.
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
def missing_reference(question: Question, settings: Settings) -> Iterator[Fault]:
    """A claim has a source: every question names one, but for behavioral ones and those on the process."""
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


@rule("question")
def code_syntax(question: Question, settings: Settings) -> Iterator[Fault]:
    """Python compiles: stubs, solutions, tests, checks. It is run on request only, by `qbank run`, never by a build."""
    code = question.code
    written = () if code.language == "sql" else (code.stub, code.solution)
    for text in filter(None, (*written, code.tests, question.checks)):
        try:
            ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            line = getattr(error, "lineno", None) or 1
            start = sum(len(row) + 1 for row in text.split("\n")[: line - 1])
            start = min(start + max(0, (getattr(error, "offset", None) or 1) - 1), max(0, len(text) - 1))
            yield Fault(text.place(start, start + 1), "this is not valid Python", "run it before you paste it")


@rule("question")
def date_form(question: Question, settings: Settings) -> Iterator[Fault]:
    """`as_of` is a year and a month, 2026-11: when what ages was last checked."""
    if question.as_of and not forms.MONTH.fits(question.as_of):
        yield Fault(question.as_of.place(), f"'{question.as_of}' is not a year and month", "write it as 2026-11")


RULES = (title_form, one_line, answer_length, missing_reference, missing_code, code_syntax, date_form)
