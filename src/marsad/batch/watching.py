"""Following feeds: poll those that are due, add what is new, remember how it went, stop when told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import msgspec

from marsad.batch.adding import Report, Summary, add
from marsad.batch.worker import Limits
from marsad.errors import InputError
from marsad.ingest.feeds import Entry, parse_feed
from marsad.ingest.items import Item
from marsad.ingest.polite import Visitor
from marsad.ingest.sources import Options, entry_items
from marsad.records import Article
from marsad.store.base import Store
from marsad.store.identity import article_id
from marsad.stored import Feed

EVERY = 15 * 60.0
"""Seconds between two polls of a feed."""
_LONGEST = 24 * 3600.0
_STEP = 1.0


def _now() -> datetime:
    return datetime.now(UTC)


class Watcher:
    """Polls the feeds of a store.  `every` in seconds; after a failure the pause doubles, up to a day."""

    def __init__(
        self, store: Store, visitor: Visitor, options: Options, every: float = EVERY, limits: Limits | None = None,
        report: Report = lambda line: None, now: Callable[[], datetime] = _now,
    ) -> None:  # fmt: skip
        self._store, self._visitor, self._every = store, visitor, every
        self._limits, self._report, self._now = limits or Limits(), report, now
        self._options = options
        self._stop = threading.Event()

    def stop(self) -> None:
        """Finish the article in hand, then end `run`; may be called from a signal handler or another thread."""
        self._stop.set()

    def run(self, once: bool = False) -> None:
        """Poll until stopped; with `once` every feed once, due or not."""
        if once:
            for feed in self._store.feeds():
                if not self._stop.is_set():
                    self.poll(feed)
            return
        while not self._stop.is_set():
            due = [feed for feed in self._store.feeds() if (feed.next_try or "") <= self._stamp()]
            for feed in due:
                if self._stop.is_set():
                    return
                self.poll(feed)
            self._stop.wait(_STEP)

    def poll(self, feed: Feed) -> Summary | None:
        """Look once at a feed, add its new entries, and keep how it went; None where nothing was to be added."""
        try:
            answer = self._visitor.get(feed.url, feed.etag, feed.modified)
            summary = None
            if answer.page is not None:
                content = parse_feed(answer.page.data, feed.url, answer.page.url)
                items = self._entries(content.entries, content.title)
                summary = add(self._store, items, 1, self._limits, report=self._report)
        except InputError as error:
            failures = feed.failures + 1
            pause = min(self._every * 2**failures, _LONGEST)
            self._keep(
                feed, last_failure=self._stamp(), failure=str(error), failures=failures, next_try=self._stamp(pause)
            )
            self._report(str(error))
            return None
        added = summary.added + summary.new_versions if summary else 0
        self._keep(
            feed, etag=answer.etag, modified=answer.modified, last_success=self._stamp(), failures=0,
            next_try=self._stamp(self._every), added=feed.added + added,
        )  # fmt: skip
        if summary is not None:
            self._report(f"{feed.url}: {summary.added} added, {summary.unchanged} unchanged")
        return summary

    def _entries(self, entries: tuple[Entry, ...], outlet: str | None) -> Iterator[Item]:
        """Items of the entries whose address the archive does not have; a page is not fetched twice."""
        for entry in entries:
            if self._stop.is_set():
                return
            if entry.url and self._store.article(article_id(Article(text="", url=entry.url), "")):
                continue
            yield from entry_items(entry, outlet, self._options)

    def _keep(self, feed: Feed, **changes: object) -> None:
        """Write what changed, unless somebody has dropped the feed meanwhile."""
        if any(known.url == feed.url for known in self._store.feeds()):
            self._store.put_feed(msgspec.structs.replace(feed, **changes))

    def _stamp(self, later: float = 0.0) -> str:
        return (self._now() + timedelta(seconds=later)).isoformat(timespec="seconds")
