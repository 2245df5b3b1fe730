"""`marsad network`: how pairs of actors stand, by domain and over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import click

from marsad.cli.common import (
    archive_option,
    one_way,
    opened,
    output_options,
    page_options,
    print_csv,
    print_json,
    print_rich,
    print_table,
)
from marsad.records import Domain

if TYPE_CHECKING:
    from marsad.assembly.network import EventPeriod, Network, Tie

_COLUMNS = ("a", "b", "domain", "sign", "positive", "neutral", "withheld", "negative", "latest")
_MARKS = {1: "+", -1: "−", 0: "0", None: "±"}


@click.command()
@click.argument("actors", nargs=-1, metavar="[ACTOR]...")
@archive_option
@click.option("--domain", "domains", multiple=True, type=click.Choice(get_args(Domain), case_sensitive=False),
              metavar="DOMAIN", help="Only ties in this domain.")  # fmt: skip
@click.option("--since", metavar="DATE", help="From this day, month or year on.")
@click.option("--until", metavar="DATE", help="Up to and including this day, month or year.")
@click.option("--outlet", "outlets", multiple=True, metavar="NAME", help="Published by (may be repeated).")
@click.option("--balance", "balanced", is_flag=True,
              help="Structural balance of the ties instead: triads, frustration index, camps.")  # fmt: skip
@click.option("--by", type=click.Choice(("month", "year", "day")), default="month", show_default=True,
              help="Length of a period.")  # fmt: skip
@page_options(30)
@output_options
def command(
    actors: tuple[str, ...], archive: str, domains: tuple[str, ...], since: str | None, until: str | None,
    outlets: tuple[str, ...], balanced: bool, by: Literal["day", "month", "year"], limit: int, offset: int,
    as_json: bool, as_csv: bool, bom: bool,
) -> None:  # fmt: skip
    """The signed network of all actors, of one ACTOR, or among several; for two also their months.

    Ties come from relation claims, counted by independent evidence (claimant and story), in each domain; neutral and
    withheld ties have columns of their own.  Event scores (PLOVER types and modes, -10 to +10, after Goldstein) stay
    apart from claims: a mean over actual events, each counted once a story.
    """
    from marsad.assembly.network import network
    from marsad.lexicon.codes import code_of
    from marsad.stored import Filters

    one_way(as_json, as_csv)
    codes = tuple(map(code_of, actors))
    filters = Filters(
        layers=("relation", "event"), since=since, until=until, outlets=outlets,
        actors=codes[:1] if len(codes) == 1 else codes if len(codes) == 2 else (),
    )  # fmt: skip
    with opened(archive) as store:
        found = network(store.stream(filters), by, codes)
    if domains:
        found = _only(found, domains)
    if balanced:
        _balance(found, as_json, limit)
        return
    if as_json:
        print_json(found)
    elif as_csv:
        print_csv(_COLUMNS, (_tie(t) for t in _ranked(found)), bom)
    else:
        _print(found, len(codes) == 2, by, limit, offset)


def _balance(found: Network, as_json: bool, limit: int) -> None:
    from marsad.assembly.balance import network_balance
    from marsad.lexicon.codes import name_of

    answer = network_balance(found)
    if as_json:
        print_json(answer)
        return
    f = answer.frustration
    counts = ", ".join(f"{count} {kind}" for kind, count in answer.counts.items())
    size = f"{f.index}" if f.exact else f"between {f.at_least} and {f.index} (not proven in the time allowed)"
    print_rich(f"{answer.ties:,} signed ties among {answer.actors:,} actors; a description, not a rule")
    share = "" if answer.share is None else f": {100 * answer.share:.0f}% balanced"
    print_rich(f"triads{share} ({counts})")
    print_rich(f"frustration index {size}: ties against a best division into two camps")
    if answer.undecided or answer.neutral:
        left = f"{len(answer.undecided)} pairs of which as many claim good as bad ties"
        print_rich(f"left out: {left}, {len(answer.neutral)} neutral or withheld")
    rows = [(name_of(t.a), name_of(t.b), _MARKS[t.sign]) for t in f.against[:limit]]
    if rows:
        print_table(("a", "b", "sign"), rows, title="Ties against the division (another such set may exist)")
    triads = [(*map(name_of, t.actors), t.kind, ", ".join(f"{x.a}{_MARKS[x.sign]}{x.b}" for x in t.ties))
              for t in answer.unbalanced[:limit]]  # fmt: skip
    if triads:
        title = f"Triads that disagree, {len(triads)} of {len(answer.unbalanced)}"
        print_table(("first", "second", "third", "signs", "ties"), triads, title=title)


def _changes(events: tuple[EventPeriod, ...], by: Literal["day", "month", "year"]) -> None:
    from marsad.assembly.changes import SHORTEST, changes

    found = changes([(e.period, e.score) for e in events if e.score is not None], by)
    if not found.enough:
        print_rich(f"change points: {found.periods} periods with a score, fewer than {SHORTEST}; none are looked for")
        return
    gaps = f", {found.gaps} without a score passed over" if found.gaps else ""
    told = "; ".join(
        f"{c.period} from {c.before:+.1f} ({c.periods_before}) to {c.after:+.1f} ({c.periods_after})"
        for c in found.changes
    )
    print_rich(f"change points of the score ({found.periods} periods{gaps}): {told or 'none'}")


def _only(found: Network, domains: tuple[str, ...]) -> Network:
    import msgspec

    return msgspec.structs.replace(
        found, ties=tuple(t for t in found.ties if t.domain in domains),
        claims=tuple(c for c in found.claims if c.domain in domains),
    )  # fmt: skip


def _ranked(found: Network) -> list[Tie]:
    return sorted(
        found.ties, key=lambda t: (-(t.positive + t.neutral + t.withheld + t.negative), t.a, t.b, t.domain)
    )


def _tie(t: Tie) -> tuple[object, ...]:
    return t.a, t.b, t.domain, _MARKS[t.sign], t.positive, t.neutral, t.withheld, t.negative, t.latest


def _print(found: Network, pair: bool, by: Literal["day", "month", "year"], limit: int, offset: int) -> None:
    from marsad.lexicon.codes import name_of
    from marsad.view.labels import label

    ranked = _ranked(found)
    rows = [
        (name_of(t.a), name_of(t.b), label("domain", t.domain), f"{_MARKS[t.sign]}{' contested' * t.contested}",
         t.positive, t.neutral, t.withheld, t.negative, t.latest)
        for t in ranked[offset : offset + limit]
    ]  # fmt: skip
    if not rows and not found.events:
        print_rich("no ties and no events between actors")
        return
    print_table(
        _COLUMNS, rows, numbers=("positive", "neutral", "withheld", "negative"), narrow=("latest",),
        title=f"Ties as claimed, {min(limit, len(ranked))} of {len(ranked)}",
    )  # fmt: skip
    if pair:
        _months(found.events, by)
        _changes(found.events, by)
        return
    totals: dict[tuple[str, str], list[EventPeriod]] = {}
    for e in found.events:
        totals.setdefault((e.a, e.b), []).append(e)
    most = sorted(totals.items(), key=lambda item: (-sum(e.events for e in item[1]), item[0]))
    scored: list[tuple[object, ...]] = []
    for (a, b), periods in most[offset : offset + limit]:
        events = sum(e.events for e in periods)
        if events:
            mean = sum((e.score or 0.0) * e.events for e in periods) / events
            scored.append((name_of(a), name_of(b), events, sum(e.cooperation for e in periods),
                         sum(e.conflict for e in periods), sum(e.other for e in periods), f"{mean:+.1f}"))  # fmt: skip
    if scored:
        columns = ("a", "b", "events", "cooperation", "conflict", "not actual", "score")
        print_table(columns, scored, numbers=columns[2:], title="Events, by mean score")


def _months(events: tuple[EventPeriod, ...], by: str) -> None:
    def score(value: float | None) -> str:
        return "" if value is None else f"{value:+.1f}"

    rows = [
        (e.period or "undated", e.events, e.cooperation, e.conflict, e.other, score(e.score), score(e.lowest),
         score(e.highest), score(e.forward), score(e.backward))
        for e in events
    ]  # fmt: skip
    if not rows:
        return
    columns = (by, "events", "cooperation", "conflict", "not actual", "score", "lowest", "highest",
               f"{events[0].a} → {events[0].b}", f"{events[0].b} → {events[0].a}")  # fmt: skip
    print_table(columns, rows, numbers=columns[1:], narrow=(by,), title="Events, by mean score")
