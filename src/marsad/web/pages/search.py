"""Search with snippets and facets."""

from __future__ import annotations

from typing import Literal

from litestar import get
from litestar.response import Response

from marsad.errors import QueryError
from marsad.stored import Count, Hit, Page
from marsad.web.query import filters_of, one, query_of, window
from marsad.web.render import AnyRequest, page, store_of

FACETS = {"layer": "layer", "outlet": "outlet", "year": "since", "act": "act", "type": "type", "domain": "domain",
          "status": "status"}  # fmt: skip
"""Facets and the name under which each stands in an address."""


@get("/search", sync_to_thread=True, include_in_schema=False)
def search(request: AnyRequest) -> Response[str]:
    """Articles that the words and filters find, or how to ask."""
    query = request.query_params
    store = store_of(request)
    words = one(query, "q")
    filters = filters_of(query)
    sort: Literal["newest", "best"] = "best" if one(query, "sort") == "best" else "newest"
    offset, limit = window(query, 20)
    fault = ""
    hits: Page[Hit] = Page(items=(), total=0)
    facets: dict[str, tuple[Count, ...]] = {}
    asked = bool(words)  # without words: the newest articles that meet the filters
    latest = None if asked else store.articles(filters, offset, limit)
    try:
        if words:
            hits = store.search(words, filters, offset, limit, sort)
            facets = store.facets(filters, words)
        elif query_of(filters):
            facets = store.facets(filters)
    except QueryError as error:
        fault = str(error)
    return page(
        request, "search.html", status=400 if fault else 200, words=words, filters=filters, sort=sort, hits=hits,
        facets=facets, fault=fault, asked=asked, facet_names=FACETS,
        latest=latest,
    )  # fmt: skip


ROUTES = [search]
