"""`marsad stats`: what an archive holds."""

from __future__ import annotations

from typing import Any

import click

from marsad.cli.common import archive_option, opened, output_options, print_rich, shown

_HEAD = (
    "articles", "versions", "stories", "outlets", "statements", "events", "relations", "mechanisms", "verdicts",
    "first", "last",
)  # fmt: skip


@click.command()
@archive_option
@output_options
def command(archive: str, as_json: bool, as_csv: bool, bom: bool) -> None:
    """How many articles, stories and records there are, from when, and which version of the rules made them."""
    with opened(archive) as store:
        stats = store.stats()
    rows: list[tuple[Any, Any]] = [(name, getattr(stats, name)) for name in _HEAD]
    rows += [(f"read by version {count.value}", count.count) for count in stats.pipelines]
    if as_csv:
        for kind in ("acts", "types", "domains"):
            rows += [(f"{kind}: {count.value}", count.count) for count in getattr(stats, kind)]
    shown(stats, ("what", "how many"), rows, as_json, as_csv, bom, numbers=("how many",))
    if not as_json and not as_csv:
        for kind in ("acts", "types", "domains"):
            counts = getattr(stats, kind)
            if counts:
                print_rich(f"{kind}: " + ", ".join(f"{count.value} {count.count:,}" for count in counts))
