"""A reading on a terminal."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import TextIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from marsad.records import Article, Event, Mechanism, Reading, Relation, Speaker, Statement
from marsad.view.bidi import isolated, plain
from marsad.view.labels import label
from marsad.view.ledger import by_speaker, holder, holder_name, mentions_of, pairs

_ID = 7
_ACTORS = 12
_WIDTH = 100


def print_reading(article: Article, reading: Reading, file: TextIO | None = None) -> None:
    """Show a reading on standard output, or write it to `file`.

    Colours and width are those of the terminal; elsewhere there are none and lines hold 100 columns.
    """
    console = Console(file=file, highlight=False, emoji=False, markup=False)
    if console.is_terminal:
        for part in _parts(article, reading):
            console.print(part)
        return
    flat = Console(file=io.StringIO(), highlight=False, emoji=False, markup=False, width=_WIDTH, no_color=True)
    for part in _parts(article, reading):
        with flat.capture() as capture:
            flat.print(part)
        for line in capture.get().splitlines():
            print(line.rstrip(), file=file)


def _parts(article: Article, reading: Reading) -> Iterator[RenderableType]:
    yield _head(article, reading)
    for warning in reading.warnings:
        yield Text(f"! {plain(warning)}", style="yellow")
    yield from _section("statements", _statements(reading), len(reading.statements))
    yield from _section("events", _events(reading), len(reading.events))
    yield from _section("relations", _relations(reading), len(reading.relations))
    yield from _section("mechanisms", _mechanisms(reading), len(reading.mechanisms))
    yield from _section("actors", _actors(reading), len(reading.actors))
    yield from _section("times", _times(reading), len(reading.times))
    yield Text()
    yield Text("marsad explain ID SOURCE shows why an item is there; --html OUT and --json show all of it", style="dim")


def _head(article: Article, reading: Reading) -> RenderableType:
    lines = []
    if article.title:
        lines.append(Text(isolated(article.title), style="bold"))
    known = [isolated(part) for part in (article.outlet, article.date, article.url) if part]
    lines.append(Text(" · ".join([*known, f"{len(article.text.split())} words"]), style="dim"))
    return Group(*lines)


def _section(name: str, rows: Iterable[RenderableType], count: int) -> Iterator[RenderableType]:
    if count:
        yield Text()
        yield Text.assemble((label("layer", name), "bold cyan"), (f"  {count}", "dim"))
        yield from rows


def _grid(rows: Iterable[tuple[Text, Text, str]], indent: int = 2, first: int = 11) -> RenderableType:
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(min_width=first)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_column(width=_ID, no_wrap=True)
    for left, middle, item in rows:
        grid.add_row(left, middle, Text(item[:_ID], style="dim"))
    return Padding(grid, (0, 0, 0, indent))


def _speaker(speaker: Speaker) -> Text:
    text = Text(isolated(speaker.name or speaker.role or label("field", "unknown")), style="bold green")
    if speaker.role and speaker.role != speaker.name and speaker.name:
        text.append(f"  {isolated(speaker.role)}", style="default")
    codes = " ".join(map(isolated, speaker.affiliation))
    text.append(f"  {label('speaker', speaker.kind)}{' ' + codes if codes else ''}", style="dim")
    return text


def _statements(reading: Reading) -> Iterator[RenderableType]:
    for turn in by_speaker(reading):
        yield Padding(_speaker(turn.speaker), (0, 0, 0, 1))
        yield _grid((Text(label("act", s.act), style="magenta"), _content(s, reading), s.id) for s in turn.statements)


def _content(statement: Statement, reading: Reading) -> Text:
    text = Text()
    if statement.negated:
        text.append("not: ", style="red")
    text.append(" … ".join(isolated(span.quote) for span in statement.content))
    outer = next((s for s in reading.statements if s.id == statement.parent), None) if statement.parent else None
    notes = [f"{label('field', 'parent')} {isolated(outer.speaker.name or '')}"] if outer else []
    for field in ("addressee", "outlet", "occasion"):
        span = getattr(statement, field)
        if span is not None:
            notes.append(f"{label('field', field)} {isolated(span.quote)}")
    if statement.time is not None:
        notes.append(f"{label('field', 'time')} {statement.time.value}")
    if notes:
        text.append(f"  ({'; '.join(notes)})", style="dim")
    return text


def _codes(codes: tuple[str, ...]) -> str:
    return " ".join(isolated(code) for code in codes) or "—"


def _holder(reading: Reading, item: Event | Relation | Mechanism) -> str:
    name = holder_name(holder(reading, item), label("field", "writer"), label("field", "unknown"))
    return f"{label('field', 'holder')} {isolated(name)}"


def _events(reading: Reading) -> Iterator[RenderableType]:
    rows = []
    for event in reading.events:
        text = Text.assemble((_codes(event.sources), "bold"), " → ", (_codes(event.targets), "bold"))
        text.append(f"  {isolated(event.trigger.quote)}")
        notes = [label("status", event.status), _holder(reading, event)]
        if event.time is not None:
            notes.append(event.time.value)
        if event.same_as:
            notes.append(f"{label('field', 'same')} ({event.same_as[:_ID]})")
        text.append(f"  ({'; '.join(notes)})", style="dim")
        rows.append((Text(event.type, style="magenta"), text, event.id))
    yield _grid(rows)


def _relations(reading: Reading) -> Iterator[RenderableType]:
    for (a, b), domains in pairs(reading).items():
        yield Padding(Text(f"{isolated(a)} – {isolated(b)}", style="bold green"), (0, 0, 0, 1))
        rows = []
        for domain, relations in domains.items():
            for relation in relations:
                sign = label("polarity", relation.polarity)
                if relation.trend:
                    sign += f", {label('trend', relation.trend)}"
                text = Text(isolated(relation.span.quote))
                text.append(f"  ({sign}; {_holder(reading, relation)})", style="dim")
                rows.append((Text(label("domain", domain), style="magenta"), text, relation.id))
        yield _grid(rows)


def _mechanisms(reading: Reading) -> Iterator[RenderableType]:
    rows = []
    for item in reading.mechanisms:
        arrow = " ⟶ " if item.sign > 0 else " ⊣ "
        text = Text.assemble(isolated(item.cause.quote), (arrow, "bold red"), isolated(item.effect.quote))
        text.append(f"  ({label('claim', item.claim)}; {_holder(reading, item)})", style="dim")
        rows.append((Text(label("sign", item.sign), style="magenta"), text, item.id))
    yield _grid(rows)


def _actors(reading: Reading) -> Iterator[RenderableType]:
    found = mentions_of(reading)
    grid = Table.grid(padding=(0, 2))
    for actor, count in found[:_ACTORS]:
        codes = " ".join(actor.codes) if actor.kind != "state" or actor.codes else ""
        role = isolated(actor.role) if actor.role and actor.role != actor.name else ""
        grid.add_row(
            Text(isolated(actor.name)),
            Text(label("actor", actor.kind), style="magenta"),
            Text(isolated(codes)),
            Text(f"{count}×", style="dim"),
            Text(role, style="dim"),
        )
    yield Padding(grid, (0, 0, 0, 2))
    if len(found) > _ACTORS:
        yield Text(f"   and {len(found) - _ACTORS} more", style="dim")


def _times(reading: Reading) -> Iterator[RenderableType]:
    grid = Table.grid(padding=(0, 2))
    for time in reading.times:
        grid.add_row(Text(time.value, style="magenta"), Text(isolated(time.span.quote)))
    yield Padding(grid, (0, 0, 0, 2))
