"""A pool of processes that reads chunks in order with bounded memory and outlives its workers."""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import chain
from multiprocessing import get_context
from typing import Generic, TypeVar

from marsad.batch.worker import Chunk, Limits, Outcome, read_chunk
from marsad.records import Article

_LINES = 8
_BYTES = 1 << 19
_AHEAD = 3
_FEW = 16
DIED = "the reading process died (out of memory or time)"
Item = TypeVar("Item")
Result = TypeVar("Result")


def settle() -> None:
    """Load everything that reading needs, and keep the collector of garbage away from it.

    For processes that do nothing but read: the lexicons are a hundred thousand objects that are never garbage, and
    looking at them again and again costs a seventh of the time.
    """
    from marsad.reading.pipeline import read

    read(Article(text="قال الوزير إن القوات انسحبت بسبب العقوبات."))
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def cores() -> int:
    """The processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def chunks(lines: Iterable[tuple[int, bytes | None]]) -> Iterator[Chunk]:
    """Lines in chunks of at most 8 lines and about half a megabyte."""
    return chunked(lines, lambda line: len(line[1] or b""))


def chunked(items: Iterable[Item], size_of: Callable[[Item], int]) -> Iterator[list[Item]]:
    """Items in chunks of at most 32 and about half a megabyte; `size_of` says how many bytes an item has."""
    chunk: list[Item] = []
    size = 0
    for item in items:
        chunk.append(item)
        size += size_of(item)
        if len(chunk) >= _LINES or size >= _BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def read_lines(
    lines: Iterable[tuple[int, bytes | None]], jobs: int = 0, limits: Limits | None = None
) -> Iterator[Outcome]:
    """The outcome of every line, in the order of the lines.  `jobs` 0 means all cores; 1 reads in this process.

    At most a few chunks for each worker are in memory.  A worker that dies (killed by the system for memory, say)
    costs only the article that it died of.
    """
    work = partial(read_chunk, limits=limits or Limits())
    return in_order(chunks(lines), work, lambda line: Outcome(line[0], None, DIED), jobs)


def in_order(
    source: Iterator[list[Item]],
    work: Callable[..., list[Result]],
    lost: Callable[[Item], Result],
    jobs: int = 0,
) -> Iterator[Result]:
    """The results of `work(chunk, hard=...)` on every chunk, in order; `hard` is true in processes of the pool.

    `work` can be sent to a process and gives one result an item; `lost(item)` is the result of an item that its
    process died of.
    """
    jobs = jobs or cores()
    first, second = next(source, []), next(source, [])
    source = chain([chunk for chunk in (first, second) if chunk], source)
    if jobs == 1 or (len(first) <= _FEW and not second):  # starting processes would take longer than the work
        for chunk in source:
            yield from work(chunk)
    else:
        yield from _Pool(jobs, work, lost).read(source)


class _Pool(Generic[Item, Result]):
    def __init__(self, jobs: int, work: Callable[..., list[Result]], lost: Callable[[Item], Result]) -> None:
        self._jobs, self._work, self._lost = jobs, work, lost
        self._executor = self._start()

    def _start(self) -> ProcessPoolExecutor:
        # Not "fork": the parent may hold threads (a progress bar), and a forked thread's lock stays locked.
        return ProcessPoolExecutor(self._jobs, mp_context=get_context("spawn"), initializer=settle)

    def _submit(self, chunk: list[Item]) -> Future[list[Result]]:
        try:
            return self._executor.submit(self._work, chunk, hard=True)
        except OSError as error:  # the pool is just breaking: its pipe is closed, but it does not yet say so
            raise BrokenProcessPool(str(error)) from error

    def read(self, source: Iterator[list[Item]]) -> Iterator[Result]:
        waiting: deque[tuple[list[Item], Future[list[Result]]]] = deque()
        try:
            while True:
                while len(waiting) < self._jobs * _AHEAD and (chunk := next(source, None)) is not None:
                    waiting.append((chunk, self._submit_again(chunk, waiting)))
                if not waiting:
                    return
                chunk, future = waiting.popleft()
                try:
                    outcomes = future.result()
                except BrokenProcessPool:
                    outcomes = self._one_by_one(chunk)
                    self._resubmit(waiting)
                yield from outcomes
        finally:
            self._executor.shutdown(wait=False, cancel_futures=True)

    def _submit_again(
        self, chunk: list[Item], waiting: deque[tuple[list[Item], Future[list[Result]]]]
    ) -> Future[list[Result]]:
        """Submit; where the pool broke in the meantime, start it anew with all that waits."""
        try:
            return self._submit(chunk)
        except BrokenProcessPool:
            self._one_by_one([])
            self._resubmit(waiting)
            return self._submit(chunk)

    def _one_by_one(self, chunk: list[Item]) -> list[Result]:
        """After a worker died: read the chunk item by item, so that only the item it dies of is lost."""
        outcomes: list[Result] = []
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = self._start()
        for item in chunk:
            try:
                outcomes += self._submit([item]).result()
            except BrokenProcessPool:
                outcomes.append(self._lost(item))
                self._executor.shutdown(wait=False, cancel_futures=True)
                self._executor = self._start()
        return outcomes

    def _resubmit(self, waiting: deque[tuple[list[Item], Future[list[Result]]]]) -> None:
        """Give what was lost with the old pool to the new one; finished chunks keep their outcomes."""
        for i, (chunk, future) in enumerate(waiting):
            if not future.done() or future.cancelled() or future.exception() is not None:
                waiting[i] = (chunk, self._submit(chunk))
