"""Fetching one page: redirects, size and time are bounded."""

from __future__ import annotations

from time import monotonic
from typing import NamedTuple

from marsad.errors import FetchError, TooLargeError
from marsad.version import VERSION

MAX_BYTES = 20_000_000
"""Bytes of one page or file that are taken in unless the user sets another limit."""
_REDIRECTS = 10


class Page(NamedTuple):
    """What came back: `url` after redirects, `charset` and `kind` as the server declares them."""

    data: bytes
    url: str
    charset: str | None
    kind: str


def fetch(url: str, timeout: float = 30.0, max_bytes: int = MAX_BYTES) -> Page:
    """The page at `url`, within `timeout` seconds in all.

    Raises FetchError (no such host, refused, an error status, a redirect loop, out of time) and TooLargeError.
    """
    import httpx

    deadline = monotonic() + timeout
    headers = {"User-Agent": f"marsad/{VERSION}", "Accept": "text/html,text/plain;q=0.9,*/*;q=0.5"}
    try:
        with (
            httpx.Client(follow_redirects=True, max_redirects=_REDIRECTS, timeout=timeout, headers=headers) as client,
            client.stream("GET", url) as response,
        ):
            if response.status_code >= 400:
                reason = f"{response.status_code} {response.reason_phrase}".strip()
                raise FetchError(f"{url}: the server answers {reason}")
            data = bytearray()
            for chunk in response.iter_bytes():
                data += chunk
                if len(data) > max_bytes:
                    raise TooLargeError(f"{url}: more than {max_bytes:,} bytes; raise the limit (--max-bytes)")
                if monotonic() > deadline:
                    raise httpx.ReadTimeout("")
            kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
            return Page(bytes(data), str(response.url), response.charset_encoding, kind)
    except httpx.TooManyRedirects:
        raise FetchError(f"{url}: redirects in a circle (more than {_REDIRECTS} times)") from None
    except httpx.TimeoutException:
        raise FetchError(f"{url}: no answer within {timeout:g} seconds; raise the limit (--timeout)") from None
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError) as error:
        raise FetchError(f"{url}: not an address that can be fetched ({error})") from None
    except httpx.HTTPError as error:
        raise FetchError(f"{url}: could not be fetched ({error or type(error).__name__})") from None
