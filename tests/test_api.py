"""The Python door: marsad.read."""

from __future__ import annotations

import msgspec
import pytest

import marsad
from marsad.errors import InputError, NotArabicError, NotTextError, TooLargeError
from marsad.records import Reading

TEXT = "قال وزير الخارجية أمس إن المحادثات مستمرة."


def test_public_names():
    names = ["Article", "CausalMap", "Reading", "__version__", "causal_map", "open_archive", "read", "whatif"]
    assert marsad.__all__ == names


def test_read_gives_a_reading():
    reading = marsad.read(TEXT, id="a", date="2025-03-12", title="عنوان", outlet="وكالة", url="https://example.org")
    assert isinstance(reading, Reading)
    assert (reading.id, reading.date, reading.title) == ("a", "2025-03-12", "عنوان")
    assert reading.statements[0].content[0].quote == "المحادثات مستمرة"
    assert reading.times[0].value == "2025-03-11"
    assert msgspec.json.decode(msgspec.json.encode(reading), type=Reading).statements == reading.statements


def test_a_notebook_shows_it():
    html = marsad.read(TEXT)._repr_html_()
    assert html.startswith("<iframe")
    assert "<script" not in html
    assert "المحادثات" in html
    assert html.count('"') == html.count('="') * 2


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", NotTextError),
        (" \n\t", NotTextError),
        ("\x00\x01\x02" * 50, NotTextError),
        ("The minister said that talks continue.", NotArabicError),
        ("12345 67", NotArabicError),
        ("سلام " * 300_000, TooLargeError),
    ],
)
def test_what_cannot_be_read(text, error):
    with pytest.raises(error):
        marsad.read(text)


def test_limit_is_the_callers():
    with pytest.raises(TooLargeError, match="10"):
        marsad.read(TEXT, max_chars=10)


def test_lone_surrogates_are_told_and_offsets_stay():
    reading = marsad.read("قال الوزير\ud800 إن المحادثات مستمرة.")
    assert "surrogate" in reading.warnings[0]
    assert len(reading.text) == 32
    msgspec.json.encode(reading)


@pytest.mark.parametrize("date", ["yesterday", "2025-13-01", "12/3/2025"])
def test_a_date_that_is_none_is_told(date):
    assert "ISO 8601" in marsad.read(TEXT, date=date).warnings[0]


def test_errors_have_one_root():
    assert issubclass(InputError, marsad.errors.MarsadError)
