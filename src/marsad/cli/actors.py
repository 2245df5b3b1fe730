"""`marsad actors`: who occurs in the archive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, get_args

import click

from marsad.cli.common import (
    actor_names,
    archive_option,
    one_way,
    opened,
    output_options,
    page_note,
    page_options,
    print_csv,
    print_json,
    print_rich,
    print_table,
    shown,
)
from marsad.records import ActorKind

if TYPE_CHECKING:
    from marsad.stored import ActorCard

_COLUMNS = (
    "key", "name", "kind", "codes", "articles", "statements", "events", "relations", "mechanisms", "first", "last",
)  # fmt: skip
_SHOWN = ("name", "kind", "codes", "articles", "statements", "events", "relations", "first", "last")
_NUMBERS = ("articles", "statements", "events", "relations", "mechanisms")


@click.command()
@click.argument("words", required=False, default="")
@archive_option
@click.option("--kind", "kinds", multiple=True, type=click.Choice(get_args(ActorKind)), help="Only this kind.")
@click.option("--card", is_flag=True, help="All about the one actor of that name or code: roles over time, pairs.")
@page_options(30)
@output_options
def command(
    words: str, archive: str, kinds: tuple[str, ...], card: bool, limit: int, offset: int, as_json: bool, as_csv: bool,
    bom: bool,
) -> None:  # fmt: skip
    """Actors whose name holds WORDS (or with that code), those in most articles first."""
    from marsad.lexicon.codes import code_of

    wanted = code_of(words)
    with opened(archive) as store:
        if card:
            found = store.actor(wanted)
            one_way(as_json, as_csv)
            if as_json:
                print_json(found)
            elif as_csv:
                print_csv(_CARD, _card_rows(found), bom)
            elif found is None:
                print_rich(f"no actor {words!r}")
            else:
                _print(found)
            return
        page = store.actors(wanted, kinds, offset, limit)
    columns = _COLUMNS if as_csv else _SHOWN
    rows = [
        [" ".join(value) if isinstance(value, tuple) else value for value in (getattr(a, name) for name in columns)]
        for a in page.items
    ]
    shown(
        page, columns, rows, as_json, as_csv, bom, numbers=_NUMBERS, narrow=("name", "codes", "first", "last", "kind"),
        note=page_note(page, "actors"),
    )  # fmt: skip


_CARD = ("what", "value", "articles", "records", "first", "last")


def _card_rows(card: ActorCard | None) -> Iterator[tuple[object, ...]]:
    """A card as one table: the actor, its names, roles over time and partners."""
    if card is None:
        return
    actor = card.actor
    yield "actor", actor.name, actor.articles, "", actor.first, actor.last
    yield from (("name", name, count, "", "", "") for name, count in card.names)
    yield from (("role", r.role, r.articles, "", r.first, r.last) for r in card.roles)
    yield from (("with", p.b if p.a == actor.key else p.a, "", p.records, "", p.last) for p in card.pairs)


def _print(card: ActorCard) -> None:
    from marsad.view.bidi import isolated

    actor = card.actor
    span = f"{actor.first} to {actor.last}" if actor.first else "undated"
    print_rich(f"{isolated(actor.name)} ({actor.kind}, {actor.key}): {actor.articles:,} articles, {span}")
    if card.names:
        print_rich("names: " + isolated("، ".join(f"{name} ({count})" for name, count in card.names)))
    if card.roles:
        rows = [(r.role, r.first, r.last, r.articles) for r in card.roles]
        print_table(("role", "first", "last", "articles"), rows, numbers=("articles",), narrow=("first", "last"))
    if card.pairs:
        pairs = [(p.b if p.a == actor.key else p.a, p) for p in card.pairs]
        print_table(
            ("with", "records", "events", "relations", "statements", "positive", "negative"),
            [
                (actor_names([other]), p.records, p.events, p.relations, p.statements, p.positive, p.negative)
                for other, p in pairs
            ],
            numbers=("records", "events", "relations", "statements", "positive", "negative"),
        )  # fmt: skip
