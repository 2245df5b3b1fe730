"""A causal map for the terminal: effects with their signs, evidence and claimants."""

from __future__ import annotations

from collections.abc import Iterator

from marsad.assembly.causal import CausalMap, Claim, Edge

COLUMNS = ("cause", "", "effect", "for", "against", "denied", "conceded", "held by")
NUMBERS = ("for", "against", "denied", "conceded")
_HOLDERS = 3
_KINDS = {"denies": "denied", "concedes": "conceded"}


def ranked(causal_map: CausalMap) -> list[Edge]:
    """Edges, those with most evidence first."""
    return sorted(
        causal_map.edges, key=lambda e: (-(e.support + e.against), -(e.denied + e.conceded), e.cause, e.effect)
    )


def sign(edge: Edge) -> str:
    """The sign of an edge as a mark: ± where both are claimed, in brackets where nobody asserts any."""
    mark = "+" if edge.sign > 0 else "−"
    if edge.against:
        mark = f"± ({mark})"
    return mark if edge.support else f"({mark})"


def holders(edge: Edge) -> str:
    """Who holds an edge's claims: the last of each chain, writers by their outlet."""
    names = list(dict.fromkeys(holder(claim) for claim in edge.claims))
    if edge.analyst:
        names.insert(0, "an analyst")
    more = f" +{len(names) - _HOLDERS}" if len(names) > _HOLDERS else ""
    return "، ".join(names[:_HOLDERS]) + more


def holder(claim: Claim) -> str:
    """The innermost claimant, else the writer."""
    from marsad.assembly.dossier import WRITER

    if claim.claimants:
        return claim.claimants[-1]
    return f"{WRITER} ({claim.outlet})" if claim.outlet else WRITER


def rows(causal_map: CausalMap) -> Iterator[tuple[object, ...]]:
    """A row for each edge, those with most evidence first."""
    labels = {node.key: node.label for node in causal_map.nodes}
    for edge in ranked(causal_map):
        yield (
            labels[edge.cause], sign(edge), labels[edge.effect], edge.support, edge.against, edge.denied, edge.conceded,
            holders(edge),
        )  # fmt: skip


def summary(causal_map: CausalMap) -> str:
    """«12 concepts, 9 effects (1 contested), 2 only denied or conceded; largest part joins 6 concepts»"""
    contested = sum(edge.contested for edge in causal_map.edges)
    unasserted = sum(not edge.support for edge in causal_map.edges)
    parts = [f"{len(causal_map.nodes):,} concepts", f"{len(causal_map.edges):,} effects"]
    if contested:
        parts.append(f"{contested:,} contested")
    if unasserted:
        parts.append(f"{unasserted:,} only denied or conceded")
    parts.append(f"the largest connected part joins {largest(causal_map):,} concepts")
    return f"{causal_map.view}: {', '.join(parts)}"


def largest(causal_map: CausalMap) -> int:
    """Concepts in the largest part that hangs together."""
    leader = {node.key: node.key for node in causal_map.nodes}

    def find(key: str) -> str:
        while leader[key] != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    for edge in causal_map.edges:
        leader[find(edge.cause)] = find(edge.effect)
    sizes: dict[str, int] = {}
    for key in leader:
        top = find(key)
        sizes[top] = sizes.get(top, 0) + 1
    return max(sizes.values(), default=0)
