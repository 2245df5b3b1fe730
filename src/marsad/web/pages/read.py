"""A text is pasted or a file dropped: it is read at once, shown, and kept where that is wanted."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from typing import Annotated, Any, NamedTuple

import msgspec
from litestar import get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.exceptions import HTTPException
from litestar.params import Body, FromPath
from litestar.response import Redirect, Response

from marsad.errors import InputError, NotFoundError, ReadOnlyError, TooLargeError
from marsad.ingest.checks import check_article, check_date
from marsad.ingest.source import from_bytes, load_address
from marsad.reading import pipeline
from marsad.records import Article, Reading
from marsad.store.prepare import prepare
from marsad.view import page as view
from marsad.web.pages.article import SHOWN, reader
from marsad.web.render import AnyRequest, language_of, options_of, page, store_of, writable

Form = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]
_TOLD = ("title", "date", "outlet", "url")
_FAULTS = ("NotTextError", "NotArabicError", "TooLargeError")
"""Errors that the catalogue has words for (`fault.NAME`)."""
_FIELD = 1_000
_WAIT = 30.0
_LATEST = 32
_CHARS = 4_000_000


class ReadText(NamedTuple):
    """A text that was read and is in no archive."""

    article: Article
    reading: Reading


class _Desk:
    """The latest texts that were read, each under a name that cannot be guessed; and who may read at a time.

    Reading takes a processor: further texts wait their turn, so that pages stay quick.
    """

    def __init__(self) -> None:
        self._read: OrderedDict[str, ReadText] = OrderedDict()
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(2)

    def put(self, text: ReadText) -> str:
        name = secrets.token_urlsafe(12)
        with self._lock:
            self._read[name] = text
            while len(self._read) > 1 and (
                len(self._read) > _LATEST or sum(len(t.article.text) for t in self._read.values()) > _CHARS
            ):
                self._read.popitem(last=False)
        return name

    def get(self, name: str) -> ReadText:
        with self._lock:
            found = self._read.get(name)
        if found is None:
            raise NotFoundError("")
        return found

    def read(self, article: Article) -> Reading:
        if not self._turns.acquire(timeout=_WAIT):
            raise HTTPException(status_code=503, detail="")
        try:
            return pipeline.read(article)
        finally:
            self._turns.release()


_desk = _Desk()


@get("/read", sync_to_thread=True, include_in_schema=False)
def form(request: AnyRequest) -> Response[str]:
    """The form."""
    return _form(request, None, "", {})


def _form(request: AnyRequest, fault: InputError | None, text: str, given: dict[str, str | None]) -> Response[str]:
    kind = next((name for name in _FAULTS if name == type(fault).__name__), "")
    return page(
        request, "read.html", status=400 if fault else 200, fault=str(fault or ""), fault_kind=kind, text=text,
        given={**dict.fromkeys(_TOLD), **given},
        limit=options_of(request).max_chars,
    )  # fmt: skip


@post("/reading", sync_to_thread=True, include_in_schema=False)
def read(request: AnyRequest, data: Form) -> Response[Any]:
    """The text is read; its page follows."""
    given = {name: str(data.get(name) or "").strip()[:_FIELD] or None for name in _TOLD}
    text = str(data.get("text") or "")
    try:
        article, warnings = _article(request, text, data.get("file"), str(data.get("address") or "").strip(), given)
        reading = _desk.read(article)
    except InputError as error:
        return _form(request, error, text, given)
    reading = msgspec.structs.replace(reading, warnings=(*warnings, *reading.warnings))
    return Redirect(f"/reading/{_desk.put(ReadText(article, reading))}", status_code=303)


def _article(
    request: AnyRequest, text: str, upload: object, address: str, given: dict[str, str | None]
) -> tuple[Article, list[str]]:
    """(the article, warnings): of a file, else of an address where there is no text.  Raises InputError."""
    options = options_of(request)
    told: dict[str, Any] = {name: value for name, value in given.items() if value}
    if told.get("date"):
        told["date"], faults = check_date(told["date"])
        if faults:
            raise InputError(faults[0])
    if isinstance(upload, UploadFile) and upload.filename:
        data = upload.file.read(options.max_bytes + 1)
        if data or not text.strip():
            if len(data) > options.max_bytes:
                raise TooLargeError(f"{upload.filename}: more than {options.max_bytes:,} bytes")
            article, warnings = from_bytes(data, upload.filename, None, "", None, options.max_chars)
            return msgspec.structs.replace(article, **told), warnings
    if address and not text.strip():
        loaded = load_address(
            address, public_only=not options.allow_private, max_chars=options.max_chars, max_bytes=options.max_bytes,
            timeout=_WAIT,
        ).told(**{name: told.get(name) for name in ("title", "date", "outlet")})  # fmt: skip
        return loaded.article, loaded.warnings
    return check_article(Article(text=text.replace("\r\n", "\n"), **told), options.max_chars)


@get("/reading/{name:str}", sync_to_thread=True, include_in_schema=False)
def result(request: AnyRequest, name: FromPath[str]) -> Response[str]:
    """A text that was read just now."""
    article, reading = _desk.get(name)
    return page(
        request, "result.html", layers=SHOWN, shown=SHOWN, clean=False, lights=f"/reading/{name}/lights.css",
        name_=name,
        **reader(article, reading, request),
    )  # fmt: skip


@get("/reading/{name:str}/lights.css", sync_to_thread=True, include_in_schema=False)
def lights(name: FromPath[str]) -> Response[str]:
    """Words and records of the text light each other up."""
    return Response(view.lights(_desk.get(name).reading, "c-", ""), media_type="text/css")


@get("/reading/{name:str}/report.html", sync_to_thread=True, include_in_schema=False)
def report(request: AnyRequest, name: FromPath[str]) -> Response[str]:
    """The text and its records in one file."""
    article, reading = _desk.get(name)
    return Response(
        view.page(article, reading, language_of(request)), media_type="text/html",
        headers={"Content-Disposition": 'attachment; filename="marsad-reading.html"'},
    )  # fmt: skip


@get("/reading/{name:str}/reading.json", sync_to_thread=True, include_in_schema=False)
def as_json(name: FromPath[str]) -> Response[bytes]:
    """The records as JSON."""
    return Response(
        msgspec.json.encode(_desk.get(name).reading), media_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="marsad-reading.json"'},
    )  # fmt: skip


@post("/reading/{name:str}/keep", sync_to_thread=True, include_in_schema=False)
def keep(request: AnyRequest, name: FromPath[str]) -> Response[Any]:
    """The text goes into the archive and is shown from there."""
    if not writable(request):
        raise ReadOnlyError("this archive may only be read")
    article, reading = _desk.get(name)
    outcome = store_of(request).put([prepare(article, reading)])[0]
    return Redirect(f"/article/{outcome.article}", status_code=303)


ROUTES = [form, read, result, lights, report, as_json, keep]
