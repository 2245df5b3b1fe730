"""Tables as CSV, lines of JSON, Parquet and XLSX, written to an open binary file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from itertools import islice
from typing import IO, Any

import msgspec

from marsad.errors import QueryError
from marsad.export.views import Table

_ROWS = 5_000
_SHEET_ROWS = 1_048_575
_CELL = 32_767
"""XLSX holds that many rows below the heading and characters in a cell."""


def write_csv(table: Table, out: IO[bytes], bom: bool = False) -> int:
    """CSV in UTF-8 (RFC 4180); with `bom` Excel sees that it is.  Returns the number of rows."""
    text = io.TextIOWrapper(out, "utf-8", newline="", write_through=True)
    try:
        if bom:
            text.write("\ufeff")
        writer = csv.writer(text)
        writer.writerow(table.columns)
        count = 0
        for _, row in table.rows:
            writer.writerow(["" if value is None else safe(value) for value in row])
            count += 1
        return count
    finally:
        text.detach()


def safe(value: object) -> object:
    """A text that a spreadsheet would run as a formula is given as text."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value


def write_jsonl(table: Table, out: IO[bytes], bom: bool = False) -> int:
    """The objects themselves, whole, one a line."""
    encode = msgspec.json.Encoder().encode
    count = 0
    for item, _ in table.rows:
        out.write(encode(item) + b"\n")
        count += 1
    return count


def write_parquet(table: Table, out: IO[bytes], bom: bool = False) -> int:
    """Parquet with typed columns."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds: dict[str, Any] = {"int": pa.int64(), "float": pa.float64(), "bool": pa.bool_()}
    schema = pa.schema([(name, kinds.get(table.types.get(name, ""), pa.string())) for name in table.columns])
    count = 0
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        rows: Iterator[tuple[object, ...]] = (row for _, row in table.rows)
        while some := list(islice(rows, _ROWS)):
            count += len(some)
            columns = zip(zip(*some, strict=True), schema, strict=True)
            arrays = [pa.array(list(values), field.type) for values, field in columns]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
    return count


def write_xlsx(table: Table, out: IO[bytes], bom: bool = False) -> int:
    """One sheet, right to left, heading frozen, every text as text (no formula is ever run)."""
    import xlsxwriter

    # The file is made in memory: the library cannot be stopped in order where the disk is full.
    buffer = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, {**options, "strings_to_numbers": False})
    try:
        count = _fill(book, table)
        book.close()
    except BaseException as error:
        book.fileclosed = 1  # or else it closes, and complains, when it is thrown away
        if isinstance(error, xlsxwriter.exceptions.XlsxWriterException):
            raise OSError(None, str(error)) from None
        raise
    out.write(buffer.getbuffer())
    return count


def _fill(book: Any, table: Table) -> int:
    sheet = book.add_worksheet(table.name)
    sheet.right_to_left()
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    for column, name in enumerate(table.columns):
        sheet.write_string(0, column, name, bold)
    count = 0
    for _, row in table.rows:
        count += 1
        if count > _SHEET_ROWS:
            raise QueryError("a sheet holds no more than a million rows; narrow the question, or take CSV")
        for column, value in enumerate(row):
            if isinstance(value, bool):
                sheet.write_boolean(count, column, value)
            elif isinstance(value, int | float):
                sheet.write_number(count, column, value)
            elif value is not None and value != "":
                sheet.write_string(count, column, _clean(str(value)))
    return count


def _clean(text: str) -> str:
    """Without control characters, which XML cannot hold, and no longer than a cell."""
    return "".join(c for c in text if c >= " " or c in "\n\t")[:_CELL]


TABLE_FORMATS: dict[str, Callable[..., int]] = {
    "csv": write_csv, "jsonl": write_jsonl, "parquet": write_parquet, "xlsx": write_xlsx
}  # fmt: skip
MEDIA = {
    "csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson", "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "annotations": "application/ld+json", "ftm": "application/x-ndjson", "graphml": "application/graphml+xml",
    "plover": "application/x-ndjson", "cameo": "text/tab-separated-values; charset=utf-8",
}  # fmt: skip
