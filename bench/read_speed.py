#!/usr/bin/env python3
"""Speed and memory of reading.

usage: read_speed.py [ARTICLES.jsonl[.gz]] [--articles N] [--layers]

Prints articles and words per second on one core, the slowest articles, peak memory, and the time from starting the
program to its first reading.  Without a file, the project's own example articles are read over and over, in
pieces of changing length.  --layers adds a profile by module.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from marsad import examples
from marsad.batch.pool import settle
from marsad.errors import InputError
from marsad.ingest.checks import MAX_CHARS, check_article
from marsad.ingest.lines import LineFile, parse_line
from marsad.reading.pipeline import read
from marsad.records import Article


def articles(source: str | None, count: int) -> Iterator[Article]:
    """The first `count` articles that can be read."""
    if source is None:
        yield from islice(_built_in(), count)
        return
    taken = 0
    for _, line in LineFile(source, 1 << 24):
        if taken == count:
            return
        try:
            article, _ = check_article(parse_line(line or b""), MAX_CHARS)
        except InputError:
            continue
        taken += 1
        yield article


def _built_in() -> Iterator[Article]:
    while True:
        for name in examples.names():
            article = examples.load(name)
            paragraphs = article.text.split("\n\n")
            for shift in range(len(paragraphs)):
                turned = paragraphs[shift:] + paragraphs[:shift]
                yield Article(text="\n\n".join(turned), id=f"{name}-{shift}", date=article.date)


def start_time(runs: int = 5) -> float:
    """Seconds from starting the program to its first reading printed: the best of a few runs."""
    command = [sys.executable, "-m", "marsad", "read", "--example", "--json"]
    best = float("inf")
    for _ in range(runs):
        began = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        best = min(best, time.perf_counter() - began)
    return best


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", nargs="?")
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--layers", action="store_true")
    arguments = parser.parse_args()

    sample = list(articles(arguments.source, arguments.articles))
    settle()  # as the processes of `marsad read --jsonl` do
    read(sample[0])
    times = []
    profile = cProfile.Profile()
    if arguments.layers:
        profile.enable()
    began = time.process_time()
    for article in sample:
        at = time.process_time()
        read(article)
        times.append((time.process_time() - at, len(article.text.split()), article.id))
    total = time.process_time() - began
    profile.disable()

    words = sum(count for _, count, _ in times)
    ordered = sorted(seconds for seconds, _, _ in times)
    print(f"{len(sample)} articles, {words / len(sample):.0f} words each on average")
    print(f"{len(sample) / total:8.1f} articles/s on one core   {words / total:8.0f} words/s")
    for share in (0.5, 0.95, 1.0):
        print(f"{ordered[int(share * (len(ordered) - 1))] * 1000:8.1f} ms  {share:4.0%} of articles take less")
    for seconds, count, name in sorted(times, reverse=True)[:3]:
        print(f"{seconds * 1000:8.1f} ms  {count} words  {name}")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB peak")
    print(f"{start_time():8.2f} s from start to first reading")
    if arguments.layers:
        _print_layers(profile, total)


def _print_layers(profile: cProfile.Profile, total: float) -> None:
    by_file: dict[str, float] = defaultdict(float)
    for (file, _, _), (_, _, own, _, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        name = "/".join(Path(file).parts[-2:]) if "marsad" in file else "library"
        by_file[name] += own
    print(f"\nown time by module, share of {total:.1f} s (profiled, so slower)")
    for name, seconds in sorted(by_file.items(), key=lambda item: -item[1])[:25]:
        print(f"{seconds / sum(by_file.values()):7.1%}  {name}")


if __name__ == "__main__":
    main()
