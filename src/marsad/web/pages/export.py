"""Taking a view out of the archive: `/export/VIEW.FORMAT` with the query of the page."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import IO

from litestar import get
from litestar.params import FromPath
from litestar.response import Response, Stream

from marsad.errors import QueryError
from marsad.export.annotations import write_annotations
from marsad.export.entities import write_entities
from marsad.export.network import write_graphml
from marsad.export.tables import MEDIA, TABLE_FORMATS
from marsad.export.views import VIEWS
from marsad.lexicon.codes import code_of
from marsad.store.base import Store
from marsad.stored import Filters
from marsad.web.export_map import map_file
from marsad.web.query import filters_of, one
from marsad.web.render import AnyRequest, store_of

ENDINGS = {
    "csv": "csv", "jsonl": "jsonl", "parquet": "parquet", "xlsx": "xlsx", "jsonld": "annotations", "ftm": "ftm",
    "graphml": "graphml",
}  # fmt: skip
_IN_MEMORY = 4_000_000
_CHUNK = 65_536


def write(store: Store, view: str, kind: str, filters: Filters, out: IO[bytes], bom: bool = False) -> None:
    """The view in the format.  Raises QueryError where there is no such view or format."""
    if kind in TABLE_FORMATS and view in VIEWS:
        TABLE_FORMATS[kind](VIEWS[view](store, filters), out, bom)
    elif kind == "annotations" and view == "records":
        write_annotations(store, filters, out)
    elif kind == "ftm" and view == "records":
        write_entities(store, filters, out)
    elif kind == "graphml" and view in ("records", "pairs"):
        write_graphml(store, filters, out)
    else:
        raise QueryError(f"there is no export {view}.{kind}")


@get("/export/{name:str}", sync_to_thread=True, include_in_schema=False)
def export(request: AnyRequest, name: FromPath[str]) -> Stream | Response[bytes]:
    """VIEW.csv, .jsonl, .parquet, .xlsx; records also .jsonld (Web Annotations), .ftm and .graphml; the map in the
    formats of maps.

    `bom=1` begins a CSV with a byte order mark, for Excel.
    """
    view, _, ending = name.partition(".")
    if view == "map":
        return map_file(request, ending)
    kind = ENDINGS.get(ending, "")
    query = request.query_params
    a, b = code_of(one(query, "a")), code_of(one(query, "b"))
    filters = filters_of(query, **({"actors": (a, b)} if a and b else {}))
    # Parquet and XLSX end with what is known last, so nothing leaves before the whole is written.
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    try:
        write(store_of(request), view, kind, filters, file, one(query, "bom") == "1")
    except BaseException:
        file.close()
        raise
    file.seek(0)

    def chunks() -> Iterator[bytes]:
        with file:
            while some := file.read(_CHUNK):
                yield some

    return Stream(
        chunks(), media_type=MEDIA[kind], headers={"Content-Disposition": f'attachment; filename="marsad-{name}"'}
    )


ROUTES = [export]
