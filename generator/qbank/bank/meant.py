"""What a mistyped word stands for: a field, a value, a name."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable

from qbank.problem import Edit, Fix, Place

#: How alike two words are of which one is the other mistyped, as difflib counts.
_NEAR = 0.75
#: The same of a field, of which there are few.
_FIELD = 0.65
#: What other programs call a field, or people: the fields that they may mean.
_ALSO_CALLED = {
    "q": ("question", "front"),
    "a": ("answer", "back"),
    "question": ("front",),
    "answer": ("back",),
    "front": ("question",),
    "back": ("answer",),
    "text": ("cloze",),
    "name": ("title",),
    "type": ("kind",),
    "difficulty": ("level",),
    "sources": ("references",),
    "flashcards": ("cards",),
    "followups": ("follow_ups",),
    "caption": ("alt",),
    "image": ("figure",),
    "key": ("work",),
    "source": ("work",),
    "page": ("where",),
    "pages": ("where",),
    "section": ("where",),
    "chapter": ("where",),
    "author": ("authors",),
}


#: No name is longer: what is, stands for none, and to compare it would cost.
_LONGEST = 60


def field(name: str, free: Collection[str]) -> str:
    """The field, of those that are free, that a name stands for; an empty text where nobody can tell."""
    plain = name.casefold().replace("-", "_")
    near = difflib.get_close_matches(plain, sorted(free), n=1, cutoff=_FIELD) if len(plain) <= _LONGEST else []
    other = [each for each in _ALSO_CALLED.get(plain, ()) if each in free]
    return (other or near or [""])[0]


def _near(word: str, known: Iterable[str], most: int, cutoff: float) -> list[str]:
    """The known words that are nearest to a word, whatever their capital letters."""
    if len(word) > _LONGEST:
        return []
    plain = {each.casefold(): each for each in reversed(list(known))}
    found = difflib.get_close_matches(word.casefold(), list(plain)[::-1], n=most, cutoff=cutoff)
    return [plain[each] for each in (found[:1] if word.casefold() in plain else found)]


def nearest(word: str, known: Iterable[str], otherwise: str) -> str:
    """A help line: the known word that is nearest to a mistyped one, or else all of them."""
    near = _near(word, known, 1, 0.6)
    return f"did you mean '{near[0]}'?" if near else otherwise


def renamed(place: Place, word: str, known: Iterable[str], *, safe: bool, stated: Collection[str] = ()) -> Fix | None:
    """The fix of a mistyped word: the one known word that is near to it.

    None where none is, or several are, or where the right one already is among those `stated` beside it.
    """
    near = _near(word, known, 2, _NEAR)
    return Fix((Edit(place, near[0]),), safe) if len(near) == 1 and near[0] not in stated else None
