"""`marsad watch`: follow feeds."""

from __future__ import annotations

import signal
from typing import Any

import click

from marsad.batch.limits import SECONDS
from marsad.cli.common import archive_option, opened, output_options, print_table, shown
from marsad.ingest.checks import MAX_CHARS
from marsad.ingest.web import MAX_BYTES


@click.command()
@click.argument("feeds", nargs=-1, metavar="[FEED...]")
@archive_option
@click.option("--once", is_flag=True, help="Look at every feed once, then end.")
@click.option("--list", "listing", is_flag=True, help="Show the feeds and how the last tries went, then end.")
@click.option("--remove", is_flag=True, help="Stop following the FEEDs, then end.")
@click.option("--every", type=click.FloatRange(1), default=15.0, show_default=True, metavar="MINUTES",
              help="Between two looks at a feed; doubled after each failure, up to a day.")  # fmt: skip
@click.option("--delay", type=click.FloatRange(0), default=5.0, show_default=True, metavar="SECONDS",
              help="Least pause between two requests to one host.")  # fmt: skip
@click.option("--no-follow", is_flag=True, help="Do not fetch the pages that a feed links; take what the feed holds.")
@click.option("--timeout", type=click.FloatRange(0), default=SECONDS, show_default=True, metavar="SECONDS",
              help="Longest time for fetching a page, and longest processor time for reading one article.")  # fmt: skip
@output_options
def command(
    feeds: tuple[str, ...], archive: str, once: bool, listing: bool, remove: bool, every: float, delay: float,
    no_follow: bool, timeout: float, as_json: bool, as_csv: bool, bom: bool,
) -> None:  # fmt: skip
    """Follow the FEEDs (remembered in the archive) and those followed before, until stopped with Ctrl-C or SIGTERM.

    Looks at robots.txt, pauses between requests, asks only for what has changed, and waits longer where a site fails.
    """
    from marsad.batch.watching import Watcher
    from marsad.batch.worker import Limits
    from marsad.ingest.polite import Visitor
    from marsad.ingest.sources import Options
    from marsad.stored import Feed

    for url in feeds:
        if not url.startswith(("http://", "https://")):
            raise click.UsageError(f"{url}: a feed has an http or https address")
    with opened(archive, write=True) as store:
        if remove:
            for url in feeds:
                click.echo(f"{url}: {'no longer followed' if store.drop_feed(url) else 'was not followed'}", err=True)
        else:
            known = {feed.url for feed in store.feeds()}
            for url in feeds:
                if url not in known:
                    store.put_feed(Feed(url))
        if not (listing or remove):
            if not store.feeds():
                raise click.UsageError("no feed is followed yet; name one")
            with Visitor(delay, timeout or 1e9, MAX_BYTES) as visitor:

                def visit(url: str) -> tuple[bytes, str, str | None, str]:
                    page = visitor.get(url).page
                    assert page is not None  # nothing was asked conditionally
                    return page

                watcher = Watcher(
                    store, visitor, Options(follow=not no_follow, visit=visit), every * 60, Limits(MAX_CHARS, timeout),
                    report=lambda line: click.echo(line, err=True),
                )  # fmt: skip
                before = _on_signals(watcher)
                try:
                    watcher.run(once)
                finally:
                    for number, handler in before.items():
                        signal.signal(number, handler)
        rows = store.feeds()
    columns = ("url", "last_success", "last_failure", "failures", "added", "failure", "next_try")
    table = [[getattr(feed, column) for column in columns] for feed in rows]
    if as_json or as_csv:
        shown(rows, columns, table, as_json, as_csv, bom)
        return
    short = [
        [f.url, *((at or "")[:16].replace("T", " ") for at in (f.last_success, f.last_failure, f.next_try)),
         f.failures, f.added]
        for f in rows
    ]  # fmt: skip
    print_table(
        ("feed", "last success", "last failure", "next look", "failures", "added"), short,
        note="\n".join(f.failure for f in rows if f.failures and f.failure) or ("" if rows else "no feeds"),
        numbers=("failures", "added"), narrow=("last success", "last failure", "next look"),
    )  # fmt: skip


def _on_signals(watcher: Any) -> dict[int, Any]:
    """The first signal ends the watch when the article in hand is done; a second one ends it at once."""
    before: dict[int, Any] = {}
    for number in (signal.SIGINT, signal.SIGTERM):

        def handle(number: int, _frame: Any) -> None:
            watcher.stop()
            signal.signal(number, before[number])

        before[number] = signal.signal(number, handle)
    return before
