"""All mathematics of all cards, set by Anki's own MathJax."""

from __future__ import annotations

from pathlib import Path

import pytest

from collection import body, collection, import_package
from reviewer import formulas, reviewer


def test_every_formula_of_every_card_is_typeset(built: Path, tmp_path: Path) -> None:
    found: set[str] = set()
    with collection(tmp_path) as col:
        import_package(col, built / "anki" / "ml-interview.apkg")
        for cid in col.find_cards("deck:*"):
            output = col.get_card(cid).render_output()
            found.update(formulas(body(output.question_text)), formulas(body(output.answer_text)))
    assert len(found) > 200
    with reviewer() as cards:
        assert cards.typeset(sorted(found)) == {}


def test_a_whole_card_leaves_no_formula_unset(built: Path, tmp_path: Path) -> None:
    with collection(tmp_path) as col, reviewer(Path(col.media.dir())) as cards:
        import_package(col, built / "anki" / "ml-interview.apkg")
        ids = col.find_cards("deck:*")
        for cid in ids[:: max(1, len(ids) // 25)]:
            cards.show(col.get_card(cid).render_output().answer_and_style())
            assert cards.faults() == []


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        (r"\(\notacommand{x}\)", "Undefined control sequence"),
        (r"\(\frac{a\)", "not typeset"),
        (r"\(x^2^3\)", "Double exponent"),
        ("$x$", "not typeset"),
    ],
)
def test_a_broken_formula_would_be_found(formula: str, said: str) -> None:
    with reviewer() as cards:
        assert said in str(cards.typeset([formula]))
