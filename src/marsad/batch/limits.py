"""Time limits that hold even where the reading would never come back."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from marsad.errors import TooSlowError

SECONDS = 30.0
"""Seconds for one article unless the user sets another limit."""


@contextmanager
def time_limit(seconds: float, what: str = "reading", hard: bool = False) -> Iterator[None]:
    """Raise TooSlowError in the block when it runs longer than `seconds` (0: no limit).

    With `hard`, a process stuck in foreign code that never returns to Python is ended by the system after three
    times that much processor time; only for worker processes.  Without SIGALRM (Windows), and outside the main
    thread, the block runs without a limit.
    """
    usable = hasattr(signal, "SIGALRM") and threading.current_thread() is threading.main_thread()
    if not usable or seconds <= 0:
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TooSlowError(f"{what} took longer than {seconds:g} seconds; raise the limit (--timeout)")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    if hard:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, 3 * seconds + 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        if hard:
            signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGALRM, before)
