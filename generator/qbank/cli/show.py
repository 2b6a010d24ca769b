"""`qbank show`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qbank.cli.common import bank_option, cache_option, questions, surveyed

if TYPE_CHECKING:
    from qbank.bank.load import Header
    from qbank.bank.model import Card, Question


@click.command("show")
@click.argument("name")
@cache_option
@bank_option
def command(name: str, no_cache: bool, root: Path) -> None:
    """Show the question NAME here: what it says, its cards, its problems, and what needs it."""
    from qbank.cli import page, report
    from qbank.source.places import located

    (question,) = questions(root, [name])
    with surveyed(root, no_cache=no_cache) as survey:
        problems = [each for each in survey.verdict.problems if each.place.path == question.path]
        needed_by = [each.name for each in survey.bank.in_order if question.name in each.needs]
        shown = [*_head(question, survey.header), *_body(question), *_cards(question.cards)]
        shown += [*_sources(question, survey.header), *_related(question, needed_by)]
        found = located(survey.tree, problems)
    if found:
        shown += ["", page.heading("Problems")]
    click.echo("\n".join(shown) + "\n" + report.text(found), nl=False, color=page.color())


def _head(question: Question, header: Header) -> Iterator[str]:
    from qbank.cli.page import harmless, heading, wrapped

    settings = header.settings
    yield heading(question.title)
    facts = [question.path, question.level, question.kind, *["essential"] * (question.essential == "true")]
    yield harmless(" · ".join(facts))
    asked = {"rounds": settings.rounds_of(question), "roles": settings.roles_of(question)}
    if any(asked.values()):
        yield harmless(" · ".join(f"{what}: {', '.join(names)}" for what, names in asked.items() if names))
    if question.aliases:
        yield wrapped(harmless("; ".join(question.aliases)), "  ", "also: ")


def _body(question: Question) -> Iterator[str]:
    yield from _section("Question", _text(question.question))
    yield from _section("Start from", question.code.stub.splitlines())
    yield from _section("Answer", _text(question.answer))
    yield from _section("Explanation", _text(question.explanation))
    if question.figure.file:
        yield from _section("Figure", _words(f"{question.figure.file}: {question.figure.alt}"))
    yield from _section("Solution", question.code.solution.splitlines())
    yield from _section("Pitfalls", [line for each in question.pitfalls for line in _item("- ", _text(each, 2))])
    asked = [
        line
        for each in question.follow_ups
        for line in (*_item("- ", _text(each.question, 2)), *_item("  ", _text(each.answer, 2)))
    ]
    yield from _section("What comes next", asked)
    yield from _section("On the sheet, instead of the answer", _text(question.sheet))
    yield from _section("The night before", _text(question.night_before))


def _cards(cards: Sequence[Card]) -> Iterator[str]:
    said = []
    for card in cards:
        more = ", ".join(["both ways"] * (card.reverse == "true") + ["essential"] * (card.essential == "true"))
        said.append(f"{card.id}{f' ({more})' if more else ''}")
        if card.cloze:
            said += _item("  ", [*_text(card.cloze, 2, cloze=True), *_deletions(card)])
        else:
            said += [*_item("  ", _text(card.front, 2)), *_item("  → ", _text(card.back, 4))]
    yield from _section("Cards", said)


def _deletions(card: Card) -> Iterator[str]:
    from qbank.markup import cloze, plain, tex
    from qbank.markup.document import parse
    from qbank.markup.errors import MarkupError

    def said(formula: str) -> str:
        return tex.strip_for_plain(cloze.strip(formula))

    try:
        for number, (deleted, _) in plain.gaps(parse(card.cloze, cloze=True), said).items():
            yield f"→ c{number}: {deleted}"
    except MarkupError:  # a rule says what is wrong
        return


def _sources(question: Question, header: Header) -> Iterator[str]:
    said = []
    for reference in question.references:
        work = header.works.get(reference.work)
        about = (work.title, work.authors, work.edition, work.year) if work else (reference.work,)
        said += _item("- ", _words(", ".join(str(each) for each in (*about, reference.where) if each), 2))
    yield from _section("Sources", said)


def _related(question: Question, needed_by: Sequence[str]) -> Iterator[str]:
    for title, names in (("Needs", question.needs), ("Needed by", needed_by), ("See also", question.see_also)):
        yield from _section(title, _words(", ".join(names)))


def _section(title: str, lines: Sequence[str]) -> Iterator[str]:
    """A heading and the lines below it; nothing where there are none."""
    from qbank.cli.page import harmless, heading

    if lines:
        yield ""
        yield heading(title)
        yield from (harmless(f"  {line}".expandtabs(4)).rstrip() for line in lines)


def _item(mark: str, lines: Sequence[str]) -> list[str]:
    return [(mark if not at else " " * len(mark)) + line for at, line in enumerate(lines)]


def _text(text: str, indent: int = 0, *, cloze: bool = False) -> list[str]:
    """A text in lines; as it is written where it cannot be read as Markdown."""
    from qbank.cli.page import WIDTH
    from qbank.markup.document import parse
    from qbank.markup.errors import MarkupError
    from qbank.markup.lines import lines

    try:
        return lines(parse(text, cloze=cloze), WIDTH - 2 - indent)
    except MarkupError:
        return text.splitlines()


def _words(text: str, indent: int = 0) -> list[str]:
    from qbank.cli.page import WIDTH
    from qbank.markup.lines import fill

    return fill(text, WIDTH - 2 - indent)
