"""`marsad read --jsonl`: a line in, a line out, in order; faults go to standard error with their line number."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import click

from marsad.batch.pool import read_lines as outcomes
from marsad.batch.worker import Limits
from marsad.errors import InputError
from marsad.ingest.lines import LineFile


def read_lines(source: str, output: Path | None, jobs: int, options: dict[str, Any]) -> int:
    """Read all articles of `source` to `output` or standard output; returns how many lines could not be read."""
    lines = LineFile(source, options["max_bytes"], sys.stdin.buffer if source == "-" else None)
    limits = Limits(options["max_chars"], options["timeout"])
    failed = 0
    with _opened(output) as out, _progress(lines) as (advance, report):
        for outcome in outcomes(iter(lines), jobs, limits):
            if outcome.json is None:
                failed += 1
                report(f"marsad: {source}, line {outcome.line}: {outcome.error}")
            else:
                out.write(outcome.json + b"\n")
            advance()
        out.flush()
    return failed


@contextmanager
def _opened(output: Path | None) -> Iterator[IO[bytes]]:
    if output is None:
        yield sys.stdout.buffer
        return
    try:
        file = output.open("wb")
    except OSError as error:
        raise InputError(f"{output}: cannot be written ({error.strerror})") from None
    with file:
        yield file


@contextmanager
def _progress(lines: LineFile) -> Iterator[tuple[Any, Any]]:
    """(advance, report): a bar on a terminal, plain messages elsewhere."""
    if not sys.stderr.isatty():
        yield (lambda: None), (lambda message: click.echo(message, err=True))
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    console = Console(stderr=True)
    with Progress(
        BarColumn(),
        TextColumn("{task.fields[read]} articles"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
        redirect_stdout=False,
    ) as bar:
        task = bar.add_task("", total=lines.size or None, read=0)
        read = 0

        def advance() -> None:
            nonlocal read
            read += 1
            bar.update(task, completed=lines.position(), read=read)

        yield advance, (lambda message: console.print(message, markup=False, highlight=False))
