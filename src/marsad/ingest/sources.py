"""Everything that articles can come from: files and folders, tables, feeds, addresses, web archives."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from marsad.errors import FetchError, InputError, NotTextError, TooLargeError
from marsad.ingest.feeds import LONG_ENOUGH, Entry, looks_like_feed, parse_feed
from marsad.ingest.items import Fault, Item, Page, Ready
from marsad.ingest.tables import csv_items, jsonl_items, parquet_items
from marsad.ingest.web import MAX_BYTES
from marsad.records import Article

_JSONL = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".json.gz")
_CSV = (".csv", ".tsv", ".csv.gz", ".tsv.gz")
_PARQUET = (".parquet", ".pq")
_WARC = (".warc", ".warc.gz", ".warc.zst")
_KNOWN = (*_JSONL, *_CSV, *_PARQUET, *_WARC)
_OTHERS = (
    ".db", ".db-wal", ".db-shm", ".sqlite", ".zip", ".gz", ".png", ".jpg", ".jpeg", ".gif", ".pdf", ".docx", ".py",
)  # fmt: skip
"""Endings of files in folders that hold no article; named by themselves they give an error."""


@dataclass(frozen=True, slots=True)
class Options:
    """How sources are taken in.

    `columns` maps a field to a column; `outlet` is who published what names no outlet; `follow` fetches the pages
    that a feed links where the feed itself holds no whole text; `max_bytes` for one file, page or row.
    `visit(url)` fetches a page politely; None where nothing may be fetched.
    """

    columns: dict[str, str] = field(default_factory=dict)
    outlet: str | None = None
    follow: bool = True
    max_bytes: int = MAX_BYTES
    visit: Callable[[str], tuple[bytes, str, str | None, str]] | None = None


def items(source: str, options: Options) -> Iterator[Item]:
    """What the source gives, in a fixed order.  Raises InputError where the source as a whole cannot be taken in;
    what is wrong with a part of it is a Fault."""
    if source.startswith(("http://", "https://")):
        found = _address(source, options)
    elif source == "-":
        found = _stdin(options)
    else:
        path = Path(source)
        found = _folder(path, options) if path.is_dir() else _file(path, options)
    try:
        for item in found:
            yield _with_outlet(item, options.outlet)
    except InputError as error:
        if source in str(error) or source == "-":
            raise
        raise type(error)(f"{source}: {error}") from None


def _with_outlet(item: Item, outlet: str | None) -> Item:
    if outlet and isinstance(item, Ready) and not item.article.outlet:
        a = item.article
        return Ready(item.where, Article(a.text, a.id, a.title, a.date, outlet, a.url))
    if outlet and isinstance(item, Page) and "outlet" not in item.known:
        return Page(item.where, item.data, item.url, item.charset, item.kind, {**item.known, "outlet": outlet})
    return item


# -- files


def _folder(folder: Path, options: Options) -> Iterator[Item]:
    """All files below a folder by name.  Links to folders are not followed, so a loop of links does no harm; a file
    that is reached twice is taken once; names that begin with a dot are left out."""
    seen: set[tuple[int, int]] = set()

    def failed(error: OSError) -> None:
        faults.append(Fault(str(error.filename), "cannot be opened", f"{error.filename}: {error.strerror}"))

    faults: list[Item] = []
    for root, folders, names in os.walk(folder, onerror=failed, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            if name.startswith(".") or (name.lower().endswith(_OTHERS) and not name.lower().endswith(_KNOWN)):
                continue
            try:
                status = path.stat()
                if not path.is_file() or (status.st_dev, status.st_ino) in seen:
                    continue
                seen.add((status.st_dev, status.st_ino))
                yield from _file(path, options)
            except (InputError, OSError) as error:
                reason = getattr(error, "strerror", None) or str(error)
                yield Fault(str(path), _reason(error), reason if str(path) in reason else f"{path}: {reason}")
    yield from faults


def _file(path: Path, options: Options) -> Iterator[Item]:
    name = path.name.lower()
    if name.endswith(_JSONL):
        return jsonl_items(str(path), options.columns, options.max_bytes)
    if name.endswith(_CSV):
        return csv_items(path, options.columns, options.max_bytes)
    if name.endswith(_PARQUET):
        return parquet_items(path, options.columns, options.max_bytes)
    if name.endswith(_WARC):
        from marsad.ingest.warc import warc_items

        return warc_items(path, options.max_bytes)
    return _document(path, options)


def _document(path: Path, options: Options) -> Iterator[Item]:
    data = _bytes(path, options.max_bytes)
    if looks_like_feed(data):
        yield from _feed(data, str(path), None, options)
    elif path.suffix.lower() == ".json" or (data.lstrip()[:1] == b"{" and data.count(b"\n") > 1):
        yield from jsonl_items(str(path), options.columns, options.max_bytes)
    else:
        yield Page(str(path), data)


def _bytes(path: Path, max_bytes: int) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except FileNotFoundError:
        raise InputError(f"{path}: no such file or folder") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be opened ({getattr(error, 'strerror', None) or error})") from None
    if len(data) > max_bytes:
        raise TooLargeError(f"{path}: more than {max_bytes:,} bytes; raise the limit (--max-bytes)")
    return data


def _stdin(options: Options) -> Iterator[Item]:
    first = sys.stdin.buffer.peek(1)[:1] if hasattr(sys.stdin.buffer, "peek") else b""
    if first == b"{":
        return jsonl_items("-", options.columns, options.max_bytes, sys.stdin.buffer)
    data = sys.stdin.buffer.read(options.max_bytes + 1)
    if len(data) > options.max_bytes:
        raise TooLargeError(f"standard input: more than {options.max_bytes:,} bytes; raise the limit (--max-bytes)")
    return iter([Page("standard input", data)])


# -- addresses and feeds


def _address(url: str, options: Options) -> Iterator[Item]:
    if options.visit is None:
        raise FetchError(f"{url}: nothing may be fetched")
    data, final, charset, kind = options.visit(url)
    if looks_like_feed(data):
        yield from _feed(data, url, final, options)
    else:
        yield Page(url, data, final, charset, kind)


def _feed(data: bytes, name: str, url: str | None, options: Options) -> Iterator[Item]:
    feed = parse_feed(data, name, url)
    for entry in feed.entries:
        yield from entry_items(entry, feed.title, options)


def entry_items(entry: Entry, outlet: str | None, options: Options) -> Iterator[Item]:
    """The article of a feed's entry: its own content where that is long enough, else the page that it links."""
    where = entry.url or entry.title or "an entry without address"
    if len(entry.text) >= LONG_ENOUGH or not (entry.url and options.follow and options.visit):
        if not entry.text:
            yield Fault(where, "no text", f"{where}: the feed gives no text of it")
            return
        yield Ready(where, Article(entry.text, "", entry.title, entry.date, options.outlet or outlet, entry.url))
        return
    try:
        data, final, charset, kind = options.visit(entry.url)
    except InputError as error:
        yield Fault(where, _reason(error), str(error))
        return
    known = {"title": entry.title, "date": entry.date, "outlet": options.outlet or outlet}
    yield Page(where, data, final, charset, kind, {name: value for name, value in known.items() if value})


def _reason(error: Exception) -> str:
    if isinstance(error, TooLargeError):
        return "too large"
    if isinstance(error, NotTextError):
        return "no text"
    if isinstance(error, FetchError):
        return "could not be fetched"
    return "cannot be opened" if isinstance(error, OSError) else "cannot be read"


def example_items() -> Iterator[Item]:
    """The project's own example articles."""
    from marsad import examples

    for article in examples.load_all():
        yield Ready(f"example {article.id}", article)
