"""`marsad verdict`: an analyst's decisions on records."""

from __future__ import annotations

import getpass
from typing import Any

import click

from marsad.cli.common import archive_option, opened, output_options, page_note, page_options, shown

_DECISIONS = ("accept", "reject", "correct", "withdraw")


@click.command()
@click.argument("record", required=False)
@click.argument("decision", required=False, type=click.Choice(_DECISIONS))
@archive_option
@click.option("--set", "corrections", multiple=True, metavar="FIELD=JSON",
              help='With correct: a field of the record and its right value (--set \'type="PROTEST"\').')  # fmt: skip
@click.option("--note", default="", metavar="TEXT", help="Why.")
@click.option("--analyst", envvar="MARSAD_ANALYST", default=None, metavar="NAME", help="Who decides (default: you).")
@click.option("--history", is_flag=True, help="All verdicts ever given on RECORD.")
@page_options(50)
@output_options
def command(
    record: str | None, decision: Any, archive: str, corrections: tuple[str, ...], note: str, analyst: str | None,
    history: bool, limit: int, offset: int, as_json: bool, as_csv: bool, bom: bool,
) -> None:  # fmt: skip
    """Accept, reject or correct RECORD, or withdraw the last verdict on it; without arguments: the verdicts in force.

    A verdict is kept beside the machine's record.  It survives a re-reading, and says then whether the record still
    reads the same, reads otherwise, or is gone.
    """
    from marsad.stored import Page, Verdict

    if record is not None and decision is None and not history:
        raise click.UsageError(f"say what to do with {record}: {', '.join(_DECISIONS)}, or --history")
    if record is None:
        with opened(archive) as store:
            page = store.verdicts(offset=offset, limit=limit)
    elif history:
        with opened(archive) as store:
            past = store.verdict_history(record)
        page = Page(items=past, total=len(past))
    else:
        with opened(archive, write=True) as store:
            kept = store.decide(
                Verdict(
                    id="", record=record, layer="statement", article="", version=0, decision=decision, at="",
                    analyst=analyst if analyst is not None else getpass.getuser(), note=note,
                    correction=dict(map(_correction, corrections)),
                )
            )  # fmt: skip
        page = Page(items=(kept,), total=1)
    columns = ("at", "analyst", "decision", "layer", "record", "article", "standing", "note", "correction")
    rows = [[_cell(getattr(verdict, name)) for name in columns] for verdict in page.items]
    if not as_json and not as_csv:  # to the minute: a table has only so much room
        rows = [[str(row[0])[:16].replace("T", " "), *row[1:]] for row in rows]
    shown(page, columns, rows, as_json, as_csv, bom, note=page_note(page, "verdicts"),
          narrow=("at", "decision", "record"))  # fmt: skip


def _correction(pair: str) -> tuple[str, object]:
    import msgspec

    field, found, value = pair.partition("=")
    if not found:
        raise click.UsageError(f"--set {pair}: write FIELD=JSON")
    try:
        return field, msgspec.json.decode(value)
    except msgspec.DecodeError:
        return field, value


def _cell(value: object) -> object:
    import msgspec

    return msgspec.json.encode(value).decode() if isinstance(value, dict) and value else value or ""
