"""One article from a file, standard input or an address, and everything that can be wrong with it."""

from __future__ import annotations

import contextlib
import http.server
import io
import sys
import threading
import time

import pytest

from marsad import examples
from marsad.errors import FetchError, InputError, NotArabicError, NotTextError, TooLargeError
from marsad.ingest.checks import check_language
from marsad.ingest.source import load

ARTICLE = examples.load().text
PAGE = (
    "<!DOCTYPE html><html lang=ar><head><meta charset={charset}><title>عنوان الخبر | موقع</title>"
    '<meta property="og:title" content="عنوان الخبر"><meta property="article:published_time" content="2024-05-31">'
    '<meta property="og:site_name" content="وكالة الأمثلة"></head><body><nav><a href=/>الرئيسية</a>'
    "<a href=/w>العالم</a></nav><article><h1>عنوان الخبر</h1>{body}</article>"
    "<footer>جميع الحقوق محفوظة</footer></body></html>"
)


def html(charset="utf-8"):
    body = "".join(f"<p>{line}</p>" for line in ARTICLE.split("\n") if line)
    return PAGE.format(charset=charset, body=body)


class _Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        path = self.path
        if path == "/article":
            self._send(html().encode(), "text/html; charset=utf-8")
        elif path == "/meta":
            self._send(html("windows-1256").encode("windows-1256", "replace"), "text/html")
        elif path == "/text":
            self._send(ARTICLE.encode(), "text/plain; charset=utf-8")
        elif path == "/nothing":
            self._send(b"<html><body><nav><a href=/>x</a></nav></body></html>", "text/html")
        elif path == "/large":
            self._send(ARTICLE.encode() * 40, "text/plain")
        elif path == "/loop":
            self._redirect("/loop")
        elif path == "/moved":
            self._redirect("/article")
        elif path == "/slow":
            self._headers("text/plain")
            with contextlib.suppress(OSError):  # the client leaves
                for _ in range(40):
                    self.wfile.write(b"a")
                    self.wfile.flush()
                    time.sleep(0.1)
        else:
            self.send_error(404)

    def _headers(self, kind):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()

    def _send(self, data, kind):
        self._headers(kind)
        self.wfile.write(data)

    def _redirect(self, where):
        self.send_response(302)
        self.send_header("Location", where)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def test_a_file_is_read_as_it_is(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("قال الوزير\r\n إن السلام قريب ".encode())
    loaded = load(str(path))
    assert loaded.article.text == "قال الوزير\r\n إن السلام قريب "
    assert loaded.warnings == []


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode("windows-1256", "replace"))))
    loaded = load("-")
    assert "أرسلان أوغلو" in loaded.article.text
    assert "windows-1256" in loaded.warnings[0]


@pytest.mark.parametrize("path", ["/article", "/moved", "/meta"])
def test_a_page_gives_its_article(site, path):
    article, _ = load(site + path)
    assert article.title == "عنوان الخبر"
    assert article.date == "2024-05-31"
    assert article.outlet == "وكالة الأمثلة"
    assert "أرسلان أوغلو" in article.text
    assert "الرئيسية" not in article.text
    assert "حقوق" not in article.text
    assert article.url.startswith(site)


def test_a_page_in_a_file(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(html(), encoding="utf-8")
    assert load(str(path)).article.title == "عنوان الخبر"


def test_plain_text_from_the_web(site):
    assert load(site + "/text").article.text == ARTICLE


@pytest.mark.parametrize(
    ("path", "told"),
    [("/none", "404"), ("/loop", "circle"), ("/nothing", "no article")],
)
def test_pages_that_give_nothing(site, path, told):
    with pytest.raises(FetchError, match=told):
        load(site + path)


def test_a_page_that_trickles_is_left(site):
    start = time.monotonic()
    with pytest.raises(FetchError, match=r"within 0\.5 seconds"):
        load(site + "/slow", timeout=0.5)
    assert time.monotonic() - start < 3


def test_size_limits(site, tmp_path):
    with pytest.raises(TooLargeError, match="--max-bytes"):
        load(site + "/large", max_bytes=10_000)
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    with pytest.raises(TooLargeError, match="--max-bytes"):
        load(str(path), max_bytes=100)
    with pytest.raises(TooLargeError, match="--max-chars"):
        load(str(path), max_chars=100)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://127.0.0.1:9/x", "could not be fetched"),
        ("http://", "fetched"),
        ("http://[bad", "fetched"),
        ("http://nowhere.invalid/", "could not be fetched"),
    ],
)
def test_addresses_that_cannot_be_fetched(address, told):
    with pytest.raises(FetchError, match=told):
        load(address, timeout=5)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", NotTextError),
        (b"\x00\x01\x02\x03" * 99, NotTextError),
        (b"The talks went on, said the minister.", NotArabicError),
        ("Переговоры продолжаются".encode(), NotArabicError),
    ],
)
def test_files_that_hold_no_article(tmp_path, data, error):
    path = tmp_path / "file"
    path.write_bytes(data)
    with pytest.raises(error, match=r"file: "):
        load(str(path))


@pytest.mark.parametrize("name", ["missing.txt", ".", "a\x00b", "x" * 5000])
def test_names_that_are_no_file(tmp_path, name):
    with pytest.raises(InputError):
        load(str(tmp_path / name))


def test_persian_is_told(tmp_path):
    path = tmp_path / "fa.txt"
    path.write_text("وزیر امور خارجه گفت که گفتگوها پیش می‌رود و چند روز دیگر پایان می‌یابد", encoding="utf-8")
    assert "Persian" in " ".join(load(str(path)).warnings)


def test_direction_marks_are_kept_and_told(tmp_path):
    path = tmp_path / "bidi.txt"
    path.write_text("قال الوزير\u202e إن السلام\u200f قريب", encoding="utf-8")
    loaded = load(str(path))
    assert "\u202e" in loaded.article.text
    assert "2 invisible direction marks" in loaded.warnings[0]


@pytest.mark.parametrize(
    "text",
    [
        "وزیر خارجه گفت که گفتگوها با کشورهای همسایه ادامه دارد و پس از پایان این هفته چند توافق تازه امضا خواهد شد.",
        "وزیر خارجہ نے کہا کہ پڑوسی ممالک کے ساتھ بات چیت جاری ہے اور جلد ہی ایک نیا معاہدہ ہو گا۔",
        "وەزیری دەرەوە گوتی گفتوگۆکان لەگەڵ وڵاتانی دراوسێ بەردەوامە و بەم زووانە ڕێککەوتنێک واژوو دەکرێت.",
    ],
    ids=["Persian", "Urdu", "Kurdish"],
)
def test_other_languages_in_arabic_letters(text):
    with pytest.raises(NotArabicError, match="not in Arabic"):
        check_language(text)


@pytest.mark.parametrize(
    "text",
    [
        "قال وزير الخارجية إن المحادثات مع الجيران مستمرة وإن اتفاقا جديدا سيوقع قريبا.",
        "قال وزیر الخارجیة إن المحادثات مع الجیران مستمرة وإن اتفاقا جدیدا سیوقع قریبا فی العاصمة بکین.",
        "قال الوزير پول گراهام إن شركة پيپسي وصحيفة چاينا تايمز نشرتا الخبر في العاصمة أمس وإن الحكومة تدرسه.",
    ],
    ids=["plain", "Persian keyboard", "foreign names"],
)
def test_arabic_however_it_is_typed(text):
    check_language(text)
