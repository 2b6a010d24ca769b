"""Markdown becomes HTML that Anki shows as it is meant; `golden/html.md` and `golden/html-cloze.md` show how."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.renderer import RendererHTML
from markdown_it.utils import read_fixture_file

from conftest import HERE
from qbank.markup import cloze, html, web
from qbank.markup.document import parse

PLAIN = read_fixture_file(HERE / "golden" / "html.md")
CLOZES = read_fixture_file(HERE / "golden" / "html-cloze.md")


@pytest.mark.parametrize(("title", "source", "expected"), [case[1:] for case in PLAIN], ids=[c[1] for c in PLAIN])
def test_markdown_becomes_html(title: str, source: str, expected: str) -> None:
    assert html.inline(parse(source.rstrip("\n"))) == expected.rstrip("\n")


@pytest.mark.parametrize(("title", "source", "expected"), [case[1:] for case in CLOZES], ids=[c[1] for c in CLOZES])
def test_clozes_become_anki_clozes(title: str, source: str, expected: str) -> None:
    assert html.inline(parse(source.rstrip("\n"), cloze=True)) == expected.rstrip("\n")


class _Balance(HTMLParser):
    """Notes every tag that is closed out of order, or never."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("br", "hr", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)


_SOUP = st.text(alphabet="ab1 *_`$|-#>[](){}\\<&:.~!\n", max_size=80)


@given(_SOUP, st.booleans())
@settings(max_examples=500, deadline=None)
def test_any_markdown_gives_balanced_html_or_a_refusal(text: str, is_cloze: bool) -> None:
    try:
        out = html.block(parse(text, cloze=is_cloze))
    except (ValueError, cloze.ClozeError):
        return
    balance = _Balance()
    balance.feed(out)
    assert not balance.faults
    assert not balance.open
    assert not re.search(r"<(script|iframe|style)", out)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40))
@settings(max_examples=300, deadline=None)
def test_escaped_text_comes_out_as_it_was(text: str) -> None:
    escaped = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(text.split()))
    out = re.sub(r"<[^>]*>", "", html.inline(parse(escaped)))
    assert " ".join(unescape(out).replace("\N{WORD JOINER}", "").split()) == " ".join(
        text.replace("\N{WORD JOINER}", "").split()
    )


def test_code_is_highlighted_once_and_kept() -> None:
    html._lexed.cache_clear()
    html.code("x = 1", "python")
    html.code("x = 1", "python")
    assert html._lexed.cache_info().hits == 1


@pytest.mark.parametrize("said", ["{{c1::", "{{c1::x}}", "{{c1::a::b}} {{c2::", "}}", "{{c{{c1::"])
def test_a_program_holds_no_cloze(said: str) -> None:
    shown = html.code(f'x = "{said}"', "python")
    assert html.cloze_numbers(shown) == []
    assert said in unescape(re.sub("<[^>]*>", "", shown))


@pytest.mark.parametrize("renderer", [html._Renderer, web._Renderer, web._PagedRenderer])
def test_a_renderer_knows_the_tokens_that_markdown_it_would_find_its_methods_for(
    renderer: type[html.Renderer],
) -> None:
    found = renderer()
    RendererHTML.__init__(found)
    assert renderer().rules.keys() == found.rules.keys()
    assert {"fence", "math_inline", "softbreak"} <= found.rules.keys()
