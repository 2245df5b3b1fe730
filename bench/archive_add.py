#!/usr/bin/env python3
"""How fast does an archive fill, and with how much memory?

usage: archive_add.py ARTICLES.jsonl[.gz]... [--archive FILE] [--jobs N]

Runs `marsad add` into a new archive and prints articles per second of wall time and per core-second of processor time
(which other programs on the machine do not disturb), the greatest sum of resident memory of its processes, and the
size of the archive per article.  Pages shared between processes are counted once (PSS).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path


def memory(process: int) -> int:
    """Proportional memory of a process and those below it, in bytes."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int(folder.joinpath("stat").read_text().rpartition(")")[2].split()[1])
            if int(folder.name) == process or parent == process:
                line = next(x for x in folder.joinpath("smaps_rollup").read_text().splitlines() if x.startswith("Pss:"))
                total += int(line.split()[1]) * 1024
        except (OSError, StopIteration, ValueError):
            continue
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sources", nargs="+")
    parser.add_argument("--archive", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        archive = args.archive or Path(folder, "bench.db")
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        command = [sys.executable, "-m", "marsad", "add", "--archive", str(archive), "--jobs", str(args.jobs), "--json"]
        running = subprocess.Popen([*command, *args.sources], stdout=subprocess.PIPE)
        peak = 0

        def look() -> None:
            nonlocal peak
            while running.poll() is None:
                peak = max(peak, memory(running.pid))
                time.sleep(0.5)

        watch = threading.Thread(target=look)
        watch.start()
        out = running.communicate()[0]
        watch.join()
        wall = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        summary = json.loads(out)
        count = summary["added"]
        size = sum(os.path.getsize(f"{archive}{end}") for end in ("", "-wal") if os.path.exists(f"{archive}{end}"))
        print(f"added {count:,}, unchanged {summary['unchanged']:,}, skipped {summary['skipped']}")
        print(f"wall     {wall:8.1f} s   {count / wall:6.1f} articles/s")
        two = 2 * count / busy
        print(f"busy     {busy:8.1f} s   {count / busy:6.1f} articles per core-second, {two:.1f} on two cores")
        print(f"memory   {peak / 1e6:8.0f} MB at most, all processes together")
        print(f"archive  {size / 1e6:8.0f} MB   {size / max(count, 1) / 1e3:6.1f} KB an article")


if __name__ == "__main__":
    main()
