"""The contract of a store, over all of them: the same questions, the same answers."""

from __future__ import annotations

import pytest

from marsad.errors import NotFoundError, QueryError, ReadOnlyError
from marsad.store.base import Store
from marsad.store.prepare import prepare
from marsad.stored import Feed, Filters, StoredStatement, Verdict
from tests.store.samples import all_articles, copy, denial, talks, undated


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
    assert (row.domain, row.positive, row.negative, row.up) == ("economic", 2, 2, 2)
    (disagreement,) = dossier.disagreements
    assert disagreement.holders_for == ("إيفان دوبروف",)
    assert disagreement.holders_against == ("لي وين",)
    assert all("RUS" in s.record.speaker.affiliation for s in dossier.statements_a)
    assert len(dossier.statements_a) == 3
    assert len(dossier.statements_b) == 2
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


# -- what can be written


def test_adding_again_changes_nothing(writable: Store) -> None:
    before = list(writable.articles().items)
    for article, reading in all_articles():
        (outcome,) = writable.put([prepare(article, reading)])
        assert outcome.change == "unchanged"
    assert list(writable.articles().items) == before
    assert writable.known([a for a, _ in all_articles()], "1") == [True] * 4
    assert writable.known([a for a, _ in all_articles()], "2") == [False] * 4


def test_one_address_in_several_spellings_is_one_article(writable: Store) -> None:
    from msgspec.structs import replace

    article, reading = talks()
    other = replace(article, url="http://www.example.org/news/1/?utm_campaign=b#top")
    assert writable.put([prepare(other, reading)])[0].change == "unchanged"


def test_a_changed_text_is_a_new_version(writable: Store) -> None:
    from msgspec.structs import replace

    article, _ = talks()
    old_id = writable.search("بكين").items[-1].article.id
    old_records = [r.id for r in writable.records(Filters(article=old_id)).items]
    from tests.store.samples import Maker

    maker = Maker("روسيا والصين تتفقان على جسر جديد.", url=article.url, date="2024-06-02")
    maker.event("AGREE", "تتفقان", "RUS CHN", "")
    (outcome,) = writable.put([prepare(*maker.made())])
    assert (outcome.change, outcome.version, outcome.article) == ("new-version", 2, old_id)
    assert [v.version for v in writable.versions(old_id)] == [1, 2]
    assert writable.article(old_id).text == maker.article.text  # type: ignore[union-attr]
    assert writable.article(old_id, 1).text == article.text  # type: ignore[union-attr]
    assert len(writable.reading(old_id, 1).reading.statements) == 2  # type: ignore[union-attr]
    assert writable.record(old_records[0]).version == 1  # type: ignore[union-attr]
    assert writable.search("أسعار").total == 1
    assert writable.search("جسر").total == 1
    assert writable.records(Filters(words="متوترة", article=old_id)).total == 0
    assert {p.period: p.cooperation for p in writable.timeline("RUS", "CHN")} == {"2024-06": 2}
    # the old text once more, as when the same sources are added again: nothing changes
    (back,) = writable.put([prepare(*talks())])
    assert (back.change, back.version) == ("unchanged", 1)
    assert writable.put([prepare(*talks())], replace=True)[0].change == "unchanged"
    assert writable.article(old_id).info.version == 2  # type: ignore[union-attr]
    assert writable.search("جسر").total == 1
    assert writable.stats().versions == 5
    assert replace(article) == article


def test_reread_records_take_the_old_ones_place(writable: Store) -> None:
    article, reading = denial()
    from msgspec.structs import replace

    newer = replace(reading, version="2", events=reading.events[:1], statements=())
    (outcome,) = writable.put([prepare(article, newer)], replace=True)
    assert outcome.change == "reread"
    info = writable.article("horizon-3").info  # type: ignore[union-attr]
    assert (info.pipeline, info.version, info.statements, info.events) == ("2", 1, 0, 1)
    assert writable.records(Filters(article=info.id)).total == 1
    assert writable.records(Filters(words="وقف إطلاق النار")).total == 0
    assert writable.timeline("FRA", "RUS") == ()
    assert writable.search("إطلاق").total == 1
    assert {c.value: c.count for c in writable.stats().pipelines} == {"1": 3, "2": 1}


def test_a_verdict_survives_a_new_reading(writable: Store) -> None:
    from msgspec.structs import replace

    assault = writable.records(Filters(types=("ASSAULT",))).items[0]
    retreat = writable.records(Filters(types=("RETREAT",))).items[0]
    request = writable.records(Filters(types=("REQUEST",))).items[0]
    for record, decision in ((assault, "accept"), (retreat, "reject"), (request, "accept")):
        kept = writable.decide(Verdict("", record.id, "event", "", 0, decision, "", analyst="ن", note="تحقق"))  # type: ignore[arg-type]
        assert kept.record_then["trigger"]["quote"] == record.record.trigger.quote  # type: ignore[index,union-attr]
    assert writable.record(assault.id).verdict.decision == "accept"  # type: ignore[union-attr]
    assert writable.records(Filters(hide_rejected=True, layers=("event",))).total == 6
    assert writable.records(Filters(decided="reject")).items[0].id == retreat.id
    article, reading = denial()
    # The new rules call the assault something else, and do not find the cease-fire.
    events = [replace(reading.events[0], type="COERCE", id="e1", rule="new"), reading.events[1]]
    writable.put([prepare(article, replace(reading, version="2", events=tuple(events)))], replace=True)
    standing = {v.record_then["type"]: v.standing for v in writable.verdicts().items}
    assert standing == {"ASSAULT": "changed", "RETREAT": "gone", "REQUEST": "same"}
    assert writable.record(assault.id).record.type == "COERCE"  # type: ignore[union-attr]
    # The old rules come back, and with them what was decided.
    writable.put([prepare(*denial())], replace=True)
    assert {v.standing for v in writable.verdicts().items} == {"same"}


def test_verdicts_are_superseded_withdrawn_and_checked(writable: Store) -> None:
    def decide(decision: str, **more) -> Verdict:
        return writable.decide(Verdict("", record, "event", "", 0, decision, "", **more))  # type: ignore[arg-type]

    record = writable.records(Filters(types=("ASSAULT",))).items[0].id
    decide("reject")
    decide("correct", correction={"type": "PROTEST"})
    (verdict,) = writable.verdicts().items
    assert verdict.correction == {"type": "PROTEST"}
    decide("withdraw")
    assert writable.verdicts().total == 0
    assert [v.decision for v in writable.verdict_history(record)] == ["reject", "correct", "withdraw"]
    with pytest.raises(QueryError, match="no field"):
        decide("correct", correction={"colour": "red"})
    with pytest.raises(QueryError, match="does not fit"):
        decide("correct", correction={"type": "DANCE"})
    with pytest.raises(QueryError):
        decide("correct")
    with pytest.raises(NotFoundError):
        writable.decide(Verdict("", "e0", "event", "", 0, "accept", ""))


def test_feeds_and_notes(writable: Store) -> None:
    writable.put_feed(Feed("https://example.org/feed"))
    writable.put_feed(Feed("https://example.org/feed", etag="x", failures=2))
    assert [f.failures for f in writable.feeds()] == [2]
    assert writable.drop_feed("https://example.org/feed")
    assert not writable.drop_feed("https://example.org/feed")
    writable.put_note("merge", "a|b", {"reason": "first"})
    writable.put_note("merge", "a|b", {"reason": "second"})
    assert [n.data["reason"] for n in writable.notes("merge")] == ["second"]
    assert len(writable.notes("merge", history=True)) == 2


def test_all_or_nothing(empty: Store) -> None:
    good, bad = prepare(*talks()), prepare(*undated())
    broken = bad._replace(records=[*bad.records, bad.records[0]])  # one id twice
    with pytest.raises(Exception):  # noqa: B017
        empty.put([good, broken])
    assert empty.stats().articles == 0
    assert empty.search("روسيا").total == 0
    empty.put([good])
    assert empty.stats().articles == 1


def test_words_are_indexed_anew_when_the_terms_have_changed(writable: Store) -> None:
    before = [[hit.article.id for hit in writable.search(query).items] for query in ("روسيا", '"إطلاق النار"')]
    writable.clear_words()  # type: ignore[attr-defined]
    writable.execute("UPDATE meta SET value = '0' WHERE key = 'terms'")  # type: ignore[attr-defined]
    assert writable.search("روسيا").total == 0
    writable.reindex()  # type: ignore[attr-defined]
    assert [[hit.article.id for hit in writable.search(query).items] for query in ("روسيا", '"إطلاق النار"')] == before
    assert writable.records(Filters(words="تجارة متوترة")).total == 5
    article, reading = denial()
    writable.put([prepare(article, reading)], replace=True)  # what is taken out is what was put in
    assert writable.search("روسيا").total == len(before[0])


def test_stories_do_not_depend_on_the_order_of_addition(empty: Store) -> None:
    for article, reading in (copy(), talks()):
        empty.put([prepare(article, reading)])
    (story,) = empty.stories().items
    assert story.id == min(a.id for a in story.articles)
    assert isinstance(empty.records(Filters(layers=("statement",))).items[0], StoredStatement)


def test_a_packed_archive_is_read_only(filled: Store) -> None:
    if not filled.read_only:
        pytest.skip("this store can be written")
    with pytest.raises(ReadOnlyError):
        filled.put([prepare(*talks())])
    with pytest.raises(ReadOnlyError):
        filled.put_note("a", "b", {})
