"""`marsad whatif`: what the claims of a map imply when a concept is pushed."""

from __future__ import annotations

from pathlib import Path

import click

from marsad.cli.common import print_json, print_rich
from marsad.cli.map_source import load_map, map_options

_NO_ANSWER = 3


@click.command()
@map_options
@click.option("--press", "presses", multiple=True, required=True, metavar="'CONCEPT+'",
              help="Push a concept up (+) or down (-); may be repeated.")  # fmt: skip
@click.option("--target", required=True, metavar="CONCEPT", help="The concept that is asked about.")
@click.option("--edge", "edges", multiple=True, metavar="'A -> B +'",
              help="Add an effect that nobody claims; the answer marks it (may be repeated).")  # fmt: skip
@click.option("--claimant", metavar="NAME", help="Use only this claimant's claims: words of a name, a code, or writer.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, metavar="N", help="Seed of the draws.")
@click.option("--draws", type=click.IntRange(1, 1_000_000), default=10_000, show_default=True, metavar="N",
              help="Weightings in all, shared among the settings.")  # fmt: skip
@click.option("--reliability", type=click.FloatRange(0.01, 1.0), metavar="SHARE",
              help="Chance that one independent claim was read rightly (1 for a map made by hand).")  # fmt: skip
@click.option("--lang", type=click.Choice(("en", "ar")), default="en", show_default=True,
              help="Language of the answer.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the whole answer as JSON, in both languages.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    source: str | None,
    map_file: Path | None,
    archive: str,
    presses: tuple[str, ...],
    target: str,
    edges: tuple[str, ...],
    claimant: str | None,
    seed: int,
    draws: int,
    reliability: float | None,
    lang: str,
    as_json: bool,
) -> None:
    """What the claims of a map imply for --target when --press is pushed and stays pushed.

    The map is that of an article (FILE or URL), of --map FILE, or of the archive.  Concepts are named by label, by key,
    or by words that only one of them has.  Signs decide first; where they do not, the answer is the range of shares
    over many weightings.  It is what the cited claims imply, not a forecast.

    Exit status: 0 an answer, 3 no path or no verdict, 2 a question that cannot be understood.
    """
    from marsad.assembly.whatif import RELIABILITY, whatif

    causal_map = load_map(source, map_file, archive)
    if claimant:
        from marsad.assembly.claims import View
        from marsad.assembly.narrow import narrowed

        causal_map = narrowed(causal_map, View(claimant=claimant))
    answer = whatif(
        causal_map, presses, target, edges=edges, seed=seed, draws=draws,
        reliability=RELIABILITY if reliability is None else reliability,
    )  # fmt: skip
    if as_json:
        print_json(answer)
    else:
        from marsad.view.whatif import render

        print_rich(render(answer, "ar" if lang == "ar" else "en"))
    if answer.verdict in ("no-path", "no-verdict"):
        ctx.exit(_NO_ANSWER)
