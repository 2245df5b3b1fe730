"""One article from FILE, URL or standard input (`-`)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

import msgspec

from marsad import examples
from marsad.errors import InputError, NotTextError, TooLargeError
from marsad.ingest.checks import MAX_CHARS, check_article, check_date
from marsad.ingest.decode import decode
from marsad.ingest.web import MAX_BYTES, fetch
from marsad.records import Article

_NO_DATE = "the page gives no date; relative times stay open (--date sets it)"


class Loaded(NamedTuple):
    """An article that can be read, and what had to be mended or inferred on the way."""

    article: Article
    warnings: list[str]

    def told(self, **known: str | None) -> Loaded:
        """The same with what the user knows better (`id`, `title`, `date`, `outlet`); None says nothing.

        Raises InputError for a date that is none.
        """
        known = {name: value for name, value in known.items() if value is not None}
        if "date" in known:
            known["date"], faults = check_date(known["date"])
            if faults:
                raise InputError(faults[0])
        article = msgspec.structs.replace(self.article, **known)
        return Loaded(article, [w for w in self.warnings if w != _NO_DATE or "date" not in known])


def load_example() -> Loaded:
    """The project's own example article."""
    return Loaded(examples.load(), [])


def load(source: str, *, max_chars: int = MAX_CHARS, max_bytes: int = MAX_BYTES, timeout: float = 30.0) -> Loaded:
    """The article at `source`: a path, an http(s) address, or `-`.

    HTML pages give their article with title, date and outlet; everything else is taken as plain text as it is.
    Raises InputError and its kinds; never OSError.
    """
    charset, kind, url = None, "", None
    if source.startswith(("http://", "https://")):
        data, url, charset, kind = fetch(source, timeout, max_bytes)
    elif source == "-":
        data = sys.stdin.buffer.read(max_bytes + 1)
    else:
        data = _read_file(Path(source), max_bytes)
    if len(data) > max_bytes:
        raise TooLargeError(f"{source}: more than {max_bytes:,} bytes; raise the limit (--max-bytes)")
    name = "standard input" if source == "-" else source
    try:
        return from_bytes(data, name, charset, kind, url, max_chars)
    except InputError as error:
        if name in str(error):
            raise
        raise type(error)(f"{name}: {error}") from None


def load_address(
    url: str, *, public_only: bool = True, max_chars: int = MAX_CHARS, max_bytes: int = MAX_BYTES, timeout: float = 30.0
) -> Loaded:
    """The article at an address that somebody else gave: never a file, and with `public_only` never this machine or a
    private network.  Raises InputError and its kinds."""
    from marsad.ingest.public import PublicOnly, check_address

    address = check_address(url)
    data, final, charset, kind = fetch(address, timeout, max_bytes, PublicOnly() if public_only else None)
    return from_bytes(data, address, charset, kind, final, max_chars)


def _read_file(path: Path, max_bytes: int) -> bytes:
    try:
        if path.is_dir():
            raise NotTextError(f"{path}: a folder; name a file, an address or -")
        with path.open("rb") as file:
            return file.read(max_bytes + 1)
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: cannot be opened ({reason})") from None


def from_bytes(
    data: bytes, name: str, charset: str | None = None, kind: str = "", url: str | None = None,
    max_chars: int = MAX_CHARS,
) -> Loaded:  # fmt: skip
    """The article in `data`, which `name` names in messages.  Raises InputError and its kinds."""
    from marsad.ingest.page import declared_charset, extract_article, looks_like_html

    if kind in ("text/html", "application/xhtml+xml") or looks_like_html(data):
        html, warnings = decode(data, charset or declared_charset(data))
        article = extract_article(html, url or (name if name.startswith("http") else None))
        if article.date is None:
            warnings.append(_NO_DATE)
    else:
        text, warnings = decode(data, charset)
        article = Article(text=text, url=url)
    article, more = check_article(article, max_chars)
    return Loaded(article, warnings + more)
