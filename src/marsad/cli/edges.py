"""`marsad edges`: effects that nobody claims and an analyst adds to the archive's map."""

from __future__ import annotations

import getpass

import click

from marsad.cli.common import archive_option, opened, output_options, shown

_COLUMNS = ("cause", "sign", "effect", "why", "by", "at")


@click.group()
def command() -> None:
    """Effects that nobody claims and you add to the archive's map; every view and every what-if marks them.

    EFFECT is written «A -> B +» or «A -> B -»; A and B are labels, keys, or words that only one concept has.
    """


@command.command(name="list")
@archive_option
@output_options
def list_(archive: str, as_json: bool, as_csv: bool, bom: bool) -> None:
    """The effects that were added."""
    from marsad.assembly.assemble import EDGE_NOTE

    with opened(archive) as store:
        notes = [note for note in store.notes(EDGE_NOTE) if note.data.get("decision") != "remove"]
    rows = [
        (n.data["cause"], "+" if n.data["sign"] == 1 else "−", n.data["effect"], n.data["note"], n.data["by"], n.at)
        for n in notes
    ]
    shown(notes, _COLUMNS, rows, as_json, as_csv, bom, note="" if notes else "no effects were added")


@command.command()
@click.argument("effect")
@archive_option
@click.option("--reason", required=True, metavar="TEXT", help="Why; shown beside the effect.")
@click.option("--analyst", envvar="MARSAD_ANALYST", default=None, metavar="NAME", help="Who adds it (default: you).")
def add(effect: str, archive: str, reason: str, analyst: str | None) -> None:
    """Add EFFECT."""
    _put(effect, archive, "add", reason, analyst)


@command.command()
@click.argument("effect")
@archive_option
@click.option("--analyst", envvar="MARSAD_ANALYST", default=None, metavar="NAME", help="Who removes it.")
def remove(effect: str, archive: str, analyst: str | None) -> None:
    """Take an added EFFECT away again; what is claimed stays."""
    _put(effect, archive, "remove", "", analyst)


def _put(text: str, archive: str, decision: str, reason: str, analyst: str | None) -> None:
    from marsad.assembly.assemble import EDGE_NOTE, assemble
    from marsad.assembly.whatif.question import edge_of, find_concept
    from marsad.errors import QueryError

    one, other, sign = edge_of(text)
    with opened(archive, write=True) as store:
        causal_map = assemble(store).map()
        cause, effect = (find_concept(causal_map, name) for name in (one, other))
        if cause.key == effect.key:
            raise QueryError("an effect joins two concepts; both names mean the same one")
        key = f"{cause.key} -> {effect.key}"
        if decision == "remove" and not any(
            note.key == key and note.data.get("decision") != "remove" for note in store.notes(EDGE_NOTE)
        ):
            raise QueryError(f"no such effect was added: {key}")
        by = analyst if analyst is not None else getpass.getuser()
        data: dict[str, object] = {
            "cause": cause.key, "effect": effect.key, "sign": sign, "note": reason, "by": by, "decision": decision,
        }  # fmt: skip
        store.put_note(EDGE_NOTE, key, data)
    click.echo(f"{decision}: {cause.label} {'+' if sign > 0 else '−'} {effect.label}")
