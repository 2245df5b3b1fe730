"""Conditional logit: weights that rank the candidates of a group, given how good each candidate is.

The loss of a group is the cross-entropy between its target distribution (all mass on the right candidates) and the
softmax of the candidates' scores, with an L2 penalty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

Group = tuple[list[list[str]], list[float]]
"""Features of each candidate, and its share of the target (shares sum to 1)."""


def fit_ranker(groups: Sequence[Group], least: int = 3, penalty: float = 1.0) -> dict[str, float]:
    """Weights by feature.  Features that occur in fewer than `least` candidates are left out."""
    counts = Counter(f for features, _ in groups for candidate in features for f in set(candidate))
    columns = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= least))}
    indptr, indices, target, bounds = [0], [], [], [0]
    for features, shares in groups:
        for candidate in features:
            indices.extend(columns[f] for f in set(candidate) if f in columns)
            indptr.append(len(indices))
        target.extend(shares)
        bounds.append(len(target))
    x = csr_matrix((np.ones(len(indices)), indices, indptr), shape=(len(target), len(columns)))
    y = np.array(target)
    starts = np.array(bounds[:-1])
    sizes = np.diff(bounds)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        scores = x @ w
        top = np.maximum.reduceat(scores, starts)
        e = np.exp(scores - np.repeat(top, sizes))
        z = np.add.reduceat(e, starts)
        logp = scores - np.repeat(top + np.log(z), sizes)
        value = -(y * logp).sum() + penalty / 2 * (w @ w)
        gradient = x.T @ (e / np.repeat(z, sizes) - y) + penalty * w
        return float(value), gradient

    found = minimize(loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return {f: float(found.x[i]) for f, i in columns.items()}
