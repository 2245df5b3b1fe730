"""The application: the archive, the routes, and what is said when something is wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.resources import files
from importlib.util import find_spec
from typing import Any

from litestar import Litestar
from litestar.config.compression import CompressionConfig
from litestar.exceptions import HTTPException
from litestar.response import Response
from litestar.static_files import create_static_files_router

from marsad.errors import ArchiveError, InputError, MarsadError, NotFoundError, QueryError, ReadOnlyError
from marsad.store import open_archive
from marsad.store.base import Store
from marsad.web.options import Options
from marsad.web.pages import ROUTES
from marsad.web.render import AnyRequest, page
from marsad.web.security import protect

_STATUS: tuple[tuple[type[MarsadError], int], ...] = (
    (NotFoundError, 404), (ReadOnlyError, 403), (QueryError, 400), (InputError, 400), (ArchiveError, 503),
)  # fmt: skip
_TITLES = (400, 401, 403, 404, 405, 413, 429, 503)
"""Statuses that the catalogue has words for (`error.STATUS`); others are told as 500."""


def create_app(options: Options, store: Store | None = None) -> Litestar:
    """The observatory over an archive; it opens the archive itself unless a `store` is handed over.

    Raises ArchiveError where the archive cannot be opened.
    """
    opened = store if store is not None else open_archive(options.archive, read_only=options.read_only)

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        try:
            yield
        finally:
            if store is None:
                opened.close()

    static = create_static_files_router(
        path="/static",
        directories=[str(files(__package__).joinpath("static"))],
        cache_control=None,
        include_in_schema=False,
        after_request=_keep,
    )
    around = _around(options)
    app = Litestar(
        route_handlers=[*ROUTES, *_api_routes(), static],
        lifespan=[lifespan],
        exception_handlers={MarsadError: _mistaken, HTTPException: _refused, Exception: _broken},
        compression_config=CompressionConfig(backend="gzip", minimum_size=800, gzip_compress_level=5),
        request_max_body_size=options.max_bytes,
        **{"openapi_config": None, **around},
    )
    app.state["store"] = opened
    app.state["options"] = options
    return protect(app, options)


def _api_routes() -> list[Any]:
    return list(import_module("marsad.web.api").ROUTES) if find_spec("marsad.web.api") else []


def _around(options: Options) -> dict[str, Any]:
    """What `api` (OpenAPI) wants to give to the application."""
    found: dict[str, Any] = {}
    for module, function in (("marsad.web.api", "documentation"),):
        if find_spec(module):
            made: Callable[[Options], dict[str, Any]] | None = getattr(import_module(module), function, None)
            found.update(made(options) if made else {})
    return found


def _keep(response: Response[Any]) -> Response[Any]:
    """Addresses of static files change with their content, so browsers may keep them."""
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _wants_json(request: AnyRequest) -> bool:
    return request.url.path.startswith("/api/")


def _answer(request: AnyRequest, status: int, detail: str) -> Response[Any]:
    if _wants_json(request):
        return Response({"status_code": status, "detail": detail}, status_code=status, media_type="application/json")
    kind = status if status in _TITLES else 500
    return page(request, "error.html", status=status, kind=kind, detail=detail)


def _mistaken(request: AnyRequest, error: MarsadError) -> Response[Any]:
    """What Marsad raises on purpose says itself what is wrong."""
    return _answer(request, next((code for kind, code in _STATUS if isinstance(error, kind)), 500), str(error))


def _refused(request: AnyRequest, error: HTTPException) -> Response[Any]:
    answer = _answer(request, error.status_code, str(error.detail) if error.status_code not in (404, 500) else "")
    answer.headers.update(error.headers or {})
    return answer


def _broken(request: AnyRequest, error: Exception) -> Response[Any]:
    """A fault of ours: told on the terminal, not to whoever asked."""
    request.logger.exception("%s", request.url.path) if request.app.logger else None
    return _answer(request, 500, "")
