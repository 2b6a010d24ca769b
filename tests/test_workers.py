"""Work is done in other processes as it is done here."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from qbank.workers import Workers, WorkersLost


def squared(number: int) -> int:
    return number * number


def refused(number: int) -> int:
    raise ValueError(f"not {number}")


def killed(number: int) -> int:
    os._exit(number)


@pytest.mark.parametrize("count", [1, 2])
def test_results_come_in_the_order_of_the_items(count: int) -> None:
    with Workers(count) as workers:
        assert list(workers.each(squared, range(20))) == [n * n for n in range(20)]


@pytest.mark.parametrize("count", [1, 2])
def test_only_a_few_items_are_asked_for_ahead(count: int) -> None:
    asked: list[int] = []

    def items() -> Iterator[int]:
        for n in range(50):
            asked.append(n)
            yield n

    with Workers(count) as workers:
        for seen, _ in enumerate(workers.each(squared, items()), 1):
            assert len(asked) <= seen + count + 1


@pytest.mark.parametrize("count", [1, 2])
def test_an_error_comes_through(count: int) -> None:
    with Workers(count) as workers, pytest.raises(ValueError, match="not 3"):
        workers.submit(refused, 3).result()


def test_a_process_that_is_ended_from_outside_is_said_in_words() -> None:
    with pytest.raises(WorkersLost, match="memory"), Workers(2) as workers:
        workers.submit(killed, 1).result()
