"""Taking a view out of the archive: `/export/VIEW.FORMAT` with the query of the page, as a stream."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO

from litestar import get
from litestar.params import FromPath
from litestar.response import Response, Stream

from marsad.errors import QueryError
from marsad.export.annotations import write_annotations
from marsad.export.entities import write_entities
from marsad.export.network import write_graphml
from marsad.export.plover import of_store, write_cameo, write_plover
from marsad.export.tables import MEDIA, TABLE_FORMATS
from marsad.export.views import VIEWS, Table, between, search
from marsad.lexicon.codes import code_of
from marsad.store.base import Store
from marsad.stored import Filters
from marsad.web.export_map import map_file
from marsad.web.query import filters_of, one
from marsad.web.render import AnyRequest, store_of
from marsad.web.streams import chunks

Write = Callable[[IO[bytes]], object]
_OTHERS: dict[str, tuple[str, Callable[[Store, Filters, IO[bytes]], int]]] = {
    "jsonld": ("annotations", write_annotations),
    "ftm": ("ftm", write_entities),
    "graphml": ("graphml", write_graphml),
    "plover": ("plover", lambda store, filters, out: write_plover(of_store(store, filters), out)),
    "cameo": ("cameo", lambda store, filters, out: write_cameo(of_store(store, filters), out)),
}
"""Endings of what records become besides tables: the kind, and what writes it."""


def _table(request: AnyRequest, view: str, filters: Filters) -> Table:
    query = request.query_params
    store = store_of(request)
    a, b = code_of(one(query, "a")), code_of(one(query, "b"))
    if view == "records" and a and b:
        return between(store, a, b, filters)
    if view == "search":
        return search(store, filters, one(query, "q"))
    if view not in VIEWS:
        raise QueryError(f"there is no view {view!r} to export")
    return VIEWS[view](store, filters_of(query, actors=(a, b)) if a and b else filters)


def _writer(request: AnyRequest, view: str, ending: str) -> tuple[str, Write]:
    """(kind, what writes it).  Raises QueryError where there is no such view or format."""
    query = request.query_params
    store, filters = store_of(request), filters_of(query)
    if ending in TABLE_FORMATS:
        table, bom = _table(request, view, filters), one(query, "bom", "1") == "1"
        return ending, lambda out: TABLE_FORMATS[ending](table, out, bom)
    if ending not in _OTHERS or view not in ("records", "pairs"):
        raise QueryError(f"there is no export {view}.{ending}")
    a, b = code_of(one(query, "a")), code_of(one(query, "b"))
    if a and b:
        filters = filters_of(query, actors=(a, b))
    kind, write = _OTHERS[ending]
    return kind, lambda out: write(store, filters, out)


@get("/export/{name:str}", sync_to_thread=True, include_in_schema=False)
def export(request: AnyRequest, name: FromPath[str]) -> Stream | Response[bytes]:
    """VIEW.csv, .jsonl, .parquet, .xlsx; records also .jsonld (Web Annotations), .ftm, .graphml, .plover and .cameo;
    the map in the formats of maps.

    A CSV begins with a byte order mark, since browsers save it for Excel; `bom=0` leaves it out.
    """
    view, _, ending = name.partition(".")
    if view == "map":
        return map_file(request, ending)
    kind, write = _writer(request, view, ending)
    headers = {"content-type": MEDIA[kind], "content-disposition": f'attachment; filename="marsad-{view}.{ending}"'}
    return Stream(chunks(write), headers=headers)


ROUTES = [export]
