"""The ledger of everybody's statements, or of one speaker's."""

from __future__ import annotations

from litestar import get
from litestar.response import Response

from marsad.web.query import filters_of, one, window
from marsad.web.render import AnyRequest, page, store_of


@get("/ledger", sync_to_thread=True, include_in_schema=False)
def ledger(request: AnyRequest) -> Response[str]:
    """Statements, newest first, repeats joined, with what they repeat, deny or change."""
    query = request.query_params
    store = store_of(request)
    filters = filters_of(query)
    offset, limit = window(query)
    entries = store.ledger(None, filters, offset, limit)
    speakers = store.speakers(limit=16).items if filters.speaker is None and not offset else ()
    return page(
        request, "ledger.html", filters=filters, entries=entries, speakers=speakers, asked=one(query, "speaker")
    )


@get("/speakers", sync_to_thread=True, include_in_schema=False)
def speakers(request: AnyRequest) -> Response[str]:
    """Speakers, those with most statements first."""
    words = one(request.query_params, "words")
    offset, limit = window(request.query_params, 50)
    return page(
        request, "speakers.html", words=words, speakers=store_of(request).speakers(words, offset, limit)
    )


ROUTES = [ledger, speakers]
