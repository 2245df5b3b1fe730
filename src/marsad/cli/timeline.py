"""`marsad timeline`: events and claims between two actors over time."""

from __future__ import annotations

from typing import Any, get_args

import click

from marsad.cli.common import archive_option, filter_options, filters_from, opened, output_options, shown
from marsad.stored import By, Period


@click.command()
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@archive_option
@click.option("--by", type=click.Choice(get_args(By)), default="month", show_default=True, help="Length of a period.")
@filter_options(without=("actors",))
@output_options
def command(a: str, b: str, archive: str, by: By, as_json: bool, as_csv: bool, bom: bool, **options: Any) -> None:
    """Actual events of cooperation and conflict, other events, relation claims and statements between A and B."""
    from marsad.lexicon.codes import code_of, name_of

    one, two = code_of(a), code_of(b)
    with opened(archive) as store:
        periods = store.timeline(one, two, by, filters_from(options))
    columns = Period.__struct_fields__
    rows = [[getattr(period, column) for column in columns] for period in periods]
    if not as_json and not as_csv:
        columns = tuple(column if column != "period" else by for column in columns)
        rows = [[row[0] or "undated", *row[1:]] for row in rows]
    shown(
        periods, columns, rows, as_json, as_csv, bom, title=f"{name_of(one)} – {name_of(two)}", numbers=columns[1:],
        narrow=columns[:1], note="" if periods else "nothing joins the two in this archive",
    )  # fmt: skip
