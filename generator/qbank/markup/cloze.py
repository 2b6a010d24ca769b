r"""Anki's cloze deletions, `{{c1::text::hint}}`, in Markdown and in formulas.

Authors write them freely: the braces of the text balance, as they do in TeX and in code. Anki knows no braces: it
closes the innermost deletion at the first `}}` and starts its hint at the first `::`, in mathematics too. `protect` and
`protect_clozes` write TeX so that both readings are one. The rules were tried on the backend of Anki 26.9.3, and the
tests try them again on the one that is installed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from qbank.markup.errors import MarkupError
from qbank.markup.tex.symbols import TEXT_FONTS

#: Anki keeps numbers in 16 bits, and takes a deletion inside ten others for text.
MAX_NUMBER = 65535
MAX_DEPTH = 10

_OPENING = re.compile(r"\{\{c([0-9,]*)::")
_TOKEN = re.compile(r"\\.|\{\{c[0-9,]*::|::|[{}]", re.DOTALL)
_ANKI_TOKEN = re.compile(r"\{\{c([0-9,]+)::|\}\}")
_TEX_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL)
_TEXT_COMMANDS = frozenset(f"\\{name}" for name in (*TEXT_FONTS, "fbox", "tag"))


class ClozeError(MarkupError):
    """A faulty cloze."""


@dataclass(frozen=True, slots=True)
class Cloze:
    """One cloze: `text[start:end]` with its braces, `text[inner_start:inner_end]` without braces, number and hint."""

    number: int
    start: int
    end: int
    inner_start: int
    inner_end: int
    hint: str


@dataclass(slots=True)
class _Open:
    """A cloze whose end is not found yet: how many braces are open in it, and where its hint may begin."""

    index: int
    opening: re.Match[str]
    depth: int = 0
    hint: int = -1


def find(text: str) -> tuple[Cloze, ...]:
    r"""The clozes of a text, nested ones too, in the order of their openings.

    The `}}` that closes a cloze is the first one that leaves the braces of its text balanced; `\{` and `\}` are no
    braces. Its hint starts at the first `::` outside braces after the last cloze in it. Raises ClozeError.
    """
    return _find(text) if "{{c" in text else ()


# One text is asked by a rule and an output after the other.
@lru_cache(maxsize=64)
def _find(text: str) -> tuple[Cloze, ...]:
    found: dict[int, Cloze] = {}
    stack: list[_Open] = []
    index = at = 0
    while token := _TOKEN.search(text, at):
        at = token.end()
        if token[0].startswith("{{"):
            stack.append(_Open(index, _checked(token, len(stack))))
            index += 1
        elif token[0][0] == "\\":
            _refuse_escaped(text, at - 1)
        elif stack and _step(stack[-1], token, text):
            at += 1
            cloze = stack.pop()
            found[cloze.index] = _closed(text, cloze, at)
            if stack:
                stack[-1].hint = -1
    if stack:
        raise _error("this cloze is never closed", stack[-1].opening, "close it with }}; braces inside it must balance")
    return tuple([found[i] for i in range(index)])


def _step(cloze: _Open, token: re.Match[str], text: str) -> bool:
    """Take a brace or a `::` in a cloze; whether it is the first brace of its end."""
    match token[0]:
        case "{":
            cloze.depth += 1
        case "}" if cloze.depth:
            cloze.depth -= 1
        case "}":
            return text.startswith("}", token.end())
        case _ if not cloze.depth and cloze.hint < 0:
            cloze.hint = token.start()
    return False


def _closed(text: str, cloze: _Open, end: int) -> Cloze:
    start = cloze.opening.end()
    stop = end - 2 if cloze.hint < 0 else cloze.hint
    if not text[start:stop].strip():
        raise _error("an empty cloze", cloze.opening, "write what is to be remembered: {{c1::text}}")
    hint = text[stop + 2 : end - 2]
    if cloze.hint >= 0 and not hint.strip():
        raise _error("an empty hint", cloze.opening, "Anki would show []: remove the ::, or write a hint after it")
    return Cloze(int(cloze.opening[0][3:-2]), cloze.opening.start(), end, start, stop, hint)


def _checked(opening: re.Match[str], depth: int) -> re.Match[str]:
    number = opening[0][3:-2]
    if not number:
        raise _error("a cloze without a number", opening, "write {{c1::text}}")
    if "," in number:
        raise _error("a cloze with several numbers", opening, "write one number: {{c1::text}}")
    if len(number) > 5 or not 0 < int(number) <= MAX_NUMBER:
        raise _error(f"no cloze can have the number {number[:10]}", opening, "number clozes from 1")
    if depth >= MAX_DEPTH:
        raise _error("clozes nested too deeply", opening, f"Anki knows {MAX_DEPTH} levels")
    return opening


def _refuse_escaped(text: str, at: int) -> None:
    opening = _OPENING.match(text, at)
    if opening:
        raise _error(
            "a backslash before a cloze", opening, "Anki opens the cloze all the same: put a space between them"
        )


def _error(message: str, opening: re.Match[str], help: str) -> ClozeError:
    return ClozeError(message, opening.start(), opening.end() - opening.start(), help)


def anki_numbers(text: str) -> list[int]:
    """The numbers for which Anki makes cards of a field, in order: by its own rules, which know no TeX and no braces.

    A cloze may have several numbers (`{{c1,2::x}}`); one inside another that is never closed counts for nothing.
    """
    numbers: set[int] = set()
    stack: list[set[int]] = []
    for token in _ANKI_TOKEN.finditer(text):
        if token[1] is None:
            closed = stack.pop() if stack else set()
            (stack[-1] if stack else numbers).update(closed)
        elif (ordinals := _anki_ordinals(token[1])) and len(stack) < MAX_DEPTH:
            stack.append(ordinals)
    return sorted(numbers - {0})


def _anki_ordinals(digits: str) -> set[int]:
    """The numbers in `1,2`; none of them makes an opening of what holds no number that Anki can keep."""
    numbers = (int(number) for number in digits.split(",") if number and len(number.lstrip("0")) <= 5)
    return {number for number in numbers if number <= MAX_NUMBER}


# -- without clozes


def strip(text: str) -> str:
    """The text with each cloze replaced by its content; hints go. Raises ClozeError."""
    if "{{c" not in text:
        return text
    return "".join(text[start:stop] for start, stop in _kept(text))


def asked(text: str, number: int, gap: Callable[[str, str], str]) -> str:
    """The text with each deletion of a number written as `gap(content, hint)`, and any other as its content.

    Raises ClozeError.
    """
    parts: list[str] = []
    at = 0
    for each in find(text):
        if each.start >= at:  # one inside another is written with it
            inner = asked(text[each.inner_start : each.inner_end], number, gap)
            parts += [text[at : each.start], gap(inner, each.hint) if each.number == number else inner]
            at = each.end
    return "".join([*parts, text[at:]])


def source_offset(text: str, offset: int) -> int:
    """Where the character at an offset of `strip(text)` stands in `text`: for the place of an error found there."""
    for start, stop in _kept(text):
        if offset < stop - start:
            return start + offset
        offset -= stop - start
    return len(text)


def _kept(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text that are neither braces nor hints of clozes."""
    at = 0
    for start, stop in _marks(text):
        yield at, start
        at = stop
    yield at, len(text)


def _marks(text: str) -> list[tuple[int, int]]:
    """Where the openings of clozes stand, and their ends, with the hints."""
    clozes = find(text)
    return sorted([(c.start, c.inner_start) for c in clozes] + [(c.inner_end, c.end) for c in clozes])


# -- for Anki


def protect(tex: str) -> str:
    r"""The same formula without `}}` and `::`, for a place inside a cloze: `a^{b_{2}}` -> `a^{b_{2} }`.

    A space keeps the two apart; where spaces count, in \text, an empty formula, `$$`, does. MathJax prints the same.
    """
    return _protect(tex, [])


def protect_clozes(tex: str) -> str:
    r"""A formula with clozes, so written that Anki finds their ends and hints where `find` does.

    `x = {{c1::a^{2}}} + 1` -> `x = {{c1::a^{2} }} + 1`. Raises ClozeError.
    """
    return _protect(tex, _marks(tex))


def _protect(tex: str, marks: list[tuple[int, int]]) -> str:
    if not marks and not any(sign in tex for sign in _CLASHING):
        return tex
    parts: list[str] = []
    mode = _Mode()
    at = 0
    last = ""
    for start, stop in [*marks, (len(tex), len(tex))]:
        for token in _TEX_TOKEN.finditer(tex, at, start):
            if _clash(last, token[0][0]):
                parts.append(mode.guard)
            parts.append(token[0])
            mode.step(token[0])
            last = token[0]
        mark = _protect_hint(tex[start:stop])
        if last == r"\\" or (last.endswith(("}", ":")) and mark.startswith(last[-1])):
            parts.append(mode.guard)
        parts.append(mark)
        at, last = stop, ""
    return "".join(parts)


#: What a formula holds where anything in it clashes, or may clash with what stands behind it.
_CLASHING = ("}}", "::", r"\\")


def _clash(part: str, following: str) -> bool:
    r"""Whether Anki would see a mark where two parts meet: `}}`, `::`, or in `\\)` an end of mathematics."""
    return part[-1:] + following in ("}}", "::") or (part == r"\\" and following in ")]")


def _protect_hint(mark: str) -> str:
    """The end of a cloze; what its hint holds must not end the cloze, nor with its brackets the mathematics."""
    if not mark.startswith("::"):
        return mark
    hint = re.sub(r"\}(?=\})|\\(?=[)\]])", r"\g<0> ", mark[2:-2])
    return f"::{hint}{' ' if hint.endswith(('}', chr(92))) else ''}}}}}"


class _Mode:
    """Whether a place in a formula is text, where spaces count, or mathematics."""

    def __init__(self) -> None:
        self.stack: list[str] = ["math"]
        self.text_follows = False

    @property
    def guard(self) -> str:
        return "$$" if self.stack[-1] == "text" else " "

    def step(self, part: str) -> None:
        if part == "{":
            self.stack.append("text" if self.text_follows or self.stack[-1] == "text" else "math")
        elif part == "}" and len(self.stack) > 1:
            self.stack.pop()
        elif part == "$":
            self.dollar()
        self.text_follows = part in _TEXT_COMMANDS or (self.text_follows and (part == "*" or part.isspace()))

    def dollar(self) -> None:
        if self.stack[-1] == "text":
            self.stack.append("dollar")
        elif self.stack[-1] == "dollar":
            self.stack.pop()
