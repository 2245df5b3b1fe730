"""The arithmetic of times: from the parts of an expression and the article's date to a value in ISO 8601.

Each function named in `lexicon/data/times.yaml` under `value` takes the parts that the pattern gave, the anchor and
the row's arguments, and gives the value, or None where the parts make no time (31 February).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

Parts = dict[str, int | str]
"""What a pattern found: «day» -> 24, «unit» -> «week»."""

_SEASONS = {"winter": (12, 2), "spring": (3, 5), "summer": (6, 8), "autumn": (9, 11)}
_YEARS = {"year": 1, "decade": 10, "century": 100}
_SATURDAY = 5


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
            return _week(self.date) if self.date else f"{year}-WXX"
        month = f"{year}-{self.month:02d}" if self.month else f"{year}-XX"
        if unit == "month":
            return month
        return f"{month}-{self.day:02d}" if self.day else f"{month}-XX"


def resolve(name: str, parts: Parts, anchor: Anchor, arguments: dict[str, str]) -> str | None:
    """The value of an expression by the function `name`; None where the parts make no time."""
    try:
        return _FUNCTIONS[name](parts, anchor, arguments)
    except (ValueError, OverflowError):
        return None


def _week(day: dt.date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def _number(parts: Parts, *names: str) -> int | None:
    return next((int(parts[name]) for name in names if name in parts), None)


def _move(parts: Parts, arguments: dict[str, str]) -> str:
    """«last», «next», «this» or «» by the row or by the word that was found."""
    found = next((name for name in ("last", "next", "this") if name in parts), "")
    return arguments.get("move", found)


def _month_shift(year: int, month: int, months: int) -> tuple[int, int]:
    index = year * 12 + month - 1 + months
    return index // 12, index % 12 + 1


def _last_day(year: int, month: int) -> int:
    following = _month_shift(year, month, 1)
    return (dt.date(*following, 1) - dt.timedelta(days=1)).day


def _shifted(anchor: Anchor, unit: str, count: int) -> str:
    """The anchor moved by `count` units, told as precisely as the unit."""
    if unit in _YEARS:
        return f"{anchor.year + count * _YEARS[unit]:04d}" if anchor.year else "XXXX"
    if unit == "month":
        if not anchor.year or not anchor.month:
            return anchor.text("year") + "-XX"
        year, month = _month_shift(anchor.year, anchor.month, count)
        return f"{year:04d}-{month:02d}"
    if anchor.date is None:
        return "XXXX-WXX" if unit == "week" else "XXXX-XX-XX"
    day = anchor.date + dt.timedelta(days=count * (7 if unit == "week" else 1))
    return _week(day) if unit == "week" else day.isoformat()


def _date(parts: Parts, anchor: Anchor, arguments: dict[str, str]) -> str | None:
    day, month = _number(parts, "day", "ordinal_day"), _number(parts, "month", "month_number")
    if day is None or month is None:
        return None
    year = _number(parts, "year")
    if year is not None:
        return dt.date(year, month, day).isoformat()
    dt.date(2024, month, day)  # raises for a day that no year has
    if not anchor.year:
        return f"XXXX-{month:02d}-{day:02d}"
    return _nearest(anchor, month, day, _move(parts, arguments), _number(parts, "weekday"))


def _nearest(anchor: Anchor, month: int, day: int, move: str, weekday: int | None) -> str | None:
    """A day of the year without its year: the one nearest to the article, or the last or next one."""
    assert anchor.year is not None
    here = anchor.date or dt.date(anchor.year, anchor.month or 7, 1)
    candidates = []
    for year in range(here.year - 4, here.year + 5):
        try:
            candidates.append(dt.date(year, month, day))
        except ValueError:
            continue
    if move == "this":
        candidates = [d for d in candidates if d.year == here.year]
    elif move == "last":
        candidates = [d for d in candidates if d < here]
    elif move == "next":
        candidates = [d for d in candidates if d > here]
    if weekday is not None:
        matching = [d for d in candidates if d.weekday() == weekday and abs(d.year - here.year) <= 1]
        candidates = matching or candidates
    return min(candidates, key=lambda d: (abs(d - here), d)).isoformat() if candidates else None


def _month_of(parts: Parts, anchor: Anchor, arguments: dict[str, str], name: str = "month") -> str | None:
    month, year = _number(parts, name), _number(parts, "year")
    if month is None:
        return None
    if year is not None:
        return f"{year:04d}-{month:02d}"
    if not anchor.year:
        return f"XXXX-{month:02d}"
    if not anchor.month:
        return f"{anchor.year:04d}-{month:02d}"
    move = _move(parts, arguments)
    ahead = (month - anchor.month) % 12
    if move == "this":
        return f"{anchor.year:04d}-{month:02d}"
    if move == "last" or (not move and ahead > 5):
        ahead = ahead - 12
    if move == "next" and ahead == 0:
        ahead = 12
    year, month = _month_shift(anchor.year, anchor.month, ahead)
    return f"{year:04d}-{month:02d}"


def _month(parts: Parts, anchor: Anchor, arguments: dict[str, str]) -> str | None:
    return _month_of(parts, anchor, arguments)


def _months_range(parts: Parts, anchor: Anchor, arguments: dict[str, str]) -> str | None:
    last = _month_of(parts, anchor, arguments, "month_last")
    first = _number(parts, "month")
    if last is None or first is None:
        return None
    year, month = last.split("-")
    if year.isdigit() and first > int(month):
        year = f"{int(year) - 1:04d}"
    return f"{year}-{first:02d}/{last}"


def _days_range(parts: Parts, anchor: Anchor, arguments: dict[str, str]) -> str | None:
    last = _date({**parts, "day": parts["day_last"]}, anchor, arguments)
    day = _number(parts, "day")
    if last is None or day is None or day >= int(last[-2:]):
        return None
    return f"{last[:-2]}{day:02d}/{last}"


def _day_of_month(parts: Parts, anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    month, day = anchor.text("month"), _number(parts, "day", "ordinal_day")
    if day is None:
        return None
    if anchor.year and anchor.month:
        dt.date(anchor.year, anchor.month, day)
    return f"{month}-{day:02d}"


def _part_of_month(parts: Parts, anchor: Anchor, arguments: dict[str, str]) -> str | None:
    month = _month_of(parts, anchor, arguments)
    if month is None:
        return None
    year, number = month.split("-")
    last = _last_day(int(year) if year.isdigit() else 2023, int(number))
    first, until = {"early": (1, 10), "middle": (11, 20), "late": (21, last)}[str(parts["part"])]
    return f"{month}-{first:02d}/{month}-{until:02d}"


def _year_of(parts: Parts, anchor: Anchor) -> str:
    year = _number(parts, "year")
    if year is not None:
        return f"{year:04d}"
    return _shifted(anchor, "year", _number(parts, "last", "next", "this") or 0)


def _year(parts: Parts, anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    return _year_of(parts, anchor)


def _months_of_year(year: str, first: int, last: int) -> str:
    return f"{year}-{first:02d}/{year}-{last:02d}"


def _part_of_year(parts: Parts, anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    first, last = {"early": (1, 4), "middle": (5, 8), "late": (9, 12)}[str(parts["part"])]
    return _months_of_year(_year_of(parts, anchor), first, last)


def _quarter(parts: Parts, anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    number = _number(parts, "ordinal") or 1
    return _months_of_year(_year_of(parts, anchor), 3 * number - 2, 3 * number)


def _half(parts: Parts, anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    number = min(_number(parts, "ordinal") or 1, 2)
    return _months_of_year(_year_of(parts, anchor), 6 * number - 5, 6 * number)


def _season(parts: Parts, anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    year = _year_of(parts, anchor)
    first, last = _SEASONS[str(parts["season"])]
    if first > last:
        before = f"{int(year) - 1:04d}" if year.isdigit() else year
        return f"{before}-{first:02d}/{year}-{last:02d}"
    return _months_of_year(year, first, last)


def _years_range(parts: Parts, _anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    first, last = int(parts["year"]), int(parts["year_last"])
    return f"{first:04d}/{last:04d}" if first < last else None


def _decade(parts: Parts, _anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    century = _number(parts, "century_number") or 20
    first = (century - 1) * 100 + int(parts["tens"])
    return f"{first:04d}/{first + 9:04d}"


def _century(parts: Parts, _anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    number = int(parts["century_number"])
    return f"{number * 100 - 99:04d}/{number * 100:04d}"


def _hijri(year: int, month: int, day: int) -> dt.date:
    from hijridate import Hijri

    found = Hijri(year, month, day).to_gregorian()
    return dt.date(found.year, found.month, found.day)


def _hijri_month_days(year: int, month: int) -> str:
    from hijridate import Hijri

    days = Hijri(year, month, 1).month_length()
    return f"{_hijri(year, month, 1).isoformat()}/{_hijri(year, month, days).isoformat()}"


def _hijri_date(parts: Parts, anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    month, day, year = int(parts["hijri"]), int(parts["day"]), _number(parts, "hijri_year")
    if year is not None:
        return _hijri(year, month, day).isoformat()
    if anchor.date is None:
        return None
    here = anchor.date
    near = [_hijri(y, month, day) for y in range(here.year - 581, here.year - 577)]
    return min(near, key=lambda d: (abs(d - here), d)).isoformat()


def _hijri_month(parts: Parts, anchor: Anchor, arguments: dict[str, str]) -> str | None:
    month, year = int(parts["hijri"]), _number(parts, "hijri_year")
    if year is not None:
        return _hijri_month_days(year, month)
    if anchor.date is None:
        return "XXXX-XX"
    here = anchor.date
    spans = [_hijri_month_days(y, month) for y in range(here.year - 581, here.year - 577)]
    move = _move(parts, arguments)
    if move == "last":
        spans = [s for s in spans if s.split("/")[1] < here.isoformat()][-1:]
    elif move == "next":
        spans = [s for s in spans if s > here.isoformat()][:1]
    return min(spans, key=lambda s: abs(dt.date.fromisoformat(s[:10]) - here)) if spans else None


def _hijri_year(parts: Parts, _anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    year = int(parts["hijri_year"])
    return f"{_hijri(year, 1, 1).isoformat()}/{(_hijri(year + 1, 1, 1) - dt.timedelta(days=1)).isoformat()}"


def _near_day(parts: Parts, anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    offset, weekday = int(parts["nearest_day"]), _number(parts, "weekday")
    if anchor.date is None:
        return anchor.text("day") if not anchor.day else None
    day = anchor.date + dt.timedelta(days=offset)
    if weekday is not None:
        # «yesterday, Tuesday» in an article dated a day late: the named weekday is the surer word.
        day = min((day + dt.timedelta(days=n) for n in range(-3, 4)), key=lambda d: (d.weekday() != weekday, d))
    return day.isoformat()


def _weekday(parts: Parts, anchor: Anchor, arguments: dict[str, str]) -> str | None:
    if anchor.date is None:
        return "XXXX-XX-XX"
    weekday, move = int(parts["weekday"]), _move(parts, arguments)
    back = (anchor.date.weekday() - weekday) % 7
    if move == "last":
        back = back or 7
        if "last_again" in parts:
            back += 7
    elif move == "next":
        back -= 7
    return (anchor.date - dt.timedelta(days=back)).isoformat()


def _weekday_of_week(parts: Parts, anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    """Weeks begin on Saturday here, as they do where most of the press is written."""
    if anchor.date is None:
        return "XXXX-XX-XX"
    start = anchor.date - dt.timedelta(days=(anchor.date.weekday() - _SATURDAY) % 7)
    weeks = _number(parts, "last", "next", "this") or 0
    days = (int(parts["weekday"]) - _SATURDAY) % 7
    return (start + dt.timedelta(days=7 * weeks + days)).isoformat()


def _amount(parts: Parts) -> tuple[str, int] | None:
    """(unit, how many) of «two weeks», «three days», «the last six months», «a year»."""
    for name in ("pair", "the_pair"):
        if name in parts:
            return str(parts[name]), 2
    unit = str(parts.get("unit", parts.get("the_units", "")))
    count = _number(
        parts, "count", "number", "the_count", "the_count_after", "number_after", "number_ahead", "the_count_ahead"
    )
    if count is None:
        count = 1 if "unit" in parts else 0
    return (unit, count) if unit else None


def _ago(parts: Parts, anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    amount = _amount(parts)
    return _shifted(anchor, amount[0], -amount[1]) if amount else None


def _ahead(parts: Parts, anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    amount = _amount(parts)
    return _shifted(anchor, amount[0], amount[1]) if amount else None


def _now(anchor: Anchor, unit: str) -> str:
    return anchor.text("year" if unit in _YEARS else "month" if unit == "month" else "day")


def _last_units(parts: Parts, anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    amount = _amount(parts)
    if amount is None:
        return None
    unit, count = amount
    if not count:
        return f"../{_now(anchor, unit)}"
    unit, count = ("day", 7 * count) if unit == "week" else (unit, count)
    return f"{_shifted(anchor, unit, -count)}/{_now(anchor, unit)}"


def _next_units(parts: Parts, anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    amount = _amount(parts)
    if amount is None:
        return None
    unit, count = amount
    if not count:
        return f"{_now(anchor, unit)}/.."
    unit, count = ("day", 7 * count) if unit == "week" else (unit, count)
    return f"{_now(anchor, unit)}/{_shifted(anchor, unit, count)}"


def _unit(parts: Parts, anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    unit = str(parts.get("the_unit", parts.get("the_unit_again", "year")))
    count = _number(parts, "last", "next", "this") or 0
    if unit in ("decade", "century") and anchor.year:
        size = _YEARS[unit]
        first = (anchor.year - (unit == "century")) // size * size + count * size + (unit == "century")
        return f"{first:04d}/{first + size - 1:04d}"
    return _shifted(anchor, unit, count)


def _since(parts: Parts, anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    start = str(parts["a"]).split("/")[0]
    if start == "..":
        return None
    return f"{start}/{anchor.text('day') if anchor.day else anchor.text('year') if anchor.year else '..'}"


def _until(parts: Parts, _anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    end = str(parts["a"]).split("/")[-1]
    return f"../{end}" if end != ".." else None


def _interval(parts: Parts, _anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    first, last = str(parts["a"]).split("/")[0], str(parts["b"]).split("/")[-1]
    if ".." in (first, last):
        return None
    if first > last and first[:4].isdigit():
        # «between 27 December and 18 January last»: only the end told its year, and the start took the nearest.
        first = f"{int(first[:4]) - 1:04d}{first[4:]}"
    return f"{first}/{last}" if first <= last else None


_FUNCTIONS: dict[str, Callable[[Parts, Anchor, dict[str, str]], str | None]] = {
    "date": _date,
    "days_range": _days_range,
    "day_of_month": _day_of_month,
    "month": _month,
    "months_range": _months_range,
    "part_of_month": _part_of_month,
    "year": _year,
    "years_range": _years_range,
    "part_of_year": _part_of_year,
    "quarter": _quarter,
    "half": _half,
    "season": _season,
    "decade": _decade,
    "century": _century,
    "hijri_date": _hijri_date,
    "hijri_month": _hijri_month,
    "hijri_year": _hijri_year,
    "near_day": _near_day,
    "weekday": _weekday,
    "weekday_of_week": _weekday_of_week,
    "ago": _ago,
    "ahead": _ahead,
    "last_units": _last_units,
    "next_units": _next_units,
    "unit": _unit,
    "since": _since,
    "until": _until,
    "interval": _interval,
}
