"""What the SQL stores differ in, as the few operations that the shared code calls."""

from __future__ import annotations

import threading
from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Generic, Protocol, Self, TypeVar

from marsad.errors import ReadOnlyError
from marsad.store.query import Query

Row = tuple[Any, ...]


class _Closable(Protocol):
    def close(self) -> Any: ...


C = TypeVar("C", bound=_Closable)


class PerThread(Generic[C]):
    """A connection for each thread, made by `connect` when it is first asked for, or when it no longer `works`."""

    def __init__(self, connect: Callable[[], C], works: Callable[[C], bool] = lambda connection: True) -> None:
        self._connect, self._works = connect, works
        self._local = threading.local()
        self._all: list[C] = []
        self._lock = threading.Lock()

    def get(self) -> C:
        """The connection of this thread."""
        found: C | None = getattr(self._local, "connection", None)
        if found is None or not self._works(found):
            found = self._local.connection = self._connect()
            with self._lock:
                self._all.append(found)
        return found

    def close(self) -> None:
        """Close those of all threads."""
        with self._lock:
            for connection in self._all:
                with suppress(Exception):
                    connection.close()
            self._all.clear()
        self._local = threading.local()


HOPPING_SPEAKERS = (
    "WITH RECURSIVE s(speaker) AS (SELECT min(speaker) FROM records UNION ALL SELECT (SELECT min(r.speaker) "
    "FROM records r WHERE r.speaker > s.speaker) FROM s WHERE s.speaker IS NOT NULL) "
    "SELECT speaker FROM s WHERE speaker IS NOT NULL"
)
"""`all_speakers` from one key of the index to the next, rather than past all records."""


class Engine:
    """One SQL database.  Placeholders are `?`; `%` does not occur in statements."""

    location = ""
    read_only = False
    all_speakers = "SELECT DISTINCT speaker FROM records"
    """The keys of all speakers, each once."""
    now: Callable[[], str] = staticmethod(lambda: datetime.now(UTC).isoformat(timespec="seconds"))

    @abstractmethod
    def rows(self, statement: str, params: Sequence[object] = ()) -> list[Row]:
        """All rows of an answer."""

    @abstractmethod
    def stream_rows(self, statement: str, params: Sequence[object] = ()) -> Iterator[Row]:
        """The rows of an answer, a few at a time."""

    def one(self, statement: str, params: Sequence[object] = ()) -> Row | None:
        """The first row of an answer."""
        found = self.rows(statement, params)
        return found[0] if found else None

    def number(self, statement: str, params: Sequence[object] = ()) -> int:
        """The first value of the first row as a number; 0 for null."""
        found = self.one(statement, params)
        return int(found[0] or 0) if found else 0

    # -- writing; a read-only engine has none of it

    def transaction(self) -> AbstractContextManager[None]:
        """A block in which everything is written or nothing is, by one writer at a time."""
        raise ReadOnlyError(f"{self.location}: this archive may only be read")

    def execute(self, statement: str, params: Sequence[object] = ()) -> None:
        """Write."""
        raise ReadOnlyError(f"{self.location}: this archive may only be read")

    def execute_many(self, statement: str, rows: Sequence[Sequence[object]]) -> None:
        """Write many rows."""
        raise ReadOnlyError(f"{self.location}: this archive may only be read")

    # -- the index of words

    @abstractmethod
    def match_articles(self, tree: Query, params: list[object]) -> str:
        """A condition on `v.n`; its values go to `params`."""

    @abstractmethod
    def match_records(self, tree: Query, params: list[object]) -> str:
        """A condition on `r.rid`; its values go to `params`."""

    def count_articles(self, tree: Query) -> int:
        """How many current articles meet the query."""
        params: list[object] = []
        condition = self.match_articles(tree, params)
        return self.number(f"SELECT count(*) FROM versions v WHERE v.current = 1 AND {condition}", params)

    def newest_articles(self, tree: Query, offset: int, limit: int) -> list[int]:
        """Numbers of the current articles that meet the query, newest first."""
        params: list[object] = []
        condition = self.match_articles(tree, params)
        statement = f"SELECT v.n FROM versions v WHERE v.current = 1 AND {condition} ORDER BY v.n DESC LIMIT ? OFFSET ?"
        return [row[0] for row in self.rows(statement, [*params, limit, offset])]

    def best_articles(self, tree: Query, numbers: Sequence[int] | None, offset: int, limit: int) -> list[int]:
        """As `newest_articles`, by relevance; `numbers` restricts to those articles."""
        found = self.newest_articles(tree, 0, 1 << 40)
        allowed = found if numbers is None else [n for n in found if n in set(numbers)]
        return allowed[offset : offset + limit]

    def index_article(self, n: int, words: str) -> None:
        """Make an article found by these terms."""

    def unindex_article(self, n: int, words: str) -> None:
        """Make an article no longer found; `words` is what it was indexed by."""

    def index_records(self, rows: Sequence[tuple[int, str]]) -> None:
        """Make records (rid, terms) found."""

    def unindex_records(self, rows: Sequence[tuple[int, str]]) -> None:
        """Make records no longer found; the terms are what they were indexed by."""

    def clear_words(self) -> None:
        """Make nothing found."""

    def close(self) -> None:
        """Release files and connections."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
