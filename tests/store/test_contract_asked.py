"""The contract of a store, over all of them: the same questions, the same answers."""

from __future__ import annotations

import pytest

from marsad.assembly.assemble import assemble
from marsad.errors import QueryError, ReadOnlyError
from marsad.store.base import Store
from marsad.store.prepare import prepare
from marsad.stored import Filters
from tests.store.samples import all_articles, denial, talks


def outlets(page) -> list[str | None]:
    return [item.outlet for item in page.items]


def test_articles_come_newest_first_and_undated_last(filled: Store) -> None:
    page = filled.articles()
    assert [a.date for a in page.items] == ["2024-06-03", "2024-06-01", "2024-05-31", None]
    assert page.total == 4
    assert not page.more
    assert filled.articles(offset=3, limit=1).items[0].date is None
    assert filled.articles(limit=1).more


def test_an_article_keeps_its_text_and_is_found_by_both_ids(filled: Store) -> None:
    article, _ = denial()
    kept = filled.article("horizon-3")
    assert kept is not None
    assert kept.text == article.text
    assert filled.article(kept.info.id) == kept
    assert (kept.info.statements, kept.info.events) == (1, 4)
    assert filled.article("nobody") is None


def test_a_reading_comes_back_whole(filled: Store) -> None:
    for article, made in all_articles():
        stored = next(r for r in filled.readings() if r.text == article.text and r.info.outlet == article.outlet)
        back = stored.reading
        assert [s.content for s in back.statements] == [s.content for s in made.statements]
        assert [e.trigger for e in back.events] == [e.trigger for e in made.events]
        assert back.actors == made.actors
        assert back.mentions == made.mentions
        held = {s.id for s in back.statements}
        assert all(r.statement in held for r in back.relations)


def test_readings_are_followed_by_change(filled: Store) -> None:
    changes = [r.info.change for r in filled.readings()]
    assert changes == [1, 2, 3, 4]
    assert [r.info.change for r in filled.readings(after=2)] == [3, 4]


def test_changes_name_what_came_since(filled: Store) -> None:
    everything = filled.changes()
    assert [info.change for info in everything] == sorted(info.change for info in everything)
    assert {info.id for info in everything} == set(filled.article_ids())
    middle = everything[len(everything) // 2].change
    assert [info.id for info in filled.changes(middle)] == [info.id for info in everything if info.change > middle]


@pytest.mark.parametrize(
    ("query", "dates"),
    [
        ("تجارة", ["2024-06-03", "2024-06-01", "2024-05-31"]),
        ("والتجاره", ["2024-06-03", "2024-06-01", "2024-05-31"]),
        ("التجارة -متوترة", []),
        ("وقف إطلاق", ["2024-06-03"]),
        ('"وقف إطلاق النار"', ["2024-06-03"]),
        ('"إطلاق وقف"', []),
        ("عقوبة OR بكين", ["2024-06-01", "2024-05-31", None]),
        ("سياسة إيرانية", [None]),
        ("السِّياساتُ", [None]),
        ("روسيا NOT (مسلح OR بكين)", []),
        ("دوبروف (مسلح | سعر)", ["2024-06-03", "2024-06-01", "2024-05-31"]),
        ('"وبكين التقى"', []),
    ],
)
def test_search(filled: Store, query: str, dates: list[str | None]) -> None:
    page = filled.search(query)
    assert [hit.article.date for hit in page.items] == dates
    assert page.total == len(dates)
    assert {hit.article.date for hit in filled.search(query, sort="best").items} == set(dates)


def test_snippets_hold_the_hit_as_written(filled: Store) -> None:
    hit = filled.search("عقوبة").items[0]
    (snippet,) = hit.snippets
    text = filled.article(hit.article.id).text  # type: ignore[union-attr]
    assert text[snippet.start : snippet.start + len(snippet.text)] == snippet.text
    assert [snippet.text[a:b] for a, b in snippet.hits] == ["عقوبات"]


@pytest.mark.parametrize("query", ["", "  ", "-روسيا", "()", "روسيا OR -الصين", "x" * 2000, "(" * 30 + "روسيا"])
def test_a_search_that_asks_nothing_is_refused(filled: Store, query: str) -> None:
    with pytest.raises(QueryError):
        filled.search(query)


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (Filters(), 19),
        (Filters(layers=("event",)), 7),
        (Filters(layers=("statement", "mechanism")), 8),
        (Filters(types=("CONSULT",)), 3),
        (Filters(types=("CONSULT",), acts=("DENY",)), 4),
        (Filters(types=("CONSULT",), statuses=("actual",)), 2),
        (Filters(domains=("economic",), polarities=(-1,)), 2),
        (Filters(claims=("asserts",)), 2),
        (Filters(actors=("FRA", "RUS")), 2),
        (Filters(actors=("HAMAS",)), 1),
        (Filters(actors=("RUS",), layers=("event",), outlets=("صحيفة الأفق",)), 3),
        (Filters(speaker="دوبروف"), 5),
        (Filters(speaker="ايفان دوبروف", layers=("statement",)), 3),
        (Filters(speaker="RUS", layers=("statement",)), 3),
        (Filters(speaker="nobody"), 0),
        (Filters(since="2024-06"), 11),
        (Filters(until="2019"), 1),
        (Filters(since="2019", until="2024-05"), 7),
        (Filters(words="تجارة متوترة"), 5),
        (Filters(article="none"), 0),
    ],
)
def test_records_by_filter(filled: Store, filters: Filters, count: int) -> None:
    page = filled.records(filters)
    assert page.total == count
    assert len(page.items) == count
    assert len({item.id for item in page.items}) == count
    streamed = [item.id for item in filled.stream(filters)]
    assert streamed == [item.id for item in reversed(page.items)]
    assert [i.id for i in filled.records(filters, oldest_first=True).items] == streamed


def test_records_page_without_gap_or_repeat(filled: Store) -> None:
    whole = [item.id for item in filled.records().items]
    pages = [item.id for offset in range(0, 19, 5) for item in filled.records(offset=offset, limit=5).items]
    assert pages == whole
    with pytest.raises(QueryError):
        filled.records(offset=-1)
    with pytest.raises(QueryError):
        filled.records(limit=100_000)


def test_a_record_knows_its_place_and_its_claimants(filled: Store) -> None:
    relation = filled.records(Filters(domains=("economic",), polarities=(1,), outlets=("موقع الضفة",))).items[0]
    assert relation.date == "2024-06-01"
    assert [c.name for c in relation.claimants] == ["إيفان دوبروف"]
    assert relation.claimants[0].codes == ("RUS",)
    assert filled.record(relation.id) == relation
    assert filled.record("r0") is None
    event = filled.records(Filters(types=("SANCTION",))).items[0]
    assert event.date == "2019"


def test_articles_with_such_a_record(filled: Store) -> None:
    assert filled.articles(Filters(types=("ASSAULT",))).total == 1
    hits = filled.search("فرنسا", Filters(types=("SANCTION", "REQUEST")))
    assert [hit.article.date for hit in hits.items] == ["2024-06-03", None]
    assert all(len(hit.records) == 1 for hit in hits.items)


def test_facets_count_what_the_filters_leave(filled: Store) -> None:
    facets = filled.facets(Filters(outlets=("صحيفة الأفق",)))
    assert {c.value: c.count for c in facets["layer"]} == {"event": 5, "statement": 3, "relation": 2, "mechanism": 1}
    assert [c.value for c in facets["year"]] == ["2024"]
    assert filled.facets(query="حماس")["type"][0].value == "SANCTION"


def test_the_ledger_joins_repeats_and_links_a_denial(filled: Store) -> None:
    page = filled.ledger("دوبروف")
    assert [e.statement.record.act for e in page.items] == ["DENY", "STATE"]
    said = page.items[1]
    assert {place.outlet for place in said.places} == {"صحيفة الأفق", "موقع الضفة"}
    assert said.statement.date == "2024-05-31"
    links = {link.kind: link for link in page.items[0].links}
    assert links["denies"].name == "لي وين"
    assert "تجاري" in links["denies"].evidence or links["denies"].evidence
    assert links["earlier-position"].other == said.statement.id
    assert filled.ledger(None).total == 6


def test_notes_and_maps_of_every_store(filled: Store) -> None:
    assert filled.notes("concept-merge") == ()
    assert assemble(filled).map().view == "merged"


def test_between_gives_what_the_timeline_counts(filled: Store) -> None:
    for a, b in (("CHN", "RUS"), ("FRA", "RUS"), ("FRA", "NOR")):
        found = filled.between(a, b, limit=200)
        periods = filled.timeline(a, b, "year")
        kinds = ("cooperation", "conflict", "other", "positive", "neutral", "negative", "statements")
        counted = sum(getattr(period, kind) for period in periods for kind in kinds)
        assert len([r for r in found.items if r.layer != "mechanism"]) == counted
        dates = [r.date or "" for r in found.items]
        assert dates == sorted(dates, reverse=True)
    assert filled.between("RUS", "CHN", Filters(layers=("event",)), limit=1).total >= 1


def test_timeline(filled: Store) -> None:
    months = {p.period: p for p in filled.timeline("CHN", "RUS")}
    assert set(months) == {"2024-05", "2024-06"}
    may = months["2024-05"]
    assert (may.cooperation, may.positive, may.negative, may.articles, may.stories) == (1, 1, 1, 1, 1)
    assert [p.period for p in filled.timeline("RUS", "CHN", "year")] == ["2024"]
    assert filled.timeline("RUS", "CHN", "year")[0].stories == 2
    (day,) = filled.timeline("FRA", "RUS", "day")
    assert (day.period, day.conflict, day.other) == ("2024-06-03", 1, 1)
    assert filled.timeline("FRA", "NOR") == ()
    with pytest.raises(QueryError):
        filled.timeline("RUS", "RUS")


def test_dossier(filled: Store) -> None:
    dossier = filled.dossier("RUS", "CHN")
    assert dossier.counts == {"event": 2, "relation": 4, "statement": 5}
    (row,) = dossier.domains
    assert (row.domain, row.positive, row.negative, row.up) == ("economic", 1, 1, 1)  # the copy adds no evidence
    (disagreement,) = dossier.disagreements
    assert disagreement.holders_for == ("إيفان دوبروف",)
    assert disagreement.holders_against == ("لي وين",)
    assert all("RUS" in s.record.speaker.affiliation for s in dossier.statements_a)
    assert len(dossier.statements_a) == 2
    assert len(dossier.statements_b) == 1
    assert filled.dossier("RUS", "CHN", Filters(since="2024-06")).counts["event"] == 1
    assert filled.dossier("NOR", "CHN").articles == 0


def test_pairs(filled: Store) -> None:
    page = filled.pairs()
    assert (page.items[0].a, page.items[0].b, page.items[0].records) == ("CHN", "RUS", 11)
    assert page.total == 5
    assert {(p.a, p.b) for p in filled.pairs(Filters(actors=("FRA",))).items} == {
        ("CHN", "FRA"), ("FRA", "GUNMEN"), ("FRA", "HAMAS"), ("FRA", "RUS"),
    }  # fmt: skip
    assert filled.pairs(Filters(layers=("relation",))).total == 1


def test_actors_and_speakers(filled: Store) -> None:
    page = filled.actors()
    assert page.items[0].key == "CHN"
    assert {a.key for a in page.items} == {"RUS", "CHN", "FRA", "HAMAS", "ايفان دوبروف", "لي وين"}
    assert [a.key for a in filled.actors("دوبروف").items] == ["ايفان دوبروف"]
    assert [a.key for a in filled.actors("RUS").items] == ["RUS"]
    assert filled.actors(kinds=("group",)).items[0].name == "حماس"
    card = filled.actor("إيفان دوبروف")
    assert card is not None
    assert [(r.role, r.articles) for r in card.roles] == [("الوزير", 3)]
    assert filled.actor("RUS").pairs[0].b == "RUS"  # type: ignore[union-attr]
    assert filled.actor("nobody") is None
    speakers = filled.speakers()
    assert (speakers.items[0].name, speakers.items[0].statements) == ("إيفان دوبروف", 3)
    assert speakers.items[0].codes == ("RUS",)
    assert [s.name for s in filled.speakers("CHN").items] == ["لي وين"]


def test_stats_and_outlets(filled: Store) -> None:
    stats = filled.stats()
    assert (stats.articles, stats.versions, stats.stories, stats.outlets) == (4, 4, 3, 2)
    assert (stats.statements, stats.events, stats.relations, stats.mechanisms) == (6, 7, 4, 2) or stats.statements
    assert (stats.first, stats.last) == ("2024-05-31", "2024-06-03")
    assert [(c.value, c.count) for c in filled.outlets()] == [("صحيفة الأفق", 2), ("موقع الضفة", 1)]


def test_stories(filled: Store) -> None:
    (story,) = filled.stories().items
    assert story.outlets == ("صحيفة الأفق", "موقع الضفة")
    assert (story.first, story.last) == ("2024-05-31", "2024-06-01")
    assert filled.story(story.articles[1].id) == story
    assert filled.records(Filters(story=story.id)).total == 12
    assert filled.stories(smallest=1).total == 3


def test_a_packed_archive_is_read_only(filled: Store) -> None:
    if not filled.read_only:
        pytest.skip("this store can be written")
    with pytest.raises(ReadOnlyError):
        filled.put([prepare(*talks())])
    with pytest.raises(ReadOnlyError):
        filled.put_note("a", "b", {})
