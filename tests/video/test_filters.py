"""FFmpeg's filters on frames."""

from __future__ import annotations

import av
import numpy as np
import pytest

from tests.support.videos import noise
from vitruvian.video.filters import bands, with_one_kind_of_side_data


@pytest.mark.parametrize("pix_fmt", ["yuv420p", "yuv444p10le", "yuv410p", "nv12", "bgr0", "gray"])
@pytest.mark.parametrize("size", [(100, 64), (97, 63), (32, 64), (3, 5)])
def test_bands_have_all_rows(pix_fmt: str, size: tuple[int, int]) -> None:
    frame = av.VideoFrame.from_ndarray(noise(*size), "rgb24").reformat(format=pix_fmt)
    heights = [band.height for band in bands(frame, 32)]
    assert sum(heights) == size[0]
    assert {*heights[:-1]} <= {32}
    luma = [band.reformat(format="gray").to_ndarray() for band in bands(frame, 32)]
    np.testing.assert_array_equal(np.concatenate(luma), frame.reformat(format="gray").to_ndarray())


def test_a_frame_keeps_one_kind_of_side_data() -> None:
    frame = av.VideoFrame.from_ndarray(noise(), "rgb24")
    kept = with_one_kind_of_side_data(frame, 6)
    assert len(kept.side_data) == 0
    np.testing.assert_array_equal(kept.to_ndarray(), frame.to_ndarray())
