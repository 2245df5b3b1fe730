"""`marsad map`: what is claimed to act on what, assembled."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from marsad.cli.common import archive_option, opened, output_options, page_note, page_options, print_rich, shown
from marsad.errors import InputError, QueryError

if TYPE_CHECKING:
    from marsad.assembly.assemble import Assembly
    from marsad.assembly.causal import CausalMap


@click.command()
@click.argument("source", required=False, metavar="[FILE|URL|-]")
@archive_option
@click.option("--claimant", metavar="NAME",
              help="Only what this claimant holds: words of a name, an actor code, or writer.")  # fmt: skip
@click.option("--side", metavar="ACTOR", help="Only what those hold who speak for this actor.")
@click.option("--outlet", metavar="NAME", help="Only what this outlet published.")
@click.option("--article", metavar="ID", help="Only this article of the archive.")
@click.option("--since", metavar="DATE", help="Only articles from this day, month or year on.")
@click.option("--until", metavar="DATE", help="Only articles up to and including this day, month or year.")
@click.option("--about", "abouts", multiple=True, metavar="CONCEPT",
              help="Only effects on or of this concept (label, key or words; may be repeated).")  # fmt: skip
@click.option("--support", type=click.IntRange(0), default=0, metavar="N",
              help="Only effects with at least N independent pieces of evidence.")  # fmt: skip
@click.option("--claims", is_flag=True, help="Show the words of each claim below its effect.")
@click.option("--claimants", "list_claimants", is_flag=True, help="List who holds claims, instead of the map.")
@click.option("--check", is_flag=True, help="Hold reported trends against what each claimant's own claims imply.")
@click.option("--export", "kind", metavar="FORMAT",
              help="Write the map for another program: json, graphml, argdown, fcm or xmile.")  # fmt: skip
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="With --export: write there instead of to standard output.")  # fmt: skip
@page_options(30)
@output_options
def command(
    source: str | None, archive: str, abouts: tuple[str, ...], support: int, claims: bool, list_claimants: bool,
    check: bool, kind: str | None, output: Path | None, limit: int, offset: int, as_json: bool, as_csv: bool, bom: bool,
    **view: str | None,
) -> None:  # fmt: skip
    """The causal map of an article (FILE, URL or -), or of all the archive: who claims that what acts on what.

    Evidence is counted by independent claimant and text: copies of an agency's report and re-quotes count once.
    "for" is evidence for the sign shown, "against" for the other; denials and concessions are counted apart and never
    become effects.  `marsad merges` joins concepts that are one.
    """
    from marsad.assembly.claims import View
    from marsad.lexicon.codes import code_of
    from marsad.stored import Page
    from marsad.view import map_text

    if view.get("side"):
        view["side"] = code_of(view["side"] or "")
    if check:
        _check(source, archive, as_json)
        return
    assembly = assembled(source, archive)
    if list_claimants:
        found = assembly.claimants()
        rows = [(name or "writers", count) for name, count in found]
        shown(found, ("claimant", "claims"), rows[offset : offset + limit], as_json, as_csv, bom, numbers=("claims",))
        return
    causal_map = narrowed(assembly.map(View(**view)), abouts, support)
    if kind:
        _export(causal_map, kind, output)
        return
    ranked = map_text.ranked(causal_map)
    page = Page(items=tuple(ranked[offset : offset + limit]), total=len(ranked), offset=offset, limit=limit)
    rows_shown = list(map_text.rows(causal_map))
    if claims and not (as_json or as_csv):
        _print_claims(causal_map, page.items)
    else:
        shown(
            causal_map, map_text.COLUMNS, rows_shown if as_csv else rows_shown[offset : offset + limit], as_json,
            as_csv, bom, title=map_text.summary(causal_map), numbers=map_text.NUMBERS,
            note=page_note(page, "effects"),
        )  # fmt: skip


def assembled(source: str | None, archive: str) -> Assembly:
    """The assembly of an article, or of the archive."""
    from marsad.assembly.assemble import assemble

    if source is None:
        with opened(archive) as store:
            return assemble(store)
    from marsad.ingest.source import load
    from marsad.reading.pipeline import read

    return assemble(read(load(source).article))


def narrowed(causal_map: CausalMap, abouts: tuple[str, ...], support: int) -> CausalMap:
    """Only the edges around some concepts, with enough evidence."""
    import msgspec

    from marsad.assembly.whatif.question import find_concept

    wanted = {find_concept(causal_map, name).key for name in abouts}
    edges = tuple(
        e for e in causal_map.edges if e.support >= support and (not wanted or e.cause in wanted or e.effect in wanted)
    )
    keys = {key for e in edges for key in (e.cause, e.effect)}
    nodes = tuple(node for node in causal_map.nodes if node.key in keys)
    return msgspec.structs.replace(causal_map, nodes=nodes, edges=edges)


def _print_claims(causal_map: CausalMap, edges: tuple[object, ...]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from marsad.assembly.causal import Edge
    from marsad.view import map_text
    from marsad.view.bidi import isolated

    labels = {node.key: isolated(node.label) for node in causal_map.nodes}
    print_rich(Text(map_text.summary(causal_map), style="bold"))
    for edge in edges:
        assert isinstance(edge, Edge)
        counts = f"for {edge.support}, against {edge.against}, denied {edge.denied}, conceded {edge.conceded}"
        print_rich(Text(f"{labels[edge.cause]}  {map_text.sign(edge)}  {labels[edge.effect]}   {counts}"))
        for claim in edge.claims:
            how = "" if claim.claim == "asserts" else f" {claim.claim}"
            mark = "+" if claim.sign > 0 else "−"
            who = isolated(map_text.holder(claim))
            said = f"{claim.date or 'undated'} {who}{how} {mark} {claim.modality}: {isolated(claim.quote[:200])}"
            print_rich(Padding(Text(f"{said} · {claim.record}", style="dim"), (0, 0, 0, 2)))


def _export(causal_map: CausalMap, kind: str, output: Path | None) -> None:
    from marsad.export.maps import MAP_FORMATS

    if kind not in MAP_FORMATS:
        raise QueryError(f"{kind}: a map is written as {', '.join(MAP_FORMATS)}")
    data = MAP_FORMATS[kind][0](causal_map)
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise InputError(f"{output}: cannot be written ({error.strerror})") from None


def _check(source: str | None, archive: str, as_json: bool) -> None:
    from marsad.assembly.trends import trends
    from marsad.cli.common import print_json
    from marsad.stored import Filters

    if source is not None:
        raise click.UsageError("--check looks at an archive")
    with opened(archive) as store:
        report = trends(store.stream(Filters(layers=("relation", "mechanism"))))
    if as_json:
        print_json(report)
        return
    print_rich(
        f"{report.reported:,} reported trends; on {report.testable:,} of them, by {report.claimants:,} claimants, the "
        f"same claimant's other claims imply a direction: {report.reproduced:,} reproduced, "
        f"{report.contradicted:,} contradicted, {report.mixed:,} mixed"
    )
