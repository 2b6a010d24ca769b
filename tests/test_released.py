"""What comes back from published.jsonl is what the renderer writes; all else is refused, whatever a stranger put in."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import HERE, MINIBANK, questions
from qbank.bank.layout import LEDGER
from qbank.bank.model import ClozeText, Line, Markdown, texts
from qbank.ledger.file import BrokenLedger, read
from qbank.markup import html
from qbank.markup.document import parse
from qbank.tree import Memory

RAW = (HERE / "broken" / "released-text" / "published.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize("field", [
    "<script>alert(1)</script>", "<img src=x>", "<p onclick=x>a</p>", '<a href="javascript:x">a</a>',
    '<a href="ms-msdt:x">a</a>', "<svg/onload=x>", "<p>a", "a</p>", "a & b", "&#x200000000;", "[sound:x.mp3]",
    "[anki:tts lang=x]", r"\(\href{javascript:x}{y}\)", r"\[\require{html}\]", "<style>x</style>",
    '<span class="x" style="y">a</span>', '<span style="a:url(x)">a</span>', "<!-- a -->", "<p", "a<b",
])  # fmt: skip
def test_what_the_renderer_does_not_write_is_refused(field: str) -> None:
    assert not html.is_rendered(field)


def test_what_the_renderer_writes_is_accepted() -> None:
    for question in questions(MINIBANK):
        for text in texts(question):
            if isinstance(text, (Line, Markdown)):
                document = parse(text, cloze=isinstance(text, ClozeText))
                assert html.is_rendered(html.block(document)), text
                assert html.is_rendered(html.inline(document)), text


@given(st.text("ab \n*_`[]()<>&\"'\\-1.|#:/", max_size=40))
def test_whatever_is_rendered_of_plain_signs_is_accepted(text: str) -> None:
    document = parse(text)
    kinds = {token.type for block in document.tokens for token in [block, *(block.children or [])]}
    # Rules refuse these before, and links whose schemes are not those of the web.
    if not kinds & {"html_inline", "html_block", "image", "link_open", "code_block"}:
        assert html.is_rendered(html.block(document))


@pytest.mark.parametrize(
    ("field", "value"),
    [("time", 1e400), ("time", -1), ("time", True), ("time", 10**30), ("time", "5"), ("kind", "nope"),
     ("kind", ["fact"]),
     ("cards", 5), ("cards", [-1]), ("cards", [10**9]), ("tags", ["a b"]), ("tags", "ab"), ("key", "../x"),
     ("key", "a/b/c"),
     ("key", "<b>"), ("first", 5), ("first", "x" * 200_000), ("first", "a\u202eb"), ("first", "\x1b[31m"),
     ("topic", "a/b"),
     ("level", "<b>"), ("deck", "a\nb"), ("gaps", []), ("gaps", {"x": ["a", "b"]}), ("gaps", {"1": ["a"]}),
     ("filed", ["../../x"]), ("since", None), ("answer", "a b")],
)  # fmt: skip
def test_a_value_that_no_release_writes_breaks_the_ledger(field: str, value: object) -> None:
    head, first, *rest = RAW.splitlines(keepends=True)
    line = json.dumps({**json.loads(first), field: value}, ensure_ascii=True) + "\n"
    about = json.loads(head)
    size = len(line.encode()) - len(first.encode())
    places = iter(sorted(about["topics"].items(), key=lambda each: each[1][0]))
    about["topics"] = {topic: [at + (size if at else 0), count] for topic, (at, count) in places}
    whole = json.dumps(about) + "\n" + line + "".join(rest)
    with pytest.raises(BrokenLedger):
        list(read(Memory({LEDGER: whole.encode()})).notes(None))


def test_the_ledger_of_the_example_is_read() -> None:
    assert len(list(read(Memory({LEDGER: RAW.encode()})).notes(None))) == 7
