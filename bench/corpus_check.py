#!/usr/bin/env python3
"""Does an archive come through unharmed?

usage: corpus_check.py ARTICLES.jsonl[.gz]... [--articles N] [--jobs N]

Reads every article and checks that none fails, that every span's quote is what stands at its offsets in the text,
that every id and reference holds, and that a second run and a run with another number of processes give the same
bytes.  Exits with 1 when anything is wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice
from typing import Any

from marsad.batch.pool import cores, read_lines
from marsad.ingest.lines import LineFile, parse_line


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Every span of a reading as JSON."""
    if isinstance(value, dict):
        if "quote" in value and "start" in value:
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


def faults(reading: dict[str, Any], text: str) -> Iterator[str]:
    """What is wrong with a reading of `text`."""
    for span in spans(reading):
        if not 0 <= span["start"] < span["end"] <= len(text):
            yield f"span outside the text: {span}"
        elif text[span["start"] : span["end"]] != span["quote"]:
            yield f"quote is not what stands there: {span}"
    statements = {statement["id"] for statement in reading["statements"]}
    if len(statements) != len(reading["statements"]):
        yield "two statements with one id"
    for statement in reading["statements"]:
        if statement["parent"] is not None and statement["parent"] not in statements:
            yield f"no such parent: {statement['parent']}"
    for layer in ("events", "relations", "mechanisms"):
        ids = {item["id"] for item in reading[layer]}
        if len(ids) != len(reading[layer]):
            yield f"two {layer} with one id"
        for item in reading[layer]:
            if item["statement"] is not None and item["statement"] not in statements:
                yield f"{layer}: no such holder: {item['statement']}"
            if item.get("same_as") is not None and item["same_as"] not in ids:
                yield f"{layer}: no such item: {item['same_as']}"
    actors = {actor["id"] for actor in reading["actors"]}
    for mention in reading["mentions"]:
        if mention["actor"] not in actors:
            yield f"no such actor: {mention['actor']}"


def lines(source: str, count: int | None) -> Iterator[tuple[int, bytes | None]]:
    """The first `count` lines of a file, or all."""
    return islice(iter(LineFile(source, 1 << 24)), count)


def main() -> None:
    """Check and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+")
    parser.add_argument("--articles", type=int, default=None)
    parser.add_argument("--jobs", type=int, default=cores())
    arguments = parser.parse_args()
    wrong = 0
    for source in arguments.sources:
        began = time.monotonic()
        digest = sha256()
        read = refused = 0
        for (number, line), outcome in zip(
            lines(source, arguments.articles),
            read_lines(lines(source, arguments.articles), arguments.jobs),
            strict=True,
        ):
            assert number == outcome.line
            digest.update(outcome.json or b"-")
            if outcome.json is None:
                refused += 1
                internal = "internal" in (outcome.error or "") or "died" in (outcome.error or "")
                wrong += internal
                print(f"{source}:{number}: {'WRONG: ' if internal else 'refused: '}{outcome.error}")
                continue
            read += 1
            for fault in faults(json.loads(outcome.json), parse_line(line or b"").text):
                wrong += 1
                print(f"{source}:{number}: WRONG: {fault}")
        seconds = time.monotonic() - began
        print(
            f"{source}: {read} read, {refused} refused, {read / seconds:.0f} articles/s with {arguments.jobs} processes"
        )
        again = sha256()
        for outcome in read_lines(lines(source, arguments.articles), 1 if arguments.jobs > 1 else 2):
            again.update(outcome.json or b"-")
        same = again.digest() == digest.digest()
        wrong += not same
        print(f"{source}: a second run with another number of processes gives {'the same' if same else 'OTHER'} bytes")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
