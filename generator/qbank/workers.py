"""Work that is done side by side, in processes of its own: as many as there are processors, begun when they are needed.

The processes hold nothing of the first one: they are started anew, or, on Linux, copied from one that was started anew
and has read this program.
"""

from __future__ import annotations

import gc
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, ParamSpec, Self, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

P = ParamSpec("P")
T = TypeVar("T")
Item = TypeVar("Item")


class WorkersLost(Exception):
    """A process was ended from outside before its work was done."""

    def __init__(self) -> None:
        super().__init__("a process that did a part of the work was ended, most often for want of memory; try again")


def collect_seldom() -> None:
    """Have the garbage collector look for cycles far less often than it would.

    Most of what a run makes it keeps, or lets go of without a cycle: looking cost a tenth of the time of a check, and
    found little. The few cycles, such as the syntax trees of Typst, are still found.
    """
    gc.set_threshold(10_000)


class Workers:
    """Some processes; or this one alone, where `count` is 1. `count` 0 means as many as there are processors."""

    def __init__(self, count: int = 0) -> None:
        self.count = count or os.cpu_count() or 1
        self._pool: Executor | None = None

    def submit(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have something done. Work and arguments go to another process, so they must be values that can be sent."""
        # Most runs find everything in the store and need no workers: what they take to import is left until now.
        from concurrent.futures import Future, ProcessPoolExecutor
        from multiprocessing import get_context

        if self.count > 1:
            if self._pool is None:
                # Elsewhere what systems do in the background does not bear copying (it is the default of Python 3.14).
                context = get_context("forkserver" if sys.platform == "linux" else "spawn")
                if sys.platform == "linux":
                    context.set_forkserver_preload(["qbank.entries"])
                self._pool = ProcessPoolExecutor(self.count, mp_context=context, initializer=collect_seldom)
            return self._pool.submit(work, *args, **kwargs)
        future: Future[T] = Future()
        try:
            future.set_result(work(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future

    def each(self, work: Callable[[Item], T], items: Iterable[Item]) -> Iterator[T]:
        """The results for all items, in order. Only a few items and results are alive at once."""
        begun: deque[Future[T]] = deque()
        for item in items:
            begun.append(self.submit(work, item))
            if len(begun) > self.count:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._pool:
            from concurrent.futures.process import BrokenProcessPool

            self._pool.shutdown(wait=kind is None, cancel_futures=True)
            self._pool = None
            if kind is BrokenProcessPool:
                raise WorkersLost
