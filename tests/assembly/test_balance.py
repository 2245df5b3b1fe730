"""Balance against enumeration and known graphs; change points against series made for it."""

from __future__ import annotations

from itertools import combinations, product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.assembly import balance as balance_module
from marsad.assembly.balance import balance, network_balance
from marsad.assembly.changes import SHORTEST, changes
from marsad.assembly.network import Network, Tie


def least_by_trying(ties: dict[tuple[str, str], int]) -> int:
    actors = sorted({actor for pair in ties for actor in pair})
    return min(
        sum((camp[a] == camp[b]) != (sign > 0) for (a, b), sign in ties.items())
        for camp in (dict(zip(actors, c, strict=True)) for c in product((0, 1), repeat=len(actors)))
    )


def test_the_four_triads():
    cases = ((1, 1, 1), "+++", 0), ((1, 1, -1), "++-", 1), ((1, -1, -1), "+--", 0), ((-1, -1, -1), "---", 1)
    for signs, kind, index in cases:
        found = balance(dict(zip([("A", "B"), ("B", "C"), ("A", "C")], signs, strict=True)))
        assert (found.counts[kind], sum(found.counts.values()), found.frustration.index) == (1, 1, index)
        assert found.share == (0.0 if index else 1.0)
        assert [t.actors for t in found.unbalanced] == ([("A", "B", "C")] if index else [])


def test_two_camps_are_found():
    camps = {"A": 0, "B": 0, "C": 0, "X": 1, "Y": 1}
    ties = {(a, b): 1 if camps[a] == camps[b] else -1 for a, b in combinations(camps, 2)}
    found = balance(ties).frustration
    assert (found.index, found.exact, set(found.camps)) == (0, True, {("A", "B", "C"), ("X", "Y")})
    ties["A", "B"] = -1
    found = balance(ties).frustration
    assert [(t.a, t.b, t.sign) for t in found.against] == [("A", "B", -1)]


def test_all_enemies():
    """A complete graph of enemies: the best is to halve it (Zaslavsky 1987); K6 leaves 2 x 3 ties inside."""
    ties = dict.fromkeys(combinations("ABCDEF", 2), -1)
    assert balance(ties).frustration.index == 6


@st.composite
def networks(draw: st.DrawFn) -> dict[tuple[str, str], int]:
    pairs = list(combinations("ABCDEFGH", 2))
    chosen = draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=20, unique=True))
    return {pair: draw(st.sampled_from((1, -1))) for pair in chosen}


@given(networks())
@settings(max_examples=60, deadline=None)
def test_the_index_is_the_least(ties):
    found = balance(ties).frustration
    assert found.exact
    assert found.index == found.at_least == len(found.against) == least_by_trying(ties)
    rest = {pair: sign for pair, sign in ties.items() if not any((t.a, t.b) == pair for t in found.against)}
    first, second = map(set, found.camps)
    assert all((len({a, b} & first) != 1) == (sign > 0) for (a, b), sign in rest.items() if {a, b} <= first | second)


def test_a_network_of_states_is_solved():
    rng = np.random.default_rng(3)
    graph = nx.gnm_random_graph(150, 500, seed=3)
    camp = rng.integers(0, 2, 150)
    ties = {(f"{a:03}", f"{b:03}"): 1 if (camp[a] == camp[b]) != (rng.random() < 0.1) else -1 for a, b in graph.edges}
    found = balance(ties)
    assert found.frustration.exact
    assert 0 < found.frustration.index <= 60


def test_where_time_runs_out_there_are_bounds(monkeypatch):
    monkeypatch.setattr(balance_module, "SECONDS", 0.0)
    rng = np.random.default_rng(1)
    ties = {(f"{a:02}", f"{b:02}"): int(rng.choice((-1, 1))) for a, b in combinations(range(40), 2)}
    found = balance(ties).frustration
    assert not found.exact
    assert found.at_least <= found.index == len(found.against)


def test_a_networks_ties_by_domain():
    def tie(a, b, domain, positive=0, negative=0, neutral=0):
        sign = 1 if positive > negative else -1 if negative > positive else None if positive else 0
        return Tie(
            a=a, b=b, domain=domain, sign=sign, positive=positive, neutral=neutral, withheld=0, negative=negative,
            contested=bool(positive and negative), latest=None,
        )  # fmt: skip

    ties = (
        tie("A", "B", "economic", 3), tie("A", "B", "military", 0, 1), tie("A", "C", "economic", 0, 1),
        tie("B", "C", "economic", 1), tie("C", "D", "economic", 1, 1), tie("D", "E", "economic", neutral=2),
    )  # fmt: skip
    network = Network(actors=tuple("ABCDE"), ties=ties, claims=(), events=())
    found = network_balance(network)
    assert (found.ties, found.counts["++-"], found.frustration.index) == (3, 1, 1)
    assert (found.undecided, found.neutral) == ((("C", "D"),), (("D", "E"),))
    assert network_balance(network, ["military"]).ties == 1


def months(values) -> list[tuple[str, float]]:
    return [(f"{2015 + i // 12}-{i % 12 + 1:02}", float(v)) for i, v in enumerate(values)]


def test_a_shift_is_found_where_it_is():
    rng = np.random.default_rng(2)
    found = changes(months(np.concatenate([rng.normal(2, 1, 20), rng.normal(-2, 1, 20)])))
    (change,) = found.changes
    assert abs(2015 * 12 + 20 - (int(change.period[:4]) * 12 + int(change.period[5:]) - 1)) <= 1
    assert change.before > 1
    assert change.after < -1
    assert (found.periods, found.gaps) == (40, 0)


def test_noise_is_seldom_taken_for_a_shift():
    wrong = sum(bool(changes(months(np.random.default_rng(i).normal(0, 1, 48))).changes) for i in range(100))
    assert wrong <= 10


@pytest.mark.parametrize("value", [0.0, -3.5])
def test_a_level_series_has_no_change(value):
    assert changes(months([value] * 40)).changes == ()


def test_a_short_series_is_refused_and_gaps_are_told():
    assert not changes(months(range(SHORTEST - 1))).enough
    assert not changes([]).enough
    found = changes([(f"{year}-01", 1.0) for year in range(1990, 2020)] + [("2000", 3.0), ("", 1.0)])
    assert (found.enough, found.gaps) == (True, 29 * 11)
