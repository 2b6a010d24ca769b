"""Jinja, set up once for each dialect that templates are written in: HTML, Typst, Markdown and plain text.

HTML there is twice: for Anki's cards, and for browsers (`web`), where formulas are MathML.
Card templates are HTML with Anki's own `{{Field}}`, so Jinja's signs are brackets in them: `[[ value ]]`, `[% if %]`.

In HTML and Typst everything is escaped but what a filter marks as written in the dialect: a forgotten filter is safe.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from qbank.bank.words import filled
from qbank.markup import html, markdown, plain, typst, web
from qbank.markup.document import parse
from qbank.program import templates

Dialect = Literal["html", "web", "card", "typst", "markdown", "text"]


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
    return _alone(block(text))


@lru_cache(maxsize=512)
def web_block(text: str) -> str:
    """The HTML of a text for browsers, with its paragraphs."""
    return web.block(parse(text))


def web_line(text: str) -> str:
    """The same, without the paragraph around it where it is the only one."""
    return _alone(web_block(text))


def _alone(whole: str) -> str:
    alone = whole.startswith("<p>") and whole.endswith("</p>") and whole.count("<p>") == 1
    return whole[3:-4] if alone else whole


def _marked(render: Callable[..., str]) -> Callable[..., Markup]:
    return lambda *args, **kwargs: Markup(render(*args, **kwargs))  # noqa: S704 - rendered by us


def _safe_typst(value: Any) -> str:
    return value if isinstance(value, Typst) else typst.escape(str(value))


def _safe_markdown(text: Any) -> str:
    return re.sub(r"[\\`*_{}\[\]<>#$|~&]", r"\\\g<0>", " ".join(str(text).split()))


def _css(text: Any) -> Markup:
    """A string of CSS; what could end it, or the style around it, is written by its number."""
    inside = re.sub(r"[^\w .,:;!?()/+-]", lambda sign: f"\\{ord(sign[0]):06x}", str(text))
    return Markup(f'"{inside}"')  # noqa: S704 - holds no markup


@pass_context
def _flavored(context: Context, text: str) -> str:
    return markdown.render(parse(text), context["flavor"])


@pass_context
def _words(context: Context, text: Any) -> str:
    return markdown.escape(str(text), context["flavor"])


def _fill(text: str, **values: Any) -> str:
    return filled(text, str, values)


def _fill_html(text: str, **values: Any) -> Markup:
    safe = {name: escape(value) for name, value in values.items()}
    return Markup(filled(text, lambda part: str(escape(part)), safe))  # noqa: S704 - escaped


@pass_context
def _fill_markdown(context: Context, text: str, **values: Any) -> str:
    def words(part: str) -> str:
        return re.sub(r"\S+", lambda word: markdown.escape(word[0], context["flavor"]), part)

    return filled(text, words, values)


def _fill_typst(text: str, **values: Any) -> Typst:
    return Typst(filled(text, typst.escape, {name: _safe_typst(value) for name, value in values.items()}))


def _address(text: str) -> str:
    return text.replace("(", "%28").replace(")", "%29").replace(" ", "%20")


#: Per dialect: what the environment is made with, and its filters.
#: `md` and `line` render Markdown with and without its paragraphs, `code(language)` highlights a program, `css` and `s`
#: make a string of CSS and of Typst, `raw` code in Typst, `text` leaves the markup out, `plain` keeps a text from
#: becoming markup, `address` keeps a link whole, and `fill` puts values into the gaps of a word of the bank; in
#: Markdown these are Markdown already, and `md` and `words` (as `plain`) write the flavor that the context names.
_DIALECTS: dict[Dialect, tuple[dict[str, Any], dict[str, Callable[..., Any]]]] = {
    "html": (
        {"autoescape": True},
        {
            "md": _marked(block),
            "line": _marked(line),
            "code": _marked(html.code),
            "css": _css,
            "text": lambda text: plain.text(parse(text)),
            "fill": _fill_html,
        },
    ),
    "web": (
        {"autoescape": True},
        {
            "md": _marked(web_block),
            "line": _marked(web_line),
            "code": _marked(web.code),
            "text": lambda text: plain.text(parse(text)),
            "fill": _fill_html,
        },
    ),
    "card": (
        {
            "autoescape": True,
            "variable_start_string": "[[",
            "variable_end_string": "]]",
            "block_start_string": "[%",
            "block_end_string": "%]",
            "comment_start_string": "[#",
            "comment_end_string": "#]",
        },
        {},
    ),
    "typst": (
        {"finalize": _safe_typst},
        {
            "md": lambda text, cloze=False: Typst(typst.render(parse(text, cloze=cloze))),
            "s": lambda text: Typst(typst.string(str(text))),
            "raw": lambda text: Typst(f"#raw({typst.string(str(text))});"),
            "fill": _fill_typst,
        },
    ),
    "markdown": (
        {},
        {
            "md": _flavored,
            "words": _words,
            "code": markdown.fence,
            "plain": _safe_markdown,
            "fill": _fill_markdown,
            "address": _address,
        },
    ),
    "text": ({}, {"fill": _fill}),
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
