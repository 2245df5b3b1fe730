"""What follows from signs alone (loop analysis).

The part is read as the matrix A of a system near equilibrium in which every concept damps itself, so that with
M = -A a lasting push b moves the equilibrium by `M⁻¹ b`.  By Cramer's rule the entry for a target i and a press j is

    sum over open paths P from j to i of  (product of P's effects) * det M[without P]  /  det M

(Levins 1974; Puccia and Levins 1985; Dambacher, Li and Rossignol 2002).  A stable system has det M > 0.  The minor
det M[without P] is the product of the minors of the strongly connected components K that remain when P is taken out,
and each of those is positive

1. when K is a whole strongly connected component of the system: it is then a diagonal block of a block triangular
   matrix, and stable because the system is; or
2. when K holds no loop of positive sign: every term of the expansion of its determinant is then positive.

So the direction is certain in every stable weighting when all open paths agree in sign and, for each of them, every
component that remains meets 1 or 2.  The first half is also necessary: where two paths disagree, weights small enough
keep the system stable and let either path outweigh the other.  The conditions pass to every part of the system, so the
answer holds as well when some of the claims are left out, as long as any path is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import networkx as nx

PATHS_AT_MOST = 2_000
STEPS_AT_MOST = 200_000
LOOPS_AT_MOST = 10_000

Why = Literal["", "contested", "disagree", "loop", "too-many-paths", "too-many-loops"]


@dataclass(frozen=True, slots=True)
class Path:
    """Concepts from press to target, and the sign of the push that arrives (0: either, an edge is contested)."""

    concepts: tuple[str, ...]
    sign: Literal[-1, 0, 1]


@dataclass(frozen=True, slots=True)
class SignAnswer:
    """`sign` is +1 or -1 where certain, None otherwise; `why` and `where` then say what leaves it open.

    `complete` is False when there were too many paths to list; `paths` (shortest first) then holds some.
    """

    sign: Literal[-1, 1] | None
    paths: tuple[Path, ...]
    why: Why = ""
    where: tuple[str, ...] = ()
    complete: bool = True


def sign_answer(graph: nx.DiGraph, presses: Mapping[str, int], target: str) -> SignAnswer:
    """Whether the direction of `target` is certain.  `graph` is that of a Part in which the target can be reached."""
    paths, complete = _paths(graph, presses, target)
    contested = [
        edge for path in paths if path.sign == 0 for edge in pairwise(path.concepts) if len(_signs(graph, *edge)) > 1
    ]
    if contested:
        return SignAnswer(None, paths, "contested", min(contested), complete)
    if len({path.sign for path in paths}) > 1:
        return SignAnswer(None, paths, "disagree", (), complete)
    if not complete:
        return SignAnswer(None, paths, "too-many-paths", (), complete)
    whole = {frozenset(part) for part in nx.strongly_connected_components(graph)}
    known: dict[frozenset[str], tuple[str, ...] | None] = {}
    budget = [LOOPS_AT_MOST]
    for path in paths:
        rest = graph.subgraph(graph.nodes - set(path.concepts))
        for part in map(frozenset, nx.strongly_connected_components(rest)):
            if part in whole:
                continue
            if part not in known:
                known[part] = _positive_loop(rest.subgraph(sorted(part)), budget)
            loop = known[part]
            if loop is None:
                return SignAnswer(None, paths, "too-many-loops")
            if loop:
                return SignAnswer(None, paths, "loop", loop)
    sign: Literal[-1, 1] = 1 if paths[0].sign > 0 else -1
    return SignAnswer(sign, paths)


def _signs(graph: nx.DiGraph, cause: str, effect: str) -> tuple[int, ...]:
    signs: tuple[int, ...] = graph[cause][effect]["link"].signs
    return signs


def _paths(graph: nx.DiGraph, presses: Mapping[str, int], target: str) -> tuple[tuple[Path, ...], bool]:
    """Open (simple) paths, shortest first; False when there are more than the limits allow."""
    found: list[Path] = []
    budget = [STEPS_AT_MOST]
    for press in sorted(presses):
        if press not in graph:
            continue
        for concepts in _simple_paths(graph, press, target, budget):
            found.append(Path(concepts, _arriving(graph, concepts, presses[press])))
            if len(found) > PATHS_AT_MOST:
                break
    complete = budget[0] > 0 and len(found) <= PATHS_AT_MOST
    if not complete:
        # The search may have got lost before it came to the shortest ones, which are worth showing.
        shortest = (
            tuple(nx.shortest_path(graph, press, target))
            for press in sorted(presses)
            if press in graph and nx.has_path(graph, press, target)
        )
        seen = {path.concepts for path in found}
        found += [Path(c, _arriving(graph, c, presses[c[0]])) for c in shortest if c not in seen]
    found.sort(key=lambda path: (len(path.concepts), path.concepts))
    return tuple(found[:PATHS_AT_MOST]), complete


def _arriving(graph: nx.DiGraph, concepts: tuple[str, ...], push: int) -> Literal[-1, 0, 1]:
    sign = push
    for cause, effect in pairwise(concepts):
        signs = _signs(graph, cause, effect)
        sign *= signs[0] if len(signs) == 1 else 0
    return 1 if sign > 0 else -1 if sign < 0 else 0


def _simple_paths(graph: nx.DiGraph, start: str, goal: str, budget: list[int]) -> Iterator[tuple[str, ...]]:
    """Like networkx's, but stops when `budget` steps are spent: dead ends can take for ever between two paths."""
    way = [start]
    ways = [iter(graph[start])]
    on = {start}
    while ways:
        budget[0] -= 1
        if budget[0] <= 0:
            return
        step = next(ways[-1], None)
        if step is None:
            ways.pop()
            on.discard(way.pop())
        elif step == goal:
            yield (*way, goal)
        elif step not in on:
            way.append(step)
            on.add(step)
            ways.append(iter(graph[step]))


def _positive_loop(graph: nx.DiGraph, budget: list[int]) -> tuple[str, ...] | None:
    """A loop that can have positive sign, closed by its first concept; () if there is none, None if there are too
    many loops to tell."""
    for loop in nx.simple_cycles(graph):
        budget[0] -= 1
        if budget[0] < 0:
            return None
        closed = (*loop, loop[0])
        sign = 1
        for cause, effect in pairwise(closed):
            signs = _signs(graph, cause, effect)
            sign *= signs[0] if len(signs) == 1 else 0
        if sign >= 0:
            return closed
    return ()
