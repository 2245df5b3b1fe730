"""The assembled claims of the open archive, kept from one question to the next and brought up to date for each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from threading import Lock

import msgspec

from marsad.assembly.assemble import Assembly
from marsad.assembly.causal import CausalMap, Edge, Node
from marsad.assembly.claims import View
from marsad.records import Record
from marsad.store.base import Store
from marsad.stored import Count, Filters
from marsad.text.normalise import fold

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


class System:
    """One assembly for all threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._assembly = Assembly()
        self._lock = Lock()

    def map(self, filters: Filters) -> CausalMap:
        """The map of the claims that meet the filters."""
        with self._lock:
            self._assembly.follow(self._store)
            found = self._assembly.map(_view(filters))
        return _only(found, filters)

    def answer(self, filters: Filters, limit: int) -> MapAnswer:
        """The best supported edges of that map."""
        found = self.map(filters)
        with self._lock:
            claimants = self._assembly.claimants()
        ranked = sorted(found.edges, key=lambda e: (-e.support - e.against - e.denied - e.conceded, e.cause, e.effect))
        shown = (msgspec.structs.replace(edge, claims=edge.claims[:CLAIMS]) for edge in ranked[:limit])
        edges = tuple(sorted(shown, key=lambda e: (e.cause, e.effect)))
        keys = {key for edge in edges for key in (edge.cause, edge.effect)}
        return MapAnswer(
            nodes=tuple(node for node in found.nodes if node.key in keys), edges=edges, view=found.view,
            total=len(found.edges), claimants=tuple(Count(value=name, count=count) for name, count in claimants[:200]),
        )  # fmt: skip


def _view(filters: Filters) -> View:
    return View(
        claimant=filters.speaker, outlet=filters.outlets[0] if filters.outlets else None, article=filters.article,
        since=filters.since, until=filters.until,
    )  # fmt: skip


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
