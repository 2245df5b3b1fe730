"""From sources into an archive: read on all cores, written in order, a chunk in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

import msgspec

from marsad.batch.limits import time_limit
from marsad.batch.pool import DIED, chunked, in_order
from marsad.batch.worker import Limits
from marsad.errors import FetchError, InputError, NotArabicError, NotTextError, TooLargeError, TooSlowError
from marsad.ingest.checks import check_article, check_language
from marsad.ingest.items import Fault, Item, Page, Ready
from marsad.records import Article, Record
from marsad.store.base import Store
from marsad.store.rows import Prepared
from marsad.stored import Change

_TOGETHER = 32
"""Articles in one transaction."""
_REASONS: tuple[tuple[type[InputError], str], ...] = (
    (NotArabicError, "not Arabic"), (NotTextError, "no text"), (TooLargeError, "too large"),
    (TooSlowError, "took too long"), (FetchError, "no article on the page"),
)  # fmt: skip
Report = Callable[[str], None]


class Done(NamedTuple):
    """What became of an item: its rows, or why there are none; `here` when the archive has it already."""

    where: str
    prepared: Prepared | None = None
    reason: str = ""
    message: str = ""
    here: bool = False


class Summary(Record, frozen=True):
    """What an addition did: articles by what became of them, `skipped` by reason, `faults` in full (the first ones)."""

    added: int = 0
    unchanged: int = 0
    new_versions: int = 0
    reread: int = 0
    skipped: dict[str, int] = msgspec.field(default_factory=dict)
    faults: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """All articles that were seen."""
        return self.added + self.unchanged + self.new_versions + self.reread + sum(self.skipped.values())


_FIELD: dict[Change, str] = {
    "added": "added", "unchanged": "unchanged", "new-version": "new_versions", "reread": "reread"
}  # fmt: skip
_FAULTS_KEPT = 200


def prepare_items(items: list[Item | Done], limits: Limits, hard: bool = False) -> list[Done]:
    """Read every item; never raises on account of one.  What is done already passes through."""
    return [item if isinstance(item, Done) else _prepare(item, limits, hard) for item in items]


def _prepare(item: Item, limits: Limits, hard: bool) -> Done:
    from marsad.reading.pipeline import read
    from marsad.store.prepare import prepare

    if isinstance(item, Fault):
        return Done(item.where, None, item.reason, item.message)
    try:
        with time_limit(limits.seconds, hard=hard):
            article = _article(item, limits)
            check_language(article.text)
            return Done(item.where, prepare(article, read(article)))
    except InputError as error:
        reason = next((reason for kind, reason in _REASONS if isinstance(error, kind)), "cannot be read")
        message = str(error)
        return Done(item.where, None, reason, message if item.where in message else f"{item.where}: {message}")
    except Exception as error:  # a fault of ours must not cost the other articles
        return Done(item.where, None, "internal error", f"{item.where}: {type(error).__name__}: {error}")


def _article(item: Ready | Page, limits: Limits) -> Article:
    from marsad.ingest.source import from_bytes

    if isinstance(item, Ready):
        return check_article(item.article, limits.max_chars)[0]
    article = from_bytes(item.data, item.where, item.charset, item.kind, item.url, limits.max_chars).article
    known = dict(item.known)
    fetched = known.pop("fetched", None)
    if fetched and not article.date:
        known.setdefault("date", fetched)
    if article.outlet and article.outlet not in (item.url or ""):  # a page without a name has its host's
        known.pop("outlet", None)
    return msgspec.structs.replace(article, **known)


def add(
    store: Store,
    items: Iterable[Item],
    jobs: int = 0,
    limits: Limits | None = None,
    replace: bool = False,
    advance: Callable[[int], None] = lambda done: None,
    report: Report = lambda message: None,
    check: bool = True,
) -> Summary:
    """Read the items and put them into the store, in order.

    `replace` re-reads what is there; `check` False asks the pool about every item instead of first looking whether
    the store has it.  `advance` hears how many items are done, `report` what was skipped.  Raises ArchiveError; what
    was put before stays.
    """
    limits = limits or Limits()
    looked_up = _look_up(store, items) if check and not replace else iter(items)
    work = partial(prepare_items, limits=limits)
    results = in_order(
        chunked(looked_up, lambda item: item.size if isinstance(item, Ready | Page) else 0),
        work,
        lambda item: Done(item.where, None, "internal error", f"{item.where}: {DIED}"),
        jobs,
    )
    return write(store, results, replace, advance, report)


def write(
    store: Store, results: Iterator[Done], replace: bool, advance: Callable[[int], None], report: Report
) -> Summary:
    """Put results into the store as they come, and count."""
    counts: Counter[str] = Counter()
    skipped: Counter[str] = Counter()
    faults: list[str] = []
    for group in _groups(results):
        new = [done.prepared for done in group if done.prepared is not None]
        for outcome in store.put(new, replace) if new else ():
            counts[_FIELD[outcome.change]] += 1
        for done in group:
            if done.here:
                counts["unchanged"] += 1
            elif done.prepared is None:
                skipped[done.reason] += 1
                if len(faults) < _FAULTS_KEPT:
                    faults.append(done.message)
                report(done.message)
        advance(len(group))
    return Summary(**counts, skipped=dict(sorted(skipped.items())), faults=tuple(faults))


def _look_up(store: Store, items: Iterable[Item]) -> Iterator[Item | Done]:
    """The items, those that the store has already marked as done."""
    for chunk in chunked(items, lambda item: item.size):
        ready = [item.article for item in chunk if isinstance(item, Ready)]
        known = iter(store.known(ready, ""))
        for item in chunk:
            here = isinstance(item, Ready) and next(known)
            yield Done(item.where, here=True) if here else item


def _groups(results: Iterator[Done]) -> Iterator[list[Done]]:
    for first in results:
        group = [first]
        for done in results:
            group.append(done)
            if len(group) >= _TOGETHER:
                break
        yield group
