"""A mass archive: Parquet files, read by in-process DuckDB.  Written once by `marsad archive export`, then read-only.

    manifest.json             what is here: format, versions, rows and SHA-256 of every file; written last
    versions/year=2024/…      partitioned by year of the article ("0" for undated ones): versions, texts, records,
                              codes, pairs, entities
    verdicts/, feeds/, …      the small tables, one file each

The tables are those of `store.schema`; texts and records carry their terms, which is what a search looks through.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from marsad.errors import ArchiveError
from marsad.store.engine import PerThread, Row
from marsad.store.query import Query, sql
from marsad.store.schema import SCHEMA
from marsad.store.write import SqlStore

if TYPE_CHECKING:
    import duckdb

FORMAT = "marsad-parquet"
MANIFEST = "manifest.json"
PARTITIONED = ("versions", "texts", "records", "old_records", "codes", "pairs", "entities")
SINGLE = ("verdicts", "feeds", "notes", "meta")


class File(msgspec.Struct, frozen=True):
    """A file of the archive: name relative to the manifest, rows, bytes, SHA-256."""

    name: str
    rows: int
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What a Parquet archive holds."""

    format: str
    schema: int
    marsad: str
    created: str
    tables: dict[str, tuple[File, ...]]


class ParquetStore(SqlStore):
    """An archive in a folder of Parquet files.  Every thread has a cursor of its own."""

    read_only = True

    def __init__(self, folder: str | Path) -> None:
        self.location = str(folder)
        self._folder = Path(folder).absolute()
        self.manifest = read_manifest(self._folder)
        self._database = self._open()
        self._cursors = PerThread(self._database.cursor)

    def _open(self) -> duckdb.DuckDBPyConnection:
        import duckdb

        database = duckdb.connect(":memory:", config={"autoinstall_known_extensions": False, "threads": 2})
        for table, files in self.manifest.tables.items():
            for file in files:
                path = self._folder / file.name
                if not path.is_file() or path.stat().st_size != file.size:
                    raise ArchiveError(f"{path}: missing or of another size than the manifest says; export it anew")
            names = ", ".join("'" + str(self._folder / file.name).replace("'", "''") + "'" for file in files)
            try:
                database.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet([{names}])")
            except duckdb.Error as error:
                raise ArchiveError(f"{self.location}: table {table} is damaged ({_first_line(error)})") from error
        return database

    # -- the engine

    def rows(self, statement: str, params: Sequence[object] = ()) -> list[Row]:
        import duckdb

        try:
            return self._cursors.get().execute(statement, list(params)).fetchall()
        except duckdb.Error as error:
            raise ArchiveError(f"{self.location}: {_first_line(error)}") from error

    def stream_rows(self, statement: str, params: Sequence[object] = ()) -> Iterator[Row]:
        import duckdb

        cursor = self._database.cursor()
        try:
            cursor.execute(statement, list(params))
            while rows := cursor.fetchmany(500):
                yield from rows
        except duckdb.Error as error:
            raise ArchiveError(f"{self.location}: {_first_line(error)}") from error
        finally:
            cursor.close()

    # -- words

    def match_articles(self, tree: Query, params: list[object]) -> str:
        condition = sql(tree, "(' ' || t.terms || ' ')", params)
        return f"v.n IN (SELECT t.n FROM texts t WHERE {condition})"

    def match_records(self, tree: Query, params: list[object]) -> str:
        return sql(tree, "(' ' || r.terms || ' ')", params)

    # -- end

    def close(self) -> None:
        self._cursors.close()
        self._database.close()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a Parquet archive.  Raises ArchiveError."""
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError) as error:
        raise ArchiveError(f"{folder / MANIFEST}: cannot be read ({error})") from None
    if manifest.format != FORMAT or manifest.schema != SCHEMA:
        raise ArchiveError(f"{folder}: archive of format {manifest.format} {manifest.schema}; needed {FORMAT} {SCHEMA}")
    return manifest


def _first_line(error: Any) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
