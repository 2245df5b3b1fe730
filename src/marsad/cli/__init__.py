"""The command line: one file per command, each imported only when it is called."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from marsad.errors import MarsadError
from marsad.version import VERSION

_COMMANDS = (
    "read", "add", "watch", "reread", "search", "ledger", "dossier", "timeline", "actors", "stats", "map", "network",
    "whatif", "merges", "edges", "verdict", "archive", "export", "serve", "explain", "schema", "eval",
)  # fmt: skip

FAILED = 1
"""Exit status: something was read and something was not, or a floor was missed."""
BAD_INPUT = 2
"""Exit status: the input could not be read, or the command was called wrongly."""


class _Commands(click.Group):
    """Finds command NAME in the module of that name (`eval` in `evaluate`)."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = {"eval": "evaluate"}.get(cmd_name, cmd_name)
        command: click.Command = import_module(f".{module}", __package__).command
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, message="marsad %(version)s")
def group() -> None:
    """Marsad reads Arabic news about relations between states: who said what, who did what to whom,
    how actors stand, and what is claimed to cause what."""


def main() -> None:
    """Entry point of the `marsad` program; errors that Marsad raises on purpose become a line and a status."""
    try:
        sys.exit(group.main(prog_name="marsad", standalone_mode=False) or 0)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except MarsadError as error:
        click.echo(f"marsad: {error}", err=True)
        sys.exit(BAD_INPUT)
    except (KeyboardInterrupt, click.Abort):
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output (head, less) has gone; keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
