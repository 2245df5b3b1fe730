"""`marsad reread`: read the archive's articles again with the present rules."""

from __future__ import annotations

import click

from marsad.batch.limits import SECONDS
from marsad.cli.common import archive_option, opened, print_csv, print_json, print_table
from marsad.ingest.checks import MAX_CHARS


@click.command()
@archive_option
@click.option("--all", "every", is_flag=True, help="Also what the present version has read.")
@click.option("--jobs", type=click.IntRange(0), default=0, metavar="N", help="Processes (default: all cores).")
@click.option("--timeout", type=click.FloatRange(0), default=SECONDS, show_default=True, metavar="SECONDS",
              help="Longest time for reading one article.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print the table as CSV.")
@click.pass_context
def command(
    ctx: click.Context, archive: str, every: bool, jobs: int, timeout: float, as_json: bool, as_csv: bool
) -> None:
    """Read again what other versions of the rules have read, and say what changed.

    Texts, versions and verdicts stay; an article that cannot be read keeps its records.
    """
    from marsad.batch.rereading import reread
    from marsad.batch.worker import Limits

    with opened(archive, write=True) as store:
        done = reread(store, every, jobs, Limits(MAX_CHARS, timeout), report=lambda line: click.echo(line, err=True))
    columns = ("layer", "before", "after", "same", "changed", "new", "gone")
    rows = [(name, *(getattr(change, field) for field in columns[1:])) for name, change in done.layers.items()]
    if as_json:
        print_json(done)
    elif as_csv:
        print_csv(columns, rows)
    else:
        print_table(columns, rows, numbers=columns[1:])
        kept = ", ".join(f"{count} {standing}" for standing, count in done.verdicts.items()) or "none"
        changed = f"{done.articles_changed:,} of them otherwise"
        click.echo(f"{done.summary.reread:,} articles read again, {changed}; verdicts: {kept}")
    ctx.exit(1 if done.summary.skipped else 0)
