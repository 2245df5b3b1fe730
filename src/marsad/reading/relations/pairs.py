"""Pairs of parties that a trigger could relate, the likeliest first by the order of its frame."""

from __future__ import annotations

from collections.abc import Iterable

from marsad.lexicon.relations import Relations
from marsad.reading.relations.trigger import UNKNOWN, Party, Trigger

_MOST = 7
"""Parties kept on each side before pairs are formed."""
_STEP, _DEPTH, _NESTED, _TOKEN, _STRANGE = 0.15, 0.8, 0.5, 0.05, 3.0
_SPEAKS = 0.3
"""Cost of taking the speaker for a side that is not named, where no first person says so."""
_OBJECT = 1.0
_SUBJECTS = frozenset(["left", "left:at", "left:that", "left:rel", "subject"])
_TWO_ADJECTIVES = 0.6
"""«العلاقات الروسية الصينية» names both sides at once."""
_TWO_SUBJECTS = 1.2
"""«موسكو وبكين … التعاون»."""
_ONE_OF_TWO = 1.0
"""Of two that stand between each other to the left, one is hardly a side alone."""
_ONE_SIDE = 3.0
"""Two actors that share a preposition («مع روسيا والصين») stand on one side."""
_RESOLVED = {"": 0.0, "first person": -1.0, "near": 0.0, "next": 0.7, "salient": 0.6, "speaker": 0.9, "previous": 0.9}


_KINDS = {"people": 0.6, "adjective": 0.1, "place": 0.2}


def cost(trigger: Trigger, party: Party, order: dict[str, int], side: str) -> float:
    """How far a party is from the first place of a frame: its slot's place, clause borders, nouns, tokens between."""
    place = order.get(party.slot)
    base = _STRANGE + 0.6 * (party.slot == "focus") if place is None else place * _STEP
    if trigger.governed and party.slot == "idafa" and trigger.row.frame in ("from-to", "from-against"):
        base += _OBJECT if side == "a" else -_OBJECT
    if trigger.undergone and party.slot in _SUBJECTS:
        base = 0.4 if side == "b" else base + 2.0
    if party.slot == "speaker" and not party.how:
        base += _SPEAKS
    if party.nested and party.slot == "to:ل":
        base += 0.3
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
    b_side = _cheapest((cost(trigger, p, frame.b, "b"), i, p) for i, p in enumerate(trigger.parties))
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
                elif a.slot == b.slot == "adjective":
                    total -= _TWO_ADJECTIVES
                elif a.slot == b.slot and a.slot in _SUBJECTS and (a.joined or b.joined):
                    total -= _TWO_SUBJECTS
                elif "left:بين" in (a.slot, b.slot) and a.slot != b.slot:
                    total += _ONE_OF_TWO
                elif a.slot == b.slot:
                    total += _ONE_SIDE if a.slot in ("to:مع", "to:ب") else 0.0 if a.joined or b.joined else 0.5
                ordered = (a, b) if (a.first, a.part) <= (b.first, b.part) or b.first < 0 else (b, a)
                out.append((total, *ordered))
    else:
        a_side = _cheapest((cost(trigger, p, frame.a, "a"), i, p) for i, p in enumerate(trigger.parties))
        for ca, _, a in a_side:
            for cb, _, b in b_side:
                if a.codes != b.codes and (a.number != b.number or a.number < 0):
                    shared = a.slot == b.slot and (a.joined or b.joined) and a.first >= 0 and b.first >= 0
                    out.append((ca + cb + _ONE_SIDE * shared, a, b))
    out.sort(key=lambda c: c[0])
    return out


def _cheapest(sides: Iterable[tuple[float, int, Party]]) -> list[tuple[float, int, Party]]:
    """The parties that stand best for a side, the first in text order where they are equal."""
    return sorted(sides, key=lambda c: c[:2])[:_MOST]
