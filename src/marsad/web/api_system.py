"""The assembled system as JSON: the causal map, what-if, the network.  The same questions as the command line's."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Request, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from marsad.assembly.balance import Balance
from marsad.assembly.causal import Edge, Node
from marsad.assembly.changes import Changes, changes
from marsad.assembly.network import ClaimPeriod, EventPeriod, Tie
from marsad.assembly.network import network as network_of
from marsad.assembly.whatif import RELIABILITY, WhatIf, whatif
from marsad.lexicon.codes import code_of, name_of
from marsad.records import Record
from marsad.stored import By, Count, Filters, Page, PairRow, StoredRecord
from marsad.web import query
from marsad.web.balance import balance_of
from marsad.web.maps import Maps, maps_of, shown, view_of
from marsad.web.problems import problems
from marsad.web.render import language_of, store_of

Asked = Request[Any, Any, Any]
Filtered = NamedDependency[Filters]
MOST_DRAWS = 50_000


CLAIMANTS = 200
CLAIMS = 12
"""Claims that an answer brings along for each edge; its counts are of all."""


class MapAnswer(Record, frozen=True):
    """Part of a causal map: the best supported of `total` edges and the concepts that they join.  `claimants` are all
    who hold claims, with how many; "" stands for writers."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    view: str
    total: int
    claimants: tuple[Count, ...]


class NetworkNode(Record, frozen=True):
    """An actor: its code or key, its name, and how many records join it with others of the answer."""

    key: str
    name: str
    records: int


class NetworkAnswer(Record, frozen=True):
    """Who is joined with whom; `total` counts all pairs, `first` and `last` are the archive's dates."""

    nodes: tuple[NetworkNode, ...]
    edges: tuple[PairRow, ...]
    total: int
    first: str | None
    last: str | None


class TieAnswer(Record, frozen=True):
    """How two actors stand: ties by domain (by independent evidence; neutral and withheld kept apart), the periods of
    claims and of event scores, and where the score's level shifts, if there are periods enough to tell."""

    ties: tuple[Tie, ...]
    claims: tuple[ClaimPeriod, ...]
    events: tuple[EventPeriod, ...]
    changes: Changes


def _maps(request: Asked) -> Maps:
    return maps_of(request.app.state, store_of(request))


@get("/map", sync_to_thread=True, summary="What is claimed to cause what", responses=problems(400))
def causal_map(
    request: Asked, filters: Filtered,
    about: Annotated[list[str] | None, QueryParameter(max_items=12, description="Effects on or of concepts.")] = None,
    side: Annotated[str | None, QueryParameter(description="Of those who speak for this actor.")] = None,
    support: Annotated[int, QueryParameter(ge=0, le=1_000, description="So many pieces of evidence at least.")] = 0,
    limit: Annotated[int, QueryParameter(ge=1, le=query.MOST, description="Edges at most.")] = 150,
) -> MapAnswer:  # fmt: skip
    """The causal map of the claims that meet the filters, best supported edges first; `speaker` gives one claimant's
    view.  Denied and conceded effects are edges without support."""
    maps = _maps(request)
    found = shown(maps, request.query_params, 0, limit, filters)
    edges = (msgspec.structs.replace(edge, claims=edge.claims[:CLAIMS]) for edge in found.edges)
    return MapAnswer(
        nodes=found.causal_map.nodes, edges=tuple(sorted(edges, key=lambda e: (e.cause, e.effect))),
        view=found.causal_map.view, total=found.total,
        claimants=tuple(Count(value=name, count=count) for name, count in maps.claimants()[:CLAIMANTS]),
    )  # fmt: skip


@get("/whatif", sync_to_thread=True, summary="What the claims imply when something is pushed", responses=problems(400))
def what_if(
    request: Asked, filters: Filtered,
    press: Annotated[list[str], QueryParameter(min_items=1, max_items=10, description="Concept and sign: `…+`, `…-`.")],
    target: Annotated[str, QueryParameter(min_length=1, max_length=query.LONGEST, description="What is asked about.")],
    edge: Annotated[list[str] | None, QueryParameter(description="Effects that nobody claims: `A -> B +`.")] = None,
    seed: Annotated[int, QueryParameter(ge=0, le=2**32 - 1, description="Seed of the draws.")] = 0,
    draws: Annotated[int, QueryParameter(ge=1, le=MOST_DRAWS, description="Weightings in all.")] = 10_000,
    reliability: Annotated[float, QueryParameter(gt=0, le=1, description="Chance that a claim was read rightly.")]
    = RELIABILITY,
) -> WhatIf:  # fmt: skip
    """Signs where they decide, otherwise the range of shares over many weightings.  What the cited claims imply, not a
    forecast.  The same answer as `marsad whatif`."""
    presses, edges = query.values(request.query_params, "press"), query.values(request.query_params, "edge")
    causal_map = _maps(request).map(view_of(request.query_params))
    goal = query.clean(target)
    return whatif(causal_map, presses, goal, edges=edges, seed=seed, draws=draws, reliability=reliability)


@get("/network", sync_to_thread=True, summary="Who is joined with whom", responses=problems(400))
def network(
    request: Asked, filters: Filtered,
    limit: Annotated[int, QueryParameter(ge=1, le=query.MOST, description="Pairs at most.")] = 60,
) -> NetworkAnswer:  # fmt: skip
    """The pairs that most records join, and their actors."""
    store = store_of(request)
    found, stats = store.pairs(filters, 0, limit), store.stats()
    language = language_of(request)
    records: dict[str, int] = {}
    for pair in found.items:
        for key in (pair.a, pair.b):
            records[key] = records.get(key, 0) + pair.records
    nodes = tuple(NetworkNode(key=key, name=name_of(key, language), records=count) for key, count in records.items())
    return NetworkAnswer(nodes=nodes, edges=found.items, total=found.total, first=stats.first, last=stats.last)


Side = Annotated[str, QueryParameter(min_length=1, max_length=query.LONGEST, description="A code or a name.")]


@get("/between", sync_to_thread=True, summary="Records that join two actors", responses=problems(400))
def between(
    request: Asked, filters: Filtered, a: Side, b: Side,
    offset: Annotated[int, QueryParameter(ge=0, le=query.DEEPEST, description="Items to pass over.")] = 0,
    limit: Annotated[int, QueryParameter(ge=1, le=query.MOST, description="Items of this page.")] = query.LIMIT,
) -> Page[StoredRecord]:  # fmt: skip
    """Those that a timeline of the two counts, newest first."""
    return store_of(request).between(code_of(query.clean(a)), code_of(query.clean(b)), filters, offset, limit)


@get("/tie", sync_to_thread=True, summary="How two actors stand", responses=problems(400))
def tie(request: Asked, filters: Filtered, a: Side, b: Side, by: FromQuery[By] = "month") -> TieAnswer:
    """By domain and over time; claims and events apart, neutral and withheld shown, never averaged."""
    pair = code_of(query.clean(a)), code_of(query.clean(b))
    asked = msgspec.structs.replace(filters, actors=tuple(sorted(set(pair))), layers=("relation", "event"))
    found = network_of(store_of(request).stream(asked), by, pair).of(*pair)
    scores = [(event.period, event.score) for event in found.events if event.score is not None]
    return TieAnswer(ties=found.ties, claims=found.claims, events=found.events, changes=changes(scores, by))


@get("/balance", sync_to_thread=True, summary="Structural balance of the network", responses=problems(400))
def balance(request: Asked, filters: Filtered) -> Balance:
    """Triads by their signs, those that disagree, and the fewest ties against a division into two camps: description,
    not a rule.  Ties are signed by most of their independent relation claims."""
    return balance_of(store_of(request), filters)


HANDLERS: list[Any] = [causal_map, what_if, network, between, tie, balance]
