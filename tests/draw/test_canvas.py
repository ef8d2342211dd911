from __future__ import annotations

import cv2
import numpy as np
import pytest

from vitruvian.draw.canvas import blend


@pytest.mark.parametrize("strip_pixels", [1, 30, 100, 10**6])
def test_strips_are_blended_as_the_whole(
    monkeypatch: pytest.MonkeyPatch, strip_pixels: int
) -> None:
    rng = np.random.default_rng(0)
    colors, canvas = rng.integers(0, 256, (2, 17, 30, 3), np.uint8)
    opacities = rng.integers(0, 256, (17, 30), np.uint8)
    weight = opacities.astype(np.float32) * np.float32(1 / 255)
    expected = cv2.blendLinear(colors, canvas, weight, 1 - weight)
    monkeypatch.setattr("vitruvian.draw.canvas._STRIP_PIXELS", strip_pixels)
    blend(colors, opacities, canvas)
    np.testing.assert_array_equal(canvas, expected)
