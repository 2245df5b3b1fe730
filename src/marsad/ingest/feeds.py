"""RSS and Atom: from the bytes of a feed to its entries (feedparser)."""

from __future__ import annotations

import html
import re
from calendar import timegm
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

from marsad.errors import InputError, TooLargeError

MAX_ENTRIES = 1_000
"""Entries of one feed that are looked at, the first ones."""
MAX_FEED_BYTES = 10_000_000
LONG_ENOUGH = 600
"""Characters of an entry's own content from which it is taken for the whole article."""
_FEED = re.compile(rb"^\s*(?:<\?xml[^>]*\?>)?\s*(?:<!--.*?-->\s*|<\?[^>]*\?>\s*)*<(?:\w+:)?(?:rss|feed|RDF)\b", re.S)
_DEFINES = re.compile(rb"^\s*(?:<\?xml[^>]*\?>)?\s*<!DOCTYPE\s+(?!html)[^>\[]*\[", re.I)
"""XML that defines entities before anything else: `parse_feed` says what is wrong with it."""
_ENTITY = re.compile(rb"<!ENTITY", re.I)
_TAG = re.compile(r"<(?:br|/p|/div|/li|/h\d)\b[^>]*>", re.I)
_ANY_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed; `text` is its own content without tags."""

    url: str | None
    title: str | None
    date: str | None
    text: str


@dataclass(frozen=True, slots=True)
class FeedContent:
    """A feed: its name and its entries."""

    title: str | None
    entries: tuple[Entry, ...]


def looks_like_feed(data: bytes) -> bool:
    """Whether `data` begins like RSS or Atom."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf")
    return _FEED.match(head) is not None or _DEFINES.match(head) is not None


def parse_feed(data: bytes, name: str, url: str | None = None) -> FeedContent:
    """The entries of a feed.  Raises InputError where it is none, and TooLargeError where it is a bomb.

    A feed that defines entities is refused: no news feed needs them, and they can grow without bound.
    """
    if len(data) > MAX_FEED_BYTES:
        raise TooLargeError(f"{name}: the feed has more than {MAX_FEED_BYTES:,} bytes")
    if _ENTITY.search(data):
        raise InputError(f"{name}: the feed defines XML entities of its own, which is not taken in")
    if data.count(b"<item") + data.count(b"<entry") > 50 * MAX_ENTRIES:
        raise TooLargeError(f"{name}: the feed has more than {50 * MAX_ENTRIES:,} entries")
    import feedparser

    try:
        found: Any = feedparser.parse(data, sanitize_html=False)
    except Exception as error:  # the parser is lenient, and fails in many ways on what is no feed
        raise InputError(f"{name}: cannot be read as a feed ({type(error).__name__})") from None
    if not found.get("version") and not found.entries:
        raise InputError(f"{name}: not an RSS or Atom feed")
    base = url or ""
    entries = tuple(_entry(entry, base) for entry in found.entries[:MAX_ENTRIES])
    return FeedContent(_line(found.feed.get("title")), entries)


def _entry(entry: Any, base: str) -> Entry:
    contents = [part.get("value", "") for part in entry.get("content", ())] + [entry.get("summary", "")]
    text = max((_plain(content) for content in contents), key=len, default="")
    link = entry.get("link") or ""
    when = entry.get("published_parsed") or entry.get("updated_parsed")
    date = None
    if when:
        try:
            date = datetime.fromtimestamp(timegm(when), UTC).date().isoformat()
        except (ValueError, OverflowError, OSError):
            date = None
    return Entry(urljoin(base, link) if link else None, _line(entry.get("title")), date, text)


def _plain(content: str) -> str:
    """HTML of an entry as text: line ends where blocks end."""
    if "<" in content:
        content = _ANY_TAG.sub("", _TAG.sub("\n", content))
    lines = (" ".join(line.split()) for line in html.unescape(content).splitlines())
    return "\n".join(line for line in lines if line)


def _line(text: str | None) -> str | None:
    line = " ".join(html.unescape(_ANY_TAG.sub("", text or "")).split())
    return line or None
