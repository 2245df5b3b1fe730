"""A map cut down to the claims of some, without the archive that it came from."""

from __future__ import annotations

import msgspec

from marsad.assembly.assemble import FIRMEST
from marsad.assembly.causal import CausalMap, Edge, Sign
from marsad.assembly.claims import View


def narrowed(causal_map: CausalMap, view: View) -> CausalMap:
    """The map of the claims that a view takes, counted anew by cluster; an analyst's edges stay, as nobody claims
    them."""
    edges = tuple(edge for edge in (_narrowed(edge, view) for edge in causal_map.edges) if edge is not None)
    keys = {key for edge in edges for key in (edge.cause, edge.effect)}
    nodes = tuple(node for node in causal_map.nodes if node.key in keys)
    name = view.name if causal_map.view == "merged" else f"{causal_map.view} {view.name}"
    return CausalMap(nodes=nodes, edges=edges, view=name)


def _narrowed(edge: Edge, view: View) -> Edge | None:
    claims = tuple(claim for claim in edge.claims if view.takes(claim))
    if not claims and not edge.analyst:
        return None

    def clusters(kind: str, sign: int = 0) -> int:
        return len({c.cluster for c in claims if c.claim == kind and sign in (0, c.sign)})

    up, down = clusters("asserts", 1), clusters("asserts", -1)
    denied = clusters("denies")
    sign: Sign = edge.sign
    if not edge.analyst and (up or down):
        sign = 1 if up >= down else -1
    elif not edge.analyst:
        sign = -1 if all(c.sign < 0 for c in claims) else 1
    support, against = (up, down) if sign > 0 else (down, up)
    modes = [c.modality for c in claims if c.claim == "asserts" and c.sign == sign]
    return msgspec.structs.replace(
        edge, claims=claims, sign=sign, support=max(support, int(edge.analyst)), against=against, denied=denied,
        conceded=clusters("concedes"), contested=bool(min(up, down) or (denied and (up or down))),
        modality=min(modes, key=FIRMEST.__getitem__, default="asserted"),
    )  # fmt: skip
