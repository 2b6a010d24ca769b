"""Scripts that write no spaces between words: their lines may break nearly anywhere, and emphasis touches letters."""

from __future__ import annotations

import re

from markdown_it.token import Token

#: Thai, Lao, Burmese and Khmer; Chinese, Japanese and Yi with their punctuation and wide forms; not Korean, which has
#: spaces. The ranges are blocks of Unicode 16.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u312f\u31a0-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
_UNSPACED = re.compile(f"[{UNSPACED}]")


def is_unspaced(character: str) -> bool:
    """Whether a character is of a script without spaces between words; an empty text is not."""
    return _UNSPACED.match(character) is not None


def unbroken(tokens: list[Token]) -> list[Token]:
    """The tokens of a paragraph without the ends of lines between letters of such scripts: they would become spaces."""
    return [token for n, token in enumerate(tokens) if token.type != "softbreak" or not _is_between(tokens, n)]


def _is_between(tokens: list[Token], at: int) -> bool:
    before = next((token.content[-1] for token in reversed(tokens[:at]) if token.content), "")
    behind = next((token.content[0] for token in tokens[at:] if token.content), "")
    return is_unspaced(before) and is_unspaced(behind)
