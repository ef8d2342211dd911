"""Landmarks and images for the tests of drawing."""

from __future__ import annotations

import numpy as np

GREY = np.full((240, 320, 3), 128, np.uint8)
NOT_IMAGES = (GREY / 255, GREY[..., 0], [0], np.zeros((0, 9, 3), np.uint8))


def upright(**positions: tuple[float, float]) -> np.ndarray:
    """Return landmarks at the image's centre, except those given as _<number>=(x, y)."""
    landmarks = np.full((1, 33, 3), 0.5, np.float32)
    for name, (x, y) in positions.items():
        landmarks[0, int(name[1:]), :2] = x, y
    return landmarks


# A person who faces the camera, 1.7 m tall: x and y in metres from the hips' midpoint, for the nose
# and the landmarks of the person's left side; the right side mirrors them.
_NOSE_M = (0.0, -0.62)
_LEFT_M = (
    *((0.015, -0.65), (0.03, -0.65), (0.045, -0.65), (0.075, -0.63), (0.03, -0.57)),  # the face
    *((0.18, -0.47), (0.25, -0.2), (0.28, 0.05)),  # shoulder, elbow, wrist
    *((0.3, 0.12), (0.28, 0.13), (0.26, 0.1)),  # the hand
    *((0.1, 0.0), (0.1, 0.43), (0.1, 0.83), (0.1, 0.87), (0.13, 0.9)),  # from hip to foot
)
_LEFT_OF = {*range(1, 4), 7, 9, *range(11, 33, 2)}


def person_m(*, arms_raised: bool = False) -> np.ndarray:
    """Return the world landmarks (33, 3) of a person who stands, in metres."""
    points = np.zeros((33, 3), np.float32)
    points[0, :2] = _NOSE_M
    points[sorted(_LEFT_OF), :2] = _LEFT_M
    points[sorted({*range(1, 33)} - _LEFT_OF), :2] = np.multiply(_LEFT_M, (-1, 1))
    if arms_raised:
        arms = [*range(13, 23)]
        points[arms, 1] = 2 * points[11, 1] - points[arms, 1]
    return points


def person(
    hips_px: tuple[float, float],
    scale: float,
    size: tuple[int, int],
    *,
    arms_raised: bool = False,
) -> dict[str, np.ndarray]:
    """Return the landmarks and world landmarks of a person, as arguments of `results.result`.

    Args:
        hips_px: The hips' midpoint in pixels.
        scale: The pixels per metre.
        size: Width and height of the image.
        arms_raised: Whether the hands are above the head.
    """
    world = person_m(arms_raised=arms_raised)
    landmarks = np.zeros((1, 33, 3), np.float32)
    landmarks[0, :, :2] = (world[:, :2] * scale + hips_px) / size
    return {"pose_landmarks": landmarks, "pose_world_landmarks": world[None]}
