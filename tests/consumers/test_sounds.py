"""Nothing that a bank says makes the real Anki play a sound or speak, wherever it stands."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from test_marker import FIELDS, PRECISION, RIDGE, marked

from collection import collection, import_package
from conftest import MINIBANK, build, problems
from qbank.bank.layout import SETTINGS, WORKS
from qbank.problem import errors

SOUNDS = ("[sound:t.mp3]", "[anki:tts lang=en_US]x[/anki:tts]", "[anki:play:q:0]")
#: How a sound may be dressed so that the rules for texts let it pass.
DRESSES = {
    "as it is": "{} so",
    "escaped": r"\{} so",
    "code": "so `{}`",
    "fence": "so\n\n```text\n{}\n```",
    "formula": r"so $\text{{{}}}$",
    "display": "so\n\n$$\\text{{{}}}$$",
    "entity": "&#91;{} so",
    "emphasis": "*so* **{}**",
    "split": "[s**o**und:t.mp3] {}",
}


def _same(said: str, _: Any) -> str:
    return said


@pytest.mark.parametrize("dress", DRESSES)
def test_no_card_plays_or_speaks(dress: str, tmp_path: Path) -> None:
    bank = Path(shutil.copytree(MINIBANK, tmp_path / "bank"))
    taken = set()
    for path in (SETTINGS, WORKS, PRECISION, RIDGE):
        for sound in SOUNDS:
            left = [pointer for where, pointer in FIELDS if where == path and (path, pointer) not in taken]
            said = DRESSES[dress].format(sound)
            taken |= {(path, pointer) for pointer in marked(bank, path, left, partial(_same, said))}
    assert errors(each.problem for each in problems(bank)) == []
    # Some field takes each dress, or this would look at nothing.
    assert len(taken) > 10, taken
    build(bank, tmp_path / "out", "anki")
    with collection(tmp_path) as col:
        import_package(col, tmp_path / "out" / "anki" / "mini.apkg")
        cards = [col.get_card(each) for each in col.find_cards("")]
        assert cards
        for card in cards:
            assert card.question_av_tags() == [], card.render_output().question_text
            assert card.answer_av_tags() == [], card.render_output().answer_text
