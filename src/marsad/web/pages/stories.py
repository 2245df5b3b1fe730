"""Stories: one report in several outlets."""

from __future__ import annotations

from litestar import get
from litestar.params import FromPath
from litestar.response import Response

from marsad.errors import NotFoundError
from marsad.web.query import window
from marsad.web.render import AnyRequest, page, store_of


@get("/stories", sync_to_thread=True, include_in_schema=False)
def stories(request: AnyRequest) -> Response[str]:
    """Newest first."""
    offset, limit = window(request.query_params)
    return page(request, "stories.html", stories=store_of(request).stories(offset, limit))


@get("/story/{id:str}", sync_to_thread=True, include_in_schema=False)
def story(request: AnyRequest, id: FromPath[str]) -> Response[str]:
    """The articles of one story."""
    found = store_of(request).story(id)
    if found is None:
        raise NotFoundError(id)
    return page(request, "story.html", story=found)


ROUTES = [stories, story]
