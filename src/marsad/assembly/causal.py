"""The causal map as plain data: what assembly makes and what what-if, network mathematics and exports read.

A map holds neutral concepts (nodes) and what is claimed to act on what (edges).  An edge joins an ordered pair of
nodes once; claims of either sign, denials and concessions lie on it side by side and are counted by independence
cluster (claimant x original text), never added up into one number.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from marsad.records import Record

NodeKind = Literal["relation", "act", "attribute", "belief", "quantity"]
ClaimType = Literal["asserts", "denies", "concedes"]
Modality = Literal["asserted", "potential", "necessary", "hypothetical", "purpose"]
Tier = Literal["explicit", "purpose", "implicit"]
Sign = Literal[-1, 1]


class Node(Record, frozen=True):
    """A concept.  `key` is canonical (see reading.concepts) and equal in every view; `label` is a short Arabic noun
    phrase without words of direction; `aliases` are other wordings met; `merged` the keys that were merged into it."""

    key: str
    kind: NodeKind
    label: str
    aliases: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()


class Claim(Record, frozen=True):
    """One sentence's claim on an edge.

    `sign` is that between the neutral concepts (more of the cause, more of the effect: +1).  `claimants` is the chain
    that holds it, outermost first, names as written; empty where the writer narrates.  `side` is the actor codes of
    the innermost claimant.  `cluster` names the independence cluster: claims of one cluster count once.  `record` and
    `article` are ids of the mechanism and its article; `quote` is the stretch of text from `start`.
    """

    record: str
    article: str
    quote: str
    sign: Sign
    claim: ClaimType
    modality: Modality
    tier: Tier
    cluster: str
    claimants: tuple[str, ...] = ()
    side: tuple[str, ...] = ()
    start: int = 0
    outlet: str | None = None
    date: str | None = None
    continuation: bool = False
    accepted: bool = False
    """An analyst has accepted the record."""


class Edge(Record, frozen=True):
    """What is claimed of one concept's effect on another.

    `sign` is that with more clusters (+1 where equal) among asserting claims; `support` counts their clusters,
    `against` the asserting clusters of the other sign, `denied` and `conceded` clusters of such claims.  An edge with
    `support` 0 holds only denials or concessions and must not be simulated.  `contested`: both signs are asserted, or
    the effect is asserted by some and denied by others.  `modality` is the firmest among the asserting claims.
    `analyst` marks an edge that nobody claimed and an analyst added (it has support 1 and no claims).
    """

    cause: str
    effect: str
    sign: Sign
    support: int
    against: int = 0
    denied: int = 0
    conceded: int = 0
    contested: bool = False
    modality: Modality = "asserted"
    claims: tuple[Claim, ...] = ()
    analyst: bool = False
    note: str = ""


class CausalMap(Record, frozen=True):
    """Concepts and edges, nodes by key and edges by (cause, effect).  `view` says what it was made of (`merged`,
    `claimant:NAME`, `outlet:NAME`, `side:CODE`, `article:ID`)."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    view: str = "merged"

    def node(self, key: str) -> Node | None:
        """The node of that key, also by a key that was merged into it."""
        return next((n for n in self.nodes if n.key == key or key in n.merged), None)

    def simulated(self) -> tuple[Edge, ...]:
        """Edges that somebody asserts or an analyst added: those that a what-if may use."""
        return tuple(edge for edge in self.edges if edge.support > 0)


def to_json(causal_map: CausalMap) -> bytes:
    """The map as JSON."""
    return msgspec.json.encode(causal_map)


def from_json(data: bytes) -> CausalMap:
    """The map from its JSON.  Raises msgspec.ValidationError."""
    return msgspec.json.decode(data, type=CausalMap)
