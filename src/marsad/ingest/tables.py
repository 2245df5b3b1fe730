"""Articles in tables: CSV and TSV, Parquet, and lines of JSON; which column is what, guessed or told."""

from __future__ import annotations

import codecs
import csv
import datetime
import gzip
import io
import math
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import IO, Any

import msgspec
import yaml

from marsad.errors import InputError, TooLargeError
from marsad.ingest.checks import check_date
from marsad.ingest.decode import decode
from marsad.ingest.items import Fault, Item, Ready
from marsad.ingest.lines import LineFile
from marsad.records import Article

FIELDS = ("text", "title", "date", "outlet", "url", "id")
_SAMPLE = 1 << 16
_ENCODINGS = ("utf-8-sig", "utf-16", "windows-1256", "iso-8859-6")


@lru_cache(maxsize=1)
def _guesses() -> dict[str, list[str]]:
    text = (files("marsad.ingest") / "data" / "columns.yaml").read_text("utf-8")
    guesses: dict[str, list[str]] = yaml.safe_load(text)
    return guesses


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name).lower()


def mapping(columns: Iterable[str], told: dict[str, str], name: str) -> dict[str, str]:
    """Field -> column.  `told` is what the user says.  Raises InputError where no column can be the text, or one that
    the user names is not there."""
    columns = list(columns)
    by_plain = {_plain(column): column for column in reversed(columns)}
    out: dict[str, str] = {}
    for field in FIELDS:
        if field in told:
            if told[field] not in columns:
                raise InputError(f"{name}: there is no column {told[field]!r}; there are {', '.join(columns)[:300]}")
            out[field] = told[field]
            continue
        for guess in _guesses()[field]:
            if guess in by_plain and by_plain[guess] not in told.values():
                out[field] = by_plain[guess]
                break
    if "text" not in out:
        raise InputError(
            f"{name}: none of the columns {', '.join(columns)[:300]} looks like the text; say --column text=NAME"
        )
    return out


def to_article(values: dict[str, Any]) -> Article:
    """An article from the values of a row by field; times of day are dropped, empty strings are nothing."""
    clean: dict[str, str] = {}
    for field, value in values.items():
        if value is None or (isinstance(value, float) and math.isnan(value)):
            continue
        if isinstance(value, datetime.datetime):
            value = value.date()
        text = value.isoformat() if isinstance(value, datetime.date) else str(value)
        if text.strip():
            clean[field] = text if field == "text" else " ".join(text.split())
    if "text" not in clean:
        raise InputError("the row has no text")
    date = check_date(clean.pop("date", None))[0]
    return Article(text=clean.pop("text"), date=date, **clean)


def _rows(
    rows: Iterable[tuple[int, dict[str, Any]]], columns: dict[str, str], name: str, max_bytes: int
) -> Iterator[Item]:
    for number, row in rows:
        where = f"{name}, row {number}"
        try:
            article = to_article({field: row.get(column) for field, column in columns.items()})
            if len(article.text) > max_bytes:
                raise TooLargeError(f"more than {max_bytes:,} characters")
        except InputError as error:
            yield Fault(where, "too large" if isinstance(error, TooLargeError) else "no text", f"{where}: {error}")
            continue
        yield Ready(where, article)


def csv_items(path: Path, told: dict[str, str], max_bytes: int) -> Iterator[Item]:
    """Articles of a CSV or TSV file, plain or gzip, in any encoding that `ingest.decode` tells apart."""
    try:
        csv.field_size_limit(max_bytes)
        with path.open("rb") as raw:
            packed = raw.peek(2)[:2] == b"\x1f\x8b" if isinstance(raw, io.BufferedReader) else False
            file: IO[bytes] = gzip.open(raw) if packed else raw  # type: ignore[assignment]  # noqa: SIM115
            sample = file.read(_SAMPLE)
            file.seek(0)
            reader = codecs.getreader(_encoding(sample))(file, "replace")
            dialect = _dialect(sample.decode(_encoding(sample), "replace"))
            lines = csv.DictReader(_without_nul(reader), dialect=dialect)
            columns = mapping(lines.fieldnames or (), told, str(path))
            yield from _rows(enumerate(lines, 1), columns, str(path), max_bytes)
    except (OSError, EOFError, csv.Error, UnicodeError) as error:
        raise InputError(f"{path}: cannot be read as a table ({error})") from None


def _without_nul(lines: Iterable[str]) -> Iterator[str]:
    return (line.replace("\0", "\ufffd") for line in lines)


def _encoding(sample: bytes) -> str:
    """The encoding in which the beginning of a table is a text that `decode` gives."""
    whole = sample.rsplit(b"\n", 1)[0] or sample
    text, _ = decode(whole)
    for encoding in _ENCODINGS:
        try:
            if whole.decode(encoding).lstrip("\ufeff") == text.lstrip("\ufeff"):
                return encoding
        except UnicodeError:
            continue
    return "utf-8-sig"


def _dialect(sample: str) -> type[csv.Dialect]:
    head = sample.split("\n", 1)[0]
    delimiter = max(",;\t|", key=head.count)

    class Dialect(csv.excel):
        pass

    Dialect.delimiter = delimiter
    return Dialect


def parquet_items(path: Path, told: dict[str, str], max_bytes: int) -> Iterator[Item]:
    """Articles of a Parquet file, a few hundred rows at a time."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            columns = mapping(file.schema_arrow.names, told, str(path))
            batches = file.iter_batches(batch_size=256, columns=list(dict.fromkeys(columns.values())))
            rows = chain.from_iterable(batch.to_pylist() for batch in batches)
            yield from _rows(enumerate(rows, 1), columns, str(path), max_bytes)
    except (pa.ArrowException, OSError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise InputError(f"{path}: cannot be read as Parquet ({reason[:200]})") from None


def jsonl_items(source: str, told: dict[str, str], max_bytes: int, stdin: IO[bytes] | None = None) -> Iterator[Item]:
    """Articles of a file with one JSON object a line; the keys of each line are guessed anew."""
    columns: dict[str, str] = {}
    keys: tuple[str, ...] = ()
    for number, line in LineFile(source, max_bytes, stdin):
        where = f"{source}, line {number}"
        if line is None:
            yield Fault(where, "too large", f"{where}: longer than {max_bytes:,} bytes (--max-bytes)")
            continue
        try:
            row = msgspec.json.decode(line)
            if not isinstance(row, dict):
                raise InputError("not an object")
            if keys != tuple(row):
                keys = tuple(row)
                columns = mapping(keys, told, "the line")
            yield Ready(where, to_article({field: row.get(column) for field, column in columns.items()}))
        except (msgspec.DecodeError, UnicodeError) as error:
            yield Fault(where, "not valid JSON", f"{where}: not valid JSON ({error})")
        except InputError as error:
            yield Fault(where, "no text", f"{where}: {error}")
