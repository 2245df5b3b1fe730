"""Reading a text, keeping it, and verdicts; and what must never come from a text into a page."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from marsad.reading import pipeline
from marsad.records import Article
from marsad.store import open_archive
from marsad.store.prepare import prepare
from marsad.stored import Feed, Filters
from marsad.web.app import create_app
from marsad.web.options import Options
from tests.web.conftest import HERE
from tests.web.test_pages import check

Web = TestClient[Litestar]
TEXT = "أعلن وزير الخارجية التركي سليم قره داغ أن بلاده وقعت مع كازاخستان اتفاقا لتوسيع التعاون في مجال الطاقة."
EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


def test_pasted_text_is_read_and_kept(web: Web, archive: Path) -> None:
    told = {"text": TEXT, "title": "اتفاق طاقة", "date": "2025-03-02"}
    answer = web.post("/reading", files={name: (None, value) for name, value in told.items()})
    assert answer.status_code == 200, answer.text
    assert re.fullmatch(r"/reading/[\w-]+", answer.url.path)
    check(answer.text)
    assert "سليم قره داغ" in answer.text
    assert web.get(f"{answer.url.path}/lights.css").status_code == 200
    assert web.get(f"{answer.url.path}/reading.json").json()["statements"]
    assert "<style>" in web.get(f"{answer.url.path}/report.html").text
    kept = web.post(f"{answer.url.path}/keep")
    assert kept.url.path.startswith("/article/")
    with open_archive(archive, read_only=True) as store:
        found = store.article(kept.url.path.rpartition("/")[2])
    assert found is not None
    assert (found.text, found.info.title, found.info.date) == (TEXT, "اتفاق طاقة", "2025-03-02")


def test_dropped_file_is_read(web: Web) -> None:
    page = f"<html><head><title>عنوان</title></head><body><article><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"
    for name, data in (("a.txt", TEXT.encode("cp1256")), ("b.html", page.encode())):
        answer = web.post("/reading", files={"file": (name, data), "text": (None, "")})
        assert answer.status_code == 200
        assert "قره داغ" in answer.text


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"text": (None, " ")}, "empty"), ({"text": (None, "no Arabic at all")}, "Arabic"),
     ({"text": (None, TEXT), "date": (None, "soon")}, "soon"), ({"file": ("x.bin", b"\0" * 4000)}, "binary")],
)  # fmt: skip
def test_what_cannot_be_read_is_said(fields: dict[str, tuple[str | None, str]], said: str, web: Web) -> None:
    answer = web.post("/reading", files=fields)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert said in answer.text


def test_feeds_and_their_last_success_stand_on_the_first_page(archive: Path) -> None:
    with open_archive(archive) as store:
        store.put_feed(Feed(url="https://news.example/rss", last_success="2025-03-01T10:00:00Z", added=12))
        store.put_feed(Feed(url="https://old.example/rss", failure=f"no answer {EVIL}", failures=3))
    with TestClient(create_app(Options(archive=str(archive))), HERE) as client:
        html = client.get("/?lang=en").text
    assert "1 Mar 2025, 10:00" in html
    assert "failed 3 times" in html
    assert "<img" not in html


def test_limits(tmp_path: Path) -> None:
    options = Options(archive=str(tmp_path / "a.db"), max_chars=200, max_bytes=3_000)
    with TestClient(create_app(options), HERE) as client:
        assert client.post("/reading", files={"text": (None, TEXT * 3)}).status_code == 400
        assert client.post("/reading", files={"text": (None, TEXT * 50)}).status_code == 413


def _a_record(archive: Path, layer: str) -> str:
    with open_archive(archive, read_only=True) as store:
        return store.records(Filters(layers=(layer,)), limit=1).items[0].id  # type: ignore[arg-type]


@pytest.mark.parametrize("layer", ["statement", "event", "relation", "mechanism"])
def test_verdicts_and_undo(layer: str, web: Web, archive: Path) -> None:
    id = _a_record(archive, layer)
    check(web.get(f"/record/{id}").text)
    answer = web.post(f"/record/{id}/verdict", data={"decision": "reject", "back": "article", "note": "لا"})
    assert answer.url.path.startswith("/article/")
    assert "judged reject" in answer.text
    assert web.get(f"/records?layer={layer}&hide_rejected=1").text.count(id) == 0
    web.post(f"/record/{id}/verdict", data={"decision": "withdraw"})
    assert "judged reject" not in web.get(answer.url.path).text
    html = web.get(f"/record/{id}").text
    part, start, end = _choices(html)
    answer = web.post(f"/record/{id}/verdict", data={"decision": "correct", "part": part, "start": start, "end": end})
    assert answer.url.path == f"/record/{id}"
    assert "<ins>" in answer.text
    assert id in web.get("/verdicts").text
    with open_archive(archive, read_only=True) as store:
        found = store.record(id)
        assert found is not None
        assert found.verdict is not None
        text = store.article(found.article).text  # type: ignore[union-attr]
    [value] = found.verdict.correction.values()
    span = value[0] if isinstance(value, list) else value
    assert text[span["start"] : span["end"]] == span["quote"]  # type: ignore[index]


def _choices(html: str) -> tuple[str, str, str]:
    """(part, its start, another end) that the form offers."""
    part = re.search(r'name="part" value="(\w+)"', html)[1]  # type: ignore[index]
    start = re.search(r'<select name="start".*?value="(\d+)" selected', html, re.S)[1]  # type: ignore[index]
    ends = re.findall(r'value="(\d+)"', re.search(r'<select name="end".*?</select>', html, re.S)[0])  # type: ignore[index]
    return part, start, next(end for end in ends if int(end) > int(start))


@pytest.mark.parametrize("data", [{"decision": "perhaps"}, {"decision": "correct"}, {},
                                  {"decision": "correct", "part": "content", "start": "9", "end": "3"},
                                  {"decision": "correct", "part": "id", "start": "0", "end": "3"}])  # fmt: skip
def test_verdicts_that_are_none(data: dict[str, str], web: Web, archive: Path) -> None:
    assert web.post(f"/record/{_a_record(archive, 'statement')}/verdict", data=data).status_code == 400


def test_read_only_archive_takes_nothing(archive: Path) -> None:
    id = _a_record(archive, "event")
    with TestClient(create_app(Options(archive=str(archive), read_only=True)), HERE) as client:
        html = client.get(f"/record/{id}").text
        assert "decision" not in html
        assert client.post(f"/record/{id}/verdict", data={"decision": "accept"}).status_code == 403
        read = client.post("/reading", files={"text": (None, TEXT)})
        assert client.post(f"{read.url.path}/keep").status_code == 403
        assert client.post("/merges/decide", data={"decision": "accept"}).status_code == 403


def test_nothing_of_a_text_becomes_markup(archive: Path) -> None:
    """Stored script in title, outlet, address, names and text comes out as text everywhere."""
    body = f'قال وزير الخارجية التركي "{EVIL}" إن بلاده وقعت اتفاقا مع كازاخستان بسبب {EVIL} التعاون.\n{TEXT}'
    article = Article(
        text=body, title=f"عنوان {EVIL}", outlet=f"صحيفة {EVIL}", date="2025-04-01", url="javascript:alert(3)"
    )  # fmt: skip
    with open_archive(archive) as store:
        id = store.put([prepare(article, pipeline.read(article))])[0].article
        records = [r.id for r in store.records(Filters(article=id), limit=20).items]
    paths = ["/", "/ledger", "/search?q=" + "اتفاق", "/dossier?a=TUR&b=KAZ", "/dossier/report.html?a=TUR&b=KAZ",
             "/actors", "/speakers", "/compare?by=outlet&one=x&two=y", "/map", "/merges", f"/article/{id}",
             f"/article/{id}/report.html",
             f"/search?q={EVIL}", f"/ledger?speaker={EVIL}", f"/records?actor={EVIL}", f"/actor?key={EVIL}",
             *(f"/record/{record}" for record in records)]  # fmt: skip
    with TestClient(create_app(Options(archive=str(archive))), HERE) as client:
        for path in paths:
            html = client.get(path).text
            assert "<script>alert" not in html, path
            assert "<img" not in html, path
            assert 'href="javascript' not in html, path
        shown = client.get(f"/article/{id}").text
        assert "<script>alert(1)" in unescape(re.sub(r"<[^>]+>", "", shown))
        assert EVIL in client.get("/export/articles.csv").text.replace('""', '"')


def test_merges_are_decided_and_undone(web: Web, archive: Path) -> None:
    html = web.get("/merges").text
    found = re.search(r'name="key" value="([^"]+)"><input type="hidden" name="into" value="([^"]+)"', html)
    if found is None:
        pytest.skip("the examples propose no merge")
    pair = {"key": unescape(found[1]), "into": unescape(found[2])}
    assert web.post("/merges/decide", data={**pair, "decision": "accept", "reason": ""}).status_code == 400
    assert 'value="undo"' in web.post("/merges/decide", data={**pair, "decision": "accept", "reason": "واحد"}).text
    assert 'value="undo"' not in web.post("/merges/decide", data={**pair, "decision": "undo"}).text
