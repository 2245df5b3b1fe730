"""Visits to web sites: robots.txt, pauses, conditional requests, retries, limits."""

from __future__ import annotations

import httpx
import pytest
import stamina

from marsad.errors import FetchError, TooLargeError
from marsad.ingest.polite import AGENT, NotAllowedError, Visitor


class Site:
    """A web site in memory; `answers` maps a path to a response, or to a list of responses to one request each."""

    def __init__(self, **answers) -> None:
        self.answers = {"/robots.txt": httpx.Response(404), **{f"/{k}": v for k, v in answers.items()}}
        self.asked: list[httpx.Request] = []
        self.pauses: list[float] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.get(request.url.path, httpx.Response(404))
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if isinstance(answer, Exception):
            raise answer
        if callable(answer):
            answer = answer(request)
        return answer

    def paths(self) -> list[str]:
        return [request.url.path for request in self.asked]

    def visitor(self, **options) -> Visitor:
        options = {"delay": 2.0, "patience": 0.001, **options}
        return Visitor(transport=httpx.MockTransport(self), sleep=self.pauses.append, **options)


def ok(text="نص", **headers) -> httpx.Response:
    return httpx.Response(200, text=text, headers=headers)


def test_pages_are_fetched_with_an_honest_name_and_pauses():
    site = Site(a=ok(), b=ok())
    with site.visitor() as visitor:
        assert visitor.get("https://example.org/a").page.data == "نص".encode()
        visitor.get("https://example.org/b")
        visitor.get("https://example.net/b")
    assert site.paths() == ["/robots.txt", "/a", "/b", "/robots.txt", "/b"]
    assert {request.headers["user-agent"] for request in site.asked} == {AGENT}
    assert len(site.pauses) == 3
    assert all(1.5 < pause <= 2.0 for pause in site.pauses)


def test_robots_txt_is_obeyed_and_its_delay_counts():
    rules = ok("User-agent: *\nDisallow: /private\nCrawl-delay: 7\n")
    site = Site(**{"robots.txt": rules, "open": ok(), "private/a": ok()})
    with site.visitor() as visitor:
        with pytest.raises(NotAllowedError, match=r"robots\.txt"):
            visitor.get("https://example.org/private/a")
        visitor.get("https://example.org/open")
        visitor.get("https://example.org/open")
    assert "/private/a" not in site.paths()
    assert site.pauses[-1] > 6


def test_a_site_that_names_this_program():
    site = Site(**{"robots.txt": ok("User-agent: marsad\nDisallow: /\n\nUser-agent: *\nAllow: /\n"), "a": ok()})
    with site.visitor() as visitor, pytest.raises(NotAllowedError):
        visitor.get("https://example.org/a")


def test_robots_txt_that_fails_forbids_all():
    site = Site(**{"robots.txt": httpx.Response(503), "a": ok()})
    with site.visitor() as visitor, pytest.raises(NotAllowedError):
        visitor.get("https://example.org/a")


def test_what_has_not_changed_is_not_sent_again():
    def answer(request):
        if request.headers.get("if-none-match") == '"v1"' and request.headers.get("if-modified-since") == "Fri":
            return httpx.Response(304)
        return ok(etag='"v1"', **{"last-modified": "Fri"})

    site = Site(feed=answer)
    with site.visitor() as visitor:
        first = visitor.get("https://example.org/feed")
        assert (first.etag, first.modified) == ('"v1"', "Fri")
        again = visitor.get("https://example.org/feed", first.etag, first.modified)
    assert again.page is None
    assert (again.etag, again.modified) == ('"v1"', "Fri")


@pytest.mark.parametrize("failure", [httpx.Response(503), httpx.Response(429), httpx.ConnectError("no")])
def test_what_may_pass_is_tried_again(failure):
    site = Site(a=[failure, failure, ok()])
    with site.visitor() as visitor:
        assert visitor.get("https://example.org/a").page is not None
    assert site.paths().count("/a") == 3


def test_what_does_not_pass_is_given_up():
    site = Site(a=httpx.Response(503), b=httpx.Response(404))
    with site.visitor() as visitor:
        with pytest.raises(FetchError, match="503"):
            visitor.get("https://example.org/a")
        with pytest.raises(FetchError, match="404"):
            visitor.get("https://example.org/b")
    assert (site.paths().count("/a"), site.paths().count("/b")) == (3, 1)


def test_pages_too_large_and_redirects_in_a_circle():
    def endless(request):
        return httpx.Response(200, content=(b"x" * 100_000 for _ in range(10_000)))

    site = Site(big=endless, round=httpx.Response(302, headers={"location": "/round"}))
    with site.visitor(max_bytes=300_000) as visitor:
        with pytest.raises(TooLargeError):
            visitor.get("https://example.org/big")
        with pytest.raises(FetchError, match="circle"):
            visitor.get("https://example.org/round")
        with pytest.raises(FetchError):
            visitor.get("file:///etc/passwd")


def test_retries_are_on():
    assert stamina.is_active()
