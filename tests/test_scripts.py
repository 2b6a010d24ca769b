"""Scripts without spaces between words: a line that ends is no space, and emphasis touches letters."""

from __future__ import annotations

import pytest

from qbank.markup import html, plain, typst
from qbank.markup.document import parse
from qbank.markup.scripts import is_unspaced


@pytest.mark.parametrize("character", ["中", "あ", "ー", "。", "！", "ก", "𠀋"])
def test_chinese_japanese_and_thai_write_no_spaces(character: str) -> None:
    assert is_unspaced(character)


@pytest.mark.parametrize("character", ["", "a", "é", "я", "ع", "א", "한", "1", "“", "$"])
def test_other_scripts_do(character: str) -> None:
    assert not is_unspaced(character)


def test_a_line_that_ends_between_such_letters_leaves_no_space() -> None:
    document = parse("周期の二乗は、\n**三乗**に\n比例する。")
    assert html.inline(document) == "周期の二乗は、<strong>三乗</strong>に比例する。"
    assert plain.text(document) == "周期の二乗は、三乗に比例する。"
    assert typst.render(document) == "周期の二乗は、#strong[三乗];に比例する。"


def test_beside_any_other_letter_it_stays_a_space() -> None:
    assert plain.text(parse("中\nword")) == "中 word"
    assert plain.text(parse("word\n中")) == "word 中"
    assert plain.text(parse("한국\n어")) == "한국 어"


def test_long_runs_of_such_letters_get_no_places_to_break() -> None:
    text = "「" + "漢字" * 30 + "」"
    assert typst.render(parse(text)) == text
    assert "#may-break;" in typst.render(parse("x" * 60))
