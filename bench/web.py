#!/usr/bin/env python3
"""How fast does the observatory answer, and does it hold when many ask at once?

usage: web.py ARCHIVE [--rounds N] [--readers N]

Starts `marsad serve` on the archive, asks for the first page, articles, ledgers and dossiers one after the other and
prints median, 95th percentile and maximum in milliseconds of wall time as a browser would wait; then lets N readers at
once walk through all of them and counts the answers that are errors.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice

import httpx

from marsad.store import open_archive
from marsad.web.query import address


def addresses(archive: str) -> dict[str, list[str]]:
    """Pages by kind, from what the archive holds."""
    with open_archive(archive, read_only=True) as store:
        return {
            "first page": ["/"],
            "reader": [f"/article/{a.id}" for a in store.articles(limit=100).items],
            "ledger": ["/ledger", *(address("/ledger", {"speaker": s.name}) for s in store.speakers(limit=30).items)],
            "dossier": [address("/dossier", {"a": p.a, "b": p.b}) for p in store.pairs(limit=40).items],
            "search": [address("/search", {"q": q}) for q in ("العقوبات", "«وزير الخارجية»", "روسيا OR الصين")],
        }


def ask(client: httpx.Client, path: str) -> tuple[float, bool]:
    """(milliseconds, was it answered well?)"""
    start = time.perf_counter()
    try:
        good = client.get(path).status_code == 200
    except httpx.HTTPError:
        good = False
    return 1000 * (time.perf_counter() - start), good


def told(name: str, answers: list[tuple[float, bool]]) -> None:
    """A line of the result."""
    times = sorted(time for time, _ in answers)
    bad = sum(not good for _, good in answers)
    print(
        f"{name:14s} {len(times):5d} asked, median {times[len(times) // 2]:6.0f}, "
        f"p95 {times[int(0.95 * len(times))]:6.0f}, max {times[-1]:6.0f} ms, {bad} errors"
    )


def main() -> None:
    """Measure the archive on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive")
    parser.add_argument("--rounds", type=int, default=100, help="questions of each kind")
    parser.add_argument("--readers", type=int, default=50, help="readers at once, four pages each")
    given = parser.parse_args()
    command = [sys.executable, "-m", "marsad", "serve", "--archive", given.archive, "--port", "0", "--read-only"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr is not None
        found = re.search(r"http://\S+?(?=/ )", server.stderr.readline())
        if found is None:
            sys.exit("the server did not start")
        pages = addresses(given.archive)
        with httpx.Client(base_url=found[0], timeout=120) as client:
            for name, paths in pages.items():
                ask(client, paths[0])
                told(name, [ask(client, path) for path in islice(cycle(paths), given.rounds)])
        several = [cycle(paths) for name, paths in pages.items() if name != "first page"]
        every = (next(paths) for paths in cycle(several))
        walks = [list(islice(every, 4)) for _ in range(given.readers)]

        def walk(paths: list[str]) -> list[tuple[float, bool]]:
            with httpx.Client(base_url=found[0], timeout=120) as own:
                return [ask(own, path) for path in paths]

        with ThreadPoolExecutor(given.readers) as pool:
            told(f"{given.readers} at once", [answer for answers in pool.map(walk, walks) for answer in answers])
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
