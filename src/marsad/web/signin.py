"""Who may come in: a password or token kept as a scrypt hash, sessions, and a brake on guessing."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import deque
from collections.abc import Callable

from marsad.errors import InputError

COST, BLOCK, LANES = 2**14, 8, 1
"""scrypt's parameters: 16 MB and some fifty milliseconds a guess (RFC 7914)."""
SESSION_SECONDS = 12 * 3600
FAILURES, WINDOW = 8, 300.0
"""So many wrong guesses from one address in so many seconds, then it has to wait."""
FAILURES_OF_ALL = 200
"""The same for all addresses together, against guessing from many."""
_ADDRESSES = 10_000


def hash_secret(secret: str) -> str:
    """`secret` as it may be kept in a file: `scrypt$cost$block$lanes$salt$hash`, with a new salt each time."""
    salt = secrets.token_bytes(16)
    return "$".join(("scrypt", str(COST), str(BLOCK), str(LANES), _text(salt), _text(_scrypt(secret, salt))))


def check_secret(secret: str, kept: str) -> bool:
    """Is `secret` the one that `kept` was made from?  Raises InputError where `kept` is no such hash."""
    try:
        name, cost, block, lanes, salt, digest = kept.split("$")
        if name != "scrypt":
            raise ValueError(name)
        found = _scrypt(secret, urlsafe_b64decode(salt), int(cost), int(block), int(lanes))
        return hmac.compare_digest(found, urlsafe_b64decode(digest))
    except ValueError:
        raise InputError("the password hash is not one that `hash_secret` makes (scrypt$…)") from None


def _scrypt(secret: str, salt: bytes, cost: int = COST, block: int = BLOCK, lanes: int = LANES) -> bytes:
    data = secret.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(data, salt=salt, n=cost, r=block, p=lanes, maxmem=2**27, dklen=32)


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode()


class Brake:
    """Counts wrong guesses by address.  `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: dict[str, deque[float]] = {}
        self._all: deque[float] = deque()
        self._lock = threading.Lock()

    def wait(self, address: str) -> int:
        """Seconds until this address may guess again; 0 now."""
        with self._lock:
            now = self._clock()
            waits = [0.0]
            for times, most in ((self._failures.get(address), FAILURES), (self._all, FAILURES_OF_ALL)):
                if times is None:
                    continue
                while times and times[0] <= now - WINDOW:
                    times.popleft()
                if len(times) >= most:
                    waits.append(times[-most] + WINDOW - now)
            return int(max(waits)) + 1 if max(waits) > 0 else 0

    def failed(self, address: str) -> None:
        """One wrong guess."""
        with self._lock:
            now = self._clock()
            if address not in self._failures and len(self._failures) >= _ADDRESSES:
                del self._failures[next(iter(self._failures))]
            for times in (self._failures.setdefault(address, deque(maxlen=FAILURES)), self._all):
                times.append(now)
            while len(self._all) > FAILURES_OF_ALL:
                self._all.popleft()


class Sessions:
    """Signed, expiring marks of those who gave the secret; they end with the process."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._key = secrets.token_bytes(32)
        self._clock = clock
        self._known: set[bytes] = set()

    def new(self) -> str:
        """The value of a cookie."""
        body = f"{int(self._clock()) + SESSION_SECONDS}.{secrets.token_urlsafe(12)}"
        return f"{body}.{self._sign(body)}"

    def valid(self, value: str) -> bool:
        """Was this cookie made here, and not too long ago?"""
        body, _, signature = value.rpartition(".")
        if not body or not hmac.compare_digest(self._sign(body).encode(), signature.encode("utf-8", "replace")):
            return False
        return int(body.split(".")[0]) > self._clock()

    def remember(self, secret: str) -> None:
        """A secret that was right: programs send it with each request, and scrypt takes long."""
        self._known.add(self._mark(secret))

    def knows(self, secret: str) -> bool:
        """Was this secret right before?"""
        return self._mark(secret) in self._known

    def _sign(self, body: str) -> str:
        return hmac.new(self._key, body.encode(), hashlib.sha256).hexdigest()

    def _mark(self, secret: str) -> bytes:
        return hmac.new(self._key, secret.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
