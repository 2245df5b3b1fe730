"""`marsad serve`: the observatory, in the browser."""

from __future__ import annotations

import getpass
import socket
from typing import Any

import click
from click.core import ParameterSource

from marsad.cli.common import archive_option
from marsad.web.options import PORT, Options
from marsad.web.security import is_loopback


@click.command()
@archive_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
              help="Address to listen on; any but this machine's own needs --token, --password or --open.")  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, metavar="N",
              help="Port to listen on; 0 takes a free one.")  # fmt: skip
@click.option("--read-only", is_flag=True, help="Nothing can be written: no articles, no verdicts.")
@click.option("--token", envvar="MARSAD_TOKEN", metavar="TEXT",
              help="Whoever comes must show this. [env: MARSAD_TOKEN]")  # fmt: skip
@click.option("--password", envvar="MARSAD_PASSWORD", metavar="TEXT",
              help="Whoever comes must log in with this. [env: MARSAD_PASSWORD]")  # fmt: skip
@click.option("--open", "open_to_all", is_flag=True, help="Let everybody in who can reach the address.")
@click.option("--allow-private", is_flag=True,
              help="Addresses that users give to be read may lead to this machine or its network.")  # fmt: skip
@click.option("--name", "names", multiple=True, metavar="HOST",
              help="A name by which the server is asked for, beside its address; others are refused.")  # fmt: skip
@click.pass_context
def command(ctx: click.Context, /, archive: str, **options: Any) -> None:
    """Work with the archive in the browser: read, search, compare, follow.

    Until it is stopped (Ctrl-C) it answers at http://127.0.0.1:8571, to this machine alone.
    """
    chosen = Options(archive=archive, analyst=getpass.getuser(), **options)
    if not is_loopback(chosen.host) and not (chosen.token or chosen.password or chosen.open_to_all):
        raise click.UsageError(
            f"others can reach {chosen.host}: give a --token or --password, or say --open to let everybody in"
        )
    named = ctx.get_parameter_source("port") != ParameterSource.DEFAULT
    serve(chosen, listen(chosen.host, chosen.port, named))


def listen(host: str, port: int, named: bool) -> socket.socket:
    """A socket at the address; where the port is taken, a free one unless the user `named` it.

    Raises UsageError.
    """
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    for wanted in (port,) if named else (port, 0):
        try:
            listener.bind((host.strip("[]"), wanted))
            listener.listen(128)  # from here on nobody else gets the port
            return listener
        except OSError as error:
            reason = error.strerror or str(error)
    listener.close()
    raise click.UsageError(f"{host}:{port} cannot be used ({reason}); name another with --port")


def serve(options: Options, listener: socket.socket) -> None:
    """Answer until stopped.  Raises ArchiveError where the archive cannot be opened."""
    import uvicorn

    from marsad.web.app import create_app

    app = create_app(options)
    host = f"[{options.host.strip('[]')}]" if ":" in options.host else options.host
    click.echo(f"marsad: http://{host}:{listener.getsockname()[1]}/  (Ctrl-C stops it)", err=True)
    config = uvicorn.Config(app, log_level="warning", server_header=False, date_header=True, proxy_headers=False)
    uvicorn.Server(config).run(sockets=[listener])
