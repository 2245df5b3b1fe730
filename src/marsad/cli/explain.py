"""`marsad explain`: why an item was made, or what a rule says."""

from __future__ import annotations

import click

from marsad.errors import InputError


@click.command()
@click.argument("what", metavar="ID|RULE")
@click.argument("source", required=False, metavar="[FILE|URL|-]")
@click.option("--example", is_flag=True, help="Look in the project's own example article.")
@click.option("--date", metavar="DATE", help="The article's date, as it was given to `marsad read`.")
def command(what: str, source: str | None, example: bool, date: str | None) -> None:
    """Show why an item was made: its words, the rule that made it, and that rule's row with its examples.

    ID is an item's id as `marsad read` prints it (the first letters are enough), with the article that was read.
    RULE alone is the id of a rule, and shows its row.
    """
    if source is None and not example:
        _explain_rule(what)
    else:
        _explain_item(what, source, date)


def _explain_rule(rule: str) -> None:
    from marsad.lexicon.rows import find_row

    row = find_row(rule)
    if row is None:
        raise InputError(f"no rule {rule!r}; for an item's id, name the article as well: marsad explain {rule} FILE")
    click.echo(f"rule {row.id}, in lexicon/data/{row.file}\n")
    click.echo(row.as_yaml().rstrip())


def _explain_item(wanted: str, source: str | None, date: str | None) -> None:
    from marsad.ingest.source import load, load_example
    from marsad.reading.pipeline import read
    from marsad.view.bidi import isolated
    from marsad.view.items import items
    from marsad.view.labels import label

    loaded = (load_example() if source is None else load(source)).told(date=date)
    reading = read(loaded.article)
    found = [item for item in items(reading) if item.id.startswith(wanted)]
    exact = [item for item in found if item.id == wanted]
    found = exact or found
    ids = list(dict.fromkeys(item.id for item in found))
    if not ids:
        raise InputError(f"no item {wanted!r} in that article; `marsad read` prints the ids")
    if len(ids) > 1:
        raise InputError(f"{wanted!r} is the beginning of {len(ids)} ids: {' '.join(ids[:8])}")
    for number, item in enumerate(found):
        if number:
            click.echo()
        click.echo(f"{item.id}  ({label('layer', item.layer)})")
        for part, span in item.spans:
            click.echo(f"  {part:10s} {span.start:6d}-{span.end:<6d} {isolated(span.quote)}")
        confidence = getattr(item.record, "confidence", None)
        click.echo(f"  rule       {item.rule}" + (f", confidence {confidence:.2f}" if confidence is not None else ""))
        row = item.row()
        if row is None:
            click.echo("             (a rule of the code, without a row of its own)")
            continue
        click.echo(f"             row {row.id} of lexicon/data/{row.file}:")
        for line in row.as_yaml().splitlines():
            click.echo(f"               {line}")
