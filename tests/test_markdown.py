r"""Markdown is written for its readers: what was written stays, formulas as GitHub or as the others take them."""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from conftest import HERE, MINIBANK, TIME, build, surveyed
from qbank.check.text import SUPPORTED
from qbank.markup import markdown, plain, tex
from qbank.markup.document import CODE_LANGUAGES, MATH, parse
from qbank.markup.markdown import FLAVORS, Flavor
from qbank.outputs import jobs
from qbank.outputs.job import Edition

EDITION = Edition("2026.11", TIME)


def github(text: str) -> str:
    return markdown.render(parse(text), "github")


def as_plain(text: str) -> str:
    return markdown.render(parse(text), "plain")


# -- formulas


def test_github_gets_formulas_that_it_does_not_read_as_markdown() -> None:
    assert github(r"So $a_b\,c_d$ holds.") == r"So $`a_b\,c_d`$ holds."
    assert github("$$a \\\\ b$$") == "```math\na \\\\ b\n```"
    assert github("a $$b$$ c") == "a\n\n```math\nb\n```\n\nc"


def test_the_others_get_dollars() -> None:
    assert as_plain(r"So $a_b\,c_d$ holds.") == r"So $a_b\,c_d$ holds."
    assert as_plain("$$a \\\\ b$$") == "$$a \\\\ b$$"


def test_a_formula_in_a_list_is_one_of_its_lines() -> None:
    """GitHub shows no fence in a list that has formulas in its lines."""
    assert github("- $a$:\n\n  $$b$$") == "- $`a`$:\n\n  $`\\displaystyle b`$"
    assert as_plain("- $a$:\n\n  $$b$$") == "- $a$:\n\n  $$b$$"


def test_what_cannot_stand_in_a_line_stays_in_its_fence_inside_the_item() -> None:
    formula = r"\begin{align} a &= b \end{align}"
    assert github(f"1. a\n\n   $${formula}$$") == f"1. a\n\n   ```math\n   {formula}\n   ```"


def test_a_formula_in_a_table_stays_in_its_cell() -> None:
    assert github("| a |\n|--:|\n| $x$ and `y` |") == "| a |\n| --: |\n| $`x`$ and `y` |"
    assert github("| a |\n|---|\n| a \\| b |") == "| a |\n| --- |\n| a \\| b |"


@pytest.mark.parametrize("flavor", FLAVORS)
def test_letters_that_touch_a_formula_go_into_it(flavor: Flavor) -> None:
    """Neither GitHub nor VS Code would see it otherwise."""
    around = {"github": "$`{}`$", "plain": "${}$"}[flavor]
    assert (
        markdown.render(parse(r"per a$x$b$y$c."), flavor)
        == "per " + "".join(map(around.format, [r"\text{a}x\text{b}", r"y\text{c}"])) + "."
    )


@pytest.mark.parametrize(
    ("source", "written"),
    [
        (r"\operatorname{Var}(x)", r"\mathop{\mathrm{Var}}(x)"),
        (r"\operatorname{E}_x f", r"\mathop{\mathrm{E}}\nolimits_x f"),
        (r"\operatorname*{arg\,min}_w L", r"\mathop{\mathrm{arg\,min}}_w L"),
        (r"\operatorname{a-b}", r"\mathop{\text{a-b}}"),
        (r"\sqrt{\operatorname{s}(\operatorname{x}^2)}", r"\sqrt{\mathop{\mathrm{s}}(\mathop{\mathrm{x}}\nolimits^2)}"),
        (r"\mbox{if } x", r"\text{if } x"),
        (r"\fbox{a}", r"\boxed{\text{a}}"),
        (r"a\phantom{b}c", r"a{\quad}c"),
        (r"\text{`a'}", r"\text{‘a'}"),
        (r"\operatornames", r"\operatornames"),
    ],
)  # fmt: skip
def test_commands_that_github_refuses_are_written_with_others(source: str, written: str) -> None:
    assert tex.to_github(source) == written


# -- text


def test_a_dollar_stands_by_itself_for_github_which_would_pair_it() -> None:
    assert github(r"\$5 or \$6") == "<span>$</span>5 or <span>$</span>6"
    assert as_plain(r"\$5 or \$6") == r"\$5 or \$6"


@pytest.mark.parametrize("flavor", FLAVORS)
def test_a_paragraph_is_one_line(flavor: Flavor) -> None:
    """Obsidian shows the end of every line."""
    assert markdown.render(parse("a\nb  \n2) c\n\n- d\n  e"), flavor) == "a b\\\n2\\) c\n\n- d e"


def test_signs_that_only_some_readers_take_for_markup_are_escaped() -> None:
    written = as_plain("~a~ ==b== %%c%% d^e [[f]] [^g] #h < ` i")
    assert written == r"\~a\~ \=\=b\=\= \%\%c\%\% d\^e \[[f]] \[\^g] \#h \< \` i"


def test_no_item_becomes_a_task() -> None:
    assert as_plain("- [x] a") == r"- \[x] a"


def test_words_are_no_markdown() -> None:
    assert markdown.escape("a *b*\n$c | [d]", "plain") == r"a \*b\* \$c \| \[d\]"
    assert markdown.escape("$c", "github") == "<span>$</span>c"


def test_code_stands_between_more_backticks_than_it_holds() -> None:
    assert markdown.fence("a\n```\nb", "text") == "````text\na\n```\nb\n````"
    assert as_plain("`` a`b ``") == "``a`b``"
    assert as_plain("`` `a ``") == "`` `a ``"


def test_blocks_keep_their_form() -> None:
    source = '### H\n\n> a\n>\n> - b\n\n3. c\n\n   d\n4. e\n\n___\n\n[f](https://x.org/a_%28b%29 "g") <https://y.org>'
    written = as_plain(source)
    assert as_plain(written) == written
    assert shape(written) == shape(source)


@pytest.mark.parametrize("source", ["a <b>c</b>", "<div>\n", "![a](b.svg)", "    code", "$$\nx\n$$ (l)"])
def test_what_the_checks_refuse_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="cannot be written"):
        as_plain(source)


# -- any text


def shape(text: str) -> list[tuple[Any, ...]]:
    """The tokens of a text, with its words together however they were escaped, and its lines joined."""
    out: list[tuple[Any, ...]] = []
    for token in parse(text).tokens:
        if token.type == "inline":
            for is_text, run in groupby(
                token.children or (), lambda each: each.type in ("text", "text_special", "softbreak")
            ):
                if is_text:
                    said = "".join(each.content or " " for each in run)
                    out += [("text", " ".join(said.split()))] if said.strip() else []
                else:
                    out += [_told(each) for each in run]
        elif token.type not in ("paragraph_open", "paragraph_close"):
            out.append(_told(token))
    return out


def _told(token: Any) -> tuple[Any, ...]:
    content = " ".join(token.content.split()) if token.type in MATH else token.content.rstrip("\n")
    markup = token.markup if token.type.endswith(("_open", "_close")) else ""
    markup = token.tag if token.type.startswith("heading") else markup
    markup = "" if "list" in token.type else markup
    info = "" if token.type == "list_item_open" else token.info.strip()
    return token.type, content, markup, info, tuple(sorted(token.attrs.items()))


def words(text: str) -> str:
    return re.sub(r"[^\w]", "", plain.text(parse(text), formula=str))


def is_supported(text: str) -> bool:
    """Whether the checks would accept the markup of a text, and no letter touches a formula."""
    for token, block in parse(text):
        if token.type not in SUPPORTED or (token.type == "fence" and token.info.strip() not in ("", *CODE_LANGUAGES)):
            return False
        if token.type == "heading_open" and not token.markup.startswith("#"):
            return False
        if token is block:
            children = block.children or []
            for before, after in pairwise(children):
                touched = before.content[-1:] + after.content[:1]
                if "math_inline" in (before.type, after.type) and "text" in (before.type, after.type):
                    said = touched[0] if before.type == "text" else touched[-1]
                    if said.isalnum():
                        return False
    return True


_PIECES = st.sampled_from(
    ["a", "b1", "é", " ", " ", "  ", "\n", "\n\n", "\n- ", "\n  ", "\n   ", "\n1. ", "\n2) ", "\n> ", "\n### ",
     "\n```\n", "\n| a | b |\n|---|--:|\n| ", " | ", "|", "*", "**", "_", "`", "``", "$x$", "$a_b\\,c$", "$$y\\\\z$$",
     "\\$", "\\*", "\\", "~", "^", "==", "[", "]", "(", ")", "[a](https://x.org)", "<", "&amp;", "&", "#", "-", "+",
     "1.", "=", "!", ":", "  \n", "\\\n", "\n---\n", "\n$$\nu\n$$\n"]
)  # fmt: skip


@settings(max_examples=600)
@given(st.lists(_PIECES, max_size=14).map("".join))
@example("a  \n    - b")
@example("- a\n\n  ```\n  b\n\n  c\n  ```\n- d")
@example("$$x$$ a\n$$\ny\n$$")
@example("- $$x$$ *b\n  c* $$y$$")
@example("$$x$$ a\n$$y$$ (b)")
@example("$$x$$ (a)b)\n\nc\nd")
@example("1. $$x$$ a\n| a | b |\n|---|--:|\n| ")
def test_any_text_is_written_so_that_it_is_read_as_it_was(text: str) -> None:
    assume(is_supported(text))
    assert shape(as_plain(text)) == shape(text)


@settings(max_examples=300)
@given(st.lists(_PIECES, max_size=14).map("".join))
def test_no_word_is_lost_for_github(text: str) -> None:
    assume(is_supported(text))
    written = github(text)
    read = MarkdownIt("commonmark").enable("table").parse(written)
    every = [each for token in read for each in (token, *(token.children or ()))]
    said = "".join(each.content for each in every if each.type not in ("inline", "html_inline"))
    assert re.sub(r"[\W_]|displaystyle", "", said) == re.sub(r"_", "", words(text))


# -- pages


@pytest.fixture(scope="module")
def built(mini_root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    out = tmp_path_factory.mktemp("markdown")
    paths = build(mini_root, out, "markdown", edition=EDITION)
    return {path: (out / path).read_text(encoding="utf-8") for path in paths}


def test_there_is_a_page_of_contents_and_one_of_each_topic_in_every_flavor(built: dict[str, str]) -> None:
    pages = [f"{folder}{name}.md" for folder in ("", "plain/") for name in ("README", "evaluation", "linear-models")]
    assert sorted(built) == sorted(f"markdown/{name}" for name in [*pages, "figures/line.svg"])


def test_a_topic_is_built_alone_with_its_figures() -> None:
    survey = surveyed(MINIBANK)
    assert [job.path for job in jobs("markdown", survey, EDITION, "evaluation")] == [
        "markdown/evaluation.md",
        "markdown/plain/evaluation.md",
    ]
    assert "markdown/figures/line.svg" in [job.path for job in jobs("markdown", survey, EDITION, "linear-models")]


def test_a_page_holds_the_whole_question(built: dict[str, str]) -> None:
    assert built["markdown/linear-models.md"] == (HERE / "golden" / "linear-models.md").read_text(encoding="utf-8")


def test_the_plain_page_differs_in_formulas_dollars_and_the_way_to_the_figures(built: dict[str, str]) -> None:
    page = built["markdown/linear-models.md"]
    page = re.sub(r"\$`(.*?)`\$", r"$\1$", page).replace("<span>$</span>", r"\$")
    page = re.sub(r"```math\n(.*?)\n```", r"$$\1$$", page, flags=re.S).replace("(figures/", "(../figures/")
    assert page == built["markdown/plain/linear-models.md"]


def test_contents_are_counted_by_topic_and_level_and_linked(built: dict[str, str]) -> None:
    page = built["markdown/README.md"]
    assert "| [Linear models](#linear-models) | 1 | 1 |  |  |" in page
    listed = "- [Ridge regression](linear-models.md#ridge-regression)\n"
    assert f"## [Linear models](linear-models.md)\n\n**Core**\n\n{listed}" in page
    assert "- [Precision](evaluation.md#precision) (essential)\n" in page
    assert "\n\n\n" not in page


def add(root: Path, **fields: Any) -> None:
    whole = {
        "title": "Both",
        "question": "Both?",
        "kind": "concept",
        "level": "core",
        "answer": "Yes.",
        "explanation": "So.",
        "references": [{"work": "esl"}],
    }
    (root / "evaluation" / "both.yaml").write_text(yaml.safe_dump(whole | fields), encoding="utf-8")


def test_what_a_question_needs_is_named_above_it(minibank: Path, tmp_path: Path) -> None:
    add(minibank, needs=["ridge-regression", "precision"], as_of="2026-11")
    build(minibank, tmp_path / "out", "markdown")
    page = (tmp_path / "out" / "markdown" / "evaluation.md").read_text(encoding="utf-8")
    assert "Know first: [Ridge regression](linear-models.md#ridge-regression); [Precision](#precision)\n" in page
    assert "*Checked in 2026-11, since it ages.*" in page


def test_code_is_shown_as_a_task_and_its_solution_folded(minibank: Path, tmp_path: Path) -> None:
    code = {"stub": "def f():\n    ...\n", "solution": "def f():\n    return 1\n", "tests": "def test(): ...\n"}
    add(minibank, kind="coding", code=code)
    build(minibank, tmp_path / "out", "markdown")
    page = (tmp_path / "out" / "markdown" / "evaluation.md").read_text(encoding="utf-8")
    assert "Start from:\n\n```python\ndef f():\n    ...\n```\n\n<details>\n<summary>Answer</summary>" in page
    assert "<summary>Solution</summary>\n\n```python\ndef f():\n    return 1\n```\n\n</details>" in page
    assert "[practice/both](../practice/both/README.md)" in page


def test_a_new_title_reaches_the_pages_that_link_to_it(minibank: Path, tmp_path: Path) -> None:
    build(minibank, tmp_path / "out", "markdown", "cheatsheets")
    path = minibank / "evaluation" / "precision.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("title: Precision", "title: Exactness"), encoding="utf-8")
    build(minibank, tmp_path / "out", "markdown", "cheatsheets")
    for folder in ("markdown", "markdown/plain", "cheatsheets"):
        page = (tmp_path / "out" / folder / "linear-models.md").read_text(encoding="utf-8")
        assert "[Exactness](evaluation.md#precision)" in page
