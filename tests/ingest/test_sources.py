"""Articles from everywhere they can come from, and everything that can be wrong with it."""

from __future__ import annotations

import csv
import gzip
import json
import os
import random
import zlib
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from marsad.errors import FetchError, InputError, NotTextError, TooLargeError
from marsad.ingest.feeds import MAX_ENTRIES, looks_like_feed, parse_feed
from marsad.ingest.items import Fault, Page, Ready
from marsad.ingest.sources import Options, items
from marsad.ingest.tables import mapping

TEXT = "قال وزير الخارجية إن المحادثات بين البلدين مستمرة وستنتهي قريبا."
OPTIONS = Options()


def ready(source, options=OPTIONS):
    found = list(items(str(source), options))
    assert all(isinstance(item, Ready) for item in found), found
    return [item.article for item in found]


# -- tables


@pytest.mark.parametrize("ending", [".jsonl", ".ndjson", ".jsonl.gz"])
def test_lines_of_json(tmp_path, ending):
    path = tmp_path / f"a{ending}"
    lines = "\n".join(
        json.dumps(row, ensure_ascii=False)
        for row in (
            {"id": "1", "text": TEXT, "date": "2024-05-31T10:00:00Z", "title": "عنوان"},
            {"body": TEXT, "headline": "آخر", "link": "https://example.org/2"},
        )
    )
    path.write_bytes(gzip.compress(lines.encode()) if ending.endswith("gz") else lines.encode())
    first, second = ready(path)
    assert (first.id, first.date, first.title) == ("1", "2024-05-31", "عنوان")
    assert (second.text, second.title, second.url) == (TEXT, "آخر", "https://example.org/2")


def test_bad_lines_cost_only_themselves(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        b'{"text": "\n' + json.dumps({"text": TEXT}).encode() + b'\n[1]\n{"text": ""}\n{"x": 1}\n\xff\xfe\n'
        + b'{"text": "' + b"x" * 5000 + b'"}\n'
    )  # fmt: skip
    found = list(items(str(path), Options(max_bytes=1000)))
    assert [type(item) for item in found] == [Fault, Ready, Fault, Fault, Fault, Fault, Fault]
    reasons = [item.reason for item in found if isinstance(item, Fault)]
    assert reasons == ["not valid JSON", "no text", "no text", "no text", "not valid JSON", "too large"]
    assert "line 3" in found[2].message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1256", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_any_encoding_and_dialect(tmp_path, encoding, delimiter):
    path = tmp_path / "a.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(["Title", "Pub Date", "Body", "Source"])
        writer.writerow(["عنوان، أول", "2024-05-31", f"{TEXT}\nسطر ثان; {TEXT}", "صحيفة"])
    (article,) = ready(path)
    assert article.text == f"{TEXT}\nسطر ثان; {TEXT}"
    assert (article.title, article.date, article.outlet) == ("عنوان، أول", "2024-05-31", "صحيفة")


def test_packed_csv_and_columns_by_name(tmp_path):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(f"x,y,z\n{TEXT},أ,ب\n".encode()))
    with pytest.raises(InputError, match="--column text=NAME"):
        ready(path)
    (article,) = ready(path, Options(columns={"text": "x", "title": "z"}))
    assert (article.text, article.title) == (TEXT, "ب")
    with pytest.raises(InputError, match="no column 'q'"):
        ready(path, Options(columns={"text": "q"}))


def test_columns_are_guessed_in_order():
    assert mapping(["ID", "Full_Text", "text", "Date"], {}, "t")["text"] == "text"
    assert mapping(["العنوان", "النص"], {}, "t") == {"text": "النص", "title": "العنوان"}
    assert mapping(["a", "text"], {"title": "text", "text": "a"}, "t") == {"text": "a", "title": "text"}


def test_parquet(tmp_path):
    import datetime

    path = tmp_path / "a.parquet"
    dates = [datetime.datetime(2024, 5, 31, 9), None, None]
    table = {"text": [TEXT, None, TEXT * 2], "published": dates, "id": [1, 2, 3]}
    pq.write_table(pa.table(table), path)
    found = list(items(str(path), OPTIONS))
    assert [type(item) for item in found] == [Ready, Fault, Ready]
    assert (found[0].article.date, found[0].article.id) == ("2024-05-31", "1")


@pytest.mark.parametrize("name", ["a.parquet", "a.warc", "a.warc.gz", "a.csv.gz", "a.jsonl.gz"])
@pytest.mark.parametrize(
    "content", [b"", b"PAR1 nonsense PAR1", b"\x1f\x8b\x08\x00garbage", random.Random(1).randbytes(5000)]
)
def test_damaged_files_give_a_clear_error(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    message = ""
    try:
        found = list(items(str(path), OPTIONS))
    except InputError as error:
        found, message = [], str(error)
    assert all(isinstance(item, Fault) for item in found)
    assert found or str(path) in message or (not content and "csv" not in name)


def test_a_parquet_file_cut_short(tmp_path):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": [TEXT] * 5000}), path)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(InputError, match="Parquet"):
        list(items(str(path), OPTIONS))


# -- web archives


def warc(pages: list[tuple[str, bytes]], packed: bool) -> bytes:
    out = b""
    for url, body in pages:
        kind = b"Content-Type: text/html; charset=utf-8"
        http = b"HTTP/1.1 200 OK\r\n%s\r\nContent-Length: %d\r\n\r\n" % (kind, len(body)) + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-05-31T10:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{zlib.crc32(url.encode()):032x}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        record = head.encode() + http + b"\r\n\r\n"
        out += gzip.compress(record) if packed else record
    return out


def page(words: str) -> bytes:
    return f"<!doctype html><html><body><article><p>{words}</p></article></body></html>".encode()


@pytest.mark.parametrize("packed", [True, False])
def test_web_archive(tmp_path, packed):
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(warc([(f"https://example.org/{n}", page(TEXT * 20)) for n in range(5)], packed))
    found = list(items(str(path), OPTIONS))
    assert [item.url for item in found] == [f"https://example.org/{n}" for n in range(5)]
    assert all(isinstance(item, Page) and item.known == {"fetched": "2024-05-31"} for item in found)
    assert found[0].kind == "text/html"
    assert TEXT.encode() in found[0].data


def test_a_web_archive_cut_short_gives_what_is_whole(tmp_path):
    path = tmp_path / "a.warc.gz"
    whole = warc([(f"https://example.org/{n}", page(os.urandom(3000).hex() + TEXT)) for n in range(5)], True)
    path.write_bytes(whole[: len(whole) - 1500])
    found = list(items(str(path), OPTIONS))
    pages = [item for item in found if isinstance(item, Page)]
    assert len(pages) >= 4
    assert found[-1].reason == "damaged file"


def test_a_page_of_200_mb_in_a_web_archive_is_skipped(tmp_path):
    path = tmp_path / "a.warc"
    big = b"<html>" + b"x" * 3_000_000
    path.write_bytes(warc([("https://example.org/big", big), ("https://example.org/2", page(TEXT))], False))
    found = list(items(str(path), Options(max_bytes=1_000_000)))
    assert [type(item) for item in found] == [Fault, Page]
    assert found[0].reason == "too large"


# -- feeds

RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>صحيفة الأفق</title>
<item><title>خبر &amp; آخر</title><link>https://example.org/1</link><pubDate>Fri, 31 May 2024 09:00:00 GMT</pubDate>
<description>{long}</description></item>
<item><title>قصير</title><link>/2</link><description>موجز</description></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>موقع</title><entry><title>عنوان</title>
<link href="https://example.org/a"/><updated>2024-06-01T00:00:00Z</updated>
<content type="html">{long}</content></entry></feed>"""


@pytest.mark.parametrize("feed", [RSS, ATOM])
def test_feeds(tmp_path, feed):
    long = "&lt;p&gt;" + TEXT * 12 + "&lt;/p&gt;&lt;p&gt;فقرة&lt;/p&gt;"
    path = tmp_path / "feed.xml"
    path.write_text(feed.format(long=long), encoding="utf-8")
    assert looks_like_feed(path.read_bytes())
    first = next(items(str(path), OPTIONS))
    assert isinstance(first, Ready)
    assert first.article.text == TEXT * 12 + "\nفقرة"
    assert first.article.date in ("2024-05-31", "2024-06-01")
    assert first.article.outlet in ("صحيفة الأفق", "موقع")


def test_short_entries_are_followed_where_that_is_allowed(tmp_path):
    path = tmp_path / "feed.xml"
    path.write_text(RSS.format(long="x"), encoding="utf-8")
    asked = []

    def visit(url):
        asked.append(url)
        if url.endswith("1"):
            raise FetchError(f"{url}: no")
        return page(TEXT), url, None, "text/html"

    found = list(items(str(path), Options(visit=visit)))
    assert asked == ["https://example.org/1", "/2"] or len(asked) == 2
    assert isinstance(found[0], Fault)
    assert found[1].known == {"title": "قصير", "outlet": "صحيفة الأفق"}
    held = list(items(str(path), Options(follow=False, visit=visit)))
    assert [type(item) for item in held] == [Ready, Ready]


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9))
    + "]><rss><channel><title>&j;</title></channel></rss>"
)


@pytest.mark.parametrize(
    "data",
    [
        BOMB.encode(),
        b"<rss>" + b"<a>" * 100_000,
        b"<rss version='2.0'><channel>" + b"<item><title>x</title></item>" * 60_000,
        b"<rss version='2.0'><channel><title>" + b"x" * 11_000_000,
        b"<rss",
        b"<feed>" + os.urandom(2000),
        b"<html></html>",
    ],
    ids=["entities", "deep", "many", "large", "cut", "noise", "page"],
)
def test_feed_bombs(data):
    import time

    start = time.process_time()
    with suppress(InputError):
        assert len(parse_feed(data, "feed").entries) <= MAX_ENTRIES
    assert time.process_time() - start < 20


# -- files and folders


def test_a_folder_is_walked_in_order_without_loops(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "2.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "1.txt").write_text(TEXT * 2, encoding="utf-8")
    (tmp_path / "c.jsonl").write_text(json.dumps({"text": TEXT * 3}) + "\n", encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "b" / "loop").symlink_to(tmp_path)
    (tmp_path / "itself").symlink_to(tmp_path / "itself")
    (tmp_path / "again.txt").hardlink_to(tmp_path / "1.txt")
    (tmp_path / "z.txt").symlink_to(tmp_path / "1.txt")
    (tmp_path / "bad.parquet").write_bytes(b"nothing")
    found = list(items(str(tmp_path), OPTIONS))
    names = Counter(type(item).__name__ for item in found)
    assert names == {"Page": 2, "Ready": 1, "Fault": 2}
    pages = [item.where.removeprefix(str(tmp_path)) for item in found if isinstance(item, Page)]
    assert pages == ["/1.txt", "/b/2.txt"]


def test_what_is_not_there_or_too_large(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        list(items(str(tmp_path / "none"), OPTIONS))
    big = tmp_path / "big.html"
    with big.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(TooLargeError, match="--max-bytes"):
        list(items(str(big), OPTIONS))
    with pytest.raises(FetchError):
        list(items("https://example.org/", OPTIONS))


def test_the_outlet_that_the_user_names_fills_gaps(tmp_path):
    path = tmp_path / "a.jsonl"
    rows = [{"text": TEXT}, {"text": TEXT * 2, "outlet": "لها"}]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert [a.outlet for a in ready(path, Options(outlet="أنا"))] == ["أنا", "لها"]
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    (item,) = items(str(tmp_path / "b.txt"), Options(outlet="أنا"))
    assert item.known == {"outlet": "أنا"}


def test_a_text_file_of_another_kind_says_so(tmp_path):
    from marsad.batch.adding import prepare_items
    from marsad.batch.worker import Limits

    path = tmp_path / "a.txt"
    path.write_bytes(b"%PDF-1.4 ...")
    (done,) = prepare_items(list(items(str(path), OPTIONS)), Limits())
    assert done.reason == "no text"
    assert "PDF" in done.message
    assert issubclass(NotTextError, InputError)
    assert isinstance(path, Path)
