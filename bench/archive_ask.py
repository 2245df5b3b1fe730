#!/usr/bin/env python3
"""How fast does an archive answer?

usage: archive_ask.py ARCHIVE [--rounds N]

Asks for searches (words, phrases, two words; common and rare ones from the archive's own texts), timelines and dossiers
of the busiest pairs, ledgers of the busiest speakers, and pages of records, and prints median, 95th percentile and
maximum in milliseconds of processor time and of wall time.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator
from functools import partial

from marsad.store import open_archive
from marsad.store.base import Store
from marsad.stored import Filters
from marsad.text.terms import term_spans


def queries(store: Store, count: int, seed: int = 1) -> Iterator[str]:
    """Words, pairs of words and phrases as they stand in the archive's texts."""
    chance = random.Random(seed)
    articles = store.articles(limit=400).items
    for _ in range(count):
        stored = store.article(chance.choice(articles).id)
        assert stored is not None
        spans = [(start, end) for term, start, end in term_spans(stored.text) if len(term) > 2]
        if len(spans) < 5:
            continue
        kind = chance.randrange(4)
        at = chance.randrange(len(spans) - 2)
        one = stored.text[slice(*spans[at])]
        other = stored.text[slice(*chance.choice(spans))]
        yield (one, f"{one} {other}", f'"{stored.text[spans[at][0] : spans[at + 1][1]]}"', f"{one} OR {other}")[kind]


def measure(name: str, questions: list[Callable[[], object]]) -> None:
    """Ask all and print how long it took."""
    wall, busy = [], []
    for question in questions:
        w, b = time.perf_counter(), time.process_time()
        question()
        wall.append(1000 * (time.perf_counter() - w))
        busy.append(1000 * (time.process_time() - b))

    def figures(values: list[float]) -> str:
        values = sorted(values)
        return f"{values[len(values) // 2]:8.1f} {values[int(0.95 * (len(values) - 1))]:8.1f} {values[-1]:8.1f}"

    print(f"{name:32} {len(questions):5}   busy {figures(busy)}   wall {figures(wall)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("archive")
    parser.add_argument("--rounds", type=int, default=200)
    args = parser.parse_args()
    with open_archive(args.archive, read_only=True) as store:
        asked = list(queries(store, args.rounds))
        pairs = store.pairs(limit=50).items
        speakers = store.speakers(limit=30).items
        print(f"{'milliseconds':38}        median      p95      max          median      p95      max")
        store.search("سلام")
        consult = Filters(types=("CONSULT",))
        measure("search", [partial(store.search, q) for q in asked])
        measure("search, with an event of a kind", [partial(store.search, q, consult) for q in asked[:50]])
        measure("search, by relevance", [partial(store.search, q, sort="best") for q in asked[:50]])
        measure("timeline", [partial(store.timeline, p.a, p.b) for p in pairs])
        measure("dossier", [partial(store.dossier, p.a, p.b) for p in pairs])
        measure("ledger of a speaker", [partial(store.ledger, s.key) for s in speakers])
        measure("ledger of all", [partial(store.ledger, None, offset=o) for o in range(0, 500, 50)])
        measure("records of an actor", [partial(store.records, Filters(actors=(p.a,))) for p in pairs[:20]])
        measure("articles", [partial(store.articles, offset=o) for o in range(0, 1000, 50)])
        measure("actors", [store.actors] * 5)
        measure("one actor", [partial(store.actor, p.a) for p in pairs[:10]])
        measure("speakers", [store.speakers] * 5)
        measure("busiest pairs", [store.pairs] * 5)
        measure("stats", [store.stats] * 5)
        measure("stories", [store.stories] * 5)
        measure("facets", [partial(store.facets, query=q) for q in asked[:10]])


if __name__ == "__main__":
    main()
