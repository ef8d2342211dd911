"""Calibrated visibility: of the landmarks with a visibility of 0.8, about eight in ten are visible.

The landmark models are too certain. They give the face, the shoulders and the hips a visibility of
1.0 even from behind. But their visibility before the sigmoid, the logit, is lower for landmarks
that are occluded. So each group of landmarks has its own slope and offset (Platt, 1999):

    calibrated = sigmoid(slope × logit(visibility) + offset)

The numbers were fitted on drawn people, whose truth is exact (`python -m benchmarks.visibility
--fit`). They are those of yoga, dance and HIIT seen from all sides. Where people mostly face the
camera, more of the landmarks are visible than this says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from vitruvian.skeleton import PoseLandmark as P

if TYPE_CHECKING:
    from vitruvian.types import Float32, Float64

GROUPS: dict[str, tuple[int, ...]] = {
    "face": tuple(range(P.NOSE, P.MOUTH_RIGHT + 1)),
    "trunk": (P.LEFT_SHOULDER, P.RIGHT_SHOULDER, P.LEFT_HIP, P.RIGHT_HIP),
    "arms": tuple(range(P.LEFT_ELBOW, P.RIGHT_THUMB + 1)),
    "legs": tuple(range(P.LEFT_KNEE, P.RIGHT_ANKLE + 1)),
    "feet": tuple(range(P.LEFT_HEEL, P.RIGHT_FOOT_INDEX + 1)),
}


class Line(NamedTuple):
    """The slope and the offset of a group's logits."""

    slope: float
    offset: float


# Printed by `python -m benchmarks.visibility` for 128 drawn images of the seeds 103 and 105.
LINES: dict[str, dict[str, Line]] = {
    "lite": {
        "face": Line(slope=0.287, offset=-2.112),
        "trunk": Line(slope=0.161, offset=-0.476),
        "arms": Line(slope=0.407, offset=-0.098),
        "legs": Line(slope=0.597, offset=-0.068),
        "feet": Line(slope=0.391, offset=-0.904),
    },
    "full": {
        "face": Line(slope=0.268, offset=-2.031),
        "trunk": Line(slope=0.132, offset=-0.19),
        "arms": Line(slope=0.387, offset=-0.147),
        "legs": Line(slope=0.534, offset=0.002),
        "feet": Line(slope=0.42, offset=-1.081),
    },
    "heavy": {
        "face": Line(slope=0.13, offset=-0.809),
        "trunk": Line(slope=0.0, offset=0.966),
        "arms": Line(slope=0.262, offset=0.248),
        "legs": Line(slope=0.288, offset=0.841),
        "feet": Line(slope=0.281, offset=-0.639),
    },
}

# float32 has no number between this and 1, so visibilities that are rounded to 1 count as this.
_MOST = float(np.nextafter(np.float32(1), np.float32(0)))


def logits(visibility: Float32) -> Float64:
    """Return the logits of visibilities, of the same shape."""
    limited = np.clip(visibility.astype(np.float64), 1 - _MOST, _MOST)
    values: Float64 = np.log(limited / (1 - limited))
    return values


class Calibration:
    """Converts the visibility of a landmark model.

    Args:
        lines: of each group of landmarks.
    """

    def __init__(self, lines: dict[str, Line]) -> None:
        self._slopes, self._offsets = np.zeros((2, len(P)))
        for group, landmarks in GROUPS.items():
            self._slopes[list(landmarks)], self._offsets[list(landmarks)] = lines[group]

    def __call__(self, visibility: Float32) -> Float32:
        """Return the calibrated visibility, (N, 33) in [0, 1], of a model's visibility, (N, 33)."""
        exponents = -(self._slopes * logits(visibility) + self._offsets)
        calibrated: Float32 = (1 / (1 + np.exp(exponents))).astype(np.float32)
        return calibrated
