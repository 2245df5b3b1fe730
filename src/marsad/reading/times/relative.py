"""Times told from the article's date or from other times: «yesterday», «three days ago», «since», «until»."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from marsad.reading.times.anchor import YEARS, Anchor, Function, Parts, move_of, number_in, shifted

_SATURDAY = 5


def _near_day(parts: Parts, anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    offset, weekday = int(parts["nearest_day"]), number_in(parts, "weekday")
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
    weekday, move = int(parts["weekday"]), move_of(parts, arguments)
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
    weeks = number_in(parts, "last", "next", "this") or 0
    days = (int(parts["weekday"]) - _SATURDAY) % 7
    return (start + dt.timedelta(days=7 * weeks + days)).isoformat()


def _amount(parts: Parts) -> tuple[str, int] | None:
    """(unit, how many) of «two weeks», «three days», «the last six months», «a year»."""
    for name in ("pair", "the_pair"):
        if name in parts:
            return str(parts[name]), 2
    unit = str(parts.get("unit", parts.get("the_units", "")))
    count = number_in(
        parts, "count", "number", "the_count", "the_count_after", "number_after", "number_ahead", "the_count_ahead"
    )
    if count is None:
        count = 1 if "unit" in parts else 0
    return (unit, count) if unit else None


def _ago(parts: Parts, anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    amount = _amount(parts)
    return shifted(anchor, amount[0], -amount[1]) if amount else None


def _ahead(parts: Parts, anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    amount = _amount(parts)
    return shifted(anchor, amount[0], amount[1]) if amount else None


def _now(anchor: Anchor, unit: str) -> str:
    return anchor.text("year" if unit in YEARS else "month" if unit == "month" else "day")


def _span_of_units(parts: Parts, anchor: Anchor, direction: Literal[-1, 1]) -> str | None:
    """From the anchor back or on by an amount of units; without a number open on that side."""
    amount = _amount(parts)
    if amount is None:
        return None
    unit, count = amount
    now = _now(anchor, unit)
    unit, count = ("day", 7 * count) if unit == "week" else (unit, count)
    far = shifted(anchor, unit, direction * count) if count else ".."
    return f"{far}/{now}" if direction < 0 else f"{now}/{far}"


def _last_units(parts: Parts, anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    return _span_of_units(parts, anchor, -1)


def _next_units(parts: Parts, anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    return _span_of_units(parts, anchor, 1)


def _unit(parts: Parts, anchor: Anchor, _arguments: dict[str, str]) -> str | None:
    unit = str(parts.get("the_unit", parts.get("the_unit_again", "year")))
    count = number_in(parts, "last", "next", "this") or 0
    if unit in ("decade", "century") and anchor.year:
        size = YEARS[unit]
        first = (anchor.year - (unit == "century")) // size * size + count * size + (unit == "century")
        return f"{first:04d}/{first + size - 1:04d}"
    return shifted(anchor, unit, count)


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


RELATIVE: dict[str, Function] = {
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
"""The functions of this file, by the names that `times.yaml` uses."""
