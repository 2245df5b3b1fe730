"""Is this a text that can be read?  One check for every way in: files, addresses, lines of JSON, Python."""

from __future__ import annotations

import datetime
import re

import msgspec

from marsad.errors import NotArabicError, NotTextError, TooLargeError
from marsad.records import Article

MAX_CHARS = 1_000_000
"""Characters of one article that are read unless the user sets another limit: some five hundred pages."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_BIDI = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_LETTER = re.compile(r"[^\W\d_]")
_ARABIC = re.compile(r"[\u0621-\u064a\u0671-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
_NOT_ARABIC_LANGUAGE = re.compile(r"[پچژگکیےںٹڈڑہھۆێڵڕۇۈ]")
_SAMPLE = 200_000


def check_text(text: str, max_chars: int = MAX_CHARS) -> tuple[str, list[str]]:
    """The text as it will be read, and warnings.

    The text comes back as it was given, but for lone surrogates, which no file can hold: each becomes U+FFFD, so
    offsets stay.  Raises NotTextError (empty or full of NUL), TooLargeError (more than `max_chars` code points) and
    NotArabicError (less than a tenth of the letters are Arabic).
    """
    if not text.strip():
        raise NotTextError("the input is empty")
    if len(text) > max_chars:
        raise TooLargeError(
            f"the input has {len(text):,} characters, the limit is {max_chars:,}; "
            "split it into articles, or raise the limit (--max-chars)"
        )
    warnings = []
    if _SURROGATE.search(text):
        text, count = _SURROGATE.subn("\ufffd", text)
        warnings.append(f"{count} lone surrogates were replaced by U+FFFD")
    sample = text[:_SAMPLE]
    if sample.count("\x00") * 100 > len(sample):
        raise NotTextError("the input is binary, not text")
    letters = len(_LETTER.findall(sample))
    arabic = len(_ARABIC.findall(sample))
    if arabic * 10 < letters or not arabic:
        raise NotArabicError("hardly any of the input is in Arabic letters")
    if arabic * 2 < letters:
        warnings.append("less than half of the letters are Arabic; only the Arabic parts are read well")
    if len(_NOT_ARABIC_LANGUAGE.findall(sample)) * 20 > arabic:
        warnings.append("the text looks Persian, Urdu or Kurdish rather than Arabic")
    controls = len(_BIDI.findall(text))
    if controls:
        warnings.append(f"the text holds {controls} invisible direction marks; they are kept and never shown")
    return text, warnings


_NEVER_ARABIC = re.compile("[پچژگےںٹڈڑہھۆێڵڕۇۈ]")
_WITH_ARTICLE = re.compile(r"\b[وفبكل]?ال\w")
_WORD = re.compile(r"\w+")


def check_language(text: str) -> None:
    """Raises NotArabicError for a text in Arabic letters that is Persian, Urdu, Kurdish or Uyghur: it has letters that
    Arabic has not (beyond ک and ی, which some Arabic keyboards write), and hardly a word with the article."""
    sample = text[:_SAMPLE]
    arabic = len(_ARABIC.findall(sample))
    if len(_NEVER_ARABIC.findall(sample)) * 67 > arabic:
        words = len(_WORD.findall(sample))
        if len(_WITH_ARTICLE.findall(sample)) * 12 < words:
            raise NotArabicError("the text is in Arabic letters, but not in Arabic (Persian, Urdu, Kurdish or another)")


_DATE = re.compile(r"\s*(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:[T ].*)?\s*", re.S)


def check_date(date: str | None) -> tuple[str | None, list[str]]:
    """An article's date as a day, month or year in ISO 8601, and a warning where it cannot be one.

    A time of day is dropped.
    """
    if not date:
        return None, []
    match = _DATE.fullmatch(date)
    if match:
        parts = [int(part) for part in match[1].split("-")]
        try:
            datetime.date(*[*parts, 1, 1][:3])
        except ValueError:
            match = None
    if not match:
        return None, [f"the date {date[:40]!r} is not ISO 8601 (2024-05-31); relative times stay open"]
    return match[1], []


def check_article(article: Article, max_chars: int = MAX_CHARS) -> tuple[Article, list[str]]:
    """The article as it will be read, and warnings: `check_text` and `check_date` in one, with their errors."""
    text, warnings = check_text(article.text, max_chars)
    date, more = check_date(article.date)
    return msgspec.structs.replace(article, text=text, date=date), warnings + more
