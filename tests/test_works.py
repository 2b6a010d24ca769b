"""A reference's key is found by what one remembers of the work."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from qbank.cli import main

WORKS = """
esl:
  title: The Elements of Statistical Learning
  authors: Trevor Hastie, Robert Tibshirani and Jerome Friedman
  year: 2009
  doi: 10.1007/978-0-387-84858-7
holder-2010:
  title: "Stochastic \\u2260 random: a note"
  authors: Élodie Hölder
  year: 2010
  url: https://example.org/note
"""
ESL = "esl  Trevor Hastie, Robert Tibshirani and Jerome Friedman (2009): The Elements of Statistical Learning"
NOTE = "holder-2010  Élodie Hölder (2010): Stochastic ≠ random: a note"


@pytest.fixture(autouse=True)
def here(minibank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test runs beside a bank with two works."""
    monkeypatch.chdir(minibank.parent)
    (minibank / "references.yaml").write_text(WORKS, encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["esl"], [ESL]),
        (["HASTIE"], [ESL]),
        (["tibs", "2009"], [ESL]),
        (["statistical", "learning"], [ESL]),
        (["Statistical Learning"], [ESL]),
        (["holder"], [NOTE]),
        (["Hölder"], [NOTE]),
        (["elodie", "2010"], [NOTE]),
        (["holder-2010"], [NOTE]),
        (["elements tibshirani"], [ESL]),
        (["10.1007/978-0-387-84858-7"], [ESL]),
        (["https://example.org/note"], [NOTE]),
        (["20"], ["esl          " + ESL[5:], NOTE]),
        ([], ["esl          " + ESL[5:], NOTE]),
    ],
)
def test_every_word_is_the_beginning_of_one_of_the_work(words: list[str], found: list[str]) -> None:
    made = CliRunner().invoke(main, ["works", *words])
    assert (made.exit_code, made.output.splitlines()) == (0, found)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["hastei"], "no work has 'hastei'; did you mean 'hastie'?"),
        (["esl", "frideman"], "no work has 'esl' and 'frideman'; did you mean 'friedman'?"),
        (["hast", "2010"], "no work has 'hast' and '2010'; add it to references.yaml"),
        (["zzzzz"], "no work has 'zzzzz'; add it to references.yaml"),
        (["astie"], "did you mean 'hastie'?"),
    ],
)
def test_of_a_word_that_no_work_has_the_near_ones_are_named(words: list[str], said: str) -> None:
    made = CliRunner().invoke(main, ["works", *words])
    assert made.exit_code == 2
    assert said in made.output
