"""The fonts of a bank: which files are fonts, and which characters they print."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph
from hypothesis import given
from hypothesis import strategies as st

from conftest import problems
from qbank import program
from qbank.bank.layout import MAX_FONT_BYTES
from qbank.bank.model import Word
from qbank.check.fonts import Face, face, named, printable, restored
from qbank.markup.printable import SHIPPED, Glyphs, glyphs, unprintable


def font(characters: str, family: str = "Test") -> bytes:
    """A font that has these characters, all of them blank."""
    names = {ord(each): f"u{ord(each):x}" for each in characters}
    order = [".notdef", *dict.fromkeys(names.values())]
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder(order)
    made.setupCharacterMap(names)
    made.setupGlyf({name: Glyph() for name in order})
    made.setupHorizontalMetrics(dict.fromkeys(order, (500, 0)))
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({"familyName": family, "styleName": "Regular", "psName": f"{family}-Regular"})
    made.setupOS2(sTypoAscender=800)
    made.setupPost()
    out = BytesIO()
    made.save(out)
    return out.getvalue()


@given(st.sets(st.integers(min_value=1, max_value=0xDFFF), max_size=60))
def test_a_set_of_characters_has_its_members_and_no_others(codes: set[int]) -> None:
    known = glyphs(codes)
    assert list(known.codes) == sorted(codes)
    assert all(known.has(code) for code in codes)
    assert not any(known.has(code + 1) for code in codes if code + 1 not in codes)


def test_characters_for_private_use_are_never_printed() -> None:
    assert glyphs([0xE000, 0xF8FF, 0xF0000]) == Glyphs((), ())


def test_a_font_says_its_family_and_its_characters() -> None:
    found = face(font("残差", "Gothic"))
    assert found == Face("Gothic", glyphs(map(ord, "残差")))
    assert restored(["Gothic", [[1], [2]]]) == Face("Gothic", Glyphs((1,), (2,)))


@pytest.mark.parametrize(
    "data", [b"", b"\0\1\0\0", b"wOF2 a font for the web", b"ttcf a collection", b"OTTO" + b"\xff" * 99]
)
def test_what_is_no_font_is_none(data: bytes) -> None:
    assert face(data) is None


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    face(b"\0\1\0\0" + data)
    assert face(font("残")[: len(data)]) is None


def test_a_font_that_is_too_large_is_none() -> None:
    assert face(font("残") + bytes(MAX_FONT_BYTES)) is None


def test_sheets_print_what_their_own_fonts_have_and_what_those_of_the_bank_have() -> None:
    known = printable([Face("Gothic", glyphs(map(ord, "残差")))])
    assert list(unprintable("é残差中", known)) == [3]
    assert list(unprintable("é残差中")) == [1, 2, 3]
    assert printable([]) == SHIPPED


def test_of_a_family_only_what_all_its_faces_have_can_be_printed() -> None:
    regular, bold = Face("Gothic", glyphs(map(ord, "残差"))), Face("Gothic", glyphs(map(ord, "残")))
    assert list(unprintable("残差", printable([regular, bold]))) == [1]
    assert list(unprintable("残差", printable([regular, bold, Face("Mincho", regular.glyphs)]))) == []


@pytest.mark.parametrize("name", ["../a.ttf", "fonts/a.ttf", "a.ttc", "a.woff2", "a", "b.ttf", ""])
def test_a_font_is_named_by_a_file_of_the_folder(name: str) -> None:
    found, said = named([Word(name)], ["fonts/a.ttf", "fonts/a.ttc", "a/fonts/b.ttf"])
    assert (found, len(said)) == ([], 1)
    assert named([Word("a.ttf")], ["fonts/a.ttf"]) == (["a.ttf"], [])


# -- in a bank


def japanese(bank: Path, *lines: str) -> None:
    """Put two Japanese letters into a question of a bank, and lines into its bank.yaml."""
    file = bank / "evaluation" / "precision.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("title: Precision", "title: 残差"), encoding="utf-8")
    settings = bank / "bank.yaml"
    settings.write_text("\n".join([*lines, settings.read_text(encoding="utf-8")]), encoding="utf-8")


def rules(bank: Path) -> list[str]:
    return [each.problem.rule for each in problems(bank)]


def test_a_character_that_no_font_has_is_refused(minibank: Path) -> None:
    japanese(minibank)
    assert rules(minibank) == ["unprintable-character"]


def test_a_font_of_the_bank_makes_its_characters_printable(minibank: Path) -> None:
    japanese(minibank, "fonts: [Gothic.ttf]")
    (minibank / "fonts").mkdir()
    (minibank / "fonts" / "Gothic.ttf").write_bytes(font("残差"))
    assert rules(minibank) == []
    (minibank / "fonts" / "Gothic.ttf").write_bytes(font("残"))
    assert rules(minibank) == ["unprintable-character"], "a question is looked at anew when a font changes"


def test_without_paper_any_character_may_stand(minibank: Path) -> None:
    japanese(minibank, "paper: false")
    assert rules(minibank) == []


def test_so_it_may_where_no_paper_can_be_made(minibank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    japanese(minibank)
    monkeypatch.setattr(program, "makes_paper", lambda: False)
    assert rules(minibank) == []
