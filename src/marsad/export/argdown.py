"""A causal map as Argdown (argdown.org): concepts are statements, each claim is an argument from cause to effect.

`+` is an argument for, `-` against; a claim that denies or concedes an effect undercuts (`_`) the claims of it.
Argdown speaks of reasons, not causes: "supports" reads here "is claimed to raise".
"""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

from marsad.assembly.causal import CausalMap, Claim, Edge, Node
from marsad.errors import InputError

_HEAD = """===
title: "{title}"
===

// A causal map by Marsad. Statements are concepts; an argument is a claim of an effect between two of them.
// "+" is claimed to raise the statement above it, "-" to lower it; "_" denies or concedes an effect.
"""


def write_argdown(causal_map: CausalMap) -> bytes:
    """Argdown; what a program needs to read it back stands in the elements' data."""
    names = _names(causal_map)
    out = [_HEAD.format(title=_plain(f"causal map: {causal_map.view}"))]
    for node in causal_map.nodes:
        fields = msgspec.to_builtins(node)
        out.append(f"[{names[node.key]}]: {_plain(node.label)} {_data(fields)}")
        edges = [edge for edge in causal_map.edges if edge.effect == node.key]
        for number, edge in enumerate(sorted(edges, key=lambda e: e.support == 0)):
            out += _edge(edge, names, number)
        out.append("")
    return "\n".join(out).encode("utf-8")


def _edge(edge: Edge, names: dict[str, str], number: int) -> list[str]:
    """An argument on the effect, resting on the cause, with its claims as its description.  An effect that is only
    denied or conceded stands by itself: it supports and attacks nothing."""
    name = f"{names[edge.cause]} / {names[edge.effect]} {number + 1}"
    asserted = [claim for claim in edge.claims if claim.claim == "asserts"]
    refused = [claim for claim in edge.claims if claim.claim != "asserts"]
    fields = {f: v for f, v in msgspec.to_builtins(edge).items() if f != "claims"}
    data = _data({**fields, "claims": msgspec.to_builtins(edge.claims)})
    if edge.support:
        mark = "+" if edge.sign > 0 else "-"
        said = " ".join(map(_said, asserted)) or "added by the analyst"
        lines = [f"  {mark} <{name}>: {said} {data}", f"    + [{names[edge.cause]}]"]
    else:
        lines = ["", f"<{name}>: nobody claims it {data}"]
    lines += [f"    _ <{name} {claim.claim} {i + 1}>: {_said(claim)}" for i, claim in enumerate(refused)]
    return lines


def _said(claim: Claim) -> str:
    who = _plain("، ".join(claim.claimants) or "الكاتب")
    return f"«{_plain(claim.quote)}» ({who})"


def _plain(text: str) -> str:
    """On one line and without Argdown's own marks."""
    return " ".join(re.sub(r"[\[\]<>{}#@*_\\:/|\"^]+", " ", text).split())


def _names(causal_map: CausalMap) -> dict[str, str]:
    names: dict[str, str] = {}
    for node in causal_map.nodes:
        name = _plain(node.label) or _plain(node.key) or "?"
        names[node.key] = name if name not in names.values() else f"{name} ({len(names) + 1})"
    return names


def _data(fields: dict[str, Any]) -> str:
    """Data in braces: JSON is YAML; braces of its own inside strings would end Argdown's, so they are escaped."""
    text = json.dumps(fields, ensure_ascii=False)
    inside = re.sub(r'"(?:[^"\\]|\\.)*"', lambda m: m[0].replace("{", "\\u007b").replace("}", "\\u007d"), text)
    return inside


def read_argdown(data: bytes) -> CausalMap:
    """A map from Argdown that Marsad wrote: its statements' and arguments' data.  Raises InputError."""
    nodes: list[Node] = []
    edges: list[Edge] = []
    title = re.search(rb'^title: "causal map (.*)"$', data, re.MULTILINE)
    try:
        for line in data.decode("utf-8").splitlines():
            found = re.match(r"\s*(?:(?:[+-] )?<[^>]*>|\[[^\]]*\]): .*? (\{.*\})$", line)
            if found:
                fields = json.loads(found[1])
                if "cause" in fields:
                    edges.append(msgspec.convert(fields, type=Edge))
                elif "key" in fields:
                    nodes.append(msgspec.convert(fields, type=Node))
    except (UnicodeDecodeError, ValueError, msgspec.MsgspecError) as error:
        raise InputError(f"is no Argdown of a causal map ({error})") from None
    if not nodes:
        raise InputError("is no Argdown of a causal map: no statement has a key")
    return CausalMap(
        nodes=tuple(sorted(nodes, key=lambda n: n.key)), edges=tuple(sorted(edges, key=lambda e: (e.cause, e.effect))),
        view=title[1].decode("utf-8") if title else "merged",
    )  # fmt: skip
