"""Bytes to text: every encoding that Arabic files come in, and what is not text."""

from __future__ import annotations

import codecs
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import InputError, NotTextError
from marsad.ingest.decode import decode

TEXT = "قال وزير الخارجية إن المحادثات مستمرة، وأضاف أن الاتفاق قريب.\n" * 3


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (TEXT.encode(), ""),
        (codecs.BOM_UTF8 + TEXT.encode(), ""),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), ""),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), ""),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), ""),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("windows-1256"), "windows-1256"),
        (TEXT.encode("iso-8859-6"), "iso-8859-6"),
    ],
)
def test_encodings(data, told):
    text, warnings = decode(data)
    assert text == TEXT
    assert told in " ".join(warnings)
    assert bool(warnings) == bool(told)


def test_the_declared_encoding_is_used_where_it_fits():
    assert decode(TEXT.encode("windows-1256"), "windows-1256") == (TEXT, [])
    assert decode(TEXT.encode(), "windows-1256-with-a-typo") == (TEXT, [])
    assert decode(TEXT.encode(), "ascii") == (TEXT, [])


def test_line_ends_and_spaces_are_kept():
    text = " قال\r\nالوزير\u00a0إن "
    assert decode(text.encode())[0] == text


def test_broken_utf8_is_mended_and_told():
    data = TEXT.encode()
    text, warnings = decode(data[:20] + b"\xff" + data[20:101])
    assert "\ufffd" in text
    assert "not valid UTF-8" in warnings[0]


@pytest.mark.parametrize("data", [b"", b"  \n\t ", codecs.BOM_UTF8, codecs.BOM_UTF16_LE + b" \x00"])
def test_empty(data):
    with pytest.raises(NotTextError, match="empty"):
        decode(data)


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 8,
        b"\x7fELF\x02\x01\x01" + bytes(90),
        b"\x89PNG\r\n\x1a\n" + bytes(90),
        b"%PDF-1.7 ...",
        gzip.compress(TEXT.encode()),
        b"\x00" * 500,
        "naïve café, déjà vu à la façade".encode("latin-1"),
    ],
)
def test_what_is_no_arabic_text(data):
    with pytest.raises(NotTextError):
        decode(data)


@given(st.binary(max_size=400))
def test_any_bytes_decode_or_are_refused(data):
    try:
        text, warnings = decode(data)
    except InputError:
        return
    assert isinstance(text, str)
    assert all(isinstance(w, str) for w in warnings)
