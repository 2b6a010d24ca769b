"""What the rules let pass, and what one cause brings: the counterpart of the broken examples."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from conftest import HERE, MINIBANK, REPOSITORY, problems, questions, surveyed
from qbank.bank import load
from qbank.check import RULES as CHECKED
from qbank.check import facts
from qbank.outputs.flashcards import RULES as CUT
from qbank.outputs.paper import RULES as PRINTED
from qbank.outputs.typesetting import RULES as COMPOSED
from qbank.tree import Folder

RULES = [*CHECKED, *PRINTED, *COMPOSED, *CUT]

QUESTION = """\
title: Residual
question: What is a residual?
kind: concept
level: core
answer: |
  {answer}
explanation: The observed minus the predicted value.
{more}
references:
  - {{work: esl, where: section 3.2}}
"""


def found(bank: Path, answer: str = "A difference.", more: str = "") -> list[str]:
    text = QUESTION.format(answer=answer.replace("\n", "\n  "), more=more)
    (bank / "linear-models" / "residual.yaml").write_text(text, encoding="utf-8")
    return rules(bank)


def rules(bank: Path) -> list[str]:
    return [found.problem.rule for found in problems(bank)]


@pytest.mark.parametrize(
    "answer",
    [
        r"It costs \$5, or \$6, and $x$ is $y_{i}$.",
        "| norm | formula |\n|---|---|\n| $L_1$ | $\\lVert x \\rVert_1$ |\n| given | $x \\mid y$ |",
        "| code | value |\n|---|---|\n| `a` | b \\| c |",
        "A range \\[0, 1\\] and an index a\\[0\\].",
        "```python\nx = {'a': {'b': 1}}\n```",
        "> A quote of two\n> lines.\n\n1. one\n2. two\n   - nested",
        "Mail [us](mailto:us@example.org) or read <https://example.org/x>.",
        "$$\\begin{aligned} a &= b \\\\ c &< d \\end{aligned}$$",
        "### Part one\n\nText.",
        "Café, naïve, “quoted” – and π ≈ 3.14.",
        "Use `{{ x }}` in Jinja, and {braces} in text.",
        "- a\n- b\n\n---\n\nEnd.",
    ],
)
def test_good_markdown_passes(answer: str, minibank: Path) -> None:
    assert found(minibank, answer) == []


@pytest.mark.parametrize(
    "card",
    [
        "front: Of 10 cases 8 are negative and found. What are the 8 called?\n    back: True negatives.",
        "front: What is $1 + 1$?\n    back: '2, exactly'",
        "cloze: '{{c1::$x^{2^{k}}$}} and {{c2::`d[\"a\"]`::code}}'",
        "cloze: 'A {{c1::first}} and a {{c1::second}} of the same number.'",
        "cloze: '$a = {{c1::b^{2}}}$ and `f({{c2::x}})`'",
        "front: Which sign has an underestimate's residual?\n    back: Plus.\n    reverse: true",
        "front: What is the code of Norway?\n    back: NO",
        "front: What does bool(0) give in Python?\n    back: 'False'",
        "front: What do more data do to the bias?\n    back: 'No: it stays'",
        "front: Where, and when?\n    back: Paris, Texas, in 1984",
        "front: When did they land?\n    back: On July 20, 1969, at night",
        "front: What holds?\n    back: 'Convex, so no local minima, but flat'",
        "front: What is drawn?\n    back: $a, b, c$ of `x, y, z`",
        "front: Will Rogers phenomenon means what?\n    back: A shift.",
        "front: CAN bus stands for what?\n    back: Controller area network.",
        "front: CAN is used in which vehicles?\n    back: Cars.",
        "front: List comprehension in Python starts with which bracket?\n    back: A square one.",
        "front: Compare-and-swap is which kind of operation?\n    back: Atomic.",
        "front: What, if the data are few, does the bias do?\n    back: It falls.",
        "front: Of 10 cases, has each a price. What is it called?\n    back: Cost.",
    ],
)
def test_good_cards_pass(card: str, minibank: Path) -> None:
    assert found(minibank, more=f"cards:\n  - id: one\n    {card}") == []


@pytest.mark.parametrize(
    ("card", "rule"),
    [
        ("cloze: 'A {{c1:gap}}.'", "cloze"),
        ("cloze: 'A {{1::gap}}.'", "cloze"),
        ("cloze: 'A {{c0::gap}}.'", "cloze"),
        ("cloze: 'A {{c1::}}.'", "cloze"),
        ("cloze: 'A {{c2::gap}}.'", "cloze"),
        ("cloze: '$x = {{c1::a$'", "cloze"),
        ("front: Can you say it?\n    back: The sum.", "card-front"),
        ("front: List the signs.\n    back: Plus.", "card-front"),
        ("front: What then?\n    back: |\n      - a\n      - b", "card-back"),
        ("front: What then?\n    back: No.", "card-back"),
        ("front: How often do they?\n    back: 'Yes, always'", "card-back"),
        ("front: So it converges?\n    back: 'No: it swings'", "card-back"),
        ("front: The claim holds?\n    back: 'True'", "card-back"),
        ("front: What is it made of?\n    back: bias, variance, noise", "card-back"),
        ("front: What is it made of?\n    back: bias; variance; and noise", "card-back"),
        ("front: In which years?\n    back: 1984, 1986, 1990", "card-back"),
        ("front: When $n$ grows, does the bias fall?\n    back: It does.", "card-front"),
        ("front: In Python, is a tuple mutable?\n    back: It is not.", "card-front"),
        ("front: Will Adam converge?\n    back: It does.", "card-front"),
        ("front: Does it matter which optimizer is used?\n    back: It does.", "card-front"),
        ("front: True or false, bagging lowers the bias?\n    back: It does not.", "card-front"),
        ("front: Explain which steps it has.\n    back: Two.", "card-front"),
    ],
)
def test_a_faulty_card_is_one_problem(card: str, rule: str, minibank: Path) -> None:
    assert found(minibank, more=f"cards:\n  - id: one\n    {card}") == [rule]


RIDGE = r"$$\hat w = (X^\top X + \lambda I)^{-1} X^\top y$$"


def test_a_formula_counts_where_it_is_printed(minibank: Path) -> None:
    assert found(minibank, RIDGE) == ["repeated-formula"]
    assert found(minibank, RIDGE, "sheet: The observed minus the predicted value.") == []
    assert found(minibank, more=f"sheet: {RIDGE}") == ["repeated-formula"]
    assert found(minibank, more=f"pitfalls: ['{RIDGE}']") == []


def test_each_topic_may_print_a_formula(minibank: Path) -> None:
    assert found(minibank, r"Precision is $\tfrac{TP}{TP+FP}$.") == []


def test_one_question_may_print_a_formula_twice(minibank: Path) -> None:
    assert found(minibank, "It is $y=a+b+c+d+e$, and so $y = a+b+c+d+e$.") == []


def test_only_what_is_learned_first_stands_on_the_sheet_for_the_night_before(minibank: Path) -> None:
    text = "night_before: '$a+b$ is a sum. Trap: a product.'"
    assert found(minibank, more=text) == []
    path = minibank / "linear-models" / "residual.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("level: core", "level: advanced"), encoding="utf-8")
    assert rules(minibank) == ["night-before"]
    path.write_text(path.read_text(encoding="utf-8").replace("level: advanced", "level: adv"), encoding="utf-8")
    assert rules(minibank) == ["unknown-value"]


def test_a_text_for_the_night_before_is_one_paragraph_of_so_many_words(minibank: Path) -> None:
    assert found(minibank, more="night_before: " + "word " * 24 + "$a + b + c$") == []
    assert found(minibank, more="night_before: " + "word " * 25 + "$a + b + c$") == ["night-before"]
    assert found(minibank, more="night_before: |\n  - one\n  - two") == ["one-line"]


def test_a_faulty_question_still_has_its_name(minibank: Path) -> None:
    """Whoever refers to a question whose file is broken gets no second problem."""
    (minibank / "evaluation" / "precision.yaml").write_text("question: a: b\n", encoding="utf-8")
    assert rules(minibank) == ["yaml-syntax"]


def test_a_faulty_bank_file_does_not_condemn_every_question(minibank: Path) -> None:
    (minibank / "bank.yaml").write_text("title: [\n", encoding="utf-8")
    assert rules(minibank) == ["yaml-syntax"]


def test_problems_come_in_the_order_of_the_files(minibank: Path) -> None:
    for name in ("evaluation/zz", "evaluation/aa", "linear-models/mm"):
        (minibank / f"{name}.yaml").write_text("x: 1\nquestion: '$'\n", encoding="utf-8")
    spans = [found.span for found in problems(minibank)]
    assert len(spans) > 6
    assert spans == sorted(spans)


def test_the_page_of_rules_is_fresh() -> None:
    """After a change of a rule: .venv/bin/qbank rules --markdown > docs/rules.md"""
    from click.testing import CliRunner

    from qbank.cli import main

    page = CliRunner().invoke(main, ["rules", "--markdown"]).output
    assert (HERE.parent / "docs" / "rules.md").read_text(encoding="utf-8") == page
    assert all(f"\n## {name}\n" in page for name in {rule.name for rule in RULES})


def test_every_rule_that_is_written_is_listed_once() -> None:
    written = [
        node.name.replace("_", "-")
        for path in (REPOSITORY / "generator" / "qbank").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        and any(
            isinstance(made, ast.Call) and isinstance(made.func, ast.Name) and made.func.id == "rule"
            for made in node.decorator_list
        )
    ]
    assert len(written) > 60
    assert sorted(written) == sorted(rule.name for rule in RULES)


def test_a_bank_knows_its_topics_in_study_order() -> None:
    survey = surveyed(MINIBANK)
    assert isinstance(survey.bank, facts.Bank)
    assert survey.verdict == (2, ())
    assert [(topic.name, [q.name for q in found]) for topic, found in survey.bank.topics()] == [
        ("evaluation", ["precision"]),
        ("linear-models", ["ridge-regression"]),
    ]


def test_facts_are_the_same_after_json() -> None:
    made = [facts.facts(question, "sha") for question in questions(MINIBANK)]
    assert any(card.gaps for each in made for card in each.cards)
    assert [facts.restored(json.loads(json.dumps(each, default=bytes.hex))) for each in made] == made


def test_a_bank_is_not_checked_without_its_settings(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"bank\.yaml"):
        load.header(Folder(tmp_path))
    with pytest.raises(FileNotFoundError, match=r"bank\.yaml"):
        problems(tmp_path)


@pytest.mark.parametrize("line", ["", "{", "[]", '{"key": "a"}'])
def test_a_ledger_whose_notes_cannot_be_read_is_one_problem(line: str, minibank: Path) -> None:
    head = {"format": 2, "version": "1", "time": 1, "namespace": "", "summary": "", "decks": {}, "note_types": {}}
    text = json.dumps({**head, "topics": {"evaluation": [0, 1]}}) + f"\n{line}\n"
    (minibank / "published.jsonl").write_text(text, encoding="utf-8")
    assert rules(minibank) == ["broken-ledger"]
