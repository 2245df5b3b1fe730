"""Neutral, typed concepts: what causes and effects are merged on, with the words of direction taken out.

A relation in the map and the same relation in the relation layer have one key: `relation:A-B:domain` with the codes in
alphabetical order where the tie is mutual, `relation:A>B:domain` where A acts on B; several codes of one side are
joined by «+».
"""

from __future__ import annotations

from collections.abc import Sequence

from marsad.records import Concept, Domain, Trend

_DIRECTIONS = {"up": 1, "down": -1}


def relation_key(a: Sequence[str], b: Sequence[str], directed: bool, domain: Domain) -> str:
    """The key of the relation between two sides in a domain."""
    left, right = "+".join(sorted(a)), "+".join(sorted(b))
    if directed:
        return f"relation:{left}>{right}:{domain}"
    left, right = sorted((left, right))
    return f"relation:{left}-{right}:{domain}"


def relation_concept(
    a: Sequence[str], b: Sequence[str], directed: bool, domain: Domain, trend: Trend | None, label: str
) -> Concept:
    """The concept of a relation; `label` is the words that claim it."""
    direction = _DIRECTIONS.get(trend or "", 0)
    return Concept(kind="relation", key=relation_key(a, b, directed, domain), label=label, direction=direction)  # type: ignore[arg-type]
