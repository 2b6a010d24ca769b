"""What may stand in a figure: the part of SVG 1.1 that draws, and nothing that runs or fetches.

Elements, attributes and properties are those of https://www.w3.org/TR/SVG11/ that cards, pages and paper draw alike.
Whatever is not listed is refused: no list could name all that browsers act on. Each function says what is wrong, in
words that follow "a figure", and what to do; None where nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"

_SHAPES = "path rect circle ellipse line polyline polygon"
ELEMENTS = frozenset(
    f"svg g defs use style title desc clipPath pattern linearGradient radialGradient stop {_SHAPES}".split()
)
TEXT = frozenset(("text", "tspan", "textPath"))
#: What attributes and styles may say of how a shape is painted.
_PROPERTIES = frozenset(
    (
        "fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin "
        "stroke-miterlimit stroke-dasharray stroke-dashoffset opacity color display visibility overflow clip-path "
        "clip-rule stop-color stop-opacity paint-order vector-effect shape-rendering color-interpolation"
    ).split()
)
ATTRIBUTES = _PROPERTIES | frozenset(
    (
        "id class style type version baseProfile width height viewBox preserveAspectRatio x y x1 y1 x2 y2 cx cy r rx "
        "ry fx fy d points pathLength transform offset href gradientTransform gradientUnits spreadMethod "
        "patternTransform patternUnits patternContentUnits clipPathUnits"
    ).split()
)
_NAMESPACED = frozenset((f"{_XLINK} href", f"{_XLINK} type", f"{_XML} space", f"{_XML} lang"))

_TARGET = re.compile(r"#[\w.:-]+")
# What could end a value, escape a character of it, or begin a rule of its own.
_FORBIDDEN = re.compile(r"[\\@<>{}\x00-\x08\x0e-\x1f]|/\*")
# A call of a function, and what a reference names. What is bounded here is tried once for each place.
_CALL = re.compile(
    r"(?<![\w-])(?:matrix|translate|scale|rotate|skewX|skewY|rgba?|hsla?)\s{0,3}\("
    r"|(?<![\w-])url\s{0,3}\(\s{0,3}(['\"]?)#(?P<target>[\w.:-]+)\1\s{0,3}\)",
    re.IGNORECASE,
)
# Of a selector at most two steps: those who match `g g g g rect` try every way through the elements around it.
_STEP = r"(?=[\w.#*-]*[\w*])[\w.#*-]+"
_RULE = re.compile(r"([\w\s.#*,>-]*)\{([^{}]*)\}\s*")
_SELECTOR = re.compile(rf"\s*{_STEP}(?:(?:\s+|\s*>\s*){_STEP})?\s*")
_NUMBER = r"(\d{1,5}(?:\.\d{0,20})?)"
_LENGTH = re.compile(rf"{_NUMBER}(px|pt|pc|mm|cm|in|%)?")
_BOX = re.compile(rf"-?{_NUMBER}[\s,]{{1,3}}-?{_NUMBER}[\s,]{{1,3}}{_NUMBER}[\s,]{{1,3}}{_NUMBER}")
_SMALLEST, _LARGEST = 0.1, 10_000

_SHORT = 40
_NO_CALL = "calls a function that no figure needs"
_DRAW = "draw it with plain paths and shapes"
_INSIDE = "refer only to parts of the same file: #name"


class Said(NamedTuple):
    """What is wrong, and what to do."""

    message: str
    help: str


def element(name: str) -> Said | None:
    """What is wrong with an element; `name` is its namespace, a blank, and its local name."""
    namespace, _, local = name.rpartition(" ")
    if namespace == SVG and (local in ELEMENTS or local in TEXT):
        return None
    if namespace != SVG:
        return Said(f"<{local}> is no part of SVG", "delete it; the root is <svg xmlns='http://www.w3.org/2000/svg'>")
    if local == "metadata":
        return Said(
            "<metadata> is not allowed in a figure",
            "delete it; in matplotlib: metadata={'Date': None, 'Creator': None, 'Format': None, 'Type': None}",
        )
    return Said(f"<{local}> is not allowed in a figure", _DRAW)


def attribute(name: str, value: str) -> Said | None:
    """What is wrong with an attribute, whose name stands behind its namespace and a blank, if it has one."""
    namespace, _, local = name.rpartition(" ")
    if local.lower().startswith("on"):
        return Said(f"the event handler '{local}' is not allowed in a figure", "delete the attribute")
    if local == "href" and namespace in ("", _XLINK):
        return None if _TARGET.fullmatch(value) else Said(f"'{value[:_SHORT]}' leads out of the figure", _INSIDE)
    if name not in ATTRIBUTES and name not in _NAMESPACED:
        return Said(f"the attribute '{local}' is not allowed in a figure", "delete the attribute")
    check = _declarations if local == "style" else _value
    # Most short values come again; long ones would fill the memory.
    return _known(check, value) if len(value) <= _SHORT else check(value)


@lru_cache(maxsize=4096)
def _known(check: Callable[[str], Said | None], value: str) -> Said | None:
    return check(value)


def sheet(css: str) -> Said | None:
    """What is wrong with a style sheet: rules of plain selectors and of properties that paint."""
    at, end = 0, len(css.rstrip())
    while at < end:
        rule = _RULE.match(css, at)
        if rule is None:
            return Said("a style of a figure is a list of rules: selector { property: value }", "delete the rest of it")
        if not all(_SELECTOR.fullmatch(each) for each in rule[1].split(",")):
            return Said(f"the selector '{rule[1].strip()[:_SHORT]}' is not plain", "name an element or a class: .line")
        said = _declarations(rule[2])
        if said:
            return said
        at = rule.end()
    return None


def styles(css: str) -> int:
    """How many selectors and properties a style sheet has: each is tried with every element."""
    heads = (each.rpartition("}")[2] for each in css.split("{")[:-1])
    return css.count(":") + sum(1 + each.count(",") for each in heads)


def _declarations(css: str) -> Said | None:
    for each in css.split(";"):
        name, _, value = each.partition(":")
        if each.strip() and name.strip().lower() not in _PROPERTIES:
            return Said(f"the style '{each.strip()[:_SHORT]}' is not allowed in a figure", "delete it; " + _DRAW)
        said = _value(value)
        if said:
            return said
    return None


def _value(value: str) -> Said | None:
    if _FORBIDDEN.search(value):
        return Said(f"'{value[:_SHORT]}' holds a sign that no value of a figure needs", "write the value plainly")
    if value.count("(") > sum(1 for _ in _CALL.finditer(value)):
        leads = "url" in value.lower()
        return Said(
            f"'{value[:_SHORT]}' {'leads out of the figure' if leads else _NO_CALL}", _INSIDE if leads else _DRAW
        )
    return None


def targets(attributes: Mapping[str, str]) -> Iterator[str]:
    """The names of the parts that an element refers to."""
    for name, value in attributes.items():
        if name.rpartition(" ")[2] == "href":
            yield value[1:]
        elif "(" in value:
            yield from (call["target"] for call in _CALL.finditer(value) if call["target"])


def size(attributes: Mapping[str, str]) -> Said | None:
    """What is wrong with the size of a figure: with the attributes of its root."""
    box, lengths = attributes.get("viewBox"), [attributes.get(name) for name in ("width", "height")]
    view = _BOX.fullmatch(box.strip()) if box is not None else None
    sides = [_LENGTH.fullmatch(each.strip()) for each in lengths if each is not None]
    known = [each[1] for each in sides if each] + ([view[3], view[4]] if view else [])
    is_known = bool(view) if box is not None else len(sides) == 2 and all(each and each[2] != "%" for each in sides)
    if is_known and all(sides) and all(_SMALLEST <= float(each) <= _LARGEST for each in known):
        return None
    return Said("nobody can tell how large this figure is", 'write viewBox="0 0 240 120" with its width and height')
