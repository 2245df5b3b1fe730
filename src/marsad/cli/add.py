"""`marsad add`: take sources into an archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from marsad.batch.limits import SECONDS
from marsad.cli.common import archive_option, opened, print_json
from marsad.errors import InputError
from marsad.ingest.checks import MAX_CHARS
from marsad.ingest.web import MAX_BYTES


@click.command()
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@archive_option
@click.option("--examples", is_flag=True, help="Add the project's own example articles.")
@click.option("--column", "columns", multiple=True, metavar="FIELD=NAME",
              help="Which column of a table is text, title, date, outlet, url or id.")  # fmt: skip
@click.option("--outlet", metavar="NAME", help="Who published what names no outlet itself.")
@click.option("--no-follow", is_flag=True, help="Do not fetch the pages that a feed links; take what the feed holds.")
@click.option("--jobs", type=click.IntRange(0), default=0, metavar="N", help="Processes (default: all cores).")
@click.option("--max-chars", type=click.IntRange(1), default=MAX_CHARS, show_default=True, metavar="N",
              help="Longest article, in characters.")  # fmt: skip
@click.option("--max-bytes", type=click.IntRange(1), default=MAX_BYTES, show_default=True, metavar="N",
              help="Largest page, row or text file, in bytes.")  # fmt: skip
@click.option("--timeout", type=click.FloatRange(0), default=SECONDS, show_default=True, metavar="SECONDS",
              help="Longest time for fetching a page, and longest processor time for reading one article.")  # fmt: skip
@click.option("--delay", type=click.FloatRange(0), default=2.0, show_default=True, metavar="SECONDS",
              help="Least pause between two requests to one host.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing about what was skipped.")
@click.pass_context
def command(ctx: click.Context, /, sources: tuple[str, ...], archive: str, **options: Any) -> None:
    """Read SOURCEs and keep what they say in an archive (made on first use).

    A source is a text or HTML file, a folder, a table (CSV, TSV, Parquet, lines of JSON), an RSS or Atom feed, a web
    archive (WARC), an address, or - for standard input.  Adding the same again changes nothing; a changed text
    becomes a new version.

    Exit status: 0 all is in; 1 some articles were skipped; 2 a source or the archive cannot be opened.
    """
    from marsad.batch.adding import Summary, add
    from marsad.batch.worker import Limits
    from marsad.ingest.items import Item
    from marsad.ingest.polite import Visitor
    from marsad.ingest.sources import Options, items

    if options["examples"] == bool(sources):
        raise click.UsageError("name one source or more, or --examples")
    columns = dict(_column(pair) for pair in options["columns"])
    timeout = options["timeout"] or 1e9
    limits = Limits(options["max_chars"], options["timeout"])
    unreadable: list[str] = []
    with (
        opened(archive, write=True) as store,
        Visitor(options["delay"], timeout, options["max_bytes"]) as visitor,
        _progress(options["quiet"] or options["as_json"]) as (advance, report),
    ):

        def visit(url: str) -> tuple[bytes, str, str | None, str]:
            page = visitor.get(url).page
            assert page is not None  # nothing was asked conditionally
            return page

        taken = Options(columns, options["outlet"], not options["no_follow"], options["max_bytes"], visit)

        def everything() -> Iterator[Item]:
            if options["examples"]:
                from marsad.ingest.sources import example_items

                yield from example_items()
            for source in sources:
                try:
                    yield from items(source, taken)
                except InputError as error:
                    unreadable.append(str(error))
                    report(str(error))

        summary: Summary = add(store, everything(), options["jobs"], limits, advance=advance, report=report)
        articles, place = store.stats().articles, store.location
    if options["as_json"]:
        print_json({**_fields(summary), "unreadable": unreadable, "archive": place, "articles": articles})
    else:
        print_summary(summary)
        click.echo(f"{place}: {articles:,} articles")
    ctx.exit(2 if unreadable else 1 if summary.skipped else 0)


def _fields(summary: Any) -> dict[str, Any]:
    import msgspec

    fields: dict[str, Any] = msgspec.to_builtins(summary)
    return fields


def print_summary(summary: Any) -> None:
    """What became of the articles, in a line or two."""
    parts = [f"{summary.added:,} added", f"{summary.unchanged:,} unchanged"]
    if summary.new_versions:
        parts.append(f"{summary.new_versions:,} new versions")
    if summary.reread:
        parts.append(f"{summary.reread:,} read again")
    skipped = sum(summary.skipped.values())
    if skipped:
        why = ", ".join(f"{count:,} {reason}" for reason, count in summary.skipped.items())
        parts.append(f"{skipped:,} skipped ({why})")
    click.echo(", ".join(parts))


def _column(pair: str) -> tuple[str, str]:
    from marsad.ingest.tables import FIELDS

    field, found, name = pair.partition("=")
    if not found or field not in FIELDS:
        raise click.UsageError(f"--column {pair}: write one of {', '.join(FIELDS)}, =, and the column's name")
    return field, name


@contextmanager
def _progress(quiet: bool) -> Iterator[tuple[Callable[[int], None], Callable[[str], None]]]:
    """(advance, report): a counter on a terminal, messages on standard error elsewhere."""
    import sys

    if quiet:
        yield (lambda done: None), (lambda message: None)
        return
    if not sys.stderr.isatty():
        yield (lambda done: None), (lambda message: click.echo(f"marsad: {message}", err=True))
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    counter = TextColumn("{task.completed:,.0f} articles, {task.speed} a second")
    columns = (SpinnerColumn(), counter, TimeElapsedColumn())
    with Progress(*columns, console=console, redirect_stdout=False, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield (
            (lambda done: bar.advance(task, done)),
            (lambda message: console.print(f"marsad: {message}", markup=False, highlight=False)),
        )
