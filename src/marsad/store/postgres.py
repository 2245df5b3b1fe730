"""A team's store: PostgreSQL through psycopg 3 (`pip install marsad[postgres]`), words in tsvector columns.

Positions in a tsvector end at 16,383: phrases further into one article are not found there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from marsad.errors import ArchiveError, ReadOnlyError
from marsad.store.engine import HOPPING_SPEAKERS, PerThread, Row
from marsad.store.query import Query, tsquery
from marsad.store.schema import tables
from marsad.store.write import SqlStore

if TYPE_CHECKING:
    import psycopg

_LOCK = 0x6D617273
"""Key of the advisory lock that one writer holds at a time."""
_DIALECT = {"record_terms": ", terms tsvector", "text_terms": ", terms tsvector", "without_rowid": ""}
_INDEXES = (
    "CREATE INDEX texts_terms ON texts USING gin(terms)",
    "CREATE INDEX records_terms ON records USING gin(terms)",
    "CREATE INDEX entities_n ON entities(n)",
)
_LAST_POSITION = 16_383
_POSITIONS = 255


class PostgresStore(SqlStore):
    """An archive on a server.  Every thread has a connection of its own."""

    all_speakers = HOPPING_SPEAKERS

    def __init__(self, address: str, read_only: bool = False) -> None:
        try:
            import psycopg  # noqa: F401
        except ImportError:
            raise ArchiveError(
                "a PostgreSQL archive needs psycopg: pip install 'marsad[postgres]'"
            ) from None
        self.location = _without_password(address)
        self.read_only = read_only
        self._address = address
        self._connections = PerThread(self._open, lambda connection: not connection.closed)
        self._ready(lambda: self.one("SELECT to_regclass('versions')") != (None,), self._make)

    def _connection(self) -> psycopg.Connection[Row]:
        return self._connections.get()

    def _open(self) -> psycopg.Connection[Row]:
        import psycopg

        with self._errors():
            return psycopg.connect(self._address, autocommit=True, application_name="marsad")

    def _make(self) -> None:
        for statement in (*tables(_DIALECT), *_INDEXES):
            self.execute(_postgres(statement))

    # -- the engine

    def rows(self, statement: str, params: Sequence[object] = ()) -> list[Row]:
        with self._errors():
            return self._connection().execute(statement.replace("?", "%s"), params).fetchall()

    def stream_rows(self, statement: str, params: Sequence[object] = ()) -> Iterator[Row]:
        # A connection of its own: what is written meanwhile must not wait for the end of the stream.
        import psycopg

        with self._errors(), psycopg.connect(self._address) as connection, connection.cursor("stream") as cursor:
            cursor.itersize = 500
            yield from cursor.execute(statement.replace("?", "%s"), params)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        if self.read_only:
            raise ReadOnlyError(f"{self.location}: this archive is open for reading only")
        connection = self._connection()
        with self._errors():
            if connection.info.transaction_status != 0:  # within another block: that one decides
                yield
                return
            with connection.transaction():
                connection.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
                yield

    def execute(self, statement: str, params: Sequence[object] = ()) -> None:
        with self._errors():
            self._connection().execute(statement.replace("?", "%s"), params)

    def execute_many(self, statement: str, rows: Sequence[Sequence[object]]) -> None:
        if rows:
            with self._errors(), self._connection().cursor() as cursor:
                cursor.executemany(statement.replace("?", "%s"), rows)

    # -- words

    def match_articles(self, tree: Query, params: list[object]) -> str:
        params.append(tsquery(tree))
        return "v.n IN (SELECT n FROM texts WHERE terms @@ ?::tsquery)"

    def match_records(self, tree: Query, params: list[object]) -> str:
        params.append(tsquery(tree))
        return "r.terms @@ ?::tsquery"

    def best_articles(self, tree: Query, numbers: Sequence[int] | None, offset: int, limit: int) -> list[int]:
        condition = "" if numbers is None else " AND n = ANY(?)"
        asked = tsquery(tree)
        params: list[Any] = [asked, *([] if numbers is None else [list(numbers)]), asked, limit, offset]
        return [
            row[0]
            for row in self.rows(
                f"SELECT n FROM texts WHERE terms @@ ?::tsquery{condition} "
                "ORDER BY ts_rank_cd(terms, ?::tsquery, 1) DESC, n DESC LIMIT ? OFFSET ?",
                params,
            )
        ]

    def index_article(self, n: int, words: str) -> None:
        self.execute("UPDATE texts SET terms = ?::tsvector WHERE n = ?", [_tsvector(words), n])

    def unindex_article(self, n: int, words: str) -> None:
        self.execute("UPDATE texts SET terms = NULL WHERE n = ?", [n])

    def index_records(self, rows: Sequence[tuple[int, str]]) -> None:
        self.execute_many(
            "UPDATE records SET terms = ?::tsvector WHERE rid = ?", [(_tsvector(words), rid) for rid, words in rows]
        )

    def clear_words(self) -> None:
        self.execute("UPDATE texts SET terms = NULL")
        self.execute("UPDATE records SET terms = NULL")

    # -- end

    @contextmanager
    def _errors(self) -> Iterator[None]:
        import psycopg

        try:
            yield
        except psycopg.Error as error:
            lines = str(error).strip().splitlines() or [type(error).__name__]
            raise ArchiveError(f"{self.location}: {lines[0]}") from error

    def close(self) -> None:
        self._connections.close()


def _postgres(statement: str) -> str:
    """The table definition in PostgreSQL's words; texts compare by code point, as in the other stores."""
    statement = re.sub(r"\bTEXT\b", 'TEXT COLLATE "C"', statement)
    return re.sub(r"\bBLOB\b", "BYTEA", statement)


def _tsvector(words: str) -> str:
    """Terms with their places.  A term holds letters and digits only, so quoting is safe."""
    places: dict[str, list[str]] = {}
    for at, term in enumerate(words.split(), 1):
        known = places.setdefault(term, [])
        if at <= _LAST_POSITION and len(known) < _POSITIONS:
            known.append(str(at))
    return " ".join(f"'{term}':{','.join(at)}" if at else f"'{term}'" for term, at in places.items())


def _without_password(address: str) -> str:
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.port:
        host += f":{parts.port}"
    if parts.username:
        host = f"{parts.username}@{host}"
    return urlunsplit((parts.scheme, host, parts.path, "", ""))
