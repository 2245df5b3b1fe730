"""The signed network: how pairs of actors stand, by domain and over time.

Two kinds of evidence stay apart.  Events have scores after Goldstein (1992), as `lexicon/data/events` gives them for
PLOVER types and modes (-10 to +10); an event that several articles of one story report counts once.  Relation claims
have a polarity and are counted by independence cluster (claimant x story).  Neutral and withheld ties are counts of
their own and are never averaged with the rest; a tie whose clusters claim both signs is contested.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Literal

from marsad.assembly.signs import event_sign
from marsad.lexicon.triggers import load_triggers
from marsad.records import Event, Record
from marsad.stored import StoredEvent, StoredRecord, StoredRelation

_LENGTH = {"day": 10, "month": 7, "year": 4}
_SIDES = 6
"""Actors of one side that are paired with the other."""


class EventPeriod(Record, frozen=True):
    """Events between two actors in a period: `score` is the mean over distinct actual events, `forward` over those in
    which a acts on b, `backward` the other way (None where there are none); `other` counts events that are planned,
    called for, denied or hypothetical, which have no part in the scores."""

    a: str
    b: str
    period: str
    events: int = 0
    cooperation: int = 0
    conflict: int = 0
    other: int = 0
    score: float | None = None
    lowest: float | None = None
    highest: float | None = None
    forward: float | None = None
    backward: float | None = None


class ClaimPeriod(Record, frozen=True):
    """Relation claims between two actors in a domain and period, by cluster.  `withheld` are neutral claims that help
    or a tie is not given; `up`, `down`, `stable` are claimed trends of what is claimed."""

    a: str
    b: str
    domain: str
    period: str
    positive: int = 0
    neutral: int = 0
    withheld: int = 0
    negative: int = 0
    up: int = 0
    down: int = 0
    stable: int = 0


class Tie(Record, frozen=True):
    """How two actors stand in a domain over the whole time asked for, by cluster.

    `sign` is that with more clusters among positive and negative claims, 0 where all claims are neutral or withheld,
    None where the two are equal.  `contested`: both signs are claimed.  `latest` is the date of the newest claim.
    """

    a: str
    b: str
    domain: str
    sign: Literal[-1, 0, 1] | None
    positive: int
    neutral: int
    withheld: int
    negative: int
    contested: bool
    latest: str | None


class Network(Record, frozen=True):
    """Ties by (a, b, domain), claims and events by period; `a` comes before `b` in the alphabet."""

    actors: tuple[str, ...]
    ties: tuple[Tie, ...]
    claims: tuple[ClaimPeriod, ...]
    events: tuple[EventPeriod, ...]

    def of(self, a: str, b: str) -> Network:
        """What concerns two actors."""
        pair = tuple(sorted((a, b)))
        return Network(
            actors=tuple(c for c in self.actors if c in pair),
            ties=tuple(t for t in self.ties if (t.a, t.b) == pair),
            claims=tuple(c for c in self.claims if (c.a, c.b) == pair),
            events=tuple(e for e in self.events if (e.a, e.b) == pair),
        )


def event_score(event: Event) -> float:
    """The event's score: its mode's where the type has one, else its type's."""
    loaded = load_triggers()[event.type]
    score = loaded.modes.get(event.mode) if event.mode else None
    return loaded.score if score is None else score


def network(
    records: Iterable[StoredRecord], by: Literal["day", "month", "year"] = "month", actors: Iterable[str] = ()
) -> Network:
    """The network of events and relations; others are passed over, as is what an analyst has rejected.  With `actors`
    only pairs of two of them, or of one of them where one is named."""
    wanted = frozenset(actors)
    claims = _Claims(_LENGTH[by])
    events = _Events(_LENGTH[by])
    for stored in records:
        if stored.verdict is not None and stored.verdict.decision == "reject":
            continue
        if isinstance(stored, StoredRelation):
            claims.take(stored, wanted)
        elif isinstance(stored, StoredEvent):
            events.take(stored, wanted)
    ties, claim_periods = tuple(claims.ties()), tuple(claims.periods())
    event_periods = tuple(events.periods())
    named = {code for tie in ties for code in (tie.a, tie.b)} | {c for e in event_periods for c in (e.a, e.b)}
    return Network(actors=tuple(sorted(named)), ties=ties, claims=claim_periods, events=event_periods)


def _pairs(one: tuple[str, ...], other: tuple[str, ...], wanted: frozenset[str]) -> Iterator[tuple[str, str, bool]]:
    """(a, b, whether the first is a) for each pair, a before b."""
    for left, right in sorted(set(product(one[:_SIDES], other[:_SIDES]))):
        if left != right and left and right and _among(left, right, wanted):
            yield (left, right, True) if left < right else (right, left, False)


def _among(a: str, b: str, wanted: frozenset[str]) -> bool:
    return not wanted or (a in wanted or b in wanted if len(wanted) == 1 else a in wanted and b in wanted)


class _Claims:
    """Relation claims as sets of clusters."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._found: dict[tuple[str, str, str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._whole: dict[tuple[str, str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._latest: dict[tuple[str, str, str], str] = {}

    def take(self, stored: StoredRelation, wanted: frozenset[str]) -> None:
        r = stored.record
        names = {1: "positive", -1: "negative", 0: "withheld" if r.state == "withheld" else "neutral"}
        last = stored.claimants[-1] if stored.claimants else None
        cluster = f"{(last.name or last.role or '') if last else ''}\n{stored.story}"
        date = stored.date or ""
        for a, b, _ in _pairs(r.a, r.b, wanted):
            for names_in in (self._found[a, b, r.domain, date[: self._length]], self._whole[a, b, r.domain]):
                names_in[names[r.polarity]].add(cluster)
                if r.trend:
                    names_in[r.trend].add(cluster)
            self._latest[a, b, r.domain] = max(self._latest.get((a, b, r.domain), ""), date)

    def periods(self) -> Iterator[ClaimPeriod]:
        for (a, b, domain, period), sets in sorted(self._found.items()):
            yield ClaimPeriod(a=a, b=b, domain=domain, period=period, **{n: len(s) for n, s in sets.items()})

    def ties(self) -> Iterator[Tie]:
        for (a, b, domain), sets in sorted(self._whole.items()):
            counts = {name: len(sets.get(name, ())) for name in ("positive", "neutral", "withheld", "negative")}
            plus, minus = counts["positive"], counts["negative"]
            sign: Literal[-1, 0, 1] | None = 1 if plus > minus else -1 if minus > plus else None if plus else 0
            yield Tie(
                a=a, b=b, domain=domain, sign=sign, contested=bool(plus and minus),
                latest=self._latest[a, b, domain] or None, **counts,
            )  # fmt: skip


class _Events:
    """Events, one for each story."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._found: dict[tuple[str, str, str], dict[tuple[str, str, bool | None], float]] = defaultdict(dict)
        self._other: dict[tuple[str, str, str], set[tuple[str, str, bool | None]]] = defaultdict(set)

    def take(self, stored: StoredEvent, wanted: frozenset[str]) -> None:
        e = stored.record
        period = (stored.date or "")[: self._length]
        sides: Iterable[tuple[str, str, bool | None]]
        if e.targets:
            sides = _pairs(e.sources, e.targets, wanted)
        else:  # acts among their sources have no direction
            sides = sorted({(a, b, None) for a, b, _ in _pairs(e.sources, e.sources, wanted)})
        for a, b, forward in sides:
            same = (stored.story, e.type, forward)
            if e.status == "actual":
                scores = self._found[a, b, period]
                scores.setdefault(same, event_score(e))
            else:
                self._other[a, b, period].add(same)

    def periods(self) -> Iterator[EventPeriod]:
        for key in sorted(self._found.keys() | self._other.keys()):
            scores = self._found.get(key, {})
            values = list(scores.values())
            cooperation = sum(event_sign(kind) > 0 for _, kind, _ in scores)  # type: ignore[arg-type]
            yield EventPeriod(
                a=key[0], b=key[1], period=key[2], events=len(values), cooperation=cooperation,
                conflict=len(values) - cooperation, other=len(self._other.get(key, ())), score=_mean(values),
                lowest=min(values, default=None), highest=max(values, default=None),
                forward=_mean(v for (_, _, f), v in scores.items() if f is True),
                backward=_mean(v for (_, _, f), v in scores.items() if f is False),
            )  # fmt: skip


def _mean(values: Iterable[float]) -> float | None:
    found = sorted(values)
    return round(sum(found) / len(found), 3) if found else None
