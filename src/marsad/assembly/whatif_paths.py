"""What follows from signs alone: the part of a map between a press and a target, its paths and its loops.

The map is read as the community matrix A of a system near equilibrium in which every concept damps itself.  After a
lasting push on one concept, the change of another at the new equilibrium is an entry of `-A⁻¹`; its numerator is the
sum, over the open paths from press to target, of the path's sign times the determinant of what the path leaves out
(Levins 1974; Puccia and Levins 1985).  That determinant is positive whatever the weights when all loops left out are
negative, so the answer is certain when all paths agree and no path leaves out a positive loop.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Literal

import networkx as nx

Sign = Literal[-1, 1]
PATHS_AT_MOST = 2_000
LOOPS_AT_MOST = 5_000


@dataclass(frozen=True, slots=True)
class Path:
    """Concepts from press to target and the sign of the push that arrives."""

    concepts: tuple[str, ...]
    sign: Sign


@dataclass(frozen=True, slots=True)
class SignAnswer:
    """What signs alone say of one target.

    `sign` is +1 or -1 where the answer is the same under every weighting of a stable system, 0 where no path leads
    to the target, None where it depends on weights; `reason` says why it depends.
    """

    sign: Literal[-1, 0, 1] | None
    paths: tuple[Path, ...]
    reason: str = ""
    complete: bool = True


def between(graph: nx.DiGraph, presses: frozenset[str], target: str) -> nx.DiGraph:
    """The concepts that a press reaches and that lead to the target, with the edges among them."""
    ahead = set().union(*({p} | nx.descendants(graph, p) for p in presses if p in graph), set())
    if target not in ahead:
        return graph.subgraph(())
    return graph.subgraph(ahead & ({target} | nx.ancestors(graph, target)))


def sign_answer(graph: nx.DiGraph, presses: dict[str, Sign], target: str) -> SignAnswer:
    """Whether the direction of `target` is certain after the presses.

    `graph` has edges with `signs`, a frozenset of the signs claimed (two where contested).  Presses add up.
    """
    part = between(graph, frozenset(presses), target)
    if target not in part:
        return SignAnswer(0, ())
    contested = [(a, b) for a, b, signs in part.edges(data="signs") if len(signs) > 1]
    if contested:
        first = " -> ".join(contested[0])
        return SignAnswer(None, _paths(part, presses, target)[0], f"the sources disagree on the sign of {first}")
    paths, complete = _paths(part, presses, target)
    if not complete:
        return SignAnswer(None, paths, f"more than {PATHS_AT_MOST} paths lead there", complete=False)
    if len({path.sign for path in paths}) > 1:
        return SignAnswer(None, paths, "open paths disagree")
    reachable = graph.subgraph(set().union(*({p} | nx.descendants(graph, p) for p in presses if p in graph)))
    loops = list(islice(nx.simple_cycles(_core(reachable)), LOOPS_AT_MOST + 1))
    if len(loops) > LOOPS_AT_MOST:
        return SignAnswer(None, paths, f"more than {LOOPS_AT_MOST} loops", complete=False)
    for loop in loops:
        contested_loop = any(len(graph[a][b]["signs"]) > 1 for a, b in _steps(loop))
        if not contested_loop and _product(graph, [*loop, loop[0]]) < 0:
            continue
        for path in paths:
            if not set(loop) & set(path.concepts):
                words = " -> ".join([*loop, loop[0]])
                return SignAnswer(None, paths, f"the loop {words} strengthens itself beside a path and can turn it")
    return SignAnswer(paths[0].sign, paths)


def _core(graph: nx.DiGraph) -> nx.DiGraph:
    """The concepts on loops."""
    keep = [n for part in nx.strongly_connected_components(graph) if len(part) > 1 for n in part]
    keep += [n for n in graph if graph.has_edge(n, n)]
    return graph.subgraph(keep)


def _paths(part: nx.DiGraph, presses: dict[str, Sign], target: str) -> tuple[tuple[Path, ...], bool]:
    paths: list[Path] = []
    for press in sorted(presses):
        if press not in part:
            continue
        if press == target:
            paths.append(Path((target,), presses[press]))
            continue
        for nodes in islice(nx.all_simple_paths(part, press, target), PATHS_AT_MOST + 1 - len(paths)):
            sign = presses[press] * _product(part, nodes)
            paths.append(Path(tuple(nodes), 1 if sign > 0 else -1))
    return tuple(paths[:PATHS_AT_MOST]), len(paths) <= PATHS_AT_MOST


def _steps(loop: list[str]) -> list[tuple[str, str]]:
    return list(zip(loop, [*loop[1:], loop[0]], strict=True))


def _product(graph: nx.DiGraph, nodes: list[str]) -> int:
    """Product of the signs along a walk; a contested edge counts with its better supported sign."""
    sign = 1
    for a, b in pairwise(nodes):
        sign *= graph[a][b]["sign"]
    return sign
