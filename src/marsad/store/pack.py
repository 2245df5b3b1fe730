"""Writing a Parquet archive (see `store.parquet`): year by year, into a new folder that is put in place at the end."""

from __future__ import annotations

import glob
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from marsad.errors import ArchiveError
from marsad.store import decode
from marsad.store.parquet import FORMAT, MANIFEST, File, Manifest
from marsad.store.rows import record_words, unpack_words
from marsad.store.schema import FEED_COLUMNS, RECORD_BITS, RECORD_COLUMNS, SCHEMA, VERDICT_COLUMNS, VERSION_COLUMNS
from marsad.store.write import SqlStore
from marsad.version import VERSION

_ROWS = 20_000
_NUMBERS = {
    "n": pa.int64(), "rid": pa.int64(), "version": pa.int32(), "change": pa.int64(), "current": pa.int32(),
    "statements": pa.int32(), "events": pa.int32(), "relations": pa.int32(), "mechanisms": pa.int32(),
    "sign": pa.int32(), "start": pa.int32(), "finish": pa.int32(), "forward": pa.int32(), "mentions": pa.int32(),
    "seq": pa.int64(), "in_force": pa.int32(), "failures": pa.int32(), "added": pa.string(), "rest": pa.binary(),
    "signature": pa.binary(),
}  # fmt: skip
_PAIRS = ("a", "b", "rid", "layer", "forward", "date", "kind", "sign", "status")
_ENTITIES = ("key", "n", "name", "kind", "codes", "role", "mentions")


def _schema(columns: Sequence[str], **other: Any) -> pa.Schema:
    return pa.schema([(name, other.get(name, _NUMBERS.get(name, pa.string()))) for name in columns])


_SCHEMAS = {
    "versions": _schema(VERSION_COLUMNS),
    "texts": _schema(("n", "text", "rest", "signature", "words", "terms"), words=pa.binary()),
    "records": _schema((*RECORD_COLUMNS, "terms")),
    "old_records": _schema((*RECORD_COLUMNS, "terms")),
    "codes": _schema(("code", "rid", "layer", "roles")),
    "pairs": _schema(_PAIRS),
    "entities": _schema(_ENTITIES),
    "verdicts": _schema(VERDICT_COLUMNS),
    "feeds": _schema(FEED_COLUMNS, added=pa.int32()),
    "notes": _schema(("id", "kind", "key", "data", "at"), id=pa.int64()),
    "meta": _schema(("key", "value")),
}


def pack(store: SqlStore, out: Path, progress: Callable[[int], None] = lambda done: None) -> Manifest:
    """Write the store as a Parquet archive to folder `out`, which must not be there yet or be an archive to replace.

    `progress` hears how many articles are written.  Raises ArchiveError.
    """
    if out.exists() and not (out / MANIFEST).is_file() and (not out.is_dir() or any(out.iterdir())):
        raise ArchiveError(f"{out}: there is something else; name a new folder")
    draft = out.with_name(f"{out.name}.{os.getpid()}.part")
    try:
        _tidy(out)
        draft.mkdir(parents=True)
        manifest = _write(store, draft, progress)
        (draft / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1))
        old = out.with_name(f"{out.name}.{os.getpid()}.old")
        if out.exists():
            out.rename(old)
        draft.rename(out)
        shutil.rmtree(old, ignore_errors=True)
    except (OSError, pa.ArrowException) as error:
        raise ArchiveError(f"{out}: the archive cannot be written ({error})") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return manifest


def _tidy(out: Path) -> None:
    """Clear away what a run that was killed has left beside `out`, and give back an archive that it had put aside."""
    for left in sorted(out.parent.glob(f"{glob.escape(out.name)}.*")):
        name, _, ending = left.name.removeprefix(f"{out.name}.").partition(".")
        if ending in ("part", "old") and name.isdigit() and not _runs(int(name)):
            if ending == "old" and not out.exists():
                left.rename(out)
            else:
                shutil.rmtree(left, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        pass
    return True


def _write(store: SqlStore, draft: Path, progress: Callable[[int], None]) -> Manifest:
    tables: dict[str, list[File]] = {name: [] for name in _SCHEMAS}
    years: dict[str, list[tuple[Any, ...]]] = {}
    columns = ", ".join(VERSION_COLUMNS)
    for row in store.stream_rows(f"SELECT {columns} FROM versions ORDER BY n"):
        years.setdefault(row[5][:4] or "0", []).append(row)
    done = 0
    for year, rows in sorted(years.items()) or [("0", [])]:
        numbers = [row[0] for row in rows]
        spans = [(n << RECORD_BITS, ((n + 1) << RECORD_BITS) - 1) for n in numbers]
        parts: dict[str, Iterator[tuple[Any, ...]]] = {
            "versions": iter(rows),
            "texts": _texts(store, rows),
            "records": _records(store, "records", spans),
            "old_records": _records(store, "old_records", spans),
            "codes": _ranged(store, "SELECT code, rid, layer, roles FROM codes", "rid", spans, (0, 1)),
            "pairs": _ranged(store, f"SELECT {', '.join(_PAIRS)} FROM pairs", "rid", spans, (0, 1, 2)),
            "entities": _ranged(
                store, f"SELECT {', '.join(_ENTITIES)} FROM entities", "n", [(n, n) for n in numbers], (0, 1)
            ),
        }
        for name, found in parts.items():
            tables[name].append(_file(draft, f"{name}/year={year}/part-0.parquet", _SCHEMAS[name], found))
        done += len(rows)
        progress(done)
    for name in ("verdicts", "feeds", "notes", "meta"):
        names = ", ".join(_SCHEMAS[name].names)
        found = iter(store.rows(f"SELECT {names} FROM {name} ORDER BY 1"))
        tables[name].append(_file(draft, f"{name}/part-0.parquet", _SCHEMAS[name], found))
    return Manifest(
        format=FORMAT, schema=SCHEMA, marsad=VERSION, created=store.now(),
        tables={name: tuple(files) for name, files in tables.items()},
    )  # fmt: skip


def _file(draft: Path, name: str, schema: pa.Schema, rows: Iterator[tuple[Any, ...]]) -> File:
    path = draft / name
    path.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while some := list(islice(rows, _ROWS)):
            count += len(some)
            columns = zip(zip(*some, strict=True), schema, strict=True)
            arrays = [pa.array(list(values), field.type) for values, field in columns]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return File(name=name, rows=count, size=path.stat().st_size, sha256=digest)


def _texts(store: SqlStore, versions: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    for version in versions:
        row = store.one("SELECT text, rest, signature, words FROM texts WHERE n = ?", [version[0]])
        assert row is not None
        text, rest, signature, words = row
        yield version[0], text, bytes(rest), bytes(signature), bytes(words), unpack_words(words)


def _records(store: SqlStore, table: str, spans: list[tuple[int, int]]) -> Iterator[tuple[Any, ...]]:
    names = ", ".join(RECORD_COLUMNS)
    for low, high in spans:
        for row in store.rows(f"SELECT {names} FROM {table} WHERE rid BETWEEN ? AND ? ORDER BY rid", [low, high]):
            yield *row, record_words(decode.any_record(row[2], row[-1]))


def _ranged(
    store: SqlStore, select: str, column: str, spans: list[tuple[int, int]], order: tuple[int, ...]
) -> Iterator[tuple[Any, ...]]:
    """Rows whose number lies in any of the spans, sorted by the given columns.

    The tables are keyed by actor, so each year is one walk over them rather than a look-up for each article.
    """
    if not spans:
        return iter(())
    inside = set(spans)
    low, high = min(spans)[0], max(spans)[1]
    step = RECORD_BITS if column == "rid" else 0
    wanted = {span[0] >> step for span in inside}
    at = _column(select, column)
    rows = store.stream_rows(f"{select} WHERE {column} BETWEEN ? AND ?", [low, high])
    return iter(sorted((row for row in rows if row[at] >> step in wanted), key=lambda row: [row[i] for i in order]))


def _column(select: str, name: str) -> int:
    return select.removeprefix("SELECT ").partition(" FROM ")[0].split(", ").index(name)
