"""Feeds are followed: what is new is added once, failures are kept and waited out, and the watch stops when told."""

from __future__ import annotations

import http.server
import json
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from marsad.batch.watching import Watcher
from marsad.examples import load_all
from marsad.ingest.polite import Visitor
from marsad.ingest.sources import Options
from marsad.store import open_archive
from marsad.stored import Feed

FEED = "https://example.org/feed"
TEXT = "قال الوزير سالم الراجح إن المحادثات مع الجيران مستمرة، وأضاف أن الاتفاق قريب. " * 4


def rss(*numbers: int) -> str:
    entries = "".join(
        f"<item><title>خبر {n}</title><link>https://example.org/{n}</link>"
        f"<pubDate>Fri, 31 May 2024 09:00:00 GMT</pubDate><description>موجز</description></item>"
        for n in numbers
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>صحيفة الأفق</title>{entries}</channel></rss>'


def page(number: int) -> str:
    return f"<!doctype html><html><body><article><p>{TEXT} ({number})</p></article></body></html>"


class World:
    """A site whose feed changes, a clock, and a watcher over an archive."""

    def __init__(self, tmp_path: Path) -> None:
        self.feed: httpx.Response | Exception | str = rss(1, 2)
        self.asked: list[str] = []
        self.time = datetime(2024, 6, 1, tzinfo=UTC)
        self.store = open_archive(tmp_path / "a.db")
        self.said: list[str] = []
        self.visitor = Visitor(0, transport=httpx.MockTransport(self._answer), sleep=lambda s: None, attempts=1)
        options = Options(visit=lambda url: self.visitor.get(url).page)  # type: ignore[arg-type,return-value]
        self.watcher = Watcher(
            self.store, self.visitor, options, 900, report=self.said.append, now=lambda: self.time
        )

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        if request.url.path == "/robots.txt":
            return httpx.Response(404)
        if request.url.path == "/feed":
            if isinstance(self.feed, Exception):
                raise self.feed
            if isinstance(self.feed, httpx.Response):
                return self.feed
            if request.headers.get("if-none-match") == f'"{hash(self.feed)}"':
                return httpx.Response(304)
            return httpx.Response(200, text=self.feed, headers={"etag": f'"{hash(self.feed)}"'})
        return httpx.Response(200, html=page(int(request.url.path[1:])))

    def poll(self) -> Feed:
        (feed,) = self.store.feeds()
        self.watcher.poll(feed)
        return self.store.feeds()[0]


@pytest.fixture
def world(tmp_path: Path):
    world = World(tmp_path)
    world.store.put_feed(Feed(FEED))
    yield world
    world.store.close()


def test_new_entries_are_added_once(world: World) -> None:
    feed = world.poll()
    assert (feed.added, feed.failures, feed.last_success) == (2, 0, "2024-06-01T00:00:00+00:00")
    (first, *_) = world.store.articles().items
    assert (first.outlet, first.date) == ("صحيفة الأفق", "2024-05-31")
    world.asked.clear()
    world.feed = rss(3, 2, 1)
    assert world.poll().added == 3
    assert world.asked == ["/feed", "/3"]
    world.asked.clear()
    assert world.poll().added == 3
    assert world.asked == ["/feed"]  # answered with 304


@pytest.mark.parametrize(
    "failure", [httpx.ConnectError("no"), httpx.Response(500), httpx.Response(200, text="<html>no feed</html>")]
)
def test_failures_are_kept_and_waited_out(world: World, failure: httpx.Response | Exception) -> None:
    world.feed = failure
    pauses = []
    for _ in range(9):
        feed = world.poll()
        pauses.append((datetime.fromisoformat(feed.next_try or "") - world.time).total_seconds())
    assert feed.failures == 9
    assert feed.failure
    assert feed.last_success is None
    assert pauses[:3] == [1800, 3600, 7200]
    assert max(pauses) == 86400
    world.feed = rss(1)
    feed = world.poll()
    assert (feed.failures, feed.added) == (0, 1)
    assert feed.last_failure is not None


def test_only_what_is_due_is_polled_and_stop_ends_it(world: World) -> None:
    thread = threading.Thread(target=world.watcher.run)
    thread.start()
    deadline = time.monotonic() + 30
    while not world.store.feeds()[0].last_success and time.monotonic() < deadline:
        time.sleep(0.02)
    polls = world.asked.count("/feed")
    time.sleep(1.2)
    assert world.asked.count("/feed") == polls == 1
    world.time += timedelta(minutes=16)
    while world.asked.count("/feed") == polls and time.monotonic() < deadline:
        time.sleep(0.02)
    world.watcher.stop()
    thread.join(10)
    assert not thread.is_alive()
    assert world.asked.count("/feed") == 2


def test_a_dropped_feed_does_not_come_back(world: World) -> None:
    (feed,) = world.store.feeds()
    world.store.drop_feed(FEED)
    world.watcher.poll(feed)
    assert world.store.feeds() == ()


# -- the command, against a real server on this machine


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        base = f"http://127.0.0.1:{self.server.server_address[1]}"  # type: ignore[misc]
        body = {"/robots.txt": "User-agent: *\nAllow: /\n", "/feed": rss(1, 2, 3).replace("https://example.org", base)}
        text = body.get(self.path) or page(int(self.path[1:]))
        data = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8" if self.path[1:].isdigit() else "text/xml")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


def test_the_command_watches_beside_add_and_stops_on_a_signal(tmp_path: Path) -> None:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    archive, wanted = str(tmp_path / "a.db"), len(load_all()) + 3
    marsad = [sys.executable, "-m", "marsad"]
    address = f"http://127.0.0.1:{server.server_address[1]}/feed"
    command = [*marsad, "watch", address, "--archive", archive, "--delay", "0", "--json"]
    watching = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        adding = subprocess.run(
            [*marsad, "add", "--examples", "--archive", archive], check=False, capture_output=True, encoding="utf-8"
        )
        assert adding.returncode == 0, adding.stderr
        deadline = time.monotonic() + 300
        with open_archive(archive) as store:
            while store.stats().articles < wanted and time.monotonic() < deadline:
                time.sleep(0.1)
            assert store.stats().articles == wanted
    finally:
        watching.send_signal(signal.SIGTERM)
        out, errors = watching.communicate(timeout=30)
        server.shutdown()
    assert watching.returncode == 0, errors
    assert b"Traceback" not in errors
    (feed,) = json.loads(out)
    assert (feed["url"], feed["added"], feed["failures"]) == (address, 3, 0)
    assert os.path.exists(archive)
