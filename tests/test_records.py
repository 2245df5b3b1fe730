import msgspec

from marsad.records import Actor, Reading, Span, content_id, unique


def test_ids_depend_on_content_alone():
    assert content_id("statement", 3, 9) == content_id("statement", 3, 9)
    assert content_id("statement", 3, 9) != content_id("statement", 39, "")
    assert content_id("event", "a")[0] == "e"


def test_a_reading_survives_json():
    reading = Reading(id="a", text_hash="0", version="0")
    assert msgspec.json.decode(msgspec.json.encode(reading), type=Reading) == reading
    assert msgspec.to_builtins(Span(start=0, end=2, quote="قا")) == {"start": 0, "end": 2, "quote": "قا"}


def test_of_records_with_one_id_the_first_is_kept():
    first, second = Actor(id="x", name="أ", kind="state"), Actor(id="x", name="ب", kind="state")
    other = Actor(id="y", name="ج", kind="state")
    assert unique([first, other, second]) == (first, other)
