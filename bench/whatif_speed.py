#!/usr/bin/env python3
"""How long does a what-if answer take?

usage: whatif_speed.py [--rounds N]

Asks random maps of 50 concepts and 80 effects, of 500 and of 2,000 concepts, with presses and targets on common loops
where the map has any, and prints seconds (median, longest), the largest loop core, the verdicts, and how many
weightings were drawn.  Set OMP_NUM_THREADS=1 to measure one core.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections import Counter

import networkx as nx

from marsad.assembly.causal import CausalMap, Edge, Node
from marsad.assembly.whatif import whatif

SIZES = ((50, 80), (50, 120), (500, 650), (500, 1000), (2000, 2500))


def random_map(nodes: int, edges: int, seed: int) -> CausalMap:
    """Three in five effects positive, most with one cluster."""
    chance = random.Random(seed)
    names = [f"c{i:04}" for i in range(nodes)]
    found: dict[tuple[str, str], Edge] = {}
    while len(found) < edges:
        a, b = chance.sample(names, 2)
        sign = 1 if chance.random() < 0.6 else -1
        found[a, b] = Edge(cause=a, effect=b, sign=sign, support=chance.choice((1, 1, 1, 2, 3)))
    return CausalMap(nodes=tuple(Node(key=n, kind="quantity", label=n) for n in names), edges=tuple(found.values()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=10)
    rounds = parser.parse_args().rounds
    whatif(random_map(5, 8, 1), "c0000+", "c0004")  # imports
    for nodes, edges in SIZES:
        times, cores, draws, verdicts = [], [], [], Counter[str]()
        for seed in range(rounds):
            causal_map = random_map(nodes, edges, seed)
            graph = nx.DiGraph((e.cause, e.effect) for e in causal_map.edges)
            core = sorted(max(nx.strongly_connected_components(graph), key=len))
            press = core[0]
            target = core[-1] if len(core) > 1 else max(nx.descendants(graph, press), default="c0000")
            started = time.perf_counter()
            answer = whatif(causal_map, f"{press}+", target)
            times.append(time.perf_counter() - started)
            cores.append(len(core))
            draws.append(answer.draws)
            verdicts[answer.verdict] += 1
        told = ", ".join(f"{count} {verdict}" for verdict, count in verdicts.most_common())
        print(
            f"{nodes:5} concepts {edges:5} effects: {statistics.median(times):.2f} s, longest {max(times):.2f} s; "
            f"loop core {min(cores)}-{max(cores)}; {min(draws)}-{max(draws)} weightings; {told}"
        )


if __name__ == "__main__":
    main()
