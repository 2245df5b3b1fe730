"""Change points of a series: where its level shifts, if it is long enough to tell.

PELT with squared error (Killick, Fearnhead and Eckley 2012), by the library `ruptures`; the penalty is 3 log(n) times
the variance of the noise, which is taken from the differences of neighbours so that shifts do not swell it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from marsad.records import Record

SHORTEST = 24
"""Fewest periods with a value (two years of months)."""
SEGMENT = 6
"""Fewest periods between two changes."""
PENALTY = 3.0


class Change(Record, frozen=True):
    """The first period of a new level, the mean before and after (up to the neighbouring changes)."""

    period: str
    before: float
    after: float
    periods_before: int
    periods_after: int


class Changes(Record, frozen=True):
    """Change points of a series; `enough` is False when it is too short to look for any.  `gaps` are periods without a
    value between the first and the last, which are passed over."""

    enough: bool
    periods: int
    gaps: int
    changes: tuple[Change, ...] = ()


def changes(series: Iterable[tuple[str, float]], by: Literal["month", "year", "day"] = "month") -> Changes:
    """The changes of (ISO period, value) pairs, in any order; periods of another length than `by` (a bare year among
    months) are passed over."""
    length = {"day": 10, "month": 7, "year": 4}[by]
    points = sorted((period, value) for period, value in series if len(period) == length)
    gaps = _gaps([period for period, _ in points], by)
    if len(points) < SHORTEST:
        return Changes(enough=False, periods=len(points), gaps=gaps)
    import numpy as np
    import ruptures

    values = np.array([value for _, value in points], dtype=float)
    steps = np.diff(values)
    # The median is not moved by the shifts themselves; in a series of few different values it may be 0.
    spread = 1.4826 * float(np.median(np.abs(steps - np.median(steps)))) or float(steps.std())
    noise = spread**2 / 2
    if noise == 0.0:
        return Changes(enough=True, periods=len(points), gaps=gaps)
    search = ruptures.Pelt(model="l2", min_size=SEGMENT, jump=1).fit(values.reshape(-1, 1))
    borders = [0, *search.predict(pen=PENALTY * noise * float(np.log(len(points))))]
    found = []
    for i in range(1, len(borders) - 1):
        before, after = values[borders[i - 1] : borders[i]], values[borders[i] : borders[i + 1]]
        found.append(
            Change(
                period=points[borders[i]][0], before=round(float(before.mean()), 3),
                after=round(float(after.mean()), 3), periods_before=len(before), periods_after=len(after),
            )
        )  # fmt: skip
    return Changes(enough=True, periods=len(points), gaps=gaps, changes=tuple(found))


def _gaps(periods: Sequence[str], by: str) -> int:
    if not periods or by == "day":
        return 0

    def number(period: str) -> int:
        year, _, month = period[:7].partition("-")
        return int(year) * 12 + int(month or 1) - 1

    one = 12 if by == "year" else 1
    return (number(periods[-1]) - number(periods[0])) // one + 1 - len(periods)
