"""Of a mistyped word what may have been meant is named."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from qbank.cli import main
from qbank.cli.near import OneOf, near, unknown

TOPICS = ["linear-models", "kernels-and-neighbors", "neural-networks", "time-series-and-causality"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("linear-model", ["linear-models"]),
        ("lineer", ["linear-models"]),
        ("LINEAR", ["linear-models"]),
        ("causality", ["time-series-and-causality"]),
        ("neural", ["neural-networks"]),
        ("neurol-network", ["neural-networks"]),
        ("nowhere", []),
        ("", []),
        ("x" * 10_000, []),
    ],
)
def test_the_nearest_words_are_found_by_the_whole_by_a_part_or_by_the_beginning(word: str, meant: list[str]) -> None:
    assert near(word, TOPICS) == meant


def test_at_most_three_words_are_named_the_nearest_first() -> None:
    assert near("aaa", ["aaab", "aaac", "aaad", "aaaa"]) == ["aaab", "aaac", "aaad"]
    assert near("model", []) == []


def test_where_nothing_is_near_all_words_are_listed_or_what_to_do_is_said() -> None:
    assert unknown("role", "zzz", ["a", "b"]) == "there is no role 'zzz'; the roles are a, b"
    assert unknown("role", "zzz", [str(n) for n in range(99)], "look them up") == "there is no role 'zzz'; look them up"
    assert unknown("role", "zzz", []) == "there is no role 'zzz'"
    assert unknown("role", "ab", ["abc", "abd"]) == "there is no role 'ab'; did you mean 'abc' or 'abd'?"


def test_an_option_takes_one_of_a_few_values() -> None:
    assert OneOf("output", ["data", "anki"]).convert("data", None, None) == "data"
    with pytest.raises(click.BadParameter, match="did you mean 'data'"):
        OneOf("output", ["data", "anki"]).convert("dta", None, None)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("chek", "there is no command 'chek'; did you mean 'check'?"),
        ("run", "there is no command 'run' any more; use: qbank check --run"),
        ("check --fromat json", "--format"),
        ("check --format jsn", "there is no format 'jsn'; did you mean 'json'?"),
        ("check precison", "there is no question 'precison'; did you mean 'precision'?"),
        ("check zzzz", "there is no question 'zzzz'"),
        ("check bank/evaluation/precison.yaml", "there is no file"),
        ("check --run rige-regression", "did you mean 'ridge-regression'?"),
        ("build --only anky", "there is no output 'anky'; did you mean 'anki'?"),
        ("new linear-model/lasso", "there is no topic 'linear-model'; did you mean 'linear-models'?"),
        ("new linear-models/Lasso_Path", "words joined by hyphens: linear-models/lasso-path"),
        ("new lasso", "words joined by hyphens: linear-models/ridge-regression"),
        ("build --topic evaluations", "there is no topic 'evaluations'; did you mean 'evaluation'?"),
        ("build --topic lineer", "did you mean 'linear-models'?"),
        ("mock --topic lineer", "did you mean 'linear-models'?"),
        ("mock --role analist", "there is no role 'analist'; did you mean 'analyst'?"),
        ("mock --round theorie", "there is no round 'theorie'; did you mean 'theory'?"),
        ("practice precison", "did you mean 'precision'?"),
        ("rules latx", "there is no rule 'latx'; did you mean 'latex'?"),
        ("rules zzzzz", "`qbank rules` lists them"),
        ("works hastei", "no work has 'hastei'; did you mean 'hastie'?"),
    ],
)
def test_every_mistyped_word_of_a_command_is_wrong_usage_that_says_what_may_be_meant(
    words: str, said: str, minibank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(minibank.parent)
    made = CliRunner().invoke(main, words.split())
    assert made.exit_code == 2
    assert said in made.output
