"""Press perturbation where signs alone do not decide: how often a target rises over many weightings.

A weighting takes each edge with its support, is drawn anew if it leaves no path from press to target, gives the edges
taken a strength from a prior and every concept a self-damping, is kept if it is stable, and answers with the change at
equilibrium, `-A⁻¹ b` (Bender, Case and Gilpin 1984; Dambacher, Li and Rossignol 2003; Melbourne-Thomas et al. 2012).
Nothing in the sources says how strong an effect is, so several priors stand side by side and the answer is the range
over them.

The system is solved component by component in causal order: outside loops a change is the sum of what arrives divided
by the damping, and only concepts on common loops need a linear system.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from marsad.assembly.whatif.stability import MARGIN, Flags, Floats, stable
from marsad.assembly.whatif.system import Part

Draw = Callable[[np.random.Generator, tuple[int, int]], Floats]

PRIORS: dict[str, Draw] = {
    "uniform": lambda random, shape: random.uniform(0.0, 1.0, shape),
    "weak": lambda random, shape: random.beta(1.0, 3.0, shape),
    "strong": lambda random, shape: random.beta(3.0, 1.0, shape),
    "magnitudes": lambda random, shape: np.exp(random.uniform(np.log(0.01), 0.0, shape)),
    "alike": lambda random, shape: np.full(shape, 0.5),
}
"""Strength of an effect, relative to a self-damping of 1: uniform on 0-1; beta(1,3); beta(3,1); log-uniform on
0.01-1; 0.5 for all."""

DAMPINGS: dict[str, Draw] = {
    "fixed": lambda random, shape: np.ones(shape),
    "random": lambda random, shape: random.uniform(0.25, 1.0, shape),
}
"""Self-damping of a concept: 1 for all; uniform on 0.25-1, each its own."""

NUMBERS = 4_000_000
"""Matrix entries handled at a time."""
LARGE = 60
"""Concepts on common loops from which each weighting is cut into its own, smaller loops."""
ATTEMPTS = 40
"""Weightings drawn for each one wanted, before fewer are taken: where paths are long, most leave none."""
_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Share:
    """Result under one prior and one damping.

    `draws` counts weightings that leave a path, `stable` those of them that are stable, `moved` those of these in
    which the target moves (effects can cancel), `rises` those in which it rises.  `strong` and `weak` hold for each
    edge (moved, rises) among the weightings in which it is stronger than in most, and among the others (see `split`).
    """

    prior: str
    damping: str
    draws: int
    stable: int
    moved: int
    rises: int
    strong: Floats
    weak: Floats


class Sampler:
    """Arrays for one part: made once, used for every setting."""

    def __init__(self, part: Part, presses: Mapping[str, int], target: str) -> None:
        place = {concept: i for i, concept in enumerate(part.concepts)}
        self.source = np.array([place[link.cause] for link in part.links], dtype=np.intp)
        self.effect = np.array([place[link.effect] for link in part.links], dtype=np.intp)
        self.inclusion = np.array([link.inclusion for link in part.links])
        self.positive = np.array([link.positive for link in part.links])
        self.press = np.zeros(len(place))
        for concept, push in presses.items():
            if concept in place:
                self.press[place[concept]] = push
        self.target = place[target]
        self.signs: NDArray[np.int8] = np.zeros((0, len(part.links)), dtype=np.int8)
        self.arriving = 0.0
        self.blocks = [_Block(self, np.array(sorted(place[c] for c in group))) for group in _causal_order(part.graph)]

    @property
    def largest(self) -> int:
        """Concepts in the largest group on common loops."""
        return max((len(block.members) for block in self.blocks if block.loops), default=0)

    def draw(self, draws: int, seed: int) -> None:
        """Draw which edges are in and with which sign, for all settings alike, so that they differ by their prior
        alone; only weightings that leave a path are kept.  `arriving` becomes their share."""
        random = _generator(seed, 0)
        kept: list[NDArray[np.int8]] = []
        found = tried = 0
        at_once = min(max(draws, 1_000), self._rows())
        while found < draws and tried < ATTEMPTS * max(draws, 1_000):
            taken = random.random((at_once, len(self.source))) < self.inclusion
            sign = np.where(random.random(taken.shape) < self.positive, np.int8(1), np.int8(-1)) * taken
            fine = self._arrives(taken)
            kept.append(sign[fine])
            found += int(fine.sum())
            tried += at_once
        self.signs = np.concatenate(kept)[:draws]
        self.arriving = found / tried

    def _rows(self) -> int:
        """Weightings that are handled at a time."""
        return max(1_000, NUMBERS // (len(self.source) + len(self.press)))

    def _arrives(self, taken: Flags) -> Flags:
        """Whether edges are left that lead from a press to the target."""
        by_edge = np.ascontiguousarray(taken.T)
        reached = np.zeros((len(self.press), len(taken)), dtype=bool)
        reached[self.press != 0] = True
        for block in self.blocks:
            for edge in block.entering:
                reached[self.effect[edge]] |= by_edge[edge] & reached[self.source[edge]]
            before, now = -1, 0
            while block.loops and now != before:
                for edge in block.inside:
                    reached[self.effect[edge]] |= by_edge[edge] & reached[self.source[edge]]
                before, now = now, int(reached[block.members].sum())
        return np.asarray(reached[self.target])

    def run(self, prior: str, damping: str, seed: int) -> Share:
        """The shares under one setting, for what `draw` has drawn."""
        setting = 1 + list(PRIORS).index(prior) * len(DAMPINGS) + list(DAMPINGS).index(damping)
        own = _generator(seed, setting)
        contested = (self.positive > 0) & (self.positive < 1)
        counts = np.zeros(3, dtype=int)
        strong, weak = np.zeros((2, len(self.source), 2))
        rows = self._rows()
        for start in range(0, len(self.signs), rows):
            signs = self.signs[start : start + rows]
            weight = PRIORS[prior](own, signs.shape) * signs
            kept, change = self.solve(weight, DAMPINGS[damping](own, (len(signs), len(self.press))))
            change = change[kept]
            moved, rises = np.abs(change) > _TINY, change > _TINY
            counts += (int(kept.sum()), int(moved.sum()), int(rises.sum()))
            more, less = split(weight[kept], moved, rises, contested)
            strong, weak = strong + more, weak + less
        stable, moving, rising = counts.tolist()
        return Share(prior, damping, len(self.signs), stable, moving, rising, strong, weak)

    def solve(self, weight: Floats, damping: Floats) -> tuple[Flags, Floats]:
        """Which of the weightings are stable, and the change of the target in each (0 where not stable)."""
        kept = np.ones(len(weight), dtype=bool)
        change = np.zeros((len(weight), len(self.press)))
        for block in self.blocks:
            block.settle(weight, damping, change, kept)
        return kept, np.where(kept, change[:, self.target], 0.0)


class _Block:
    """A strongly connected component: its members, the edges inside, and those that enter it."""

    def __init__(self, sampler: Sampler, members: NDArray[np.intp]) -> None:
        self.members = members
        place = {int(m): i for i, m in enumerate(members)}
        to_here = np.isin(sampler.effect, members)
        from_here = np.isin(sampler.source, members)
        self.inside = np.flatnonzero(to_here & from_here)
        self.entering = np.flatnonzero(to_here & ~from_here)
        self.loops = len(self.inside) > 0
        self.row = np.array([place[int(i)] for i in sampler.effect[self.inside]], dtype=np.intp)
        self.column = np.array([place[int(i)] for i in sampler.source[self.inside]], dtype=np.intp)
        self.enters_at = [place[int(i)] for i in sampler.effect[self.entering]]
        self.enters_from = sampler.source[self.entering]
        self.press = sampler.press[members]

    def settle(self, weight: Floats, damping: Floats, change: Floats, kept: Flags) -> None:
        """Fills in the members' changes; takes weightings in which the block is unstable out of `kept`."""
        arriving = np.tile(self.press, (len(weight), 1))
        for edge, source, at in zip(self.entering, self.enters_from, self.enters_at, strict=True):
            arriving[:, at] += weight[:, edge] * change[:, source]
        own = damping[:, self.members]
        if not self.loops:
            change[:, self.members] = arriving / own
            return
        size = len(self.members)
        at_once = max(1, NUMBERS // size**2)
        diagonal = np.arange(size)
        open_ = np.flatnonzero(kept)
        for start in range(0, len(open_), at_once):
            rows = open_[start : start + at_once]
            minus = np.zeros((len(rows), size, size))
            minus[:, self.row, self.column] = -weight[rows[:, None], self.inside]
            minus[:, diagonal, diagonal] += own[rows]
            fine = _stable_by_parts(minus) if size > LARGE else stable(minus)
            kept[rows[~fine]] = False
            good = rows[fine]
            if len(good):
                solved = np.linalg.solve(minus[fine], arriving[good][..., None])[..., 0]
                change[good[:, None], self.members] = solved


def _stable_by_parts(minus: Floats) -> Flags:
    """As `stable`, for large matrices: in one weighting many edges are out, and the loops that are left are small."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    result = np.ones(len(minus), dtype=bool)
    for i, matrix in enumerate(minus):
        if not (np.diagonal(matrix) > MARGIN).all():
            result[i] = bool(stable(matrix[None])[0])
            continue
        count, label = connected_components(csr_array(matrix != 0), directed=True, connection="strong")
        sizes = np.bincount(label, minlength=count)
        for group in np.flatnonzero(sizes > 1):
            members = np.flatnonzero(label == group)
            if not stable(matrix[None, members[:, None], members])[0]:
                result[i] = False
                break
    return result


def split(weight: Floats, moved: Flags, rises: Flags, contested: Flags) -> tuple[Floats, Floats]:
    """(moved, rises) by edge, among weightings in which the edge is stronger than its median and among the rest.

    An edge that is out counts as of strength 0, so an edge that is mostly out is split by whether it is in.  A
    contested edge is split by sign, + against -.
    """
    size = np.where(contested, weight, np.abs(weight))
    middle = np.median(size, axis=0) if len(size) else np.zeros(weight.shape[1])
    strong = size > middle
    flat = ~strong.any(axis=0)
    strong[:, flat] = (size >= middle)[:, flat] & (middle[flat] > 0)
    weak = ~strong
    if contested.any():
        strong[:, contested] = weight[:, contested] > 0
        weak[:, contested] = weight[:, contested] < 0
    both = np.stack([moved, rises], axis=1).astype(float)
    return strong.T.astype(float) @ both, weak.T.astype(float) @ both


def _generator(seed: int, stream: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, stream])))


def _causal_order(graph: nx.DiGraph) -> list[list[str]]:
    """Strongly connected components, causes before effects; ties by name."""
    condensed = nx.condensation(graph)
    members = {node: sorted(condensed.nodes[node]["members"]) for node in condensed}
    return [members[node] for node in nx.lexicographical_topological_sort(condensed, key=lambda n: members[n][0])]
