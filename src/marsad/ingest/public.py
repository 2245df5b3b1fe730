"""Fetching on somebody else's behalf: only addresses of the public internet.

Whoever may name an address to a server could otherwise make it ask its own machine or network ("server-side request
forgery").  Each request, and each redirect anew, has its name looked up here; every answer of the look-up must be
public, and the connection goes to the very number that was checked, so that a second look-up cannot give another.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from urllib.parse import urlsplit

import httpx

from marsad.errors import FetchError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
LookUp = Callable[[str, int], list[str]]


def look_up(host: str, port: int) -> list[str]:
    """The numbers of a host.  Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(number: str) -> bool:
    """Is this a number of the public internet?  Numbers that carry another inside (mapped, 6to4, Teredo, NAT64) are
    judged by that one too."""
    try:
        address: Address = ipaddress.ip_address(number.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in ipaddress.ip_network("64:ff9b::/96"):
            inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if any(a is not None and not _plain_public(a) for a in inner):
            return False
        if address.ipv4_mapped is not None:
            return True
    return _plain_public(address)


def _plain_public(address: Address) -> bool:
    return address.is_global and not address.is_multicast and not address.is_reserved


class PublicOnly(httpx.BaseTransport):
    """A transport for httpx that goes to public numbers only; `inner` and `look_up` are for tests."""

    def __init__(self, inner: httpx.BaseTransport | None = None, look_up: LookUp = look_up) -> None:
        self._inner = inner or httpx.HTTPTransport(trust_env=False)
        self._look_up = look_up

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Look up, check, connect.  Raises FetchError where the address is not public."""
        url = request.url
        if url.scheme not in ("http", "https"):
            raise FetchError(f"{url}: not an address that can be fetched")
        port = url.port or (443 if url.scheme == "https" else 80)
        try:
            numbers = self._look_up(url.host, port)
        except (OSError, UnicodeError):
            raise httpx.ConnectError(f"no such host: {url.host}", request=request) from None
        if not numbers or not all(map(is_public, numbers)):
            raise FetchError(f"{url}: leads to this machine or a private network, which is not fetched from here")
        target = httpx.Request(
            request.method, url.copy_with(host=numbers[0]), headers=request.headers, stream=request.stream,
            extensions={**request.extensions, "sni_hostname": url.raw_host.decode("ascii")},
        )  # fmt: skip
        target.headers["Host"] = url.netloc.decode("ascii")
        return self._inner.handle_request(target)

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()


def check_address(url: str) -> str:
    """The address that a user gave, if it is one of a page.  Raises FetchError."""
    address = url.strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = None
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname or len(address) > 2_000:
        raise FetchError("not an address that can be fetched; it begins with https://")
    if parts.username or parts.password:
        raise FetchError("an address with a name and password in it is not fetched")
    return address
