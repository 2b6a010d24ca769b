"""Jinja, set up once for each dialect that templates are written in: HTML, Typst, Markdown and plain text.

HTML there is three times: for Anki's cards, for browsers (`web`), where formulas are MathML, and for readers of e-books
(`paged`), which do not scroll.
Card templates are HTML with Anki's own `{{Field}}`, so Jinja's signs are brackets in them: `[[ value ]]`, `[% if %]`.

Everything is escaped but what a filter marks as written in the dialect: a forgotten filter is safe. For Anki that takes
its own markup in as well: `[sound:..]` in fields, `{{Field}}` in the templates of cards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from html import escape as quoted
from typing import Any, Literal
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from qbank.bank.words import filled
from qbank.markup import html, markdown, plain, typst, web
from qbank.markup.document import parse
from qbank.program import templates

Dialect = Literal["html", "web", "paged", "card", "typst", "markdown", "text"]


class Typst(str):
    """Text that is Typst already; templates write it as it is."""

    __slots__ = ()


class Md(str):
    """Text that is Markdown already; templates write it as it is."""

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


@lru_cache(maxsize=512)
def _paged_block(text: str) -> str:
    return web.paged(parse(text))


def _paged_line(text: str) -> str:
    return _alone(_paged_block(text))


def _alone(whole: str) -> str:
    alone = whole.startswith("<p>") and whole.endswith("</p>") and whole.count("<p>") == 1
    return whole[3:-4] if alone else whole


def _marked(render: Callable[..., str]) -> Callable[..., Markup]:
    return lambda *args, **kwargs: Markup(render(*args, **kwargs))  # noqa: S704 - rendered by us


def _safe_typst(value: Any) -> str:
    return value if isinstance(value, Typst) else typst.escape(str(value))


def _plain(text: Any) -> Md:
    return Md(re.sub(r"[\\`*_{}\[\]<>#$|~&]", r"\\\g<0>", " ".join(str(text).split())))


@pass_context
def _safe_markdown(context: Context, value: Any) -> Md:
    """A value in the flavor that the context names, on one line; the blanks at its ends stay."""
    if isinstance(value, Md):
        return value
    flavor = context.get("flavor", "plain")
    return Md(re.sub(r"\S+|\s+", lambda part: markdown.escape(part[0], flavor) or " ", str(value)))


def _css(text: Any) -> Markup:
    """A string of CSS; what could end it, or the style around it, is written by its number."""
    inside = re.sub(r"[^\w .,:;!?()/+-]", lambda sign: f"\\{ord(sign[0]):06x}", str(text))
    return Markup(f'"{inside}"')  # noqa: S704 - holds no markup


@pass_context
def _flavored(context: Context, text: str) -> Md:
    return Md(markdown.render(parse(text), context["flavor"]))


@pass_context
def _words(context: Context, text: Any) -> Md:
    return Md(markdown.escape(str(text), context["flavor"]))


def _in_html(text: Any) -> Md:
    r"""Words between tags on a line: there no backslash escapes, and `\<img onerror=..>` would be an image."""
    return Md(quoted(" ".join(str(text).split()), quote=False).replace("$", "<span>$</span>"))


@pass_context
def _joined(context: Context, parts: Iterable[Any], between: str = "") -> Md:
    return Md(between.join(_safe_markdown(context, part) for part in parts))


def _safe_field(value: Any) -> Any:
    return value if isinstance(value, Markup) else html.words(str(value))


def _safe_card(value: Any) -> Any:
    return value if isinstance(value, Markup) else html.words(str(value)).replace("{", Markup("&#123;"))


def _filling(safe: Callable[[Any], Any]) -> Callable[..., Markup]:
    def fill(text: str, **values: Any) -> Markup:
        inside = {name: safe(value) for name, value in values.items()}
        return Markup(filled(text, lambda part: str(safe(str(part))), inside))  # noqa: S704 - escaped

    return fill


@pass_context
def _fill_markdown(context: Context, text: str, **values: Any) -> Md:
    inside = {name: _safe_markdown(context, value) for name, value in values.items()}
    return Md(filled(text, lambda part: _safe_markdown(context, part), inside))


def _fill_typst(text: str, **values: Any) -> Typst:
    return Typst(filled(text, typst.escape, {name: _safe_typst(value) for name, value in values.items()}))


def _address(text: Any) -> Md:
    return Md(re.sub(r"[()<>\\`\"\s]", lambda sign: quote(sign[0]), str(text)))


#: Per dialect: what the environment is made with, and its filters.
#: `md` and `line` render Markdown with and without its paragraphs, `code(language)` highlights a program, `css` and `s`
#: make a string of CSS and of Typst, `raw` code in Typst, `text` leaves the markup out, `plain` keeps a text from
#: becoming markup, `address` keeps a link whole, `autolink` makes one of it, `span` is code in a line, `safe` marks
#: what a template wrote itself, and `fill` puts values into the gaps of a word of the bank. In Markdown `md`, `words`
#: and whatever no filter marked are written in the flavor that the context names, where it names one; `html` is for
#: what stands between tags.
_DIALECTS: dict[Dialect, tuple[dict[str, Any], dict[str, Callable[..., Any]]]] = {
    "html": (
        {"autoescape": True, "finalize": _safe_field},
        {
            "md": _marked(block),
            "line": _marked(line),
            "code": _marked(html.code),
            "css": _css,
            "text": lambda text: plain.text(parse(text)),
            "fill": _filling(_safe_field),
        },
    ),
    "web": (
        {"autoescape": True},
        {
            "md": _marked(web_block),
            "line": _marked(web_line),
            "code": _marked(web.code),
            "text": lambda text: plain.text(parse(text)),
            "fill": _filling(escape),
        },
    ),
    "paged": (
        {"autoescape": True},
        {
            "md": _marked(_paged_block),
            "line": _marked(_paged_line),
            "code": _marked(web.paged_code),
            "text": lambda text: plain.text(parse(text)),
            "fill": _filling(escape),
        },
    ),
    "card": (
        {
            "autoescape": True,
            "finalize": _safe_card,
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
        {"finalize": _safe_markdown},
        {
            "md": _flavored,
            "words": _words,
            "code": lambda source, language: Md(markdown.fence(str(source), str(language))),
            "span": lambda source: Md(markdown.span(" ".join(str(source).split()))),
            "plain": _plain,
            "html": _in_html,
            "join": _joined,
            "safe": Md,
            "fill": _fill_markdown,
            "address": _address,
            "autolink": lambda text: Md(f"<{_address(text)}>"),
        },
    ),
    # Files that authors write on (`qbank new`, `qbank init`): what they are given are keys and numbers, which have a
    # form (`bank/forms.py`), and words of the program. Nothing of a text comes here, so nothing is there to be escaped.
    "text": ({}, {}),
}


@cache
def environment(dialect: Dialect) -> Environment:
    """Jinja for a dialect, with the folder of templates."""
    options, filters = _DIALECTS[dialect]
    made = Environment(  # noqa: S701 - `finalize` escapes for Typst and Markdown
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
