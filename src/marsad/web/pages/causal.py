"""The map of mechanisms with its what-if, and the review of merges of its concepts."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Response

from marsad.assembly.claims import View
from marsad.assembly.whatif.words import say
from marsad.errors import QueryError, ReadOnlyError
from marsad.stored import Page
from marsad.view.map_text import holder, sign
from marsad.web.export_map import MAP_ENDINGS
from marsad.web.maps import Maps, answer, maps_of, shown, view_of
from marsad.web.query import address, one, window
from marsad.web.render import AnyRequest, language_of, options_of, page, store_of, writable

Form = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]
_NAMES = 400
"""Concepts that a form suggests."""
_CLAIMANTS = 60
_SIGNS = ("+", "-")
_PARTS = ("push", "way", "cause", "effect", "effect_way")


def _maps(request: AnyRequest) -> Maps:
    return maps_of(request.app.state, store_of(request))


@get("/map", sync_to_thread=True, include_in_schema=False)
def causal_map(request: AnyRequest) -> Response[Any]:
    """What is claimed to act on what; with `press` and `target` also what that implies.

    A form cannot write «CONCEPT+» as one value: it sends `push` and `way`, and is sent on to the address with `press`;
    and so `cause`, `effect` and `effect_way` become an `edge` that the reader adds.
    """
    query = request.query_params
    pairs = list(query.multi_items())
    pushed = one(query, "push")
    cause, effect = one(query, "cause"), one(query, "effect")
    if pushed or (cause and effect):
        kept = [(name, value) for name, value in pairs if name not in _PARTS and value]
        if pushed:
            kept.append(("press", pushed + _sign(one(query, "way"))))
        if cause and effect:
            kept.append(("edge", f"{cause} -> {effect} {_sign(one(query, 'effect_way'))}"))
        return Redirect(address("/map", kept), status_code=303)
    maps = _maps(request)
    offset, limit = window(query, 40)
    part = shown(maps, query, offset, limit)
    fault, result = "", None
    try:
        result = answer(maps, query)
    except QueryError as error:
        fault = str(error)
    whole = maps.map(view_of(query))
    language = language_of(request)
    viewed = [pair for pair in pairs if pair[0] not in ("lang", "theme", "press", "target", "edge", "offset")]
    return page(
        request, "map.html", part=part, whole=whole, fault=fault, answer=result, view=view_of(query),
        labels={node.key: node.label for node in whole.nodes}, names=[node.label for node in whole.nodes[:_NAMES]],
        claimants=maps.claimants()[:_CLAIMANTS], asked=[pair for pair in pairs if pair[0] not in ("lang", "theme")],
        window=Page(items=part.edges, total=part.total, offset=offset, limit=limit), edge_sign=sign, holder=holder,
        say=lambda kind, code, **put: getattr(say(kind, code, **put), language),
        words=lambda both: getattr(both, language), about=one(query, "about"), support=one(query, "support"),
        source=address("/api/map", viewed),
        taken=[(name, address(f"/export/map.{ending}", viewed)) for ending, name in MAP_ENDINGS.items()],
    )  # fmt: skip


@get("/merges", sync_to_thread=True, include_in_schema=False)
def merges(request: AnyRequest) -> Response[str]:
    """Concepts that may be one, and what was decided."""
    maps = _maps(request)
    offset, limit = window(request.query_params, 30)
    found = maps.proposals()
    whole = maps.map(View())
    return page(
        request, "merges.html", decided=maps.decisions()[:200], labels={node.key: node.label for node in whole.nodes},
        proposals=Page(items=tuple(found[offset : offset + limit]), total=len(found), offset=offset, limit=limit),
    )  # fmt: skip


@post("/merges/decide", sync_to_thread=True, include_in_schema=False)
def decide(request: AnyRequest, data: Form) -> Response[Any]:
    """Accept, reject or undo; then back to the list."""
    if not writable(request):
        raise ReadOnlyError("this archive may only be read")
    given = {name: str(data.get(name) or "").strip()[:500] for name in ("decision", "key", "into", "reason")}
    _maps(request).decide(
        given["decision"], given["key"], given["into"], given["reason"], data.get("sign") == "-1",
        options_of(request).analyst,
    )  # fmt: skip
    return Redirect("/merges", status_code=303)


def _sign(way: str) -> str:
    return way if way in _SIGNS else "+"


ROUTES = [causal_map, merges, decide]
