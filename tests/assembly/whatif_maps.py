"""Small maps for the tests of what-if."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations

import networkx as nx
import numpy as np

from marsad.assembly.causal import CausalMap, Claim, Edge, Node
from marsad.assembly.whatif.system import Part, part_between


def edge(text: str, support: int = 1, **fields: object) -> Edge:
    """«A+B», «A-B»: an edge with that many clusters."""
    sign = 1 if "+" in text else -1
    cause, effect = text.split("+" if sign > 0 else "-")
    return Edge(cause=cause, effect=effect, sign=sign, support=support, **fields)  # type: ignore[arg-type]


def map_of(*edges: str | Edge) -> CausalMap:
    """A map from edges, with a node for each end."""
    made = [edge(e) if isinstance(e, str) else e for e in edges]
    keys = sorted({key for e in made for key in (e.cause, e.effect)})
    nodes = tuple(Node(key=key, kind="quantity", label=key) for key in keys)
    return CausalMap(nodes=nodes, edges=tuple(sorted(made, key=lambda e: (e.cause, e.effect))))


def claim(holder: str | None, sign: int = 1, cluster: str = "k", **fields: object) -> Claim:
    """An asserting claim by one holder."""
    values = {
        "record": "m1", "article": "a1", "quote": "…", "sign": sign, "claim": "asserts", "modality": "asserted",
        "tier": "explicit", "cluster": cluster, "claimants": (holder,) if holder else (),
    }  # fmt: skip
    return Claim(**{**values, **fields})  # type: ignore[arg-type]


def part_of(causal_map: CausalMap, press: str, target: str) -> Part:
    return part_between(causal_map.edges, [press], target, 1.0)


def matrix_of(graph: nx.DiGraph, weights: np.ndarray, damping: np.ndarray) -> np.ndarray:
    """-A for a part's graph, edges in its order."""
    place = {concept: i for i, concept in enumerate(graph)}
    minus = np.diag(damping.astype(float))
    for (cause, effect, link), weight in zip(graph.edges(data="link"), weights, strict=True):
        minus[place[effect], place[cause]] -= weight * link.signs[0]
    return minus


def feedback_terms(graph: nx.DiGraph, press: str, target: str) -> tuple[int, int]:
    """Dambacher, Li and Rossignol (2002): positive and negative terms of the adjoint of -A for all weights 1 and
    self-damping 1, by expanding the determinant in all permutations.

    adj(-A)[target, press] is the number of positive minus the number of negative terms; their weighted prediction is
    |positive - negative| / (positive + negative).
    """
    minus = matrix_of(graph, np.ones(graph.number_of_edges()), np.ones(len(graph)))
    concepts = list(graph)
    column, row = concepts.index(target), concepts.index(press)
    rows = [i for i in range(len(concepts)) if i != row]
    columns = [i for i in range(len(concepts)) if i != column]
    up = down = 0
    for order in permutations(range(len(rows))):
        term = (-1.0) ** (row + column) * _parity(order)
        for i, j in enumerate(order):
            term *= minus[rows[i], columns[j]]
        up += term > 0
        down += term < 0
    return up, down


def _parity(order: Iterable[int]) -> int:
    order = list(order)
    sign = 1
    for i in range(len(order)):
        while order[i] != i:
            j = order[i]
            order[i], order[j] = order[j], order[i]
            sign = -sign
    return sign
