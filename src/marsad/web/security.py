"""What stands between the network and the observatory: one ASGI layer around the whole application.

In this order a request is refused when it asks for a host that is not this one (a name that was made to point here,
"DNS rebinding"), when its path climbs, when it has not signed in where that is asked for, when another site made the
browser send a write, and when its body is too large.  Every answer carries headers under which a browser runs no
script, style, font or picture that is not of this server, and nothing inline.

Cross-site writes are told by `Sec-Fetch-Site` and `Origin`, which browsers always send with them and no page can
change; programs send neither and carry no cookie of the user's.  (The same rule as `http.CrossOriginProtection` of Go
1.25; see https://words.filippo.io/csrf/ for why tokens in forms add nothing.)

Tests talk to `TestClient(create_app(Options(…)), "http://127.0.0.1")`: under its own name a test client is refused.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qs, quote, urlsplit

from marsad.errors import InputError
from marsad.web.signin import SESSION_SECONDS, Brake, Sessions, check_secret, hash_secret

if TYPE_CHECKING:
    from litestar import Litestar

    from marsad.web.options import Options

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Any, Any, Any], Awaitable[None]]

MAX_BODY = 20_000_000
"""Bytes of a request that are taken in unless the user sets another limit; the reader's own limit is lower."""
COOKIE = "marsad_session"
LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
_SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
_OPEN_PATHS = ("/static/",)
"""What may be seen without signing in: the style and fonts of the sign-in page."""
_SECRET_LENGTH = 1_000

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
}


@dataclass(frozen=True, slots=True)
class Access:
    """Who may come in and what is taken from them.

    `hosts` are the names under which the server may be asked for; None means any.  Numbers are always allowed where
    `numbers` is set, since only a name can be made to point elsewhere.  `secrets` are hashes by `signin.hash_secret`,
    any of which opens; without one everybody may come in.
    """

    hosts: frozenset[str] | None = LOOPBACK
    numbers: bool = False
    secrets: tuple[str, ...] = ()
    max_body: int = MAX_BODY


def is_loopback(host: str) -> bool:
    """Does this name or number lead to this machine only?"""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def access_of(options: Options) -> Access:
    """The access that the options ask for.

    This machine alone needs no password; any other address needs a token or password, unless `open_to_all` says in so
    many words that everybody may come in.  Raises InputError.
    """
    given = (options.token, options.password)
    if any(secret is not None and not secret.strip() for secret in given):
        raise InputError("the token or password is empty")
    kept = tuple(secret if secret.startswith("scrypt$") else hash_secret(secret) for secret in given if secret)
    for hashed in kept:
        check_secret("", hashed)  # is it a hash at all?
    host = options.host.lower().strip("[]")
    local = is_loopback(host)
    if not local and not kept and not options.open_to_all:
        raise InputError(f"others can reach {host}: give a token or a password, or say that it is open to all")
    hosts: frozenset[str] | None = LOOPBACK | {host} | {name.lower().strip("[]") for name in options.names}
    if kept and host in ("", "0.0.0.0", "::"):
        hosts = None
    return Access(hosts, not local, kept, options.max_bytes)


def protect(app: Litestar, options: Options) -> Litestar:
    """The application with the guard around all that it answers."""
    app.asgi_handler = Guard(cast(App, app.asgi_handler), access_of(options))  # type: ignore[assignment]
    return app


@dataclass(slots=True)
class Guard:
    """The layer itself: `Guard(app, access)` is an ASGI application."""

    app: App
    access: Access
    brake: Brake = field(default_factory=Brake)
    sessions: Sessions = field(default_factory=Sessions)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":  # there are none here
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = _headers(scope)
        send = _with_headers(send, bool(self.access.secrets), scope["path"])
        refusal = self._refusal(scope, headers)
        if refusal:
            await _answer(send, *refusal)
            return
        if self.access.secrets and not await self._signed_in(scope, headers, receive, send):
            return
        if "transfer-encoding" in headers:  # it goes before a length, which then says nothing
            body = await _body(receive, self.access.max_body)
            if body is None:
                await _answer(send, 413, _too_large(self.access.max_body))
                return
            receive = _replay(body, receive)
        await self.app(scope, receive, send)

    def _refusal(self, scope: Scope, headers: dict[str, str]) -> tuple[int, str] | None:
        """Status and words, where the request is refused for what it is."""
        host = headers.get("host", "")
        if not self._host_allowed(host):
            return 421, "this server does not answer to that name"
        path: str = scope["path"]
        if "\x00" in path or "\\" in path or ".." in path.split("/"):
            return 404, "no such page"
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit():
            return 400, "the length of the body is no number"
        if int(length) > self.access.max_body:
            return 413, _too_large(self.access.max_body)
        if scope["method"] not in _SAFE and _from_elsewhere(headers, host):
            return 403, "a page of another site may not write here"
        return None

    def _host_allowed(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname
            _ = urlsplit(f"//{host}").port
        except ValueError:
            return False
        if not name or "@" in host or "/" in host:
            return False
        if self.access.hosts is None or name in self.access.hosts:
            return True
        if not self.access.numbers:
            return False
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True

    # -- signing in

    async def _signed_in(self, scope: Scope, headers: dict[str, str], receive: Receive, send: Send) -> bool:
        """May the request go on?  Where not, it has been answered."""
        path, address = scope["path"], (scope.get("client") or ("?",))[0]
        if path == "/sign-out" and scope["method"] == "POST":
            await _answer(send, 303, "", {"location": "/", "set-cookie": f"{COOKIE}=; Path=/; Max-Age=0; HttpOnly"})
            return False
        if path.startswith(_OPEN_PATHS) and scope["method"] in _SAFE:
            return True
        if self.sessions.valid(_cookie(headers.get("cookie", ""))):
            return True
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and token:
            if self.sessions.knows(token):
                return True
            status = await self._guess(token.strip(), address)
            if status == 200:
                return True
            await _answer(
                send, status, "wrong token" if status == 401 else "too many wrong tokens", self._later(address)
            )
            return False
        if path == "/sign-in" and scope["method"] == "POST":
            await self._sign_in(scope, receive, send, address)
            return False
        if path.startswith("/api/") or "text/html" not in headers.get("accept", "*/*").replace("*/*", "text/html"):
            await _answer(send, 401, "sign in first: Authorization: Bearer TOKEN", {"www-authenticate": "Bearer"})
            return False
        target = quote(scope["path"]) + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
        await _page(send, 401, _form(target if scope["method"] in _SAFE else "/", ""))
        return False

    async def _sign_in(self, scope: Scope, receive: Receive, send: Send, address: str) -> None:
        body = await _body(receive, 10_000)
        fields = parse_qs((body or b"").decode("utf-8", "replace"), max_num_fields=10) if body else {}
        secret, target = fields.get("secret", [""])[0], fields.get("next", ["/"])[0]
        if not _own_path(target):
            target = "/"
        status = await self._guess(secret, address)
        if status != 200:
            words = _WRONG if status == 401 else _LATER
            await _page(send, status, _form(target, words), self._later(address))
            return
        secure = "; Secure" if scope.get("scheme") == "https" else ""
        cookie = f"{COOKIE}={self.sessions.new()}; Path=/; Max-Age={SESSION_SECONDS}; HttpOnly; SameSite=Lax{secure}"
        await _answer(send, 303, "", {"location": target, "set-cookie": cookie})

    async def _guess(self, secret: str, address: str) -> int:
        """200 right, 401 wrong, 429 not now."""
        if self.brake.wait(address):
            return 429
        for kept in self.access.secrets if len(secret) <= _SECRET_LENGTH else ():
            if await asyncio.to_thread(check_secret, secret, kept):
                self.sessions.remember(secret)
                return 200
        self.brake.failed(address)
        return 401

    def _later(self, address: str) -> dict[str, str]:
        wait = self.brake.wait(address)
        return {"retry-after": str(wait)} if wait else {}


_WRONG = "كلمة المرور غير صحيحة · That is not the password"
_LATER = "محاولات كثيرة؛ انتظر قليلا · Too many attempts; wait a little"


def _form(target: str, words: str) -> str:
    """The sign-in page; the only page of this layer, so it speaks both languages at once."""
    alert = f'<p role="alert">{escape(words)}</p>' if words else ""
    return (
        '<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>مرصد · Marsad</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="stylesheet" href="/static/built/fonts.css"><link rel="stylesheet" href="/static/style.css"></head>'
        '<body class="sign-in"><main><h1>مرصد · <span lang="en">Marsad</span></h1>'
        f'{alert}<form method="post" action="/sign-in"><input type="hidden" name="next" value="{escape(target)}">'
        '<p><label for="secret">كلمة المرور · <span lang="en">Password</span></label></p>'
        '<p><input id="secret" name="secret" type="password" autocomplete="current-password" required autofocus></p>'
        '<p><button type="submit">دخول · <span lang="en">Sign in</span></button></p></form></main></body></html>'
    )


def _own_path(target: str) -> bool:
    """Is this a path of this server, and not an address elsewhere?"""
    return target.startswith("/") and not target.startswith("//") and target.isprintable() and "\\" not in target


def _headers(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}


def _cookie(header: str) -> str:
    for part in header.split(";"):
        name, _, value = part.strip().partition("=")
        if name == COOKIE:
            return value
    return ""


def _from_elsewhere(headers: dict[str, str], host: str) -> bool:
    """Did a page of another site make the browser send this?"""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc.lower() != host.lower()


def _too_large(limit: int) -> str:
    return f"more than {limit:,} bytes; that is the limit of this server"


async def _body(receive: Receive, limit: int) -> bytes | None:
    """The whole body; None where it is larger than `limit`."""
    data = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return bytes(data)
        data += message.get("body", b"")
        if len(data) > limit:
            return None
        if not message.get("more_body"):
            return bytes(data)


def _replay(body: bytes, receive: Receive) -> Receive:
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _with_headers(send: Send, private: bool, path: str) -> Send:
    extra = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
    if private and not path.startswith("/static/"):
        extra.append((b"cache-control", b"private, no-store"))
    names = {name for name, _ in extra}

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [(n, v) for n, v in message.get("headers", ()) if n.lower() not in names]
            message["headers"] = [*kept, *extra]
        await send(message)

    return sent


async def _answer(send: Send, status: int, words: str, headers: dict[str, str] | None = None) -> None:
    await _send(send, status, "text/plain; charset=utf-8", words, headers)


async def _page(send: Send, status: int, html: str, headers: dict[str, str] | None = None) -> None:
    await _send(send, status, "text/html; charset=utf-8", html, headers)


async def _send(send: Send, status: int, kind: str, words: str, headers: dict[str, str] | None) -> None:
    data = words.encode()
    pairs = {"content-type": kind, "content-length": str(len(data)), **(headers or {})}
    lines = [(name.encode(), value.encode("latin-1", "replace")) for name, value in pairs.items()]
    await send({"type": "http.response.start", "status": status, "headers": lines})
    await send({"type": "http.response.body", "body": data})
