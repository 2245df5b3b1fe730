"""`marsad ledger`: what somebody said, over time."""

from __future__ import annotations

from typing import Any

import click

from marsad.assembly.ledger import LedgerEntry, content
from marsad.cli.common import (
    actor_names,
    archive_option,
    filter_options,
    filters_from,
    one_way,
    opened,
    output_options,
    page_note,
    page_options,
    print_csv,
    print_json,
    print_rich,
)


@click.command()
@click.argument("speaker", required=False)
@archive_option
@filter_options(without=("speaker", "layers", "types", "domains", "statuses"))
@page_options(20)
@output_options
def command(
    speaker: str | None, archive: str, limit: int, offset: int, as_json: bool, as_csv: bool, bom: bool, **options: Any
) -> None:
    """Statements of SPEAKER (a code, a state, or words of a name; without it everybody's), newest first.

    Repeats in several articles are one entry.  Links name what a denial or rejection answers, an earlier position on
    the same topic, and numbers that differ, each with the words that make the link; they are no verdict.
    """
    from marsad.lexicon.codes import code_of

    one_way(as_json, as_csv)
    with opened(archive) as store:
        page = store.ledger(code_of(speaker) if speaker else None, filters_from(options), offset, limit)
    if as_json:
        print_json(page)
    elif as_csv:
        from marsad.export.views import LEDGER, ledger_row

        print_csv(LEDGER, map(ledger_row, page.items), bom)
    else:
        for entry in page.items:
            _print(entry)
        print_rich(page_note(page, "statements"))


def _print(entry: LedgerEntry) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from marsad.view.bidi import isolated
    from marsad.view.labels import label

    s = entry.statement
    speaker = s.record.speaker
    head = Text(s.date or "undated", style="dim")
    head.append("  ")
    head.append(isolated(speaker.name or label("speaker", speaker.kind)), style="bold")
    for part in (speaker.role, actor_names(speaker.affiliation)):
        if part:
            head.append(f" ({isolated(part)})")
    head.append(f"  {label('act', s.record.act)}{' (negated)' if s.record.negated else ''}", style="cyan")
    print_rich(head)
    print_rich(Padding(Text(isolated(content(s).replace("\n", " "))), (0, 0, 0, 2)))
    outlets = list(dict.fromkeys(place.outlet for place in entry.places if place.outlet))
    about = [isolated(outlet) for outlet in outlets]
    if len(entry.places) > 1:
        last = max((place.date for place in entry.places if place.date), default=None)
        about.append(f"{len(entry.places)} articles" + (f", last {last}" if last and last != s.date else ""))
    if s.claimants:
        about.append("through " + " > ".join(isolated(c.name or c.role or "?") for c in s.claimants))
    for name, span in (("to", s.record.addressee), ("at", s.record.occasion), ("in", s.record.outlet)):
        if span:
            about.append(f"{name} {isolated(' '.join(span.quote.split()))}")
    if s.topics:
        about.append("on " + isolated(actor_names(s.topics)))
    print_rich(Padding(Text(" · ".join([*about, s.id]), style="dim"), (0, 0, 0, 2)))
    for link in entry.links:
        line = f"↳ {link.kind}: {link.date or 'undated'} {isolated(link.name or '?')}: {isolated(link.quote[:120])}"
        print_rich(Padding(Text(f"{line} [{isolated('، '.join(link.evidence))}]", style="yellow"), (0, 0, 0, 2)))
