#!/usr/bin/env python3
"""What a fuzzy cognitive map says where press perturbation finds the direction open.

usage: fcm_against_press.py MAP.json PRESS TARGET [--edge "A -> B +"]

Runs the map as a fuzzy cognitive map (Kosko 1986) in 24 settings: three functions (sigmoid of slope 1 and 5, tanh),
two rules (with and without the concept's own last value), two weights (0.5 for all, by support), two starts (0, 0.5);
compares the target with PRESS held at 1 and at 0.  Prints how many settings say that it rises, where concepts settle
without any input, and the range of shares of press perturbation.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from itertools import product
from pathlib import Path

import numpy as np

from marsad.assembly.causal import CausalMap
from marsad.assembly.whatif import RELIABILITY, whatif
from marsad.assembly.whatif.question import edge_of, find_concept
from marsad.assembly.whatif.system import link_of, with_added
from marsad.export.maps import read_map

FUNCTIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "sigmoid 1": lambda x: 1 / (1 + np.exp(-x)),
    "sigmoid 5": lambda x: 1 / (1 + np.exp(-5 * x)),
    "tanh": np.tanh,
}


def settle(weights: np.ndarray, function: str, memory: bool, start: float, held: dict[int, float]) -> np.ndarray:
    """The state after 500 steps; `held` concepts keep their value."""
    state = np.full(len(weights), start)
    for _ in range(500):
        for place, value in held.items():
            state[place] = value
        state = FUNCTIONS[function](weights.T @ state + (state if memory else 0))
    return state


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("map", type=Path)
    parser.add_argument("press")
    parser.add_argument("target")
    parser.add_argument("--edge", action="append", default=[])
    options = parser.parse_args()
    causal_map: CausalMap = read_map(str(options.map), options.map.read_bytes())
    press, target = (find_concept(causal_map, name).key for name in (options.press, options.target))
    added = {}
    for text in options.edge:
        cause, effect, sign = edge_of(text)
        added[find_concept(causal_map, cause).key, find_concept(causal_map, effect).key] = sign
    edges = [edge for edge in with_added(causal_map.edges, added) if edge.support]
    place = {node.key: i for i, node in enumerate(causal_map.nodes)}
    said = {"rises": 0, "falls": 0, "stays": 0}
    alone = []
    for function, memory, by_support, start in product(FUNCTIONS, (False, True), (False, True), (0.0, 0.5)):
        weights = np.zeros((len(place), len(place)))
        for edge in edges:
            size = link_of(edge, RELIABILITY).inclusion if by_support else 0.5
            weights[place[edge.cause], place[edge.effect]] = edge.sign * size
        low, high = (settle(weights, function, memory, start, {place[press]: v})[place[target]] for v in (0.0, 1.0))
        said["rises" if high - low > 1e-6 else "falls" if low - high > 1e-6 else "stays"] += 1
        if function != "tanh":
            alone.append(settle(weights, function, memory, start, {}))
    quiet = np.array(alone)
    counts = ", ".join(f"{verdict} in {count}" for verdict, count in said.items())
    print(f"fuzzy cognitive map: {counts} of 24 settings")
    print(f"with no input, sigmoid: concepts settle between {quiet.min():.2f} and {quiet.max():.2f}")
    for reliability in (RELIABILITY, 1.0):
        answer = whatif(causal_map, f"{press}+", target, edges=options.edge, reliability=reliability)
        share = f"rises in {answer.rises.low:.2f}-{answer.rises.high:.2f}" if answer.rises else "no number"
        print(f"press perturbation (reliability {reliability}): {answer.verdict}, {share}")


if __name__ == "__main__":
    main()
