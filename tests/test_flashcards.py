"""Flashcards to cut: which cards they are, what their sides say, and what is said of those that are too long."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import BANK, MINIBANK, TIME, add, surveyed
from qbank.cli import main
from qbank.outputs import flashcards, jobs
from qbank.outputs.job import FLIPS, Edition, Flip, Made
from qbank.problem import ContentError, Problem
from qbank.render.print import Side

EDITION = Edition("2026.11", TIME)
TOPICS = [str(topic.name) for topic, _ in surveyed(BANK).bank.topics()]
LONG = "\n".join(f"- number {n}" for n in range(30))


def keys(root: Path, flip: Flip = "long") -> dict[str, str]:
    return {job.path: job.key for job in flashcards.jobs(surveyed(root), EDITION, flip=flip)}


def sides(root: Path, name: str) -> tuple[Side, ...]:
    survey = surveyed(root)
    return survey.printed(next(each for each in survey.bank.questions if each.name == name)).cards


def made(root: Path, out: Path, topic: str = "linear-models", flip: Flip = "long") -> Made:
    """The cards of a topic on A4, written to a path."""
    job, _ = flashcards.jobs(surveyed(root), EDITION, topic, flip)
    told = job.prepare()(out)
    assert told is not None
    return told


def refused(root: Path, out: Path) -> list[Problem]:
    with pytest.raises(ContentError) as caught:
        made(root, out)
    assert not out.exists()
    return caught.value.problems


# -- what is built


def test_every_topic_has_cards_on_both_papers() -> None:
    assert list(keys(MINIBANK)) == [
        f"flashcards/{topic}-{paper}.pdf" for topic in ("evaluation", "linear-models") for paper in ("a4", "letter")
    ]


def test_a_topic_alone_can_be_asked_for() -> None:
    paths = [job.path for job in jobs("flashcards", surveyed(MINIBANK), EDITION, "evaluation")]
    assert paths == ["flashcards/evaluation-a4.pdf", "flashcards/evaluation-letter.pdf"]


def test_a_bank_that_is_not_for_paper_has_none_and_neither_has_one_without_typst(
    minibank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = minibank / "bank.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "paper: false\n", encoding="utf-8")
    assert keys(minibank) == {}
    monkeypatch.setattr("qbank.outputs.flashcards.find_spec", lambda name: None)
    assert keys(MINIBANK) == {}


def test_a_change_of_a_question_makes_the_cards_of_its_topic_anew_and_no_others(minibank: Path) -> None:
    before = keys(minibank)
    add(minibank, "more", topic="evaluation")
    changed = {path for path, key in keys(minibank).items() if before[path] != key}
    assert changed == {"flashcards/evaluation-a4.pdf", "flashcards/evaluation-letter.pdf"}


def test_the_edge_over_which_the_paper_is_turned_is_part_of_the_key() -> None:
    long, short = (keys(MINIBANK, flip) for flip in FLIPS)
    assert long.keys() == short.keys()
    assert not set(long.values()) & set(short.values())


# -- what cards say


@pytest.mark.parametrize("root", [MINIBANK, BANK])
def test_cards_bear_the_ids_that_anki_shows_and_are_as_many_as_anki_makes(root: Path) -> None:
    survey = surveyed(root)
    for question in survey.bank.questions[:60]:
        notes = survey.rendered(question).notes
        shown = Counter({note.named["ID"]: len(note.cards) for note in notes})
        assert Counter(side.id for side in survey.printed(question).cards) == shown


def test_a_question_card_asks_the_question_and_a_reversed_card_is_there_both_ways() -> None:
    question, penalty, reverse, *_ = sides(MINIBANK, "ridge-regression")
    assert question.front.startswith("What does #strong[ridge regression]")
    assert (reverse.front, reverse.back) == (penalty.back, penalty.front)
    assert (reverse.asked, reverse.answered) == ("/cards/0/back", "/cards/0/front")


def test_the_back_of_a_cloze_card_says_what_was_deleted_and_the_text_around_it_without_marks() -> None:
    second, last = (sides(MINIBANK, "ridge-regression")[number] for number in (4, 7))
    assert second.back == r'#eqi("X^\\top y", $X^(⊤)y$);'
    assert "c2" not in second.context and r"X^\\top y" in second.context
    assert r"[\.\.\.]" not in second.context
    assert last.front.endswith(r"stay #strong[whole];\.")
    assert '#raw("std::vector");' in last.context, "a pair of colons in code is no hint"


def test_cards_follow_the_order_of_study(minibank: Path) -> None:
    add(minibank, "a-later", needs=["ridge-regression"], level="core")
    survey = surveyed(minibank)
    (topic, questions) = list(survey.bank.topics())[1]
    source = flashcards.source(survey, EDITION, topic, questions, "a4")
    assert source.index("id: [ridge") < source.index(r"id: [a\-later]")


# -- what is too long


def test_a_side_that_has_no_room_at_eight_points_is_a_problem_at_its_place(minibank: Path, tmp_path: Path) -> None:
    add(
        minibank,
        "long",
        cards=[{"id": "fine", "front": "Yes?", "back": "Yes."}, {"id": "much", "front": "A?", "back": LONG}],
    )
    (problem,) = refused(minibank, tmp_path / "x.pdf")
    assert (problem.rule, problem.severity) == ("card-size", "error")
    assert problem.place[:2] == ("linear-models/long.yaml", "/cards/1/back")
    assert problem.message == "the back of the flashcard 'long/much' has no room on it at 8 points"


def test_a_formula_that_would_get_too_small_is_a_problem_of_its_side(minibank: Path, tmp_path: Path) -> None:
    wide = "$$\\sqrt{" + "+".join(f"x_{{{n}}}y_{{{n}}}" for n in range(24)) + "}$$"
    add(minibank, "wide", question=f"What is\n\n{wide}")
    (problem,) = refused(minibank, tmp_path / "x.pdf")
    assert problem.place[:2] == ("linear-models/wide.yaml", "/question")
    assert problem.message.startswith("a formula or a table of the front of the flashcard 'wide' is too wide")


def test_a_bank_may_have_what_is_too_long_printed_smaller(minibank: Path, tmp_path: Path) -> None:
    add(minibank, "long", answer=LONG)
    settings = minibank / "bank.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "rules: {card-size: warning}\n", encoding="utf-8")
    told = made(minibank, tmp_path / "x.pdf")
    assert [problem.place.path for problem in told.problems] == ["linear-models/long.yaml"]
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("topic", TOPICS)
def test_every_card_of_the_bank_has_room(topic: str, tmp_path: Path) -> None:
    assert made(BANK, tmp_path / "x.pdf", topic).problems == ()


# -- the command


def test_the_command_makes_them_for_either_edge(tmp_path: Path) -> None:
    out = {}
    for flip in FLIPS:
        words = ["build", "--bank", str(MINIBANK), "--only", "flashcards", "--topic", "evaluation", "--flip", flip]
        result = CliRunner().invoke(main, [*words, "--out", str(tmp_path / flip)])
        assert result.exit_code == 0, result.output
        out[flip] = (tmp_path / flip / "flashcards" / "evaluation-a4.pdf").read_bytes()
    assert out["long"] != out["short"]


def test_the_edge_belongs_to_flashcards() -> None:
    result = CliRunner().invoke(main, ["build", "--bank", str(MINIBANK), "--flip", "short"])
    assert result.exit_code == 2
    assert "add --only flashcards" in result.output
