"""The causal map of the archive, assembled once and kept up with it; what pages and API ask of it."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from marsad.assembly.assemble import Assembly
from marsad.assembly.causal import CausalMap, Edge
from marsad.assembly.claims import View
from marsad.assembly.merges import NOTE, Merge, Proposal, merge_of, proposals
from marsad.assembly.whatif import RELIABILITY, whatif
from marsad.assembly.whatif.answer import WhatIf
from marsad.assembly.whatif.question import find_concept
from marsad.errors import QueryError
from marsad.lexicon.codes import code_of
from marsad.store.base import ALL, Store
from marsad.stored import Filters
from marsad.text.normalise import fold
from marsad.view.map_text import ranked
from marsad.web.query import Multi, one, values, whole

_VIEWS = 16
_DRAWS = 10_000
_MOST = 12
"""Presses or added effects of one question."""


class Shown(NamedTuple):
    """A part of a map: the `edges` asked for, best supported first, of `total`; `nodes` are theirs."""

    causal_map: CausalMap
    edges: tuple[Edge, ...]
    total: int


class Maps:
    """The assembly over a store, behind a lock: it takes in what has changed whenever it is asked."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._assembly = Assembly()
        self._lock = threading.Lock()
        self._views: dict[View, CausalMap] = {}
        self._mark: object = None

    def _fresh(self) -> Assembly:
        self._assembly.follow(self._store)
        if self._assembly.mark != self._mark:
            self._mark = self._assembly.mark
            self._views.clear()
        return self._assembly

    def map(self, view: View) -> CausalMap:
        """The map of a view."""
        with self._lock:
            assembly = self._fresh()
            found = self._views.get(view)
            if found is None:
                while len(self._views) >= _VIEWS:
                    self._views.pop(next(iter(self._views)))
                found = self._views[view] = assembly.map(view)
            return found

    def claimants(self) -> list[tuple[str, int]]:
        """Who holds claims, those with most first; "" stands for writers."""
        with self._lock:
            return self._fresh().claimants()

    def proposals(self) -> list[Proposal]:
        """Concepts that may be one."""
        whole_map = self.map(View())
        with self._lock:
            return proposals(whole_map, self._assembly.merges)

    def decisions(self) -> list[Merge]:
        """Merges decided on, newest first."""
        found = [merge for merge in map(merge_of, self._store.notes(NOTE)) if merge.decision != "undo"]
        return sorted(found, key=lambda merge: merge.at, reverse=True)

    def decide(self, what: str, key: str, into: str, reason: str, opposite: bool, by: str) -> Merge:
        """Accept, reject or undo a merge, and keep that.  Raises QueryError."""
        self.map(View())
        with self._lock:
            merges = self._assembly.merges
            if what == "accept":
                merge = merges.accept(key, into, reason, -1 if opposite else 1, by)
            elif what == "reject":
                merge = merges.reject(key, into, reason, by)
            elif what == "undo":
                merge = merges.undo(key, into, by)
            else:
                raise QueryError("a merge is accepted, rejected or undone")
            self._store.put_note(NOTE, merge.note_key, merge.data())
            return merge


def maps_of(state: Any, store: Store) -> Maps:
    """The maps of an application."""
    if "maps" not in state:
        state["maps"] = Maps(store)
    maps: Maps = state["maps"]
    return maps


def view_of(query: Multi) -> View:
    """The view that an address asks for: `speaker` (words of a name, a code, or `writer`), `side`, `outlet`,
    `article`, `since`, `until`."""
    side = one(query, "side")
    return View(
        claimant=one(query, "speaker") or None, side=code_of(side) if side else None,
        outlet=one(query, "outlet") or None, article=one(query, "article") or None, since=one(query, "since") or None,
        until=one(query, "until") or None,
    )  # fmt: skip


def shown(maps: Maps, query: Multi, offset: int, limit: int, filters: Filters = ALL) -> Shown:
    """The map that an address asks for: `view_of`, and of that only effects on or of `about` (a concept's key, label
    or words; may be repeated) with `support` or more, best supported first; and of those the ones that concern the
    actors, claims and words of the filters.  Raises QueryError."""
    whole_map = _only(maps.map(view_of(query)), filters)
    support = whole(query, "support", 0, 1_000)
    names = values(query, "about")
    about = _concepts(whole_map, names)
    edges = [
        edge
        for edge in ranked(whole_map)
        if edge.support >= support and (not names or edge.cause in about or edge.effect in about)
    ]
    taken = tuple(edges[offset : offset + limit])
    keys = {key for edge in taken for key in (edge.cause, edge.effect)}
    nodes = tuple(node for node in whole_map.nodes if node.key in keys)
    return Shown(msgspec.structs.replace(whole_map, nodes=nodes, edges=taken), taken, len(edges))


def _concepts(causal_map: CausalMap, names: list[str]) -> set[str]:
    """Keys of the concepts that each name means: the one of that key or label, else all that hold its words."""
    found: set[str] = set()
    for name in names:
        try:
            found.add(find_concept(causal_map, name).key)
        except QueryError:
            found |= {n.key for n in causal_map.nodes if name in n.label or any(name in alias for alias in n.aliases)}
    return found


def _only(found: CausalMap, filters: Filters) -> CausalMap:
    """Edges that concern all of the actors, that hold a claim of the kinds wanted, and whose words meet the words."""
    if not (filters.actors or filters.claims or filters.words):
        return found
    labels = {node.key: fold(f"{node.label} {' '.join(node.aliases)}") for node in found.nodes}
    words = fold(filters.words or "").replace('"', " ").split()

    def wanted(edge: Edge) -> bool:
        codes = _codes(edge.cause) | _codes(edge.effect)
        text = " ".join((labels[edge.cause], labels[edge.effect], *(fold(c.quote) for c in edge.claims)))
        return (
            all(actor in codes for actor in filters.actors)
            and (not filters.claims or any(c.claim in filters.claims for c in edge.claims))
            and all(word in text for word in words)
        )

    edges = tuple(edge for edge in found.edges if wanted(edge))
    keys = {key for edge in edges for key in (edge.cause, edge.effect)}
    return msgspec.structs.replace(
        found, edges=edges, nodes=tuple(node for node in found.nodes if node.key in keys)
    )  # fmt: skip


def _codes(key: str) -> set[str]:
    """Actors' codes in a concept's key."""
    parts: Sequence[str] = key.split(":")
    return {code for part in parts[1:] for code in re.split(r"[-+>]", part)}


def answer(maps: Maps, query: Multi) -> WhatIf | None:
    """The what-if that an address asks: `press` («CONCEPT+»), `target`, `edge` («A -> B +»), in the view; None where
    nothing is asked.  Raises QueryError."""
    presses, target, added = values(query, "press"), one(query, "target"), values(query, "edge")
    if not presses or not target:
        return None
    if len(presses) > _MOST or len(added) > _MOST:
        raise QueryError(f"no more than {_MOST} presses or added effects")
    return whatif(
        maps.map(view_of(query)), presses, target, edges=added, seed=whole(query, "seed", 0, 1_000_000), draws=_DRAWS,
        reliability=RELIABILITY,
    )  # fmt: skip
