"""Ledgers and dossiers from records made by hand: what is joined, what is linked, what is not."""

from __future__ import annotations

from typing import Any

import pytest

from marsad.assembly.dossier import disagreements, domain_rows, holders, once
from marsad.assembly.ledger import join, link
from marsad.records import Relation, Span, Speaker, Statement
from marsad.stored import Claimant, StoredRelation, StoredStatement


def said(
    text: str, name: str = "سالم الراجح", act: str = "STATE", date: str = "2024-05-01", **more: Any
) -> StoredStatement:
    speaker = Speaker(None, name, None, (), "person")
    id = f"s{abs(hash((text, name, date))):x}"
    record = Statement(id, None, speaker, (Span(0, len(text), text),), "indirect", act, "test", 1.0)  # type: ignore[arg-type]
    place = {"article": id, "version": 1, "title": None, "outlet": None, "url": None, "story": "a", **more}
    return StoredStatement(id=id, layer="statement", date=date, record=record, said=f"{name}{act}{text}", **place)


def linked(first: StoredStatement, *others: StoredStatement, earlier: bool = False) -> list[tuple[str, str]]:
    entries = link(join([first]), lambda s: () if earlier else others, lambda s: others if earlier else ())
    return [(found.kind, found.other) for found in entries[0].links]


@pytest.mark.parametrize(
    ("other", "joined"),
    [
        ("إن الاتفاق مع الجيران سيوقع في الشهر المقبل", True),
        ("الاتفاق مع الجيران سيوقع في الشهر القادم", True),
        ("الاتفاق مع الجيران لن يوقع في الشهر المقبل", False),
        ("الاتفاق", False),
        ("صادرات القمح إلى المدن الكبيرة ارتفعت كثيرا", False),
    ],
)
def test_nearly_equal_words_of_one_speaker_are_one_entry(other: str, joined: bool) -> None:
    one = said("الاتفاق مع الجيران سيوقع في الشهر المقبل")
    assert (len(join([one, said(other, date="2024-05-02")])) == 1) is joined
    assert len(join([one, said(other, name="ليلى الهادي")])) == 2
    assert len(join([one, said(other, date="2024-09-02")])) == 2


@pytest.mark.parametrize(("one", "other"), [("SUPPORT", "REJECT"), ("STATE", "DENY"), ("WELCOME", "CONDEMN")])
def test_for_and_against_are_no_repeat(one: str, other: str) -> None:
    words = "توسيع الشراكة مع الجيران في تجارة القمح"
    assert len(join([said(words, act=one), said(words, act=other)])) == 2
    assert len(join([said(words, act=one), said(f"إن {words}", act=one)])) == 1


def test_the_same_words_about_others_are_another_statement() -> None:
    words = "التعاون بين البلدين سيستمر في السنوات القادمة"
    one = said(words, topics=("AAA", "BBB"))
    assert len(join([one, said(f"إن {words}", topics=("CCC", "DDD"), date="2024-05-02")])) == 2
    assert len(join([one, said(f"إن {words}", topics=("BBB",), date="2024-05-02")])) == 1
    assert len(join([one, said(f"إن {words}", date="2024-05-02")])) == 1


def test_another_number_is_another_statement() -> None:
    assert len(join([said("عدد القتلى في الهجوم بلغ 30 مدنيا"), said("عدد القتلى في الهجوم بلغ 45 مدنيا")])) == 2


def test_an_entry_has_its_first_wording_and_all_its_places() -> None:
    (entry,) = join([said("الاتفاق جاهز للتوقيع قريبا", date=f"2024-05-0{day}", outlet=f"o{day}") for day in (3, 1, 2)])
    assert entry.statement.date == "2024-05-01"
    assert [place.outlet for place in entry.places] == ["o3", "o1", "o2"]


def test_a_denial_is_linked_to_what_it_answers() -> None:
    claim = said("الوزير طلب من الجيران وقف تصدير القمح", name="مصدر دبلوماسي")
    other = said("الأمطار تأخرت هذا العام في السهل", name="مصدر دبلوماسي")
    assert linked(said("طلب وقف تصدير القمح من الجيران", act="DENY"), other, claim) == [("denies", claim.id)]
    assert linked(said("طلب وقف تصدير القمح من الجيران", act="REJECT"), claim) == [("rejects", claim.id)]
    assert linked(said("طلب وقف تصدير القمح من الجيران", act="STATE"), claim) == []
    own = said("الوزير طلب من الجيران وقف تصدير القمح")
    assert linked(said("طلب وقف تصدير القمح من الجيران", act="DENY"), own) == []


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("عدد الجرحى في القطار بلغ 14 عاملا", "عدد الجرحى في القطار بلغ 9 عمال", True),
        ("حجم التبادل التجاري ارتفع بنسبة 18% خلال العام", "حجم التبادل التجاري ارتفع بنسبة ١٢٪ خلال العام", True),
        ("عدد الجرحى في القطار بلغ 14 عاملا", "عدد الجرحى في القطار بلغ ١٤ عاملا", False),
        ("عدد الجرحى في القطار بلغ 14 عاملا", "الأمطار أغرقت 9 عمال", False),
        ("الاتفاق وقع في القصر عام 2019 ميلادية", "الاتفاق وقع في القصر عام 2020 ميلادية", False),
    ],
)
def test_numbers_that_differ(one: str, other: str, apart: bool) -> None:
    second = said(other, name="ليلى الهادي")
    assert (linked(said(one), second) == [("conflict-in-number", second.id)]) is apart
    assert linked(said(one), said(other, name="ليلى الهادي", story="b")) == []


def test_an_opposite_position_comes_before_a_mere_mention() -> None:
    old = said("توسيع الشراكة مع الجيران في القمح", act="SUPPORT", date="2023-01-01")
    near = said("توسيع الشراكة مع الجيران في القمح ممكن", date="2024-04-01")
    now = said("توسيع الشراكة مع الجيران في القمح", act="REJECT", date="2024-05-02", article="x")
    assert linked(now, near, old, earlier=True) == [("earlier-position", old.id)]
    assert linked(said("الأمطار تأخرت"), near, old, earlier=True) == []


def claim(polarity: int, holder: str | None, domain: str = "economic", **more: Any) -> StoredRelation:
    record = Relation(
        f"r{polarity}{holder}", ("AAA",), ("BBB",), False, domain, polarity, more.pop("trend", None),  # type: ignore[arg-type]
        Span(0, 1, "x"), None, "test", 1.0,
    )  # fmt: skip
    chain = (Claimant(name=holder, role=None, codes=(), act="STATE", statement="s"),) if holder else ()
    place = {"article": "a", "version": 1, "title": None, "outlet": "صحيفة", "url": None, "story": "a", **more}
    return StoredRelation(id=record.id, layer="relation", date="2024-05-01", record=record, claimants=chain, **place)


def test_sources_disagree_only_where_different_claimants_do() -> None:
    assert disagreements([claim(1, "أ"), claim(-1, "أ")]) == ()
    (found,) = disagreements([claim(1, "أ"), claim(-1, "ب"), claim(0, "ج")])
    assert (found.holders_for, found.holders_against) == (("أ",), ("ب",))
    assert disagreements([claim(1, "أ"), claim(-1, "ب", domain="military")]) == ()


def test_a_good_relation_may_fall() -> None:
    (row,) = domain_rows([claim(1, "أ", trend="down"), claim(1, None), claim(0, None)])
    assert (row.positive, row.neutral, row.negative, row.down, row.up) == (2, 1, 0, 1, 0)
    first, second = holders([claim(1, None), claim(-1, None), claim(1, "أ")])
    assert (first.claims, first.positive, first.negative) == (2, 1, 1)
    assert "صحيفة" in first.name
    assert second.name == "أ"


def test_what_copies_of_a_story_say_counts_once() -> None:
    several = [claim(1, "أ"), claim(1, "أ", article="b"), claim(1, "ب"), claim(-1, "أ"), claim(1, "أ", story="c")]
    assert once(several) == [several[0], *several[2:]]
