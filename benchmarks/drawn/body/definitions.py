"""How far a model's landmarks lie from the truth, so that a wrong definition of a landmark shows.

A model that knows what a landmark is errs in all directions, so the median of its offsets is about
zero. If it means another point of the body than `landmarks` does, the offsets share a direction on
the body, and their median does not vanish.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from vitruvian.skeleton import PoseLandmark as P

from .landmarks import mirrored

if TYPE_CHECKING:
    from .mesh import BoolArray, FloatArray


class Offset(NamedTuple):
    """How far a landmark is from the truth, in lengths of the torso; NaN if it counts nowhere."""

    along: float
    across: float
    distance: float


class Axes(NamedTuple):
    """The directions in which the offset of a landmark is measured in the image.

    The first goes from `start` to `end`; the second is perpendicular to it, and points to the side
    on which `towards` lies.
    """

    start: P
    end: P
    towards: P


AXES = {
    P.NOSE: Axes(P.MOUTH_LEFT, P.LEFT_EYE, P.LEFT_EYE),
    **dict.fromkeys(
        (P.LEFT_EYE_INNER, P.LEFT_EYE, P.LEFT_EYE_OUTER, P.LEFT_EAR, P.MOUTH_LEFT),
        Axes(P.MOUTH_LEFT, P.LEFT_EYE, P.NOSE),
    ),
    P.LEFT_SHOULDER: Axes(P.LEFT_HIP, P.LEFT_SHOULDER, P.RIGHT_SHOULDER),
    P.LEFT_ELBOW: Axes(P.LEFT_SHOULDER, P.LEFT_ELBOW, P.LEFT_WRIST),
    P.LEFT_WRIST: Axes(P.LEFT_ELBOW, P.LEFT_WRIST, P.LEFT_THUMB),
    P.LEFT_PINKY: Axes(P.LEFT_WRIST, P.LEFT_PINKY, P.LEFT_INDEX),
    P.LEFT_INDEX: Axes(P.LEFT_WRIST, P.LEFT_INDEX, P.LEFT_PINKY),
    P.LEFT_THUMB: Axes(P.LEFT_WRIST, P.LEFT_THUMB, P.LEFT_INDEX),
    P.LEFT_HIP: Axes(P.LEFT_SHOULDER, P.LEFT_HIP, P.RIGHT_HIP),
    P.LEFT_KNEE: Axes(P.LEFT_HIP, P.LEFT_KNEE, P.LEFT_ANKLE),
    P.LEFT_ANKLE: Axes(P.LEFT_KNEE, P.LEFT_ANKLE, P.LEFT_FOOT_INDEX),
    P.LEFT_HEEL: Axes(P.LEFT_HEEL, P.LEFT_FOOT_INDEX, P.LEFT_ANKLE),
    P.LEFT_FOOT_INDEX: Axes(P.LEFT_HEEL, P.LEFT_FOOT_INDEX, P.LEFT_ANKLE),
}


def median_offsets(
    truth_px: FloatArray, found_px: FloatArray, counted: BoolArray
) -> dict[P, Offset]:
    """Return the median offset of each landmark, of both sides together, in lengths of the torso.

    Args:
        truth_px: The true landmarks of N people in their images, (N, 33, 2).
        found_px: What a model found, (N, 33, 2).
        counted: Which landmarks count, (N, 33); leave out those that are occluded.

    Returns:
        The medians for the nose and for the landmarks on the left.
    """
    torsos_px = np.linalg.norm(
        truth_px[:, [P.LEFT_SHOULDER, P.RIGHT_SHOULDER]].mean(1)
        - truth_px[:, [P.LEFT_HIP, P.RIGHT_HIP]].mean(1),
        axis=1,
    )
    medians = {}
    for landmark, axes in AXES.items():
        sides = [(landmark, axes)]
        if landmark != P.NOSE:
            sides.append((mirrored(landmark), Axes(*map(mirrored, axes))))
        offsets = np.concatenate(
            [
                offsets_along(truth_px, found_px, *side)[counted[:, side[0]]]
                / torsos_px[counted[:, side[0]], None]
                for side in sides
            ]
        )
        values = (*offsets.T, np.linalg.norm(offsets, axis=1))
        medians[landmark] = Offset(
            *(float(np.median(value)) if len(value) else float("nan") for value in values)
        )
    return medians


def offsets_along(
    truth_px: FloatArray, found_px: FloatArray, landmark: P, axes: Axes
) -> FloatArray:
    """Return the offsets of one landmark along its axes, (N, 2) in pixels."""
    along = truth_px[:, axes.end] - truth_px[:, axes.start]
    along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
    across = along[:, ::-1] * [-1, 1]
    side = np.sign(np.sum((truth_px[:, axes.towards] - truth_px[:, axes.start]) * across, axis=1))
    offset = found_px[:, landmark] - truth_px[:, landmark]
    return np.stack([np.sum(offset * along, 1), np.sum(offset * across, 1) * side], axis=1)


def table(medians: dict[P, Offset]) -> str:
    """Return the offsets as lines of text, one a landmark."""
    lines = ["median offset, in torsos  along  across  distance  axes"]
    for landmark, (along, across, distance) in medians.items():
        start, end, towards = (point.name.lower() for point in AXES[landmark])
        name = landmark.name.lower().replace("left_", "").replace("_left", "")
        axes = f"{start} → {end}; to {towards}"
        lines.append(f"{name:24} {along:+6.3f}  {across:+6.3f}  {distance:8.3f}  {axes}")
    return "\n".join(lines)
