"""Every page in both languages, light and wide, dark and narrow: it answers, nothing breaks, nothing comes from
elsewhere, axe finds nothing serious, and a picture is made for people to look at."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import SHOTS, Open, Site, Watch, settle

AXE = (Path(__file__).parent / "axe.min.js").read_text("utf-8")
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")

PAGES = {
    "home": "/", "search": "/search?q=تركيا", "ledger": "/ledger", "ledger-of": "/ledger?speaker=TUR",
    "speakers": "/speakers", "actors": "/actors", "actor": "/actor?key=TUR", "pairs": "/pairs",
    "dossier": "/dossier?a=TUR&b=KAZ", "records": "/records?layer=event", "record": "/record/{record}",
    "network": "/network", "tie": "/network#KAZ~TUR", "map": "/map", "whatif": "/map?press={cause}%2B&target={effect}",
    "compare": "/compare?by=speaker&one=TUR&two=KAZ", "stories": "/stories", "story": "/story/{story}",
    "quality": "/quality", "verdicts": "/verdicts", "merges": "/merges", "balance": "/balance", "read": "/read",
    "article": "/article/{article}#{record}", "reference": "/api/reference",
}  # fmt: skip


LONG = ("reference",)
"""Pages of one kind from end to end: axe looks at their beginning."""


def ask(site: Site, path: str) -> Any:
    """An answer of the API."""
    with urlopen(f"{site.address}/api/{path}") as answer:
        return json.load(answer)


@cache
def names(site: Site) -> dict[str, str]:
    """What the addresses of pages are filled in with."""
    record = next(r for r in ask(site, "records?layer=statement")["items"] if r["title"] and "<" not in r["title"])
    edge = next(e for e in ask(site, "map")["edges"] if e["support"] and not e["contested"])
    return {
        "record": record["id"], "article": record["article"], "story": record["story"],
        "cause": edge["cause"].replace("+", "%2B"), "effect": edge["effect"].replace("+", "%2B"),
    }  # fmt: skip


def visit(page: Page, site: Site, name: str) -> None:
    """Open a page and wait for its islands."""
    answer = page.goto(site.address + PAGES[name].format(**names(site)))
    assert answer is not None
    assert answer.status == 200, f"{answer.url}: {answer.status}"
    settle(page)
    failed = page.evaluate("[...document.querySelectorAll('[data-state=failed]')].map(e => e.dataset.island)")
    assert not failed


def serious(page: Page, rules: tuple[str, ...] = ()) -> list[str]:
    """Violations of WCAG A and AA (or of some rules only) that axe calls serious or critical."""
    page.evaluate(AXE)
    asked = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": list(WCAG)}
    found = page.evaluate("asked => axe.run(document, {runOnly: asked, resultTypes: ['violations']})", asked)
    return [
        f"{v['id']}: {node['target']} {node['failureSummary'][:200]}"
        for v in found["violations"]
        if v["impact"] in ("serious", "critical")
        for node in v["nodes"][:3]
    ]


def picture(page: Page, name: str) -> None:
    """For people to look at."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.jpeg", full_page=True, type="jpeg", quality=60)


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_page(context: Open, site: Site, name: str, language: str) -> None:
    page = context(language).new_page()
    watch = Watch(page, site.address)
    visit(page, site, name)
    html = page.locator("html")
    assert html.get_attribute("lang") == language
    assert html.get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert page.locator("main h1").count() == 1
    words = page.inner_text("body")
    assert not re.search(r"\b(?:undefined|NaN|\[object Object\])", words)
    picture(page, f"{name}-{language}")
    if name in LONG:
        page.evaluate("document.querySelectorAll('main section:nth-of-type(n + 6)').forEach(e => e.remove())")
    assert serious(page) == []
    if language == "ar":  # the same page on a phone in the dark
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": 390, "height": 800})
        picture(page, f"{name}-phone-dark")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 1, "wider than the phone"
        assert serious(page, ("color-contrast",)) == []
    assert watch.faults == []


def test_what_is_not_there(context: Open, site: Site) -> None:
    page = context("ar").new_page()
    answer = page.goto(f"{site.address}/nothing-here")
    assert answer is not None
    assert answer.status == 404
    assert serious(page) == []


@pytest.mark.parametrize("name", ["home", "search", "ledger", "dossier", "network", "map", "whatif", "article", "read"])
def test_without_scripts(context: Open, site: Site, name: str) -> None:
    page = context("ar", scripts=False).new_page()
    page.goto(site.address + PAGES[name].format(**names(site)))
    assert page.locator("main").inner_text().strip()
    if name in ("network", "dossier"):
        assert page.locator("main table tbody tr").count() > 3
    if name in ("map", "whatif"):
        assert page.locator("main .edges > li").count() > 3
    if name == "whatif":
        assert page.locator("#whatif .verdict-words").inner_text().strip()


def test_an_article_is_never_taken_for_html(context: Open, site: Site) -> None:
    page = context("ar").new_page()
    watch = Watch(page, site.address)
    hostile = next(a for a in ask(site, "articles?limit=50")["items"] if a["title"] and "<script>" in a["title"])
    records = ask(site, f"records?article={hostile['id']}")["items"]
    paths = ["/", f"/article/{hostile['id']}", "/search?q=المحادثات", "/ledger", "/dossier?a=TUR&b=KAZ", "/map"]
    for path in [*paths, "/network", *(f"/record/{record['id']}" for record in records)]:
        page.goto(site.address + path)
        settle(page)
        assert page.title() != "broken"
        assert page.locator("main script, main img, main b[onmouseover]").count() == 0
        assert "49" not in page.locator("main").inner_text().split()
    assert watch.faults == []
