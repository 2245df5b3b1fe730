"""Actors, speakers, outlets, stories and totals, for every SQL store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from marsad.lexicon.codes import name_of
from marsad.store import decode
from marsad.store.conditions import CODE, Where
from marsad.store.read import Read, check_page
from marsad.store.rows import name_key
from marsad.store.schema import FIRST_DATED, LAYER_NUMBER, RECORD_BITS, is_statement, layer_number
from marsad.store.views import Views
from marsad.stored import (
    LAYERS,
    ActorCard,
    ActorRow,
    ArticleInfo,
    Count,
    Filters,
    Page,
    RoleRow,
    SpeakerRow,
    Stats,
    Story,
)


class Who(Views):
    """Who and what the archive holds."""

    def actors(
        self, words: str = "", kinds: tuple[str, ...] = (), offset: int = 0, limit: int = 50
    ) -> Page[ActorRow]:
        check_page(offset, limit)
        where = Where()
        where.any("e.kind", kinds)
        if CODE.fullmatch(words.strip()):
            where.add("e.key = ?", words.strip())
        elif words:
            for word in name_key(words).split():
                where.add("' ' || e.key || ' ' LIKE ?", _around(f" {word} "))
        # Only the key (key, n) is read: n grows with the date, and undated articles have the smallest.
        grouped = (
            f"SELECT e.key AS key, count(*) AS articles, min(CASE WHEN e.n >= {FIRST_DATED} THEN e.n END) AS low, "
            f"max(e.n) AS high FROM entities e WHERE {where} GROUP BY e.key"
        )
        rows = self.rows(
            f"SELECT q.*, count(*) OVER () FROM ({grouped}) q ORDER BY articles DESC, key LIMIT ? OFFSET ?",
            [*where.params, limit, offset],
        )
        total = int(rows[0][-1]) if rows else self.number(f"SELECT count(*) FROM ({grouped}) q", where.params)
        dates = self._dates(number for row in rows for number in row[2:4])
        items = tuple(self._actor_row(row[0], int(row[1]), dates.get(row[2]), dates.get(row[3])) for row in rows)
        return Page(items=items, total=total, offset=offset, limit=limit)

    def _dates(self, numbers: Iterable[int | None]) -> dict[int | None, str]:
        """Dates of versions by number, where there is one."""
        wanted = sorted({number for number in numbers if number is not None})
        where = Where()
        where.any("n", wanted)
        rows = self.rows(f"SELECT n, date FROM versions WHERE {where} AND date <> ''", where.params) if wanted else []
        return {row[0]: row[1] for row in rows}

    def _actor_row(self, key: str, articles: int, first: str | None, last: str | None) -> ActorRow:
        """The actor with its commonest name, kind and codes, and its records by layer."""

        tallies = Counter[str](), Counter[str](), Counter[str]()
        for *values, count in self.rows(
            "SELECT name, kind, codes, count(*) FROM entities WHERE key = ? GROUP BY 1, 2, 3", [key]
        ):
            for tally, value in zip(tallies, values, strict=True):
                tally[value] += int(count)
        name, kind, codes = (min(tally, key=lambda v: (-tally[v], v), default="") for tally in tallies)
        table, column = ("codes", "code") if CODE.fullmatch(key) else ("records", "speaker")
        sums = ", ".join(
            f"sum(CASE WHEN {layer_number('rid')} = {LAYER_NUMBER[layer]} THEN 1 ELSE 0 END)" for layer in LAYERS
        )
        counts = self.one(f"SELECT {sums} FROM {table} WHERE {column} = ?", [key])
        layers = {layer: int(count or 0) for layer, count in zip(LAYERS, counts or (), strict=False)}
        return ActorRow(
            key=key, name=_name_of(key) or name, kind=kind, codes=_split(codes),
            articles=articles, first=first, last=last, statements=layers.get("statement", 0),
            events=layers.get("event", 0), relations=layers.get("relation", 0),
            mechanisms=layers.get("mechanism", 0),
        )  # fmt: skip

    def actor(self, key: str) -> ActorCard | None:
        base = "FROM entities e JOIN versions v ON v.n = e.n WHERE e.key = ?"
        dates = "count(*), min(nullif(v.date, '')), max(nullif(v.date, ''))"
        found: Any = None
        for wanted in dict.fromkeys((key, name_key(key))):
            found = self.one(f"SELECT {dates} {base}", [wanted])
            if found and found[0]:
                key = wanted
                break
        if not found or not found[0]:
            return None
        roles = self.rows(
            f"SELECT e.role, {dates} {base} AND e.role <> '' GROUP BY 1 ORDER BY 3, 4, 1 LIMIT 100", [key]
        )
        names = self._counts("SELECT name, count(*) FROM entities WHERE key = ? GROUP BY 1", [key])
        return ActorCard(
            actor=self._actor_row(key, int(found[0]), found[1], found[2]),
            roles=tuple(RoleRow(role=r[0], articles=int(r[1]), first=r[2], last=r[3]) for r in roles),
            names=tuple((count.value, count.count) for count in names[:20]),
            pairs=self.pairs(Filters(actors=(key,)), 0, 20).items,
        )

    def speakers(self, words: str = "", offset: int = 0, limit: int = 50) -> Page[SpeakerRow]:
        check_page(offset, limit)
        where = Where()
        where.add(f"{is_statement('r.rid')} AND r.speaker <> ''")
        if CODE.fullmatch(words.strip()):
            where.add(
                "EXISTS (SELECT 1 FROM codes c WHERE c.code = ? AND c.rid = r.rid AND c.roles LIKE ?)",
                words.strip(), _around("speaker"),
            )  # fmt: skip
        else:
            for word in name_key(words).split():
                where.add("' ' || r.speaker || ' ' LIKE ?", _around(f" {word} "))
        # Only columns of the index on (speaker, rid) are read.
        grouped = (
            "SELECT r.speaker AS speaker, count(*) AS statements, "
            f"min(CASE WHEN r.rid >= {FIRST_DATED << RECORD_BITS} THEN r.rid ELSE NULL END) AS low, max(r.rid) AS high "
            f"FROM records r WHERE {where} GROUP BY r.speaker"
        )
        rows = self.rows(
            f"SELECT q.*, count(*) OVER () FROM ({grouped}) q ORDER BY statements DESC, speaker LIMIT ? OFFSET ?",
            [*where.params, limit, offset],
        )
        total = int(rows[0][-1]) if rows else self.number(f"SELECT count(*) FROM ({grouped}) q", where.params)
        return Page(items=tuple(map(self._speaker, rows)), total=total, offset=offset, limit=limit)

    def _speaker(self, row: tuple[Any, ...]) -> SpeakerRow:
        key, statements, low, high, _ = row
        low = high if low is None else low
        some = self.rows(
            f"SELECT data, layer FROM records WHERE speaker = ? AND {is_statement('rid')} ORDER BY rid DESC LIMIT 20",
            [key],
        )
        names, kinds, codes = Counter[str](), Counter[str](), Counter[tuple[str, ...]]()
        for data, layer in some:
            speaker = decode.any_record(layer, data).speaker  # type: ignore[union-attr]
            names[speaker.name or ""] += 1
            kinds[speaker.kind] += 1
            codes[speaker.affiliation] += 1
        dates = self._dates((low >> RECORD_BITS, high >> RECORD_BITS))
        return SpeakerRow(
            key=key, name=_top(names), kind=_top(kinds), codes=max(codes, key=lambda c: (codes[c], c)),
            statements=int(statements), first=dates.get(low >> RECORD_BITS),
            last=dates.get(high >> RECORD_BITS),
        )  # fmt: skip

    def outlets(self) -> tuple[Count, ...]:
        return self._counts("SELECT outlet, count(*) FROM versions WHERE current = 1 AND outlet <> '' GROUP BY 1")

    def stats(self) -> Stats:
        head = self.one(
            "SELECT count(*), count(DISTINCT story), count(DISTINCT nullif(outlet, '')), min(nullif(date, '')), "
            "max(nullif(date, '')), sum(statements), sum(events), sum(relations), sum(mechanisms) "
            "FROM versions WHERE current = 1"
        )
        assert head is not None

        def kinds(layer: str) -> tuple[Count, ...]:
            return self._counts(f"SELECT kind, count(*) FROM records WHERE layer = '{layer}' GROUP BY 1")

        return Stats(
            articles=int(head[0]), versions=self.number("SELECT count(*) FROM versions"), stories=int(head[1]),
            outlets=int(head[2]), statements=int(head[5] or 0), events=int(head[6] or 0), relations=int(head[7] or 0),
            mechanisms=int(head[8] or 0),
            verdicts=self.number("SELECT count(*) FROM verdicts WHERE in_force = 1 AND decision <> 'withdraw'"),
            first=head[3], last=head[4],
            pipelines=self._counts("SELECT pipeline, count(*) FROM versions WHERE current = 1 GROUP BY 1"),
            acts=kinds("statement"), types=kinds("event"), domains=kinds("relation"),
        )  # fmt: skip

    # -- stories

    def stories(self, offset: int = 0, limit: int = 50, smallest: int = 2) -> Page[Story]:
        check_page(offset, limit)
        grouped = (
            "SELECT story, max(n) AS newest FROM versions WHERE current = 1 GROUP BY story HAVING count(*) >= ?"
        )
        rows = self.rows(
            f"SELECT q.story, count(*) OVER () FROM ({grouped}) q ORDER BY q.newest DESC LIMIT ? OFFSET ?",
            [smallest, limit, offset],
        )
        total = int(rows[0][1]) if rows else self.number(f"SELECT count(*) FROM ({grouped}) q", [smallest])
        items = tuple(story for row in rows if (story := self._story(row[0])) is not None)
        return Page(items=items, total=total, offset=offset, limit=limit)

    def story(self, id: str) -> Story | None:
        found = self._story(id)
        if found is None:
            row = self._version_row(id, None)
            found = self._story(decode.info(row).story) if row else None
        return found

    def _story(self, id: str) -> Story | None:
        rows = self.rows(
            f"SELECT {decode.VERSION} FROM versions v WHERE v.story = ? AND v.current = 1 ORDER BY v.n", [id]
        )
        articles: list[ArticleInfo] = list(map(decode.info, rows))
        if not articles:
            return None
        dates = [article.date for article in articles if article.date]
        return Story(
            id=id, articles=tuple(articles), outlets=tuple(dict.fromkeys(a.outlet for a in articles if a.outlet)),
            first=min(dates, default=None), last=max(dates, default=None),
        )  # fmt: skip


def _name_of(key: str) -> str | None:
    """The name of an actor with a code of its own, whatever articles call it («بلاده»)."""
    name = name_of(key)
    return name if name != key else None


def _around(word: str) -> str:
    return "%" + word.replace("%", "").replace("_", "") + "%"


def _split(codes: str) -> tuple[str, ...]:
    return tuple(codes.split(",")) if codes else ()


def _top(tally: dict[str, int]) -> str:
    return max(tally, key=lambda value: (tally[value], value))


__all__ = ["Read", "Who"]
