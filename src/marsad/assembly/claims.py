"""From a stored mechanism to a claim between two neutral concepts, with who holds it.

The sign of a claim is that of the mechanism between its sides as worded, turned by the words of direction that were
taken out of each side: «تراجع الصادرات أدى إلى ارتفاع الأسعار» claims that more exports lower prices (-1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import prod
from typing import cast

import msgspec

from marsad.assembly.causal import Claim, Sign
from marsad.records import Concept, Mechanism, Reading, Record, Statement
from marsad.stored import Claimant, StoredMechanism, Verdict
from marsad.text.normalise import fold


class RawClaim(Record, frozen=True):
    """A claim before it is grouped: its concepts with their own keys, the `claimant` key that clusters are formed on
    ("" for a writer), and the claim as it will lie on an edge (its cluster still empty)."""

    cause: Concept
    effect: Concept
    claimant: str
    claim: Claim

    @property
    def ident(self) -> tuple[str, str]:
        """Article and record, which name a claim."""
        return self.claim.article, self.claim.record


class View(Record, frozen=True):
    """Whose claims a map is made of; all conditions must hold.

    `claimant` is words of a name in the chain, an actor code of the innermost claimant, or `writer`; `side` an actor
    code of the innermost claimant; `since` and `until` ISO dates or parts of one, inclusive.
    """

    claimant: str | None = None
    side: str | None = None
    outlet: str | None = None
    article: str | None = None
    since: str | None = None
    until: str | None = None

    @property
    def name(self) -> str:
        """`merged`, or the conditions («side:RUS outlet:…»)."""
        fields = ("claimant", "side", "outlet", "article", "since", "until")
        return " ".join(f"{f}:{getattr(self, f)}" for f in fields if getattr(self, f)) or "merged"

    def takes(self, claim: Claim) -> bool:
        """Whether a claim is part of the view."""
        date = claim.date or ""
        return (
            (self.outlet is None or claim.outlet == self.outlet)
            and (self.article is None or claim.article == self.article)
            and (self.side is None or self.side in claim.side)
            and (self.since is None or date >= self.since)
            and (self.until is None or (bool(date) and date[: len(self.until)] <= self.until))
            and (self.claimant is None or self._claimed(claim))
        )

    def _claimed(self, claim: Claim) -> bool:
        wanted = self.claimant or ""
        if wanted == "writer":
            return not claim.claimants
        if wanted in claim.side:
            return True
        words = fold(wanted).split()
        return any(all(word in fold(name) for word in words) for name in claim.claimants)


ALL = View()


def chains(statements: Iterable[Statement]) -> dict[str, tuple[Claimant, ...]]:
    """For each statement the chain of claimants that ends with it, outermost first."""
    by_id = {statement.id: statement for statement in statements}
    found: dict[str, tuple[Claimant, ...]] = {}
    for statement in by_id.values():
        links: list[Claimant] = []
        at: Statement | None = statement
        while at is not None and len(links) < 20:
            speaker = at.speaker
            links.append(
                Claimant(name=speaker.name, role=speaker.role, codes=speaker.affiliation, act=at.act, statement=at.id)
            )
            at = by_id.get(at.parent) if at.parent else None
        found[statement.id] = tuple(reversed(links))
    return found


def claim_of(stored: StoredMechanism) -> RawClaim | None:
    """The claim of a mechanism in its place, as an analyst corrected it; None where it was rejected, where a side
    names no concept, or where both name the same."""
    mechanism, verdict = stored.record, stored.verdict
    if verdict is not None and verdict.decision == "reject":
        return None
    if verdict is not None and verdict.decision == "correct":
        mechanism = corrected(mechanism, verdict)
    return raw_claim(
        mechanism, stored.claimants, stored.id, stored.article, stored.outlet, stored.date,
        accepted=verdict is not None and verdict.decision in ("accept", "correct"),
    )  # fmt: skip


def corrected(mechanism: Mechanism, verdict: Verdict) -> Mechanism:
    """The mechanism as an analyst's correction has it."""
    fields = {**msgspec.to_builtins(mechanism), **verdict.correction}
    return msgspec.convert(fields, type=Mechanism)


def reading_claims(reading: Reading, verdicts: Mapping[str, Verdict] | None = None) -> Iterator[RawClaim]:
    """The claims of one reading; its text's hash names it where it has no id."""
    article = reading.id or reading.text_hash
    held = chains(reading.statements)
    for m in reading.mechanisms:
        chain = held.get(m.statement, ()) if m.statement else ()
        verdict = (verdicts or {}).get(m.id)
        placed = StoredMechanism(
            id=m.id, layer="mechanism", article=article, version=1, date=reading.date, title=reading.title,
            outlet=reading.outlet, url=reading.url, story=article, claimants=chain, verdict=verdict, record=m,
        )  # fmt: skip
        claim = claim_of(placed)
        if claim is not None:
            yield claim


def neutral_sign(m: Mechanism) -> Sign:
    """The sign between the concepts: that of the words, turned by the directions that were taken out of them."""
    sides = (m.cause_concept, m.effect_concept)
    return cast(Sign, m.sign * prod((side.direction or 1) for side in sides if side is not None))


def raw_claim(
    m: Mechanism, chain: tuple[Claimant, ...], record: str, article: str, outlet: str | None, date: str | None,
    accepted: bool,
) -> RawClaim | None:  # fmt: skip
    """The claim of a mechanism held by a chain of claimants."""
    cause, effect = m.cause_concept, m.effect_concept
    if cause is None or effect is None or cause.key == effect.key:
        return None
    sign = neutral_sign(m)
    names = tuple(c.name or c.role or "؟" for c in chain) + m.holders
    sides = sorted((m.cause, m.effect))
    quote = sides[0].quote if sides[1].end <= sides[0].end else f"{sides[0].quote} … {sides[1].quote}"
    claim = Claim(
        record=record, article=article, quote=quote, sign=sign, claim=m.claim, modality=m.modality,
        tier=m.tier, cluster="", claimants=names, side=chain[-1].codes if chain and not m.holders else (),
        start=sides[0].start, outlet=outlet, date=date, continuation=m.continuation, accepted=accepted,
    )  # fmt: skip
    claimant = " ".join(fold(names[-1]).split()) if names else ""
    return RawClaim(cause=cause, effect=effect, claimant=claimant, claim=claim)
