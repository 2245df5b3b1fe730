"""From an HTML page to an article: title, date, outlet and text without the boilerplate (trafilatura)."""

from __future__ import annotations

import logging
import re
import warnings
from typing import Any

from marsad.errors import FetchError
from marsad.records import Article

_HTML = re.compile(rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_MIN_CHARS = 80


def looks_like_html(data: bytes) -> bool:
    """Whether `data` begins like an HTML page."""
    return _HTML.match(data.lstrip(b"\xef\xbb\xbf")[:4096]) is not None


def declared_charset(data: bytes) -> str | None:
    """The encoding that the page's own `<meta>` names, or None."""
    match = _META_CHARSET.search(data[:4096])
    return match[1].decode("ascii", "replace").lower() if match else None


def extract_article(html: str, url: str | None = None) -> Article:
    """The article of a page.  Raises FetchError when the page holds none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # urllib3 misses an extra that is never used here
        import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    document: Any
    try:
        document = trafilatura.bare_extraction(
            html, url=url, include_comments=False, include_tables=False, favor_precision=True, with_metadata=True
        )
    except (ValueError, RecursionError, AssertionError):
        document = None
    text = (document.text or "") if document is not None else ""
    if document is None or len(text.strip()) < _MIN_CHARS:
        raise FetchError(f"{url or 'the page'}: no article found on it; save the article's text and read that")
    return Article(
        text=text, title=document.title or None, date=document.date or None, outlet=document.sitename or None, url=url
    )
