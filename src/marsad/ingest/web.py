"""Fetching one page: redirects, size and time are bounded."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from marsad.errors import FetchError, TooLargeError
from marsad.version import VERSION

if TYPE_CHECKING:
    import httpx

MAX_BYTES = 20_000_000
"""Bytes of one page or file that are taken in unless the user sets another limit."""
REDIRECTS = 10


class Page(NamedTuple):
    """What came back: `url` after redirects, `charset` and `kind` as the server declares them."""

    data: bytes
    url: str
    charset: str | None
    kind: str


class PassingError(FetchError):
    """A page could not be fetched for a reason that may pass: no connection, no answer, 429, a server error."""


def fetch(
    url: str, timeout: float = 30.0, max_bytes: int = MAX_BYTES, transport: httpx.BaseTransport | None = None
) -> Page:
    """The page at `url`, within `timeout` seconds in all; `transport` may say where to go (`public.PublicOnly`).

    Raises FetchError (no such host, refused, an error status, a redirect loop, out of time) and TooLargeError.
    """
    import httpx

    headers = {"User-Agent": f"marsad/{VERSION}", "Accept": "text/html,text/plain;q=0.9,*/*;q=0.5"}
    with httpx.Client(
        follow_redirects=True, max_redirects=REDIRECTS, timeout=timeout, headers=headers, transport=transport
    ) as client:
        return take(client, url, timeout, max_bytes, {})[0]


def take(
    client: httpx.Client, url: str, timeout: float, max_bytes: int, headers: dict[str, str], any_status: bool = False
) -> tuple[Page, int, dict[str, str]]:
    """The page, its status and the answer's headers, for a client with its own agent and redirect limit.

    Raises as `fetch`; a failure that may pass is a PassingError.  With `any_status` an error page is an answer too.
    """
    import httpx

    deadline = monotonic() + timeout
    try:
        with client.stream("GET", url, headers=headers) as response:
            status = response.status_code
            if status >= 400 and not any_status:
                kind_of = PassingError if status in (408, 425, 429) or status >= 500 else FetchError
                raise kind_of(f"{url}: the server answers {f'{status} {response.reason_phrase}'.strip()}")
            data = bytearray()
            for chunk in response.iter_bytes():
                data += chunk
                if len(data) > max_bytes:
                    raise TooLargeError(f"{url}: more than {max_bytes:,} bytes; raise the limit (--max-bytes)")
                if monotonic() > deadline:
                    raise httpx.ReadTimeout("")
            kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
            marks = {name: response.headers[name] for name in ("etag", "last-modified") if name in response.headers}
            return Page(bytes(data), str(response.url), response.charset_encoding, kind), status, marks
    except httpx.TooManyRedirects:
        raise FetchError(f"{url}: redirects in a circle (more than {REDIRECTS} times)") from None
    except httpx.TimeoutException:
        raise PassingError(f"{url}: no answer within {timeout:g} seconds; raise the limit (--timeout)") from None
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError) as error:
        raise FetchError(f"{url}: not an address that can be fetched ({error})") from None
    except httpx.HTTPError as error:
        raise PassingError(f"{url}: could not be fetched ({error or type(error).__name__})") from None
