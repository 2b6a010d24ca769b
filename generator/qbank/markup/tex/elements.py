"""Elements of MathML as text, and the styles of the classes that they bear."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

NAMESPACE = "http://www.w3.org/1998/Math/MathML"

#: Styles of the classes that the output uses; a page must have them.
STYLE = """\
math .tex-back { margin-left: -0.1667em; }
math .tex-vector { font-size: 70%; }
math .tex-bold { font-weight: bold; }
math .tex-italic { font-style: italic; }
math .tex-sans { font-family: sans-serif; }
math .tex-mono { font-family: monospace; }
math .tex-boxed { border: 0.05em solid; padding: 0.25em; }
math .tex-over { border-top: 0.05em solid; padding-top: 0.1em; }
math .tex-under { border-bottom: 0.05em solid; padding-bottom: 0.12em; }
math .tex-cancel {
  background: linear-gradient(to top right, transparent 46%, currentcolor 46% 54%, transparent 54%);
  print-color-adjust: exact;
}
math mtable { border-spacing: 0; }
math mtd { padding: 0.5ex 0.45em; }
math .tex-small > mtr > mtd { padding: 0.1ex 0.25em; }
math mtable > mtr > mtd:first-child { padding-left: 0; }
math mtable > mtr > mtd:last-child { padding-right: 0; }
math .tex-left, math .tex-cases > mtr > mtd, math .tex-aligned > mtr > mtd:nth-child(even) {
  text-align: left; text-align: -webkit-left;
}
math .tex-right, math .tex-aligned > mtr > mtd { text-align: right; text-align: -webkit-right; }
math .tex-aligned > mtr > mtd { padding: 0.6ex 0; }
math .tex-aligned > mtr > mtd:nth-child(odd):not(:first-child) { padding-left: 2em; }
math .tex-rule-left { border-left: 0.05em solid; }
math .tex-rule-right { border-right: 0.05em solid; }
math .tex-rule-above { border-top: 0.05em solid; }
math .tex-rule-below { border-bottom: 0.05em solid; }
"""


def element(name: str, content: str, **attributes: str | float | None) -> str:
    """An element; its content is XML already. Numbers are lengths in em, and an attribute that is None is left out."""
    given = "".join(f' {key}="{_value(value)}"' for key, value in attributes.items() if value is not None)
    return f"<{name}{given}>{content}</{name}>" if content else f"<{name}{given}/>"


def _value(value: str | float) -> str:
    if isinstance(value, str):
        return escape(value)
    return f"{value:g}em" if value else "0"


def classed(name: str, content: str, *kinds: str) -> str:
    """An element with classes of `STYLE`, named without the beginning that they share."""
    names = " ".join(f"tex-{kind}" for kind in kinds)
    return element(name, content, **({"class": names} if names else {}))


def space(width: float) -> str:
    """A space of a width in em."""
    return element("mspace", "", width=width)


def group(parts: Sequence[str]) -> str:
    """Some elements as one."""
    return parts[0] if len(parts) == 1 else element("mrow", "".join(parts))


def words(text: str) -> str:
    """A text whose spaces stay."""
    return escape(text, quote=False).replace(" ", "\N{NO-BREAK SPACE}")
