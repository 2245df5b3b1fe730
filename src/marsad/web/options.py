"""What whoever starts the observatory decides."""

from __future__ import annotations

from dataclasses import dataclass

from marsad.ingest.checks import MAX_CHARS

PORT = 8571


@dataclass(frozen=True, slots=True)
class Options:
    """`archive` as in `open_archive`; `host` and `port` to listen on.

    `read_only`: nothing may be written (no verdicts, no articles).  `max_chars` bounds a pasted text, `max_bytes` a
    request's body.  `token` and `password` guard an address that others can reach; `open_to_all` says that none is
    wanted; `names` are further names of the server.
    `allow_private` lets addresses fetched on a user's behalf be loopback or private ones.
    """

    archive: str = "marsad.db"
    host: str = "127.0.0.1"
    port: int = PORT
    read_only: bool = False
    max_chars: int = MAX_CHARS
    max_bytes: int = 5_000_000
    token: str | None = None
    password: str | None = None
    open_to_all: bool = False
    allow_private: bool = False
    names: tuple[str, ...] = ()
    analyst: str = ""
    """Under whose name verdicts are kept."""
