"""Two speakers, outlets or periods side by side."""

from __future__ import annotations

from typing import Any, NamedTuple

from litestar import get
from litestar.response import Response
from msgspec.structs import replace

from marsad.errors import QueryError
from marsad.lexicon.codes import code_of
from marsad.store.base import Store
from marsad.stored import Count, Filters
from marsad.web.query import filters_of, one, query_of
from marsad.web.render import AnyRequest, page, store_of

WAYS = ("speaker", "outlet", "period")
_FACETS = ("layer", "act", "type", "status", "domain")
_ROWS = 12


class Side(NamedTuple):
    """One side of the comparison."""

    name: str
    filters: Filters
    total: int
    counts: dict[str, dict[str, int]]
    good: dict[str, int]
    bad: dict[str, int]
    pairs: tuple[Any, ...]
    said: tuple[Any, ...]


def _narrowed(way: str, value: str, filters: Filters) -> Filters:
    if way == "speaker":
        return replace(filters, speaker=code_of(value))
    if way == "outlet":
        return replace(filters, outlets=(value,))
    since, _, until = value.replace(" ", "").partition("/")
    return replace(filters, since=since, until=until or since)


def _side(store: Store, way: str, value: str, filters: Filters) -> Side:
    own = _narrowed(way, value, filters)
    facets = store.facets(own)
    signs = [_tally(store.facets(replace(own, layers=("relation",), polarities=(sign,)))["domain"]) for sign in (1, -1)]
    counts = {name: _tally(facets[name]) for name in _FACETS}
    return Side(
        value, own, sum(counts["layer"].values()), counts, signs[0], signs[1], store.pairs(own, limit=6).items,
        store.ledger(None, own, limit=5).items,
    )  # fmt: skip


def _tally(counts: tuple[Count, ...]) -> dict[str, int]:
    return {count.value: count.count for count in counts}


@get("/compare", sync_to_thread=True, include_in_schema=False)
def compare(request: AnyRequest) -> Response[str]:
    """`by` says what `one` and `two` are; further filters hold for both sides."""
    query = request.query_params
    way = one(query, "by") or "speaker"
    if way not in WAYS:
        raise QueryError(f"compare by {', '.join(WAYS)}")
    names = one(query, "one"), one(query, "two")
    filters = filters_of(query)
    store = store_of(request)
    sides = [_side(store, way, name, filters) for name in names] if all(names) else []
    rows = {
        facet: sorted(
            {key for side in sides for key in side.counts[facet]},
            key=lambda key: (-sum(side.counts[facet].get(key, 0) for side in sides), key),
        )[:_ROWS]
        for facet in _FACETS
    }
    domains = sorted({domain for side in sides for domain in (*side.good, *side.bad)})
    return page(
        request, "compare.html", way=way, ways=WAYS, names=names, filters=filters, sides=sides, rows=rows,
        domains=domains, outlets=store.outlets()[:200], queries=[query_of(side.filters) for side in sides],
    )  # fmt: skip


ROUTES = [compare]
