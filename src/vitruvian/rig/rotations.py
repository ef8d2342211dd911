"""Rotations as matrices (..., 3, 3): from directions, as quaternions, and as Euler angles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from vitruvian.types import Float64

# Shorter vectors have no direction: landmarks of a broken recording may all be equal.
_LEAST_LENGTH = 1e-6


def directions(vectors: Float64, fallback: Float64) -> Float64:
    """Return vectors (..., 3) with a length of 1; the fallback where they have no direction."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    has_direction = lengths > _LEAST_LENGTH
    return np.where(has_direction, vectors / np.where(has_direction, lengths, 1.0), fallback)


def rejected(vectors: Float64, direction: Float64) -> Float64:
    """Return the parts of vectors (..., 3) that are perpendicular to a direction (..., 3)."""
    along = (vectors * direction).sum(axis=-1, keepdims=True)
    perpendicular: Float64 = vectors - along * direction
    return perpendicular


def axes(first: Float64, second: Float64) -> Float64:
    """Return right-handed systems of axes, as the columns of matrices (..., 3, 3).

    Args:
        first: (..., 3) the first column, of length 1.
        second: (..., 3) whose perpendicular part is the second column, up to its length. If it has
            no such part, the column is any perpendicular direction.
    """
    furthest_axis = np.eye(3)[np.abs(first).argmin(axis=-1)]
    any_perpendicular = directions(rejected(furthest_axis, first), furthest_axis)
    perpendicular = directions(rejected(second, first), any_perpendicular)
    return np.stack((first, perpendicular, np.cross(first, perpendicular)), axis=-1)


def swings(start: Float64, ends: Float64) -> Float64:
    """Return the shortest rotations from one direction (3,) to others (..., 3).

    Of the many shortest ones to the opposite direction, it is one.
    """
    halfway = directions(start + ends, axes(start, start)[:, 1])
    # Half a turn about the start, and then half a turn about what is halfway.
    return _half_turns(halfway) @ _half_turns(start)


def _half_turns(axis: Float64) -> Float64:
    turns: Float64 = 2 * axis[..., :, np.newaxis] * axis[..., np.newaxis, :] - np.eye(3)
    return turns


def turns(axis: Float64, angles_rad: Float64) -> Float64:
    """Return rotations about one axis (3,) of length 1, by angles (...)."""
    across = np.cross(np.eye(3), axis)  # v ↦ axis × v
    sines, cosines = (f(angles_rad)[..., np.newaxis, np.newaxis] for f in (np.sin, np.cos))
    turned: Float64 = np.eye(3) + sines * across + (1 - cosines) * (across @ across)
    return turned


def transposed(rotations: Float64) -> Float64:
    """Return the inverse rotations, (..., 3, 3)."""
    return np.swapaxes(rotations, -1, -2)


def angles_rad(rotations: Float64) -> Float64:
    """Return by how much rotations (..., 3, 3) turn, (...) from 0 to π."""
    traces = np.trace(rotations, axis1=-2, axis2=-1)
    angles: Float64 = np.arccos(np.clip((traces - 1) / 2, -1, 1))
    return angles


def quaternions(rotations: Float64) -> Float64:
    """Return the quaternions x, y, z, w of rotations in the order of time (T, ..., 3, 3).

    Of the two of each rotation, it is the one that is nearer to that before it.
    """
    # Of the symmetric matrix q qᵀ, the row with the largest diagonal loses no digits.
    m = rotations
    trace = np.trace(m, axis1=-2, axis2=-1)
    products = np.empty((*m.shape[:-2], 4, 4))
    products[..., :3, :3] = m + transposed(m)
    for axis in range(3):
        products[..., axis, axis] += 1 - trace
    for axis, (row, column) in enumerate(((2, 1), (0, 2), (1, 0))):
        products[..., axis, 3] = products[..., 3, axis] = m[..., row, column] - m[..., column, row]
    products[..., 3, 3] = 1 + trace
    largest = np.diagonal(products, axis1=-2, axis2=-1).argmax(axis=-1)
    rows = np.take_along_axis(products, largest[..., np.newaxis, np.newaxis], axis=-2)[..., 0, :]
    found = rows / np.linalg.norm(rows, axis=-1, keepdims=True)
    is_flipped = (found[1:] * found[:-1]).sum(axis=-1) < 0
    signs = np.ones(found.shape[:-1])
    signs[1:] = np.where(np.cumsum(is_flipped, axis=0) % 2, -1, 1)
    continuous: Float64 = found * signs[..., np.newaxis]
    return continuous


def euler_zxy_deg(rotations: Float64) -> Float64:
    """Return the angles Z, X, Y in degrees of rotations in the order of time (T, ..., 3, 3).

    The rotation is that about z, times that about x, times that about y. Angles continue those
    before them, so they may leave (-180, 180].
    """
    m = rotations
    angles = np.stack(
        (
            np.arctan2(-m[..., 0, 1], m[..., 1, 1]),
            np.arcsin(np.clip(m[..., 2, 1], -1, 1)),
            np.arctan2(-m[..., 2, 0], m[..., 2, 2]),
        ),
        axis=-1,
    )
    # Each rotation has a second solution, on the other side of 90° about x. Whether two
    # neighbours are nearer with one of them on the other side does not depend on which it is.
    others = np.stack((angles[..., 0], np.pi - angles[..., 1], angles[..., 2]), axis=-1)
    others[..., ::2] += np.pi
    is_switched = _steps(angles[1:], angles[:-1]) > _steps(others[1:], angles[:-1])
    is_other = np.zeros(angles.shape[:-1], np.bool_)
    is_other[1:] = np.cumsum(is_switched, axis=0) % 2
    return np.rad2deg(np.unwrap(np.where(is_other[..., np.newaxis], others, angles), axis=0))


def _steps(after_rad: Float64, before_rad: Float64) -> Float64:
    """Return the distances between triples of angles, modulo whole turns."""
    differences = np.abs((after_rad - before_rad + np.pi) % (2 * np.pi) - np.pi)
    distances: Float64 = differences.sum(axis=-1)
    return distances
