#!/usr/bin/env python3
"""Measure the reading of the seed article in ../shared against the map that people made of it, and hold its floors.

usage: check_seed.py SEED_FOLDER [--errors]     (holds article.txt and map.json)

A claim of the map is found when a mechanism has both of its spans (or their antecedents) with a token overlap of
LEAST or more; with sign and claim when these are right too (a denial or concession has no sign).  Where the map reads
an adverb of purpose as motive -> act, the reading's act -> aim counts, since the guidelines code it so.

Fails when recall is below a floor of eval/floors.json, when an edge of the article's assembled map is one of the
edges that the text does not state, or when a denied or conceded claim comes out as asserted.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import marsad
from marsad.assembly.assemble import assemble
from marsad.records import Mechanism, Span

LEAST = 0.3
SAME = 0.5
"""Overlap from which a span of ours stands for a concept of the map."""
_WORD = re.compile(r"\w+")
_TIERS = {"purposive": "purpose", "explicit": "explicit", "implicit": "implicit"}
_CLAIMS = {"asserts_effect": "asserts", "denies_effect": "denies", "concedes": "concedes"}
Words = frozenset[int]


class Seed:
    """The article, the map, and which words every concept's spans cover."""

    def __init__(self, folder: Path) -> None:
        self.text = (folder / "article.txt").read_text(encoding="utf-8")
        self.map: dict[str, Any] = json.loads((folder / "map.json").read_text(encoding="utf-8"))
        self.sides = {c["id"]: tuple(self._sides(c, side) for side in ("cause", "effect")) for c in self.claims}
        self.concepts: dict[str, list[Words]] = defaultdict(list)
        for claim in self.claims:
            for name, words in zip(("cause", "effect"), self.sides[claim["id"]], strict=True):
                self.concepts[claim[name]] += words

    @property
    def claims(self) -> list[dict[str, Any]]:
        """The causal claims of the map."""
        claims: list[dict[str, Any]] = self.map["causal_claims"]
        return claims

    def words(self, start: int, end: int) -> Words:
        """Offsets of the words in a stretch of text."""
        return frozenset(m.start() for m in _WORD.finditer(self.text) if m.end() > start and m.start() < end)

    def _sides(self, claim: dict[str, Any], side: str) -> list[Words]:
        """Words of a side and of what it points back to."""
        out = []
        span, (first, last) = claim[f"{side}_span"], claim["offsets"]
        if span:
            at = self.text.find(span, first, last)
            at = at if at >= 0 else self.text.find(span, max(0, first - 200))
            out.append(self.words(at, at + len(span)))
        if antecedent := claim.get(f"{side}_antecedent"):
            out.append(self.words(*antecedent["offsets"]))
        return out


def agreement(seed: Seed, sides: list[Words], span: Span, antecedent: Span | None) -> float:
    """The best overlap of a side or its antecedent with one of the map's spans."""
    ours = [seed.words(s.start, s.end) for s in (span, antecedent) if s is not None]
    return max((len(a & b) / len(a | b) for a in ours for b in sides if a | b), default=0.0)


def found(seed: Seed, claim: dict[str, Any], mechanism: Mechanism) -> float:
    """How well a mechanism's weaker side agrees with the claim's."""
    cause, effect = seed.sides[claim["id"]]
    ways = [(cause, effect)]
    if claim["tier"] == "purposive":
        ways.append((effect, cause))
    return max(
        min(
            agreement(seed, c, mechanism.cause, mechanism.cause_antecedent),
            agreement(seed, e, mechanism.effect, mechanism.effect_antecedent),
        )
        for c, e in ways
    )  # fmt: skip


def tempting(seed: Seed, mechanisms: list[Mechanism]) -> list[str]:
    """Edges of the article's map that the text does not state."""
    by_id = {m.id: m for m in mechanisms}
    true = [(c["cause"], c["effect"]) for c in seed.claims if c["claim_type"] == "asserts_effect"]
    out = []
    for mechanism in by_id.values():
        stood = [
            {
                name
                for name, spans in seed.concepts.items()
                if agreement(seed, spans, span, antecedent) >= SAME
            }
            for span, antecedent in (
                (mechanism.cause, mechanism.cause_antecedent), (mechanism.effect, mechanism.effect_antecedent),
            )
        ]  # fmt: skip
        if any(cause in stood[0] and effect in stood[1] for cause, effect in true):
            continue
        out += [
            f"{n['id']} {n['cause']} -> {n['effect']}: {mechanism.cause.quote} => {mechanism.effect.quote}"
            for n in seed.map["edges_not_in_text"]
            if n["cause"] in stood[0] and n["effect"] in stood[1]
        ]
    return out


def main() -> None:
    """Read, compare, print, hold the floors."""
    seed = Seed(Path(sys.argv[1]))
    reading = marsad.read(seed.text)
    mechanisms = list(reading.mechanisms)
    all_of, right, exact = Counter[str](), Counter[str](), Counter[str]()
    faults = []
    for claim in seed.claims:
        tier, kind = _TIERS.get(claim["tier"], "other"), _CLAIMS[claim["claim_type"]]
        best = max(mechanisms, key=lambda m: found(seed, claim, m), default=None)
        all_of[tier] += 1
        if best is None or found(seed, claim, best) < LEAST:
            if "--errors" in sys.argv:
                print("missed", claim["id"], tier, claim["cause_span"], "=>", claim["effect_span"])
            continue
        right[tier] += 1
        good = best.claim == kind and (kind != "asserts" or best.sign == claim["sign"])
        exact[tier] += good
        if not good and "--errors" in sys.argv:
            print("sign or claim", claim["id"], claim["sign"], kind, "ours", best.sign, best.claim, best.effect.quote)
        if kind != "asserts" and best.claim == "asserts":
            faults.append(f"{claim['id']} ({kind}) is asserted: {best.cause.quote} => {best.effect.quote}")
    for tier in sorted(all_of):
        print(f"seed {tier:9s} {right[tier]:2d} of {all_of[tier]:2d} found, {exact[tier]:2d} with sign and claim")
    asserted = {c.record for e in assemble(reading).map().edges if e.support for c in e.claims if c.claim == "asserts"}
    faults += tempting(seed, [m for m in mechanisms if m.id in asserted])
    floors = json.loads((Path(__file__).parents[1] / "eval" / "floors.json").read_text(encoding="utf-8"))["seed map"]
    faults += [f"{tier}: {right[tier]} found, below {least}" for tier, least in floors.items() if right[tier] < least]
    for fault in faults:
        print(f"marsad: seed: {fault}", file=sys.stderr)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
