"""Time limits that hold even where the reading would never come back."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from marsad.errors import TooSlowError

SECONDS = 30.0
"""Seconds of processor time for one article unless the user sets another limit."""
_HANGS = 20.0
"""So many times the limit may pass on the clock: a machine that is busy slows every article down, and none is lost
for that, but one that waits for what never comes must not hold up the others for ever."""


@contextmanager
def time_limit(seconds: float, what: str = "reading", hard: bool = False) -> Iterator[None]:
    """Raise TooSlowError in the block when it takes more than `seconds` of processor time (0: no limit), or twenty
    times that and a minute on the clock.

    With `hard`, a process stuck in foreign code that never returns to Python is ended by the system after three
    times that much processor time; only for worker processes.  Without these signals (Windows), and outside the main
    thread, the block runs without a limit.
    """
    usable = hasattr(signal, "SIGVTALRM") and threading.current_thread() is threading.main_thread()
    if not usable or seconds <= 0:
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TooSlowError(f"{what} took longer than {seconds:g} seconds; raise the limit (--timeout)")

    # Three clocks of one process: its own processor time, that with the system's for it, and the one on the wall.
    before = signal.signal(signal.SIGVTALRM, stop), signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    signal.setitimer(signal.ITIMER_REAL, _HANGS * seconds + 60)
    if hard:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, 3 * seconds + 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        if hard:
            signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGVTALRM, before[0])
        signal.signal(signal.SIGALRM, before[1])
