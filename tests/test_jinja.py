"""What a template writes is escaped in its dialect, whichever filter was forgotten."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Template
from markdown_it import MarkdownIt

from qbank.render.jinja import Md, Typst, environment

_HTML = "<b>x</b>"
#: What GitHub, Obsidian and Anki's descriptions read, HTML and all.
_READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


@cache
def compiled(template: str, dialect: Any) -> Template:
    return environment(dialect).from_string(template)


def said(template: str, dialect: Any = "markdown", **context: Any) -> str:
    return compiled(template, dialect).render(context)


@pytest.mark.parametrize(
    ("dialect", "escaped"),
    [
        ("html", "&lt;b&gt;x&lt;/b&gt;"),
        ("web", "&lt;b&gt;x&lt;/b&gt;"),
        ("card", "&lt;b&gt;x&lt;/b&gt;"),
        ("typst", r"\<b\>x\<\/b\>"),
        ("markdown", r"\<b\>x\</b\>"),
    ],
)
def test_what_no_filter_marked_is_escaped(dialect: str, escaped: str) -> None:
    name = "[[ value ]]" if dialect == "card" else "{{ value }}"
    assert said(name, dialect, value=_HTML) == escaped


def test_what_is_markdown_already_is_written_as_it_is() -> None:
    assert said("{{ value }}", value=Md(_HTML)) == _HTML
    # Typst is no Markdown.
    assert said("{{ value }}", value=Typst(_HTML)) != _HTML


@pytest.mark.parametrize(
    "template",
    [
        '{{ ", " ~ value if value }}',
        '{{ (value ~ "")|trim }}',
        '{{ [value, value]|join("; ") }}',
        '{{ [value]|map("upper")|join }}',
        '{{ "{x}"|fill(x=value) }}',
        "{{ value|fill(x=1) }}",
        "{{ value|words }}",
        "{{ value|plain }}",
        "{% macro of(x) %}{{ x }}{% endmacro %}{{ of(value)|safe }}",
        "{% set x|safe %}{{ value }}{% endset %}{{ x }}",
        "{% filter wordwrap(20) %}{{ value }}{% endfilter %}",
        "[x](#{{ value|address }})",
        "{{ value|span }}",
        '{{ value|code("") }}',
    ],
)
@settings(max_examples=40)
@given(text=st.text("<>b/`\\*_[]()!&;#$~| \n", max_size=20))
def test_whatever_way_a_value_takes_no_html_and_no_link_of_its_own_comes_out(template: str, text: str) -> None:
    tokens = _READER.parse(said(template, value=f"<b>[x](y){text}<b>", flavor="plain"))
    inside = [child for token in tokens for child in (token, *(token.children or ()))]
    links = [child.attrs["href"] for child in inside if child.type == "link_open"]
    assert not [child for child in inside if child.type in ("html_inline", "html_block", "image")]
    assert all(str(link).startswith("#") for link in links)


def test_between_tags_a_value_is_escaped_as_html() -> None:
    """In a block of HTML a backslash is a backslash, so `\\<img onerror=..>` is an image."""
    shown = said("<summary>{{ value|html }}</summary>", value="<img src=x onerror=alert(1)> *a*\n\n$x$", flavor="plain")
    page = "<summary>&lt;img src=x onerror=alert(1)&gt; *a* <span>$</span>x<span>$</span></summary>"
    assert _READER.render(shown).strip() == shown == page


def test_in_the_template_of_a_card_words_name_no_field_and_play_no_sound() -> None:
    assert said("[[ value ]]", "card", value="{{Back}} [sound:t.mp3]") == "&#123;&#123;Back}} [&#8288;sound:t.mp3]"


def test_a_dollar_is_written_in_the_flavor_that_the_context_names() -> None:
    assert said("{{ value }}", value="a $ b", flavor="github") == "a <span>$</span> b"
    assert said("{{ value }}", value="a $ b", flavor="plain") == said("{{ value }}", value="a $ b") == r"a \$ b"


def test_blanks_at_the_ends_of_a_value_stay_and_an_end_of_a_line_begins_no_block() -> None:
    assert said("{{ value }}", value=" a\n\n# b ") == r" a \# b "
