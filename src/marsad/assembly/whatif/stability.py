"""Which of many matrices are stable: every eigenvalue has a negative real part.

Eigenvalues are dear, so cheap tests that are exact in one direction come first; what they leave open is decided by
eigenvalues (by Routh-Hurwitz for 2 x 2).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

MARGIN = 1e-9
"""Real parts this close to zero count as not stable, so that rounding in linear algebra libraries decides nothing."""


def stable(minus: Floats) -> Flags:
    """For a stack of matrices M = -A, whether each A is stable."""
    size = minus.shape[-1]
    diagonal = np.einsum("nii->ni", minus)
    if size == 1:
        return np.asarray(diagonal[:, 0] > MARGIN)
    if size == 2:
        determinant = diagonal[:, 0] * diagonal[:, 1] - minus[:, 0, 1] * minus[:, 1, 0]
        return np.asarray((diagonal.sum(axis=1) > MARGIN) & (determinant > MARGIN))
    result = _dominant(minus, diagonal)
    # A stable A has a positive trace and determinant of -A.
    open_ = np.flatnonzero(~result & (diagonal.sum(axis=1) > MARGIN))
    if len(open_):
        open_ = open_[np.linalg.slogdet(minus[open_])[0] > 0]
    if len(open_):
        result[open_] = np.linalg.eigvals(minus[open_]).real.min(axis=1) > MARGIN
    return result


def _dominant(minus: Floats, diagonal: Floats) -> Flags:
    """Matrices that are certainly stable because M is an H-matrix with a positive diagonal: some scaling of the
    concepts makes it diagonally dominant (Berman and Plemmons 1979, chapter 6).  The scaling solves
    `<M> y = 1` with the comparison matrix <M>; it proves stability if it is positive."""
    comparison = -np.abs(minus)
    at = np.arange(minus.shape[-1])
    comparison[:, at, at] = diagonal
    ones = np.ones((*diagonal.shape, 1))
    try:
        scale = np.linalg.solve(comparison, ones)[..., 0]
    except np.linalg.LinAlgError:  # one of them is exactly singular
        return np.zeros(len(minus), dtype=bool)
    positive = ((scale > 0) & (scale < 1 / MARGIN)).all(axis=1) & (diagonal > 0).all(axis=1)
    return np.asarray(positive)
