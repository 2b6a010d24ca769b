"""The words of the product itself that learners read, so that a bank can say them in its own language."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from qbank.bank.model import Word, described

_GAP = re.compile(r"\{(\w+)\}")


def gaps(text: str) -> frozenset[str]:
    """The names of the values that a text has room for: `{name}`."""
    return frozenset(_GAP.findall(text))


def filled(text: str, escape: Callable[[str], str], values: dict[str, Any]) -> str:
    """A text with values in its gaps. What stands around them is escaped; a gap without a value stays as it is."""
    parts = _GAP.split(text)
    return "".join(
        str(values.get(part, f"{{{part}}}")) if n % 2 else escape(part) for n, part in enumerate(parts) if part
    )


def _said(english: str, where: str) -> Any:
    return described(f"{where} In English: {english}", Word(english))


@dataclass(frozen=True, slots=True)
class Words:
    """The words around the texts of the bank, in its language. A gap in braces holds a value and stays in the text."""

    answer: Word = _said("Answer", "Heading on pages.")
    explanation: Word = _said("Explanation", "Heading on cards and pages.")
    pitfalls: Word = _said("Pitfalls", "Heading on cards and pages.")
    code: Word = _said("Code", "Heading on cards.")
    start_from: Word = _said("Start from", "Heading on cards and pages.")
    asked_next: Word = _said("Asked next", "Heading on cards and sheets.")
    sources: Word = _said("Sources", "Heading on cards and pages.")
    correct_card: Word = _said("correct this card", "Link on cards.")
    report_mistake: Word = _said("report a mistake", "Link on cards.")
    retired: Word = _said("Retired.", "On cards that are retired.")
    learn_instead: Word = _said("Learn “{question}” instead.", "On cards that are retired.")
    suspend: Word = _said("You may suspend this card.", "On cards that are retired.")
    card: Word = _said("{count} card", "In the description of decks, and in the quiz.")
    cards: Word = _said("{count} cards", "In the description of decks, and in the quiz.")
    day: Word = _said("{count} day", "In the description of decks.")
    days: Word = _said("{count} days", "In the description of decks.")
    imported: Word = _said(
        "Imported last: {package}, version {version}, which deals {cards} into this deck: {days} at {new} new ones a "
        "day.",
        "In the description of decks.",
    )
    changed: Word = _said("Changed by this version: {changes}.", "In the description of decks.")
    how_to_import: Word = _said(
        "Import every release with the options at their defaults: your progress stays, corrections arrive. Cards that "
        "are out of date and not corrected any more: search for {tag} and suspend what it finds.",
        "In the description of decks.",
    )
    corrections: Word = _said("Sources and corrections: {address}", "In the description of decks, and on pages.")
    license: Word = _said("License: {license}.", "On pages.")
    content_license: Word = _said("License of the content: {license}.", "In the description of decks.")
    version: Word = _said("Version {version}, {count} questions.", "On the first page.")
    how_to_read: Word = _said("How to use it.", "On the first page.")
    reading: Word = _said(
        "Choose a topic. Read a question and answer it aloud, then open the answer; the explanation, the usual "
        "pitfalls and what an interviewer asks next are folded below it. What a question needs is named above it and "
        "linked; what is related, below it. Begin with the core level.",
        "On the first page.",
    )
    topic: Word = _said("Topic", "Head of a column.")
    questions: Word = _said("Questions", "Head of a column.")
    sheet: Word = _said("Sheet", "Head of a column.")
    paper: Word = _said("On paper", "Head of a column.")
    sheets_of: Word = _said("{title}: sheets", "Title of the list of sheets.")
    night_before: Word = _said("The night before", "Title of the sheet for it, and its line in the list of sheets.")
    flashcards: Word = _said("Flashcards", "On flashcards to cut.")
    turned_long: Word = _said(
        "Print on both sides, turned over the long edge, at 100 %.", "On flashcards to cut, in the margin."
    )
    turned_short: Word = _said(
        "Print on both sides, turned over the short edge, at 100 %.", "On flashcards to cut, in the margin."
    )
    all_sheets: Word = _said("All sheets", "Link on pages.")
    all_topics: Word = _said("All topics", "Link on pages.")
    level: Word = _said("Level: {level}", "On pages.")
    essential: Word = _said("essential", "Behind a title in lists.")
    one_essential: Word = _said("one of the essentials", "Below a title on pages.")
    rounds: Word = _said("Rounds: {rounds}", "Below a title on pages.")
    roles: Word = _said("Roles: {roles}", "Below a title on pages.")
    know_first: Word = _said("Know first:", "Before links to questions.")
    related: Word = _said("Related:", "Before links to questions.")
    see_also: Word = _said("See also:", "Before links to questions.")
    tables: Word = _said("The tables:", "Heading on pages.")
    solution: Word = _said("Solution", "Heading on pages.")
    tests: Word = _said("Its tests lie in {folder}.", "On pages.")
    next: Word = _said("What comes next:", "Before a question on pages.")
    also_asked: Word = _said("Also asked as: {names}.", "On pages.")
    checked: Word = _said("Checked in {month}, since it ages.", "On pages.")
    correct_question: Word = _said("Correct this question", "Link on pages.")
    cover: Word = _said("Cover", "In the e-book, where readers list its parts.")
    accessibility: Word = _said(
        "Formulas are MathML, figures have alternative texts, and all of it can be read aloud.",
        "On the title page of the e-book, and in what libraries show of it.",
    )
    to_text: Word = _said("To the text", "On the site: a link over the head of a page, for keyboards.")
    menu: Word = _said("Menu", "On the site, said of links by screen readers.")
    place: Word = _said("Where you are", "On the site, said of links by screen readers.")
    neighbors: Word = _said("Neighbors", "On the site, said of links by screen readers.")
    before: Word = _said("Before", "On the site: above the title of the question before this one.")
    after: Word = _said("Next", "On the site: above the title of the question after this one.")
    welcome: Word = _said(
        "Read a question, answer it aloud, then open the answer.", "On the site, below the title of the first page."
    )
    be_asked: Word = _said("Or let the quiz ask you.", "On the site: the link to the quiz behind that.")
    needs_script: Word = _said(
        "Search, filters and the quiz need JavaScript; everything else does not.", "On the site, where there is none."
    )
    search: Word = _said("Search", "On the site: label of the field, and link to it.")
    search_hint: Word = _said("a word, or how it is asked", "On the site, in the empty field.")
    by_level: Word = _said("Level", "On the site: label of a filter.")
    by_kind: Word = _said("Kind", "On the site: label of a filter.")
    by_role: Word = _said("Role", "On the site: label of a filter.")
    by_round: Word = _said("Round", "On the site: label of a filter.")
    all_levels: Word = _said("All levels", "On the site: first choice of a filter.")
    all_kinds: Word = _said("All kinds", "On the site: first choice of a filter.")
    all_roles: Word = _said("All roles", "On the site: first choice of a filter.")
    all_rounds: Word = _said("All rounds", "On the site: first choice of a filter.")
    essentials_only: Word = _said("Essentials only", "On the site: a filter.")
    question_count: Word = _said("{count} question", "On the site, of one.")
    questions_count: Word = _said("{count} questions", "On the site, of none or several.")
    show_more: Word = _said("Show more", "On the site, below many results.")
    open_all: Word = _said("Open all", "On the site: opens all that is folded on the page.")
    close_all: Word = _said("Close all", "On the site: folds it again.")
    code_tests: Word = _said("Its tests", "On the site: heading of the tests of a coding question.")
    quiz: Word = _said("Quiz", "On the site: title of the quiz, and link to it.")
    quiz_these: Word = _said("Quiz these", "On the site: link to the quiz of the questions on the page.")
    quiz_cards: Word = _said("Quiz its cards", "On the site: link to the quiz of one question.")
    ask: Word = _said("Ask", "On the site: what the quiz asks, one of the next three.")
    ask_facts: Word = _said("single facts", "On the site, behind “Ask”.")
    ask_questions: Word = _said("whole questions", "On the site, behind “Ask”.")
    ask_both: Word = _said("both", "On the site, behind “Ask”.")
    begin: Word = _said("Start", "On the site: begins the quiz.")
    stop: Word = _said("Stop", "On the site: ends the quiz.")
    show_answer: Word = _said("Show answer", "On the site, in the quiz.")
    not_known: Word = _said("Again", "On the site, in the quiz: it was not known, so it comes again.")
    knew: Word = _said("Knew it", "On the site, in the quiz.")
    whole_question: Word = _said("The whole question", "On the site: link from a card of the quiz.")
    keys: Word = _said("Keys: space flips, 1 again, 2 knew it.", "On the site, in the quiz.")
    known: Word = _said("{count} of {total} known", "On the site, in the quiz.")
    mock: Word = _said("Mock interview", "Title of mock interviews.")
    minutes: Word = _said("{count} minutes", "On mock interviews.")
    minutes_of: Word = _said("{count} minutes of {wish}", "On mock interviews.")
    seed: Word = _said("seed {seed}", "On mock interviews: the number that draws the same questions again.")
    again: Word = _said("The same sheet again: {command}", "On mock interviews.")
    how_to_answer: Word = _said(
        "Answer aloud, within the time; then take the questions that follow (a, b). Look at the points only when all "
        "is over.",
        "On mock interviews.",
    )
    write: Word = _said("Write it: {command}", "On mock interviews.")
    points: Word = _said("Points to tick", "On mock interviews.")
    count_of_points: Word = _said("{count} points", "On mock interviews.")
    contents: Word = _said("Contents", "Heading in the book.")
    index: Word = _said("Index", "Heading in the book.")
    page: Word = _said("p. {page}", "In the book, behind the title of another question.")
    volume: Word = _said("Volume {number} of {count}", "In the book, where it has several files.")
    in_volume: Word = _said("volume {number}", "In the book, behind the title of a question in another file.")
