"""Where a command takes its causal map from: a file of JSON, an article, or the archive."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from marsad.cli.common import archive_option
from marsad.errors import InputError

if TYPE_CHECKING:
    from marsad.assembly.causal import CausalMap

Command = TypeVar("Command", bound=Callable[..., Any])


def map_options(command: Command) -> Command:
    """`[SOURCE]`, `--map` and `--archive`."""
    command = archive_option(command)
    command = click.option(
        "--map", "map_file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
        help="A map in a file: .json, .graphml, .argdown, .csv (a matrix) or .xmile.",
    )(command)  # fmt: skip
    return click.argument("source", required=False, metavar="[FILE|URL]")(command)


def load_map(source: str | None, map_file: Path | None, archive: str) -> CausalMap:
    """The map of the file, the article, or else the archive.  Raises InputError."""
    if source and map_file:
        raise click.UsageError("name an article or --map, not both")
    if map_file:
        return read_map(map_file)
    from marsad.cli.map import assembled

    return assembled(source, archive).map()


def read_map(path: Path) -> CausalMap:
    """A map from a file; its ending names the format.  Raises InputError."""
    from marsad.export.maps import read_map as read

    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None
    return read(str(path), data)
