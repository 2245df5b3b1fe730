"""Pages in web archives (WARC, also gzip or zstd; fastwarc)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marsad.errors import InputError
from marsad.ingest.items import Fault, Item, Page

_TEXT = ("text/html", "application/xhtml+xml", "text/plain")
_BEGIN = (b"WARC/", b"\x1f\x8b", b"\x28\xb5\x2f\xfd")


def warc_items(path: Path, max_bytes: int) -> Iterator[Item]:
    """HTML and text pages of the archive that were answered with status 200.

    Raises InputError where the file is no WARC; where it is damaged, what comes before is given, then a Fault.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    try:
        with path.open("rb") as file:
            if not file.read(5).startswith(_BEGIN):
                raise InputError(f"{path}: not a WARC file")
            file.seek(0)
            records = 0
            try:
                for record in ArchiveIterator(file, record_types=WarcRecordType.any_type, parse_http=True):
                    records += 1
                    if record.record_type in (WarcRecordType.response, WarcRecordType.resource):
                        yield from _page(record, path, max_bytes)
            except Exception as error:  # the reader says "damaged" in many ways
                where = f"{path}, after record {records}"
                yield Fault(where, "damaged file", f"{where}: the archive is damaged ({error})")
                return
            if not records:
                raise InputError(f"{path}: holds no WARC record (damaged, or not a WARC file)")
            if _cut_off(path):
                yield Fault(str(path), "damaged file", f"{path}: the archive ends within a record")
    except OSError as error:
        raise InputError(f"{path}: cannot be opened ({error.strerror})") from None


def _page(record: Any, path: Path, max_bytes: int) -> Iterator[Item]:
    url = record.headers.get("WARC-Target-URI", "").strip("<>")
    http = record.http_headers
    if http is not None and http.status_code != 200:
        return
    kind = (record.http_content_type or record.headers.get("Content-Type") or "").split(";")[0].strip().lower()
    if kind not in _TEXT or not url.startswith(("http://", "https://")):
        return
    where = f"{path}, {url[:200]}"
    data = record.reader.read(max_bytes + 1)
    if len(data) > max_bytes:
        yield Fault(where, "too large", f"{where}: larger than {max_bytes:,} bytes (--max-bytes)")
        return
    date = (record.headers.get("WARC-Date") or "")[:10]
    yield Page(where, data, url, record.http_charset, kind, {"fetched": date} if date else {})


def _cut_off(path: Path) -> bool:
    """Does a gzip file end within a member, or a plain one without the lines that end a record?  (The reader gives
    what is there and says nothing.)"""
    import zlib

    with path.open("rb") as file:
        begin = file.read(4)
        if begin == b"WARC":
            file.seek(-4, 2)
            return file.read() != b"\r\n\r\n"
        if not begin.startswith(b"\x1f\x8b"):
            return False
        file.seek(0)
        unpack = zlib.decompressobj(wbits=31)
        pending = b""
        while piece := pending or file.read(1 << 20):
            pending = b""
            try:
                unpack.decompress(piece, 1 << 20)
                while unpack.unconsumed_tail and not unpack.eof:
                    unpack.decompress(unpack.unconsumed_tail, 1 << 20)
            except zlib.error:
                return True
            if unpack.eof:
                pending = unpack.unused_data
                unpack = zlib.decompressobj(wbits=31)
                if not pending:
                    following = file.read(1 << 20)
                    if not following:
                        return False
                    pending = following
        return True
