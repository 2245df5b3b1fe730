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
from time import monotonic
from typing import TYPE_CHECKING, Any, Literal

from marsad.records import Record

if TYPE_CHECKING:
    import networkx as nx

    from marsad.assembly.network import Network, Tie

Pair = tuple[str, str]
Sign = Literal[-1, 1]
SECONDS = 10.0
"""Time for one block: enough for 200 actors in two rough camps with 800 ties, for 200 ties of random sign among
100 actors, and for 22 actors all of whom are tied at random; where it is not, the answer says so and gives bounds."""
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


def balance(
    ties: Mapping[Pair, int], undecided: Iterable[Pair] = (), neutral: Iterable[Pair] = (),
    seconds: float | None = None,
) -> Balance:  # fmt: skip
    """The balance of ties by pair; signs are +1 and -1.  `seconds` is the time for the frustration index of a block."""
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
        unbalanced=tuple(unbalanced), frustration=frustration(graph, seconds), undecided=tuple(sorted(undecided)),
        neutral=tuple(sorted(neutral)),
    )  # fmt: skip


def network_balance(network: Network, domains: Iterable[str] = (), seconds: float | None = None) -> Balance:
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
    return balance(signs, undecided, neutral, seconds)


def _triangles(graph: nx.Graph) -> Iterable[tuple[str, str, str]]:
    """Each once, actors in order."""
    for a in sorted(graph):
        later = {n for n in graph[a] if n > a}
        for b in sorted(later):
            for c in sorted(n for n in later if n > b and graph.has_edge(b, n)):
                yield a, b, c


def _tie(graph: nx.Graph, a: str, b: str) -> SignedTie:
    return SignedTie(a=min(a, b), b=max(a, b), sign=graph[a][b]["sign"])


def frustration(graph: nx.Graph, seconds: float | None = None) -> Camps:
    """The frustration index of a graph whose edges have `sign`, with a least set of ties and the two camps."""
    import networkx as nx

    against: set[SignedTie] = set()
    at_least = 0
    exact = True
    # Cycles lie within blocks, so each block has an index of its own and they add up.
    for block in nx.biconnected_components(graph):
        if len(block) > 2:
            found, bound = _block(graph.subgraph(block), SECONDS if seconds is None else seconds)
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


def _block(graph: nx.Graph, seconds: float) -> tuple[set[SignedTie], int]:
    """Frustrated ties of a block under a best division, and a proven lower bound on their number."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, vstack

    started = monotonic()
    actors = sorted(graph)
    ties = sorted(_tie(graph, a, b) for a, b in graph.edges)
    cuts, share = _cuts(actors, ties, started + seconds / 2)
    # Variables: the camp of each actor (0 or 1), then for each tie whether it is against the division.
    place = {actor: i for i, actor in enumerate(actors)}
    size = len(actors) + len(ties)
    entries: list[tuple[int, int, float]] = []
    least: list[float] = []
    for k, tie in enumerate(ties):
        a, b, e = place[tie.a], place[tie.b], len(actors) + k
        # A friend is against when the camps differ, an enemy when they are the same.
        for one, other, bound in ((-1, 1, 0), (1, -1, 0)) if tie.sign > 0 else ((1, 1, 1), (-1, -1, -1)):
            entries += [(len(least), e, 1), (len(least), a, one), (len(least), b, other)]
            least.append(bound)
    rows, columns, values = zip(*entries, strict=True)
    model = csr_array((values, (rows, columns)), shape=(len(least), size))
    if cuts.shape[0]:
        model = vstack([model, csr_array((cuts.data, cuts.indices + len(actors), cuts.indptr), (cuts.shape[0], size))])
    upper = np.ones(size)
    busiest = max(actors, key=lambda actor: (graph.degree(actor), actor))
    upper[place[busiest]] = 0.0  # the two camps have no names: one actor's is fixed
    result = milp(
        np.concatenate([np.zeros(len(actors)), np.ones(len(ties))]),
        integrality=np.concatenate([np.ones(len(actors)), np.zeros(len(ties))]), bounds=Bounds(np.zeros(size), upper),
        constraints=LinearConstraint(model, np.concatenate([least, np.ones(cuts.shape[0])])),
        options={"time_limit": max(0.0, seconds - (monotonic() - started)), "mip_rel_gap": 0.0},
    )  # fmt: skip
    camp = dict.fromkeys(actors, 0)
    bound = int(np.ceil(share - 1e-6))
    if result.x is not None:
        camp = {actor: round(float(result.x[place[actor]])) for actor in actors}
        bound = max(bound, int(np.ceil(result.mip_dual_bound - 1e-6)))
    against = {tie for tie in ties if (camp[tie.a] == camp[tie.b]) != (tie.sign > 0)}
    return against, len(against) if result.status == 0 else min(bound, len(against))


def _cuts(actors: list[str], ties: list[SignedTie], until: float) -> tuple[Any, float]:
    """Cycles of negative sign that hold at least one frustrated tie, as rows over the ties, and the bound that they
    prove together.

    Without them the relaxation is 0 whatever the signs.  A cycle that the last solution overlooks is a short way from
    an actor to its own copy in the doubled graph, in which enemies lead to the other side (Barahona and Mahjoub 1986).
    """
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    place = {actor: i for i, actor in enumerate(actors)}
    size = len(actors)
    doubled = [
        (place[tie.a] + side * size, place[tie.b] + (side if tie.sign > 0 else 1 - side) * size, k)
        for k, tie in enumerate(ties)
        for side in (0, 1)
    ]
    tie_at = {(i, j): k for i, j, k in doubled} | {(j, i): k for i, j, k in doubled}
    one, other, number = (np.array(column) for column in zip(*doubled, strict=True))
    value, bound = np.zeros(len(ties)), 0.0
    rows: dict[frozenset[int], None] = {}
    matrix = csr_array((0, len(ties)))
    while monotonic() < until:
        # A length of exactly 0 would be no edge.
        web = csr_array((value[number] + 1e-9, (one, other)), shape=(2 * size, 2 * size))
        length, before = dijkstra(web, directed=False, indices=range(size), return_predecessors=True, limit=0.999)
        found = [i for i in range(size) if np.isfinite(length[i, i + size])]
        new = [row for row in (_cycle(before[i], i, i + size, tie_at) for i in found) if row and row not in rows]
        if not new:
            break
        rows |= dict.fromkeys(new)
        at = [(r, k) for r, row in enumerate(rows) for k in sorted(row)]
        index = tuple(np.array(column) for column in zip(*at, strict=True))
        matrix = csr_array((np.ones(len(at)), index), shape=(len(rows), len(ties)))
        solved = linprog(np.ones(len(ties)), A_ub=-matrix, b_ub=-np.ones(len(rows)), bounds=(0, 1), method="highs")
        if solved.status != 0:
            break
        value, bound = np.clip(solved.x, 0, 1), float(solved.fun)
    return matrix, bound


def _cycle(before: Any, start: int, end: int, tie_at: dict[tuple[int, int], int]) -> frozenset[int]:
    """The ties that a way in the doubled graph uses once; those used twice cancel out."""
    used: set[int] = set()
    while end != start:
        used ^= {tie_at[int(before[end]), end]}
        end = int(before[end])
    return frozenset(used)
