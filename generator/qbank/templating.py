"""Where the templates are, and how Jinja is set up for them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from qbank.markup import html
from qbank.markup.document import parse

PACKAGE = Path(__file__).parent


@cache
def directory() -> Path:
    """The folder of templates: inside an installed package, or at the top of a clone."""
    inside = PACKAGE / "templates"
    return inside if inside.is_dir() else PACKAGE.parents[1] / "templates"


def html_environment() -> Environment:
    """Jinja for the fields of notes: everything is escaped but what the filters mark as HTML.

    Filters: `md` and `line` turn Markdown into HTML with and without its paragraphs.
    """
    environment = Environment(
        loader=FileSystemLoader(directory() / "anki"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["md"] = lambda text: Markup(html.block(parse(text)))  # noqa: S704 - rendered by us
    environment.filters["line"] = lambda text: Markup(html.inline(parse(text)))  # noqa: S704
    environment.filters["python"] = lambda code: Markup(html.code(code, "python"))  # noqa: S704
    return environment


def new_question() -> str:
    """The text of a new question's file, with a word on every field."""
    return (directory() / "question.yaml").read_text(encoding="utf-8")
