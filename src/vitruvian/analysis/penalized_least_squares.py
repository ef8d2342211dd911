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
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from vitruvian.types import Float64

ORDER = 3
# 2 π cutoff × interval. Its sixth power is the fidelity beside the roughness, and must be far above
# 2e-16, the precision of float64.
_LEAST_PHASE = 0.01


def smoothed(times_s: Float64, values: Float64, weights: Float64, cutoff_hz: float) -> Float64:
    """Return the smooth course of values, (F, ...).

    Args:
        times_s: (F,) not descending, at least 4. Those that are too near to each other for float64
            are moved apart, by 0.3 ms at 6 Hz.
        values: (F, ...), such as (F, K, D) of K points; those with the weight 0 have no effect, but
            must be finite.
        weights: (F, ...) that can be broadcast to the values, such as (F, K, 1). They are in
            [0, 1], with at least 3 above 0 in the course of each value.
        cutoff_hz: the frequency at which motion is halved.
    """
    times_s = _moved_apart(times_s - times_s[0], _LEAST_PHASE / (math.tau * cutoff_hz))
    fidelity = weights * np.gradient(times_s).reshape(-1, *[1] * (values.ndim - 1))
    diagonals = roughness(times_s) / (math.tau * cutoff_hz) ** (2 * ORDER)
    # A constant has no roughness, so it may be left out; then no digits are lost for it.
    means = np.average(values, axis=0, weights=np.broadcast_to(weights, values.shape))
    return means + _solved(diagonals, fidelity, fidelity * (values - means))


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
    """Return x, (F, ...), of (R + diag(fidelity)) x = right for the course of each value.

    R is the same for all of them. The matrix is factored into L D Lᵀ (Golub and Van Loan, "Matrix
    Computations", 4.3), all courses at a time.

    Args:
        diagonals: (4, F) of R, as `roughness` returns them.
        fidelity: (F, ...) what each course adds to the main diagonal.
        right: (F, ...).
    """
    # Each begins with three rows of padding. Of L, the elements left of the diagonal, the nearest
    # first.
    lower: list[tuple[Any, Any, Any]] = [(0.0, 0.0, 0.0)] * ORDER
    pivots: list[Any] = [1.0] * ORDER
    course: list[Any] = [0.0] * ORDER
    for diagonal, own, value in zip(diagonals.T.tolist(), fidelity, right, strict=True):
        on_diagonal, first, second, far = diagonal
        # The row of L D.
        middle = second - far * lower[-2][0]
        near = first - far * lower[-1][1] - middle * lower[-1][0]
        row = near / pivots[-1], middle / pivots[-2], far / pivots[-3]
        pivots.append(on_diagonal + own - far * row[2] - middle * row[1] - near * row[0])
        course.append(value - row[2] * course[-3] - row[1] * course[-2] - row[0] * course[-1])
        lower.append(row)
    for at in reversed(range(ORDER, len(course))):
        course[at] = course[at] / pivots[at]
        for step, row in enumerate(lower[at + 1 : at + 1 + ORDER]):
            course[at] = course[at] - row[step] * course[at + 1 + step]
    return np.array(course[ORDER:])
