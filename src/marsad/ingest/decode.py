"""From bytes to text: UTF-8, UTF-16, windows-1256 and ISO-8859-6, told apart without guessing by locale.

The order is fixed: byte order mark, the encoding that the source declares (where it fits), UTF-8, UTF-16
without a mark, then the one of the two Arabic single-byte encodings that gives Arabic words.
"""

from __future__ import annotations

import codecs
import re

from marsad.errors import NotTextError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SINGLE_BYTE = ("windows-1256", "iso-8859-6")
_SIGNATURES = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a zip or Office file",
    b"\x1f\x8b": "a gzip file",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"\x7fELF": "a program",
    b"SQLite format 3": "an SQLite database",
    b"PAR1": "a Parquet file",
    b"{\\rtf": "an RTF file",
}
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_ARABIC_WORD = re.compile(r"[\u0621-\u064a]{2,}")
_SAMPLE = 1 << 16


def decode(data: bytes, declared: str | None = None) -> tuple[str, list[str]]:
    """The text of `data` without its byte order mark, and warnings about what had to be mended or inferred.

    `declared` is the encoding that came with the data (an HTTP header, say); it is used only where it decodes
    every byte.  Raises NotTextError for empty and binary data, and where no encoding fits.
    """
    if not data.strip(b" \t\r\n\x0b\x0c"):
        raise NotTextError("the input is empty")
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature):
            raise NotTextError(f"the input is {what}, not text; save its text first")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _with_mark(data[len(mark) :], encoding)
    if declared:
        text = _exactly(data, declared)
        if text is not None and not _CONTROL.search(data[:_SAMPLE]):
            return text, []
    text = _exactly(data, "utf-8")
    if text is not None:
        if b"\x00" in data or len(_CONTROL.findall(data)) > len(data) // 100:
            return _with_nulls(data)
        return text, []
    if b"\x00" in data:
        return _with_nulls(data)
    return _broken_or_single_byte(data)


def _exactly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _with_mark(data: bytes, encoding: str) -> tuple[str, list[str]]:
    text = _exactly(data, encoding)
    if text is None:
        text = data.decode(encoding, "replace")
        return text, [f"{text.count(chr(0xFFFD))} places are not valid {encoding} and were replaced by U+FFFD"]
    if not text.strip():
        raise NotTextError("the input is empty")
    return text, []


def _with_nulls(data: bytes) -> tuple[str, list[str]]:
    """Data with many control bytes: UTF-16 without a mark, or binary."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _exactly(data[: len(data) // 2 * 2], encoding)
        if text and len(_ARABIC.findall(text[:_SAMPLE])) * 3 > len(text[:_SAMPLE]):
            return text, [f"the input has no encoding mark; read as {encoding}"]
    raise NotTextError("the input is binary, not text")


def _broken_or_single_byte(data: bytes) -> tuple[str, list[str]]:
    mended = data.decode("utf-8", "replace")
    broken = mended.count("\ufffd")
    if broken * 5 < len(mended) and len(_ARABIC.findall(mended[:_SAMPLE])) > broken:
        return mended, [f"{broken} places are not valid UTF-8 and were replaced by U+FFFD"]
    best, best_score = "", 0.0
    encoding = ""
    for name in _SINGLE_BYTE:
        text = data.decode(name, "replace")
        score = _arabic_score(text[:_SAMPLE])
        if score > best_score:
            best, best_score, encoding = text, score, name
    if best_score < 0.5:
        raise NotTextError(
            "the input is in none of UTF-8, UTF-16, windows-1256 and ISO-8859-6; convert it to UTF-8 first"
        )
    return best, [f"the input is not UTF-8; read as {encoding}"]


def _arabic_score(text: str) -> float:
    """How much `text` looks like Arabic: the share of Arabic letters beyond ASCII, less the undecodable, and the
    share of words that begin with the article, which a wrong single-byte table destroys."""
    beyond = [c for c in text if ord(c) > 127]
    if not beyond:
        return 0.0
    # A wrong table puts Arabic letters into Latin words: only words wholly of Arabic letters count.
    words = [word for word in re.findall(r"\w+", text) if _ARABIC_WORD.fullmatch(word)]
    letters = sum(map(len, words)) - 4 * text.count("\ufffd")
    with_article = sum("ال" in word[:4] for word in words) / max(1, len(words))
    return letters / len(beyond) + with_article
