"""`marsad eval`: measure readings against a folder of reference readings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from marsad.evaluation.tally import Tally

_PATH = click.Path(path_type=Path, dir_okay=False)


@click.command("eval")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--predictions", type=_PATH, metavar="FILE", help="Measure these readings (one JSON a line).")
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as JSON.")
@click.option("--errors", type=click.IntRange(0), default=0, metavar="N", help="Show N errors of each kind.")
@click.option("--floors", type=_PATH, metavar="FILE", help="Fail (status 1) where a number is below its floor.")
@click.option("--floors-of", metavar="NAME", help="Which floors of the file (default: the folder's name).")
@click.option("--hash", "only_hash", is_flag=True, help="Only print the hash of the folder, for the floors file.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    folder: Path,
    predictions: Path | None,
    as_json: bool,
    errors: int,
    floors: Path | None,
    floors_of: str | None,
    only_hash: bool,
) -> None:
    """Read the articles of FOLDER (one JSON each, with text and reference reading) and compare.

    What is counted is defined in docs/quality.md.
    """
    from marsad.evaluation.evaluate import below_floors, measure
    from marsad.evaluation.reference import decode, folder_hash, load_folder

    if only_hash:
        click.echo(folder_hash(folder))
        return
    documents = load_folder(folder)
    given = None
    if predictions:
        given = [decode(line) for line in predictions.read_bytes().splitlines() if line.strip()]
    tally = measure(documents, given)
    if as_json:
        rows = {
            name: {
                "gold": c.gold,
                "predicted": c.predicted,
                "right": c.right,
                "precision": c.precision,
                "recall": c.recall,
                "f1": c.f1,
            }
            for name, c in tally.rows.items()
        }
        click.echo(json.dumps({"documents": len(documents), "rows": rows}, ensure_ascii=False, indent=1))
    elif not floors or errors:
        _print_table(tally, len(documents), errors)
    if floors:
        faults = below_floors(tally, folder, floors, floors_of or folder.resolve().name)
        for fault in faults:
            click.echo(f"marsad: {fault}", err=True)
        if not faults:
            click.echo(f"{folder}: {len(documents)} documents, no number below its floor", err=True)
        ctx.exit(1 if faults else 0)


def _print_table(tally: Tally, documents: int, errors: int) -> None:
    click.echo(f"{documents} documents")
    click.echo(f"{'':44s}{'gold':>6s}{'pred':>6s}{'right':>6s}{'P':>7s}{'R':>7s}{'F1':>7s}")
    for name, c in tally.rows.items():
        if name.startswith("  denied"):
            click.echo(f"{name:44s}{c.gold:6d}{'':6s}{c.right:6d}")
        elif name.startswith("  "):
            click.echo(f"{name:44s}{c.gold:6d}{'':6s}{c.right:6d}{'':7s}{c.recall:7.3f}")
        else:
            numbers = f"{c.precision:7.3f}{c.recall:7.3f}{c.f1:7.3f}"
            click.echo(f"{name:44s}{c.gold:6d}{c.predicted:6d}{c.right:6d}{numbers}")
    for kind, items in tally.errors.items():
        for item in items[:errors]:
            click.echo(f"{kind}: {' | '.join(map(str, item))}")
