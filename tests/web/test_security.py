"""What must not get in: other names, other sites, guesses, climbing paths, large bodies."""

from __future__ import annotations

from typing import Any

import pytest
from litestar import Litestar, Request, get, post
from litestar.testing import TestClient

from marsad.errors import InputError
from marsad.web.options import Options
from marsad.web.security import COOKIE, access_of, protect
from marsad.web.signin import FAILURES, FAILURES_OF_ALL, WINDOW, Brake, Sessions, check_secret, hash_secret


@get("/", sync_to_thread=False)
def home() -> dict[str, str]:
    return {"page": "home"}


@get("/static/style.css", sync_to_thread=False)
def style() -> str:
    return ""


@post("/write")
async def write(request: Request[Any, Any, Any]) -> Any:
    return await request.json()


def client(**options: Any) -> TestClient[Litestar]:
    app = protect(Litestar([home, style, write], openapi_config=None), Options(**options))
    host = options.get("host", "127.0.0.1")
    return TestClient(app, base_url=f"http://{f'[{host}]' if ':' in host else host}:8571")


def test_every_answer_carries_the_policy() -> None:
    for path in ("/", "/nothing", "/a/../b"):
        headers = client().get(path).headers
        policy = headers["content-security-policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8571", "127.0.0.1.evil.example", "", "a@127.0.0.1",
                                  "127.0.0.1:port", "[::1", "10.0.0.1"])  # fmt: skip
def test_other_names_are_refused(host: str) -> None:
    assert client().get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "localhost:9", "127.0.0.1:8571", "[::1]:8571"])
def test_own_names_are_answered(host: str) -> None:
    assert client().get("/", headers={"host": host}).status_code == 200


def test_an_open_server_answers_to_numbers_but_not_to_foreign_names() -> None:
    with client(host="0.0.0.0", open_to_all=True) as web:
        assert web.get("/", headers={"host": "192.0.2.7:80"}).status_code == 200
        assert web.get("/", headers={"host": "rebound.example"}).status_code == 421


@pytest.mark.parametrize("headers", [
    {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://evil.example"},
    {"origin": "null"}, {"origin": "http://127.0.0.1:9999"},
])  # fmt: skip
def test_other_sites_cannot_write(headers: dict[str, str]) -> None:
    assert client().post("/write", json={"a": 1}, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "headers", [{}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}, {"origin": "http://127.0.0.1:8571"}]
)
def test_own_pages_and_programs_can_write(headers: dict[str, str]) -> None:
    assert client().post("/write", json={"a": 1}, headers=headers).status_code == 201


@pytest.mark.parametrize("path", ["/static/%2e%2e/x", "/static/..%2f..%2fetc/passwd", "/a%00b", "/..%5cx"])
def test_climbing_paths_lead_nowhere(path: str) -> None:
    assert client().get(path).status_code == 404


def test_large_bodies_are_refused_with_and_without_a_length() -> None:
    web = client(max_bytes=100)
    assert web.post("/write", json={"a": "x" * 200}).status_code == 413
    chunks = (b"x" * 50 for _ in range(10))
    assert web.post("/write", content=chunks, headers={"content-type": "application/json"}).status_code == 413
    small = iter([b'{"a":', b"1}"])
    answer = web.post("/write", content=small, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()) == (201, {"a": 1})
    assert web.get("/", headers={"content-length": "-5"}).status_code == 400


# -- signing in


def test_others_need_a_secret_or_a_word_that_all_may_come() -> None:
    assert not access_of(Options()).secrets
    assert not access_of(Options(host="::1")).secrets
    for host in ("0.0.0.0", "192.0.2.7", "::", "archive.example"):
        with pytest.raises(InputError, match="token or a password"):
            access_of(Options(host=host))
        assert not access_of(Options(host=host, open_to_all=True)).secrets
        assert access_of(Options(host=host, token="let-me-in")).secrets[0].startswith("scrypt$")
    with pytest.raises(InputError, match="empty"):
        access_of(Options(password=" "))
    with pytest.raises(InputError, match="hash"):
        access_of(Options(password="scrypt$1$x"))


def test_a_browser_signs_in_and_stays() -> None:
    with client(password="open sesame") as web:
        asked = web.get("/?a=1", headers={"accept": "text/html"})
        assert asked.status_code == 401
        assert 'name="next" value="/?a=1"' in asked.text
        assert web.get("/static/style.css").status_code == 200
        assert web.post("/write", json={}).status_code == 401
        wrong = web.post("/sign-in", data={"secret": "open", "next": "/"})
        assert wrong.status_code == 401
        right = web.post("/sign-in", data={"secret": "open sesame", "next": "/?a=1"}, follow_redirects=False)
        assert (right.status_code, right.headers["location"]) == (303, "/?a=1")
        cookie = right.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        answer = web.get("/")
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "private, no-store")
        assert web.post("/write", json={"a": 1}).status_code == 201
        web.post("/sign-out", follow_redirects=False)
        web.cookies.clear()
        assert web.get("/", headers={"accept": "text/html"}).status_code == 401


ELSEWHERE = ("//evil.example", "https://evil.example", "/\\evil", "javascript:alert(1)", "/a\r\nb")


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_leads_nowhere_else(target: str) -> None:
    with client(token="t0ken-t0ken") as web:
        answer = web.post("/sign-in", data={"secret": "t0ken-t0ken", "next": target}, follow_redirects=False)
        assert answer.headers["location"] == "/"


def test_what_is_asked_for_comes_back_as_text() -> None:
    with client(password="x1") as web:
        answer = web.get('/"><script>alert(1)</script>', headers={"accept": "text/html"})
        assert "<script" not in answer.text


def test_programs_send_the_token_and_guessing_is_slowed() -> None:
    with client(host="0.0.0.0", token="right-token", password="other") as web:
        good = {"authorization": "Bearer right-token"}
        assert web.get("/", headers={"accept": "application/json"}).status_code == 401
        assert web.get("/", headers=good).status_code == 200
        assert web.get("/", headers={"authorization": "Bearer other"}).status_code == 200
        for n in range(FAILURES):
            assert web.get("/", headers={"authorization": f"Bearer guess-{n}"}).status_code == 401
        late = web.get("/", headers={"authorization": "Bearer guess-again"})
        assert late.status_code == 429
        assert 0 < int(late.headers["retry-after"]) <= WINDOW + 1
        assert web.post("/sign-in", data={"secret": "never-seen"}).status_code == 429
        assert web.get("/", headers=good).status_code == 200, "who was right before is not locked out"
        web.cookies.set(COOKIE, "9999999999.x.0")
        assert web.get("/").status_code == 401


def test_hashes() -> None:
    kept = hash_secret("كلمة السر")
    assert kept != hash_secret("كلمة السر")
    assert "كلمة" not in kept
    assert check_secret("كلمة السر", kept)
    assert not check_secret("كلمة", kept)
    assert not check_secret("", kept)


def test_the_brake_lets_go_again() -> None:
    now = 0.0
    brake = Brake(lambda: now)
    for _ in range(FAILURES):
        assert brake.wait("a") == 0
        brake.failed("a")
    assert brake.wait("a") > 0
    assert brake.wait("b") == 0
    now = WINDOW + 1
    assert brake.wait("a") == 0
    for n in range(FAILURES_OF_ALL):
        brake.failed(f"many-{n}")
    assert brake.wait("new") > 0


def test_sessions_end_and_cannot_be_made() -> None:
    now = 0.0
    sessions = Sessions(lambda: now)
    mark = sessions.new()
    assert sessions.valid(mark)
    assert not sessions.valid("9" + mark)
    assert not Sessions(lambda: now).valid(mark)
    for bad in ("", ".", "a.b", "é.ü.x"):
        assert not sessions.valid(bad)
    now = 1e9
    assert not sessions.valid(mark)
