"""Logistic regression with a ridge penalty, by Newton's method. Pure."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

RIDGE = 1.0
STEPS = 50
ENOUGH = 1e-10

Floats = NDArray[np.float64]


def fit(table: Floats, target: Floats, ridge: float = RIDGE, steps: int = STEPS) -> Floats:
    """The weights (the intercept first) that make the target (0 or 1 a row) most likely.

    Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 4.4.1; the intercept is
    not penalised.

    >>> weights = fit(np.array([[0.0], [1.0], [0.0], [1.0]]), np.array([0.0, 1.0, 0.0, 1.0]))
    >>> bool(weights[1] > 0)
    True
    """
    rows = np.column_stack([np.ones(len(table)), table])
    penalty = np.full(rows.shape[1], ridge)
    penalty[0] = 1e-6
    weights = np.zeros(rows.shape[1])
    for _ in range(steps):
        chance = 1.0 / (1.0 + np.exp(-np.clip(rows @ weights, -35, 35)))
        slope = rows.T @ (target - chance) - penalty * weights
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if float(np.abs(step).max()) < ENOUGH:
            break
    return weights
