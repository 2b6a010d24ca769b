"""All rules, run over a bank. A rule is a function that yields faults; its docstring is its page in the documentation.

What a single file holds is checked while it is read (`source`, `shape`, `load`); here stand the rules that need to
understand the texts, or to see the bank as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from qbank.check import bank as whole
from qbank.check import cards, figures, identity, names, question, text
from qbank.load import load
from qbank.markup.document import parse
from qbank.model import Bank, ClozeText, Line, Markdown, Question, texts
from qbank.problem import Problem

TEXT_RULES = (
    text.raw_html,
    text.pipe_in_table_math,
    text.table_cells,
    text.unclosed_math,
    text.tex_delimiters,
    text.unclosed_fence,
    text.code_language,
    text.unsupported_markup,
    text.link_scheme,
    text.latex,
    text.cloze,
    text.unprintable_character,
)

QUESTION_RULES = (
    names.malformed_name,
    names.duplicate_card,
    question.one_line,
    question.answer_length,
    question.missing_reference,
    question.missing_code,
    question.code_syntax,
    question.date_form,
    cards.card_form,
    cards.card_front,
    cards.card_back,
    cards.cloze_length,
    figures.missing_alt,
)

BANK_RULES = (
    names.duplicate_name,
    names.reused_name,
    names.unknown_topic,
    names.unknown_origin,
    names.unknown_reference,
    names.unknown_question,
    figures.path_escape,
    figures.unknown_figure,
    figures.figure_format,
    figures.figure_script,
    figures.figure_text,
    whole.setting_form,
    whole.work_identity,
    whole.near_duplicate,
    whole.duplicate_front,
    identity.vanished_question,
    identity.vanished_card,
    identity.changed_kind,
    identity.moved_cloze,
    identity.renamed_deck,
    identity.frozen_note_type,
)


def check(root: Path) -> tuple[Bank, list[Problem]]:
    """Read a bank and apply every rule. The problems stand in the order of files, lines and columns."""
    bank, problems = load(root)
    for each in bank.questions:
        problems.extend(_in_question(each))
    for rule in BANK_RULES:
        problems.extend(rule(bank))
    return bank, sorted(set(problems), key=lambda problem: problem.span)


def _in_question(each: Question) -> Iterator[Problem]:
    yield from _in_texts(t for t in texts(each) if isinstance(t, Markdown | Line))
    for rule in QUESTION_RULES:
        yield from rule(each)


def _in_texts(marked: Iterable[Markdown | Line]) -> Iterator[Problem]:
    for each in marked:
        document = parse(each, cloze=isinstance(each, ClozeText))
        found = document.by_type()
        if text.is_plain(each, found):
            continue
        for rule in TEXT_RULES:
            yield from rule(each, document, found)
