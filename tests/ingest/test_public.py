"""Addresses that somebody else gave never lead to this machine or its network."""

from __future__ import annotations

import httpx
import pytest

from marsad.errors import FetchError
from marsad.ingest.public import PublicOnly, check_address, is_public
from marsad.ingest.source import load_address
from marsad.ingest.web import fetch

NUMBERS = {
    "news.example": ["203.0.114.9"], "local.example": ["127.0.0.1"], "both.example": ["203.0.114.9", "10.0.0.5"],
    "metadata.example": ["169.254.169.254"], "six.example": ["2a00:1450::1"],
}  # fmt: skip


class Moving:
    """A name that leads elsewhere the second time it is looked up."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, host: str, port: int) -> list[str]:
        self.times += 1
        return ["203.0.114.9"] if self.times == 1 else ["127.0.0.1"]


def _look_up(host: str, port: int) -> list[str]:
    try:
        return NUMBERS[host]
    except KeyError:
        return [host]


def _server(seen: list[httpx.Request]) -> httpx.MockTransport:
    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        path = request.url.path
        if path.startswith("/to/"):
            return httpx.Response(302, headers={"location": f"http://{path[4:]}/page"})
        return httpx.Response(200, text="نص")

    return httpx.MockTransport(answer)


@pytest.mark.parametrize("number", [
    "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "224.0.0.1", "255.255.255.255", "240.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "not a number", "",
])  # fmt: skip
def test_private_numbers(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize("number", ["8.8.8.8", "203.0.114.9", "2a00:1450::1", "::ffff:8.8.8.8"])
def test_public_numbers(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize("url", [
    "http://local.example/", "http://both.example/", "http://metadata.example/latest/meta-data", "http://127.0.0.1:8571/",
    "http://[::1]/", "http://news.example/to/127.0.0.1", "http://news.example/to/local.example",
])  # fmt: skip
def test_private_addresses_are_not_fetched_and_not_reached_by_redirects(url: str) -> None:
    seen: list[httpx.Request] = []
    with pytest.raises(FetchError, match="private network"):
        fetch(url, transport=PublicOnly(_server(seen), _look_up))
    assert all(request.url.host == "203.0.114.9" for request in seen)


def test_the_connection_goes_to_the_number_that_was_checked() -> None:
    seen: list[httpx.Request] = []
    page = fetch("https://news.example:8443/page", transport=PublicOnly(_server(seen), _look_up))
    assert page.data.decode() == "نص"
    (request,) = seen
    assert (request.url.host, request.url.port) == ("203.0.114.9", 8443)
    assert request.headers["host"] == "news.example:8443"
    assert request.extensions["sni_hostname"] == "news.example"
    assert fetch("http://six.example/", transport=PublicOnly(_server(seen), _look_up)).data


def test_a_name_that_moves_between_look_ups_is_caught() -> None:
    seen: list[httpx.Request] = []
    moving = Moving()
    with pytest.raises(FetchError, match="private network"):
        fetch("http://news.example/to/news.example", transport=PublicOnly(_server(seen), moving))
    assert len(seen) == 1


@pytest.mark.parametrize("url", ["file:///etc/passwd", "/etc/passwd", "-", "ftp://a.example/", "http://", "http://u:p@a.example/",
                                 "gopher://a.example", "http://[", "https://" + "a" * 3000])  # fmt: skip
def test_only_addresses_of_pages(url: str) -> None:
    with pytest.raises(FetchError):
        check_address(url)
    with pytest.raises(FetchError):
        load_address(url)


def test_an_unknown_host_is_said_to_be_one() -> None:
    def none(host: str, port: int) -> list[str]:
        raise OSError("no")

    with pytest.raises(FetchError, match="no such host"):
        fetch("http://nowhere.example/", transport=PublicOnly(_server([]), none))
