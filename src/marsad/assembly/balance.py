"""Structural balance of a signed network, as description only: nothing here says that ties ought to balance.

A triad is balanced when the product of its three signs is positive: all friends, or two friends with a common enemy
(Heider 1946; Cartwright and Harary 1956).  Three mutual enemies are unbalanced in that sense but not in the weak sense
of Davis (1967), so they are counted apart.  The frustration index is the least number of ties that would have to change
sign for the actors to fall into two camps, friends inside and enemies across (Harary 1959; Zaslavsky 1987); it is found
exactly, as an integer programme after Aref, Mason and Wilson (2020), block by block.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from marsad.records import Record

if TYPE_CHECKING:
    import networkx as nx

    from marsad.assembly.network import Network, Tie

Pair = tuple[str, str]
Sign = Literal[-1, 1]
SECONDS = 10.0
"""Time for one block.  Sparse networks of a few hundred actors are solved well within it; where it is not enough the
answer says so and gives bounds."""
_NAMES = {3: "+++", 1: "++-", -1: "+--", -3: "---"}


class SignedTie(Record, frozen=True, order=True):
    """Two actors, `a` before `b` in the alphabet, and the sign of their tie."""

    a: str
    b: str
    sign: Sign


class Triad(Record, frozen=True):
    """Three actors with a tie between every two, whose signs multiply to -1."""

    actors: tuple[str, str, str]
    ties: tuple[SignedTie, SignedTie, SignedTie]
    kind: Literal["++-", "---"]


class Camps(Record, frozen=True):
    """A least set of ties against a division into two camps.

    `index` is the number of ties in `against`.  `exact`: it is proven least; otherwise the frustration index lies
    between `at_least` and `index`.  Another set of the same size may exist.
    """

    index: int
    at_least: int
    exact: bool
    against: tuple[SignedTie, ...]
    camps: tuple[tuple[str, ...], tuple[str, ...]]


class Balance(Record, frozen=True):
    """Balance of the ties of a network.  `counts` are triads by their signs; `share` is the share of balanced triads
    (None without triads); `unbalanced` those that disagree; `undecided` the pairs left out because as many claim one
    sign as the other; `neutral` those left out because all claims are neutral or withheld."""

    actors: int
    ties: int
    counts: dict[str, int]
    share: float | None
    unbalanced: tuple[Triad, ...]
    frustration: Camps
    undecided: tuple[Pair, ...] = ()
    neutral: tuple[Pair, ...] = ()


def balance(ties: Mapping[Pair, int], undecided: Iterable[Pair] = (), neutral: Iterable[Pair] = ()) -> Balance:
    """The balance of ties by pair; signs are +1 and -1."""
    import networkx as nx

    graph = nx.Graph()
    for (a, b), sign in sorted(ties.items()):
        if a != b:
            graph.add_edge(*sorted((a, b)), sign=1 if sign > 0 else -1)
    counts = dict.fromkeys(_NAMES.values(), 0)
    unbalanced = []
    for three in _triangles(graph):
        signs = tuple(_tie(graph, *pair) for pair in ((three[0], three[1]), (three[0], three[2]), (three[1], three[2])))
        kind = _NAMES[sum(tie.sign for tie in signs)]
        counts[kind] += 1
        if kind in ("++-", "---"):
            unbalanced.append(Triad(actors=three, ties=signs, kind=kind))  # type: ignore[arg-type]
    total = sum(counts.values())
    return Balance(
        actors=graph.number_of_nodes(), ties=graph.number_of_edges(), counts=counts,
        share=round((counts["+++"] + counts["+--"]) / total, 3) if total else None,
        unbalanced=tuple(unbalanced), frustration=frustration(graph), undecided=tuple(sorted(undecided)),
        neutral=tuple(sorted(neutral)),
    )  # fmt: skip


def network_balance(network: Network, domains: Iterable[str] = ()) -> Balance:
    """The balance of a network's ties in some domains (all, when none is named).

    The sign of a pair is that of most of its clusters over the domains; neutral and withheld claims have no say.
    """
    wanted = frozenset(domains)
    by_pair: dict[Pair, list[Tie]] = {}
    for tie in network.ties:
        if not wanted or tie.domain in wanted:
            by_pair.setdefault((tie.a, tie.b), []).append(tie)
    signs: dict[Pair, int] = {}
    undecided, neutral = [], []
    for pair, found in by_pair.items():
        plus, minus = sum(t.positive for t in found), sum(t.negative for t in found)
        if plus != minus:
            signs[pair] = 1 if plus > minus else -1
        elif plus:
            undecided.append(pair)
        else:
            neutral.append(pair)
    return balance(signs, undecided, neutral)


def _triangles(graph: nx.Graph) -> Iterable[tuple[str, str, str]]:
    """Each once, actors in order."""
    for a in sorted(graph):
        later = {n for n in graph[a] if n > a}
        for b in sorted(later):
            for c in sorted(n for n in later if n > b and graph.has_edge(b, n)):
                yield a, b, c


def _tie(graph: nx.Graph, a: str, b: str) -> SignedTie:
    return SignedTie(a=min(a, b), b=max(a, b), sign=graph[a][b]["sign"])


def frustration(graph: nx.Graph) -> Camps:
    """The frustration index of a graph whose edges have `sign`, with a least set of ties and the two camps."""
    import networkx as nx

    against: set[SignedTie] = set()
    at_least = 0
    exact = True
    # Cycles lie within blocks, so each block has an index of its own and they add up.
    for block in nx.biconnected_components(graph):
        if len(block) > 2:
            found, bound = _block(graph.subgraph(block))
            against |= found
            at_least += bound
            exact = exact and bound == len(found)
    kept = nx.Graph()
    kept.add_nodes_from(graph)
    kept.add_edges_from((a, b, d) for a, b, d in graph.edges(data=True) if _tie(graph, a, b) not in against)
    camps: tuple[list[str], list[str]] = ([], [])
    for part in nx.connected_components(kept):
        if len(part) > 1:
            first = min(part)
            for node, steps in nx.single_source_shortest_path(kept, first).items():
                enemies = sum(kept[a][b]["sign"] < 0 for a, b in pairwise(steps))
                camps[enemies % 2].append(node)
    return Camps(
        index=len(against), at_least=at_least, exact=exact, against=tuple(sorted(against)),
        camps=(tuple(sorted(camps[0])), tuple(sorted(camps[1]))),
    )  # fmt: skip


def _block(graph: nx.Graph) -> tuple[set[SignedTie], int]:
    """Frustrated ties of a block under a best division, and a proven lower bound on their number.

    Variables: the camp of each actor (0 or 1), and for each tie whether it is against the division.  Unbalanced triads
    hold at least one such tie, which the relaxation would not see by itself.
    """
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    actors = sorted(graph)
    place = {actor: i for i, actor in enumerate(actors)}
    ties = sorted(_tie(graph, a, b) for a, b in graph.edges)
    at = {(tie.a, tie.b): len(actors) + k for k, tie in enumerate(ties)}
    entries: list[tuple[int, int, float]] = []
    least: list[float] = []

    def demand(bound: float, *terms: tuple[int, float]) -> None:
        entries.extend((len(least), column, value) for column, value in terms)
        least.append(bound)

    for tie in ties:
        a, b, e = place[tie.a], place[tie.b], at[tie.a, tie.b]
        if tie.sign > 0:  # against when the camps differ
            demand(0, (e, 1), (a, -1), (b, 1))
            demand(0, (e, 1), (a, 1), (b, -1))
        else:  # against when they are the same
            demand(1, (e, 1), (a, 1), (b, 1))
            demand(-1, (e, 1), (a, -1), (b, -1))
    for x, y, z in _triangles(graph):
        pairs = ((x, y), (x, z), (y, z))
        if sum(_tie(graph, *pair).sign for pair in pairs) in (1, -3):
            demand(1, *((at[pair], 1.0) for pair in pairs))
    rows, columns, values = zip(*entries, strict=True)
    size = len(actors) + len(ties)
    upper = np.ones(size)
    busiest = max(actors, key=lambda actor: (graph.degree(actor), actor))
    upper[place[busiest]] = 0.0  # the two camps have no names: one actor's is fixed
    cost = np.concatenate([np.zeros(len(actors)), np.ones(len(ties))])
    result = milp(
        cost, integrality=np.concatenate([np.ones(len(actors)), np.zeros(len(ties))]),
        bounds=Bounds(np.zeros(size), upper),
        constraints=LinearConstraint(csr_array((values, (rows, columns)), shape=(len(least), size)), np.array(least)),
        options={"time_limit": SECONDS, "mip_rel_gap": 0.0},
    )  # fmt: skip
    if result.x is None:  # no division found in time: take all in one camp
        camp = dict.fromkeys(actors, 0)
        bound = 0
    else:
        camp = {actor: round(float(result.x[place[actor]])) for actor in actors}
        bound = int(np.ceil(result.mip_dual_bound - 1e-6))
    against = {tie for tie in ties if (camp[tie.a] == camp[tie.b]) != (tie.sign > 0)}
    return against, len(against) if result.status == 0 else min(bound, len(against))
