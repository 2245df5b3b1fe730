"""A timeline as a drawing that needs no script: bars upward for cooperation, downward for conflict, month by month."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from marsad.stored import Filters, Period
from marsad.web import locale
from marsad.web.locale import Language
from marsad.web.query import address, query_of

_HEIGHT, _MIDDLE = 220, 98
_STEP, _BAR = 30, 20
_LEAST = 12
"""Columns that a drawing has room for even where there are fewer periods, so that bars are never huge."""


def bars(
    periods: Sequence[Period], a: str, b: str, filters: Filters, language: Language, links: bool = True
) -> Markup:
    """The drawing as SVG; every bar opens the records behind it.  Time runs as the language is read.

    Empty where no actual event is dated.
    """
    most = max((max(p.cooperation, p.conflict) for p in periods), default=0)
    if not most:
        return Markup("")
    width = _STEP * max(len(periods), _LEAST) + 8
    out = [
        Markup('<svg class="bars" role="img" viewBox="0 0 {} {}" width="{}" height="{}" aria-label="{}">').format(
            width, _HEIGHT, width, _HEIGHT, locale.message(language, "dossier.chart")
        ),
        Markup('<line class="axis" x1="0" x2="{}" y1="{}" y2="{}"/>').format(width, _MIDDLE, _MIDDLE),
    ]
    carried = [pair for pair in query_of(filters) if pair[0] not in ("since", "until", "layer", "type", "status")]
    for number, period in enumerate(periods):
        left = 4 + number * _STEP
        x = width - left - _STEP if language == "ar" else left
        for sign, kind, count in ((1, "cooperation", period.cooperation), (-1, "conflict", period.conflict)):
            if count:
                to = address(
                    "/records",
                    [("a", a), ("b", b), ("layer", "event"), ("status", "actual"), ("sign", sign),
                     ("since", period.period), ("until", period.period), *carried],
                )  # fmt: skip
                out.append(_bar(x, sign, kind, count, most, period.period, to if links else "", language))
        if _labelled(periods, number):
            out.append(
                Markup('<text class="tick" x="{}" y="{}">{}</text>').format(
                    x + _STEP / 2, _HEIGHT - 6, locale.date(language, period.period[:4])
                )
            )
    return Markup("").join([*out, Markup("</svg>")])


def _labelled(periods: Sequence[Period], number: int) -> bool:
    """The first period of each year carries the year."""
    return not number or periods[number - 1].period[:4] != periods[number].period[:4]


def _bar(
    x: float, sign: int, kind: str, count: int, most: int, period: str, to: str, language: Language
) -> Markup:
    size = max(4, round(count / most * (_MIDDLE - 16)))
    top = _MIDDLE - size if sign > 0 else _MIDDLE
    said = locale.message(language, f"dossier.bar_{kind}", n=count, period=locale.date(language, period))
    drawn = Markup(
        '<rect class="bar {}" x="{}" y="{}" width="{}" height="{}" rx="2" data-count="{}"><title>{}</title></rect>'
        '<text class="count" x="{}" y="{}">{}</text>'
    ).format(
        kind, x + (_STEP - _BAR) / 2, top, _BAR, size, count, said, x + _STEP / 2,
        top - 4 if sign > 0 else top + size + 12, locale.number(language, count),
    )  # fmt: skip
    return Markup('<a href="{}" aria-label="{}">{}</a>').format(to, said, drawn) if to else drawn
