"""The default store: one SQLite file in WAL mode, words in FTS5."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from marsad.errors import ArchiveError, ReadOnlyError
from marsad.store.engine import HOPPING_SPEAKERS, PerThread, Row
from marsad.store.query import Query, fts5
from marsad.store.schema import tables
from marsad.store.write import SqlStore

_WAIT = 60.0
"""Seconds that a writer waits for another one."""
_WORDS = (
    # A table without row numbers is as wide as its rows: what only counts actors walks over this.
    "CREATE INDEX entities_key ON entities(key, n)",
    "CREATE VIRTUAL TABLE article_words USING fts5(words, content='', tokenize='ascii')",
    "CREATE VIRTUAL TABLE record_words USING fts5(words, content='', tokenize='ascii')",
)


class SqliteStore(SqlStore):
    """An archive in one file.  Every thread has a connection of its own."""

    all_speakers = HOPPING_SPEAKERS

    def __init__(self, path: str | Path, read_only: bool = False) -> None:
        self.location = str(path)
        self.read_only = read_only
        self._path = Path(path)
        self._connections = PerThread(self._open)
        if read_only and not self._path.is_file():
            raise ArchiveError(f"{path}: there is no archive; make one with `marsad add`")
        self._check()

    # -- connections

    def _connection(self) -> sqlite3.Connection:
        return self._connections.get()

    def _open(self) -> sqlite3.Connection:
        with _errors(self.location):
            return self._connect("ro" if self.read_only else "rwc")

    def _connect(self, mode: str) -> sqlite3.Connection:
        # autocommit; transactions are begun by hand
        connection = sqlite3.connect(
            f"{self._path.absolute().as_uri()}?mode={mode}",
            uri=True, timeout=_WAIT, isolation_level=None, check_same_thread=False,
        )  # fmt: skip
        try:
            connection.execute("PRAGMA cache_size = -16384")
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute("PRAGMA synchronous = NORMAL")
        except sqlite3.OperationalError:
            connection.close()
            # Readers of a WAL database write to a file beside it.  Where nobody can, and nobody has, it stands still.
            if mode != "ro" or Path(f"{self._path}-wal").exists():
                raise
            return self._connect("ro&immutable=1")
        return connection

    def _check(self) -> None:
        """Make the tables where the file is new; refuse what is no archive, or one of another version."""
        tables_there = self._tables()
        if not tables_there and not self.read_only:
            for setting in ("page_size = 8192", "journal_mode = WAL"):
                self.execute(f"PRAGMA {setting}")
        elif "versions" not in tables_there:
            raise ArchiveError(f"{self.location}: this database is no Marsad archive; name another file")
        self._ready(lambda: bool(self._tables()), self._make)

    def _tables(self) -> set[str]:
        return {row[0] for row in self.rows("SELECT name FROM sqlite_master")}

    def _make(self) -> None:
        dialect = {"record_terms": "", "text_terms": "", "without_rowid": " WITHOUT ROWID"}
        for statement in (*tables(dialect), *_WORDS):
            self.execute(statement)

    # -- the engine

    def rows(self, statement: str, params: Sequence[object] = ()) -> list[Row]:
        with _errors(self.location):
            return self._connection().execute(statement, params).fetchall()

    def stream_rows(self, statement: str, params: Sequence[object] = ()) -> Iterator[Row]:
        with _errors(self.location):
            yield from self._connection().execute(statement, params)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        if self.read_only:
            raise ReadOnlyError(f"{self.location}: this archive is open for reading only")
        connection = self._connection()
        if connection.in_transaction:  # within another block: that one decides
            yield
            return
        with _errors(self.location):
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise

    def execute(self, statement: str, params: Sequence[object] = ()) -> None:
        with _errors(self.location):
            self._connection().execute(statement, params)

    def execute_many(self, statement: str, rows: Sequence[Sequence[object]]) -> None:
        with _errors(self.location):
            self._connection().executemany(statement, rows)

    # -- words

    def match_articles(self, tree: Query, params: list[object]) -> str:
        params.append(fts5(tree))
        return "v.n IN (SELECT rowid FROM article_words WHERE article_words MATCH ?)"

    def match_records(self, tree: Query, params: list[object]) -> str:
        params.append(fts5(tree))
        return "r.rid IN (SELECT rowid FROM record_words WHERE record_words MATCH ?)"

    def count_articles(self, tree: Query) -> int:
        return self.number("SELECT count(*) FROM article_words WHERE article_words MATCH ?", [fts5(tree)])

    def newest_articles(self, tree: Query, offset: int, limit: int) -> list[int]:
        # The rowid grows with the date, so FTS5 walks backwards and stops when the page is full.
        statement = "SELECT rowid FROM article_words WHERE article_words MATCH ? ORDER BY rowid DESC LIMIT ? OFFSET ?"
        return [row[0] for row in self.rows(statement, [fts5(tree), limit, offset])]

    def best_articles(self, tree: Query, numbers: Sequence[int] | None, offset: int, limit: int) -> list[int]:
        order = "ORDER BY rank, rowid DESC"
        if numbers is None:
            statement = f"SELECT rowid FROM article_words WHERE article_words MATCH ? {order} LIMIT ? OFFSET ?"
            return [row[0] for row in self.rows(statement, [fts5(tree), limit, offset])]
        allowed = set(numbers)
        rows = self.rows(f"SELECT rowid FROM article_words WHERE article_words MATCH ? {order}", [fts5(tree)])
        return [row[0] for row in rows if row[0] in allowed][offset : offset + limit]

    def index_article(self, n: int, words: str) -> None:
        self.execute("INSERT INTO article_words(rowid, words) VALUES(?, ?)", [n, words])

    def unindex_article(self, n: int, words: str) -> None:
        self.execute("INSERT INTO article_words(article_words, rowid, words) VALUES('delete', ?, ?)", [n, words])

    def index_records(self, rows: Sequence[tuple[int, str]]) -> None:
        self.execute_many("INSERT INTO record_words(rowid, words) VALUES(?, ?)", rows)

    def unindex_records(self, rows: Sequence[tuple[int, str]]) -> None:
        self.execute_many("INSERT INTO record_words(record_words, rowid, words) VALUES('delete', ?, ?)", rows)

    def clear_words(self) -> None:
        for table in ("article_words", "record_words"):
            self.execute(f"INSERT INTO {table}({table}) VALUES('delete-all')")

    # -- end

    def close(self) -> None:
        self._connections.close()


@contextmanager
def _errors(location: str) -> Iterator[None]:
    """SQLite's errors as an ArchiveError that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise ArchiveError(f"{location}: {_advice(error)}") from error


def _advice(error: sqlite3.Error) -> str:
    name: Any = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith("SQLITE_FULL"):
        return "the disk is full; nothing of this step was kept, the archive is as before"
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return "the file or its folder cannot be written or opened; check the name and your rights"
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return f"another program has been writing for more than {_WAIT:g} seconds; try again"
    if name.startswith("SQLITE_IOERR"):
        return "the disk does not take or give the data (full, or faulty); the archive is as before this step"
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return f"the file is no database, or is damaged ({error})"
    return str(error)
