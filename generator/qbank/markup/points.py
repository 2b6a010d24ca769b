"""A text in its sentences, each of them Markdown of its own: what a listener can tick off.

A text is only ever cut where both sides say, parsed alone, what they said together. So a formula, code, a link or a
list stays whole, and where nothing is sure the text is one sentence.
"""

from __future__ import annotations

import re
from itertools import combinations, pairwise

from qbank.markup import plain
from qbank.markup.document import Document, parse

#: A sentence of fewer words says too little to stand alone: "Yes."
LEAST = 4
# The end of a sentence with what closes it, and what the next one begins with.
_END = re.compile(r"(?<![^\s(])(?P<word>[^\s(]*?)[.!?][)\"”’*_\]]*\s+(?=[\"“‘(*_\[]*(?P<next>[^\W_a-z]|[`$]))")
_BEGIN = re.compile(r"[\"“‘(*_\[]*(?:[^\W_a-z]|[`$])")
# Behind these a sentence goes on, and behind the last ones where a number follows.
_SHORT = frozenset("e.g i.e vs cf al approx resp ca Dr Mr Ms Prof St".split())
_NUMBERED = frozenset("No Nos Fig Figs Eq Eqs Sec Ch Vol Tab Nr p pp ch sec fig eq no".split())
#: What stands in a paragraph and is compared by the words.
_WORDS = frozenset({"text", "text_special", "softbreak", "paragraph_open", "paragraph_close", "inline"})


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order; those that say too little go with the next one. At least one."""
    return _pieces(parse(text).text, _starts(text))


def points(text: str, most: int) -> list[str]:
    """A text in at most so many parts, of whole sentences and as even as can be. At least one."""
    starts = _starts(text)
    if len(starts) < most - 1:
        # A speech in quotation marks has sentences, too.
        starts = _starts(text, speech=True)
    if len(starts) < most:
        return _pieces(parse(text).text, starts)
    whole = parse(text).text
    ways = (_pieces(whole, list(chosen)) for chosen in combinations(starts, most - 1))
    return min(ways, key=lambda pieces: max(map(len, pieces)))


def _pieces(text: str, starts: list[int]) -> list[str]:
    return [_on_one_line(text[begin:end].strip()) for begin, end in pairwise([0, *starts, len(text)])]


def _on_one_line(text: str) -> str:
    """A text without its line breaks, where those mean nothing."""
    line = re.sub(r"(?<!\s)\s*\n\s*", " ", text)
    return line if _said(parse(line)) == _said(parse(text)) else text


def _starts(text: str, *, speech: bool = False) -> list[int]:
    """Where the sentences behind the first one begin; with `speech`, also those inside quotation marks."""
    document = parse(text)
    whole = document.text
    sides, starts = _said(document), [0]
    for at in _possible(document, speech):
        before, behind = parse(whole[:at]), parse(whole[at:])
        long = plain.words(parse(whole[starts[-1] : at])) >= LEAST
        if long and tuple(map(_joined, _said(before), _said(behind))) == sides:
            starts.append(at)
    return starts[1:]


def _joined(before: str, behind: str) -> str:
    return f"{before} {behind}".strip()


def _said(document: Document) -> tuple[str, str]:
    """What a text says, in words; and all that is no word in it: formulas, code, links, lists."""
    signs = [f"{t.type} {t.markup} {t.content} {t.attrs}" for t, _ in document if t.type not in _WORDS]
    return plain.text(document, formula=str), " ".join(signs)


def _possible(document: Document, speech: bool) -> list[int]:
    """Where sentences may begin: behind the end of one in a paragraph, and with paragraphs."""
    text = list(document.text)
    for token, block in document:
        if token is not block and token.type not in _WORDS:
            first, last = document.place(token)
            # A letter that begins a sentence, so that the end of one may stand before it.
            text[first:last] = ["\n" if sign == "\n" else "X" for sign in text[first:last]]
    masked = "".join(text)
    lines = [0, *(found.end() for found in re.finditer("\n", masked)), len(masked)]
    found: set[int] = set()
    for token in document.tokens:
        if token.type == "paragraph_open" and token.level == 0 and token.map:
            begin, end = lines[token.map[0]], lines[min(token.map[1], len(lines) - 1)]
            found |= {
                at.end()
                for at in _END.finditer(masked, begin, end)
                if not _goes_on(at["word"], at["next"]) and not _open(masked[begin : at.end()], speech)
            }
            if _BEGIN.match(masked, begin):
                found.add(begin)
    return sorted(found - {0, len(masked)})


def _goes_on(word: str, following: str) -> bool:
    """Whether the point behind a word belongs to it."""
    initial = len(word) == 1 and word.isupper()
    return initial or word in _SHORT or (word in _NUMBERED and following.isdigit())


def _open(text: str, speech: bool) -> bool:
    """Whether a text ends inside brackets or, unless those of a speech are meant, inside quotation marks."""
    quoted = text.count('"') % 2 == 1 or text.count("“") > text.count("”")
    return (quoted and not speech) or text.count("(") > text.count(")") or text.count("[") > text.count("]")
