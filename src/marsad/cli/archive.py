"""`marsad archive`: the archive as a whole."""

from __future__ import annotations

from pathlib import Path

import click

from marsad.cli.common import archive_option, opened
from marsad.errors import ArchiveError


@click.group()
def command() -> None:
    """Pack an archive into Parquet, or check it."""


@command.command()
@click.argument("out", type=click.Path(path_type=Path))
@archive_option
def export(out: Path, archive: str) -> None:
    """Write the archive to folder OUT as Parquet, partitioned by year, with a manifest.

    OUT is a read-only archive that every command takes as --archive OUT; DuckDB reads its tables as they are.
    """
    from marsad.store.pack import pack
    from marsad.store.write import SqlStore

    with opened(archive) as store:
        assert isinstance(store, SqlStore)
        manifest = pack(store, out)
    rows = {name: sum(file.rows for file in files) for name, files in manifest.tables.items()}
    click.echo(f"{out}: {rows['versions']:,} articles, {rows['records']:,} records")


@command.command()
@archive_option
def check(archive: str) -> None:
    """Look whether everything in the archive fits together; exit status 2 where it does not."""
    from marsad.store.check import faults
    from marsad.store.write import SqlStore

    with opened(archive) as store:
        assert isinstance(store, SqlStore)
        found, place = list(faults(store)), store.location
    for fault in found:
        click.echo(fault, err=True)
    if found:
        raise ArchiveError(f"{place}: {len(found)} faults")
    click.echo(f"{place}: all is well")
