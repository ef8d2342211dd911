"""Cut surfaces, with a straight edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from .surface import Part, part_of

if TYPE_CHECKING:
    from .mesh import BoolArray, FloatArray, IntArray


def cut(part: Part, inside: FloatArray) -> Part:
    """Return the part where `inside` (V,) is positive, with a straight edge where it is zero.

    Triangles at the edge are cut: new vertices lie on their sides where `inside`, which changes
    linearly along them, is zero, and follow the bones as the ends of the side do.
    """
    positive = inside > 0
    counts = positive[part.triangles].sum(1)
    tip, left, right = first_where(part.triangles[counts == 1], positive).T
    gap, start, end = first_where(part.triangles[counts == 2], ~positive).T
    sides = np.concatenate(
        [np.c_[tip, left], np.c_[tip, right], np.c_[start, gap], np.c_[end, gap]]
    )
    sides, number = np.unique(sides, axis=0, return_inverse=True)
    crossings = len(positive) + number.reshape(-1)
    at_left, at_right, at_start, at_end = np.split(
        crossings, np.cumsum([len(tip), len(tip), len(gap)])
    )
    triangles = [
        part.triangles[counts == 3],
        np.c_[tip, at_left, at_right],
        np.c_[at_start, start, end],
        np.c_[at_start, end, at_end],
    ]
    step = inside[sides[:, 0]] / (inside[sides[:, 0]] - inside[sides[:, 1]])
    rows = np.arange(len(sides))
    between = sparse.csr_array(
        (np.r_[1 - step, step], (np.r_[rows, rows], np.r_[sides[:, 0], sides[:, 1]])),
        shape=(len(sides), len(positive)),
    )
    return part_of(
        np.concatenate([part.rest_m, between @ part.rest_m]),
        np.concatenate(triangles),
        sparse.vstack([part.weights, between @ part.weights], format="csr"),
    )


def first_where(triangles: IntArray, marked: BoolArray) -> IntArray:
    """Return the triangles, turned so that the one corner that is marked (V,) comes first."""
    first = np.argmax(marked[triangles], axis=1)
    return np.take_along_axis(triangles, (first[:, None] + np.arange(3)) % 3, axis=1)
