"""Visiting web sites politely: robots.txt, a pause for each host, conditional requests, patience with failures."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx
import stamina
from protego import Protego

from marsad.errors import FetchError, InputError
from marsad.ingest.web import MAX_BYTES, REDIRECTS, Page, PassingError, take
from marsad.version import VERSION

AGENT = f"marsad/{VERSION} (news archive; reads robots.txt)"
_ROBOTS_BYTES = 500_000
_ROBOTS_AGE = 24 * 3600.0


class NotAllowedError(FetchError):
    """The site's robots.txt forbids the visit."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A page, or None where it has not changed; with the marks for the next conditional request."""

    page: Page | None
    etag: str | None = None
    modified: str | None = None


class Visitor:
    """Fetches pages one after another.  `delay` is the least pause in seconds between two requests to one host; a
    site's own Crawl-delay counts where it is longer (up to a minute).  `attempts` for one page, the first pause between
    them `patience` seconds.  `transport` and `sleep` are for tests; `obey` False leaves robots.txt unread."""

    def __init__(
        self,
        delay: float = 2.0,
        timeout: float = 30.0,
        max_bytes: int = MAX_BYTES,
        attempts: int = 3,
        patience: float = 1.0,
        sleep: Callable[[float], None] = time.sleep,
        transport: httpx.BaseTransport | None = None,
        obey: bool = True,
    ) -> None:
        self._delay, self._timeout, self._max_bytes, self._attempts = delay, timeout, max_bytes, attempts
        self._sleep, self._obey, self._patience = sleep, obey, patience
        self._client = httpx.Client(
            follow_redirects=True, max_redirects=REDIRECTS, timeout=timeout, transport=transport,
            headers={"User-Agent": AGENT, "Accept": "text/html,application/xml;q=0.9,text/plain;q=0.9,*/*;q=0.5"},
        )  # fmt: skip
        self._robots: dict[str, tuple[float, Protego]] = {}
        self._last: dict[str, float] = {}

    def get(self, url: str, etag: str | None = None, modified: str | None = None) -> Answer:
        """The page at `url`, or no page where it is as it was.

        Network failures, 429 and 5xx are tried again with growing pauses (stamina).  Raises FetchError,
        NotAllowedError and TooLargeError.
        """
        if not url.startswith(("http://", "https://")):
            raise FetchError(f"{url}: not an address that can be fetched")
        wait = self._allowed(url)
        headers = {}
        if etag:
            headers["If-None-Match"] = etag
        if modified:
            headers["If-Modified-Since"] = modified
        for attempt in stamina.retry_context(
            on=PassingError, attempts=self._attempts, timeout=self._timeout * 4, wait_initial=self._patience,
            wait_max=30.0,
        ):
            with attempt:
                self._pause(url, wait)
                return self._once(url, headers)
        raise AssertionError("unreachable")

    def _once(self, url: str, headers: dict[str, str]) -> Answer:
        page, status, marks = take(self._client, url, self._timeout, self._max_bytes, headers)
        if status == 304:
            return Answer(None, headers.get("If-None-Match"), headers.get("If-Modified-Since"))
        return Answer(page, marks.get("etag"), marks.get("last-modified"))

    def _pause(self, url: str, wait: float) -> None:
        host = urlsplit(url).netloc
        since = time.monotonic() - self._last.get(host, -1e9)
        if since < wait:
            self._sleep(wait - since)
        self._last[host] = time.monotonic()

    def _allowed(self, url: str) -> float:
        """The pause that the site wants; raises NotAllowedError."""
        if not self._obey:
            return self._delay
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        known = self._robots.get(site)
        if known is None or time.monotonic() - known[0] > _ROBOTS_AGE:
            known = time.monotonic(), self._read_robots(site, url)
            self._robots[site] = known
        rules = known[1]
        if not rules.can_fetch(url, AGENT):
            raise NotAllowedError(f"{url}: the site's robots.txt does not allow it")
        wanted: Any = rules.crawl_delay(AGENT)
        return max(self._delay, min(float(wanted or 0), 60.0))

    def _read_robots(self, site: str, url: str) -> Protego:
        """The site's rules; none where it has none, everything forbidden where the server fails (RFC 9309)."""
        self._pause(site, self._delay)
        address = f"{site}/robots.txt"
        try:
            page, status, _ = take(self._client, address, self._timeout, _ROBOTS_BYTES, {}, any_status=True)
        except InputError as error:
            reason = str(error).removeprefix(f"{address}: ")
            raise FetchError(f"{url}: {reason}, asked for the site's robots.txt") from None
        if status >= 500:
            return Protego.parse("User-agent: *\nDisallow: /")
        return Protego.parse(page.data.decode("utf-8", "replace") if status < 400 else "")

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def __enter__(self) -> Visitor:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
