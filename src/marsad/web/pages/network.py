"""The network of actors: an island, with the same as a table; and its structural balance."""

from __future__ import annotations

from litestar import get
from litestar.response import Response

from marsad.web.balance import balance_of
from marsad.web.query import address, filters_of, query_of, window
from marsad.web.render import AnyRequest, page, store_of


@get("/network", sync_to_thread=True, include_in_schema=False)
def network(request: AnyRequest) -> Response[str]:
    """Who is joined with whom, by sign and strength."""
    filters = filters_of(request.query_params)
    offset, limit = window(request.query_params, 60)
    pairs = store_of(request).pairs(filters, offset, limit)
    source = address("/api/network", [*query_of(filters), ("limit", str(limit))])
    return page(request, "network.html", filters=filters, pairs=pairs, source=source)


KINDS = (
    ("+++", "balance.all_friends"), ("+--", "balance.common_enemy"), ("++-", "balance.torn"),
    ("---", "balance.all_enemies"),
)  # fmt: skip


@get("/balance", sync_to_thread=True, include_in_schema=False)
def balance(request: AnyRequest) -> Response[str]:
    """Triads that disagree, and the fewest ties against two camps."""
    filters = filters_of(request.query_params, layers=("relation",))
    _, limit = window(request.query_params, 60)
    found = balance_of(store_of(request), filters)
    return page(request, "balance.html", filters=filters, found=found, kinds=KINDS, limit=limit)


ROUTES = [network, balance]
