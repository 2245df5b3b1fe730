"""Actors: mentions and entities in invented sentences."""

import pytest

from marsad.reading.actors import ActorLayer, find_actors
from marsad.text.analyse import analyse


def read(text: str) -> ActorLayer:
    return find_actors(analyse(text))


@pytest.mark.parametrize(
    ("text", "mention", "codes", "name"),
    [
        ("صرّح وزير الدفاع الفنلندي أرتو ليكونن أمس", "وزير الدفاع الفنلندي أرتو ليكونن", ("FIN",), "أرتو ليكونن"),
        ("التقى أمين عام مجلس الأمن الروسي، إيغور باتسكوف، وفدا",
         "أمين عام مجلس الأمن الروسي، إيغور باتسكوف", ("RUS",), "إيغور باتسكوف"),
        ("وقالت الحكومة السورية إنها سترد", "الحكومة السورية", ("SYR",), None),
        ("انتقدت حركة حماس القرار", "حركة حماس", ("HAMAS",), None),
        ("وافق البرلمان الأوروبي على النص", "البرلمان الأوروبي", ("EU",), None),
    ],
)  # fmt: skip
def test_mention(text: str, mention: str, codes: tuple[str, ...], name: str | None) -> None:
    layer = read(text)
    found = next(m for m in layer.mentions if text[m.start : m.end] == mention)
    assert layer.codes(found) == codes
    if name is not None:
        assert layer.entity(found).name == name


def test_surname_joins_the_person() -> None:
    text = "قال وزير الدفاع الفنلندي أرتو ليكونن إن الحدود آمنة. وأضاف ليكونن أن الجيش مستعد."
    layer = read(text)
    people = [e for e in layer.entities if e.kind == "person"]
    assert [(e.name, len(e.mentions)) for e in people] == [("أرتو ليكونن", 2)]
