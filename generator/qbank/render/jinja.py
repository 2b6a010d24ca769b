"""Jinja, set up once for each dialect that templates are written in: HTML, Typst, Markdown and plain text.

In HTML and Typst everything is escaped but what a filter marks as written in the dialect: a forgotten filter is safe.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from qbank.markup import html, typst
from qbank.markup.document import parse
from qbank.program import templates

Dialect = Literal["html", "typst", "markdown", "text"]


class Typst(str):
    """Text that is Typst already; templates write it as it is."""

    __slots__ = ()


def block(text: str, cloze: bool = False) -> str:
    """The HTML of a text, with its paragraphs. The texts of one question are rendered once for all that needs them."""
    return _block(text, cloze)


@lru_cache(maxsize=512)
def _block(text: str, cloze: bool) -> str:
    return html.block(parse(text, cloze=cloze))


def line(text: str) -> str:
    """The HTML of a text, without the paragraph around it where it is the only one."""
    whole = block(text)
    alone = whole.startswith("<p>") and whole.endswith("</p>") and whole.count("<p>") == 1
    return whole[3:-4] if alone else whole


def _marked(render: Callable[..., str]) -> Callable[..., Markup]:
    return lambda *args, **kwargs: Markup(render(*args, **kwargs))  # noqa: S704 - rendered by us


def _safe_typst(value: Any) -> str:
    return value if isinstance(value, Typst) else typst.escape(str(value))


def _safe_markdown(text: Any) -> str:
    return re.sub(r"[\\`*_{}\[\]<>#$|~&]", r"\\\g<0>", " ".join(str(text).split()))


def _address(text: str) -> str:
    return text.replace("(", "%28").replace(")", "%29").replace(" ", "%20")


#: Per dialect: what the environment is made with, and its filters.
#: `md` and `line` render Markdown with and without its paragraphs, `code` highlights Python, `s` makes a Typst string,
#: `plain` keeps a text from becoming markup and `address` keeps a link whole.
_DIALECTS: dict[Dialect, tuple[dict[str, Any], dict[str, Callable[..., Any]]]] = {
    "html": (
        {"autoescape": True},
        {"md": _marked(block), "line": _marked(line), "code": _marked(lambda code: html.code(code, "python"))},
    ),
    "typst": (
        {"finalize": _safe_typst},
        {
            "md": lambda text, cloze=False: Typst(typst.render(parse(text, cloze=cloze))),
            "s": lambda text: Typst(typst.string(str(text))),
        },
    ),
    "markdown": ({}, {"plain": _safe_markdown, "address": _address}),
    "text": ({}, {}),
}


@cache
def environment(dialect: Dialect) -> Environment:
    """Jinja for a dialect, with the folder of templates."""
    options, filters = _DIALECTS[dialect]
    made = Environment(  # noqa: S701 - `finalize` escapes for Typst, filters for Markdown
        loader=FileSystemLoader(templates()),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        **options,
    )
    made.filters.update(filters)
    return made


def render(dialect: Dialect, template: str, **context: Any) -> str:
    """What a template makes of a context."""
    return environment(dialect).get_template(template).render(context)
