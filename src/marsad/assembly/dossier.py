"""The dossier of two actors: by domain, over time, by claimant, and where the sources disagree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from marsad.records import Record
from marsad.stored import (
    Count,
    Period,
    Stored,
    StoredEvent,
    StoredMechanism,
    StoredRelation,
    StoredStatement,
)

T = TypeVar("T", bound=Stored)


class DomainRow(Record, frozen=True):
    """How the two stand in one domain, as claimed; `latest` is the newest claim, `claims` the newest few ids."""

    domain: str
    positive: int
    neutral: int
    negative: int
    up: int
    down: int
    stable: int
    latest: str | None
    claims: tuple[str, ...]


class Holder(Record, frozen=True):
    """Who claims what about the two: relation claims by polarity, events by sign."""

    name: str
    codes: tuple[str, ...]
    claims: int
    positive: int
    negative: int


class Disagreement(Record, frozen=True):
    """A domain in which one claimant speaks of a good and another of a bad relation; `for_` and `against` are ids."""

    domain: str
    for_: tuple[str, ...]
    against: tuple[str, ...]
    holders_for: tuple[str, ...]
    holders_against: tuple[str, ...]


class Dossier(Record, frozen=True):
    """All about two actors.  Lists of records hold the newest; `counts` says how many there are by layer.

    What the copies of one story say counts once in everything but `counts` and `timeline`.
    """

    a: str
    b: str
    articles: int
    stories: int
    first: str | None
    last: str | None
    counts: dict[str, int]
    domains: tuple[DomainRow, ...]
    types: tuple[Count, ...]
    timeline: tuple[Period, ...]
    holders: tuple[Holder, ...]
    disagreements: tuple[Disagreement, ...]
    relations: tuple[StoredRelation, ...]
    withheld: tuple[StoredRelation, ...]
    events: tuple[StoredEvent, ...]
    statements_a: tuple[StoredStatement, ...]
    """What A says about B."""
    statements_b: tuple[StoredStatement, ...]
    """What B says about A."""
    mechanisms: tuple[StoredMechanism, ...]


def once(records: Iterable[T]) -> list[T]:
    """The records without those that only repeat another one of the same story: the same claim in the same words by
    the same claimant.  The first of each comes back."""
    found: dict[tuple[object, ...], T] = {}
    for record in records:
        found.setdefault((record.story, *_claim(record)), record)
    return list(found.values())


def _claim(record: Stored) -> tuple[object, ...]:
    """What the record claims, without where it stands."""
    chain = tuple(claimant.name for claimant in record.claimants)
    if isinstance(record, StoredStatement):
        s = record.record
        return chain, s.speaker.name, s.act, s.negated, *(span.quote for span in s.content)
    if isinstance(record, StoredEvent):
        e = record.record
        return chain, e.type, e.status, e.trigger.quote, e.sources, e.targets
    if isinstance(record, StoredRelation):
        r = record.record
        return chain, r.domain, r.polarity, r.trend, r.span.quote, r.a, r.b
    assert isinstance(record, StoredMechanism)
    m = record.record
    return chain, m.claim, m.sign, m.cause.quote, m.effect.quote


WRITER = "الكاتب"
"""Shown as the holder of what nobody but the writer claims."""


def holder_of(record: StoredRelation | StoredEvent) -> tuple[str, tuple[str, ...]]:
    """Name and codes of the innermost claimant; the outlet's writer where there is none."""
    if record.claimants:
        last = record.claimants[-1]
        return last.name or last.role or "", last.codes
    return f"{WRITER} ({record.outlet})" if record.outlet else WRITER, ()


def domain_rows(relations: Iterable[StoredRelation]) -> tuple[DomainRow, ...]:
    """One row a domain, those with most claims first.  Relations come newest first."""
    groups: dict[str, list[StoredRelation]] = defaultdict(list)
    for relation in relations:
        groups[relation.record.domain].append(relation)
    rows = [
        DomainRow(
            domain=domain,
            positive=sum(r.record.polarity > 0 for r in group),
            neutral=sum(r.record.polarity == 0 for r in group),
            negative=sum(r.record.polarity < 0 for r in group),
            up=sum(r.record.trend == "up" for r in group),
            down=sum(r.record.trend == "down" for r in group),
            stable=sum(r.record.trend == "stable" for r in group),
            latest=group[0].date,
            claims=tuple(r.id for r in group[:5]),
        )
        for domain, group in groups.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.positive - row.neutral - row.negative, row.domain)))


def holders(records: Iterable[StoredRelation | StoredEvent]) -> tuple[Holder, ...]:
    """Claimants by number of claims."""
    tally: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(lambda: [0, 0, 0])
    for record in records:
        counts = tally[holder_of(record)]
        counts[0] += 1
        sign = record.record.polarity if isinstance(record, StoredRelation) else 0
        counts[1] += sign > 0
        counts[2] += sign < 0
    found = [
        Holder(name=name, codes=codes, claims=n, positive=up, negative=down)
        for (name, codes), (n, up, down) in tally.items()
    ]
    return tuple(sorted(found, key=lambda holder: (-holder.claims, holder.name)))


def disagreements(relations: Iterable[StoredRelation]) -> tuple[Disagreement, ...]:
    """Domains in which different claimants give the relation different signs."""
    groups: dict[str, dict[int, list[StoredRelation]]] = defaultdict(lambda: defaultdict(list))
    for relation in relations:
        if relation.record.polarity:
            groups[relation.record.domain][relation.record.polarity].append(relation)
    out = []
    for domain, by_sign in sorted(groups.items()):
        good, bad = by_sign.get(1, []), by_sign.get(-1, [])
        who_good = tuple(sorted({holder_of(r)[0] for r in good}))
        who_bad = tuple(sorted({holder_of(r)[0] for r in bad}))
        if good and bad and set(who_good) != set(who_bad):
            out.append(
                Disagreement(
                    domain=domain, for_=tuple(r.id for r in good[:5]), against=tuple(r.id for r in bad[:5]),
                    holders_for=who_good[:8], holders_against=who_bad[:8],
                )
            )  # fmt: skip
    return tuple(out)
