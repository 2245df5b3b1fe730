"""Times that the calendar alone tells: dates, months, parts of years, decades, Hijri dates.

Each function named in `lexicon/data/times.yaml` under `value` takes the parts that the pattern gave, the anchor and
the row's arguments, and gives the value in ISO 8601, or None where the parts make no time (31 February).
"""

from __future__ import annotations

import datetime as dt

from marsad.reading.times.anchor import Anchor, Function, Parts, last_day, month_shift, move_of, number_in, shifted

_SEASONS = {"winter": (12, 2), "spring": (3, 5), "summer": (6, 8), "autumn": (9, 11)}


def _date(parts: Parts, anchor: Anchor, arguments: dict[str, str]) -> str | None:
    day, month = number_in(parts, "day", "ordinal_day"), number_in(parts, "month", "month_number")
    if day is None or month is None:
        return None
    year = number_in(parts, "year")
    if year is not None:
        return dt.date(year, month, day).isoformat()
    dt.date(2024, month, day)  # raises for a day that no year has
    if not anchor.year:
        return f"XXXX-{month:02d}-{day:02d}"
    return _nearest(anchor, month, day, move_of(parts, arguments), number_in(parts, "weekday"))


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
    month, year = number_in(parts, name), number_in(parts, "year")
    if month is None:
        return None
    if year is not None:
        return f"{year:04d}-{month:02d}"
    if not anchor.year:
        return f"XXXX-{month:02d}"
    if not anchor.month:
        return f"{anchor.year:04d}-{month:02d}"
    move = move_of(parts, arguments)
    ahead = (month - anchor.month) % 12
    if move == "this":
        return f"{anchor.year:04d}-{month:02d}"
    if move == "last" or (not move and ahead > 5):
        ahead = ahead - 12
    if move == "next" and ahead == 0:
        ahead = 12
    year, month = month_shift(anchor.year, anchor.month, ahead)
    return f"{year:04d}-{month:02d}"


def _month(parts: Parts, anchor: Anchor, arguments: dict[str, str]) -> str | None:
    return _month_of(parts, anchor, arguments)


def _months_range(parts: Parts, anchor: Anchor, arguments: dict[str, str]) -> str | None:
    last = _month_of(parts, anchor, arguments, "month_last")
    first = number_in(parts, "month")
    if last is None or first is None:
        return None
    year, month = last.split("-")
    if year.isdigit() and first > int(month):
        year = f"{int(year) - 1:04d}"
    return f"{year}-{first:02d}/{last}"


def _days_range(parts: Parts, anchor: Anchor, arguments: dict[str, str]) -> str | None:
    last = _date({**parts, "day": parts["day_last"]}, anchor, arguments)
    day = number_in(parts, "day")
    if last is None or day is None or day >= int(last[-2:]):
        return None
    return f"{last[:-2]}{day:02d}/{last}"


def _day_of_month(parts: Parts, anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    month, day = anchor.text("month"), number_in(parts, "day", "ordinal_day")
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
    last = last_day(int(year) if year.isdigit() else 2023, int(number))
    first, until = {"early": (1, 10), "middle": (11, 20), "late": (21, last)}[str(parts["part"])]
    return f"{month}-{first:02d}/{month}-{until:02d}"


def _year_of(parts: Parts, anchor: Anchor) -> str:
    year = number_in(parts, "year")
    if year is not None:
        return f"{year:04d}"
    return shifted(anchor, "year", number_in(parts, "last", "next", "this") or 0)


def _year(parts: Parts, anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    return _year_of(parts, anchor)


def _months_of_year(year: str, first: int, last: int) -> str:
    return f"{year}-{first:02d}/{year}-{last:02d}"


def _part_of_year(parts: Parts, anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    first, last = {"early": (1, 4), "middle": (5, 8), "late": (9, 12)}[str(parts["part"])]
    return _months_of_year(_year_of(parts, anchor), first, last)


def _quarter(parts: Parts, anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    number = number_in(parts, "ordinal") or 1
    return _months_of_year(_year_of(parts, anchor), 3 * number - 2, 3 * number)


def _half(parts: Parts, anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    number = min(number_in(parts, "ordinal") or 1, 2)
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
    century = number_in(parts, "century_number") or 20
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
    month, day, year = int(parts["hijri"]), int(parts["day"]), number_in(parts, "hijri_year")
    if year is not None:
        return _hijri(year, month, day).isoformat()
    if anchor.date is None:
        return None
    here = anchor.date
    near = [_hijri(y, month, day) for y in range(here.year - 581, here.year - 577)]
    return min(near, key=lambda d: (abs(d - here), d)).isoformat()


def _hijri_month(parts: Parts, anchor: Anchor, arguments: dict[str, str]) -> str | None:
    month, year = int(parts["hijri"]), number_in(parts, "hijri_year")
    if year is not None:
        return _hijri_month_days(year, month)
    if anchor.date is None:
        return "XXXX-XX"
    here = anchor.date
    spans = [_hijri_month_days(y, month) for y in range(here.year - 581, here.year - 577)]
    move = move_of(parts, arguments)
    if move == "last":
        spans = [s for s in spans if s.split("/")[1] < here.isoformat()][-1:]
    elif move == "next":
        spans = [s for s in spans if s > here.isoformat()][:1]
    return min(spans, key=lambda s: abs(dt.date.fromisoformat(s[:10]) - here)) if spans else None


def _hijri_year(parts: Parts, _anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    year = int(parts["hijri_year"])
    return f"{_hijri(year, 1, 1).isoformat()}/{(_hijri(year + 1, 1, 1) - dt.timedelta(days=1)).isoformat()}"


ABSOLUTE: dict[str, Function] = {
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
}
"""The functions of this file, by the names that `times.yaml` uses."""
