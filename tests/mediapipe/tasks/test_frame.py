"""Tests of the checks of the image that is passed to a `PoseLandmarker`."""

from __future__ import annotations

import numpy as np
import pytest
from vitruvian.mediapipe.tasks.python import BaseOptions, vision

import vitruvian.mediapipe as mp
from tests.support.tasks import GRAY, STANDING, STILLS, approx, image, make, places
from vitruvian.errors import FrameError
from vitruvian.mediapipe.tasks.errors import ArgumentTypeError


def test_a_timestamp_that_is_no_whole_number_raises_an_error(base: BaseOptions) -> None:
    with make(base, running_mode=vision.RunningMode.VIDEO) as landmarker:
        for timestamp in (0.5, None, "1", [1], float("nan")):
            with pytest.raises(ArgumentTypeError, match="whole number of milliseconds"):
                landmarker.detect_for_video(image(GRAY), timestamp)  # type: ignore[arg-type]


def test_only_rgb_and_rgba_images_are_accepted(still: vision.PoseLandmarker) -> None:
    expected = approx(STILLS["standing"][2])
    transparent = np.dstack([STANDING, np.zeros(STANDING.shape[:2], np.uint8)])
    assert places(still.detect(mp.Image(mp.ImageFormat.SRGBA, transparent))) == expected
    gray = np.ascontiguousarray(STANDING[..., 0])
    for bad in (
        mp.Image(mp.ImageFormat.GRAY8, gray),
        mp.Image(mp.ImageFormat.GRAY16, gray.astype(np.uint16)),
        mp.Image(mp.ImageFormat.VEC32F1, gray.astype(np.float32)),
    ):
        with pytest.raises(FrameError, match=bad.image_format.name):
            still.detect(bad)
    for shape in ((0, 0, 3), (1, 40_000, 3)):
        with pytest.raises(FrameError, match="sides from 1"):
            still.detect(image(np.zeros(shape, np.uint8)))
    for other in (None, STANDING, "image.png"):
        with pytest.raises(ArgumentTypeError, match="an Image"):
            still.detect(other)  # type: ignore[arg-type]
    assert places(still.detect(image(STANDING))) == expected
