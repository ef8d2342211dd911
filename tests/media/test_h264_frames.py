"""Images as frames of H.264."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from tests.support.videos import noise
from vitruvian.media.h264_frames import encoded_size, h264_frame


@pytest.mark.parametrize("size", [(2, 2), (48, 64), (256, 258), (514, 1000)])
def test_bands_give_the_bytes_of_the_whole_image(size: tuple[int, int]) -> None:
    image = noise(*size)
    yuv = cv2.transform(
        image,
        np.array(  # ITU-R BT.709 with limited range
            [
                [0.182586, 0.614231, 0.062007, 16],
                [-0.100644, -0.338572, 0.439216, 128],
                [0.439216, -0.398942, -0.040274, 128],
            ],
            np.float32,
        ),
    )
    half = cv2.resize(yuv, (size[1] // 2, size[0] // 2), interpolation=cv2.INTER_AREA)
    planes = [yuv[..., 0].ravel(), half[..., 1].ravel(), half[..., 2].ravel()]
    frame = h264_frame(image, size[1], size[0])
    np.testing.assert_array_equal(frame.to_ndarray().ravel(), np.concatenate(planes))


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
