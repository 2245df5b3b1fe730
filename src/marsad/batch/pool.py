"""A pool of processes that reads chunks in order with bounded memory and outlives its workers."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from marsad.batch.worker import Chunk, Limits, Outcome, read_chunk

_LINES = 32
_BYTES = 1 << 19
_AHEAD = 3


def cores() -> int:
    """The processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def chunks(lines: Iterable[tuple[int, bytes | None]]) -> Iterator[Chunk]:
    """Lines in chunks of at most 32 lines and about half a megabyte."""
    chunk: Chunk = []
    size = 0
    for number, line in lines:
        chunk.append((number, line))
        size += len(line or b"")
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
    limits = limits or Limits()
    jobs = jobs or cores()
    if jobs == 1:
        for chunk in chunks(lines):
            yield from read_chunk(chunk, limits)
    else:
        yield from _Pool(jobs, limits).read(chunks(lines))


class _Pool:
    def __init__(self, jobs: int, limits: Limits) -> None:
        self._jobs, self._limits = jobs, limits
        self._executor = self._start()

    def _start(self) -> ProcessPoolExecutor:
        # Not "fork": the parent may hold threads (a progress bar), and a forked thread's lock stays locked.
        return ProcessPoolExecutor(self._jobs, mp_context=get_context("spawn"))

    def _submit(self, chunk: Chunk) -> Future[list[Outcome]]:
        return self._executor.submit(read_chunk, chunk, self._limits, True)

    def read(self, source: Iterator[Chunk]) -> Iterator[Outcome]:
        waiting: deque[tuple[Chunk, Future[list[Outcome]]]] = deque()
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

    def _submit_again(self, chunk: Chunk, waiting: deque[tuple[Chunk, Future[list[Outcome]]]]) -> Future[list[Outcome]]:
        """Submit; where the pool broke in the meantime, start it anew with all that waits."""
        try:
            return self._submit(chunk)
        except BrokenProcessPool:
            self._one_by_one([])
            self._resubmit(waiting)
            return self._submit(chunk)

    def _one_by_one(self, chunk: Chunk) -> list[Outcome]:
        """After a worker died: read the chunk line by line, so that only the line it dies of is lost."""
        outcomes = []
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = self._start()
        for number, line in chunk:
            try:
                outcomes += self._submit([(number, line)]).result()
            except BrokenProcessPool:
                outcomes.append(Outcome(number, None, "the reading process died (out of memory or time)"))
                self._executor.shutdown(wait=False, cancel_futures=True)
                self._executor = self._start()
        return outcomes

    def _resubmit(self, waiting: deque[tuple[Chunk, Future[list[Outcome]]]]) -> None:
        """Give what was lost with the old pool to the new one; finished chunks keep their outcomes."""
        for i, (chunk, future) in enumerate(waiting):
            if not future.done() or future.cancelled() or future.exception() is not None:
                waiting[i] = (chunk, self._submit(chunk))
