"""Reading an archive's articles again with the present rules, and saying what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

import msgspec

from marsad.batch.adding import Done, Report, Summary, prepare_items, write
from marsad.batch.pool import DIED, chunked, in_order
from marsad.batch.worker import Limits
from marsad.ingest.items import Ready
from marsad.records import Article, Record
from marsad.store.base import Store
from marsad.stored import LAYERS, StoredReading
from marsad.version import VERSION

_NOT_SAID = ("rule", "confidence")
"""Fields of a record that say how it was made, not what it says."""


class LayerChange(Record, frozen=True):
    """Records of a layer before and after; `same` read as before, `changed` stand on the same words but read
    otherwise, `new` and `gone` have no counterpart."""

    before: int = 0
    after: int = 0
    same: int = 0
    changed: int = 0
    new: int = 0
    gone: int = 0


class Rereading(Record, frozen=True):
    """What a re-reading did.  `verdicts` counts those in force by how they stand now (same, changed, gone)."""

    summary: Summary
    layers: dict[str, LayerChange]
    articles_changed: int
    verdicts: dict[str, int]


def reread(
    store: Store,
    every: bool = False,
    jobs: int = 0,
    limits: Limits | None = None,
    advance: Callable[[int], None] = lambda done: None,
    report: Report = lambda message: None,
    total: Callable[[int], None] = lambda articles: None,
) -> Rereading:
    """Read again what other rules than the present ones have read, or everything.

    Articles whose re-reading fails keep their records.  `total` hears how many there are, the other two as in `add`.
    """
    wanted = store.article_ids(None if every else VERSION)
    total(len(wanted))
    before: dict[str, StoredReading] = {}
    tally: dict[str, Counter[str]] = {layer: Counter() for layer in LAYERS}
    changed = 0

    def items() -> Iterator[Ready]:
        for id in wanted:
            stored = store.reading(id)
            if stored is not None:
                before[id] = stored
                info = stored.info
                article = Article(stored.text, info.source_id or "", info.title, info.date, info.outlet, info.url)
                yield Ready(id, article)

    def compared(results: Iterator[Done]) -> Iterator[Done]:
        nonlocal changed
        for done in results:
            old = before.pop(done.where)
            if done.prepared is not None:
                changed += _compare(old, done, tally)
            yield done

    results = in_order(
        chunked(items(), lambda item: item.size),
        partial(prepare_items, limits=limits or Limits()),
        lambda item: Done(item.where, None, "internal error", f"{item.where}: {DIED}"),
        jobs,
    )
    summary = write(store, compared(results), True, advance, report)
    standing: Counter[str] = Counter()
    offset = 0
    while (page := store.verdicts(offset=offset, limit=500)).items:
        standing.update(verdict.standing for verdict in page.items)
        offset += len(page.items)
    return Rereading(
        summary=summary, layers={layer: LayerChange(**counts) for layer, counts in tally.items()},
        articles_changed=changed, verdicts=dict(sorted(standing.items())),
    )  # fmt: skip


def _compare(old: StoredReading, done: Done, tally: dict[str, Counter[str]]) -> bool:
    """Count how the records of one article changed; did any?"""
    assert done.prepared is not None
    after: dict[str, dict[str, dict[str, object]]] = {layer: {} for layer in LAYERS}
    for row in done.prepared.records:
        after[row.layer][row.id] = _said(msgspec.json.decode(row.data))
    any_change = False
    for layer in LAYERS:
        counts = tally[layer]
        records = getattr(old.reading, f"{layer}s")
        had = {record.id: _said(msgspec.json.decode(msgspec.json.encode(record))) for record in records}
        has = after[layer]
        same = sum(has.get(id) == said for id, said in had.items())
        both = len(had.keys() & has.keys())
        for name, count in (
            ("before", len(had)), ("after", len(has)), ("same", same), ("changed", both - same),
            ("new", len(has) - both), ("gone", len(had) - both),
        ):  # fmt: skip
            counts[name] += count
        any_change |= had != has
    return any_change


def _said(record: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in record.items() if name not in _NOT_SAID}
