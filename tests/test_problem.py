"""A rule is a function with a docstring; what it yields carries its name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qbank.problem import RULES, Fault, Problem, Span, rule

SPAN = Span("bank/a.yaml", 3, 5, 3, 9)


def test_a_rule_is_named_after_its_function_and_documented_by_its_docstring() -> None:
    @rule
    def never_say_never() -> Iterator[Fault]:
        """Never."""
        yield Fault(SPAN, "never", "say it")

    try:
        assert list(never_say_never()) == [Problem("never-say-never", SPAN, "never", "say it")]
        assert RULES["never-say-never"] == "Never."
    finally:
        del RULES["never-say-never"]


def test_a_rule_without_documentation_is_a_bug() -> None:
    with pytest.raises(ValueError, match="docstring"):

        @rule
        def undocumented() -> Iterator[Fault]:
            yield Fault(SPAN, "", "")


def test_spans_sort_by_file_then_line_then_column() -> None:
    spans = [Span("b", 1, 1, 1, 2), Span("a", 2, 1, 2, 2), Span("a", 1, 9, 1, 10)]
    assert [(s.path, s.line) for s in sorted(spans)] == [("a", 1), ("a", 2), ("b", 1)]
