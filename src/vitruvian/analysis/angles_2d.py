"""The angles of joints and segments in the image, as Sports2D defines them.

The angle of a segment is that from the horizontal to the segment, anticlockwise. The angle of a
joint is that from the nearer to the farther segment, with an offset and a sign. In the formulas the
image is mirrored where that makes the person face to the right. Numbers are those of `fixed_angles`
in Pose2Sim 0.10 (Pose2Sim/common.py), which Sports2D calls; docs/angles.md says what differs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from vitruvian.analysis.facing import Facing
from vitruvian.analysis.segments import SEGMENTS, segment_vectors, visible_segments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vitruvian.types import Float64

# Lines without a direction: their angles are in (-90, 90], and 90 is followed by -89.
_LINES = ("pelvis", "shoulders")


class _Joint(NamedTuple):
    """An angle: sign × (farther - nearer) + offset, of two segments' angles."""

    nearer: str
    farther: str
    sign: int
    offset_deg: float

    def segments(self, side: str) -> tuple[str, str]:
        """Return the names of the nearer and the farther segment; there is only one trunk."""
        nearer = self.nearer if self.nearer == "trunk" else f"{side}_{self.nearer}"
        return nearer, f"{side}_{self.farther}"


_JOINTS = {
    "ankle_dorsiflexion": _Joint("shank", "foot", 1, -90),
    "knee_flexion": _Joint("thigh", "shank", -1, 0),
    "hip_flexion": _Joint("trunk", "thigh", 1, 180),
    "shoulder_flexion": _Joint("trunk", "arm", 1, 180),
    "elbow_flexion": _Joint("arm", "forearm", 1, 0),
    "wrist_flexion": _Joint("forearm", "hand", 1, 0),
}
_SIDES = ("left", "right")
# In a view from the front or from behind, the two sides mirror each other, so that what moves away
# from the body is positive on both.
_IS_MIRRORED = {"left": (Facing.LEFT, Facing.BACK), "right": (Facing.LEFT, Facing.FRONT)}
_IS_MIDDLE_MIRRORED = (Facing.LEFT,)
ANGLES_2D = (
    *(f"{side}_{name}" for side in _SIDES for name in _JOINTS),
    *SEGMENTS,
)


def period_deg_of(column: str) -> float:
    """Return after how many degrees the angle of a column is the same again, also in 3D."""
    return 180.0 if column.removesuffix("_2d_deg") in _LINES else 360.0


def angles_2d(
    points_px: NDArray[Any],
    points_m: NDArray[Any],
    visibility: NDArray[Any],
    facing: Sequence[Facing],
    *,
    min_visibility: float = 0.5,
) -> dict[str, Float64]:
    """Return the angles `ANGLES_2D` of N people, and how much of their limbs is in the plane.

    Of each name there is `…_2d_deg`, (N,) in (-180, 180], and `…_in_plane`, (N,) in [0, 1]: the
    length of the projection of a segment into the image's plane, as part of its length; of two
    segments, the lesser one. Both are NaN where a landmark that they need is not visible, or a
    segment has no length.

    Args:
        points_px: (N, 33, 2) landmarks in pixels.
        points_m: (N, 33, 3) world landmarks.
        visibility: (N, 33) in [0, 1].
        facing: where each person faces.
        min_visibility: a landmark with less is not visible.
    """
    is_visible = visible_segments(visibility, min_visibility)
    angles_deg = _by_segment(np.where(is_visible, _from_horizontal_deg(points_px), np.nan))
    in_plane = _by_segment(np.where(is_visible, _parts_in_plane(points_m), np.nan))
    columns = {}
    for side in _SIDES:
        mirror = np.where(np.isin(facing, _IS_MIRRORED[side]), -1, 1)
        for name, joint in _JOINTS.items():
            nearer, farther = joint.segments(side)
            turned_deg = joint.sign * mirror * (angles_deg[farther] - angles_deg[nearer])
            columns[f"{side}_{name}_2d_deg"] = _wrapped_deg(turned_deg + joint.offset_deg)
            columns[f"{side}_{name}_in_plane"] = np.minimum(in_plane[farther], in_plane[nearer])
    for name, angle_deg in angles_deg.items():
        directions = _IS_MIRRORED.get(name.partition("_")[0], _IS_MIDDLE_MIRRORED)
        mirrored_deg = np.where(np.isin(facing, directions), 180 - angle_deg, angle_deg)
        columns[f"{name}_2d_deg"] = _wrapped_deg(mirrored_deg, period_deg_of(name))
        columns[f"{name}_in_plane"] = in_plane[name]
    return columns


def _by_segment(values: Float64) -> dict[str, Float64]:
    return dict(zip(SEGMENTS, values.T, strict=True))


def _from_horizontal_deg(points_px: NDArray[Any]) -> Float64:
    x_px, y_px = np.moveaxis(segment_vectors(points_px), -1, 0)
    has_length = (x_px != 0) | (y_px != 0)
    return np.where(has_length, np.degrees(np.arctan2(-y_px, x_px)), np.nan)


def _parts_in_plane(points_m: NDArray[Any]) -> Float64:
    vectors_m = segment_vectors(points_m)
    lengths_m = np.linalg.norm(vectors_m, axis=-1)
    with np.errstate(invalid="ignore"):  # 0 / 0 is NaN
        parts: Float64 = np.linalg.norm(vectors_m[..., :2], axis=-1) / lengths_m
    return parts


def _wrapped_deg(angles_deg: Float64, period_deg: float = 360) -> Float64:
    """Return the same angles in (-period / 2, period / 2]."""
    half = period_deg / 2
    wrapped: Float64 = half - (half - angles_deg) % period_deg
    return wrapped
