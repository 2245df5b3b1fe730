"""Actors on invented people, states' adjectives and institutions: mentions, names, codes, entities."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.reading.actors.find import ActorLayer, find_actors
from marsad.text.analyse import analyse


def read(text: str) -> ActorLayer:
    return find_actors(analyse(text))


def quotes(layer: ActorLayer) -> list[str]:
    return [layer.document.text[mention.start : mention.end] for mention in layer.mentions]


PEOPLE = [
    # text, mention, name, role, codes; why
    (
        "صرّح وزير الدفاع الفنلندي أرتو ليكونن أمس",  # a name that no list knows after a closed title
        "وزير الدفاع الفنلندي أرتو ليكونن", "أرتو ليكونن", "وزير الدفاع الفنلندي", ("FIN",),
    ),
    (
        "التقى أمين عام مجلس الأمن الروسي، إيغور باتسكوف، وفدا",  # a name after a comma; a body with a nationality
        "أمين عام مجلس الأمن الروسي، إيغور باتسكوف", "إيغور باتسكوف", "أمين عام مجلس الأمن الروسي", ("RUS",),
    ),
    (
        "قال سيرغي باتسكوف وزير النقل الروسي إن الجسر آمن",  # the name first
        "سيرغي باتسكوف وزير النقل الروسي", "سيرغي باتسكوف", "وزير النقل الروسي", ("RUS",),
    ),
    (
        "قال سالم النجار، وزير الطاقة العماني، إن الإنتاج ثابت",  # the name first, role between commas
        "سالم النجار، وزير الطاقة العماني", "سالم النجار", "وزير الطاقة العماني", ("OMN",),
    ),
    (
        "أكد أمير دولة قطر الشيخ راشد بن حمد آل ناصر أن الحوار مستمر",  # honorific is no part of the name
        "أمير دولة قطر الشيخ راشد بن حمد آل ناصر", "راشد بن حمد آل ناصر", "أمير دولة قطر", ("QAT",),
    ),
    (
        "قال الخبير العسكري أناتولي فيدوركين إن الوضع هادئ",  # an expert without a state
        "الخبير العسكري أناتولي فيدوركين", "أناتولي فيدوركين", "الخبير العسكري", (),
    ),
    (
        "قال المتحدث باسم وزارة الخارجية النرويجية أولاف ستينسن إن البلاد محايدة",
        "المتحدث باسم وزارة الخارجية النرويجية أولاف ستينسن", "أولاف ستينسن",
        "المتحدث باسم وزارة الخارجية النرويجية", ("NOR",),
    ),
    (
        "قال مبعوث الأمم المتحدة إلى السويد لارس هانسن إن المحادثات بدأت",  # where an envoy goes is no affiliation
        "مبعوث الأمم المتحدة إلى السويد لارس هانسن", "لارس هانسن", "مبعوث الأمم المتحدة إلى السويد", ("UN",),
    ),
    (
        "قال الأمين العام للأمم المتحدة ماريو بلانكو إن الوقت ضيق",
        "الأمين العام للأمم المتحدة ماريو بلانكو", "ماريو بلانكو", "الأمين العام للأمم المتحدة", ("UN",),
    ),
    (
        "قالت وزيرة الخزانة الدنماركية جانيت يلسن إن الأسعار مستقرة",
        "وزيرة الخزانة الدنماركية جانيت يلسن", "جانيت يلسن", "وزيرة الخزانة الدنماركية", ("DNK",),
    ),
    (
        "قال السفير الفنلندي لدى النرويج، يوهانس ميكولا، إن الحدود مفتوحة",
        "السفير الفنلندي لدى النرويج، يوهانس ميكولا", "يوهانس ميكولا", "السفير الفنلندي لدى النرويج", ("FIN",),
    ),
    (
        "قال ناصر الحلبي -وهو متحدث باسم القوات الفنلندية- إن المعبر أغلق",  # a copula between dashes
        "ناصر الحلبي -وهو متحدث باسم القوات الفنلندية-", "ناصر الحلبي", "متحدث باسم القوات الفنلندية", ("FIN",),
    ),
    (
        "قال ميرتشا بوغدانيسكو نائب الأمين العام لحلف شمال الأطلسي إن التدريب بدأ",  # two unknown words and a title
        "ميرتشا بوغدانيسكو نائب الأمين العام لحلف شمال الأطلسي", "ميرتشا بوغدانيسكو",
        "نائب الأمين العام لحلف شمال الأطلسي", ("NATO",),
    ),
    (
        "قال زعيم حزب النجمة الزرقاء خوسيه كاستانيو إنه سيترشح",
        "زعيم حزب النجمة الزرقاء خوسيه كاستانيو", "خوسيه كاستانيو", "زعيم حزب النجمة الزرقاء", (),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "mention", "name", "role", "codes"), PEOPLE)
def test_person(text: str, mention: str, name: str, role: str, codes: tuple[str, ...]) -> None:
    layer = read(text)
    found = next((m for m in layer.mentions if m.kind == "person"), None)
    assert found is not None, quotes(layer)
    entity = layer.entity(found)
    assert text[found.start : found.end] == mention
    assert (entity.name, entity.role) == (name, role)
    if codes:
        assert entity.codes == codes


@pytest.mark.parametrize("code", ["FIN", "NOR", "EGY", "CHL"])
@pytest.mark.parametrize("title", ["وزير الخارجية", "رئيس الوزراء", "رئيس البرلمان", "مندوب", "قائد الجيش"])
def test_any_title_with_any_state(code: str, title: str) -> None:
    adjective = {"FIN": "الفنلندي", "NOR": "النرويجي", "EGY": "المصري", "CHL": "التشيلي"}[code]
    head = "المندوب" if title == "مندوب" else title
    text = f"قال {head} {adjective} يوهان بلاتنر إن الاتفاق قريب. وأضاف بلاتنر أن التوقيع غدا."
    layer = read(text)
    people = [entity for entity in layer.entities if entity.kind == "person"]
    assert [(e.name, e.codes, len(e.mentions)) for e in people] == [("يوهان بلاتنر", (code,), 2)]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("قال وزير الدفاع الفنلندي أرتو ليكونن إن الحدود آمنة. وأضاف الوزير أن الجيش مستعد.", "أرتو", "الوزير"),
        ("قال وزير الدفاع الفنلندي أرتو ليكونن إن الحدود آمنة. ولفت وزير الدفاع إلى ذلك.", "أرتو", "وزير الدفاع إلى"),
        ("قال الخبير العسكري أناتولي فيدوركين إن الوضع هادئ. وبرأي الخبير فإن الحل قريب.", "أناتولي", "الخبير فإن"),
        ("أعلنت منظمة شنغهاي للتعاون موقفها. وأضافت المنظمة أنها ستجتمع.", "منظمة شنغهاي", "المنظمة أنها"),
        ("أعلنت وزارة الخارجية الفنلندية موقفها. وأضافت الوزارة أنها ستجتمع.", "وزارة", "الوزارة"),
        ("نشرت صحيفة «نجمة الشمال» الفنلندية تقريرا. وأضافت الصحيفة أن الخبر صحيح.", "نجمة الشمال", "الصحيفة أن"),
        ("قال مصدر أمني فنلندي إن التحقيق بدأ. وأضاف المصدر أن النتائج قريبة.", "مصدر أمني", "المصدر أن"),
        ("أعلنت طهران موقفها. وقالت إيران إنها باقية.", "طهران", "إيران"),
        ("قال وزير الدفاع الفنلندي أرتو ليكونن إنه باق. ووصل ليكونين إلى العاصمة.", "أرتو", "ليكونين"),
    ],
)
def test_one_entity(text: str, first: str, second: str) -> None:
    layer = read(text)
    one = next(m for m in layer.mentions if m.start <= text.index(first) < m.end)
    other = next(m for m in layer.mentions if m.start <= text.rindex(second) < m.end)
    assert one.entity == other.entity, [layer.entity(m).name for m in layer.mentions]


@pytest.mark.parametrize(
    ("text", "words", "codes"),
    [
        ("اجتمعت فنلندا والنرويج أمس. واتفق البلدان على ذلك.", "البلدان", ("FIN", "NOR")),
        ("بحثت هلسنكي مع أوسلو الملف. وأكد الجانبان استمرار الحوار.", "الجانبان", ("FIN", "NOR")),
        ("قال الرئيس الفنلندي يوهان بلاتنر إن بلاده ستبقى محايدة", "بلاده", ("FIN",)),
        ("أعلنت الحكومة الفنلندية موقفها. وقال رئيس الوزراء إنه باق.", "رئيس الوزراء", ("FIN",)),
        ("قال قائد حركة حماس إنه باق. وأضاف متحدث باسم الحركة ذلك.", "متحدث باسم الحركة", ("HAMAS",)),
    ],
)
def test_codes_by_context(text: str, words: str, codes: tuple[str, ...]) -> None:
    layer = read(text)
    mention = next(m for m in layer.mentions if text[m.start : m.end] == words)
    assert layer.entity(mention).codes == codes


def test_clitics_are_outside_the_span() -> None:
    text = "وسلم الوفد رسالة لوزير الخارجية الفنلندي وللأمم المتحدة وبالنرويج"
    layer = read(text)
    assert quotes(layer)[-2:] == ["لأمم المتحدة", "النرويج"]


def test_coordinated_speakers() -> None:
    text = "أعلنت الحكومة الفنلندية والجيش النرويجي والأمم المتحدة ذلك"
    layer = read(text)
    assert [layer.codes(m) for m in layer.coordinated(layer.mentions[0])] == [("FIN",), ("NOR",), ("UN",)]


def test_salience_and_agreement() -> None:
    text = "قالت وزيرة العدل الفنلندية آن ليندكفست للوزير النرويجي يوهان بلاتنر إن القانون واضح. وأضافت أنها ستعود."
    layer = read(text)
    position = next(t.index for t in layer.document.tokens if t.norm == "واضافت")
    woman, man = layer.resolve(position, "f", "s"), layer.resolve(position, "m", "s")
    assert woman is not None
    assert man is not None
    assert (woman.name, man.name) == ("آن ليندكفست", "يوهان بلاتنر")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("قال مصدر دبلوماسي إن الحل قريب", "unnamed"),
        ("قال دبلوماسي فنلندي إن الحل قريب", "unnamed"),
        ("قالت وزارة الخارجية الفنلندية إن الحل قريب", "institution"),
        ("قالت هلسنكي إن الحل قريب", "state"),
        ("ذكرت صحيفة «نجمة الشمال» أن الحل قريب", "outlet"),
        ("ذكر تقرير للأمم المتحدة أن الحل قريب", "document"),
        ("قال وزير الخارجية الفنلندي إن الحل قريب", "office"),
        ("قال الفنلنديون إن الحل قريب", "collective"),
    ],
)
def test_speaker_kind(text: str, kind: str) -> None:
    layer = read(text)
    assert layer.speaker_kind(layer.entity(layer.mentions[0])) == kind


@pytest.mark.parametrize(
    ("text", "quote", "country", "located"),
    [
        ("وقع الانفجار في مدينة حلب السورية", "مدينة حلب السورية", "SYR", True),
        ("وقع الانفجار في هلسنكي", "هلسنكي", "FIN", True),
        ("وقع الانفجار في فنلندا", "فنلندا", "FIN", False),
        ("وقع الانفجار في قطاع غزة", "قطاع غزة", "PSE", False),
        ("وقع الانفجار في مدينة الباب شرقا", "مدينة الباب", "SYR", True),
    ],
)
def test_place(text: str, quote: str, country: str, located: bool) -> None:
    layer = read(text)
    place = layer.place(layer.mentions[-1])
    assert place is not None
    assert (place.span.quote, place.country, place.latitude is not None) == (quote, country, located)


@given(st.text("والبرلمان الفنلندي، «حماس» (وزير) قال بن - 12\nة", max_size=80))
def test_any_text(text: str) -> None:
    layer = read(text)
    last = 0
    for number, mention in enumerate(layer.mentions):
        assert mention.index == number
        assert last <= mention.first < mention.last
        assert 0 <= mention.start < mention.end <= len(text)
        assert number in layer.entity(mention).mentions
        last = mention.last
    assert len(layer.actors()) == len(layer.entities)
    for record in layer.records():
        assert text[record.span.start : record.span.end] == record.span.quote
