"""Work that is done side by side, in processes of its own: as many as there are processors, begun when they are needed.

The processes hold nothing of the first one: they are started anew, or, on Linux, copied from one that was started anew
and has read this program.
"""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import TYPE_CHECKING, ParamSpec, Self, TypeVar

from qbank import scratch

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
    found little. The few cycles, such as the syntax trees of Typst, are still found; at the end of the process, which
    gives all back, none are looked for.
    """
    gc.set_threshold(10_000)
    atexit.register(gc.freeze)


#: How long a process that is to end may take, in seconds, before it is killed.
_GRACE = 5


@contextmanager
def _undisturbed(*signals: signal.Signals) -> Iterator[None]:
    """A block that hears of these signals when it is over. What it starts itself is deaf to them for good."""
    heard = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, heard)


#: What the process that is copied reads before the first copy: what reads questions, and what sets pages.
_READING, _SETTING = ["qbank.entries"], ["qbank.outputs.typesetting", "typst"]


@cache
def _place_of_socket() -> str:
    """A folder for the socket by which processes are asked for, as long as this process lives.

    It belongs to this user alone, as a name without a file would not: whoever can connect can have code run.
    """
    from multiprocessing.util import Finalize

    held = ExitStack()
    place = held.enter_context(scratch.folder_for_sockets())
    Finalize(None, held.close, exitpriority=-200)  # after multiprocessing has removed what it made there, at -100
    return place


def _start_server(read: list[str]) -> None:
    """Start the process that is copied, deaf to interruptions from its first moment on. It is not waited for."""
    from multiprocessing import forkserver, resource_tracker

    forkserver.set_forkserver_preload(read)
    resource_tracker.ensure_running()  # which would end the deafness when it starts
    before, tempfile.tempdir = tempfile.tempdir, _place_of_socket()
    try:
        with _undisturbed(signal.SIGINT):
            forkserver.ensure_running()
    finally:
        tempfile.tempdir = before


def _begin(folder: str) -> None:
    """What a process does first: it leaves an interruption to the one that began it, and ends with it at the latest.

    What it needs for a while lies in a folder that the other one removes.
    """
    from multiprocessing import parent_process
    from threading import Thread

    collect_seldom()
    tempfile.tempdir = folder
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal tells all processes at once
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if parent := parent_process():

        def follow() -> None:
            parent.join()
            signal.raise_signal(signal.SIGTERM)

        Thread(target=follow, daemon=True).start()


class Workers:
    """Some processes; or this one alone, where `count` is 1. `count` 0 means as many as there are processors."""

    def __init__(self, count: int = 0) -> None:
        self.count = count or os.cpu_count() or 1
        self._pool: Executor | None = None
        self._folder = ExitStack()

    def submit(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have something done. Work and arguments go to another process, so they must be values that can be sent."""
        # Most runs find everything in the store and need no workers: what they take to import is left until now.
        from concurrent.futures import Future, ProcessPoolExecutor
        from multiprocessing import get_context

        if self.count > 1:
            if self._pool is None:
                # Elsewhere what systems do in the background does not bear copying (it is the default of Python 3.14).
                context = get_context("forkserver" if sys.platform == "linux" else "spawn")
                self.expect()
                folder = str(self._folder.enter_context(scratch.folder()))
                self._pool = ProcessPoolExecutor(self.count, mp_context=context, initializer=_begin, initargs=(folder,))
            if sys.platform != "linux":
                return self._pool.submit(work, *args, **kwargs)
            # It may start a process: an interruption waits until that is among those that are ended.
            with _undisturbed(signal.SIGINT, signal.SIGTERM):
                return self._pool.submit(work, *args, **kwargs)
        future: Future[T] = Future()
        try:
            future.set_result(work(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future

    def expect(self, *, printing: bool = True) -> None:
        """Have ready what processes are copied from, where there will soon be work: this process goes on meanwhile.

        Without `printing` it is ready sooner, and processes that set pages each read by themselves what that takes.
        """
        if self.count > 1 and sys.platform == "linux":
            _start_server([*_READING, *(_SETTING if printing else ())])

    def warm(self) -> None:
        """Have the processes started, where there will soon be work for all of them: to start takes them a while."""
        for _ in range(self.count):
            self.submit(int)

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
        if not self._pool:
            return
        from concurrent.futures.process import BrokenProcessPool

        if kind and not issubclass(kind, Exception):  # somebody wants this to end: nobody waits for the rest
            _end()
        self._pool.shutdown(wait=kind is None, cancel_futures=True)
        self._pool = None
        self._folder.close()
        if kind is BrokenProcessPool:
            raise WorkersLost


def _end() -> None:
    """End the processes that this one began."""
    from multiprocessing import active_children

    begun = active_children()
    for process in begun:
        process.terminate()
    for process in begun:
        process.join(_GRACE)
        process.kill()
