"""The article's date, and the steps from it that all times are made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

Parts = dict[str, int | str]
"""What a pattern found: «day» -> 24, «unit» -> «week»."""
YEARS = {"year": 1, "decade": 10, "century": 100}
"""Units of whole years."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The article's date as far as it is known."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, date: str | None) -> Anchor:
        """From ISO 8601 (a day, month or year); anything else is an unknown date."""
        try:
            numbers = [int(part) for part in (date or "").split("-")]
            dt.date(*[*numbers, 1, 1][:3])
        except (ValueError, TypeError):
            return cls()
        return cls(*numbers)

    @property
    def date(self) -> dt.date | None:
        """The day, if known."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return dt.date(self.year, self.month, self.day)

    def text(self, unit: str = "day") -> str:
        """The date down to `unit` (day, week, month, year), with X for what is not known."""
        year = f"{self.year:04d}" if self.year else "XXXX"
        if unit not in ("day", "week", "month"):
            return year
        if unit == "week":
            return week_of(self.date) if self.date else f"{year}-WXX"
        month = f"{year}-{self.month:02d}" if self.month else f"{year}-XX"
        if unit == "month":
            return month
        return f"{month}-{self.day:02d}" if self.day else f"{month}-XX"


Function = Callable[[Parts, Anchor, dict[str, str]], str | None]
"""From the parts that the pattern gave, the anchor and the row's arguments to the value, or None."""


def week_of(day: dt.date) -> str:
    """The ISO week of a day."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def number_in(parts: Parts, *names: str) -> int | None:
    """The first of the named parts that was found, as a number."""
    return next((int(parts[name]) for name in names if name in parts), None)


def move_of(parts: Parts, arguments: dict[str, str]) -> str:
    """«last», «next», «this» or «» by the row or by the word that was found."""
    found = next((name for name in ("last", "next", "this") if name in parts), "")
    return arguments.get("move", found)


def month_shift(year: int, month: int, months: int) -> tuple[int, int]:
    """Year and month `months` later."""
    index = year * 12 + month - 1 + months
    return index // 12, index % 12 + 1


def last_day(year: int, month: int) -> int:
    """The last day of a month."""
    following = month_shift(year, month, 1)
    return (dt.date(*following, 1) - dt.timedelta(days=1)).day


def shifted(anchor: Anchor, unit: str, count: int) -> str:
    """The anchor moved by `count` units, told as precisely as the unit."""
    if unit in YEARS:
        return f"{anchor.year + count * YEARS[unit]:04d}" if anchor.year else "XXXX"
    if unit == "month":
        if not anchor.year or not anchor.month:
            return anchor.text("year") + "-XX"
        year, month = month_shift(anchor.year, anchor.month, count)
        return f"{year:04d}-{month:02d}"
    if anchor.date is None:
        return "XXXX-WXX" if unit == "week" else "XXXX-XX-XX"
    day = anchor.date + dt.timedelta(days=count * (7 if unit == "week" else 1))
    return week_of(day) if unit == "week" else day.isoformat()
