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
