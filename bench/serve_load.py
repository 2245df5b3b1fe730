"""How long the observatory takes: p50 and p95 of home, reader, ledger and dossier asked one after another, and then
many readers at once, each going through pages of its own.

    marsad add ARTICLES.jsonl.gz --archive big.db
    python bench/serve_load.py big.db [--requests 200] [--readers 50] [--seconds 20]

A process of its own serves, as `marsad serve` does; times are those of whole answers over the loopback, so they hold
what the server takes and a little more; beside them the processor time of the server.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import httpx

from marsad.store import open_archive
from marsad.store.base import Store

SEED = 7


def addresses(store: Store, count: int) -> dict[str, list[str]]:
    """Pages of each kind, drawn from all of the archive."""
    draw = random.Random(SEED)
    ids = store.article_ids()
    pairs = store.pairs(limit=300).items
    speakers = [speaker.key for speaker in store.speakers(limit=300).items]
    quote = httpx.QueryParams
    chosen = [draw.choice(pairs) for _ in range(count)]
    words = draw.choices(("روسيا", "عقوبات", "الغاز", "اتفاق"), k=count)
    return {
        "home": ["/"] * count,
        "reader": [f"/article/{draw.choice(ids)}" for _ in range(count)],
        "ledger": [f"/ledger?{quote({'speaker': draw.choice(speakers)})}" for _ in range(count)],
        "ledger of all": [f"/ledger?offset={25 * draw.randrange(20)}" for _ in range(count)],
        "dossier": [f"/dossier?{quote({'a': pair.a, 'b': pair.b})}" for pair in chosen],
        "search": [f"/search?{quote({'q': word})}" for word in words],
    }


def processor(process: int) -> float:
    """Milliseconds for which a process has had a processor (Linux; 0 elsewhere): what it takes on an idle machine."""
    spent = 0
    for thread in Path(f"/proc/{process}/task").glob("*/schedstat"):
        with contextlib.suppress(OSError):
            spent += int(thread.read_text().split()[0])
    return spent / 1e6


def one_by_one(client: httpx.Client, pages: list[str], process: int) -> tuple[list[float], list[float], Counter[int]]:
    """Milliseconds of each answer, of the processor for it, and how often each status came."""
    times: list[float] = []
    spent: list[float] = []
    statuses: Counter[int] = Counter()
    for page in pages:
        start, before = time.perf_counter(), processor(process)
        statuses[client.get(page).status_code] += 1
        times.append(1000 * (time.perf_counter() - start))
        spent.append(processor(process) - before)
    return times, spent, statuses


def at_once(base: str, pages: list[str], readers: int, seconds: float) -> tuple[list[float], Counter[str]]:
    """As many readers as asked for, each without a pause, until the time is over."""
    times: list[float] = []
    outcomes: Counter[str] = Counter()
    lock = threading.Lock()
    end = time.monotonic() + seconds

    def read(number: int) -> None:
        draw = random.Random(number)
        with httpx.Client(base_url=base, timeout=60) as client:
            while time.monotonic() < end:
                start = time.perf_counter()
                try:
                    outcome = str(client.get(draw.choice(pages)).status_code)
                except httpx.HTTPError as error:
                    outcome = type(error).__name__
                with lock:
                    times.append(1000 * (time.perf_counter() - start))
                    outcomes[outcome] += 1

    threads = [threading.Thread(target=read, args=(number,)) for number in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, outcomes


def percentile(times: list[float], share: float) -> float:
    """The time under which that share of the answers came."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def main() -> None:
    """Serve, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive")
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=20.0)
    options = parser.parse_args()
    with open_archive(options.archive, read_only=True) as store:
        stats = store.stats()
        pages = addresses(store, options.requests)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "marsad", "serve", "--archive", options.archive, "--port", str(port)]
    command.append("--read-only")
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            time.sleep(0.1)
            try:
                httpx.get(f"{base}/api/stats").raise_for_status()
                break
            except httpx.HTTPError:
                continue
        print(f"{stats.articles:,} articles, {stats.statements:,} statements, {stats.events:,} events")
        print("\none after another (ms; the last two of the processor)")
        print("  page            p50    p95    max  cpu50  cpu95  errors")
        with httpx.Client(base_url=base, timeout=60) as client:
            for name, some in pages.items():
                one_by_one(client, some[:3], server.pid)
                times, spent, statuses = one_by_one(client, some, server.pid)
                errors = sum(count for status, count in statuses.items() if status != 200)
                numbers = (statistics.median(times), percentile(times, 0.95), max(times))
                numbers += (statistics.median(spent), percentile(spent, 0.95))
                print(f"  {name:14s}" + "".join(f"{number:6.0f} " for number in numbers) + f"{errors:7d}")
        every = [page for some in pages.values() for page in some]
        times, outcomes = at_once(base, every, options.readers, options.seconds)
        wrong = sum(count for outcome, count in outcomes.items() if outcome != "200")
        print(
            f"\n{options.readers} readers at once: {len(times) / options.seconds:.0f} answers a second, "
            f"p50 {statistics.median(times):.0f} ms, p95 {percentile(times, 0.95):.0f} ms, errors {wrong}"
        )
    finally:
        server.terminate()
        server.wait(10)


if __name__ == "__main__":
    main()
