"""The part of a map that an answer depends on, as a signed digraph.

Only concepts that a press reaches and that lead to the target can matter: what no press reaches does not move, and what
does not lead to the target cannot move it.  A loop lies wholly inside this part or wholly outside it, so loops outside
change neither the answer nor how often the part is stable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import networkx as nx

from marsad.assembly.causal import Edge

RELIABILITY = 0.4
"""Chance that one independent claim was read rightly: the precision measured for mechanisms with both ends, sign and
kind of claim on labelled articles (0.42)."""
ACCEPTED = 0.95
"""The same for a claim that an analyst has accepted."""


@dataclass(frozen=True, slots=True)
class Link:
    """An edge as what-if uses it.

    `inclusion` is the share of weightings that contain it, `positive` the share of those in which its sign is +.
    """

    cause: str
    effect: str
    inclusion: float
    positive: float
    edge: Edge

    @property
    def signs(self) -> tuple[int, ...]:
        """The signs that are asserted: one, or two where the sources disagree."""
        return (1,) if self.positive == 1.0 else (-1,) if self.positive == 0.0 else (1, -1)


@dataclass(frozen=True, slots=True)
class Part:
    """Concepts (sorted) and links (sorted by cause and effect) between presses and target, and the same as a graph
    whose edges carry `link`."""

    concepts: tuple[str, ...]
    links: tuple[Link, ...]
    graph: nx.DiGraph = field(repr=False)


def link_of(edge: Edge, reliability: float) -> Link:
    """The link that an edge makes.

    An edge is there unless all its clusters were misread: `1 - prod(1 - r)`.  Where others deny it, that is multiplied
    by asserting / (asserting + denying) clusters; where both signs are asserted, a weighting takes the sign + as often
    as its clusters have it.  An analyst's edge is always there.
    """
    if edge.analyst:
        return Link(edge.cause, edge.effect, 1.0, 1.0 if edge.sign > 0 else 0.0, edge)
    asserting = edge.support + edge.against
    accepted = {claim.cluster for claim in edge.claims if claim.claim == "asserts" and claim.accepted}
    sure = min(len(accepted), asserting)
    inclusion = 1.0 - (1.0 - max(reliability, ACCEPTED)) ** sure * (1.0 - reliability) ** (asserting - sure)
    inclusion *= asserting / (asserting + edge.denied)
    own_sign = edge.support / asserting
    return Link(edge.cause, edge.effect, inclusion, own_sign if edge.sign > 0 else 1.0 - own_sign, edge)


def part_between(edges: Iterable[Edge], presses: Sequence[str], target: str, reliability: float) -> Part:
    """The part that decides about `target`; empty where no press leads to it.  Edges without support are left out."""
    graph = nx.DiGraph()
    for edge in edges:
        if edge.support > 0:
            graph.add_edge(edge.cause, edge.effect, link=link_of(edge, reliability))
    ahead: set[str] = set()
    for press in presses:
        if press in graph:
            ahead |= {press} | nx.descendants(graph, press)
    keep = ahead & ({target} | nx.ancestors(graph, target)) if target in ahead else set()
    # In sorted order, so that the same map gives the same answer in whatever order its edges come.
    part = nx.DiGraph()
    part.add_nodes_from(sorted(keep))
    links = sorted(
        (data["link"] for a, b, data in graph.edges(data=True) if a in keep and b in keep),
        key=lambda link: (link.cause, link.effect),
    )
    for link in links:
        part.add_edge(link.cause, link.effect, link=link)
    return Part(tuple(part), tuple(links), part)


def with_added(edges: Sequence[Edge], added: Mapping[tuple[str, str], int]) -> tuple[Edge, ...]:
    """The edges with those that an analyst adds: `added` maps (cause, effect) to a sign.

    An added edge stands in place of claims on the same pair, which it keeps for the record.
    """
    old = {(edge.cause, edge.effect): edge for edge in edges}
    new = [
        Edge(
            cause=cause, effect=effect, sign=1 if sign > 0 else -1, support=1, analyst=True,
            claims=old[cause, effect].claims if (cause, effect) in old else (),
        )
        for (cause, effect), sign in added.items()
    ]  # fmt: skip
    return (*(edge for key, edge in old.items() if key not in added), *new)
