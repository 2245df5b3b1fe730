"""Home: what the archive holds, what is new in it, who is busy with whom."""

from __future__ import annotations

from typing import Any

from litestar import get
from litestar.response import Response

from marsad.stored import Filters, PairRow, Stats
from marsad.web.render import AnyRequest, page, store_of


@get("/", sync_to_thread=True, include_in_schema=False)
def home(request: AnyRequest) -> Response[str]:
    """The first page; where nothing is in the archive yet, how to fill it."""
    store = store_of(request)
    stats = store.stats()
    empty: dict[str, Any] = {"articles": (), "entries": (), "pairs": (), "feeds": store.feeds()}
    if stats.articles:
        empty["articles"] = store.articles(limit=8).items
        empty["entries"] = store.ledger(None, Filters(), limit=6).items
        empty["pairs"] = _busiest(request, stats)
    return page(request, "home.html", stats=stats, **empty)


def _busiest(request: AnyRequest, stats: Stats) -> tuple[PairRow, ...]:
    """The pairs with most records, counted anew only when the archive holds something else."""
    known: tuple[Stats, tuple[PairRow, ...]] | None = request.app.state.get("busiest")
    if known is None or known[0] != stats:
        known = stats, store_of(request).pairs(limit=12).items
        request.app.state["busiest"] = known
    return known[1]


ROUTES = [home]
