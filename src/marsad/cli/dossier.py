"""`marsad dossier`: all about two actors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from marsad.cli.common import (
    actor_names,
    archive_option,
    filter_options,
    filters_from,
    one_way,
    opened,
    output_options,
    print_csv,
    print_json,
    print_rich,
    print_table,
)

if TYPE_CHECKING:
    from marsad.assembly.dossier import Dossier

_SIGN = {1: "+", 0: "0", -1: "−"}


@click.command()
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@archive_option
@filter_options(without=("actors",))
@output_options
def command(a: str, b: str, archive: str, as_json: bool, as_csv: bool, bom: bool, **options: Any) -> None:
    """Actors A and B: how they stand by domain and who claims it, events, statements about each other, timeline,
    and where the sources disagree.  With --csv: its records, one a row."""
    from marsad.lexicon.codes import code_of

    one_way(as_json, as_csv)
    with opened(archive) as store:
        dossier = store.dossier(code_of(a), code_of(b), filters_from(options))
    if as_json:
        print_json(dossier)
    elif as_csv:
        from marsad.export.rows import COLUMNS, record_row

        several = (dossier.relations, dossier.events, dossier.statements_a, dossier.statements_b, dossier.mechanisms)
        records = {record.id: record for group in several for record in group}
        print_csv(COLUMNS, map(record_row, records.values()), bom)
    else:
        _print(dossier)


def _print(d: Dossier) -> None:
    from rich.text import Text

    from marsad.assembly.dossier import holder_of
    from marsad.assembly.ledger import content
    from marsad.view.bidi import isolated
    from marsad.view.labels import label

    print_rich(Text(f"{isolated(actor_names([d.a]))} – {isolated(actor_names([d.b]))}", style="bold"))
    if not d.articles:
        print_rich("nothing joins the two in this archive")
        return
    span = f"{d.first or 'undated'} to {d.last or 'undated'}"
    counts = ", ".join(f"{count:,} {layer}s" for layer, count in d.counts.items())
    print_rich(f"{d.articles:,} articles in {d.stories:,} stories, {span}: {counts}")
    if d.domains:
        print_table(
            ("domain", "positive", "neutral", "negative", "rising", "falling", "latest"),
            [(label("domain", r.domain), r.positive, r.neutral, r.negative, r.up, r.down, r.latest) for r in d.domains],
            title="How they stand, as claimed", numbers=("positive", "neutral", "negative", "rising", "falling"),
        )  # fmt: skip
    rows: list[tuple[object, ...]] = []
    if d.relations:
        rows = [
            (r.date, label("domain", r.record.domain), _SIGN[r.record.polarity],
             r.record.trend, r.record.span.quote, holder_of(r)[0])
            for r in d.relations[:8]
        ]  # fmt: skip
        print_table(("date", "domain", "sign", "trend", "words", "held by"), rows, title="Relation claims, newest")
    if d.events:
        rows = [
            (e.date, e.record.type, e.record.status, actor_names(e.record.sources), e.record.trigger.quote,
             actor_names(e.record.targets), holder_of(e)[0])
            for e in d.events[:8]
        ]  # fmt: skip
        print_table(
            ("date", "type", "status", "who", "did", "to whom", "held by"), rows, title="Events, newest",
            narrow=("date", "type", "status"),
        )  # fmt: skip
    for a, b, statements in ((d.a, d.b, d.statements_a), (d.b, d.a, d.statements_b)):
        if statements:
            rows = [
                (s.date, s.record.speaker.name, label("act", s.record.act), content(s)[:160].replace("\n", " "))
                for s in statements[:5]
            ]
            title = f"{isolated(actor_names([a]))} about {isolated(actor_names([b]))}, newest"
            print_table(("date", "speaker", "act", "content"), rows, title=title, narrow=("date", "act"))
    if d.timeline:
        columns = ("month", "cooperation", "conflict", "positive", "negative", "statements", "articles")
        rows = [
            (p.period or "undated", p.cooperation, p.conflict, p.positive, p.negative, p.statements, p.articles)
            for p in d.timeline[-12:]
        ]
        print_table(columns, rows, title="Timeline, the last months with anything", numbers=columns[1:])
    for row in d.disagreements:
        domain = label("domain", row.domain)
        good = isolated("، ".join(row.holders_for))
        bad = isolated("، ".join(row.holders_against))
        print_rich(Text(f"disagreement, {domain}: good by {good}; bad by {bad}", style="yellow"))
