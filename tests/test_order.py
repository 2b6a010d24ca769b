"""The order of study: topic, level, name; but what a question needs stands before it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from conftest import MINIBANK
from qbank.bank.load import Header, header
from qbank.check.facts import Bank, Facts
from qbank.check.names import circular_needs
from qbank.ledger.state import Ledger
from qbank.tree import Folder

HEADER: Header = header(Folder(MINIBANK))[0]


def bank(**needs: str) -> Bank:
    """A bank of core questions of one topic: their names, and what each needs, with spaces between."""
    questions = [facts(name, tuple(each.split())) for name, each in needs.items()]
    return Bank(HEADER, tuple(questions), frozenset(needs), frozenset(), Ledger())


def facts(name: str, needs: tuple[str, ...] = (), topic: str = "evaluation", level: str = "core") -> Facts:
    empty = {"digest": "", "title": name, "kind": "concept", "words": b"", "cards": (), "works": (), "origins": ()}
    more = {"see_also": (), "figure": "", "needs": needs}
    return Facts(path=f"{topic}/{name}.yaml", topic=topic, name=name, level=level, **empty, **more)  # type: ignore[arg-type]


def order(of: Bank) -> list[str]:
    return [question.name for question in of.in_order]


def test_questions_stand_by_topic_level_and_name() -> None:
    questions = (
        facts("b", level="advanced"),
        facts("d"),
        facts("c", topic="linear-models"),
        facts("a", level="advanced"),
    )
    assert order(replace(bank(), questions=questions)) == ["d", "a", "b", "c"]


def test_what_a_question_needs_stands_before_it_wherever_it_is_filed() -> None:
    assert order(bank(a="c b", b="", c="d", d="")) == ["b", "d", "c", "a"]
    later = facts("z", topic="linear-models", level="advanced")
    of = replace(bank(), questions=(facts("a"), facts("b", ("z",)), later))
    assert order(of) == ["a", "z", "b"]
    assert [(str(topic.name), [each.name for each in mine]) for topic, mine in of.topics()] == [
        ("evaluation", ["a", "b"]),
        ("linear-models", ["z"]),
    ]


def test_the_way_to_a_question_is_all_that_it_needs_in_order() -> None:
    of = bank(a="c b", b="", c="d", d="", e="a")
    ways = {question.name: of.way(question) for question in of.questions}
    assert ways == {"a": ["b", "d", "c"], "b": [], "c": ["d"], "d": [], "e": ["b", "d", "c", "a"]}


NAMES = [chr(ord("a") + n) for n in range(8)]


@given(st.fixed_dictionaries({name: st.lists(st.sampled_from([*NAMES, "gone"]), max_size=3) for name in NAMES}))
def test_any_needs_give_an_order_of_all_and_a_problem_where_it_does_not_hold(needs: dict[str, list[str]]) -> None:
    of = bank(**{name: " ".join(each) for name, each in needs.items()})
    found = order(of)
    assert sorted(found) == NAMES
    behind = [(name, each) for name in NAMES for each in needs[name] if each in found[found.index(name) + 1 :]]
    circular = list(circular_needs(of))
    assert bool(behind) <= bool(circular)
    assert all(problem.place.path for problem in circular)
    if not circular:
        assert behind == []


def test_questions_that_need_each_other_are_named_once() -> None:
    circles = [problem.message for problem in circular_needs(bank(a="b", b="c", c="a", d="a"))]
    assert circles == ["these need each other: a -> b -> c -> a"]
    assert list(circular_needs(bank(a="a"))) == []  # what the rule for unknown questions says
