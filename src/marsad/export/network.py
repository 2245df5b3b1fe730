"""The network of actors as GraphML (networkx, Gephi, Cytoscape): nodes are actors, edges what joins two of them."""

from __future__ import annotations

from typing import IO, Any

from marsad.export.views import pairs
from marsad.lexicon.codes import name_of
from marsad.store.base import Store
from marsad.stored import Filters


def network(store: Store, filters: Filters) -> Any:
    """A networkx Graph.  Nodes: `name`, `name_en`.  Edges: numbers of records, events, relations and statements,
    `positive` and `negative` (events by the sign of their quad, relations by polarity), `balance` from -1 to 1, and
    the `last` date."""
    import networkx as nx

    graph = nx.Graph()
    for pair, _ in pairs(store, filters).rows:
        for code in (pair.a, pair.b):
            if code not in graph:
                graph.add_node(code, name=name_of(code), name_en=name_of(code, "en"))
        signed = pair.positive + pair.negative
        graph.add_edge(
            pair.a, pair.b, records=pair.records, events=pair.events, relations=pair.relations,
            statements=pair.statements, positive=pair.positive, negative=pair.negative,
            balance=round((pair.positive - pair.negative) / signed, 4) if signed else 0.0, last=pair.last or "",
        )  # fmt: skip
    return graph


def write_graphml(store: Store, filters: Filters, out: IO[bytes]) -> int:
    """GraphML; returns the number of edges."""
    import networkx as nx

    graph = network(store, filters)
    nx.write_graphml(graph, out, encoding="utf-8")
    return int(graph.number_of_edges())
