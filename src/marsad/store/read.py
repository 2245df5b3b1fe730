"""Questions about articles and records, for every SQL store."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from marsad.errors import QueryError
from marsad.store import decode
from marsad.store.conditions import Where, record_where, version_where
from marsad.store.engine import Engine
from marsad.store.query import parse, phrases
from marsad.store.rows import unpack_words
from marsad.store.schema import RECORD_BITS
from marsad.store.snippets import snippets
from marsad.stored import (
    ArticleInfo,
    Count,
    Filters,
    Hit,
    Page,
    StoredArticle,
    StoredReading,
    StoredRecord,
    Verdict,
)

ALL = Filters()
_MOST = 1_000
"""Items on one page, at most."""
_KINDS = {"statement": "act", "event": "type", "relation": "domain"}


def check_page(offset: int, limit: int) -> None:
    """Raises QueryError for a page that cannot be."""
    if offset < 0 or not 0 <= limit <= _MOST:
        raise QueryError(f"a page begins at 0 or later and holds at most {_MOST} items")


class Read(Engine, ABC):
    """Articles, readings, search and records."""

    # -- articles

    def _version_row(self, id: str, version: int | None) -> tuple[Any, ...] | None:
        want, params = ("v.current = 1", []) if version is None else ("v.version = ?", [version])
        for column in ("article", "source_id"):
            row = self.one(
                f"SELECT {decode.VERSION} FROM versions v WHERE v.{column} = ? AND {want} ORDER BY v.n DESC LIMIT 1",
                [id, *params],
            )
            if row:
                return row
        return None

    def article(self, id: str, version: int | None = None) -> StoredArticle | None:
        row = self._version_row(id, version)
        if row is None:
            return None
        text = self.one("SELECT text FROM texts WHERE n = ?", [row[0]])
        return StoredArticle(info=decode.info(row), text=text[0] if text else "")

    def versions(self, id: str) -> tuple[ArticleInfo, ...]:
        row = self._version_row(id, None)
        if row is None:
            return ()
        statement = f"SELECT {decode.VERSION} FROM versions v WHERE v.article = ? ORDER BY v.version"
        return tuple(map(decode.info, self.rows(statement, [row[1]])))

    def reading(self, id: str, version: int | None = None) -> StoredReading | None:
        row = self._version_row(id, version)
        return self._reading(row) if row else None

    def _reading(self, row: tuple[Any, ...]) -> StoredReading:
        n = row[0]
        article = decode.info(row)
        found = self.one("SELECT text, rest FROM texts WHERE n = ?", [n])
        assert found is not None
        table = "records" if article.current else "old_records"
        data = self.rows(
            f"SELECT layer, data FROM {table} WHERE rid BETWEEN ? AND ? ORDER BY rid",
            [n << RECORD_BITS, ((n + 1) << RECORD_BITS) - 1],
        )
        return StoredReading(info=article, text=found[0], reading=decode.reading(article, bytes(found[1]), data))

    def readings(self, filters: Filters = ALL, after: int = -1) -> Iterator[StoredReading]:
        where = version_where(self, filters)
        where.add("v.change > ?", after)
        statement = f"SELECT {decode.VERSION} FROM versions v WHERE {where} ORDER BY v.change"
        for row in self.stream_rows(statement, where.params):
            yield self._reading(row)

    def changes(self, after: int = -1) -> tuple[ArticleInfo, ...]:
        statement = f"SELECT {decode.VERSION} FROM versions v WHERE v.current = 1 AND v.change > ? ORDER BY v.change"
        return tuple(map(decode.info, self.rows(statement, [after])))

    def article_ids(self, not_by: str | None = None) -> list[str]:
        condition = "current = 1" if not_by is None else "current = 1 AND pipeline <> ?"
        params = [] if not_by is None else [not_by]
        return [row[0] for row in self.rows(f"SELECT article FROM versions WHERE {condition} ORDER BY change", params)]

    def articles(self, filters: Filters = ALL, offset: int = 0, limit: int = 50) -> Page[ArticleInfo]:
        check_page(offset, limit)
        where = version_where(self, filters)
        rows = self.rows(
            f"SELECT {decode.VERSION} FROM versions v WHERE {where} ORDER BY v.n DESC LIMIT ? OFFSET ?",
            [*where.params, limit, offset],
        )
        total = self.number(f"SELECT count(*) FROM versions v WHERE {where}", where.params)
        return Page(items=tuple(map(decode.info, rows)), total=total, offset=offset, limit=limit)

    def _infos(self, numbers: Iterable[int]) -> dict[int, ArticleInfo]:
        wanted = list(dict.fromkeys(numbers))
        if not wanted:
            return {}
        where = Where()
        where.any("v.n", wanted)
        statement = f"SELECT {decode.VERSION} FROM versions v WHERE {where}"
        return {row[0]: decode.info(row) for row in self.rows(statement, where.params)}

    # -- search

    def search(
        self, query: str, filters: Filters = ALL, offset: int = 0, limit: int = 20,
        sort: Literal["newest", "best"] = "newest",
    ) -> Page[Hit]:  # fmt: skip
        check_page(offset, limit)
        tree = parse(query)
        filtered = filters != ALL
        if not filtered:
            total = self.count_articles(tree)
            if sort == "best":
                numbers = self.best_articles(tree, None, offset, limit)
            else:
                numbers = self.newest_articles(tree, offset, limit)
        else:
            where = version_where(self, filters)
            where.add(self.match_articles(tree, where.params))
            total = self.number(f"SELECT count(*) FROM versions v WHERE {where}", where.params)
            if sort == "best":
                allowed = self.rows(f"SELECT v.n FROM versions v WHERE {where}", where.params)
                numbers = self.best_articles(tree, [row[0] for row in allowed], offset, limit)
            else:
                statement = f"SELECT v.n FROM versions v WHERE {where} ORDER BY v.n DESC LIMIT ? OFFSET ?"
                numbers = [row[0] for row in self.rows(statement, [*where.params, limit, offset])]
        infos = self._infos(numbers)
        wanted = phrases(tree)
        hits = []
        for n in numbers:
            text, words = self.rows("SELECT text, words FROM texts WHERE n = ?", [n])[0]
            records: tuple[str, ...] = ()
            if filters.of_records():
                inner = record_where(self, filters)
                inner.add("r.rid BETWEEN ? AND ?", n << RECORD_BITS, ((n + 1) << RECORD_BITS) - 1)
                found = self.rows(
                    f"SELECT r.id FROM records r{inner.joins} WHERE {inner} ORDER BY r.rid LIMIT 5", inner.params
                )
                records = tuple(row[0] for row in found)
            hits.append(
                Hit(article=infos[n], snippets=snippets(text, wanted, unpack_words(words)), records=records)
            )
        return Page(items=tuple(hits), total=total, offset=offset, limit=limit)

    # -- records

    def record(self, id: str) -> StoredRecord | None:
        for table in ("records", "old_records"):
            row = self.one(f"SELECT {decode.RECORD} FROM {table} r WHERE r.id = ?", [id])
            if row:
                return self._placed([row])[0]
        return None

    def records(
        self, filters: Filters = ALL, offset: int = 0, limit: int = 50, oldest_first: bool = False
    ) -> Page[StoredRecord]:
        check_page(offset, limit)
        where = record_where(self, filters)
        key = "c.rid" if where.joins else "r.rid"
        order = "ASC" if oldest_first else "DESC"
        rows = self.rows(
            f"SELECT {decode.RECORD} FROM records r{where.joins} WHERE {where} ORDER BY {key} {order} LIMIT ? OFFSET ?",
            [*where.params, limit, offset],
        )
        return Page(items=tuple(self._placed(rows)), total=self._count(where), offset=offset, limit=limit)

    def _count(self, where: Where) -> int:
        return self.number(f"SELECT count(*) FROM records r{where.joins} WHERE {where}", where.params)

    def stream(self, filters: Filters = ALL) -> Iterator[StoredRecord]:
        where = record_where(self, filters)
        statement = f"SELECT {decode.RECORD} FROM records r{where.joins} WHERE {where} ORDER BY r.rid"
        some: list[tuple[Any, ...]] = []
        for row in self.stream_rows(statement, where.params):
            some.append(row)
            if len(some) == 500:
                yield from self._placed(some)
                some = []
        yield from self._placed(some)

    def _placed(self, rows: Sequence[tuple[Any, ...]]) -> list[StoredRecord]:
        """The rows as records in their places, with their verdicts."""
        if not rows:
            return []
        infos = self._infos(row[0] >> RECORD_BITS for row in rows)
        verdicts = self.verdicts_on([row[1] for row in rows])
        return [decode.record(row, infos[row[0] >> RECORD_BITS], verdicts.get(row[1])) for row in rows]

    @abstractmethod
    def verdicts_on(self, records: Sequence[str]) -> dict[str, Verdict]:
        """The verdicts in force on some records (see `store.decisions`)."""

    def facets(self, filters: Filters = ALL, query: str | None = None) -> dict[str, tuple[Count, ...]]:
        where = record_where(self, filters)
        found: list[object] = []
        matching = self.match_articles(parse(query), found) if query else ""
        if matching:
            where.add(f"r.rid >> {RECORD_BITS} IN (SELECT v.n FROM versions v WHERE {matching})", *found)
        base = f"FROM records r{where.joins} WHERE {where}"
        tallies: dict[str, Counter[str]] = {name: Counter() for name in ("layer", "act", "type", "domain", "status")}
        for layer, kind, status, count in self.rows(
            f"SELECT r.layer, r.kind, r.status, count(*) {base} GROUP BY r.layer, r.kind, r.status", where.params
        ):
            tallies["layer"][layer] += int(count)
            if layer in _KINDS:
                tallies[_KINDS[layer]][kind] += int(count)
            if layer == "event":
                tallies["status"][status] += int(count)
        out = {name: _sorted(tally) for name, tally in tallies.items()}
        if filters.of_records() or filters.since or filters.until:
            numbers, params = f"v.n IN (SELECT DISTINCT r.rid >> {RECORD_BITS} {base})", where.params
        else:
            articles = version_where(self, filters)
            if matching:
                articles.add(matching, *found)
            numbers, params = str(articles), articles.params
        for name, expression in (("outlet", "v.outlet"), ("year", "substr(v.date, 1, 4)")):
            question = f"SELECT {expression}, count(*) FROM versions v WHERE {numbers} GROUP BY 1"
            out[name] = self._counts(question, params)
        return out

    def _counts(self, statement: str, params: Sequence[object] = ()) -> tuple[Count, ...]:
        return _sorted({row[0]: int(row[1]) for row in self.rows(statement, params)})


def _sorted(tally: Mapping[str, int]) -> tuple[Count, ...]:
    found = (Count(value=value, count=count) for value, count in tally.items())
    return tuple(sorted(found, key=lambda count: (-count.count, count.value)))
