"""FFmpeg's filters on frames."""

from __future__ import annotations

import av
import numpy as np
import pytest

from tests.support.videos import noise
from vitruvian.video.filters import bands, with_one_kind_of_side_data


@pytest.mark.parametrize("pix_fmt", ["yuv420p", "yuv444p10le", "nv12", "bgr0", "gray"])
@pytest.mark.parametrize("size", [(100, 64), (98, 63), (96, 64), (32, 5)])
def test_bands_have_all_rows(pix_fmt: str, size: tuple[int, int]) -> None:
    frame = av.VideoFrame.from_ndarray(noise(*size), "rgb24").reformat(format=pix_fmt)
    expected = [rows(plane) for plane in frame.planes]
    for top, band in bands(frame, 32):
        assert (band.width, band.height) == (size[1], 32)
        for plane, whole in zip(band.planes, expected, strict=True):
            first = top * plane.height // 32
            np.testing.assert_array_equal(rows(plane), whole[first : first + plane.height])


def rows(plane: av.video.plane.VideoPlane) -> np.ndarray:
    """Return the bytes of a plane, (height, bytes in a row), without those that only pad it."""
    padded = np.frombuffer(bytes(plane), np.uint8)[: plane.height * plane.line_size]
    return padded.reshape(plane.height, -1)[:, : plane.width]


def test_a_frame_keeps_one_kind_of_side_data() -> None:
    frame = av.VideoFrame.from_ndarray(noise(), "rgb24")
    kept = with_one_kind_of_side_data(frame, 6)
    assert len(kept.side_data) == 0
    np.testing.assert_array_equal(kept.to_ndarray(), frame.to_ndarray())
