"""Certain signs against exhaustive random weights, against the adjoint, and against results of loop analysis."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from marsad.assembly.causal import CausalMap
from marsad.assembly.whatif import signs
from marsad.assembly.whatif.signs import sign_answer
from tests.assembly.whatif_maps import edge, feedback_terms, map_of, matrix_of, part_of


def answer(*edges: str, press: str, target: str, push: int = 1) -> signs.SignAnswer:
    return sign_answer(part_of(map_of(*edges), press, target).graph, {press: push}, target)


CASES = [
    # Predator and prey (Puccia and Levins 1985, ch. 3), every variable damping itself.
    ("more prey feeds the predator", ("N+P", "P-N"), "N", "P", 1),
    ("more predators lower the prey", ("N+P", "P-N"), "P", "N", -1),
    # A chain of three: the trophic cascade.
    ("the carnivore frees the plant", ("V+H", "H-V", "H+C", "C-H"), "C", "V", 1),
    ("the plant feeds the carnivore", ("V+H", "H-V", "H+C", "C-H"), "V", "C", 1),
    ("the herbivore lowers the plant", ("V+H", "H-V", "H+C", "C-H"), "H", "V", -1),
    # Four levels: alternating signs down the chain.
    ("four levels", ("V+H", "H-V", "H+C", "C-H", "C+T", "T-C"), "T", "V", -1),
    # Two competitors: a positive loop, which lies on the path and is no complement.
    ("a competitor falls", ("X-Y", "Y-X"), "X", "Y", -1),
    # A predator of two prey that do not compete: apparent competition (Holt 1977).
    ("apparent competition", ("X+P", "P-X", "Y+P", "P-Y"), "X", "Y", -1),
    # Keystone predation: the predator of two competitors (Levins 1974).
    ("keystone predation is open", ("P-X", "X+P", "P-Y", "Y+P", "X-Y", "Y-X"), "P", "X", None),
    # Intraguild predation: the top predator eats prey and intermediate predator.
    ("intraguild predation is open", ("R+N", "N-R", "R+P", "P-R", "N+P", "P-N"), "P", "R", None),
    # Specialist on one of two competitors: the other gains.
    ("the enemy of my enemy", ("X-Y", "Y-X", "X+P", "P-X"), "P", "Y", 1),
]


@pytest.mark.parametrize(("name", "edges", "press", "target", "sign"), CASES, ids=[case[0] for case in CASES])
def test_loop_analysis(name, edges, press, target, sign):
    found = answer(*edges, press=press, target=target)
    assert found.sign == sign
    assert answer(*edges, press=press, target=target, push=-1).sign == (None if sign is None else -sign)
    up, down = feedback_terms(part_of(map_of(*edges), press, target).graph, press, target)
    if sign is None:
        assert up
        assert down
    else:
        assert (up > 0, down > 0) == (sign > 0, sign < 0)


def test_adjoint_of_a_chain():
    """adj(-A) of plant, herbivore, carnivore with all self-damping 1, worked by hand: the minors of
    [[1,1,0],[-1,1,1],[0,-1,1]] are 2,-1,1 / 1,1,-1 / 1,1,2."""
    graph = part_of(map_of("V+H", "H-V", "H+C", "C-H"), "V", "C").graph
    adjoint = {(t, p): np.subtract(*feedback_terms(graph, p, t)) for t in "VHC" for p in "VHC"}
    assert [adjoint[t, p] for t in "VHC" for p in "VHC"] == [2, -1, 1, 1, 1, -1, 1, 1, 2]


def test_a_positive_loop_beside_the_path_leaves_it_open():
    # X and Y strengthen each other; both hang on the path through a loop, so the path's minor is det M[X, Y].
    edges = ("A+B", "X+Y", "Y+X", "B+X", "X-A")
    found = answer(*edges, press="A", target="B")
    assert (found.sign, found.why) == (None, "loop")
    assert set(found.where) == {"X", "Y"}
    # And it can be turned: a stable weighting in which B falls.
    graph = part_of(map_of(*edges), "A", "B").graph
    rng = np.random.default_rng(5)
    signs_seen = set()
    for _ in range(4000):
        minus = matrix_of(graph, rng.uniform(0, 4, graph.number_of_edges()), rng.uniform(0.2, 2, len(graph)))
        if np.linalg.eigvals(minus).real.min() > 1e-6:
            places = list(graph)
            signs_seen.add(np.sign(np.linalg.inv(minus)[places.index("B"), places.index("A")]))
    assert signs_seen == {1.0, -1.0}


def test_a_positive_loop_that_is_a_whole_component_turns_nothing():
    # A -> X <-> Y -> B and A -> B: the loop's minor beside A -> B is a diagonal block of a stable system.
    found = answer("A+X", "X+Y", "Y+X", "Y+B", "A+B", press="A", target="B")
    assert found.sign == 1
    up, down = feedback_terms(part_of(map_of("A+X", "X+Y", "Y+X", "Y+B", "A+B"), "A", "B").graph, "A", "B")
    assert up
    assert down


def test_a_contested_edge_leaves_it_open():
    contested = edge("A+B", support=2, against=1, contested=True)
    found = sign_answer(part_of(map_of(contested, "B+C"), "A", "C").graph, {"A": 1}, "C")
    assert (found.sign, found.why, found.where) == (None, "contested", ("A", "B"))
    assert found.paths[0].sign == 0


def test_a_contested_loop_counts_as_positive():
    # The same map as above, with a loop whose sign is contested beside the path.
    contested = edge("Y-X", support=2, against=1, contested=True)
    maps = map_of("A+B", "X+Y", contested, "B+X", "X-A")
    assert sign_answer(part_of(maps, "A", "B").graph, {"A": 1}, "B").why == "loop"


def test_an_edge_to_itself_is_a_loop():
    assert answer("A+B", "B+X", "X-A", "X-X", press="A", target="B").sign == 1
    assert answer("A+B", "B+X", "X-A", "X+X", press="A", target="B").why == "loop"


def test_too_many_paths_are_not_searched_for_ever():
    layers = [[f"{layer:02}{i}" for i in range(8)] for layer in range(12)]
    edges = [f"{a}+{b}" for one, two in pairwise(layers) for a in one for b in two]
    found = answer(*edges, press="000", target="110")
    assert (found.sign, found.why, found.complete) == (None, "too-many-paths", False)
    assert found.paths


@st.composite
def small_maps(draw: st.DrawFn) -> CausalMap:
    size = draw(st.integers(2, 5))
    names = "ABCDE"[:size]
    pairs = [(a, b) for a in names for b in names if a != b or draw(st.integers(0, 9)) == 0]
    chosen = draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=9, unique=True))
    return map_of(*(f"{a}{draw(st.sampled_from('+-'))}{b}" for a, b in chosen))


@given(small_maps(), st.integers(0, 2**32 - 1))
@settings(max_examples=250, deadline=None)
def test_what_is_certain_holds_in_every_stable_weighting(causal_map, seed):
    press, target = causal_map.nodes[0].key, causal_map.nodes[-1].key
    graph = part_of(causal_map, press, target).graph
    assume(press != target and graph.number_of_edges())
    found = sign_answer(graph, {press: 1}, target)
    rng = np.random.default_rng(seed)
    places = list(graph)
    seen = set()
    for _ in range(60):
        # Strengths over four orders of magnitude, and some edges left out.
        weights = 10 ** rng.uniform(-2, 2, graph.number_of_edges()) * (rng.random(graph.number_of_edges()) < 0.8)
        minus = matrix_of(graph, weights, 10 ** rng.uniform(-1, 1, len(graph)))
        values = np.linalg.eigvals(minus)
        if values.real.min() <= 1e-6 * np.abs(values).max():
            continue
        change = np.linalg.solve(minus, np.eye(len(graph))[places.index(press)])
        if abs(change[places.index(target)]) > 1e-9 * np.abs(change).max():
            seen.add(float(np.sign(change[places.index(target)])))
    if found.sign is not None:
        assert seen <= {float(found.sign)}


@given(small_maps())
@settings(max_examples=250, deadline=None)
def test_certain_and_the_weighted_prediction_of_one(causal_map):
    """All terms of the adjoint of one sign means certain; certain without that only where a loop of positive sign is a
    whole component beside a path."""
    press, target = causal_map.nodes[0].key, causal_map.nodes[-1].key
    graph = part_of(causal_map, press, target).graph
    assume(press != target and graph.number_of_edges())
    # An effect on itself shares its entry of the matrix with the damping, so terms cannot be counted there.
    assume(all(a != b for a, b in graph.edges))
    found = sign_answer(graph, {press: 1}, target)
    up, down = feedback_terms(graph, press, target)
    if not (up and down):
        assert found.sign == (1 if up else -1)
    elif found.sign is not None:
        whole = [set(c) for c in nx.strongly_connected_components(graph)]
        assert any(not c & set(p.concepts) for c in whole for p in found.paths)


@given(small_maps())
@settings(max_examples=200, deadline=None)
def test_where_paths_disagree_both_signs_occur(causal_map):
    press, target = causal_map.nodes[0].key, causal_map.nodes[-1].key
    graph = part_of(causal_map, press, target).graph
    if press == target or not graph.number_of_edges():
        return
    found = sign_answer(graph, {press: 1}, target)
    if found.why != "disagree":
        return
    places = list(graph)
    for sign in (1, -1):
        path = next(p for p in found.paths if p.sign == sign)
        on_path = set(pairwise(path.concepts))
        weights = np.array([1e-2 if (a, b) in on_path else 1e-12 for a, b in graph.edges])
        minus = matrix_of(graph, weights, np.ones(len(graph)))
        assert np.linalg.eigvals(minus).real.min() > 0
        change = np.linalg.solve(minus, np.eye(len(graph))[places.index(press)])
        assert np.sign(change[places.index(target)]) == sign
