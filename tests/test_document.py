"""The one Markdown parser: what is a token, and where it stands in the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import MINIBANK
from qbank.bank import load
from qbank.bank.model import Markdown
from qbank.check import in_texts
from qbank.markup import plain, sentences
from qbank.markup.document import Found, _parser, parse
from qbank.markup.printable import SHIPPED
from qbank.markup.scripts import unbroken
from qbank.tree import Folder


def kinds(text: str, *, cloze: bool = False) -> list[str]:
    return [found.token.type for found in parse(text, cloze=cloze) if found.token is not found.block]


def test_formulas_stand_between_dollars() -> None:
    assert kinds("$x$ and $$y$$") == ["math_inline", "text", "math_inline_double"]


@pytest.mark.parametrize("text", ["costs $5 and $10", "$ x $", r"\$x\$", "a $x"])
def test_what_only_looks_like_a_formula_is_text(text: str) -> None:
    assert not {"math_inline", "math_inline_double"} & set(kinds(text))


def test_an_escaped_dollar_is_told_from_one_that_is_not() -> None:
    assert kinds(r"\$5 and $5") == ["text_special", "text"]


@pytest.mark.parametrize("text", ["$x$ or 1", "$x$\\", "$x$"])
def test_a_formula_at_the_start_does_not_depend_on_the_end(text: str) -> None:
    assert kinds(text)[0] == "math_inline"


def test_clozes_are_markup_only_where_they_are_asked_for() -> None:
    assert kinds("{{c1::a}}", cloze=True) == ["cloze_open", "text", "cloze_close"]
    assert "cloze_open" not in kinds("{{c1::a}}")


def test_braces_of_a_formula_or_code_do_not_close_a_cloze() -> None:
    assert kinds("{{c1::$x^{2^{k}}$}}", cloze=True).count("cloze_close") == 1
    assert kinds("{{c1::`{{}}`}}", cloze=True)[-1] == "cloze_close"


def test_an_unclosed_cloze_is_text() -> None:
    assert "cloze_open" not in kinds("{{c1::a", cloze=True)


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("a $x$ b $y$", "math_inline", [(2, 5), (8, 11)]),
        ("x\n\nsee <b>", "html_inline", [(7, 10)]),
        ("| a |\n|---|\n| $z$ |", "math_inline", [(14, 17)]),
        ("[a](http://x.y)", "link_open", [(4, 14)]),
        ("*a* {{c1::b}}", "cloze_open", [(4, 10)]),
        ("- one\n- `two`", "code_inline", [(9, 12)]),
    ],
)
def test_a_token_knows_its_place(text: str, kind: str, place: list[tuple[int, int]]) -> None:
    document = parse(text, cloze=True)
    assert [document.place(found.token) for found in document if found.token.type == kind] == place


@given(st.text(alphabet="ab $`*|-\n\r{}[]()<>\\:c1", max_size=80), st.booleans())
@settings(max_examples=400, deadline=None)
def test_every_token_of_any_text_has_a_place_inside_it(text: str, cloze: bool) -> None:
    document = parse(text, cloze=cloze)
    for found in document:
        start, end = document.place(found.token)
        assert 0 <= start <= end <= len(text) + 1


def test_equal_texts_are_parsed_once() -> None:
    assert parse("same") is parse("same")


# -- what is read without markdown-it

#: Whatever a rule of markdown-it asks for, at the start of a line or in it, and what stands around it.
PIECES = st.sampled_from(
    [
        *"ab 09.)$`*_-+=~#>|:<[]!&{}()\\\"'\n\t\r\0é²\u2003\xa0\x1c\ufeff",
        *(
            "a b",
            " c",
            "$x$",
            "$x_1$",
            r"$\\$",
            r"$\$",
            "$$",
            "`a`",
            "``",
            "```\n",
            "\n```\n",
            "\n\n```sql\n",
            "\n\n",
            "  \n",
            "{{c1::",
            "::h}}",
            "}}",
        ),
        *("1. ", "2) ", "- ", "**", "**b**", "|a|\n|-|", "&amp;", "<b>", "a@b.c", "[r]: /u", "](", "![", "---", "==="),
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=14).map("".join), st.text(max_size=40))


@given(TEXTS, st.booleans())
@settings(max_examples=3000, deadline=None)
def test_every_text_has_the_tokens_that_markdown_it_gives_it(text: str, cloze: bool) -> None:
    expected = _parser(cloze).parse(text)
    for block in expected:
        block.children = block.children and unbroken(block.children)
    assert parse(text, cloze=cloze).tokens == expected


@pytest.mark.parametrize(
    "text",
    [
        "A sentence, of words: and more!",
        "One line\nand another of $x_i \\le 1$.\n\n`code` and\n\n10 $a$; **not**\n",
        "$x$ first, $\\{y\\}$ last: $z$",
        "",
        "\n\na\n",
        "0.5 of a\n\n$$x + \\{y\\}$$\n\nand\n\n$$z$$\n",
        "Code:\n\n```python\ndef f():\n\n    return 1  \n```\nand\n\n```\n```\n",
    ],
)
def test_paragraphs_are_read_without_markdown_it(text: str) -> None:
    tokens = sentences.blocks(text)
    assert tokens is not None
    inlines = [token for token in tokens if token.type == "inline" and "**" not in token.content]
    assert all(sentences.inline(token.content) for token in inlines)


def test_deletions_of_sentences_are_read_without_markdown_it() -> None:
    text = "A {{c1::word of $x^{2}$}}, {{c2,3::`{}`::what}} and {{c1::b::}}"
    tokens = sentences.inline(text, cloze=True) or []
    assert [token.type for token in tokens if token.nesting] == ["cloze_open", "cloze_close"] * 3
    assert [token.level for token in tokens] == [0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0]
    assert tokens == _parser(True).parseInline(text)[0].children


@pytest.mark.parametrize(
    "text", ["{{c1::{{c2::a}}}}", "{{c1::a", "{{c1::a: b}}", "{{c1::*a*}}", "$a {{c1::b}}$", "{{c1::}}"]
)
def test_other_deletions_are_left_to_markdown_it(text: str) -> None:
    assert sentences.inline(text, cloze=True) is None


@pytest.mark.parametrize(
    "text",
    [
        "- a",
        "a\n===",
        "    a",
        "# a",
        "> a",
        "1. a",
        "| a |",
        "```\na",
        "a\n```\nb\n```",
        "```\na\n ```",
        "````\na\n````",
        "$$x$$\na",
        "$$x",
        "[a]: b",
        "a ",
    ],
)
def test_other_blocks_are_left_to_markdown_it(text: str) -> None:
    assert sentences.blocks(text) is None


@pytest.mark.parametrize(
    "text", ["*a*", "a_b_", "a & b", "[a](b)", "<b>", r"\*", "$5", "3$x$", "``a``", "a  \nb", "$ x$"]
)
def test_other_signs_are_left_to_markdown_it(text: str) -> None:
    assert sentences.inline(text) is None


@pytest.mark.parametrize(
    "part",
    [
        "a ",
        "a\n\n",
        "$x$",
        "$",
        "`",
        "a\n",
        "\n",
        "\\",
        "1",
        "**a",
        "$a",
        "`a",
        "$$x$$\n\n",
        "```\n",
        "```\na\n```\n\n",
        "{{c1::a",
        "{{c1::$a$",
        "{{c1::a}}",
    ],
)
def test_a_long_text_is_told_in_linear_time(part: str) -> None:
    text = part * (100_000 // len(part))
    sentences.blocks(text)
    sentences.inline(text)
    sentences.inline(text, cloze=True)


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_a_line_ends_in_any_way_for_the_rules(end: str) -> None:
    text = Markdown(f"{end}{end}| a |{end}|---|{end}| $|$ | c |{end}{end}```{end}$x")
    settings = load.header(Folder(MINIBANK))[0].settings
    rules = [problem.rule for problem in in_texts([text], settings, SHIPPED)]
    assert rules == ["pipe-in-table-math", "unclosed-fence", "code-language"]


@given(TEXTS)
def test_the_tokens_of_a_document_by_type(text: str) -> None:
    document = parse(text)
    by_type: dict[str, list[Found]] = {}
    for found in document:
        by_type.setdefault(found.token.type, []).append(found)
    assert dict(document.by_type()) == by_type
    assert all(document.by_type().get(kind) == by_type.get(kind) for kind in (*by_type, "image", "nothing"))


def test_plain_text_writes_formulas_out() -> None:
    assert plain.text(parse("The **loss** $\\alpha$\nand `code`.")) == "The loss α and code."


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Variance.", 1),
        ("don\\'t _say_ `a b` +", 4),
        ("a$x$b *c*d", 4),
        ("½ of ²", 3),
        ("_ a-b —c", 2),
        ("$$x$$\na", 2),
        ("The squared $L_2$ norm.", 4),
        ("$\\frac{a}{b + c}$", 1),
        ("- one\n- two", 2),
        ("a — b", 2),
    ],
)
def test_words_are_counted_as_they_are_said(text: str, count: int) -> None:
    assert plain.words(parse(text)) == count


@given(TEXTS, st.integers(0, 30))
def test_more_words_than_a_limit_are_seen_as_if_they_were_counted(text: str, most: int) -> None:
    document = parse(text)
    count = plain.words(document)
    assert plain.exceeds(text, most) == (count if count > most else 0)
