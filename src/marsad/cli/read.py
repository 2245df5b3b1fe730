"""`marsad read`: one article for people or programs, or many as lines of JSON."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any, get_args

import click

from marsad.batch.limits import SECONDS
from marsad.errors import InputError
from marsad.ingest.checks import MAX_CHARS
from marsad.ingest.web import MAX_BYTES
from marsad.records import Status


@click.command()
@click.argument("source", required=False, metavar="FILE|URL|-")
@click.option("--example", is_flag=True, help="Read the project's own example article.")
@click.option("--json", "as_json", is_flag=True, help="Print the reading as JSON.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), metavar="OUT",
              help="Write one self-contained page with the text highlighted.")  # fmt: skip
@click.option("--plover", "as_plover", is_flag=True, help="Print the events as PLOVER records, one a line.")
@click.option("--cameo", "as_cameo", is_flag=True, help="Print the events as rows with CAMEO codes and intensities.")
@click.option("--every-status", is_flag=True,
              help="With --plover or --cameo: also what is planned, called for, denied or hypothetical.")  # fmt: skip
@click.option("--jsonl", is_flag=True,
              help="Read a file of articles, one JSON object a line (also .gz); print one reading a line.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(0), default=0, metavar="N",
              help="Processes for --jsonl (default: all cores).")  # fmt: skip
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Write there instead of to standard output.")  # fmt: skip
@click.option("--date", metavar="DATE", help="The article's date (2024-05-31); relative times need it.")
@click.option("--title", metavar="TEXT", help="The article's title.")
@click.option("--outlet", metavar="NAME", help="Who published it.")
@click.option("--id", "article_id", metavar="ID", help="The article's id.")
@click.option("--max-chars", type=click.IntRange(1), default=MAX_CHARS, show_default=True, metavar="N",
              help="Longest article, in characters.")  # fmt: skip
@click.option("--max-bytes", type=click.IntRange(1), default=MAX_BYTES, show_default=True, metavar="N",
              help="Largest file, page or line, in bytes.")  # fmt: skip
@click.option("--timeout", type=click.FloatRange(0), default=SECONDS, show_default=True, metavar="SECONDS",
              help="Longest time for fetching a page, and longest processor time for reading one article.")  # fmt: skip
@click.pass_context
def command(
    ctx: click.Context,
    /,
    source: str | None,
    example: bool,
    as_json: bool,
    html: Path | None,
    jsonl: bool,
    jobs: int,
    output: Path | None,
    **options: Any,
) -> None:
    """Read the article in FILE, at URL, or on standard input (-), and show what it says and who says it.

    Exit status: 0 all was read; 1 some lines of --jsonl were not; 2 the input cannot be read.
    """
    if example == (source is not None):
        raise click.UsageError("name one article: FILE, URL, - or --example")
    events = "plover" if options.pop("as_plover") else ""
    if options.pop("as_cameo"):
        events += "cameo"
    if events == "plovercameo" or (events and as_json):
        raise click.UsageError("one of --json, --plover and --cameo")
    if options.pop("every_status"):
        if not events:
            raise click.UsageError("--every-status goes with --plover or --cameo")
        events += " all"
    if jsonl:
        if as_json or html or example or events:
            raise click.UsageError("--jsonl goes with neither --json, --html, --plover, --cameo nor --example")
        from marsad.cli.read_lines import read_lines

        failed = read_lines(source or "-", output, jobs, options)
        ctx.exit(1 if failed else 0)
    _read_one(source, as_json, events, html, output, options)


def _read_one(
    source: str | None, as_json: bool, events: str, html: Path | None, output: Path | None, options: dict[str, Any]
) -> None:
    import msgspec

    from marsad.batch.limits import time_limit
    from marsad.ingest.source import load, load_example
    from marsad.reading.pipeline import read

    timeout = options["timeout"]
    with time_limit(timeout):  # fetching has a limit of its own, on the clock
        if source is None:
            loaded = load_example()
        else:
            loaded = load(
                source, max_chars=options["max_chars"], max_bytes=options["max_bytes"], timeout=timeout or 1e9
            )
        loaded = loaded.told(
            id=options["article_id"],
            title=options["title"],
            date=options["date"],
            outlet=options["outlet"],
        )
        reading = read(loaded.article)
    reading = msgspec.structs.replace(reading, warnings=(*loaded.warnings, *reading.warnings))
    if html:
        from marsad.view.page import page

        _write(html, page(loaded.article, reading).encode("utf-8"))
        click.echo(f"marsad: wrote {html}", err=True)
    if as_json:
        data = msgspec.json.format(msgspec.json.encode(reading), indent=2) + b"\n"
        _write(output, data)
    elif events:
        from marsad.export.plover import ACTUAL, of_reading, write_cameo, write_plover

        statuses = get_args(Status) if events.endswith(" all") else ACTUAL
        write = write_plover if events.startswith("plover") else write_cameo
        buffer = io.BytesIO()
        write(of_reading(loaded.article, reading, statuses), buffer)
        _write(output, buffer.getvalue())
    elif not html or output:
        from marsad.view.terminal import print_reading

        if output is None:
            print_reading(loaded.article, reading)
        else:
            text = io.StringIO()
            print_reading(loaded.article, reading, text)
            _write(output, text.getvalue().encode("utf-8"))


def _write(path: Path | None, data: bytes) -> None:
    if path is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        path.write_bytes(data)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror})") from None
