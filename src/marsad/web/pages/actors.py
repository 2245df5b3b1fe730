"""Actors of the archive, and one of them: roles over time, names, partners."""

from __future__ import annotations

from typing import get_args

from litestar import get
from litestar.response import Response

from marsad.errors import NotFoundError
from marsad.lexicon.codes import code_of
from marsad.records import ActorKind
from marsad.stored import Filters
from marsad.web.query import one, values, window
from marsad.web.render import AnyRequest, page, store_of

KINDS: tuple[str, ...] = get_args(ActorKind)


@get("/actors", sync_to_thread=True, include_in_schema=False)
def actors(request: AnyRequest) -> Response[str]:
    """Those in most articles first."""
    query = request.query_params
    words = one(query, "words")
    kinds = tuple(kind for kind in values(query, "kind") if kind in KINDS)
    offset, limit = window(query, 50)
    found = store_of(request).actors(words, kinds, offset, limit)
    return page(request, "actors.html", words=words, kinds=kinds, all_kinds=KINDS, actors=found)


@get("/actor", sync_to_thread=True, include_in_schema=False)
def actor(request: AnyRequest) -> Response[str]:
    """By code, key or name."""
    store = store_of(request)
    asked = one(request.query_params, "key")
    card = store.actor(asked) or store.actor(code_of(asked)) if asked else None
    if card is None:
        raise NotFoundError(asked)
    key = card.actor.key
    coded = key in card.actor.codes
    records = store.records(Filters(actors=(key,)), limit=8).items if coded else ()
    said = store.ledger(key if coded else card.actor.name, Filters(), limit=6)
    return page(request, "actor.html", card=card, coded=coded, records=records, said=said)


ROUTES = [actors, actor]
