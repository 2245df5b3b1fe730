"""Tables out of the archive as they are made, so that a large one needs little memory."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from typing import IO, Any, cast

from litestar.response import Stream

from marsad.errors import QueryError
from marsad.export.tables import MEDIA, TABLE_FORMATS
from marsad.export.views import VIEWS
from marsad.store.base import Store
from marsad.stored import Filters

_CHUNK = 64 * 1024
_AHEAD = 16
"""Chunks that may wait for a slow reader."""
_PATIENCE = 120.0
"""Seconds for which a reader may take nothing before the writing is given up."""


class _GoneError(Exception):
    """Nobody reads any more."""


class _Pipe:
    """A binary file for writing whose bytes come out of an iterator in another thread."""

    def __init__(self) -> None:
        self._queue: queue.Queue[bytes | BaseException | None] = queue.Queue(_AHEAD)
        self._buffer = bytearray()
        self._written = 0
        self._gone = False
        self.closed = False

    def write(self, data: Any) -> int:
        self._buffer += data
        self._written += len(data)
        if len(self._buffer) >= _CHUNK:
            self._pass()
        return len(data)

    def tell(self) -> int:
        return self._written

    def flush(self) -> None:
        """Small pieces are gathered; nothing to do."""

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    def seek(self, offset: int, whence: int = 0) -> int:
        raise OSError("a stream cannot be wound back")

    def close(self) -> None:
        """The writer is done; `finish` ends the stream."""

    def finish(self, error: BaseException | None) -> None:
        try:
            if error is None:
                self._pass()
            self._put(error)
        except _GoneError:
            pass

    def _pass(self) -> None:
        if self._buffer:
            data, self._buffer = bytes(self._buffer), bytearray()
            self._put(data)

    def _put(self, item: bytes | BaseException | None) -> None:
        waited = 0.0
        while not self._gone:
            try:
                self._queue.put(item, timeout=0.5)
                return
            except queue.Full:
                waited += 0.5
                self._gone = waited >= _PATIENCE
        raise _GoneError

    def chunks(self) -> Iterator[bytes]:
        """What was written, as it comes.  Raises what the writing raised."""
        try:
            while (item := self._queue.get()) is not None:
                if isinstance(item, BaseException):
                    raise item
                yield item
        finally:
            self._gone = True


def chunks(write: Callable[[IO[bytes]], object]) -> Iterator[bytes]:
    """What `write` writes into a file, piece by piece.  It is an error before the first piece that is raised here and
    now, so that it can still be told properly."""
    pipe = _Pipe()

    def work() -> None:
        try:
            write(cast(IO[bytes], pipe))
        except _GoneError:
            return
        except BaseException as error:
            pipe.finish(error)
        else:
            pipe.finish(None)

    threading.Thread(target=work, daemon=True).start()
    found = pipe.chunks()
    first = next(found, b"")

    def rest() -> Iterator[bytes]:
        yield first
        yield from found

    return rest()


def stream_export(store: Store, view: str, form: str, filters: Filters, name: str = "") -> Stream:
    """A view of the archive (`export.views.VIEWS`) in a format (`export.tables.TABLE_FORMATS`) as a download.

    Raises QueryError for an unknown view or format.
    """
    if view not in VIEWS or form not in TABLE_FORMATS:
        raise QueryError(f"there is no export of {view!r} as {form!r}")
    write = TABLE_FORMATS[form]
    table = VIEWS[view](store, filters)
    body = chunks(lambda out: write(table, out, form == "csv"))  # with a byte order mark: browsers save it for Excel
    headers = {
        "content-type": MEDIA[form],  # as a header: a route's own kind would go before the answer's
        "content-disposition": f'attachment; filename="{name or f"marsad-{view}"}.{form}"',
    }
    return Stream(body, headers=headers)
