"""`marsad merges`: which concepts of the archive's map are one."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Any

import click

from marsad.cli.common import archive_option, opened, output_options, page_note, page_options, shown

if TYPE_CHECKING:
    from marsad.assembly.merges import Merge
    from marsad.store.base import Store

_COLUMNS = ("concept", "is", "decision", "by", "why", "at")
_PROPOSED = ("concept", "into", "rule", "claims", "why")
_analyst = click.option(
    "--analyst", envvar="MARSAD_ANALYST", default=None, metavar="NAME", help="Who decides (default: you)."
)
_reason = click.option("--reason", default="", metavar="TEXT", help="Why; kept with the decision.")


@click.group()
def command() -> None:
    """Decide which concepts of the archive's map are one.

    Concepts merge only within a kind, and every decision can be undone.  CONCEPT is a label, a key, or words that only
    one concept has.
    """


@command.command(name="list")
@archive_option
@click.option("--rules", is_flag=True, help="Also the merges that the safe rules make.")
@page_options(50)
@output_options
def list_(archive: str, rules: bool, limit: int, offset: int, as_json: bool, as_csv: bool, bom: bool) -> None:
    """Decisions in force."""
    from marsad.assembly.assemble import assemble
    from marsad.assembly.merges import NOTE, merge_of
    from marsad.stored import Page

    with opened(archive) as store:
        found = [m for m in map(merge_of, store.notes(NOTE)) if m.decision != "undo"]
        if rules:
            found += assemble(store).rule_merges()
    page = Page(items=tuple(found[offset : offset + limit]), total=len(found), offset=offset, limit=limit)
    shown(page, _COLUMNS, map(_row, page.items), as_json, as_csv, bom, note=page_note(page, "decisions"))


@command.command()
@archive_option
@page_options(30)
@output_options
def propose(archive: str, limit: int, offset: int, as_json: bool, as_csv: bool, bom: bool) -> None:
    """Pairs of concepts that may be one, with the rule that says so; nothing is decided."""
    from marsad.assembly.assemble import assemble
    from marsad.assembly.merges import proposals
    from marsad.stored import Page

    with opened(archive) as store:
        assembly = assemble(store)
    found = proposals(assembly.map(), assembly.merges)
    page = Page(items=tuple(found[offset : offset + limit]), total=len(found), offset=offset, limit=limit)
    rows = [(p.key, f"{'−' if p.sign < 0 else ''}{p.into}", p.rule, p.weight, p.reason) for p in page.items]
    shown(page, _PROPOSED, rows, as_json, as_csv, bom, note=page_note(page, "proposals"), numbers=("claims",))


@command.command()
@click.argument("concept")
@click.argument("into")
@archive_option
@_reason
@_analyst
@click.option("--opposite", is_flag=True, help="The two are opposite poles of one thing.")
def accept(concept: str, into: str, archive: str, reason: str, analyst: str | None, opposite: bool) -> None:
    """CONCEPT is the same as INTO (with --opposite: more of the one is less of the other)."""
    with opened(archive, write=True) as store:
        assembly, one, other = _named(store, concept, into)
        merge = assembly.merges.accept(one, other, reason, -1 if opposite else 1, _who(analyst))
        _keep(store, merge)


@command.command()
@click.argument("concept")
@click.argument("other")
@archive_option
@_reason
@_analyst
def reject(concept: str, other: str, archive: str, reason: str, analyst: str | None) -> None:
    """CONCEPT and OTHER stay apart, whatever a rule or proposal says."""
    with opened(archive, write=True) as store:
        assembly, one, two = _named(store, concept, other, raw=True)
        _keep(store, assembly.merges.reject(one, two, reason, _who(analyst)))


@command.command()
@click.argument("concept")
@click.argument("other")
@archive_option
@_analyst
def undo(concept: str, other: str, archive: str, analyst: str | None) -> None:
    """Take back what was decided on two concepts, named by the keys that `marsad merges list` shows."""
    from marsad.assembly.merges import NOTE, Merges, merge_of

    with opened(archive, write=True) as store:
        merges = Merges(m for m in map(merge_of, store.notes(NOTE)) if m.decision != "undo")
        _keep(store, merges.undo(concept, other, _who(analyst)))


def _named(store: Store, one: str, other: str, raw: bool = False) -> tuple[Any, str, str]:
    """The assembly and the keys of two concepts; `raw` also takes keys that were merged away as they are."""
    from marsad.assembly.assemble import assemble
    from marsad.assembly.whatif.question import find_concept

    assembly = assemble(store)
    causal_map = assembly.map()
    merged = {key for node in causal_map.nodes for key in node.merged} if raw else set()
    keys = [name if name in merged else find_concept(causal_map, name).key for name in (one, other)]
    return assembly, keys[0], keys[1]


def _keep(store: Store, merge: Merge) -> None:
    from marsad.assembly.merges import NOTE

    store.put_note(NOTE, merge.note_key, merge.data())
    sign = "the opposite of " if merge.sign < 0 else ""
    click.echo(f"{merge.decision}: {merge.key} is {sign}{merge.into}")


def _who(analyst: str | None) -> str:
    return analyst if analyst is not None else getpass.getuser()


def _row(m: Merge) -> tuple[object, ...]:
    return m.key, f"{'−' if m.sign < 0 else ''}{m.into}", m.decision, m.by, m.reason, m.at
