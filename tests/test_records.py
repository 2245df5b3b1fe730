import msgspec

from marsad.records import Reading, Span, content_id


def test_ids_depend_on_content_alone():
    assert content_id("statement", 3, 9) == content_id("statement", 3, 9)
    assert content_id("statement", 3, 9) != content_id("statement", 39, "")
    assert content_id("event", "a")[0] == "e"


def test_a_reading_survives_json():
    reading = Reading(id="a", text_hash="0", version="0")
    assert msgspec.json.decode(msgspec.json.encode(reading), type=Reading) == reading
    assert msgspec.to_builtins(Span(start=0, end=2, quote="قا")) == {"start": 0, "end": 2, "quote": "قا"}
