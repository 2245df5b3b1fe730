"""Pages from templates, with all that a template has at hand."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache, partial
from importlib.resources import files
from typing import Any, get_args

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined
from litestar import MediaType, Request
from litestar.response import Response
from markupsafe import Markup

from marsad.lexicon.codes import name_of
from marsad.records import Act, Domain, EventType, Status
from marsad.store.base import Store
from marsad.stored import Filters, Snippet
from marsad.version import VERSION
from marsad.view.bidi import direction, plain
from marsad.view.labels import label
from marsad.web import locale
from marsad.web.locale import LANGUAGES, Language
from marsad.web.options import Options
from marsad.web.query import address, query_of

AnyRequest = Request[Any, Any, Any]
NAV = (
    ("home", "/"), ("search", "/search"), ("ledger", "/ledger"), ("actors", "/actors"), ("pairs", "/pairs"),
    ("network", "/network"), ("map", "/map"), ("compare", "/compare"), ("stories", "/stories"),
    ("quality", "/quality"),
)  # fmt: skip
"""The pages of the menu: message `nav.NAME`, path."""
THEMES = ("light", "dark")
_KINDS = {"layer": "record", "type": "event"}
"""Names in an address whose words the labels keep under another kind."""
_CODES = {"act": get_args(Act), "event": get_args(EventType), "status": get_args(Status), "domain": get_args(Domain),
          "claim": ("asserts", "denies", "concedes")}  # fmt: skip


def store_of(request: AnyRequest) -> Store:
    """The open archive."""
    store: Store = request.app.state["store"]
    return store


def options_of(request: AnyRequest) -> Options:
    """What was decided at the start."""
    options: Options = request.app.state["options"]
    return options


def writable(request: AnyRequest) -> bool:
    """May this archive be written to from the browser?"""
    return not (options_of(request).read_only or store_of(request).read_only)


def language_of(request: AnyRequest) -> Language:
    """The language asked for in the address, else chosen before, else preferred by the browser, else Arabic."""
    for wanted in (request.query_params.get("lang"), request.cookies.get("lang")):
        for language in LANGUAGES:
            if wanted == language:
                return language
    for part in request.headers.get("accept-language", "").split(","):
        for language in LANGUAGES:
            if part.strip().lower().startswith(language):
                return language
    return "ar"


def theme_of(request: AnyRequest) -> str:
    """light, dark, or "" for what the system prefers."""
    wanted = request.query_params.get("theme") or request.cookies.get("theme") or ""
    return wanted if wanted in THEMES else ""


@cache
def environment() -> Environment:
    """The templates."""
    made = Environment(
        loader=ChoiceLoader(
            [
                PackageLoader("marsad.web", "templates"),
                PrefixLoader({"view": PackageLoader("marsad.view", "templates")}),
            ]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["plain"] = plain
    made.filters["direction"] = direction
    made.filters["merged"] = lambda one, other: {**one, **other}
    made.globals.update(
        version=VERSION, nav=NAV, asset=_asset, has_asset=_has_asset, codes=_CODES, query_of=query_of,
        query_dict=_query_dict, carried_dict=dict, snippet_parts=_snippet_parts, style=_style,
    )  # fmt: skip
    return made


def _query_dict(filters: Filters, without: Sequence[str] = ()) -> dict[str, list[str]]:
    """The filters as parameters, by name."""
    found: dict[str, list[str]] = {}
    for name, value in query_of(filters):
        if name not in without:
            found.setdefault(name, []).append(value)
    return found


def _snippet_parts(snippet: Snippet) -> Iterator[tuple[str, bool]]:
    """(piece of the snippet, is it a hit?)"""
    at = 0
    for start, end in snippet.hits:
        yield snippet.text[at:start], False
        yield snippet.text[start:end], True
        at = end
    yield snippet.text[at:], False


def _style() -> Markup:
    """The style rules, for a report that opens from disk."""
    return Markup(files(__package__).joinpath("static", "style.css").read_text(encoding="utf-8"))


@cache
def _has_asset(path: str) -> bool:
    return files(__package__).joinpath("static", *path.split("/")).is_file()


@cache
def _asset(path: str) -> str:
    """The address of a file under static/, which changes with its content, so that browsers may keep it."""
    from hashlib import blake2b

    file = files(__package__).joinpath("static", *path.split("/"))
    mark = blake2b(file.read_bytes(), digest_size=6).hexdigest() if file.is_file() else "none"
    return f"/static/{path}?v={mark}"


def page(request: AnyRequest, template: str, status: int = 200, **context: Any) -> Response[str]:
    """The page as an answer; choices of language and colours in the address are kept in a cookie."""
    language = language_of(request)
    html = rendered(request, template, **context)
    answer = Response(html, status_code=status, media_type=MediaType.HTML)
    answer.headers["Content-Language"] = language
    answer.headers["Vary"] = "Accept-Language, Cookie"
    answer.headers["Cache-Control"] = "no-cache"
    for name, known in (("lang", LANGUAGES), ("theme", (*THEMES, "auto"))):
        if request.query_params.get(name) in known:
            answer.set_cookie(
                name, str(request.query_params.get(name)), max_age=31_536_000, samesite="lax", httponly=True
            )
    return answer


def rendered(request: AnyRequest, template: str, **context: Any) -> str:
    """The template with its context, in the language of the request."""
    return environment().get_template(template).render(**{**_at_hand(request, language_of(request)), **context})


def _at_hand(request: AnyRequest, language: Language) -> dict[str, Any]:
    def here(**changes: Any) -> str:
        query: dict[str, Any] = {}
        for name, value in request.query_params.multi_items():
            query.setdefault(name, []).append(value)
        query.update(changes)
        return address(request.url.path, query)

    def island(kind: str, **data: str) -> Markup:
        said = json.dumps(locale.strings(language, "island.", f"island-{kind}."), ensure_ascii=False)
        rest = Markup("").join(Markup(' data-{}="{}"').format(name, value) for name, value in data.items())
        return Markup('<div data-island="{}" data-lang="{}" data-strings="{}"{}></div>').format(
            kind, language, said, rest
        )

    def facet_label(key: str, value: str) -> str:
        if key in ("actor", "speaker"):
            return plain(name_of(value, language))
        if key in ("since", "until"):
            return str(locale.message(language, f"filter.{key}_date", date=locale.date(language, value, True)))
        if key == "year":
            return locale.date(language, value)
        if key == "hide_rejected":
            return str(locale.message(language, "filter.hide_rejected"))
        if key == "decided":
            return str(locale.message(language, f"verdict.{value}ed"))
        return plain(label(_KINDS.get(key, key), value, language))

    return {
        "facet_label": facet_label,
        "report": False,
        "lang": language,
        "dir": "rtl" if language == "ar" else "ltr",
        "theme": theme_of(request),
        "path": request.url.path,
        "t": partial(locale.message, language),
        "label": lambda kind, code: label(kind, code, language),
        "num": partial(locale.number, language),
        "percent": partial(locale.percent, language),
        "date": partial(locale.date, language),
        "name": lambda code: plain(name_of(code, language)),
        "url": lambda path, **query: address(path, query),
        "here": here,
        "island": island,
        "writable": writable(request),
        "guarded": bool(options_of(request).token or options_of(request).password),
        "archive": store_of(request).location,
    }
