"""Every kind of store, filled with the same articles."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from marsad.store import open_archive
from marsad.store.base import Store
from marsad.store.prepare import prepare
from tests.store.samples import all_articles

Fresh = Callable[[], Store]


def _postgres(address: str) -> tuple[str, Callable[[], None]]:
    """A new database on the server, and what drops it."""
    import psycopg

    name = f"marsad_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")

    def drop() -> None:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    return urlunsplit(urlsplit(address)._replace(path=f"/{name}")), drop


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store that can be written."""
    if request.param == "sqlite":
        with open_archive(tmp_path / "a.db") as store:
            yield store
        return
    address = os.environ.get("MARSAD_TEST_POSTGRES")
    if not address:
        pytest.skip("no PostgreSQL server: scripts/postgres.sh starts one (see CONTRIBUTING.md)")
    database, drop = _postgres(address)
    try:
        with open_archive(database) as store:
            yield store
    finally:
        drop()


@pytest.fixture
def writable(empty: Store) -> Store:
    """A store with the sample articles that can be written."""
    empty.now = lambda: "2024-07-01T00:00:00+00:00"  # type: ignore[attr-defined]
    for article, reading in all_articles():
        empty.put([prepare(article, reading)])
    return empty


@pytest.fixture(params=["sqlite", "postgres", "parquet"])
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store with the sample articles, of every kind."""
    address = os.environ.get("MARSAD_TEST_POSTGRES")
    drop: Callable[[], None] = lambda: None  # noqa: E731
    location = str(tmp_path / "b.db")
    if request.param == "postgres":
        if not address:
            pytest.skip("no PostgreSQL server: scripts/postgres.sh starts one (see CONTRIBUTING.md)")
        location, drop = _postgres(address)
    try:
        store = open_archive(location)
        store.now = lambda: "2024-07-01T00:00:00+00:00"  # type: ignore[attr-defined]
        for article, reading in all_articles():
            store.put([prepare(article, reading)])
        if request.param == "parquet":
            from marsad.store.pack import pack

            pack(store, tmp_path / "packed")  # type: ignore[arg-type]
            store.close()
            store = open_archive(tmp_path / "packed")
        with store:
            yield store
    finally:
        drop()
