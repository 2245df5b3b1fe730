"""Archives: articles, what was read in them, and what people decided.  `open_archive` finds the right store."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from marsad.store.base import Store

DEFAULT = "marsad.db"
VARIABLE = "MARSAD_ARCHIVE"
"""Environment variable that names the archive where the user does not."""


def open_archive(location: str | os.PathLike[str] | None = None, *, read_only: bool = False) -> Store:
    """Open an archive, and make it where it is a file that is not there yet.

    `location` is a file (SQLite), a `postgresql://` address, or a folder written by `marsad archive export`;
    None means $MARSAD_ARCHIVE, else ./marsad.db.  Raises ArchiveError.
    """
    name = os.fspath(location) if location is not None else os.environ.get(VARIABLE) or DEFAULT
    if name.startswith(("postgresql://", "postgres://")):
        from marsad.store.postgres import PostgresStore

        return PostgresStore(name, read_only)
    if (Path(name) / "manifest.json").is_file():
        from marsad.store.parquet import ParquetStore

        return ParquetStore(name)
    from marsad.store.sqlite import SqliteStore

    return SqliteStore(name, read_only)
