"""Log-linear scorers: multinomial logistic regression over string features.

Rules propose candidates; where choosing among them is better learned than written, a scorer does it.  Inference is
a sum of stored weights: the same features give the same probabilities on every machine.  Weights live in
`marsad/lexicon/data/models/NAME.json` and are made by `scripts/train.py` from the project's own labels.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import repeat
from typing import Any

import msgspec

from marsad.errors import DataError

_MOST_SUMS = 20_000


class Weights(msgspec.Struct, frozen=True):
    """A trained model as stored: one bias a class, and for each feature one weight a class."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: dict[str, tuple[float, ...]]


class Scorer:
    """Scores a candidate described by string features."""

    def __init__(self, model: Weights) -> None:
        self.classes = model.classes
        self._bias = model.bias
        self._weights = model.weights
        self._binary = len(model.classes) == 2
        self._ternary = len(model.classes) == 3
        if self._ternary:  # two sums in one complex number: how much likelier the second class is, and the third
            self._pairs = {f: complex(row[1] - row[0], row[2] - row[0]) for f, row in model.weights.items()}
            self._first = complex(model.bias[1] - model.bias[0], model.bias[2] - model.bias[0])
        if self._binary:
            self._lead = {feature: row[1] - row[0] for feature, row in model.weights.items()}
            self._start = model.bias[1] - model.bias[0]

    def probabilities(self, features: Iterable[str]) -> dict[str, float]:
        """Probability of each class; features that were never seen in training count nothing."""
        if self._ternary:
            both = sum(map(self._pairs.get, features, repeat(0j)), self._first)
            totals = [0.0, both.real, both.imag]
        else:
            rows = [row for row in map(self._weights.get, features) if row is not None]
            totals = [sum(column) for column in zip(self._bias, *rows, strict=True)]
        top = max(totals)
        exps = [math.exp(t - top) for t in totals]
        whole = sum(exps)
        return {name: value / whole for name, value in zip(self.classes, exps, strict=True)}

    def probability(self, features: Iterable[str], of: str = "yes") -> float:
        """Probability of one class."""
        if not self._binary:
            return self.probabilities(features)[of]
        total = sum(map(self._lead.get, features, repeat(0.0)), self._start)
        if of == self.classes[0]:
            total = -total
        return 1 / (1 + math.exp(-total)) if total > -700 else 0.0


class Ranker:
    """Ranks the candidates of a group by a single weight a feature (a conditional logit; classes («score»,))."""

    def __init__(self, weights: dict[str, float]) -> None:
        self.weights = weights
        self._sums: dict[tuple[Any, ...], float] = {}

    def score(self, features: Iterable[str]) -> float:
        """Sum of the weights of the features."""
        return sum(map(self.weights.get, features, repeat(0.0)))

    def grouped(self, groups: Iterable[tuple[Callable[..., list[str]], tuple[Any, ...]]]) -> float:
        """Sum of the weights of features that come in groups; what a group adds up to is kept."""
        sums = self._sums
        total = 0.0
        for group in groups:
            known = sums.get(group)
            if known is None:
                if len(sums) >= _MOST_SUMS:
                    sums.clear()
                function, arguments = group
                known = sums[group] = self.score(function(*arguments))
            total += known
        return total


def shares(scores: Sequence[float]) -> list[float]:
    """Softmax: the probability of each candidate of a group."""
    top = max(scores)
    exps = [math.exp(score - top) for score in scores]
    whole = sum(exps)
    return [value / whole for value in exps]


@cache
def load_ranker(name: str) -> Ranker:
    """The packaged ranker of that name.  Raises DataError when its file is missing or broken."""
    return Ranker({feature: row[0] for feature, row in load_weights(name).weights.items()})


@cache
def load_scorer(name: str) -> Scorer:
    """The packaged scorer of that name.  Raises DataError when its file is missing or broken."""
    return Scorer(load_weights(name))


def load_weights(name: str) -> Weights:
    """A packaged model as stored.  Raises DataError when its file is missing or broken."""
    path = files("marsad.lexicon") / "data" / "models" / f"{name}.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=Weights)
    except (OSError, msgspec.DecodeError) as error:
        raise DataError(f"model {name!r} cannot be loaded from {path}: {error}; run scripts/train.py") from error
