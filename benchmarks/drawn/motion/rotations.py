"""Makes and divides rotations: matrices (3, 3) of float64 that turn column vectors.

Products of such small matrices use one thread in every build of BLAS, so `@` gives the same bits
with any number of threads.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

Vector = NDArray[np.float64]  # (3,)
Rotation = NDArray[np.float64]  # (3, 3)

OUT, UP, FORWARD = np.eye(3)
IDENTITY = np.eye(3)

_SAME_DIRECTION = 1e-9  # the sine below which two directions have no usable axis between them


def length(vector: Vector) -> float:
    """Return the length of a vector (3,)."""
    x, y, z = vector
    return math.sqrt(x * x + y * y + z * z)


def dot(a: Vector, b: Vector) -> float:
    """Return the scalar product of two vectors (3,)."""
    return float(a[0] * b[0] + a[1] * b[1] + a[2] * b[2])


def cross(a: Vector, b: Vector) -> Vector:
    """Return the vector product of two vectors (3,)."""
    return np.array(
        (
            a[1] * b[2] - a[2] * b[1],
            a[2] * b[0] - a[0] * b[2],
            a[0] * b[1] - a[1] * b[0],
        )
    )


def unit(vector: ArrayLike) -> Vector:
    """Return the direction of a vector (3,) that is not zero."""
    array: Vector = np.asarray(vector, np.float64)
    direction: Vector = array / length(array)
    return direction


def across(vector: Vector, direction: Vector) -> Vector:
    """Return the part of a vector that is perpendicular to a direction."""
    return vector - direction * dot(vector, direction)


def angle_between(a: Vector, b: Vector) -> float:
    """Return the angle between two vectors in radians, from 0 to π."""
    return math.atan2(length(cross(a, b)), dot(a, b))


def signed_angle(a: Vector, b: Vector, axis: Vector) -> float:
    """Return the angle in radians by which a turn about the axis takes a to b, from -π to π."""
    return math.atan2(dot(cross(a, b), axis), dot(a, b))


def about(axis: ArrayLike, angle_rad: float) -> Rotation:
    """Return the rotation about an axis (Rodrigues' formula)."""
    x, y, z = unit(axis)
    skew = np.array(((0.0, -z, y), (z, 0.0, -x), (-y, x, 0.0)))
    turn: Rotation = math.sin(angle_rad) * skew + (1 - math.cos(angle_rad)) * (skew @ skew)
    return IDENTITY + turn


def shortest_arc(a: Vector, b: Vector) -> Rotation:
    """Return the smallest rotation that takes the direction of a to that of b."""
    axis = cross(a, b)
    if length(axis) < _SAME_DIRECTION * length(a) * length(b):
        if dot(a, b) > 0:
            return IDENTITY
        helper = OUT if abs(a[0]) < abs(a[1]) else UP
        return about(cross(a, helper), math.pi)
    return about(axis, angle_between(a, b))


def frame(along: Vector, side: Vector) -> Rotation:
    """Return the rotation with the columns `along`, `side` perpendicular to it, and a third."""
    first = unit(along)
    second = unit(across(side, first))
    return np.stack((first, second, cross(first, second)), axis=1)


def rotation_vector(rotation: Rotation) -> Vector:
    """Return the axis of a rotation, with its angle in radians as length."""
    r = rotation
    doubled_sine = np.array((r[2, 1] - r[1, 2], r[0, 2] - r[2, 0], r[1, 0] - r[0, 1]))
    sine, cosine = length(doubled_sine) / 2, (r[0, 0] + r[1, 1] + r[2, 2] - 1) / 2
    if sine > _SAME_DIRECTION:
        return doubled_sine * (math.atan2(sine, cosine) / (2 * sine))
    if cosine > 0:
        return doubled_sine / 2
    # Half a turn: the columns of R + 1 are multiples of the axis.
    columns = (rotation + IDENTITY).T
    return unit(max(columns, key=length)) * math.pi


def from_rotation_vector(vector: Vector) -> Rotation:
    """Return the rotation about a vector by its length in radians."""
    angle_rad = length(vector)
    return about(vector, angle_rad) if angle_rad > 0 else IDENTITY


def part(rotation: Rotation, fraction: float) -> Rotation:
    """Return the rotation about the same axis by a fraction of the angle."""
    return from_rotation_vector(rotation_vector(rotation) * fraction)


def lean(*, left_turn: float = 0.0, forward: float = 0.0, right: float = 0.0) -> Rotation:
    """Return how a part of the body is turned: all angles in degrees, zero is upright.

    The part first leans to the right, then forward, and then turns to the person's left.
    """
    yaw, pitch, roll = np.radians((left_turn, forward, right))
    return about(UP, yaw) @ about(OUT, pitch) @ about(FORWARD, roll)


def lean_angles(rotation: Rotation) -> tuple[float, float, float]:
    """Return the `left_turn`, `forward` and `right` in degrees that `lean` makes a rotation of."""
    r = rotation
    forward = math.asin(min(1.0, max(-1.0, -r[1, 2])))
    left_turn = math.atan2(r[0, 2], r[2, 2])
    right = math.atan2(r[1, 0], r[1, 1])
    return math.degrees(left_turn), math.degrees(forward), math.degrees(right)
