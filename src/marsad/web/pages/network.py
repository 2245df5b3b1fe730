"""The network of actors and the map of mechanisms: an island each, with the same as a table."""

from __future__ import annotations

from litestar import get
from litestar.response import Response

from marsad.stored import StoredMechanism
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


@get("/map", sync_to_thread=True, include_in_schema=False)
def causal_map(request: AnyRequest) -> Response[str]:
    """What is claimed to cause what."""
    filters = filters_of(request.query_params, layers=("mechanism",))
    offset, limit = window(request.query_params, 40)
    found = store_of(request).records(filters, offset, limit)
    return page(
        request, "map.html", filters=filters, records=found,
        mechanisms=[r for r in found.items if isinstance(r, StoredMechanism)],
        source=address("/api/map", [pair for pair in query_of(filters) if pair[0] != "layer"]),
    )  # fmt: skip


ROUTES = [network, causal_map]
