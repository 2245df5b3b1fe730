"""Views over the archive, for every SQL store: ledger, dossier, timeline, pairs, actors, speakers, stories, stats."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from marsad.assembly import dossier as dossiers
from marsad.assembly import ledger as ledgers
from marsad.assembly.dossier import Dossier
from marsad.assembly.ledger import LedgerEntry
from marsad.errors import QueryError
from marsad.store import decode
from marsad.store.conditions import CODE, Where, check_date, record_where, speaker_keys, until
from marsad.store.read import ALL, Read, check_page
from marsad.store.schema import RECORD_BITS, first_rid, is_statement
from marsad.stored import (
    By,
    Filters,
    Page,
    PairRow,
    Period,
    StoredEvent,
    StoredMechanism,
    StoredRecord,
    StoredRelation,
    StoredStatement,
)

_ABOUT = 400
"""Records of a layer that a dossier looks at (the newest)."""
_SHOWN = 20
_HISTORY = 250
"""A speaker's newest statements among which earlier positions are sought."""
_LENGTH = {"day": 10, "month": 7, "year": 4}


class Views(Read):
    """What is asked across articles."""

    # -- ledger

    def ledger(
        self, speaker: str | None, filters: Filters = ALL, offset: int = 0, limit: int = 50
    ) -> Page[LedgerEntry]:
        check_page(offset, limit)
        conditions = _with(filters, layers=("statement",), speaker=speaker if speaker is not None else filters.speaker)
        keys = None
        if conditions.speaker is not None and not CODE.fullmatch(conditions.speaker):
            keys = speaker_keys(self, conditions.speaker)
        where = record_where(self, conditions, keys)
        select = f"SELECT {decode.RECORD} FROM records r{where.joins} WHERE {where}"
        if conditions.speaker is None:
            # Everybody's: a page of statements, repeats joined within it.
            rows = self.rows(f"{select} ORDER BY r.rid DESC LIMIT ? OFFSET ?", [*where.params, limit, offset])
            total = self._count(where)
            entries = ledgers.join(_statements(self._placed(rows)))
        else:
            # The same words count once, wherever they stand; nearly the same ones are joined within the page.
            grouped = (
                f"SELECT r.said AS said, max(r.date) AS date, max(r.rid) AS newest FROM records r{where.joins} "
                f"WHERE {where} GROUP BY r.said"
            )
            order = "ORDER BY q.date DESC, q.newest DESC LIMIT ? OFFSET ?"
            said = self.rows(
                f"SELECT q.said, count(*) OVER () FROM ({grouped}) q {order}", [*where.params, limit, offset]
            )
            total = int(said[0][1]) if said else self.number(f"SELECT count(*) FROM ({grouped}) q", where.params)
            rows = []
            if said:
                where.any("r.said", [row[0] for row in said])
                select = f"SELECT {decode.RECORD} FROM records r{where.joins} WHERE {where}"
                rows = self.rows(f"{select} ORDER BY r.date DESC, r.rid DESC", where.params)
            entries = ledgers.join(_statements(self._placed(rows)))
        history = self._history(conditions.speaker, keys) if conditions.speaker is not None else {}
        earlier = {s.id: s for group in history.values() for s in group}
        linked = ledgers.link(
            entries,
            common=ledgers.generic(earlier.values()),
            answered=self._answered,
            earlier=lambda s: chain.from_iterable(
                (other for other in history.get(topic, ()) if (other.date or "") < (s.date or "")) for topic in s.topics
            ),
        )
        return Page(items=tuple(linked), total=total, offset=offset, limit=limit)

    def _history(self, speaker: str, keys: list[str] | None) -> dict[str, list[StoredStatement]]:
        """The speaker's statements by topic actor, newest first."""
        where = record_where(self, Filters(speaker=speaker, layers=("statement",)), keys)
        rows = self.rows(
            f"SELECT {decode.RECORD} FROM records r{where.joins} WHERE {where} "
            f"ORDER BY r.date DESC, r.rid DESC LIMIT {_HISTORY}",
            where.params,
        )
        topics: dict[str, list[StoredStatement]] = {}
        for statement in _statements(self._placed(rows)):
            for topic in statement.topics:
                if len(topics.setdefault(topic, [])) < 40:
                    topics[topic].append(statement)
        return topics

    def _answered(self, statement: StoredStatement) -> list[StoredStatement]:
        """What a denial may answer: what the same story says, and what was said about the speaker in two weeks."""
        rows = self.rows(
            f"SELECT {decode.RECORD} FROM versions v JOIN records r ON r.rid >= v.n * {1 << RECORD_BITS} "
            f"AND r.rid < (v.n + 1) * {1 << RECORD_BITS} "
            f"WHERE v.story = ? AND v.current = 1 AND {is_statement('r.rid')} ORDER BY r.rid LIMIT 200",
            [statement.story],
        )
        codes = statement.record.speaker.affiliation
        if codes and statement.date and len(statement.date) == 10:
            # What was said then stands in the reports of those weeks, which are a stretch of the numbers.
            since = _days_after(statement.date, -14)
            rows += self.rows(
                f"SELECT {decode.RECORD} FROM codes c JOIN records r ON r.rid = c.rid "
                "WHERE c.code = ? AND c.rid >= ? AND c.rid < ? AND r.date <= ? AND r.date >= ? AND c.roles = 'topic' "
                f"AND {is_statement('c.rid')} ORDER BY c.rid DESC LIMIT 200",
                [codes[0], first_rid(since), first_rid(_days_after(statement.date, 15)), statement.date, since],
            )
        return _statements(self._placed(rows))

    # -- dossier and timeline

    def _pair_where(self, a: str, b: str, filters: Filters) -> Where:
        one, two = sorted((a, b))
        if one == two:
            raise QueryError("a pair needs two different actors")
        where = Where()
        where.add("p.a = ? AND p.b = ?", one, two)
        where.any("p.layer", filters.layers)
        if check_date(filters.since):
            where.add("p.date >= ?", filters.since)
        if check_date(filters.until):
            where.add("p.date <= ? AND p.date <> ''", until(filters.until or ""))
        rest = _with(filters, since=None, until=None, layers=())
        if rest != ALL:
            inner = record_where(self, rest)
            where.add(
                f"EXISTS (SELECT 1 FROM records r{inner.joins} WHERE r.rid = p.rid AND {inner})", *inner.params
            )
        return where

    def timeline(self, a: str, b: str, by: By = "month", filters: Filters = ALL) -> tuple[Period, ...]:
        if by not in _LENGTH:
            raise QueryError(f"a timeline goes by {', '.join(_LENGTH)}, not by {by!r}")
        where = self._pair_where(a, b, filters)
        actual = "p.layer = 'event' AND p.status = 'actual'"
        sums = ", ".join(
            f"SUM(CASE WHEN {condition} THEN 1 ELSE 0 END)"
            for condition in (
                f"{actual} AND p.sign > 0", f"{actual} AND p.sign < 0", "p.layer = 'event' AND p.status <> 'actual'",
                "p.layer = 'relation' AND p.sign > 0", "p.layer = 'relation' AND p.sign = 0",
                "p.layer = 'relation' AND p.sign < 0", "p.layer = 'statement'",
            )
        )  # fmt: skip
        rows = self.rows(
            f"SELECT substr(p.date, 1, {_LENGTH[by]}), {sums}, count(DISTINCT v.n), count(DISTINCT v.story) "
            f"FROM pairs p JOIN versions v ON v.n = p.rid >> {RECORD_BITS} WHERE {where} GROUP BY 1 ORDER BY 1",
            where.params,
        )
        names = Period.__struct_fields__[1:]
        return tuple(Period(period=row[0], **dict(zip(names, map(int, row[1:]), strict=True))) for row in rows)

    def _about(self, where: Where, layer: str, limit: int = _ABOUT) -> list[StoredRecord]:
        rows = self.rows(
            f"SELECT {decode.RECORD} FROM pairs p JOIN records r ON r.rid = p.rid "
            f"WHERE {where} AND p.layer = '{layer}' ORDER BY p.rid DESC LIMIT ?",
            [*where.params, limit],
        )
        return dossiers.once(self._placed(rows))

    def between(
        self, a: str, b: str, filters: Filters = ALL, offset: int = 0, limit: int = 50
    ) -> Page[StoredRecord]:
        check_page(offset, limit)
        where = self._pair_where(a, b, filters)
        rows = self.rows(
            f"SELECT {decode.RECORD} FROM pairs p JOIN records r ON r.rid = p.rid WHERE {where} "
            "ORDER BY p.date DESC, p.rid DESC LIMIT ? OFFSET ?",
            [*where.params, limit, offset],
        )
        total = self.number(f"SELECT count(*) FROM pairs p WHERE {where}", where.params)
        return Page(items=tuple(self._placed(rows)), total=total, offset=offset, limit=limit)

    def dossier(self, a: str, b: str, filters: Filters = ALL) -> Dossier:
        where = self._pair_where(a, b, filters)
        head = self.one(
            f"SELECT count(DISTINCT v.n), count(DISTINCT v.story), min(nullif(p.date, '')), max(nullif(p.date, '')) "
            f"FROM pairs p JOIN versions v ON v.n = p.rid >> {RECORD_BITS} WHERE {where}",
            where.params,
        )
        assert head is not None
        counts = self._counts(f"SELECT p.layer, count(*) FROM pairs p WHERE {where} GROUP BY 1", where.params)
        types = self._counts(
            f"SELECT p.kind, count(*) FROM pairs p WHERE {where} AND p.layer = 'event' GROUP BY 1", where.params
        )
        relations = [r for r in self._about(where, "relation") if isinstance(r, StoredRelation)]
        events = [e for e in self._about(where, "event", 100) if isinstance(e, StoredEvent)]
        statements = _statements(self._about(where, "statement", 100))
        mechanisms = [m for m in self._about(where, "mechanism", _SHOWN) if isinstance(m, StoredMechanism)]
        return Dossier(
            a=a,
            b=b,
            articles=int(head[0]),
            stories=int(head[1]),
            first=head[2],
            last=head[3],
            counts={count.value: count.count for count in counts},
            domains=dossiers.domain_rows(relations),
            types=types,
            timeline=self.timeline(a, b, "month", filters),
            holders=dossiers.holders([*relations, *events]),
            disagreements=dossiers.disagreements(relations),
            relations=tuple(relations[:_SHOWN]),
            withheld=tuple([r for r in relations if r.record.polarity == 0][:_SHOWN]),
            events=tuple(events[:_SHOWN]),
            statements_a=tuple([s for s in statements if a in s.record.speaker.affiliation][:_SHOWN]),
            statements_b=tuple([s for s in statements if b in s.record.speaker.affiliation][:_SHOWN]),
            mechanisms=tuple(mechanisms),
        )

    def pairs(self, filters: Filters = ALL, offset: int = 0, limit: int = 50) -> Page[PairRow]:
        check_page(offset, limit)
        where = Where()
        where.any("p.layer", filters.layers)
        if len(filters.actors) == 1:
            # Two look-ups by key rather than one walk over all pairs.
            source = "(SELECT * FROM pairs WHERE a = ? UNION ALL SELECT * FROM pairs WHERE b = ?)"
            where.params[:0] = [filters.actors[0]] * 2
        else:
            source = "pairs"
            for actor in filters.actors:
                where.add("(p.a = ? OR p.b = ?)", actor, actor)
        if check_date(filters.since):
            where.add("p.date >= ?", filters.since)
        if check_date(filters.until):
            where.add("p.date <= ? AND p.date <> ''", until(filters.until or ""))
        rest = _with(filters, since=None, until=None, layers=(), actors=())
        if rest != ALL:
            inner = record_where(self, rest)
            where.add(f"EXISTS (SELECT 1 FROM records r{inner.joins} WHERE r.rid = p.rid AND {inner})", *inner.params)
        grouped = (
            "SELECT p.a AS a, p.b AS b, count(*) AS records, SUM(CASE WHEN p.layer = 'event' THEN 1 ELSE 0 END) AS e, "
            "SUM(CASE WHEN p.layer = 'relation' THEN 1 ELSE 0 END) AS r, "
            "SUM(CASE WHEN p.layer = 'statement' THEN 1 ELSE 0 END) AS s, "
            "SUM(CASE WHEN p.sign > 0 AND p.layer IN ('event', 'relation') THEN 1 ELSE 0 END) AS up, "
            "SUM(CASE WHEN p.sign < 0 AND p.layer IN ('event', 'relation') THEN 1 ELSE 0 END) AS down, "
            f"max(nullif(p.date, '')) AS last FROM {source} p WHERE {where} GROUP BY p.a, p.b"
        )
        rows = self.rows(
            f"SELECT q.*, count(*) OVER () FROM ({grouped}) q ORDER BY records DESC, a, b LIMIT ? OFFSET ?",
            [*where.params, limit, offset],
        )
        total = int(rows[0][-1]) if rows else 0
        if not rows and offset:
            total = self.number(f"SELECT count(*) FROM ({grouped}) q", where.params)
        return Page(items=tuple(map(_pair, rows)), total=total, offset=offset, limit=limit)


def _pair(row: tuple[Any, ...]) -> PairRow:
    a, b, records, events, relations, statements, positive, negative, last, _ = row
    return PairRow(
        a=a, b=b, records=int(records), events=int(events), relations=int(relations), statements=int(statements),
        positive=int(positive), negative=int(negative), last=last,
    )  # fmt: skip


def _statements(records: Iterable[StoredRecord]) -> list[StoredStatement]:
    return [record for record in records if isinstance(record, StoredStatement)]


def _with(filters: Filters, **changes: Any) -> Filters:
    from msgspec.structs import replace

    return replace(filters, **changes)


def _days_after(date: str, days: int) -> str:
    from datetime import date as day
    from datetime import timedelta

    try:
        return (day.fromisoformat(date) + timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return date


def is_code(name: str) -> bool:
    """Does the name look like an actor's code?"""
    return bool(CODE.fullmatch(name))
