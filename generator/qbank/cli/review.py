"""What a branch changes, in words: for a terminal, as Markdown for a pull request, and as data."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from textwrap import indent
from typing import Any

import click

from qbank.bank import names
from qbank.cli import report
from qbank.cli.page import counted, harmless, heading, wrapped
from qbank.comparison import Comparison, Difference, NoteChange, Part
from qbank.markup import markdown
from qbank.source.places import Located
from qbank.words import Piece, excerpt

#: Words and lines of a text that are shown on each side of a change.
_WORDS, _LINES = 10, 2
#: Characters of Markdown after which questions are only named. A comment of GitHub holds 65,536.
_MOST = 50_000
#: What of a question that is new is shown; `qbank show` shows all of it.
_ESSENCE = "question|answer|cards/[^/]*/(?:front|back|cloze)"
#: What happens to learners who import the next release, and have the note.
_EFFECTS = {
    "corrected": "replaced by the next import, progress kept",
    "reworded": "replaced by the next import, progress kept",
    "retired": "kept in decks, with a notice",
    "moved": "learners' cards stay in their decks",
    "relabeled": "sent with the next change of the text",
}
# Signs around what went and what came, until colors are known: no text holds them (`harmless`).
_GONE, _CAME, _END = "\x01", "\x02", "\x03"
_COLORS = {_GONE: "red", "-": "red", _CAME: "green", "+": "green"}


def text(title: str, found: Comparison, located: Sequence[Located]) -> str:
    """The comparison for a terminal; `title` says which, `located` where the new problems stand."""
    blocks = [heading(title) + "\n" + "".join(f"{line}\n" for line in summary(found))]
    blocks += [_block(each) for each in found.questions]
    if located:
        blocks.append(heading("Problems that come with it") + "\n" + report.text(located))
    return "\n".join(blocks)


def summary(found: Comparison) -> list[str]:
    """What the change does to learners, to sheets and to the bank, in a line each."""
    lines = [_effect(what, notes) for what, notes in found.notes.items()]
    every = [note for notes in found.notes.values() for note in notes]
    if not every:
        lines.append("no note changes, so learners see nothing of it")
    elif found.released:
        have = sum(note.released for note in every)
        lines.append(f"learners have {have:,} of these {len(every):,} since release {found.released} or before")
    else:
        lines.append("nothing is released yet, so no learner has any of them")
    topics = Counter(each.path.partition("/")[0] for each in found.questions if each.sheet)
    if topics:
        lines.append(f"sheets that change: {', '.join(f'{topic} ({n:,})' for topic, n in topics.items())}")
    if found.files:
        folders = Counter(path.rpartition("/")[0] or path for path in found.files)
        shown = (folder if folder in found.files else f"{count:,} in {folder}" for folder, count in folders.items())
        lines.append(f"other files that change: {', '.join(shown)}")
    unread = sum(not each.compared for each in found.questions)
    if unread:
        lines.append(f"{counted(unread, 'question')} cannot be compared note by note, since problems hinder that")
    if found.problems or found.mended:
        lines.append(f"{counted(len(found.problems), 'problem')} more, {found.mended:,} mended")
    return [harmless(line) for line in lines]


def _effect(what: str, notes: Sequence[NoteChange]) -> str:
    cards = sum(note.cards for note in notes)
    if what == "new":
        return f"{counted(len(notes), 'new note')}: {counted(cards, 'new card')}"
    said = f"{counted(len(notes), 'note')} {what}"
    if what == "removed":
        lost = sum(note.released for note in notes)
        return f"{said}: " + (f"learners keep {lost:,}, which nobody can correct" if lost else "no learner has them")
    more = f", and {counted(cards, 'new card')}" if cards else ""
    return f"{said}: {_EFFECTS[what]}{more}"


def _facts(each: Difference) -> Iterator[str]:
    """What happens to a question, in a line each."""
    for what in dict.fromkeys(note.what for note in each.notes):
        mine = [names.parts(note.key)[1] for note in each.notes if note.what == what]
        cards = [card for card in mine if card]
        shown = ["the question"] if "" in mine else []
        shown += [f"{counted(len(cards), 'card')} ({', '.join(cards)})"] if cards else []
        yield f"{what}: {' and '.join(shown)}"
    if each.moved_from:
        yield f"moved from {each.moved_from}"
    if not each.compared:
        yield "not compared note by note: before or now it has problems"
    elif not each.notes:
        yield "no note changes"
    elif not each.parts and not each.file:
        yield "no word of its file changes"
    if each.sheet and each.file != "gone":
        yield "its box on the sheet changes"


def _shown(each: Difference) -> Iterator[Part]:
    """The texts of a question that are shown: of one that is new or gone what matters most."""
    wanted = {"": ".*", "new": _ESSENCE, "gone": ".*retired"}[each.file]
    return (part for part in each.parts if re.fullmatch(wanted, part.label, re.DOTALL))


# -- for a terminal


def _block(each: Difference) -> str:
    lines = [heading(f"{each.path}  {each.title}")]
    lines += [wrapped(harmless(fact), "    ", "  ") for fact in _facts(each)]
    for part in _shown(each):
        lines.append(click.style(f"  {harmless(part.label)}", bold=True))
        if part.program:
            lines += [_line(sign, line) for sign, line in _program(part)]
        else:
            lines.append(_colored(wrapped(_marked(part, whole=each.file == "new"), "    ")))
    return "\n".join(lines) + "\n"


def _marked(part: Part, *, whole: bool) -> str:
    """A text with what went and came in the brackets of `git diff --word-diff`; none where all of it is new."""
    if whole:
        return harmless("".join(piece.now for piece in part.pieces))
    out = []
    for was, now in excerpt(part.pieces, _WORDS):
        was_shown, now_shown = harmless(was), harmless(now)
        if was == now:
            out.append(now_shown)
        else:
            out.append(f"{_GONE}[-{was_shown}-]{_END}" if was else "")
            out.append(f"{_CAME}{{+{now_shown}+}}{_END}" if now else "")
    return "".join(out)


def _colored(shown: str) -> str:
    parts = re.split(f"([{_GONE}{_CAME}])([^{_GONE}{_CAME}{_END}]*){_END}", shown)
    kept, signs, changed = parts[::3], parts[1::3], parts[2::3]
    styled = [click.style(text, fg=_COLORS[sign]) for sign, text in zip(signs, changed, strict=True)]
    return "".join(text for pair in zip_longest(kept, styled, fillvalue="") for text in pair)


def _line(sign: str, line: str) -> str:
    return click.style(f"    {sign} {harmless(line)}".rstrip(), fg=_COLORS.get(sign))


def _program(part: Part) -> Iterator[tuple[str, str]]:
    """The lines of a program near a change, each with the sign that a difference gives it."""
    for was, now in excerpt(part.pieces, _LINES, lines=True):
        if was == now:
            yield from ((" ", line) for line in now.splitlines())
        else:
            yield from (("-", line) for line in was.splitlines())
            yield from (("+", line) for line in now.splitlines())


# -- as Markdown


def as_markdown(title: str, found: Comparison, located: Sequence[Located]) -> str:
    """The comparison as GitHub reads Markdown. Texts of the bank are words in it, whatever they hold."""
    head = [f"### {_words(title)}", "\n".join(f"- {_words(line)}" for line in summary(found))]
    problems = _problems(located)
    left = _MOST - sum(map(len, (*head, problems)))
    sections: list[str] = []
    named: list[str] = []
    for each in found.questions:
        section = "\n".join(_section(each)).rstrip()
        left -= len(section)
        if left >= 0:
            sections.append(section)
        else:
            named.append(_words(each.path))
    rest = [f"{counted(len(named), 'more question')}: {', '.join(named)[:_MOST]}"] if named else []
    return "\n\n".join(filter(None, [*head, problems, *sections, *rest])) + "\n"


def _section(each: Difference) -> Iterator[str]:
    yield f"#### {_words(each.title)}\n\n{_code(each.path)}: {_words('; '.join(_facts(each)))}\n"
    for part in _shown(each):
        if part.program:
            lines = "\n".join(f"{sign}{harmless(line)}" for sign, line in _program(part))
            yield f"- {_code(part.label)}\n\n{indent(markdown.fence(lines, 'diff'), '  ')}"
        else:
            yield f"- {_code(part.label)}: {_struck(part.pieces, whole=each.file == 'new')}"


def _struck(pieces: Sequence[Piece], *, whole: bool) -> str:
    """A text with what went struck through and what came in bold; plain where all of it is new.

    As tags, since the signs `~~` and `**` mean nothing between a letter and, say, a bracket.
    """
    if whole:
        return _words("".join(piece.now for piece in pieces))
    out = []
    for was, now in excerpt(pieces, _WORDS):
        if was == now:
            out.append(_spaced(now))
        else:
            out.append(f"<del>{_spaced(was)}</del>" if was else "")
            out.append(f"<b>{_spaced(now)}</b>" if now else "")
    return "".join(out)


def _spaced(words: str) -> str:
    """Words with the white space at their ends."""
    inside = _words(words)
    return f"{' ' * words[:1].isspace()}{inside}{' ' * words[-1:].isspace()}" if inside else " "


def _code(name: str) -> str:
    return f"<code>{_words(name)}</code>"


def _words(text: str) -> str:
    """A text as words of Markdown, that calls nobody and names no issue."""
    return re.sub(r"[@#](?=\w)", r"\g<0><!-- -->", markdown.escape(harmless(text), "github"))


def _problems(located: Iterable[Located]) -> str:
    rows = [
        f"- **{problem.severity} {_words(problem.rule)}**, {_words(span.path)}:{span.line}: {_words(problem.message)}. "
        f"{_words(problem.help)}"
        for span, problem, *_ in located
    ]
    return "\n".join(["#### Problems that come with it\n", *rows]) if rows else ""


# -- as data


def as_json(title: str, found: Comparison, located: Sequence[Located]) -> str:
    """The comparison as a JSON object."""
    data: dict[str, Any] = {
        "title": title,
        "summary": summary(found),
        "released": found.released,
        "notes": {what: len(notes) for what, notes in found.notes.items()},
        "questions": [_row(each) for each in found.questions],
        "files": list(found.files),
        "problems": report.rows(located),
        "mended": found.mended,
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _row(each: Difference) -> dict[str, Any]:
    parts = [
        {"label": part.label, "program": part.program, "pieces": [piece._asdict() for piece in part.pieces]}
        for part in each.parts
    ]
    return {**each._asdict(), "notes": [note._asdict() for note in each.notes], "parts": parts}


FORMATS: dict[str, Callable[[str, Comparison, Sequence[Located]], str]] = {
    "text": text,
    "markdown": as_markdown,
    "json": as_json,
}
