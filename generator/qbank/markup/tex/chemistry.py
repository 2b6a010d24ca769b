r"""Chemical formulas, `\ce{2 H2 + O2 -> 2 H2O}`, as the LaTeX that everything else knows.

The subset of mhchem that equations are made of: elements and groups with their numbers, charges, isotopes, states,
bonds, adducts, factors, and arrows with labels. Anki's MathJax has the whole (mhchem.github.io/MathJax-mhchem).
"""

from __future__ import annotations

import re

from qbank.markup.errors import MarkupError

_ARROWS = {
    "->": (r"\longrightarrow", "xrightarrow"),
    "<-": (r"\longleftarrow", "xleftarrow"),
    "<->": (r"\longleftrightarrow", "xleftrightarrow"),
    "<=>": (r"\rightleftharpoons", ""),
}
_ARROW = "<=>|<->|->|<-"
_PART = re.compile(
    rf"\s*+(?:(?P<arrow>{_ARROW})(?:\[(?P<above>[^\[\]]*)\](?:\[(?P<below>[^\[\]]*)\])?)?"
    rf"|(?P<item>(?:(?!{_ARROW})\S)++))"
)
_LABEL = re.compile(r"\\[A-Za-z]+")
_FACTOR = r"\d+/\d+|\d+(?:\.\d+)?"
_ALONE = {"+": "+", "v": r"\downarrow ", "^": r"\uparrow "}
_SCRIPT = r"\{[A-Za-z0-9+-]+\}|[0-9]*[+-]|[0-9]+|[IVX]+"
_ATOM = re.compile(
    rf"""(?P<state>\((?:aq|s|l|g)\))
    |(?P<letters>[A-Z][A-Za-z]*|e(?=[+-]|\^|$))
    |(?P<number>\d+)
    |\^(?P<above>{_SCRIPT})|_(?P<below>{_SCRIPT}|[a-z])
    |(?P<bracket>[()\[\]])
    |[.*](?P<adduct>{_FACTOR})?(?=[A-Z(])
    |(?P<charge>[+-])(?=$|\((?:aq|s|l|g)\))
    |(?P<bond>[-=\#])(?=[A-Z(\[])""",
    re.VERBOSE,
)
_BONDS = {"-": "{-}", "=": "{=}", "#": r"{\equiv}"}
_HELP = r"write elements, numbers, charges such as ^2-, states such as (aq) and arrows such as ->; the rest as LaTeX"


def to_tex(source: str) -> str:
    r"""What stands in the braces of `\ce`, in LaTeX. Raises `MarkupError`. The time is linear in the length."""
    out: list[str] = []
    at = 0
    end = len(source.rstrip())
    if not end:
        raise MarkupError("an empty chemical formula", 0, max(1, len(source)), _HELP)
    while at < end:
        part = _PART.match(source, at)
        if part is None:
            raise MarkupError("this is no chemical formula", at, 1, _HELP)
        item = part["item"]
        if item is None:
            out.append(_arrow(part))
        elif item in _ALONE:
            out.append(_ALONE[item])
        else:
            out.append(_item(item, part.start("item")))
        at = part.end()
    return "".join(out)


def _arrow(part: re.Match[str]) -> str:
    plain, extensible = _ARROWS[part["arrow"]]
    if part["above"] is None:
        return f"{plain} "
    if not extensible:
        raise MarkupError(f"{part['arrow']} bears no label", part.start("arrow"), len(part[0].lstrip()), _HELP)
    above, below = (_label(part, name) for name in ("above", "below"))
    return rf"\{extensible}[{below}]{{{above}}}" if below else rf"\{extensible}{{{above}}}"


def _label(part: re.Match[str], name: str) -> str:
    label = (part[name] or "").strip()
    if not label or _LABEL.fullmatch(label):
        return label
    try:
        return to_tex(part[name])
    except MarkupError as error:
        raise MarkupError(error.message, part.start(name) + error.offset, error.length, error.help) from error


def _item(item: str, offset: int) -> str:
    """A factor, a formula with the factor before it, or both."""
    factor = re.match(_FACTOR, item)
    at = factor.end() if factor else 0
    out = [_factor(factor[0])] if factor else []
    base = scripts = ""
    while at < len(item):
        atom = _ATOM.match(item, at)
        mark = {"above": "^", "charge": "^", "below": "_", "number": "_"}.get(atom.lastgroup or "") if atom else None
        if atom is None or (mark and mark in scripts) or (mark == "_" and atom.lastgroup == "number" and not base):
            raise MarkupError(f"{item[at]} stands wrong in this chemical formula", offset + at, 1, _HELP)
        if mark:
            # Scripts before anything are those of an isotope.
            base = base or "{}"
            scripts += f"{mark}{{{_script(atom[atom.lastgroup or ''])}}}"
        else:
            out += [base, scripts]
            base, scripts = _base(atom), ""
        at = atom.end()
    return "".join([*out, base, scripts])


def _base(atom: re.Match[str]) -> str:
    match atom.lastgroup:
        case "letters" | "state":
            return rf"\mathrm{{{atom[0]}}}"
        case "bracket":
            return atom[0]
        case "bond":
            return _BONDS[atom[0]]
        case _:
            return r"\cdot " + (_factor(atom["adduct"]) if atom["adduct"] else "")


def _factor(written: str) -> str:
    above, _, below = written.partition("/")
    return rf"\tfrac{{{above}}}{{{below}}}\," if below else rf"{written}\,"


def _script(written: str) -> str:
    return re.sub(r"[A-Z]+", lambda word: rf"\mathrm{{{word[0]}}}", written.strip("{}"))


_CE = re.compile(r"\\ce\s*\{((?:[^{}]|\{[^{}]*+\})*+)\}")


def expanded(source: str) -> str:
    r"""A formula that can be parsed, without `\ce`: for readers that know LaTeX alone."""
    return _CE.sub(lambda formula: f"{{{to_tex(formula[1])}}}", source) if r"\ce" in source else source


def argument(source: str, start: int) -> re.Match[str] | None:
    r"""The command `\ce` that starts somewhere in a source, with its braces."""
    return _CE.match(source, start)
