"""What goes into a store and what comes out of it: frozen, JSON-ready records.

Dates are ISO 8601 and compare as strings; "2024-05" stands for all of its days.  An article has an id of its own
(from its address or its content) and numbered versions; everything asked of a store means the newest version unless
a version is named.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Literal, TypeVar

import msgspec

from marsad.records import Event, Mechanism, Reading, Record, Relation, Statement

Layer = Literal["statement", "event", "relation", "mechanism"]
LAYERS: tuple[Layer, ...] = ("statement", "event", "relation", "mechanism")
Decision = Literal["accept", "reject", "correct", "withdraw"]
By = Literal["day", "month", "year"]
AnyRecord = Statement | Event | Relation | Mechanism
T = TypeVar("T")


class Filters(Record, frozen=True):
    """What to look among.  Conditions are joined by "and"; several values in one condition by "or", except
    `actors`, all of which must take part.

    `since` and `until` are inclusive ISO dates or parts of one.  `actors` are codes (RUS, HAMAS).  `speaker` is a
    code, a speaker's key, or words of a name («لافروف»): whoever holds the record.  `types` are PLOVER types, `acts`
    acts of statements, `domains` of relations, `statuses` of events, `claims` of mechanisms, `polarities` of
    relations.  `words` is a search query that the record's own words must meet.  `decided` keeps only records with
    that verdict; `hide_rejected` drops those that an analyst has rejected.
    """

    since: str | None = None
    until: str | None = None
    outlets: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    speaker: str | None = None
    layers: tuple[Layer, ...] = ()
    types: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    polarities: tuple[int, ...] = ()
    article: str | None = None
    story: str | None = None
    words: str | None = None
    decided: Decision | None = None
    hide_rejected: bool = False

    def of_records(self) -> bool:
        """Does any condition look at records rather than at articles?"""
        return bool(
            self.actors or self.speaker or self.layers or self.types or self.acts or self.domains or self.statuses
            or self.claims or self.polarities or self.words or self.decided
        )  # fmt: skip


class Page(Record, Generic[T], frozen=True):
    """One page of an answer: `total` counts all items, `offset` those before this page."""

    items: tuple[T, ...]
    total: int
    offset: int = 0
    limit: int = 50

    @property
    def more(self) -> bool:
        """Is there a next page?"""
        return self.offset + len(self.items) < self.total

    def map(self, change: Callable[[T], object]) -> Page[object]:
        """The page with each item changed."""
        return Page(items=tuple(map(change, self.items)), total=self.total, offset=self.offset, limit=self.limit)


class ArticleInfo(Record, frozen=True):
    """An article in the archive, without its text.

    `id` never changes; `version` counts from 1; `pipeline` is the version of the rules that read it; `story` is the
    id of the story (group of near-duplicates) that it belongs to, its own id where it stands alone; `change` grows
    with every addition or re-reading in the archive.  `counts` are records by layer.
    """

    id: str
    version: int
    text_hash: str
    pipeline: str
    added: str
    story: str
    change: int
    title: str | None = None
    date: str | None = None
    outlet: str | None = None
    url: str | None = None
    source_id: str | None = None
    current: bool = True
    statements: int = 0
    events: int = 0
    relations: int = 0
    mechanisms: int = 0


class StoredArticle(Record, frozen=True, kw_only=True):
    """An article with its text, exactly as it was read."""

    info: ArticleInfo
    text: str


class StoredReading(Record, frozen=True, kw_only=True):
    """An article with its text and all records, whose ids are the archive's."""

    info: ArticleInfo
    text: str
    reading: Reading


class Snippet(Record, frozen=True):
    """A stretch of the text with hits; `start` in code points of the text, `hits` are (start, end) inside `text`."""

    text: str
    start: int
    hits: tuple[tuple[int, int], ...]


class Hit(Record, frozen=True):
    """An article that a search found; `records` are ids of up to five records that meet the filters, if any do."""

    article: ArticleInfo
    snippets: tuple[Snippet, ...] = ()
    records: tuple[str, ...] = ()


class Claimant(Record, frozen=True):
    """One link of the chain that holds a record; `statement` is the id of the statement that makes it a link."""

    name: str | None
    role: str | None
    codes: tuple[str, ...]
    act: str
    statement: str


class Verdict(Record, frozen=True):
    """An analyst's decision on a record, kept beside the machine's record and never overwritten.

    `correction` holds the fields of the record that should read otherwise; `record_then` the record as it was when
    decided.  `standing` says how it stands now: `same`, `changed` (a re-reading made the record read otherwise) or
    `gone` (no record stands there any more).
    """

    id: str
    record: str
    layer: Layer
    article: str
    version: int
    decision: Decision
    at: str
    analyst: str = ""
    note: str = ""
    correction: dict[str, object] = msgspec.field(default_factory=dict)
    record_then: dict[str, object] = msgspec.field(default_factory=dict)
    standing: Literal["same", "changed", "gone"] = "same"


class Stored(Record, frozen=True, kw_only=True):
    """A record in its place: the article, the date (its own time where it has one, else the article's), who holds it
    (outermost claimant first, the writer left out), the version of the rules that made it (`pipeline`), and an
    analyst's latest verdict."""

    id: str
    layer: Layer
    article: str
    version: int
    date: str | None
    title: str | None
    outlet: str | None
    url: str | None
    story: str
    claimants: tuple[Claimant, ...] = ()
    verdict: Verdict | None = None
    pipeline: str = ""


class StoredStatement(Stored, frozen=True, kw_only=True):
    """A statement in its place.  `claimants` are the outer statements of a relay; `topics` the actors it is about;
    `said` is equal for the same words by the same speaker about the same actors."""

    record: Statement
    topics: tuple[str, ...] = ()
    said: str = ""


class StoredEvent(Stored, frozen=True, kw_only=True):
    """An event in its place."""

    record: Event


class StoredRelation(Stored, frozen=True, kw_only=True):
    """A relation in its place."""

    record: Relation


class StoredMechanism(Stored, frozen=True, kw_only=True):
    """A mechanism in its place."""

    record: Mechanism


StoredRecord = StoredStatement | StoredEvent | StoredRelation | StoredMechanism


class Period(Record, frozen=True):
    """What happened between two actors in a day, month or year.

    `cooperation` and `conflict` count actual events by the sign of their PLOVER quad; `other` events that are
    planned, called for, denied or hypothetical; `positive`, `neutral`, `negative` relation claims; `statements`
    those by one about the other.  `articles` and `stories` are distinct.
    """

    period: str
    cooperation: int = 0
    conflict: int = 0
    other: int = 0
    positive: int = 0
    neutral: int = 0
    negative: int = 0
    statements: int = 0
    articles: int = 0
    stories: int = 0


class ActorRow(Record, frozen=True):
    """An actor of the archive.  `key` is its code, or the folded name of someone without a code of their own."""

    key: str
    name: str
    kind: str
    codes: tuple[str, ...]
    articles: int
    first: str | None = None
    last: str | None = None
    statements: int = 0
    events: int = 0
    relations: int = 0
    mechanisms: int = 0


class RoleRow(Record, frozen=True):
    """A role in which an actor appears, with its span of dates."""

    role: str
    articles: int
    first: str | None
    last: str | None


class ActorCard(Record, frozen=True):
    """All about one actor: roles over time, names as written, and the actors it appears with most."""

    actor: ActorRow
    roles: tuple[RoleRow, ...] = ()
    names: tuple[tuple[str, int], ...] = ()
    pairs: tuple[PairRow, ...] = ()


class PairRow(Record, frozen=True):
    """Two actors and how many records join them."""

    a: str
    b: str
    records: int
    events: int
    relations: int
    statements: int
    positive: int
    negative: int
    last: str | None


class SpeakerRow(Record, frozen=True):
    """Someone who says something: `key` identifies, `codes` is the affiliation most often given."""

    key: str
    name: str
    kind: str
    codes: tuple[str, ...]
    statements: int
    first: str | None
    last: str | None


class Count(Record, frozen=True):
    """A value and how often it occurs."""

    value: str
    count: int


class Story(Record, frozen=True):
    """Near-duplicate articles: one report in several outlets."""

    id: str
    articles: tuple[ArticleInfo, ...]
    outlets: tuple[str, ...]
    first: str | None
    last: str | None


class Stats(Record, frozen=True):
    """What the archive holds.  `pipelines` counts articles by the version of the rules that read them."""

    articles: int
    versions: int
    stories: int
    outlets: int
    statements: int
    events: int
    relations: int
    mechanisms: int
    verdicts: int
    first: str | None
    last: str | None
    pipelines: tuple[Count, ...] = ()
    acts: tuple[Count, ...] = ()
    types: tuple[Count, ...] = ()
    domains: tuple[Count, ...] = ()


class Feed(Record, frozen=True):
    """A feed that is watched, and how the last tries went.  Times are ISO 8601 in UTC."""

    url: str
    etag: str | None = None
    modified: str | None = None
    next_try: str | None = None
    last_success: str | None = None
    last_failure: str | None = None
    failure: str | None = None
    failures: int = 0
    added: int = 0


class Note(Record, frozen=True):
    """A decision of another part of the program that is kept in the archive (concept merges, added edges).

    The newest note for a `kind` and `key` is the one in force; older ones are kept.
    """

    kind: str
    key: str
    data: dict[str, object]
    at: str
    id: int = 0


Change = Literal["added", "new-version", "reread", "unchanged"]


class Outcome(Record, frozen=True):
    """What became of an article that was put into a store."""

    article: str
    version: int
    change: Change
