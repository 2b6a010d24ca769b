"""Regular expressions that take more than linear time: every pattern of the generator against texts made to vex it.

    python tests/patterns.py [MODULE...]

Each pattern is used as the generator uses it, on runs of what it is itself made of: its signs, pairs of them, and its
shortest matches, with what it cannot end with behind them. What takes four times a text more than about four times
as long is shown, and ends in an error. It measures the time of the processor, so it is for a quiet hour (`make
patterns`), not for each change.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from time import process_time
from typing import Any, NamedTuple

import qbank

SOURCES = Path(qbank.__file__).parent
#: How long texts are: the longest value of a bank has 20,000 characters.
FEW, MANY = 4_000, 16_000
#: Seconds that are too few to tell anything from, and how much more four times a text may take.
NOTICED, MOST = 0.04, 8
#: What is asked of no text of a bank: a message of Typst names one text, once.
OTHERS = ("qbank.outputs.paper._NO_GLYPH",)
METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split")
_SIGNS = {
    codes.CATEGORY_DIGIT: "1",
    codes.CATEGORY_NOT_DIGIT: "a",
    codes.CATEGORY_SPACE: " ",
    codes.CATEGORY_NOT_SPACE: "a",
    codes.CATEGORY_WORD: "a",
    codes.CATEGORY_NOT_WORD: "!",
}


class Use(NamedTuple):
    """A pattern, where it stands, and a way in which it is used."""

    where: str
    pattern: re.Pattern[str]
    method: str


def uses(module: Path) -> Iterator[Use]:
    """Every pattern of a module with each way in which the module uses it; where that is elsewhere, with all."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    name = ".".join(("qbank", *module.relative_to(SOURCES).with_suffix("").parts)).removesuffix(".__init__")
    values = vars(__import__(name, fromlist=["_"]))
    called: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in METHODS:
            called.setdefault(node.value.id, set()).add(node.attr)
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and ast.unparse(node.func.value) == "re"
            and node.func.attr in METHODS
            and node.args
        ):
            try:
                written = eval(ast.unparse(node.args[0]), dict(values))
            except NameError:  # made of what a function knows
                continue
            flags = next((eval(ast.unparse(each.value)) for each in node.keywords if each.arg == "flags"), 0)
            if isinstance(written, str):
                yield Use(f"{name}:{node.lineno}", re.compile(written, flags), node.func.attr)
    for key, value in values.items():
        if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
            for method in sorted(called.get(key, METHODS[:4] if f"{key} = " in module.read_text("utf-8") else ())):
                yield Use(f"{name}.{key}", value, method)


def _signs(tree: Any) -> Iterator[str]:
    """One sign for each class and each literal of a pattern."""
    for code, value in tree:
        if code in (codes.LITERAL, codes.NOT_LITERAL):
            yield chr(value)
        elif code is codes.RANGE:
            yield chr(value[0])
        elif code is codes.CATEGORY:
            yield _SIGNS[value]
        elif code is codes.ANY:
            yield "a"
        elif code is codes.IN:
            yield from _signs(value)
            yield _of_class(value)
        elif code is codes.BRANCH:
            for each in value[1]:
                yield from _signs(each)
        elif isinstance(value, tuple):
            for each in value:
                if isinstance(each, parser.SubPattern):
                    yield from _signs(each)
        elif isinstance(value, parser.SubPattern):
            yield from _signs(value)


def _of_class(members: Any) -> str:
    """A sign that a class holds."""
    if members[0][0] is codes.NEGATE:
        without = set(_signs(members[1:]))
        return next(sign for sign in "a b1!\nz" if sign not in without)
    return next(_signs(members), "a")


def _shortest(tree: Any, more: int) -> str:
    """A text that a pattern matches, as far as it says by itself; what may be repeated stands there `more` times."""
    out = []
    for code, value in tree:
        if code is codes.LITERAL:
            out.append(chr(value))
        elif code is codes.NOT_LITERAL:
            out.append("a" if chr(value) != "a" else "b")
        elif code is codes.ANY:
            out.append("a")
        elif code is codes.IN:
            out.append(_of_class(value))
        elif code is codes.BRANCH:
            out.append(_shortest(value[1][0], more))
        elif code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            least, most, part = value
            out.append(_shortest(part, more) * min(max(least, more), most))
        elif code is codes.SUBPATTERN:
            out.append(_shortest(value[3], more))
        elif code is codes.ATOMIC_GROUP:
            out.append(_shortest(value, more))
    return "".join(out)


def attacks(pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """What a text begins with, and what it repeats."""
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    signs = list(dict.fromkeys(_signs(tree)))[:10]
    matches = {_shortest(tree, more) for more in (0, 1, 2)}
    cut = {match[:-1] for match in matches}
    parts = {*signs, *("".join(pair) for pair in product(signs[:6], repeat=2)), *matches, *cut, " a", "a\n"} - {""}
    for begun in {"", *(match[:2] for match in matches), *cut}:
        for part in sorted(parts):
            yield begun, part


def seconds(use: Use, text: str) -> float:
    """How long a pattern takes with a text."""
    method = getattr(use.pattern, use.method)
    begun = process_time()
    if use.method in ("sub", "subn"):
        method("", text)
    elif use.method == "finditer":
        for _ in method(text):
            pass
    else:
        method(text)
    return process_time() - begun


def is_slow(use: Use, begun: str, part: str) -> bool:
    """Whether four times as much takes far more than four times as long."""
    few, many = (f"{begun}{part * (size // len(part))}\0" for size in (FEW, MANY))
    # What would never end is found by a text of which a square takes no time.
    if (short := seconds(use, few)) > 0.5:
        return True
    long = seconds(use, many)
    return long > NOTICED and min(seconds(use, many), long) > MOST * min(seconds(use, few), short)


def main(names: list[str]) -> int:
    """Show the patterns that are slow; how many they are."""
    found = tried = 0
    for module in sorted(SOURCES.rglob("*.py")):
        if module.name == "__main__.py" or (names and module.stem not in names):
            continue
        for use in uses(module):
            if use.where in OTHERS:
                continue
            tried += 1
            for begun, part in attacks(use.pattern):
                if is_slow(use, begun, part):
                    found += 1
                    print(f"{use.where} ({use.method}): {begun!r}, then {part!r} again and again", flush=True)
                    break
    print(f"{tried} uses of patterns tried, {found} slow", flush=True)
    return found


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1:])))
