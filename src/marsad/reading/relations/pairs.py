"""Pairs of parties that a trigger could relate, the likeliest first by the order of its frame."""

from __future__ import annotations

from marsad.lexicon.relations import Relations
from marsad.reading.relations.candidates import UNKNOWN, Party, Trigger

_MOST = 7
"""Parties kept on each side before pairs are formed."""
_STEP, _DEPTH, _NESTED, _TOKEN, _STRANGE = 0.15, 0.8, 0.5, 0.05, 3.0
_RESOLVED = {"": 0.0, "first person": -1.0, "near": 0.0, "next": 0.7, "salient": 0.6, "speaker": 0.9, "previous": 0.9}


_KINDS = {"people": 0.6, "adjective": 0.1, "place": 0.2}


def cost(party: Party, order: dict[str, int]) -> float:
    """How far a party is from the first place of a frame: its slot's place, clause borders, nouns, tokens between."""
    place = order.get(party.slot)
    base = _STRANGE + 0.6 * (party.slot == "focus") if place is None else place * _STEP
    return (
        base
        + party.depth * _DEPTH
        + party.nested * _NESTED
        + min(party.distance, 25) * _TOKEN
        + _KINDS.get(party.kind, 0.0)
        + 2.0 * (party.codes == UNKNOWN)
        + _RESOLVED.get(party.how, 0.0)
    )


def pairs(data: Relations, trigger: Trigger) -> list[tuple[float, Party, Party]]:
    """The pairs (cost, a, b) that could stand in the trigger's relation, cheapest first.

    In mutual frames a pair is given once, in the order of the text.
    """
    row = trigger.row
    if row.frame == "fixed":
        return [(0.0, *(Party((code,), "fixed", "fixed") for code in row.parties[:2]))]  # type: ignore[list-item]
    frame = data.frames[row.frame]
    b_side = sorted(((cost(p, frame.b), i, p) for i, p in enumerate(trigger.parties)), key=lambda c: c[:2])[:_MOST]
    out: list[tuple[float, Party, Party]] = []
    if row.frame == "fixed-a":
        fixed = Party((row.parties[0],), "fixed", "fixed")
        return [(c, fixed, b) for c, _, b in b_side if b.codes != fixed.codes]
    if frame.mutual:
        for i, (ca, _, a) in enumerate(b_side):
            for cb, _, b in b_side[i + 1 :]:
                if a.codes == b.codes:
                    continue
                total = ca + cb
                if a.number == b.number >= 0:
                    if a.part == b.part:
                        continue
                    total -= cb * 0.7
                elif a.slot == b.slot and not (a.joined or b.joined):
                    total += 0.5
                ordered = (a, b) if (a.first, a.part) <= (b.first, b.part) or b.first < 0 else (b, a)
                out.append((total, *ordered))
    else:
        a_side = sorted(((cost(p, frame.a), i, p) for i, p in enumerate(trigger.parties)), key=lambda c: c[:2])[:_MOST]
        for ca, _, a in a_side:
            for cb, _, b in b_side:
                if a.codes != b.codes and (a.number != b.number or a.number < 0):
                    out.append((ca + cb, a, b))
    out.sort(key=lambda c: c[0])
    return out
