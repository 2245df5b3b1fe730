"""The reader: an article with all that was read in it, and the same as a report that opens from disk."""

from __future__ import annotations

from typing import Any

from litestar import get
from litestar.params import FromPath
from litestar.response import Response
from msgspec.structs import replace

from marsad.errors import NotFoundError
from marsad.records import Article, Reading
from marsad.stored import Filters, StoredReading, Verdict
from marsad.view import page as view
from marsad.web.query import one, values, whole
from marsad.web.render import AnyRequest, language_of, page, store_of

SHOWN = ("statements", "events", "relations", "mechanisms", "actors", "times")
"""Layers that can be shown and hidden; `show` in the address names those that are, none stands for all."""


def stored(request: AnyRequest, id: str) -> StoredReading:
    """The article that is asked for, in the version that is asked for.  Raises NotFoundError."""
    version = whole(request.query_params, "version", 0, 1_000_000) or None
    found = store_of(request).reading(id, version)
    if found is None:
        raise NotFoundError(id)
    return found


def article_of(found: StoredReading) -> Article:
    """What was read, without its place in the archive."""
    info = found.info
    return Article(text=found.text, id=info.id, title=info.title, date=info.date, outlet=info.outlet, url=info.url)


@get("/article/{id:str}", sync_to_thread=True, include_in_schema=False)
def article(request: AnyRequest, id: FromPath[str]) -> Response[str]:
    """`#RECORD` scrolls to the record's words."""
    store = store_of(request)
    found = stored(request, id)
    verdicts: dict[str, Verdict] = {}
    for verdict in store.verdicts(Filters(article=found.info.id), limit=500).items:
        verdicts.setdefault(verdict.record, verdict)
    asked = [name for name in values(request.query_params, "show") if name in SHOWN]
    clean = one(request.query_params, "clean") == "1"
    story = store.story(found.info.story)
    versions = store.versions(found.info.id)
    return page(
        request, "article.html", info=found.info, story=story, versions=versions, verdicts=verdicts, layers=SHOWN,
        shown=() if clean else asked or SHOWN, clean=clean,
        lights=f"/article/{found.info.id}/lights.css?version={found.info.version}",
        **reader(article_of(found), found.reading, request),
    )  # fmt: skip


def reader(article: Article, reading: Reading, request: AnyRequest) -> dict[str, Any]:
    """What the templates of the reading view need; a record's words bear its id, its card "c-" and the id."""
    made = view.context(article, reading, language_of(request), card="c-", word="")
    for name in ("label", "lang", "dir", "controls"):
        del made[name]  # the page has its own
    return made


@get("/article/{id:str}/lights.css", sync_to_thread=True, include_in_schema=False)
def lights(request: AnyRequest, id: FromPath[str]) -> Response[str]:
    """Words and records of the article light each other up."""
    css = view.lights(stored(request, id).reading, card="c-", word="")
    return Response(css, media_type="text/css", headers={"Cache-Control": "private, max-age=60"})


@get("/reading.css", sync_to_thread=True, include_in_schema=False)
def style() -> Response[str]:
    """The style of the reading view, which reports carry inside."""
    return Response(view.style(), media_type="text/css", headers={"Cache-Control": "public, max-age=3600"})


@get("/article/{id:str}/report.html", sync_to_thread=True, include_in_schema=False)
def report(request: AnyRequest, id: FromPath[str]) -> Response[str]:
    """The article and its records in one file."""
    found = stored(request, id)
    html = view.page(article_of(found), replace(found.reading, id=found.info.id), language_of(request))
    return Response(
        html, media_type="text/html",
        headers={"Content-Disposition": f'attachment; filename="marsad-{found.info.id}.html"'},
    )  # fmt: skip


ROUTES = [article, lights, style, report]
