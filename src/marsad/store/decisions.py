"""Verdicts, watched feeds and notes, for every SQL store."""

from __future__ import annotations

from typing import Any

import msgspec

from marsad.errors import NotFoundError, QueryError
from marsad.records import content_id
from marsad.store import decode
from marsad.store.read import ALL, check_page
from marsad.store.schema import FEED_COLUMNS, RECORD_BITS, VERDICT_COLUMNS
from marsad.store.who import Who
from marsad.stored import Feed, Filters, Note, Page, Verdict

_VERDICT = ", ".join(f"d.{name}" for name in VERDICT_COLUMNS)
_json = msgspec.json.Encoder().encode
_DECISIONS = ("accept", "reject", "correct", "withdraw")


class Decisions(Who):
    """What people decided, and what is watched."""

    # -- verdicts

    def decide(self, verdict: Verdict) -> Verdict:
        if verdict.decision not in _DECISIONS:
            raise QueryError(f"a verdict is one of {', '.join(_DECISIONS)}")
        with self.transaction():
            row = self.one(
                "SELECT rid, id, layer, start, finish, data FROM records WHERE id = ? UNION ALL "
                "SELECT rid, id, layer, start, finish, data FROM old_records WHERE id = ?",
                [verdict.record] * 2,
            )
            if row is None:
                raise NotFoundError(f"the archive holds no record {verdict.record!r}")
            rid, id, layer, start, finish, data = row
            n = rid >> RECORD_BITS
            article = self.one("SELECT article, version FROM versions WHERE n = ?", [n])
            assert article is not None
            unknown = set(verdict.correction) - set(decode.json_object(data))
            if unknown:
                raise QueryError(f"a {layer} has no field {', '.join(sorted(unknown))}")
            if bool(verdict.correction) != (verdict.decision == "correct"):
                raise QueryError("a correction, and only a correction, says which fields should read otherwise")
            _check_correction(layer, data, verdict.correction)
            seq = 1 + self.number("SELECT max(seq) FROM verdicts")
            at = verdict.at or self.now()
            full = Verdict(
                id=content_id("verdict", id, seq, at, verdict.decision), record=id, layer=layer, article=article[0],
                version=article[1], decision=verdict.decision, at=at, analyst=verdict.analyst, note=verdict.note,
                correction=verdict.correction, record_then=decode.json_object(data),
            )  # fmt: skip
            self.execute("UPDATE verdicts SET in_force = 0 WHERE stands = ?", [id])
            self.execute(
                f"INSERT INTO verdicts({', '.join(VERDICT_COLUMNS)}) VALUES({', '.join('?' * len(VERDICT_COLUMNS))})",
                [
                    seq, full.id, id, layer, full.article, full.version, n, start, finish, full.decision, at,
                    full.analyst, full.note, _json(full.correction).decode(), data, id,
                    0 if full.decision == "withdraw" else 1,
                ],
            )  # fmt: skip
        return full

    def _verdict(self, row: tuple[Any, ...], current: str | None = None) -> Verdict:
        (
            _, id, record, layer, article, version, _, _, _, decision, at, analyst, note, correction, then, stands, _,
        ) = row  # fmt: skip
        if current is None and stands:
            found = self.one(
                "SELECT data FROM records WHERE id = ? UNION ALL SELECT data FROM old_records WHERE id = ?",
                [stands] * 2,
            )
            current = found[0] if found else None
        standing: Any = "gone"
        if stands and current is not None:
            standing = "same" if _essence(layer, then) == _essence(layer, current) else "changed"
        return Verdict(
            id=id, record=stands or record, layer=layer, article=article, version=version, decision=decision, at=at,
            analyst=analyst, note=note, correction=decode.json_object(correction),
            record_then=decode.json_object(then), standing=standing,
        )  # fmt: skip

    def verdicts(self, filters: Filters = ALL, offset: int = 0, limit: int = 50) -> Page[Verdict]:
        check_page(offset, limit)
        condition, params = "d.in_force = 1", list[object]()
        if filters.article is not None:
            condition += " AND d.article = ?"
            params.append(filters.article)
        if filters.decided:
            condition += " AND d.decision = ?"
            params.append(filters.decided)
        if filters.layers:
            condition += f" AND d.layer IN ({', '.join('?' * len(filters.layers))})"
            params += filters.layers
        rows = self.rows(
            f"SELECT {_VERDICT} FROM verdicts d WHERE {condition} ORDER BY d.seq DESC LIMIT ? OFFSET ?",
            [*params, limit, offset],
        )
        total = self.number(f"SELECT count(*) FROM verdicts d WHERE {condition}", params)
        return Page(items=tuple(map(self._verdict, rows)), total=total, offset=offset, limit=limit)

    def verdict_history(self, record: str) -> tuple[Verdict, ...]:
        rows = self.rows(
            f"SELECT {_VERDICT} FROM verdicts d WHERE d.record = ? OR d.stands = ? ORDER BY d.seq", [record] * 2
        )
        return tuple(map(self._verdict, rows))

    def verdicts_on(self, records: Any) -> dict[str, Verdict]:
        if not records or not self.number("SELECT count(*) FROM verdicts"):
            return {}
        marks = ", ".join("?" * len(records))
        rows = self.rows(
            f"SELECT {_VERDICT} FROM verdicts d WHERE d.in_force = 1 AND d.stands IN ({marks}) ORDER BY d.seq", records
        )
        return {row[15]: self._verdict(row) for row in rows}

    # -- feeds

    def feeds(self) -> tuple[Feed, ...]:
        rows = self.rows(f"SELECT {', '.join(FEED_COLUMNS)} FROM feeds ORDER BY url")
        return tuple(Feed(**dict(zip(FEED_COLUMNS, row, strict=True))) for row in rows)

    def put_feed(self, feed: Feed) -> None:
        values = [getattr(feed, name) for name in FEED_COLUMNS]
        rest = FEED_COLUMNS[1:]
        with self.transaction():
            self.execute(
                f"INSERT INTO feeds({', '.join(FEED_COLUMNS)}) VALUES({', '.join('?' * len(values))}) "
                f"ON CONFLICT(url) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in rest)}",
                values,
            )

    def drop_feed(self, url: str) -> bool:
        with self.transaction():
            known = bool(self.number("SELECT count(*) FROM feeds WHERE url = ?", [url]))
            self.execute("DELETE FROM feeds WHERE url = ?", [url])
        return known

    # -- notes

    def notes(self, kind: str, history: bool = False) -> tuple[Note, ...]:
        newest = "AND m.id = (SELECT max(o.id) FROM notes o WHERE o.kind = m.kind AND o.key = m.key) "
        condition = "" if history else newest
        order = "id" if history else "key"
        rows = self.rows(
            f"SELECT m.id, m.kind, m.key, m.data, m.at FROM notes m WHERE m.kind = ? {condition}ORDER BY m.{order}",
            [kind],
        )
        return tuple(
            Note(id=int(id), kind=kind, key=key, data=decode.json_object(data), at=at)
            for id, kind, key, data, at in rows
        )

    def put_note(self, kind: str, key: str, data: dict[str, object]) -> Note:
        with self.transaction():
            id = 1 + self.number("SELECT max(id) FROM notes")
            at = self.now()
            self.execute(
                "INSERT INTO notes(id, kind, key, data, at) VALUES(?, ?, ?, ?, ?)",
                [id, kind, key, _json(data).decode(), at],
            )
        return Note(id=id, kind=kind, key=key, data=data, at=at)


def _essence(layer: str, data: str) -> dict[str, object]:
    """What a record says, without which rule said so and how surely."""
    fields = decode.json_object(data)
    for name in ("id", "rule", "confidence", "parent", "statement", "same_as"):
        fields.pop(name, None)
    return fields


def _check_correction(layer: str, data: str, correction: dict[str, object]) -> None:
    """Raises QueryError where the record with its correction would be no record of its layer."""
    if not correction:
        return
    merged = {**decode.json_object(data), **correction}
    try:
        decode.any_record(layer, _json(merged).decode())
    except msgspec.ValidationError as error:
        raise QueryError(f"the correction does not fit a {layer}: {error}") from None
