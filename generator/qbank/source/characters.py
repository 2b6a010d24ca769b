"""Characters that are not what they look like: those that nobody sees, odd spaces, and look-alikes of Latin letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice

#: What the reader refuses wherever it stands. YAML 1.2.2, section 5.1, leaves out control characters, surrogates and
#: the byte order mark; the others are written by no keyboard, shown by no editor, and come from copied pages: soft
#: hyphens, separators of lines, what has no width, fillers, tags, and what turns the direction of a line so that it
#: reads otherwise than it runs (CVE-2021-42574). Variation selectors are part of what is seen.
_UNSEEN = re.compile(
    "[^\t\n\r -~\xa0-\xac\xae-\u034e\u0350-\u061b\u061d-\u115e\u1161-\u17b3\u17b6-\u180d\u180f-\u200a\u2010-\u2027"
    "\u202f-\u205f\u2070-\u3163\u3165-\ud7ff\ue000-\ufefe\uff00-\uff9f\uffa1-\ufff8\ufffc\ufffd"
    "\U00010000-\U0001d172\U0001d17b-\U000dffff\U000e0100-\U0010ffff]"
)
#: All that may stand in a file of ASCII, as most are: to take it away is far quicker than to look for the rest.
_SEEN = b"\t\n\r" + bytes(range(0x20, 0x7F))
#: Zero-width joiners, which Persian, Indic scripts and emoji need between their characters.
_JOINERS = "\u200c\u200d"
#: Marks of direction, which lines in Arabic or Hebrew need beside signs and numbers.
_DIRECTIONS = "\u061c\u200e\u200f"

#: Characters that a message lists.
_LISTED = 5
#: Spaces that YAML takes for letters: they neither indent nor separate.
ODD_SPACES = "\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"

#: Typographic quotes, as editors put them for straight ones.
OPENING_QUOTES, CLOSING_QUOTES = "\u201c\u201d\u201e\u2018\u201a", "\u201d\u201c\u2019\u2018"

_ALIKE = dict(
    zip(
        "асеіјорѕухһԁԛԝАВЕЅІЈКМНОРСТУХοΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "aceijopsyxhdqwABESIJKMHOPCTYXoABEZHIKMNOPTYX",
        strict=True,
    )
)
_LOOKS_LATIN = re.compile(f"[{''.join(_ALIKE)}]")
_LETTERS = re.compile(r"[^\W\d_]+")


def unseen(text: str) -> Iterator[re.Match[str]]:
    """The characters that may not stand in a file, since nobody sees them."""
    if text.isascii() and not text.encode().translate(None, _SEEN):
        return
    end, runs_left = 0, False
    for match in _UNSEEN.finditer(text):
        start = match.start()
        if match[0] in _JOINERS and text[max(0, start - 1) : start] >= "\u0590":
            continue
        if match[0] in _DIRECTIONS:
            if start >= end:
                end = (text.find("\n", start) + 1 or len(text) + 1) - 1
                runs_left = any(map(_runs_left, text[text.rfind("\n", 0, start) + 1 : end]))
            if runs_left:
                continue
        yield match


def _runs_left(letter: str) -> bool:
    return letter.isalpha() and unicodedata.bidirectional(letter) in ("R", "AL")


#: Words in letters that mathematics has for single signs, as some pages make bold words of them.
_STYLED = re.compile("[\U0001d400-\U0001d7ff]{2,}")


def disguised(text: str) -> Iterator[tuple[int, str]]:
    """Words that mix Latin letters with others that look the same, and words in signs of mathematics: where each
    starts, and the word.

    A word that holds a letter of another shape is none: `Δx` and names in another script are what they look like.
    """
    yield from ((word.start(), word[0]) for word in _STYLED.finditer(text))
    seen = 0
    for match in _LOOKS_LATIN.finditer(text):
        if match.start() < seen:
            continue
        start = match.start()
        while start > seen and text[start - 1].isalpha():
            start -= 1
        word = _LETTERS.match(text, start)
        seen = word.end() if word else match.end()
        if word and all(c.isascii() or c in _ALIKE for c in word[0]) and any(map(str.isascii, word[0])):
            yield start, word[0]


def undisguised(text: str) -> str:
    """A text, of as many characters, whose look-alikes are the Latin letters that they look like."""
    return _LOOKS_LATIN.sub(
        lambda match: _ALIKE[match[0]], _STYLED.sub(lambda word: unicodedata.normalize("NFKC", word[0]), text)
    )


def called(character: str) -> str:
    """What a character is, in words: `a no-break space (U+00A0)`."""
    name = unicodedata.name(character, "")
    code = f"U+{ord(character):04X}"
    script = name.partition(" ")[0]
    if character == "\t":
        said = "tab"
    elif not name:
        said = "control character"
    elif character.isalpha() and script in ("CYRILLIC", "GREEK"):
        said = f"{script.title()} letter '{character}'"
    else:
        said = name.lower().replace("zero width", "zero-width")
    return f"a{'n' if said[0] in 'aeiou' else ''} {said} ({code})"


def listed(characters: Iterable[str]) -> str:
    """Some characters in words, each once, and of many the first."""
    names = [called(each) for each in islice(dict.fromkeys(characters), _LISTED)]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def foreign(text: str) -> str:
    """The characters in words that a name of plain letters does not have; empty where there are none."""
    return listed(c for c in text if not c.isascii())
