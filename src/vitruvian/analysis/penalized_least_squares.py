"""Smoothing by penalised least squares, which knows the past and the future, and so has no lag.

This is the smoother of Whittaker (1923) and Henderson (1924). The result x of values y at times t
minimises

    Σ w (y - x)² Δt  +  ∫ (d³x / dt³)² dt / (2 π cutoff)⁶

so it passes motion with a frequency far below the cutoff, halves motion at the cutoff, and is a
parabola where there is nothing to measure. The third derivative is that of the cubic through four
neighbours, which exists at any times. With a constant rate and equal weights, the gain is that of a
Butterworth filter of the third order that runs forward and backward.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from vitruvian.types import Float64

ORDER = 3
# 2 π cutoff × interval. Its sixth power is the fidelity beside the roughness, and must be far above
# 2e-16, the precision of float64.
_LEAST_PHASE = 0.01


def smoothed(times_s: Float64, values: Float64, weights: Float64, cutoff_hz: float) -> Float64:
    """Return the smooth course of K points, (F, K, D).

    Args:
        times_s: (F,) not descending, at least 4. Those that are too near to each other for float64
            are moved apart, by 0.3 ms at 6 Hz.
        values: (F, K, D); those with the weight 0 have no effect, but must be finite.
        weights: (F, K) in [0, 1], at least 3 of them above 0 for each point.
        cutoff_hz: the frequency at which motion is halved.
    """
    times_s = _moved_apart(times_s - times_s[0], _LEAST_PHASE / (math.tau * cutoff_hz))
    fidelity = weights * np.gradient(times_s)[:, np.newaxis]
    diagonals = roughness(times_s) / (math.tau * cutoff_hz) ** (2 * ORDER)
    # A constant has no roughness, so it may be left out; then no digits are lost for it.
    means = np.average(values, axis=0, weights=np.broadcast_to(weights[..., None], values.shape))
    return means + _solved(diagonals, fidelity, fidelity[..., np.newaxis] * (values - means))


def _moved_apart(times_s: Float64, least_interval_s: float) -> Float64:
    offsets_s = np.arange(len(times_s)) * least_interval_s
    moved_s: Float64 = np.maximum.accumulate(times_s - offsets_s) + offsets_s
    return moved_s


def influence(cutoff_hz: float, least_weight: float) -> tuple[float, int]:
    """Return how long, in seconds and in frames, a frame's influence is above 1e-6.

    It fades with exp(-π cutoff × time) where frames are dense, with a factor of 0.43 a frame (as
    that of a spline of the fifth degree) where they are sparse, and with the sum in between. Small
    weights lower the cutoff by their sixth root.
    """
    fading = -math.log(1e-6)
    lowest_hz = cutoff_hz * least_weight ** (1 / (2 * ORDER))
    return fading / (math.pi * lowest_hz), math.ceil(fading / -math.log(0.43))


def roughness(times_s: Float64) -> Float64:
    """Return the matrix R for which x R x is the integral of the squared third derivative.

    It is symmetric, with three diagonals on either side of the main one.

    Args:
        times_s: (F,) ascending, at least 4.

    Returns:
        (4, F): the row p has R[i, i - p] at i, and zeros where there is no such element.
    """
    # Newton's divided differences: the third derivative of the cubic through four neighbours.
    factors = np.ones((ORDER + 1, len(times_s) - ORDER)) * math.factorial(ORDER)
    nodes = np.lib.stride_tricks.sliding_window_view(times_s, ORDER + 1).T
    for node in range(ORDER + 1):
        for other in range(ORDER + 1):
            if other != node:
                factors[node] /= nodes[node] - nodes[other]
    spans_s = (nodes[-1] - nodes[0]) / ORDER
    diagonals = np.zeros((ORDER + 1, len(times_s)))
    for node in range(ORDER + 1):
        for other in range(node + 1):
            products = factors[node] * factors[other] * spans_s
            diagonals[node - other, node : node + len(products)] += products
    return diagonals


def _solved(diagonals: Float64, fidelity: Float64, right: Float64) -> Float64:
    """Return x, (F, K, D), of (R + diag(fidelity)) x = right for each of K points.

    R is the same for all points. The matrix is factored into L D Lᵀ (Golub and Van Loan, "Matrix
    Computations", 4.3), all points at a time.

    Args:
        diagonals: (4, F) of R, as `roughness` returns them.
        fidelity: (F, K) what each point adds to the main diagonal.
        right: (F, K, D).
    """
    frames, points = fidelity.shape
    lower = np.zeros((frames + ORDER, ORDER + 1, points, 1))  # three rows of padding
    pivots = np.ones((frames + ORDER, points, 1))
    course = np.zeros((frames + ORDER, *right.shape[1:]))
    fidelity, rows = fidelity[..., np.newaxis], diagonals.T.tolist()
    for frame in range(frames):
        at = frame + ORDER
        on_diagonal, first, second, third = rows[frame]
        # The row of L D, from its leftmost element on.
        far = third
        middle = second - far * lower[at - 2, 1]
        near = first - far * lower[at - 1, 2] - middle * lower[at - 1, 1]
        row = lower[at]
        row[3], row[2], row[1] = (
            far / pivots[at - 3],
            middle / pivots[at - 2],
            near / pivots[at - 1],
        )
        pivots[at] = on_diagonal + fidelity[frame] - far * row[3] - middle * row[2] - near * row[1]
        course[at] = (
            right[frame]
            - row[3] * course[at - 3]
            - row[2] * course[at - 2]
            - row[1] * course[at - 1]
        )
    course[ORDER:] /= pivots[ORDER:]
    for frame in range(frames - 2, -1, -1):
        at = frame + ORDER
        for step in range(1, min(ORDER, frames - 1 - frame) + 1):
            course[at] -= lower[at + step, step] * course[at + step]
    return course[ORDER:]
