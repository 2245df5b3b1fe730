"""Two actors: which pairs there are, and all about one pair."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any

from litestar import get
from litestar.response import Response
from msgspec.structs import replace

from marsad.assembly.dossier import Dossier, holder_of
from marsad.assembly.network import Network, network
from marsad.errors import QueryError
from marsad.lexicon.codes import code_of
from marsad.stored import Filters, Period, StoredRecord
from marsad.web.chart import bars
from marsad.web.query import filters_of, one, query_of, window
from marsad.web.render import AnyRequest, language_of, page, rendered, store_of

_INWARD = re.compile(r'<a\b[^>]* href="/[^"]*"')
"""Links to other pages of the observatory, which lead nowhere from a file."""
_KEPT = 64
_SHOWN = 36
"""Months that the chart shows at once; the table below it has all."""


@get("/pairs", sync_to_thread=True, include_in_schema=False)
def pairs(request: AnyRequest) -> Response[str]:
    """Pairs, those with most records first."""
    filters = filters_of(request.query_params)
    offset, limit = window(request.query_params, 40)
    return page(request, "pairs.html", filters=filters, pairs=store_of(request).pairs(filters, offset, limit))


def _asked(request: AnyRequest) -> tuple[str, str, Filters]:
    query = request.query_params
    a, b = code_of(one(query, "a")), code_of(one(query, "b"))
    if not a or not b:
        raise QueryError("a dossier needs two actors")
    return a, b, filters_of(query, actors=())


def _context(request: AnyRequest, a: str, b: str, filters: Filters) -> dict[str, Any]:
    dossier: Dossier = store_of(request).dossier(a, b, filters)
    several: tuple[StoredRecord, ...] = (*dossier.relations, *dossier.withheld, *dossier.events)
    by_id = {record.id: record for record in several}
    claims = {
        row.domain: [r for r in dossier.relations if r.record.domain == row.domain][:4] for row in dossier.domains
    }
    standing = _standing(request, dossier, filters)
    return {
        "ties": {tie.domain: tie for tie in standing.ties}, "scores": standing.events[::-1],
        "d": dossier, "a": a, "b": b, "filters": filters, "by_id": by_id, "claims": claims,
        "holder": lambda record: holder_of(record)[0], "carried": query_of(filters),
        "years": [(year, list(periods)) for year, periods in groupby(dossier.timeline, key=lambda p: p.period[:4])],
    }  # fmt: skip


def _standing(request: AnyRequest, dossier: Dossier, filters: Filters) -> Network:
    """Ties by independent evidence, and scores of events by year.

    All records of the two are looked through, so the answer is kept until the archive holds others or other verdicts.
    """
    store, pair = store_of(request), (dossier.a, dossier.b)
    counts = tuple(sorted(dossier.counts.items()))
    mark = (pair, filters, counts, dossier.articles, dossier.last, store.verdicts(limit=1).total)
    kept: dict[object, Network] = request.app.state.setdefault("standings", {})
    found = kept.get(mark)
    if found is None:
        asked = replace(filters, actors=tuple(sorted(set(pair))), layers=("relation", "event"))
        found = network(store.stream(asked), "year", pair).of(*pair)
        for old in list(kept)[: max(0, len(kept) - _KEPT + 1)]:
            kept.pop(old, None)
        kept[mark] = found
    return found


def _months(dossier: Dossier) -> list[Period]:
    """What a chart shows; what has a year and no month stands in the table only."""
    return [period for period in dossier.timeline if len(period.period) == 7][-_SHOWN:]


@get("/dossier", sync_to_thread=True, include_in_schema=False)
def dossier(request: AnyRequest) -> Response[str]:
    """All about the two."""
    a, b, filters = _asked(request)
    context = _context(request, a, b, filters)
    chart = bars(_months(context["d"]), a, b, filters, language_of(request))
    return page(request, "dossier.html", chart=chart, **context)


@get("/dossier/report.html", sync_to_thread=True, include_in_schema=False)
def report(request: AnyRequest) -> Response[str]:
    """The dossier in one file that opens from disk: its quotes with their sources."""
    a, b, filters = _asked(request)
    context = _context(request, a, b, filters)
    chart = bars(_months(context["d"]), a, b, filters, language_of(request), links=False)
    html = _INWARD.sub("<a", rendered(request, "dossier_report.html", chart=chart, report=True, **context))
    name = "-".join(code if code.isascii() and code.isalnum() else "actor" for code in (a, b))
    return Response(
        html, media_type="text/html",
        headers={"Content-Disposition": f'attachment; filename="marsad-{name}.html"'},
    )  # fmt: skip


ROUTES = [pairs, dossier, report]
