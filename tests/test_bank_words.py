"""A bank says the words of the product in its own language, with the same gaps for values."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from conftest import REPOSITORY
from qbank.bank.shape import slots
from qbank.bank.words import Words, filled, gaps
from qbank.render.jinja import environment


def test_values_stand_in_their_gaps() -> None:
    assert filled("{count} of {total}", str, {"count": 2, "total": 3}) == "2 of 3"
    assert gaps("{count} of {total}") == {"count", "total"}


@given(st.text(), st.dictionaries(st.sampled_from(["a", "b"]), st.text()))
def test_any_text_can_be_filled(text: str, values: dict[str, str]) -> None:
    assert filled(text, str, {}) == text
    assert filled(text, lambda part: "", values).count("{a}") <= text.count("{a}")


def test_what_stands_around_the_gaps_is_text_in_every_dialect() -> None:
    word = "<b>*{count}* #x {0.__class__} {% x %}"
    shown = {
        dialect: environment(dialect).from_string("{{ word|fill(count='1') }}").render(word=word, flavor="github")
        for dialect in ("html", "typst", "markdown")
    }
    assert shown["html"] == "&lt;b&gt;*1* #x {0.__class__} {% x %}"
    assert shown["typst"].startswith(r"\<b\>\*1\* \#x \{0\.")
    assert shown["markdown"].startswith(r"\<b\>\*1\* \#x")


def test_every_word_is_said_somewhere_and_every_word_that_is_said_is_known() -> None:
    templates = "".join(path.read_text(encoding="utf-8") for path in (REPOSITORY / "templates").rglob("*.j2"))
    programs = (REPOSITORY / "generator" / "qbank" / "outputs" / "mock.py").read_text(encoding="utf-8")
    said = set(re.findall(r"\bwords\.(\w+)", templates + programs))
    assert said == set(slots(Words))


def test_the_values_of_a_word_are_those_that_its_templates_give() -> None:
    templates = "".join(path.read_text(encoding="utf-8") for path in (REPOSITORY / "templates").rglob("*.j2"))
    given = re.findall(r"words\.(\w+)\s*\|\s*fill\(\s*(\w+)=", templates)
    assert len(given) > 15
    for name, value in given:
        assert value in gaps(slots(Words)[name].default), name
