"""Plans: no day over its number, every essential in every plan, and nothing before what it needs."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from conftest import BANK, MINIBANK, build, surveyed
from qbank.bank.load import header
from qbank.bank.settings import Role
from qbank.check.facts import Bank, CardFacts, Facts
from qbank.ledger.state import Ledger
from qbank.outputs.plans import LENGTHS, NEW_A_DAY, Plan, plans
from qbank.tree import Folder

HEADER = header(Folder(MINIBANK))[0]
ANALYST, ENGINEER = HEADER.settings.roles


def facts(name: str, cards: int = 1, needs: tuple[str, ...] = (), **more: object) -> Facts:
    held = [CardFacts(f"c{n}", "fact", False, 0, {}, essential=bool(more.get("essential"))) for n in range(cards)]
    values = {"topic": "evaluation", "level": "core", "kind": "concept", "rounds": ("theory",), **more}
    empty = {"digest": "", "title": name, "words": b"", "works": (), "origins": (), "see_also": (), "figure": ""}
    path = f"{values['topic']}/{name}.yaml"
    return Facts(path=path, name=name, cards=tuple(held), needs=needs, **empty, **values)  # type: ignore[arg-type]


def bank(*questions: Facts) -> Bank:
    return Bank(HEADER, questions, frozenset(each.name for each in questions), frozenset(), Ledger())


def order(of: Bank) -> list[str]:
    return [question.name for question in of.in_order]


def names(plan: Plan) -> list[str]:
    return [step.question.name for day in plan.days for step in day.steps]


def whole(of: Bank, role: Role = ANALYST) -> Plan:
    """The plan of four weeks."""
    return next(plan for plan in plans(of, role) if plan.length == LENGTHS[1])


def test_the_shortest_plan_holds_the_essentials_and_their_marked_cards_alone() -> None:
    marked = facts("a", 2, essential=True)
    cards = (*marked.cards, CardFacts("more", "fact", False, 0, {}))
    plan = next(plans(bank(marked._replace(cards=cards), facts("b")), ENGINEER))
    assert (plan.length, plan.essentials, names(plan)) == (LENGTHS[0], True, ["a"])
    assert [day.cards for day in plan.days] == [3]


def test_a_bank_without_essentials_has_no_shortest_plan() -> None:
    assert [plan.length for plan in plans(bank(facts("a")), ANALYST)] == list(LENGTHS[1:])


def test_the_essentials_stand_in_every_plan_whoever_is_asked_them() -> None:
    of = bank(facts("a"), facts("b", topic="linear-models", essential=True), facts("c", topic="linear-models"))
    assert [names(plan) for plan in plans(of, ENGINEER)] == [["b"], ["a", "b"], ["a", "b"]]


def test_essentials_of_other_roles_come_with_their_marked_cards_alone() -> None:
    marked = facts("a", 1, topic="linear-models", essential=True)
    question = marked._replace(cards=(*marked.cards, CardFacts("more", "fact", False, 0, {})))
    assert [day.cards for day in whole(bank(question), ANALYST).days] == [3]
    assert [day.cards for day in whole(bank(question), ENGINEER).days] == [2]


def test_what_nobody_learns_draws_nothing_forward() -> None:
    pulled = facts("a-late", 1, topic="linear-models", level="advanced", essential=True, rounds=("theory",))
    puller = facts("b", 1, ("a-late",), level="advanced", roles=("engineer",))
    of = bank(pulled, puller, facts("c", topic="linear-models", essential=True))
    assert order(of) == ["a-late", "b", "c"]
    assert names(next(plans(of, ANALYST))) == ["c", "a-late"]


def test_cards_are_counted_as_anki_makes_them() -> None:
    cloze = CardFacts("c", "cloze", False, 0, {"1": ("a", "b"), "2": ("c", "d")})
    both = CardFacts("r", "fact", True, 0, {})
    plan = whole(bank(facts("a", 1)._replace(cards=(cloze, both))))
    assert [day.cards for day in plan.days] == [1 + 2 + 2]


def test_a_day_goes_on_with_the_cards_of_a_question_that_the_last_one_began() -> None:
    days = whole(bank(facts("a", 24), facts("b", 14))).days
    assert [(day.number, day.cards, [step.question.name for step in day.steps]) for day in days] == [
        (1, 20, ["a"]),
        (2, 20, ["b"]),
    ]


def test_where_there_is_too_much_levels_come_in_order_and_rounds_have_like_shares() -> None:
    numbers = count()
    questions = [
        facts(f"q{next(numbers):03}", 9, level=level, rounds=(each,))
        for level in ("core", "advanced")
        for each in ("theory",) * 60 + ("coding",) * 20
    ]
    plan = whole(bank(*questions))
    rounds = [step.round for day in plan.days for step in day.steps]
    assert {step.question.level for day in plan.days for step in day.steps} == {"core"}
    assert (rounds.count("theory"), rounds.count("coding")) == (42, 14)
    assert rounds == ["theory"] * 42 + ["coding"] * 14


QUESTIONS = st.lists(
    st.tuples(
        st.integers(0, 30),
        st.lists(st.integers(0, 30), max_size=2),
        st.sampled_from(["core", "intermediate", "advanced"]),
        st.sampled_from(["theory", "coding"]),
        st.booleans(),
    ),
    max_size=30,
)


@given(QUESTIONS)
def test_any_plan_keeps_its_promises(made: list[tuple[int, list[int], str, str, bool]]) -> None:
    of = bank(
        *(
            facts(
                f"q{n:02}",
                cards,
                tuple(f"q{need:02}" for need in needs if need < n),
                level=level,
                rounds=(each,),
                essential=essential,
            )
            for n, (cards, needs, level, each, essential) in enumerate(made)
        )
    )
    for plan in plans(of, ANALYST):
        order = names(plan)
        assert all(0 < day.cards <= NEW_A_DAY for day in plan.days)
        assert all(day.cards == NEW_A_DAY for day in plan.days[:-1])
        assert [day.number for day in plan.days] == list(range(1, len(plan.days) + 1))
        if not plan.essentials:
            assert len(plan.days) <= plan.length
            assert len(set(order)) == len(order)
            for question in of.questions:
                if question.name in order:
                    before = order[: order.index(question.name)]
                    assert set(question.needs) <= set(before)


def test_the_plans_of_the_bank_hold_what_they_say(tmp_path: Path) -> None:
    of = surveyed(BANK).bank
    essential = {question.name for question in of.questions if question.essential}
    for role in of.header.settings.roles:
        for plan in plans(of, role):
            assert len(plan.days) <= plan.length
            assert essential <= set(names(plan))
    build(BANK, tmp_path / "out", "plans")
    text = (tmp_path / "out" / "plans.md").read_text(encoding="utf-8")
    assert text.count("\n## ") == len(of.header.settings.roles)


def test_a_bank_without_roles_has_no_plans(roleless: Path, tmp_path: Path) -> None:
    assert build(roleless, tmp_path / "out", "plans") == []
