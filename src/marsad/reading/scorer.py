"""Log-linear scorers: multinomial logistic regression over string features.

Rules propose candidates; where choosing among them is better learned than written, a scorer does it.  Inference is
a sum of stored weights: the same features give the same probabilities on every machine.  Weights live in
`marsad/lexicon/data/models/NAME.json` and are made by `scripts/train.py` from the project's own labels.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import msgspec

from marsad.errors import DataError


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
        if self._binary:
            self._lead = {feature: row[1] - row[0] for feature, row in model.weights.items()}
            self._start = model.bias[1] - model.bias[0]

    def probabilities(self, features: Iterable[str]) -> dict[str, float]:
        """Probability of each class; features that were never seen in training count nothing."""
        totals = list(self._bias)
        for feature in features:
            row = self._weights.get(feature)
            if row is not None:
                for i, weight in enumerate(row):
                    totals[i] += weight
        top = max(totals)
        exps = [math.exp(t - top) for t in totals]
        whole = sum(exps)
        return {name: value / whole for name, value in zip(self.classes, exps, strict=True)}

    def probability(self, features: Iterable[str], of: str = "yes") -> float:
        """Probability of one class."""
        if not self._binary:
            return self.probabilities(features)[of]
        total = self._start
        get = self._lead.get
        for feature in features:
            total += get(feature, 0.0)
        if of == self.classes[0]:
            total = -total
        return 1 / (1 + math.exp(-total)) if total > -700 else 0.0


@cache
def load_scorer(name: str) -> Scorer:
    """The packaged scorer of that name.  Raises DataError when its file is missing or broken."""
    path = files("marsad.lexicon") / "data" / "models" / f"{name}.json"
    try:
        return Scorer(msgspec.json.decode(path.read_bytes(), type=Weights))
    except (OSError, msgspec.DecodeError) as error:
        raise DataError(f"model {name!r} cannot be loaded from {path}: {error}; run scripts/train.py") from error
