"""A rule is a function with a docstring; what it yields carries its name."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator

import pytest

from qbank.problem import AllBut, ContentError, Edit, Fault, Fix, Place, Problem, Span, restored, rule

PLACE = Place("t/a.yaml", "/answer", 4, 8)
FIX = Fix((Edit(PLACE, "text"), Edit(Place("t/a.yaml"), "")), True)


def test_a_rule_is_named_after_its_function_and_documented_by_its_docstring() -> None:
    @rule("bank")
    def never_say_never() -> Iterator[Fault]:
        """Never."""
        yield Fault(PLACE, "never", "say it")

    assert list(never_say_never()) == [Problem("never-say-never", PLACE, "never", "say it")]
    assert (never_say_never.name, never_say_never.doc) == ("never-say-never", "Never.")


def test_a_rule_without_documentation_is_a_bug() -> None:
    with pytest.raises(ValueError, match="docstring"):

        @rule("bank")
        def undocumented() -> Iterator[Fault]:
            yield Fault(PLACE, "", "")


def test_a_rule_says_what_it_looks_at_and_how_grave_it_is() -> None:
    @rule("text", visits=("fence", "text"), severity="warning")
    def mild(word: str, *, twice: bool) -> Iterator[Fault]:
        """Mild."""
        yield Fault(PLACE, word * (1 + twice), "mend it", FIX)

    assert (mild.scope, mild.visits, mild.severity) == ("text", {"fence", "text"}, "warning")
    assert mild("a", twice=True) == [Problem("mild", PLACE, "aa", "mend it", FIX, "warning")]


def test_a_rule_is_about_every_text_and_an_error_unless_it_says_so() -> None:
    @rule("text")
    def plain() -> Iterator[Fault]:
        """Plain."""
        yield Fault(PLACE, "", "")

    assert (plain.visits, plain.when, plain.severity, plain()[0].severity) == (None, None, "error", "error")


def test_a_rule_guards_what_it_says_or_what_all_of_its_scope_do() -> None:
    def find() -> Iterator[Fault]:
        """Found."""
        yield Fault(PLACE, "", "")

    assert [rule(scope)(find).guards for scope in ("reading", "note", "page")] == ["form", "identity", "rendering"]
    assert [rule(scope)(find).guards for scope in ("text", "question", "bank", "run")] == [None] * 4
    assert rule("reading", guards="security")(find).guards == "security"


def test_all_types_but_some_meet_every_other_one() -> None:
    others = AllBut({"text", "inline"})
    assert others.isdisjoint({"text"})
    assert not others.isdisjoint({"text", "image"})


def test_spans_sort_by_file_then_line_then_column() -> None:
    spans = [Span("b", 1, 1, 1, 2), Span("a", 2, 1, 2, 2), Span("a", 1, 9, 1, 10)]
    assert [(s.path, s.line) for s in sorted(spans)] == [("a", 1), ("a", 2), ("b", 1)]


def test_a_place_is_the_file_unless_it_says_more() -> None:
    assert Place("t/a.yaml") == Place("t/a.yaml", "", 0, 1)


@pytest.mark.parametrize(
    "problem",
    [
        Problem("r", Place("t/a.yaml"), "m", "h"),
        Problem("r", Place("t/a.yaml", "/cards/0/id", 0, None), "m", "h", None, "warning"),
        Problem("r", PLACE, "m", "h", FIX),
        Problem("r", PLACE, "m", "h", also=(Place("t/b.yaml", "/answer", 0, None),)),
    ],
)
def test_a_problem_is_the_same_after_json(problem: Problem) -> None:
    again = restored(json.loads(json.dumps(problem)))
    assert again == problem
    assert (type(again.place), type(again.fix)) == (type(problem.place), type(problem.fix))
    assert hash(again) == hash(problem)


def test_every_file_has_a_part_in_a_problem_of_several() -> None:
    assert Problem("r", PLACE, "m", "h", also=(Place("t/b.yaml"), PLACE)).paths == {"t/a.yaml", "t/b.yaml"}


def test_a_fault_of_the_content_comes_back_from_another_process() -> None:
    error = pickle.loads(pickle.dumps(ContentError([Problem("r", PLACE, "m", "h")])))
    assert isinstance(error, ContentError)
    assert error.problems == [Problem("r", PLACE, "m", "h")]
