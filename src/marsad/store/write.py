"""Putting articles into an SQL store: each call is one transaction, so no half article is ever there."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from hashlib import sha256
from itertools import combinations

import msgspec

from marsad.assembly.stories import SAME, bands, likeness
from marsad.errors import ArchiveError
from marsad.records import Actor, Article, Mention, Reading
from marsad.store import decode
from marsad.store.decisions import Decisions
from marsad.store.identity import article_id
from marsad.store.prepare import entities
from marsad.store.rows import Prepared, RecordRow, article_words, pack_words, record_words, unpack_words
from marsad.store.schema import RECORD_BITS, RECORD_COLUMNS, SCHEMA, VERSION_COLUMNS, first_n, rid
from marsad.stored import LAYERS, Outcome
from marsad.text.terms import TERMS, terms

_MARKS = {
    name: ", ".join("?" * count)
    for name, count in (("version", len(VERSION_COLUMNS)), ("record", len(RECORD_COLUMNS)))
}
_RECORD = f"INSERT INTO records({', '.join(RECORD_COLUMNS)}) VALUES({_MARKS['record']})"
_CLOSE = 400
"""Near-duplicates that are looked at for one article."""


class SqlStore(Decisions):
    """The whole contract over an `Engine`."""

    def _ready(self, there: Callable[[], bool], make: Callable[[], None]) -> None:
        """Make the tables where they are not there; refuse those of another version; find words by the present terms.

        Raises ArchiveError.
        """
        if not there():
            if self.read_only:
                raise ArchiveError(f"{self.location}: there is no archive; make one with `marsad add`")
            with self.transaction():
                if not there():  # or else another program was faster
                    make()
                    for key, value in (("schema", SCHEMA), ("terms", TERMS)):
                        self.execute("INSERT INTO meta(key, value) VALUES(?, ?)", [key, str(value)])
        meta: dict[str, str] = dict(self.rows("SELECT key, value FROM meta"))
        if meta.get("schema") != str(SCHEMA):
            raise ArchiveError(
                f"{self.location}: the archive has tables of version {meta.get('schema')}, this Marsad needs {SCHEMA}; "
                "export it with the Marsad that made it, or add the sources to a new archive"
            )
        if meta.get("terms") != str(TERMS) and not self.read_only:
            self.reindex()

    def known(self, articles: Iterable[Article], pipeline: str) -> list[bool]:
        out = []
        for article in articles:
            hashed = sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
            question = "SELECT pipeline FROM versions WHERE article = ? AND text_hash = ?"
            row = self.one(question, [article_id(article, hashed), hashed])
            out.append(row is not None and (not pipeline or row[0] == pipeline))
        return out

    def reindex(self) -> None:
        """Make all words found anew: after the rule that makes a term of a word has changed (`text.terms.TERMS`)."""
        with self.transaction():
            if self.one("SELECT value FROM meta WHERE key = 'terms'") == (str(TERMS),):
                return  # another program was faster
            self.clear_words()
            for n, title, text in self.rows(
                "SELECT v.n, v.title, t.text FROM versions v JOIN texts t ON t.n = v.n WHERE v.current = 1 ORDER BY v.n"
            ):
                words = article_words(title, terms(text))
                self.execute("UPDATE texts SET words = ? WHERE n = ?", [pack_words(words), n])
                self.index_article(n, words)
                records = self.rows("SELECT rid, layer, data FROM records WHERE rid BETWEEN ? AND ?", _range(n))
                self.index_records(
                    [(rid, record_words(decode.any_record(layer, data))) for rid, layer, data in records]
                )
            self.execute("UPDATE meta SET value = ? WHERE key = 'terms'", [str(TERMS)])

    def put(self, prepared: Iterable[Prepared], replace: bool = False) -> list[Outcome]:
        with self.transaction():
            return [self._put(one, replace) for one in prepared]

    def _put(self, new: Prepared, replace: bool) -> Outcome:
        known = self.rows(
            "SELECT n, version, text_hash, current FROM versions WHERE article = ? ORDER BY version", [new.article]
        )
        current = next((row for row in known if row[3]), None)
        same = next((row for row in known if row[2] == new.text_hash), None)
        if same is not None and (same is not current or not replace):
            # Also where it is an older version: adding the same sources again must change nothing.
            return Outcome(article=new.article, version=same[1], change="unchanged")
        change = 1 + self.number("SELECT max(change) FROM versions")
        counts = [sum(row.layer == layer for row in new.records) for layer in LAYERS]
        if current is not None:
            self._retire(current[0], keep=same is None)
        if same is not None:
            n, version = same[:2]
            self.execute(
                "UPDATE versions SET current = 1, pipeline = ?, change = ?, statements = ?, events = ?, relations = ?, "
                "mechanisms = ? WHERE n = ?",
                [new.pipeline, change, *counts, n],
            )
            self.execute("UPDATE texts SET rest = ? WHERE n = ?", [new.rest, n])
        else:
            n = self._new_number(new.date)
            version = 1 + max((row[1] for row in known), default=0)
            story = self._story_of(new)
            self.execute(
                f"INSERT INTO versions({', '.join(VERSION_COLUMNS)}) VALUES({_MARKS['version']})",
                [
                    n, new.article, version, new.source_id, new.title, new.date or "", new.outlet or "", new.url,
                    new.text_hash, new.pipeline, self.now(), story, change, 1, *counts,
                ],
            )  # fmt: skip
            self.execute(
                "INSERT INTO texts(n, text, rest, signature, words) VALUES(?, ?, ?, ?, ?)",
                [n, new.text, new.rest, new.signature, pack_words(new.terms)],
            )
            self.execute_many(
                "INSERT INTO bands(hash, n) VALUES(?, ?) ON CONFLICT DO NOTHING",
                [(band, n) for band in bands(new.signature)],
            )
        self._index(n, new)
        self._stand_again(n)
        kind = "added" if not known else "reread" if same is not None else "new-version"
        return Outcome(article=new.article, version=version, change=kind)  # type: ignore[arg-type]

    def _new_number(self, date: str | None) -> int:
        low = first_n(date)
        high = low + (1 << RECORD_BITS)
        return max(low, 1 + self.number("SELECT max(n) FROM versions WHERE n >= ? AND n < ?", [low, high]) or low)

    def _index(self, n: int, new: Prepared) -> None:
        self.execute_many(_RECORD, [_record_row(n, row) for row in new.records])
        self.execute_many(
            "INSERT INTO codes(code, rid, layer, roles) VALUES(?, ?, ?, ?)",
            [(row.code, rid(n, row.layer, row.seq), row.layer, row.roles) for row in new.codes],
        )
        self.execute_many(
            "INSERT INTO pairs(a, b, rid, layer, forward, date, kind, sign, status) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (p.a, p.b, rid(n, p.layer, p.seq), p.layer, p.forward, p.date, p.kind, p.sign, p.status)
                for p in new.pairs
            ],
        )
        self.execute_many(
            "INSERT INTO entities(key, n, name, kind, codes, role, mentions) VALUES(?, ?, ?, ?, ?, ?, ?)",
            [(e.key, n, e.name, e.kind, e.codes, e.role, e.mentions) for e in new.entities],
        )
        self.index_article(n, new.terms)
        self.index_records([(rid(n, row.layer, row.seq), row.terms) for row in new.records])

    def _retire(self, n: int, keep: bool) -> None:
        """Take a version out of all that is asked; with `keep` its records stay readable as an old version's."""
        rows = self.rows(f"SELECT {', '.join(RECORD_COLUMNS)} FROM records WHERE rid BETWEEN ? AND ?", _range(n))
        codes: list[tuple[object, ...]] = []
        pairs: list[tuple[object, ...]] = []
        words: list[tuple[int, str]] = []
        at = {name: place for place, name in enumerate(RECORD_COLUMNS)}
        for row in rows:
            record = row[at["rid"]]
            roles = decode.codes(row[at["codes"]])
            named = sorted({code for values in roles.values() for code in values if code})
            codes += [(code, record) for code in named]
            pairs += [(a, b, record) for a, b in combinations(named, 2)]
            words.append((record, record_words(decode.any_record(row[at["layer"]], row[at["data"]]))))
        self.execute_many("DELETE FROM codes WHERE code = ? AND rid = ?", codes)
        self.execute_many("DELETE FROM pairs WHERE a = ? AND b = ? AND rid = ?", pairs)
        found = self.one("SELECT words, rest FROM texts WHERE n = ?", [n])
        assert found is not None
        packed, rest = found
        parts = msgspec.json.decode(zlib.decompress(bytes(rest)), type=_Actors)
        reading = Reading(id="", text_hash="", version="", actors=parts.actors, mentions=parts.mentions)
        self.execute_many("DELETE FROM entities WHERE key = ? AND n = ?", [(e.key, n) for e in entities(reading)])
        self.unindex_records(words)
        self.unindex_article(n, unpack_words(packed))
        if keep:
            self.execute_many(_RECORD.replace("records", "old_records", 1), rows)
        self.execute("DELETE FROM records WHERE rid BETWEEN ? AND ?", _range(n))
        self.execute("UPDATE versions SET current = 0 WHERE n = ?", [n])

    def _stand_again(self, n: int) -> None:
        """After a re-reading: each verdict stands on the record of its id, or on the one of its layer that shares most
        of its words' place, or on none."""
        for seq, record, layer, start, finish in self.rows(
            "SELECT seq, record, layer, start, finish FROM verdicts WHERE n = ? ORDER BY seq", [n]
        ):
            low, high = _range(n)
            if self.one("SELECT 1 FROM records WHERE id = ?", [record]):
                stands = record
            else:
                near = self.rows(
                    "SELECT id, start, finish FROM records WHERE rid BETWEEN ? AND ? AND layer = ? AND start < ? "
                    "AND finish > ? ORDER BY rid",
                    [low, high, layer, finish, start],
                )

                def shared(row: tuple[str, int, int], start: int = start, finish: int = finish) -> float:
                    return (min(row[2], finish) - max(row[1], start)) / (max(row[2], finish) - min(row[1], start))

                best = max(near, key=shared, default=None)
                stands = best[0] if best and shared(best) >= 0.5 else ""
            self.execute("UPDATE verdicts SET stands = ? WHERE seq = ?", [stands, seq])

    def _story_of(self, new: Prepared) -> str:
        """The story of an article: all that it is a near-duplicate of, joined.  A story is named by the smallest id
        among its articles, so that the order of addition does not matter."""
        hashes = bands(new.signature)
        marks = ", ".join("?" * len(hashes))
        rows = self.rows(
            "SELECT v.story, t.signature FROM versions v JOIN texts t ON t.n = v.n WHERE v.n IN "
            f"(SELECT DISTINCT b.n FROM bands b WHERE b.hash IN ({marks}) LIMIT {_CLOSE}) OR v.article = ?",
            [*hashes, new.article],
        )
        joined: set[str] = {story for story, signature in rows if likeness(bytes(signature), new.signature) >= SAME}
        story: str = min({*joined, new.article})
        for other in sorted(joined - {story}):
            self.execute("UPDATE versions SET story = ? WHERE story = ?", [story, other])
        return story


class _Actors(msgspec.Struct):
    actors: tuple[Actor, ...]
    mentions: tuple[Mention, ...]


def _range(n: int) -> tuple[int, int]:
    return n << RECORD_BITS, ((n + 1) << RECORD_BITS) - 1


def _record_row(n: int, row: RecordRow) -> tuple[object, ...]:
    return (
        rid(n, row.layer, row.seq), row.id, row.layer, row.date, row.kind, row.sign, row.status, row.speaker, row.start,
        row.end, row.said, row.claimants, row.codes, row.data,
    )  # fmt: skip
