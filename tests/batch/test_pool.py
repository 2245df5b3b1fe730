"""A batch outlives its workers and its articles' time limits."""

from __future__ import annotations

import os
import signal
import time

import pytest

from marsad.batch import limits, pool, worker
from marsad.batch.limits import time_limit
from marsad.batch.pool import chunks, read_lines
from marsad.batch.worker import Limits, Outcome
from marsad.errors import TooSlowError


def _deadly(chunk, limits, hard=False):
    """Stands in for `read_chunk`: one article kills its process."""
    for number, _ in chunk:
        if number == 70:
            os.kill(os.getpid(), signal.SIGKILL)
    return [Outcome(number, b"%d" % number) for number, _ in chunk]


def test_a_worker_that_dies_costs_one_article(monkeypatch):
    monkeypatch.setattr(pool, "read_chunk", _deadly)
    outcomes = list(read_lines(((i, b"x") for i in range(300)), jobs=2))
    assert [outcome.line for outcome in outcomes] == list(range(300))
    assert [outcome.line for outcome in outcomes if outcome.error] == [70]


def test_chunks_are_bounded():
    cut = list(chunks((i, b"x" * 100_000) for i in range(100)))
    assert sum(len(chunk) for chunk in cut) == 100
    assert max(sum(len(line or b"") for _, line in chunk) for chunk in cut) < 1_000_000


def test_input_is_taken_in_only_as_it_is_needed():
    taken = 0

    def lines():
        nonlocal taken
        for i in range(5000):
            taken += 1
            yield i, b"{}"

    outcomes = read_lines(lines(), jobs=2)
    next(outcomes)
    assert taken < 1000
    outcomes.close()


def _work(seconds: float) -> None:
    """Use that much processor time."""
    start = time.process_time()
    while time.process_time() - start < seconds:
        sum(range(1000))


@pytest.mark.skipif(not hasattr(signal, "SIGVTALRM"), reason="no SIGVTALRM")
def test_time_limit(monkeypatch):
    with pytest.raises(TooSlowError, match=r"0\.05"), time_limit(0.05):
        _work(5)
    with time_limit(0.05):
        time.sleep(0.5)  # a busy machine: the clock goes on, the article does not
    with time_limit(0):
        _work(0.1)
    monkeypatch.setattr(limits, "_HANGS", -599)
    with pytest.raises(TooSlowError), time_limit(0.1):  # 0.1 seconds on the clock
        time.sleep(5)
    _work(0.2)  # nothing is left ticking


def test_a_slow_article_is_told_and_the_rest_goes_on(monkeypatch):
    def slow(article):
        _work(5)

    monkeypatch.setattr("marsad.reading.pipeline.read", slow)
    line = '{"id": "a", "text": "قال الوزير إن السلام قريب"}'.encode()
    (outcome,) = worker.read_chunk([(1, line)], Limits(seconds=0.05))
    assert "0.05 seconds" in (outcome.error or "")


def test_a_fault_of_ours_is_told(monkeypatch):
    def broken(article):
        raise KeyError("x")

    monkeypatch.setattr("marsad.reading.pipeline.read", broken)
    line = '{"id": "a", "text": "قال الوزير إن السلام قريب"}'.encode()
    (outcome,) = worker.read_chunk([(1, line)], Limits())
    assert "internal error" in (outcome.error or "")
