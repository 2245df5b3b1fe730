"""The records that a reading consists of: frozen, comparable, JSON-ready.

Offsets are half-open `[start, end)` in Unicode code points of the article's text, which is never altered;
for every span `text[span.start:span.end] == span.quote`.  Every claim (event, relation, mechanism) is held by
a statement or, where `statement` is None, by the writer.  Ids are hashes of what an item points at, not of the
rule that found it, so they survive a new version of the rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Literal, Protocol, TypeVar

import msgspec

Act = Literal[
    "STATE", "STRESS", "NOTE", "EXPLAIN", "ASSESS", "CHARACTERIZE", "PREDICT", "ANNOUNCE", "CLAIM", "ADMIT", "DENY",
    "ACCUSE", "CRITICIZE", "CONDEMN", "WARN", "THREATEN", "CALL-FOR", "DEMAND", "REQUEST", "PROPOSE", "PROMISE",
    "REJECT", "SUPPORT", "WELCOME", "EXPRESS", "DECIDE", "ASK", "RELAY",
]  # fmt: skip
Form = Literal["direct", "indirect", "mixed", "nominal", "fragment", "headline"]
SpeakerKind = Literal["person", "office", "institution", "state", "outlet", "document", "collective", "unnamed"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Status = Literal["actual", "planned", "called-for", "negated", "hypothetical"]
Domain = Literal[
    "political", "diplomatic", "military", "arms", "security", "economic", "energy", "sanctions", "technology",
    "territorial", "multilateral", "humanitarian", "cultural",
]  # fmt: skip
Trend = Literal["up", "down", "stable"]
ActorKind = Literal["state", "body", "bloc", "group", "person", "outlet", "people", "document"]


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False):
    """Base of all records."""


class Span(Record, frozen=True, order=True):
    """Characters of the text: half-open code point offsets and the characters themselves."""

    start: int
    end: int
    quote: str


class Article(Record, frozen=True):
    """What is read.  `date` is ISO 8601 (a day, month or year) and anchors relative times."""

    text: str
    id: str = ""
    title: str | None = None
    date: str | None = None
    outlet: str | None = None
    url: str | None = None


class Actor(Record, frozen=True):
    """One entity of the article: every mention of it, its fullest name and the codes it acts for.

    `codes` holds ISO 3166 alpha-3 codes, the project's codes for bodies, blocs and groups, or a name as written.
    `sectors` holds PLOVER sector codes (GOV, MIL, LEG, ...).  `role` is the fullest role phrase of the article.
    """

    id: str
    name: str
    kind: ActorKind
    codes: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    role: str | None = None


class Mention(Record, frozen=True):
    """A span that names or describes an actor; `actor` is the id of an Actor of the same reading."""

    span: Span
    actor: str
    rule: str


class Time(Record, frozen=True):
    """A time expression.  `value` is ISO 8601: a date or part of one (2024-02, 2024-W05), or an interval a/b."""

    span: Span
    value: str
    rule: str


class Place(Record, frozen=True):
    """Where an event is said to take place; `country` ISO alpha-3; coordinates in degrees (WGS 84) where known."""

    span: Span
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None


class Speaker(Record, frozen=True):
    """Who holds a statement.  `mention` is None when the subject is elided."""

    mention: Span | None
    name: str | None
    role: str | None
    affiliation: tuple[str, ...]
    kind: SpeakerKind


class Statement(Record, frozen=True):
    """A proposition, position, demand or commitment and its holder.

    `parent` is the id of the outer statement of a relay; `time` the time at which it was said, where given.
    """

    id: str
    cue: Span | None
    speaker: Speaker
    content: tuple[Span, ...]
    form: Form
    act: Act
    rule: str
    confidence: float
    negated: bool = False
    parent: str | None = None
    addressee: Span | None = None
    outlet: Span | None = None
    occasion: Span | None = None
    time: Time | None = None


class Event(Record, frozen=True):
    """Who did what to whom: one mention of a PLOVER event.

    `same_as` is the id of the first mention in the article of the same event (headline, lead, recap), or None.
    """

    id: str
    type: EventType
    trigger: Span
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    status: Status
    statement: str | None
    rule: str
    confidence: float
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    source_sectors: tuple[str, ...] = ()
    target_sectors: tuple[str, ...] = ()
    source_spans: tuple[Span, ...] = ()
    target_spans: tuple[Span, ...] = ()
    time: Time | None = None
    place: Place | None = None
    same_as: str | None = None


class Concept(Record, frozen=True):
    """A neutral, typed notion that causes and effects are merged on; direction words are taken out of it.

    `key` is canonical (`relation:CHN-RUS:economic`, `act:ASSAULT:ISR>PSE`, `quantity:…`); `direction` is +1 where
    the words speak of more of it, -1 where of less, 0 where of neither.
    """

    kind: Literal["relation", "act", "attribute", "belief", "quantity"]
    key: str
    label: str
    direction: Literal[-1, 0, 1] = 0


class Relation(Record, frozen=True):
    """How two actors stand.  `polarity`, `trend` and `level` are separate: a good relation can be falling."""

    id: str
    a: tuple[str, ...]
    b: tuple[str, ...]
    directed: bool
    domain: Domain
    polarity: Literal[-1, 0, 1]
    trend: Trend | None
    span: Span
    statement: str | None
    rule: str
    confidence: float
    level: str | None = None
    state: str | None = None
    since: Time | None = None
    concept: Concept | None = None


class Mechanism(Record, frozen=True):
    """A claimed cause and effect.

    `sign` is +1 when more cause gives more of the effect as worded, -1 when it lowers or prevents it.
    `cause_antecedent` and `effect_antecedent` are what a pronoun («ذلك», «ما») points back to.
    `holders` names believers inside the statement («an expert says that a state fears that ...»), outermost first.
    `continuation` marks a sentence that may or may not still be the last speaker's argument.
    """

    id: str
    cause: Span
    effect: Span
    sign: Literal[-1, 1]
    claim: Literal["asserts", "denies", "concedes"]
    tier: Literal["explicit", "purpose", "implicit"]
    modality: Literal["asserted", "potential", "necessary", "hypothetical", "purpose"]
    statement: str | None
    rule: str
    confidence: float
    cause_antecedent: Span | None = None
    effect_antecedent: Span | None = None
    holders: tuple[str, ...] = ()
    continuation: bool = False
    cause_concept: Concept | None = None
    effect_concept: Concept | None = None


class Reading(Record, frozen=True):
    """All that was read in one article."""

    id: str
    text_hash: str
    version: str
    title: str | None = None
    date: str | None = None
    outlet: str | None = None
    url: str | None = None
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[Time, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    relations: tuple[Relation, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    warnings: tuple[str, ...] = ()


def content_id(layer: str, *parts: object) -> str:
    """A stable id: the layer's first letter and 16 hex digits of a hash of `parts` (their `str`)."""
    digest = blake2b("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass"), digest_size=8)
    return f"{layer[0]}{digest.hexdigest()}"


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Identified)


def unique(items: Iterable[T]) -> tuple[T, ...]:
    """The items without those whose id an earlier one has: two ways to the same claim are one record."""
    seen: dict[str, T] = {}
    for item in items:
        seen.setdefault(item.id, item)
    return tuple(seen.values())
