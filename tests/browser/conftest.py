"""A browser in front of the observatory, both really running; skipped with a word where there is no Chromium."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from marsad import examples
from marsad.reading import pipeline
from marsad.records import Article
from marsad.store import open_archive
from marsad.store.prepare import prepare
from marsad.web.app import create_app
from marsad.web.options import Options

ROOT = Path(__file__).parents[2]
SHOTS = Path(os.environ.get("MARSAD_SCREENSHOTS") or ROOT / "build" / "screenshots")
LOCALES = {"ar": "ar-EG", "en": "en-US"}
HOSTILE = Article(
    id="hostile",
    title="<script>document.title='broken'</script> عنوان",
    outlet='"><img src=x onerror=alert(1)>',
    date="2025-02-03",
    url="javascript:alert(1)",
    text=(
        'قال وزير الخارجية التركي <b onmouseover=alert(1)>سامي</b> إن بلاده "تدعم <script>alert(2)</script> '
        "المحادثات\" مع كازاخستان.\nوأدى {{ 7*7 }} ذلك إلى زيادة التجارة بين تركيا وكازاخستان.\n"
    ),
)
"""Nothing of an article is ever taken for HTML."""


class Site(NamedTuple):
    """A running observatory: where it is, and the archive behind it."""

    address: str
    archive: Path


def _chromium() -> str:
    program = os.environ.get("MARSAD_TEST_CHROMIUM") or shutil.which("chromium")
    if program is None:
        words = "no Chromium, so the pages are not walked: scripts/chromium.sh finds or installs it (CONTRIBUTING.md)"
        if os.environ.get("CI"):
            pytest.fail(words)
        pytest.skip(words)
    return program


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of this process."""
    program = _chromium()
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        launched = playwright.chromium.launch(executable_path=program, args=arguments)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def full_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples and one hostile article."""
    where = tmp_path_factory.mktemp("browser") / "archive.db"
    with open_archive(where) as store:
        store.put([prepare(article, pipeline.read(article)) for article in [*examples.load_all(), HOSTILE]])
    return where


@contextmanager
def _running(archive: Path) -> Iterator[Site]:
    """The observatory in a thread, on a port of its own."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(Options(archive=str(archive))), log_level="error"))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])), daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
        assert thread.is_alive(), "the server did not start"
    try:
        yield Site(f"http://127.0.0.1:{listener.getsockname()[1]}", archive)
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def site(full_archive: Path) -> Iterator[Site]:
    """A site that the tests only read."""
    with _running(full_archive) as running:
        yield running


@pytest.fixture
def own_site(full_archive: Path, tmp_path: Path) -> Iterator[Site]:
    """A site of this test alone, which may be written to."""
    with _running(Path(shutil.copy(full_archive, tmp_path / "own.db"))) as running:
        yield running


Open = Callable[..., BrowserContext]


@pytest.fixture
def context(browser: Browser) -> Iterator[Open]:
    """Makes a context (language, width, dark, scripts) that is closed at the end."""
    made: list[BrowserContext] = []

    def make(language: str = "ar", width: int = 1300, dark: bool = False, scripts: bool = True) -> BrowserContext:
        one = browser.new_context(
            viewport={"width": width, "height": 900}, locale=LOCALES[language], java_script_enabled=scripts,
            color_scheme="dark" if dark else "light", reduced_motion="reduce",
        )  # fmt: skip
        one.set_default_timeout(15_000)
        made.append(one)
        return one

    yield make
    for one in made:
        one.close()


class Watch:
    """What a page does that it should not: errors of scripts, and requests to other hosts."""

    def __init__(self, page: Page, address: str) -> None:
        self.faults: list[str] = []
        page.on("console", lambda m: self.faults.append(f"{m.type}: {m.text}") if m.type == "error" else None)
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (self.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))

        def asked(request: Any) -> None:
            if not request.url.startswith((address, "data:", "blob:")):
                self.faults.append(f"elsewhere: {request.url}")

        page.on("request", asked)


def settle(page: Page) -> None:
    """Wait until every island has come to life, or failed."""
    page.wait_for_load_state("load")
    # The page's policy forbids what `wait_for_function` does.
    waiting = page.locator("[data-island]:not([data-state=ready]):not([data-state=failed])")
    expect(waiting).to_have_count(0, timeout=15_000)
