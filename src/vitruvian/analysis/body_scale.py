"""How much larger a person is than the world landmarks say, from the person's height."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.skeleton import PoseLandmark as Mark

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vitruvian.types import Float32, Float64

# The ears are as high as the eyes: Drillis and Contini, "Body Segment Parameters" (1966), as in
# Winter, "Biomechanics and Motor Control of Human Movement", figure 4.1.
EAR_HEIGHT = 0.936
_LEAST_ROWS = 5  # a median of fewer is no better than one of them
_LEGS = (
    (Mark.LEFT_HEEL, Mark.LEFT_ANKLE, Mark.LEFT_KNEE, Mark.LEFT_HIP),
    (Mark.RIGHT_HEEL, Mark.RIGHT_ANKLE, Mark.RIGHT_KNEE, Mark.RIGHT_HIP),
)
_TRUNK = (
    (Mark.LEFT_HIP, Mark.RIGHT_HIP),
    (Mark.LEFT_SHOULDER, Mark.RIGHT_SHOULDER),
    (Mark.LEFT_EAR, Mark.RIGHT_EAR),
)
_WHOLE = sorted({mark for marks in (*_LEGS, *_TRUNK) for mark in marks})


def scale_from_height(
    world_landmarks: Float32, is_seen: NDArray[np.bool_], height_m: float
) -> float | None:
    """Return by what the world landmarks are multiplied to give a person of that height.

    The height is measured along the body, from the heel over ankle and knee to the hip, and on
    between the midpoints of hips, shoulders and ears; so a bent person is as tall as an upright
    one. The scale is that of the median row in which all of these are seen.

    Args:
        world_landmarks: (R, 33, 3) in metres.
        is_seen: (R, 33) whether a landmark is visible in the image.
        height_m: of the person.

    Returns:
        The scale; None if the person is whole in fewer than 5 rows.
    """
    whole_m = world_landmarks[is_seen[:, _WHOLE].all(axis=1)]
    if len(whole_m) < _LEAST_ROWS:
        return None
    legs_m = np.mean([_length_m([whole_m[:, mark] for mark in leg]) for leg in _LEGS], axis=0)
    trunk_m = _length_m([whole_m[:, pair].mean(axis=1) for pair in _TRUNK])
    measured_m = float(np.median(legs_m + trunk_m))
    return EAR_HEIGHT * height_m / measured_m if measured_m > 0 else None


def _length_m(joints_m: list[Float32]) -> Float64:
    """Return the length of the line through some joints, (R,)."""
    segments_m = np.diff(np.array(joints_m, np.float64), axis=0)
    length_m: Float64 = np.linalg.norm(segments_m, axis=-1).sum(axis=0)
    return length_m
