"""Languages by their tags (BCP 47): what of a tag names the language and the region, and which way it is written."""

from __future__ import annotations

import re

_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*")
_REGION = re.compile(r"[A-Z]{2}")
#: Scripts and languages that are written from right to left: those of the Unicode Standard, chapters 9, 13 and 19, and
#: the languages that the CLDR writes in them.
_SCRIPTS = frozenset("Adlm Arab Hebr Mand Mend Nkoo Rohg Samr Syrc Thaa Yezi".split())
_LANGUAGES = frozenset(
    "ar arc arz azb bal ckb dv fa glk he iw ji ks lrc mzn nqo pnb prs ps sd syr ug ur uzs yi".split()
)


def is_language(tag: str) -> bool:
    """Whether a text is a tag of a language in its usual form: `ja`, `en-US`, `zh-Hant-TW`."""
    return _TAG.fullmatch(tag) is not None


def primary(tag: str) -> str:
    """The language of a tag without its region."""
    return tag.partition("-")[0]


def region(tag: str) -> str:
    """The country in a tag; empty where it names none."""
    return next((part for part in tag.split("-")[1:] if _REGION.fullmatch(part)), "")


def direction(tag: str) -> str:
    """`rtl` for what is written from right to left, `ltr` for the rest: the script decides where the tag names one."""
    script = next((part for part in tag.split("-")[1:] if len(part) == 4 and part.isalpha()), "")
    from_right = script in _SCRIPTS if script else primary(tag) in _LANGUAGES
    return "rtl" if from_right else "ltr"
