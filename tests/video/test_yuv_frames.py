"""Images as frames that encoders take."""

from __future__ import annotations

import numpy as np
import pytest
from av.video.reformatter import VideoReformatter

from tests.support.videos import noise
from tests.tolerances import YUV_LEVELS
from vitruvian.video.yuv_frames import encoded_size, yuv_frame

YUV_FROM_RGB = np.array(  # ITU-R BT.709 with limited range, for 8 bits
    [
        [0.182586, 0.614231, 0.062007],
        [-0.100644, -0.338572, 0.439216],
        [0.439216, -0.398942, -0.040274],
    ]
)
OFFSETS = np.array([16, 128, 128])


@pytest.mark.parametrize("size", [(8, 4), (48, 64), (256, 258), (514, 1000)])
@pytest.mark.parametrize("is_grey", [False, True])
def test_the_colours_are_those_of_high_definition_television(
    size: tuple[int, int], is_grey: bool
) -> None:
    height, width = size
    image = noise(*size)[..., 0] if is_grey else noise(*size)
    rgb = np.broadcast_to(image[..., np.newaxis], (*size, 3)) if is_grey else image
    yuv = rgb @ YUV_FROM_RGB.T + OFFSETS
    half = yuv.reshape(height // 2, 2, width // 2, 2, 3).mean(axis=(1, 3))
    frame = yuv_frame(image, width, height, VideoReformatter())
    planes = np.split(frame.to_ndarray().ravel(), np.cumsum([yuv[..., 0].size, half[..., 0].size]))
    for plane, expected in zip(planes, (yuv[..., 0], half[..., 1], half[..., 2]), strict=True):
        assert np.abs(plane.reshape(expected.shape) - expected).max() < YUV_LEVELS


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((64, 48), (64, 48)),
        ((63, 47), (64, 48)),
        ((1, 1), (2, 2)),
        ((16_384, 3), (16_384, 4)),
        ((20_000, 400), (16_384, 328)),
        ((1, 65_535), (2, 16_384)),
    ],
)
def test_an_encoded_size_is_even_and_fits(size: tuple[int, int], expected: tuple[int, int]) -> None:
    assert encoded_size(*size) == expected
