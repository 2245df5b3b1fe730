"""Every page in both languages: it answers, keeps the policy, shows what there is, and links what it counts."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from marsad.store import open_archive
from marsad.store.base import Store
from marsad.stored import Filters
from marsad.web.app import create_app
from marsad.web.options import Options
from tests.web.conftest import HERE

Web = TestClient[Litestar]
PAIR = "a=TUR&b=KAZ"
PAGES = (
    "/", "/read", "/search", "/search?q=" + quote("شراكة"), "/search?outlet=x", "/ledger", "/ledger?speaker=TUR",
    "/ledger?act=DENY&since=2025", "/speakers", "/actors", "/actors?words=" + quote("تركيا"), "/actor?key=TUR",
    "/pairs",
    "/pairs?domain=economic", f"/dossier?{PAIR}", f"/dossier?{PAIR}&since=2030", "/records?layer=event",
    f"/records?{PAIR}&sign=1", "/verdicts", "/network", "/network?actor=TUR", "/map", "/map?speaker=writer",
    "/map?about=" + quote("شراكة"), "/merges", "/compare", "/compare?by=speaker&one=TUR&two=KAZ",
    "/compare?by=period&one=2024&two=2025-01/2025-06", "/compare?by=outlet&one=x&two=y", "/stories", "/quality",
)  # fmt: skip


@pytest.fixture(scope="module")
def web(examples_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """One application for all that only looks."""
    where = shutil.copy(examples_archive, tmp_path_factory.mktemp("pages") / "copy.db")
    with TestClient(create_app(Options(archive=str(where))), HERE) as client:
        yield client


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """The application over an empty archive."""
    where = tmp_path_factory.mktemp("pages") / "empty.db"
    with TestClient(create_app(Options(archive=str(where))), HERE) as client:
        yield client


@pytest.fixture(scope="module")
def store(examples_archive: Path) -> Store:
    """The same articles."""
    return open_archive(examples_archive, read_only=True)


class Seen(HTMLParser):
    """Ids, tags and attributes of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if found.get("id"):
            self.ids.append(str(found["id"]))


def check(html: str, report: bool = False) -> Seen:
    """What holds for every page."""
    seen = Seen(html)
    assert len(seen.ids) == len(set(seen.ids)), "an id twice"
    for tag, attributes in seen.tags:
        assert "style" not in attributes, f"style on {tag}"
        assert not [name for name in attributes if name.startswith("on")], tag
        if tag == "script":
            assert str(attributes.get("src", "")).startswith("/static/")
            assert not report
        if tag == "a":
            address = str(attributes.get("href") or "/")
            assert address.startswith(("/", "#", "http://", "https://")), address
        if tag in ("input", "select", "textarea") and attributes.get("type") not in ("hidden", "checkbox"):
            assert attributes.get("aria-label") or "<label" in html
    assert html.count("<h1") == 1
    assert "Undefined" not in html
    return seen


@pytest.mark.parametrize("path", PAGES)
def test_page_in_both_languages(path: str, web: Web) -> None:
    sizes = []
    for language, direction in (("ar", "rtl"), ("en", "ltr")):
        answer = web.get(path, headers={"accept-language": language})
        assert answer.status_code == 200, answer.text[-600:]
        assert f'<html lang="{language}" dir="{direction}"' in answer.text
        check(answer.text)
        sizes.append(len(re.findall(r"<(?:li|tr)\b", answer.text)))
    assert sizes[0] == sizes[1], "the languages show different things"


@pytest.mark.parametrize("path", [page for page in PAGES if not page.startswith("/actor?")])
def test_page_of_an_empty_archive(path: str, nothing: Web) -> None:
    answer = nothing.get(path)
    assert answer.status_code == 200, answer.text[-600:]
    check(answer.text)
    if path == "/":
        assert "marsad add" in answer.text


def test_language_and_colours_are_remembered(archive: Path) -> None:
    with TestClient(create_app(Options(archive=str(archive))), HERE) as web:
        assert 'lang="en"' in web.get("/?lang=en&theme=dark").text
        again = web.get("/ledger").text
        assert 'lang="en"' in again
        assert 'data-theme="dark"' in again
        assert 'lang="ar"' in web.get("/?lang=ar").text


def test_reader_shows_the_text_and_the_words_of_each_record(web: Web, store: Store) -> None:
    for info in store.articles(limit=20).items:
        found = store.reading(info.id)
        assert found is not None
        html = web.get(f"/article/{info.id}").text
        seen = check(html)
        text = html[html.index('<section class="text"') : html.index("</section>", html.index('<section class="text"'))]
        shown = unescape(re.sub(r"<[^>]+>", "", text.partition(">")[2]))
        assert shown.split() == found.text.split()
        pieces = re.findall(r'<a class="([^"]+)"[^>]*>([^<]*)</a>', text)
        for event in found.reading.events:
            words = "".join(unescape(part) for classes, part in pieces if "p-trigger" in classes.split()
                            and f"i-{event.id}" in classes.split())  # fmt: skip
            assert event.trigger.quote in words
        for relation in found.reading.relations:
            words = "".join(unescape(part) for classes, part in pieces if f"i-{relation.id}" in classes.split())
            assert words.split() == relation.span.quote.split()
        layers = ("statements", "events", "relations", "mechanisms")
        ids = [record.id for layer in layers for record in getattr(found.reading, layer)]
        assert set(ids) <= set(seen.ids), "a link to a record scrolls to its words"
        assert {f"c-{id}" for id in ids} <= set(seen.ids)
        assert web.get(f"/article/{info.id}/lights.css").headers["content-type"].startswith("text/css")
        assert '<div class="records"></div>' in web.get(f"/article/{info.id}?clean=1").text


def test_reader_keeps_layers_in_the_address(web: Web, store: Store) -> None:
    id = store.articles(limit=1).items[0].id
    html = web.get(f"/article/{id}?show=events").text
    assert re.search(r'value="events" id="show-events" checked', html)
    assert not re.search(r'value="statements" id="show-statements" checked', html)


def test_bars_and_tables_count_what_their_links_show(web: Web, store: Store) -> None:
    html = web.get(f"/dossier?{PAIR}", headers={"accept-language": "en"}).text
    bars = re.findall(r'<a href="([^"]+)"[^>]*><rect class="bar [a-z]+"[^>]*data-count="(\d+)"', html)
    assert bars
    for address, count in bars:
        page = web.get(unescape(address), headers={"accept-language": "en"}).text
        assert len(re.findall(r'<li class="item ', page)) == int(count)
    months = [p for p in store.timeline("TUR", "KAZ", "month", Filters()) if len(p.period) == 7]
    assert sum(int(count) for _, count in bars) == sum(p.cooperation + p.conflict for p in months)


def test_reports_open_without_a_network(web: Web, store: Store) -> None:
    id = store.articles(limit=1).items[0].id
    for path in (f"/article/{id}/report.html", f"/dossier/report.html?{PAIR}"):
        answer = web.get(path)
        assert "attachment" in answer.headers["content-disposition"]
        seen = check(answer.text, report=True)
        assert "<style>" in answer.text
        for tag, attributes in seen.tags:
            assert tag not in ("link", "img", "iframe", "script")
            assert not str(attributes.get("href") or "").startswith("/")
        assert not re.search(r"url\((?!#)", answer.text)


def test_pages_restore_what_their_address_says(web: Web) -> None:
    html = web.get("/records?layer=event&type=AGREE&actor=TUR&since=2024&hide_rejected=1").text
    assert '<option value="AGREE" selected>' in html
    assert 'name="since" value="2024"' in html
    assert re.search(r'name="hide_rejected" value="1" checked', html)
    export = unescape(re.search(r'href="(/export/records\.csv[^"]*)"', html)[1])  # type: ignore[index]
    for part in ("type=AGREE", "actor=TUR", "since=2024", "layer=event"):
        assert part in export


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet", "xlsx"])
@pytest.mark.parametrize("view", ["records", "articles", "ledger", "actors", "pairs", "stories", "verdicts"])
def test_exports(view: str, ending: str, web: Web) -> None:
    answer = web.get(f"/export/{view}.{ending}")
    assert answer.status_code == 200
    assert f"marsad-{view}.{ending}" in answer.headers["content-disposition"]
    assert answer.content or view in ("stories", "verdicts")


def test_export_of_a_timeline_and_other_formats(web: Web, store: Store) -> None:
    assert web.get(f"/export/timeline.csv?{PAIR}&bom=0").text.startswith("period,")
    joined = web.get(f"/export/records.csv?{PAIR}&bom=0").text
    assert len(joined.splitlines()) - 1 == store.between("TUR", "KAZ").total
    assert web.get("/export/search.csv?q=" + quote("شراكة")).status_code == 200
    for name in ("records.jsonld", "records.ftm", "records.plover", "records.cameo", "pairs.graphml"):
        assert web.get(f"/export/{name}").status_code == 200
    for name in ("records.exe", "nothing.csv", "records", "..%2f..%2fetc.csv"):
        assert web.get(f"/export/{name}").status_code in (400, 404)


@pytest.mark.parametrize(
    "path",
    ["/ledger?offset=-1", "/ledger?offset=9999999999", "/ledger?limit=5000", "/records?layer=nothing",
     "/pairs?since=May", "/dossier?a=TUR", "/dossier?a=TUR&b=TUR", "/search?q=(", "/compare?by=colour",
     "/records?speaker=" + "x" * 400,
     "/ledger?decided=perhaps", "/map?support=many", "/map?press=x%2B&target=y"],
)  # fmt: skip
def test_what_cannot_be_understood_is_said(path: str, web: Web) -> None:
    answer = web.get(path)
    assert answer.status_code == (200 if "press" in path else 400)
    if "press" in path:
        assert 'role="alert"' in answer.text
    check(answer.text)


@pytest.mark.parametrize(
    "path", ["/article/none", "/record/none", "/story/none", "/actor?key=none", "/reading/none", "/nothing",
             "/static/../app.py", "/static/%2e%2e/app.py", "/article/..%2f..%2fapp.py"]
)  # fmt: skip
def test_what_is_not_there(path: str, web: Web) -> None:
    answer = web.get(path)
    assert answer.status_code in (400, 404)
    assert "create_app" not in answer.text
