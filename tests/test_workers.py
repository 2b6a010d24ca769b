"""Work is done in other processes as it is done here."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from multiprocessing import forkserver

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


def parent(_: int) -> int:
    return os.getppid()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every process is started anew")
def test_work_that_was_expected_is_done_by_copies_of_the_process_that_was_made_ready() -> None:
    with Workers(2) as workers:
        workers.expect()
        made_ready = getattr(forkserver._forkserver, "_forkserver_pid")  # noqa: B009
        assert made_ready
        assert workers.submit(parent, 0).result() == made_ready


def test_where_this_process_works_alone_nothing_is_made_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr("qbank.workers._start_server", started.append)
    Workers(1).expect()
    assert not started


def test_at_the_end_of_a_process_nobody_looks_for_cycles() -> None:
    """What is registered first is called last."""
    program = """
import atexit, gc
atexit.register(lambda: print(gc.get_freeze_count() > 1000))
from qbank.workers import collect_seldom
collect_seldom()
"""
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout == "True\n"
