"""The contract of a store.  One test (tests/store/test_contract.py) runs over every implementation.

    open_archive("marsad.db")                SQLite file, made on first use
    open_archive("postgresql://host/name")   PostgreSQL server
    open_archive("folder/")                  Parquet archive written by `marsad archive export`; read-only

All questions may be asked from several threads.  Lists come newest first unless stated otherwise; equal dates are in
the order of addition, newest first.  The same questions have the same answers in all stores.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Literal, Protocol, Self

from marsad.assembly.dossier import Dossier
from marsad.assembly.ledger import LedgerEntry
from marsad.records import Article, Reading
from marsad.store.rows import Prepared
from marsad.stored import (
    ActorCard,
    ActorRow,
    ArticleInfo,
    By,
    Count,
    Feed,
    Filters,
    Hit,
    Layer,
    Note,
    Outcome,
    Page,
    PairRow,
    Period,
    SpeakerRow,
    Stats,
    StoredArticle,
    StoredReading,
    StoredRecord,
    Story,
    Verdict,
)

ALL = Filters()


class Store(Protocol):
    """An archive of articles, their records, and what analysts decided on them."""

    location: str
    """Where it is, as a user would name it; a password is left out."""
    read_only: bool

    # -- articles

    def article(self, id: str, version: int | None = None) -> StoredArticle | None:
        """An article by its id (or the id that its source gave it), newest version unless one is named."""

    def versions(self, id: str) -> tuple[ArticleInfo, ...]:
        """All versions of an article, oldest first."""

    def reading(self, id: str, version: int | None = None) -> StoredReading | None:
        """An article with its text and everything that was read in it."""

    def articles(self, filters: Filters = ALL, offset: int = 0, limit: int = 50) -> Page[ArticleInfo]:
        """Articles that hold at least one record meeting the filters (or all, without conditions on records)."""

    def readings(self, filters: Filters = ALL, after: int = -1) -> Iterator[StoredReading]:
        """Every article with its records, by `change` upward; `after` leaves out what an earlier pass has seen."""

    def changes(self, after: int = -1) -> tuple[ArticleInfo, ...]:
        """All current articles with a later `change`, by it: what has been added or read again."""

    def article_ids(self, not_by: str | None = None) -> list[str]:
        """Ids of all articles by `change` upward; `not_by` leaves out those that this version of the rules read."""

    def search(
        self, query: str, filters: Filters = ALL, offset: int = 0, limit: int = 20,
        sort: Literal["newest", "best"] = "newest",
    ) -> Page[Hit]:  # fmt: skip
        """Articles whose text or title meets the query, with snippets.

        Words are found whatever their article, clitics, number or spelling of hamza and ة/ه, ى/ي; "quotes" or «…»
        make a phrase; AND, OR, NOT (or `-word`) and parentheses combine.  Raises QueryError.  `best` orders by
        relevance, which each store weighs in its own way.
        """

    # -- records

    def record(self, id: str) -> StoredRecord | None:
        """A record by its id, also of an older version."""

    def records(
        self, filters: Filters = ALL, offset: int = 0, limit: int = 50, oldest_first: bool = False
    ) -> Page[StoredRecord]:
        """Records that meet the filters, by the date of their articles."""

    def stream(self, filters: Filters = ALL) -> Iterator[StoredRecord]:
        """All records that meet the filters, oldest first, with little memory."""

    def facets(self, filters: Filters = ALL, query: str | None = None) -> dict[str, tuple[Count, ...]]:
        """How the answer divides: counts by `layer`, `act`, `type`, `domain`, `status`, `outlet`, `year`.  With a
        query, of the records in the articles found."""

    # -- views

    def ledger(
        self, speaker: str | None, filters: Filters = ALL, offset: int = 0, limit: int = 50
    ) -> Page[LedgerEntry]:
        """Statements of a speaker (code, key or words of the name; None: everybody) by the time said, newest first,
        repeats joined, with links to what they repeat, deny, change or contradict in number."""

    def dossier(self, a: str, b: str, filters: Filters = ALL) -> Dossier:
        """All about two actors (codes or names as written)."""

    def timeline(self, a: str, b: str, by: By = "month", filters: Filters = ALL) -> tuple[Period, ...]:
        """Events, relation claims and statements between two actors by day, month or year, oldest first; undated
        ones come under the period ""."""

    def between(
        self, a: str, b: str, filters: Filters = ALL, offset: int = 0, limit: int = 50
    ) -> Page[StoredRecord]:
        """The records that a timeline of the two counts, newest first."""

    def pairs(self, filters: Filters = ALL, offset: int = 0, limit: int = 50) -> Page[PairRow]:
        """Pairs of actors, those with most records first."""

    def actors(
        self, words: str = "", kinds: tuple[str, ...] = (), offset: int = 0, limit: int = 50
    ) -> Page[ActorRow]:
        """Actors, those in most articles first; `words` of the name or the code, kinds as in records.Actor."""

    def actor(self, key: str) -> ActorCard | None:
        """One actor by code or key, with roles over time, names and partners."""

    def speakers(self, words: str = "", offset: int = 0, limit: int = 50) -> Page[SpeakerRow]:
        """Speakers, those with most statements first; `words` of the name, or a code of the affiliation."""

    def outlets(self) -> tuple[Count, ...]:
        """Outlets by number of articles."""

    def stats(self) -> Stats:
        """What the archive holds."""

    def stories(self, offset: int = 0, limit: int = 50, smallest: int = 2) -> Page[Story]:
        """Stories with at least `smallest` articles, newest first."""

    def story(self, id: str) -> Story | None:
        """A story by its id or by the id of one of its articles."""

    # -- verdicts, feeds, decisions

    def decide(self, verdict: Verdict) -> Verdict:
        """Keep a verdict (its `id`, `layer`, `article`, `version`, `record_then` and empty `at` are filled in).
        `withdraw` undoes the latest one.  Raises NotFoundError where there is no such record."""

    def verdicts(self, filters: Filters = ALL, offset: int = 0, limit: int = 50) -> Page[Verdict]:
        """Verdicts in force, newest first; withdrawn and superseded ones are kept but not listed."""

    def verdict_history(self, record: str) -> tuple[Verdict, ...]:
        """All verdicts ever given on a record, oldest first."""

    def feeds(self) -> tuple[Feed, ...]:
        """Watched feeds by address."""

    def put_feed(self, feed: Feed) -> None:
        """Add a feed or replace what is known of it."""

    def drop_feed(self, url: str) -> bool:
        """Forget a feed; False where it was not watched."""

    def notes(self, kind: str, history: bool = False) -> tuple[Note, ...]:
        """Notes of a kind in force, by key; with `history` all of them in the order in which they were put."""

    def put_note(self, kind: str, key: str, data: dict[str, object]) -> Note:
        """Keep a note; it supersedes an earlier one of the same kind and key."""

    # -- writing

    def known(self, articles: Iterable[Article], pipeline: str) -> list[bool]:
        """For each article: is exactly this text here, as any version of it, read by this version of the rules (""
        for whichever)?"""

    def put(self, prepared: Iterable[Prepared], replace: bool = False) -> list[Outcome]:
        """Put articles in one transaction: all are in, or none is.  What is there already, as the current
        or an older version, is left alone, unless `replace` asks for re-read records to take the place of the current
        version's (verdicts stay)."""

    def close(self) -> None:
        """Release files and connections."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


__all__ = ["ALL", "Article", "Filters", "Layer", "Page", "Reading", "Store"]
