"""`marsad export`: take a view out of the archive in the format of another program."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from marsad.cli.common import archive_option, filter_options, filters_from, opened
from marsad.errors import InputError

if TYPE_CHECKING:
    from marsad.store.base import Store
    from marsad.stored import Filters

_VIEWS = ("records", "search", "articles", "ledger", "timeline", "actors", "pairs", "verdicts", "stories")
_TABLES = ("csv", "jsonl", "parquet", "xlsx")
_OTHERS = ("annotations", "ftm", "graphml", "plover", "cameo")
_ENDINGS = {
    ".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".xlsx": "xlsx",
    ".jsonld": "annotations", ".ftm": "ftm", ".graphml": "graphml",
    ".plover": "plover", ".cameo": "cameo",
}  # fmt: skip


@click.command()
@click.argument("out", type=click.Path(path_type=Path, allow_dash=True))
@archive_option
@click.option("--view", type=click.Choice(_VIEWS), default="records", show_default=True, help="What to take out.")
@click.option("--query", metavar="WORDS", help="With --view search: what to look for, as in `marsad search`.")
@click.option("--format", "kind", type=click.Choice((*_TABLES, *_OTHERS)),
              help=f"By default what OUT ends in: {' '.join(_ENDINGS)}")  # fmt: skip
@click.option("--bom", is_flag=True, help="CSV that begins with a byte order mark, for Excel.")
@filter_options()
def command(
    out: Path, archive: str, view: str, query: str | None, kind: str | None, bom: bool, **options: Any
) -> None:  # fmt: skip
    """Write a view of the archive to the file OUT (- for standard output).

    Tables go to CSV, lines of JSON, Parquet and XLSX.  Records also become W3C Web Annotations (annotations),
    FollowTheMoney entities (ftm), or the network of actors as GraphML; events become PLOVER's lines of JSON (plover) or
    rows with CAMEO codes (cameo): actual ones, unless --status asks for others.  A timeline needs two --actor.
    """
    format_ = kind or _ENDINGS.get(out.suffix.lower())
    if format_ is None:
        raise click.UsageError(f"{out}: the ending names no format; say --format")
    if format_ in _OTHERS and view != "records":
        raise click.UsageError(f"{format_} holds records, not {view}")
    if (view == "search") != (query is not None):
        raise click.UsageError("--view search and --query go together")
    filters = filters_from(options)
    with opened(archive) as store:
        if str(out) == "-":
            count = _write(store, view, query, format_, bom, filters, sys.stdout.buffer)
        else:
            count = _to_file(out, lambda file: _write(store, view, query, format_, bom, filters, file))
    what = {"graphml": "pairs", "plover": "events", "cameo": "events", "ftm": "entities"}.get(format_, view)
    click.echo(f"{count:,} {what} written to {out}", err=True)


def _to_file(out: Path, write: Callable[[IO[bytes]], int]) -> int:
    """Written beside and put in place when whole, so that a failure leaves no half file."""
    draft = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        with draft.open("wb") as file:
            count = write(file)
        draft.replace(out)
    except OSError as error:
        raise InputError(f"{out}: cannot be written ({error.strerror})") from None
    finally:
        draft.unlink(missing_ok=True)
    return count


def _write(
    store: Store, view: str, query: str | None, kind: str, bom: bool, filters: Filters, file: IO[bytes]
) -> int:  # fmt: skip
    if kind == "annotations":
        from marsad.export.annotations import write_annotations

        return write_annotations(store, filters, file)
    if kind == "ftm":
        from marsad.export.entities import write_entities

        return write_entities(store, filters, file)
    if kind == "graphml":
        from marsad.export.network import write_graphml

        return write_graphml(store, filters, file)
    if kind in ("plover", "cameo"):
        from marsad.export.plover import of_store, write_cameo, write_plover

        return (write_plover if kind == "plover" else write_cameo)(of_store(store, filters), file)
    from marsad.export.tables import TABLE_FORMATS
    from marsad.export.views import VIEWS, search

    table = search(store, filters, query) if query is not None else VIEWS[view](store, filters)
    return TABLE_FORMATS[kind](table, file, bom)
