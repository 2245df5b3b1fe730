"""`marsad serve`: the observatory, in the browser."""

from __future__ import annotations

import ipaddress
from typing import Any

import click

from marsad.cli.common import archive_option
from marsad.web.options import PORT, Options


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
@click.option("--name", "names", multiple=True, metavar="HOST",
              help="A name by which the server is asked for, beside its address; others are refused.")  # fmt: skip
def command(archive: str, **options: Any) -> None:
    """Work with the archive in the browser: read, search, compare, follow.

    Until it is stopped (Ctrl-C) it answers at http://127.0.0.1:8571, to this machine alone.
    """
    chosen = Options(archive=archive, **options)
    guarded = chosen.token or chosen.password or chosen.open_to_all
    if not _loopback(chosen.host) and not guarded:
        raise click.UsageError(
            f"others can reach {chosen.host}: give a --token or --password, or say --open to let everybody in"
        )
    serve(chosen)


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def serve(options: Options) -> None:
    """Answer until stopped.  Raises ArchiveError where the archive cannot be opened, UsageError for a taken port."""
    import socket

    import uvicorn

    from marsad.web.app import create_app

    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((options.host, options.port))
    except OSError as error:
        raise click.UsageError(
            f"{options.host}:{options.port} cannot be used ({error.strerror}); name another with --port"
        ) from None
    app = create_app(options)
    host = f"[{options.host}]" if ":" in options.host else options.host
    click.echo(f"marsad: http://{host}:{listener.getsockname()[1]}/  (Ctrl-C stops it)", err=True)
    config = uvicorn.Config(app, log_level="warning", server_header=False, date_header=True, proxy_headers=False)
    uvicorn.Server(config).run(sockets=[listener])
