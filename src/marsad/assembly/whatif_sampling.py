"""Press perturbation where signs alone do not decide: how often a target rises over many weightings.

A draw takes each edge with its support, gives the edges taken a weight from a prior, sets the self-damping, keeps
the system if it is stable (every eigenvalue of A has a negative real part) and solves the change at equilibrium,
`-A⁻¹ b` (Bender, Case and Gilpin 1984; Dambacher, Li and Rossignol 2003; Melbourne-Thomas et al. 2012).  Nothing in
the sources says how strong an effect is, so several priors stand side by side and the answer is the range over them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

PRIORS: dict[str, Callable[[np.random.Generator, tuple[int, ...]], Floats]] = {
    "uniform 0-1": lambda random, shape: random.uniform(0.0, 1.0, shape),
    "weak mostly, beta(1,3)": lambda random, shape: random.beta(1.0, 3.0, shape),
    "strong mostly, beta(3,1)": lambda random, shape: random.beta(3.0, 1.0, shape),
    "over magnitudes, log-uniform 0.01-1": lambda random, shape: np.exp(random.uniform(np.log(0.01), 0.0, shape)),
    "all alike, 0.5": lambda random, shape: np.full(shape, 0.5),
}
"""Priors over the strength of an effect, relative to the self-damping of the concept that it acts on."""

DAMPINGS: dict[str, Callable[[np.random.Generator, tuple[int, ...]], Floats]] = {
    "fixed, 1": lambda random, shape: np.ones(shape),
    "random, uniform 0.25-1": lambda random, shape: random.uniform(0.25, 1.0, shape),
}

CHUNK = 500


@dataclass(frozen=True, slots=True)
class System:
    """Edges as arrays: effect of concept `source[k]` on `target[k]`, its sign and the share of draws that take it.

    `sign_share` is the share of draws in which a contested edge has sign +1 (1.0 or 0.0 where not contested).
    """

    concepts: tuple[str, ...]
    source: NDArray[np.intp]
    target: NDArray[np.intp]
    support: Floats
    sign_share: Floats

    def index(self, concept: str) -> int:
        return self.concepts.index(concept)


@dataclass(frozen=True, slots=True)
class Share:
    """Result under one prior and one damping.

    `rises` is the share of stable draws in which the target moved that rise; `moved` and `stable` are shares of all
    draws.  `with_edge[k]` and `without_edge[k]` are the share that rises among draws with or without edge k.
    """

    prior: str
    damping: str
    draws: int
    stable: float
    moved: float
    rises: float | None
    with_edge: Floats
    without_edge: Floats


def blocks(system: System) -> list[NDArray[np.intp]]:
    """The strongly connected parts with more than one concept, or with a self-loop: stability depends on them alone."""
    graph: nx.DiGraph = nx.DiGraph()
    graph.add_nodes_from(range(len(system.concepts)))
    graph.add_edges_from(zip(system.source.tolist(), system.target.tolist(), strict=True))
    parts = (sorted(part) for part in nx.strongly_connected_components(graph))
    return sorted(
        (np.array(p, dtype=np.intp) for p in parts if len(p) > 1 or graph.has_edge(p[0], p[0])), key=lambda p: int(p[0])
    )


def sample(
    system: System, press: Floats, target: int, prior: str, damping: str, draws: int, random: np.random.Generator
) -> Share:
    """Share of stable draws in which concept `target` rises after the lasting push `press` (one entry a concept)."""
    edges, size = len(system.source), len(system.concepts)
    parts = blocks(system)
    totals = np.zeros((2, 2, edges))  # [edge in?][moved, rises]
    stable_count = moved_count = rise_count = 0
    for start in range(0, draws, CHUNK):
        n = min(CHUNK, draws - start)
        taken = random.uniform(size=(n, edges)) < system.support
        sign = np.where(random.uniform(size=(n, edges)) < system.sign_share, 1.0, -1.0)
        weight = PRIORS[prior](random, (n, edges)) * sign * taken
        matrix = np.zeros((n, size, size))
        np.add.at(matrix, (slice(None), system.target, system.source), weight)
        diagonal = np.arange(size)
        matrix[:, diagonal, diagonal] -= DAMPINGS[damping](random, (n, size))
        stable = _stable(matrix, parts)
        stable_count += int(stable.sum())
        if not stable.any():
            continue
        change = np.linalg.solve(matrix[stable], np.broadcast_to(-press[:, None], (int(stable.sum()), size, 1)))
        moved_by = change[:, target, 0]
        moved = np.abs(moved_by) > 1e-9
        rises = moved_by > 1e-9
        moved_count += int(moved.sum())
        rise_count += int(rises.sum())
        inside = taken[stable]
        for flag in (0, 1):
            members = inside == bool(flag)
            totals[flag, 0] += (members & moved[:, None]).sum(axis=0)
            totals[flag, 1] += (members & rises[:, None]).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = totals[:, 1] / totals[:, 0]
    rises_share = rise_count / moved_count if moved_count else None
    return Share(prior, damping, draws, stable_count / draws, moved_count / draws, rises_share, shares[1], shares[0])


def _stable(matrix: Floats, parts: list[NDArray[np.intp]]) -> NDArray[np.bool_]:
    """Which matrices of the stack have all eigenvalues in the left half plane; looks at the looping parts only.

    Most draws are decided by Gershgorin's discs (row or column sums under the damping); the others by eigenvalues.
    """
    stable = np.ones(len(matrix), dtype=bool)
    for part in parts:
        block = matrix[:, part[:, None], part]
        diagonal = np.einsum("nii->ni", block)
        reach = np.abs(block)
        off_rows = reach.sum(axis=2) - np.abs(diagonal)
        off_columns = reach.sum(axis=1) - np.abs(diagonal)
        sure = (diagonal + off_rows < 0).all(axis=1) | (diagonal + off_columns < 0).all(axis=1)
        open_ = np.flatnonzero(stable & ~sure)
        if len(open_):
            stable[open_] = np.linalg.eigvals(block[open_]).real.max(axis=1) < 0
    return stable
