"""What the commands over an archive share: its address, filters, pages, and the three ways to show an answer."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click

from marsad.errors import ReadOnlyError
from marsad.records import Act, Domain, EventType, Status
from marsad.stored import LAYERS, Filters

if TYPE_CHECKING:
    from marsad.store.base import Store

Command = TypeVar("Command", bound=Callable[..., Any])
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")

archive_option = click.option(
    "--archive", envvar="MARSAD_ARCHIVE", default="marsad.db", show_default=True, metavar="WHERE",
    help="The archive: a file, a postgresql:// address, or a folder made by `marsad archive export`. "
    "[env: MARSAD_ARCHIVE]",
)  # fmt: skip


def output_options(command: Command) -> Command:
    """`--json` and `--csv`."""
    command = click.option("--bom", is_flag=True, help="With --csv: begin with a byte order mark, for Excel.")(command)
    command = click.option("--csv", "as_csv", is_flag=True, help="Print a table as CSV.")(command)
    return click.option("--json", "as_json", is_flag=True, help="Print the whole answer as JSON.")(command)


def page_options(limit: int) -> Callable[[Command], Command]:
    """`--limit` and `--offset`."""

    def add(command: Command) -> Command:
        command = click.option(
            "--offset", type=click.IntRange(0), default=0, metavar="N", help="Leave out the first N."
        )(command)
        return click.option(
            "--limit", type=click.IntRange(0, 1000), default=limit, show_default=True, metavar="N",
            help="Show at most N.",
        )(command)  # fmt: skip

    return add


_FILTERS = (
    click.option("--since", metavar="DATE", help="From this day, month or year on (2024-05)."),
    click.option("--until", metavar="DATE", help="Up to and including this day, month or year."),
    click.option("--outlet", "outlets", multiple=True, metavar="NAME", help="Published by (may be repeated)."),
    click.option("--actor", "actors", multiple=True, metavar="ACTOR",
                 help="With this actor (code or name; repeated: all of them)."),
    click.option("--speaker", metavar="SPEAKER", help="Held by: a code, or words of a name."),
    click.option("--layer", "layers", multiple=True, type=click.Choice(LAYERS), help="Records of this layer."),
    click.option("--type", "types", multiple=True, type=click.Choice(get_args(EventType), case_sensitive=False),
                 metavar="TYPE", help="Events of this PLOVER type."),
    click.option("--act", "acts", multiple=True, type=click.Choice(get_args(Act), case_sensitive=False), metavar="ACT",
                 help="Statements with this act."),
    click.option("--domain", "domains", multiple=True, type=click.Choice(get_args(Domain), case_sensitive=False),
                 metavar="DOMAIN", help="Relations in this domain."),
    click.option("--status", "statuses", multiple=True, type=click.Choice(get_args(Status), case_sensitive=False),
                 metavar="STATUS", help="Events with this status."),
    click.option("--words", metavar="QUERY", help="Whose own words meet this search."),
    click.option("--hide-rejected", is_flag=True, help="Leave out what an analyst has rejected."),
)  # fmt: skip
FILTER_NAMES = (
    "since", "until", "outlets", "actors", "speaker", "layers", "types", "acts", "domains", "statuses", "words",
    "hide_rejected",
)  # fmt: skip


def filter_options(without: Sequence[str] = ()) -> Callable[[Command], Command]:
    """The options that narrow a question; `without` names fields of Filters that the command does not take."""

    def add(command: Command) -> Command:
        for name, option in reversed(list(zip(FILTER_NAMES, _FILTERS, strict=True))):
            if name not in without:
                command = option(command)
        return command

    return add


def filters_from(options: dict[str, Any]) -> Filters:
    """The filters that the options say; actors by code or name."""
    from marsad.lexicon.codes import code_of

    values = {name: options.pop(name) for name in FILTER_NAMES if name in options}
    if values.get("actors"):
        values["actors"] = tuple(map(code_of, values["actors"]))
    if values.get("speaker"):
        values["speaker"] = code_of(values["speaker"])
    return Filters(**values)


@contextmanager
def opened(archive: str, write: bool = False) -> Iterator[Store]:
    """The archive, for reading only unless `write`."""
    from marsad.store import open_archive

    with open_archive(archive, read_only=not write) as store:
        if write and store.read_only:
            raise ReadOnlyError(f"{store.location}: this archive may only be read")
        yield store


def one_way(as_json: bool, as_csv: bool) -> None:
    """Raises UsageError where both ways to show an answer are asked for."""
    if as_json and as_csv:
        raise click.UsageError("--json or --csv, not both")


def print_json(answer: object) -> None:
    """The answer as JSON, indented, on standard output."""
    import msgspec

    data = msgspec.json.format(msgspec.json.encode(answer), indent=2)
    sys.stdout.buffer.write(data + b"\n")
    sys.stdout.buffer.flush()


def print_csv(columns: Sequence[str], rows: Iterable[Sequence[object]], bom: bool = False) -> None:
    """A table as CSV (RFC 4180, UTF-8) on standard output."""
    import io

    from marsad.export.tables import safe

    out = io.TextIOWrapper(sys.stdout.buffer, "utf-8", newline="", write_through=True)
    try:
        if bom:
            out.write("\ufeff")
        writer = csv.writer(out)
        writer.writerow(columns)
        writer.writerows(["" if value is None else safe(value) for value in row] for row in rows)
    finally:
        out.detach()


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], title: str = "", note: str = "",
    numbers: Sequence[str] = (), narrow: Sequence[str] = (),
) -> None:  # fmt: skip
    """A table for people.  `numbers` are columns set to the right, `narrow` ones that are never wrapped."""
    from rich import box
    from rich.table import Table

    from marsad.view.bidi import isolated

    table = Table(box=box.SIMPLE_HEAD, title=title or None, title_justify="left", pad_edge=False)
    for column in columns:
        table.add_column(
            column, justify="right" if column in numbers else "left", no_wrap=column in narrow or column in numbers,
            overflow="fold",
        )  # fmt: skip
    for row in rows:
        cells = ("" if value is None else str(value) for value in row)
        table.add_row(*(isolated(cell) if _RIGHT_TO_LEFT.search(cell) else cell for cell in cells))
    print_rich(table)
    if note:
        print_rich(note)


def print_rich(what: Any) -> None:
    """On a terminal as wide and coloured as it is; elsewhere plain, 110 columns."""
    import io

    from rich.console import Console

    console = Console(highlight=False, emoji=False, markup=False)
    if console.is_terminal:
        console.print(what)
        return
    flat = Console(file=io.StringIO(), highlight=False, emoji=False, markup=False, width=110, no_color=True)
    with flat.capture() as capture:
        flat.print(what)
    for line in capture.get().splitlines():
        print(line.rstrip())


def shown(
    answer: Any, columns: Sequence[str], rows: Iterable[Sequence[object]], as_json: bool, as_csv: bool, bom: bool,
    **table: Any,
) -> None:  # fmt: skip
    """The answer in the way that was asked for."""
    one_way(as_json, as_csv)
    if as_json:
        print_json(answer)
    elif as_csv:
        print_csv(columns, rows, bom)
    else:
        print_table(columns, rows, **table)


def page_note(page: Any, what: str) -> str:
    """«3 of 20 articles; --offset 3 shows more»"""
    if not page.items and not page.offset:
        return f"no {what}"
    more = f"; --offset {page.offset + len(page.items)} shows more" if page.more else ""
    return f"{len(page.items)} of {page.total:,} {what}{more}"


def actor_names(codes: Iterable[str]) -> str:
    """Codes as Arabic names, joined."""
    from marsad.lexicon.codes import name_of

    return "، ".join(map(name_of, codes))
