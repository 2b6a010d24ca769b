"""The Markdown of the real bank, and the formulas that its questions hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from conftest import BANK, questions
from qbank.bank.model import Question
from qbank.markup.document import MATH, parse


def whole(question: Question) -> Iterator[str]:
    """The texts of a question in the order of its page."""
    yield from (question.question, question.answer, question.explanation, *question.pitfalls)
    for each in question.follow_ups:
        yield from (each.question, each.answer)


def sheet(question: Question) -> Iterator[str]:
    """The texts of a question in the order of its section on a sheet."""
    yield from (question.question, question.sheet or question.answer)


def formulas(text: str) -> list[str]:
    """The formulas of a text as it was written."""
    return [found.token.content for found in parse(text) if found.token.type in MATH]


def by_name() -> dict[str, Question]:
    """The questions of the bank by their names."""
    return {question.name: question for question in questions(BANK)}


def topics(folder: Path) -> list[Path]:
    """The pages of topics in a folder."""
    return sorted(path for path in folder.glob("*.md") if path.stem not in ("README", "index", "night-before"))
