"""What becomes of a bank is told by question and note, as learners meet it, and as the files say it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branches import FILES, PRECISION, RETIRED, RIDGE, changed, ledger, survey
from qbank.bank.layout import LEDGER
from qbank.comparison import KINDS_OF_CHANGE, Comparison, Difference, Part, compare
from qbank.ledger import changes

PENALTY = "Which norm of the weights does ridge regression penalize?"


def released() -> dict[str, bytes]:
    return {**FILES, LEDGER: ledger()}


def compared(new: dict[str, bytes], old: dict[str, bytes] | None = None) -> Comparison:
    return compare(survey(old or FILES), survey(new))


def only(found: Comparison) -> Difference:
    (question,) = found.questions
    return question


def happened(found: Comparison) -> dict[str, list[str]]:
    return {what: [note.key for note in notes] for what, notes in found.notes.items()}


def shown(part: Part) -> str:
    return "".join(now if was == now else f"[{was}|{now}]" for was, now in part.pieces)


def texts(question: Difference) -> dict[str, str]:
    return {part.label: shown(part) for part in question.parts}


# -- notes


def test_a_bank_that_did_not_change_has_no_differences() -> None:
    assert compared(released(), released()) == Comparison((), (), (), 0, "2026.11")


def test_the_kinds_of_change_are_those_of_a_release_and_three_that_it_does_not_mention() -> None:
    assert KINDS_OF_CHANGE[: len(changes.KINDS_OF_CHANGE)] == changes.KINDS_OF_CHANGE
    assert KINDS_OF_CHANGE[len(changes.KINDS_OF_CHANGE) :] == ("moved", "relabeled", "removed")


def test_an_answer_that_changes_corrects_the_question_and_the_cards_that_show_it() -> None:
    found = compared(changed({PRECISION: ("that are positive", "that are right")}))
    assert happened(found) == {"corrected": ["precision", "precision/formula"]}
    assert texts(only(found)) == {"answer": "The share of predicted positives that are [positive|right], TP/(TP + FP)."}


def test_a_back_that_changes_corrects_its_card_alone() -> None:
    found = compared(changed({RIDGE: ("back: The squared $L_2$ norm.", "back: The $L_2$ norm, squared.")}))
    assert happened(found) == {"corrected": ["ridge-regression/penalty"]}
    assert texts(only(found)) == {"cards/penalty/back": "The [squared L_2 norm|L_2 norm, squared]."}
    assert not only(found).sheet, "no box shows a card"


def test_a_front_that_changes_rewords_its_card() -> None:
    found = compared(changed({RIDGE: (PENALTY, "Ridge regression penalizes which norm of the weights?")}))
    assert happened(found) == {"reworded": ["ridge-regression/penalty"]}


def test_a_question_that_is_new_brings_its_note_and_those_of_its_cards() -> None:
    without = {path: data for path, data in FILES.items() if path != RIDGE}
    found = compared(FILES, without)
    assert only(found).file == "new"
    assert happened(found) == {
        "new": [
            "ridge-regression",
            *(f"ridge-regression/{card}" for card in ("penalty", "solution", "code")),
        ]
    }
    assert [note.cards for note in only(found).notes] == [1, 2, 3, 3], "a note both ways and a cloze have several cards"
    assert all(not piece.was for part in only(found).parts for piece in part.pieces)


def test_a_card_that_is_asked_back_as_well_makes_a_card_more() -> None:
    card = ("back: The squared $L_2$ norm.\n    reverse: true", "back: The squared $L_2$ norm.")
    (note,) = only(compared(FILES, changed({RIDGE: card}))).notes
    assert (note.key, note.what, note.cards) == ("ridge-regression/penalty", "corrected", 1)


def test_what_is_gone_and_not_retired_is_removed() -> None:
    without = {path: data for path, data in released().items() if path != PRECISION}
    found = compared(without, released())
    assert happened(found) == {"removed": ["precision", "precision/formula"]}
    assert [question.file for question in found.questions if question.name == "precision"] == ["gone"]
    assert all(note.released for note in found.notes["removed"])
    assert "vanished-question" in {problem.rule for problem in found.problems}


def retire(name: str, more: str = "") -> bytes:
    return f"retired:\n  - name: {name}\n    reason: It was *wrong*.\n{more}".encode()


def test_a_question_that_is_retired_says_why() -> None:
    without = changed({RIDGE: ("see_also: [precision]\n", "")}, released())
    del without[PRECISION]
    without[RETIRED] = retire("precision", "    replaced_by: ridge-regression\n")
    found = compared(without, released())
    assert happened(found)["retired"] == ["precision", "precision/formula"]
    gone = next(question for question in found.questions if question.name == "precision")
    assert (gone.file, gone.path, gone.title) == ("gone", PRECISION, "Precision")
    said = [shown(part) for part in gone.parts if part.label == "retired"]
    assert said == ["[|It was wrong.]", "[|replaced by ridge-regression]"]
    assert not found.problems


def test_a_card_that_is_retired_says_why() -> None:
    cut = FILES[RIDGE].decode()
    start, end = cut.index("  - id: code"), cut.index("figure:")
    new = {**released(), RIDGE: (cut[:start] + cut[end:]).encode()}
    new[RETIRED] = retire("ridge-regression", "    card: code\n")
    found = compared(new, released())
    assert happened(found) == {"retired": ["ridge-regression/code"]}
    assert texts(only(found))["cards/code/retired"] == "[|It was wrong.]"


def test_what_was_retired_before_is_no_news() -> None:
    old = changed({RIDGE: ("see_also: [precision]\n", "")}, released())
    del old[PRECISION]
    old[RETIRED] = retire("precision")
    assert compared(old, old).questions == ()
    reason = changed({RETIRED: ("*wrong*", "false")}, old)
    assert happened(compared(reason, old)) == {"corrected": ["precision", "precision/formula"]}


def test_a_question_in_another_topic_moves_with_its_cards() -> None:
    new = changed({RIDGE: ("see_also: [precision]\n", "")})
    new["linear-models/precision.yaml"] = new.pop(PRECISION)
    found = compared(new, changed({RIDGE: ("see_also: [precision]\n", "")}))
    assert happened(found) == {"moved": ["precision", "precision/formula"]}
    assert (only(found).path, only(found).moved_from) == ("linear-models/precision.yaml", PRECISION)
    assert texts(only(found)) == {"topic": "[evaluation|linear-models]"}


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (PRECISION, "title: Precision", "title: The precision"),
        (PRECISION, "aliases: [positive", "aliases: [the positive"),
        (RIDGE, "level: core", "level: advanced"),
        (PRECISION, "kind: concept", "kind: comparison"),
        (PRECISION, "rounds: [coding, theory]", "rounds: [theory]"),
    ],
)
def test_where_a_note_is_filed_is_no_correction(path: str, old: str, new: str) -> None:
    assert set(happened(compared(changed({path: (old, new)}), released()))) == {"relabeled"}


def test_what_reaches_no_note_is_shown_all_the_same() -> None:
    found = compared(changed({PRECISION: ("assert 8 / 10 == 0.8", "assert 0.8 == 8 / 10")}))
    assert (happened(found), only(found).sheet) == ({}, False)
    (part,) = only(found).parts
    assert (part.label, part.program) == ("checks", True)


def test_a_note_that_was_released_is_one_that_learners_have() -> None:
    new = ("  - id: solution", "  - id: another\n    front: What is shrunk?\n    back: The weights.\n  - id: solution")
    edits = {RIDGE: new, PRECISION: ("that are positive", "that are right")}
    assert {n.key: n.released for q in compared(changed(edits, released()), released()).questions for n in q.notes} == {
        "precision": True,
        "precision/formula": True,
        "ridge-regression/another": False,
    }
    assert not any(n.released for q in compared(changed(edits)).questions for n in q.notes), "before the first release"


def test_without_a_bank_before_everything_is_new() -> None:
    found = compare(None, survey(released()))
    assert {question.file for question in found.questions} == {"new"}
    assert set(happened(found)) == {"new"}
    assert found.files == tuple(sorted(set(released()) - {RIDGE, PRECISION}))


def test_questions_come_in_study_order() -> None:
    assert [question.name for question in compare(None, survey(FILES)).questions] == ["precision", "ridge-regression"]


# -- texts


@pytest.mark.parametrize(
    ("old", "new", "label", "expected"),
    [
        (r"\tfrac{TP}{TP+FP}", r"\tfrac{TP}{TP-FP}", "answer", "TP/(TP [+|-] FP)."),
        (r"\tfrac{TP}{TP+FP}", r"\frac{TP}{TP+FP}", "answer", r"$\[tfrac|frac]{TP}{TP+FP}$."),
        ("work: esl, where: chapter 9", "work: adam, where: page 1", "references", ", page 1"),
        ("work: esl, where: chapter 9", "work: esl, where: chapter 8", "references", "chapter [9|8]"),
        ("where: chapter 9}", "where: chapter 9}\n  - {work: adam}", "references", "[|Adam: A Method for"),
        ("rounds: [coding, theory]", "rounds: [theory]", "rounds", "[coding, |]theory"),
        ("essential: true\nrounds", "rounds", "essential", "[true|]"),
        ("precision = tp", "recall = tp", "explanation", "[precision|recall] = tp"),
    ],
)
def test_a_text_is_shown_as_it_is_read_as_far_as_that_shows_what_changed(
    old: str, new: str, label: str, expected: str
) -> None:
    assert expected in texts(only(compared(changed({PRECISION: (old, new)}))))[label]


def test_a_cloze_text_is_shown_with_its_deletions() -> None:
    edit = (r"{{c2::X^\top y}}", r"{{c2::X^\top}} y")
    assert "{{c2::X^" in texts(only(compared(changed({RIDGE: edit}))))["cards/solution/cloze"]


def test_lines_that_are_only_broken_elsewhere_change_no_text_but_the_notes_as_a_release_has_them() -> None:
    edit = (
        "toward zero, which trades a little bias\n  for less",
        "toward zero, which\n  trades a little bias for less",
    )
    found = compared(changed({RIDGE: edit}))
    assert (only(found).parts, set(happened(found))) == ((), {"corrected"})


def test_what_a_list_gains_leaves_its_other_texts_alone() -> None:
    found = compared(changed({RIDGE: ("pitfalls:\n", "pitfalls:\n  - Trees need no penalty.\n")}))
    assert texts(only(found)) == {"pitfalls": "[|Trees need no penalty.]"}


def test_a_card_that_stands_elsewhere_in_its_file_is_the_same_card() -> None:
    text = FILES[RIDGE].decode()
    start, middle, end = (text.index(each) for each in ("  - id: penalty", "  - id: solution", "  - id: code"))
    new = text[:start] + text[middle:end] + text[start:middle] + text[end:]
    assert compared({**FILES, RIDGE: new.encode()}).questions == ()


def test_a_figure_that_is_drawn_anew_corrects_its_question() -> None:
    figure = "figures/line.svg"
    drawn = FILES[figure].replace(b"</svg>", b'<rect width="1" height="1"/></svg>')
    found = compared({**FILES, figure: drawn})
    assert happened(found) == {"corrected": ["ridge-regression"]}
    assert set(texts(only(found))) == {"figure/file"}
    assert only(found).sheet
    assert found.files == (figure,)


def test_a_work_that_is_corrected_corrects_what_cites_it() -> None:
    found = compared(changed({"references.yaml": ("year: 2009", "year: 2017")}))
    assert {question.name for question in found.questions} == {"precision", "ridge-regression"}
    assert "[2009|2017]" in texts(found.questions[0])["references"]
    assert found.files == ("references.yaml",)


def test_the_box_on_the_sheet_changes_with_what_stands_in_it() -> None:
    def sheet(old: str, new: str) -> bool:
        return only(compared(changed({RIDGE: (old, new)}))).sheet

    assert sheet("Never penalize the intercept", "Leave the intercept alone")
    assert not sheet("which trades a little bias", "which trades some bias"), "`sheet` stands for the answer"


# -- problems, and files that cannot be read


def test_problems_that_were_there_before_are_no_news_wherever_they_stand() -> None:
    old = changed({RIDGE: ("see_also: [precision]", "see_also: [nothing]")})
    new = changed({RIDGE: ("title: Ridge regression\n", "# a line more\ntitle: Ridge regression\n")}, old)
    assert (compared(new, old).problems, compared(new, old).mended) == ((), 0)
    assert [problem.rule for problem in compared(old).problems] == ["unknown-question"]
    assert compared(FILES, old).mended == 1


def test_a_question_with_problems_is_compared_by_its_texts() -> None:
    found = compared(changed({PRECISION: ("that are positive", "that are <b>right</b>")}))
    question = only(found)
    assert (question.compared, question.notes, question.sheet) == (False, (), False)
    assert "right" in texts(question)["answer"]
    assert {problem.rule for problem in found.problems} == {"raw-html"}


@pytest.mark.parametrize("data", [b"", b"\xff", b"title: [", b"- a\n", b"{}\n", b"title: A\ntitle: B\n"])
def test_a_file_that_cannot_be_read_stops_nothing(data: bytes) -> None:
    for old, new in ((FILES, {**FILES, PRECISION: data}), ({**FILES, PRECISION: data}, FILES)):
        found = compared(new, old)
        assert [(each.name, each.compared) for each in found.questions] == [("precision", False)]
    assert compared({**FILES, PRECISION: data}, {**FILES, PRECISION: data}).questions == ()


@pytest.mark.parametrize("path", ["bank.yaml", "references.yaml", RETIRED, "origins.yaml", LEDGER, "figures/line.svg"])
@pytest.mark.parametrize("data", [b"", b"\xff", b"a: [", b"- a\n", b"retired: [{name: precision, reason: $}]\n"])
def test_a_file_of_all_questions_that_cannot_be_read_stops_nothing(path: str, data: bytes) -> None:
    broken = {**released(), path: data}
    assert path in compared(broken, released()).files
    assert path in compared(released(), broken).files


def test_a_name_that_two_files_bear_stops_nothing() -> None:
    twice = {**FILES, "linear-models/precision.yaml": FILES[PRECISION]}
    assert compared(twice).problems
    assert compared(FILES, twice).mended


Edit = Callable[[bytes], bytes]


@given(
    st.lists(
        st.tuples(
            st.sampled_from([RIDGE, PRECISION, "bank.yaml", "references.yaml", RETIRED, LEDGER]),
            st.floats(0, 1),
            st.integers(0, 40),
            st.sampled_from([b"", b"x", b"$", b"{{c1::", b"\n", b"- ", b": ", b"<b>", b"]", b"'", b"\\frac", b"`"]),
        ),
        min_size=1,
        max_size=3,
    )
)
@settings(max_examples=60, deadline=None)
def test_whatever_is_edited_is_told_without_a_fault(edits: list[tuple[str, float, int, bytes]]) -> None:
    """And the way back tells the same from the other end: what came goes, what went comes."""
    files = released()
    for path, place, length, put in edits:
        data = files[path]
        at = int(place * len(data))
        files[path] = data[:at] + put + data[at + length :]
    there, back = compared(files, released()), compared(released(), files)
    assert there.files == back.files
    assert {each.name for each in there.questions} == {each.name for each in back.questions}
    ways = ((there, back), (back, there))
    for one, other in ways:
        told = {(q.name, p.label, "".join(each.was for each in p.pieces)) for q in one.questions for p in q.parts}
        again = {(q.name, p.label, "".join(each.now for each in p.pieces)) for q in other.questions for p in q.parts}
        assert told == again
