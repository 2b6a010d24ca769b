r"""A formula as GitHub sets it: MathJax, without the commands that could hide text or stand for others.

GitHub shows "The following macros are not allowed" instead of a formula with one of them (github/markup#1688 for
`\operatorname`, others in public reports). Each has a kin here that is printed alike, but for \phantom, whose place an
em takes.
"""

from __future__ import annotations

import re

#: What GitHub refuses, of the commands that a formula may hold here.
REFUSED = frozenset({"operatorname", "mbox", "hbox", "fbox", "phantom"})

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)
_BOXED = re.compile("|".join(rf"\\{name}(?![A-Za-z])" for name in sorted(REFUSED)))
_SCRIPTS = frozenset("_^'")


def to_github(source: str) -> str:
    """A formula in commands that GitHub takes, and without backticks, which would end it."""
    source = source.replace("`", "‘")
    if not _BOXED.search(source):
        return source
    return _written(_TOKEN.findall(source))


def _written(tokens: list[str]) -> str:
    out: list[str] = []
    at = 0
    while at < len(tokens):
        name = tokens[at].removeprefix("\\")
        at += 1
        if not tokens[at - 1].startswith("\\") or name not in REFUSED:
            out.append(tokens[at - 1])
            continue
        limits = name == "operatorname" and tokens[at : at + 1] == ["*"]
        argument, at = _argument(tokens, at + limits)
        inside = _written(argument)
        if name == "operatorname":
            # In \mathrm a hyphen and an asterisk would be signs of arithmetic.
            upright = rf"\text{{{inside}}}" if set(argument) & {"-", "*"} else rf"\mathrm{{{inside}}}"
            beside = not limits and _following(tokens, at) in _SCRIPTS
            out.append(rf"\mathop{{{upright}}}" + r"\nolimits" * beside)
        elif name == "phantom":
            out.append(r"{\quad}")
        else:
            text = rf"\text{{{inside}}}"
            out.append(rf"\boxed{{{text}}}" if name == "fbox" else text)
    return "".join(out)


def _argument(tokens: list[str], at: int) -> tuple[list[str], int]:
    """What stands in braces, or alone, behind a command; and where the rest begins."""
    while tokens[at : at + 1] and tokens[at].isspace():
        at += 1
    if tokens[at : at + 1] != ["{"]:
        return tokens[at : at + 1], at + 1
    depth, start = 0, at
    while at < len(tokens):
        depth += {"{": 1, "}": -1}.get(tokens[at], 0)
        at += 1
        if not depth:
            break
    return tokens[start + 1 : at - 1], at


def _following(tokens: list[str], at: int) -> str:
    return next((token for token in tokens[at:] if not token.isspace()), "")
