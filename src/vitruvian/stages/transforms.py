"""Matrices of transforms, with the bits that OpenCV computes: they decide bytes of the crops.

All is in double precision and in OpenCV's order. Versions 4 and 5 of OpenCV compute the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from vitruvian.types import Float32, Float64

# solve in modules/core/src/lapack.cpp takes a matrix with a smaller pivot for one without inverse.
_MIN_PIVOT = 100 * np.finfo(np.float64).eps.item()


def perspective(points: Float32, mapped: Float32) -> Float64:
    """Return the (3, 3) matrix that maps four points to four others, with a one at its end.

    It is that of getPerspectiveTransform in modules/imgproc/src/imgwarp.cpp. If there is none, the
    other numbers are zeros, where OpenCV gives a matrix of a few of the points. That concerns only
    regions whose corners are the same in float32: very far from the image, or of no size.

    Args:
        points: (4, 2) float32.
        mapped: (4, 2) float32, where the points are mapped to.
    """
    x_rows, y_rows = [], []
    for (x, y), (to_x, to_y) in zip(points, mapped, strict=True):
        # The products are rounded to float32.
        x_rows.append([x, y, 1, 0, 0, 0, -x * to_x, -y * to_x, to_x])
        y_rows.append([0, 0, 0, x, y, 1, -x * to_y, -y * to_y, to_y])
    solution = _solve([[float(value) for value in row] for row in x_rows + y_rows])
    return np.array([*solution, 1.0]).reshape(3, 3)


def _solve(rows: list[list[float]]) -> list[float]:
    """Return the solution of linear equations, or zeros if they have no single one.

    Args:
        rows: N rows of N coefficients, each followed by the right side.
    """
    count = len(rows)
    for i in range(count):
        pivot = max(range(i, count), key=lambda row: abs(rows[row][i]))
        if abs(rows[pivot][i]) < _MIN_PIVOT:
            return [0.0] * count
        rows[i], rows[pivot] = rows[pivot], rows[i]
        negative_inverse = -1 / rows[i][i]
        for row in rows[i + 1 :]:
            factor = row[i] * negative_inverse
            row[i + 1 :] = [
                value + factor * above
                for value, above in zip(row[i + 1 :], rows[i][i + 1 :], strict=True)
            ]
    solution = [0.0] * count
    for i in reversed(range(count)):
        total = rows[i][count]
        for k in range(i + 1, count):
            total -= rows[i][k] * solution[k]
        solution[i] = total / rows[i][i]
    return solution


def inverse(matrix: Float64) -> Float64:
    """Return the inverse of a (3, 3) matrix, or zeros if it has none.

    It is that of invert in modules/core/src/lapack.cpp.
    """
    (a, b, c), (d, e, f), (g, h, i) = matrix.tolist()
    determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    if determinant == 0:
        return np.zeros((3, 3))
    cofactors = (
        (e * i - f * h, c * h - b * i, b * f - c * e),
        (f * g - d * i, a * i - c * g, c * d - a * f),
        (d * h - e * g, b * g - a * h, a * e - b * d),
    )
    inverted: Float64 = np.array(cofactors) * (1 / determinant)
    return inverted


def inverse_affine(matrix: Float64) -> Float64:
    """Return the inverse of an affine transform (2, 3), or zeros if it has none.

    It is that of invertAffineTransform in modules/imgproc/src/imgwarp.cpp.
    """
    (a, b, x), (c, d, y) = matrix.tolist()
    determinant = a * d - b * c
    scale = 1 / determinant if determinant != 0 else 0.0
    a_, b_, c_, d_ = d * scale, -b * scale, -c * scale, a * scale
    return np.array(((a_, b_, -a_ * x - b_ * y), (c_, d_, -c_ * x - d_ * y)))
