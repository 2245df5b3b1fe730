"""Causal maps for other programs, and back: JSON, GraphML, Argdown, a matrix of FCM weights, XMILE.

JSON and GraphML keep everything.  The others keep what their programs can hold: Argdown the concepts, effects and
quotes, as reasons for and against; the matrix one number an effect; XMILE a linear model that runs.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

import msgspec

from marsad.assembly.causal import CausalMap, Claim, Edge, Node, from_json, to_json
from marsad.assembly.whatif.system import RELIABILITY, link_of
from marsad.errors import InputError
from marsad.export.argdown import read_argdown, write_argdown
from marsad.export.xmile import read_xmile, write_xmile

FCM_WARNING = (
    "WARNING: weights are sign x chance that the claims were read rightly; nothing in the sources says how strong an "
    "effect is. A fuzzy cognitive map answers from such numbers with one direction where the claims leave it open; see "
    "docs/method.md"
)
"""Stands in the corner of the matrix, which programs that read matrices skip."""
_LISTS = ("aliases", "merged")


def write_json(causal_map: CausalMap) -> bytes:
    """The map as JSON, indented."""
    return msgspec.json.format(to_json(causal_map), indent=1) + b"\n"


def write_graphml(causal_map: CausalMap) -> bytes:
    """GraphML for networkx, Gephi, Cytoscape.  Claims lie on their edge as JSON, with `quotes` for people."""
    import networkx as nx

    graph = nx.DiGraph(view=causal_map.view)
    for node in causal_map.nodes:
        graph.add_node(
            node.key, kind=node.kind, label=_text(node.label),
            **{name: _text(" | ".join(getattr(node, name))) for name in _LISTS},
        )  # fmt: skip
    for edge in causal_map.edges:
        fields = {f: getattr(edge, f) for f in Edge.__struct_fields__ if f not in ("cause", "effect", "claims")}
        graph.add_edge(
            edge.cause, edge.effect, **{k: _text(v) if isinstance(v, str) else v for k, v in fields.items()},
            label="+" if edge.sign > 0 else "-",
            quotes=_text(" | ".join(f"«{c.quote}» {'، '.join(c.claimants)}".strip() for c in edge.claims)),
            claims=_text(msgspec.json.encode(edge.claims).decode()),
        )  # fmt: skip
    out = io.BytesIO()
    nx.write_graphml(graph, out, encoding="utf-8", named_key_ids=True)
    return out.getvalue()


def read_graphml(data: bytes) -> CausalMap:
    """A map from GraphML; edges need a `sign`, everything else may be missing."""
    import networkx as nx

    _no_doctype(data)
    try:
        graph: Any = nx.read_graphml(io.BytesIO(data))
        nodes = tuple(
            Node(
                key=key, kind=d.get("kind", "quantity"), label=d.get("label") or key,
                **{name: tuple(filter(None, d.get(name, "").split(" | "))) for name in _LISTS},
            )
            for key, d in graph.nodes(data=True)
        )  # fmt: skip
        edges = []
        for cause, effect, d in graph.edges(data=True):
            fields = {f: d[f] for f in Edge.__struct_fields__ if f in d and f != "claims"}
            claims = msgspec.json.decode(d.get("claims") or "[]", type=tuple[Claim, ...])
            fields = {"support": 1, **fields, "cause": cause, "effect": effect, "claims": claims}
            edges.append(msgspec.convert(fields, type=Edge))
    except Exception as error:  # networkx, the XML parser and the structs each raise their own
        raise InputError(f"is no GraphML of a causal map ({error})") from None
    return sorted_map(nodes, edges, str(graph.graph.get("view", "merged")))


def write_fcm(causal_map: CausalMap) -> bytes:
    """A square matrix of weights as CSV: the row acts on the column; labels of both; the warning in the corner.

    A weight is the sign times the chance that the effect is in (see whatif.system.link_of); where sources disagree on
    the sign, it is lowered by their share.
    """
    labels = _labels(causal_map)
    weights = {}
    for edge in causal_map.simulated():
        link = link_of(edge, RELIABILITY)
        weights[edge.cause, edge.effect] = round(link.inclusion * (2 * link.positive - 1), 4)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([FCM_WARNING, *labels.values()])
    for cause, label in labels.items():
        writer.writerow([label, *(weights.get((cause, effect), 0) for effect in labels)])
    return out.getvalue().encode("utf-8")


def read_fcm(data: bytes) -> CausalMap:
    """A map from a square matrix of weights; only the sign of a weight is kept.  Raises InputError."""
    try:
        rows = [row for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) if any(row)]
        names = [name.strip() for name in rows[0][1:]]
        if [row[0].strip() for row in rows[1:]] != names or any(len(row) != len(names) + 1 for row in rows):
            raise InputError("is no matrix of weights: rows and columns must be the same concepts")
        if len(set(names)) != len(names) or not names:
            raise InputError("is no matrix of weights: concepts must have different names")
        edges = [
            Edge(cause=cause, effect=effect, sign=1 if float(value) > 0 else -1, support=1)
            for cause, row in zip(names, rows[1:], strict=True)
            for effect, value in zip(names, row[1:], strict=True)
            if value.strip() and float(value) != 0
        ]
    except (UnicodeDecodeError, IndexError, ValueError, csv.Error) as error:
        raise InputError(f"is no matrix of weights ({error})") from None
    return sorted_map([Node(key=name, kind="quantity", label=name) for name in names], edges, "matrix")


def sorted_map(nodes: Any, edges: Any, view: str) -> CausalMap:
    """A map in the order that maps have."""
    return CausalMap(
        nodes=tuple(sorted(nodes, key=lambda n: n.key)), edges=tuple(sorted(edges, key=lambda e: (e.cause, e.effect))),
        view=view,
    )  # fmt: skip


def _checked(causal_map: CausalMap) -> CausalMap:
    """The map, with a node for each end of an edge.  Raises InputError where it cannot be one: other hands may have
    been at the file."""
    keys = {node.key for node in causal_map.nodes}
    if len(keys) != len(causal_map.nodes):
        raise InputError("two concepts have the same key")
    if len({(edge.cause, edge.effect) for edge in causal_map.edges}) != len(causal_map.edges):
        raise InputError("two effects join the same concepts")
    for edge in causal_map.edges:
        if min(edge.support, edge.against, edge.denied, edge.conceded) < 0:
            raise InputError(f"the effect of {edge.cause} on {edge.effect} has a negative count")
    ends = {key for edge in causal_map.edges for key in (edge.cause, edge.effect)}
    missing = [Node(key=key, kind="quantity", label=key) for key in sorted(ends - keys)]
    return sorted_map([*causal_map.nodes, *missing], causal_map.edges, causal_map.view)


def _labels(causal_map: CausalMap) -> dict[str, str]:
    """Labels that are all different, by key."""
    seen: dict[str, int] = {}
    labels = {}
    for node in causal_map.nodes:
        label = _text(node.label) or node.key
        seen[label] = seen.get(label, 0) + 1
        if label[:1] in "=+-@":
            label = f"'{label}"
        labels[node.key] = label if seen[label.lstrip("'")] == 1 else f"{label} ({seen[label.lstrip(chr(39))]})"
    return labels


def _text(text: str) -> str:
    """Without characters that XML cannot hold."""
    return "".join(c for c in text if c >= " " or c in "\n\t")


def _no_doctype(data: bytes) -> None:
    if b"<!DOCTYPE" in data[:2000] or b"<!ENTITY" in data:
        raise InputError("XML with a document type is not read")


MAP_FORMATS: dict[str, tuple[Callable[[CausalMap], bytes], Callable[[bytes], CausalMap]]] = {
    "json": (write_json, from_json),
    "graphml": (write_graphml, read_graphml),
    "argdown": (write_argdown, read_argdown),
    "fcm": (write_fcm, read_fcm),
    "xmile": (write_xmile, read_xmile),
}
"""Writer and reader by format."""
ENDINGS = {
    ".json": "json", ".graphml": "graphml", ".argdown": "argdown", ".ad": "argdown", ".csv": "fcm", ".xmile": "xmile",
    ".stmx": "xmile",
}  # fmt: skip


def read_map(name: str, data: bytes) -> CausalMap:
    """A map from a file's name (its ending names the format) and content.  Raises InputError."""
    kind = ENDINGS.get(PurePath(name).suffix.lower(), "json")
    try:
        return _checked(MAP_FORMATS[kind][1](data))
    except msgspec.MsgspecError as error:
        raise InputError(f"{name}: is no causal map ({error})") from None
    except InputError as error:
        raise InputError(f"{name}: {error}") from None
