"""The contract of a store, over all of them: what is written, written again, and decided."""

from __future__ import annotations

import pytest

from marsad.errors import NotFoundError, QueryError
from marsad.store.base import Store
from marsad.store.prepare import prepare
from marsad.stored import Feed, Filters, StoredStatement, Verdict
from tests.store.samples import Maker, all_articles, copy, denial, talks, undated


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


def test_who_rejects_a_thing_does_not_repeat_who_supports_it(empty: Store) -> None:
    for at, (act, cue) in enumerate((("SUPPORT", "أيد"), ("REJECT", "رفض"), ("SUPPORT", "أيد"))):
        maker = Maker(f"{cue} إيفان دوبروف توسيع التجارة مع الصين. خبر {at}.", date=f"2024-05-0{at + 1}")
        maker.says("إيفان دوبروف", ("RUS",), act, cue, "توسيع التجارة مع الصين")
        empty.put([prepare(*maker.made())])
    entries = empty.ledger("دوبروف").items
    assert [(e.statement.record.act, len(e.places)) for e in entries] == [("SUPPORT", 2), ("REJECT", 1)]
    assert [link.kind for link in entries[1].links] == ["earlier-position"]


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
