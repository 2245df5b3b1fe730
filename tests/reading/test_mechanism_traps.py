"""Sentences that tempt a reader of causes and effects into a wrong one; each case says why it is here."""

from __future__ import annotations

import pytest

import marsad
from marsad.records import Mechanism

READ: list[tuple[str, str, str, str, int, str]] = [
    # why, text, words of the cause, words of the effect, sign, claim
    ("easing an impact lowers it, though the verb helps",
     "قال الخبير إن القروض أسهمت في تخفيف آثار الحصار على فلوريا.", "القروض", "آثار الحصار", -1, "asserts"),
    ("an impact that is worsened is no easing",
     "قال الخبير إن الجفاف أدى إلى تفاقم أزمة الغذاء في زاريا.", "الجفاف", "أزمة الغذاء", 1, "asserts"),
    ("lowering what is lowered already",
     "أرسلت زاريا سفنها لمنع تهريب السلاح إلى الجزيرة.", "أرسلت زاريا سفنها", "تهريب السلاح", -1, "asserts"),
    ("a denied effect must not come out as claimed",
     "قال الوزير إن العقوبات لن تؤدي إلى انهيار الاقتصاد.", "العقوبات", "انهيار الاقتصاد", 1, "denies"),
    ("a denial before a verb of thinking reaches the clause inside",
     "قال الوزير: لا أعتقد أن العقوبات ستؤدي إلى انهيار الاقتصاد.", "العقوبات", "انهيار الاقتصاد", 1, "denies"),
    ("«not only» asserts",
     "قال الوزير إن القرار لن يؤدي إلا إلى مزيد من التوتر.", "القرار", "مزيد من التوتر", 1, "asserts"),
    ("a concession is no cause of what happened all the same",
     "رغم توقف المحادثات، بقيت الهدنة قائمة في الشمال.", "توقف المحادثات", "بقيت الهدنة", -1, "concedes"),
    ("a concession at the end",
     "واصلت المصانع إنتاجها رغم الحصار المفروض على المدينة.", "الحصار", "واصلت المصانع", -1, "concedes"),
    ("purpose is not result: tier and modality say so",
     "نشرت زاريا قواتها بهدف حماية الممر.", "نشرت زاريا قواتها", "حماية الممر", 1, "asserts"),
    ("a link that joins a verb of its own sign",
     "أغلقت فلوريا المضيق، مما يمنع وصول القوافل إلى الجزيرة.", "أغلقت فلوريا المضيق", "وصول القوافل", -1, "asserts"),
    ("what lies between may be hoped for only",
     "قال الخبير إن الخطوة من شأنها أن تشعل المنطقة.", "الخطوة", "المنطقة", 1, "asserts"),
    ("the cause stands after the effect",
     "توقفت رحلات العبارات بسبب العاصفة.", "العاصفة", "توقفت رحلات العبارات", 1, "asserts"),
    ("the cause stands before the effect, after the same word",
     "بسبب العاصفة، توقفت رحلات العبارات بين الجزيرتين.", "العاصفة", "توقفت رحلات العبارات", 1, "asserts"),
]  # fmt: skip

ABSENT: list[tuple[str, str]] = [
    ("a functional modifier is no purpose", "زار الوفد محطة لتوليد الكهرباء."),
    ("a date after a word of cause", "وصل الوفد بعد يومين."),
    ("«take shape» is no cause", "شكل الرئيس حكومة جديدة."),
    ("figurative words of violence", "هز الوزير رأسه."),
]


def _show(mechanisms: tuple[Mechanism, ...]) -> list[tuple[str, str, int, str]]:
    return [(m.cause.quote, m.effect.quote, m.sign, m.claim) for m in mechanisms]


@pytest.mark.parametrize(("why", "text", "cause", "effect", "sign", "claim"), READ, ids=lambda v: str(v)[:40])
def test_what_is_claimed(why: str, text: str, cause: str, effect: str, sign: int, claim: str) -> None:
    found = marsad.read(text).mechanisms
    fitting = [m for m in found if cause in m.cause.quote and effect in m.effect.quote]
    assert [(m.sign, m.claim) for m in fitting] == [(sign, claim)], (why, _show(found))


@pytest.mark.parametrize(("why", "text"), ABSENT, ids=lambda v: str(v)[:40])
def test_what_is_not_claimed(why: str, text: str) -> None:
    assert _show(marsad.read(text).mechanisms) == [], why


def test_a_wall_of_concession_ends_a_cause() -> None:
    text = "توثقت العلاقات بين زاريا وفلوريا بسبب الأزمة، رغم أن زاريا تتوخى الحذر."
    assert all("رغم" not in m.cause.quote + m.effect.quote for m in marsad.read(text).mechanisms)


def test_effects_that_a_comma_parts_are_two() -> None:
    text = "أرسلت زاريا وفدا إلى العاصمة لبحث ترسيم الحدود، وتعزيز التعاون التجاري بين البلدين."
    found = [m.effect.quote for m in marsad.read(text).mechanisms if m.tier == "purpose"]
    assert found == ["بحث ترسيم الحدود", "تعزيز التعاون التجاري بين البلدين"]


def test_a_chain_across_two_sentences_points_back() -> None:
    text = "أغلقت فلوريا الممر المائي أمام السفن. وأدى ذلك إلى ارتفاع أسعار الوقود."
    found = [m for m in marsad.read(text).mechanisms if "ارتفاع" in m.effect.quote]
    assert [(m.cause.quote, m.cause_antecedent is not None) for m in found] == [("ذلك", True)]


def test_a_belief_inside_a_statement_has_both_holders() -> None:
    text = "قال الخبير مازن الريس إن فيجي تخشى أن تؤدي الأزمة إلى عزلتها."
    reading = marsad.read(text)
    (found,) = reading.mechanisms
    by_id = {statement.id: statement for statement in reading.statements}
    chain, at = list(found.holders), found.statement
    while at is not None:
        chain.insert(0, by_id[at].speaker.name or "")
        at = by_id[at].parent
    assert chain == ["مازن الريس", "فيجي"]


def test_a_sentence_that_goes_on_is_marked() -> None:
    text = "قال الخبير مازن الريس إن زاريا تدعم جارتها. في المقابل، أسهم ذلك في تخفيف الأزمة."
    found = [m for m in marsad.read(text).mechanisms if "الأزمة" in m.effect.quote]
    assert [(m.statement, m.continuation) for m in found] == [(None, True)]
