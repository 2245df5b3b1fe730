"""The causal map of an address as a file for another program."""

from __future__ import annotations

from litestar.response import Response

from marsad.errors import QueryError
from marsad.export.maps import ENDINGS, MAP_FORMATS
from marsad.web.maps import maps_of, shown
from marsad.web.render import AnyRequest, store_of

MAP_ENDINGS = {
    "json": "JSON", "graphml": "GraphML", "argdown": "Argdown", "csv": "FCM (CSV)", "xmile": "XMILE",
}  # fmt: skip
"""Endings of files and the names of their formats."""
_MEDIA = {
    "json": "application/json", "graphml": "application/graphml+xml", "argdown": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8", "xmile": "application/xml",
}  # fmt: skip
_ALL = 1_000_000


def map_file(request: AnyRequest, ending: str) -> Response[bytes]:
    """The map that the address asks for, whole.  Raises QueryError for a format that maps have not."""
    if ending not in MAP_ENDINGS:
        raise QueryError(f"there is no export map.{ending}; a map goes to {', '.join(MAP_ENDINGS)}")
    found = shown(maps_of(request.app.state, store_of(request)), request.query_params, 0, _ALL).causal_map
    write, _ = MAP_FORMATS[ENDINGS[f".{ending}"]]
    headers = {"Content-Disposition": f'attachment; filename="marsad-map.{ending}"'}
    return Response(write(found), media_type=_MEDIA[ending], headers=headers)
