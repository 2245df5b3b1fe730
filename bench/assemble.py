#!/usr/bin/env python3
"""How fast is an archive assembled, how fast does an assembly follow one more article, and with how much memory?

usage: assemble.py ARCHIVE [ARTICLES.jsonl[.gz]] [--times N]

Assembles the archive from scratch, makes the merged map, one claimant's view, the network and the check of trends.
With a file of articles its first articles that the archive does not hold are added to a copy of the archive (SQLite)
one at a time, and the assembly follows; the time to follow and to make the map anew is given, not that of reading.
Times are of the processor of one process; the greatest resident memory is the whole process's.

With --times the archive's claims are taken N times over, as if of other articles, seven tenths of the concepts under
another name each time (about the share that only one article has), to see what a larger archive would take.
"""

from __future__ import annotations

import gzip
import json
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from marsad.assembly.assemble import assemble
from marsad.assembly.claims import View
from marsad.assembly.network import network
from marsad.assembly.trends import trends
from marsad.reading.pipeline import read
from marsad.records import Article
from marsad.store import open_archive
from marsad.store.prepare import prepare
from marsad.stored import Filters
from marsad.version import VERSION
from marsad.view.map_text import summary

SINGLE = 20
RENAMED = 7
"""Tenths of the concepts that --times gives another name."""


def timed(what: str, call: Callable[[], Any]) -> Any:
    """Call, and print how long it took and how much memory the process has had at most."""
    start, wall = time.process_time(), time.perf_counter()
    result = call()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    used, passed = time.process_time() - start, time.perf_counter() - wall
    print(f"{what}: {used:.2f} s ({passed:.2f} s on the clock), {peak:.0f} MB")
    return result


def several(archive: str, times: int) -> None:
    """Assemble the claims of an archive many times over."""
    import zlib
    from collections import defaultdict

    import msgspec

    from marsad.assembly.assemble import Assembly
    from marsad.assembly.claims import RawClaim, claim_of
    from marsad.records import Concept
    from marsad.stored import StoredMechanism

    def renamed(concept: Concept, n: int) -> Concept:
        other = zlib.crc32(concept.key.encode()) % 10 < RENAMED and concept.kind != "relation"
        return msgspec.structs.replace(concept, key=f"{concept.key}_{n}") if other else concept

    lines: dict[str, list[RawClaim]] = defaultdict(list)
    with open_archive(archive, read_only=True) as store:
        for stored in store.stream(Filters(layers=("mechanism",))):
            claim = claim_of(stored) if isinstance(stored, StoredMechanism) else None
            if claim is not None:
                lines[claim.claim.article].append(claim)
    packed = {article: msgspec.msgpack.encode(claims) for article, claims in lines.items()}
    assembly = Assembly()

    def fill() -> None:
        for n in range(times):
            for article, data in packed.items():
                name = f"{article}-{n}"
                claims = msgspec.msgpack.decode(data, type=list[RawClaim])
                assembly.put(name, [
                    msgspec.structs.replace(
                        c, cause=renamed(c.cause, n), effect=renamed(c.effect, n),
                        claim=msgspec.structs.replace(c.claim, article=name),
                    )
                    for c in claims
                ])  # fmt: skip

    timed(f"the claims {times} times over", fill)
    timed("merged map", assembly.map)
    print("articles with claims, claims, concepts, effects:", *(f"{n:,}" for n in assembly.sizes()))
    some = msgspec.msgpack.decode(next(iter(packed.values())), type=list[RawClaim])
    new = [msgspec.structs.replace(c, claim=msgspec.structs.replace(c.claim, article="new")) for c in some]
    start = time.perf_counter()
    assembly.put("new", new)
    assembly.map()
    print(f"one more article and the whole map anew: {1000 * (time.perf_counter() - start):.1f} ms on the clock")


def main() -> None:
    arguments = sys.argv[1:]
    if "--times" in arguments:
        at = arguments.index("--times")
        several(arguments[0], int(arguments[at + 1]))
        return
    archive = sys.argv[1]
    with open_archive(archive, read_only=True) as store:
        print(f"{store.stats().articles:,} articles, {store.stats().mechanisms:,} mechanisms")
        assembly = timed("assembled from scratch", lambda: assemble(store))
        causal_map = timed("merged map", assembly.map)
        print("articles with claims, claims, concepts, effects:", *(f"{n:,}" for n in assembly.sizes()))
        print(summary(causal_map))
        common = next((name for name, _ in assembly.claimants() if name), None)
        timed("one claimant's view", lambda: assembly.map(View(claimant=common)))
        timed("network", lambda: network(store.stream(Filters(layers=("relation", "event")))))
        report = timed("check of trends", lambda: trends(store.stream(Filters(layers=("relation", "mechanism")))))
        print(
            f"reported trends {report.reported:,}, testable {report.testable:,}: reproduced {report.reproduced:,}, "
            f"contradicted {report.contradicted:,}, mixed {report.mixed:,}; claimants {report.claimants:,}"
        )
    if len(sys.argv) > 2:
        one_more(archive, sys.argv[2])


def one_more(archive: str, source: str) -> None:
    """Time to follow single additions."""
    opener = gzip.open if source.endswith(".gz") else open
    with tempfile.TemporaryDirectory() as folder, opener(source, "rt", encoding="utf-8") as lines:
        copy = Path(folder, "copy.db")
        shutil.copy(archive, copy)
        with open_archive(copy) as store:
            assembly = assemble(store)
            assembly.map()
            follows: list[float] = []
            maps: list[float] = []
            for line in lines:
                known = {"text", "id", "title", "date", "outlet", "url"}
                article = Article(**{k: v for k, v in json.loads(line).items() if k in known and v})
                if store.known([article], VERSION)[0]:
                    continue
                store.put([prepare(article, read(article))])
                start = time.perf_counter()
                assembly.follow(store)
                middle = time.perf_counter()
                assembly.map()
                follows.append(1000 * (middle - start))
                maps.append(1000 * (time.perf_counter() - middle))
                if len(follows) == SINGLE:
                    break
    for what, found in (("one more article", follows), ("whole map anew", maps)):
        print(f"{what}: median {statistics.median(found):.1f} ms, longest {max(found):.1f} ms on the clock")


if __name__ == "__main__":
    main()
