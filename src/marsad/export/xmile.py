"""A causal map as XMILE 1.0 (OASIS 2015), which Stella, Vensim and PySD read: the linear press model, one weighting.

Every concept is a stock that damps itself and changes with its causes; `weight ...` and `damping` are constants to be
varied, `press ...` is 0 until one is set.  The stocks come to rest at `-A⁻¹ b`, the change that what-if asks about.
The weight, 0.5 for all, is an assumption: the sources do not say how strong an effect is.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from marsad.assembly.causal import CausalMap, Edge, Node
from marsad.errors import InputError
from marsad.version import VERSION

_NS = "http://docs.oasis-open.org/xmile/ns/XMILE/v1.0"
_OWN = "https://marsad.invalid/ns/causal-map"
_NOTE = "What the cited claims imply, not a forecast. The weights are assumptions; vary them."


def write_xmile(causal_map: CausalMap) -> bytes:
    """XMILE of the effects that somebody asserts; denied and conceded ones are left out."""
    ElementTree.register_namespace("", _NS)
    ElementTree.register_namespace("marsad", _OWN)
    root = ElementTree.Element(_tag("xmile"), {"version": "1.0"})
    header = _add(root, "header")
    _add(header, "name", f"causal map: {_text(causal_map.view)}")
    _add(header, "vendor", "Marsad")
    _add(header, "product", "Marsad", version=VERSION)
    header.find(_tag("name")).set(f"{{{_OWN}}}view", _text(causal_map.view))  # type: ignore[union-attr]
    specs = _add(root, "sim_specs", method="RK4", time_units="steps")
    for name, value in (("start", "0"), ("stop", "50"), ("dt", "0.125")):
        _add(specs, name, value)
    variables = _add(_add(root, "model"), "variables")
    names = _names(causal_map)
    _variable(variables, "aux", "damping", "1", _NOTE)
    terms: dict[str, list[str]] = {node.key: [] for node in causal_map.nodes}
    for number, edge in enumerate(causal_map.simulated(), start=1):
        weight = f"weight {number}"
        quotes = " | ".join(f"«{claim.quote}» {'، '.join(claim.claimants)}".strip() for claim in edge.claims)
        words = f"{names[edge.cause]} -> {names[edge.effect]} {'+' if edge.sign > 0 else '-'} {quotes}"
        item = _variable(variables, "aux", weight, "0.5" if edge.sign > 0 else "-0.5", words)
        for key, value in (("cause", edge.cause), ("effect", edge.effect), ("support", str(edge.support))):
            item.set(f"{{{_OWN}}}{key}", _text(value))
        if edge.analyst:
            item.set(f"{{{_OWN}}}analyst", "true")
        terms[edge.effect].append(f"{_ref(weight)} * {_ref(names[edge.cause])}")
    for number, node in enumerate(causal_map.nodes, start=1):
        name, press, flow = names[node.key], f"press {number}", f"change {number}"
        stock = _variable(variables, "stock", name, "0", "")
        _add(stock, "inflow", _ref(flow))
        for key, value in (("key", node.key), ("kind", node.kind), ("label", node.label)):
            stock.set(f"{{{_OWN}}}{key}", _text(value))
        sum_ = " + ".join([f"{_ref(press)} - damping * {_ref(name)}", *terms[node.key]])
        _variable(variables, "flow", flow, sum_, f"change of {name}")
        _variable(variables, "aux", press, "0", f"lasting push on {name}")
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def read_xmile(data: bytes) -> CausalMap:
    """A map from XMILE that Marsad wrote; quotes and claimants do not come back.  Raises InputError."""
    if b"<!DOCTYPE" in data[:2000] or b"<!ENTITY" in data:
        raise InputError("XML with a document type is not read")
    try:
        root = ElementTree.fromstring(data)
        nodes = [
            Node(key=key, kind=stock.get(f"{{{_OWN}}}kind", "quantity"), label=stock.get(f"{{{_OWN}}}label", key))  # type: ignore[arg-type]
            for stock in root.iter(_tag("stock"))
            if (key := stock.get(f"{{{_OWN}}}key"))
        ]
        edges = [
            Edge(
                cause=cause, effect=aux.get(f"{{{_OWN}}}effect", ""),
                sign=1 if float(aux.findtext(_tag("eqn"), "")) > 0 else -1,
                support=int(aux.get(f"{{{_OWN}}}support", "1")), analyst=aux.get(f"{{{_OWN}}}analyst") == "true",
            )
            for aux in root.iter(_tag("aux"))
            if (cause := aux.get(f"{{{_OWN}}}cause"))
        ]  # fmt: skip
        name = root.find(f"{_tag('header')}/{_tag('name')}")
    except (ElementTree.ParseError, ValueError) as error:
        raise InputError(f"is no XMILE of a causal map ({error})") from None
    if not nodes:
        raise InputError("is no XMILE of a causal map: no stock has a key")
    return CausalMap(
        nodes=tuple(sorted(nodes, key=lambda n: n.key)), edges=tuple(sorted(edges, key=lambda e: (e.cause, e.effect))),
        view="merged" if name is None else name.get(f"{{{_OWN}}}view", "merged"),
    )  # fmt: skip


def _names(causal_map: CausalMap) -> dict[str, str]:
    """Names that XMILE can hold, each once: letters, digits and spaces."""
    names: dict[str, str] = {}
    taken = {"damping", "time"}
    for number, node in enumerate(causal_map.nodes, start=1):
        name = " ".join(re.sub(r"[\W_]+", " ", node.label).split())
        reserved = name.casefold() in taken or re.fullmatch(r"(weight|press|change) \d+", name.casefold())
        if not name or name[0].isdigit() or reserved:
            name = f"concept {number} {name}".strip()
        taken.add(name.casefold())
        names[node.key] = name
    return names


def _ref(name: str) -> str:
    return name.replace(" ", "_")


def _tag(name: str) -> str:
    return f"{{{_NS}}}{name}"


def _text(text: str) -> str:
    return "".join(c for c in text if c >= " " or c in "\n\t")


def _add(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, _tag(tag), attributes)
    child.text = text or None
    return child


def _variable(parent: ElementTree.Element, kind: str, name: str, equation: str, doc: str) -> ElementTree.Element:
    item = _add(parent, kind, name=name)
    if doc:
        _add(item, "doc", _text(doc))
    _add(item, "eqn", equation)
    return item
