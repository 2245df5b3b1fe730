"""What people do: choose a record, open a bar, narrow a drawing, push a concept, decide, drop a file; and come back by
the address."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

import marsad
from marsad.assembly.signs import event_sign
from marsad.store import open_archive
from marsad.view.items import items, marks
from marsad.web.locale import Language, message
from tests.browser.conftest import Open, Site, Watch, settle
from tests.browser.test_pages import ask, names


def test_the_words_of_every_record_are_its_quotes(context: Open, site: Site) -> None:
    page = context("ar").new_page()
    article = names(site)["article"]
    with open_archive(site.archive, read_only=True) as store:
        stored = store.reading(article)
    assert stored is not None
    page.goto(f"{site.address}/article/{article}")
    settle(page)
    assert len(list(items(stored.reading))) > 20
    for id in {item.id for item in items(stored.reading)}:
        covered = {n for mark in marks(stored.reading) if mark.item == id for n in range(mark.start, mark.end)}
        said = "".join(stored.text[n] for n in sorted(covered))
        shown = page.locator(f".text .i-{id}").all_text_contents()
        assert "".join("".join(shown).split()) == "".join(said.split()), id


def test_a_link_to_a_record_opens_its_words(context: Open, site: Site) -> None:
    page = context("en").new_page()
    there = names(site)
    page.goto(f"{site.address}/article/{there['article']}#{there['record']}")
    settle(page)
    words = page.locator(f".text .i-{there['record']}.chosen").first
    expect(words).to_be_in_viewport()
    expect(page.locator(f"#c-{there['record']}")).to_have_class(re.compile("chosen"))


def test_keys_go_through_the_records(context: Open, site: Site) -> None:
    page = context("ar").new_page()
    page.goto(f"{site.address}/article/{names(site)['article']}")
    settle(page)
    chosen: list[str] = []
    for key in "jjk":
        page.keyboard.press(key)
        chosen.append(page.locator(".card.chosen").get_attribute("id") or "")
    assert chosen[0] == chosen[2] != chosen[1]
    assert page.url.endswith("#" + chosen[2].removeprefix("c-"))
    page.locator(".text a.w").first.click()
    assert page.locator(".text .w.chosen").count()


def test_layers_are_hidden_and_the_address_remembers(context: Open, site: Site) -> None:
    page = context("ar").new_page()
    page.goto(f"{site.address}/article/{names(site)['article']}")
    settle(page)
    page.locator("#show-events").uncheck()
    page.wait_for_url("**show=statements**")
    page.reload()
    settle(page)
    expect(page.locator("#show-events")).not_to_be_checked()
    expect(page.locator("#show-statements")).to_be_checked()


def test_verdicts_by_key_with_undo(context: Open, own_site: Site) -> None:
    page = context("ar").new_page()
    page.goto(f"{own_site.address}/article/{names(own_site)['article']}")
    settle(page)
    page.keyboard.press("j")
    id = (page.locator(".card.chosen").get_attribute("id") or "").removeprefix("c-")
    with page.expect_navigation():
        page.keyboard.press("r")
    settle(page)
    assert ask(own_site, f"records/{id}")["verdict"]["decision"] == "reject"
    expect(page.locator(f"#c-{id} .judged.reject")).to_be_visible()
    with page.expect_navigation():
        page.keyboard.press("u")
    settle(page)
    assert ask(own_site, f"records/{id}")["verdict"] is None


def test_selected_words_become_the_record_s(context: Open, own_site: Site) -> None:
    page = context("ar").new_page()
    there = names(own_site)
    page.goto(f"{own_site.address}/article/{there['article']}#{there['record']}")
    settle(page)
    words = page.locator(f".text .i-{there['record']}.p-content").first
    words.evaluate(
        """element => {
          const range = document.createRange();
          range.selectNodeContents(element);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    selected = words.inner_text().strip()
    with page.expect_navigation():
        page.keyboard.press("f")
    settle(page)
    verdict = ask(own_site, f"records/{there['record']}")["verdict"]
    assert verdict["decision"] == "correct"
    (span,) = verdict["correction"]["content"]
    text = ask(own_site, f"articles/{there['article']}")["text"]
    assert text[span["start"] : span["end"]] == span["quote"] == selected
    expect(page.locator(f"#c-{there['record']} .corrected")).to_contain_text(selected)


def test_bars_are_the_events_behind_them(context: Open, site: Site) -> None:
    page = context("ar").new_page()
    page.goto(f"{site.address}/dossier?a=TUR&b=KAZ")
    settle(page)
    bars = page.evaluate("JSON.parse(document.querySelector('[data-island=timeline]').dataset.bars)")
    assert any(up or down for _, up, down in bars)
    events = ask(site, "between?a=TUR&b=KAZ&layer=event&status=actual&limit=500")["items"]
    for period, up, down in bars:
        signs = [event_sign(e["record"]["type"]) for e in events if (e["date"] or "")[:7] == period]
        assert (signs.count(1), signs.count(-1)) == (up, down), period


def test_a_bar_opens_as_many_records_as_it_says(context: Open, site: Site) -> None:
    page = context("en", scripts=False).new_page()
    page.goto(f"{site.address}/dossier?a=TUR&b=KAZ")
    bars = page.locator("svg.bars a")
    found = [(bars.nth(n).get_attribute("href"), bars.nth(n).locator("[data-count]").get_attribute("data-count"))
             for n in range(bars.count())]  # fmt: skip
    assert found
    for href, count in found[:4]:
        page.goto(f"{site.address}{href}")
        assert page.locator("main ol.items > li").count() == int(count or 0), href


def test_the_network_is_narrowed_and_the_address_restores_it(context: Open, site: Site) -> None:
    page = context("en").new_page()
    watch = Watch(page, site.address)
    page.goto(f"{site.address}/network")
    settle(page)
    island = page.locator("[data-island=network]")
    all_edges = island.get_attribute("data-edges")
    rows = page.locator("#follows tbody tr").count()
    page.locator(".layers summary").click()
    page.locator(".layers input[value=economic]").check()
    expect(island).not_to_have_attribute("data-edges", all_edges or "")
    assert "domain=economic" in page.url
    expect(page.locator("#follows tbody tr")).not_to_have_count(rows)
    edges = island.get_attribute("data-edges")
    assert int(edges or 0) == ask(site, "network?domain=economic")["total"]
    page.reload()
    settle(page)
    assert island.get_attribute("data-edges") == edges
    expect(page.locator(".layers input[value=economic]")).to_be_checked()
    slider = page.locator("input[data-name=since]")
    slider.focus()
    page.keyboard.press("End")
    page.wait_for_url("**since=**")
    assert watch.faults == []


def test_a_tie_shows_its_evidence_and_is_a_link(context: Open, site: Site) -> None:
    page = context("ar").new_page()
    page.goto(f"{site.address}/network#KAZ~TUR")
    settle(page)
    quotes = page.locator(".island-panel .quotes li")
    expect(quotes.first).to_be_visible()
    link = quotes.first.locator("a").get_attribute("href")
    page.goto(f"{site.address}{link}")
    settle(page)
    expect(page.locator(".text .chosen").first).to_be_in_viewport()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_if_is_the_answer_of_the_command_line(context: Open, site: Site, language: Language) -> None:
    with open_archive(site.archive, read_only=True) as store:
        causal_map = marsad.causal_map(store)
    edge = next(e for e in causal_map.edges if e.support and not e.contested)
    expected = marsad.whatif(causal_map, press=f"{edge.cause}+", target=edge.effect)
    page = context(language).new_page()
    watch = Watch(page, site.address)
    page.goto(f"{site.address}/map")
    settle(page)
    label = {node.key: node.label for node in causal_map.nodes}
    said_of = {key: str(message(language, f"island-map.{key}")) for key in ("press", "take_up", "target")}
    question = page.locator(".question")
    question.get_by_label(said_of["press"], exact=True).fill(label[edge.cause])
    question.get_by_role("button", name=said_of["take_up"]).click()
    question.get_by_label(said_of["target"], exact=True).fill(label[edge.effect])
    question.locator("button[type=submit]").click()
    answer = page.locator(".whatif-answer")
    expect(answer).to_have_attribute("data-verdict", expected.verdict)
    said = getattr(expected.sentence, language)
    assert " ".join(said.split()) in " ".join(answer.inner_text().split())
    assert f"press={quote(edge.cause, safe='')[:12]}"[:8] in page.url
    quotes = answer.locator(".quotes q").count()
    assert quotes == sum(min(4, len(step.claims)) for path in expected.paths for step in path.steps)
    page.reload()
    settle(page)
    expect(answer).to_have_attribute("data-verdict", expected.verdict)
    assert watch.faults == []


def test_one_claimant_s_map(context: Open, site: Site) -> None:
    page = context("ar").new_page()
    page.goto(f"{site.address}/map")
    settle(page)
    island = page.locator("[data-island=map]")
    everybody = island.get_attribute("data-edges")
    name = next(c["value"] for c in ask(site, "map")["claimants"] if c["value"])
    page.select_option("[data-island=map] select[name=speaker]", name)
    expect(island).not_to_have_attribute("data-edges", everybody or "")
    edges = island.get_attribute("data-edges")
    assert int(edges or 0) == ask(site, f"map?speaker={quote(name)}")["total"]
    page.reload()
    settle(page)
    assert island.get_attribute("data-edges") == edges


def test_a_dropped_file_is_read(context: Open, own_site: Site, tmp_path: Path) -> None:
    page = context("ar").new_page()
    page.goto(f"{own_site.address}/read")
    settle(page)
    text = "قال وزير الخارجية التركي إن بلاده تدعم المحادثات مع كازاخستان."
    carried = page.evaluate_handle(
        """text => {
          const data = new DataTransfer();
          data.items.add(new File([text], 'a.txt', {type: 'text/plain'}));
          return data;
        }""",
        text,
    )
    page.dispatch_event("body", "dragenter", {"dataTransfer": carried})
    expect(page.locator(".drop-veil")).to_be_visible()
    with page.expect_navigation():
        page.dispatch_event("body", "drop", {"dataTransfer": carried})
    settle(page)
    assert "تدعم المحادثات" in page.locator(".text").inner_text()


def test_a_report_opens_from_disk(context: Open, site: Site, tmp_path: Path) -> None:
    page = context("ar").new_page()
    watch = Watch(page, "file://")
    with urlopen_file(site, f"/article/{names(site)['article']}/report.html", tmp_path / "report.html") as file:
        page.goto(file.as_uri())
        assert page.locator(".text p").count() > 2
    with urlopen_file(site, "/dossier/report.html?a=TUR&b=KAZ", tmp_path / "dossier.html") as file:
        page.goto(file.as_uri())
        assert page.locator("main").inner_text().strip()
    assert watch.faults == []


class urlopen_file:  # noqa: N801
    """A page of the site as a file on disk."""

    def __init__(self, site: Site, path: str, file: Path) -> None:
        from urllib.request import urlretrieve

        urlretrieve(site.address + path, file)
        self.file = file

    def __enter__(self) -> Path:
        return self.file

    def __exit__(self, *_: object) -> None:
        self.file.unlink()
