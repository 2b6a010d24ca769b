r"""Paragraphs of words, formulas and code, and fences, as the tokens that markdown-it makes of them.

Most texts of a bank hold nothing else, and markdown-it, which tries a dozen rules at every line and every sign, takes
most of the time of a check for them. Here one regular expression says whether a text is of that kind; of every other,
`None` says that markdown-it has to read it. The tests compare the two on any text at all.
"""

from __future__ import annotations

import re

from markdown_it.token import Token

# A formula on lines of its own: one line between empty ones.
_DISPLAY = r"\$\$[^$\n]+\$\$(?=\n\n|\n?\Z)"
# Each rule for blocks asks for a character that no line here starts with, for more of it, or for a second line that
# starts with one. White space before or behind a line has a meaning of its own.
_START = rf"(?:[^\s#>*+\-_`~|:=<\[$0-9]|\$(?!\$)|`(?!`)|\*\*?[A-Za-z]|[0-9]++(?![.)](?!\S))|{_DISPLAY})"
# A fence behind an empty line, closed by a line like the one that opens it. What may be a closing line, is one.
_FENCE = r"(?<![^\n]\n)```([A-Za-z0-9+#-]*+)\n((?:(?![ \t]*+```)[^\n\r\0]*+\n)*+)```(?=\n|\Z)"
_BLOCKS = re.compile(rf"\n*+(?:(?:{_START}[^\n\r\0]*+(?<!\s)|{_FENCE})(?:\n++|\Z))*+")
_BLOCK = re.compile(rf"{_FENCE}|[^\n]+(?:\n[^\n]+)*")

# In a line: text without a sign that a rule asks for, the end of a line, a formula, code. Beside the dollars of a
# formula stands no digit; since there are digits beyond ASCII, nothing beyond it.
_BESIDE = r"[0-9\x80-\U0010ffff]"
_TEXT = r"[^\n&*<\[\\_`$]++"
_FORMULA = rf"(?<!{_BESIDE})\$(?![\s$])({{}}[^$\\]*+(?:\\[^$][^$\\]*+)*+)(?<!\s)\$(?!{_BESIDE})"
_CODE = r"`(?! )({}[^`\n]++)(?<! )`(?!`)"
_PIECE = rf"({{}}{_TEXT})|({{}}(?<!\s)\n(?!\s))|{_FORMULA}|{_CODE}"
_PIECES = re.compile(_PIECE.format(*[""] * 4))

# A deletion that holds such pieces, no other deletion, and neither braces nor colons but in formulas and code.
_SIMPLE = r"[^\n&*<\[\\_`${}:]"
_INSIDE = rf"(?:{_SIMPLE}++|{_FORMULA.format('?:')}|{_CODE.format('?:')})+"
_CLOZE = re.compile(rf"\{{\{{c(\d+(?:,\d+)*)::({_INSIDE})(?:::({_SIMPLE}*))?\}}\}}")


# Tokens that are alike wherever they stand.
_CLOSE = Token("paragraph_close", "p", -1, block=True)
_OPEN = Token("paragraph_open", "p", 1, {}, [0, 1], block=True)
_BREAKS = tuple(Token("softbreak", "br", 0, level=level) for level in range(2))


def blocks(text: str) -> list[Token] | None:
    """The block tokens of paragraphs and fences; the children of those of type `inline` are still to be filled in."""
    if not _BLOCKS.fullmatch(text):
        return None
    if "\n" not in text and text[:2] not in ("", "$$"):
        return [_OPEN, Token("inline", "", 0, {}, [0, 1], 1, [], text, block=True), _CLOSE]
    tokens: list[Token] = []
    at = last = 0
    for block in _BLOCK.finditer(text):
        content = block[0]
        first = last + text.count("\n", at, block.start())
        last = first + content.count("\n")
        at = block.end()
        lines = [first, last + 1]
        if block[2] is not None:
            tokens.append(Token("fence", "code", 0, {}, lines, 0, None, block[2], "```", block[1], block=True))
        elif content.startswith("$$"):
            tokens.append(Token("math_block", "math", 0, {}, lines, 0, None, content[2:-2], "$$", block=True))
        else:
            tokens.append(Token("paragraph_open", "p", 1, {}, lines, block=True) if last else _OPEN)
            tokens.append(Token("inline", "", 0, {}, lines, 1, [], content, block=True))
            tokens.append(_CLOSE)
    return tokens


def inline(content: str, *, cloze: bool = False) -> list[Token] | None:
    """The inline tokens of words, formulas and code, and with `cloze` of deletions of such."""
    if not cloze or "{{c" not in content:
        return _pieces(content, 0)
    tokens: list[Token] = []
    parts = iter(_CLOZE.split(content))
    for around in parts:
        outside = None if "{{c" in around else _pieces(around, 0)
        if outside is None:
            return None
        tokens += outside
        numbers, deleted, hint = next(parts, ""), next(parts, ""), next(parts, "")
        if not numbers:
            break
        inside = _pieces(deleted, 1)
        if inside is None:
            return None
        tokens.append(Token("cloze_open", "", 1, meta={"numbers": numbers, "hint": hint or ""}))
        tokens += inside
        tokens.append(Token("cloze_close", "", -1))
    return tokens


def _pieces(content: str, level: int) -> list[Token] | None:
    tokens: list[Token] = []
    read = 0
    for text, newline, formula, code in _PIECES.findall(content):
        if text:
            tokens.append(Token("text", "", 0, {}, None, level, None, text))
            read += len(text)
        elif formula:
            tokens.append(Token("math_inline", "math", 0, {}, None, level, None, formula, "$"))
            read += len(formula) + 2
        elif newline:
            tokens.append(_BREAKS[level])
            read += 1
        else:
            tokens.append(Token("code_inline", "code", 0, {}, None, level, None, code, "`"))
            read += len(code) + 2
    # Between two pieces nothing may stand that is none.
    return tokens if read == len(content) else None
