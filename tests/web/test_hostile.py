"""Hostile articles, files, addresses and requests, against the whole application."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from marsad.ingest import public
from marsad.reading import pipeline
from marsad.records import Article
from marsad.store import open_archive
from marsad.store.prepare import prepare
from marsad.web.app import create_app
from marsad.web.options import Options
from tests.web.conftest import HERE

Web = TestClient[Litestar]
SCRIPT = "<script>alert(1)</script>"
TEXT = (
    f'قال وزير الخارجية التركي {SCRIPT} سامي أوغلو إن بلاده "تدعم <img src=x onerror=alert(2)> المحادثات" مع روسيا.\n'
    "وأدى </section><svg onload=alert(3)> ذلك إلى زيادة التجارة بين تركيا وروسيا، بحسب {{ 7*7 }} المتحدث.\n"
)


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[Web]:
    """An archive whose only article is hostile in all that it says of itself."""
    archive = tmp_path / "hostile.db"
    article = Article(
        id="h", text=TEXT, title=f'{SCRIPT}" onmouseover="alert(4)', outlet=f"'>{SCRIPT}", date="2025-01-01",
        url="javascript:alert(5)",
    )  # fmt: skip
    with open_archive(archive) as store:
        store.put([prepare(article, pipeline.read(article))])
    with TestClient(create_app(Options(archive=str(archive))), HERE) as client:
        yield client


def _harmless(html: str) -> None:
    """Only our own scripts, no handlers, no addresses that run."""
    for tag in re.findall(r"<script\b[^>]*>", html):
        assert re.search(r'src="/static/built/islands\.js\?v=[0-9a-f]+"', tag), tag
    for tag in re.findall(r"<[a-zA-Z][^>]*>", html):
        outside = re.sub(r'"[^"]*"', '""', tag)
        assert not re.search(r"\son\w+\s*=", outside), tag
        assert not re.search(r'(?:href|src|action)="\s*(?:javascript|data):', tag, re.I), tag
    assert not re.search(r"<(?:img|svg onload|iframe|object|embed)", html)


def test_nothing_of_an_article_is_taken_for_html(hostile: Web) -> None:
    article = hostile.get("/api/articles").json()["items"][0]["id"]
    records = [record["id"] for record in hostile.get("/api/records?limit=100").json()["items"]]
    assert records
    actors = [actor["key"] for actor in hostile.get("/api/actors?limit=100").json()["items"]]
    paths = [
        "/", f"/article/{article}", f"/article/{article}?clean=1", f"/article/{article}/report.html", "/ledger",
        "/search?q=المحادثات", "/actors", "/pairs", "/records", "/network", "/map", "/merges", "/stories", "/verdicts",
        "/dossier?a=TUR&b=RUS", "/dossier/report.html?a=TUR&b=RUS", *(f"/record/{id}" for id in records),
    ]  # fmt: skip
    for language in ("ar", "en"):
        for path in paths:
            answer = hostile.get(path, headers={"accept-language": language})
            assert answer.status_code == 200, path
            _harmless(answer.text)
        for key in actors:
            _harmless(hostile.get("/actor", params={"key": key}, headers={"accept-language": language}).text)


ASKED = ("q", "speaker", "words", "actor", "outlet", "key", "a", "since", "lang", "about", "press")


@pytest.mark.parametrize("query", ASKED)
def test_nothing_of_an_address_is_taken_for_html(web: Web, query: str) -> None:
    for path in ("/search", "/ledger", "/records", "/actor", "/dossier", "/network", "/map", "/nothing"):
        _harmless(web.get(path, params={query: f'"><svg onload=alert(1)>{SCRIPT}', "target": SCRIPT}).text)


def test_a_pasted_text_is_not_taken_for_html(web: Web) -> None:
    sent = {"text": TEXT, "title": SCRIPT, "outlet": SCRIPT}
    answer = web.post("/reading", data=sent, files={"file": ("", b"")})
    assert answer.status_code == 200, answer.text[:300]
    _harmless(answer.text)
    refused = web.post("/reading", data={"text": f"{SCRIPT} not Arabic"}, files={"file": ("", b"")})
    assert refused.status_code == 400
    _harmless(refused.text)


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\..\\x.txt", "/etc/passwd", "a\x00.txt", SCRIPT])
def test_a_file_s_name_leads_nowhere(web: Web, name: str) -> None:
    answer = web.post("/reading", data={"text": ""}, files={"file": (name, b"not Arabic")})
    assert answer.status_code == 400
    assert "root:" not in answer.text
    _harmless(answer.text)


@pytest.mark.parametrize("data", [b"\x00\x01\x02" * 50, b"", b"\xff\xfe\x00", b"PK\x03\x04" + b"\x00" * 100])
def test_files_that_are_no_text(web: Web, data: bytes) -> None:
    assert web.post("/reading", data={"text": ""}, files={"file": ("a.txt", data)}).status_code == 400


def test_large_texts_and_files_are_refused(archive: Path) -> None:
    options = Options(archive=str(archive), max_chars=1_000, max_bytes=20_000)
    with TestClient(create_app(options), HERE) as web:
        long = "قال الوزير إن المحادثات مستمرة. " * 100
        assert web.post("/reading", data={"text": long}, files={"file": ("", b"")}).status_code == 400
        assert web.post("/api/read", json={"text": long}).status_code == 400
        assert web.post("/reading", data={"text": "س" * 30_000}, files={"file": ("", b"")}).status_code == 413
        assert web.post("/api/read", content=(b"x" * 5_000 for _ in range(10))).status_code == 413


@pytest.mark.parametrize("path", [
    "/static/..%2f..%2fapp.py", "/static/%2e%2e/app.py", "/static/built/../../app.py", "/static//etc/passwd",
    "/static/..%5c..%5capp.py", "/article/..%2f..%2fetc%2fpasswd", "/export/..%2fx.csv", "/api/export/..%2f/csv",
    "/record/%2e%2e", "/static/built/%00islands.js",
])  # fmt: skip
def test_paths_that_climb(web: Web, path: str) -> None:
    answer = web.get(path)
    assert answer.status_code in (400, 404), path
    assert "create_app" not in answer.text


@pytest.mark.parametrize("address", [
    "http://127.0.0.1:8571/", "http://localhost/", "http://[::1]/", "http://169.254.169.254/latest/meta-data",
    "http://10.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://127.1/", "file:///etc/passwd",
    "/etc/passwd", "-", "ftp://example.org/", "http://user:secret@example.org/",
])  # fmt: skip
def test_addresses_that_are_not_fetched(web: Web, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def connected(*_: object) -> None:
        raise AssertionError("it was fetched")

    monkeypatch.setattr(public.httpx.HTTPTransport, "handle_request", connected)
    answer = web.post("/reading", data={"text": "", "address": address}, files={"file": ("", b"")})
    assert answer.status_code == 400
    assert "root:" not in answer.text


def test_writes_from_other_sites_are_refused(web: Web) -> None:
    id = web.get("/api/records?limit=1").json()["items"][0]["id"]
    elsewhere = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    for path in (f"/record/{id}/verdict", f"/api/records/{id}/verdicts", "/merges/decide", "/reading"):
        assert web.post(path, data={"decision": "reject"}, headers=elsewhere).status_code == 403
    assert web.get("/api/verdicts").json()["total"] == 0


def test_every_page_needs_the_password_where_there_is_one(archive: Path) -> None:
    with TestClient(create_app(Options(archive=str(archive), host="0.0.0.0", password="open sesame")), HERE) as web:
        paths = ["/", "/map", "/records", "/api/stats", "/api/openapi.json", "/export/records.csv", "/nothing"]
        for path in paths:
            answer = web.get(path, headers={"accept": "text/html"})
            assert answer.status_code == 401, path
            assert "تركيا" not in answer.text
        assert web.post("/reading", data={"text": "نص"}).status_code == 401
        web.post("/sign-in", data={"secret": "open sesame"})
        assert all(web.get(path).status_code == 200 for path in paths[:-1])
        assert 'action="/sign-out"' in web.get("/").text
        web.post("/sign-out", follow_redirects=False)
        assert web.get("/", headers={"accept": "text/html"}).status_code == 401
