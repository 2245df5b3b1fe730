"""Shares against closed forms, the solver against plain linear algebra, and what makes an answer repeatable."""

from __future__ import annotations

import random
from itertools import pairwise

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.assembly.causal import CausalMap, Edge, Node
from marsad.assembly.whatif import sampling as sampling_module
from marsad.assembly.whatif import whatif
from marsad.assembly.whatif.sampling import DAMPINGS, PRIORS, Sampler, split
from marsad.assembly.whatif.stability import stable
from marsad.assembly.whatif.system import part_between
from tests.assembly.whatif_maps import edge, map_of, matrix_of, part_of


def share(causal_map: CausalMap, prior: str, damping: str = "fixed", draws: int = 40_000, reliability: float = 1.0):
    part = part_between(causal_map.edges, ["A"], "Z", reliability)
    sampler = Sampler(part, {"A": 1}, "Z")
    sampler.draw(draws, 7)
    return sampler.run(prior, damping, 7)


DIRECT_AGAINST_TWO = map_of("A+Z", "A+M", "M-Z")


@pytest.mark.parametrize(
    ("prior", "expected"),
    [
        # P(w1 > w2 w3) = 1 - E[w2 w3] for uniform w1.
        ("uniform", 0.75),
        # 1 - E[(w2 w3)^3] = 1 - (3/6)^2 for beta(3,1), whose distribution function is w^3.
        ("strong", 0.75),
        # E[(1 - w2 w3)^3] for beta(1,3): 1 - 3/16 + 3/100 - 1/400 with E[w]=1/4, E[w^2]=1/10, E[w^3]=1/20.
        ("weak", 1 - 3 / 16 + 3 / 100 - 1 / 400),
        # u1 > u2 + u3 on [-1, 0]^3 fails in the corner of volume 1/6.
        ("magnitudes", 5 / 6),
        ("alike", 1.0),
    ],
)
def test_one_edge_against_two(prior, expected):
    found = share(DIRECT_AGAINST_TWO, prior)
    assert found.rises / found.moved == pytest.approx(expected, abs=0.012)
    assert (found.stable, found.moved) == (found.draws, found.draws)


def test_random_damping_of_the_middle():
    """w1 against w2 w3 / d with all w 0.5: rises when d > 0.5, two thirds of uniform(0.25, 1)."""
    found = share(DIRECT_AGAINST_TWO, "alike", "random")
    assert found.rises / found.moved == pytest.approx(2 / 3, abs=0.012)


def test_two_equal_ways_are_even():
    for prior in PRIORS:
        found = share(map_of("A+M", "M+Z", "A+N", "N-Z"), prior)
        if prior == "alike":
            assert found.moved == 0  # they cancel exactly
        else:
            assert found.rises / found.moved == pytest.approx(0.5, abs=0.012)


def test_support_is_the_chance_to_be_in():
    part = part_between(map_of(edge("A+M", support=2), edge("M+Z")).edges, ["A"], "Z", 0.6)
    sampler = Sampler(part, {"A": 1}, "Z")
    sampler.draw(40_000, 7)
    assert sampler.arriving == pytest.approx((1 - 0.4**2) * 0.6, abs=0.012)
    # Only weightings with both edges are drawn.
    assert sampler.signs.shape == (40_000, 2)
    assert (sampler.signs == 1).all()


def test_paths_that_are_seldom_left_are_still_drawn():
    far = [edge(f"{a}+{b}") for a, b in pairwise("ABCDEZ")]
    part = part_between(map_of(*far, "D+C").edges, ["A"], "Z", 0.5)
    sampler = Sampler(part, {"A": 1}, "Z")
    sampler.draw(1_000, 7)
    assert len(sampler.signs) == 1_000
    assert sampler.arriving == pytest.approx(0.5**5, rel=0.1)


def test_a_denied_edge_is_in_less_often_and_a_contested_one_takes_both_signs():
    edges = edge("A+M", support=3, denied=1), edge("M+Z", support=3, against=1, contested=True)
    part = part_of(map_of(*edges), "A", "Z")
    denied, contested = part.links
    assert denied.inclusion == pytest.approx(0.75)
    assert (contested.inclusion, contested.positive) == (1.0, 0.75)
    sampler = Sampler(part, {"A": 1}, "Z")
    sampler.draw(40_000, 7)
    found = sampler.run("uniform", "fixed", 7)
    assert found.rises / found.moved == pytest.approx(0.75, abs=0.012)
    minus = part_of(map_of(edge("A-Z", support=3, against=1)), "A", "Z").links[0]
    assert minus.positive == 0.25


def test_stability_of_a_positive_pair():
    """X and Y strengthen each other with 0.5: stable when d1 d2 > 0.25, d uniform on (0.25, 1)."""
    found = share(map_of("A+X", "X+Y", "Y+X", "Y+Z"), "alike", "random")
    expected = 1 - (0.25 * (np.log(1.0) - np.log(0.25)) - 0.25 * 0.75) / 0.75**2
    assert found.stable / found.draws == pytest.approx(expected, abs=0.012)


def random_map(nodes: int, edges: int, seed: int) -> CausalMap:
    chance = random.Random(seed)
    names = [f"c{i:03}" for i in range(nodes)]
    found: dict[tuple[str, str], Edge] = {}
    while len(found) < edges:
        a, b = chance.choice(names), chance.choice(names)
        if a != b or chance.random() < 0.1:
            found[a, b] = Edge(cause=a, effect=b, sign=chance.choice((1, 1, -1)), support=chance.choice((1, 1, 2)))
    return CausalMap(nodes=tuple(Node(key=n, kind="quantity", label=n) for n in names), edges=tuple(found.values()))


@given(st.integers(0, 10_000), st.integers(2, 9), st.booleans())
@settings(max_examples=60, deadline=None)
def test_component_by_component_is_the_whole_system(seed, size, by_parts):
    causal_map = random_map(size, min(2 * size, size * (size - 1)), seed)
    press, target = "c000", f"c{size - 1:03}"
    part = part_of(causal_map, press, target)
    if not part.links:
        return
    rng = np.random.default_rng(seed)
    weight = rng.uniform(0.0, 1.2, (20, len(part.links))) * (rng.random((20, len(part.links))) < 0.8)
    damping = rng.uniform(0.3, 1.0, (20, len(part.concepts)))
    signed = weight * np.array([link.signs[0] for link in part.links])
    old = sampling_module.LARGE
    sampling_module.LARGE = 1 if by_parts else old
    try:
        kept, change = Sampler(part, {press: 1}, target).solve(signed, damping)
    finally:
        sampling_module.LARGE = old
    for i in range(20):
        minus = matrix_of(part.graph, weight[i], damping[i])
        least = np.linalg.eigvals(minus).real.min()
        if abs(least) < 1e-6:
            continue
        assert kept[i] == (least > 0)
        if kept[i]:
            push = np.eye(len(part.concepts))[part.concepts.index(press)]
            whole = np.linalg.solve(minus, push)[part.concepts.index(target)]
            assert change[i] == pytest.approx(whole, rel=1e-6, abs=1e-9)


@given(st.integers(0, 10_000), st.integers(1, 8))
@settings(max_examples=60, deadline=None)
def test_stability_is_that_of_the_eigenvalues(seed, size):
    rng = np.random.default_rng(seed)
    minus = -rng.normal(0, 0.6, (50, size, size)) * (rng.random((50, size, size)) < 0.5)
    minus[:, np.arange(size), np.arange(size)] += rng.uniform(0.2, 1.5, (50, size))
    least = np.linalg.eigvals(minus).real.min(axis=1)
    clear = np.abs(least) > 1e-6
    assert (stable(minus)[clear] == (least > 0)[clear]).all()


def test_marginal_systems_are_not_stable():
    """Three concepts that all strengthen each other by half their damping: eigenvalue 0, whatever the library says."""
    assert not stable(np.array([[[1, -0.5, -0.5], [-0.5, 1, -0.5], [-0.5, -0.5, 1.0]]]))[0]


def test_split_by_strength_by_presence_and_by_sign():
    weight = np.array([[0.2, 0.0, 0.5], [0.4, 0.3, -0.5], [0.6, 0.0, 0.5], [0.8, 0.0, 0.0]])
    moved = np.array([True, True, True, True])
    rises = np.array([False, False, True, True])
    strong, weak = split(weight, moved, rises, np.array([False, False, True]))
    assert strong.tolist() == [[2, 2], [1, 0], [2, 1]]
    assert weak.tolist() == [[2, 0], [3, 2], [1, 0]]


LOOPED = map_of("A+B", "A-Z", "B+C", "C+B", "C+Z", "Z-B", "Z+C")


def test_same_seed_same_bytes_and_another_seed_about_the_same():
    one, two = (msgspec.json.encode(whatif(LOOPED, "A+", "Z", seed=3)) for _ in range(2))
    assert one == two
    other = whatif(LOOPED, "A+", "Z", seed=4)
    first = msgspec.json.decode(one)
    assert first["rises"] != msgspec.to_builtins(other.rises)
    assert other.rises.low == pytest.approx(first["rises"]["low"], abs=0.06)


def test_the_order_of_edges_and_what_lies_elsewhere_change_nothing():
    shuffled = list(LOOPED.edges)
    random.Random(1).shuffle(shuffled)
    more = map_of(*shuffled, "Q+A", "Z+R", "R+S", "S+R")
    first, second = whatif(LOOPED, "A+", "Z"), whatif(more, "A+", "Z")
    assert (first.settings, first.deciding, first.steps) == (second.settings, second.deciding, second.steps)


def test_settings_are_every_prior_with_every_damping():
    answer = whatif(LOOPED, "A+", "Z", draws=1000)
    assert [(s.prior, s.damping) for s in answer.settings] == [(p, d) for p in PRIORS for d in DAMPINGS]
    assert len(PRIORS) >= 4
    assert answer.draws == 1000


def test_a_large_map_answers():
    answer = whatif(random_map(500, 650, 4), "c000+", "c499", draws=2000)
    assert answer.verdict


@st.composite
def any_maps(draw: st.DrawFn) -> CausalMap:
    names = "ABCDEFZ"[: draw(st.integers(2, 7))] if draw(st.booleans()) else "ABCZ"
    pair = st.tuples(st.sampled_from(names), st.sampled_from(names))
    pairs = draw(st.lists(pair, min_size=1, max_size=14, unique=True))
    counts = st.integers(0, 3)
    edges = []
    for cause, effect in pairs:
        support, against = draw(counts), draw(st.sampled_from((0, 0, 0, 1)))
        against = min(against, support)
        edges.append(
            Edge(
                cause=cause, effect=effect, sign=draw(st.sampled_from((1, -1))), support=support, against=against,
                denied=draw(st.sampled_from((0, 0, 1))), analyst=support > 0 and draw(st.integers(0, 5)) == 0,
            )
        )  # fmt: skip
    keys = sorted({*names, "A", "Z"})
    return CausalMap(nodes=tuple(Node(key=k, kind="quantity", label=k) for k in keys), edges=tuple(edges))


@given(any_maps(), st.sampled_from((0.1, 0.5, 1.0)))
@settings(max_examples=150, deadline=None)
def test_any_map_is_answered_and_sampling_agrees_with_signs(causal_map, reliability):
    answer = whatif(causal_map, "A+", "Z", draws=300, reliability=reliability)
    assert (answer.direction == 0) == (answer.verdict in ("ambiguous", "no-verdict", "no-path"))
    assert msgspec.json.decode(msgspec.json.encode(answer), type=type(answer)) == answer
    for setting in answer.settings:
        assert 0 <= setting.stable <= 1
        assert setting.rises is None or 0 <= setting.rises <= 1
    assert all(step.support for step in answer.steps)
    if answer.verdict == "certain":
        part = part_between(causal_map.edges, ["A"], "Z", reliability)
        sampler = Sampler(part, {"A": 1}, "Z")
        sampler.draw(200, 1)
        for prior in PRIORS:
            found = sampler.run(prior, "random", 1)
            assert found.rises == (found.moved if answer.direction > 0 else 0)
            assert found.moved == found.stable
