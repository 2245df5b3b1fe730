"""Names behind long titles, names after «فإن», and bodies under two names."""

import pytest

from marsad.reading.actors.find import find_actors
from marsad.records import Article
from marsad.text.analyse import analyse

BEARERS = [
    ("قال عضو لجنة برلمان توران الروسية للمعلومات والاتصالات، أنطون غريشين، إن القرار صدر.", "أنطون غريشين"),
    ("أكد رئيس الحركة الإسلامية في فلسطين المحتلة عام 48 الشيخ رائد كامل أن القدس لنا.", "رائد كامل"),
]


@pytest.mark.parametrize(("text", "name"), BEARERS)
def test_the_bearer_of_a_long_title_belongs_to_it(text, name):
    layer = find_actors(analyse(text), Article(text=text))
    bearer = next(e for e in layer.entities if e.name == name)
    assert bearer.role is not None
    assert len(bearer.role.split()) > 3


def test_a_verb_between_title_and_name_parts_them():
    text = "وصل وزير الخارجية إلى موسكو، سيرغي رومانوف قال إن ذلك جيد."
    layer = find_actors(analyse(text), Article(text=text))
    assert all(e.role is None for e in layer.entities if e.name == "سيرغي رومانوف")


def test_a_conjunction_is_no_part_of_a_name():
    text = "تحدث المرشد الإيراني علي كاشاني. وحسب مراسل محلي، فإن كاشاني قال إن الحل قريب."
    layer = find_actors(analyse(text), Article(text=text))
    assert {text[m.start : m.end] for m in layer.mentions} >= {"كاشاني"}


def test_another_name_of_a_body_is_no_fuller_name():
    text = "قالت الأمم المتحدة إن الحرب انتهت. وأضافت المنظمة الدولية أن الهدنة قائمة."
    layer = find_actors(analyse(text), Article(text=text))
    assert [e.name for e in layer.entities if e.codes == ("UN",)] == ["الأمم المتحدة"]
